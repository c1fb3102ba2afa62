#include "archive/archive.h"

#include "alignment/alignment.h"
#include "archive/pack/pack.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/names.h"

#include <stdlib.h>
#include <string.h>

/* An episode that is being added: everything is packed before the transaction begins, so that it is short. */
typedef struct addition {
    const sb_alignment *alignment;
    sb_speakers speakers;
    sb_indexed indexed;
    sb_bytes head;
    sb_bytes *blocks;
} addition;

static void addition_finish(addition *a)
{
    for (size_t i = 0; a->blocks && i < a->indexed.blocks->n_blocks; i++)
        sb_bytes_finish(&a->blocks[i]);
    free(a->blocks);
    sb_bytes_finish(&a->head);
    sb_indexed_finish(&a->indexed);
    sb_speakers_finish(&a->speakers);
}

static sb_status pack_blocks(addition *a, sb_error *err)
{
    const sb_blocks *blocks = a->indexed.blocks;
    a->blocks = calloc(blocks->n_blocks + 1, sizeof *a->blocks);
    bool ok = a->blocks != NULL;
    if (blocks->n_blocks >= (size_t)1 << SB_BLOCK_BITS)
        return sb_error_set(err, SB_ERR_LIMIT, "has too many words for an archive; split the episode");
    for (size_t i = 0; ok && i < blocks->n_blocks; i++) {
        size_t first = blocks->starts[i];
        sb_block_write(&a->blocks[i], a->alignment, blocks->pieces + first, blocks->starts[i + 1] - first,
                       a->speakers.of_turn);
        ok = !a->blocks[i].failed;
    }
    return ok ? SB_OK : sb_error_memory(err, "packing an alignment");
}

static sb_status unpack(sb_alignment **out, const addition *a, sb_error *err)
{
    const char **names = calloc(a->speakers.n_items + 1, sizeof *names);
    sb_status status = names ? sb_head_read(out, a->head.data, a->head.size, NULL, err)
                             : sb_error_memory(err, "packing an alignment");
    for (size_t i = 0; names && i < a->speakers.n_items; i++)
        names[i] = a->speakers.items[i].name;
    for (size_t i = 0; !status && i < a->indexed.blocks->n_blocks; i++)
        status = sb_block_read(*out, a->blocks[i].data, a->blocks[i].size, names, a->speakers.n_items, true);
    free(names);
    return status;
}

/* What comes out must be what went in. */
static sb_status compare_unpacked(const addition *a, sb_error *err)
{
    sb_alignment *read = NULL;
    sb_bytes before = {0}, after = {0};
    sb_status status = unpack(&read, a, err);
    if (!status)
        status = sb_alignment_write(&before, a->alignment, err);
    if (!status)
        status = sb_alignment_write(&after, read, err);
    if (!status && (before.size != after.size || memcmp(before.data, after.data, before.size) != 0))
        status = SB_ERR_FORMAT;
    if (status == SB_ERR_MEMORY)
        sb_error_memory(err, "packing an alignment");
    else if (status)
        sb_error_set(err, SB_ERR_LIMIT, "the alignment has values that an archive cannot hold; align again");
    sb_bytes_finish(&before);
    sb_bytes_finish(&after);
    sb_alignment_free(&read);
    return status;
}

static sb_status pack(addition *a, sb_error *err)
{
    if (sb_speakers_of_alignment(&a->speakers, a->alignment, err) ||
        sb_indexed_make(&a->indexed, a->alignment, err) || sb_head_write(&a->head, a->alignment, err) ||
        pack_blocks(a, err))
        return err->status;
    if (a->head.failed)
        return sb_error_memory(err, "packing an alignment");
    return compare_unpacked(a, err);
}

/* Removes the episode that the new one replaces, and returns its name, which the caller frees. */
static char *drop_earlier(sb_archive *archive, const addition *a, const sb_archive_episode *episode,
                          sb_error *err)
{
    char *name = NULL;
    int64_t ids[3];
    size_t n = 0;
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT id, name FROM episode WHERE name = ?1 OR audio = ?2"
        " OR (packets = ?3 AND packets != '' AND transcript_sha256 = ?4) ORDER BY audio != ?2, id LIMIT 3",
        "tttt", episode->name, episode->audio, a->alignment->audio.packets, a->alignment->transcript.sha256);
    while (sb_rows_next(rows, err)) {
        ids[n] = sb_archive_row_id(archive, rows, 0, err);
        n += ids[n] >= 0;
        if (!name && !(name = sb_copy_text(sb_rows_text(rows, 1), NULL)))
            sb_error_memory(err, "adding an episode");
    }
    sb_rows_end(&rows);
    for (size_t i = 0; i < n && !err->status; i++)
        sb_archive_drop(archive, ids[i], err);
    return name;
}

/* "ep12" of "shows/a/ep12.mp3"; if another episode has that name, "a/ep12", and then with a number. */
static char *make_name(sb_archive *archive, const char *audio, sb_error *err)
{
    size_t stem = sb_path_stem(audio), from = stem;
    for (int way = 0;; way++) {
        if (way < 2) {
            while (from > 0 && audio[from - 1] == '/')
                from--;
            while (from > 0 && audio[from - 1] != '/')
                from--;
        }
        char *name = way < 2 ? sb_copy_bytes(audio + from, stem - from)
                             : sb_text_print("%.*s (%d)", (int)(stem - from), audio + from, way);
        if (!name) {
            sb_error_memory(err, "adding an episode");
            return NULL;
        }
        if (sb_archive_id(archive, name, err) < 0 || err->status)
            return name;
        free(name);
    }
}

static sb_status write_episode(sb_archive *archive, const addition *a, const sb_archive_episode *episode,
                               const char *name, sb_error *err)
{
    const sb_alignment *alignment = a->alignment;
    size_t n_words, n_heard = sb_alignment_count_words(alignment, SB_WORD_ALIGNED, &n_words);
    return sb_database_write(
        archive->database, err,
        "INSERT INTO episode(name, title, date, audio, transcript, settings, packets, transcript_sha256, "
        "language,"
        " method, pairing, duration, turns, words, heard, head) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "tttttttttiiiiiib", name, episode->title ? episode->title : alignment->transcript.title,
        episode->date, episode->audio, episode->transcript, episode->settings, alignment->audio.packets,
        alignment->transcript.sha256, alignment->transcript.language, (int64_t)alignment->method,
        (int64_t)alignment->pairing, (int64_t)alignment->audio.duration, (int64_t)alignment->n_turns,
        (int64_t)n_words, (int64_t)n_heard, &a->head);
}

static sb_status write_parts(sb_archive *archive, const addition *a, int64_t id, sb_error *err)
{
    for (size_t i = 0; i < a->speakers.n_items && !err->status; i++)
        sb_database_write(archive->database, err,
                          "INSERT INTO speaker(episode, number, name) VALUES(?, ?, ?)", "iit", id, (int64_t)i,
                          a->speakers.items[i].name);
    if (err->status)
        return err->status;
    sb_rows *block =
        sb_database_read(archive->database, err, "INSERT INTO block(id, sum, data) VALUES(?, ?, ?)", "");
    for (size_t i = 0; i < a->indexed.blocks->n_blocks && !err->status; i++) {
        int64_t block_id = (id << SB_BLOCK_BITS) + (int64_t)i;
        sb_rows_again(block, err, "iib", block_id, a->indexed.texts[i].sum, &a->blocks[i]);
        sb_rows_next(block, err);
    }
    sb_rows_end(&block);
    if (!err->status)
        sb_archive_index(archive, &a->indexed, id, true, err);
    return err->status ? err->status
                       : sb_archive_add_sounds(archive, &a->indexed, a->alignment->transcript.language, err);
}

static sb_status write_all(sb_archive *archive, char **name, const addition *a,
                           const sb_archive_episode *episode, sb_error *err)
{
    if (sb_archive_begin(archive, err))
        return err->status;
    char *earlier = drop_earlier(archive, a, episode, err);
    if (episode->name) {
        free(earlier);
        earlier = sb_copy_text(episode->name, NULL);
    }
    *name = earlier || err->status ? earlier : make_name(archive, episode->audio, err);
    if (!*name)
        sb_error_memory(err, "adding an episode");
    if (!err->status && !write_episode(archive, a, episode, *name, err)) {
        int64_t id = sb_archive_id(archive, *name, err);
        if (!err->status)
            write_parts(archive, a, id, err);
    }
    return sb_archive_end(archive, err);
}

sb_status sb_archive_add(sb_archive *archive, char **name, const sb_alignment *alignment,
                         const sb_archive_episode *episode, sb_error *err)
{
    sb_error reason = {0};
    char *made = NULL;
    addition a = {.alignment = alignment};
    if (!pack(&a, &reason))
        write_all(archive, &made, &a, episode, &reason);
    addition_finish(&a);
    if (name)
        *name = reason.status ? NULL : made;
    if (!name || reason.status)
        free(made);
    return sb_archive_report(err, &reason);
}
