/* Reads any bytes with one reader: fuzz_reader --reader=NAME. With "docx" or "odt", bytes that are no archive
 * are put into one as the document's XML. Any other name that no reader has, such as "detected", leaves the
 * choice to the detection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soundbite/file.h"
#include "soundbite/transcript.h"
#include "transcript_checks.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *reader = "detected";

/* The XML of a document is one file of a ZIP archive. */
typedef struct zip_member {
    const char *name;
    const uint8_t *data;
    size_t size;
} zip_member;

static uint32_t crc32_of(const uint8_t *data, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void put(sb_bytes *out, uint32_t value, size_t size)
{
    uint8_t bytes[] = {value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF, value >> 24};
    sb_bytes_append(out, bytes, size);
}

/* Version to uncompressed size, which a member's own header and the directory both have. */
static void put_facts(sb_bytes *out, const zip_member *member)
{
    put(out, 20, 2);
    put(out, 0, 4); /* flags; method: stored */
    put(out, 0, 4); /* time, date */
    put(out, crc32_of(member->data, member->size), 4);
    put(out, (uint32_t)member->size, 4);
    put(out, (uint32_t)member->size, 4);
    put(out, (uint32_t)strlen(member->name), 2);
    put(out, 0, 2); /* extra fields */
}

static void put_zip(sb_bytes *out, const zip_member *members, size_t n_members)
{
    size_t at[8];
    for (size_t i = 0; i < n_members; i++) {
        at[i] = out->size;
        sb_bytes_append(out, "PK\3\4", 4);
        put_facts(out, &members[i]);
        sb_bytes_text(out, members[i].name);
        sb_bytes_append(out, members[i].data, members[i].size);
    }
    size_t directory = out->size;
    for (size_t i = 0; i < n_members; i++) {
        sb_bytes_append(out, "PK\1\2\24\0", 6);
        put_facts(out, &members[i]);
        put(out, 0, 4);
        put(out, 0, 2);
        put(out, 0, 4); /* comment, disk, attributes */
        put(out, (uint32_t)at[i], 4);
        sb_bytes_text(out, members[i].name);
    }
    size_t size = out->size - directory;
    sb_bytes_append(out, "PK\5\6\0\0\0\0", 8);
    put(out, (uint32_t)n_members, 2);
    put(out, (uint32_t)n_members, 2);
    put(out, (uint32_t)size, 4);
    put(out, (uint32_t)directory, 4);
    put(out, 0, 2);
}

static void pack(sb_bytes *out, const uint8_t *data, size_t size)
{
    static const uint8_t types[] =
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    static const uint8_t mimetype[] = "application/vnd.oasis.opendocument.text";
    bool is_odt = strcmp(reader, "odt") == 0;
    zip_member docx[] = {{"[Content_Types].xml", types, sizeof types - 1}, {"word/document.xml", data, size}};
    zip_member odt[] = {{"mimetype", mimetype, sizeof mimetype - 1}, {"content.xml", data, size}};
    put_zip(out, is_odt ? odt : docx, 2);
}

static void check(const void *data, size_t size)
{
    bool is_known = false;
    for (size_t i = 0; sb_transcript_format(i, NULL); i++)
        is_known |= strcmp(sb_transcript_format(i, NULL), reader) == 0;
    const char *problem = transcript_check(NULL, data, size, is_known ? reader : NULL);
    if (!problem)
        return;
    fprintf(stderr, "%s: %s\n", reader, problem);
    abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    for (int i = 1; i < *argc; i++) {
        if (strncmp((*argv)[i], "--reader=", 9) == 0)
            reader = (*argv)[i] + 9;
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_document = strcmp(reader, "docx") == 0 || strcmp(reader, "odt") == 0;
    if (is_document && (size < 2 || memcmp(data, "PK", 2) != 0)) {
        sb_bytes archive = {0};
        pack(&archive, data, size);
        check(archive.data, archive.size);
        sb_bytes_finish(&archive);
    } else {
        check(data, size);
    }
    return 0;
}
