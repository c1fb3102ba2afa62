/* The list with the most timed text in the shape of a JSON document. */
#include <string.h>

#include "base/words/words.h"
#include "transcript/json/json_forms.h"

#define MIN_SHARE     2   /* of the items, one in so many must have text and a time */
#define SPEAKER_BONUS 1.3 /* a list with speakers counts for more text */
#define NEARLY        0.8 /* words have no blanks between them */
#define MIN_SPOKEN    8   /* bytes of the average text without times; shorter ones are labels */

typedef bool shape_test(const sb_json_shape *shape, size_t n_needed);

static bool is_text_shape(const sb_json_shape *shape, size_t n_needed)
{
    return shape->n_texts >= n_needed && shape->text_bytes > 0 && shape->n_clocks * 2 <= shape->n_texts;
}

static bool is_time(const sb_json_shape *shape, size_t n_needed)
{
    return shape->n_numbers + shape->n_clocks >= n_needed;
}

static bool is_date(const sb_json_shape *shape)
{
    return shape->n_dates > 0 && 2 * shape->n_dates >= shape->n_numbers;
}

static bool is_offset(const sb_json_shape *shape, size_t n_needed)
{
    return is_time(shape, n_needed) && !is_date(shape);
}

static bool is_rising(const sb_json_shape *shape, size_t n_needed)
{
    bool rises =
        shape->n_rising * 10 >= shape->n_numbers * 7 && (shape->n_greater > 0 || shape->n_numbers == 1);
    return is_time(shape, n_needed) && (shape->n_numbers == 0 || rises);
}

static bool is_rising_offset(const sb_json_shape *shape, size_t n_needed)
{
    return is_rising(shape, n_needed) && !is_date(shape);
}

static bool is_name_key(const sb_json_shape *shape, size_t n_needed)
{
    (void)n_needed;
    return shape->n_texts > 0 || shape->n_numbers > 0;
}

static size_t rank_of(const sb_json_shape *shape, sb_json_key_kind kind)
{
    return sb_json_key_rank(kind, shape->key, shape->key_length);
}

/* Returns the best of the record's keys of at most this rank, or of those of objects in it; 0 if there is
 * none. */
static uint32_t find_ranked(const sb_json_survey *s, uint32_t record, sb_json_key_kind kind, shape_test *test,
                            size_t n_needed, int depth, size_t most)
{
    uint32_t best = 0;
    size_t best_rank = SIZE_MAX;
    for (uint32_t i = s->shapes[record].child; i; i = s->shapes[i].next) {
        size_t rank = rank_of(&s->shapes[i], kind);
        if (rank <= most && rank < best_rank && test(&s->shapes[i], n_needed)) {
            best = i;
            best_rank = rank;
        }
    }
    for (uint32_t i = s->shapes[record].child; !best && depth > 0 && i; i = s->shapes[i].next) {
        if (s->shapes[i].n_objects > 0)
            best = find_ranked(s, i, kind, test, n_needed, depth - 1, most);
    }
    return best;
}

/* Names of columns in other languages count if no key is known. */
static uint32_t find_key(const sb_json_survey *s, uint32_t record, sb_json_key_kind kind, shape_test *test,
                         size_t n_needed, int depth)
{
    uint32_t best = find_ranked(s, record, kind, test, n_needed, depth, SB_JSON_LIKE_COLUMN - 1);
    return best ? best : find_ranked(s, record, kind, test, n_needed, depth, SB_JSON_LIKE_COLUMN);
}

/* "start_timestamp": {"relative": 1.2} */
static uint32_t find_inner_time(const sb_json_survey *s, uint32_t record, sb_json_key_kind kind,
                                shape_test *test, size_t n_needed)
{
    uint32_t found = 0;
    for (uint32_t i = s->shapes[record].child; !found && i; i = s->shapes[i].next) {
        if (s->shapes[i].n_objects >= n_needed && rank_of(&s->shapes[i], kind) != SIZE_MAX)
            found = find_key(s, i, SB_JSON_KEY_INNER_TIME, test, n_needed, 0);
    }
    return found;
}

static uint32_t find_time(const sb_json_survey *s, uint32_t record, sb_json_key_kind kind, shape_test *test,
                          size_t n_needed)
{
    uint32_t found = find_inner_time(s, record, kind, test, n_needed);
    return found ? found : find_key(s, record, kind, test, n_needed, 1);
}

/* "timestamp": [start, end] */
static uint32_t find_pair(const sb_json_survey *s, uint32_t record, size_t n_needed)
{
    for (uint32_t i = s->shapes[record].child; i; i = s->shapes[i].next) {
        uint32_t inner = s->shapes[i].child;
        if (rank_of(&s->shapes[i], SB_JSON_KEY_SPAN) != SIZE_MAX && s->shapes[i].n_arrays >= n_needed &&
            inner && s->shapes[inner].key[0] == '[' && s->shapes[inner].n_numbers >= 2 * n_needed)
            return i;
    }
    return 0;
}

/* "additions": {"speaker": "1"} */
static uint32_t find_inner_speaker(const sb_json_survey *s, uint32_t record)
{
    for (uint32_t i = s->shapes[record].child; i; i = s->shapes[i].next) {
        for (uint32_t k = s->shapes[i].n_objects > 0 ? s->shapes[i].child : 0; k; k = s->shapes[k].next) {
            if (is_name_key(&s->shapes[k], 0) &&
                sb_json_speaker_rank(s->shapes[k].key, s->shapes[k].key_length, true) > 1)
                return k;
        }
    }
    return 0;
}

uint32_t sb_json_find_speaker(const sb_json_survey *s, uint32_t record)
{
    uint32_t speaker = find_key(s, record, SB_JSON_KEY_SPEAKER, is_name_key, 0, 0);
    for (uint32_t i = s->shapes[record].child; !speaker && i; i = s->shapes[i].next) {
        if (s->shapes[i].n_objects == 0 || rank_of(&s->shapes[i], SB_JSON_KEY_SPEAKER) == SIZE_MAX)
            continue;
        speaker = find_key(s, i, SB_JSON_KEY_NAME, is_name_key, 0, 0);
        if (!speaker)
            speaker = find_key(s, i, SB_JSON_KEY_ID, is_name_key, 0, 0);
    }
    return speaker ? speaker : find_inner_speaker(s, record);
}

uint32_t sb_json_find_language(const sb_json_survey *s)
{
    return find_key(s, 0, SB_JSON_KEY_LANGUAGE, is_name_key, 0, 0);
}

static void find_times(sb_json_list *c, const sb_json_survey *s, size_t n_needed)
{
    c->start = find_time(s, c->record, SB_JSON_KEY_START, is_rising_offset, n_needed);
    shape_test *test = c->start ? is_offset : is_time;
    if (!c->start)
        c->start = find_time(s, c->record, SB_JSON_KEY_START, is_rising, n_needed);
    c->end = find_time(s, c->record, SB_JSON_KEY_END, test, n_needed);
    c->duration = c->end ? 0 : find_key(s, c->record, SB_JSON_KEY_DURATION, test, n_needed, 1);
    if (!c->start)
        c->start = c->end = find_pair(s, c->record, n_needed);
}

static sb_json_list look_at_objects(const sb_json_survey *s, uint32_t record)
{
    const sb_json_shape *shape = &s->shapes[record];
    size_t n_needed = (shape->n_objects + MIN_SHARE - 1) / MIN_SHARE;
    sb_json_list c = {.record = record};
    if (shape->n_objects == 0 || (record == 0 && shape->n_objects < 2))
        return c;
    c.text = find_key(s, record, SB_JSON_KEY_TEXT, is_text_shape, n_needed, 2);
    find_times(&c, s, n_needed);
    c.speaker = sb_json_find_speaker(s, record);
    if (c.speaker == c.text)
        c.speaker = 0;
    bool is_clear = shape->n_objects > 1 || c.end || c.duration;
    if (c.text && c.start && c.text != c.start && is_clear)
        c.weight = (double)s->shapes[c.text].text_bytes * (c.speaker ? SPEAKER_BONUS : 1);
    return c;
}

/* Rows such as ["Hello", 1.5, 2.0], in any order. Of two texts the shorter is the speaker. */
static sb_json_list look_at_rows(const sb_json_survey *s, uint32_t record)
{
    const sb_json_shape *shapes = s->shapes;
    size_t n_needed = (shapes[record].n_arrays + MIN_SHARE - 1) / MIN_SHARE;
    sb_json_list c = {.record = record};
    for (char place = '0'; place <= '9'; place++) {
        uint32_t i = shapes[record].child;
        while (i && !(shapes[i].key_length == 3 && shapes[i].key[1] == place))
            i = shapes[i].next;
        if (!i)
            continue;
        if (is_text_shape(&shapes[i], n_needed)) {
            bool is_longer = shapes[i].text_bytes > shapes[c.text].text_bytes || !c.text;
            c.speaker = c.text && is_longer ? c.text : c.text ? i : 0;
            c.text = is_longer ? i : c.text;
        } else if (!c.start && is_rising_offset(&shapes[i], n_needed)) {
            c.start = i;
        } else if (c.start && !c.end && is_rising_offset(&shapes[i], n_needed)) {
            c.end = i;
        }
    }
    if (c.text && c.start && shapes[record].n_arrays > 1)
        c.weight = (double)shapes[c.text].text_bytes * (c.speaker ? SPEAKER_BONUS : 1);
    return c;
}

static sb_json_list look_at(const sb_json_survey *s, uint32_t record)
{
    const sb_json_shape *shape = &s->shapes[record];
    return shape->n_arrays > shape->n_objects && shape->parent != record ? look_at_rows(s, record)
                                                                         : look_at_objects(s, record);
}

/* Turns without times: texts with speakers. In a chat with a model the speakers are only roles. */
static sb_json_list look_at_turns(const sb_json_survey *s, uint32_t record)
{
    const sb_json_shape *shape = &s->shapes[record];
    sb_json_list c = {.record = record};
    size_t n_needed = (shape->n_objects + MIN_SHARE - 1) / MIN_SHARE;
    if (shape->n_objects < 2)
        return c;
    c.text = find_key(s, record, SB_JSON_KEY_TEXT, is_text_shape, n_needed, 1);
    c.speaker = sb_json_find_speaker(s, record);
    const sb_json_shape *speaker = &s->shapes[c.speaker];
    if (!c.text || !c.speaker || c.speaker == c.text || speaker->n_texts + speaker->n_numbers < n_needed)
        return c;
    static const char *const chat_keys[] = {"role", "user", "username", "author", "sender", "from", NULL};
    char plain[SB_JSON_KEY_BYTES];
    sb_json_plain_key(plain, speaker->key, speaker->key_length);
    if (sb_word_is_among(plain, chat_keys))
        return c;
    if (s->shapes[c.text].text_bytes >= MIN_SPOKEN * s->shapes[c.text].n_texts)
        c.weight = (double)s->shapes[c.text].text_bytes;
    return c;
}

/* The items of arrays, and the root if it is one of many documents. */
static bool is_record(const sb_json_survey *s, uint32_t i)
{
    return i == 0 || s->shapes[i].key[0] == '[';
}

typedef sb_json_list record_look(const sb_json_survey *s, uint32_t record);

/* Finds the best list that is not nearly as good as one before it. */
static sb_json_list find_list(const sb_json_survey *s, record_look *look)
{
    sb_json_list best = {0};
    for (uint32_t i = 0; i < s->n_shapes; i++) {
        sb_json_list c = {0};
        if (is_record(s, i))
            c = look(s, i);
        if (c.weight > 0 && c.weight * NEARLY > best.weight)
            best = c;
    }
    return best;
}

static bool is_inside(const sb_json_survey *s, uint32_t inner, uint32_t outer)
{
    while (s->shapes[inner].depth > s->shapes[outer].depth)
        inner = s->shapes[inner].parent;
    return inner == outer;
}

/* Finds the list of words inside the segments. */
static sb_json_list find_word_list(const sb_json_survey *s, const sb_json_list *segments)
{
    sb_json_list best = {0};
    for (uint32_t i = 1; i < s->n_shapes; i++) {
        if (i == segments->record || !is_record(s, i) || !is_inside(s, i, segments->record))
            continue;
        sb_json_list c = look_at(s, i);
        if (c.weight > best.weight && !is_date(&s->shapes[c.start]))
            best = c;
    }
    return best;
}

/* True if the timed list has only a part of the speech: words of some of the turns. */
static bool is_part(const sb_json_survey *s, const sb_json_list *timed, const sb_json_list *turns)
{
    return turns->weight > 0 && is_inside(s, timed->record, turns->record) &&
           timed->record != turns->record &&
           2 * s->shapes[timed->text].text_bytes < s->shapes[turns->text].text_bytes;
}

bool sb_json_find_lists(sb_json_list *list, sb_json_list *words, const sb_json_survey *s)
{
    *list = find_list(s, look_at);
    sb_json_list turns = find_list(s, look_at_turns);
    if (list->weight == 0 || is_part(s, list, &turns))
        *list = turns;
    *words = list->weight > 0 ? find_word_list(s, list) : (sb_json_list){0};
    return list->weight > 0;
}
