#include <string.h>

#include "export/captions.h"
#include "export/one_line.h"
#include "export/writer.h"

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
    "Default,Sans,64,&H0000FFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,96,96,54,1\n"
    "\n"
    "[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";

/* Times of ASS are hundredths of a second; `at` is where the syllables written so far end. */
typedef struct karaoke {
    sb_bytes *out;
    const sb_caption_items *items; /* of the turn */
    size_t next_item;
    int64_t at, end;
} karaoke;

static int64_t hundredths(sb_time t)
{
    return t > 0 ? sb_time_to_samples(t, 100) : 0;
}

static void append_time(sb_bytes *out, int64_t t)
{
    sb_bytes_print(out, "%lld:%02lld:%02lld.%02lld,", (long long)(t / 360000), (long long)(t / 6000 % 60),
                   (long long)(t / 100 % 60), (long long)(t % 100));
}

/* Braces begin overrides, and what escapes them in one player does not in the next, so those of East Asian type stand in
 * for them; a word joiner keeps a backslash from the letter after it. */
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

static void append_text(sb_bytes *out, const char *text)
{
    sb_bytes line = {0};
    sb_one_line_append(&line, text);
    for (const char *c = line.data; c && *c; c++) {
        if (escape(*c))
            sb_bytes_text(out, escape(*c));
        else
            sb_bytes_append(out, c, 1);
    }
    out->failed = out->failed || line.failed;
    sb_bytes_finish(&line);
}

/* Commas part the fields. */
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
    append_text(k->out, item->text);
    k->at = end;
}

/* A cue's text is the turn's items from where the cue before ended, each followed by a blank or a line end. */
static void append_items(karaoke *k, const char *text)
{
    while (*text && k->next_item < k->items->n_items) {
        const sb_caption_item *item = &k->items->items[k->next_item++];
        append_syllable(k, item);
        text += strlen(item->text);
        if (*text)
            sb_bytes_text(k->out, *text++ == '\n' ? "\\N" : " ");
    }
    append_pause(k, k->end);
}

static void append_cue(karaoke *k, const sb_caption *cue, const char *speaker)
{
    k->at = hundredths(cue->start);
    k->end = hundredths(cue->end);
    if (k->end <= k->at)
        k->end = k->at + 1;
    sb_bytes_text(k->out, "Dialogue: 0,");
    append_time(k->out, k->at);
    append_time(k->out, k->end);
    sb_bytes_text(k->out, "Default,");
    append_name(k->out, speaker);
    sb_bytes_text(k->out, ",0,0,0,,");
    append_items(k, cue->text);
    sb_bytes_text(k->out, "\n");
}

static sb_status write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions cues;
    sb_status status = sb_captions_make(&cues, alignment, err);
    if (status != SB_OK)
        return status;
    sb_caption_items items = {0};
    karaoke k = {.out = out, .items = &items};
    sb_bytes_text(out, header);
    for (size_t i = 0; status == SB_OK && i < cues.n_items; i++) {
        const sb_aligned_turn *turn = &alignment->turns[cues.items[i].turn];
        if (cues.items[i].begins_turn) {
            status = sb_caption_items_make(&items, turn, err);
            k.next_item = 0;
        }
        if (status == SB_OK)
            append_cue(&k, &cues.items[i], turn->speaker);
    }
    sb_note_left_out(notes, alignment);
    sb_caption_items_finish(&items);
    sb_captions_finish(&cues);
    return status;
}

const sb_writer sb_writer_ass = {
    .name = "ass",
    .summary = "Advanced SubStation captions that light each word as it is said",
    .extension = "ass",
    .write = write,
};
