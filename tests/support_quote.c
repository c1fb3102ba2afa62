#include "support_quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"

sb_alignment *quote_alignment(sb_method method)
{
    sb_alignment *a = calloc(1, sizeof *a);

    a->method = method;
    a->audio.duration = method == SB_METHOD_NONE ? SB_TIME_NONE : 600 * SB_TIME_SECOND;
    a->audio.sample_rate = 44100;
    a->transcript.resolution = SB_TIME_SECOND;
    return a;
}

static void add_word(sb_aligned_turn *turn, const char *text)
{
    if (!sb_push_room(&turn->words, turn->n_words, sizeof *turn->words))
        abort();
    turn->words[turn->n_words++] = (sb_aligned_word){.text = sb_copy_text(text, NULL),
                                                     .start = SB_TIME_NONE,
                                                     .end = SB_TIME_NONE,
                                                     .confidence = 0.9F,
                                                     .status = SB_WORD_ALIGNED};
}

void quote_add_turn(sb_alignment *a, const char *speaker, int start_ms, int end_ms, const char *text)
{
    if (!sb_push_room(&a->turns, a->n_turns, sizeof *a->turns))
        abort();
    sb_aligned_turn *turn = &a->turns[a->n_turns++];
    *turn = (sb_aligned_turn){.speaker = sb_copy_text(speaker, NULL),
                              .stamp = start_ms * SB_TIME_MS,
                              .start = start_ms * SB_TIME_MS,
                              .end = end_ms * SB_TIME_MS,
                              .confidence = 0.9F};
    char *copy = sb_copy_text(text, NULL), *rest = NULL;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        add_word(turn, word);
    free(copy);
    sb_time length = turn->end - turn->start;
    for (size_t w = 0; w < turn->n_words && a->method != SB_METHOD_NONE; w++) {
        turn->words[w].start = turn->start + length * (sb_time)w / (sb_time)turn->n_words;
        turn->words[w].end = turn->start + length * (sb_time)(w + 1) / (sb_time)turn->n_words;
    }
}

void quote_set_word(sb_alignment *a, size_t turn, size_t word, int start_ms, int end_ms,
                    sb_word_status status)
{
    sb_aligned_word *w = &a->turns[turn].words[word];

    w->status = status;
    w->start = status == SB_WORD_NOT_HEARD ? SB_TIME_NONE : start_ms * SB_TIME_MS;
    w->end = status == SB_WORD_NOT_HEARD ? SB_TIME_NONE : end_ms * SB_TIME_MS;
}

void quote_add_speech(sb_alignment *a, int start_ms, int end_ms)
{
    if (!sb_push_room(&a->speech, a->n_speech, sizeof *a->speech))
        abort();
    a->speech[a->n_speech++] = (sb_span){start_ms * SB_TIME_MS, end_ms * SB_TIME_MS};
}

int quote_ms(sb_time time)
{
    return time == SB_TIME_NONE ? -1 : (int)(time / SB_TIME_MS);
}

sb_verification quote_check(const sb_alignment *a, const char *quote, const char *speaker)
{
    sb_verification v;
    sb_error err = {0};
    const sb_claim claim = {.quote = quote, .speaker = speaker};

    if (sb_claims_verify(&v, a, &claim, 1, NULL, &err))
        fail_msg("%s: %s", quote, err.message);
    return v;
}

void quote_print_diffs(char *out, size_t size, const sb_quote_place *place)
{
    static const char *const marks[] = {"=", "-", "+", "~", "...", "[]", "!"};
    size_t n = 0;

    *out = '\0';
    for (size_t i = 0; i < place->n_diffs && n < size; i++) {
        const sb_diff *d = &place->diffs[i];
        if (d->kind == SB_DIFF_SAME)
            continue;
        n += (size_t)snprintf(out + n, size - n, "%s%s %s/%s", n ? "|" : "", marks[d->kind],
                              d->quoted ? d->quoted : "", d->said ? d->said : "");
    }
}
