#include "transcript/praat/praat.h"
#include "transcript/tables/tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"

#define HEAD_BYTES   200
#define MIN_SOUNDS   8 /* labels of a tier that is taken for sounds by them alone */
#define MAX_SOUND    5
#define LISTED_BYTES 200

typedef struct tier {
    sb_range name, speaker;
    sb_tier_kind kind;
    bool has_points, is_chosen;
    size_t first, n; /* of its labels that are not silent */
    size_t n_bytes, n_short;
    const struct tier *words; /* of the same speaker */
} tier;

typedef struct grid {
    sb_reading *reading;
    sb_grid_scan scan;
    sb_table labels; /* of all tiers, in file order */
    tier *tiers;
    size_t n_tiers, capacity;
} grid;

static bool is_silent(const char *text, sb_range label)
{
    static const char *const marks[] = {"sil",   "sp",    "<sil>", "<sp>", "<p:>", "<p>",
                                        "<usb>", "<eps>", "#",     "_",    "-"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sb_range_is(text, label, marks[i]))
            return true;
    return label.length == 0;
}

static sb_status add_label(grid *g, tier *t, sb_time start, sb_time end)
{
    const char *text = g->reading->text;
    sb_range label = sb_range_trim(text, g->scan.range);
    if (is_silent(text, label) || start == SB_TIME_NONE)
        return SB_OK;
    sb_table_row row = {.start = start,
                        .end = end > start ? end : SB_TIME_NONE,
                        .text = {.range = label, .is_quoted = true},
                        .line = g->scan.line};
    t->n++;
    t->n_bytes += label.length;
    t->n_short += label.length <= MAX_SOUND && !memchr(text + label.at, ' ', label.length);
    return sb_table_add(&g->labels, &row);
}

static sb_time number(const grid *g)
{
    return sb_field_seconds(g->reading->text, g->scan.range);
}

/* Reads the labels of a tier up to the token after them, which is in `*token`. */
static sb_status read_labels(grid *g, tier *t, sb_grid_token *token)
{
    sb_status status = SB_OK;
    while (status == SB_OK && (*token = sb_grid_next(&g->scan)) == SB_GRID_NUMBER) {
        sb_time start = number(g), end = SB_TIME_NONE;
        if (!t->has_points) {
            if ((*token = sb_grid_next(&g->scan)) != SB_GRID_NUMBER)
                break;
            end = number(g);
        }
        if ((*token = sb_grid_next(&g->scan)) != SB_GRID_TEXT)
            break;
        status = add_label(g, t, start, end);
    }
    return status;
}

/* Reads the tier whose class has just been read. */
static sb_status read_tier(grid *g, sb_grid_token *token)
{
    bool has_points = sb_range_is(g->reading->text, g->scan.range, "TextTier");
    if ((*token = sb_grid_next(&g->scan)) != SB_GRID_TEXT)
        return SB_OK;
    if (!sb_grow(&g->tiers, g->n_tiers, &g->capacity, sizeof *g->tiers))
        return SB_ERR_MEMORY;
    tier *t = &g->tiers[g->n_tiers++];
    *t = (tier){.name = g->scan.range, .has_points = has_points, .first = g->labels.n_items};
    t->kind = sb_tier_name_read(&t->speaker, g->reading->text, t->name);
    for (int i = 0; i < 3; i++)
        if ((*token = sb_grid_next(&g->scan)) != SB_GRID_NUMBER)
            return SB_OK;
    return read_labels(g, t, token);
}

static sb_status fail_kind(grid *g)
{
    return sb_reading_fail(
        g->reading, g->scan.range.at,
        "a Praat file that is not a TextGrid in Praat's usual text form; save the TextGrid as a "
        "text file in Praat");
}

static sb_status read_tiers(grid *g)
{
    sb_status status = SB_OK;
    const char *text = g->reading->text;
    if (sb_grid_next(&g->scan) != SB_GRID_TEXT || !memmem(text, g->scan.at, "ooTextFile", 10))
        return fail_kind(g);
    if (sb_grid_next(&g->scan) != SB_GRID_TEXT || !sb_range_is(text, g->scan.range, "TextGrid"))
        return fail_kind(g);
    sb_grid_token token = sb_grid_next(&g->scan);
    while (status == SB_OK && token != SB_GRID_END && token != SB_GRID_CUT) {
        bool is_class = token == SB_GRID_TEXT && (sb_range_is(text, g->scan.range, "IntervalTier") ||
                                                  sb_range_is(text, g->scan.range, "TextTier"));
        if (is_class)
            status = read_tier(g, &token);
        if (!is_class || token == SB_GRID_NUMBER || token == SB_GRID_FLAG)
            token = sb_grid_next(&g->scan);
    }
    return status;
}

static bool is_usable(const tier *t, bool takes_points)
{
    return t->n > 0 && t->kind != SB_TIER_SOUNDS && t->kind != SB_TIER_REMARKS &&
           t->has_points == takes_points;
}

static bool same_speaker(const grid *g, const tier *a, const tier *b)
{
    return a->speaker.length == b->speaker.length &&
           memcmp(g->reading->text + a->speaker.at, g->reading->text + b->speaker.at, a->speaker.length) == 0;
}

/* A tier with an unknown name and labels like "AH0" holds sounds. */
static void find_sounds(grid *g)
{
    for (size_t i = 0; i < g->n_tiers; i++) {
        tier *t = &g->tiers[i];
        if (t->kind == SB_TIER_SPEAKER && t->n >= MIN_SOUNDS && t->n_short == t->n &&
            t->n_bytes * 2 <= t->n * 5)
            t->kind = SB_TIER_SOUNDS;
    }
}

/* Of the tiers of one speaker, chooses the one of text with most letters, otherwise that of words. */
static void choose_of_speaker(grid *g, size_t first, bool takes_points)
{
    tier *best = NULL;
    const tier *words = NULL;
    for (size_t i = first; i < g->n_tiers; i++) {
        tier *t = &g->tiers[i];
        if (!is_usable(t, takes_points) || t->kind == SB_TIER_SPEAKER ||
            !same_speaker(g, t, &g->tiers[first]))
            continue;
        if (t->kind == SB_TIER_WORDS && (!words || t->n_bytes > words->n_bytes))
            words = t;
        bool is_better =
            !best || (t->kind == best->kind ? t->n_bytes > best->n_bytes : t->kind == SB_TIER_TEXT);
        best = is_better ? t : best;
    }
    if (best) {
        best->is_chosen = true;
        best->words = best->kind == SB_TIER_TEXT ? words : NULL;
    }
}

static bool choose_named(grid *g, bool takes_points)
{
    bool is_any = false;
    for (size_t i = 0; i < g->n_tiers; i++) {
        bool is_seen = false;
        for (size_t k = 0; k < i && !is_seen; k++)
            is_seen = g->tiers[k].kind != SB_TIER_SPEAKER && is_usable(&g->tiers[k], takes_points) &&
                      same_speaker(g, &g->tiers[k], &g->tiers[i]);
        bool is_named = is_usable(&g->tiers[i], takes_points) && g->tiers[i].kind != SB_TIER_SPEAKER;
        if (!is_seen && is_named)
            choose_of_speaker(g, i, takes_points);
        is_any = is_any || is_named;
    }
    return is_any;
}

static bool choose_speakers(grid *g, bool takes_points)
{
    bool is_any = false;
    for (size_t i = 0; i < g->n_tiers; i++) {
        g->tiers[i].is_chosen = is_usable(&g->tiers[i], takes_points);
        is_any = is_any || g->tiers[i].is_chosen;
    }
    return is_any;
}

static void list_tiers(sb_bytes *out, const grid *g)
{
    for (size_t i = 0; i < g->n_tiers && out->size < LISTED_BYTES; i++) {
        if (g->tiers[i].is_chosen)
            continue;
        size_t length = g->tiers[i].name.length < LISTED_BYTES ? g->tiers[i].name.length : LISTED_BYTES;
        sb_bytes_text(out, out->size ? ", \"" : "\"");
        sb_append_printable_n(out, g->reading->text + g->tiers[i].name.at, length);
        sb_bytes_text(out, "\"");
    }
}

static sb_status note_tiers(const grid *g)
{
    sb_bytes names = {0};
    list_tiers(&names, g);
    bool has_words = false;
    size_t first = 0;
    for (size_t i = g->n_tiers; i-- > 0;) {
        has_words = has_words || g->tiers[i].words;
        first = g->tiers[i].is_chosen ? first : g->tiers[i].name.at;
    }
    if (names.size > 0 && !names.failed)
        sb_reading_note(g->reading, first, "not read as text: the tiers %s%s", names.data,
                        has_words ? "; tiers of words gave their times" : "");
    bool failed = names.failed;
    sb_bytes_finish(&names);
    return failed ? SB_ERR_MEMORY : SB_OK;
}

static sb_status fail_without_words(grid *g)
{
    sb_bytes names = {0};
    list_tiers(&names, g);
    sb_status status =
        names.failed ? SB_ERR_MEMORY
        : names.size > 0
            ? sb_reading_fail(g->reading, g->tiers[0].name.at,
                              "no tier has words, only %s; add a tier called words or text", names.data)
            : sb_reading_fail(g->reading, 0, "the TextGrid has no tier; save it again in Praat");
    sb_bytes_finish(&names);
    return status;
}

/* The words of a tier that begin inside the row. */
static void give_words(sb_table_row *row, const sb_table *labels, const tier *words, size_t *at)
{
    size_t end = words->first + words->n;
    while (*at < end && labels->items[*at].start < row->start)
        ++*at;
    row->words = &labels->items[*at];
    while (*at < end && row->end != SB_TIME_NONE && labels->items[*at].start < row->end) {
        row->n_words++;
        ++*at;
    }
}

static sb_status add_tier(sb_table *table, const grid *g, const tier *t, size_t channel)
{
    sb_status status = SB_OK;
    size_t at = t->words ? t->words->first : 0;
    for (size_t i = 0; status == SB_OK && i < t->n; i++) {
        sb_table_row row = g->labels.items[t->first + i];
        row.channel = channel;
        row.speaker = (sb_cell){.range = t->speaker, .is_quoted = true};
        row.has_speaker = t->speaker.length > 0;
        if (t->words)
            give_words(&row, &g->labels, t->words, &at);
        status = sb_table_add(table, &row);
    }
    return status;
}

static sb_status add_turns(grid *g)
{
    sb_table table = {.reading = g->reading, .are_words = true};
    size_t channel = 0;
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < g->n_tiers; i++) {
        if (!g->tiers[i].is_chosen)
            continue;
        table.are_words = table.are_words && g->tiers[i].kind == SB_TIER_WORDS;
        status = add_tier(&table, g, &g->tiers[i], channel++);
    }
    if (status == SB_OK)
        status = sb_table_add_turns(&table);
    sb_table_finish(&table);
    return status;
}

static sb_status read_textgrid(sb_reading *reading)
{
    grid g = {.reading = reading,
              .scan = {.text = reading->text, .size = reading->size},
              .labels = {.reading = reading}};
    sb_status status = read_tiers(&g);
    find_sounds(&g);
    if (status == SB_OK && !choose_named(&g, false) && !choose_speakers(&g, false) &&
        !choose_named(&g, true) && !choose_speakers(&g, true))
        status = fail_without_words(&g);
    if (status == SB_OK)
        status = note_tiers(&g);
    if (status == SB_OK)
        status = add_turns(&g);
    free(g.tiers);
    sb_table_finish(&g.labels);
    return status;
}

static sb_sniff sniff_textgrid(const char *text, size_t size)
{
    size_t head = size < HEAD_BYTES ? size : HEAD_BYTES;
    bool is_praat = memmem(text, head, "\"ooTextFile", 11) || memmem(text, head, "\"Praat chronological", 20);
    return is_praat ? (sb_sniff){100, "the first line of a Praat text file"} : (sb_sniff){0};
}

const sb_reader sb_reader_textgrid = {"textgrid",
                                      "Praat TextGrid: tiers of words or text, one or more per speaker",
                                      sniff_textgrid, read_textgrid, SB_UNIT_CUE};
