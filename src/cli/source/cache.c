#include "cli/session/session.h"
#include "cli/source/source.h"

#include "base/run/run.h"
#include "soundbite/media.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ENTRY_LIMIT ((size_t)512 << 20)
#define TOTAL_LIMIT ((int64_t)1 << 30)
#define AUDIO_LIMIT ((int64_t)4 << 20)
#define NOTES_LIMIT ((int64_t)4 << 20)

bool cli_cache_folder(char *out, size_t size, bool make)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length = -1;
    if (cache && cache[0] == '/')
        length = snprintf(out, size, "%s/soundbite", cache);
    else if (home && home[0] == '/')
        length = snprintf(out, size, "%s/.cache/soundbite", home);
    if (length <= 0 || (size_t)length + 1 >= size)
        return false;
    if (make) {
        strcat(out, "/");
        cli_cache_make_folders(out);
        out[length] = 0;
    }
    return true;
}

static void add_instant(sb_bytes *out, struct timespec at)
{
    sb_bytes_print(out, "%lld.%09ld\n", (long long)at.tv_sec, at.tv_nsec);
}

/* Another build of the program may align differently, so its entries are not used. */
static bool add_program(sb_bytes *out, const cli_arguments *args)
{
    struct stat self;
    if (!sb_program_file(&self, args->program, getenv("PATH")))
        return false;
    sb_bytes_print(out, "soundbite %s %lld ", sb_version(), (long long)self.st_size);
    add_instant(out, self.st_mtim);
    return true;
}

static void hash_bytes(char out[SB_SHA256_TEXT], sb_bytes *bytes)
{
    sb_sha256(out, bytes->data, bytes->size);
    sb_bytes_finish(bytes);
}

/* The key under which the hashes of the file and of one stream are stored. */
static bool file_identity(char out[SB_SHA256_TEXT], const char *path, const sb_media_params *media)
{
    char real[PATH_MAX];
    struct stat info;
    if (!realpath(path, real) || stat(real, &info) || !S_ISREG(info.st_mode))
        return false;
    sb_bytes bytes = {0};
    sb_bytes_print(&bytes, "%s\n%lld %lld %lld %d\n", real, (long long)info.st_dev, (long long)info.st_ino,
                   (long long)info.st_size, media->has_stream ? media->stream : -1);
    add_instant(&bytes, info.st_mtim);
    add_instant(&bytes, info.st_ctim);
    bool whole = !bytes.failed;
    hash_bytes(out, &bytes);
    return whole;
}

enum { HASH = SB_SHA256_TEXT - 1 };

static bool are_hashes(const sb_bytes *bytes)
{
    return bytes->size == (size_t)2 * HASH && strspn(bytes->data, "0123456789abcdef") == bytes->size;
}

/* The hash of the packets does not change with tags and pictures. If the packets cannot be read, that of the
 * file is used. */
static bool find_hashes(cli_cache *cache, const char *path, const sb_media_params *media)
{
    if (sb_file_sha256(cache->audio_sha256, path, NULL))
        return false;
    if (sb_media_packets(cache->packets, path, media, NULL) || !*cache->packets)
        memcpy(cache->packets, cache->audio_sha256, SB_SHA256_TEXT);
    return true;
}

static bool audio_hashes(cli_cache *cache, const char *path, const sb_media_params *media)
{
    char identity[SB_SHA256_TEXT], both[2 * SB_SHA256_TEXT];
    if (!file_identity(identity, path, media))
        return false;
    sb_bytes known = {0};
    bool found = cli_cache_read(&known, cache->folder, "audio", identity, sizeof both) && are_hashes(&known);
    if (found) {
        memcpy(cache->audio_sha256, known.data, HASH);
        memcpy(cache->packets, known.data + HASH, HASH);
    }
    sb_bytes_finish(&known);
    if (found || !find_hashes(cache, path, media))
        return found;
    snprintf(both, sizeof both, "%s%s", cache->audio_sha256, cache->packets);
    if (cache->writable)
        cli_cache_write(cache->folder, "audio", identity, both, (size_t)2 * HASH, AUDIO_LIMIT);
    return true;
}

static bool make_key(char out[SB_SHA256_TEXT], const cli_context *context, const char *packets,
                     const sb_transcript *transcript, const char *language)
{
    sb_bytes key = {0};
    const cli_arguments *args = context->args;
    bool known = add_program(&key, args);
    sb_bytes_print(&key, "%s\n%s %s\nmethod %lld stream %lld\nlanguage %s\ndict %s boundary %s model %s\n",
                   packets, transcript->sha256, transcript->format ? transcript->format : "",
                   (long long)cli_whole(args, CLI_OPT_METHOD, 0),
                   (long long)cli_whole(args, CLI_OPT_STREAM, -1), language ? language : "",
                   context->tuning.dictionary_sha256, context->tuning.boundary_sha256,
                   context->tuning.acoustic_model_sha256);
    bool whole = known && !key.failed;
    hash_bytes(out, &key);
    return whole;
}

void cli_cache_init(cli_cache *out, const cli_context *context, const char *audio_path,
                    const sb_transcript *transcript, const char *language)
{
    const cli_arguments *args = context->args;
    *out = (cli_cache){.writable = !context->dry_run};
    int64_t stream = cli_whole(args, CLI_OPT_STREAM, -1);
    const sb_media_params media = {
        .stream = stream < 0 ? 0 : (int)stream, .has_stream = stream >= 0, .monitor = &context->monitor};
    if (cli_has(args, CLI_OPT_NO_CACHE) || !strcmp(audio_path, "-") ||
        !cli_cache_folder(out->folder, sizeof out->folder, false) || !audio_hashes(out, audio_path, &media))
        return;
    out->usable = make_key(out->key, context, out->packets, transcript, language);
}

static bool replace_text(char **text, const char *value)
{
    char *copy = value ? strdup(value) : NULL;
    if (value && !copy)
        return false;
    free(*text);
    *text = copy;
    return true;
}

static sb_alignment *read_entry(const cli_cache *cache, const char *key)
{
    sb_bytes bytes = {0};
    sb_alignment *alignment = NULL;
    if (cli_cache_read(&bytes, cache->folder, "alignments", key, ENTRY_LIMIT))
        sb_alignment_read(&alignment, bytes.data, bytes.size, key, NULL);
    sb_bytes_finish(&bytes);
    return alignment;
}

static void read_notes(sb_notes *out, const cli_cache *cache, const sb_alignment *alignment)
{
    sb_bytes text = {0};
    if (cli_cache_read(&text, cache->folder, "notes", cache->key, NOTES_LIMIT))
        cli_notes_read(out, &text, alignment->audio.path, alignment->transcript.path);
    sb_bytes_finish(&text);
}

static bool is_usable(sb_alignment *alignment, const char *audio_path, const sb_transcript *transcript,
                      bool allow_mismatch)
{
    return (alignment->pairing != SB_PAIRING_MISMATCH || allow_mismatch) &&
           !strcmp(alignment->transcript.sha256, transcript->sha256) &&
           replace_text(&alignment->audio.path, audio_path) &&
           replace_text(&alignment->transcript.path, transcript->path);
}

sb_alignment *cli_cache_load(const cli_cache *cache, const char *audio_path, const sb_transcript *transcript,
                             bool allow_mismatch, sb_notes *notes)
{
    sb_alignment *alignment = cache->usable ? read_entry(cache, cache->key) : NULL;
    if (!alignment)
        return NULL;
    memcpy(alignment->audio.sha256, cache->audio_sha256, SB_SHA256_TEXT);
    if (is_usable(alignment, audio_path, transcript, allow_mismatch))
        read_notes(notes, cache, alignment);
    else
        sb_alignment_free(&alignment);
    return alignment;
}

void cli_cache_store(const cli_cache *cache, const sb_alignment *alignment, const sb_notes *notes)
{
    sb_bytes bytes = {0}, text = {0};
    if (!cache->usable || !cache->writable)
        return;
    cli_notes_write(&text, notes, alignment->audio.path, alignment->transcript.path);
    if (!text.failed && !sb_alignment_write(&bytes, alignment, NULL)) {
        cli_cache_write(cache->folder, "notes", cache->key, text.data, text.size, NOTES_LIMIT);
        cli_cache_write(cache->folder, "alignments", cache->key, bytes.data, bytes.size, TOTAL_LIMIT);
    }
    sb_bytes_finish(&bytes);
    sb_bytes_finish(&text);
}
