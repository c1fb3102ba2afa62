#include <stdlib.h>

#include "export/editors/edits.h"
#include "export/export.h"
#include "export/text/text.h"

typedef struct fcp {
    sb_bytes *out;
    const sb_alignment *alignment;
    const sb_edits *edits;
    int64_t frame_num, frame_den; /* a frame lasts num/den s */
    char *name;
} fcp;

static int64_t divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void append_fcpxml_time(const fcp *f, const char *key, int64_t frames)
{
    if (frames == 0)
        sb_bytes_print(f->out, " %s=\"0s\"", key);
    else
        sb_bytes_print(f->out, " %s=\"%lld/%llds\"", key, (long long)frames * f->frame_num,
                       (long long)f->frame_den);
}

static void append_attribute(const fcp *f, const char *key, const char *text)
{
    sb_bytes_print(f->out, " %s=\"", key);
    sb_xml_append_text(f->out, text);
    sb_bytes_text(f->out, "\"");
}

/* The names of 1080p formats contain the rate with two decimals and no point: 2398, 25, 2997. */
static void append_format(const fcp *f)
{
    int64_t rate = (f->frame_den * 100 + f->frame_num / 2) / f->frame_num;
    sb_bytes_print(
        f->out, "    <format id=\"r1\" name=\"FFVideoFormat1080p%lld\" frameDuration=\"%lld/%llds\" ",
        (long long)(rate % 100 ? rate : rate / 100), (long long)f->frame_num, (long long)f->frame_den);
    sb_bytes_text(f->out, "width=\"1920\" height=\"1080\"/>\n");
}

static void append_asset(const fcp *f)
{
    const sb_alignment *a = f->alignment;
    int channels = a->audio.channels > 0 ? a->audio.channels : 2;
    sb_bytes_text(f->out, "    <asset id=\"r2\"");
    append_attribute(f, "name", f->name ? f->name : "soundbite");
    append_fcpxml_time(f, "start", 0);
    append_fcpxml_time(f, "duration", f->edits->source_length);
    sb_bytes_print(f->out,
                   " hasAudio=\"1\" audioSources=\"1\" audioChannels=\"%d\" audioRate=\"%d\">\n"
                   "      <media-rep kind=\"original-media\" src=\"",
                   channels, sb_edits_rate(a));
    sb_url_append_path(f->out, a->audio.path ? a->audio.path : "audio");
    sb_bytes_text(f->out, "\"/>\n    </asset>\n");
}

static void append_clip(const fcp *f, const sb_edit *edit)
{
    sb_bytes name = sb_title_make(edit->turn, true), text = sb_title_make_whole(edit->turn, true);
    sb_bytes_text(f->out, "            <asset-clip ref=\"r2\"");
    append_attribute(f, "name", name.data ? name.data : "");
    append_fcpxml_time(f, "offset", edit->at);
    append_fcpxml_time(f, "start", edit->in);
    append_fcpxml_time(f, "duration", edit->length);
    sb_bytes_text(f->out, " audioRole=\"dialogue\">\n              <note>");
    sb_xml_append_text(f->out, text.data ? text.data : "");
    sb_bytes_text(f->out, "</note>\n            </asset-clip>\n");
    f->out->failed = f->out->failed || name.failed || text.failed;
    sb_bytes_finish(&name);
    sb_bytes_finish(&text);
}

/* A sequence supports only a few rates; its material may have any. */
static const char *sequence_rate(int rate)
{
    switch (rate) {
    case 32000:
        return "32k";
    case 44100:
        return "44.1k";
    case 88200:
        return "88.2k";
    case 96000:
        return "96k";
    case 176400:
        return "176.4k";
    case 192000:
        return "192k";
    default:
        return "48k";
    }
}

static void append_sequence(const fcp *f)
{
    sb_bytes_text(f->out, "        <sequence format=\"r1\"");
    append_fcpxml_time(f, "duration", f->edits->length);
    sb_bytes_print(f->out, " tcStart=\"0s\" tcFormat=\"NDF\" audioLayout=\"%s\" audioRate=\"%s\">\n",
                   f->alignment->audio.channels == 1 ? "mono" : "stereo",
                   sequence_rate(sb_edits_rate(f->alignment)));
    sb_bytes_text(f->out, "          <spine>\n");
    for (size_t i = 0; i < f->edits->n_items; i++)
        append_clip(f, &f->edits->items[i]);
    sb_bytes_text(f->out, "          </spine>\n        </sequence>\n");
}

static void append_all(const fcp *f)
{
    sb_bytes_text(f->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE fcpxml>\n"
                          "<fcpxml version=\"1.9\">\n  <resources>\n");
    append_format(f);
    append_asset(f);
    sb_bytes_text(f->out, "  </resources>\n  <library>\n    <event name=\"soundbite\">\n      <project");
    append_attribute(f, "name", f->name ? f->name : "soundbite");
    sb_bytes_text(f->out, ">\n");
    append_sequence(f);
    sb_bytes_text(f->out, "      </project>\n    </event>\n  </library>\n</fcpxml>\n");
}

static sb_status write_fcpxml(sb_bytes *out, const sb_alignment *alignment, sb_time frame, sb_notes *notes,
                              sb_error *err)
{
    bool ok = true;
    int64_t common = divisor(frame, SB_TIME_SECOND);
    sb_edits edits;
    sb_status status = sb_edits_make(&edits, alignment, frame, notes, err);
    if (status == SB_OK) {
        const char *path = alignment->audio.path ? alignment->audio.path : alignment->transcript.path;
        fcp f = {out, alignment, &edits, frame / common, SB_TIME_SECOND / common, NULL};
        f.name = sb_one_line_file_stem(path, &ok);
        append_all(&f);
        free(f.name);
        out->failed = out->failed || !ok;
    }
    sb_edits_finish(&edits);
    return status;
}

const sb_writer sb_writer_fcpxml = {
    .name = "fcpxml",
    .summary = "Final Cut Pro and DaVinci Resolve: the turns end to end, in video frames",
    .extension = "fcpxml",
    .write_frames = write_fcpxml,
    .takes_turns = true,
    .refers_to_audio = true,
};
