#include "cli/args/args.h"

#include "cli/term/term.h"

#include "soundbite/transcript.h"
#include "soundbite/video.h"

#include <stdio.h>
#include <string.h>

#define TEXT_WIDTH  80
#define HELP_COLUMN 26
#define ITEM_COLUMN 20

/* Adds `text` broken at spaces. The first line starts at column `used`, the others at `indent`. */
static void add_wrapped(sb_bytes *out, const char *text, size_t used, size_t indent)
{
    size_t column = used;
    while (*text) {
        size_t length = strcspn(text, " \n");
        if (column > indent && column + 1 + length > TEXT_WIDTH) {
            sb_bytes_print(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            sb_bytes_text(out, " ");
            column++;
        }
        sb_bytes_append(out, text, length);
        column += length;
        text += length;
        if (text[0] == '\n' && text[1] == '\n') {
            sb_bytes_print(out, "\n\n%*s", (int)indent, "");
            column = indent;
        }
        text += strspn(text, " \n");
    }
    sb_bytes_text(out, "\n");
}

static void add_option(sb_bytes *out, const cli_option *option)
{
    char left[80];
    size_t used = 0;
    if (option->letter)
        used = (size_t)snprintf(left, sizeof left, "  -%c, --%s", option->letter, option->name);
    else
        used = (size_t)snprintf(left, sizeof left, "      --%s", option->name);
    const sb_option *as = cli_option_as(option);
    if (as->argument)
        used += (size_t)snprintf(left + used, sizeof left - used, option->if_bare ? "[=%s]" : " %s",
                                 as->argument);
    sb_bytes_text(out, left);
    if (used + 2 > HELP_COLUMN)
        sb_bytes_print(out, "\n%*s", HELP_COLUMN, "");
    else
        sb_bytes_print(out, "%*s", (int)(HELP_COLUMN - used), "");
    sb_bytes help = {0};
    cli_option_help(&help, option);
    bool lists = cli_option_lists_values(as);
    for (size_t i = 0; lists && as->choice(i); i++)
        sb_bytes_print(&help, "%s%s", i ? ", " : " Values: ", as->choice(i));
    sb_bytes_text(&help, lists ? "." : "");
    add_wrapped(out, help.data ? help.data : as->help, HELP_COLUMN, HELP_COLUMN);
    sb_bytes_finish(&help);
}

static void add_help_group(sb_bytes *out, const cli_command *command, cli_group group)
{
    const cli_option *option;
    bool titled = false;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++) {
        if (cli_option_group(option) != group)
            continue;
        if (!titled)
            sb_bytes_print(out, "\n%s:\n", cli_group_title(group));
        titled = true;
        add_option(out, option);
    }
}

static bool takes(const cli_command *command, cli_option_id id)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++)
        if (option == &cli_options[id])
            return true;
    return false;
}

static bool takes_times(const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_command_option(command, i)); i++)
        if (cli_option_as(option)->type == SB_OPTION_TIME)
            return true;
    return false;
}

static void add_profiles(sb_bytes *out, const cli_command *command)
{
    if (!takes(command, CLI_OPT_FOR))
        return;
    sb_bytes_print(out, "\nProfiles, as of %s:\n", sb_profiles_date());
    sb_bytes place = {0};
    for (size_t i = 0; cli_profile_describe(&place, i); i++) {
        sb_bytes_print(out, "  %-16s", cli_profile_name(i));
        add_wrapped(out, place.data ? place.data : "", 18, 18);
        sb_bytes_finish(&place);
    }
}

static void add_formats(sb_bytes *out, const cli_command *command)
{
    if (!takes(command, CLI_OPT_TO))
        return;
    sb_bytes_text(out, "\nFormats:\n");
    const char *name;
    for (size_t i = 0; (name = cli_format_name(i)); i++) {
        sb_bytes_print(out, "  %-16s", name);
        add_wrapped(out, cli_format_summary(i), 18, 18);
    }
}

static void add_example_text(sb_bytes *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        sb_bytes_print(out, "%*s%.*s\n", end > text ? 6 : 0, "", (int)(end - text), text);
}

void cli_reader_help(sb_bytes *out)
{
    const char *name, *summary;
    sb_bytes_text(out, "Formats of transcripts. The format is detected from the content.\n'soundbite info "
                       "FILE' shows why this format was chosen.\n"
                       "--transcript-format NAME reads a file as the format NAME.\n");
    for (size_t i = 0; (name = sb_transcript_format(i, &summary)); i++) {
        const char *example = sb_transcript_example(i);
        sb_bytes_print(out, "\n  %-16s", name);
        add_wrapped(out, summary, 18, 18);
        add_example_text(out, example ? example : "");
    }
}

static void add_examples(sb_bytes *out, const cli_example *examples)
{
    sb_bytes_text(out, "\nExamples:\n");
    for (const cli_example *example = examples; example->line; example++) {
        sb_bytes_print(out, "  %s\n      ", example->line);
        add_wrapped(out, example->does, 6, 6);
    }
}

static void add_details(sb_bytes *out, const cli_detail *details)
{
    for (const cli_detail *detail = details; detail && detail->text; detail++)
        if (detail->item) {
            sb_bytes_print(out, "  %-*s", ITEM_COLUMN - 2, detail->item);
            add_wrapped(out, detail->text, ITEM_COLUMN, ITEM_COLUMN);
        } else {
            sb_bytes_text(out, "\n");
            add_wrapped(out, detail->text, 0, 0);
        }
}

static void add_command_help(sb_bytes *out, const cli_command *command)
{
    char usage[200];
    cli_command_usage(command, usage, sizeof usage);
    sb_bytes_print(out, "Usage: %s\n\n%s.\n", usage, command->summary);
    add_details(out, command->details);
    for (int group = 0; group < CLI_N_GROUPS; group++)
        add_help_group(out, command, (cli_group)group);
    add_formats(out, command);
    add_profiles(out, command);
    if (takes_times(command))
        sb_bytes_text(out, "\nTimes are written as 90, 90s, 1500ms, 1:30 or 1:02:03.5.\n");
    add_examples(out, command->examples);
}

static void add_program_help(sb_bytes *out)
{
    sb_bytes_text(out, "Usage: soundbite COMMAND [options] ...\n\nAligns a transcript to its audio and cuts "
                       "quotes.\n\nCommands:\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        sb_bytes_print(out, "  %-12s%s\n", command->name, command->summary);
    add_help_group(out, NULL, CLI_GROUP_GENERAL);
    sb_bytes_text(out, "\nExit codes:\n");
    const char *meaning;
    int code;
    for (size_t i = 0; (meaning = cli_exit_meaning(i, &code)); i++) {
        sb_bytes_print(out, "  %-5d", code);
        add_wrapped(out, meaning, 7, 7);
    }
    sb_bytes_text(out, "\n'soundbite COMMAND --help' shows the options of a command, with examples.\n");
}

void cli_help_text(sb_bytes *out, const cli_command *command)
{
    if (command)
        add_command_help(out, command);
    else
        add_program_help(out);
}
