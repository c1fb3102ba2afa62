#include <stdio.h>
#include <stdlib.h>

#include "base/text/text.h"
#include "export/editors/edits.h"
#include "export/text/text.h"

#define MOST_EVENTS   999
#define SECONDS_A_DAY 86400

typedef struct timecode {
    int64_t fps; /* frame numbers per second */
    /* frame numbers skipped per minute, except every tenth, so that 29.97 and 59.94 fps follow the clock; 0:
     * none */
    int64_t n_drop;
} timecode;

static timecode timecode_of(sb_time frame)
{
    timecode tc = {.fps = (SB_TIME_SECOND + frame / 2) / frame};
    if (tc.fps % 30 == 0 && tc.fps * frame != SB_TIME_SECOND)
        tc.n_drop = tc.fps / 15;
    return tc;
}

/* SMPTE ST 12: frame numbers 0 and 1 (at 60 fps, 0 to 3) do not exist in minutes that are not multiples of
 * 10. */
static int64_t count_dropped(const timecode *tc, int64_t frame)
{
    int64_t a_minute = tc->fps * 60 - tc->n_drop, ten = a_minute * 10 + tc->n_drop;
    int64_t rest = frame % ten;
    int64_t minutes = rest > tc->n_drop ? (rest - tc->n_drop) / a_minute : 0;
    return tc->n_drop * (9 * (frame / ten) + minutes);
}

static void append_timecode(sb_bytes *out, const timecode *tc, int64_t frame)
{
    int64_t n = frame + (tc->n_drop ? count_dropped(tc, frame) : 0);
    int64_t seconds = n / tc->fps;
    sb_bytes_print(out, " %02lld:%02lld:%02lld%c%02lld", (long long)(seconds / 3600),
                   (long long)(seconds / 60 % 60), (long long)(seconds % 60), tc->n_drop ? ';' : ':',
                   (long long)(n % tc->fps));
}

static void append_remark(sb_bytes *out, const char *key, const char *text)
{
    sb_bytes_print(out, "* %s: ", key);
    sb_one_line_append(out, text);
    sb_bytes_text(out, "\n");
}

/* Editors look for the clip by its name, and some by the path of its file. */
static void append_comment(sb_bytes *out, const sb_aligned_turn *turn, const char *path)
{
    sb_bytes title = sb_title_make(turn, true);
    if (path) {
        append_remark(out, "FROM CLIP NAME", sb_path_name(path));
        append_remark(out, "SOURCE FILE", path);
    }
    sb_bytes_print(out, "* COMMENT: %s\n", title.data ? title.data : "");
    out->failed = out->failed || title.failed;
    sb_bytes_finish(&title);
}

static void append_event(sb_bytes *out, const timecode *tc, const sb_edit *edit, size_t number,
                         const char *channels)
{
    sb_bytes_print(out, "%03zu  AX       %-5s C       ", number, channels);
    append_timecode(out, tc, edit->in);
    append_timecode(out, tc, edit->in + edit->length);
    append_timecode(out, tc, edit->at);
    append_timecode(out, tc, edit->at + edit->length);
    sb_bytes_text(out, "\n");
}

static sb_status check_edl(const sb_edits *edits, const timecode *tc, sb_error *err)
{
    if (edits->n_items > MOST_EVENTS)
        return sb_error_set(err, SB_ERR_LIMIT,
                            "an EDL has at most %d events, but there are %zu; select fewer, or write otio",
                            MOST_EVENTS, edits->n_items);
    if (edits->source_length >= tc->fps * SECONDS_A_DAY || edits->length >= tc->fps * SECONDS_A_DAY)
        return sb_error_set(err, SB_ERR_LIMIT, "an EDL can be at most 24 hours long; write otio instead");
    return SB_OK;
}

static void append_all(sb_bytes *out, const sb_edits *edits, const timecode *tc, const sb_alignment *a)
{
    bool ok = true;
    const char *path = a->audio.path ? a->audio.path : a->transcript.path;
    char *stem = sb_one_line_file_stem(path, &ok);
    sb_bytes_text(out, "TITLE: ");
    sb_one_line_append(out, stem ? stem : "soundbite");
    sb_bytes_print(out, "\nFCM: %sDROP FRAME\n", tc->n_drop ? "" : "NON-");
    for (size_t i = 0; i < edits->n_items; i++) {
        sb_bytes_text(out, "\n");
        append_event(out, tc, &edits->items[i], i + 1, a->audio.channels == 1 ? "A" : "AA");
        append_comment(out, edits->items[i].turn, a->audio.path);
    }
    out->failed = out->failed || !ok;
    free(stem);
}

static sb_status write_edl(sb_bytes *out, const sb_alignment *alignment, sb_time frame, sb_notes *notes,
                           sb_error *err)
{
    timecode tc = timecode_of(frame);
    sb_edits edits;
    sb_status status = sb_edits_make(&edits, alignment, frame, notes, err);
    if (status == SB_OK)
        status = check_edl(&edits, &tc, err);
    if (status == SB_OK)
        append_all(out, &edits, &tc, alignment);
    sb_edits_finish(&edits);
    return status;
}

const sb_writer sb_writer_edl = {
    .name = "edl",
    .summary = "CMX3600 edit list: the turns end to end, in video frames",
    .extension = "edl",
    .write_frames = write_edl,
    .takes_turns = true,
    .refers_to_audio = true,
};
