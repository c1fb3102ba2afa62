#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "soundbite/quote.h"

/* One turn of the excerpt. `ok` becomes false when out of memory. */
typedef struct piece {
    sb_aligned_turn *turn;
    size_t word_capacity, event_capacity;
    bool ok;
} piece;

static void copy_head(sb_alignment *to, const sb_alignment *from, bool *ok)
{
    to->audio = from->audio;
    to->audio.path = sb_copy_text(from->audio.path, ok);
    to->audio.codec = sb_copy_text(from->audio.codec, ok);
    to->transcript.path = sb_copy_text(from->transcript.path, ok);
    memcpy(to->transcript.sha256, from->transcript.sha256, sizeof to->transcript.sha256);
    to->transcript.format = sb_copy_text(from->transcript.format, ok);
    to->transcript.title = sb_copy_text(from->transcript.title, ok);
    to->transcript.language = sb_copy_text(from->transcript.language, ok);
    to->transcript.resolution = from->transcript.resolution;
    to->method = from->method;
    to->pairing = from->pairing;
}

static void add_word(piece *p, const sb_aligned_word *word)
{
    sb_aligned_turn *turn = p->turn;
    if (!p->ok || !sb_grow(&turn->words, turn->n_words, &p->word_capacity, sizeof *turn->words)) {
        p->ok = false;
        return;
    }
    sb_aligned_word *copy = &turn->words[turn->n_words++];
    *copy = *word;
    copy->text = sb_copy_text(word->text, &p->ok);
}

static void add_event(piece *p, const sb_event *event)
{
    sb_aligned_turn *turn = p->turn;
    if (!p->ok || !sb_grow(&turn->events, turn->n_events, &p->event_capacity, sizeof *turn->events)) {
        p->ok = false;
        return;
    }
    sb_event *copy = &turn->events[turn->n_events++];
    *copy = (sb_event){sb_copy_text(event->text, &p->ok), turn->n_words};
}

/* Words first ... last with everything between them, and at the edges of a turn also what is outside. */
static void add_words(piece *p, const sb_aligned_turn *turn, size_t first, size_t last)
{
    size_t e = 0;
    while (e < turn->n_events && first > 0 && turn->events[e].before_word <= first)
        e++;
    for (size_t w = first; w <= last && w < turn->n_words; w++) {
        for (; e < turn->n_events && turn->events[e].before_word <= w; e++)
            add_event(p, &turn->events[e]);
        add_word(p, &turn->words[w]);
    }
    for (; e < turn->n_events && last + 1 >= turn->n_words; e++)
        add_event(p, &turn->events[e]);
}

static sb_turn_status status_of(const sb_match *match, size_t n_words)
{
    if (match->n_not_heard == 0)
        return SB_TURN_ALIGNED;
    return match->n_not_heard < n_words ? SB_TURN_PARTLY : SB_TURN_NOT_HEARD;
}

static bool take_match(sb_aligned_turn *out, const sb_alignment *from, const sb_match *match)
{
    piece p = {.turn = out, .ok = true};
    const sb_aligned_turn *first = &from->turns[match->first_turn];
    out->speaker = sb_copy_text(match->speaker, &p.ok);
    out->stamp = match->first_word == 0 ? first->stamp : SB_TIME_NONE;
    out->start = match->span.start;
    out->end = match->span.end;
    out->confidence = match->confidence;
    for (size_t i = match->first_turn; i <= match->last_turn; i++)
        add_words(&p, &from->turns[i], i == match->first_turn ? match->first_word : 0,
                  i == match->last_turn ? match->last_word : from->turns[i].n_words);
    out->status = status_of(match, out->n_words);
    return p.ok;
}

sb_status sb_matches_excerpt(sb_alignment **out, const sb_alignment *alignment, const sb_matches *matches,
                             sb_error *err)
{
    *out = NULL;
    bool ok = true;
    sb_alignment *a = calloc(1, sizeof *a);
    if (!a)
        return sb_error_memory(err, "verifying quotations");
    copy_head(a, alignment, &ok);
    a->turns = calloc(matches->n_items + 1, sizeof *a->turns);
    for (size_t i = 0; ok && a->turns && i < matches->n_items; i++) {
        a->n_turns++;
        ok = take_match(&a->turns[i], alignment, &matches->items[i]);
    }
    if (!ok || !a->turns) {
        sb_alignment_free(&a);
        return sb_error_memory(err, "verifying quotations");
    }
    *out = a;
    return SB_OK;
}
