#include "show/show.h"

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "base/text/text.h"

#include <stdatomic.h>
#include <stdlib.h>

#define HINT_NATS 25.0 /* less is chance; see pairing.c */
/* A match elsewhere is by shared phrases if it has so much less evidence, or somewhat less and is not certain
 * itself. */
#define CLEARLY  4.0
#define SOMEWHAT 1.5

/* Audio files whose windows are in memory at a time: about 1 MB each. */
#define BLOCK 64

typedef struct content_matcher {
    sb_show_pool *pool;
    const sb_show_params *params;
    sb_acoustic_model *model;
    size_t *audio, n_audio;
    bool *was_probed;              /* of each of `audio`; the others cannot be compared */
    double *seconds;               /* their lengths */
    sb_audio_probe *probes[BLOCK]; /* of those from `first` on */
    size_t first, n_in_block;
    size_t *texts, n_texts;
    sb_probe_result *results; /* of each text and audio */
    size_t text;              /* the one that is compared now */
    const sb_text_probe *text_probe;
    atomic_bool failed;
    size_t n_done;
} content_matcher;

static sb_probe_result *result_of(const content_matcher *m, size_t text, size_t audio)
{
    return &m->results[text * m->n_audio + audio];
}

static bool collect(content_matcher *m)
{
    const sb_show_pool *pool = m->pool;
    m->audio = calloc(pool->n_items + 1, sizeof *m->audio);
    m->texts = calloc(pool->n_items + 1, sizeof *m->texts);
    if (!m->audio || !m->texts)
        return false;
    bool *taken = calloc(pool->n_items + 1, sizeof *taken);
    for (size_t i = 0; taken && i < pool->n_items; i++)
        if (pool->items[i].pair != SIZE_MAX)
            taken[i] = taken[pool->items[i].pair] = true;
    for (size_t i = 0; taken && i < pool->n_items; i++) {
        bool is_alignment = pool->files[pool->items[i].files[0]].kind == SB_SHOW_ALIGNMENT;
        if (taken[i] || is_alignment)
            continue;
        if (pool->items[i].is_audio)
            m->audio[m->n_audio++] = i;
        else
            m->texts[m->n_texts++] = i;
    }
    bool ok = taken != NULL;
    free(taken);
    m->was_probed = calloc(m->n_audio + 1, sizeof *m->was_probed);
    m->seconds = calloc(m->n_audio + 1, sizeof *m->seconds);
    m->results = calloc(m->n_audio * m->n_texts + 1, sizeof *m->results);
    return ok && m->was_probed && m->seconds && m->results;
}

static bool must_stop(sb_status status)
{
    return status == SB_ERR_MEMORY || status == SB_ERR_INTERRUPTED;
}

static sb_status note_failure(content_matcher *m, size_t item, const sb_error *reason, sb_error *err)
{
    sb_show_item *one = &m->pool->items[item];
    if (must_stop(reason->status)) {
        *err = *reason;
        return err->status;
    }
    if (!one->doubt)
        one->doubt = sb_show_keep(m->pool->memory, reason->message);
    return one->doubt ? SB_OK : sb_error_memory(err, "pairing the files");
}

static void step(content_matcher *m)
{
    size_t n_blocks = (m->n_audio + BLOCK - 1) / BLOCK;
    sb_monitor_step(m->params->monitor, "pair", (double)++m->n_done,
                    (double)(m->n_audio + n_blocks * m->n_texts));
}

static sb_status probe_block(content_matcher *m, sb_error *err)
{
    for (size_t i = 0; i < m->n_in_block; i++) {
        sb_error reason = {0};
        size_t audio = m->first + i;
        if (sb_audio_probe_create(&m->probes[i], sb_show_item_path(m->pool, m->audio[audio]), m->model,
                                  m->params->media, m->params->monitor, &reason) &&
            note_failure(m, m->audio[audio], &reason, err))
            return err->status;
        m->was_probed[audio] = m->probes[i] != NULL;
        if (m->probes[i])
            m->seconds[audio] = sb_time_to_seconds(sb_audio_probe_duration(m->probes[i]));
        step(m);
    }
    return SB_OK;
}

static void compare_job(void *user, size_t index)
{
    content_matcher *m = user;
    sb_error unheard = {0};
    if (!m->probes[index] || sb_monitor_cancelled(m->params->monitor))
        return;
    if (sb_probe_compare(result_of(m, m->text, m->first + index), m->probes[index], m->text_probe, &unheard))
        m->failed = true;
}

static sb_status compare_text(content_matcher *m, size_t text, sb_error *err)
{
    sb_error reason = {0};
    sb_transcript *transcript = NULL;
    sb_text_probe *probe = NULL;
    sb_status status = sb_show_read_item(&transcript, m->pool, m->texts[text], m->params, &reason);
    if (status == SB_OK)
        status = sb_text_probe_create(&probe, transcript, m->model, m->params->dictionary, &reason);
    if (status == SB_OK) {
        m->text = text;
        m->text_probe = probe;
        sb_parallel_for(m->n_in_block, 0, compare_job, m);
    }
    sb_text_probe_free(&probe);
    sb_transcript_free(&transcript);
    if (status)
        return note_failure(m, m->texts[text], &reason, err);
    if (sb_monitor_cancelled(m->params->monitor))
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return m->failed ? sb_error_memory(err, "pairing the files") : SB_OK;
}

static const char *describe(content_matcher *m, const sb_probe_result *result)
{
    sb_bytes text = {0};
    sb_bytes_print(&text, "its words were heard in %zu of %zu places", result->n_found, result->n_windows);
    const char *kept = text.failed ? NULL : sb_show_keep(m->pool->memory, text.data);
    sb_bytes_finish(&text);
    return kept;
}

/* The same of the transcript. `other` may be NULL. */
static const char *print_own_doubt(content_matcher *m, const char *audio, const char *other)
{
    char *text = other ? sb_text_print("its words were heard in %s and in another audio, such as %s",
                                       sb_path_name(audio), sb_path_name(other))
                       : sb_text_print("some of its words were heard in %s, but too few to be certain",
                                       sb_path_name(audio));
    const char *kept = text ? sb_show_keep(m->pool->memory, text) : NULL;
    free(text);
    return kept;
}

static const char *print_doubt(content_matcher *m, const char *transcript, const char *other)
{
    char *text = other ? sb_text_print("the words of %s were heard in this audio and in another, such as %s",
                                       sb_path_name(transcript), sb_path_name(other))
                       : sb_text_print("some words of %s were heard, but too few to be certain",
                                       sb_path_name(transcript));
    const char *kept = text ? sb_show_keep(m->pool->memory, text) : NULL;
    free(text);
    return kept;
}

static void add_rival(sb_show_item *item, size_t rival)
{
    for (size_t i = 0; i < item->n_rivals; i++)
        if (item->rivals[i] == rival)
            return;
    if (item->n_rivals < sizeof item->rivals / sizeof *item->rivals)
        item->rivals[item->n_rivals++] = rival;
}

typedef struct heard_best {
    size_t audio, second;
    double evidence, second_evidence;
    bool is_sure;
} heard_best;

static heard_best best_of_text(const content_matcher *m, size_t text)
{
    heard_best best = {.audio = SIZE_MAX, .second = SIZE_MAX};
    for (size_t a = 0; a < m->n_audio; a++) {
        const sb_probe_result *result = result_of(m, text, a);
        if (result->evidence > best.evidence) {
            best.second = best.audio;
            best.second_evidence = best.evidence;
            best.audio = a;
            best.evidence = result->evidence;
            best.is_sure = result->pairing == SB_PAIRING_OK;
        } else if (result->evidence > best.second_evidence) {
            best.second = a;
            best.second_evidence = result->evidence;
        }
    }
    return best;
}

/* Both would be aligned as well, so the order of the files would decide. */
static bool is_in_two(const content_matcher *m, size_t text)
{
    const heard_best best = best_of_text(m, text);
    return best.is_sure && best.second != SIZE_MAX && best.evidence < CLEARLY * best.second_evidence &&
           result_of(m, text, best.second)->pairing == SB_PAIRING_OK;
}

/* Two audio files with the same words are two versions of an episode, or a repeat. */
static bool settle_text(content_matcher *m, size_t text)
{
    const heard_best best = best_of_text(m, text);
    sb_show_item *items = m->pool->items;
    if (best.audio == SIZE_MAX || best.evidence < HINT_NATS)
        return true;
    size_t audio = m->audio[best.audio], transcript = m->texts[text];
    bool is_clear = best.second == SIZE_MAX || best.evidence >= CLEARLY * best.second_evidence ||
                    (best.evidence >= SOMEWHAT * best.second_evidence &&
                     result_of(m, text, best.second)->pairing != SB_PAIRING_OK);
    if (best.is_sure && is_clear) {
        items[transcript].pair = audio;
        items[transcript].by_content = true;
        items[transcript].evidence = describe(m, result_of(m, text, best.audio));
        return items[transcript].evidence != NULL;
    }
    bool is_twofold = best.is_sure && best.second != SIZE_MAX;
    const char *other = is_twofold ? sb_show_item_path(m->pool, m->audio[best.second]) : NULL;
    const char *doubt = print_doubt(m, sb_show_item_path(m->pool, transcript), other);
    if (!items[transcript].doubt)
        items[transcript].doubt = print_own_doubt(m, sb_show_item_path(m->pool, audio), other);
    for (size_t a = 0; doubt && a < m->n_audio; a++) {
        const sb_probe_result *result = result_of(m, text, a);
        if (result->evidence < HINT_NATS || result->evidence * CLEARLY < best.evidence)
            continue;
        if (!items[m->audio[a]].doubt)
            items[m->audio[a]].doubt = doubt;
        add_rival(&items[m->audio[a]], transcript);
    }
    return doubt && items[transcript].doubt;
}

/* Candidates that were paired with another audio in the meantime. */
static void drop_settled_rivals(sb_show_pool *pool)
{
    for (size_t i = 0; i < pool->n_items; i++) {
        sb_show_item *item = &pool->items[i];
        size_t kept = 0;
        for (size_t r = 0; r < item->n_rivals; r++)
            if (pool->items[item->rivals[r]].pair == SIZE_MAX)
                item->rivals[kept++] = item->rivals[r];
        if (item->n_rivals && !kept)
            item->doubt = NULL;
        item->n_rivals = kept;
    }
}

/* What is still left over. A pair that the windows settled is not tried with others. */
static sb_status align_rest(content_matcher *m, sb_error *err)
{
    size_t n = 0;
    sb_show_item *items = m->pool->items;
    sb_show_candidate *candidates = calloc(m->n_audio * m->n_texts + 1, sizeof *candidates);
    bool *taken = calloc(m->pool->n_items + 1, sizeof *taken);
    bool ok = candidates && taken;
    for (size_t t = 0; ok && t < m->n_texts; t++)
        if (items[m->texts[t]].pair != SIZE_MAX)
            taken[items[m->texts[t]].pair] = true;
    for (size_t t = 0; ok && t < m->n_texts; t++) {
        bool is_open = items[m->texts[t]].pair == SIZE_MAX && !is_in_two(m, t);
        for (size_t a = 0; is_open && a < m->n_audio; a++)
            if (m->was_probed[a] && !taken[m->audio[a]])
                candidates[n++] = (sb_show_candidate){.audio = m->audio[a],
                                                      .transcript = m->texts[t],
                                                      .evidence = result_of(m, t, a)->evidence,
                                                      .seconds = m->seconds[a]};
    }
    sb_status status = ok ? sb_show_align_rest(m->pool, candidates, n, m->params, err)
                          : sb_error_memory(err, "pairing the files");
    free(taken);
    free(candidates);
    return status;
}

/* All texts are read for each block. */
static sb_status compare_block(content_matcher *m, sb_error *err)
{
    sb_status status = probe_block(m, err);
    for (size_t t = 0; t < m->n_texts && status == SB_OK; t++) {
        status = compare_text(m, t, err);
        step(m);
    }
    for (size_t i = 0; i < BLOCK; i++)
        sb_audio_probe_free(&m->probes[i]);
    return status;
}

static sb_status compare_all(content_matcher *m, sb_error *err)
{
    const char *folder = m->params->acoustic_model;
    sb_status status = sb_acoustic_model_open(&m->model, folder ? folder : sb_acoustic_model_folder(), err);
    for (; m->first < m->n_audio && status == SB_OK; m->first += BLOCK) {
        m->n_in_block = sb_least_size(BLOCK, m->n_audio - m->first);
        status = compare_block(m, err);
    }
    for (size_t t = 0; t < m->n_texts && status == SB_OK; t++)
        if (!settle_text(m, t))
            status = sb_error_memory(err, "pairing the files");
    return status == SB_OK ? align_rest(m, err) : status;
}

sb_status sb_show_match_content(sb_show_pool *pool, const sb_show_params *params, sb_error *err)
{
    content_matcher m = {.pool = pool, .params = params};
    sb_status status = SB_OK;
    if (!params->acoustic_model && sb_acoustic_model_missing(NULL))
        return SB_OK;
    pool->was_heard = true;
    if (!collect(&m))
        status = sb_error_memory(err, "pairing the files");
    else if (m.n_audio && m.n_texts)
        status = compare_all(&m, err);
    drop_settled_rivals(pool);
    sb_acoustic_model_free(&m.model);
    free(m.was_probed);
    free(m.seconds);
    free(m.results);
    free(m.audio);
    free(m.texts);
    return status;
}
