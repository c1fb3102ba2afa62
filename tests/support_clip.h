/* An episode of eight turns with pauses between them, for tests of clips. */
#ifndef SUPPORT_CLIP_H
#define SUPPORT_CLIP_H

#include "soundbite/clip.h"
#include "support_sound.h"

#define CLIP_N_TURNS 8
#define CLIP_RATE    44100
#define CLIP_SECONDS 24

/* An episode of CLIP_N_TURNS turns of two words. Turn i speaks from 3 i + 0.6 s to 3 i + 2.4 s. */
typedef struct clip_episode {
    char folder[400];
    sound sound;
    char path[512];
    sb_alignment alignment;
    sb_aligned_turn turns[CLIP_N_TURNS];
    sb_aligned_word words[CLIP_N_TURNS][2];
    sb_span speech[CLIP_N_TURNS];
    sb_match matches[CLIP_N_TURNS];
    char paths[CLIP_N_TURNS][512];
    sb_clip_request requests[CLIP_N_TURNS];
    sb_clip_result results[CLIP_N_TURNS];
    sb_render_params render; /* overwrites at first */
} clip_episode;

/* Makes the episode in `folder`, in the format `extension`, with silence between the turns. */
void clip_episode_make(clip_episode *e, const char *folder, int channels, const char *extension);

/* Writes the sound again after a change. */
void clip_episode_save(clip_episode *e, const char *extension);

/* Frees the episode and removes its file. */
void clip_episode_finish(clip_episode *e);

/* Renders the first `n` matches as <folder>/<name>-<i>.<extension>. */
sb_status clip_episode_render(clip_episode *e, size_t n, const char *name, const char *extension,
                              const sb_clip_params *params, sb_error *err);

/* Does the same and fails the test unless every clip was written. */
void clip_episode_render_ok(clip_episode *e, size_t n, const char *name, const char *extension,
                            const sb_clip_params *params);

/* Parameters that keep the level. */
sb_clip_params clip_params_as_it_is(void);

#endif
