#include "pronounce/pronounce.h"
#include "pronounce/spoken/spoken.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/file.h"

#include <stdlib.h>
#include <string.h>

#define VARIANTS_MAX 6  /* of one spoken word */
#define ATOMS_MAX    60 /* spoken words in one reading */

typedef struct variants {
    sb_phone phones[VARIANTS_MAX][SB_WAY_PHONES_MAX];
    size_t n_phones[VARIANTS_MAX], n;
    bool guessed;
} variants;

typedef struct maker {
    const sb_dictionary *user;
    sb_dictionary *read;        /* to be freed */
    const sb_dictionary *model; /* `read`, or the caller's */
    sb_speller *speller;
    bool tried_speller, failed;
    variants atoms[ATOMS_MAX];
} maker;

static const char *const letter_names[26] = {"EY",
                                             "B IY",
                                             "S IY",
                                             "D IY",
                                             "IY",
                                             "EH F",
                                             "JH IY",
                                             "EY CH",
                                             "AY",
                                             "JH EY",
                                             "K EY",
                                             "EH L",
                                             "EH M",
                                             "EH N",
                                             "OW",
                                             "P IY",
                                             "K Y UW",
                                             "AA R",
                                             "EH S",
                                             "T IY",
                                             "Y UW",
                                             "V IY",
                                             "D AH B AH L Y UW",
                                             "EH K S",
                                             "W AY",
                                             "Z IY"};

static void add_named(variants *v, const char *names)
{
    size_t n = 0;
    sb_phones_add(names, v->phones[v->n], &n, SB_WAY_PHONES_MAX);
    v->n_phones[v->n++] = n;
}

static void look_up_word(variants *v, const sb_dictionary *dictionary, const char *word)
{
    size_t n;
    for (size_t which = 0; dictionary && v->n < VARIANTS_MAX; which++) {
        n = sb_dictionary_find(dictionary, word, which, v->phones[v->n], SB_WAY_PHONES_MAX);
        if (n == 0)
            return;
        v->n_phones[v->n++] = n;
    }
}

static bool is_known(const void *user, const char *word)
{
    const maker *m = user;
    sb_phone phones[SB_WAY_PHONES_MAX];
    return (m->user && sb_dictionary_find(m->user, word, 0, phones, SB_WAY_PHONES_MAX) > 0) ||
           (m->model && sb_dictionary_find(m->model, word, 0, phones, SB_WAY_PHONES_MAX) > 0);
}

static sb_speller *speller_of(maker *m)
{
    if (!m->tried_speller && sb_speller_create(&m->speller, NULL) != SB_OK)
        m->failed = true;
    m->tried_speller = true;
    return m->speller;
}

static void read_alone(maker *m, sb_ipa_word *out, const char *language, const char *word)
{
    out->n = 0;
    if (speller_of(m) && sb_speller_read(m->speller, language, &word, 1, out, NULL) != SB_OK)
        m->failed = true;
}

static void guess(maker *m, variants *v, const char *word)
{
    sb_ipa_word read;
    v->guessed = true;
    read_alone(m, &read, "en", word);
    v->n_phones[v->n] = sb_ipa_word_say(&read, 0, v->phones[v->n], SB_WAY_PHONES_MAX);
    v->n += v->n_phones[v->n] > 0;
}

static bool is_one_of(sb_phone phone, const char *names)
{
    const char *name = sb_phone_name(phone), *at = strstr(names, name);
    size_t size = strlen(name);
    while (at && ((at > names && at[-1] != ' ') || (at[size] != ' ' && at[size] != '\0')))
        at = strstr(at + 1, name);
    return at != NULL;
}

/* The endings of plural, past tense and gerund depend on the last sound. */
static const char *ending_phones(const char *ending, sb_phone last)
{
    if (strcmp(ending, SB_ENDING_ING) == 0)
        return "IH NG";
    bool voiceless = is_one_of(last, "P T K F TH S SH CH HH");
    if (strcmp(ending, SB_ENDING_S) == 0)
        return is_one_of(last, "S Z SH ZH CH JH") ? "IH Z" : voiceless ? "S" : "Z";
    return is_one_of(last, "T D") ? "IH D" : voiceless ? "T" : "D";
}

static void read_atom(maker *m, variants *v, const char *word, const variants *before)
{
    v->n = 0;
    v->guessed = false;
    if (word[0] == '~') {
        if (before && before->n > 0)
            add_named(v, ending_phones(word, before->phones[0][before->n_phones[0] - 1]));
        return;
    }
    if (word[0] >= 'A' && word[0] <= 'Z' && word[1] == '\0') {
        add_named(v, letter_names[word[0] - 'A']);
        return;
    }
    look_up_word(v, m->user, word);
    if (v->n == 0)
        look_up_word(v, m->model, word);
    if (v->n == 0)
        guess(m, v, word);
}

/* Reads the words of a reading into m->atoms. Returns 0 if a word has no pronunciation or there are too
 * many. */
static size_t read_atoms(maker *m, char *saying, bool *guessed)
{
    size_t n = 0;
    char *rest = saying;
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL; n++) {
        if (n == ATOMS_MAX)
            return 0;
        read_atom(m, &m->atoms[n], word, n > 0 ? &m->atoms[n - 1] : NULL);
        if (m->atoms[n].n == 0)
            return 0;
        *guessed |= m->atoms[n].guessed;
    }
    return n;
}

bool sb_lexeme_add_way(sb_lexeme *lexeme, const sb_phone *phones, size_t n)
{
    for (size_t i = 0; i < lexeme->n_ways; i++)
        if (lexeme->ways[i].n_phones == n && memcmp(lexeme->ways[i].phones, phones, n) == 0)
            return true;
    sb_phone *kept = lexeme->n_ways < SB_WAYS_MAX ? malloc(n) : NULL;
    if (!kept)
        return lexeme->n_ways == SB_WAYS_MAX;
    memcpy(kept, phones, n);
    lexeme->ways[lexeme->n_ways++] = (sb_spoken_way){kept, n};
    return true;
}

/* Uses the first variant of all atoms except atom `other`, which uses `which`. Returns false if memory runs
 * out. */
static bool add_way(const maker *m, sb_lexeme *lexeme, size_t n_atoms, size_t other, size_t which)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < n_atoms; i++) {
        size_t variant = i == other ? which : 0, size = m->atoms[i].n_phones[variant];
        if (n + size > SB_WAY_PHONES_MAX)
            return true;
        memcpy(phones + n, m->atoms[i].phones[variant], size);
        n += size;
    }
    return sb_lexeme_add_way(lexeme, phones, n);
}

/* Adds the pronunciation with all first variants, then those with another variant of one atom. */
static bool add_ways(maker *m, sb_lexeme *lexeme, char *saying)
{
    bool guessed = false;
    size_t n_atoms = read_atoms(m, saying, &guessed);
    if (n_atoms == 0)
        return true;
    lexeme->guessed |= guessed;
    bool ok = add_way(m, lexeme, n_atoms, 0, 0);
    for (size_t which = 1; ok && which < VARIANTS_MAX; which++)
        for (size_t i = 0; ok && i < n_atoms; i++)
            if (which < m->atoms[i].n)
                ok = add_way(m, lexeme, n_atoms, i, which);
    return ok;
}

static bool is_mark(char c)
{
    return c && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 128);
}

/* Looks a folded word up in the user's dictionary, without punctuation at its ends, which shortens `folded`.
 * Returns NULL if it is not there. */
static char *find_own(const maker *m, char *folded)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    for (size_t size = strlen(folded); size > 0; folded[--size] = '\0') {
        char *word = folded;
        while (sb_dictionary_find(m->user, word, 0, phones, SB_WAY_PHONES_MAX) == 0)
            if (!is_mark(*word++)) {
                word = NULL;
                break;
            }
        if (word || !is_mark(folded[size - 1]))
            return word;
    }
    return NULL;
}

static char *without_marks(char *folded)
{
    size_t size = strlen(folded);
    while (size > 0 && is_mark(folded[size - 1]))
        folded[--size] = '\0';
    while (is_mark(*folded))
        folded++;
    return folded;
}

/* The user's pronunciation of a whole word takes precedence over all rules. Returns false if memory runs
 * out. */
static bool add_own_ways(maker *m, sb_lexeme *lexeme)
{
    char *folded = m->user ? sb_fold(lexeme->text) : NULL;
    if (!folded)
        return !m->user;
    char *own = find_own(m, folded);
    bool ok = true;
    if (own) {
        lexeme->ways = calloc(SB_WAYS_MAX, sizeof *lexeme->ways);
        ok = lexeme->ways && add_ways(m, lexeme, own);
    }
    free(folded);
    return ok;
}

static bool is_one_letter(const char *text)
{
    size_t n = 0;
    for (size_t size = strlen(text), at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        n += sb_is_letter(c) && !sb_is_ideographic(c);
    }
    return n == 1;
}

/* Returns false if memory runs out. */
static bool keep_said(sb_lexeme *lexeme, const sb_ipa_word *word, size_t way)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    return way >= sb_ipa_word_ways(word) ||
           sb_lexeme_add_way(lexeme, phones, sb_ipa_word_say(word, way, phones, SB_WAY_PHONES_MAX));
}

/* Adds the pronunciations in context first, then that of the word alone. Alone, a letter would be read by its
 * name. */
static bool add_foreign_ways(maker *m, sb_lexeme *lexeme, const sb_context_readings *contexts)
{
    sb_ipa_word alone = {0};
    if (contexts->n == 0 || !is_one_letter(lexeme->text))
        read_alone(m, &alone, lexeme->language, lexeme->text);
    bool ok = true;
    for (size_t way = 0; way < SB_IPA_WAYS; way++) {
        for (size_t i = 0; ok && i < contexts->n; i++)
            ok = keep_said(lexeme, &contexts->words[i], way);
        ok = ok && keep_said(lexeme, &alone, way);
    }
    return ok;
}

/* For words of other languages: the reading of espeak-ng, and also that of the English dictionary, because
 * many names are English. */
static bool pronounce_foreign(maker *m, sb_lexeme *lexeme, const sb_context_readings *contexts)
{
    variants *v = &m->atoms[0];
    char *folded = sb_fold(lexeme->text);
    lexeme->ways = calloc(SB_WAYS_MAX, sizeof *lexeme->ways);
    bool ok = folded && lexeme->ways;
    v->n = 0;
    if (ok && sb_text_is_spoken(lexeme->text)) {
        ok = add_foreign_ways(m, lexeme, contexts);
        if (ok && lexeme->n_ways > 0 && sb_word_is_capitalised(lexeme->text))
            look_up_word(v, m->model, without_marks(folded));
    }
    for (size_t i = 0; ok && i < v->n; i++)
        ok = add_way(m, lexeme, 1, 0, i);
    free(folded);
    return ok && !m->failed;
}

static bool pronounce(maker *m, sb_lexeme *lexeme, const sb_context_readings *contexts)
{
    sb_sayings sayings;
    if (!add_own_ways(m, lexeme))
        return false;
    if (lexeme->n_ways > 0)
        return true;
    if (!sb_language_is_english(lexeme->language))
        return pronounce_foreign(m, lexeme, contexts);
    if (sb_word_sayings(&sayings, lexeme->text, is_known, m, NULL) != SB_OK)
        return false;
    if (sayings.n_items == 0)
        return true;
    lexeme->ways = calloc(SB_WAYS_MAX, sizeof *lexeme->ways);
    bool ok = lexeme->ways != NULL;
    for (size_t i = 0; ok && i < sayings.n_items; i++)
        ok = add_ways(m, lexeme, sayings.items[i]);
    return ok && !m->failed;
}

static bool list_lexemes(sb_lexicon *l, const char *const *words, size_t n_words,
                         const char *const *languages)
{
    sb_hash_index index = {0};
    l->lexeme_of = calloc(n_words + 1, sizeof *l->lexeme_of);
    bool ok = l->lexeme_of && sb_hash_index_init(&index, n_words);
    for (size_t i = 0; ok && i < n_words; i++) {
        l->lexeme_of[i] = sb_lexicon_add(l, &index, words[i], languages ? languages[i] : NULL);
        ok = l->lexeme_of[i] != UINT32_MAX;
    }
    l->n_words = ok ? n_words : 0;
    sb_hash_index_finish(&index);
    return ok;
}

static sb_status open_dictionaries(maker *m, const sb_lexicon_params *params, sb_error *err)
{
    m->user = params ? params->user : NULL;
    m->model = params ? params->model : NULL;
    if (m->model || !params || !params->dictionary)
        return SB_OK;
    sb_status status = sb_dictionary_open(&m->read, params->dictionary, err);
    m->model = m->read;
    return status;
}

static bool has_foreign(const sb_lexicon *l)
{
    for (size_t i = 0; i < l->n_lexemes; i++)
        if (!sb_language_is_english(l->lexemes[i].language))
            return true;
    return false;
}

static bool pronounce_all(maker *m, sb_lexicon *l, const char *const *words, const char *const *languages)
{
    sb_context_readings *contexts = calloc(l->n_lexemes + 1, sizeof *contexts);
    bool ok = contexts != NULL;
    if (ok && has_foreign(l) && speller_of(m))
        ok = sb_context_readings_find(contexts, m->speller, l, words, languages, NULL) == SB_OK;
    for (size_t i = 0; ok && i < l->n_lexemes; i++)
        ok = pronounce(m, &l->lexemes[i], &contexts[i]);
    sb_context_readings_free(contexts, l->n_lexemes);
    return ok;
}

sb_status sb_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                          const sb_lexicon_params *params, sb_error *err)
{
    *out = (sb_lexicon){0};
    const char *const *languages = params ? params->languages : NULL;
    maker *m = calloc(1, sizeof *m);
    sb_status status = m ? open_dictionaries(m, params, err) : SB_ERR_MEMORY;
    bool ok = status == SB_OK && list_lexemes(out, words, n_words, languages) &&
              pronounce_all(m, out, words, languages);
    if (!ok) {
        sb_lexicon_finish(out);
        status = status == SB_OK ? SB_ERR_MEMORY : status;
    }
    if (m) {
        sb_speller_free(&m->speller);
        sb_dictionary_free(&m->read);
    }
    free(m);
    return status == SB_ERR_MEMORY ? sb_error_memory(err, "looking up pronunciations") : status;
}

typedef struct saying {
    const sb_lexicon *lexicon;
    const char *word, *language;
} saying;

static bool is_said_so(const void *user, size_t item)
{
    const saying *s = user;
    const sb_lexeme *lexeme = &s->lexicon->lexemes[item];
    return strcmp(lexeme->text, s->word) == 0 && sb_same_text(lexeme->language, s->language);
}

uint32_t sb_lexicon_add(sb_lexicon *l, const sb_hash_index *index, const char *word, const char *language)
{
    uint64_t hash = sb_hash_text(sb_hash_text(SB_HASH_SEED, word), language ? language : "");
    uint32_t *slot = sb_hash_index_find(index, hash, is_said_so, &(saying){l, word, language});
    if (*slot)
        return *slot - 1;
    if (!sb_push_room(&l->lexemes, l->n_lexemes, sizeof *l->lexemes))
        return UINT32_MAX;
    l->lexemes[l->n_lexemes] = (sb_lexeme){.text = sb_copy_text(word, NULL), .language = language};
    if (!l->lexemes[l->n_lexemes].text)
        return UINT32_MAX;
    *slot = (uint32_t)++l->n_lexemes;
    return *slot - 1;
}

static bool reverse_lexeme(sb_lexeme *out, const sb_lexeme *from)
{
    *out = (sb_lexeme){.text = sb_copy_text(from->text, NULL), .language = from->language};
    if (from->n_ways == 0 || !out->text)
        return out->text != NULL;
    out->ways = calloc(from->n_ways, sizeof *out->ways);
    for (size_t i = 0; out->ways && i < from->n_ways; i++) {
        size_t n = from->ways[i].n_phones;
        sb_phone *phones = malloc(n);
        if (!phones)
            return false;
        for (size_t k = 0; k < n; k++)
            phones[k] = from->ways[i].phones[n - 1 - k];
        out->ways[out->n_ways++] = (sb_spoken_way){phones, n};
    }
    return out->ways != NULL;
}

sb_status sb_lexicon_reverse(sb_lexicon *out, const sb_lexicon *from, sb_error *err)
{
    *out = (sb_lexicon){.lexemes = calloc(from->n_lexemes + 1, sizeof *out->lexemes),
                        .lexeme_of = calloc(from->n_words + 1, sizeof *out->lexeme_of),
                        .n_words = from->n_words};
    bool ok = out->lexemes && out->lexeme_of;
    while (ok && out->n_lexemes < from->n_lexemes) {
        ok = reverse_lexeme(&out->lexemes[out->n_lexemes], &from->lexemes[out->n_lexemes]);
        out->n_lexemes++;
    }
    if (!ok) {
        sb_lexicon_finish(out);
        return sb_error_memory(err, "looking up pronunciations");
    }
    memcpy(out->lexeme_of, from->lexeme_of, from->n_words * sizeof *out->lexeme_of);
    return SB_OK;
}

void sb_lexicon_finish(sb_lexicon *l)
{
    for (size_t i = 0; i < l->n_lexemes; i++) {
        for (size_t w = 0; w < l->lexemes[i].n_ways; w++)
            free(l->lexemes[i].ways[w].phones);
        free(l->lexemes[i].ways);
        free(l->lexemes[i].text);
    }
    free(l->lexemes);
    free(l->lexeme_of);
    *l = (sb_lexicon){0};
}

char *sb_spoken_way_text(const sb_spoken_way *way)
{
    sb_bytes text = {0};
    for (size_t i = 0; i < way->n_phones; i++) {
        if (i > 0)
            sb_bytes_text(&text, " ");
        sb_bytes_text(&text, sb_phone_name(way->phones[i]));
    }
    if (text.failed)
        sb_bytes_finish(&text);
    return text.data;
}
