/* How calls fail: a status, and an error that says what is wrong, where, and what to do. */
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

/* What a call returns. With any status but SB_OK its outputs are NULL or zero. */
typedef enum sb_status {
    SB_OK = 0,
    SB_ERR_MEMORY,      /* an allocation failed */
    SB_ERR_ARGUMENT,    /* an argument is invalid, or two of them conflict */
    SB_ERR_IO,          /* reading or writing failed; the message has the system's reason */
    SB_ERR_EXISTS,      /* the output exists and the caller did not allow overwriting */
    SB_ERR_FORMAT,      /* the input is malformed */
    SB_ERR_NO_AUDIO,    /* a media file without audio that can be decoded */
    SB_ERR_NO_SPEECH,   /* audio without speech */
    SB_ERR_MISMATCH,    /* the transcript does not belong to the audio */
    SB_ERR_NOT_FOUND,   /* nothing matched */
    SB_ERR_LIMIT,       /* the input exceeds a limit that guards against hostile files */
    SB_ERR_UNSUPPORTED, /* valid, but this build cannot do it */
    SB_ERR_INTERRUPTED  /* the monitor asked to stop */
} sb_status;

/* One failure. A zeroed struct means no error. The first error is kept: a function does not change an error
 * that is already set. The struct owns nothing, so it can be copied and needs no clean-up. */
typedef struct sb_error {
    sb_status status;
    /* The path of the file that the error is about. NULL if there is none, or if the path could not be
     * copied. The library keeps one copy of each path until the process ends, so the pointer stays valid;
     * memory grows with the number of different paths that failed. */
    const char *file;
    int64_t line, column; /* from 1; 0 is unknown */
    /* The field of a parameter struct that the error is about, such as "loudness_lufs", or two fields that
     * conflict, "copy,loudness_lufs". A static string; NULL if the error is not about a field. A program can
     * add the name of its own option or widget for that field to the message. */
    const char *field;
    /* "what is wrong; what to do", one line without a full stop. A longer message is cut and ends in
     * "...". */
    char message[512];
} sb_error;

/* Returns the name of a status in lower case, such as "memory" or "no-audio". Never NULL. */
SB_API const char *sb_status_name(sb_status status);

/* Sets `err` unless it is NULL or already set. Returns `status`, so that a function can end with
 * `return sb_error_set(err, SB_ERR_IO, "...")`. Control characters in the message are replaced by '?'. */
SB_API sb_status sb_error_set(sb_error *err, sb_status status, const char *format, ...) SB_PRINTF(3, 4);

/* Does the same and sets the place. `file` may be NULL; it is copied. */
SB_API sb_status sb_error_set_at(sb_error *err, sb_status status, const char *file, int64_t line,
                                 int64_t column, const char *format, ...) SB_PRINTF(6, 7);

/* Does the same and sets the field. `field` must be a static string. `file` may be NULL; it is copied. */
SB_API sb_status sb_error_set_field(sb_error *err, sb_status status, const char *field, const char *file,
                                    const char *format, ...) SB_PRINTF(5, 6);

/* Sets the file of an error that has none. `file` is copied. `err` may be NULL. */
SB_API void sb_error_set_file(sb_error *err, const char *file);

/* Writes "FILE:LINE:COLUMN: message", with the parts that are known, into `out`, always terminated.
 * Returns the length of the whole text, as snprintf does. */
SB_API size_t sb_error_print(char *out, size_t size, const sb_error *err);

/* A warning from a call that succeeded. */
typedef struct sb_note {
    char *text;           /* "what is wrong; what to do", one line */
    char *file;           /* NULL if the note is not about a file */
    int64_t line, column; /* from 1; 0 is unknown */
} sb_note;

/* A list of warnings. */
typedef struct sb_notes {
    sb_note *items;
    size_t n_items;
    size_t n_dropped; /* notes that were counted but not stored: those after the first SB_NOTES_MAX */
} sb_notes;

#define SB_NOTES_MAX 200

/* Adds a note. `notes` may be NULL. A note that cannot be stored is counted as dropped. */
SB_API void sb_notes_add(sb_notes *notes, const char *file, int64_t line, int64_t column, const char *format,
                         ...) SB_PRINTF(5, 6);

/* Frees the notes and zeroes the list. A zeroed struct is an empty list. */
SB_API void sb_notes_finish(sb_notes *notes);

/* Progress and cancellation of long calls. Either function may be NULL. They are called on the thread that
 * does the work, one call at a time. */
typedef struct sb_monitor {
    void *user;
    /* `stage` is one word ("decode", "align", "clip"). `done` and `total` are in units of that stage; `total`
     * is 0 if it is not known. */
    void (*progress)(void *user, const char *stage, double done, double total);
    /* Return true to stop the call. It then returns SB_ERR_INTERRUPTED and leaves no partial output. */
    bool (*cancelled)(void *user);
} sb_monitor;

/* The version of the library, as "1.2.3". */
SB_API const char *sb_version(void);

SB_END_DECLS

#endif
