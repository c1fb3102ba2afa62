#include "archive/pack/pack.h"

#include "alignment/alignment.h"
#include "archive/store/store.h"

#include <math.h>
#include <string.h>

typedef struct packer {
    sb_bytes *out;
    sb_time unit, before; /* times are multiples of `unit`; `before` is the last one */
} packer;

static void put_whole(sb_bytes *out, uint64_t value)
{
    unsigned char bytes[10];
    size_t n = 0;
    for (; value > 127; value >>= 7)
        bytes[n++] = (unsigned char)(value | 128);
    bytes[n++] = (unsigned char)value;
    sb_bytes_append(out, bytes, n);
}

static void put_signed(sb_bytes *out, int64_t value)
{
    put_whole(out, value < 0 ? ((uint64_t)~value << 1) + 1 : (uint64_t)value << 1);
}

static void put_text(sb_bytes *out, const char *text)
{
    size_t size = strlen(text);
    put_whole(out, size);
    sb_bytes_append(out, text, size);
}

static void put_time(packer *p, sb_time time)
{
    put_signed(p->out, (time - p->before) / p->unit);
    p->before = time;
}

static uint64_t quantise(float confidence)
{
    double steps = round((double)confidence * SB_CONFIDENCE_STEPS);
    if (steps >= 0 && steps <= SB_CONFIDENCE_STEPS && (float)(steps / SB_CONFIDENCE_STEPS) == confidence)
        return (uint64_t)steps;
    return SB_CONFIDENCE_STEPS + 1;
}

/* `flags` are below `scale`. */
static void put_confidence(sb_bytes *out, float confidence, uint64_t flags, uint64_t scale)
{
    uint64_t steps = quantise(confidence);
    put_whole(out, steps * scale + flags);
    if (steps > SB_CONFIDENCE_STEPS)
        sb_bytes_append(out, &confidence, sizeof confidence);
}

static void put_word(packer *p, const sb_aligned_word *word)
{
    bool has_times = sb_word_has_place(word);
    put_text(p->out, word->text);
    put_confidence(p->out, word->confidence,
                   (uint64_t)word->status * SB_PACKED_STATUS + (has_times ? SB_PACKED_HAS_TIMES : 0),
                   SB_PACKED_CONFIDENCE);
    if (has_times) {
        put_time(p, word->start);
        put_time(p, word->end);
    }
}

static bool event_is_in(const sb_aligned_turn *turn, const sb_event *event, const sb_piece *piece)
{
    bool is_last = piece->end_word == turn->n_words;
    return event->before_word >= piece->first_word && (event->before_word < piece->end_word || is_last);
}

static void put_events(packer *p, const sb_aligned_turn *turn, const sb_piece *piece)
{
    size_t n = 0;
    for (size_t i = 0; i < turn->n_events; i++)
        n += event_is_in(turn, &turn->events[i], piece);
    put_whole(p->out, n);
    for (size_t i = 0; i < turn->n_events; i++) {
        if (!event_is_in(turn, &turn->events[i], piece))
            continue;
        put_whole(p->out, turn->events[i].before_word - piece->first_word);
        put_text(p->out, turn->events[i].text);
    }
}

/* The properties of a row are in its first piece only. */
static void put_row(packer *p, const sb_aligned_turn *turn)
{
    if (turn->stamp != SB_TIME_NONE)
        put_time(p, turn->stamp);
    if (turn->start != SB_TIME_NONE)
        put_time(p, turn->start);
    if (turn->end != SB_TIME_NONE)
        put_time(p, turn->end);
    put_confidence(p->out, turn->confidence, 0, 1);
}

static void put_piece(packer *p, const sb_aligned_turn *turn, const sb_piece *piece, uint32_t speaker)
{
    bool continues = piece->first_word > 0;
    put_whole(p->out, (turn->goes_on ? SB_PIECE_GOES_ON : 0U) | (continues ? SB_PIECE_CONTINUES : 0U) |
                          (turn->language ? SB_PIECE_HAS_LANGUAGE : 0U) |
                          (turn->stamp != SB_TIME_NONE ? SB_PIECE_HAS_STAMP : 0U) |
                          (turn->start != SB_TIME_NONE ? SB_PIECE_HAS_START : 0U) |
                          (turn->end != SB_TIME_NONE ? SB_PIECE_HAS_END : 0U) |
                          (unsigned)turn->status * SB_PIECE_STATUS);
    put_whole(p->out, speaker);
    if (turn->language)
        put_text(p->out, turn->language);
    if (!continues)
        put_row(p, turn);
    put_events(p, turn, piece);
    put_whole(p->out, piece->end_word - piece->first_word);
    for (size_t i = piece->first_word; i < piece->end_word; i++)
        put_word(p, &turn->words[i]);
}

static void take_common(sb_time *unit, sb_time time)
{
    sb_time a = *unit, b = time == SB_TIME_NONE ? 0 : time < 0 ? -time : time;
    while (b) {
        sb_time rest = a % b;
        a = b;
        b = rest;
    }
    *unit = a;
}

static sb_time common_unit(const sb_alignment *alignment, const sb_piece *pieces, size_t n)
{
    sb_time unit = 0;
    for (size_t i = 0; i < n; i++) {
        const sb_aligned_turn *turn = &alignment->turns[pieces[i].row];
        take_common(&unit, turn->stamp);
        take_common(&unit, turn->start);
        take_common(&unit, turn->end);
        for (size_t k = pieces[i].first_word; k < pieces[i].end_word; k++) {
            take_common(&unit, turn->words[k].start);
            take_common(&unit, turn->words[k].end);
        }
    }
    return unit ? unit : 1;
}

void sb_block_write(sb_bytes *out, const sb_alignment *alignment, const sb_piece *pieces, size_t n_pieces,
                    const uint32_t *speaker_of)
{
    sb_bytes plain = {0};
    packer p = {.out = &plain, .unit = common_unit(alignment, pieces, n_pieces)};
    put_whole(&plain, (uint64_t)p.unit);
    put_whole(&plain, n_pieces);
    for (size_t i = 0; i < n_pieces; i++)
        put_piece(&p, &alignment->turns[pieces[i].row], &pieces[i], speaker_of[pieces[i].row]);
    if (plain.failed)
        out->failed = true;
    else
        sb_deflate(out, plain.data, plain.size);
    sb_bytes_finish(&plain);
}

sb_status sb_head_write(sb_bytes *out, const sb_alignment *alignment, sb_error *err)
{
    sb_alignment head = *alignment;
    sb_bytes text = {0};
    head.turns = NULL;
    head.n_turns = 0;
    if (sb_alignment_write(&text, &head, err))
        return SB_ERR_MEMORY;
    sb_deflate(out, text.data, text.size);
    sb_bytes_finish(&text);
    return SB_OK;
}
