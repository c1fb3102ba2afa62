/* Encoding: muxing, sound tracks, tags and chapters. */
#ifndef SB_MEDIA_ENCODE_ENCODE_H
#define SB_MEDIA_ENCODE_ENCODE_H

#include "media/media.h"
#include "soundbite/media.h"

/* Adding Vorbis comments to an existing FLAC file, because libsndfile writes only a few fixed ones. */

/* Adds the comments of each chapter (see below), and `speakers` if it is not NULL, and moves
 * the sound behind them. The file must begin with a STREAMINFO block. Returns SB_ERR_IO, SB_ERR_LIMIT or
 * SB_ERR_MEMORY. */
sb_status sb_flac_add_comments(sb_sink *sink, const uint64_t *speakers, const sb_chapter *chapters, size_t n,
                               sb_error *err);

/* Moves what is behind `from` by `by` bytes, at least 0. Returns SB_ERR_IO. */
sb_status sb_sink_move_up(sb_sink *sink, int64_t from, int64_t by, sb_error *err);

/* Adding chapters to a finished MP3 file, because libav writes no table of contents (CTOC), without which
 * many players show no chapters. */

#define SB_MP3_CHAPTERS_MAX 255 /* of a table of contents */

/* Keeps the other frames of the ID3 tag. `n` is from 1 to SB_MP3_CHAPTERS_MAX. Returns SB_ERR_IO,
 * SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status sb_mp3_add_chapters(sb_sink *sink, const sb_chapter *chapters, size_t n, sb_error *err);

/* Adding chapters to a libav muxer. */

struct AVFormatContext;

/* Adds the chapters. Call it before the header is written. The muxer owns the copies. Times are truncated to
 * milliseconds, the resolution of ID3v2 and Vorbis comments. Returns an AVERROR code or 0. */
int sb_libav_chapters(struct AVFormatContext *muxer, const sb_chapter *chapters, size_t n);

/* The first frame of an MP3 file, which gives its length and the hidden samples: "Xing" with the LAME
 * extension (gabriel.mp3-tech.org/mp3infotag.html). */

#define SB_MP3_DECODER_DELAY 529 /* samples that every decoder adds; the tag's fields do not include them */

/* Zero it, fill it with sb_mp3_tag_add and free it with sb_mp3_tag_finish. */
typedef struct sb_mp3_tag {
    int64_t delay, padding; /* hidden samples at both ends, including the decoder's delay */
    uint8_t like[4];        /* header of the first frame */
    uint32_t *places;       /* offset of each frame from the first, in bytes */
    size_t n_frames;
    uint64_t bytes;
    uint16_t crc; /* of all frames */
} sb_mp3_tag;

/* Adds a frame of sound. Returns false if memory runs out. */
bool sb_mp3_tag_add(sb_mp3_tag *tag, const uint8_t *frame, size_t n);

/* Writes the frame. Returns its size, or 0 if `room` is too small. The size does not depend on the frames
 * that were added. */
size_t sb_mp3_tag_write(uint8_t *out, size_t room, const sb_mp3_tag *tag);

void sb_mp3_tag_finish(sb_mp3_tag *tag);

/* A libav muxer that writes to a sink and cannot open other files. */

struct AVCodecContext;
struct AVFormatContext;
struct AVPacket;
struct AVStream;

/* Creates the muxer that libav calls `name`. Its output depends only on its input. Returns an AVERROR code or
 * 0. */
int sb_muxer_open(struct AVFormatContext **out, sb_sink *sink, const char *name);
void sb_muxer_free(struct AVFormatContext **muxer);

/* Sets the tags that are not empty and writes the header. For MP4, the index is placed before the sound and
 * `time_scale` is the number of time units per second. Returns an AVERROR code or 0. */
int sb_muxer_begin(struct AVFormatContext *muxer, const sb_tag *tags, size_t n_tags, int time_scale);

/* Completes the file. Returns an AVERROR code or 0. */
int sb_muxer_end(struct AVFormatContext *muxer);

/* Sets the error for an AVERROR code, or for an earlier failure of the sink. Returns SB_ERR_IO or
 * SB_ERR_MEMORY. */
sb_status sb_muxer_fail(const sb_sink *sink, int code, const char *format_name, const char *what,
                        sb_error *err);

/* An encoder and its stream in a libav muxer, for sound and for pictures. */

struct AVFrame;

typedef struct sb_track {
    struct AVFormatContext *muxer; /* not owned */
    struct AVCodecContext *codec;
    struct AVStream *stream;
    struct AVFrame *frame; /* the next to encode */
    struct AVPacket *packet;
    int64_t next_pts;
    int64_t packet_ticks; /* duration of each packet; 0: the codec sets it */
} sb_track;

/* Finds libav's encoder called `encoder` and allocates `codec`, without opening it. Call sb_track_finish
 * after a failure too. All calls return an AVERROR code or 0. */
int sb_track_init(sb_track *track, struct AVFormatContext *muxer, const char *encoder);

/* Opens the codec, adds the stream and allocates the packet and an empty frame. */
int sb_track_open(sb_track *track);
void sb_track_finish(sb_track *track);

/* Encodes `frame`, which may be NULL to flush the encoder, and writes the packets that are ready. */
int sb_track_send(sb_track *track, const struct AVFrame *frame);

/* Encoding sound to a libav muxer. */

typedef struct sb_sound_track sb_sound_track;

/* Adds a stream to `muxer`, which must outlive the track. `encoder` is libav's name. All calls return an
 * AVERROR code or 0. */
int sb_sound_track_open(sb_sound_track **out, struct AVFormatContext *muxer, const char *encoder,
                        const sb_encoder_params *params);
void sb_sound_track_free(sb_sound_track **track);

/* Call it between sb_muxer_begin and sb_muxer_end. `end` flushes the encoder. */
int sb_sound_track_write(sb_sound_track *track, const float *const *planes, size_t n_samples);
int sb_sound_track_end(sb_sound_track *track);

/* Chapters as Vorbis comments, CHAPTER000=00:00:00.000 and CHAPTER000NAME=title, as Ogg and Matroska tools
 * read them (https://wiki.xiph.org/Chapter_Extension). */

#define SB_VORBIS_KEY 32

/* Writes the two keys and the time of chapter `number`. */
void sb_vorbis_chapter(char key[SB_VORBIS_KEY], char name_key[SB_VORBIS_KEY], char time[SB_TIME_TEXT],
                       const sb_chapter *chapter, size_t number);

#endif
