#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/run/run.h"
#include "base/run/watch.h"
#include "transcript/documents/documents.h"

#define MAX_FILES 10000
#define BLOCK     65536
/* Limit for the size of a file in a document. A file larger than FREE_BYTES may also have at most MAX_RATIO
 * times the bytes of the archive. Word files have about 10 to 20. */
#define MAX_BYTES  (256u << 20)
#define FREE_BYTES (4u << 20)
#define MAX_RATIO  200

static bool is_too_large(size_t size, size_t archive_size)
{
    return size > MAX_BYTES || (size > FREE_BYTES && size / MAX_RATIO > archive_size);
}

/* Reads what can be read. Returns false if the rest of the archive is of no use. */
static bool read_content(sb_zip *zip, sb_bytes *out, struct archive *archive, size_t archive_size)
{
    char block[BLOCK];
    for (;;) {
        la_ssize_t n = archive_read_data(archive, block, sizeof block);
        if (n == 0)
            return true;
        if (n < 0) {
            zip->is_cut = true;
            return n > ARCHIVE_FATAL;
        }
        sb_bytes_append(out, block, (size_t)n);
        if (is_too_large(out->size, archive_size)) {
            zip->is_a_bomb = true;
            return false;
        }
    }
}

static bool add_file(sb_zip *zip, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    if (!sb_push_room(&zip->files, zip->n_files, sizeof *zip->files))
        return false;
    char *copy = sb_copy_text(name ? name : "", NULL);
    if (copy)
        zip->files[zip->n_files++] = (sb_zip_file){.name = copy};
    return copy != NULL;
}

static sb_status read_files(sb_zip *zip, struct archive *archive, size_t size,
                            bool (*wants)(const char *name))
{
    struct archive_entry *entry;
    bool goes_on = true;
    while (goes_on && zip->n_files < MAX_FILES) {
        int result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF)
            break;
        if (sb_memory_failed())
            return SB_ERR_MEMORY;
        if (result < ARCHIVE_WARN) {
            zip->is_cut = true;
            break;
        }
        if (!add_file(zip, entry))
            return SB_ERR_MEMORY;
        sb_zip_file *file = &zip->files[zip->n_files - 1];
        if (archive_entry_is_data_encrypted(entry))
            zip->is_encrypted = true;
        else if (wants(file->name))
            goes_on = read_content(zip, &file->content, archive, size);
        if (file->content.failed || sb_memory_failed())
            return SB_ERR_MEMORY;
    }
    return SB_OK;
}

sb_status sb_zip_read(sb_zip *out, const void *data, size_t size, bool (*wants)(const char *name))
{
    sb_memory_watch();
    struct archive *archive = archive_read_new();
    sb_status status = SB_ERR_MEMORY;
    *out = (sb_zip){0};
    if (archive && archive_read_support_format_zip(archive) == ARCHIVE_OK) {
        status = SB_OK;
        if (archive_read_open_memory(archive, data, size) == ARCHIVE_OK)
            status = read_files(out, archive, size, wants);
        else
            out->is_cut = true;
        if (sb_memory_failed())
            status = SB_ERR_MEMORY;
    }
    archive_read_free(archive);
    if (status != SB_OK)
        sb_zip_finish(out);
    return status;
}

void sb_zip_finish(sb_zip *zip)
{
    for (size_t i = 0; i < zip->n_files; i++) {
        sb_bytes_finish(&zip->files[i].content);
        free(zip->files[i].name);
    }
    free(zip->files);
    *zip = (sb_zip){0};
}

const sb_bytes *sb_zip_find(const sb_zip *zip, const char *name)
{
    for (size_t i = 0; i < zip->n_files; i++) {
        if (strcmp(zip->files[i].name, name) == 0)
            return &zip->files[i].content;
    }
    return NULL;
}
