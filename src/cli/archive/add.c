#include "cli/archive/archive.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/batch/batch.h"
#include "cli/show/show.h"
#include "cli/source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT ((size_t)256 << 20)

/* A pair of files. */
typedef struct addition {
    const sb_batch_row *row;
    char *audio, *transcript; /* paths from here */
} addition;

typedef struct additions {
    cli_context *context;
    sb_batch_list **lists; /* of each operand */
    size_t n_lists;
    addition *items;
    size_t n_items;
    sb_show *show; /* NULL: lists or a pair */
    char *archive;
} additions;

/* The first byte of a worker's result; the rest is a text: a name or a message. */
enum { ADDED = 'a', CURRENT = 'c', FAILED = 'f' };

static void additions_finish(additions *a)
{
    for (size_t i = 0; i < a->n_items; i++) {
        free(a->items[i].audio);
        free(a->items[i].transcript);
    }
    free(a->items);
    for (size_t i = 0; i < a->n_lists; i++)
        sb_batch_list_free(&a->lists[i]);
    free(a->lists);
    sb_show_free(&a->show);
    free(a->archive);
}

/* What else the alignment depends on. */
static char *settings_of(const cli_context *context, const sb_batch_row *row)
{
    const cli_arguments *args = context->args;
    const cli_tuning *tuning = &context->tuning;
    sb_bytes out = {0};
    sb_bytes_print(&out, "method %lld stream %lld language %s dict %.16s boundary %.16s model %.16s",
                   (long long)cli_whole(args, CLI_OPT_METHOD, 0),
                   (long long)cli_whole(args, CLI_OPT_STREAM, -1),
                   row->language ? row->language : cli_text(args, CLI_OPT_LANGUAGE, ""),
                   tuning->dictionary_sha256, tuning->boundary_sha256, tuning->acoustic_model_sha256);
    if (cli_has(args, CLI_OPT_TRANSCRIPT_FORMAT))
        sb_bytes_print(&out, " format %s", cli_text(args, CLI_OPT_TRANSCRIPT_FORMAT, ""));
    for (size_t i = 0; i < context->names.given.n_aliases; i++)
        sb_bytes_print(&out, " alias %s", context->names.given.aliases[i]);
    for (size_t i = 0; i < row->names.n_aliases; i++)
        sb_bytes_print(&out, " alias %s", row->names.aliases[i]);
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

/* "2024-05-31" of "show-2024-05-31.mp3" or "20240531 Title.mp3"; false if the name has no date. */
static bool date_in_name(char out[11], const char *path)
{
    const char *name = sb_path_name(path);
    for (size_t i = 0; name[i]; i++) {
        char digits[9] = "";
        size_t n = 0, k = i;
        if (i > 0 && sb_is_ascii_digit(name[i - 1]))
            continue;
        for (; n < 8 && name[k]; k++) {
            bool is_gap = (n == 4 || n == 6) && strchr("-_.", name[k]) && !strchr("-_.", name[k - 1]);
            if (sb_is_ascii_digit(name[k]))
                digits[n++] = name[k];
            else if (!is_gap)
                break;
        }
        int year, month, day;
        if (n == 8 && !sb_is_ascii_digit(name[k]) && sscanf(digits, "%4d%2d%2d", &year, &month, &day) == 3 &&
            year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
            snprintf(out, 11, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
            return true;
        }
    }
    return false;
}

/* Everything about the episode but its alignment. */
typedef struct facts {
    sb_archive_episode episode;
    char *audio, *transcript, *settings, date[11];
    char packets[SB_SHA256_TEXT], text_sha256[SB_SHA256_TEXT];
} facts;

static void facts_finish(facts *f)
{
    free(f->audio);
    free(f->transcript);
    free(f->settings);
}

static const sb_episode *episode_of(const sb_show *show, const char *audio)
{
    for (size_t i = 0; show && i < show->n_episodes; i++)
        if (sb_same_text(show->episodes[i].audio, audio))
            return &show->episodes[i];
    return NULL;
}

static sb_status find_facts(facts *f, const additions *a, const addition *item, sb_error *err)
{
    sb_media_params media = {.monitor = &a->context->monitor};
    sb_option_targets options = {.media = &media};
    sb_status status = cli_arguments_store(a->context->args, &options, err);
    *f = (facts){.audio = cli_archive_whole_path(item->audio),
                 .transcript = cli_archive_whole_path(item->transcript),
                 .settings = settings_of(a->context, item->row)};
    if (!status && !(f->audio && f->transcript && f->settings))
        status = sb_error_memory(err, "adding an episode");
    if (!status)
        status = sb_media_packets(f->packets, item->audio, &media, err);
    if (!status)
        status = sb_file_sha256(f->text_sha256, item->transcript, err);
    sb_option_targets_finish(&options);
    const sb_episode *known = episode_of(a->show, item->audio);
    bool has_date = known && known->date;
    f->episode = (sb_archive_episode){.title = known ? known->title : NULL,
                                      .audio = f->audio,
                                      .transcript = f->transcript,
                                      .settings = f->settings,
                                      .date = has_date                             ? known->date
                                              : date_in_name(f->date, item->audio) ? f->date
                                                                                   : NULL,
                                      .packets = f->packets,
                                      .transcript_sha256 = f->text_sha256};
    return status;
}

static sb_status align_and_add(const additions *a, const addition *item, sb_archive *archive, const facts *f,
                               char **name, sb_error *err)
{
    cli_source source = {0};
    cli_align_how how = cli_align_how_given(a->context);
    if (item->row->language)
        how.language = item->row->language;
    if (!cli_source_check_pair(a->context, item->audio, item->transcript, err) &&
        !cli_source_read(&source, a->context, item->transcript, err) &&
        !cli_source_align(&source, a->context, item->audio, &how, err)) {
        if (!source.alignment->audio.packets[0]) /* a saved alignment of an older version */
            memcpy(source.alignment->audio.packets, f->packets, sizeof f->packets);
        memcpy(source.alignment->transcript.sha256, f->text_sha256, sizeof f->text_sha256);
        sb_archive_add(archive, name, source.alignment, &f->episode, err);
    }
    cli_source_finish(&source);
    return err->status;
}

static void put_result(sb_bytes *out, char how, const char *text)
{
    sb_bytes_append(out, &how, 1);
    sb_bytes_append(out, text, strlen(text) + 1);
}

static void put_error(sb_bytes *out, const sb_error *err)
{
    char advice[CLI_ADVICE_SIZE], text[2 * sizeof err->message];
    sb_error_print(text, sizeof text, err);
    sb_bytes message = {0};
    sb_bytes_print(&message, "%s%s", text, cli_error_advice(advice, err));
    put_result(out, FAILED, message.failed ? err->message : message.data);
    sb_bytes_finish(&message);
}

/* Runs in a process of its own. */
static void add_episode(void *user, size_t index, sb_bytes *result)
{
    additions *a = user;
    const addition *item = &a->items[index];
    sb_error err = {0};
    sb_archive *archive = NULL;
    facts f = {0};
    char *name = NULL;
    bool is_current = false;
    cli_progress_init(&a->context->progress, CLI_PROGRESS_NONE, true);
    a->context->names.given.skip_unused = true;
    a->context->names.own = item->row->names;
    if (item->row->error.status)
        err = item->row->error;
    else if (!find_facts(&f, a, item, &err) &&
             !sb_archive_open(&archive, a->archive, SB_ARCHIVE_WRITE, &err) &&
             !sb_archive_has(&is_current, archive, &f.episode, &err) && !is_current)
        align_and_add(a, item, archive, &f, &name, &err);
    sb_archive_close(&archive);
    if (err.status)
        put_error(result, &err);
    else
        put_result(result, is_current ? CURRENT : ADDED, name ? name : "");
    free(name);
    facts_finish(&f);
}

static bool same_pair(const addition *item, const char *audio, const char *transcript)
{
    return sb_same_text(item->audio, audio) && sb_same_text(item->transcript, transcript);
}

/* Several rows of a list may be about one episode. */
static sb_status take_row(additions *a, const sb_batch_row *row, const char *folder, sb_error *err)
{
    char *audio = row->audio ? cli_list_input(folder, row->audio) : NULL;
    char *transcript = row->transcript ? cli_list_input(folder, row->transcript) : NULL;
    bool is_known = false;
    for (size_t i = a->n_items; i-- > 0 && !is_known && !row->error.status;)
        is_known = !a->items[i].row->error.status && same_pair(&a->items[i], audio, transcript);
    bool ok = row->error.status || (audio && transcript);
    if (ok && !is_known && (ok = sb_push_room(&a->items, a->n_items, sizeof *a->items))) {
        a->items[a->n_items++] = (addition){row, audio, transcript};
        return SB_OK;
    }
    free(audio);
    free(transcript);
    return ok ? SB_OK : sb_error_memory(err, "reading the list");
}

static sb_status take_rows(additions *a, const sb_batch_list *list, const char *folder,
                           const batch_shard *shard, sb_error *err)
{
    bool *mine = calloc(list->n_rows + 1, sizeof *mine);
    sb_status status = mine ? SB_OK : sb_error_memory(err, "reading the list");
    if (!status && shard->n)
        status = sb_batch_list_shard(mine, list, shard->k, shard->n, err);
    for (size_t i = 0; !status && i < list->n_rows; i++)
        if (!shard->n || mine[i])
            status = take_row(a, &list->rows[i], folder, err);
    free(mine);
    return status;
}

static sb_status take_list(additions *a, const sb_bytes *bytes, const char *path, const batch_shard *shard,
                           sb_error *err)
{
    sb_notes notes = {0};
    sb_batch_list *list = NULL;
    if (bytes->failed || !sb_push_room(&a->lists, a->n_lists, sizeof *a->lists))
        return sb_error_memory(err, "reading the list");
    sb_status status = sb_batch_list_read(&list, bytes->data, bytes->size, path, NULL, &notes, err);
    cli_message_notes(a->context, &notes);
    if (status)
        return status;
    a->lists[a->n_lists++] = list;
    char *folder = cli_list_folder(path ? path : "");
    status = folder ? take_rows(a, list, folder, shard, err) : sb_error_memory(err, "reading the list");
    free(folder);
    return status;
}

static void put_pair(sb_bytes *out, const char *audio, const char *transcript)
{
    sb_json_writer json = {.out = out};
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "audio", audio);
    sb_json_text(&json, "transcript", transcript);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
}

/* Folders, patterns, playlists and feeds, with the title and the date of each episode. */
static sb_status take_show(additions *a, const char *const *sources, size_t n, const batch_shard *shard,
                           sb_error *err)
{
    sb_bytes list = {0};
    if (cli_show_read_paired(&a->show, a->context, sources, n, err))
        return err->status;
    for (size_t i = 0; i < a->show->n_episodes; i++)
        if (a->show->episodes[i].status == SB_EPISODE_PAIRED)
            put_pair(&list, a->show->episodes[i].audio, a->show->episodes[i].transcript);
    take_list(a, &list, NULL, shard, err);
    sb_bytes_finish(&list);
    return err->status;
}

static sb_status take_operands(additions *a, const batch_shard *shard, sb_error *err)
{
    const cli_arguments *args = a->context->args;
    const char *const *operands = (const char *const *)args->operands + CLI_ARCHIVE_OPERANDS;
    size_t n = args->n_operands - CLI_ARCHIVE_OPERANDS;
    sb_bytes bytes = {0};
    if (cli_archive_is_pair(a->context)) {
        put_pair(&bytes, operands[0], operands[1]);
        take_list(a, &bytes, NULL, shard, err);
        sb_bytes_finish(&bytes);
        return err->status;
    }
    if (cli_archive_is_show(a->context))
        return take_show(a, operands, n, shard, err);
    for (size_t i = 0; i < n && !err->status; i++) {
        if (!sb_file_read(&bytes, operands[i], LIST_LIMIT, err))
            take_list(a, &bytes, operands[i], shard, err);
        sb_bytes_finish(&bytes);
    }
    return err->status;
}

typedef struct tally {
    size_t n_added, n_current, n_failed;
} tally;

static void take_result(const additions *a, size_t index, const cli_work *work, tally *t)
{
    const addition *item = &a->items[index];
    const char *file = item->audio ? item->audio : "the list";
    if (work->messages.size)
        fwrite(work->messages.data, 1, work->messages.size, stderr);
    if (work->result.size < 2) {
        t->n_failed++;
        cli_message_warning(a->context, file,
                            "was not added: its process %s; use a lower --jobs, or check the audio",
                            work->killed_by ? "was killed" : "failed");
        return;
    }
    char how = work->result.data[0];
    const char *text = work->result.data + 1;
    t->n_added += how == ADDED;
    t->n_current += how == CURRENT;
    t->n_failed += how == FAILED;
    if (how == FAILED) {
        sb_error err = {0};
        sb_error_set(&err, SB_ERR_IO, "%s", text);
        cli_message_error(a->context, &err);
    } else {
        cli_message_detail(a->context, how == ADDED ? "added %s as %s" : "%s is up to date", file, text);
    }
}

/* After an interruption, what was not finished has not failed. */
static bool is_done(const cli_work *work)
{
    return work->result.size > 1 && work->result.data[0] != FAILED;
}

static int add_all(additions *a, sb_error *err)
{
    tally t = {0};
    int jobs = (int)cli_whole(a->context->args, CLI_OPT_JOBS, 0);
    cli_work *works = calloc(a->n_items + 1, sizeof *works);
    sb_archive *archive = NULL;
    if (!works)
        sb_error_memory(err, "adding episodes");
    else if (!sb_archive_open(&archive, a->archive, SB_ARCHIVE_WRITE,
                              err)) { /* errors of the file come early */
        sb_archive_close(&archive);
        cli_workers_run(works, a->n_items, jobs, "archive", add_episode, a, a->context, err);
    }
    for (size_t i = 0; works && i < a->n_items; i++)
        if (!err->status || is_done(&works[i]))
            take_result(a, i, &works[i], &t);
    cli_works_finish(works, a->n_items);
    if (err->status && err->status != SB_ERR_INTERRUPTED)
        return CLI_EXIT_FAILED;
    cli_message_note(a->context, "%zu episode%s: %zu added, %zu up to date, %zu failed", a->n_items,
                     cli_plural(a->n_items), t.n_added, t.n_current, t.n_failed);
    if (err->status == SB_ERR_INTERRUPTED)
        cli_message_note(a->context, "type the same command again to go on");
    return t.n_failed ? CLI_EXIT_FAILED : CLI_EXIT_OK;
}

static int tell_additions(const additions *a, sb_error *err)
{
    sb_bytes text = {0};
    size_t n_failed = 0;
    for (size_t i = 0; i < a->n_items; i++) {
        const addition *item = &a->items[i];
        if (item->row->error.status) {
            cli_message_error(a->context, &item->row->error);
            n_failed++;
            continue;
        }
        sb_bytes_text(&text, "would add ");
        sb_append_printable(&text, item->audio);
        sb_bytes_text(&text, " with ");
        sb_append_printable(&text, item->transcript);
        sb_bytes_text(&text, "\n");
    }
    if (text.size)
        cli_print(text.data, text.size, err);
    sb_bytes_finish(&text);
    return n_failed ? CLI_EXIT_FAILED : CLI_EXIT_OK;
}

int cli_archive_add(cli_context *context)
{
    sb_error err = {0};
    batch_shard shard;
    additions a = {.context = context};
    int code = CLI_EXIT_OK;
    if (!batch_shard_read(&shard, context->args, &err) && !take_operands(&a, &shard, &err) &&
        (a.archive = cli_archive_path(context->args, &err)))
        code = context->dry_run ? tell_additions(&a, &err) : add_all(&a, &err);
    additions_finish(&a);
    return err.status ? cli_fail(context, &err) : code;
}
