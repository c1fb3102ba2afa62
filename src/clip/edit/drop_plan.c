#include "clip/edit/edit.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_CONFIDENCE 0.6f /* of a dropped word; nine words in ten have it */

void sb_drop_plan_finish(sb_drop_plan *plan)
{
    for (size_t i = 0; i < plan->n_words; i++)
        free(plan->words[i].folded);
    free(plan->words);
    free(plan->runs);
    *plan = (sb_drop_plan){0};
}

/* Returns the punctuation after the last letter, such as "," or "...". */
static const char *marks_of(const char *text)
{
    size_t size = strlen(text), end = 0;
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            end = at;
    }
    return text + end;
}

static bool ends_in_dash(const char *text)
{
    static const char *const dashes[] = {"-", "\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x93", "\xe2\x80\x94"};
    size_t size = strlen(text);
    while (size && (text[size - 1] == ',' || text[size - 1] == '.'))
        size--;
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        size_t length = strlen(dashes[i]);
        if (size > length && memcmp(text + size - length, dashes[i], length) == 0)
            return true;
    }
    return false;
}

static bool has_stop(const char *marks)
{
    return strpbrk(marks, ".?!") || strstr(marks, "\xe3\x80\x82") || strstr(marks, "\xe2\x80\xa6");
}

static bool add_plan_word(sb_drop_plan *plan, const sb_aligned_word *word)
{
    if (!sb_push_room(&plan->words, plan->n_words, sizeof *plan->words))
        return false;
    const char *marks = marks_of(word->text);
    bool heard = word->status != SB_WORD_NOT_HEARD && word->start != SB_TIME_NONE && word->end > word->start;
    plan->words[plan->n_words++] = (sb_drop_word){
        .text = word->text,
        .folded = sb_drop_fold(word->text),
        .span = {heard ? word->start : SB_TIME_NONE, heard ? word->end : SB_TIME_NONE},
        .heard = heard,
        .sure = heard && word->status == SB_WORD_ALIGNED && word->confidence >= LEAST_CONFIDENCE,
        .marked = *marks,
        .stopped = has_stop(marks),
        .cut_off = ends_in_dash(word->text)};
    return plan->words[plan->n_words - 1].folded;
}

static bool take_words(sb_drop_plan *plan, const sb_alignment *a, const sb_match *match)
{
    for (size_t t = match->first_turn; t <= match->last_turn && t < a->n_turns; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        size_t first = t == match->first_turn ? match->first_word : 0;
        for (size_t w = first; w < turn->n_words && (t < match->last_turn || w <= match->last_word); w++)
            if (!add_plan_word(plan, &turn->words[w]))
                return false;
    }
    return true;
}

static sb_status mark_fillers(sb_drop_plan *plan, const sb_fillers *given, sb_error *err)
{
    sb_fillers *own = NULL;
    const char *text = sb_fillers_default();
    if (!given && sb_fillers_read(&own, text, strlen(text), NULL, err))
        return err ? err->status : SB_ERR_MEMORY;
    for (size_t at = 0; at < plan->n_words;) {
        size_t n = sb_fillers_match(given ? given : own, plan->words, plan->n_words, at);
        for (size_t i = 0; i < n; i++)
            plan->words[at + i].dropped = SB_DROP_FILLERS;
        at += n ? n : 1;
    }
    sb_fillers_free(&own);
    return SB_OK;
}

static sb_status mark_repeats(sb_drop_plan *plan, sb_error *err)
{
    size_t n = 0, *order = calloc(plan->n_words + 1, sizeof *order);
    if (!order)
        return sb_error_memory(err, "editing a clip");
    for (size_t i = 0; i < plan->n_words; i++)
        if (!plan->words[i].dropped)
            order[n++] = i;
    sb_repeats_mark(plan->words, order, n);
    free(order);
    return SB_OK;
}

/* A run cannot be cut if the positions of the words beside it are unknown. */
static bool is_sure(const sb_drop_plan *plan, const sb_drop_run *run)
{
    for (size_t i = run->first; i <= run->last; i++)
        if (!plan->words[i].sure)
            return false;
    return (run->first == 0 || plan->words[run->first - 1].heard) &&
           (run->last + 1 == plan->n_words || plan->words[run->last + 1].heard);
}

static sb_status gather_runs(sb_drop_plan *plan, sb_error *err)
{
    size_t n_left = 0;
    for (size_t i = 0; i < plan->n_words; i++) {
        sb_drop_run *last = plan->n_runs ? &plan->runs[plan->n_runs - 1] : NULL;
        n_left += !plan->words[i].dropped;
        if (!plan->words[i].dropped)
            continue;
        if (last && last->last + 1 == i) {
            last->last = i;
            last->kinds |= plan->words[i].dropped;
            continue;
        }
        if (!sb_push_room(&plan->runs, plan->n_runs, sizeof *plan->runs))
            return sb_error_memory(err, "editing a clip");
        plan->runs[plan->n_runs++] = (sb_drop_run){i, i, plan->words[i].dropped, false};
    }
    if (n_left == 0)
        plan->n_runs = 0;
    for (size_t i = 0; i < plan->n_runs; i++)
        plan->runs[i].left = !is_sure(plan, &plan->runs[i]);
    return SB_OK;
}

static bool is_english(const char *language)
{
    return !language || !*language ||
           (tolower((unsigned char)language[0]) == 'e' && tolower((unsigned char)language[1]) == 'n' &&
            !isalpha((unsigned char)language[2]));
}

sb_status sb_drop_plan_make(sb_drop_plan *plan, const sb_clip_job *job, sb_error *err)
{
    const sb_clip_params *params = job->params;
    const sb_alignment *a = job->source->alignment;
    *plan = (sb_drop_plan){.foreign = !is_english(a->transcript.language)};
    sb_status status =
        take_words(plan, a, job->request->match) ? SB_OK : sb_error_memory(err, "editing a clip");
    if (!status && params->drop & SB_DROP_FILLERS && (params->fillers || !plan->foreign))
        status = mark_fillers(plan, params->fillers, err);
    if (!status && params->drop & SB_DROP_REPEATS && !plan->foreign)
        status = mark_repeats(plan, err);
    return status ? status : gather_runs(plan, err);
}

bool sb_drop_plan_drops(const sb_drop_plan *plan, size_t word)
{
    for (size_t i = 0; i < plan->n_runs; i++)
        if (!plan->runs[i].left && word >= plan->runs[i].first && word <= plan->runs[i].last)
            return true;
    return false;
}

/* Punctuation on both sides of dropped words is removed with them. A full stop after them moves to the word
 * before. */
static void add_marks(sb_bytes *out, const sb_drop_plan *plan, size_t word, size_t last_dropped)
{
    const sb_drop_word *kept = &plan->words[word], *dropped = &plan->words[last_dropped];
    if (word != last_dropped && dropped->stopped && !kept->stopped)
        sb_bytes_text(out, marks_of(dropped->text));
    else if (word == last_dropped || !dropped->marked || kept->stopped)
        sb_bytes_text(out, marks_of(kept->text));
}

/* True if the dropped words before it began a sentence, so that this word now begins it. */
static bool begins_sentence(const sb_drop_plan *plan, size_t word)
{
    size_t first = word;
    while (first > 0 && sb_drop_plan_drops(plan, first - 1))
        first--;
    return first < word && isupper((unsigned char)plan->words[first].text[0]) &&
           (first == 0 || plan->words[first - 1].stopped);
}

static const char *gap_before(const sb_drop_plan *plan, size_t word)
{
    size_t before = word;
    while (before > 0 && sb_drop_plan_drops(plan, before - 1))
        before--;
    return before > 0 ? sb_word_gap(plan->words[before - 1].text, plan->words[word].text) : " ";
}

static void add_kept(sb_bytes *out, const sb_drop_plan *plan, size_t word)
{
    const char *text = plan->words[word].text;
    size_t last = word, length = (size_t)(marks_of(text) - text);
    while (last + 1 < plan->n_words && sb_drop_plan_drops(plan, last + 1))
        last++;
    sb_bytes_text(out, out->size ? gap_before(plan, word) : "");
    size_t start = out->size;
    sb_bytes_append(out, text, length);
    if (!out->failed && length && begins_sentence(plan, word))
        out->data[start] = (char)toupper((unsigned char)out->data[start]);
    add_marks(out, plan, word, last);
}

char *sb_drop_word_text(const sb_drop_plan *plan, size_t index)
{
    sb_bytes out = {0};
    add_kept(&out, plan, index);
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

char *sb_drop_text(const sb_drop_plan *plan)
{
    sb_bytes out = {0};
    for (size_t i = 0; i < plan->n_words; i++)
        if (!sb_drop_plan_drops(plan, i))
            add_kept(&out, plan, i);
    if (out.failed) {
        sb_bytes_finish(&out);
        return NULL;
    }
    return out.data ? out.data : sb_copy_text("", NULL);
}
