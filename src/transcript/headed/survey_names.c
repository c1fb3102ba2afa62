/* The names that a survey found, and which of them are speakers. */
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"

#define NAMED_SHARE 60 /* percent of the paragraphs that names begin, if one that occurs once is a name */

sb_survey_name *sb_survey_find(const sb_survey *survey, const char *text, sb_range name)
{
    for (size_t i = 0; i < survey->n_names; i++) {
        const sb_survey_name *n = &survey->names[i];
        if (sb_ranges_equal(text, n->range, name))
            return (sb_survey_name *)n;
    }
    return NULL;
}

/* The names that occur twice, taken together. */
typedef struct name_form {
    size_t n, n_bold, n_bare, n_paragraphs, n_after_times;
    bool are_capitals;
} name_form;

static bool is_in_capitals(const char *text, sb_range name)
{
    size_t n_letters = 0, end = name.at + name.length;
    for (size_t at = name.at; at < end;) {
        int32_t c = sb_utf8_next(text, end, &at);
        n_letters += sb_is_letter(c);
        if (sb_is_letter(c) && !sb_is_upper(c))
            return false;
    }
    return n_letters > 0;
}

static name_form form_of_repeated(const sb_survey *s, const char *text)
{
    name_form f = {.are_capitals = true};
    for (size_t i = 0; i < s->n_names; i++) {
        const sb_survey_name *name = &s->names[i];
        if (name->count < 2 || name->level)
            continue;
        f.n += name->count;
        f.n_bold += name->n_bold;
        f.n_bare += name->n_bare;
        f.n_paragraphs += name->n_paragraphs;
        f.n_after_times += name->n_after_times;
        f.are_capitals = f.are_capitals && is_in_capitals(text, name->range);
    }
    return f;
}

static bool follows_article(const char *text, size_t at)
{
    static const char *const articles[] = {"a", "an", "the", "this", "that", "my", "our", "your", "no", NULL};
    size_t end = at > 0 && text[at - 1] == ' ' ? at - 1 : at, begin = end;
    while (begin > 0 && sb_is_letter((unsigned char)text[begin - 1]))
        begin--;
    return end < at && sb_part_is_among(text + begin, end - begin, articles);
}

/* "Rule: be quick" is no speaker where the text has "a rule". */
static bool is_common_word(const char *text, size_t size, sb_range name)
{
    if (text[name.at] < 'A' || text[name.at] > 'Z')
        return false;
    for (size_t at = 1; at + name.length < size; at++) {
        if (text[at] == (text[name.at] | 32) && text[at - 1] == ' ' &&
            !sb_is_letter((unsigned char)text[at + name.length]) &&
            memcmp(text + at + 1, text + name.at + 1, name.length - 1) == 0 && follows_article(text, at))
            return true;
    }
    return false;
}

/* True if the name stands where the others do. If other text often stands there too, only capitals make it a
 * name. */
static bool is_where_names_are(const sb_survey *s, const name_form *f, const sb_survey_name *name,
                               bool is_in_capitals)
{
    int share = is_in_capitals ? 0 : NAMED_SHARE;
    if (name->n_after_times > 0)
        return f->n_after_times * 100 >= s->n_forms[SB_HEADER_TIME] * share;
    bool in_paragraphs = f->n_paragraphs * 10 >= f->n * 9;
    if (in_paragraphs)
        return name->n_paragraphs > 0 && f->n * 100 >= s->n_paragraphs * share;
    return f->n * 100 >= s->n_lines * share;
}

/* True if the word is part of the name of a speaker who has another header, "Lee" of "Ann Lee". */
static bool is_part_of_name(const sb_survey *s, const char *text, sb_range word)
{
    for (size_t i = 0; i < s->n_names; i++) {
        sb_range name = s->names[i].range;
        for (size_t at = name.at; at + word.length <= name.at + name.length; at++) {
            size_t end = at + word.length;
            bool is_whole =
                (at == name.at || text[at - 1] == ' ') && (end == name.at + name.length || text[end] == ' ');
            if (is_whole && name.length > word.length && memcmp(text + at, text + word.at, word.length) == 0)
                return true;
        }
    }
    return false;
}

static bool is_like_others(const sb_survey *s, const name_form *f, const sb_survey_name *name,
                           const char *text, size_t size)
{
    sb_range range = name->range;
    bool is_high = f->are_capitals && is_in_capitals(text, range);
    if (name->count != 1 || name->level)
        return false;
    if (name->n_bold > 0 || f->n_bold > 0)
        return name->n_bold > 0 && f->n_bold == f->n && (name->n_bare > 0) == (f->n_bare * 2 > f->n);
    if (!is_where_names_are(s, f, name, is_high && range.length > 1) ||
        sb_is_opening_word(text + range.at, range.length))
        return false;
    bool is_word = !memchr(text + range.at, ' ', range.length);
    if (!is_high && is_word && name->n_after_times == 0 && !sb_has_role(text + range.at, range.length) &&
        !is_part_of_name(s, text, range))
        return false;
    return is_high || (!f->are_capitals && !is_common_word(text, size, range));
}

static bool is_never_timed(const sb_survey_name *name)
{
    return name->count > 1 && name->n_beside_times == 0 && name->n_after_times == 0 &&
           name->n_alone == name->count;
}

/* Below the headers of turns that give the speakers, "English:" and "Deutsch:" are parts of the turn. */
static void find_labels(sb_survey *s)
{
    bool has_label = false;
    for (size_t i = 0; i < s->n_names; i++) {
        const sb_survey_name *name = &s->names[i];
        has_label = has_label || (is_never_timed(name) && name->n_below_times * 10 >= name->count * 8);
    }
    for (size_t i = 0; i < s->n_names && has_label; i++)
        s->names[i].is_label = is_never_timed(&s->names[i]);
}

bool sb_survey_has_name(const sb_survey *survey, const char *text, sb_range name)
{
    const sb_survey_name *found = sb_survey_find(survey, text, name);
    if (!survey->names_count || !found || found->count == 0 || found->is_label || found->is_heading)
        return false;
    if (found->n_bracketed == found->count)
        return found->count > 1 || sb_is_diarized_name(text + name.at, name.length);
    return found->count > 1 || found->is_like_others ||
           (!found->level && (found->is_early || sb_is_full_name(text + name.at, name.length)));
}

void sb_survey_judge_names(sb_survey *s, const char *text, size_t size)
{
    find_labels(s);
    name_form f = form_of_repeated(s, text);
    for (size_t i = 0; i < s->n_names; i++) {
        sb_range range = s->names[i].range;
        bool is_first = i == 0 && s->begins_with_name;
        s->names[i].is_heading =
            s->names[i].n_bare > 0 && s->names[i].count == 1 && f.n_bare == 0 && f.n_bold > 0;
        if (s->names[i].is_early && !is_first && !s->names[i].n_bold &&
            (sb_is_opening_word(text + range.at, range.length) || is_common_word(text, size, range)))
            s->names[i].is_early = false;
    }
    for (size_t i = 0; i < s->n_names && f.n > 0; i++)
        s->names[i].is_like_others = is_like_others(s, &f, &s->names[i], text, size);
    for (size_t i = 0; i < s->n_names; i++) {
        const sb_survey_name *name = &s->names[i];
        bool is_turn = sb_survey_has_name(s, text, name->range);
        if (is_turn && name->last.at > s->last_turn.at)
            s->last_turn = name->last;
    }
}
