/* Encoding sound to a libav muxer. */
#ifndef SB_MEDIA_SOUND_TRACK_H
#define SB_MEDIA_SOUND_TRACK_H

#include "media/muxer.h"

typedef struct sb_sound_track sb_sound_track;

/* Adds a stream to `muxer`, which must outlive the track. `encoder` is libav's name. All calls return an
 * AVERROR code or 0. */
int sb_sound_track_open(sb_sound_track **out, AVFormatContext *muxer, const char *encoder,
                        const sb_encoder_params *params);
void sb_sound_track_free(sb_sound_track **track);

/* Call it between sb_muxer_begin and sb_muxer_end. `end` flushes the encoder. */
int sb_sound_track_write(sb_sound_track *track, const float *const *planes, size_t n_samples);
int sb_sound_track_end(sb_sound_track *track);

#endif
