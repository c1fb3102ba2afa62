#include "help.h"

#include "exit_codes.h"
#include "formats.h"
#include "places.h"

#include "soundbite/video.h"

#include <string.h>

#define LINE_WIDTH 76

/* Writes a character escaped for roff. */
static void add_escaped(sb_bytes *out, char c)
{
    if (c == '\\')
        sb_bytes_text(out, "\\e");
    else if (c == '-')
        sb_bytes_text(out, "\\-");
    else
        sb_bytes_append(out, &c, 1);
}

static void add_word(sb_bytes *out, const char *word, size_t length, bool starts_line)
{
    if (starts_line && (word[0] == '.' || word[0] == '\''))
        sb_bytes_text(out, "\\&");
    for (size_t i = 0; i < length; i++)
        add_escaped(out, word[i]);
}

/* Writes paragraphs with each sentence on a new line. */
static void add_text(sb_bytes *out, const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t length = strcspn(text, " \n");
        bool starts_line = column == 0;
        if (!starts_line && column + length > LINE_WIDTH) {
            sb_bytes_text(out, "\n");
            column = 0;
            starts_line = true;
        }
        sb_bytes_text(out, starts_line ? "" : " ");
        add_word(out, text, length, starts_line);
        column += length + 1;
        bool ends_sentence = length > 0 && text[length - 1] == '.';
        text += length;
        bool ends_paragraph = text[0] == '\n' && text[1] == '\n';
        if (ends_sentence && *text) {
            sb_bytes_text(out, "\n");
            column = 0;
        }
        if (ends_paragraph)
            sb_bytes_text(out, ".Pp\n");
        text += strspn(text, " \n");
    }
    sb_bytes_text(out, "\n");
}

static void add_option(sb_bytes *out, const cli_option *option)
{
    sb_bytes_text(out, ".It ");
    if (option->letter)
        sb_bytes_print(out, "Fl %c , ", option->letter);
    sb_bytes_print(out, "Fl \\-%s", option->name);
    if (option->argument)
        sb_bytes_print(out, option->if_bare ? " Ns Op = Ns Ar %s" : " Ar %s", option->argument);
    sb_bytes_text(out, "\n");
    add_text(out, option->help);
    if (!option->choice)
        return;
    sb_bytes_text(out, "One of\n");
    for (size_t i = 0; option->choice(i); i++)
        sb_bytes_print(out, ".Cm %s%s\n", option->choice(i), option->choice(i + 1) ? " ," : " .");
}

static void add_group(sb_bytes *out, cli_group group)
{
    sb_bytes_text(out, ".Bl -tag -width Ds\n");
    for (size_t id = 0; id < CLI_N_OPTIONS; id++)
        if (cli_options[id].group == group)
            add_option(out, &cli_options[id]);
    sb_bytes_text(out, ".El\n");
}

static void add_usage(sb_bytes *out, const cli_command *command)
{
    sb_bytes_print(out, ".Nm soundbite\n.Cm %s\n.Op options\n", command->name);
    for (size_t i = 0; command->operands[i]; i++)
        sb_bytes_print(out, i < command->n_needed ? ".Ar %s\n" : ".Op Ar %s\n", command->operands[i]);
}

static bool takes_group(const cli_command *command, cli_group group)
{
    for (size_t i = 0; command->options[i] != CLI_OPT_END; i++)
        if (cli_options[command->options[i]].group == group)
            return true;
    return false;
}

static void add_own_options(sb_bytes *out, const cli_command *command)
{
    if (!takes_group(command, CLI_GROUP_COMMAND))
        return;
    sb_bytes_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; command->options[i] != CLI_OPT_END; i++)
        if (cli_options[command->options[i]].group == CLI_GROUP_COMMAND)
            add_option(out, &cli_options[command->options[i]]);
    sb_bytes_text(out, ".El\n");
}

static void add_command(sb_bytes *out, const cli_command *command)
{
    sb_bytes_print(out, ".Ss soundbite %s\n", command->name);
    add_usage(out, command);
    sb_bytes_text(out, ".Pp\n");
    sb_bytes sentence = {0};
    sb_bytes_print(&sentence, "%s.", command->summary);
    add_text(out, sentence.data ? sentence.data : command->summary);
    sb_bytes_finish(&sentence);
    if (command->details)
        add_text(out, command->details);
    if (takes_group(command, CLI_GROUP_SELECTION))
        sb_bytes_text(out, "It takes the options of\n.Sx SELECTION .\n");
    if (takes_group(command, CLI_GROUP_CLIP))
        sb_bytes_text(out, "It takes the options of\n.Sx CLIPS .\n");
    add_own_options(out, command);
}

static void add_synopsis(sb_bytes *out)
{
    sb_bytes_text(out, ".Sh SYNOPSIS\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        add_usage(out, command);
}

static const char description[] =
    "soundbite lays a transcript onto its audio, so that every turn has the time at which it is heard, and "
    "cuts quotes "
    "out of it by speaker, phrase or pattern.\n\n"
    "SOURCE is a transcript or an alignment that was saved before; which one is told by its content. A file "
    "named - is "
    "standard input or output, and -- ends the options. Options may stand before or after the files.\n\n"
    "Times are written 90, 90s, 1500ms, 1:30 or 1:02:03.5.\n\n"
    "Results go to standard output or the file of -o, messages to standard error as FILE:LINE:COLUMN: what "
    "is wrong; "
    "what to do.";

static const char format_notes[] =
    "Times in these files are those of the alignment, to the microsecond where the format has room. What was "
    "not heard has no time; it is left out and counted in a warning, but text, json, csv and podcast-html "
    "keep "
    "it.\n\n"
    "vtt-words gives each word its start inside the cue, as in <00:00:01.234>; the first word's is that of "
    "the "
    "cue. ass lights each word with \\kf from its start to its end.\n\n"
    "textgrid has for each speaker a tier of turns and one of words. A tier holds one interval at a time, so "
    "a "
    "word ends where the next of the same speaker begins, and lasts a millisecond at least.\n\n"
    "ctm has a line for each word by its start: the audio's name without folder and extension, channel 1, "
    "start, duration, word, confidence. Blanks in names and words become underscores.\n\n"
    "audacity has a label for each word, and one for a turn none of whose words has a time; audacity-turns "
    "has "
    "one for each turn, with the speaker's name. Import either with File, Import, Labels.\n\n"
    "soundbite, chapters, ffmetadata and reaper have an element, chapter or region for each turn; soundbite "
    "warns of those that are not between 15 and 120 s long. Titles end after 128 characters.\n\n"
    "edl, otio and fcpxml lay the turns end to end and refer to the audio by its path. edl and fcpxml count "
    "frames, from the one in which a turn begins to the one in which it ends; 29.97 and 59.94 in an edl drop "
    "frame numbers. An edl holds up to 999 events and 24 hours. otio counts samples of the audio.\n\n"
    "csv has a row for each turn, with what a spreadsheet would take for a formula behind an apostrophe.\n\n"
    "peaks is the waveform of the audio that is named in place of SOURCE, mixed to one channel: the least "
    "and "
    "the greatest of each 256 samples in 8 bits, as version 2 of audiowaveform's files.";

static void add_intro(sb_bytes *out)
{
    sb_bytes_text(out, ".Dd November 23, 2026\n.Dt SOUNDBITE 1\n.Os\n.Sh NAME\n.Nm soundbite\n"
                       ".Nd lay a transcript onto its audio and cut quotes out of it\n");
    add_synopsis(out);
    sb_bytes_text(out, ".Sh DESCRIPTION\n");
    add_text(out, description);
}

static void add_formats(sb_bytes *out)
{
    sb_bytes_text(out, ".Sh FORMATS\nWhat\n.Fl \\-to\nwrites:\n.Bl -tag -width Ds\n");
    const char *name;
    for (size_t i = 0; (name = cli_format_name(i)); i++) {
        sb_bytes_print(out, ".It Cm %s\n", name);
        add_text(out, cli_format_summary(i));
    }
    sb_bytes_text(out, ".El\n.Pp\n");
    add_text(out, format_notes);
}

static void add_places(sb_bytes *out)
{
    sb_bytes_print(out,
                   ".Sh PLACES\nWhat\n.Fl \\-for\ntakes for a place, as it was looked up on %s.\n"
                   "Options that are given go before it; lengths are told in warnings alone.\n"
                   ".Bl -tag -width Ds\n",
                   sb_profiles_date());
    sb_bytes place = {0};
    for (size_t i = 0; cli_place_add(&place, i); i++) {
        sb_bytes_print(out, ".It Cm %s\n", cli_profile_name(i));
        add_text(out, place.data ? place.data : "");
        sb_bytes_finish(&place);
    }
    sb_bytes_text(out, ".El\n");
}

static void add_surroundings(sb_bytes *out)
{
    sb_bytes_text(
        out,
        ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
        ".It Ev NO_COLOR\nNo colours where it is set and not empty.\n"
        ".It Ev XDG_CACHE_HOME\nWhere the cache of alignments lies, in the folder\n.Pa soundbite .\n"
        ".El\n.Sh FILES\n.Bl -tag -width Ds\n"
        ".It Pa ~/.cache/soundbite\nAlignments made before, kept by the content of both files, up to 1 GB;\n"
        "it may be deleted at any time.\n.El\n");
}

static void add_exit_codes(sb_bytes *out)
{
    sb_bytes_text(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n");
    const char *meaning;
    int code;
    for (size_t i = 0; (meaning = cli_exit_meaning(i, &code)); i++) {
        sb_bytes_print(out, ".It %d\n", code);
        add_text(out, meaning);
    }
    sb_bytes_text(out, ".El\n");
}

static void add_examples(sb_bytes *out)
{
    sb_bytes_text(out, ".Sh EXAMPLES\n.Bl -tag -width Ds\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        for (const cli_example *example = command->examples; example->line; example++) {
            sb_bytes_text(out, ".It Li \"");
            for (const char *at = example->line; *at; at++) {
                if (*at == '"')
                    sb_bytes_text(out, "\\(dq");
                else
                    add_escaped(out, *at);
            }
            sb_bytes_text(out, "\"\n");
            add_text(out, example->does);
        }
    sb_bytes_text(out, ".El\n");
}

void cli_manual(sb_bytes *out)
{
    add_intro(out);
    sb_bytes_text(out, ".Sh COMMANDS\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        add_command(out, command);
    sb_bytes_text(
        out, ".Sh SELECTION\nAll that are given must hold; a repeated option means any of its values.\n");
    add_group(out, CLI_GROUP_SELECTION);
    sb_bytes_text(out, ".Sh CLIPS\n");
    add_group(out, CLI_GROUP_CLIP);
    sb_bytes_text(out, ".Sh GENERAL OPTIONS\n");
    add_group(out, CLI_GROUP_GENERAL);
    add_formats(out);
    add_places(out);
    add_surroundings(out);
    add_exit_codes(out);
    add_examples(out);
    sb_bytes_text(out, ".Sh SEE ALSO\n.Xr ffmpeg 1 ,\n.Xr soundbite-alignment 5 ,\n.Xr soundbite-theme 5\n");
}
