/* The supported containers, and detection of files that are not media files. */
#ifndef SB_MEDIA_CONTAINER_H
#define SB_MEDIA_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How an exact position in the file is found. */
typedef enum sb_seek_way {
    SB_SEEK_STAMPS, /* by the container's seek, checked by the timestamp that is found */
    SB_SEEK_SCAN,   /* by reading packets from the start without decoding; times are sums of durations */
    SB_SEEK_DECODE  /* only by decoding from the start */
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

/* Returns what the bytes seem to be and what to do ("is a web page; ..."). Returns NULL if they may be a
 * media file. */
const char *sb_container_refuse(const uint8_t *head, size_t n);

#endif
