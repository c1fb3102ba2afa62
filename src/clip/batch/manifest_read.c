#include "soundbite/batch.h"

#include "clip/certify/certify.h"
#include "clip/clip.h"
#include "clip/edit/edit.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct line {
    sb_json_doc *doc;
    const char *file;
    size_t number;
} line;

/* Sorted by file name without folders; of one name, later lines come first. */
struct sb_manifest {
    char *text; /* the text that the documents refer to */
    line *lines;
    size_t n_lines;
};

static int by_name(const void *a, const void *b)
{
    const line *left = a, *right = b;
    int order = strcmp(sb_path_name(left->file), sb_path_name(right->file));
    if (!order)
        order = strcmp(left->file, right->file);
    return order ? order : (left->number < right->number) - (left->number > right->number);
}

void sb_manifest_free(sb_manifest **manifest)
{
    if (!*manifest)
        return;
    for (size_t i = 0; i < (*manifest)->n_lines; i++)
        sb_json_free(&(*manifest)->lines[i].doc);
    free((*manifest)->lines);
    free((*manifest)->text);
    free(*manifest);
    *manifest = NULL;
}

static sb_status add_manifest_line(sb_manifest *m, const char *text, size_t size, sb_error *err)
{
    line item = {.number = m->n_lines};
    sb_status status = sb_json_read(&item.doc, text, size, NULL, NULL);
    if (status)
        return status == SB_ERR_MEMORY ? sb_error_memory(err, "reading the manifest") : SB_OK;
    item.file = sb_json_string(sb_json_member(sb_json_root(item.doc), "file"));
    if (!item.file) {
        sb_json_free(&item.doc);
        return SB_OK;
    }
    if (!sb_push_room(&m->lines, m->n_lines, sizeof item)) {
        sb_json_free(&item.doc);
        return sb_error_memory(err, "reading the manifest");
    }
    m->lines[m->n_lines++] = item;
    return SB_OK;
}

sb_status sb_manifest_read(sb_manifest **out, const void *data, size_t size, sb_error *err)
{
    *out = NULL;
    sb_manifest *m = calloc(1, sizeof *m);
    if (m)
        m->text = sb_copy_bytes(size ? data : "", size);
    sb_status status = m && m->text ? SB_OK : sb_error_memory(err, "reading the manifest");
    for (size_t at = 0; !status && at < size;) {
        const char *end = memchr(m->text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - m->text) - at : size - at;
        status = add_manifest_line(m, m->text + at, length, err);
        at += length + 1;
    }
    if (status) {
        sb_manifest_free(&m);
        return status;
    }
    if (m->n_lines)
        qsort(m->lines, m->n_lines, sizeof *m->lines, by_name);
    *out = m;
    return SB_OK;
}

static bool same_text(const sb_json_value *value, const char *text)
{
    const char *string = sb_json_string(value);
    return string && text ? strcmp(string, text) == 0 : !string && !text;
}

/* The folder may be spelled differently. */
static bool same_name(const sb_json_value *value, const char *path)
{
    const char *string = sb_json_string(value);
    return string && path ? strcmp(sb_path_name(string), sb_path_name(path)) == 0 : !string && !path;
}

static bool same_number(const sb_json_value *value, int64_t number)
{
    return sb_json_double(value) == (double)number;
}

static bool same_captions(const sb_json_value *value, const sb_clip_result *planned)
{
    if (planned->n_captions < 2)
        return same_name(value, planned->n_captions ? planned->captions[0] : NULL) &&
               !sb_json_is_array(value);
    bool same = sb_json_length(value) == planned->n_captions;
    for (size_t i = 0; i < planned->n_captions && same; i++)
        same = same_name(sb_json_item(value, i), planned->captions[i]);
    return same;
}

static bool is_same_clip(const sb_json_value *v, const sb_clip_result *planned)
{
    return same_text(sb_json_member(v, "id"), planned->id) &&
           same_text(sb_json_member(sb_json_member(v, "asked"), "text"), planned->asked_text) &&
           sb_json_is_array(sb_json_member(v, "drops")) == (planned->drops != NULL) &&
           same_text(sb_json_member(v, "codec"), planned->codec) &&
           same_text(sb_json_member(v, "source_sha256"), planned->source_sha256) &&
           same_captions(sb_json_member(v, "captions"), planned) &&
           same_number(sb_json_member(v, "start_sample"), planned->start_sample) &&
           same_number(sb_json_member(v, "end_sample"), planned->end_sample);
}

static bool recall_warnings(const sb_json_value *warnings, sb_clip_result *planned)
{
    while (planned->n_warnings)
        free(planned->warnings[--planned->n_warnings]);
    for (size_t i = 0; i < sb_json_length(warnings); i++) {
        const char *text = sb_json_string(sb_json_item(warnings, i));
        if (text && sb_clip_result_warn(planned, NULL, "%s", text))
            return false;
    }
    return true;
}

static bool recall_drop(const sb_json_value *v, sb_drop *out)
{
    bool ok = true;
    unsigned kinds = 0;
    const char *kind = sb_json_string(sb_json_member(v, "kind"));
    if (!kind || sb_drop_parse(&kinds, kind, NULL))
        return false;
    *out = (sb_drop){
        .kinds = kinds,
        .text = sb_copy_text(sb_json_string(sb_json_member(v, "text")), &ok),
        .span = {sb_json_seconds(sb_json_member(v, "start")), sb_json_seconds(sb_json_member(v, "end"))},
        .removed = {sb_json_seconds(sb_json_member(v, "cut_from")),
                    sb_json_seconds(sb_json_member(v, "cut_until"))},
        .fill = sb_json_seconds(sb_json_member(v, "fill")),
        .quality = sb_json_double(sb_json_member(v, "quality")),
        .correlation = sb_json_double(sb_json_member(v, "correlation"))};
    return ok && out->text;
}

/* A dry run does not know which words were dropped, because that depends on the sound. */
static bool recall_drops(const sb_json_value *v, sb_clip_result *planned)
{
    const sb_json_value *list = sb_json_member(v, "drops");
    size_t n = sb_json_length(list);
    sb_drop *drops = calloc(n + 1, sizeof *drops);
    char *text = sb_copy_text(sb_json_string(sb_json_member(v, "text")), NULL);
    bool ok = drops && text;
    for (size_t i = 0; ok && i < n; i++)
        ok = recall_drop(sb_json_item(list, i), &drops[i]);
    if (!ok) {
        for (size_t i = 0; drops && i < n; i++)
            sb_drop_finish(&drops[i]);
        free(drops);
        free(text);
        return false;
    }
    for (size_t i = 0; i < planned->n_drops; i++)
        sb_drop_finish(&planned->drops[i]);
    free(planned->drops);
    free(planned->text);
    planned->drops = drops;
    planned->n_drops = n;
    planned->text = text;
    planned->cut.speech =
        (sb_span){sb_json_seconds(sb_json_member(v, "start")), sb_json_seconds(sb_json_member(v, "end"))};
    planned->lead = sb_json_seconds(sb_json_member(v, "lead"));
    planned->tail = sb_json_seconds(sb_json_member(v, "tail"));
    return true;
}

static size_t first_of_name(const sb_manifest *manifest, const char *name)
{
    size_t low = 0, high = manifest->n_lines;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sb_path_name(manifest->lines[middle].file), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Returns the line about this file, or else about a file of the same name in another folder, because the
 * batch folder may be spelled differently now. The caller compares the bytes. */
static const sb_json_value *find_line(const sb_manifest *manifest, const sb_clip_result *planned)
{
    const char *name = sb_path_name(planned->file);
    const sb_json_value *found = NULL;
    for (size_t i = first_of_name(manifest, name); i < manifest->n_lines; i++) {
        const line *candidate = &manifest->lines[i];
        const sb_json_value *v = sb_json_root(candidate->doc);
        if (strcmp(sb_path_name(candidate->file), name))
            break;
        if (!is_same_clip(v, planned))
            continue;
        if (!strcmp(candidate->file, planned->file))
            return v;
        found = found ? found : v;
    }
    return found;
}

bool sb_manifest_recall(const sb_manifest *manifest, sb_clip_result *planned)
{
    const sb_json_value *v = planned->file ? find_line(manifest, planned) : NULL;
    if (!v)
        return false;
    const char *sha256 = sb_json_string(sb_json_member(v, "sha256"));
    if (!sha256 || strlen(sha256) != SB_SHA256_TEXT - 1 ||
        !recall_warnings(sb_json_member(v, "warnings"), planned) ||
        (planned->drops && !recall_drops(v, planned)))
        return false;
    memcpy(planned->sha256, sha256, SB_SHA256_TEXT);
    planned->length = sb_json_seconds(sb_json_member(v, "length"));
    planned->loudness_lufs = sb_json_double(sb_json_member(v, "loudness_lufs"));
    planned->gain_db = sb_json_double(sb_json_member(v, "gain_db"));
    planned->true_peak_db = sb_json_double(sb_json_member(v, "true_peak_db"));
    sb_certificate_recall(&planned->certificate, sb_json_member(v, "certificate"));
    return true;
}
