#include "show/show.h"

#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

#define TOKENS_MAX   64
#define DIGITS_MAX   8
#define NUMBER_LIMIT 100000 /* of an episode */
#define YEAR_FIRST   1900
#define YEAR_LAST    2100
#define FOLDERS_UP   2 /* folders whose names may give the season */

/* A run of letters or of digits. */
typedef struct token {
    const char *text;
    size_t length;
    bool is_number, is_used;
    bool is_glued; /* nothing is between it and the token before */
    char before;   /* the last character before it */
    int64_t value; /* of a number; -1 if it is too long */
} token;

typedef struct tokens {
    token items[TOKENS_MAX];
    size_t n;
} tokens;

static const char *const season_words[] = {"season",   "staffel", "saison", "temporada",
                                           "stagione", "series",  "serie",  NULL};
static const char *const episode_words[] = {"episode", "episodes",   "ep",       "eps",     "episodio",
                                            "episodi", "folge",      "nr",       "no",      "num",
                                            "number",  "numero",     "nummer",   "avsnitt", "afsnit",
                                            "odcinek", "aflevering", "capitulo", "issue",   NULL};
/* Words that say what a file is, not what it is about. */
static const char *const idle_words[] = {"transcript",
                                         "transcripts",
                                         "transcription",
                                         "transkript",
                                         "transkription",
                                         "transcripcion",
                                         "caption",
                                         "captions",
                                         "subtitle",
                                         "subtitles",
                                         "sub",
                                         "subs",
                                         "untertitel",
                                         "sous",
                                         "titres",
                                         "text",
                                         "audio",
                                         "video",
                                         "final",
                                         "edited",
                                         "edit",
                                         "clean",
                                         "corrected",
                                         "auto",
                                         "automatic",
                                         "generated",
                                         "otter",
                                         "ai",
                                         "whisper",
                                         "descript",
                                         "rev",
                                         "sdh",
                                         "cc",
                                         "podcast",
                                         "recording",
                                         "master",
                                         "mastered",
                                         "mix",
                                         "mixdown",
                                         "export",
                                         "copy",
                                         "full",
                                         "raw",
                                         "speakers",
                                         "words",
                                         "diarized",
                                         "alignment",
                                         "aligned",
                                         "wav",
                                         "flac",
                                         "mono",
                                         "stereo",
                                         "by",
                                         "show",
                                         "notes",
                                         "file",
                                         "sound",
                                         NULL};
/* Of these, the words that tell states of one recording apart. */
static const char *const finished_words[] = {"final", "edited",  "edit",   "clean",    "corrected",
                                             "mix",   "mixdown", "master", "mastered", NULL};
static const char *const units[] = {"k",  "kb", "kbps", "kbit", "kbits", "khz",
                                    "hz", "p",  "fps",  "bit",  "bits",  NULL};
/* Formats with a digit, which are two tokens: "mp3", "m4a". */
static const struct {
    const char *before;
    int64_t number;
    const char *after;
} formats[] = {{"mp", 3, NULL}, {"mp", 4, NULL}, {"m", 4, "a"}, {"m", 4, "v"}};
static const char *const languages[] = {"en", "de", "fr", "es", "it", "pt", "nl", "da", "sv",
                                        "nb", "fi", "pl", "ru", "uk", "cs", "ja", "zh", "ko",
                                        "ar", "tr", "el", "ro", "hu", "bg", "ca", "hr", "sr",
                                        "sk", "sl", "he", "hi", "id", "vi", "th", NULL};

static bool is_token(const token *t, const char *word)
{
    return !t->is_number && strlen(word) == t->length && !memcmp(t->text, word, t->length);
}

static bool is_one_of(const token *t, const char *const *words)
{
    for (; *words; words++)
        if (is_token(t, *words))
            return true;
    return false;
}

static bool is_part_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80 || c == '\'';
}

static int64_t value_of(const char *digits, size_t n)
{
    int64_t value = 0;
    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    if (n > DIGITS_MAX)
        return -1;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static void split_name(tokens *out, const char *text)
{
    size_t at = 0, end = 0;
    out->n = 0;
    while (text[at] && out->n < TOKENS_MAX) {
        bool is_number = sb_is_ascii_digit(text[at]);
        if (!is_number && !is_part_of_word(text[at])) {
            at++;
            continue;
        }
        size_t from = at;
        while (text[at] && (is_number ? sb_is_ascii_digit(text[at]) : is_part_of_word(text[at])))
            at++;
        out->items[out->n] = (token){.text = text + from,
                                     .length = at - from,
                                     .is_number = is_number,
                                     .is_glued = out->n > 0 && end == from,
                                     .before = from ? text[from - 1] : 0,
                                     .value = is_number ? value_of(text + from, at - from) : 0};
        out->n++;
        end = at;
    }
}

static bool is_free_number(const tokens *t, size_t i)
{
    return i < t->n && t->items[i].is_number && !t->items[i].is_used && t->items[i].value >= 0 &&
           t->items[i].value < NUMBER_LIMIT;
}

static int date_of(int64_t year, int64_t month, int64_t day)
{
    bool is_date =
        year >= YEAR_FIRST && year <= YEAR_LAST && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    return is_date ? (int)(year * 10000 + month * 100 + day) : 0;
}

static void use(tokens *t, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        t->items[i].is_used = true;
}

/* "2024-05-01", "20240501", and "1.5.2024", which has the day first where there are points. */
static void find_date(sb_name_facts *out, tokens *t)
{
    for (size_t i = 0; i < t->n && !out->date; i++) {
        const token *a = &t->items[i], *b = a + 1, *c = a + 2;
        if (a->is_number && a->length == 8)
            out->date = date_of(a->value / 10000, a->value / 100 % 100, a->value % 100);
        if (out->date)
            use(t, i, i + 1);
        if (out->date || i + 2 >= t->n || !a->is_number || !b->is_number || !c->is_number ||
            b->before != c->before)
            continue;
        if (a->length == 4 && b->length <= 2 && c->length <= 2)
            out->date = date_of(a->value, b->value, c->value);
        else if (c->length == 4 && a->length <= 2 && b->length <= 2 && (b->before == '.' || a->value > 12))
            out->date = date_of(c->value, b->value, a->value);
        if (out->date)
            use(t, i, i + 3);
    }
}

static void take_number(sb_name_facts *out, const token *t, sb_name_number kind)
{
    out->number = t->value;
    out->kind = kind;
}

/* "S02E05", "s2 e5" and "2x05". */
static void find_season_and_episode(sb_name_facts *out, tokens *t)
{
    for (size_t i = 0; i + 2 < t->n && !out->kind; i++) {
        const token *a = &t->items[i];
        size_t length = 0;
        if (i + 3 < t->n && is_token(a, "s") && a[1].is_glued && is_free_number(t, i + 1) &&
            is_token(a + 2, "e") && a[3].is_glued && is_free_number(t, i + 3))
            length = 4;
        else if (is_free_number(t, i) && !(a->is_glued && i) && is_token(a + 1, "x") && a[1].is_glued &&
                 a[2].is_glued && is_free_number(t, i + 2) && a->value < 100)
            length = 3;
        if (!length)
            continue;
        out->season = (int)(length == 4 ? a[1].value : a->value);
        take_number(out, &a[length - 1], SB_NAME_NUMBER_MARKED);
        use(t, i, i + length);
    }
}

static void find_season(sb_name_facts *out, tokens *t)
{
    for (size_t i = 0; i + 1 < t->n && !out->season; i++) {
        bool is_marked = is_one_of(&t->items[i], season_words) ||
                         (is_token(&t->items[i], "s") && t->items[i + 1].is_glued);
        if (!is_marked || t->items[i].is_used || !is_free_number(t, i + 1))
            continue;
        out->season = (int)t->items[i + 1].value;
        use(t, i, i + 2);
    }
}

static void find_marked_number(sb_name_facts *out, tokens *t)
{
    for (size_t i = 0; i < t->n && !out->kind; i++) {
        bool is_sign = is_free_number(t, i) && t->items[i].before == '#';
        bool is_word = !t->items[i].is_used && is_free_number(t, i + 1) &&
                       (is_one_of(&t->items[i], episode_words) ||
                        (is_token(&t->items[i], "e") && t->items[i + 1].is_glued));
        if (!is_sign && !is_word)
            continue;
        take_number(out, &t->items[is_sign ? i : i + 1], SB_NAME_NUMBER_MARKED);
        use(t, i, is_sign ? i + 1 : i + 2);
    }
}

static void drop_formats(tokens *t)
{
    for (size_t i = 0; i + 1 < t->n; i++)
        for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
            size_t n = formats[f].after ? 3 : 2;
            const token *one = &t->items[i];
            bool is_format = i + n <= t->n && is_token(one, formats[f].before) && one[1].is_glued &&
                             is_free_number(t, i + 1) && one[1].value == formats[f].number &&
                             (n == 2 || (one[2].is_glued && is_token(one + 2, formats[f].after)));
            if (is_format && (i + n == t->n || !t->items[i + n].is_glued))
                use(t, i, i + n);
        }
}

/* "128k", "48 kHz" and "v2". */
static void drop_technical(sb_name_facts *out, tokens *t)
{
    for (size_t i = 0; i + 1 < t->n; i++) {
        if (is_free_number(t, i) && is_one_of(&t->items[i + 1], units))
            use(t, i, i + 2);
        else if (is_token(&t->items[i], "v") && t->items[i + 1].is_glued && is_free_number(t, i + 1)) {
            out->version = t->items[i + 1].value;
            use(t, i, i + 2);
        }
    }
}

static void find_plain_number(sb_name_facts *out, tokens *t)
{
    size_t last = t->n;
    while (last > 0 && (t->items[last - 1].is_used || is_one_of(&t->items[last - 1], idle_words)))
        last--;
    if (out->kind || !t->n)
        return;
    if (is_free_number(t, 0) && t->items[0].length <= 4)
        take_number(out, &t->items[0], SB_NAME_NUMBER_FIRST);
    else if (last > 1 && is_free_number(t, last - 1) && t->items[last - 1].length <= 4)
        take_number(out, &t->items[last - 1], SB_NAME_NUMBER_LAST);
    if (out->kind == SB_NAME_NUMBER_FIRST)
        use(t, 0, 1);
    else if (out->kind)
        use(t, last - 1, last);
}

/* "(1)" at the end is from a browser that found the name taken. */
static void drop_copy_number(tokens *t, const sb_name_facts *facts)
{
    if (t->n > 1 && (facts->kind || facts->date) && t->items[t->n - 1].before == '(')
        use(t, t->n - 1, t->n);
}

/* A code after the last dot of a name, such as "ep12.de" or "ep12.en-US". */
static void find_language(sb_name_facts *out, tokens *t)
{
    size_t at = t->n;
    if (at > 2 && t->items[at - 1].length == 2 && t->items[at - 1].before == '-')
        at--;
    if (at < 2 || t->items[at - 1].before != '.' || !is_one_of(&t->items[at - 1], languages))
        return;
    memcpy(out->language, t->items[at - 1].text, t->items[at - 1].length);
    use(t, at - 1, t->n);
}

static bool keep_words(sb_name_facts *out, const tokens *t)
{
    size_t size = 0;
    for (size_t i = 0; i < t->n; i++)
        size += t->items[i].length + 1;
    out->memory = malloc(size + 1);
    out->words = calloc(t->n + 1, sizeof *out->words);
    if (!out->memory || !out->words)
        return false;
    char *at = out->memory;
    for (size_t i = 0; i < t->n; i++) {
        const token *one = &t->items[i];
        if (!one->is_used && is_token(one, "raw"))
            out->stage = 2;
        else if (!one->is_used && !out->stage && is_one_of(one, finished_words))
            out->stage = 1;
        if (one->is_used || is_one_of(one, idle_words))
            continue;
        memcpy(at, one->text, one->length);
        at[one->length] = 0;
        out->words[out->n_words++] = at;
        at += one->length + 1;
    }
    return true;
}

static bool read_name(sb_name_facts *out, const char *name, size_t length)
{
    char *copy = sb_copy_bytes(name, length), *folded = copy ? sb_fold(copy) : NULL;
    tokens *t = malloc(sizeof *t);
    bool ok = folded && t;
    *out = (sb_name_facts){0};
    if (ok) {
        split_name(t, folded);
        find_language(out, t);
        find_date(out, t);
        find_season_and_episode(out, t);
        find_season(out, t);
        find_marked_number(out, t);
        drop_formats(t);
        drop_technical(out, t);
        drop_copy_number(t, out);
        find_plain_number(out, t);
        ok = keep_words(out, t);
    }
    free(t);
    free(folded);
    free(copy);
    return ok;
}

/* The season of a folder, such as "Season 2" or "S02". */
static bool read_folders(sb_name_facts *out, const char *path)
{
    const char *end = sb_path_name(path);
    for (int up = 0; up < FOLDERS_UP && end > path && !out->season; up++) {
        const char *stop = end - 1, *from = stop;
        while (from > path && from[-1] != '/')
            from--;
        sb_name_facts folder;
        bool ok = read_name(&folder, from, (size_t)(stop - from));
        bool is_empty = !out->n_words && !out->kind && !out->date && up == 0;
        int season = out->season ? out->season : folder.season;
        if (ok && is_empty) {
            sb_name_facts_finish(out);
            *out = folder;
        } else {
            sb_name_facts_finish(&folder);
        }
        if (!ok)
            return false;
        out->season = season;
        end = from;
    }
    return true;
}

bool sb_name_facts_read(sb_name_facts *out, const char *path)
{
    const char *name = sb_path_name(path);
    return read_name(out, name, sb_path_stem(name)) && read_folders(out, path);
}

bool sb_name_facts_add_title(sb_name_facts *facts, const char *title)
{
    sb_name_facts more;
    if (!read_name(&more, title, strlen(title))) {
        sb_name_facts_finish(&more);
        return false;
    }
    if (!facts->kind && more.kind > SB_NAME_NUMBER_LAST) {
        facts->number = more.number;
        facts->kind = more.kind;
    }
    free(facts->memory);
    free(facts->words);
    facts->memory = more.memory;
    facts->words = more.words;
    facts->n_words = more.n_words;
    return true;
}

void sb_name_facts_finish(sb_name_facts *facts)
{
    free(facts->memory);
    free(facts->words);
    *facts = (sb_name_facts){0};
}
