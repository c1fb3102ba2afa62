/* The table of options. Parsing, --help, the man page and the shell completions use it. */
#ifndef SB_CLI_OPTIONS_H
#define SB_CLI_OPTIONS_H

#include "soundbite/time.h"

/* If an option such as -o has several meanings, each meaning has its own entry. */
typedef enum cli_option_id {
    CLI_OPT_OUTPUT,
    CLI_OPT_OUTPUT_TEMPLATE,
    CLI_OPT_OUTPUT_FOLDER,
    CLI_OPT_TO,
    CLI_OPT_FPS,
    CLI_OPT_JSON,
    CLI_OPT_MANIFEST,
    CLI_OPT_INDEX,
    CLI_OPT_TRANSCRIPT_FORMAT,
    CLI_OPT_FROM_FORMAT, /* for commands in which --from is not a time */
    CLI_OPT_METHOD,
    CLI_OPT_LANGUAGE,
    CLI_OPT_ACOUSTIC_MODEL,
    CLI_OPT_DICT,
    CLI_OPT_BOUNDARY_MODEL,
    CLI_OPT_STREAM,
    CLI_OPT_NO_CACHE,
    CLI_OPT_ALLOW_MISMATCH,
    CLI_OPT_STRICT_PAIR, /* for commands without certificates */
    CLI_OPT_MAX_DRIFT,
    CLI_OPT_HTML,
    CLI_OPT_FIXED,
    CLI_OPT_LIST,
    CLI_OPT_LIST_FORMAT,
    CLI_OPT_QUOTE,
    CLI_OPT_QUOTE_FILE,
    CLI_OPT_EXACT,
    CLI_OPT_PHRASE,
    CLI_OPT_REGEX,
    CLI_OPT_SPEAKER,
    CLI_OPT_FROM,
    CLI_OPT_UNTIL,
    CLI_OPT_MIN_LENGTH,
    CLI_OPT_MAX_LENGTH,
    CLI_OPT_EXPAND,
    CLI_OPT_FUZZY,
    CLI_OPT_LIMIT,
    CLI_OPT_MATCH,
    CLI_OPT_LEAD,
    CLI_OPT_TAIL,
    CLI_OPT_FADE,
    CLI_OPT_LOUDNESS,
    CLI_OPT_LOUDNESS_OF,
    CLI_OPT_TRUE_PEAK,
    CLI_OPT_RATE,
    CLI_OPT_CHANNELS,
    CLI_OPT_BITRATE,
    CLI_OPT_CAPTIONS,
    CLI_OPT_CAPTION_NAMES,
    CLI_OPT_STRICT,
    CLI_OPT_NO_CERTIFICATE,
    CLI_OPT_COPY,
    CLI_OPT_VIDEO,
    CLI_OPT_FOR,
    CLI_OPT_BACKGROUND,
    CLI_OPT_TITLE,
    CLI_OPT_THEME,
    CLI_OPT_DROP,
    CLI_OPT_FILLERS,
    CLI_OPT_JOIN,
    CLI_OPT_GAP,
    CLI_OPT_CROSSFADE,
    CLI_OPT_JOBS,
    CLI_OPT_RESUME,
    CLI_OPT_SHARD,
    CLI_OPT_FORCE,
    CLI_OPT_DRY_RUN,
    CLI_OPT_QUIET,
    CLI_OPT_VERBOSE,
    CLI_OPT_PROGRESS,
    CLI_OPT_COLOR,
    CLI_OPT_HELP,
    CLI_OPT_VERSION,
    CLI_N_OPTIONS,
    CLI_OPT_END = CLI_N_OPTIONS /* ends a command's list */
} cli_option_id;

typedef enum cli_option_type {
    CLI_FLAG,
    CLI_TEXT,
    CLI_FILE,
    CLI_FOLDER,
    CLI_LANGUAGE, /* a BCP 47 tag */
    CLI_TIME,
    CLI_WHOLE,  /* an integer; with `thousands`, "k" after it multiplies by 1000 */
    CLI_NUMBER, /* a decimal number, or the word `instead`, which gives NaN */
    CLI_CHOICE  /* one of choice(0), choice(1) ... */
} cli_option_type;

typedef enum cli_group {
    CLI_GROUP_COMMAND,
    CLI_GROUP_SELECTION,
    CLI_GROUP_CLIP,
    CLI_GROUP_GENERAL,
    CLI_N_GROUPS
} cli_group;

typedef struct cli_option {
    const char *name; /* long name without dashes */
    char letter;      /* 0: none */
    cli_option_type type;
    cli_group group;
    const char *argument;            /* as shown in the help; NULL for a flag */
    const char *(*choice)(size_t i); /* for CLI_CHOICE: the names; NULL beyond the last */
    const char *if_bare; /* for CLI_CHOICE: the value without an argument; NULL: an argument is required */
    double least, most;  /* limits of numbers; for times, in seconds */
    const char *instead; /* for CLI_NUMBER */
    bool thousands;      /* for CLI_WHOLE */
    bool repeats;        /* all values count, not only the last */
    const char *help;    /* one sentence or two */
    const char *field;   /* what sb_error.field calls it; NULL if no error is about it */
    const char *remedy;  /* the option solves such an error: "use --NAME REMEDY" */
} cli_option;

extern const cli_option cli_options[CLI_N_OPTIONS];

/* The option for a field of sb_error; NULL if there is none. */
const cli_option *cli_option_for_field(const char *field, size_t length);

/* The heading over a group of options. */
const char *cli_group_title(cli_group group);

/* Lists for cli_command.options. The general options apply to every command and are in no list. */
#define CLI_SELECTION_OPTIONS                                                                                \
    CLI_OPT_PHRASE, CLI_OPT_REGEX, CLI_OPT_SPEAKER, CLI_OPT_FROM, CLI_OPT_UNTIL, CLI_OPT_MIN_LENGTH,         \
        CLI_OPT_MAX_LENGTH, CLI_OPT_EXPAND, CLI_OPT_FUZZY, CLI_OPT_LIMIT, CLI_OPT_MATCH
/* For every command that may align. */
#define CLI_ALIGN_OPTIONS                                                                                    \
    CLI_OPT_METHOD, CLI_OPT_LANGUAGE, CLI_OPT_ACOUSTIC_MODEL, CLI_OPT_DICT, CLI_OPT_BOUNDARY_MODEL,          \
        CLI_OPT_STREAM, CLI_OPT_NO_CACHE, CLI_OPT_ALLOW_MISMATCH
#define CLI_MONTAGE_OPTIONS CLI_OPT_JOIN, CLI_OPT_GAP, CLI_OPT_CROSSFADE
#define CLI_CLIP_OPTIONS                                                                                     \
    CLI_OPT_LEAD, CLI_OPT_TAIL, CLI_OPT_FADE, CLI_OPT_LOUDNESS, CLI_OPT_LOUDNESS_OF, CLI_OPT_TRUE_PEAK,      \
        CLI_OPT_RATE, CLI_OPT_CHANNELS, CLI_OPT_BITRATE, CLI_OPT_COPY, CLI_OPT_CAPTIONS,                     \
        CLI_OPT_CAPTION_NAMES, CLI_OPT_STRICT, CLI_OPT_NO_CERTIFICATE, CLI_OPT_VIDEO, CLI_OPT_FOR,           \
        CLI_OPT_BACKGROUND, CLI_OPT_TITLE, CLI_OPT_THEME, CLI_OPT_DROP, CLI_OPT_FILLERS

#endif
