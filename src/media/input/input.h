/* The input: a file, its container, and the packets of its audio stream. */
#ifndef SB_MEDIA_INPUT_INPUT_H
#define SB_MEDIA_INPUT_INPUT_H

#include <libavformat/avio.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "soundbite/media.h"
#include "soundbite/status.h"

/* The supported containers, and detection of files that are not media files. */

/* How to find an exact position in the file. */
typedef enum sb_seek_way {
    SB_SEEK_STAMPS, /* seek in the container, then check the timestamp at the new position */
    SB_SEEK_SCAN,   /* read packets from the start without decoding; times are sums of packet durations */
    SB_SEEK_DECODE  /* decode from the start */
} sb_seek_way;

typedef struct sb_container {
    const char *name; /* libav's name */
    bool stamped;     /* times are stored in the file, so gaps and joins can be detected */
    sb_seek_way seek;
} sb_container;

/* Returns the container for libav's name, which may be a list with commas. Returns NULL if it is not
 * supported. */
const sb_container *sb_container_find(const char *libav_names);

/* Writes all names, separated by commas, for AVFormatContext.format_whitelist. */
size_t sb_container_whitelist(char *out, size_t size);

/* Returns a message that says what the bytes seem to be and what to do ("is a web page; ..."). Returns NULL
 * if they may be a media file. */
const char *sb_container_refuse(const uint8_t *head, size_t n);

/* Input for libav: one file descriptor. libav cannot open anything else. */

#define SB_INPUT_HEAD 4096
#define SB_INPUT_TAIL (128 * 1024) /* a power of two; an Ogg page has at most 65307 bytes */

/* Reads of a regular file that can be given up. One reader serves one thread. */

#define SB_INPUT_POLL_MS 100 /* between two questions whether to stop */

typedef struct sb_file_reader sb_file_reader;

/* Returns NULL without memory or threads. */
sb_file_reader *sb_file_reader_create(int fd);

/* As pread, but asks `must_stop` while it waits. If that returns true, returns -1 with errno ECANCELED,
 * and sets `*reader` to NULL: the read goes on in a thread that nobody waits for. May read less than
 * `size`. */
ssize_t sb_file_reader_read(sb_file_reader **reader, uint8_t *data, size_t size, int64_t offset,
                            bool (*must_stop)(void *user), void *user);
void sb_file_reader_free(sb_file_reader **reader);

typedef struct sb_input sb_input;

/* Opens a file; "-" is standard input. The hash is computed while reading if `params->hash` is set or the
 * input cannot be read twice. Returns SB_ERR_IO, SB_ERR_FORMAT (an empty file) or SB_ERR_MEMORY. */
sb_status sb_input_open(sb_input **out, const char *path, const sb_media_params *params, sb_error *err);
void sb_input_free(sb_input **input);

/* Owned by the input. Not seekable for a pipe. */
AVIOContext *sb_input_avio(sb_input *input);
bool sb_input_seekable(const sb_input *input);

/* Returns the size in bytes. For a pipe it is -1 until the end was read. */
int64_t sb_input_size(const sb_input *input);

/* For AVFormatContext.interrupt_callback. Stops a call that was cancelled or exceeds the deadline.
 * sb_input_arm restarts the deadline. */
AVIOInterruptCB sb_input_interrupt(sb_input *input);
void sb_input_arm(sb_input *input);

/* Returns SB_ERR_INTERRUPTED or SB_ERR_IO, with the error set, if reading stopped early; otherwise SB_OK. */
sb_status sb_input_trouble(const sb_input *input, sb_error *err);

/* Returns the first bytes of the file, up to SB_INPUT_HEAD, and sets `*n` to their number. */
const uint8_t *sb_input_head(sb_input *input, size_t *n);

/* Copies bytes at `offset` without moving libav's position. For a pipe, only the first SB_INPUT_HEAD and the
 * last SB_INPUT_TAIL bytes read are available. Returns the number of bytes copied, 0 if none are
 * available. */
size_t sb_input_peek(sb_input *input, int64_t offset, uint8_t *out, size_t size);

/* Moves back to the first byte, for a new demuxer. Returns false for a pipe. */
bool sb_input_rewind(sb_input *input);

/* Writes the SHA-256 of all bytes, reading to the end. Returns SB_ERR_IO or SB_ERR_INTERRUPTED. */
sb_status sb_input_sha256(sb_input *input, char out[65], sb_error *err);

/* Reading the packets of one audio stream. */

struct AVCodecContext;
struct AVFormatContext;
struct AVPacket;
struct AVStream;

typedef struct sb_demux {
    sb_input *input;  /* not owned */
    const char *path; /* for messages */
    const sb_container *container;
    struct AVFormatContext *format;
    struct AVCodecContext *codec;
    struct AVStream *stream;
    struct AVPacket *packet;
    int64_t zero;  /* timestamp of time 0, in the stream's time base */
    bool has_zero; /* `zero` is known; if not, the first frame is at time 0 */
    bool late;     /* the sound begins after the pictures */
} sb_demux;

/* Returns the index of the stream to open; -1 for the best audio stream. */
int sb_demux_stream_of(const sb_media_params *params);

/* Opens the stream with index `wanted`; -1 selects the best audio stream. Zero the demux before and finish it
 * even after a failure. Returns SB_ERR_FORMAT, SB_ERR_NO_AUDIO, SB_ERR_ARGUMENT (no such audio stream),
 * SB_ERR_LIMIT, SB_ERR_IO, SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
sb_status sb_demux_open(sb_demux *d, sb_input *input, const char *path, int wanted, sb_error *err);
void sb_demux_finish(sb_demux *d);

/* Opens the same stream again at its beginning. */
sb_status sb_demux_restart(sb_demux *d, sb_error *err);

/* Reads the stream's next packet into `d->packet`. Sets `*end` after the last. */
sb_status sb_demux_read(sb_demux *d, bool *end, sb_error *err);

/* Sends a packet, or NULL after the last, to the codec. Sets `*failed` to libav's code, which is negative for
 * a damaged packet. Returns SB_ERR_MEMORY. */
sb_status sb_demux_send(sb_demux *d, const struct AVPacket *packet, int *failed, sb_error *err);

/* Sets the error for a stream that ended before its first frame. */
sb_status sb_demux_no_sound(const sb_demux *d, sb_error *err);

bool sb_demux_is_picture(const struct AVStream *stream); /* moving pictures, not a cover */

#endif
