#include "quote/find/find.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#define MAX_STEPS    2000000
#define MAX_DEPTH    20000
#define MAX_HEAP_KIB 32768
#define MAX_PATTERN  65536

typedef struct searcher {
    const char *pattern;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    sb_bytes text;
    size_t *word_at; /* where each word starts in the text */
} searcher;

static void searcher_finish(searcher *s)
{
    pcre2_code_free(s->code);
    pcre2_match_data_free(s->match);
    pcre2_match_context_free(s->limits);
    free(s->word_at);
    sb_bytes_finish(&s->text);
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

/* Blanks do not count in a pattern that begins a group or an option with x, as in "(?x)" and "(?ix:". */
static bool ignores_blanks(const char *pattern)
{
    for (const char *at = strstr(pattern, "(?"); at; at = strstr(at + 2, "(?"))
        if (memchr(at + 2, 'x', strspn(at + 2, "^imnsxJU")))
            return true;
    return false;
}

/* Appends the character at `at`, and returns where the next one is. */
static const char *widen_character(sb_bytes *out, const char *at, bool *quoted, bool *in_class)
{
    bool escaped = !*quoted && *at == '\\' && at[1], was_quoted = *quoted;
    bool is_blank = at[escaped] == ' ' && !(*in_class && out->size && out->data[out->size - 1] == '-');
    if (is_blank) {
        sb_bytes_text(out, was_quoted ? "\\E" : "");
        sb_bytes_text(out, *in_class ? "\\n " : "[\\n ]");
        sb_bytes_text(out, was_quoted ? "\\Q" : "");
        return at + escaped + 1;
    }
    size_t size = escaped ? 2 : 1;
    if (strncmp(at, "\\E", 2) == 0 || (escaped && at[1] == 'Q')) {
        *quoted = at[1] == 'Q';
        size = 2;
    } else if (!*quoted && !escaped && *in_class && *at == '[' && strchr(":.=", at[1])) {
        const char *end = strchr(at + 1, ']'); /* of "[:alpha:]" */
        size = end ? (size_t)(end - at) + 1 : 1;
    } else if (!*quoted && !escaped && *in_class) {
        *in_class = *at != ']';
    } else if (!*quoted && !escaped && *at == '[') {
        *in_class = true;
        size += at[size] == '^';
        size += at[size] == ']';
    }
    sb_bytes_append(out, at, size);
    return at + size;
}

/* In the result, a blank also matches a change of speaker. */
static char *widen_blanks(const char *pattern)
{
    sb_bytes out = {0};
    bool quoted = false, in_class = false;
    sb_bytes_text(&out, "");
    if (ignores_blanks(pattern))
        sb_bytes_text(&out, pattern);
    else
        for (const char *at = pattern; *at;)
            at = widen_character(&out, at, &quoted, &in_class);
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

static sb_status compile_pattern(searcher *s, sb_error *err)
{
    int code = 0;
    size_t offset = 0;
    char *wide = widen_blanks(s->pattern);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context || !wide) {
        pcre2_compile_context_free(context);
        free(wide);
        return sb_error_memory(err, "searching");
    }
    pcre2_set_max_pattern_length(context, MAX_PATTERN);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C;
    s->code = pcre2_compile((PCRE2_SPTR)wide, PCRE2_ZERO_TERMINATED, options, &code, &offset, context);
    if (!s->code) /* for the column in the pattern as it was typed */
        s->code =
            pcre2_compile((PCRE2_SPTR)s->pattern, PCRE2_ZERO_TERMINATED, options, &code, &offset, context);
    pcre2_compile_context_free(context);
    free(wide);
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return sb_error_memory(err, "searching");
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

/* The words of all runs. A line ends where the speaker changes. */
static bool lay_out_text(searcher *s, const sb_runs *runs)
{
    for (size_t r = 0; r < runs->n_items; r++)
        for (size_t w = runs->items[r].first_word; w < runs->items[r].end_word; w++) {
            bool changes = w == runs->items[r].first_word;
            if (w > 0)
                sb_bytes_text(&s->text, changes ? "\n" : sb_word_gap(runs->texts[w - 1], runs->texts[w]));
            s->word_at[w] = s->text.size;
            sb_bytes_text(&s->text, runs->texts[w]);
        }
    return !s->text.failed;
}

/* The word that contains byte `at`. The blank after a word belongs to the word. */
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

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

/* Blanks at the ends of a match belong to no word. */
static void trim_blanks(const char *text, size_t *start, size_t *end)
{
    while (*start < *end && is_gap(text[*start]))
        ++*start;
    while (*start < *end && is_gap(text[*end - 1]))
        --*end;
}

static sb_status find_in_text(sb_hits *hits, searcher *s, const sb_runs *runs, sb_error *err)
{
    uint32_t options = PCRE2_NOTEMPTY;
    const char *text = s->text.data;
    size_t size = s->text.size;
    for (size_t from = 0; from < size; options |= PCRE2_NO_UTF_CHECK) {
        int code = pcre2_match(s->code, (PCRE2_SPTR)text, size, from, options, s->match, s->limits);
        if (code == PCRE2_ERROR_NOMATCH)
            return SB_OK;
        if (code < 0)
            return refuse_match(s, code, err);
        const size_t *found = pcre2_get_ovector_pointer(s->match);
        size_t start = found[0], end = found[1];
        trim_blanks(text, &start, &end);
        size_t first = word_of_byte(s, runs->n_words, start);
        size_t last = word_of_byte(s, runs->n_words, start < end ? end - 1 : start);
        size_t after = last + 1 < runs->n_words ? s->word_at[last + 1] : size;
        if (start >= end || start < from) {
            from = found[1] > from ? found[1] : after;
            continue;
        }
        from = after;
        sb_hit hit = {.run = sb_runs_run_of(runs, first),
                      .first = first,
                      .last = last,
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
    if (status == SB_OK && !lay_out_text(&s, runs))
        status = sb_error_memory(err, "searching");
    if (status == SB_OK)
        status = find_in_text(hits, &s, runs, err);
    searcher_finish(&s);
    return status;
}
