/* Copying packets: sources, files, the bit reservoir of MP3 and the frames of FLAC. */
#ifndef SB_MEDIA_COPY_COPY_H
#define SB_MEDIA_COPY_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "media/decode/decode.h"
#include "media/input/input.h"
#include "media/media.h"

/* Reading the packets of a file together with their positions, for copying. */

typedef struct sb_copy_source {
    sb_input *input;
    sb_demux demux;
    sb_integrity integrity;
    const sb_copy_codec *codec;
    int rate;      /* sample rate of the positions */
    int n_dead;    /* packets at the start that decode to nothing */
    int64_t at;    /* position of the current packet; the first is before 0 by the encoder's delay */
    int n_samples; /* number of samples that the packet decodes to */
} sb_copy_source;

/* Opens the file and finds the position of its first packet by decoding to the first sound. Zero the source
 * before; it may be finished after a failure. Returns SB_ERR_UNSUPPORTED if the codec cannot be copied, and
 * the statuses of sb_demux_open. */
sb_status sb_copy_source_open(sb_copy_source *source, const char *path, const sb_media_params *params,
                              sb_error *err);
void sb_copy_source_finish(sb_copy_source *source);

/* Reads the next audio packet into `source->demux.packet`. Sets `*end` after the last. Returns SB_ERR_FORMAT
 * if it is broken, and the statuses of sb_demux_read. */
sb_status sb_copy_source_next(sb_copy_source *source, bool *end, sb_error *err);

/* Writing packets of another file to a new file. */

struct AVPacket;

typedef struct sb_copy_file sb_copy_file;

typedef struct sb_copy_packet {
    struct AVPacket *packet;
    int64_t at; /* position in the source */
    int n_samples;
} sb_copy_packet;

/* Begins a file on `output`, which the caller keeps. `first` is the first packet; samples before `start` are
 * hidden. Returns SB_ERR_UNSUPPORTED if the format cannot hide samples; SB_ERR_IO; SB_ERR_MEMORY. */
sb_status sb_copy_file_open(sb_copy_file **out, sb_output *output, const char *extension,
                            const sb_copy_source *source, int64_t first, int64_t start, const sb_tag *tags,
                            size_t n_tags, sb_error *err);

/* Writes a packet. Its samples from `end` on are hidden. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_copy_file_write(sb_copy_file *file, const sb_copy_packet *packet, int64_t end, sb_error *err);

/* Completes the headers, frees the file and sets it to NULL, even on failure. */
sb_status sb_copy_file_close(sb_copy_file **file, sb_error *err);
void sb_copy_file_abort(sb_copy_file **file);

/* Supplying the MP3 bit reservoir for a copy that begins in the middle of a file. */

/* Makes a silent frame to write before history[first]. It contains the main data that history[first] needs
 * from the frames before it. The caller frees its packet. Returns SB_ERR_FORMAT if a frame is broken;
 * SB_ERR_UNSUPPORTED if no bit rate has room for the bytes; SB_ERR_MEMORY. */
sb_status sb_copy_reservoir(sb_copy_packet *out, const sb_copy_packet *history, int first, sb_error *err);

/* Parsing and renumbering FLAC frames (RFC 9639, section 9). */

#define SB_FLAC_NUMBER_BYTES 7 /* largest size of a coded number */

typedef struct sb_flac_frame {
    bool variable; /* `number` counts samples; otherwise it counts frames */
    int64_t number;
    int n_samples;
    size_t number_bytes, header_bytes; /* header_bytes includes the CRC */
} sb_flac_frame;

/* Reads the header of a frame. `data` must be exactly one frame. Returns false if it is not a frame or a CRC
 * is wrong. */
bool sb_flac_frame_read(sb_flac_frame *out, const uint8_t *data, size_t n);

/* Copies a frame to `out` with another number. `out` needs room for n + SB_FLAC_NUMBER_BYTES bytes. Returns
 * its size. */
size_t sb_flac_frame_renumber(uint8_t *out, const uint8_t *data, size_t n, const sb_flac_frame *frame,
                              int64_t number);

#endif
