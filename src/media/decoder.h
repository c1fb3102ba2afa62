/* Internals of the decoder, for the files that open it, run it and seek in it. */
#ifndef SB_MEDIA_DECODER_H
#define SB_MEDIA_DECODER_H

#include "media/convert.h"
#include "media/demux.h"
#include "media/integrity.h"
#include "media/remix.h"
#include "media/timeline.h"

typedef enum sb_trouble {
    SB_TROUBLE_NONE,
    SB_TROUBLE_PADDING, /* zeros, which are damage only if sound follows */
    SB_TROUBLE_DAMAGE
} sb_trouble;

struct sb_decoder {
    sb_input *input;
    sb_demux demux;
    sb_integrity integrity;
    AVFrame *frame;
    sb_converter converter;
    sb_remix remix;
    sb_timeline timeline;
    sb_media_info info;
    sb_media_report report;

    bool held;       /* the frame is decoded but not placed yet */
    bool from_start; /* all samples since the first were counted, without seeking */
    bool joined;     /* there was a tag or a header frame since the last frame */
    bool draining, ended;
    sb_trouble trouble; /* kind of the packets since the last frame that could not be decoded */
    int n_troubles;     /* number of such packets */

    int64_t cursor; /* position of the next sample to output */
    int64_t wanted; /* samples before it are dropped */
    int64_t n_silent;
    const float *const *pending;
    size_t n_pending;
    const float *planes[SB_CHANNELS_MAX];
};

/* Decodes the next frame with sound into `d->frame`. Sets `*end` if there is none. */
sb_status sb_decoder_decode_frame(sb_decoder *d, bool *end, sb_error *err);

/* Makes one step: sound or silence may become pending, `ended` may be set, or neither. */
sb_status sb_decoder_step(sb_decoder *d, sb_error *err);

/* Returns the frame's time in samples, or SB_TIMELINE_NO_STAMP. If the file gives no start, the first frame
 * is at 0. */
int64_t sb_decoder_frame_stamp(sb_decoder *d);

/* Resets the decoding state. The demuxer must be at the first packet. */
void sb_decoder_begin(sb_decoder *d);
void sb_decoder_drop_pending(sb_decoder *d);

void sb_decoder_tell_end(sb_decoder *d);

#endif
