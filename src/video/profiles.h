/* The table that the build generates from profiles.csv. */
#ifndef SB_VIDEO_PROFILES_H
#define SB_VIDEO_PROFILES_H

#include "soundbite/video.h"

extern const char sb_profiles_looked_up[];
extern const sb_profile sb_profiles[]; /* the last has no name */

#endif
