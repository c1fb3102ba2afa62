#include "cli/args/args.h"

#include "cli/term/term.h"

#include "soundbite/transcript.h"
#include "soundbite/video.h"

#include <string.h>

#define LINE_WIDTH 76

static void add_escaped(sb_bytes *out, char c)
{
    if (c == '\\')
        sb_bytes_text(out, "\\e");
    else if (c == '-')
        sb_bytes_text(out, "\\-");
    else
        sb_bytes_append(out, &c, 1);
}

static void add_manual_word(sb_bytes *out, const char *word, size_t length, bool starts_line)
{
    if (starts_line && (word[0] == '.' || word[0] == '\''))
        sb_bytes_text(out, "\\&");
    for (size_t i = 0; i < length; i++)
        add_escaped(out, word[i]);
}

static size_t escaped_width(const char *text, size_t length)
{
    size_t width = length;
    for (size_t i = 0; i < length; i++)
        width += text[i] == '-' || text[i] == '\\';
    return width;
}

/* Writes paragraphs with each sentence on a new line. */
static void add_manual_text(sb_bytes *out, const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t length = strcspn(text, " \n"), width = escaped_width(text, length);
        bool starts_line = column == 0;
        if (!starts_line && column + width > LINE_WIDTH) {
            sb_bytes_text(out, "\n");
            column = 0;
            starts_line = true;
        }
        sb_bytes_text(out, starts_line ? "" : " ");
        add_manual_word(out, text, length, starts_line);
        column += width + 1;
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
    const sb_option *as = cli_option_as(option);
    if (as->argument)
        sb_bytes_print(out, option->if_bare ? " Ns Op = Ns Ar %s" : " Ar %s", as->argument);
    sb_bytes_text(out, "\n");
    sb_bytes help = {0};
    cli_option_help(&help, option);
    add_manual_text(out, help.data ? help.data : as->help);
    sb_bytes_finish(&help);
    if (!cli_option_lists_values(as))
        return;
    sb_bytes_text(out, "Values:\n");
    for (size_t i = 0; as->choice(i); i++)
        sb_bytes_print(out, ".Cm %s%s\n", as->choice(i), as->choice(i + 1) ? " ," : " .");
}

static void add_manual_group(sb_bytes *out, cli_group group)
{
    sb_bytes_text(out, ".Bl -tag -width Ds\n");
    for (size_t id = 0; id < CLI_N_OPTIONS; id++)
        if (cli_option_group(&cli_options[id]) == group)
            add_option(out, &cli_options[id]);
    sb_bytes_text(out, ".El\n");
}

static void add_usage(sb_bytes *out, const cli_command *command)
{
    sb_bytes_print(out, ".Nm soundbite\n.Cm %s\n.Op options\n", command->name);
    for (size_t i = 0; command->operands[i]; i++)
        sb_bytes_print(
            out, i < command->n_needed && !(i == 0 && command->first_may_lack) ? ".Ar %s\n" : ".Op Ar %s\n",
            command->operands[i]);
}

static bool takes_group(const cli_command *command, cli_group group)
{
    for (size_t i = 0; command->options[i] != CLI_OPT_END; i++)
        if (cli_option_group(&cli_options[command->options[i]]) == group)
            return true;
    return false;
}

static void add_own_options(sb_bytes *out, const cli_command *command)
{
    if (!takes_group(command, CLI_GROUP_COMMAND))
        return;
    sb_bytes_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; command->options[i] != CLI_OPT_END; i++)
        if (cli_option_group(&cli_options[command->options[i]]) == CLI_GROUP_COMMAND)
            add_option(out, &cli_options[command->options[i]]);
    sb_bytes_text(out, ".El\n");
}

static void add_details(sb_bytes *out, const cli_detail *details)
{
    bool in_list = false;
    for (const cli_detail *detail = details; detail && detail->text; detail++) {
        if (detail->item && !in_list)
            sb_bytes_text(out, ".Bl -tag -width Ds -compact\n");
        if (!detail->item)
            sb_bytes_text(out, in_list ? ".El\n.Pp\n" : ".Pp\n");
        in_list = detail->item != NULL;
        if (in_list) {
            sb_bytes_text(out, ".It \"");
            add_manual_word(out, detail->item, strlen(detail->item), false);
            sb_bytes_text(out, "\"\n");
        }
        add_manual_text(out, detail->text);
    }
    if (in_list)
        sb_bytes_text(out, ".El\n");
}

static void add_command(sb_bytes *out, const cli_command *command)
{
    sb_bytes_print(out, ".Ss soundbite %s\n", command->name);
    add_usage(out, command);
    sb_bytes_text(out, ".Pp\n");
    sb_bytes sentence = {0};
    sb_bytes_print(&sentence, "%s.", command->summary);
    add_manual_text(out, sentence.data ? sentence.data : command->summary);
    sb_bytes_finish(&sentence);
    add_details(out, command->details);
    bool selects = takes_group(command, CLI_GROUP_SELECTION), cuts = takes_group(command, CLI_GROUP_CLIP);
    if (selects || cuts)
        sb_bytes_print(out, ".Pp\nIt also takes the options of\n%s%s%s", selects ? ".Sx SELECTION" : "",
                       !selects ? ""
                       : cuts   ? "\nand\n"
                                : " .\n",
                       cuts ? ".Sx CLIPS .\n" : "");
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
    "soundbite aligns a transcript to its audio, so that every turn and word has its time in the audio. It "
    "then cuts quotes by phrase, pattern or speaker, and shows where the transcript's timestamps are "
    "wrong.\n\nSOURCE is a transcript or a saved alignment; the program detects which from the content. The "
    "file name - means standard input or standard output. -- ends the options. Options may come before or "
    "after the file names.\n\nTimes are written as 90, 90s, 1500ms, 1:30 or 1:02:03.5.\n\nResults go to "
    "standard output or to the file of -o. Messages go to standard error. They have the form "
    "FILE:LINE:COLUMN: what is wrong; what to do.";

static const char format_notes[] =
    "Times are those of the alignment, to the microsecond if the format allows it. Words and turns that were "
    "not heard have no time. They are omitted, and a warning gives their number; text, json, csv and "
    "podcast-html keep them.\n\nvtt-words gives each word its start time inside the cue, as in "
    "<00:00:01.234>. The first word has the start time of the cue. ass highlights each word with \\kf from "
    "its start to its end.\n\ntextgrid has one tier of turns and one tier of words per speaker. Intervals of "
    "a tier cannot overlap. A word therefore ends where the next word of the same speaker starts, and it "
    "lasts at least one millisecond.\n\nctm has one line per word, sorted by start: the name of the audio "
    "without folder and extension, channel 1, start, duration, word, confidence. Spaces in names and words "
    "become underscores.\n\naudacity has one label per word, and one label for each turn whose words have no "
    "times. audacity-turns has one label per turn, with the speaker's name. To load them in Audacity, use "
    "File, Import, Labels.\n\nsoundbite, chapters, ffmetadata and reaper have one element, chapter or region "
    "per turn. soundbite warns about elements shorter than 15 s or longer than 120 s. Titles have at most "
    "128 characters.\n\nedl, otio and fcpxml place the turns one after the other and refer to the audio by "
    "its path. edl and fcpxml count frames, from the frame in which a turn starts to the frame in which it "
    "ends. An edl with 29.97 or 59.94 frames per second uses drop-frame timecode. It holds at most 999 "
    "events and 24 hours. otio counts samples of the audio.\n\ncsv has one row per turn. A cell that a "
    "spreadsheet would read as a formula starts with an apostrophe.\n\npeaks is the waveform of the audio "
    "file that is given as SOURCE. The channels are mixed to one. Each block of 256 samples has its minimum "
    "and maximum as 8 bits, in version 2 of the audiowaveform format.";

static const char reader_notes[] =
    "soundbite info FILE shows how a transcript was understood: its format, how certain that is and why, the "
    "first turns, and the speakers. If two formats fit almost equally well, info and the commands that use "
    "the transcript name both.\n\n--alias OLD=NEW gives a speaker another name, so that \"Berk\" and "
    "\"Burke\" become one speaker, or \"SPEAKER_00\" gets a name. info lists names that may belong to one "
    "person, and labels instead of names, with the alias to type. An alias changes only names, not turns or "
    "times. align saves the new names in the alignment. For a saved alignment, OLD is a name that the "
    "alignment has.\n\nThe format text, and drift with --fixed, keep the names of the input, byte for byte. "
    "All other formats have the new names.\n\nIn a list for batch or drift, the column alias applies to its "
    "episode. The option --alias applies to every episode in which it matches a speaker.";

static void add_intro(sb_bytes *out)
{
    sb_bytes_text(out, ".Dd November 29, 2026\n.Dt SOUNDBITE 1\n.Os\n.Sh NAME\n.Nm soundbite\n.Nd align a "
                       "transcript to its audio and cut quotes\n");
    add_synopsis(out);
    sb_bytes_text(out, ".Sh DESCRIPTION\n");
    add_manual_text(out, description);
}

static void add_formats(sb_bytes *out)
{
    sb_bytes_text(out, ".Sh FORMATS\nThe formats of\n.Fl \\-to :\n.Bl -tag -width Ds\n");
    const char *name;
    for (size_t i = 0; (name = cli_format_name(i)); i++) {
        sb_bytes_print(out, ".It Cm %s\n", name);
        add_manual_text(out, cli_format_summary(i));
    }
    sb_bytes_text(out, ".El\n.Pp\n");
    add_manual_text(out, format_notes);
}

static void add_example_text(sb_bytes *out, const char *text)
{
    sb_bytes_text(out, ".Bd -literal -compact\n");
    for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
        add_manual_word(out, text, (size_t)(end - text), true);
        sb_bytes_text(out, "\n");
    }
    sb_bytes_text(out, ".Ed\n");
}

static void add_readers(sb_bytes *out)
{
    sb_bytes_text(
        out,
        ".Sh TRANSCRIPTS\nThe formats of transcripts, which are detected from the content or given with\n.Fl "
        "\\-transcript\\-format :\n.Bl -tag -width Ds\n");
    const char *name, *summary;
    for (size_t i = 0; (name = sb_transcript_format(i, &summary)); i++) {
        const char *example = sb_transcript_example(i);
        sb_bytes_print(out, ".It Cm %s\n", name);
        add_manual_text(out, summary);
        if (example)
            add_example_text(out, example);
    }
    sb_bytes_text(out, ".El\n.Pp\n");
    add_manual_text(out, reader_notes);
}

static void add_profiles(sb_bytes *out)
{
    sb_bytes_print(
        out,
        ".Sh PROFILES\nThe values of\n.Fl \\-for\nare the requirements of each platform on %s.\nOther "
        "options override them.\nA clip of another length is only a warning.\n.Bl -tag -width Ds\n",
        sb_profiles_date());
    sb_bytes place = {0};
    for (size_t i = 0; cli_profile_describe(&place, i); i++) {
        sb_bytes_print(out, ".It Cm %s\n", cli_profile_name(i));
        add_manual_text(out, place.data ? place.data : "");
        sb_bytes_finish(&place);
    }
    sb_bytes_text(out, ".El\n");
}

static void add_surroundings(sb_bytes *out)
{
    sb_bytes_text(
        out,
        ".Sh SECURITY\nBefore the first byte of an input is read, the program restricts itself\n(Linux: "
        "Landlock and seccomp).\nIt has no network and starts no other program.\nIt opens only files that "
        "are named on the command line or in a list,\nand those that it needs itself: libraries, models, "
        "fonts, the cache.\nIt writes only in the folders of the outputs, in the cache,\nin the folder for "
        "temporary files and, for\n.Cm archive ,\nin the folder of the archive.\nOther commands write there "
        "only\nif a process that wrote to the archive was killed,\nto undo what it left unfinished.\n.Fl "
        "\\-verbose\nsays what is restricted, and\n.Fl \\-sandbox\nchanges it.\n"
        ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev NO_COLOR\nIf it is set and not empty, there are no "
        "colours.\n.It Ev XDG_CACHE_HOME\nThe folder of caches.\nThe alignment cache is its subfolder\n.Pa "
        "soundbite .\n.It Ev XDG_DATA_HOME\nThe folder of data.\nThe default archive is in its "
        "subfolder\n.Pa soundbite .\n"
        ".It Ev TMPDIR\nThe folder for temporary files, otherwise\n.Pa /tmp .\n.El\n.Sh FILES\n.Bl -tag "
        "-width Ds\n.It Pa ~/.cache/soundbite\nThe alignment cache, at "
        "most 1 GB.\nAn entry is used again if audio, transcript and options are the same.\nThe folder may "
        "be deleted at any time.\n.It Pa ~/.local/share/soundbite/archive.db\nThe archive, without\n.Fl "
        "\\-archive .\n.It Pa manifest.jsonl , manifest.csv\nOne record per clip, in the folder "
        "of\n.Cm batch .\n.It Pa manifest\\-K\\-of\\-N.jsonl , manifest\\-K\\-of\\-N.csv\nThe same for part "
        "K of N with\n.Fl \\-shard .\n.It Pa .manifest.journal\nThe clips that a running or killed\n.Cm "
        "batch\nhas finished;\n.Fl \\-resume\nreads it.\n.El\n");
}

static void add_exit_codes(sb_bytes *out)
{
    sb_bytes_text(out, ".Sh EXIT STATUS\n.Bl -tag -width 143 -compact\n");
    const char *meaning;
    int code;
    for (size_t i = 0; (meaning = cli_exit_meaning(i, &code)); i++) {
        sb_bytes_print(out, ".It %d\n", code);
        add_manual_text(out, meaning);
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
            add_manual_text(out, example->does);
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
    sb_bytes_text(out, ".Sh SELECTION\nAll conditions must hold.\nRepeat an option to allow more values.\n");
    add_manual_group(out, CLI_GROUP_SELECTION);
    sb_bytes_text(out, ".Sh CLIPS\n");
    add_manual_group(out, CLI_GROUP_CLIP);
    sb_bytes_text(out, ".Sh GENERAL OPTIONS\n");
    add_manual_group(out, CLI_GROUP_GENERAL);
    add_readers(out);
    add_formats(out);
    add_profiles(out);
    add_surroundings(out);
    add_exit_codes(out);
    add_examples(out);
    sb_bytes_text(out, ".Sh SEE ALSO\n.Xr ffmpeg 1 ,\n.Xr soundbite-alignment 5 ,\n.Xr soundbite-theme 5\n");
}
