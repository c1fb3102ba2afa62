/* Status codes, error messages, warnings, progress and cancellation. */
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

/* The result of a call. On any status but SB_OK, the call's outputs are NULL or zero. */
typedef enum sb_status {
    SB_OK = 0,
    SB_ERR_MEMORY,      /* an allocation failed */
    SB_ERR_ARGUMENT,    /* a parameter is invalid, or two parameters conflict */
    SB_ERR_IO,          /* a file could not be read or written; the message gives the system's reason */
    SB_ERR_EXISTS,      /* the output file exists and may not be overwritten */
    SB_ERR_FORMAT,      /* the input is malformed */
    SB_ERR_NO_AUDIO,    /* the media file has no audio that can be decoded */
    SB_ERR_NO_SPEECH,   /* the audio has no speech */
    SB_ERR_MISMATCH,    /* the transcript and the audio do not belong together */
    SB_ERR_NOT_FOUND,   /* nothing matched */
    SB_ERR_LIMIT,       /* the input exceeds a limit that protects against hostile files */
    SB_ERR_UNSUPPORTED, /* valid, but this build cannot do it */
    SB_ERR_INTERRUPTED  /* the monitor asked to stop */
} sb_status;

/* An error. A function that is given an error that is already set leaves it unchanged, so the first error is
 * kept. `file` is empty if the error is not about a file. `line` and `column` count from 1; 0 means
 * unknown. */
typedef struct sb_error {
    sb_status status;
    char file[256];
    int64_t line;
    int64_t column;
    char message[512]; /* "what is wrong; what to do": one line without a full stop */
} sb_error;

/* Returns the name of a status in lower case, such as "memory" or "no-audio". Never NULL. */
SB_API const char *sb_status_name(sb_status status);

/* Sets `err`, unless it is NULL or already set, and returns `status`. A function can end with `return
 * sb_error_set(err, SB_ERR_IO, "...")`. Control characters in the message become '?'. */
SB_API sb_status sb_error_set(sb_error *err, sb_status status, const char *format, ...) SB_PRINTF(3, 4);

/* Does the same as sb_error_set and records a place. `file` may be NULL; `line` and `column` may be 0. */
SB_API sb_status sb_error_set_at(sb_error *err, sb_status status, const char *file, int64_t line,
                                 int64_t column, const char *format, ...) SB_PRINTF(6, 7);

/* Writes "FILE:LINE:COLUMN: message" to `out` without the parts that are unknown. The text is cut to `size`
 * bytes and always terminated. Returns the length of the full text, as snprintf does. */
SB_API size_t sb_error_print(char *out, size_t size, const sb_error *err);

/* A warning about a call that succeeded. Warnings are listed in the order in which they arose. */
typedef struct sb_note {
    char *text; /* "what; what to do": one line */
    char *file; /* NULL if the warning is not about a file */
    int64_t line, column;
} sb_note;

/* A list of warnings. */
typedef struct sb_notes {
    sb_note *items;
    size_t n_items;
    size_t n_dropped; /* notes beyond SB_NOTES_MAX: they are counted but not kept */
} sb_notes;

#define SB_NOTES_MAX 200

/* Adds a note. Does nothing if `notes` is NULL. If the note cannot be stored, it is counted in
 * `n_dropped`. */
SB_API void sb_notes_add(sb_notes *notes, const char *file, int64_t line, int64_t column, const char *format,
                         ...) SB_PRINTF(5, 6);

/* Frees the notes and zeroes the struct. A zeroed struct is an empty list. */
SB_API void sb_notes_finish(sb_notes *notes);

/* Reports the progress of a long call and can cancel it. Either function may be NULL. They are called on the
 * thread that does the work, never by two threads at once. */
typedef struct sb_monitor {
    void *user;
    /* `stage` is one word, such as "decode", "align" or "clip". `done` and `total` are in units of the stage;
     * `total` is 0 if it is unknown. */
    void (*progress)(void *user, const char *stage, double done, double total);
    /* Return true to end the call with SB_ERR_INTERRUPTED. The call then leaves no partial output. */
    bool (*cancelled)(void *user);
} sb_monitor;

/* Returns the version of the library, such as "1.2.3". */
SB_API const char *sb_version(void);

#endif
