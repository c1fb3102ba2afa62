#include <string.h>

#include "base/text/text.h"
#include "export/export.h"
#include "export/text/text.h"
#include "export/writers/writers.h"

static const char header[] =
    "[Script Info]\n"
    "ScriptType: v4.00+\n"
    "WrapStyle: 2\n"
    "ScaledBorderAndShadow: yes\n"
    "PlayResX: 1920\n"
    "PlayResY: 1080\n"
    "\n"
    "[V4+ Styles]\n"
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    "Italic, "
    "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, "
    "MarginR, MarginV, Encoding\n"
    "Style: "
    "Default,Sans,64,&H0000FFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,96,96,54,%d\n"
    "\n"
    "[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";

/* ASS times are in centiseconds. `at` is the end of the syllables written so far. */
typedef struct karaoke {
    sb_bytes *out;
    int64_t at, end;
} karaoke;

static int64_t hundredths(sb_time t)
{
    return t > 0 ? sb_time_to_samples(t, 100) : 0;
}

static void append_ass_time(sb_bytes *out, int64_t t)
{
    sb_bytes_print(out, "%lld:%02lld:%02lld.%02lld,", (long long)(t / 360000), (long long)(t / 6000 % 60),
                   (long long)(t / 100 % 60), (long long)(t % 100));
}

/* Braces begin overrides, and players differ in how to escape them, so full-width braces are used. A word
 * joiner separates a backslash from the letter after it. */
static const char *escape(char c)
{
    switch (c) {
    case '{':
        return "\xef\xbd\x9b";
    case '}':
        return "\xef\xbd\x9d";
    case '\\':
        return "\\\xe2\x81\xa0";
    default:
        return NULL;
    }
}

static void append_text(sb_bytes *out, const sb_caption_item *item)
{
    sb_bytes line = {0};
    sb_caption_item_append(&line, item);
    for (const char *c = line.data; c && *c; c++) {
        if (escape(*c))
            sb_bytes_text(out, escape(*c));
        else
            sb_bytes_append(out, c, 1);
    }
    out->failed = out->failed || line.failed;
    sb_bytes_finish(&line);
}

/* Commas separate the fields. */
static void append_name(sb_bytes *out, const char *speaker)
{
    sb_bytes name = {0};
    sb_one_line_append(&name, speaker ? speaker : "");
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] == ',')
            name.data[i] = ' ';
    sb_bytes_text(out, name.data ? name.data : "");
    out->failed = out->failed || name.failed;
    sb_bytes_finish(&name);
}

static int64_t clamp(int64_t t, int64_t low, int64_t high)
{
    return t < low ? low : t > high ? high : t;
}

static void append_pause(karaoke *k, int64_t until)
{
    if (until > k->at)
        sb_bytes_print(k->out, "{\\k%lld}", (long long)(until - k->at));
    k->at = until > k->at ? until : k->at;
}

static void append_syllable(karaoke *k, const sb_caption_item *item)
{
    append_pause(k, clamp(hundredths(item->start), k->at, k->end));
    int64_t end = clamp(hundredths(item->end), k->at, k->end);
    sb_bytes_print(k->out, "{\\kf%lld}", (long long)(end - k->at));
    append_text(k->out, item);
    k->at = end;
}

static void append_cue(sb_bytes *out, const sb_caption *cue)
{
    karaoke k = {out, hundredths(cue->start), hundredths(cue->end)};
    if (k.end <= k.at)
        k.end = k.at + 1;
    sb_bytes_text(out, "Dialogue: 0,");
    append_ass_time(out, k.at);
    append_ass_time(out, k.end);
    sb_bytes_text(out, "Default,");
    append_name(out, cue->speaker);
    sb_bytes_text(out, ",0,0,0,,");
    for (size_t i = 0; i < cue->n_items; i++) {
        sb_bytes_text(out, sb_caption_blank(cue, i, "\\N"));
        append_syllable(&k, &cue->items[i]);
    }
    append_pause(&k, k.end);
    sb_bytes_text(out, "\n");
}

/* With encoding -1, libass detects the direction of a line; other players assume left to right. */
static bool has_right_to_left(const sb_captions *captions)
{
    for (size_t i = 0; i < captions->words.n_items; i++) {
        const sb_caption_item *item = &captions->words.items[i];
        for (size_t at = 0; at < item->size;)
            if (sb_is_right_to_left(sb_utf8_next(item->text, item->size, &at)))
                return true;
    }
    return false;
}

void sb_ass_append(sb_bytes *out, const sb_captions *captions, bool voices)
{
    (void)voices;
    sb_bytes_print(out, header, has_right_to_left(captions) ? -1 : 1);
    for (size_t i = 0; i < captions->n_items; i++)
        append_cue(out, &captions->items[i]);
}

static sb_status write_ass(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions captions;
    sb_status status = sb_captions_make(&captions, alignment, NULL, err);
    if (status != SB_OK)
        return status;
    sb_ass_append(out, &captions, true);
    sb_note_captions_left_out(notes, alignment);
    sb_captions_finish(&captions);
    return SB_OK;
}

const sb_writer sb_writer_ass = {
    .name = "ass",
    .summary = "Advanced SubStation captions that highlight each word while it is spoken",
    .extension = "ass",
    .write = write_ass,
};
