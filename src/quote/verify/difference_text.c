#include <string.h>

#include "base/text/text.h"
#include "soundbite/verify.h"

#define MOST_WORDS 20 /* of one text */

static void add_words_in_marks(sb_bytes *out, const char *text)
{
    sb_bytes_text(out, "\"");
    sb_append_printable(out, text);
    sb_bytes_text(out, "\"");
}

static size_t count_blanks(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == ' ';
    return n;
}

/* Adds the words of a difference. If there are many, only the first and the last few. */
static void add_first_words(sb_bytes *out, const char *text, size_t n_words)
{
    const char *end = text, *rest = text + strlen(text);
    if (n_words <= MOST_WORDS || count_blanks(text) <= MOST_WORDS) {
        add_words_in_marks(out, text);
        return;
    }
    for (size_t i = 0; i < MOST_WORDS / 2; i++)
        end += strcspn(end, " ") + 1;
    for (size_t i = 0; i < MOST_WORDS / 2; i++)
        while (*--rest != ' ')
            ;
    sb_bytes short_text = {0};
    sb_bytes_append(&short_text, text, (size_t)(end - text));
    sb_bytes_print(&short_text, "...%s", rest);
    add_words_in_marks(out, short_text.data ? short_text.data : text);
    sb_bytes_finish(&short_text);
}

static void add_grade(sb_bytes *out, const sb_diff *diff)
{
    const char *name = sb_diff_grade_name(diff->grade);
    if (diff->speaker) {
        sb_bytes_text(out, ", by ");
        sb_append_printable(out, diff->speaker);
    }
    if (name && !diff->misleads)
        sb_bytes_print(out, " (%s)", name);
}

static void add_misleads(sb_bytes *out, unsigned misleads)
{
    static const char *const texts[] = {
        "it removes or adds a negation", "it removes or adds a condition", "it removes or adds a question",
        "it joins two speakers or leaves out the words of another one", "it spans more than 30 words"};
    const char *mark = "; ";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (misleads >> i & 1) {
            sb_bytes_print(out, "%s%s", mark, texts[i]);
            mark = ", and ";
        }
}

static void add_changed(sb_bytes *out, const sb_diff *diff)
{
    add_first_words(out, diff->quoted, diff->n_quoted);
    sb_bytes_text(out, " is quoted, but ");
    add_first_words(out, diff->said, diff->n_said);
    sb_bytes_text(out, " was said");
}

static void add_bracket(sb_bytes *out, const sb_diff *diff)
{
    if (diff->quoted)
        add_first_words(out, diff->quoted, diff->n_quoted);
    sb_bytes_text(out, diff->said ? " stands for " : " is inserted");
    if (diff->said)
        add_first_words(out, diff->said, diff->n_said);
}

void sb_diff_write_text(sb_bytes *out, const sb_diff *diff)
{
    switch (diff->kind) {
    case SB_DIFF_MISSING:
        add_first_words(out, diff->said, diff->n_said);
        sb_bytes_text(out, " was said but is missing from the quote");
        break;
    case SB_DIFF_ADDED:
        add_first_words(out, diff->quoted, diff->n_quoted);
        sb_bytes_text(out, " is quoted but was not said");
        break;
    case SB_DIFF_LEFT_OUT:
        sb_bytes_print(out, "%zu word%s left out at the ellipsis: ", diff->n_said,
                       diff->n_said == 1 ? " is" : "s are");
        add_first_words(out, diff->said, diff->n_said);
        break;
    case SB_DIFF_BRACKET:
        add_bracket(out, diff);
        break;
    case SB_DIFF_NOT_HEARD:
        add_first_words(out, diff->said, diff->n_said);
        sb_bytes_text(out, " is in the transcript but was not heard");
        sb_bytes_text(out, diff->n_said == 1 ? "; listen there" : "");
        break;
    case SB_DIFF_CHANGED:
        add_changed(out, diff);
        break;
    case SB_DIFF_SAME:
        if (!diff->misleads)
            return;
        add_first_words(out, diff->quoted, diff->n_quoted);
        sb_bytes_text(out, " has an ellipsis");
        break;
    }
    add_grade(out, diff);
    add_misleads(out, diff->misleads);
}
