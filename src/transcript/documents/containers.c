#include <string.h>
#include <strings.h>

#include "transcript/documents/documents.h"

#define SAVE_AS_TEXT "save the transcript as plain text first"

static bool is_word_main(const char *name)
{
    size_t n = strlen(name);
    return strncmp(name, "word/document", 13) == 0 && strcmp(name + n - 4, ".xml") == 0;
}

static bool wants(const char *name)
{
    return is_word_main(name) || strcmp(name, "content.xml") == 0 || strcmp(name, "mimetype") == 0 ||
           strcmp(name, "META-INF/manifest.xml") == 0;
}

/* Documents in a ZIP archive, by a file that only they have. */
static const struct zip_kind {
    const char *file, *what, *advice;
} zip_kinds[] = {
    {"xl/", "an Excel workbook", "save the sheet as CSV"},
    {"ppt/", "a PowerPoint presentation", SAVE_AS_TEXT},
    {"META-INF/container.xml", "an e-book (EPUB)", SAVE_AS_TEXT},
    {"META-INF/MANIFEST.MF", "a Java archive", SAVE_AS_TEXT},
    {"Index/Document.iwa", "a Pages document", "export it as a Word document or as plain text"},
};

static sb_status refuse_container(const char *path, sb_error *err, const char *what, const char *advice)
{
    return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "this is %s, not a transcript; %s", what, advice);
}

static sb_status refuse_zip(const sb_zip *zip, const char *path, sb_error *err)
{
    const sb_bytes *type = sb_zip_find(zip, "mimetype");
    if (zip->is_encrypted)
        return refuse_container(path, err, "a ZIP archive with a password",
                                "unpack it first, and use the transcript in it");
    for (size_t i = 0; i < sizeof zip_kinds / sizeof *zip_kinds; i++) {
        for (size_t j = 0; j < zip->n_files; j++) {
            if (strncmp(zip->files[j].name, zip_kinds[i].file, strlen(zip_kinds[i].file)) == 0)
                return refuse_container(path, err, zip_kinds[i].what, zip_kinds[i].advice);
        }
    }
    if (type && type->size > 0)
        return refuse_container(path, err, "another kind of OpenDocument file",
                                "save it as an ODT text or as plain text");
    if (zip->is_cut)
        return sb_error_set_at(
            err, SB_ERR_FORMAT, path, 0, 0,
            "the Word document or ZIP archive is damaged or cut short; get the whole file");
    return refuse_container(path, err, "a ZIP archive", "unpack it first, and use the transcript in it");
}

static const sb_bytes *find_word(const sb_zip *zip)
{
    for (size_t i = 0; i < zip->n_files; i++) {
        if (is_word_main(zip->files[i].name))
            return &zip->files[i].content;
    }
    return NULL;
}

static const sb_bytes *find_odt(const sb_zip *zip)
{
    static const char kind[] = "application/vnd.oasis.opendocument.text";
    const sb_bytes *type = sb_zip_find(zip, "mimetype");
    bool is_text = type && type->size >= sizeof kind - 1 && memcmp(type->data, kind, sizeof kind - 1) == 0;
    return is_text ? sb_zip_find(zip, "content.xml") : NULL;
}

static bool has_password(const sb_zip *zip)
{
    const sb_bytes *manifest = sb_zip_find(zip, "META-INF/manifest.xml");
    return zip->is_encrypted ||
           (manifest && manifest->size > 0 && memmem(manifest->data, manifest->size, "encryption-data", 15));
}

static sb_status unpack_zip(sb_bytes *out, const char **container, const sb_zip *zip, const char *path,
                            sb_error *err)
{
    const sb_bytes *word = find_word(zip), *odt = word ? NULL : find_odt(zip), *main = word ? word : odt;
    if (zip->is_a_bomb)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "the document unpacks to far more than a transcript; " SAVE_AS_TEXT);
    if (main && has_password(zip))
        return refuse_container(path, err, "a document with a password", "save it without the password");
    if (!main)
        return refuse_zip(zip, path, err);
    *container = word ? "docx" : "odt";
    return word ? sb_word_text(out, main) : sb_odt_text(out, main);
}

static sb_status unpack_archive(sb_bytes *out, const char **container, const void *data, size_t size,
                                const char *path, sb_error *err)
{
    sb_zip zip;
    sb_status status = sb_zip_read(&zip, data, size, wants);
    if (status != SB_OK)
        return status;
    status = unpack_zip(out, container, &zip, path, err);
    sb_zip_finish(&zip);
    return status;
}

static sb_status unpack_rtf(sb_bytes *out, const char **container, const void *data, size_t size,
                            const char *path, sb_error *err)
{
    (void)path, (void)err;
    *container = "rtf";
    return sb_rtf_text(out, data, size);
}

/* Compound files of Microsoft Office before 2007. A document with a password is one too. Names in it are in
 * UTF-16. */
static sb_status refuse_compound(sb_bytes *out, const char **container, const void *data, size_t size,
                                 const char *path, sb_error *err)
{
    static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
                      workbook[] = "W\0o\0r\0k\0b\0o\0o\0k";
    (void)out, (void)container;
    if (memmem(data, size, locked, sizeof locked - 1))
        return refuse_container(path, err, "a document with a password", "save it without the password");
    if (memmem(data, size, workbook, sizeof workbook - 1))
        return refuse_container(path, err, "an old Excel workbook", "save the sheet as CSV");
    return refuse_container(path, err, "an old Word document",
                            "save it as a Word document (.docx) or as plain text");
}

static const struct container {
    const char *magic;
    size_t n_magic;
    sb_status (*unpack)(sb_bytes *out, const char **container, const void *data, size_t size,
                        const char *path, sb_error *err);
} containers[] = {{"PK\x03\x04", 4, unpack_archive},
                  {"PK\x05\x06", 4, unpack_archive},
                  {"{\\rtf", 5, unpack_rtf},
                  {"\xD0\xCF\x11\xE0", 4, refuse_compound}};

sb_status sb_document_unpack(sb_bytes *out, const char **container, const void *data, size_t size,
                             const char *path, sb_error *err)
{
    *container = NULL;
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) {
        const struct container *c = &containers[i];
        if (size < c->n_magic || memcmp(data, c->magic, c->n_magic) != 0)
            continue;
        sb_status status = c->unpack(out, container, data, size, path, err);
        while (out->size > 1 && memcmp(out->data + out->size - 2, "\n\n", 2) == 0)
            out->data[--out->size] = '\0';
        sb_bytes_append(out, "", 0);
        return status == SB_OK && out->failed ? SB_ERR_MEMORY : status;
    }
    return SB_OK;
}
