/* Changes a sample archive by the bytes, and uses it in every way. Each call succeeds, or fails with a
 * reason. The bytes are records: a byte that says what is changed, and what it becomes. */
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alignment_checks.h"
#include "archive/store/store.h"
#include "fuzz.h"
#include "soundbite/archive_sound.h"
#include "soundbite/file.h"
#include "support_alignment.h"

#define PAGE_SIZE   "512" /* the smallest, so that the bytes reach all of a small file */
#define FILE_MAX    (1 << 20)
#define N_CODES     200
#define STEPS_MAX   100000 /* of a statement in the bytes */
#define STEPS_APART 1000

static char folder[64], path[80], other[80];
static sb_bytes sample;
static sb_archive *merged;

/* The columns whose values are no keys of the database itself. */
static const char *const columns[] = {
    "episode.name",     "episode.title",   "episode.date",      "episode.audio",     "episode.packets",
    "episode.language", "episode.method",  "episode.pairing",   "episode.duration",  "episode.words",
    "episode.head",     "episode.id",      "speaker.number",    "speaker.name",      "speaker.episode",
    "block.sum",        "block.data",      "block.id",          "sound.phones",      "sound.term",
    "recording.hop",    "recording.reach", "recording.codes",   "voice.heard",       "voice.covariance",
    "voice.speaker",    "repeat.number",   "repeat.episode",    "repeat.start",      "repeat.until",
    "repeat_name.name", "alias.name",      "alias.means",       "terms_data.block",  "terms_idx.term",
    "terms_docsize.sz", "terms_config.v",  "sqlite_schema.sql", "sqlite_schema.name"};
#define N_COLUMNS (sizeof columns / sizeof *columns)

static void remove_files(void)
{
    sb_archive_close(&merged);
    remove(path);
    remove(other);
    rmdir(folder);
    sb_bytes_finish(&sample);
}

static sqlite3 *connect(void)
{
    sqlite3 *connection;
    require(sqlite3_open(path, &connection) == SQLITE_OK);
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
    sqlite3_exec(connection, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", NULL, NULL, NULL);
    return connection;
}

static void add_sound(sb_archive *archive, const char *name, char packets)
{
    uint32_t codes[N_CODES];
    char hash[65] = "";
    struct sb_named_voice voices[] = {{.speaker = (char *)"Ben Wilson", .voice.heard = 10 * SB_TIME_SECOND}};
    sb_recording recording = {
        .print = {.hop = SB_TIME_SECOND / 8, .reach = 2 * SB_TIME_SECOND, .codes = codes, .n_codes = N_CODES},
        .voices = voices,
        .n_voices = 1};
    for (uint32_t i = 0; i < N_CODES; i++)
        codes[i] = i * 2654435761U;
    for (size_t row = 0, i = 0; row < SB_VOICE_SIZE; i += ++row)
        voices[0].voice.covariance[i + row] = 1;
    memset(hash, packets, 64);
    require(sb_archive_set_recording(archive, name, hash, &recording, NULL) == SB_OK);
}

static void add_episode(sb_archive *archive, sb_alignment *alignment, char packets)
{
    char *name, audio[] = "ep?.mp3";
    audio[2] = packets;
    memset(alignment->audio.packets, packets, 64);
    require(sb_archive_add(archive, &name, alignment,
                           &(sb_archive_episode){.audio = audio, .transcript = "t.txt", .date = "2024-05"},
                           NULL) == SB_OK);
    add_sound(archive, name, packets);
    free(name);
    sb_alignment_free(&alignment);
}

/* Two episodes with the same sound, and one of everything else. */
static void make_sample(void)
{
    sb_archive *archive;
    snprintf(folder, sizeof folder, "%s/fuzz-archive-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    require(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.db", folder);
    snprintf(other, sizeof other, "%s/b.db", folder);
    atexit(remove_files);
    sqlite3 *connection = connect();
    require(sqlite3_exec(connection, "PRAGMA page_size = " PAGE_SIZE "; CREATE TABLE t(x); DROP TABLE t",
                         NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(connection);
    require(sb_archive_open(&archive, path, SB_ARCHIVE_WRITE, NULL) == SB_OK);
    add_episode(archive, alignment_sample(), '1');
    add_episode(archive, alignment_long(3, 60), '2');
    require(sb_archive_find_repeats(archive, NULL, NULL) == SB_OK);
    sb_archive_name_repeat(archive, 1, "intro", NULL);
    require(sb_archive_alias(archive, "Ben*", "Benjamin", NULL) == SB_OK);
    sb_archive_close(&archive);
    require(sb_file_read(&sample, path, FILE_MAX, NULL) == SB_OK);
    require(sb_archive_open(&merged, other, SB_ARCHIVE_WRITE, NULL) == SB_OK);
}

static void write_sample(fuzz_bytes *bytes)
{
    size_t n_changes = fuzz_take(bytes);
    FILE *file = fopen(path, "wb");
    require(file && fwrite(sample.data, 1, sample.size, file) == sample.size);
    for (size_t i = 0; i < n_changes && bytes->size; i++) {
        size_t at = (size_t)(fuzz_take(bytes) | fuzz_take(bytes) << 8) % sample.size;
        require(fseek(file, (long)at, SEEK_SET) == 0);
        fputc(fuzz_take(bytes), file);
    }
    require(fclose(file) == 0);
}

enum { AS_NULL, AS_WHOLE, AS_TEXT, AS_BYTES, AS_COMPRESSED, N_TYPES };

/* A column of one row: its number, the row, the type and the value, as a line. */
static void change_value(sqlite3 *connection, fuzz_bytes *bytes)
{
    char sql[160], table[32];
    const char *column = columns[fuzz_take(bytes) % N_COLUMNS];
    int row = fuzz_take(bytes) % 8, type = fuzz_take(bytes) % N_TYPES;
    size_t size = fuzz_take(bytes) | (size_t)fuzz_take(bytes) << 8;
    size = size < bytes->size ? size : bytes->size;
    sb_bytes packed = {0};
    sqlite3_stmt *statement;
    sscanf(column, "%31[^.]", table);
    snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?1 WHERE %s = (SELECT %s FROM %s LIMIT 1 OFFSET %d)", table,
             column + strlen(table) + 1, column + strlen(table) + 1, column + strlen(table) + 1, table, row);
    if (type == AS_COMPRESSED)
        sb_deflate(&packed, bytes->data, size);
    if (sqlite3_prepare_v2(connection, sql, -1, &statement, NULL) == SQLITE_OK) {
        int64_t whole = 0;
        memcpy(&whole, bytes->data, size < sizeof whole ? size : sizeof whole);
        if (type == AS_WHOLE)
            sqlite3_bind_int64(statement, 1, whole);
        else if (type == AS_TEXT)
            sqlite3_bind_text(statement, 1, (const char *)bytes->data, (int)size, SQLITE_STATIC);
        else if (type == AS_BYTES)
            sqlite3_bind_blob(statement, 1, bytes->data, (int)size, SQLITE_STATIC);
        else if (type == AS_COMPRESSED)
            sqlite3_bind_blob(statement, 1, packed.data, (int)packed.size, SQLITE_STATIC);
        sqlite3_step(statement);
        sqlite3_finalize(statement);
    }
    sb_bytes_finish(&packed);
    bytes->data += size;
    bytes->size -= size;
}

static int count_steps(void *left)
{
    return --*(int *)left < 0;
}

/* Any statement, for other tables and a hostile schema. */
static void run_statement(sqlite3 *connection, fuzz_bytes *bytes)
{
    char *sql = fuzz_take_line(bytes);
    int left = STEPS_MAX / STEPS_APART;
    sqlite3_progress_handler(connection, STEPS_APART, count_steps, &left);
    sqlite3_exec(connection, sql, NULL, NULL, NULL);
    sqlite3_progress_handler(connection, 0, NULL, NULL);
    free(sql);
}

static void change_values(fuzz_bytes *bytes)
{
    if (!bytes->size)
        return;
    sqlite3 *connection = connect();
    while (bytes->size) {
        if (fuzz_take(bytes) == '!')
            run_statement(connection, bytes);
        else
            change_value(connection, bytes);
    }
    sqlite3_close(connection);
}

/* Sounds need a dictionary, which takes longer than all else. */
static void check_searches(sb_archive *archive, bool by_sound)
{
    static const char *const texts[] = {"one two", "w*", "line 3 word"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (int how = SB_SEARCH_PHRASE; how <= (by_sound ? SB_SEARCH_SOUND : SB_SEARCH_NEAR); how++) {
            sb_archive_matches *matches = NULL;
            sb_error err = {0};
            const sb_archive_query query = {
                .text = texts[i], .how = (sb_search_how)how, .or_alike = by_sound};
            sb_status status = sb_archive_find(&matches, archive, &query, &err);
            require_outcome(status, &err, matches != NULL);
            for (size_t k = 0; matches && k < matches->n_items; k++) {
                const sb_archive_match *match = &matches->items[k];
                require(match->episode && match->audio && match->text && match->speakers &&
                        match->span.start <= match->span.end);
            }
            sb_archive_matches_free(&matches);
        }
    }
}

static void check_episodes(sb_archive *archive, bool removes)
{
    sb_archive_list *list = NULL;
    sb_error err = {0};
    sb_status status = sb_archive_episodes(&list, archive, NULL, 0, &err);
    require_outcome(status, &err, list != NULL);
    for (size_t i = 0; list && i < list->n_items; i++) {
        sb_alignment *alignment = NULL;
        sb_error reason = {0};
        status = sb_archive_get(&alignment, archive, list->items[i].name, &reason);
        require_outcome(status, &reason, alignment != NULL);
        const char *problem = alignment ? alignment_check(alignment) : NULL;
        if (problem)
            fuzz_fail(__FILE__, __LINE__, problem);
        sb_alignment_free(&alignment);
        if (removes)
            sb_archive_remove(archive, list->items[i].name, NULL);
    }
    sb_archive_list_free(&list);
}

static void check_sound(sb_archive *archive)
{
    sb_archive_repeats repeats = {0};
    sb_voice_hints hints = {0};
    sb_error err = {0}, reason = {0};
    require(sb_archive_repeats_read(&repeats, archive, &err) == err.status);
    sb_archive_repeats_finish(&repeats);
    require(sb_archive_voice_hints(&hints, archive, &reason) == reason.status);
    sb_voice_hints_finish(&hints);
}

static void check_archive(sb_archive_use use, bool by_sound)
{
    sb_archive *archive = NULL;
    sb_notes notes = {0};
    sb_error err = {0}, reason = {0};
    sb_status status = sb_archive_open(&archive, path, use, &err);
    require_outcome(status, &err, archive != NULL);
    if (!archive)
        return;
    status = sb_archive_check(archive, &notes, NULL, &reason);
    require_outcome(status, &reason, status == SB_OK);
    sb_notes_finish(&notes);
    check_searches(archive, by_sound);
    check_sound(archive);
    if (use == SB_ARCHIVE_WRITE) {
        sb_archive_find_repeats(archive, NULL, NULL);
        sb_archive_rename_speaker(archive, "ep1", "Ben Wilson", "Ben", NULL);
    }
    check_episodes(archive, use == SB_ARCHIVE_WRITE);
    sb_archive_close(&archive);
}

/* What a damaged archive hands on to another one is sound. */
static void check_merge(void)
{
    sb_archive_list *list;
    sb_notes notes = {0};
    sb_error err = {0};
    sb_status status = sb_archive_merge(merged, path, NULL, NULL, &err);
    require_outcome(status, &err, status == SB_OK);
    require(sb_archive_check(merged, &notes, NULL, NULL) == SB_OK);
    for (size_t i = 0; i < notes.n_items; i++)
        fuzz_fail(__FILE__, __LINE__, notes.items[i].text);
    sb_notes_finish(&notes);
    require(sb_archive_episodes(&list, merged, NULL, 0, NULL) == SB_OK);
    for (size_t i = 0; i < list->n_items; i++)
        require(sb_archive_remove(merged, list->items[i].name, NULL) == SB_OK);
    sb_archive_list_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    if (!sample.size)
        make_sample();
    write_sample(&bytes);
    change_values(&bytes);
    check_archive(SB_ARCHIVE_READ, size % 4 == 0);
    check_merge();
    check_archive(SB_ARCHIVE_WRITE, false);
    return 0;
}
