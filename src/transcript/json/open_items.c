#include <string.h>

#include "base/run/run.h"
#include "transcript/json/json_forms.h"

#define LONGEST_TEXT ((size_t)4 << 20) /* more is no segment: 40 hours of speech */
#define ENDS_EARLY   "the end is before the start; correct one of the two times"

static sb_json_mark mark_of(sb_range range)
{
    return (sb_json_mark){range.at, range.length <= LONGEST_TEXT ? range.length : 0};
}

bool sb_json_pieces_add(sb_json_pieces *list, const sb_json_piece *item)
{
    if (!sb_grow(&list->items, list->n_items, &list->capacity, sizeof *list->items))
        return false;
    list->items[list->n_items++] = *item;
    return true;
}

void sb_json_open_init(sb_json_open *open, const sb_json_node *node, size_t at)
{
    *open = (sb_json_open){.role = node->role, .rank = node->rank, .duration = SB_TIME_NONE};
    open->item.start = open->item.end = SB_TIME_NONE;
    open->item.at = at;
    open->item.role = node->role;
    open->item.channel = -1;
}

static void count_bad(sb_json_finds *out, size_t at, const char *why)
{
    if (out->n_bad_times++ > 0)
        return;
    out->bad_at = at;
    out->bad_why = why;
}

void sb_json_open_settle(sb_json_open *open, sb_json_finds *out)
{
    sb_json_piece *item = &open->item;
    if (item->end == SB_TIME_NONE && item->start != SB_TIME_NONE && open->duration != SB_TIME_NONE &&
        item->start <= INT64_MAX - open->duration)
        item->end = item->start + open->duration;
    if (item->end == SB_TIME_NONE || item->start == SB_TIME_NONE || item->end >= item->start)
        return;
    count_bad(out, item->end_mark.length ? item->end_mark.at : item->at, ENDS_EARLY);
    item->end = SB_TIME_NONE;
    item->end_mark = (sb_json_mark){0};
}

static void add_part(sb_time *sum, sb_time part)
{
    if (part == SB_TIME_NONE)
        return;
    *sum = *sum == SB_TIME_NONE ? part : *sum <= INT64_MAX - part ? *sum + part : SB_TIME_NONE;
}

static void set_time(sb_time *time, sb_json_mark *mark, sb_time value, sb_json_mark written)
{
    *time = value;
    *mark = written;
}

static void set_again(sb_time *time, sb_json_mark *mark, sb_json_mark *again, sb_time value,
                      sb_json_mark written)
{
    if (*time == SB_TIME_NONE)
        set_time(time, mark, value, written);
    else
        *again = written;
}

/* START and START_AGAIN may come in either order. */
static void set_first(sb_time *time, sb_json_mark *mark, sb_json_mark *again, sb_time value,
                      sb_json_mark written)
{
    if (*time != SB_TIME_NONE)
        *again = *mark;
    set_time(time, mark, value, written);
}

static sb_time base_of(const sb_json_open *open, size_t n_open)
{
    for (size_t i = n_open - 1; i-- > 0;) {
        if (open[i].role == SB_JSON_SEGMENT && open[i].item.start != SB_TIME_NONE)
            return open[i].item.start;
    }
    return 0;
}

/* Bare numbers must all have the same unit; "1.3s", "PT1.3S" and clock times contain their unit. */
static bool may_rewrite(sb_json_finds *out, const sb_json_node *node, const char *text, sb_range written)
{
    char first = text[written.at], after = text[written.at + written.length];
    bool is_bare =
        first >= '0' && first <= '9' && after != 's' && !memchr(text + written.at, ':', written.length);
    if (!is_bare || node->role < SB_JSON_START || node->role > SB_JSON_END_AGAIN)
        return true;
    if (out->written_unit == SB_JSON_ANY_UNIT &&
        (node->role <= SB_JSON_END || node->role >= SB_JSON_START_AGAIN))
        out->written_unit = node->unit;
    return out->written_unit == SB_JSON_ANY_UNIT || out->written_unit == node->unit;
}

/* Takes the start and the end from one text. */
static bool take_span(sb_json_piece *item, const sb_json_node *node, const sb_scan_token *token,
                      const char *text, sb_json_finds *out)
{
    sb_json_span_read span;
    if (node->role != SB_JSON_START || !sb_json_read_span(text, token, &span))
        return false;
    out->n_good_times += 2;
    set_first(&item->start, &item->start_mark, &item->start_again, span.times[0], mark_of(span.written[0]));
    set_again(&item->end, &item->end_mark, &item->end_again, span.times[1], mark_of(span.written[1]));
    return true;
}

static void take_time_token(sb_json_open *stack, size_t n_open, const sb_json_node *node,
                            const sb_scan_token *token, const char *text, sb_json_finds *out)
{
    sb_json_piece *item = &stack[n_open - 1].item;
    sb_time time;
    sb_range written;
    if (take_span(item, node, token, text, out))
        return;
    const char *problem = sb_json_read_time(&time, &written, text, token, node->unit);
    if (problem) {
        count_bad(out, token->range.at, problem);
        item->has_bad_start = item->has_bad_start || node->role == SB_JSON_START;
        return;
    }
    if (time == SB_TIME_NONE)
        return;
    out->n_good_times++;
    bool is_written = written.length > 0 && may_rewrite(out, node, text, written);
    sb_json_mark mark = is_written ? mark_of(written) : (sb_json_mark){0};
    switch (node->role) {
    case SB_JSON_START:
        set_first(&item->start, &item->start_mark, &item->start_again, time, mark);
        break;
    case SB_JSON_END:
        set_first(&item->end, &item->end_mark, &item->end_again, time, mark);
        break;
    case SB_JSON_START_AGAIN:
        set_again(&item->start, &item->start_mark, &item->start_again, time, mark);
        break;
    case SB_JSON_END_AGAIN:
        set_again(&item->end, &item->end_mark, &item->end_again, time, mark);
        break;
    case SB_JSON_START_PART:
        add_part(&item->start, time);
        break;
    case SB_JSON_END_PART:
        add_part(&item->end, time);
        break;
    case SB_JSON_OFFSET:
        item->start = base_of(stack, n_open);
        add_part(&item->start, time);
        break;
    default:
        stack[n_open - 1].duration = time;
    }
}

/* Reads the number at the end of "ch_1", "channel_2" or 3. */
static int16_t channel_of(const char *text, sb_range range)
{
    size_t at = range.at + range.length, n = 0;
    while (n < 4 && n < range.length && text[at - 1] >= '0' && text[at - 1] <= '9') {
        at--;
        n++;
    }
    int value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (text[at + i] - '0');
    return n > 0 ? (int16_t)value : -1;
}

void sb_json_take_speaker(sb_json_piece *item, unsigned rank, const sb_scan_token *token)
{
    bool is_name = token->kind == SB_SCAN_TEXT || token->kind == SB_SCAN_NUMBER;
    bool is_named = is_name && token->range.length > 0;
    if (is_named ? rank < item->speaker_rank : item->speaker_rank > 0 || rank != SB_JSON_FORM_RANK)
        return;
    item->has_speaker = true;
    item->is_null_speaker = token->kind == SB_SCAN_WORD;
    item->speaker_rank = is_named ? rank : 0;
    item->speaker = is_name ? mark_of(token->range) : (sb_json_mark){0};
}

static void take_text_token(sb_json_piece *item, const sb_json_node *node, const sb_scan_token *token,
                            sb_json_finds *out)
{
    bool is_better = node->role == SB_JSON_BETTER_TEXT;
    if (token->kind != SB_SCAN_TEXT || (item->better_text && !is_better))
        return;
    if (token->range.length > LONGEST_TEXT) {
        out->too_long = true;
        out->too_long_at = token->range.at;
        return;
    }
    item->better_text = is_better;
    item->has_text = true;
    item->text = mark_of(token->range);
}

static void take_kind(sb_json_piece *item, const char *text, sb_range kind)
{
    item->attaches_before =
        item->attaches_before || sb_range_is(text, kind, "punctuation") || sb_range_is(text, kind, "punct");
    item->is_event =
        item->is_event || sb_range_is(text, kind, "audio_event") || sb_range_is(text, kind, "unknown");
}

static sb_status take_header(char **slot, bool is_language, const sb_scan_token *token,
                             const sb_json_scan *scan)
{
    bool ok = true;
    sb_bytes text = {0};
    if (*slot || token->kind != SB_SCAN_TEXT)
        return SB_OK;
    sb_json_scan_text(&text, scan, token->range);
    if (text.size > 0)
        *slot = is_language ? sb_json_language(text.data, text.size, &ok)
                            : sb_text_plain(text.data, text.size, &ok);
    ok = ok && !text.failed;
    sb_bytes_finish(&text);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

sb_status sb_json_open_take(sb_json_open *stack, size_t n_open, const sb_json_node *node,
                            const sb_scan_token *token, const sb_reading *reading, const sb_json_scan *scan,
                            sb_json_finds *out)
{
    const char *text = reading->text;
    if (node->role == SB_JSON_LANGUAGE || node->role == SB_JSON_TITLE)
        return take_header(node->role == SB_JSON_LANGUAGE ? &out->language : &out->title,
                           node->role == SB_JSON_LANGUAGE, token, scan);
    if (n_open == 0 || node->role <= SB_JSON_LAST_CONTAINER)
        return SB_OK;
    sb_json_piece *item = &stack[n_open - 1].item;
    switch (node->role) {
    case SB_JSON_TEXT:
    case SB_JSON_BETTER_TEXT:
        take_text_token(item, node, token, out);
        break;
    case SB_JSON_ID:
    case SB_JSON_SPEAKER:
        sb_json_take_speaker(item, SB_JSON_FORM_RANK, token);
        break;
    case SB_JSON_BETTER_SPEAKER:
        sb_json_take_speaker(item, SB_JSON_BETTER_RANK, token);
        break;
    case SB_JSON_CHANNEL:
        item->channel = channel_of(text, token->range);
        if (item->channel < 0 && !item->has_speaker) /* some services let people name the channels */
            sb_json_take_speaker(item, SB_JSON_FORM_RANK, token);
        break;
    case SB_JSON_KIND:
        take_kind(item, text, token->range);
        break;
    case SB_JSON_ATTACHES:
        item->attaches_before =
            sb_range_is(text, token->range, "previous") || sb_range_is(text, token->range, "both");
        item->attaches_after =
            sb_range_is(text, token->range, "next") || sb_range_is(text, token->range, "both");
        break;
    case SB_JSON_IS_FINAL:
        stack[n_open - 1].is_interim = sb_range_is(text, token->range, "false");
        break;
    default:
        take_time_token(stack, n_open, node, token, text, out);
    }
    return SB_OK;
}

static bool is_between(const char *text, sb_range range, const char *open, const char *close)
{
    return range.length >= 4 && memcmp(text + range.at, open, 2) == 0 &&
           memcmp(text + range.at + range.length - strlen(close), close, strlen(close)) == 0;
}

bool sb_json_is_token_mark(const char *text, sb_json_mark mark)
{
    sb_range trimmed = sb_range_trim(text, sb_json_range(mark));
    return is_between(text, trimmed, "[_", "]") || is_between(text, trimmed, "<|", "|>");
}
