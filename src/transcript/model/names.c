#include "transcript/model/model.h"

#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/transcript.h"

#define MAX_NAME_WORDS        4
#define MAX_TITLED_NAME_WORDS 8
#define MAX_NAME_CHARS        40
#define MAX_TITLED_NAME_CHARS 80
#define MAX_LOWER_NAME_WORDS  2
#define GUID_CHARS            32

static const char *const particles[] = {"de",  "da",  "del", "della", "di", "la",  "van", "von", "der",
                                        "den", "bin", "al",  "el",    "of", "and", "&",   NULL};

/* Words that stand for a person. With one of them, the other words may be in lower case: "Female audience
 * member". */
static const char *const roles[] = {"announcer", "audience",    "caller",      "female",    "guest",
                                    "host",      "interviewee", "male",        "moderator", "interviewer",
                                    "narrator",  "operator",    "participant", "reporter",  "speaker",
                                    "unknown",   "voice",       "member",      NULL};

/* Words before a colon that are not names, also with a number ("Episode 12"). */
static const char *const nobody[] = {
    "note",         "notes",         "warning",     "caution",      "http",
    "https",        "question",      "answer",      "update",       "chapter",
    "title",        "example",       "remember",    "tip",          "subject",
    "ps",           "p.s.",          "date",        "time",         "copyright",
    "source",       "sources",       "today",       "here",         "so",
    "and",          "but",           "result",      "first",        "second",
    "third",        "finally",       "transcript",  "episode",      "season",
    "part",         "series",        "section",     "topic",        "topics",
    "summary",      "abstract",      "overview",    "intro",        "outro",
    "introduction", "conclusion",    "description", "duration",     "length",
    "recorded",     "recording",     "published",   "author",       "authors",
    "link",         "links",         "website",     "url",          "email",
    "twitter",      "show",          "podcast",     "language",     "format",
    "version",      "file",          "filename",    "id",           "keywords",
    "tags",         "category",      "speakers",    "participants", "hosts",
    "guests",       "attendees",     "location",    "important",    "disclaimer",
    "step",         "break",         "figure",      "table",        "lesson",
    "day",          "week",          "number",      "timestamps",   "chapters",
    "music",        "sponsors",      "sponsor",     "credits",      "references",
    "resources",    "transcription", NULL};

/* Words before a colon inside speech: "Listen: ...". */
static const char *const openings[] = {
    "yes",        "no",       "ok",        "okay",  "well",   "look",    "listen",   "wait",    "right",
    "sure",       "oh",       "now",       "then",  "rule",   "point",   "fact",     "problem", "lesson",
    "reason",     "moral",    "truth",     "idea",  "goal",   "plan",    "thing",    "one",     "two",
    "three",      "four",     "five",      "quote", "caveat", "hint",    "spoiler",  "plus",    "also",
    "because",    "or",       "if",        "when",  "why",    "how",     "what",     "who",     "where",
    "which",      "this",     "that",      "these", "there",  "it",      "he",       "she",     "they",
    "we",         "you",      "my",        "the",   "again",  "next",    "hinweis",  "frage",   "antwort",
    "regel",      "punkt",    "ja",        "nein",  "merke",  "oui",     "non",      "bref",    "donc",
    "conclusion", "pregunta", "respuesta", "nota",  "bueno",  "domanda", "risposta", "allora",  "ecco",
    NULL};

static bool word_fits(const char *word, size_t size, bool is_first)
{
    size_t at = 0;
    int32_t c = sb_utf8_next(word, size, &at);
    if (c == '(' && !is_first) /* a role, such as "(host)" */
        return at < size && sb_is_letter(sb_utf8_next(word, size, &at));
    if ((c == '#' || c == 0x2116) && !is_first) /* as in "MAN #2" */
        return at < size && sb_is_digit(sb_utf8_next(word, size, &at));
    if (sb_is_upper(c) || (sb_is_digit(c) && !is_first))
        return true;
    /* In scripts without capitals, any letter can begin a name. */
    if (c >= 0x590 && sb_is_letter(c))
        return true;
    return !is_first && sb_part_is_among(word, size, particles);
}

/* Returns the next word at `*at`, which it advances; length 0 at the end. */
static sb_range next_word(const char *text, size_t size, size_t *at)
{
    while (*at < size && text[*at] == ' ')
        ++*at;
    sb_range word = {*at, 0};
    while (*at < size && text[*at] != ' ')
        ++*at;
    word.length = *at - word.at;
    return word;
}

static size_t count_name_words(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t at = 0; next_word(text, size, &at).length > 0;)
        n++;
    return n;
}

bool sb_has_role(const char *text, size_t size)
{
    sb_range word;
    for (size_t at = 0; (word = next_word(text, size, &at)).length > 0;) {
        if (sb_part_is_among(text + word.at, word.length, roles))
            return true;
    }
    return false;
}

bool sb_is_diarized_name(const char *text, size_t size)
{
    static const char *const words[] = {"speaker",  "spk",      "s",        "channel", "ch",
                                        "sprecher", "hablante", "locuteur", NULL};
    size_t n = size;
    while (n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9')
        n--;
    size_t digits = size - n;
    while (n > 0 && (text[n - 1] == '_' || text[n - 1] == ' ' || text[n - 1] == '-'))
        n--;
    return digits > 0 && sb_part_is_among(text, n, words);
}

static bool is_list_number(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((word[i] < '0' || word[i] > '9') && word[i] != '#' && word[i] != '.')
            return false;
    }
    return true;
}

/* "Note", "Episode 12" */
bool sb_is_section_name(const char *text, size_t size)
{
    size_t at = 0;
    sb_range word = next_word(text, size, &at);
    if (!sb_part_is_among(text + word.at, word.length, nobody))
        return false;
    while ((word = next_word(text, size, &at)).length > 0) {
        if (!is_list_number(text + word.at, word.length))
            return false;
    }
    return true;
}

static bool words_fit(const char *text, size_t size, size_t max_words)
{
    size_t n_words = 0;
    bool is_role = sb_has_role(text, size);
    sb_range word;
    for (size_t at = 0; (word = next_word(text, size, &at)).length > 0; n_words++) {
        bool fits = word_fits(text + word.at, word.length, n_words == 0);
        if (!fits && !(is_role && n_words > 0))
            return false;
    }
    return n_words > 0 && n_words <= max_words;
}

static size_t count_chars(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t at = 0; at < size; n++)
        sb_utf8_next(text, size, &at);
    return n;
}

static bool has_lower(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        if (sb_is_letter(c) && !sb_is_upper(c))
            return true;
    }
    return false;
}

bool sb_is_opening_word(const char *text, size_t size)
{
    return sb_part_is_among(text, size, openings);
}

/* "MD", "Ph.D.", "Jr." */
static bool is_degree(const char *word, size_t size)
{
    static const char *const others[] = {"jr", "sr", "jr.", "sr.", "esq", "esq.", "dr.", NULL};
    size_t n_capitals = 0;
    for (size_t i = 0; i < size; i++)
        n_capitals += word[i] >= 'A' && word[i] <= 'Z';
    return n_capitals > 1 || sb_part_is_among(word, size, others);
}

/* Returns the length of a name before the comma of a title, as in "Dr. Ann Lee, MD"; `size` if there is
 * none. */
static size_t untitled_length(const char *text, size_t size)
{
    const char *comma = memchr(text, ',', size);
    size_t length = comma ? (size_t)(comma - text) : size, n_words = 0, at = length + 1;
    sb_range word;
    if (!comma || count_name_words(text, length) < 2)
        return size;
    for (; at < size && (word = next_word(text, size, &at)).length > 0; n_words++) {
        size_t end = word.length - (text[word.at + word.length - 1] == ',');
        if (!is_degree(text + word.at, end) && !sb_part_is_among(text + word.at, end, roles))
            return size;
    }
    return n_words > 0 && n_words < 4 ? length : size;
}

/* "TERRY MOSS, HOST": a name in capitals may have a comma. */
static bool chars_fit(const char *text, size_t size)
{
    const char *marks = has_lower(text, size) ? "'-.&()_/#" : "'-.&()_/#,";
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        if (!sb_is_letter(c) && !sb_is_digit(c) && !sb_is_space(c) && (c > 0x7F || !strchr(marks, c)) &&
            c != 0x2019 && c != 0xB7 && c != 0x2116)
            return false;
    }
    return true;
}

bool sb_is_plain_name(const char *text, size_t size)
{
    if (size > 0 && size <= 4 * MAX_NAME_CHARS && has_lower(text, size))
        size = untitled_length(text, size);
    return size > 0 && size <= 4 * MAX_NAME_CHARS && count_chars(text, size) <= MAX_NAME_CHARS &&
           chars_fit(text, size) && words_fit(text, size, MAX_NAME_WORDS) && !sb_is_section_name(text, size);
}

bool sb_is_full_name(const char *text, size_t size)
{
    return sb_is_plain_name(text, size) && (count_name_words(text, size) > 1 || sb_has_role(text, size));
}

size_t sb_name_prefix(const char *text, size_t size)
{
    size_t limit = size < 4 * MAX_NAME_CHARS ? size : 4 * MAX_NAME_CHARS;
    const char *colon = memchr(text, ':', limit);
    if (!colon || colon == text)
        return 0;
    size_t length = (size_t)(colon - text);
    if (length + 1 < size) {
        size_t at = length + 1;
        if (!sb_is_space(sb_utf8_next(text, size, &at)))
            return 0;
    }
    return sb_is_plain_name(text, length) ? length : 0;
}

/* True if a word before the last ends a sentence. */
static bool has_sentence_end(const char *text, size_t size)
{
    sb_range word;
    for (size_t at = 0; (word = next_word(text, size, &at)).length > 0;) {
        if (at < size && sb_text_ends_sentence(text + word.at, word.length))
            return true;
    }
    return false;
}

bool sb_is_name(const char *text, size_t size)
{
    return words_fit(text, size, MAX_TITLED_NAME_WORDS) && !sb_is_section_name(text, size) &&
           !has_sentence_end(text, size);
}

/* "8:orgid:1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed": Teams writes such names. */
static bool is_guid(const char *text, size_t size)
{
    size_t n_hex = 0;
    for (size_t i = 0; i < size; i++) {
        bool is_hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f') ||
                      (text[i] >= 'A' && text[i] <= 'F');
        if (text[i] == ' ')
            return false;
        n_hex += is_hex;
    }
    return n_hex >= GUID_CHARS;
}

static bool begins_like_name(const char *text, size_t size)
{
    size_t at = 0;
    int32_t c = sb_utf8_next(text, size, &at);
    return sb_is_letter(c) || c == '?';
}

/* "Sun, Nov 10, 2024 4:02PM" */
static bool has_clock_time(const char *text, size_t size)
{
    for (size_t i = 1; i + 1 < size; i++) {
        if (text[i] == ':' && text[i - 1] >= '0' && text[i - 1] <= '9' && text[i + 1] >= '0' &&
            text[i + 1] <= '9')
            return true;
    }
    return false;
}

bool sb_is_speaker(const char *text, size_t size)
{
    if (has_clock_time(text, size))
        return false;
    if (size == 0 || size > 4 * MAX_TITLED_NAME_CHARS || count_chars(text, size) > MAX_TITLED_NAME_CHARS)
        return false;
    if (is_guid(text, size))
        return true;
    for (size_t i = 0; i < size; i++) {
        if (text[i] && strchr("!;{}=<>|\"\t", text[i]))
            return false;
    }
    if (count_name_words(text, size) > MAX_LOWER_NAME_WORDS)
        return sb_is_name(text, size);
    return begins_like_name(text, size) && !has_sentence_end(text, size);
}
