#include "options.h"

#include "formats.h"

#include "soundbite/video.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define CHOICES(function, ...)                                                                               \
    static const char *function(size_t i)                                                                    \
    {                                                                                                        \
        static const char *const names[] = {__VA_ARGS__};                                                    \
        return i < sizeof names / sizeof names[0] ? names[i] : NULL;                                         \
    }

CHOICES(method_names, "auto", "acoustic", "energy")
CHOICES(expand_names, "none", "sentence", "turn")
CHOICES(loudness_of_names, "clip", "speaker", "episode")
CHOICES(progress_names, "auto", "json", "none")
CHOICES(color_names, "auto", "always", "never")

#define DAY_S 86400

const cli_option cli_options[CLI_N_OPTIONS] = {
    [CLI_OPT_OUTPUT] = {.name = "output",
                        .letter = 'o',
                        .type = CLI_FILE,
                        .argument = "FILE",
                        .help = "Write to FILE instead of standard output; - is standard output."},
    [CLI_OPT_OUTPUT_TEMPLATE] =
        {.name = "output",
         .letter = 'o',
         .type = CLI_FILE,
         .argument = "TEMPLATE",
         .help = "Name the clips, such as clips/{n:02}-{speaker}-{slug}.mp3; the fields are n, "
                 "speaker, slug, phrase, start, end, episode and id, the extension is the "
                 "format: wav, flac, mp3, m4a, opus, or mp4 for a video."},
    [CLI_OPT_OUTPUT_FOLDER] = {.name = "output",
                               .letter = 'o',
                               .type = CLI_FOLDER,
                               .argument = "DIR",
                               .help =
                                   "Put the clips into the folder DIR, which is made where it is missing."},
    [CLI_OPT_TO] = {.name = "to",
                    .type = CLI_CHOICE,
                    .argument = "FORMAT",
                    .choice = cli_format_name,
                    .help = "Write as FORMAT (default: what the extension of the output says)."},
    [CLI_OPT_FPS] = {.name = "fps",
                     .field = "frame",
                     .type = CLI_CHOICE,
                     .argument = "RATE",
                     .choice = cli_frame_rate_name,
                     .help = "Frames a second of the project, for edl and fcpxml (default 25)."},
    [CLI_OPT_JSON] = {.name = "json",
                      .type = CLI_FLAG,
                      .help = "Print JSON for programs instead of text for people."},
    [CLI_OPT_MANIFEST] =
        {.name = "manifest",
         .type = CLI_FILE,
         .argument = "FILE",
         .help = "Write a line about each clip to FILE: CSV where it ends in .csv, else JSON Lines."},
    [CLI_OPT_INDEX] =
        {.name = "index",
         .type = CLI_FILE,
         .argument = "FILE",
         .help =
             "Write a page for a browser to FILE, on which all the clips can be played and read; it links "
             "to them and needs no network."},
    [CLI_OPT_TRANSCRIPT_FORMAT] = {.name = "transcript-format",
                                   .type = CLI_CHOICE,
                                   .argument = "NAME",
                                   .choice = cli_reader_name,
                                   .help = "Read the transcript as this format, whatever its content looks "
                                           "like (default: told by the content)."},
    [CLI_OPT_FROM_FORMAT] = {.name = "from",
                             .type = CLI_CHOICE,
                             .argument = "NAME",
                             .choice = cli_reader_name,
                             .help = "The same as --transcript-format."},
    [CLI_OPT_METHOD] =
        {.name = "method",
         .type = CLI_CHOICE,
         .argument = "METHOD",
         .choice = method_names,
         .help = "Align by the sound of the words (acoustic, which needs a model of the language) or by "
                 "the pauses (energy, which needs nothing); auto is acoustic where there is a model for the "
                 "language of the text, else energy, and the alignment says why."},
    [CLI_OPT_LANGUAGE] = {.name = "language",
                          .type = CLI_LANGUAGE,
                          .argument = "CODE",
                          .help = "Read the transcript's words as this language, a code such as en, de or "
                                  "pt-BR (default: the one that the transcript names, else the one that its "
                                  "text is in)."},
    [CLI_OPT_ACOUSTIC_MODEL] =
        {.name = "acoustic-model",
         .type = CLI_FOLDER,
         .argument = "DIR",
         .help = "Hear words by the Sphinx model in the folder DIR, the one that holds its mdef and "
                 "feat.params (default: the installed one)."},
    [CLI_OPT_DICT] = {.name = "dict",
                      .type = CLI_FILE,
                      .argument = "FILE",
                      .help = "Say words as FILE does, a pronouncing dictionary in CMUdict format, a line "
                              "such as 'soundbite S "
                              "AW N D B AY T', or in the phones of the model that "
                              "--acoustic-model names; --verbose lists the words that were guessed."},
    [CLI_OPT_BOUNDARY_MODEL] =
        {.name = "boundary-model",
         .type = CLI_FILE,
         .argument = "FILE",
         .help =
             "Place the edges of words by the weights in FILE, as scripts/train-boundary-model makes them, "
             "instead of those built in."},
    [CLI_OPT_STREAM] =
        {.name = "stream",
         .field = "stream",
         .type = CLI_WHOLE,
         .argument = "N",
         .most = 1000,
         .help = "Listen to stream N of the file, counted from 0, instead of its best audio stream."},
    [CLI_OPT_NO_CACHE] = {.name = "no-cache",
                          .type = CLI_FLAG,
                          .help = "Align afresh; neither look into the cache of alignments nor add to it."},
    [CLI_OPT_ALLOW_MISMATCH] =
        {.name = "allow-mismatch",
         .type = CLI_FLAG,
         .help = "Go on, with a warning, if the transcript does not belong to the audio (default: refuse)."},
    [CLI_OPT_STRICT_PAIR] =
        {.name = "strict",
         .type = CLI_FLAG,
         .help = "Fail with exit code 1 and write nothing if it is unsure whether transcript and audio "
                 "belong together (default: a warning)."},
    [CLI_OPT_MAX_DRIFT] = {.name = "max-drift",
                           .type = CLI_TIME,
                           .argument = "TIME",
                           .most = DAY_S,
                           .help = "Exit with 4 where a stamp is wrong by more than TIME (default 500ms)."},
    [CLI_OPT_HTML] = {.name = "html",
                      .type = CLI_FILE,
                      .argument = "FILE",
                      .help =
                          "Write the report also as a page for a browser, which needs no network: pictures, "
                          "tables and the transcript; with the audio beside it, words can be heard."},
    [CLI_OPT_FIXED] = {.name = "fixed",
                       .type = CLI_FILE,
                       .argument = "FILE",
                       .help =
                           "Write the transcript to FILE with its stamps corrected and all else as it was; "
                           "what was not heard keeps its stamp and is named."},
    [CLI_OPT_LIST] = {.name = "list",
                      .type = CLI_FILE,
                      .argument = "LIST",
                      .help =
                          "Measure every episode of LIST, which is CSV with a header or JSON Lines as for "
                          "batch, and print a line for each, the worst first."},
    [CLI_OPT_LIST_FORMAT] =
        {.name = "list-format",
         .type = CLI_CHOICE,
         .argument = "NAME",
         .choice = cli_list_format_name,
         .help = "Read the list as this format, whatever its content looks like (default: told by "
                 "the content)."},
    [CLI_OPT_QUOTE] = {.name = "quote",
                       .type = CLI_TEXT,
                       .argument = "TEXT",
                       .repeats = true,
                       .help = "Check the quote TEXT; ... in it stands for words left out, and what is in "
                               "square brackets is the editor's."},
    [CLI_OPT_QUOTE_FILE] =
        {.name = "quote-file",
         .type = CLI_FILE,
         .argument = "FILE",
         .help = "Check the quotes of FILE: one a line, CSV with a column quote, or JSON Lines with a member "
                 "quote; speaker and id may stand beside it."},
    [CLI_OPT_EXACT] = {.name = "exact",
                       .type = CLI_FLAG,
                       .help = "Exit with 1 where a quote is altered, or a word of it was not heard."},
    [CLI_OPT_PHRASE] =
        {.name = "phrase",
         .type = CLI_TEXT,
         .group = CLI_GROUP_SELECTION,
         .argument = "TEXT",
         .repeats = true,
         .help = "Quotes that say TEXT, by whole words; case, accents, punctuation and hyphens do not "
                 "matter, and number words equal digits."},
    [CLI_OPT_REGEX] =
        {.name = "regex",
         .type = CLI_TEXT,
         .group = CLI_GROUP_SELECTION,
         .argument = "PCRE",
         .repeats = true,
         .help = "Quotes that match a Perl-compatible regular expression, upper and lower case alike."},
    [CLI_OPT_SPEAKER] = {.name = "speaker",
                         .type = CLI_TEXT,
                         .group = CLI_GROUP_SELECTION,
                         .argument = "NAME",
                         .repeats = true,
                         .help = "Quotes of this speaker; case does not matter, * stands for anything."},
    [CLI_OPT_FROM] = {.name = "from",
                      .type = CLI_TIME,
                      .group = CLI_GROUP_SELECTION,
                      .argument = "TIME",
                      .most = HUGE_VAL,
                      .help =
                          "Quotes that begin at TIME or later; the name of a transcript's format in place "
                          "of TIME means --transcript-format."},
    [CLI_OPT_UNTIL] = {.name = "until",
                       .type = CLI_TIME,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "TIME",
                       .most = HUGE_VAL,
                       .help = "Quotes that end by TIME."},
    [CLI_OPT_MIN_LENGTH] = {.name = "min-length",
                            .type = CLI_TIME,
                            .group = CLI_GROUP_SELECTION,
                            .argument = "TIME",
                            .most = HUGE_VAL,
                            .help = "Quotes of TIME or longer, after --expand."},
    [CLI_OPT_MAX_LENGTH] = {.name = "max-length",
                            .type = CLI_TIME,
                            .group = CLI_GROUP_SELECTION,
                            .argument = "TIME",
                            .most = HUGE_VAL,
                            .help = "Quotes of TIME or shorter, after --expand."},
    [CLI_OPT_EXPAND] =
        {.name = "expand",
         .type = CLI_CHOICE,
         .group = CLI_GROUP_SELECTION,
         .argument = "UNIT",
         .choice = expand_names,
         .help = "Widen each quote to whole sentences or the whole turn (default none for a phrase or "
                 "regex, turn otherwise)."},
    [CLI_OPT_FUZZY] = {.name = "fuzzy",
                       .type = CLI_WHOLE,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "N",
                       .most = 100,
                       .help = "Let up to N percent of a phrase's words differ (default 0)."},
    [CLI_OPT_LIMIT] = {.name = "limit",
                       .type = CLI_WHOLE,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "N",
                       .least = 1,
                       .most = 1e9,
                       .help = "At most the first N quotes."},
    [CLI_OPT_MATCH] = {.name = "match",
                       .type = CLI_WHOLE,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "N",
                       .least = 1,
                       .most = 1e9,
                       .repeats = true,
                       .help = "Only the N-th quote, counted from 1."},
    [CLI_OPT_LEAD] =
        {.name = "lead",
         .type = CLI_TIME,
         .group = CLI_GROUP_CLIP,
         .argument = "TIME",
         .most = 60,
         .help = "Keep TIME of the pause before the speech (default 150ms), never a neighbour's words."},
    [CLI_OPT_TAIL] =
        {.name = "tail",
         .type = CLI_TIME,
         .group = CLI_GROUP_CLIP,
         .argument = "TIME",
         .most = 60,
         .help = "Keep TIME of the pause after the speech (default 300ms), never a neighbour's words."},
    [CLI_OPT_FADE] = {.name = "fade",
                      .field = "fade",
                      .type = CLI_TIME,
                      .group = CLI_GROUP_CLIP,
                      .argument = "TIME",
                      .most = 10,
                      .help = "Fade in and out over TIME, within the pause (default 10ms)."},
    [CLI_OPT_LOUDNESS] = {.name = "loudness",
                          .field = "loudness_lufs",
                          .type = CLI_NUMBER,
                          .group = CLI_GROUP_CLIP,
                          .argument = "LUFS|off",
                          .instead = "off",
                          .least = -70,
                          .most = 0,
                          .help = "Bring each clip to this integrated loudness (default -16, a video -14); "
                                  "off leaves its level. Mono counts as played by two loudspeakers."},
    [CLI_OPT_LOUDNESS_OF] =
        {.name = "loudness-of",
         .field = "loudness_of",
         .type = CLI_CHOICE,
         .group = CLI_GROUP_CLIP,
         .argument = "WHAT",
         .choice = loudness_of_names,
         .help =
             "What --loudness is reached by: each clip by itself (default), all that its speaker says in "
             "the episode, or the whole episode; by these two, clips keep their relations, and the file is "
             "read once more."},
    [CLI_OPT_TRUE_PEAK] = {.name = "true-peak",
                           .field = "true_peak_db",
                           .type = CLI_NUMBER,
                           .group = CLI_GROUP_CLIP,
                           .argument = "DBTP",
                           .least = -20,
                           .most = 0,
                           .help = "Never raise a clip's true peak above DBTP (default -1)."},
    [CLI_OPT_RATE] = {.name = "rate",
                      .field = "sample_rate",
                      .type = CLI_WHOLE,
                      .group = CLI_GROUP_CLIP,
                      .argument = "HZ",
                      .least = 8000,
                      .most = 192000,
                      .thousands = true,
                      .help = "Resample to HZ (default: as the source)."},
    [CLI_OPT_CHANNELS] = {.name = "channels",
                          .field = "channels",
                          .type = CLI_WHOLE,
                          .group = CLI_GROUP_CLIP,
                          .argument = "N",
                          .least = 1,
                          .most = 2,
                          .help = "Mix to N channels (default: as the source)."},
    [CLI_OPT_BITRATE] = {.name = "bitrate",
                         .field = "bit_rate",
                         .type = CLI_WHOLE,
                         .group = CLI_GROUP_CLIP,
                         .argument = "BITS",
                         .least = 6000,
                         .most = 512000,
                         .thousands = true,
                         .help = "Encode mp3, m4a and opus with BITS a second, such as 192k."},
    [CLI_OPT_CAPTIONS] =
        {.name = "captions",
         .type = CLI_CHOICE,
         .group = CLI_GROUP_CLIP,
         .argument = "FORMAT",
         .choice = cli_captions_name,
         .repeats = true,
         .help = "Write captions of that format beside each clip, in its own times: srt, vtt, or ass, which "
                 "lights each word as it is said; given again, several."},
    [CLI_OPT_CAPTION_NAMES] = {.name = "caption-names",
                               .type = CLI_FLAG,
                               .group = CLI_GROUP_CLIP,
                               .help = "Let the captions say who speaks."},
    [CLI_OPT_STRICT] =
        {.name = "strict",
         .field = "strict",
         .type = CLI_FLAG,
         .group = CLI_GROUP_CLIP,
         .help = "Keep no clip whose certificate fails, and cut none if it is unsure whether transcript and "
                 "audio belong together: both are errors instead of warnings, and --join leaves the quote "
                 "out too."},
    [CLI_OPT_NO_CERTIFICATE] = {.name = "no-certificate",
                                .field = "no_certificate",
                                .type = CLI_FLAG,
                                .group = CLI_GROUP_CLIP,
                                .help = "Do not hear the written clips again; their manifest has no "
                                        "certificate."},
    [CLI_OPT_COPY] = {.name = "copy",
                      .field = "copy",
                      .type = CLI_FLAG,
                      .group = CLI_GROUP_CLIP,
                      .help = "Copy the source's packets untouched into a file of its own kind (wav, flac, "
                              "mp3, m4a or aac, opus), without level and fades; how far each edge lies from "
                              "the cut is in the clip's warnings."},
    [CLI_OPT_VIDEO] = {.name = "video",
                       .field = "shape",
                       .type = CLI_CHOICE,
                       .group = CLI_GROUP_CLIP,
                       .argument = "SHAPE",
                       .choice = sb_video_shape_name,
                       .help = "Make videos of this shape, with captions that light the spoken word; the "
                               "names of the clips must end in .mp4. source takes the pictures of the file "
                               "itself, source:9:16 and so on the middle of them."},
    [CLI_OPT_FOR] = {.name = "for",
                     .field = "profile",
                     .type = CLI_CHOICE,
                     .group = CLI_GROUP_CLIP,
                     .argument = "PLACE",
                     .choice = cli_profile_name,
                     .help = "Take shape, loudness and bit rates that suit PLACE, and warn of clips that are "
                             "too short or too long for it."},
    [CLI_OPT_BACKGROUND] =
        {.name = "background",
         .field = "background",
         .type = CLI_FILE,
         .group = CLI_GROUP_CLIP,
         .argument = "COLOR|IMAGE",
         .help = "Lay the video over a colour such as '#102030' or navy, or over a picture, which is "
                 "darkened so that text can be read (default: the audio's cover art, else a colour)."},
    [CLI_OPT_TITLE] = {.name = "title",
                       .field = "title",
                       .type = CLI_TEXT,
                       .group = CLI_GROUP_CLIP,
                       .argument = "TEXT",
                       .help = "Write TEXT over the video (default: the title of the episode)."},
    [CLI_OPT_THEME] = {.name = "theme",
                       .type = CLI_FILE,
                       .group = CLI_GROUP_CLIP,
                       .argument = "FILE",
                       .help = "Take fonts, colours and places of videos from FILE, as soundbite-theme(5) "
                               "tells."},
    [CLI_OPT_DROP] = {.name = "drop",
                      .field = "drop",
                      .type = CLI_TEXT,
                      .group = CLI_GROUP_CLIP,
                      .argument = "KINDS",
                      .help = "Leave out of the quotes the fillers (um, uh, you know), the repeats of a "
                              "stumble (the the, I think I think), or fillers,repeats; what would be heard "
                              "stays, and all that goes is told in the manifest."},
    [CLI_OPT_FILLERS] = {.name = "fillers",
                         .type = CLI_FILE,
                         .group = CLI_GROUP_CLIP,
                         .argument = "FILE",
                         .help = "Take the words in FILE for fillers, one or several a line, between commas "
                                 "(', you know,') those that have to be set apart (default: a short English "
                                 "list)."},
    [CLI_OPT_JOIN] = {.name = "join",
                      .field = "montage",
                      .type = CLI_FILE,
                      .group = CLI_GROUP_CLIP,
                      .argument = "FILE",
                      .help = "Write all the quotes one after the other into FILE, each a chapter of it; "
                              "without -o, that alone."},
    [CLI_OPT_GAP] = {.name = "gap",
                     .field = "gap",
                     .type = CLI_TIME,
                     .group = CLI_GROUP_CLIP,
                     .argument = "TIME",
                     .most = 60,
                     .help = "Leave TIME of room tone between two quotes that --join joins (default 400ms)."},
    [CLI_OPT_CROSSFADE] = {.name = "crossfade",
                           .field = "crossfade",
                           .type = CLI_TIME,
                           .group = CLI_GROUP_CLIP,
                           .argument = "TIME",
                           .most = 60,
                           .help = "Let the pause after a quote go over into the pause before the next one "
                                   "within TIME, instead of a gap; never over speech, so --lead and --tail "
                                   "must leave room for it."},
    [CLI_OPT_JOBS] = {.name = "jobs",
                      .type = CLI_WHOLE,
                      .argument = "N",
                      .least = 1,
                      .most = 256,
                      .help = "Work on N clips or episodes at once (default: as many as there are cores)."},
    [CLI_OPT_RESUME] = {.name = "resume", .type = CLI_FLAG, .help = "Skip what an earlier run has finished."},
    [CLI_OPT_SHARD] = {.name = "shard",
                       .type = CLI_TEXT,
                       .argument = "K/N",
                       .help = "Do only the K-th of N parts of the list, for a job array; the episodes are "
                               "split the same way everywhere."},
    [CLI_OPT_FORCE] = {.name = "force",
                       .field = "overwrite",
                       .remedy = "to overwrite it",
                       .letter = 'f',
                       .type = CLI_FLAG,
                       .group = CLI_GROUP_GENERAL,
                       .help = "Overwrite existing output."},
    [CLI_OPT_DRY_RUN] = {.name = "dry-run",
                         .letter = 'n',
                         .type = CLI_FLAG,
                         .group = CLI_GROUP_GENERAL,
                         .help = "Print what would be written, and write nothing."},
    [CLI_OPT_QUIET] = {.name = "quiet",
                       .letter = 'q',
                       .type = CLI_FLAG,
                       .group = CLI_GROUP_GENERAL,
                       .help = "Say nothing but errors."},
    [CLI_OPT_VERBOSE] =
        {.name = "verbose",
         .letter = 'v',
         .type = CLI_FLAG,
         .group = CLI_GROUP_GENERAL,
         .help = "Say more: every warning, what the cache did, and words whose pronunciation was guessed."},
    [CLI_OPT_PROGRESS] =
        {.name = "progress",
         .type = CLI_CHOICE,
         .group = CLI_GROUP_GENERAL,
         .argument = "HOW",
         .choice = progress_names,
         .help = "Show progress on standard error: auto is a bar where that is a terminal, json an "
                 "object a line."},
    [CLI_OPT_COLOR] = {.name = "color",
                       .type = CLI_CHOICE,
                       .group = CLI_GROUP_GENERAL,
                       .argument = "WHEN",
                       .choice = color_names,
                       .if_bare = "always",
                       .help = "Use colours (default auto: on a terminal, unless NO_COLOR is set)."},
    [CLI_OPT_HELP] = {.name = "help",
                      .letter = 'h',
                      .type = CLI_FLAG,
                      .group = CLI_GROUP_GENERAL,
                      .help = "Show help and examples."},
    [CLI_OPT_VERSION] = {.name = "version",
                         .type = CLI_FLAG,
                         .group = CLI_GROUP_GENERAL,
                         .help = "Show the program's version."},
};

const char *cli_group_title(cli_group group)
{
    static const char *const titles[CLI_N_GROUPS] = {
        [CLI_GROUP_COMMAND] = "Options",
        [CLI_GROUP_SELECTION] = "Selection (all given must hold; a repeated option means any of its values)",
        [CLI_GROUP_CLIP] = "Clips",
        [CLI_GROUP_GENERAL] = "General options",
    };
    return titles[group];
}

const cli_option *cli_option_for_field(const char *field, size_t length)
{
    for (size_t i = 0; i < CLI_N_OPTIONS; i++) {
        const char *own = cli_options[i].field;
        if (own && strlen(own) == length && !memcmp(own, field, length))
            return &cli_options[i];
    }
    return NULL;
}
