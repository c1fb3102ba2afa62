#include "quote/find/find.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define MAX_STEPS    2000000
#define MAX_DEPTH    20000
#define MAX_HEAP_KIB 32768
#define MAX_PATTERN  65536

typedef struct searcher {
    const char *pattern;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    size_t *word_at; /* where each word of the run starts in its text */
} searcher;

static void searcher_finish(searcher *s)
{
    pcre2_code_free(s->code);
    pcre2_match_data_free(s->match);
    pcre2_match_context_free(s->limits);
    free(s->word_at);
    *s = (searcher){0};
}

static sb_status refuse_pattern(const char *pattern, int code, size_t offset, sb_error *err)
{
    PCRE2_UCHAR reason[160] = "";
    size_t size = strlen(pattern), column = 1;
    pcre2_get_error_message(code, reason, sizeof reason);
    for (size_t at = 0; at < offset && at < size; column++)
        sb_utf8_next(pattern, size, &at);
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "the regex '%.100s' does not compile: %s at column %zu; correct it there", pattern,
                        (const char *)reason, column);
}

static sb_status compile_pattern(searcher *s, sb_error *err)
{
    int code = 0;
    size_t offset = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return sb_error_memory(err, "searching");
    pcre2_set_max_pattern_length(context, MAX_PATTERN);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    s->code = pcre2_compile((PCRE2_SPTR)s->pattern, PCRE2_ZERO_TERMINATED, options, &code, &offset, context);
    pcre2_compile_context_free(context);
    return s->code ? SB_OK : refuse_pattern(s->pattern, code, offset, err);
}

static sb_status searcher_init(searcher *s, const sb_runs *runs, const char *pattern, sb_error *err)
{
    *s = (searcher){.pattern = pattern};
    sb_status status = compile_pattern(s, err);
    if (status != SB_OK)
        return status;
    s->match = pcre2_match_data_create_from_pattern(s->code, NULL);
    s->limits = pcre2_match_context_create(NULL);
    s->word_at = calloc(runs->n_words + 1, sizeof *s->word_at);
    if (!s->match || !s->limits || !s->word_at)
        return sb_error_memory(err, "searching");
    pcre2_set_match_limit(s->limits, MAX_STEPS);
    pcre2_set_depth_limit(s->limits, MAX_DEPTH);
    pcre2_set_heap_limit(s->limits, MAX_HEAP_KIB);
    return SB_OK;
}

static sb_status refuse_match(const searcher *s, int code, sb_error *err)
{
    PCRE2_UCHAR reason[160] = "";
    pcre2_get_error_message(code, reason, sizeof reason);
    if (code == PCRE2_ERROR_NOMEMORY)
        return sb_error_memory(err, "searching");
    if (code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21)
        return sb_error_set(err, SB_ERR_FORMAT, "the text is not UTF-8 (%s); convert it to UTF-8",
                            (const char *)reason);
    return sb_error_set(err, SB_ERR_LIMIT,
                        "the regex '%.100s' needs too much time or memory (%s); use fewer or shorter repeats",
                        s->pattern, (const char *)reason);
}

static size_t lay_out_words(searcher *s, const sb_runs *runs, const sb_run *run)
{
    size_t at = 0;
    for (size_t w = run->first_word; w < run->end_word; w++) {
        s->word_at[w - run->first_word] = at;
        at += strlen(runs->texts[w]) + 1;
    }
    return at > 0 ? at - 1 : 0;
}

/* The word of the run that contains byte `at`. The blank after a word belongs to the word. */
static size_t word_of_byte(const searcher *s, size_t n_words, size_t at)
{
    size_t low = 0, high = n_words;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (s->word_at[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Blanks at the ends of a match belong to no word. */
static void trim_blanks(const char *text, size_t *start, size_t *end)
{
    while (*start < *end && text[*start] == ' ')
        ++*start;
    while (*start < *end && text[*end - 1] == ' ')
        --*end;
}

static sb_status find_in_text(sb_hits *hits, searcher *s, const char *text, size_t size, const sb_run *run,
                              size_t run_index, sb_error *err)
{
    uint32_t options = PCRE2_NOTEMPTY;
    size_t n_words = run->end_word - run->first_word;
    for (size_t from = 0; from < size; options |= PCRE2_NO_UTF_CHECK) {
        int code = pcre2_match(s->code, (PCRE2_SPTR)text, size, from, options, s->match, s->limits);
        if (code == PCRE2_ERROR_NOMATCH)
            return SB_OK;
        if (code < 0)
            return refuse_match(s, code, err);
        const size_t *found = pcre2_get_ovector_pointer(s->match);
        size_t start = found[0], end = found[1];
        trim_blanks(text, &start, &end);
        size_t first = word_of_byte(s, n_words, start);
        size_t last = word_of_byte(s, n_words, start < end ? end - 1 : start);
        size_t after = last + 1 < n_words ? s->word_at[last + 1] : size;
        if (start >= end || start < from) {
            from = found[1] > from ? found[1] : after;
            continue;
        }
        from = after;
        sb_hit hit = {.run = run_index,
                      .first = run->first_word + first,
                      .last = run->first_word + last,
                      .phrase = s->pattern,
                      .how = SB_MATCH_REGEX,
                      .score = 1};
        sb_status status = sb_hits_add(hits, hit, err);
        if (status != SB_OK)
            return status;
    }
    return SB_OK;
}

sb_status sb_regex_find(sb_hits *hits, const sb_runs *runs, const char *pattern, sb_error *err)
{
    searcher s;
    sb_status status = searcher_init(&s, runs, pattern, err);
    for (size_t r = 0; status == SB_OK && r < runs->n_items; r++) {
        const sb_run *run = &runs->items[r];
        if (run->first_word == run->end_word)
            continue;
        char *text = sb_runs_text(runs, run->first_word, run->end_word - 1);
        if (!text) {
            status = sb_error_memory(err, "searching");
            break;
        }
        size_t size = lay_out_words(&s, runs, run);
        status = find_in_text(hits, &s, text, size, run, r, err);
        free(text);
    }
    searcher_finish(&s);
    return status;
}
