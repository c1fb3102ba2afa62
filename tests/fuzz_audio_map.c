/* Maps times between two versions of the audio. The bytes give the words of both alignments and when they are
 * said. A time stays inside the second audio, later times are not mapped before earlier ones, and sound that
 * is gained or lost is never negative. */
#include "fuzz.h"
#include "soundbite/file.h"
#include "soundbite/remap.h"

#define MAX_WORDS 60
#define SECONDS   600

/* Every word takes two bytes: which word it is or that it was not heard, and its distance in tenths of a
 * second. */
static sb_alignment *make_alignment(fuzz_bytes *bytes)
{
    sb_alignment *alignment = NULL;
    sb_bytes text = {0};
    int at = fuzz_take(bytes), n_words = fuzz_take(bytes) % MAX_WORDS + 1;
    sb_bytes_print(
        &text,
        "{\"format\": \"soundbite-alignment\", \"version\": 1, \"audio\": {\"duration\": %d}, "
        "\"transcript\": {}, "
        "\"method\": \"energy\", \"turns\": [{\"index\": 0, \"stamp\": 0, \"start\": 0, \"end\": %d, "
        "\"status\": \"aligned\", \"words\": [",
        SECONDS, SECONDS);
    for (int i = 0; i < n_words; i++) {
        uint8_t word = fuzz_take(bytes), length = fuzz_take(bytes);
        sb_bytes_print(&text, "%s{\"text\": \"w%d\", ", i ? ", " : "", word & 31);
        if (word & 128)
            sb_bytes_text(&text, "\"start\": null, \"end\": null, \"status\": \"not_heard\"}");
        else
            sb_bytes_print(&text, "\"start\": %d.%d, \"end\": %d.%d, \"status\": \"%s\"}", at / 10, at % 10,
                           (at + length / 2) / 10, (at + length / 2) % 10,
                           word & 64 ? "estimated" : "aligned");
        at += length;
    }
    sb_bytes_text(&text, "]}]}");
    if (sb_alignment_read(&alignment, text.data, text.size, NULL, NULL) != SB_OK)
        alignment = NULL;
    sb_bytes_finish(&text);
    return alignment;
}

static void check_map(const sb_audio_map *map)
{
    sb_time before_start = 0, before_end = 0, removed, inserted;
    for (sb_time t = 0; t < SECONDS * SB_TIME_SECOND; t += 700 * SB_TIME_MS) {
        sb_mapped_time start = sb_audio_map_start(map, t), end = sb_audio_map_end(map, t);
        require(start.time >= before_start && end.time >= before_end && start.time >= end.time);
        require(start.time <= SECONDS * SB_TIME_SECOND && start.lost >= 0 && end.lost >= 0);
        sb_audio_map_changes(&removed, &inserted, map, t / 2, t);
        require(removed >= 0 && inserted >= 0);
        before_start = start.time;
        before_end = end.time;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    sb_alignment *from = make_alignment(&bytes), *to = make_alignment(&bytes);
    sb_audio_map *map = NULL;
    sb_error err = {0};
    if (from && to) {
        sb_status status = sb_audio_map_create(&map, from, to, &err);
        require_outcome(status, &err, map != NULL);
    }
    if (map)
        check_map(map);
    sb_audio_map_free(&map);
    sb_alignment_free(&from);
    sb_alignment_free(&to);
    return 0;
}
