#include "archive/pack/pack.h"

#include "alignment/alignment.h"
#include "archive/store/store.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_MAX ((size_t)16 << 20)
#define HEAD_MAX  ((size_t)512 << 20)
#define TEXT_MAX  ((size_t)1 << 20)

/* `failed` is set by the first value that cannot be. */
typedef struct unpacker {
    const unsigned char *at, *end;
    sb_time unit, before;
    bool failed, out_of_memory;
} unpacker;

static uint64_t get_whole(unpacker *u)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && u->at < u->end; shift += 7) {
        unsigned char byte = *u->at++;
        value |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return value;
    }
    u->failed = true;
    return 0;
}

/* A number of things that take at least one byte each. */
static size_t get_count(unpacker *u)
{
    uint64_t n = get_whole(u);
    if (n <= (uint64_t)(u->end - u->at))
        return (size_t)n;
    u->failed = true;
    return 0;
}

static char *get_text(unpacker *u)
{
    size_t size = get_count(u);
    const char *from = (const char *)u->at;
    if (u->failed || size > TEXT_MAX || memchr(from, 0, size) || !sb_utf8_valid(from, size)) {
        u->failed = true;
        return NULL;
    }
    u->at += size;
    char *text = sb_copy_bytes(from, size);
    u->out_of_memory = u->out_of_memory || !text;
    return text;
}

static sb_time get_time(unpacker *u)
{
    uint64_t code = get_whole(u);
    int64_t steps = code & 1 ? (int64_t) ~(code >> 1) : (int64_t)(code >> 1), by, time;
    if (__builtin_mul_overflow(steps, u->unit, &by) || __builtin_add_overflow(u->before, by, &time) ||
        time > SB_ALIGNMENT_TIME_MAX || time < -SB_ALIGNMENT_TIME_MAX) {
        u->failed = true;
        return 0;
    }
    return u->before = time;
}

static void get_span(unpacker *u, sb_time *start, sb_time *end)
{
    *start = get_time(u);
    *end = get_time(u);
    u->failed = u->failed || *end < *start;
}

static float get_confidence(unpacker *u, uint64_t scale, uint64_t *flags)
{
    uint64_t code = get_whole(u), steps = code / scale;
    float confidence = (float)((double)steps / SB_CONFIDENCE_STEPS);
    *flags = code % scale;
    if (steps > SB_CONFIDENCE_STEPS) {
        bool is_there = (size_t)(u->end - u->at) >= sizeof confidence;
        if (is_there) {
            memcpy(&confidence, u->at, sizeof confidence);
            u->at += sizeof confidence;
        }
        u->failed = u->failed || !is_there || !(confidence >= 0 && confidence <= 1);
    }
    return confidence;
}

static void get_word(unpacker *u, sb_aligned_word *word)
{
    uint64_t flags;
    *word = (sb_aligned_word){.start = SB_TIME_NONE, .end = SB_TIME_NONE};
    word->text = get_text(u);
    word->confidence = get_confidence(u, SB_PACKED_CONFIDENCE, &flags);
    word->status = (sb_word_status)(flags / SB_PACKED_STATUS);
    bool has_times = flags & SB_PACKED_HAS_TIMES;
    u->failed = u->failed || word->status > SB_WORD_NOT_HEARD ||
                word->status == (has_times ? SB_WORD_NOT_HEARD : SB_WORD_ALIGNED);
    if (has_times)
        get_span(u, &word->start, &word->end);
}

/* Makes room for `n` more items, and zeroes them. */
static bool make_room_to_unpack(unpacker *u, void *items, size_t have, size_t n, size_t item_size)
{
    void *old, *bigger;
    memcpy(&old, items, sizeof old);
    bigger = n ? realloc(old, (have + n) * item_size) : old;
    if (n && !bigger) {
        u->out_of_memory = true;
        return false;
    }
    if (n)
        memset((char *)bigger + have * item_size, 0, n * item_size);
    memcpy(items, &bigger, sizeof bigger);
    return true;
}

static void get_events(unpacker *u, sb_aligned_turn *turn)
{
    size_t n = get_count(u), first_word = turn->n_words;
    if (u->failed || !make_room_to_unpack(u, &turn->events, turn->n_events, n, sizeof *turn->events))
        return;
    for (size_t i = 0; i < n && !u->failed && !u->out_of_memory; i++) {
        sb_event *event = &turn->events[turn->n_events++];
        uint64_t before = get_whole(u);
        u->failed = u->failed || before > BLOCK_MAX;
        event->before_word = first_word + (size_t)before;
        event->text = get_text(u);
    }
}

static void get_words(unpacker *u, sb_aligned_turn *turn)
{
    size_t n = get_count(u);
    if (u->failed || !make_room_to_unpack(u, &turn->words, turn->n_words, n, sizeof *turn->words))
        return;
    for (size_t i = 0; i < n && !u->failed && !u->out_of_memory; i++)
        get_word(u, &turn->words[turn->n_words++]);
    for (size_t i = 0; i < turn->n_events; i++)
        u->failed = u->failed || turn->events[i].before_word > turn->n_words;
}

/* A row that continues has only what a search needs. */
static void get_row(unpacker *u, sb_aligned_turn *turn, uint64_t flags)
{
    uint64_t none;
    if (flags & SB_PIECE_CONTINUES) {
        turn->goes_on = true;
        return;
    }
    turn->goes_on = flags & SB_PIECE_GOES_ON;
    if (flags & SB_PIECE_HAS_STAMP)
        turn->stamp = get_time(u);
    if (flags & SB_PIECE_HAS_START)
        turn->start = get_time(u);
    if (flags & SB_PIECE_HAS_END)
        turn->end = get_time(u);
    u->failed =
        u->failed || (turn->start != SB_TIME_NONE && turn->end != SB_TIME_NONE && turn->end < turn->start);
    turn->confidence = get_confidence(u, 1, &none);
}

static void get_piece(unpacker *u, sb_alignment *out, const char *const *speakers, size_t n_speakers,
                      bool joins)
{
    bool ok = true;
    uint64_t flags = get_whole(u), speaker = get_whole(u);
    if (u->failed || flags >= 3 * SB_PIECE_STATUS || speaker >= n_speakers ||
        ((flags & SB_PIECE_CONTINUES) && joins && !out->n_turns)) {
        u->failed = true;
        return;
    }
    char *language = flags & SB_PIECE_HAS_LANGUAGE ? get_text(u) : NULL;
    if ((flags & SB_PIECE_CONTINUES) && joins) {
        free(language);
    } else {
        sb_aligned_turn *turn = &out->turns[out->n_turns++];
        *turn = (sb_aligned_turn){.language = language,
                                  .stamp = SB_TIME_NONE,
                                  .start = SB_TIME_NONE,
                                  .end = SB_TIME_NONE,
                                  .status = (sb_turn_status)(flags / SB_PIECE_STATUS)};
        turn->speaker = sb_copy_text(speakers[speaker], &ok);
        u->out_of_memory = u->out_of_memory || !ok;
        get_row(u, turn, flags);
    }
    if (!u->failed)
        get_events(u, &out->turns[out->n_turns - 1]);
    if (!u->failed)
        get_words(u, &out->turns[out->n_turns - 1]);
}

sb_status sb_block_read(sb_alignment *out, const void *data, size_t size, const char *const *speakers,
                        size_t n_speakers, bool joins)
{
    sb_bytes plain = {0};
    sb_status status = sb_inflate(&plain, data, size, BLOCK_MAX);
    if (!status && !plain.size)
        status = SB_ERR_FORMAT;
    if (!status) {
        const unsigned char *begin = (const unsigned char *)plain.data;
        unpacker u = {.at = begin, .end = begin + plain.size};
        uint64_t unit = get_whole(&u);
        u.unit = (sb_time)unit;
        size_t n = get_count(&u);
        u.failed = u.failed || unit == 0 || unit > (uint64_t)SB_ALIGNMENT_TIME_MAX;
        if (!u.failed && make_room_to_unpack(&u, &out->turns, out->n_turns, n, sizeof *out->turns))
            for (size_t i = 0; i < n && !u.failed && !u.out_of_memory; i++)
                get_piece(&u, out, speakers, n_speakers, joins);
        u.failed = u.failed || u.at != u.end;
        status = u.out_of_memory ? SB_ERR_MEMORY : u.failed ? SB_ERR_FORMAT : SB_OK;
    }
    sb_bytes_finish(&plain);
    return status;
}

sb_status sb_head_read(sb_alignment **out, const void *data, size_t size, const char *path, sb_error *err)
{
    sb_bytes text = {0};
    *out = NULL;
    sb_status status = sb_inflate(&text, data, size, HEAD_MAX);
    if (status == SB_ERR_MEMORY)
        sb_error_memory(err, "reading an archive");
    else if (status)
        sb_error_set_at(err, status, path, 0, 0, "has a damaged episode; remove it and add it again");
    else
        status = sb_alignment_read(out, text.data, text.size, path, err);
    sb_bytes_finish(&text);
    return status;
}
