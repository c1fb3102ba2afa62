/* Searches a sample archive with any text and conditions: the first byte says how, the next ones which
 * conditions there are; the lines after them are the text and the conditions' values. The result is an error
 * with its reason, or matches within its limit. */
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "soundbite/archive.h"
#include "support_alignment.h"

enum { WITH_EPISODE = 1, WITH_SPEAKER = 2, WITH_SINCE = 4, WITH_UNTIL = 8, PLACES = 16 };

static sb_archive *archive;
static char folder[64], path[80];

static void remove_archive(void)
{
    sb_archive_close(&archive);
    remove(path);
    rmdir(folder);
}

static void add_episode(sb_alignment *alignment, char packets, const char *date)
{
    char *name, audio[] = "ep?.mp3";
    audio[2] = packets;
    memset(alignment->audio.packets, packets, 64);
    const sb_archive_episode episode = {.audio = audio, .transcript = "t.txt", .date = date};
    require(sb_archive_add(archive, &name, alignment, &episode, NULL) == SB_OK);
    free(name);
    sb_alignment_free(&alignment);
}

static void make_archive(void)
{
    snprintf(folder, sizeof folder, "%s/fuzz-search-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    require(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.db", folder);
    require(sb_archive_open(&archive, path, SB_ARCHIVE_WRITE, NULL) == SB_OK);
    atexit(remove_archive);
    sb_alignment *talk = alignment_long(4, 12);
    alignment_set_text(talk, 0, "Water never sleeps, it's 22 per cent at Mister Fern's on May 21st.");
    alignment_set_text(talk, 1, "Twenty-two cracks; the valve was, um, 1,000 dollars in 1999. Never again!");
    alignment_set_text(talk, 2, "\xC3\x89t\xC3\xA9 caf\xC3\xA9 \xE6\xB0\xB4\xE3\x81\xAF never sleeps");
    add_episode(talk, '1', "2024-05-06");
    add_episode(alignment_sample(), '2', "2024-05");
    add_episode(alignment_long(30, 40), '3', NULL);
    require(sb_archive_alias(archive, "Ben*", "Benjamin", NULL) == SB_OK);
}

static void check_matches(const sb_archive_matches *matches, const sb_archive_query *query)
{
    require(matches->n_items <= (query->limit ? query->limit : SB_SEARCH_LIMIT));
    require(matches->n_places >= matches->n_items);
    require(matches->n_items == 0 || matches->unmet == SB_UNMET_NONE);
    for (size_t i = 0; i < matches->n_items; i++) {
        const sb_archive_match *match = &matches->items[i];
        require(match->episode && match->audio && match->speakers && match->before && match->after);
        require(match->text && *match->text && match->why && match->n_words > 0);
        require(match->span.start <= match->span.end && match->score >= 0 && match->score <= 1);
        require(!(query->since || query->until) || match->date);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    char *lines[5];
    if (!archive)
        make_archive();
    uint8_t kind = fuzz_take(&bytes), conditions = fuzz_take(&bytes), limit = fuzz_take(&bytes);
    for (size_t i = 0; i < 5; i++)
        lines[i] = fuzz_take_line(&bytes);
    /* Sounds need a dictionary, which takes longer than all else. */
    sb_search_how how = kind % 8 == 7 ? SB_SEARCH_SOUND : kind % 2 ? SB_SEARCH_NEAR : SB_SEARCH_PHRASE;
    const sb_archive_query query = {.text = lines[0],
                                    .how = how,
                                    .or_alike = kind % 8 == 6,
                                    .episodes = (const char *const *)&lines[1],
                                    .n_episodes = conditions & WITH_EPISODE ? 1 : 0,
                                    .speakers = (const char *const *)&lines[2],
                                    .n_speakers = conditions & WITH_SPEAKER ? 1 : 0,
                                    .since = conditions & WITH_SINCE ? lines[3] : NULL,
                                    .until = conditions & WITH_UNTIL ? lines[4] : NULL,
                                    .expand = (sb_expand)(kind / 8 % 4),
                                    .limit = limit,
                                    .places = conditions & PLACES};
    sb_archive_matches *matches = NULL;
    sb_error err = {0};
    sb_status status = sb_archive_find(&matches, archive, &query, &err);
    require_outcome(status, &err, matches != NULL);
    if (matches)
        check_matches(matches, &query);
    sb_archive_matches_free(&matches);
    for (size_t i = 0; i < 5; i++)
        free(lines[i]);
    return 0;
}
