/* Shared by the files that use libav. */
#ifndef SB_MEDIA_LIBAV_H
#define SB_MEDIA_LIBAV_H

/* Stops libav from printing, unless the application has set libav's log level itself. */
void sb_libav_hush(void);

/* Some functions of libav lose a packet, a timestamp or a tag if an allocation fails, and go on. Call
 * sb_libav_watch before, and pass the result through sb_libav_checked: it returns AVERROR(ENOMEM) if an
 * allocation failed since, otherwise `code`. */
void sb_libav_watch(void);
int sb_libav_checked(int code);

#endif
