/* A cache of alignments, so that later commands on an episode start at once.
 *
 * The folder is $XDG_CACHE_HOME/soundbite or ~/.cache/soundbite. It contains alignments/KEY and notes/KEY.
 * KEY is the SHA-256 of the hashes of audio and transcript, the relevant options (including --dict,
 * --boundary-model and --acoustic-model) and the program. It also contains audio/KEY: the SHA-256 of a file,
 * identified by its real path, device, inode, size and times of change.
 *
 * Entries are written atomically. An invalid entry is made again, and a cache that cannot be written is not
 * an error. Above 1 GB, the oldest entries are removed. */
#ifndef SB_CLI_CACHE_H
#define SB_CLI_CACHE_H

#include "context.h"

#include "soundbite/align.h"

typedef struct cli_cache {
    bool usable;
    bool writable; /* false with --dry-run */
    char folder[3072];
    char key[SB_SHA256_TEXT];
} cli_cache;

/* Finds the entry for two files, the options and the transcript's `language` (NULL: not given). The cache is
 * not used with --no-cache, for standard input, without a home folder, and for files that are not regular. */
void cli_cache_init(cli_cache *out, const cli_context *context, const char *audio_path,
                    const sb_transcript *transcript, const char *language);

/* Returns the stored alignment with the paths as given now. Returns NULL if there is none, or if the
 * transcript does not belong to the audio and `allow_mismatch` is false. The caller frees it. Adds the notes
 * that were made with it to `notes`. */
sb_alignment *cli_cache_load(const cli_cache *cache, const char *audio_path, const sb_transcript *transcript,
                             bool allow_mismatch, sb_notes *notes);

void cli_cache_store(const cli_cache *cache, const sb_alignment *alignment, const sb_notes *notes);

#endif
