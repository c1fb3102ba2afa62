/* Reads any bytes as a playlist or feed, and pairs files whose names are the lines of the bytes. */
#include "fuzz.h"
#include "soundbite/show.h"

#define FILES_MAX 40

static void check_entries(const uint8_t *data, size_t size)
{
    sb_show_entries *entries = NULL;
    sb_error err = {0};
    sb_status status = sb_show_entries_read(&entries, data, size, NULL, &err);
    require_outcome(status, &err, entries != NULL);
    for (size_t i = 0; entries && i < entries->n_items; i++) {
        const sb_show_entry *entry = &entries->items[i];
        require(entry->audio && *entry->audio && entry->line > 0);
        require(entry->season >= 0 && entry->number >= 0);
        require(!entry->date || strlen(entry->date) == 10);
        for (size_t t = 0; t < entry->n_transcripts; t++)
            require(entry->transcripts[t] && *entry->transcripts[t]);
        char *path = sb_show_entry_path(entry->audio);
        require(!path || *path);
        free(path);
    }
    sb_show_entries_free(&entries);
    sb_show_entries_sniff(data, size);
}

/* An audio file has at most one transcript, and each transcript at most one audio file. */
static void check_show(const sb_show *show, size_t n_files)
{
    size_t n_named = 0;
    for (size_t i = 0; i < show->n_episodes; i++) {
        const sb_episode *e = &show->episodes[i];
        bool is_paired = e->status == SB_EPISODE_PAIRED;
        require(is_paired == (e->audio && e->transcript) && is_paired == (e->evidence != NULL));
        require(is_paired != (e->reason != NULL) && (e->audio || e->transcript));
        require((e->how == SB_EPISODE_BY_NOTHING) != is_paired);
        require((e->status == SB_EPISODE_DOUBTFUL) == (e->n_candidates > 0));
        n_named += (e->audio != NULL) + (e->transcript != NULL) + e->n_others;
    }
    require(n_named == n_files);
}

static void check_names(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    sb_show_file files[FILES_MAX] = {0};
    size_t n = 0;
    sb_show *show = NULL;
    sb_error err = {0};
    while (bytes.size && n < FILES_MAX) {
        char *name = fuzz_take_line(&bytes);
        sb_show_kind kind = strstr(name, ".mp") || strlen(name) % 2 ? SB_SHOW_AUDIO : SB_SHOW_TRANSCRIPT;
        files[n] = (sb_show_file){.path = name, .kind = kind, .title = n % 5 == 4 ? "12 - A title" : NULL};
        n++;
    }
    sb_status status = sb_show_pair(&show, files, n, NULL, &err);
    require_outcome(status, &err, show != NULL);
    check_show(show, n);
    sb_show_free(&show);
    for (size_t i = 0; i < n; i++)
        free((char *)files[i].path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_entries(data, size);
    check_names(data, size);
    return 0;
}
