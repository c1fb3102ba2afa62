/* The command line: the tables of commands and options, parsing, help, the manual page and completion. */
#ifndef SB_CLI_ARGS_ARGS_H
#define SB_CLI_ARGS_ARGS_H

#include <stddef.h>

#include "soundbite/file.h"
#include "soundbite/option.h"
#include "soundbite/quote.h"
#include "soundbite/time.h"
#include "soundbite/tuning.h"

/* The table of options. Parsing, --help, the man page and the shell completions use it. */

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
    CLI_OPT_ALIAS,
    CLI_OPT_SPEAKERS,
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
    CLI_OPT_ARTICLE,
    CLI_OPT_CLIPS,
    CLI_OPT_PAGE,
    CLI_OPT_WORST_FIRST,
    CLI_OPT_PHRASE,
    CLI_OPT_NEAR,
    CLI_OPT_SOUNDS_LIKE,
    CLI_OPT_REGEX,
    CLI_OPT_SPEAKER,
    CLI_OPT_FROM,
    CLI_OPT_UNTIL,
    CLI_OPT_FROM_PHRASE,
    CLI_OPT_UNTIL_PHRASE,
    CLI_OPT_EACH,
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
    CLI_OPT_STYLE,
    CLI_OPT_UPPERCASE,
    CLI_OPT_LOGO,
    CLI_OPT_DRAFT,
    CLI_OPT_DROP,
    CLI_OPT_FILLERS,
    CLI_OPT_JOIN,
    CLI_OPT_GAP,
    CLI_OPT_CROSSFADE,
    CLI_OPT_ARCHIVE,
    CLI_OPT_ACCEPT,
    CLI_OPT_REPEATS,
    CLI_OPT_WORDS_NEAR,
    CLI_OPT_BY_SOUND,
    CLI_OPT_VERIFY,
    CLI_OPT_EPISODE,
    CLI_OPT_SINCE,
    CLI_OPT_BEFORE,
    CLI_OPT_TO_LIST,
    CLI_OPT_JOBS,
    CLI_OPT_RESUME,
    CLI_OPT_SHARD,
    CLI_OPT_FORCE,
    CLI_OPT_DRY_RUN,
    CLI_OPT_SANDBOX,
    CLI_OPT_QUIET,
    CLI_OPT_VERBOSE,
    CLI_OPT_PROGRESS,
    CLI_OPT_COLOR,
    CLI_OPT_HELP,
    CLI_OPT_VERSION,
    CLI_N_OPTIONS,
    CLI_OPT_END = CLI_N_OPTIONS /* ends a command's list */
} cli_option_id;

typedef enum cli_group {
    CLI_GROUP_COMMAND,
    CLI_GROUP_SELECTION,
    CLI_GROUP_CLIP,
    CLI_GROUP_GENERAL,
    CLI_N_GROUPS
} cli_group;

/* What an option with a file or folder does with it. */
typedef enum cli_writes {
    CLI_READS,       /* it is an input */
    CLI_WRITES_FILE, /* its folder exists */
    CLI_WRITES_TREE  /* missing folders are created; a file may be a template */
} cli_writes;

/* An option of the library has its type, range and help in the library's table. An option of the program
 * alone has them here. */
typedef struct cli_option {
    const char *name;    /* long name without dashes */
    char letter;         /* 0: none */
    cli_group group;     /* for an option of the library, CLI_GROUP_COMMAND means the group of its struct */
    const char *if_bare; /* for a choice: the value without an argument; NULL: an argument is required */
    const char *more;    /* added to the help; NULL: nothing */
    /* for an option that resolves errors about its field; the message then ends with "use --NAME REMEDY" */
    const char *remedy;
    cli_writes writes; /* for a file or folder */
    sb_option own;     /* zero for an option of the library */
} cli_option;

extern const cli_option cli_options[CLI_N_OPTIONS];

/* Returns the type, range and help of an option. */
const sb_option *cli_option_as(const cli_option *option);

/* Returns the group under whose heading the help lists an option. */
cli_group cli_option_group(const cli_option *option);

/* Returns true if the value of the option is the name of a file or folder that is read. */
bool cli_option_reads(const cli_option *option);

/* Appends the help of an option, without its values. */
void cli_option_help(sb_bytes *out, const cli_option *option);

/* The option for a field of sb_error; NULL if there is none. */
const cli_option *cli_option_for_field(const char *field, size_t length);

/* Returns the heading of a group of options. */
const char *cli_group_title(cli_group group);

/* Lists for cli_command.options. The general options apply to every command and are in no list. */
#define CLI_SELECTION_OPTIONS                                                                                \
    CLI_OPT_PHRASE, CLI_OPT_NEAR, CLI_OPT_SOUNDS_LIKE, CLI_OPT_REGEX, CLI_OPT_SPEAKER, CLI_OPT_FROM,         \
        CLI_OPT_UNTIL, CLI_OPT_FROM_PHRASE, CLI_OPT_UNTIL_PHRASE, CLI_OPT_EACH, CLI_OPT_MIN_LENGTH,          \
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
        CLI_OPT_BACKGROUND, CLI_OPT_TITLE, CLI_OPT_THEME, CLI_OPT_STYLE, CLI_OPT_UPPERCASE, CLI_OPT_LOGO,    \
        CLI_OPT_DRAFT, CLI_OPT_DROP, CLI_OPT_FILLERS

/* The commands of the program. */

struct cli_context;

typedef struct cli_example {
    const char *line; /* what to type */
    const char *does; /* what it does, one or two sentences */
} cli_example;

/* One paragraph of help, or one item of a list. */
typedef struct cli_detail {
    const char *item; /* the term that `text` explains; NULL: `text` is a paragraph */
    const char *text;
} cli_detail;

typedef struct cli_command {
    const char *name;
    const char *summary;          /* one line, imperative, no full stop */
    const char *const *operands;  /* "AUDIO", "TRANSCRIPT" ... NULL-terminated; "X...": several */
    size_t n_needed;              /* how many of them are required */
    bool first_may_lack;          /* if one operand is missing, it is the first one */
    const cli_option_id *instead; /* options that replace all operands; NULL none */
    const cli_detail *details;    /* the last one has no text; NULL none */
    const cli_option_id *options; /* CLI_OPT_END last; without the general options */
    const cli_example *examples;  /* the last one is all NULL */
    bool has_temporaries;         /* it writes temporary files */
    /* Appends the names of the files that its inputs name, each with a NUL. NULL: the inputs name none. `run`
     * reports errors of the inputs. */
    void (*name_files)(struct cli_context *context, sb_bytes *out);
    int (*run)(struct cli_context *context); /* returns the exit code */
} cli_command;

/* Command `index` in the order of help; NULL beyond the last. */
const cli_command *cli_command_at(size_t index);
const cli_command *cli_command_named(const char *name);

/* The name of command `index`, for sb_nearest; ignores `user`. */
const char *cli_command_name(const void *user, size_t index);

/* Option `index` of `command`: its own options first, then the general ones; NULL beyond the last. `command`
 * may be NULL. */
const cli_option *cli_command_option(const cli_command *command, size_t index);

/* Returns true if the option is one of these. */
bool cli_command_takes(const cli_command *command, const cli_option *option);

/* Writes "soundbite align [options] AUDIO TRANSCRIPT" to `out`, always terminated. */
void cli_command_usage(const cli_command *command, char *out, size_t size);

/* Parsing a command line with the table of options. */

typedef struct cli_value {
    const cli_option *option;
    const char *text; /* as typed; NULL for a flag */
    sb_option_value value;
} cli_value;

typedef struct cli_arguments {
    const char *program;        /* argv[0]; may be NULL */
    const cli_command *command; /* NULL if none was given */
    const char **operands;
    size_t n_operands;
    cli_value *values; /* in the order typed */
    size_t n_values;
} cli_arguments;

/* Parses argv. Options may come before or after operands, as --name VALUE, --name=VALUE, -x VALUE or -xVALUE;
 * letters may be joined; "--" ends the options. Strings still belong to argv. `out` has what was read before
 * an error, so always call cli_arguments_finish. Returns SB_ERR_ARGUMENT with the nearest name for a mistyped
 * one; SB_ERR_MEMORY. */
sb_status cli_arguments_read(cli_arguments *out, int argc, char **argv, sb_error *err);
void cli_arguments_finish(cli_arguments *arguments);

/* Returns SB_ERR_ARGUMENT if there are too few or too many operands. */
sb_status cli_arguments_check(const cli_arguments *arguments, sb_error *err);

bool cli_has(const cli_arguments *arguments, cli_option_id id);

/* Returns the last value of an option, or the fallback. */
const char *cli_text(const cli_arguments *arguments, cli_option_id id, const char *fallback);
int64_t cli_whole(const cli_arguments *arguments, cli_option_id id, int64_t fallback); /* also for choices */

/* Returns the number of values of an option, and in `*out` an array of them, which the caller frees (NULL if
 * there are none). `*ok` becomes false if memory runs out. */
size_t cli_texts(const cli_arguments *arguments, cli_option_id id, const char ***out, bool *ok);

/* Reads `text` as a value of the option's type. Returns SB_ERR_ARGUMENT with the option and the values that
 * it accepts. */
sb_status cli_value_read(cli_value *out, const cli_option *option, const char *text, sb_error *err);

/* Stores the values of all library options whose struct is among the targets, in the order typed. Returns
 * SB_ERR_MEMORY. */
sb_status cli_arguments_store(const cli_arguments *arguments, sb_option_targets *targets, sb_error *err);

/* The commands. Each is defined in cmd_NAME.c and listed in commands.c. */

extern const cli_command cli_command_align;
extern const cli_command cli_command_drift;
extern const cli_command cli_command_find;
extern const cli_command cli_command_clip;
extern const cli_command cli_command_batch;
extern const cli_command cli_command_export;
extern const cli_command cli_command_verify;
extern const cli_command cli_command_remap;
extern const cli_command cli_command_archive;
extern const cli_command cli_command_search;
extern const cli_command cli_command_info;
extern const cli_command cli_command_completion;
extern const cli_command cli_command_help;

/* The formats of transcripts and results, for options. */

/* Returns the name of writer `index` of sb_alignment_export, or NULL beyond the last. */
const char *cli_format_name(size_t index);

/* Returns a short description of writer `index`. */
const char *cli_format_summary(size_t index);

/* Returns the name of transcript reader `index`, or NULL beyond the last. */
const char *cli_reader_name(size_t index);

/* Reads --fps for `format`. Returns SB_ERR_ARGUMENT if the format does not count frames; SB_ERR_MEMORY. */
sb_status cli_export_params_read(sb_export_params *out, const cli_arguments *arguments, const char *format,
                                 sb_error *err);

/* Appends the formats of transcripts, each with its summary and an example. */
void cli_reader_help(sb_bytes *out);

/* The help of an option does not list its values if there are more than this. */
#define CLI_MANY_VALUES 24

/* Returns true if the help of an option lists its values. */
bool cli_option_lists_values(const sb_option *option);

/* Returns the name of time list format `index`, or NULL beyond the last. */
const char *cli_list_format_name(size_t index);

/* Returns the name of profile `index`, or NULL beyond the last. */
const char *cli_profile_name(size_t index);

/* Returns the format of --to, or else the one with the extension of the file of -o, or else the fallback. */
const char *cli_format_wanted(const cli_arguments *arguments, const char *fallback);

/* Help, manual page and completion scripts, generated from the tables of commands and options. */

/* Writes the help of a command, or of the program if `command` is NULL. */
void cli_help_text(sb_bytes *out, const cli_command *command);

/* Writes soundbite(1) in mdoc. */
void cli_manual(sb_bytes *out);

/* Writes a completion script for "bash", "zsh" or "fish". Returns false for any other shell. */
bool cli_completion(sb_bytes *out, const char *shell);

/* Descriptions of the profiles that --for accepts. */

/* Appends the requirements of profile `index`: "YouTube Shorts: 9:16, -14 LUFS, at most 180 s; ...". Returns
 * false beyond the last. */
bool cli_profile_describe(sb_bytes *out, size_t index);

/* Converting the selection options to a selection, for every command that finds quotes. */

typedef struct cli_selection {
    sb_selection selection;
    sb_option_targets options; /* owns the strings and lists of the selection */
} cli_selection;

/* Reads the selection options. Without any, every turn is selected. Returns SB_ERR_ARGUMENT if a range is
 * empty; SB_ERR_MEMORY. */
sb_status cli_selection_read(cli_selection *out, const cli_arguments *arguments, sb_error *err);

/* Returns true if any of them was given. */
bool cli_selection_given(const cli_arguments *arguments);
void cli_selection_finish(cli_selection *selection);

/* Prints a note if the phrase at the end of a passage is said again later. */
void cli_selection_note_later(struct cli_context *context, const sb_matches *matches);

/* Returns SB_ERR_NOT_FOUND with suggestions: the number of quotes, the nearest passage, the speakers. `path`
 * is that of the source. */
sb_status cli_selection_nothing(const sb_matches *matches, const sb_selection *selection,
                                const sb_alignment *alignment, const char *path, sb_error *err);

/* Suggesting the name that was probably meant. */

/* The options --dict, --boundary-model and --acoustic-model. */

/* NULL and "" if an option was not given. */
typedef struct cli_tuning {
    sb_dictionary *dictionary;
    sb_boundary_weights *boundary;
    const char *acoustic_model;                                              /* the folder */
    char dictionary_sha256[SB_SHA256_TEXT], boundary_sha256[SB_SHA256_TEXT]; /* of the files */
    /* hash of the names, sizes and modification times of the model's files */
    char acoustic_model_sha256[SB_SHA256_TEXT];
} cli_tuning;

/* Reads the files before any work begins. Zero `out` before, and call cli_tuning_finish even on failure.
 * Returns the statuses of sb_file_read, sb_dictionary_read_for and sb_boundary_weights_read, and
 * SB_ERR_ARGUMENT if the model is not a folder. */
sb_status cli_tuning_read(cli_tuning *out, const cli_arguments *args, sb_error *err);
void cli_tuning_finish(cli_tuning *tuning);

#endif
