#include "cli/archive/archive.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Notes a file whose hash is not `expected`, or could not be made: `unreadable`. */
static void compare_hash(const char *path, const char *hash, const char *expected, const char *episode,
                         const sb_error *unreadable, sb_notes *notes)
{
    if (unreadable->status)
        sb_notes_add(notes, path, 0, 0, "cannot be read: %s", unreadable->message);
    else if (strcmp(hash, expected) != 0)
        sb_notes_add(notes, path, 0, 0, "has changed; add episode '%s' again", episode);
}

/* The files of an episode are compared with the hashes in the archive. */
static void check_files(const sb_archive_episode *episode, sb_notes *notes)
{
    char hash[SB_SHA256_TEXT];
    sb_error no_audio = {0}, no_transcript = {0};
    if (access(episode->audio, R_OK) != 0) {
        sb_notes_add(notes, episode->audio, 0, 0, "is missing; the audio of episode '%s' was here",
                     episode->name);
    } else if (*episode->packets) {
        sb_media_packets(hash, episode->audio, NULL, &no_audio);
        compare_hash(episode->audio, hash, episode->packets, episode->name, &no_audio, notes);
    }
    if (!episode->transcript)
        return;
    if (access(episode->transcript, R_OK) != 0) {
        sb_notes_add(notes, episode->transcript, 0, 0, "is missing; the transcript of episode '%s' was here",
                     episode->name);
    } else if (*episode->transcript_sha256) {
        sb_file_sha256(hash, episode->transcript, &no_transcript);
        compare_hash(episode->transcript, hash, episode->transcript_sha256, episode->name, &no_transcript,
                     notes);
    }
}

static sb_status note_if_outdated(cli_context *context, sb_archive *archive, sb_notes *notes, sb_error *err)
{
    bool is_outdated = false;
    if (sb_archive_is_outdated(&is_outdated, archive, err) || !is_outdated)
        return err->status;
    char *path = cli_archive_path(context->args, err), *line = cli_archive_line(context->args, "index");
    if (path && line)
        sb_notes_add(notes, path, 0, 0, "was indexed by an older version of soundbite; index it again: '%s'",
                     line);
    else if (!err->status)
        sb_error_memory(err, "checking an archive");
    free(path);
    free(line);
    return err->status;
}

static sb_status check_archive(cli_context *context, sb_archive *archive, sb_notes *notes, size_t *n,
                               sb_error *err)
{
    sb_archive_list *list = NULL;
    if (sb_archive_check(archive, notes, &context->monitor, err) ||
        note_if_outdated(context, archive, notes, err) || sb_archive_episodes(&list, archive, NULL, 0, err))
        return err->status;
    *n = list->n_items;
    for (size_t i = 0; i < list->n_items && !cli_signal_seen(NULL); i++) {
        check_files(&list->items[i], notes);
        cli_progress_step(&context->progress, "files", (double)i + 1, (double)list->n_items);
    }
    sb_archive_list_free(&list);
    if (cli_signal_seen(NULL))
        sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return err->status;
}

int cli_archive_check(cli_context *context)
{
    sb_error err = {0};
    sb_archive *archive = NULL;
    sb_notes notes = {0};
    size_t n = 0;
    if (!cli_archive_open(&archive, context, SB_ARCHIVE_READ, &err))
        check_archive(context, archive, &notes, &n, &err);
    sb_archive_close(&archive);
    cli_progress_clear(&context->progress);
    size_t n_notes = notes.n_items + notes.n_dropped;
    cli_message_notes(context, &notes);
    if (err.status)
        return cli_fail(context, &err);
    cli_message_note(context, "checked %zu episode%s: %zu problem%s", n, cli_plural(n), n_notes,
                     cli_plural(n_notes));
    return n_notes ? CLI_EXIT_FAILED : CLI_EXIT_OK;
}
