/* The decoder's inside, shared by the files that open it, run it and seek in it. */
#ifndef SB_MEDIA_DECODER_H
#define SB_MEDIA_DECODER_H

#include "media/convert.h"
#include "media/demux.h"
#include "media/integrity.h"
#include "media/remix.h"
#include "media/timeline.h"

typedef enum sb_trouble {
    SB_TROUBLE_NONE,
    SB_TROUBLE_PADDING, /* zeros: damage only where sound follows */
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

    bool held;       /* the frame is decoded and not yet placed */
    bool from_start; /* everything since the first sample was counted, not sought */
    bool joined;     /* a tag or a header frame was met since the last frame */
    bool draining, ended;
    sb_trouble trouble; /* packets that could not be decoded since the last frame */
    int n_troubles;     /* how many */

    int64_t cursor; /* position of the next sample that is handed out */
    int64_t wanted; /* samples before are dropped */
    int64_t n_silent;
    const float *const *pending;
    size_t n_pending;
    const float *planes[SB_CHANNELS_MAX];
};

/* The next frame that holds sound, into `d->frame`; `*end` where there is none. */
sb_status sb_decoder_decode_frame(sb_decoder *d, bool *end, sb_error *err);

/* One step on: leaves sound or silence pending, or sets `ended`, or neither. */
sb_status sb_decoder_step(sb_decoder *d, sb_error *err);

/* The frame's time in samples from the timeline's zero, or SB_TIMELINE_NO_STAMP. Where the file names no start, the
 * first frame asked about is zero. */
int64_t sb_decoder_frame_stamp(sb_decoder *d);

/* Forgets what is under way; the demuxer stands at the first packet. */
void sb_decoder_begin(sb_decoder *d);
void sb_decoder_drop_pending(sb_decoder *d);

void sb_decoder_tell_end(sb_decoder *d);

#endif
