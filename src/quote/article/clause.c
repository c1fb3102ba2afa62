#include "quote/article/article.h"

#include <stdlib.h>
#include <string.h>

#include "alignment/names/names.h"
#include "base/text/text.h"
#include "base/words/words.h"

#define MOST_WORDS   60 /* of a clause */
#define FAR          10 /* words between a verb and its subject, at most */
#define AFTER_OBJECT 12 /* "told Ann": the listener is probably not the speaker */
#define SOURCE_WORDS 14

/* Verbs of saying, and prepositions that name a source, folded. */
static const char verbs[] =
    "|said|says|say|saying|told|tells|telling|added|adds|explained|explains|recalled|recalls|asked|asks|"
    "replied|replies|"
    "answered|answers|insisted|insists|argued|argues|noted|notes|admitted|admits|claimed|claims|continued|"
    "continues|"
    "remembered|remembers|laughed|joked|jokes|warned|warns|stated|states|concluded|concludes|remarked|"
    "commented|observed|"
    "called|calls|described|describes|wrote|writes|declared|declares|announced|announces|confirmed|confirms|"
    "promised|"
    "according|quoted|denied|denies|shouted|whispered|"
    "sagte|sagt|sagten|erklarte|erklart|meinte|meint|betonte|betont|erzahlte|erzahlt|berichtete|berichtet|"
    "fragte|fragt|"
    "antwortete|erinnert|erinnerte|fugte|laut|zufolge|so|nennt|nannte|"
    "dit|disait|affirme|explique|expliquait|declare|ajoute|raconte|selon|repond|demande|estime|assure|"
    "dijo|dice|afirmo|explico|explica|anadio|senalo|conto|cuenta|segun|pregunto|respondio|recordo|recuerda|"
    "detto|disse|spiega|spiegato|afferma|racconta|aggiunge|secondo|ricorda|"
    "disse|diz|afirmou|explicou|segundo|contou|acrescentou|"
    "zei|zegt|vertelde|vertelt|aldus|volgens|vroeg|"
    "sade|sager|sa|berattar|berattade|enligt|"
    "sagde|siger|fortaeller|fortalte|ifolge|sier|forteller|"
    "сказал|сказала|говорит|рассказал|рассказала|добавил|добавила|словам|"
    "powiedzial|powiedziala|mowi|wedlug|dodal|dodala|";

static const char objects_follow[] =
    "|told|tells|telling|asked|asks|answered|warned|warns|called|calls|described|describes|"
    "nennt|nannte|fragte|vroeg|vertelde|";

static const char prepositions[] =
    "|according|laut|selon|segun|secondo|segundo|volgens|aldus|enligt|ifolge|wedlug|словам|so|";

static const char pronouns[] =
    "|he|she|they|er|sie|il|elle|ils|elles|el|ella|ellos|lui|lei|ele|ela|hij|zij|ze|han|hon|hun|"
    "он|она|они|on|ona|";

typedef struct clause {
    char *memory; /* of the words as written */
    const char *text;
    const char *words[MOST_WORDS];
    char *plain[MOST_WORDS]; /* folded, without punctuation */
    size_t at[MOST_WORDS], end[MOST_WORDS];
    size_t n;
} clause;

typedef struct mention {
    size_t first, last;
    const char *speaker; /* NULL: several speakers have the name */
    bool unknown;        /* a person who is none of the speakers */
} mention;

void sb_named_finish(sb_named *named)
{
    free(named->speaker);
    free(named->source);
    *named = (sb_named){0};
}

static bool is_in(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; n && (at = strstr(at, word)); at++)
        if (at > list && at[-1] == '|' && at[n] == '|')
            return true;
    return false;
}

static void clause_finish(clause *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->plain[i]);
    free(c->memory);
}

/* The word alone, folded: "" if it has no letter. "Ann's" is "ann". */
static char *plain_word(const char *word)
{
    char *folded = sb_fold(word);
    size_t n = 0, size = folded ? strlen(folded) : 0;
    for (size_t at = 0; at < size;) {
        size_t from = at;
        int32_t c = sb_utf8_next(folded, size, &at);
        if (c == '\'' && n)
            break;
        if (sb_is_letter(c) || sb_is_digit(c)) {
            memmove(folded + n, folded + from, at - from);
            n += at - from;
        }
    }
    if (folded)
        folded[n] = '\0';
    return folded;
}

/* Of a clause before a quotation the last words are kept, of one after it the first. */
static bool clause_init(clause *c, const char *text, size_t size, bool after)
{
    size_t n_all = 0, skip = 0;
    *c = (clause){.text = text, .memory = sb_copy_bytes(text, size)};
    if (!c->memory)
        return false;
    for (size_t i = 0; i < size; i++)
        n_all += c->memory[i] != ' ' && (i == 0 || c->memory[i - 1] == ' ');
    skip = !after && n_all > MOST_WORDS ? n_all - MOST_WORDS : 0;
    for (size_t at = 0; at < size && c->n < MOST_WORDS;) {
        at += strspn(c->memory + at, " ");
        size_t end = at + strcspn(c->memory + at, " ");
        if (end == at)
            break;
        c->memory[end] = '\0';
        if (skip) {
            skip--;
        } else {
            c->words[c->n] = c->memory + at;
            c->at[c->n] = at;
            c->end[c->n] = end;
            c->plain[c->n] = plain_word(c->memory + at);
            if (!c->plain[c->n++])
                return false;
        }
        at = end + 1;
    }
    return true;
}

static bool ends_phrase(const char *word)
{
    size_t n = strlen(word);
    return n && strchr(",;:.!?", word[n - 1]);
}

/* The number of words from `at` on that are the name's, in order. */
static size_t match_name(const clause *c, size_t at, const sb_name_core *core)
{
    size_t n = 0;
    while (n < core->n_words && at + n < c->n && !strcmp(c->plain[at + n], core->words[n]))
        n++;
    return n == core->n_words ? n : 0;
}

/* Finds the speaker whose name, or a word of it, begins at word `at`. Returns the number of words; 0:
 * none. */
static size_t speaker_at(const clause *c, size_t at, const sb_speakers *speakers, const char **out, bool *ok)
{
    size_t best = 0, n_fit = 0;
    const char *part = NULL;
    *out = NULL;
    for (size_t i = 0; i < speakers->n_items; i++) {
        const char *name = speakers->items[i].name;
        sb_name_core core;
        if (!name || sb_name_is_label(name, ok))
            continue;
        sb_name_core_make(&core, name);
        size_t n = core.n_words ? match_name(c, at, &core) : 0;
        if (n > best) {
            best = n;
            *out = name;
        }
        bool has_part = false;
        for (size_t k = 0; k < core.n_words; k++)
            has_part = has_part || (strlen(core.words[k]) > 2 && !strcmp(core.words[k], c->plain[at]));
        if (has_part) {
            n_fit++;
            part = name;
        }
    }
    if (best || !n_fit || !sb_word_is_capitalised(c->words[at]))
        return best;
    *out = n_fit == 1 ? part : NULL;
    return 1;
}

/* Names of one word each that follow one another are one name: "Tobias" "Hearn" or a first name that nobody
 * else has. */
static size_t find_mentions(const clause *c, const sb_speakers *speakers, mention *out, bool *ok)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n && *ok;) {
        const char *speaker = NULL;
        size_t length = speaker_at(c, i, speakers, &speaker, ok);
        bool capital = sb_word_is_capitalised(c->words[i]) && !is_in(verbs, c->plain[i]) &&
                       !is_in(pronouns, c->plain[i]);
        if (!length && !capital) {
            i++;
            continue;
        }
        mention m = {
            .first = i, .last = i + (length ? length : 1) - 1, .speaker = speaker, .unknown = !length};
        while (m.last + 1 < c->n && !ends_phrase(c->words[m.last]) &&
               sb_word_is_capitalised(c->words[m.last + 1]) && !is_in(verbs, c->plain[m.last + 1])) {
            const char *other = NULL;
            size_t more = speaker_at(c, m.last + 1, speakers, &other, ok);
            if (more && m.unknown) { /* "Mayor Ann Lee" */
                m.unknown = false;
                m.speaker = other;
            } else if (length && !more) { /* "Ann Peters" is not Ann Lee */
                m.unknown = m.speaker == NULL || length == 1;
            } else if (more && other != m.speaker) {
                break;
            }
            m.last += more ? more : 1;
        }
        out[n++] = m;
        i = m.last + 1;
    }
    return n;
}

static size_t verb_distance(const clause *c, size_t verb, const mention *m)
{
    bool object = is_in(objects_follow, c->plain[verb]);
    if (m->first > verb)
        return m->first - verb - 1 + (object ? AFTER_OBJECT : 0);
    if (m->last < verb)
        return verb - m->last - 1 + (is_in(prepositions, c->plain[verb]) ? AFTER_OBJECT : 0);
    return FAR + AFTER_OBJECT + 1;
}

static char *text_between(const clause *c, size_t first, size_t last)
{
    size_t from = last - first >= SOURCE_WORDS ? last + 1 - SOURCE_WORDS : first;
    const char *begin = c->text + c->at[from];
    size_t size = c->end[last] - c->at[from];
    while (size && strchr(",.;:", begin[size - 1]))
        size--;
    return sb_copy_bytes(begin, size);
}

static char *name_text(const clause *c, const mention *m)
{
    sb_bytes out = {0};
    for (size_t i = m->first; i <= m->last; i++) {
        const char *word = c->words[i] + strspn(c->words[i], "(\"'");
        sb_bytes_print(&out, "%s%.*s", out.size ? " " : "", (int)strcspn(word, ",.;:!?)"), word);
    }
    char *text = out.failed ? NULL : sb_copy_bytes(out.data, out.size);
    sb_bytes_finish(&out);
    return text;
}

static bool take_mention(sb_named *out, const clause *c, const mention *m, size_t from, size_t until)
{
    bool ok = true;
    out->source = text_between(c, from < m->first ? from : m->first, until > m->last ? until : m->last);
    if (m->speaker && !m->unknown)
        out->speaker = sb_copy_text(m->speaker, &ok);
    else if (m->unknown)
        out->speaker = name_text(c, m);
    return ok && out->source && (out->speaker || !(m->speaker || m->unknown));
}

/* The first word of a sentence has a capital letter without being a name. */
static bool is_only_initial(const clause *c, const mention *m, bool after)
{
    return m->unknown && m->first == 0 && m->last == 0 && !after && c->n > 1;
}

static bool read_by_verb(sb_named *out, const clause *c, const mention *mentions, size_t n, bool after,
                         bool *found)
{
    size_t best = FAR + AFTER_OBJECT + 1, verb = 0;
    const mention *named = NULL;
    for (size_t v = 0; v < c->n; v++) {
        if (!is_in(verbs, c->plain[v]))
            continue;
        for (size_t k = 0; k < n; k++) {
            size_t d = verb_distance(c, v, &mentions[k]);
            size_t most = mentions[k].unknown ? 2 : FAR + (mentions[k].first > v ? AFTER_OBJECT : 0);
            if (is_only_initial(c, &mentions[k], after) || d > most || d >= best)
                continue;
            if (named && !named->unknown && mentions[k].unknown)
                continue;
            best = d;
            named = &mentions[k];
            verb = v;
        }
        size_t beside = v + 1 < c->n && is_in(pronouns, c->plain[v + 1]) ? v + 1
                        : v > 0 && is_in(pronouns, c->plain[v - 1])      ? v - 1
                                                                         : c->n;
        if (beside < c->n && best > 0) {
            out->is_pronoun = true;
            out->source = text_between(c, beside < v ? beside : v, beside > v ? beside : v);
            *found = true;
            return out->source != NULL;
        }
        if (best < FAR)
            break;
    }
    *found = named != NULL;
    return !named || take_mention(out, c, named, verb, verb);
}

/* "Ann Lee: " before a quotation, and " - Ann Lee" after it. */
static bool read_by_mark(sb_named *out, const clause *c, const mention *mentions, size_t n, bool after,
                         bool *found)
{
    *found = false;
    if (!n || !c->n)
        return true;
    if (!after) {
        const char *last = c->words[c->n - 1];
        const mention *m = &mentions[n - 1];
        if (last[strlen(last) - 1] != ':' || m->unknown || c->n - m->last > 6)
            return true;
        *found = true;
        return take_mention(out, c, m, m->first, m->last);
    }
    bool dash = !*c->plain[0] &&
                (strstr(c->words[0], "-") || strstr(c->words[0], "\u2014") || strstr(c->words[0], "\u2013"));
    if (!dash || mentions[0].first != 1 || mentions[0].unknown)
        return true;
    *found = true;
    return take_mention(out, c, &mentions[0], mentions[0].first, mentions[0].last);
}

bool sb_clause_read(sb_named *out, const char *text, size_t size, bool after, const sb_speakers *speakers)
{
    clause c;
    mention mentions[MOST_WORDS];
    bool ok = clause_init(&c, text, size, after), found = false;
    *out = (sb_named){0};
    size_t n = ok ? find_mentions(&c, speakers, mentions, &ok) : 0;
    if (ok)
        ok = read_by_verb(out, &c, mentions, n, after, &found);
    if (ok && !found)
        ok = read_by_mark(out, &c, mentions, n, after, &found);
    clause_finish(&c);
    if (!ok)
        sb_named_finish(out);
    return ok;
}

const char *sb_clause_last_speaker(const char *text, size_t size, const sb_speakers *speakers, bool *ok)
{
    clause c;
    mention mentions[MOST_WORDS];
    const char *last = NULL;
    if (!clause_init(&c, text, size, false)) {
        *ok = false;
        clause_finish(&c);
        return NULL;
    }
    size_t n = find_mentions(&c, speakers, mentions, ok);
    for (size_t i = 0; i < n; i++)
        if (mentions[i].speaker && !mentions[i].unknown)
            last = mentions[i].speaker;
    clause_finish(&c);
    return last;
}
