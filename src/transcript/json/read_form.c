#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "transcript/json/json_forms.h"

#define SAMPLE 64 /* items, to find the unit */

typedef struct placed_turn {
    sb_time at; /* its timestamp, or that of the turn before */
    size_t index;
} placed_turn;

static int compare_places(const void *a, const void *b)
{
    const placed_turn *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

/* Sorts turns by time, for channels that were transcribed one after another. */
static sb_status merge_tracks(sb_transcript *t)
{
    placed_turn *places = calloc(t->n_turns + 1, sizeof *places);
    sb_turn *old = calloc(t->n_turns + 1, sizeof *old);
    size_t *new_index = calloc(t->n_turns + 1, sizeof *new_index);
    bool ok = places && old && new_index;
    sb_time latest = 0;
    for (size_t i = 0; ok && i < t->n_turns; i++) {
        latest = t->turns[i].stamp != SB_TIME_NONE ? t->turns[i].stamp : latest;
        places[i] = (placed_turn){latest, i};
        old[i] = t->turns[i];
    }
    if (ok && t->n_turns > 1)
        qsort(places, t->n_turns, sizeof *places, compare_places);
    for (size_t i = 0; ok && i < t->n_turns; i++) {
        t->turns[i] = old[places[i].index];
        new_index[places[i].index] = i;
    }
    for (size_t i = 0; ok && t->n_turns > 0 && i < t->n_inner_times; i++)
        t->inner_times[i].turn = new_index[t->inner_times[i].turn];
    free(places);
    free(old);
    free(new_index);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static bool has_channels(const sb_json_pieces *list)
{
    int16_t first = -1;
    for (size_t i = 0; i < list->n_items; i++) {
        int16_t channel = list->items[i].channel;
        if (first >= 0 && channel >= 0 && channel != first)
            return true;
        first = first >= 0 ? first : channel;
    }
    return false;
}

static int compare_numbers(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* The lengths of speech for each character of its text. */
typedef struct speech_rates {
    double sum, n_chars; /* of items with an end */
    double gaps[SAMPLE]; /* of items without one, up to the next start */
    size_t n_gaps;
} speech_rates;

static void measure_speech(speech_rates *out, const sb_json_pieces *items)
{
    const sb_json_piece *before = NULL;
    for (size_t i = 0; i < items->n_items; i++) {
        const sb_json_piece *item = &items->items[i];
        if (item->start == SB_TIME_NONE || item->text.length == 0)
            continue;
        if (item->end != SB_TIME_NONE) {
            out->sum += sb_time_to_seconds(item->end - item->start);
            out->n_chars += item->text.length;
        } else if (before && before->end == SB_TIME_NONE && item->start > before->start &&
                   out->n_gaps < SAMPLE) {
            out->gaps[out->n_gaps++] = sb_time_to_seconds(item->start - before->start) / before->text.length;
        }
        before = item;
    }
}

/* Some gaps contain long pauses, so their median counts. */
static sb_json_unit unit_of_speech(speech_rates *rates)
{
    if (rates->n_chars > 0 || rates->n_gaps == 0)
        return sb_json_guess_unit(rates->sum, rates->n_chars);
    qsort(rates->gaps, rates->n_gaps, sizeof *rates->gaps, compare_numbers);
    return sb_json_guess_unit(rates->gaps[rates->n_gaps / 2], 1);
}

sb_status sb_json_find_unit(sb_json_unit *unit, sb_reading *reading, const sb_json_form *form)
{
    sb_json_finds finds;
    speech_rates rates = {0};
    *unit = form->unit;
    if (form->unit != SB_JSON_ANY_UNIT)
        return SB_OK;
    sb_status status = sb_json_walk(&finds, reading, form, SB_JSON_SECONDS, SAMPLE);
    if (status == SB_OK && !sb_json_hand_out_words(&finds))
        status = SB_ERR_MEMORY;
    measure_speech(&rates, &finds.items);
    sb_json_finds_finish(&finds);
    *unit = unit_of_speech(&rates);
    return status;
}

/* True if there are segments, and none has a text or words. An empty text is a pause. */
static bool lacks_text(const sb_json_pieces *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_json_piece *item = &list->items[i];
        if (item->has_text)
            return false;
        n += item->start != SB_TIME_NONE || item->has_speaker;
    }
    return n > 0;
}

static sb_status fail_damaged(sb_reading *reading, const sb_json_finds *finds)
{
    if (finds->is_damaged)
        return sb_reading_fail(reading, finds->cut.at,
                               "not valid JSON; correct it, or export the transcript again");
    return sb_reading_fail(reading, finds->cut.at,
                           "the file ends before its first segment; get the whole file");
}

static void write_notes(sb_reading *reading, const sb_json_finds *finds)
{
    size_t n = reading->transcript->n_turns;
    if (finds->n_mended > 0)
        sb_reading_note(reading, finds->mended_at, "%zu comma%s missing; read as if %s there",
                        finds->n_mended, finds->n_mended == 1 ? " is" : "s are",
                        finds->n_mended == 1 ? "it were" : "they were");
    if (finds->n_bad_times > 0)
        sb_reading_note(reading, finds->bad_at,
                        "%zu time%s cannot be used and %s taken as unknown; the first: %s",
                        finds->n_bad_times, finds->n_bad_times == 1 ? "" : "s",
                        finds->n_bad_times == 1 ? "is" : "are", finds->bad_why);
    if (finds->cut.length > 0 && finds->is_damaged)
        sb_reading_note(reading, finds->cut.at, "not valid JSON from here on; segments read: %zu", n);
    else if (finds->cut.length > 0)
        sb_reading_note(reading, finds->cut.at, "the file is cut short; segments read: %zu", n);
}

static const sb_time written_units[] = {
    [SB_JSON_ANY_UNIT] = SB_TIME_SECOND, [SB_JSON_SECONDS] = SB_TIME_SECOND, [SB_JSON_MS] = SB_TIME_MS,
    [SB_JSON_US] = SB_UNIT_US,           [SB_JSON_TICKS] = SB_UNIT_TICKS,    [SB_JSON_NS] = SB_UNIT_NS};

static sb_status add_turns(sb_reading *reading, const sb_json_form *form, sb_json_finds *finds)
{
    sb_transcript *t = reading->transcript;
    if (!sb_json_index_names(finds, reading->text))
        return SB_ERR_MEMORY;
    sb_json_drop_titles(finds, reading->text);
    sb_json_label_words(finds);
    if (form->last_repeats)
        sb_json_drop_repeats(finds);
    finds->has_channels = has_channels(&finds->items);
    t->number_unit = written_units[finds->written_unit];
    t->language = finds->language;
    t->title = finds->title;
    finds->language = finds->title = NULL;
    sb_status status = sb_json_add_turns(reading, form, finds);
    return status == SB_OK && finds->has_channels ? merge_tracks(t) : status;
}

sb_status sb_json_read_form(sb_reading *reading, const sb_json_form *form)
{
    sb_json_finds finds;
    sb_json_unit unit;
    sb_status status = sb_json_find_unit(&unit, reading, form);
    if (status != SB_OK)
        return status;
    status = sb_json_walk(&finds, reading, form, unit, SIZE_MAX);
    if (status == SB_OK && !sb_json_hand_out_words(&finds))
        status = SB_ERR_MEMORY;
    bool is_empty = finds.items.n_items == 0;
    if (status == SB_OK && finds.cut.length > 0 && is_empty)
        status = fail_damaged(reading, &finds);
    else if (status == SB_OK && finds.too_long)
        status =
            sb_reading_fail(reading, finds.too_long_at,
                            "the text of one segment is longer than 4 MB; cut the transcript into segments");
    else if (status == SB_OK && is_empty && !finds.has_list)
        status = sb_reading_fail(reading, 0, "there is no list of segments or words; choose another format");
    else if (status == SB_OK && lacks_text(&finds.items))
        status =
            sb_reading_fail(reading, finds.items.items[0].at,
                            "no segment has a text under a known key; export the transcript as text, SRT "
                            "or VTT");
    else if (status == SB_OK && finds.n_bad_times > 0 && finds.n_good_times == 0)
        status = sb_reading_fail(reading, finds.bad_at, "%s", finds.bad_why);
    if (status == SB_OK)
        status = add_turns(reading, form, &finds);
    if (status == SB_OK)
        write_notes(reading, &finds);
    sb_json_finds_finish(&finds);
    return status;
}
