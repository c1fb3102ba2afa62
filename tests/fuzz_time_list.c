/* Reads any bytes as a list of times, detected and in every format. The result is an error with its
 * reason, or times at the stated places. */
#include "fuzz.h"
#include "soundbite/file.h"
#include "soundbite/remap.h"

static void check_range(const sb_time_list *list, sb_range range)
{
    require(range.at <= list->source_size && range.length <= list->source_size - range.at);
}

static void check_items(const sb_time_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_timed_item *item = &list->items[i];
        check_range(list, item->start_range);
        check_range(list, item->end_range);
        check_range(list, item->whole);
        require(item->start >= 0 && item->line > 0);
        require(item->end == SB_TIME_NONE || item->end >= item->start);
    }
    for (size_t i = 0; i < list->n_inner_times; i++) {
        check_range(list, list->inner_times[i].range);
        require(list->inner_times[i].turn < list->n_items);
    }
}

/* Two alignments of one text. The second has a minute more in the middle. */
static sb_audio_map *make_map(void)
{
    static const char first[] =
        "{\"format\": \"soundbite-alignment\", \"version\": 1, \"audio\": {\"duration\": 300}, "
        "\"transcript\": {}, \"method\": "
        "\"energy\", "
        "\"turns\": [{\"index\": 0, \"stamp\": 0, \"start\": 0, \"end\": 200, \"status\": \"aligned\", "
        "\"words\": ["
        "{\"text\": \"one\", \"start\": 1, \"end\": 9, \"status\": \"aligned\"}, "
        "{\"text\": \"two\", \"start\": 10, \"end\": 19, \"status\": \"aligned\"}, "
        "{\"text\": \"three\", \"start\": 100, \"end\": 109, \"status\": \"aligned\"}, "
        "{\"text\": \"four\", \"start\": 190, \"end\": 200, \"status\": \"aligned\"}]}]}";
    char second[sizeof first];
    sb_alignment *from = NULL, *to = NULL;
    sb_audio_map *map = NULL;
    memcpy(second, first, sizeof first);
    memcpy(strstr(second, "190"), "150", 3);
    memcpy(strstr(second, "200, \"status\": \"aligned\"}]"), "160", 3);
    require(sb_alignment_read(&from, first, sizeof first - 1, NULL, NULL) == SB_OK);
    require(sb_alignment_read(&to, second, sizeof second - 1, NULL, NULL) == SB_OK);
    require(sb_audio_map_create(&map, from, to, NULL) == SB_OK);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
    return map;
}

/* Bytes that are not UTF-8 are noted, and written as U+FFFD. */
static bool is_as_read(const sb_time_list *list, const uint8_t *data, size_t size)
{
    return strcmp(list->encoding, "utf-8") == 0 && list->source_size <= size &&
           memcmp(list->source, data, list->source_size) == 0;
}

/* Written for another audio, and unchanged, which must give the source. */
static void check_write(const sb_time_list *list, const uint8_t *data, size_t size)
{
    sb_audio_map *map = make_map();
    sb_moved_item *moved;
    sb_notes notes = {0};
    sb_bytes out;
    require(sb_time_list_move(&moved, list, map, NULL) == SB_OK);
    sb_time_list_report(&notes, list, moved, map);
    require(sb_time_list_write(&out, list, moved, map, NULL) == SB_OK);
    sb_bytes_finish(&out);
    for (size_t i = 0; i < list->n_items; i++)
        moved[i] = (sb_moved_item){.start = list->items[i].start, .end = list->items[i].end};
    if (list->n_inner_times == 0 && is_as_read(list, data, size)) {
        require(sb_time_list_write(&out, list, moved, map, NULL) == SB_OK);
        require(out.size <= size && (out.size == 0 || memcmp(out.data, data, out.size) == 0));
        sb_bytes_finish(&out);
    }
    free(moved);
    sb_notes_finish(&notes);
    sb_audio_map_free(&map);
}

static void check_format(const uint8_t *data, size_t size, const char *format)
{
    sb_time_list *list;
    sb_notes notes = {0};
    sb_error err = {0};
    sb_status status = sb_time_list_read(&list, data, size, NULL, format, &notes, &err);
    require(err.status == status && (list != NULL) == (status == SB_OK));
    require(status == SB_OK || (status == SB_ERR_FORMAT && err.message[0]));
    if (list) {
        check_items(list);
        check_write(list, data, size);
    }
    sb_notes_finish(&notes);
    sb_time_list_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_format(data, size, NULL);
    for (size_t i = 0; sb_time_list_format(i, NULL); i++)
        check_format(data, size, sb_time_list_format(i, NULL));
    return 0;
}
