/* What the files over libav have in common. */
#ifndef SB_MEDIA_LIBAV_H
#define SB_MEDIA_LIBAV_H

/* Keeps libav from printing, unless the program round this library has set libav's log level itself. */
void sb_libav_hush(void);

#endif
