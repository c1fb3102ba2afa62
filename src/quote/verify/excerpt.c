#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
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

static void add_excerpt_word(piece *p, const sb_aligned_word *word)
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
static void add_turn_words(piece *p, const sb_aligned_turn *turn, size_t first, size_t last)
{
    size_t e = 0;
    while (e < turn->n_events && first > 0 && turn->events[e].before_word <= first)
        e++;
    for (size_t w = first; w <= last && w < turn->n_words; w++) {
        for (; e < turn->n_events && turn->events[e].before_word <= w; e++)
            add_event(p, &turn->events[e]);
        add_excerpt_word(p, &turn->words[w]);
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

static void begin_turn(piece *p, sb_alignment *to, const sb_alignment *from, const sb_match *match,
                       size_t row)
{
    const sb_aligned_turn *turn = &from->turns[row];
    bool is_first = row == match->first_turn;
    *p = (piece){.turn = &to->turns[to->n_turns++], .ok = true};
    *p->turn = (sb_aligned_turn){.speaker = sb_copy_text(turn->speaker, &p->ok),
                                 .stamp = is_first && match->first_word > 0 ? SB_TIME_NONE : turn->stamp,
                                 .start = is_first ? match->span.start : turn->start,
                                 .end = match->span.end,
                                 .confidence = is_first ? match->confidence : turn->confidence,
                                 .status = turn->status};
}

/* A match becomes one turn, with a new turn at each change of speaker. */
static bool take_match(sb_alignment *to, const sb_alignment *from, const sb_match *match)
{
    piece p = {.ok = true};
    size_t first = to->n_turns;
    for (size_t i = match->first_turn; p.ok && i <= match->last_turn; i++) {
        const sb_aligned_turn *turn = &from->turns[i];
        if (!p.turn || (turn->n_words && !sb_same_text(turn->speaker, p.turn->speaker)))
            begin_turn(&p, to, from, match, i);
        add_turn_words(&p, turn, i == match->first_turn ? match->first_word : 0,
                       i == match->last_turn ? match->last_word : turn->n_words);
        if (i < match->last_turn)
            p.turn->end = turn->end;
    }
    to->turns[to->n_turns - 1].end = match->span.end;
    if (to->n_turns == first + 1)
        to->turns[first].status = status_of(match, to->turns[first].n_words);
    return p.ok;
}

static size_t count_rows(const sb_matches *matches)
{
    size_t n = 0;
    for (size_t i = 0; i < matches->n_items; i++)
        n += matches->items[i].last_turn - matches->items[i].first_turn + 1;
    return n;
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
    a->turns = calloc(count_rows(matches) + 1, sizeof *a->turns);
    for (size_t i = 0; ok && a->turns && i < matches->n_items; i++)
        ok = take_match(a, alignment, &matches->items[i]);
    if (!ok || !a->turns) {
        sb_alignment_free(&a);
        return sb_error_memory(err, "verifying quotations");
    }
    *out = a;
    return SB_OK;
}
