/* Decoding audio from media files to PCM with exact positions, and encoding PCM to files. */
#ifndef SOUNDBITE_MEDIA_H
#define SOUNDBITE_MEDIA_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* Information about a media file. Strings are UTF-8; NULL if the file does not give them. */
typedef struct sb_media_info {
    char *path;
    char *container; /* libav's short name: "mp3", "mov", "ogg", "matroska", "wav" ... */
    char *codec;     /* "mp3", "aac", "opus", "pcm_s16le" ... */
    int sample_rate; /* in Hz, of the first decoded frame; decoded blocks always have this rate */
    int channels;
    /* The loudspeakers of the channels, as bits of the channel mask of WAVEFORMATEXTENSIBLE, in the order of
     * the channels. 0: the file names none. Files of recorders that write one channel per microphone do
     * not. Also 0 if the parameter `microphones` was set. */
    uint64_t speakers;
    /* Bits per sample of a lossless stream, up to 64. 0: lossy. */
    int bits;
    bool is_float;           /* the samples are floating-point numbers */
    int64_t bit_rate;        /* of the audio stream, in bits per second; 0 if unknown */
    sb_time header_duration; /* duration according to the header, often wrong; SB_TIME_NONE if unknown */
    int stream;              /* index of the selected audio stream */
    int n_audio_streams;
    bool has_video; /* moving pictures */
    bool has_cover; /* an attached picture */
    char *title, *artist, *album, *date;
} sb_media_info;

/* How to decode. A zeroed struct means the defaults. */
typedef struct sb_media_params {
    /* Index of the stream to decode, from 0. 0 selects the best audio stream, unless `has_stream` is set. */
    int stream;
    bool has_stream; /* use `stream` even if it is 0 */
    double deadline; /* in seconds: a read that takes longer fails with SB_ERR_IO; 0 means 30 */
    /* compute the SHA-256 of the file and of its packets while decoding; if not set, sb_decoder_sha256 reads
     * the file again */
    bool hash;
    bool microphones; /* the channels are microphones, even if the file names loudspeakers */
    const sb_monitor *monitor;
} sb_media_params;

/* Irregularities that decoding can find in a file. */
typedef enum sb_media_event_kind {
    SB_MEDIA_DAMAGE,        /* packets that cannot be decoded; `length` of sound is missing or silent */
    SB_MEDIA_TRUNCATED,     /* the file is cut short */
    SB_MEDIA_GAP,           /* timestamps jump forward; `length` of silence was inserted */
    SB_MEDIA_DISCONTINUITY, /* timestamps jump forward by more than ten minutes; no silence was inserted */
    SB_MEDIA_RESET,         /* timestamps jump back (concatenated files); positions continue */
    SB_MEDIA_SEAM,          /* the sample rate or the number of channels changes */
    SB_MEDIA_DURATION,      /* the duration in the header is wrong by `length` */
    SB_MEDIA_NON_FINITE,    /* NaN or infinite samples were set to 0 */
    SB_MEDIA_OVER_FULL      /* samples beyond +-8 (+18 dBFS) were clipped to that */
} sb_media_event_kind;

/* One irregularity: its position, and the length of the sound that is affected. */
typedef struct sb_media_event {
    sb_media_event_kind kind;
    sb_time at;
    sb_time length;
    char text[160]; /* one line for the user, with the position */
} sb_media_event;

/* Results of decoding. They are complete when the end of the file was read. */
typedef struct sb_media_report {
    int64_t n_samples; /* decoded so far, in samples at the info's rate */
    bool ended;
    bool damaged;   /* there is a DAMAGE or TRUNCATED event */
    bool seek_safe; /* seeking gives the same positions as decoding from the start */
    /* The file names loudspeakers, but the channel for low frequencies has sound of all frequencies. So the
     * file comes from a recorder, and the channels are microphones. False before the end of the file. */
    bool microphones;
    sb_media_event *events;
    size_t n_events;         /* at most 1000 */
    size_t n_events_dropped; /* events that were counted but not stored */
} sb_media_report;

/* A block of decoded audio: `n_samples` samples for each of `channels` planes. The nominal range is -1 to 1.
 * Valid until the next call on the decoder. */
typedef struct sb_pcm {
    const float *const *planes;
    int channels;
    uint64_t speakers; /* see sb_media_info */
    int sample_rate;
    int64_t first_sample; /* position in the file */
    size_t n_samples;     /* 0 at the end */
} sb_pcm;

/* Decodes one audio stream of a file. Different decoders may be used by different threads at the same
 * time. */
typedef struct sb_decoder sb_decoder;

/* Opens a media file. The path "-" is standard input, which is read as a stream. No other file and no network
 * address is ever opened, even if the file refers to one. `params` may be NULL. Returns SB_ERR_IO if the file
 * cannot be read; SB_ERR_FORMAT if it is not a media file (the message says what it seems to be);
 * SB_ERR_NO_AUDIO if it has no audio that can be decoded; SB_ERR_ARGUMENT if the stream asked for is not an
 * audio stream; SB_ERR_LIMIT if the rate, the number of channels or the file exceeds a limit;
 * SB_ERR_INTERRUPTED; SB_ERR_MEMORY. */
SB_API sb_status sb_decoder_open(sb_decoder **out, const char *path, const sb_media_params *params,
                                 sb_error *err);
SB_API void sb_decoder_free(sb_decoder **decoder);

/* Return information about the file and the results so far. The pointers are valid as long as the decoder.
 * The info is complete after opening. */
SB_API const sb_media_info *sb_decoder_info(const sb_decoder *decoder);
SB_API const sb_media_report *sb_decoder_report(const sb_decoder *decoder);

/* Decodes the next block, which may have any length. All blocks have the info's rate and channels, even if
 * the stream changes. At the end it returns SB_OK with n_samples 0. Damage is not an error but an event in
 * the report. Returns SB_ERR_IO, SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
SB_API sb_status sb_decoder_read(sb_decoder *decoder, sb_pcm *block, sb_error *err);

/* Moves to `sample`: the next block begins exactly there, or is empty beyond the end. `seek_safe` is the
 * value from the report of an earlier full pass. If it is false, or if the container cannot seek exactly, the
 * file is decoded from the start. Returns SB_ERR_UNSUPPORTED if `sample` is before the current position in a
 * pipe; SB_ERR_ARGUMENT for a negative `sample`; otherwise as sb_decoder_read. */
SB_API sb_status sb_decoder_seek(sb_decoder *decoder, int64_t sample, bool seek_safe, sb_error *err);

/* Writes the SHA-256 of the whole file to `out`: 64 hex digits and a NUL. Bytes that were not hashed while
 * decoding are read now; from a pipe, the rest is read. Returns SB_ERR_IO, SB_ERR_INTERRUPTED or
 * SB_ERR_MEMORY. */
SB_API sb_status sb_decoder_sha256(sb_decoder *decoder, char out[65], sb_error *err);

/* Writes the SHA-256 of the stream's packets, which does not depend on tags and pictures: 64 hex digits and a
 * NUL. The hash also includes the container, the codec and the position at which the sound begins. "" if the
 * stream has no packets. Call it only once, after a whole pass with `hash` set and without seeking; otherwise
 * it returns SB_ERR_ARGUMENT. */
SB_API sb_status sb_decoder_packets(sb_decoder *decoder, char out[65], sb_error *err);

/* Computes the same hash for a file. Its packets are read but not decoded. `params` may be NULL. Returns the
 * statuses of sb_decoder_open. */
SB_API sb_status sb_media_packets(char out[65], const char *path, const sb_media_params *params,
                                  sb_error *err);

/* A metadata tag to write. */
typedef struct sb_tag {
    const char *key; /* "title", "artist", "comment" ... as libavformat names them */
    const char *value;
} sb_tag;

/* A chapter to write. Times are relative to the start of the written file. */
typedef struct sb_chapter {
    sb_time start, end;
    const char *title;
} sb_chapter;

/* How to encode. `sample_rate` (in Hz) and `channels` are required; zero means the default for the rest. */
typedef struct sb_encoder_params {
    int sample_rate, channels;
    /* in bits per second, lossy formats only; 0: 128 k for stereo, 96 k for mono (opus: 96 k, 64 k) */
    int64_t bit_rate;
    /* wav and flac: 16 or 24, for wav also 32; 0 means 16. Rounding to 16 and 24 bits uses TPDF dither */
    int bits;
    bool is_float; /* wav: floating-point samples of 32 bits; `bits` is ignored */
    bool plain;    /* no dither: for audio that was decoded and not processed */
    /* for more than two channels, as in sb_media_info; 0: the channels belong to no loudspeakers */
    uint64_t speakers;
    const sb_tag *tags;
    size_t n_tags;
    /* sorted by start; must stay valid until the encoder is closed; ignored for wav */
    const sb_chapter *chapters;
    size_t n_chapters;
} sb_encoder_params;

/* Encodes planes of samples from -1 to 1 to a file. */
typedef struct sb_encoder sb_encoder;
struct sb_output;

/* Returns true if the format of an extension ("wav", ".MP3") can be written. Sets `*out` to the canonical
 * extension unless `out` is NULL. sb_encoder_open cannot write mp4, which also needs pictures; sb_clip_render
 * can. */
SB_API bool sb_encoder_knows(const char *extension, const char **out);

/* Returns true if clips can be copied packet by packet to files with this extension, given a suitable
 * codec. */
SB_API bool sb_copy_knows(const char *extension);

/* Returns the usual extension for copies of audio in `codec` (see sb_media_info). Returns NULL if that codec
 * cannot be copied. */
SB_API const char *sb_copy_extension(const char *codec);

/* Returns the lowest rate the format supports that is at least `rate`, such as 48000 for opus. */
SB_API int sb_encoder_rate(const char *extension, int rate);

/* Begins a file in the format of `extension` on `output`, which the caller keeps. Returns SB_ERR_UNSUPPORTED
 * if the format cannot be written (the message lists those that can); SB_ERR_ARGUMENT if it does not support
 * the rate, the channels, their loudspeakers or the bits; SB_ERR_IO; SB_ERR_MEMORY. */
SB_API sb_status sb_encoder_open(sb_encoder **out, struct sb_output *output, const char *extension,
                                 const sb_encoder_params *params, sb_error *err);
/* Encodes the next `n_samples` samples of each channel. Returns SB_ERR_IO; SB_ERR_LIMIT if a WAV file would
 * exceed 4 GB; SB_ERR_MEMORY. */
SB_API sb_status sb_encoder_write(sb_encoder *encoder, const float *const *planes, size_t n_samples,
                                  sb_error *err);

/* Flushes the encoder, completes the headers, frees the encoder and sets it to NULL, even on failure. Returns
 * the statuses of sb_encoder_write. */
SB_API sb_status sb_encoder_close(sb_encoder **encoder, sb_error *err);
/* Frees the encoder without completing the file and sets it to NULL. */
SB_API void sb_encoder_abort(sb_encoder **encoder);

SB_END_DECLS

#endif
