#include "base/json/json.h"
#include "cli/drift/drift.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/clips/clips.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "cli/term/term.h"

#include "soundbite/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT ((size_t)256 << 20)

/* The first part of a worker's result. The reason, the file of its error and the JSON come after it. */
typedef struct figures {
    sb_error error; /* its pointers are the worker's own */
    sb_verdict verdict;
    sb_time worst; /* SB_TIME_NONE if nothing was measured */
    bool damaged;
    size_t reason_size, file_size; /* with the terminating zero */
} figures;

/* A pair of files with a language. Several rows may name it. */
typedef struct episode {
    const sb_batch_row *row; /* the first of these rows */
    char *audio_path, *source_path;
    figures figures;
    const char *measured, *json; /* the reason and the figures in the worker's result; NULL if it failed */
    size_t json_size;
} episode;

typedef struct drift_list {
    cli_context *context;
    const char *path;
    bool is_show; /* a folder, pattern, playlist or feed */
    sb_batch_list *rows;
    episode *episodes; /* in the order of the list, later sorted with the worst first */
    size_t n_episodes;
    cli_work *works;
} drift_list;

static void finish_drift_list(drift_list *list)
{
    for (size_t i = 0; i < list->n_episodes; i++) {
        free(list->episodes[i].audio_path);
        free(list->episodes[i].source_path);
    }
    free(list->episodes);
    cli_works_finish(list->works, list->n_episodes);
    sb_batch_list_free(&list->rows);
}

static const char *language_of(const sb_batch_row *row)
{
    return row->language ? row->language : "";
}

static int by_files(const void *a, const void *b)
{
    const sb_batch_row *left = *(const sb_batch_row *const *)a, *right = *(const sb_batch_row *const *)b;
    int order = strcmp(left->audio, right->audio);
    if (!order)
        order = strcmp(left->transcript, right->transcript);
    if (!order)
        order = strcmp(language_of(left), language_of(right));
    return order ? order : (left > right) - (left < right);
}

static int by_row(const void *a, const void *b)
{
    const episode *left = a, *right = b;
    return (left->row > right->row) - (left->row < right->row);
}

static bool same_files(const sb_batch_row *a, const sb_batch_row *b)
{
    return !strcmp(a->audio, b->audio) && !strcmp(a->transcript, b->transcript) &&
           !strcmp(language_of(a), language_of(b));
}

/* Each invalid row becomes an episode, so that it gets a line. */
static void add_episodes(drift_list *list, const sb_batch_row **rows)
{
    size_t n = 0;
    for (size_t i = 0; i < list->rows->n_rows; i++) {
        const sb_batch_row *row = &list->rows->rows[i];
        if (row->error.status)
            list->episodes[list->n_episodes++] = (episode){.row = row};
        else
            rows[n++] = row;
    }
    if (n)
        qsort(rows, n, sizeof(const sb_batch_row *), by_files);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !same_files(rows[i], rows[i - 1]))
            list->episodes[list->n_episodes++] = (episode){.row = rows[i]};
    if (list->n_episodes)
        qsort(list->episodes, list->n_episodes, sizeof *list->episodes, by_row);
}

static sb_status find_files(drift_list *list, sb_error *err)
{
    char *folder = list->is_show ? sb_copy_text("", NULL) : cli_list_folder(list->path);
    bool ok = folder;
    for (size_t i = 0; ok && i < list->n_episodes; i++) {
        episode *e = &list->episodes[i];
        if (e->row->error.status)
            continue;
        e->audio_path = cli_list_path(folder, e->row->audio);
        e->source_path = cli_list_path(folder, e->row->transcript);
        ok = e->audio_path && e->source_path;
    }
    free(folder);
    return ok ? SB_OK : sb_error_memory(err, "measuring drift");
}

static sb_status read_episode_list(drift_list *list, sb_error *err)
{
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    list->is_show = cli_show_kind_of(list->path) != CLI_SHOW_NONE;
    if (list->is_show)
        cli_show_rows(&list->rows, list->context, &list->path, 1, NULL, err);
    else if (!sb_file_read(&bytes, list->path, LIST_LIMIT, err))
        sb_batch_list_read(&list->rows, bytes.data, bytes.size, list->path, NULL, &notes, err);
    cli_message_notes(list->context, &notes);
    sb_bytes_finish(&bytes);
    if (err->status)
        return err->status;
    size_t n = list->rows->n_rows;
    const sb_batch_row **rows = calloc(n + 1, sizeof(const sb_batch_row *));
    list->episodes = calloc(n + 1, sizeof *list->episodes);
    list->works = calloc(n + 1, sizeof *list->works);
    bool ok = rows && list->episodes && list->works;
    if (ok)
        add_episodes(list, rows);
    free(rows);
    return ok ? find_files(list, err) : sb_error_memory(err, "measuring drift");
}

static void measure_listed(const drift_list *list, const episode *e, cli_drift *drift, sb_error *err)
{
    if (!strcmp(e->audio_path, "-") || !strcmp(e->source_path, "-"))
        sb_error_set(err, SB_ERR_ARGUMENT,
                     "a list cannot read an episode from standard input; name the files");
    else
        cli_drift_measure(drift, list->context, e->audio_path, e->source_path, e->row->language, err);
}

/* Runs in a separate process; take_result reads the result. */
static void measure_job(void *user, size_t index, sb_bytes *result)
{
    drift_list *list = user;
    const episode *e = &list->episodes[index];
    figures f = {.worst = SB_TIME_NONE};
    cli_drift drift = {0};
    cli_progress_init(&list->context->progress, CLI_PROGRESS_NONE, true);
    list->context->names.given.skip_unused = true;
    list->context->names.own = e->row->names;
    if (e->row->error.status)
        f.error = e->row->error;
    else
        measure_listed(list, e, &drift, &f.error);
    char advice[CLI_ADVICE_SIZE];
    sb_bytes text = {0};
    const char *file = f.error.file && !e->row->error.status ? f.error.file : "";
    sb_bytes_print(&text, "%s%s", f.error.message, cli_error_advice(advice, &f.error));
    const char *reason = text.data ? text.data : f.error.message;
    f.verdict = cli_drift_error_verdict(&drift, &f.error);
    if (!f.error.status) {
        f.verdict = drift.drift->verdict;
        f.worst = drift.drift->max_abs_error;
        f.damaged = drift.source.alignment->audio.damaged;
        reason = drift.drift->reason;
    }
    f.reason_size = strlen(reason) + 1;
    f.file_size = strlen(file) + 1;
    sb_bytes_append(result, &f, sizeof f);
    sb_bytes_append(result, reason, f.reason_size);
    sb_bytes_append(result, file, f.file_size);
    sb_bytes_finish(&text);
    if (!f.error.status)
        sb_drift_write_json(result, drift.drift, drift.source.alignment);
    cli_drift_finish(&drift);
}

static void fail_episode(const drift_list *list, episode *e, sb_status status, const char *file,
                         const char *message)
{
    sb_error *err = &e->figures.error;
    *err = (sb_error){0};
    sb_error_set_at(err, status, list->path, e->row->line, 0, "%s%s%s", file, file[0] ? ": " : "", message);
}

/* A transcript of other audio is a result; other errors are not. The worker's verdict distinguishes them. */
static void take_result(drift_list *list, episode *e, const cli_work *done)
{
    char killed[80];
    size_t head = sizeof e->figures;
    if (done->result.size < head) {
        if (done->killed_by)
            snprintf(killed, sizeof killed, "it was ended by signal %d; check its audio", done->killed_by);
        else
            snprintf(killed, sizeof killed, "its process failed; free some memory, or use a lower --jobs");
        e->figures.worst = SB_TIME_NONE;
        fail_episode(list, e, SB_ERR_IO, e->row->audio ? e->row->audio : "", killed);
        return;
    }
    memcpy(&e->figures, done->result.data, head);
    const char *reason = done->result.data + head, *file = reason + e->figures.reason_size;
    if (e->figures.error.status) {
        fail_episode(list, e, e->figures.error.status, file, reason);
        return;
    }
    e->measured = reason;
    e->json = file + e->figures.file_size;
    e->json_size = done->result.size - (size_t)(e->json - done->result.data);
}

static const char *reason_of(const episode *e)
{
    return e->measured ? e->measured : e->figures.error.message;
}

static bool has_failed(const episode *e)
{
    sb_status status = e->figures.error.status;
    return status && e->figures.verdict != SB_VERDICT_MISMATCH;
}

static int compare_episodes(const void *a, const void *b)
{
    const episode *left = a, *right = b;
    if (has_failed(left) != has_failed(right))
        return has_failed(left) ? -1 : 1;
    if (left->figures.verdict != right->figures.verdict)
        return left->figures.verdict > right->figures.verdict ? -1 : 1;
    if (left->figures.worst != right->figures.worst)
        return left->figures.worst > right->figures.worst ? -1 : 1;
    return by_row(a, b);
}

static void add_json_episode(sb_bytes *out, const episode *e)
{
    sb_json_writer json = {.out = out};
    bool judged = !has_failed(e) || e->figures.verdict == SB_VERDICT_UNSURE;
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "id", e->row->id);
    sb_json_text(&json, "audio", e->row->audio);
    sb_json_text(&json, "transcript", e->row->transcript);
    sb_json_int(&json, "line", e->row->line);
    sb_json_bool(&json, "damaged", e->figures.damaged);
    sb_json_text(&json, "error", e->figures.error.status ? reason_of(e) : NULL);
    if (!e->json) {
        sb_json_text(&json, "verdict", judged ? sb_verdict_name(e->figures.verdict) : NULL);
        sb_json_text(&json, "reason", reason_of(e));
        sb_json_end(&json, '}');
        sb_json_end_line(&json);
        return;
    }
    sb_bytes_text(out, ", ");
    for (size_t i = 1; i + 1 < e->json_size; i++)
        sb_bytes_append(out, e->json[i] == '\n' ? " " : e->json + i, 1);
    sb_json_end_line(&json);
}

static void add_episode_text(sb_bytes *out, const episode *e)
{
    static const char *const labels[] = {[SB_VERDICT_OK] = "OK",
                                         [SB_VERDICT_UNSURE] = "UNSURE",
                                         [SB_VERDICT_DRIFT] = "DRIFT",
                                         [SB_VERDICT_MISMATCH] = "MISMATCH"};
    char worst[SB_TIME_TEXT] = "-";
    if (e->figures.worst != SB_TIME_NONE && e->figures.verdict != SB_VERDICT_MISMATCH)
        sb_time_print_seconds(worst, e->figures.worst, 3);
    sb_bytes_print(out, "%-8s  %9s  ", has_failed(e) ? "FAILED" : labels[e->figures.verdict], worst);
    const char *name = e->row->id ? e->row->id : e->row->audio;
    if (name)
        sb_append_printable(out, name);
    sb_bytes_text(out, name ? ": " : "");
    sb_append_printable(out, reason_of(e));
    sb_bytes_text(out, "\n");
}

static void show_messages(const drift_list *list)
{
    for (size_t i = 0; i < list->n_episodes; i++) {
        const sb_bytes *said = &list->works[i].messages;
        if (said->size)
            fwrite(said->data, 1, said->size, stderr);
    }
}

static int show(drift_list *list, sb_error *err)
{
    bool as_json = cli_has(list->context->args, CLI_OPT_JSON), damaged = false;
    size_t n_failed = 0, n_wrong = 0, n_unsure = 0;
    sb_bytes text = {0};
    for (size_t i = 0; i < list->n_episodes; i++) {
        const episode *e = &list->episodes[i];
        (as_json ? add_json_episode : add_episode_text)(&text, e);
        n_failed += has_failed(e);
        n_wrong += !has_failed(e) && cli_drift_is_wrong(e->figures.verdict);
        n_unsure += !has_failed(e) && e->figures.verdict == SB_VERDICT_UNSURE;
        damaged = damaged || e->figures.damaged;
        if (has_failed(e))
            cli_message_error(list->context, &e->figures.error);
    }
    cli_output_end(list->context, &text, err);
    sb_bytes_finish(&text);
    cli_message_note(list->context, "%zu episode%s: %zu wrong, %zu unsure, %zu failed", list->n_episodes,
                     cli_plural(list->n_episodes), n_wrong, n_unsure, n_failed);
    if (n_failed)
        return CLI_EXIT_FAILED;
    return n_wrong ? CLI_EXIT_DRIFT : damaged ? CLI_EXIT_DAMAGED : CLI_EXIT_OK;
}

static sb_status measure_all(drift_list *list, sb_error *err)
{
    int jobs = (int)cli_whole(list->context->args, CLI_OPT_JOBS, 0);
    if (cli_output_begin(list->context, err) || read_episode_list(list, err) ||
        cli_workers_run(list->works, list->n_episodes, jobs, "drift", measure_job, list, list->context, err))
        return err->status;
    show_messages(list);
    for (size_t i = 0; i < list->n_episodes; i++)
        take_result(list, &list->episodes[i], &list->works[i]);
    if (list->n_episodes)
        qsort(list->episodes, list->n_episodes, sizeof *list->episodes, compare_episodes);
    return SB_OK;
}

int cli_drift_list(cli_context *context, const char *path)
{
    sb_error err = {0};
    drift_list list = {.context = context, .path = path};
    int code = measure_all(&list, &err) ? CLI_EXIT_OK : show(&list, &err);
    if (err.status)
        code = cli_fail(context, &err);
    finish_drift_list(&list);
    return code;
}
