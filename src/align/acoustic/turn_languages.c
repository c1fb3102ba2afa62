#include "align/acoustic/acoustic_aligner.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "pronounce/pronounce.h"

#include <stdlib.h>
#include <string.h>

#define SPEAKER_TURNS 2 /* minimum turns to know a speaker's language */
#define SPEAKERS      64

const char *sb_turn_language(const sb_alignment *a, const sb_aligned_turn *turn)
{
    return turn->language && sb_turn_language_is_told(turn) ? turn->language : a->transcript.language;
}

bool sb_turn_language_is_told(const sb_aligned_turn *turn)
{
    return !turn->language || strcmp(turn->language, SB_LANGUAGE_UNDETERMINED) != 0;
}

typedef struct found {
    char **texts;
    sb_language main_language, *of_turns;
    sb_language_surety *surety;
} found;

/* The detected languages of a speaker's turns. */
typedef struct voice {
    const char *speaker;
    const sb_language *language;
    size_t n;
    bool mixed;
} voice;

typedef struct voices {
    voice items[SPEAKERS];
    size_t n;
} voices;

/* NULL without a speaker, or if there are too many. */
static voice *voice_of(voices *v, const char *speaker)
{
    size_t i = 0;
    while (speaker && i < v->n && strcmp(v->items[i].speaker, speaker) != 0)
        i++;
    if (!speaker || i == SPEAKERS)
        return NULL;
    if (i == v->n)
        v->items[v->n++].speaker = speaker;
    return &v->items[i];
}

static void hear_speakers(voices *v, const sb_alignment *a, const found *f)
{
    for (size_t t = 0; t < a->n_turns; t++) {
        voice *one = f->surety[t] == SB_LANGUAGE_TOLD ? voice_of(v, a->turns[t].speaker) : NULL;
        if (!one)
            continue;
        one->mixed = one->mixed || (one->language && strcmp(one->language->tag, f->of_turns[t].tag) != 0);
        one->language = &f->of_turns[t];
        one->n++;
    }
}

static void follow_speakers(const sb_alignment *a, found *f)
{
    voices v = {0};
    hear_speakers(&v, a, f);
    for (size_t t = 0; t < a->n_turns; t++) {
        if (f->surety[t] == SB_LANGUAGE_TOLD)
            continue;
        const voice *one = voice_of(&v, a->turns[t].speaker);
        bool known = one && !one->mixed && one->n >= SPEAKER_TURNS;
        if (known && strcmp(one->language->tag, f->main_language.tag) != 0)
            f->of_turns[t] = *one->language;
        else if (f->surety[t] == SB_LANGUAGE_DOUBTFUL)
            strcpy(f->of_turns[t].tag, SB_LANGUAGE_UNDETERMINED);
    }
}

static bool set_all(sb_alignment *a, const found *f)
{
    bool ok = true;
    if (f->main_language.tag[0]) {
        free(a->transcript.language);
        a->transcript.language = sb_copy_text(f->main_language.tag, &ok);
    }
    for (size_t t = 0; t < a->n_turns && ok; t++)
        if (f->of_turns[t].tag[0] && strcmp(f->of_turns[t].tag, f->main_language.tag) != 0)
            a->turns[t].language = sb_copy_text(f->of_turns[t].tag, &ok);
    return ok;
}

static sb_status find_all(found *f, sb_alignment *a, const char *given, sb_error *err)
{
    for (size_t t = 0; t < a->n_turns; t++)
        if (!(f->texts[t] = sb_aligned_turn_text(&a->turns[t])))
            return sb_error_memory(err, "aligning");
    sb_status status =
        sb_languages_find(&f->main_language, f->of_turns, f->surety, (const char *const *)f->texts,
                          a->n_turns, given ? given : a->transcript.language, err);
    if (status != SB_OK)
        return status;
    follow_speakers(a, f);
    return set_all(a, f) ? SB_OK : sb_error_memory(err, "aligning");
}

sb_status sb_turn_languages_set(sb_alignment *a, const char *given, sb_error *err)
{
    found f = {.texts = calloc(a->n_turns + 1, sizeof *f.texts),
               .of_turns = calloc(a->n_turns + 1, sizeof *f.of_turns),
               .surety = calloc(a->n_turns + 1, sizeof *f.surety)};
    sb_status status =
        f.texts && f.of_turns && f.surety ? find_all(&f, a, given, err) : sb_error_memory(err, "aligning");
    for (size_t t = 0; f.texts && t < a->n_turns; t++)
        free(f.texts[t]);
    free(f.texts);
    free(f.of_turns);
    free(f.surety);
    return status;
}
