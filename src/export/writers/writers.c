#include <stdio.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/words/words.h"
#include "export/writers/writers.h"

#define MAX_WRITERS 64

static const sb_writer *const writers[] = {
    &sb_writer_json,         &sb_writer_text,       &sb_writer_srt,
    &sb_writer_vtt,          &sb_writer_vtt_words,  &sb_writer_textgrid,
    &sb_writer_ctm,          &sb_writer_audacity,   &sb_writer_audacity_turns,
    &sb_writer_ass,          &sb_writer_csv,        &sb_writer_podcast_json,
    &sb_writer_podcast_html, &sb_writer_soundbite,  &sb_writer_chapters,
    &sb_writer_reaper,       &sb_writer_edl,        &sb_writer_otio,
    &sb_writer_fcpxml,       &sb_writer_ffmetadata, &sb_writer_peaks,
};

#define N_WRITERS (sizeof writers / sizeof *writers)
_Static_assert(N_WRITERS < MAX_WRITERS, "the list of names has room for every writer");

const char *sb_export_format(size_t index, const char **summary, const char **extension)
{
    if (index >= N_WRITERS)
        return NULL;
    if (summary)
        *summary = writers[index]->summary;
    if (extension)
        *extension = writers[index]->extension;
    return writers[index]->name;
}

static const sb_writer *find_writer(const char *format)
{
    for (size_t i = 0; i < N_WRITERS; i++)
        if (strcmp(writers[i]->name, format) == 0)
            return writers[i];
    return NULL;
}

static sb_status refuse_format(const char *format, sb_error *err)
{
    const char *names[MAX_WRITERS] = {NULL};
    char list[512] = "";
    for (size_t i = 0; i < N_WRITERS; i++) {
        names[i] = writers[i]->name;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", names[i]);
    }
    const char *nearest = sb_nearest_name(format, names);
    if (nearest)
        return sb_error_set(err, SB_ERR_ARGUMENT, "unknown format '%.60s'; did you mean '%s'?", format,
                            nearest);
    return sb_error_set(err, SB_ERR_ARGUMENT, "unknown format '%.60s'; use one of %s", format, list);
}

const char *sb_export_frame_rate(size_t index, sb_time *frame)
{
    static const struct {
        const char *name;
        sb_time frame;
    } rates[] = {
        {"23.976", SB_TIME_SECOND / 24000 * 1001}, {"24", SB_TIME_SECOND / 24}, {"25", SB_TIME_SECOND / 25},
        {"29.97", SB_TIME_SECOND / 30000 * 1001},  {"30", SB_TIME_SECOND / 30}, {"50", SB_TIME_SECOND / 50},
        {"59.94", SB_TIME_SECOND / 60000 * 1001},  {"60", SB_TIME_SECOND / 60},
    };
    if (index >= sizeof rates / sizeof rates[0])
        return NULL;
    if (frame)
        *frame = rates[index].frame;
    return rates[index].name;
}

bool sb_export_has_frames(const char *format)
{
    const sb_writer *writer = find_writer(format);
    return writer && writer->write_frames;
}

bool sb_export_refers_to_audio(const char *format)
{
    const sb_writer *writer = find_writer(format);
    return writer && writer->refers_to_audio;
}

sb_status sb_export_params_check(const sb_export_params *params, const char *format, sb_error *err)
{
    if (!params->frame || sb_export_has_frames(format))
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_ARGUMENT, "frame", NULL,
                              "'%.60s' does not count frames; leave out the frame rate", format);
}

static bool needs_audio(const sb_writer *writer)
{
    return !writer->write && !writer->write_frames;
}

bool sb_export_needs_audio(const char *format)
{
    const sb_writer *writer = find_writer(format);
    return writer && needs_audio(writer);
}

/* Returns true if no turn has a time, and the format is useless without times. */
static bool lacks_times(const sb_writer *writer, const sb_alignment *alignment)
{
    static const char *const timeless[] = {"json", "text", "csv", "podcast-html"};
    for (size_t i = 0; i < sizeof timeless / sizeof *timeless; i++) {
        if (strcmp(writer->name, timeless[i]) == 0)
            return false;
    }
    for (size_t i = 0; i < alignment->n_turns; i++) {
        if (alignment->turns[i].start != SB_TIME_NONE)
            return false;
    }
    return alignment->n_turns > 0 && alignment->method == SB_METHOD_NONE && !needs_audio(writer);
}

static sb_status write_with(const sb_writer *writer, sb_bytes *out, const sb_alignment *alignment,
                            const sb_export_params *params, sb_notes *notes, sb_error *err)
{
    sb_time frame = params ? params->frame : 0;
    if (lacks_times(writer, alignment))
        return sb_error_set_at(err, SB_ERR_FORMAT, alignment->transcript.path, 0, 0,
                               "the transcript has no times, which '%s' needs; align it with its audio first",
                               writer->name);
    if (writer->write_frames)
        return writer->write_frames(out, alignment, frame > 0 ? frame : SB_TIME_SECOND / 25, notes, err);
    if (params && sb_export_params_check(params, writer->name, err))
        return SB_ERR_ARGUMENT;
    if (needs_audio(writer))
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "'%s' is made from the audio, which an alignment does not contain; name the audio", writer->name);
    return writer->write(out, alignment, notes, err);
}

/* Writers find the path of the audio in the alignment. */
static sb_status write_media_with(const sb_writer *writer, sb_bytes *out, const sb_alignment *alignment,
                                  const sb_export_params *params, sb_notes *notes, sb_error *err)
{
    sb_alignment named = *alignment;
    if (writer->refers_to_audio && params && params->media)
        named.audio.path = (char *)params->media;
    return write_with(writer, out, &named, params, notes, err);
}

static sb_status write_turns_with(const sb_writer *writer, sb_bytes *out, const sb_alignment *alignment,
                                  const sb_export_params *params, sb_notes *notes, sb_error *err)
{
    sb_whole_turns whole;
    sb_status status = sb_whole_turns_make(&whole, alignment, err);
    if (status == SB_OK)
        status = write_media_with(writer, out, &whole.alignment, params, notes, err);
    sb_whole_turns_finish(&whole);
    return status;
}

sb_status sb_alignment_export(sb_bytes *out, const sb_alignment *alignment, const char *format,
                              const sb_export_params *params, sb_notes *notes, sb_error *err)
{
    const sb_writer *writer = find_writer(format);
    if (!writer)
        return refuse_format(format, err);
    sb_bytes written = {0};
    sb_bytes_text(&written, "");
    sb_status status = (writer->takes_turns ? write_turns_with : write_media_with)(
        writer, &written, alignment, params, notes, err);
    if (status == SB_OK)
        sb_bytes_append(out, written.data, written.size);
    if (status == SB_OK && (written.failed || out->failed))
        status = sb_error_memory(err, "exporting");
    sb_bytes_finish(&written);
    return status;
}
