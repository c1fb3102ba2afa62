#include "cli/args/args.h"

#include "cli/batch/batch.h"
#include "cli/session/session.h"
#include "cli/show/show.h"

static void name_batch_files(cli_context *context, sb_bytes *out)
{
    const char *list = cli_operand(context, 0);
    if (list && cli_show_kind_of(list) != CLI_SHOW_NONE)
        cli_show_name_files(out, context->args->operands, context->args->n_operands);
    else if (list)
        cli_list_name_files(out, list);
}

const cli_command cli_command_batch = {
    .name = "batch",
    .summary = "Cut quotes from many episodes: those of a list, or all that match",
    .operands = (const char *const[]){"LIST|DIR|FEED", "DIR", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL,
             "The options for selections select from every episode of a folder, and of folders inside it. A "
             "quoted pattern such as 'show/*', an M3U playlist, the RSS feed of a podcast or an archive may "
             "be "
             "given instead. DIR is another folder in which files are looked for. See 'soundbite help info' "
             "for how audio and transcripts are paired. Files without a pair are named in a warning "
             "and left out. Without a selection, every turn becomes a clip. Clips are named "
             "{episode}-{n:02}-{speaker}-{slug}.mp3, where {n} counts the clips of the episode. The "
             "output is a line for each clip, and at the end a table of the episodes."},
            {NULL, "Episodes of an archive, as DIR or with --archive, are not aligned again if their audio "
                   "and transcript are those that were "
                   "added. Matches in passages that recur in several episodes, which 'soundbite archive "
                   "repeats' finds, are left out and "
                   "counted unless --repeats is given. What a row of a list selects is always cut."},
            {NULL,
             "LIST is CSV with a header, or JSON Lines. Cells are separated by commas, semicolons or tabs. "
             "The encoding is UTF-8, UTF-16 or Windows-1252. A manifest is a list too: it makes the same "
             "clips again. The columns or keys are:"},
            {"audio", "The audio file, relative to the folder of the list, or else to the current folder."},
            {"transcript", "The transcript or an alignment file, found in the same way."},
            {"id", "A name for the row."},
            {"language", "The language of the transcript, as in --language."},
            {"alias", "A new name for a speaker, as in --alias. It applies to all rows of the episode. An "
                      "alias of the option --alias applies to every episode in which it matches a speaker."},
            {"quote",
             "The same as phrase. A column text is also the same, if no other column selects words."},
            {"output",
             "A template for the names of the clips, inside DIR. In it, {n} is the number of the row. A "
             "symbolic link inside DIR may not lead out of it."},
            {"any option",
             "Every option for selection and clips is a column: its long name without the leading dashes, "
             "such as phrase or min-length. captions may name several formats, as in 'srt ass'. An option "
             "without a value is yes or no, or TRUE or FALSE in the language of the spreadsheet. A number "
             "may have a decimal comma. --fillers is not a column; it applies to all rows. Neither are "
             "--join, --gap and --crossfade."},
            {NULL,
             "A row that selects nothing itself gets the selection of the command line, like an episode of a "
             "folder."},
            {NULL, "Other columns, such as Notes or Status, are ignored, and a warning names them. A column "
                   "name that is nearly the same as a known one is an error."},
            {NULL, "Without output, a clip is named {id}.mp3, or {n:03}-{speaker}-{slug}.mp3 if the row has "
                   "no id. Videos end in .mp4. A row with copy set to yes gets the extension of its source. "
                   "If a row matches several quotes, their names are numbered."},
            {NULL, "DIR gets the clips and, at the end, the manifests manifest.jsonl and manifest.csv. A row "
                   "that fails does not stop the others. It is reported at the end with its line in LIST, "
                   "and the exit code is 1. A row without a match does not count as failed; it is reported "
                   "and counted separately. If no row has a match, the exit code is 3. A row fails if its "
                   "transcript does not belong to its audio, unless --allow-mismatch is given. A row with "
                   "strict also fails if that is uncertain."},
            {NULL, "A record of a manifest names the clip, the episode, the audio and the transcript, with "
                   "paths relative to the current folder. start and end are the start and end of the speech "
                   "in seconds; start_time and end_time are the same times as h:mm:ss.mmm."},
            {NULL, "--index writes a page on which all clips can be played, read and searched. The page "
                   "links to the clips, so move it together with them."},
            {NULL,
             "--join also writes all clips one after the other into one file, with a chapter for each that "
             "names its episode. --resume then makes all clips again."},
            {NULL, "Episodes are aligned in --jobs processes at once if the cache is used."},
            {NULL, "--resume keeps a clip if its SHA-256 is the one in manifest.jsonl. All other clips are "
                   "made again. If you changed options for level or format, start again with --force."},
            {NULL, "--shard K/N is for job arrays. Each process cuts one part of the list. All parts may "
                   "write to the same folder. All rows of an episode are in the same part. The parts follow "
                   "the order of the list and have about the same number of rows. Each part writes "
                   "manifest-K-of-N.jsonl and manifest-K-of-N.csv. If the rows of each episode are next to "
                   "each other in the list, these files one after the other are the manifests of the whole "
                   "list. A row that cannot be read is reported by one part only. The name of a clip must "
                   "not depend on other rows, so output needs {n} or an {id} that is unique."},
            {NULL, NULL}},
    .options =
        (const cli_option_id[]){CLI_OPT_OUTPUT_FOLDER, CLI_OPT_JOBS, CLI_OPT_RESUME, CLI_OPT_SHARD,
                                CLI_OPT_INDEX, CLI_OPT_JSON, CLI_OPT_ARCHIVE, CLI_OPT_REPEATS,
                                CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_ALIAS, CLI_ALIGN_OPTIONS,
                                CLI_SELECTION_OPTIONS, CLI_CLIP_OPTIONS, CLI_MONTAGE_OPTIONS, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite batch quotes.csv -o clips", "Cut every row of a table."},
            {"soundbite batch show/ -o clips --speaker \"Ben*\" --min-length 20s",
             "Cut all longer answers of Ben from all episodes in a folder."},
            {"soundbite batch feed.xml downloads/ -o clips --phrase \"imposter syndrome\" "
             "--expand sentence --join clips/all.mp3",
             "Cut what was said about it in all episodes of a feed, and join it in one file."},
            {"soundbite batch quotes.csv -o clips --resume",
             "Continue after an interruption: make only the clips that are missing."},
            {"soundbite batch quotes.jsonl -o clips --loudness -19 --jobs 4 --json",
             "Set a lower loudness, use four cores, and print one JSON line per clip."},
            {"soundbite batch quotes.csv -o clips --shard \"$TASK/8\" --resume",
             "Run one of eight jobs. When all are done, cat clips/manifest-*.jsonl prints "
             "the whole manifest."},
            {NULL, NULL}},
    .has_temporaries = true,
    .name_files = name_batch_files,
    .run = batch_run_all,
};
