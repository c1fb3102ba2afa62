#include "cli/args/args.h"

#include <string.h>

#define CHOICES(function, ...)                                                                               \
    static const char *function(size_t i)                                                                    \
    {                                                                                                        \
        static const char *const names[] = {__VA_ARGS__};                                                    \
        return i < sizeof names / sizeof names[0] ? names[i] : NULL;                                         \
    }

CHOICES(progress_names, "auto", "json", "none")
CHOICES(sandbox_names, "auto", "on", "off")
CHOICES(color_names, "auto", "always", "never")
CHOICES(list_output_names, "text", "csv", "json")

/* An option of the program itself. It does not set a field of a parameter struct from a text:
 *     - files and terminal: output, manifest, index, html, fixed, clips, json, progress, color, quiet,
 *       verbose, sandbox;
 *     - the program's own state: no-cache, resume, shard;
 *     - files that it reads into objects: dict, boundary-model, fillers, list, quote-file, article;
 *     - arguments of library functions: to, transcript-format, list-format, quote, join, worst-first;
 *     - exit codes: exact, and strict where nothing is cut. */
#define OWN(option_name, ...)                                                                                \
    .name = option_name, .own = {.name = option_name, .group = SB_OPTION_OTHER, __VA_ARGS__}

/* Entries without OWN are options of the library. */
const cli_option cli_options[CLI_N_OPTIONS] = {
    [CLI_OPT_OUTPUT] =
        {OWN("output", .type = SB_OPTION_FILE, .argument = "FILE",
             .help = "Write the result to FILE. The name - means standard output, which is the default."),
         .writes = CLI_WRITES_FILE, .letter = 'o'},
    [CLI_OPT_OUTPUT_TEMPLATE] =
        {OWN("output", .type = SB_OPTION_FILE, .argument = "TEMPLATE",
             .help =
                 "Name each clip by TEMPLATE. Example: clips/{n:02}-{speaker}-{slug}.mp3. The extension sets "
                 "the format: wav, flac, mp3, m4a, opus, or mp4 for a video."),
         .writes = CLI_WRITES_TREE, .letter = 'o'},
    [CLI_OPT_OUTPUT_FOLDER] =
        {OWN("output", .type = SB_OPTION_FOLDER, .argument = "DIR",
             .help = "Write the clips into the folder DIR. It is created if it does not exist."),
         .writes = CLI_WRITES_TREE, .letter = 'o'},
    [CLI_OPT_TO] = {OWN("to", .type = SB_OPTION_CHOICE, .argument = "FORMAT", .choice = cli_format_name,
                        .help = "Write this format (default: by the extension of the output file).")},
    [CLI_OPT_FPS] = {.name = "fps"},
    [CLI_OPT_JSON] = {OWN("json", .type = SB_OPTION_FLAG, .help = "Print JSON instead of text.")},
    [CLI_OPT_MANIFEST] = {OWN("manifest", .type = SB_OPTION_FILE, .argument = "FILE",
                              .help =
                                  "Write one record per clip to FILE. The format is CSV if the name ends in "
                                  ".csv, else JSON Lines."),
                          .writes = CLI_WRITES_TREE},
    [CLI_OPT_INDEX] = {OWN("index", .type = SB_OPTION_FILE, .argument = "FILE",
                           .help = "Write a web page to FILE on which all clips can be played, read and "
                                   "searched. The page links to the clips and needs no network."),
                       .writes = CLI_WRITES_TREE},
    [CLI_OPT_TRANSCRIPT_FORMAT] =
        {OWN("transcript-format", .field = "format", .type = SB_OPTION_CHOICE, .argument = "NAME",
             .choice = cli_reader_name,
             .help =
                 "Read the transcript as this format (default: detected from its content). 'soundbite help "
                 "formats' lists the formats."),
         .remedy = "NAME if you know it; 'soundbite help formats' lists all"},
    [CLI_OPT_FROM_FORMAT] = {OWN("from", .type = SB_OPTION_CHOICE, .argument = "NAME",
                                 .choice = cli_reader_name, .help = "Same as --transcript-format.")},
    [CLI_OPT_ALIAS] = {.name = "alias", .more = "'soundbite info' suggests aliases."},
    [CLI_OPT_SPEAKERS] =
        {OWN("speakers", .field = "speakers", .type = SB_OPTION_FILE, .argument = "FILE",
             .help = "Take the speakers from FILE: an RTTM file, Audacity labels with names, or a table with "
                     "the columns start, end and speaker. The times in FILE are times of the audio, or of "
                     "the transcript if it is not aligned. A turn in which several people speak is split."),
         .remedy = "to add its speakers to a transcript"},
    [CLI_OPT_METHOD] = {.name = "method"},
    [CLI_OPT_LANGUAGE] = {.name = "language"},
    [CLI_OPT_ACOUSTIC_MODEL] = {.name = "acoustic-model"},
    [CLI_OPT_DICT] = {OWN("dict", .type = SB_OPTION_FILE, .argument = "FILE",
                          .help =
                              "Read pronunciations from FILE, a dictionary in CMUdict format. Example of a "
                              "line: soundbite S AW N D B AY T. With --acoustic-model, use the phones of "
                              "that model. --verbose lists the words whose pronunciation was guessed.")},
    [CLI_OPT_BOUNDARY_MODEL] = {OWN(
        "boundary-model", .type = SB_OPTION_FILE, .argument = "FILE",
        .help = "Place the edges of words with the weights in FILE (default: built-in "
                "weights). scripts/train-boundary-model creates such a file.")},
    [CLI_OPT_STREAM] = {.name = "stream"},
    [CLI_OPT_NO_CACHE] = {OWN("no-cache", .type = SB_OPTION_FLAG,
                              .help = "Align again, and do not use the alignment cache.")},
    [CLI_OPT_ALLOW_MISMATCH] = {.name = "allow-mismatch"},
    [CLI_OPT_STRICT_PAIR] = {OWN("strict", .type = SB_OPTION_FLAG,
                                 .help =
                                     "Fail with exit code 1, and write nothing, if it is uncertain whether "
                                     "the transcript belongs to the audio (default: a warning).")},
    [CLI_OPT_MAX_DRIFT] = {.name = "max-drift", .more = "The exit code is then 4."},
    [CLI_OPT_HTML] =
        {OWN("html", .type = SB_OPTION_FILE, .argument = "FILE",
             .help =
                 "Also write the report as a web page to FILE. It has plots, tables and the transcript, and "
                 "needs no network. If the audio is in the same folder, a click on a word plays it."),
         .writes = CLI_WRITES_FILE},
    [CLI_OPT_FIXED] =
        {OWN("fixed", .type = SB_OPTION_FILE, .argument = "FILE",
             .help =
                 "Write the transcript to FILE with corrected timestamps. Nothing else in it changes. Turns "
                 "that were not heard keep their timestamps if these are still in order; otherwise, and in "
                 "captions, their times are estimated. A warning names each of them."),
         .writes = CLI_WRITES_FILE},
    [CLI_OPT_LIST] = {OWN("list", .type = SB_OPTION_FILE, .argument = "LIST",
                          .help =
                              "Measure every episode in LIST and print one line for each, the worst first. "
                              "LIST is CSV with a header, or JSON Lines, as for batch.")},
    [CLI_OPT_LIST_FORMAT] = {OWN("list-format", .type = SB_OPTION_CHOICE, .argument = "NAME",
                                 .choice = cli_list_format_name,
                                 .help = "Read LIST as this format (default: detected from its content).")},
    [CLI_OPT_QUOTE] = {OWN(
        "quote", .type = SB_OPTION_TEXT, .argument = "TEXT", .repeats = true,
        .help = "Check the quote TEXT. In it, ... stands for omitted words, and square brackets "
                "mark the editor's own words. The option may be given several times.")},
    [CLI_OPT_QUOTE_FILE] = {OWN(
        "quote-file", .type = SB_OPTION_FILE, .argument = "FILE",
        .help = "Check the quotes in FILE. It has one quote per line, or is CSV with a column quote, or "
                "JSON Lines with a key quote. The columns or keys speaker and id are optional.")},
    [CLI_OPT_EXACT] = {OWN(
        "exact", .type = SB_OPTION_FLAG,
        .help = "Exit with code 1 if a quote is altered or unsure, or if one of its words was not heard.")},
    [CLI_OPT_ARTICLE] = {OWN(
        "article", .type = SB_OPTION_FILE, .argument = "FILE",
        .help = "Check everything between quotation marks in FILE: Markdown, HTML, Word, OpenDocument, RTF "
                "or plain text. The speaker is the person that the article names beside the quote.")},
    [CLI_OPT_CLIPS] =
        {OWN("clips", .type = SB_OPTION_FOLDER, .argument = "DIR",
             .help = "Cut each quote that was found, with the sentences around it, into the folder DIR. "
                     "quotes.jsonl there has the verdicts, clips.jsonl the clips."),
         .writes = CLI_WRITES_TREE},
    [CLI_OPT_PAGE] = {OWN("html", .type = SB_OPTION_FILE, .argument = "FILE",
                          .help = "Also write a web page to FILE with all quotes, their differences and "
                                  "context, and players. It needs no other file and no network."),
                      .writes = CLI_WRITES_FILE},
    [CLI_OPT_WORST_FIRST] = {OWN("worst-first", .type = SB_OPTION_FLAG,
                                 .help = "Show the worst verdicts first and, within a verdict, differences "
                                         "of substance first (default: the given order).")},
    [CLI_OPT_PHRASE] = {.name = "phrase"},
    [CLI_OPT_NEAR] = {.name = "near"},
    [CLI_OPT_SOUNDS_LIKE] = {.name = "sounds-like"},
    [CLI_OPT_REGEX] = {.name = "regex"},
    [CLI_OPT_SPEAKER] = {.name = "speaker"},
    [CLI_OPT_FROM] =
        {.name = "from",
         .more = "If TIME is the name of a transcript format, the option means --transcript-format."},
    [CLI_OPT_UNTIL] = {.name = "until"},
    [CLI_OPT_FROM_PHRASE] = {.name = "from-phrase"},
    [CLI_OPT_UNTIL_PHRASE] = {.name = "until-phrase"},
    [CLI_OPT_EACH] = {.name = "each"},
    [CLI_OPT_MIN_LENGTH] = {.name = "min-length"},
    [CLI_OPT_MAX_LENGTH] = {.name = "max-length"},
    [CLI_OPT_EXPAND] = {.name = "expand"},
    [CLI_OPT_FUZZY] = {.name = "fuzzy"},
    [CLI_OPT_LIMIT] = {.name = "limit"},
    [CLI_OPT_MATCH] = {.name = "match"},
    [CLI_OPT_LEAD] = {.name = "lead"},
    [CLI_OPT_TAIL] = {.name = "tail"},
    [CLI_OPT_FADE] = {.name = "fade"},
    [CLI_OPT_LOUDNESS] = {.name = "loudness"},
    [CLI_OPT_LOUDNESS_OF] = {.name = "loudness-of"},
    [CLI_OPT_TRUE_PEAK] = {.name = "true-peak"},
    [CLI_OPT_RATE] = {.name = "rate"},
    [CLI_OPT_CHANNELS] = {.name = "channels"},
    [CLI_OPT_BITRATE] = {.name = "bitrate"},
    [CLI_OPT_CAPTIONS] = {.name = "captions"},
    [CLI_OPT_CAPTION_NAMES] = {.name = "caption-names"},
    [CLI_OPT_STRICT] = {.name = "strict"},
    [CLI_OPT_NO_CERTIFICATE] = {.name = "no-certificate"},
    [CLI_OPT_COPY] = {.name = "copy"},
    [CLI_OPT_VIDEO] = {.name = "video"},
    [CLI_OPT_FOR] = {.name = "for"},
    [CLI_OPT_BACKGROUND] = {.name = "background"},
    [CLI_OPT_TITLE] = {.name = "title"},
    [CLI_OPT_THEME] = {.name = "theme"},
    [CLI_OPT_STYLE] = {.name = "style"},
    [CLI_OPT_UPPERCASE] = {.name = "uppercase"},
    [CLI_OPT_LOGO] = {.name = "logo"},
    [CLI_OPT_DRAFT] = {.name = "draft"},
    [CLI_OPT_DROP] = {.name = "drop"},
    [CLI_OPT_FILLERS] = {OWN("fillers", .type = SB_OPTION_FILE, .argument = "FILE",
                             .help =
                                 "Read the fillers for --drop from FILE, one per line (default: a short "
                                 "English list). A filler with commas around it, as in ', you know,', is "
                                 "dropped only if punctuation or a pause separates it from the other words."),
                         .group = CLI_GROUP_CLIP},
    [CLI_OPT_JOIN] = {OWN("join", .field = "montage", .type = SB_OPTION_FILE, .argument = "FILE",
                          .help =
                              "Write all quotes one after the other into FILE, each as a chapter. Without "
                              "-o, only FILE is written."),
                      .writes = CLI_WRITES_TREE, .group = CLI_GROUP_CLIP},
    [CLI_OPT_GAP] = {.name = "gap"},
    [CLI_OPT_CROSSFADE] = {.name = "crossfade"},
    [CLI_OPT_ARCHIVE] = {OWN("archive", .type = SB_OPTION_FILE, .argument = "FILE",
                             .help = "Use this archive (archive and search: default archive.db in the user's "
                                     "data folder). Other commands take the "
                                     "alignments of its episodes instead of aligning again, unless "
                                     "--method or --language asks for another one."),
                         .writes = CLI_WRITES_FILE},
    [CLI_OPT_ACCEPT] = {OWN("accept", .type = SB_OPTION_FLAG,
                            .help = "With voices: give the speakers the names that are suggested.")},
    [CLI_OPT_REPEATS] = {OWN("repeats", .type = SB_OPTION_FLAG,
                             .help = "Include passages that recur in several episodes, such as ads; see "
                                     "'soundbite archive repeats'.")},
    [CLI_OPT_WORDS_NEAR] = {OWN("near", .type = SB_OPTION_FLAG,
                                .help = "Find all words of TEXT close together, in any order and form. Very "
                                        "common words may be missing.")},
    [CLI_OPT_BY_SOUND] = {OWN("sound", .type = SB_OPTION_FLAG,
                              .help =
                                  "Find what sounds like TEXT, such as a name that transcripts misspell.")},
    [CLI_OPT_VERIFY] = {OWN(
        "verify", .type = SB_OPTION_FLAG,
        .help = "Listen to the audio at each place, and leave out places where TEXT was not heard.")},
    [CLI_OPT_EPISODE] = {OWN("episode", .type = SB_OPTION_TEXT, .argument = "NAME", .repeats = true,
                             .help =
                                 "Search only in the episode NAME. Case and accents are ignored, * matches "
                                 "any text. The option may be given several times.")},
    [CLI_OPT_SINCE] = {OWN("since", .type = SB_OPTION_TEXT, .argument = "DATE",
                           .help =
                               "Search only in episodes from DATE on, such as 2024-05-31, 2024-05 or 2024.")},
    [CLI_OPT_BEFORE] = {OWN("up-to", .type = SB_OPTION_TEXT, .argument = "DATE",
                            .help = "Search only in episodes up to DATE, which is included.")},
    [CLI_OPT_TO_LIST] = {OWN(
        "to", .type = SB_OPTION_CHOICE, .argument = "FORMAT", .choice = list_output_names,
        .help = "Print lines to read (text), or a list that batch reads: csv or json, the "
                "same as --json.")},
    [CLI_OPT_JOBS] = {.name = "jobs"},
    [CLI_OPT_RESUME] = {OWN("resume", .type = SB_OPTION_FLAG,
                            .help = "Skip the clips that an earlier run finished.")},
    [CLI_OPT_SHARD] = {OWN("shard", .type = SB_OPTION_TEXT, .argument = "K/N",
                           .help =
                               "Do only part K of N of the list, as one task of a job array. Each episode "
                               "belongs to exactly one part. The split is the same on every machine.")},
    [CLI_OPT_FORCE] = {.name = "force",
                       .letter = 'f',
                       .remedy = "to overwrite it",
                       .group = CLI_GROUP_GENERAL},
    [CLI_OPT_DRY_RUN] = {.name = "dry-run", .letter = 'n', .group = CLI_GROUP_GENERAL},
    [CLI_OPT_SANDBOX] =
        {OWN("sandbox", .type = SB_OPTION_CHOICE, .argument = "MODE", .choice = sandbox_names,
             .help = "Restrict the program before it reads its inputs (default auto): no network, no other "
                     "programs, and no files except those that are named. auto restricts what the system "
                     "can; on fails if that is not everything; off restricts nothing."),
         .group = CLI_GROUP_GENERAL},
    [CLI_OPT_QUIET] = {OWN("quiet", .type = SB_OPTION_FLAG,
                           .help = "Print no notes and no warnings. Results still go to standard output."),
                       .letter = 'q', .group = CLI_GROUP_GENERAL},
    [CLI_OPT_VERBOSE] = {OWN("verbose", .type = SB_OPTION_FLAG,
                             .help = "Print all warnings, the restrictions of the sandbox, the use of the "
                                     "cache, and the words whose "
                                     "pronunciation was guessed."),
                         .letter = 'v', .group = CLI_GROUP_GENERAL},
    [CLI_OPT_PROGRESS] = {OWN("progress", .type = SB_OPTION_CHOICE, .argument = "HOW",
                              .choice = progress_names,
                              .help = "Show progress on standard error (default auto). auto shows a bar if "
                                      "standard error is a terminal. json prints one object per line."),
                          .group = CLI_GROUP_GENERAL},
    [CLI_OPT_COLOR] = {OWN("color", .type = SB_OPTION_CHOICE, .argument = "WHEN", .choice = color_names,
                           .help =
                               "Use colours (default auto). auto uses them on a terminal unless NO_COLOR is "
                               "set. --color alone means always."),
                       .if_bare = "always", .group = CLI_GROUP_GENERAL},
    [CLI_OPT_HELP] = {OWN("help", .type = SB_OPTION_FLAG, .help = "Show help and examples."), .letter = 'h',
                      .group = CLI_GROUP_GENERAL},
    [CLI_OPT_VERSION] = {OWN("version", .type = SB_OPTION_FLAG, .help = "Show the version of the program."),
                         .group = CLI_GROUP_GENERAL},
};

const char *cli_group_title(cli_group group)
{
    static const char *const titles[CLI_N_GROUPS] = {
        [CLI_GROUP_COMMAND] = "Options",
        [CLI_GROUP_SELECTION] = "Selection (all conditions must hold; repeat an option to allow more values)",
        [CLI_GROUP_CLIP] = "Clips",
        [CLI_GROUP_GENERAL] = "General options",
    };
    return titles[group];
}
