/* Alignments made before, so that the second clip of an episode starts at once.
 *
 * $XDG_CACHE_HOME/soundbite (else ~/.cache/soundbite) holds alignments/KEY and notes/KEY, where KEY is the SHA-256 of the audio's and
 * the transcript's own, of the options that matter, --dict, --boundary-model and --acoustic-model among them, and of the
 * program that made it; and audio/KEY, the SHA-256 of
 * a file known by its real path, device, inode, size and times of change. Entries are written whole or not at all; what
 * does not read well is made anew; a cache that cannot be written is no error. The oldest entries go beyond 1 GB. */
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

/* Finds the entry for a pair of files, the options given and the transcript's `language` (NULL: not given). Not usable with --no-cache, for standard input, without a
 * home, and for files that are not regular. */
void cli_cache_init(cli_cache *out, const cli_context *context, const char *audio_path,
                    const sb_transcript *transcript, const char *language);

/* The alignment kept, with the paths as given now; NULL where there is none, or where transcript and audio do not belong
 * together and `allow_mismatch` is false. The caller frees. `notes` gets what was noticed when it was made. */
sb_alignment *cli_cache_load(const cli_cache *cache, const char *audio_path, const sb_transcript *transcript,
                             bool allow_mismatch, sb_notes *notes);

void cli_cache_store(const cli_cache *cache, const sb_alignment *alignment, const sb_notes *notes);

#endif
