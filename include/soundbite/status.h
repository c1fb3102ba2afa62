/* How calls fail: a status, and an error that says what, where and what to do. */
#ifndef SOUNDBITE_STATUS_H
#define SOUNDBITE_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SB_API                         __attribute__((visibility("default")))
#define SB_PRINTF(format_index, first) __attribute__((format(printf, format_index, first)))
#else
#define SB_API
#define SB_PRINTF(format_index, first)
#endif

/* Around the declarations of every public header, so that C++ can include it. */
#ifdef __cplusplus
#define SB_BEGIN_DECLS extern "C" {
#define SB_END_DECLS   }
#else
#define SB_BEGIN_DECLS
#define SB_END_DECLS
#endif

SB_BEGIN_DECLS

/* What a call returns. Anything but SB_OK leaves its outputs NULL or zero. */
typedef enum sb_status {
    SB_OK = 0,
    SB_ERR_MEMORY,      /* an allocation failed */
    SB_ERR_ARGUMENT,    /* the caller asked for something that makes no sense */
    SB_ERR_IO,          /* reading or writing failed; the message has the system's reason */
    SB_ERR_EXISTS,      /* the output exists and overwriting was not asked for */
    SB_ERR_FORMAT,      /* the bytes are not what they should be */
    SB_ERR_NO_AUDIO,    /* a media file without sound that can be decoded */
    SB_ERR_NO_SPEECH,   /* sound, but no speech in it */
    SB_ERR_MISMATCH,    /* transcript and audio do not belong together */
    SB_ERR_NOT_FOUND,   /* nothing matched */
    SB_ERR_LIMIT,       /* a limit against hostile input was reached */
    SB_ERR_UNSUPPORTED, /* understood, but this build cannot do it */
    SB_ERR_INTERRUPTED  /* the monitor asked to stop */
} sb_status;

/* One failure. The first error wins: a call that is handed an error already set leaves it alone.
 * `file` is empty where no file is to blame, `line` and `column` count from 1, 0 is unknown. */
typedef struct sb_error {
    sb_status status;
    char file[256];
    int64_t line;
    int64_t column;
    char message[512]; /* "what is wrong; what to do", one line, no full stop */
} sb_error;

/* The name of a status in lower case ("memory", "no-audio"); never NULL. */
SB_API const char *sb_status_name(sb_status status);

/* Sets `err` unless it is NULL or already set, and returns `status`, so that a function can end with
 * `return sb_error_set(err, SB_ERR_IO, "...")`. Control characters in the message are replaced by '?'. */
SB_API sb_status sb_error_set(sb_error *err, sb_status status, const char *format, ...) SB_PRINTF(3, 4);

/* The same with a place. `file` may be NULL. */
SB_API sb_status sb_error_set_at(sb_error *err, sb_status status, const char *file, int64_t line,
                                 int64_t column, const char *format, ...) SB_PRINTF(6, 7);

/* Writes "FILE:LINE:COLUMN: message" with the parts that are known into `out`, always terminated.
 * Returns the length that the whole text has, as snprintf does. */
SB_API size_t sb_error_print(char *out, size_t size, const sb_error *err);

/* What a call noticed while it succeeded: shown to the user as warnings, in order. */
typedef struct sb_note {
    char *text; /* "what; what to do", one line */
    char *file; /* NULL where no file is to blame */
    int64_t line, column;
} sb_note;

typedef struct sb_notes {
    sb_note *items;
    size_t n_items;
    size_t n_dropped; /* beyond SB_NOTES_MAX notes only the count grows */
} sb_notes;

#define SB_NOTES_MAX 200

/* Adds a note; `notes` may be NULL, and a note that cannot be stored is counted as dropped. */
SB_API void sb_notes_add(sb_notes *notes, const char *file, int64_t line, int64_t column, const char *format,
                         ...) SB_PRINTF(5, 6);

/* Frees what the notes hold and zeroes them; a zeroed struct is an empty list. */
SB_API void sb_notes_finish(sb_notes *notes);

/* How long calls tell where they are and learn that they should stop. Both functions may be NULL, and are
 * called from whichever thread does the work, never from two at once. */
typedef struct sb_monitor {
    void *user;
    /* `stage` is one word ("decode", "align", "clip"); `done` of `total` in units of that stage,
     * `total` 0 where it is not known. */
    void (*progress)(void *user, const char *stage, double done, double total);
    /* True asks the call to end with SB_ERR_INTERRUPTED and to leave nothing half-done. */
    bool (*cancelled)(void *user);
} sb_monitor;

/* The release, as "1.2.3". */
SB_API const char *sb_version(void);

SB_END_DECLS

#endif
