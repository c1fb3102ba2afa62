/* Reading the metadata of a media file. */
#ifndef SB_MEDIA_INFO_H
#define SB_MEDIA_INFO_H

#include "media/demux.h"
#include "soundbite/media.h"

/* Fills everything except the path. The rate and the channels are those of `first`, the first frame. Returns
 * SB_ERR_MEMORY. */
sb_status sb_info_fill(sb_media_info *info, const sb_demux *demux, const AVFrame *first, sb_error *err);
void sb_info_finish(sb_media_info *info);

#endif
