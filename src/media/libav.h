/* Shared by the files that use libav. */
#ifndef SB_MEDIA_LIBAV_H
#define SB_MEDIA_LIBAV_H

/* Stops libav from printing, unless the application has set libav's log level itself. */
void sb_libav_hush(void);

#endif
