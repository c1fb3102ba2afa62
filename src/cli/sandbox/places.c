#include "cli/sandbox/sandbox.h"

#include "base/file/file.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/archive/archive.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "cli/source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_SIZE    4096
#define STANDARD_INPUT "/dev/stdin"

void cli_places_add(cli_places *places, const char *path, cli_place_use use)
{
    char *copy = sb_copy_text(path, NULL);
    if (!copy || !sb_push_room(&places->items, places->n, sizeof *places->items)) {
        free(copy);
        places->failed = true;
        return;
    }
    places->items[places->n++] = (cli_place){copy, use};
}

void cli_places_add_in(cli_places *places, const char *folder, const char *name, cli_place_use use)
{
    if (!folder || folder[0] != '/')
        return;
    char *path = sb_path_join(folder, name);
    if (path)
        cli_places_add(places, path, use);
    else
        places->failed = true;
    free(path);
}

void cli_places_finish(cli_places *places)
{
    for (size_t i = 0; i < places->n; i++)
        free(places->items[i].path);
    free(places->items);
    *places = (cli_places){0};
}

/* A pattern is expanded when files are restricted already. */
static void add_pattern_folder(cli_places *places, const char *pattern)
{
    char *folder = cli_show_glob_folder(pattern);
    if (folder)
        cli_places_add(places, folder, CLI_PLACE_READ);
    else
        places->failed = true;
    free(folder);
}

static void add_input(cli_places *places, const char *path)
{
    if (cli_show_is_glob(path))
        add_pattern_folder(places, path);
    else
        cli_places_add(places, strcmp(path, "-") ? path : STANDARD_INPUT, CLI_PLACE_READ);
}

bool cli_places_have_stdin(const cli_places *places)
{
    for (size_t i = 0; i < places->n; i++)
        if (!strcmp(places->items[i].path, STANDARD_INPUT))
            return true;
    return false;
}

void cli_places_of_inputs(cli_places *places, const cli_context *context)
{
    const cli_arguments *args = context->args;
    for (size_t i = 0; i < args->n_operands; i++)
        add_input(places, args->operands[i]);
    for (size_t i = 0; i < args->n_values; i++)
        if (cli_option_reads(args->values[i].option))
            add_input(places, args->values[i].text);
}

/* The folder of a file; of a template, the part that is the same for all clips: "clips/" of
 * "clips/{speaker}/{n}.mp3". */
static size_t folder_length(const cli_value *value)
{
    bool is_template = value->option == &cli_options[CLI_OPT_OUTPUT_TEMPLATE];
    size_t length = is_template ? strcspn(value->text, "{") : strlen(value->text);
    while (length > 0 && value->text[length - 1] != '/')
        length--;
    return length;
}

static bool is_special(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/* The folder above those that were created is allowed to lose them again. */
static void make_folder(cli_places *places, cli_sandbox *sandbox, const char *folder)
{
    if (!cli_sandbox_make_folder(sandbox, folder)) {
        places->failed = true;
        return;
    }
    size_t existing = sandbox->made[sandbox->n_made - 1].existing;
    char *parent = existing ? sb_copy_bytes(folder, existing) : sb_copy_text(".", NULL);
    if (!parent)
        places->failed = true;
    else if (existing < strlen(folder))
        cli_places_add(places, parent, CLI_PLACE_EMPTY);
    free(parent);
}

static void add_output(cli_places *places, cli_sandbox *sandbox, const cli_context *context,
                       const cli_value *value)
{
    cli_writes writes = value->option->writes;
    bool is_folder = cli_option_as(value->option)->type == SB_OPTION_FOLDER;
    if (!strcmp(value->text, "-") || sb_standard_stream(value->text) >= 0)
        return;
    if (!is_folder && is_special(value->text)) {
        cli_places_add(places, value->text, CLI_PLACE_DEVICE);
        return;
    }
    char *folder =
        is_folder ? sb_text_print("%s/", value->text) : sb_copy_bytes(value->text, folder_length(value));
    if (!folder) {
        places->failed = true;
        return;
    }
    if (writes == CLI_WRITES_TREE && *folder && !context->dry_run)
        make_folder(places, sandbox, folder);
    cli_places_add(places, *folder ? folder : ".", context->dry_run ? CLI_PLACE_READ : CLI_PLACE_WRITE);
    free(folder);
}

/* Other commands only read it. */
static bool writes_archive(const cli_arguments *args)
{
    return args->command == &cli_command_archive;
}

static bool is_written(const cli_arguments *args, const cli_option *option)
{
    return option->writes && (option != &cli_options[CLI_OPT_ARCHIVE] || writes_archive(args));
}

void cli_places_of_outputs(cli_places *places, cli_sandbox *sandbox, const cli_context *context)
{
    sb_error unheard = {0};
    const cli_arguments *args = context->args;
    if (cli_arguments_check(args, &unheard)) /* nothing will be written */
        return;
    for (size_t i = 0; i < args->n_values; i++)
        if (is_written(args, args->values[i].option))
            add_output(places, sandbox, context, &args->values[i]);
}

static void add_folder_of(cli_places *places, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    char *folder = slash ? sb_copy_bytes(path, (size_t)(slash - path) + 1) : sb_copy_text(".", NULL);
    if (path && folder)
        cli_places_add(places, folder, CLI_PLACE_WRITE);
    else
        places->failed = places->failed || !folder;
    free(folder);
}

/* What a killed writer left unfinished is undone before the archive is read. */
static void add_archive_to_read(cli_places *places, const char *path)
{
    char *journal = sb_text_print("%s-journal", path);
    cli_places_add(places, path, CLI_PLACE_READ);
    if (journal && access(journal, F_OK) == 0)
        add_folder_of(places, path);
    places->failed = places->failed || !journal;
    free(journal);
}

void cli_places_of_archives(cli_places *places, const cli_context *context)
{
    sb_error unheard = {0};
    const cli_arguments *args = context->args;
    bool names_one = cli_archive_is_operated(args) || cli_has(args, CLI_OPT_ARCHIVE);
    char *path = names_one ? cli_archive_path(args, &unheard) : NULL;
    if (path && !writes_archive(args))
        add_archive_to_read(places, path);
    else if (path && cli_archive_names_episodes(context))
        add_folder_of(places, path);
    free(path);
    for (size_t i = 0; i < args->n_operands; i++)
        if (cli_show_kind_of(args->operands[i]) == CLI_SHOW_ARCHIVE)
            add_archive_to_read(places, args->operands[i]);
    for (size_t i = CLI_ARCHIVE_OPERANDS; cli_archive_merges(context) && i < args->n_operands; i++)
        add_folder_of(places, args->operands[i]);
}

/* The sanitizers look at their process, and read which leaks are known. */
static void add_sanitizers(cli_places *places)
{
#ifdef SB_SANITIZED
    static const char name[] = "suppressions=";
    char path[FOLDER_SIZE];
    const char *options = getenv("LSAN_OPTIONS"), *known = options ? strstr(options, name) : NULL;
    cli_places_add(places, "/proc", CLI_PLACE_READ);
    if (known) {
        known += sizeof name - 1;
        snprintf(path, sizeof path, "%.*s", (int)strcspn(known, ":"), known);
        cli_places_add(places, path, CLI_PLACE_READ);
    }
#else
    (void)places;
#endif
}

static void add_libraries(cli_places *places)
{
    static const char *const read[] = {"/usr",
                                       "/lib",
                                       "/lib32",
                                       "/lib64",
                                       "/nix/store",
                                       "/gnu/store",
                                       "/etc/ld.so.cache",
                                       "/dev/urandom",
#ifdef SB_POCKETSPHINX_MODELS
                                       SB_POCKETSPHINX_MODELS,
#endif
                                       SB_TEXTCAT_DATA};
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        cli_places_add(places, read[i], CLI_PLACE_READ);
    cli_places_add(places, "/dev/null", CLI_PLACE_DEVICE);
    add_sanitizers(places);
#ifdef SB_ESPEAK_PREFIX
    cli_places_add(places, SB_ESPEAK_PREFIX, CLI_PLACE_READ);
#endif
    const char *voices = getenv("ESPEAK_DATA_PATH"), *home = getenv("HOME");
    cli_places_add_in(places, voices, "", CLI_PLACE_READ);
    cli_places_add_in(places, home, "espeak-ng-data", CLI_PLACE_READ);
}

/* Where fontconfig looks for fonts, its settings and its lists of fonts. */
static void add_fonts(cli_places *places)
{
    static const char *const variables[] = {"FONTCONFIG_FILE", "FONTCONFIG_PATH"};
    static const struct {
        const char *variable, *in_home, *name;
    } folders[] = {{"XDG_CONFIG_HOME", ".config", "fontconfig"},
                   {"XDG_DATA_HOME", ".local/share", "fonts"},
                   {"XDG_CACHE_HOME", ".cache", "fontconfig"}};
    const char *home = getenv("HOME");
    cli_places_add(places, "/etc/fonts", CLI_PLACE_READ);
    cli_places_add(places, "/var/cache/fontconfig", CLI_PLACE_READ);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (getenv(variables[i]))
            cli_places_add(places, getenv(variables[i]), CLI_PLACE_READ);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char in_home[FOLDER_SIZE];
        const char *folder = getenv(folders[i].variable);
        int length = snprintf(in_home, sizeof in_home, "%s/%s", home ? home : "", folders[i].in_home);
        if (!folder && length > 0 && (size_t)length < sizeof in_home)
            folder = in_home;
        cli_places_add_in(places, folder, folders[i].name, CLI_PLACE_READ);
    }
    cli_places_add_in(places, home, ".fonts", CLI_PLACE_READ);
    cli_places_add_in(places, home, ".fonts.conf", CLI_PLACE_READ);
}

/* The journal is beside the archive. */
static void add_default_archive(cli_places *places, const cli_context *context)
{
    char *path = cli_has(context->args, CLI_OPT_ARCHIVE) ? NULL : cli_archive_default();
    if (!path)
        return;
    cli_cache_make_folders(path);
    *strrchr(path, '/') = '\0';
    cli_places_add(places, path, CLI_PLACE_WRITE);
    free(path);
}

void cli_places_of_system(cli_places *places, const cli_context *context)
{
    const cli_command *command = context->args->command;
    char folder[FOLDER_SIZE];
    add_libraries(places);
    if (cli_command_takes(command, &cli_options[CLI_OPT_VIDEO]))
        add_fonts(places);
    if (command->has_temporaries || cli_places_have_stdin(places)) {
        const char *temporary = getenv("TMPDIR");
        cli_places_add(places, P_tmpdir, CLI_PLACE_WRITE);
        if (temporary && *temporary)
            cli_places_add(places, temporary, CLI_PLACE_WRITE);
    }
    if (writes_archive(context->args))
        add_default_archive(places, context);
    if (cli_command_takes(command, &cli_options[CLI_OPT_NO_CACHE]) &&
        !cli_has(context->args, CLI_OPT_NO_CACHE) &&
        cli_cache_folder(folder, sizeof folder, !context->dry_run))
        cli_places_add(places, folder, context->dry_run ? CLI_PLACE_READ : CLI_PLACE_WRITE);
}
