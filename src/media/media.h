/* Media for the rest of the library: encoders, packet copies, pictures, resampling, channel mixing, loudness
 * and limiting. */
#ifndef SB_MEDIA_MEDIA_H
#define SB_MEDIA_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soundbite/file.h"
#include "soundbite/media.h"
#include "soundbite/status.h"

/* The codecs that can be copied. */

struct AVPacket;
struct sb_demux;

typedef struct sb_copy_codec {
    const char *name;          /* libav's name */
    const char *extensions[2]; /* extensions of files that support it, the most usual first */
    /* samples that the packet decodes to; 0 if it is broken */
    int (*samples)(const struct AVPacket *packet, const struct sb_demux *demux, int rate);
    int preroll_samples, preroll_packets; /* to decode before the first sample that must be correct */
} sb_copy_codec;

/* Returns NULL if this codec cannot be copied. */
const sb_copy_codec *sb_copy_codec_find(const char *name);

/* Returns SB_ERR_UNSUPPORTED if `codec` cannot be copied, or not to files with `extension` (without its
 * dot). */
sb_status sb_copy_codec_check(const char *codec, const char *extension, sb_error *err);

/* Copying spans of a file to new files without decoding and without loss. */

struct sb_output;

typedef struct sb_copy_span {
    int64_t start, end; /* the samples to copy */

    /* Limits for formats whose edges can only be between packets (FLAC, raw AAC, the end of AAC).
     * [speech_start, speech_end) is always complete. An edge moves outwards to the next packet, unless that
     * is beyond quiet_from or quiet_until and a nearer packet also keeps the speech complete. */
    int64_t quiet_from, speech_start, speech_end, quiet_until;

    const char *extension;    /* without its dot; must have passed sb_copy_codec_check */
    struct sb_output *output; /* owned by the caller; NULL: only find the edges, write nothing */
    const sb_tag *tags;
    size_t n_tags;

    int64_t got_start, got_end;          /* the samples that a player plays */
    int64_t hidden_before, hidden_after; /* extra samples in players that ignore this format's delay */
    sb_status status;
    sb_error error;
} sb_copy_span;

#define SB_COPY_AT_ONCE 64

/* Copies `n` spans, at most SB_COPY_AT_ONCE, in one pass over the packets. The spans must be sorted by start.
 * The file must be safe to seek in (sb_media_report.seek_safe). The error of a single span is stored in its
 * status. The call itself returns the statuses of sb_decoder_open; SB_ERR_UNSUPPORTED if the codec cannot be
 * copied; SB_ERR_FORMAT for a broken packet. */
sb_status sb_copy_spans(sb_copy_span *spans, size_t n, const char *path, const sb_media_params *params,
                        sb_error *err);

/* Parsing MPEG-1 and MPEG-2 audio frames (ISO/IEC 11172-3, 13818-3). */

/* Returns the size of the frame at `data`, including its header. Returns 0 if there is no header or the bit
 * rate is free. */
int sb_mpeg_frame_bytes(const uint8_t *data, size_t n);

/* Returns true for the frame in which an encoder describes the file ("Xing", "Info", "VBRI"). It has no
 * sound. */
bool sb_mpeg_is_header_frame(const uint8_t *data, size_t n);

/* A layer III frame. Its bits may begin up to 511 bytes before it, in the main data of the frames before (the
 * bit reservoir). */
typedef struct sb_mpeg_layer3 {
    int n_samples;    /* 1152 or 576 */
    size_t bytes;     /* size of the frame */
    size_t main_data; /* offset of the main data in the frame */
    size_t reservoir; /* bytes of main data needed from the frames before */
} sb_mpeg_layer3;

#define SB_MPEG_RESERVOIR 511
#define SB_MPEG_FRAME_MAX 1441 /* largest size of a layer III frame whose bit rate is not free */

/* Returns false if `data` does not begin with a complete layer III frame, or if its bit rate is free. */
bool sb_mpeg_layer3_read(sb_mpeg_layer3 *out, const uint8_t *data, size_t n);

/* Writes a silent frame of the same kind as `like`. Its main data ends with the `n` given bytes, which are
 * the reservoir of the next frame. Returns its size, or 0 if no bit rate has room for the bytes or `room` is
 * too small. */
size_t sb_mpeg_layer3_carry(uint8_t *out, size_t room, const uint8_t *like, const uint8_t *bytes, size_t n);

/* Returns the first damaged place as a sentence; NULL if there is none. */
const char *sb_media_first_damage(const sb_media_report *report);

/* Larger files are not hashed or compared before clips are cut, because that would take longer than cutting.
 * In bytes. */
#define SB_AUDIO_HASH_LIMIT ((int64_t)1 << 30)

/* Converting samples of any format to planes of float. */

struct AVFrame;

#define SB_CHANNELS_MAX 64
#define SB_SAMPLE_MAX   8.0f /* +18 dBFS; larger values are not valid sound */

typedef struct sb_converter {
    float *data;
    size_t capacity; /* in floats */
    const float *planes[SB_CHANNELS_MAX];
    int64_t n_non_finite, n_over_full;         /* samples set to 0 and samples clamped so far */
    int64_t first_non_finite, first_over_full; /* value of `at` at the first one */
} sb_converter;

/* Sets `planes` to the frame's sound; the nominal range is -1 to 1. The planes may point into the frame, so
 * they are valid only while the frame and the converter exist. `at` is the position of the frame, which has
 * at most SB_CHANNELS_MAX channels. Returns false if memory runs out. */
bool sb_converter_take(sb_converter *c, const struct AVFrame *frame, int64_t at);
void sb_converter_finish(sb_converter *c);

/* Power spectra, with libavutil's transform in double precision. Unlike the one in single precision, it has
 * no code for special processors, so the result is the same on all of them. */

typedef struct sb_spectrum sb_spectrum;

/* `size`, a power of two, is the number of points. Returns SB_ERR_MEMORY. */
sb_status sb_spectrum_create(sb_spectrum **out, size_t size, sb_error *err);
void sb_spectrum_free(sb_spectrum **spectrum);

/* Returns the powers of bins 0 to size / 2 of `n` samples, at most `size`, multiplied by `window`. Valid
 * until the next call. */
const double *sb_spectrum_read(sb_spectrum *spectrum, const float *samples, const float *window, size_t n);

/* The mel scale of pitch. */
double sb_mel_of_hz(double hz);
double sb_hz_of_mel(double mel);

/* Measuring true peaks and limiting them. */

/* A true peak meter with one peak per block of about 3 ms for all channels together. It oversamples four
 * times (twice from 96 kHz, not from 192 kHz) as ITU-R BS.1770-4 annex 2 does, but with a windowed sinc of 32
 * taps per phase: the 12 taps of the annex read a third of a decibel low near the upper end. The peaks of
 * blocks more than 12 dB below the loudest may be overestimated. */
typedef struct sb_true_peaks {
    int sample_rate, channels;
    size_t block_samples;
    float *blocks; /* largest magnitude in each block; 1 is full scale */
    size_t n_blocks;
    float *gains; /* one per block, after sb_true_peaks_limit */
    void *interpolator;
} sb_true_peaks;

/* Returns SB_ERR_MEMORY. sb_true_peaks_finish frees everything and may be called on a zeroed struct. */
sb_status sb_true_peaks_init(sb_true_peaks *peaks, int sample_rate, int channels, sb_error *err);
sb_status sb_true_peaks_push(sb_true_peaks *peaks, const float *const *planes, size_t n, sb_error *err);
/* Call it after the last sample, because the interpolator lags. */
sb_status sb_true_peaks_end(sb_true_peaks *peaks, sb_error *err);
void sb_true_peaks_finish(sb_true_peaks *peaks);

/* Returns the largest peak in dBTP; -HUGE_VAL for silence. */
double sb_true_peaks_max_db(const sb_true_peaks *peaks);

/* Call it after sb_true_peaks_end. Computes gains of at most 1 so that no peak exceeds `ceiling_db` once the
 * sound is amplified by `gain_db`. The gain falls within one block before a peak and rises at 60 dB per
 * second. Returns true if any gain is below 1. May be called again with other values. */
bool sb_true_peaks_limit(sb_true_peaks *peaks, double gain_db, double ceiling_db);

/* Call it after sb_true_peaks_limit. Multiplies `n` samples at position `at` by `gain` and by the limiter's
 * gain. */
void sb_true_peaks_apply(const sb_true_peaks *peaks, float *const *planes, int64_t at, size_t n, float gain);

/* Loudness according to ITU-R BS.1770 and EBU R 128. */

typedef enum sb_loudness_kind {
    SB_LOUDNESS_INTEGRATED,
    SB_LOUDNESS_MOMENTARY, /* under 3 s: the loudest 400 ms */
    SB_LOUDNESS_NONE       /* under 400 ms, or nothing above the gate of -70 LUFS */
} sb_loudness_kind;

typedef struct sb_loudness_meter sb_loudness_meter;

/* A single channel counts as two, because it is played on two speakers. Loudspeakers (`speakers`, see
 * sb_media_info) have the weights of ITU-R BS.1770. Of microphones, the sum is measured, as if it were played
 * on two speakers: a mix of the tracks without changes of level. Returns SB_ERR_MEMORY. */
sb_status sb_loudness_meter_create(sb_loudness_meter **out, int sample_rate, int channels, uint64_t speakers,
                                   sb_error *err);
void sb_loudness_meter_free(sb_loudness_meter **meter);
sb_status sb_loudness_meter_push(sb_loudness_meter *meter, const float *const *planes, size_t n,
                                 sb_error *err);

/* Returns the loudness so far in LUFS; NaN if the kind is NONE. */
double sb_loudness_meter_read(const sb_loudness_meter *meter, sb_loudness_kind *kind);

/* Returns how the loudness of `n_samples` samples is measured. */
sb_loudness_kind sb_loudness_kind_of(int64_t n_samples, int sample_rate);

/* Returns the loudness of the given kind in LUFS, for sound of any length. NaN if it cannot be measured, and
 * always for NONE. */
double sb_loudness_meter_read_as(const sb_loudness_meter *meter, sb_loudness_kind kind);

#define SB_MAX_GAIN_DB 20.0

/* Returns the gain in dB that brings `lufs` to `target`, at most `max_db`. 0 if `lufs` or `target` is NaN. */
double sb_loudness_gain(double lufs, double target, double max_db);

/* Planes: one array of samples per channel. */

/* Allocates planes of `n` zeros each in one block of memory. Returns NULL if memory runs out. */
float **sb_planes_alloc(int channels, size_t n);
void sb_planes_free(float **planes);

/* sb_interleave copies samples [from, from + n) of the planes to `out`, interleaved. The other function
 * copies `n` interleaved samples to the planes, from `to` on. */
void sb_interleave(float *out, const float *const *planes, int channels, size_t from, size_t n);
void sb_deinterleave(float *const *planes, size_t to, const float *in, int channels, size_t n);

/* Finds the part of a decoded block that lies in [start, end). Points `planes` to its first sample, whose
 * position is `*at`. Returns the number of samples; 0 if there are none. */
size_t sb_pcm_part(const float *planes[SB_CHANNELS_MAX], int64_t *at, const sb_pcm *block, int64_t start,
                   int64_t end);

/* Mixes `n` samples of `channels_in` planes to `channels_out` other planes. An equal number is copied. One
 * channel goes to all. To one: the mean. To two: by the loudspeakers that the channels are for (`speakers`,
 * see sb_media_info) according to ITU-R BS.775, scaled so that it cannot clip. If the loudspeakers are not
 * known, the channels are microphones, and both outputs are the mean of all. To more than two: output c is
 * the mean of planes c, c + channels_out, c + 2 * channels_out ...; an output without a plane is silent. */
void sb_mix_channels(float *const *out, int channels_out, const float *const *in, int channels_in,
                     uint64_t speakers, size_t n);

/* Returns true for more than two channels that are not for known loudspeakers. */
bool sb_are_microphones(int channels, uint64_t speakers);

/* Returns by how many dB sb_mix_channels lowers a sound that only one of the microphones hears; 0 if the
 * channels are not mixed or are not microphones. */
double sb_mix_loss_db(int channels_out, int channels_in, uint64_t speakers);

/* Sample `i` of the mean of all planes, as an integer of 16 bits. Values beyond full scale are clipped. */
int16_t sb_mean_sample(const float *const *planes, int channels, size_t i);

/* Decodes to the end and gives each block to `take`, which returns a status. Returns the first that is not
 * SB_OK. */
sb_status sb_decoder_read_all(sb_decoder *decoder,
                              sb_status (*take)(void *user, const sb_pcm *block, sb_error *err), void *user,
                              sb_error *err);

/* Converting a stream whose rate or channels change to those at its beginning. */

struct SwrContext;

typedef struct sb_remix {
    int rate_in, channels_in;
    uint64_t speakers; /* of the input's channels */
    int rate_out, channels_out;
    struct SwrContext *swr; /* NULL if the rates are equal */
    float *mixed;           /* `channels_out` planes at the input rate */
    float *resampled;
    size_t n_mixed, n_resampled; /* allocated floats */
    const float *planes[SB_CHANNELS_MAX];
} sb_remix;

/* Begins a conversion, which mixes by sb_mix_channels. Returns SB_ERR_MEMORY. */
sb_status sb_remix_begin(sb_remix *r, int rate_in, int channels_in, uint64_t speakers, int rate_out,
                         int channels_out, sb_error *err);

/* Ends the conversion and discards buffered sound. */
void sb_remix_reset(sb_remix *r);

/* Returns true if sound of this kind fits the current conversion. */
bool sb_remix_takes(const sb_remix *r, int rate, int channels);

/* Sets `*planes` to the converted sound, `*n` samples. If no conversion is needed, the input planes are
 * returned. */
sb_status sb_remix_push(sb_remix *r, const float *const *in, size_t n_in, const float *const **planes,
                        size_t *n, sb_error *err);

/* Returns the sound that the resampler has buffered. Call it once, at the end. */
sb_status sb_remix_flush(sb_remix *r, const float *const **planes, size_t *n, sb_error *err);
void sb_remix_finish(sb_remix *r);

/* High-quality sample rate conversion for output files. */

typedef struct sb_resampler sb_resampler;

/* Returns SB_ERR_ARGUMENT for a ratio beyond 1:256; SB_ERR_MEMORY. */
sb_status sb_resampler_create(sb_resampler **out, int rate_in, int rate_out, int channels, sb_error *err);
void sb_resampler_free(sb_resampler **resampler);

/* Converts `n` samples of each plane. The output planes are valid until the next call. */
sb_status sb_resampler_push(sb_resampler *resampler, const float *const *planes, size_t n,
                            const float *const **out, size_t *n_out, sb_error *err);

/* Returns the rest. The total number of output samples is round(input samples * rate_out / rate_in). The
 * first input and the first output sample have the same time. */
sb_status sb_resampler_flush(sb_resampler *resampler, const float *const **out, size_t *n_out, sb_error *err);

/* The file an encoder writes to, for the callbacks of muxers. */

/* Writes to a descriptor and keeps the first error. Muxers seek back to complete their headers. If the output
 * cannot seek (a pipe, a device), an unnamed temporary file is used, and sb_sink_close copies it to the
 * output. */
typedef struct sb_sink {
    sb_output *output;
    int fd;
    int spool; /* the temporary file; -1: none */
    int error; /* errno of the first failure; 0: none */
} sb_sink;

/* Returns SB_ERR_IO. */
sb_status sb_sink_open(sb_sink *sink, sb_output *output, sb_error *err);

/* Writes all of it. Returns `size`, or -1 with `error` set. */
int64_t sb_sink_write(sb_sink *sink, const void *data, size_t size);

/* Reads at most `size` bytes at `offset` without moving the position. Returns 0 at the end, -1 with `error`
 * set on failure. */
int64_t sb_sink_read_at(sb_sink *sink, void *data, size_t size, int64_t offset);

/* Does the same as lseek; also gives the size. Returns -1 with `error` set on failure. */
int64_t sb_sink_seek(sb_sink *sink, int64_t offset, int whence);
int64_t sb_sink_size(sb_sink *sink);

/* Returns SB_ERR_IO with the system's reason if anything failed so far. */
sb_status sb_sink_check(const sb_sink *sink, sb_error *err);

/* Copies a temporary file to the output if `status` is SB_OK, and releases it. */
sb_status sb_sink_close(sb_sink *sink, sb_status status, sb_error *err);

/* The table of output formats, and the two libraries that write them. */

typedef struct sb_encoder_format sb_encoder_format;

typedef enum sb_pcm_file { SB_PCM_FILE_WAV, SB_PCM_FILE_FLAC } sb_pcm_file;

/* A library that writes files. `open` leaves `*state` NULL on failure. `finish` flushes and writes the
 * headers. `free` accepts NULL. */
typedef struct sb_encoder_backend {
    sb_status (*open)(void **state, sb_sink *sink, const sb_encoder_format *format,
                      const sb_encoder_params *params, sb_error *err);
    sb_status (*write)(void *state, const float *const *planes, size_t n_samples, sb_error *err);
    sb_status (*finish)(void *state, sb_error *err);
    void (*free)(void *state);
} sb_encoder_backend;

extern const sb_encoder_backend sb_encode_sndfile;
extern const sb_encoder_backend sb_encode_libav;

struct sb_encoder_format {
    const char *extension;             /* the canonical one */
    const char *other;                 /* another extension of the same format; NULL: none */
    const char *codec;                 /* for manifests */
    const sb_encoder_backend *backend; /* NULL: sb_encoder_open cannot write it */
    sb_pcm_file pcm_file;              /* for libsndfile */
    const char *muxer, *av_encoder;    /* for libav: its names */
    const int *rates;                  /* ascending and terminated by 0; NULL: any rate up to max_rate */
    int max_rate, max_channels;
    int min_channels; /* 0 means 1 */
    const uint64_t *
        /* the supported sets of loudspeakers for more than two channels, terminated by 0; NULL: any */
        surround;
};

/* Returns NULL if no format has this extension (with or without its dot). */
const sb_encoder_format *sb_encoder_format_find(const char *extension);

/* Returns the number of channels nearest to `channels` that the format supports. If there are more than two
 * channels, but not for loudspeakers that the format supports, the result is two: a player would play each
 * track on a loudspeaker. */
int sb_encoder_channels(const sb_encoder_format *format, int channels, uint64_t speakers);

/* Returns true if files of this format have a depth in bits: wav and flac. */
bool sb_encoder_has_depth(const sb_encoder_format *format);

/* Returns the mask that encoders expect: one pair of surround channels at the sides becomes a pair at the
 * back. */
uint64_t sb_speakers_usual(uint64_t speakers);

/* Writing MP4: H.264 High and AAC-LC, index first, colours in BT.709. */

/* Planes of 8 bits in the limited range of BT.709. The two colour planes have half the width and half the
 * height. */
typedef struct sb_yuv {
    uint8_t *planes[3];
    int strides[3];
    int width, height; /* even */
} sb_yuv;

typedef struct sb_mp4_params {
    int width, height; /* even */
    int fps, fps_den;  /* frame rate is fps / fps_den; fps_den 0 means 1 */
    bool natural;      /* pictures of a camera, not drawings */
    bool draft;        /* as fast as possible */
    /* maximum for the pictures over about a second, in bits per second; 0: no limit */
    int64_t bit_rate;
    sb_encoder_params sound; /* with the tags of the file */
} sb_mp4_params;

typedef struct sb_mp4 sb_mp4;

/* Returns true if libav can encode both. */
bool sb_mp4_available(void);

/* Begins a file on `output`, which the caller keeps. The same input gives the same bytes for any number of
 * cores. Returns SB_ERR_UNSUPPORTED, SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_mp4_open(sb_mp4 **out, sb_output *output, const sb_mp4_params *params, sb_error *err);

/* Adds a picture, which lasts fps_den/fps seconds. Add pictures and sound alternately, so that neither is far
 * ahead of the other. */
sb_status sb_mp4_picture(sb_mp4 *mp4, const sb_yuv *picture, sb_error *err);
sb_status sb_mp4_sound(sb_mp4 *mp4, const float *const *planes, size_t n_samples, sb_error *err);

/* Completes the file, frees it and sets it to NULL. */
sb_status sb_mp4_close(sb_mp4 **mp4, sb_error *err);
void sb_mp4_abort(sb_mp4 **mp4);

/* Reading the pictures of a video file at given times of its audio. */

typedef struct sb_pictures sb_pictures;

typedef struct sb_pictures_form {
    int width, height; /* upright and with square pixels */
    /* frame rate is fps / fps_den: the file's own if it is constant and at most 60, otherwise 30 */
    int fps, fps_den;
} sb_pictures_form;

/* Opens the file's pictures. `stream` is that of the sound, as in sb_media_params. Returns SB_ERR_UNSUPPORTED
 * if the file has no pictures that can be decoded; SB_ERR_MEMORY; and the statuses of sb_decoder_open. */
sb_status sb_pictures_open(sb_pictures **out, const char *path, int stream, sb_error *err);
void sb_pictures_free(sb_pictures **pictures);

sb_pictures_form sb_pictures_get_form(const sb_pictures *pictures);

/* Sets the size of the pictures, both even. Pictures of another shape are cropped to the middle. Returns
 * SB_ERR_MEMORY. */
sb_status sb_pictures_set_size(sb_pictures *pictures, int width, int height, sb_error *err);

/* Gets the picture that a player shows at time `at`: the last one that has begun. Before the first picture
 * has begun, it is the first one. `at` must not decrease between calls. The result is valid until the next
 * call. Returns SB_ERR_FORMAT if no picture can be decoded; SB_ERR_IO. */
sb_status sb_pictures_at(const sb_yuv **out, sb_pictures *pictures, sb_time at, sb_error *err);

/* Reading still pictures from files, and covers from audio files. */

/* Rows of 0xAARRGGBB from top to bottom, with premultiplied alpha. A zeroed struct means no picture. */
typedef struct sb_still {
    uint32_t *pixels;
    int width, height;
} sb_still;

#define SB_STILL_SIDE 1920 /* larger pictures are scaled so that the shorter side has this length */

/* Reads a JPEG, PNG, WebP, GIF or BMP file, upright. Returns SB_ERR_IO; SB_ERR_FORMAT; SB_ERR_LIMIT if it is
 * too large; SB_ERR_MEMORY. */
sb_status sb_still_read(sb_still *out, const char *path, sb_error *err);

/* Reads the cover of an audio file. Returns SB_OK without a picture if the file has no cover, or a cover that
 * cannot be decoded. Returns SB_ERR_MEMORY and the statuses of sb_decoder_open. */
sb_status sb_still_cover(sb_still *out, const char *audio_path, sb_error *err);

void sb_still_finish(sb_still *still);

#endif
