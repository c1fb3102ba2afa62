#include <math.h>
#include <stdlib.h>

#include "export/labels/labels.h"

#include "base/text/text.h"
#include "export/text/text.h"

/* Fields in CTM end at a blank. */
static void append_field(sb_bytes *out, const char *text)
{
    sb_bytes line = {0};
    sb_one_line_append(&line, text);
    while (line.size > 1 && line.data[line.size - 1] == ' ')
        line.data[--line.size] = 0;
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] == ' ')
            line.data[i] = '_';
    sb_bytes_text(out, line.size ? line.data : "_");
    out->failed = out->failed || line.failed;
    sb_bytes_finish(&line);
}

/* Start and end are rounded and the duration is their difference, so adjacent words stay adjacent. */
static void append_times(sb_bytes *out, sb_span span)
{
    char start[SB_TIME_TEXT], length[SB_TIME_TEXT];
    int64_t first = sb_time_to_samples(span.start, 1000000), last = sb_time_to_samples(span.end, 1000000);
    sb_time_print_seconds(start, span.start, 6);
    sb_time_print_seconds(length, sb_time_from_samples(last - first, 1000000), 6);
    sb_bytes_print(out, "%s %s", start, length);
}

static void append_words(sb_bytes *out, const sb_labels *words, const char *file)
{
    for (size_t i = 0; i < words->n_items; i++) {
        const sb_label *label = &words->items[i];
        long thousandths = lroundf(label->word->confidence * 1000);
        append_field(out, file);
        sb_bytes_text(out, " 1 ");
        append_times(out, label->span);
        sb_bytes_text(out, " ");
        append_field(out, label->word->text);
        sb_bytes_print(out, " %ld.%03ld\n", thousandths / 1000, thousandths % 1000);
    }
}

static sb_status write_ctm(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_labels words;
    sb_status status = sb_labels_need_word_times(alignment, "ctm", err);
    if (status == SB_OK)
        status = sb_labels_make(&words, alignment, SB_LABEL_WORDS, notes, err);
    if (status != SB_OK)
        return status;
    bool ok = true;
    const char *path = alignment->audio.path ? alignment->audio.path : alignment->transcript.path;
    char *file = sb_one_line_file_stem(path, &ok);
    append_words(out, &words, file ? file : "audio");
    out->failed = out->failed || !ok;
    free(file);
    sb_labels_finish(&words);
    return SB_OK;
}

const sb_writer sb_writer_ctm = {
    .name = "ctm",
    .summary = "words with times and confidences for NIST's scoring tools",
    .extension = "ctm",
    .write = write_ctm,
};
