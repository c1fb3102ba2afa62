#include "show/show.h"

#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

/* What the rule of sb_show_pair compares, in its order. */
typedef struct richness {
    bool is_alignment, is_original, has_speakers, has_stamps, has_word_times;
    size_t n_words, file;
    const char *path;
    const char *reason; /* why it cannot be read; NULL: it can */
} richness;

static void measure_transcript(richness *out, const sb_transcript *transcript)
{
    for (size_t t = 0; t < transcript->n_turns; t++) {
        const sb_turn *turn = &transcript->turns[t];
        out->has_speakers = out->has_speakers || turn->speaker;
        out->has_stamps = out->has_stamps || turn->stamp != SB_TIME_NONE;
        out->n_words += turn->n_words;
        for (size_t w = 0; w < turn->n_words && !out->has_word_times; w++)
            out->has_word_times = turn->words[w].start != SB_TIME_NONE;
    }
}

static int by_richness(const void *x, const void *y)
{
    const richness *a = x, *b = y;
    const int order[] = {(a->reason != NULL) - (b->reason != NULL),
                         b->is_alignment - a->is_alignment,
                         b->is_original - a->is_original,
                         b->has_speakers - a->has_speakers,
                         b->has_stamps - a->has_stamps,
                         b->has_word_times - a->has_word_times};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i])
            return order[i];
    if (a->n_words != b->n_words)
        return a->n_words > b->n_words ? -1 : 1;
    int by_name = sb_path_compare(a->path, b->path);
    return by_name ? by_name : (a->file > b->file) - (a->file < b->file);
}

static const char *keep_reason(const sb_show_pool *pool, const char *path, const sb_error *reason)
{
    char *text = sb_text_print("%s cannot be read: %s", sb_path_name(path), reason->message);
    const char *kept = text ? sb_show_keep(pool->memory, text) : NULL;
    free(text);
    return kept;
}

/* A transcript that cannot be read comes last. */
static sb_status measure_file(richness *out, const sb_show_pool *pool, const sb_show_params *params,
                              sb_error *err)
{
    sb_error reason = {0};
    sb_transcript *transcript = NULL;
    if (!params->read || out->is_alignment)
        return SB_OK;
    sb_status status = params->read(params->user, &transcript, out->path, &reason);
    if (status == SB_OK)
        measure_transcript(out, transcript);
    sb_transcript_free(&transcript);
    if (status == SB_OK)
        return SB_OK;
    if (status != SB_ERR_MEMORY && status != SB_ERR_INTERRUPTED) {
        out->reason = keep_reason(pool, out->path, &reason);
        return out->reason ? SB_OK : sb_error_memory(err, "pairing the files");
    }
    *err = reason;
    return status;
}

/* False when out of memory. */
static bool find_language(bool *has, const char *path)
{
    sb_name_facts facts;
    bool ok = sb_name_facts_read(&facts, path);
    *has = ok && facts.language[0];
    sb_name_facts_finish(&facts);
    return ok;
}

sb_status sb_show_choose(size_t *files, size_t n, const char **reason, const sb_show_pool *pool,
                         const sb_show_params *params, sb_error *err)
{
    *reason = NULL;
    richness *all = calloc(n + 1, sizeof *all);
    sb_status status = all ? SB_OK : sb_error_memory(err, "pairing the files");
    for (size_t i = 0; i < n && status == SB_OK; i++) {
        const sb_show_file *file = &pool->files[files[i]];
        all[i] =
            (richness){.is_alignment = file->kind == SB_SHOW_ALIGNMENT, .file = files[i], .path = file->path};
        bool has_language;
        if (!find_language(&has_language, file->path))
            status = sb_error_memory(err, "pairing the files");
        all[i].is_original = !has_language;
        if (status == SB_OK)
            status = measure_file(&all[i], pool, params, err);
    }
    if (status == SB_OK && n) {
        qsort(all, n, sizeof *all, by_richness);
        for (size_t i = 0; i < n; i++)
            files[i] = all[i].file;
        *reason = all[0].reason;
    }
    free(all);
    return status;
}

sb_status sb_show_read_item(sb_transcript **out, const sb_show_pool *pool, size_t item,
                            const sb_show_params *params, sb_error *err)
{
    const sb_show_item *one = &pool->items[item];
    sb_status status = SB_ERR_FORMAT;
    for (size_t i = 0; i < one->n_files && status != SB_OK; i++) {
        sb_error reason = {0};
        status = params->read(params->user, out, pool->files[one->files[i]].path, &reason);
        *err = reason;
        if (status == SB_ERR_MEMORY || status == SB_ERR_INTERRUPTED)
            break;
    }
    return status;
}
