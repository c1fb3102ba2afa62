/* The containers that are opened, and what lies in a file that is none of them. */
#ifndef SB_MEDIA_CONTAINER_H
#define SB_MEDIA_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a place in the file is found exactly. */
typedef enum sb_seek_way {
    SB_SEEK_STAMPS, /* by the container's own seek, checked by the time stamp arrived at */
    SB_SEEK_SCAN,  /* by reading packets from the start without decoding: their times are sums of durations */
    SB_SEEK_DECODE /* only by decoding from the start */
} sb_seek_way;

typedef struct sb_container {
    const char *name; /* libav's */
    bool stamped;     /* times are stored in the file, so that they tell of gaps and joins */
    sb_seek_way seek;
} sb_container;

/* The container that libav's name, which may list several with commas, stands for; NULL where it is not opened. */
const sb_container *sb_container_find(const char *libav_names);

/* All names, comma-separated, as AVFormatContext.format_whitelist wants them. */
size_t sb_container_whitelist(char *out, size_t size);

/* What bytes that are no sound look like, with what to do ("is a web page; ..."); NULL where they may be sound. */
const char *sb_container_refuse(const uint8_t *head, size_t n);

#endif
