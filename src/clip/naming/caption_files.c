#include "clip/naming/naming.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "clip/edit/edit.h"
#include "export/export.h"

#include <stdlib.h>

const char *sb_clip_captions_format(size_t index)
{
    const sb_caption_format *format = sb_caption_format_at(index);
    return format ? format->name : NULL;
}

char *sb_clip_captions_path(const char *clip_path, size_t index)
{
    return sb_text_print("%.*s.%s", (int)sb_path_stem(clip_path), clip_path,
                         sb_caption_format_at(index)->name);
}

sb_status sb_caption_files_name(sb_clip_result *result, unsigned formats, sb_error *err)
{
    for (size_t i = 0; sb_caption_format_at(i); i++) {
        if (!(formats & 1u << i))
            continue;
        char *path = sb_clip_captions_path(result->file, i);
        if (!path || !sb_push_room(&result->captions, result->n_captions, sizeof *result->captions)) {
            free(path);
            return sb_error_memory(err, "naming files");
        }
        result->captions[result->n_captions++] = path;
    }
    return SB_OK;
}

static sb_status make_text(sb_bytes *out, const sb_caption_wish *wish, const sb_caption_format *format,
                           sb_error *err)
{
    sb_captions captions;
    sb_caption_params params = SB_CAPTION_WIDE;
    params.names = wish->names && !format->has_voices;
    sb_status status =
        sb_captions_of_spans(&captions, wish->alignment, wish->spans, wish->n_spans, &params, err);
    if (status)
        return status;
    format->append(out, &captions, wish->names);
    sb_captions_finish(&captions);
    return out->failed ? sb_error_memory(err, "naming files") : SB_OK;
}

static sb_status write_file(sb_caption_files *out, const char *folder, const char *path, const sb_bytes *text,
                            bool overwrite, sb_error *err)
{
    sb_output **output = &out->outputs[out->n_outputs];
    sb_status status = sb_clip_output_open(output, folder, path, overwrite, err);
    if (status)
        return status;
    out->n_outputs++;
    return sb_output_write(*output, text->data, text->size, err);
}

sb_status sb_caption_files_write(sb_caption_files *out, const char *clip_path, const sb_caption_wish *wish,
                                 sb_error *err)
{
    *out = (sb_caption_files){0};
    sb_status status = SB_OK;
    for (size_t i = 0; !status && sb_caption_format_at(i); i++) {
        if (!(wish->formats & 1u << i))
            continue;
        sb_bytes text = {0};
        char *path = sb_clip_captions_path(clip_path, i);
        status = path ? make_text(&text, wish, sb_caption_format_at(i), err)
                      : sb_error_memory(err, "naming files");
        if (!status)
            status = write_file(out, wish->folder, path, &text, wish->overwrite, err);
        sb_bytes_finish(&text);
        free(path);
    }
    if (status)
        sb_caption_files_abort(out);
    return status;
}

sb_status sb_caption_files_of_job(sb_caption_files *out, const sb_clip_job *job, sb_time length,
                                  sb_error *err)
{
    sb_clip_words words;
    sb_clip_words_of_job(&words, job, length);
    sb_caption_wish wish = {.alignment = words.alignment,
                            .spans = words.spans,
                            .n_spans = words.n_spans,
                            .formats = job->params->captions,
                            .folder = job->request->folder,
                            .names = job->params->caption_names || words.changes_speaker,
                            .overwrite = job->source->call->overwrite};
    return sb_caption_files_write(out, job->result->file, &wish, err);
}

sb_status sb_caption_files_commit(sb_caption_files *files, sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < files->n_outputs && !status; i++)
        status = sb_output_commit(&files->outputs[i], err);
    sb_caption_files_abort(files);
    return status;
}

void sb_caption_files_abort(sb_caption_files *files)
{
    for (size_t i = 0; i < files->n_outputs; i++)
        sb_output_abort(&files->outputs[i]);
    *files = (sb_caption_files){0};
}
