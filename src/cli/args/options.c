#include "cli/args/args.h"

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
    [CLI_OPT_OUTPUT] =
        {.name = "output",
         .letter = 'o',
         .type = CLI_FILE,
         .argument = "FILE",
         .help = "Write the result to FILE. The name - means standard output, which is the default."},
    [CLI_OPT_OUTPUT_TEMPLATE] =
        {.name = "output",
         .letter = 'o',
         .type = CLI_FILE,
         .argument = "TEMPLATE",
         .help = "Name each clip by TEMPLATE. Example: clips/{n:02}-{speaker}-{slug}.mp3. The extension sets "
                 "the format: wav, flac, mp3, m4a, opus, or mp4 for a video."},
    [CLI_OPT_OUTPUT_FOLDER] =
        {.name = "output",
         .letter = 'o',
         .type = CLI_FOLDER,
         .argument = "DIR",
         .help = "Write the clips into the folder DIR. It is created if it does not exist."},
    [CLI_OPT_TO] = {.name = "to",
                    .type = CLI_CHOICE,
                    .argument = "FORMAT",
                    .choice = cli_format_name,
                    .help = "Write this format (default: by the extension of the output file)."},
    [CLI_OPT_FPS] =
        {.name = "fps",
         .field = "frame",
         .type = CLI_CHOICE,
         .argument = "RATE",
         .choice = cli_frame_rate_name,
         .help = "Set the frame rate of the project in frames per second, for edl and fcpxml (default 25)."},
    [CLI_OPT_JSON] = {.name = "json", .type = CLI_FLAG, .help = "Print JSON instead of text."},
    [CLI_OPT_MANIFEST] = {.name = "manifest",
                          .type = CLI_FILE,
                          .argument = "FILE",
                          .help = "Write one record per clip to FILE. The format is CSV if the name ends in "
                                  ".csv, else JSON Lines."},
    [CLI_OPT_INDEX] = {.name = "index",
                       .type = CLI_FILE,
                       .argument = "FILE",
                       .help = "Write a web page to FILE on which all clips can be played, read and "
                               "searched. The page links to the clips and needs no network."},
    [CLI_OPT_TRANSCRIPT_FORMAT] =
        {.name = "transcript-format",
         .type = CLI_CHOICE,
         .argument = "NAME",
         .choice = cli_reader_name,
         .help = "Read the transcript as this format (default: detected from its content)."},
    [CLI_OPT_FROM_FORMAT] = {.name = "from",
                             .type = CLI_CHOICE,
                             .argument = "NAME",
                             .choice = cli_reader_name,
                             .help = "Same as --transcript-format."},
    [CLI_OPT_METHOD] =
        {.name = "method",
         .type = CLI_CHOICE,
         .argument = "METHOD",
         .choice = method_names,
         .help =
             "Choose how to align (default auto). acoustic finds each word by its sound; it needs an "
             "acoustic model. energy finds each turn by pauses; it works in any language. auto uses acoustic "
             "if a model can handle the language, else energy. The alignment records the reason."},
    [CLI_OPT_LANGUAGE] =
        {.name = "language",
         .type = CLI_LANGUAGE,
         .argument = "CODE",
         .help = "Set the language of the transcript, as a code such as en, de or pt-BR (default: the "
                 "language that the transcript names, else detected from its text)."},
    [CLI_OPT_ACOUSTIC_MODEL] = {.name = "acoustic-model",
                                .type = CLI_FOLDER,
                                .argument = "DIR",
                                .help = "Use the CMU Sphinx acoustic model in the folder DIR (default: the "
                                        "installed model). The folder must contain mdef and feat.params."},
    [CLI_OPT_DICT] = {.name = "dict",
                      .type = CLI_FILE,
                      .argument = "FILE",
                      .help = "Read pronunciations from FILE, a dictionary in CMUdict format. Example of a "
                              "line: soundbite S AW N D B AY T. With --acoustic-model, use the phones of "
                              "that model. --verbose lists the words whose pronunciation was guessed."},
    [CLI_OPT_BOUNDARY_MODEL] = {.name = "boundary-model",
                                .type = CLI_FILE,
                                .argument = "FILE",
                                .help =
                                    "Place the edges of words with the weights in FILE (default: built-in "
                                    "weights). scripts/train-boundary-model creates such a file."},
    [CLI_OPT_STREAM] =
        {.name = "stream",
         .field = "stream",
         .type = CLI_WHOLE,
         .argument = "N",
         .most = 1000,
         .help = "Use stream N of the media file, counted from 0 (default: the best audio stream)."},
    [CLI_OPT_NO_CACHE] = {.name = "no-cache",
                          .type = CLI_FLAG,
                          .help = "Align again, and do not use the alignment cache."},
    [CLI_OPT_ALLOW_MISMATCH] = {.name = "allow-mismatch",
                                .type = CLI_FLAG,
                                .help = "Continue with a warning if the transcript does not belong to the "
                                        "audio (default: stop with an error)."},
    [CLI_OPT_STRICT_PAIR] = {.name = "strict",
                             .type = CLI_FLAG,
                             .help = "Fail with exit code 1, and write nothing, if it is uncertain whether "
                                     "the transcript belongs to the audio (default: a warning)."},
    [CLI_OPT_MAX_DRIFT] = {.name = "max-drift",
                           .field = "max_drift",
                           .type = CLI_TIME,
                           .argument = "TIME",
                           .most = DAY_S,
                           .help =
                               "Exit with code 4 if a timestamp is wrong by more than TIME (default 500ms)."},
    [CLI_OPT_HTML] =
        {.name = "html",
         .type = CLI_FILE,
         .argument = "FILE",
         .help = "Also write the report as a web page to FILE. It has plots, tables and the transcript, and "
                 "needs no network. If the audio is in the same folder, a click on a word plays it."},
    [CLI_OPT_FIXED] =
        {.name = "fixed",
         .type = CLI_FILE,
         .argument = "FILE",
         .help = "Write the transcript to FILE with corrected timestamps. Nothing else in it changes. Turns "
                 "that were not heard keep their timestamps, and a warning lists them."},
    [CLI_OPT_LIST] = {.name = "list",
                      .type = CLI_FILE,
                      .argument = "LIST",
                      .help = "Measure every episode in LIST and print one line for each, the worst first. "
                              "LIST is CSV with a header, or JSON Lines, as for batch."},
    [CLI_OPT_LIST_FORMAT] = {.name = "list-format",
                             .type = CLI_CHOICE,
                             .argument = "NAME",
                             .choice = cli_list_format_name,
                             .help = "Read LIST as this format (default: detected from its content)."},
    [CLI_OPT_QUOTE] = {.name = "quote",
                       .type = CLI_TEXT,
                       .argument = "TEXT",
                       .repeats = true,
                       .help =
                           "Check the quote TEXT. In it, ... stands for omitted words, and square brackets "
                           "mark the editor's own words. The option may be given several times."},
    [CLI_OPT_QUOTE_FILE] =
        {.name = "quote-file",
         .type = CLI_FILE,
         .argument = "FILE",
         .help = "Check the quotes in FILE. It has one quote per line, or is CSV with a column quote, or "
                 "JSON Lines with a key quote. The columns or keys speaker and id are optional."},
    [CLI_OPT_EXACT] = {.name = "exact",
                       .type = CLI_FLAG,
                       .help =
                           "Exit with code 1 if a quote is altered or if one of its words was not heard."},
    [CLI_OPT_PHRASE] = {.name = "phrase",
                        .type = CLI_TEXT,
                        .group = CLI_GROUP_SELECTION,
                        .argument = "TEXT",
                        .repeats = true,
                        .help = "Find quotes that contain TEXT as whole words. Case, accents, punctuation "
                                "and hyphens are ignored. Numbers match in words and in digits."},
    [CLI_OPT_REGEX] = {.name = "regex",
                       .type = CLI_TEXT,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "PCRE",
                       .repeats = true,
                       .help =
                           "Find quotes that match a Perl-compatible regular expression. Case is ignored."},
    [CLI_OPT_SPEAKER] = {.name = "speaker",
                         .type = CLI_TEXT,
                         .group = CLI_GROUP_SELECTION,
                         .argument = "NAME",
                         .repeats = true,
                         .help = "Find quotes of this speaker. Case is ignored, and * matches any text."},
    [CLI_OPT_FROM] = {.name = "from",
                      .field = "from",
                      .type = CLI_TIME,
                      .group = CLI_GROUP_SELECTION,
                      .argument = "TIME",
                      .most = HUGE_VAL,
                      .help = "Find quotes that start at TIME or later. If TIME is the name of a transcript "
                              "format, the option means --transcript-format."},
    [CLI_OPT_UNTIL] = {.name = "until",
                       .field = "until",
                       .type = CLI_TIME,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "TIME",
                       .most = HUGE_VAL,
                       .help = "Find quotes that end at TIME or earlier."},
    [CLI_OPT_MIN_LENGTH] = {.name = "min-length",
                            .field = "min_length",
                            .type = CLI_TIME,
                            .group = CLI_GROUP_SELECTION,
                            .argument = "TIME",
                            .most = HUGE_VAL,
                            .help = "Find quotes that last TIME or longer, measured after --expand."},
    [CLI_OPT_MAX_LENGTH] = {.name = "max-length",
                            .field = "max_length",
                            .type = CLI_TIME,
                            .group = CLI_GROUP_SELECTION,
                            .argument = "TIME",
                            .most = HUGE_VAL,
                            .help = "Find quotes that last TIME or less, measured after --expand."},
    [CLI_OPT_EXPAND] = {.name = "expand",
                        .type = CLI_CHOICE,
                        .group = CLI_GROUP_SELECTION,
                        .argument = "UNIT",
                        .choice = expand_names,
                        .help = "Extend each quote to whole sentences or to the whole turn (default: none "
                                "for --phrase and --regex, else turn)."},
    [CLI_OPT_FUZZY] =
        {.name = "fuzzy",
         .field = "fuzzy",
         .type = CLI_WHOLE,
         .group = CLI_GROUP_SELECTION,
         .argument = "N",
         .most = 100,
         .help = "Accept a phrase if up to N percent of its words differ, from 0 to 100 (default 0)."},
    [CLI_OPT_LIMIT] = {.name = "limit",
                       .type = CLI_WHOLE,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "N",
                       .least = 1,
                       .most = 1e9,
                       .help = "Keep only the first N quotes."},
    [CLI_OPT_MATCH] = {.name = "match",
                       .type = CLI_WHOLE,
                       .group = CLI_GROUP_SELECTION,
                       .argument = "N",
                       .least = 1,
                       .most = 1e9,
                       .repeats = true,
                       .help = "Keep only quote number N, counted from 1."},
    [CLI_OPT_LEAD] = {.name = "lead",
                      .field = "lead",
                      .type = CLI_TIME,
                      .group = CLI_GROUP_CLIP,
                      .argument = "TIME",
                      .most = 60,
                      .help = "Keep TIME of the pause before the speech, at most 60s (default 150ms). The "
                              "clip never contains neighbouring words."},
    [CLI_OPT_TAIL] = {.name = "tail",
                      .field = "tail",
                      .type = CLI_TIME,
                      .group = CLI_GROUP_CLIP,
                      .argument = "TIME",
                      .most = 60,
                      .help = "Keep TIME of the pause after the speech, at most 60s (default 300ms). The "
                              "clip never contains neighbouring words."},
    [CLI_OPT_FADE] = {.name = "fade",
                      .field = "fade",
                      .type = CLI_TIME,
                      .group = CLI_GROUP_CLIP,
                      .argument = "TIME",
                      .most = 10,
                      .help = "Fade in and out over TIME, within the pause, at most 10s (default 10ms)."},
    [CLI_OPT_LOUDNESS] =
        {.name = "loudness",
         .field = "loudness_lufs",
         .off_field = "keep_level",
         .type = CLI_NUMBER,
         .group = CLI_GROUP_CLIP,
         .argument = "LUFS|off",
         .instead = "off",
         .least = -70,
         .most = 0,
         .help =
             "Set the integrated loudness of each clip, from -70 to 0 LUFS (default -16, for videos -14). "
             "off keeps the level of the source. Mono is measured as if it played on two loudspeakers."},
    [CLI_OPT_LOUDNESS_OF] =
        {.name = "loudness-of",
         .field = "loudness_of",
         .type = CLI_CHOICE,
         .group = CLI_GROUP_CLIP,
         .argument = "WHAT",
         .choice = loudness_of_names,
         .help = "Measure the loudness of each clip (the default), of everything that its speaker says in "
                 "the episode, or of the whole episode. With speaker or episode, clips keep their relative "
                 "levels, and the audio is read once more."},
    [CLI_OPT_TRUE_PEAK] =
        {.name = "true-peak",
         .field = "true_peak_db",
         .type = CLI_NUMBER,
         .group = CLI_GROUP_CLIP,
         .argument = "DBTP",
         .least = -20,
         .most = 0,
         .help = "Never raise the true peak of a clip above DBTP, from -20 to 0 dBTP (default -1)."},
    [CLI_OPT_RATE] = {.name = "rate",
                      .field = "sample_rate",
                      .type = CLI_WHOLE,
                      .group = CLI_GROUP_CLIP,
                      .argument = "HZ",
                      .least = 8000,
                      .most = 192000,
                      .thousands = true,
                      .help = "Resample to HZ, from 8000 to 192000 (default: the rate of the source)."},
    [CLI_OPT_CHANNELS] = {.name = "channels",
                          .field = "channels",
                          .type = CLI_WHOLE,
                          .group = CLI_GROUP_CLIP,
                          .argument = "N",
                          .least = 1,
                          .most = 2,
                          .help = "Mix to N channels, 1 or 2 (default: the channels of the source)."},
    [CLI_OPT_BITRATE] = {.name = "bitrate",
                         .field = "bit_rate",
                         .type = CLI_WHOLE,
                         .group = CLI_GROUP_CLIP,
                         .argument = "BITS",
                         .least = 6000,
                         .most = 512000,
                         .thousands = true,
                         .help = "Encode mp3, m4a and opus at BITS per second, from 6k to 512k. The default "
                                 "is 128k for stereo and 96k for mono; for opus it is 96k and 64k."},
    [CLI_OPT_CAPTIONS] =
        {.name = "captions",
         .type = CLI_CHOICE,
         .group = CLI_GROUP_CLIP,
         .argument = "FORMAT",
         .choice = cli_captions_name,
         .repeats = true,
         .help =
             "Write a caption file of this format next to each clip. Its times start at the beginning of the "
             "clip. ass highlights each word while it is spoken. The option may be given several times."},
    [CLI_OPT_CAPTION_NAMES] = {.name = "caption-names",
                               .type = CLI_FLAG,
                               .group = CLI_GROUP_CLIP,
                               .help = "Show the speaker's name in captions."},
    [CLI_OPT_STRICT] = {.name = "strict",
                        .field = "strict",
                        .type = CLI_FLAG,
                        .group = CLI_GROUP_CLIP,
                        .help = "Do not keep clips whose certificate fails, and cut nothing if it is "
                                "uncertain whether the transcript belongs to the audio. Both are then errors "
                                "instead of warnings. --join also leaves such quotes out."},
    [CLI_OPT_NO_CERTIFICATE] =
        {.name = "no-certificate",
         .field = "no_certificate",
         .type = CLI_FLAG,
         .group = CLI_GROUP_CLIP,
         .help = "Do not check the written clips. Their manifest records then have no certificate."},
    [CLI_OPT_COPY] = {.name = "copy",
                      .field = "copy",
                      .type = CLI_FLAG,
                      .group = CLI_GROUP_CLIP,
                      .help = "Copy the source's packets without decoding them. The output needs the format "
                              "of the source: wav, flac, mp3, m4a or aac, opus. There is no change of level "
                              "and no fade. A warning gives the distance of each edge from the cut."},
    [CLI_OPT_VIDEO] = {.name = "video",
                       .field = "shape",
                       .type = CLI_CHOICE,
                       .group = CLI_GROUP_CLIP,
                       .argument = "SHAPE",
                       .choice = sb_video_shape_name,
                       .help = "Make videos of this shape, with captions that highlight the spoken word. The "
                               "names of the clips must end in .mp4. source uses the pictures of the source "
                               "file. source:9:16, source:1:1 and so on use only their middle."},
    [CLI_OPT_FOR] = {.name = "for",
                     .field = "profile",
                     .type = CLI_CHOICE,
                     .group = CLI_GROUP_CLIP,
                     .argument = "PROFILE",
                     .choice = cli_profile_name,
                     .help = "Use the shape, loudness and bitrates of PROFILE. A warning names clips that "
                             "are too short or too long for it."},
    [CLI_OPT_BACKGROUND] =
        {.name = "background",
         .field = "background",
         .type = CLI_FILE,
         .group = CLI_GROUP_CLIP,
         .argument = "COLOR|IMAGE",
         .help =
             "Set the background of the video (default: the cover art of the audio, else a colour). It is a "
             "colour such as '#102030' or navy, or an image. An image is darkened so that text can be read."},
    [CLI_OPT_TITLE] = {.name = "title",
                       .field = "title",
                       .type = CLI_TEXT,
                       .group = CLI_GROUP_CLIP,
                       .argument = "TEXT",
                       .help = "Show TEXT as the title of the video (default: the title of the episode)."},
    [CLI_OPT_THEME] =
        {.name = "theme",
         .type = CLI_FILE,
         .group = CLI_GROUP_CLIP,
         .argument = "FILE",
         .help = "Read fonts, colours and positions of videos from FILE. soundbite-theme(5) describes it."},
    [CLI_OPT_DROP] = {.name = "drop",
                      .field = "drop",
                      .type = CLI_TEXT,
                      .group = CLI_GROUP_CLIP,
                      .argument = "KINDS",
                      .help = "Cut words out of the quotes. KINDS is fillers (um, uh, you know), repeats "
                              "(the the, I think I think), or both as fillers,repeats. A word stays if the "
                              "cut would be audible. The manifest lists every cut."},
    [CLI_OPT_FILLERS] =
        {.name = "fillers",
         .type = CLI_FILE,
         .group = CLI_GROUP_CLIP,
         .argument = "FILE",
         .help =
             "Read the fillers for --drop from FILE, one per line (default: a short English list). Commas "
             "around a filler, as in ', you know,', mean that punctuation or a pause must set it apart."},
    [CLI_OPT_JOIN] = {.name = "join",
                      .field = "montage",
                      .type = CLI_FILE,
                      .group = CLI_GROUP_CLIP,
                      .argument = "FILE",
                      .help = "Write all quotes one after the other into FILE, each as a chapter. Without "
                              "-o, only FILE is written."},
    [CLI_OPT_GAP] = {.name = "gap",
                     .field = "gap",
                     .type = CLI_TIME,
                     .group = CLI_GROUP_CLIP,
                     .argument = "TIME",
                     .most = 60,
                     .help = "Put TIME of room tone between joined quotes, at most 60s (default 400ms)."},
    [CLI_OPT_CROSSFADE] = {.name = "crossfade",
                           .field = "crossfade",
                           .type = CLI_TIME,
                           .group = CLI_GROUP_CLIP,
                           .argument = "TIME",
                           .most = 60,
                           .help = "Crossfade joined quotes over TIME instead of leaving a gap, at most 60s. "
                                   "Only pauses are crossfaded, so --lead and --tail must be long enough."},
    [CLI_OPT_JOBS] =
        {.name = "jobs",
         .type = CLI_WHOLE,
         .argument = "N",
         .least = 1,
         .most = 256,
         .help = "Work on N clips or episodes in parallel, from 1 to 256 (default: the number of cores)."},
    [CLI_OPT_RESUME] = {.name = "resume",
                        .type = CLI_FLAG,
                        .help = "Skip the clips that an earlier run finished."},
    [CLI_OPT_SHARD] = {.name = "shard",
                       .type = CLI_TEXT,
                       .argument = "K/N",
                       .help = "Do only part K of N of the list, as one task of a job array. Each episode "
                               "belongs to exactly one part. The split is the same on every machine."},
    [CLI_OPT_FORCE] = {.name = "force",
                       .field = "overwrite",
                       .remedy = "to overwrite it",
                       .letter = 'f',
                       .type = CLI_FLAG,
                       .group = CLI_GROUP_GENERAL,
                       .help = "Overwrite existing files."},
    [CLI_OPT_DRY_RUN] = {.name = "dry-run",
                         .letter = 'n',
                         .type = CLI_FLAG,
                         .group = CLI_GROUP_GENERAL,
                         .help = "Print what would be written, and write nothing."},
    [CLI_OPT_QUIET] = {.name = "quiet",
                       .letter = 'q',
                       .type = CLI_FLAG,
                       .group = CLI_GROUP_GENERAL,
                       .help = "Print errors only."},
    [CLI_OPT_VERBOSE] =
        {.name = "verbose",
         .letter = 'v',
         .type = CLI_FLAG,
         .group = CLI_GROUP_GENERAL,
         .help = "Print every warning, the use of the cache, and the words whose pronunciation was guessed."},
    [CLI_OPT_PROGRESS] = {.name = "progress",
                          .type = CLI_CHOICE,
                          .group = CLI_GROUP_GENERAL,
                          .argument = "HOW",
                          .choice = progress_names,
                          .help = "Show progress on standard error (default auto). auto shows a bar if "
                                  "standard error is a terminal. json prints one object per line."},
    [CLI_OPT_COLOR] = {.name = "color",
                       .type = CLI_CHOICE,
                       .group = CLI_GROUP_GENERAL,
                       .argument = "WHEN",
                       .choice = color_names,
                       .if_bare = "always",
                       .help = "Use colours (default auto). auto uses them on a terminal unless NO_COLOR is "
                               "set. --color alone means always."},
    [CLI_OPT_HELP] = {.name = "help",
                      .letter = 'h',
                      .type = CLI_FLAG,
                      .group = CLI_GROUP_GENERAL,
                      .help = "Show help and examples."},
    [CLI_OPT_VERSION] = {.name = "version",
                         .type = CLI_FLAG,
                         .group = CLI_GROUP_GENERAL,
                         .help = "Show the version of the program."},
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

const cli_option *cli_option_for_field(const char *field, size_t length)
{
    for (size_t i = 0; i < CLI_N_OPTIONS; i++) {
        const char *own[] = {cli_options[i].field, cli_options[i].off_field};
        for (int k = 0; k < 2; k++)
            if (own[k] && strlen(own[k]) == length && !memcmp(own[k], field, length))
                return &cli_options[i];
    }
    return NULL;
}
