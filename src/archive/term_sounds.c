#include "archive/archive.h"

#include "base/run/run.h"
#include "quote/alike/sounds.h"

#include <stdlib.h>
#include <string.h>

/* A term and the word that is pronounced for it. */
typedef struct spoken {
    char *term;
    const char *word; /* `term`, or a word of the alignment */
} spoken;

typedef struct vocabulary {
    spoken *items;
    size_t n;
} vocabulary;

static int by_term(const void *a, const void *b)
{
    const spoken *x = a, *y = b;
    return strcmp(x->term, y->term);
}

static void vocabulary_finish(vocabulary *v)
{
    for (size_t i = 0; i < v->n; i++)
        free(v->items[i].term);
    free(v->items);
    *v = (vocabulary){0};
}

/* A hyphenated word has several terms, and a number may have several words. */
static bool is_whole_word(const sb_terms *terms, size_t place)
{
    const sb_term_place *p = &terms->places[place];
    return p->end == p->word + 1 && (place == 0 || p[-1].word != p->word) &&
           (place + 1 == terms->n_places || p[1].word != p->word);
}

/* Each term once. */
static bool list_terms(vocabulary *out, const sb_indexed *indexed)
{
    const sb_terms *terms = &indexed->terms;
    size_t kept = 0;
    out->items = calloc(terms->n_places + 1, sizeof *out->items);
    for (size_t i = 0; out->items && i < terms->n_places; i++) {
        spoken *item = &out->items[out->n];
        item->term = sb_copy_bytes(terms->text.data + terms->places[i].at, terms->places[i].token_size);
        if (!item->term)
            return false;
        item->word = is_whole_word(terms, i) ? indexed->runs.texts[terms->places[i].word] : item->term;
        out->n++;
    }
    if (out->n > 1)
        qsort(out->items, out->n, sizeof *out->items, by_term);
    for (size_t i = 0; i < out->n; i++) {
        if (kept && !strcmp(out->items[kept - 1].term, out->items[i].term))
            free(out->items[i].term);
        else
            out->items[kept++] = out->items[i];
    }
    out->n = kept;
    return out->items != NULL;
}

static sb_status drop_known(vocabulary *v, sb_archive *archive, sb_error *err)
{
    size_t kept = 0;
    sb_rows *rows = sb_database_read(archive->database, err, "SELECT 1 FROM sound WHERE term = ?", "");
    for (size_t i = 0; i < v->n; i++) {
        if (!err->status)
            sb_rows_again(rows, err, "t", v->items[i].term);
        if (!err->status && sb_rows_next(rows, err))
            free(v->items[i].term);
        else
            v->items[kept++] = v->items[i];
    }
    v->n = kept;
    sb_rows_end(&rows);
    return err->status;
}

static sb_status write_sounds(const vocabulary *v, const sb_sounds *sounds, sb_archive *archive,
                              sb_error *err)
{
    size_t at = 0;
    sb_rows *rows = sb_database_read(archive->database, err,
                                     "INSERT OR IGNORE INTO sound(phones, term) VALUES(?, ?)", "");
    for (size_t i = 0; i < v->n && !err->status; i++) {
        sb_bytes phones = {0};
        sb_bytes_append(&phones, "", 0);
        for (; at < sounds->n && sounds->word_of[at] == i; at++) {
            char letter = (char)(SB_PHONE_LETTER + sounds->phones[at]);
            sb_bytes_append(&phones, &letter, 1);
        }
        if (phones.failed)
            sb_error_memory(err, "indexing an alignment");
        else
            sb_rows_again(rows, err, "tt", phones.data ? phones.data : "", v->items[i].term);
        sb_rows_next(rows, err);
        sb_bytes_finish(&phones);
    }
    sb_rows_end(&rows);
    return err->status;
}

sb_status sb_archive_read_dictionary(sb_archive *archive, sb_error *err)
{
    return archive->dictionary ? SB_OK : sb_sound_dictionary_read(&archive->dictionary, err);
}

sb_status sb_archive_add_sounds(sb_archive *archive, const sb_indexed *indexed, const char *language,
                                sb_error *err)
{
    vocabulary v = {0};
    sb_sounds none = {0}, sounds = {0};
    if (!list_terms(&v, indexed))
        sb_error_memory(err, "indexing an alignment");
    const char **words = calloc(v.n + 1, sizeof *words);
    if (!words)
        sb_error_memory(err, "indexing an alignment");
    if (!err->status && !drop_known(&v, archive, err) && v.n) {
        for (size_t i = 0; i < v.n; i++)
            words[i] = v.items[i].word;
        if (!sb_archive_read_dictionary(archive, err) &&
            !sb_sounds_make(&none, &sounds, words, 0, v.n, language, archive->dictionary, err))
            write_sounds(&v, &sounds, archive, err);
    }
    free(words);
    sb_sounds_finish(&none);
    sb_sounds_finish(&sounds);
    vocabulary_finish(&v);
    return err->status;
}
