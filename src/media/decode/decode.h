/* Decoding: the timeline, damage, and information on the stream. */
#ifndef SB_MEDIA_DECODE_DECODE_H
#define SB_MEDIA_DECODE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file/file.h"
#include "media/input/input.h"
#include "media/media.h"
#include "soundbite/media.h"

/* Detecting damage that libav ignores: truncated frames, lost bytes and missing ends. */

typedef enum sb_packet_kind {
    SB_PACKET_SOUND,
    SB_PACKET_JOIN,   /* an encoder's header frame in the middle: the sound of another file begins */
    SB_PACKET_TORN,   /* a frame shorter than its header states */
    SB_PACKET_TAG,    /* a tag between or after the frames */
    SB_PACKET_PADDING /* zeros */
} sb_packet_kind;

typedef struct sb_integrity {
    int64_t place;  /* position of the last packet, or of its page */
    int64_t n_read; /* bytes of packets at that position */
    int64_t n_lost; /* bytes skipped before the last position that belong to no packet */
    int64_t n_packets;
    int64_t tag_end; /* end of the last ID3v2 tag between the frames */
} sb_integrity;

/* Returns the kind of the demux's packet. Call it once per packet, in order. */
sb_packet_kind sb_integrity_packet(sb_integrity *g, const sb_demux *demux);

/* Returns true if bytes were skipped just before the last packet, as after a broken page or cluster. Always
 * false for files with several streams. */
bool sb_integrity_lost_bytes(const sb_integrity *g, const sb_demux *demux);

/* Call it at the end of the file. Returns true if, according to the container's structure, the file should
 * continue. `n_samples` is the number of decoded samples. `longest_frame` is the tolerance, because
 * containers that count packets may state up to one packet too many. `broken_last` is true if the last
 * packets could not be decoded. */
bool sb_integrity_is_cut(const sb_demux *demux, int64_t n_samples, int longest_frame, int rate,
                         bool broken_last);

bool sb_packet_has_sound(sb_packet_kind kind);

/* The hash of a stream's packets. Zero it first. */
typedef struct sb_packets {
    bool begun;
    sb_sha256_state state;
} sb_packets;

/* Adds the demux's packet, which must have sound. */
void sb_packets_add(sb_packets *packets, const sb_demux *demux);

/* Writes 64 hex digits, or "" without packets. */
void sb_packets_finish(sb_packets *packets, char out[65]);

/* Positions of decoded samples, by counting and by checking timestamps. Pure arithmetic in samples of one
 * rate. */

#define SB_TIMELINE_NO_STAMP INT64_MIN
#define SB_TIMELINE_LEARNT   32 /* frames after the first that sb_timeline_learn uses */

typedef struct sb_timeline {
    int rate;
    int64_t counted; /* samples placed so far, which is the position of the next */
    int64_t shift;   /* added to timestamps since the last jump that was ignored */
    bool stamped;    /* timestamps are reliable */
    bool coarse;     /* timestamps are rounded to more than a sample */
    bool started;

    /* The difference between timestamps and count in normal operation, and the grid of frames with equal
     * length. They place a frame after a seek. */
    int64_t offset_sum;
    int n_offsets;
    int64_t grid_origin;
    int grid_step; /* 0 if the length of frames varies */
    int n_frames;
} sb_timeline;

typedef enum sb_placing {
    SB_PLACED,
    SB_PLACED_GAP,           /* `*jump` samples of silence belong before the frame */
    SB_PLACED_DISCONTINUITY, /* the timestamp is `*jump` samples ahead, too far for a gap */
    SB_PLACED_RESET          /* the timestamp is `*jump` samples behind */
} sb_placing;

/* Starts at position 0. */
void sb_timeline_init(sb_timeline *t, int rate, bool stamped, bool coarse);

/* Checks a frame with timestamp `stamp`, in samples. After a gap, the caller adds the silence with
 * sb_timeline_count and then places the frame again. After the other jumps, counting continues. With `exact`,
 * every forward jump of at least one sample is a gap. */
sb_placing sb_timeline_place(sb_timeline *t, int64_t stamp, bool exact, int64_t *jump);

/* Adds `n` samples that were output. */
void sb_timeline_count(sb_timeline *t, int64_t n);

/* Collects data for seeking from a frame of `length` samples. Call it before the frame is counted, in a pass
 * from the start. */
void sb_timeline_learn(sb_timeline *t, int64_t stamp, int length);

/* After a seek: sets the count from the frame's timestamp, using the data of sb_timeline_learn. */
void sb_timeline_land(sb_timeline *t, int64_t stamp, int length);

/* The channel for low frequencies of 5.1 and its like, which tells a mix for loudspeakers from the inputs of
 * a recorder that names them wrongly. */

#define SB_LOW_SECTIONS 2

typedef struct sb_low_meter {
    int channel; /* -1: there is none */
    int block;   /* its length in samples */
    double gains[SB_LOW_SECTIONS][5], past[SB_LOW_SECTIONS][2];
    int n_summed; /* samples of the current block */
    double high, whole;
    int64_t n_sounding, n_full; /* blocks with sound, and those of them whose sound is not low */
} sb_low_meter;

void sb_low_meter_init(sb_low_meter *out, const sb_media_info *info);

/* Takes `n` samples of every channel. */
void sb_low_meter_push(sb_low_meter *m, const float *const *planes, size_t n);

/* Returns true if the channel has sound of all frequencies. */
bool sb_low_meter_is_full(const sb_low_meter *m);

/* Internals of the decoder, for the files that open it, run it and seek in it. */

struct AVFrame;

typedef enum sb_trouble {
    SB_TROUBLE_NONE,
    SB_TROUBLE_PADDING, /* zeros, which are damage only if sound follows */
    SB_TROUBLE_DAMAGE
} sb_trouble;

struct sb_decoder {
    sb_input *input;
    sb_demux demux;
    sb_integrity integrity;
    struct AVFrame *frame;
    sb_converter converter;
    sb_remix remix;
    sb_timeline timeline;
    sb_media_info info;
    sb_media_report report;
    sb_low_meter low;

    bool held;       /* the frame is decoded but not placed yet */
    bool from_start; /* all samples since the first were counted, without seeking */
    bool hashes_packets;
    sb_packets packets;
    bool joined; /* there was a tag or a header frame since the last frame */
    bool draining, ended;
    sb_trouble trouble; /* kind of the packets since the last frame that could not be decoded */
    int n_troubles;     /* number of such packets */

    int64_t cursor; /* position of the next sample to output */
    int64_t wanted; /* samples before it are dropped */
    int longest_frame;
    int64_t n_silent;
    const float *const *pending;
    size_t n_pending;
    const float *planes[SB_CHANNELS_MAX];
};

/* Decodes the next frame with sound into `d->frame`. Sets `*end` if there is none. */
sb_status sb_decoder_decode_frame(sb_decoder *d, bool *end, sb_error *err);

/* Decodes one step. Afterwards sound or silence may be pending, or `ended` may be set. */
sb_status sb_decoder_step(sb_decoder *d, sb_error *err);

/* Returns the frame's time in samples, or SB_TIMELINE_NO_STAMP. If the start of the file is unknown, the
 * first frame is at 0. */
int64_t sb_decoder_frame_stamp(sb_decoder *d);

/* Resets the decoding state. The demuxer must be at the first packet. */
void sb_decoder_begin(sb_decoder *d);
void sb_decoder_drop_pending(sb_decoder *d);

void sb_decoder_tell_end(sb_decoder *d);

/* Detecting truncated files from the structure of their container. */

/* Call these after the end was read. They return false if the size is unknown or the writer left it open. */
bool sb_ending_wav_is_cut(sb_input *input);      /* the data chunk ends beyond the file */
bool sb_ending_caf_is_cut(sb_input *input);      /* the data chunk ends beyond the file */
bool sb_ending_ogg_is_cut(sb_input *input);      /* the last page is incomplete */
bool sb_ending_matroska_is_cut(sb_input *input); /* the segment ends beyond the file */

/* Recording events during decoding. */

#define SB_EVENTS_MAX 1000

/* Adds an event with the text "HH:MM:SS.mmm: " and the formatted message. Damage within one second of the
 * last damage extends that event. */
void sb_events_add(sb_media_report *report, sb_media_event_kind kind, sb_time at, sb_time length,
                   const char *format, ...) SB_PRINTF(5, 6);

void sb_events_finish(sb_media_report *report);

/* Reading the metadata of a media file. */

struct AVFrame;

/* Fills everything except the path. The rate and the channels are those of `first`, the first frame. Returns
 * SB_ERR_MEMORY. */
sb_status sb_info_fill(sb_media_info *info, const sb_demux *demux, const struct AVFrame *first,
                       sb_error *err);
void sb_info_finish(sb_media_info *info);

/* Returns the loudspeakers of a frame's channels, as in sb_media_info. */
uint64_t sb_frame_speakers(const sb_demux *demux, const struct AVFrame *frame);

#endif
