#include "align/again/again.h"

#include "align/acoustic/acoustic_aligner.h"
#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

static const char lacks_words[] = "the alignment does not have these words";

/* A text and its place. Words are those of the alignment, numbered from its first. */
typedef struct text_place {
    sb_heard_text *asked;
    size_t first, end;                  /* the words at the place */
    size_t first_around, end_around;    /* with their neighbours */
    size_t first_lexeme, n_asked_words; /* in the list of words; those of the text come last */
    sb_span sound;
} text_place;

typedef struct text_hearing {
    sb_ear *ear;
    const sb_alignment *alignment;
    const sb_aligned_word **words; /* all */
    size_t *turn_of;
    size_t n_words;
    text_place *places;
    size_t n_places;
    char **texts; /* for the lexicon */
    const char **languages;
    size_t n_texts;
    sb_lexicon lexicon;
} text_hearing;

static void text_hearing_finish(text_hearing *h)
{
    for (size_t i = 0; i < h->n_texts; i++)
        free(h->texts[i]);
    free(h->texts);
    free(h->languages);
    free(h->words);
    free(h->turn_of);
    free(h->places);
    sb_lexicon_finish(&h->lexicon);
}

static bool list_all_words(text_hearing *h)
{
    const sb_alignment *a = h->alignment;
    size_t n = sb_alignment_n_words(a);
    h->words = calloc(n + 1, sizeof *h->words);
    h->turn_of = calloc(n + 1, sizeof *h->turn_of);
    for (size_t t = 0; h->words && h->turn_of && t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            h->turn_of[h->n_words] = t;
            h->words[h->n_words++] = &a->turns[t].words[w];
        }
    return h->words && h->turn_of;
}

static size_t word_number(const sb_alignment *a, size_t turn, size_t word)
{
    for (size_t t = 0; t < turn && t < a->n_turns; t++)
        word += a->turns[t].n_words;
    return word;
}

/* Returns why the place cannot be judged, or NULL. */
static const char *find_place(const text_hearing *h, text_place *p)
{
    const sb_word_span *span = &p->asked->words;
    p->first = word_number(h->alignment, span->first_turn, span->first_word);
    p->end = word_number(h->alignment, span->last_turn, span->last_word) + 1;
    if (p->first >= p->end)
        return lacks_words;
    for (size_t i = p->first; i < p->end; i++)
        if (!sb_language_is_english(sb_turn_language(h->alignment, &h->alignment->turns[h->turn_of[i]])))
            return "only English can be checked";
    p->first_around = p->first;
    p->end_around = p->end;
    while (p->first - p->first_around < SB_SLOT_REACH && p->first_around > 0 &&
           sb_words_adjoin(h->words[p->first_around - 1], h->words[p->first_around]))
        p->first_around--;
    while (p->end_around - p->end < SB_SLOT_REACH && p->end_around < h->n_words &&
           sb_words_adjoin(h->words[p->end_around - 1], h->words[p->end_around]))
        p->end_around++;
    if (!sb_word_has_place(h->words[p->first]) || !sb_word_has_place(h->words[p->end - 1]))
        return "the alignment does not have the place of these words";
    p->sound = (sb_span){h->words[p->first_around]->start - SB_SLOT_EDGE,
                         h->words[p->end_around - 1]->end + SB_SLOT_EDGE};
    p->sound.start = p->sound.start > 0 ? p->sound.start : 0;
    if (p->sound.end <= p->sound.start || p->sound.end - p->sound.start > SB_SLOT_MOST)
        return "the words at the place are too far from each other";
    return NULL;
}

static bool add_text(text_hearing *h, const char *text, size_t size, const char *language)
{
    if (!sb_push_room(&h->texts, h->n_texts, sizeof *h->texts) ||
        !sb_push_room(&h->languages, h->n_texts, sizeof *h->languages))
        return false;
    h->languages[h->n_texts] = language;
    return (h->texts[h->n_texts++] = sb_copy_bytes(text, size)) != NULL;
}

/* Lists the words around and at the place, and then those of the text. */
static bool add_texts(text_hearing *h, text_place *p)
{
    bool ok = true;
    const char *language = NULL, *at = p->asked->text;
    p->first_lexeme = h->n_texts;
    for (size_t i = p->first_around; ok && i < p->end_around; i++) {
        language = sb_turn_language(h->alignment, &h->alignment->turns[h->turn_of[i]]);
        ok = add_text(h, h->words[i]->text, strlen(h->words[i]->text), language);
    }
    for (; ok && *(at += strspn(at, " \t\n")); at += strcspn(at, " \t\n")) {
        ok = add_text(h, at, strcspn(at, " \t\n"), "en");
        p->n_asked_words++;
    }
    return ok;
}

static sb_status list_places(text_hearing *h, sb_heard_text *texts, size_t n, sb_error *err)
{
    bool ok = list_all_words(h) && (h->places = calloc(n + 1, sizeof *h->places));
    for (size_t i = 0; ok && i < n; i++) {
        text_place *p = &h->places[h->n_places];
        if (!texts[i].text || texts[i].why)
            continue;
        *p = (text_place){.asked = &texts[i]};
        texts[i].why = find_place(h, p);
        if (texts[i].why)
            continue;
        h->n_places++;
        ok = add_texts(h, p);
        if (ok && (p->end - p->first > SB_SLOT_WORDS_MOST || p->n_asked_words > SB_SLOT_WORDS_MOST)) {
            texts[i].why = "the text is too long";
            h->n_places--;
        } else {
            ok = ok && sb_ear_want(h->ear, p->sound);
        }
    }
    return ok ? SB_OK : sb_error_memory(err, "hearing words again");
}

static const sb_lexeme *text_lexeme(const text_hearing *h, size_t text)
{
    return &h->lexicon.lexemes[h->lexicon.lexeme_of[text]];
}

/* Texts [first, end) with a pronunciation. Returns their number. */
static size_t take_lexemes(const sb_lexeme **out, const text_hearing *h, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++)
        if (text_lexeme(h, i)->n_ways > 0)
            out[n++] = text_lexeme(h, i);
    return n;
}

/* Both texts may take all the sound between the neighbours. */
static sb_status compare_texts(const text_hearing *h, text_place *p, const sb_slot *slot, sb_scorer *scorer)
{
    const sb_lexeme *said[SB_SLOT_WORDS_MOST], *asked[SB_SLOT_WORDS_MOST];
    sb_slot_heard of_said, of_asked;
    size_t at = p->first_lexeme + (p->first - p->first_around),
           first_asked = p->first_lexeme + (p->end_around - p->first_around);
    size_t n_said = take_lexemes(said, h, at, at + (p->end - p->first)),
           n_asked = take_lexemes(asked, h, first_asked, first_asked + p->n_asked_words);
    if (n_said < p->end - p->first || n_asked < p->n_asked_words || n_asked == 0) {
        p->asked->why = "the pronunciation of a word is not known";
        return SB_OK;
    }
    sb_status status = sb_slot_hear_words(&of_said, slot, said, n_said, scorer);
    if (status == SB_OK)
        status = sb_slot_hear_words(&of_asked, slot, asked, n_asked, scorer);
    if (status == SB_OK)
        sb_text_judge(p->asked, &of_asked, &of_said);
    return status;
}

static sb_status hear_place(void *user, size_t index, sb_scorer *scorer)
{
    const text_hearing *h = user;
    text_place *p = &h->places[index];
    sb_slot slot = {0};
    size_t after = p->first_lexeme + (p->end - p->first_around);
    slot.n_before =
        take_lexemes(slot.before, h, p->first_lexeme, p->first_lexeme + (p->first - p->first_around));
    slot.n_after = take_lexemes(slot.after, h, after, after + (p->end_around - p->end));
    float(*vectors)[SB_VECTOR] = sb_sound_vectors(&h->ear->pieces, p->sound, &slot.n_vectors);
    if (!vectors)
        return SB_ERR_MEMORY;
    slot.vectors = (const float(*)[SB_VECTOR])vectors;
    sb_status status = SB_OK;
    if (slot.n_vectors)
        status = compare_texts(h, p, &slot, scorer);
    else
        p->asked->why = "the audio ends before this place";
    free(vectors);
    return status;
}

/* Opens the ear for all kinds of texts at once. */
static sb_status hear_all(text_hearing *h, sb_own_words *own, const char *path,
                          const struct sb_media_params *media, sb_error *err)
{
    if (h->ear->n_sounds == 0 || sb_ear_open(h->ear, path, media, err) || sb_own_words_hear(own, err) ||
        h->n_places == 0)
        return err->status;
    if (!sb_model_lexicon_make(&h->lexicon, h->ear->model, (const char *const *)h->texts, h->languages,
                               h->n_texts, sb_ear_dictionary(h->ear), err))
        sb_ear_share(h->ear, h->n_places, hear_place, h, err);
    return err->status;
}

/* Lists the transcript's own words, and wants their sounds. */
static sb_status list_own_words(sb_own_words *own, sb_ear *ear, const sb_heard_text *texts, size_t n,
                                sb_error *err)
{
    size_t n_spans = 0;
    sb_word_span *spans = calloc(n + 1, sizeof *spans);
    if (!spans)
        return sb_error_memory(err, "hearing words again");
    for (size_t i = 0; i < n; i++)
        if (!texts[i].text && !texts[i].why)
            spans[n_spans++] = texts[i].words;
    if (n_spans > 0)
        sb_own_words_list(own, ear, spans, n_spans, err);
    free(spans);
    return err->status;
}

static sb_status hear_texts(sb_ear *ear, const char *path, const struct sb_media_params *media,
                            sb_heard_text *texts, size_t n, sb_error *err)
{
    text_hearing h = {.ear = ear, .alignment = ear->alignment};
    sb_own_words own = {.ear = ear};
    if (!list_own_words(&own, ear, texts, n, err) && !list_places(&h, texts, n, err) &&
        !hear_all(&h, &own, path, media, err))
        for (size_t i = 0; i < n; i++)
            if (!texts[i].text && !texts[i].why)
                sb_text_judge_own(&texts[i], ear->alignment);
    text_hearing_finish(&h);
    sb_own_words_finish(&own);
    return err->status;
}

static bool has_words(const sb_alignment *a, const sb_word_span *span)
{
    return span->first_turn < a->n_turns && span->last_turn < a->n_turns &&
           span->first_word < a->turns[span->first_turn].n_words &&
           span->last_word < a->turns[span->last_turn].n_words;
}

sb_status sb_alignment_hear_texts(sb_alignment *alignment, const char *audio_path,
                                  const struct sb_media_params *media, const sb_align_params *params,
                                  sb_heard_text *texts, size_t n, sb_error *err)
{
    static const sb_align_params none;
    sb_error reason = {0};
    sb_ear ear = {.alignment = alignment, .params = params ? params : &none};
    const char *why =
        alignment->method != SB_METHOD_ACOUSTIC ? "the alignment was not made with an acoustic model"
        : alignment->pairing != SB_PAIRING_OK   ? "the transcript may not belong to the audio"
        : !ear.params->acoustic_model && sb_acoustic_model_missing(NULL) ? "no acoustic model is installed"
                                                                         : NULL;
    for (size_t i = 0; i < n; i++)
        texts[i] = (sb_heard_text){.words = texts[i].words,
                                   .text = texts[i].text,
                                   .why = why                                     ? why
                                          : has_words(alignment, &texts[i].words) ? NULL
                                                                                  : lacks_words};
    if (!why)
        hear_texts(&ear, audio_path, media, texts, n, &reason);
    sb_ear_finish(&ear);
    if (reason.status && err)
        *err = reason;
    return reason.status;
}
