/* Media files decoded onto one timeline. */
#ifndef SOUNDBITE_MEDIA_H
#define SOUNDBITE_MEDIA_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* What a file says of itself. Strings are UTF-8 and NULL where the file says nothing. */
typedef struct sb_media_info {
    char *path;
    char *container; /* libav's short name: "mp3", "mov", "ogg", "matroska", "wav" ... */
    char *codec;     /* "mp3", "aac", "opus", "pcm_s16le" ... */
    int sample_rate; /* Hz, of the first frame decoded; clips and analysis use this rate throughout */
    int channels;
    int64_t bit_rate;        /* bits a second of the audio stream, 0 unknown */
    sb_time header_duration; /* what the header claims; SB_TIME_NONE unknown. Often wrong */
    int stream;              /* index of the audio stream chosen */
    int n_audio_streams;
    bool has_video; /* moving pictures */
    bool has_cover; /* an attached picture */
    char *title, *artist, *album, *date;
} sb_media_info;

typedef struct sb_media_params {
    int stream;      /* index of the stream wanted, -1 the best audio stream */
    double deadline; /* seconds that one read may block before SB_ERR_IO; 0 is 30 */
    bool hash;       /* keep the SHA-256 up while reading; else sb_decoder_sha256 reads the file again */
    const sb_monitor *monitor;
} sb_media_params;

#define SB_MEDIA_PARAMS_DEFAULT ((sb_media_params){.stream = -1})

typedef enum sb_media_event_kind {
    SB_MEDIA_DAMAGE,        /* packets that could not be decoded; `length` of sound is missing or silence */
    SB_MEDIA_TRUNCATED,     /* the file ends in the middle */
    SB_MEDIA_GAP,           /* time stamps jump ahead: `length` of silence was put in */
    SB_MEDIA_DISCONTINUITY, /* they jump ahead by more than ten minutes: counted on */
    SB_MEDIA_RESET,         /* they jump back (glued or chained file): counted on */
    SB_MEDIA_SEAM,          /* sample rate or channels change here */
    SB_MEDIA_DURATION,      /* the header's duration is wrong by `length` */
    SB_MEDIA_NON_FINITE,    /* NaN or infinite samples were set to 0 */
    SB_MEDIA_OVER_FULL      /* samples beyond +-8 (+18 dBFS) were clamped */
} sb_media_event_kind;

typedef struct sb_media_event {
    sb_media_event_kind kind;
    sb_time at;
    sb_time length;
    char text[160]; /* one line for the user, with the place */
} sb_media_event;

/* What decoding found so far; complete after the end was read. */
typedef struct sb_media_report {
    int64_t n_samples; /* decoded so far, at the info's rate */
    bool ended;
    bool damaged;   /* exit code 6: a DAMAGE or TRUNCATED event is there */
    bool seek_safe; /* no event that makes a position found by seeking differ from one found by counting */
    sb_media_event *events;
    size_t n_events; /* at most 1000; more are counted only */
    size_t n_events_dropped;
} sb_media_report;

/* Decoded sound: `n_samples` of each of `channels` planes, nominal range -1 ... 1, valid until the next call. */
typedef struct sb_pcm {
    const float *const *planes;
    int channels;
    int sample_rate;
    int64_t first_sample; /* position on the file's timeline */
    size_t n_samples;     /* 0 at the end */
} sb_pcm;

typedef struct sb_decoder sb_decoder;

/* Opens `path` ("-" is standard input, read as a stream). No other file or socket is ever touched, whatever the
 * file names. `params` may be NULL. SB_ERR_IO, SB_ERR_FORMAT (not a media file: the message says what it looks
 * like instead), SB_ERR_NO_AUDIO, SB_ERR_LIMIT, SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
SB_API sb_status sb_decoder_open(sb_decoder **out, const char *path, const sb_media_params *params,
                                 sb_error *err);
SB_API void sb_decoder_free(sb_decoder **decoder);

/* Valid as long as the decoder. The info is complete after the open. */
SB_API const sb_media_info *sb_decoder_info(const sb_decoder *decoder);
SB_API const sb_media_report *sb_decoder_report(const sb_decoder *decoder);

/* The next block, of any length; every block has the info's rate and channels, whatever the stream does.
 * At the end SB_OK with n_samples 0. Damage is no error: it is in the report. */
SB_API sb_status sb_decoder_read(sb_decoder *decoder, sb_pcm *block, sb_error *err);

/* Goes to `sample` of the timeline: the next block begins exactly there (or is empty, beyond the end). Uses a
 * seek of the container where that is exact, else decodes from the start; going back on a pipe is
 * SB_ERR_UNSUPPORTED. `seek_safe`: what an earlier full pass found (its report's seek_safe); false decodes. */
SB_API sb_status sb_decoder_seek(sb_decoder *decoder, int64_t sample, bool seek_safe, sb_error *err);

/* SHA-256 of the whole file's bytes; those not hashed while they were decoded are read now. Of a pipe that takes
 * what is left of it. SB_ERR_IO, SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
SB_API sb_status sb_decoder_sha256(sb_decoder *decoder, char out[65], sb_error *err);

/* Writing sound. Samples are handed over as planes, -1 ... 1. */
typedef struct sb_tag {
    const char *key; /* "title", "artist", "comment" ... as libav spells them */
    const char *value;
} sb_tag;

/* A part of a file that players can go to. Times are of the file written. */
typedef struct sb_chapter {
    sb_time start, end;
    const char *title;
} sb_chapter;

typedef struct sb_encoder_params {
    int sample_rate, channels;
    int64_t bit_rate; /* lossy formats only; 0 is 128 k for two channels, 96 k for one (opus 96 k, 64 k) */
    int bits;         /* wav, flac: 16 or 24; 0 is 16. Samples between two steps get TPDF dither */
    bool plain;       /* they are rounded instead: for sound that was decoded and not processed since */
    const sb_tag *tags;
    size_t n_tags;
    const sb_chapter *chapters; /* by start, the caller's until the encoder is closed; not kept by wav */
    size_t n_chapters;
} sb_encoder_params;

typedef struct sb_encoder sb_encoder;
struct sb_output;

/* The format an extension ("wav", ".MP3") stands for is written: true and, where `out` is not NULL, its
 * canonical extension. Of mp4, which holds a picture too, only sb_clip_render is the writer. */
SB_API bool sb_encoder_knows(const char *extension, const char **out);

/* Clips can be copied packet by packet into files of this extension, where the source's codec fits. */
SB_API bool sb_copy_knows(const char *extension);

/* The likeliest extension for copies of sound in this codec, sb_media_info's; NULL where it is not copied. */
SB_API const char *sb_copy_extension(const char *codec);

/* The rate at or above `rate` that the format can hold (opus 48000, mp3 32000/44100/48000 ...). */
SB_API int sb_encoder_rate(const char *extension, int rate);

/* Begins a file in the format of `extension` on `output`, which stays the caller's. SB_ERR_UNSUPPORTED names the
 * formats that there are, SB_ERR_ARGUMENT a rate or channel count the format cannot hold. */
SB_API sb_status sb_encoder_open(sb_encoder **out, struct sb_output *output, const char *extension,
                                 const sb_encoder_params *params, sb_error *err);
SB_API sb_status sb_encoder_write(sb_encoder *encoder, const float *const *planes, size_t n_samples,
                                  sb_error *err);

/* Flushes, completes the headers and frees the encoder whatever happens; sets it to NULL. */
SB_API sb_status sb_encoder_close(sb_encoder **encoder, sb_error *err);
SB_API void sb_encoder_abort(sb_encoder **encoder);

SB_END_DECLS

#endif
