/* The options: one table of all parameters that a person can set, with their names, ranges, defaults,
 * conflicts and help. A command line, a list of quotes and a form all read values by this table, so they
 * accept the same values.
 *
 * The table has the fields of the parameter structs that can be set from a text. It does not have
 *     - objects, such as a dictionary, boundary weights or fillers: the caller reads them from a file or
 *       makes them;
 *     - arguments of functions, such as the format of an export, or the path of a montage;
 *     - what a program does with results: where it writes and prints them, and what it keeps. */
#ifndef SOUNDBITE_OPTION_H
#define SOUNDBITE_OPTION_H

#include "soundbite/align.h"
#include "soundbite/drift.h"
#include "soundbite/export.h"
#include "soundbite/media.h"
#include "soundbite/montage.h"
#include "soundbite/names.h"

SB_BEGIN_DECLS

typedef enum sb_option_type {
    SB_OPTION_FLAG,
    SB_OPTION_TEXT,
    SB_OPTION_FILE,
    SB_OPTION_FOLDER,
    SB_OPTION_LANGUAGE, /* a BCP 47 tag */
    SB_OPTION_ALIAS,    /* as sb_alias_check accepts it */
    SB_OPTION_TIME,     /* as sb_time_parse reads it; `least` and `most` are in seconds */
    SB_OPTION_WHOLE,    /* an integer; with `thousands`, "k" after it multiplies by 1000 */
    SB_OPTION_RANGES,   /* integers and ranges of them, such as "2,5-7", as sb_option_next_range reads them */
    SB_OPTION_NUMBER,   /* a decimal number; the decimal separator is '.' */
    SB_OPTION_CHOICE,   /* one of choice(0), choice(1) ... */
    SB_OPTION_SET       /* one or more of the choices, separated by a blank, ',', ';' or '|' */
} sb_option_type;

/* What an option is for: the struct that has its field. */
typedef enum sb_option_group {
    SB_OPTION_SELECTION, /* sb_selection */
    SB_OPTION_CLIP,      /* sb_clip_params */
    SB_OPTION_MONTAGE,   /* sb_montage_params */
    SB_OPTION_NAMES,     /* sb_names_params */
    SB_OPTION_ALIGN,     /* sb_align_params */
    SB_OPTION_MEDIA,     /* sb_media_params */
    SB_OPTION_RENDER,    /* sb_render_params */
    SB_OPTION_DRIFT,     /* sb_drift_params */
    SB_OPTION_EXPORT,    /* sb_export_params */
    SB_OPTION_OTHER      /* not in the table; for options of the program */
} sb_option_group;

/* One option. The table is constant. A program may define its own options, to use them with sb_option_read
 * and sb_option_help. */
typedef struct sb_option {
    const char *name; /* in lower case, with hyphens, such as "min-length" */
    sb_option_type type;
    sb_option_group group;
    const char *argument; /* placeholder for the value in the help, such as "TIME"; NULL for a flag */
    const char *(*choice)(size_t i); /* for CHOICE and SET: the names; NULL beyond the last */
    double least, most;              /* range of TIME, WHOLE, RANGES and NUMBER; `most` may be infinite */
    double usual;          /* the default of TIME, WHOLE and NUMBER; used only for `{default}` in `help` */
    const char *instead;   /* another value that NUMBER and SET accept, such as "off" */
    bool thousands;        /* for WHOLE */
    bool repeats;          /* may be given several times; all values count, not only the last */
    const char *help;      /* one or two sentences; see sb_option_help */
    const char *field;     /* the field, as in sb_error.field; NULL if no error is about it */
    const char *off_field; /* the field that the value `instead` sets; NULL if it is `field` too */
} sb_option;

/* Returns option `index` of the table, or NULL beyond the last. */
SB_API const sb_option *sb_option_at(size_t index);

/* Returns the option called `name`. Case is ignored, and '_' equals '-'. Returns NULL if there is none. */
SB_API const sb_option *sb_option_find(const char *name);

/* Two options that exclude each other. */
typedef struct sb_option_conflict {
    const char *option;
    /* the conflict exists only if the value begins with this text, such as "off"; NULL: with any value */
    const char *value;
    const char *other;
    const char *fields; /* the fields of both options, as in sb_error.field */
    const char *why;    /* the reason, one clause without a full stop */
} sb_option_conflict;

/* Returns conflict `index`, or NULL beyond the last. Functions such as sb_clip_params_check report them as
 * errors. */
SB_API const sb_option_conflict *sb_option_conflict_at(size_t index);

/* Appends the help of an option, and then the options that it conflicts with. In `help`, {least}, {most} and
 * {default} are replaced by the numbers, and {name} by the name of another option. `prefix`, such as "--", is
 * written before the name of each other option. If an allocation fails, out->failed is set. */
SB_API void sb_option_help(sb_bytes *out, const sb_option *option, const char *prefix);

/* A value. Only the member for the option's type is set. */
typedef struct sb_option_value {
    sb_time time;  /* TIME */
    int64_t whole; /* WHOLE; for FLAG 0 or 1; for CHOICE the index; for SET the indices as bits */
    double number; /* NUMBER */
    bool is_off;   /* the text was the option's `instead` */
} sb_option_value;

/* Reads `text` as a value of the option. For FLAG, NULL means yes; "yes", "true", "1", "no", "false" and "0"
 * are accepted. Returns SB_ERR_ARGUMENT; the message begins with the option's name and says which values it
 * accepts. */
SB_API sb_status sb_option_read(sb_option_value *out, const sb_option *option, const char *text,
                                sb_error *err);

/* The structs whose fields sb_option_set changes. Set the pointers to the structs that options may change;
 * the others are NULL. The structs are zeroed or have the caller's own defaults. sb_option_targets_finish
 * frees the strings and lists that sb_option_set has put into the structs. */
typedef struct sb_option_targets {
    sb_selection *selection;
    sb_clip_params *clip;
    sb_montage_params *montage;
    sb_names_params *names;
    sb_align_params *align;
    sb_media_params *media;
    sb_render_params *render;
    sb_drift_params *drift;
    sb_export_params *exporting;   /* `export` is a keyword of C++ */
    struct sb_option_store *store; /* internal; NULL at first */
} sb_option_targets;

/* Reads `text` and stores the value in the field. Strings are copied. The first value replaces the value that
 * the field had. If an option is set again, phrases, regexes, speakers, aliases, matches and captions are
 * added to the earlier ones. Each limit of the selection becomes the widest of its values. For all other
 * options the last value counts.
 *
 * Returns SB_ERR_ARGUMENT for an invalid value, an option that is not in the table, or one whose struct is
 * NULL; SB_ERR_MEMORY. */
SB_API sb_status sb_option_set(sb_option_targets *targets, const sb_option *option, const char *text,
                               sb_error *err);
SB_API void sb_option_targets_finish(sb_option_targets *targets);

SB_END_DECLS

#endif
