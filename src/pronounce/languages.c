#include "pronounce/pronounce.h"

#include "base/run/run.h"
#include "base/run/watch.h"

#include <libexttextcat/textcat.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LEAST_ALL  20    /* smallest text in bytes whose language is detected */
#define LEAST_PART 40    /* smallest part, in bytes, that may have another language than the rest */
#define SAMPLE     20000 /* bytes of the whole text that are used */
/* another language is chosen for a part if its distance is at most this share of the main language's */
#define NEARER      0.94
#define LEAST_SHARE 0.02 /* smallest share of the transcript in a second language */
#define LEAST_BYTES 150
#define LANGUAGES   16 /* candidates in one transcript */

/* Pairs of languages. The classifier often detects the first, which has few speakers, for short texts in the
 * second. */
static const char *const mistaken[][2] = {
    {"sco", "en"}, {"ast", "es"}, {"gl", "pt"}, {"oc", "fr"},  {"wa", "fr"},  {"fur", "it"}, {"sc", "it"},
    {"nds", "de"}, {"lb", "de"},  {"fy", "nl"}, {"hsb", "pl"}, {"rue", "uk"}, {"ia", "la"},  {"af", "nl"},
    {"nn", "nb"},  {"fo", "da"},  {"rm", "it"}, {"be", "ru"},  {"mk", "bg"},  {"kk", "ru"},
};

typedef struct candidates {
    struct {
        sb_language language;
        int distance; /* of n-grams; smaller is nearer */
    } items[LANGUAGES];
    size_t n;
} candidates;

typedef struct finder {
    void *classifier;
    candidates *parts; /* of each text */
    struct {
        sb_language language;
        size_t bytes, n_parts;
        sb_writing_script script; /* of the first part in it */
    } tally[LANGUAGES];
    size_t n_tally;
} finder;

/* "zh-Hans--utf8" becomes "zh-Hans". */
static sb_language tag_of(const char *name)
{
    sb_language language = {0};
    const char *end = strstr(name, "--");
    size_t size = end ? (size_t)(end - name) : strlen(name);
    if (size >= SB_LANGUAGE_SIZE)
        size = SB_LANGUAGE_SIZE - 1;
    memcpy(language.tag, name, size);
    if (strncmp(language.tag, "zh", 2) == 0)
        strcpy(language.tag, "zh");
    return language;
}

static bool language_is(const sb_language *a, const char *tag)
{
    size_t size = strcspn(a->tag, "-_");
    return size == strcspn(tag, "-_") && strncasecmp(a->tag, tag, size) == 0;
}

static sb_status classify(candidates *out, void *classifier, const char *text, size_t size)
{
    out->n = 0;
    if (size < LEAST_ALL)
        return SB_OK;
    sb_memory_watch();
    candidate_t *found = textcat_GetClassifyFullOutput(classifier);
    if (!found)
        return SB_ERR_MEMORY;
    int n = textcat_ClassifyFull(classifier, text, size, found);
    for (int i = 0; i < n && out->n < LANGUAGES; i++) {
        out->items[out->n].language = tag_of(found[i].name);
        out->items[out->n++].distance = found[i].score;
    }
    textcat_ReleaseClassifyFullOutput(classifier, found);
    return sb_memory_failed() ? SB_ERR_MEMORY : SB_OK;
}

/* A rare language is replaced by the similar common one if that is also near or the text is short. */
static sb_language likeliest(const candidates *c, size_t size)
{
    sb_language best = c->n ? c->items[0].language : (sb_language){0};
    for (size_t i = 0; i < sizeof mistaken / sizeof *mistaken; i++) {
        if (!language_is(&best, mistaken[i][0]))
            continue;
        bool also = size < 10 * LEAST_PART;
        for (size_t k = 1; k < c->n; k++)
            also = also || language_is(&c->items[k].language, mistaken[i][1]);
        if (also)
            strcpy(best.tag, mistaken[i][1]);
        break;
    }
    return best;
}

static int distance_to(const candidates *c, const char *tag)
{
    for (size_t i = 0; i < c->n; i++)
        if (language_is(&c->items[i].language, tag))
            return c->items[i].distance;
    return 0;
}

static sb_status find_main(sb_language *out, finder *f, const char *const *texts, size_t n_texts)
{
    char *all = malloc(SAMPLE + 1);
    size_t size = 0;
    candidates found;
    if (!all)
        return SB_ERR_MEMORY;
    for (size_t i = 0; i < n_texts && size < SAMPLE; i++) {
        int n = snprintf(all + size, SAMPLE + 1 - size, "%s ", texts[i]);
        size += n > 0 && (size_t)n < SAMPLE + 1 - size ? (size_t)n : SAMPLE - size;
    }
    sb_status status = classify(&found, f->classifier, all, size);
    if (status == SB_OK)
        *out = likeliest(&found, size);
    free(all);
    return status;
}

static void count(finder *f, sb_language language, size_t bytes, sb_writing_script written)
{
    size_t i = 0;
    while (i < f->n_tally && !language_is(&f->tally[i].language, language.tag))
        i++;
    if (i == LANGUAGES)
        return;
    if (i == f->n_tally)
        f->tally[f->n_tally++].language = language;
    if (f->tally[i].n_parts == 0)
        f->tally[i].script = written;
    f->tally[i].bytes += bytes;
    f->tally[i].n_parts++;
}

static bool is_other(const candidates *c, sb_language part, const char *main_tag)
{
    int own = distance_to(c, part.tag), other = distance_to(c, main_tag);
    return !language_is(&part, main_tag) && (other == 0 || own < NEARER * other);
}

static bool is_frequent_item(const finder *f, size_t item, size_t all_bytes)
{
    return f->tally[item].bytes >= LEAST_BYTES && f->tally[item].n_parts > 1 &&
           (double)f->tally[item].bytes >= LEAST_SHARE * (double)all_bytes;
}

static bool is_frequent(const finder *f, sb_language language, size_t all_bytes)
{
    for (size_t i = 0; i < f->n_tally; i++)
        if (language_is(&f->tally[i].language, language.tag))
            return is_frequent_item(f, i, all_bytes);
    return false;
}

/* Finds the language with the most text in a script, among those that were detected with certainty. Returns
 * false if there is none. */
static bool language_in(sb_language *out, const finder *f, sb_writing_script written, size_t all_bytes)
{
    size_t best = f->n_tally;
    for (size_t i = 0; i < f->n_tally; i++)
        if (f->tally[i].script == written && is_frequent_item(f, i, all_bytes) &&
            (best == f->n_tally || f->tally[i].bytes > f->tally[best].bytes))
            best = i;
    if (best < f->n_tally)
        *out = f->tally[best].language;
    return best < f->n_tally;
}

static sb_status count_parts(finder *f, size_t *all_bytes, const sb_language *main_language,
                             const char *const *texts, size_t n_texts)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < n_texts && status == SB_OK; i++) {
        size_t size = strlen(texts[i]);
        *all_bytes += size;
        if (size >= LEAST_PART)
            status = classify(&f->parts[i], f->classifier, texts[i], size);
        sb_language part = likeliest(&f->parts[i], size);
        if (f->parts[i].n && is_other(&f->parts[i], part, main_language->tag))
            count(f, part, size, sb_script_of(&texts[i], 1));
    }
    return status;
}

static sb_status find_parts(finder *f, sb_language *out, sb_language_surety *surety,
                            const sb_language *main_language, const char *const *texts, size_t n_texts)
{
    size_t all_bytes = 0;
    sb_status status = count_parts(f, &all_bytes, main_language, texts, n_texts);
    sb_writing_script of_all = sb_script_of(texts, n_texts);
    for (size_t i = 0; i < n_texts && status == SB_OK; i++) {
        sb_language part = likeliest(&f->parts[i], strlen(texts[i]));
        sb_writing_script written = sb_script_of(&texts[i], 1);
        bool other = f->parts[i].n && is_other(&f->parts[i], part, main_language->tag),
             frequent = other && is_frequent(f, part, all_bytes),
             strange = written != of_all && written != SB_SCRIPT_NONE;
        out[i] = frequent ? part : *main_language;
        surety[i] = f->parts[i].n ? SB_LANGUAGE_TOLD : SB_LANGUAGE_UNTOLD;
        if (!frequent && strange && language_in(&out[i], f, written, all_bytes))
            surety[i] = SB_LANGUAGE_TOLD;
        else if (!frequent && (other || strange))
            surety[i] = SB_LANGUAGE_DOUBTFUL;
    }
    return status;
}

sb_status sb_languages_find(sb_language *main_language, sb_language *out, sb_language_surety *surety,
                            const char *const *texts, size_t n_texts, const char *known, sb_error *err)
{
    finder f = {0};
    sb_status status = SB_OK;
    sb_language_surety *sure = calloc(n_texts + 1, sizeof *sure);
    *main_language = (sb_language){0};
    if (known)
        snprintf(main_language->tag, sizeof main_language->tag, "%s", known);
    for (size_t i = 0; i < n_texts; i++)
        out[i] = *main_language;
    for (size_t i = 0; surety && i < n_texts; i++)
        surety[i] = SB_LANGUAGE_UNTOLD;
    sb_memory_watch();
    f.classifier = special_textcat_Init(SB_TEXTCAT_DATA "/fpdb.conf", SB_TEXTCAT_DATA "/");
    bool starved = sb_memory_failed();
    if (!f.classifier || starved) {
        free(sure);
        if (f.classifier)
            textcat_Done(f.classifier);
        return starved ? sb_error_memory(err, "recognising languages") : SB_OK;
    }
    f.parts = calloc(n_texts + 1, sizeof *f.parts);
    if (!f.parts || !sure)
        status = SB_ERR_MEMORY;
    if (status == SB_OK && !known)
        status = find_main(main_language, &f, texts, n_texts);
    if (status == SB_OK && main_language->tag[0])
        status = find_parts(&f, out, sure, main_language, texts, n_texts);
    if (status == SB_OK && surety && n_texts > 0)
        memcpy(surety, sure, n_texts * sizeof *surety);
    free(sure);
    free(f.parts);
    textcat_Done(f.classifier);
    return status == SB_OK ? SB_OK : sb_error_memory(err, "recognising languages");
}
