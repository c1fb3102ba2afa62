#include "soundbite/quote_page.h"

#include <string.h>

#include "base/text/text.h"
#include "clip/quotes/quotes.h"
#include "export/export.h"

typedef struct page {
    const sb_quote_page_item *items;
    size_t n;
    const char *title, *checked;
} page;

static const char *const labels[] = {
    "Verbatim",           "Elided",        "Too short to judge", "Altered",  "Unsure",
    "Misleading elision", "Wrong speaker", "Not heard",          "Not said",
};

/* The colour of a verdict. */
static const char *tone_of(const sb_verification *v)
{
    if (v->verdict >= SB_QUOTE_MISLEADING)
        return "bad";
    if (v->verdict == SB_QUOTE_VERBATIM || v->verdict == SB_QUOTE_ELIDED)
        return "good";
    return v->verdict == SB_QUOTE_TOO_SHORT ? "soft" : "warn";
}

/* Higher numbers are worse. */
static size_t rank_of(const sb_verification *v)
{
    size_t grade = v->n_places && v->verdict != SB_QUOTE_NOT_SAID ? v->places->grade : 0;
    return (size_t)v->verdict * 10 + grade;
}

static bool is_fine(const sb_verification *v)
{
    return v->verdict == SB_QUOTE_VERBATIM || v->verdict == SB_QUOTE_ELIDED ||
           v->verdict == SB_QUOTE_TOO_SHORT;
}

static void put_base64(sb_bytes *out, const unsigned char *data, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < size; i += 3) {
        size_t n = size - i < 3 ? size - i : 3;
        unsigned bits =
            (unsigned)data[i] << 16 | (n > 1 ? (unsigned)data[i + 1] << 8 : 0) | (n > 2 ? data[i + 2] : 0u);
        char four[4] = {digits[bits >> 18], digits[bits >> 12 & 63], n > 1 ? digits[bits >> 6 & 63] : '=',
                        n > 2 ? digits[bits & 63] : '='};
        sb_bytes_append(out, four, sizeof four);
    }
}

static void put_player(sb_bytes *out, const sb_quote_page_item *item, size_t number)
{
    if (!item->audio)
        return;
    sb_bytes_print(out, "<audio controls preload=\"metadata\" aria-label=\"Quote %zu\" src=\"data:%s;base64,",
                   number, item->media_type);
    put_base64(out, item->audio, item->audio_size);
    sb_bytes_text(out, "\"></audio>\n");
}

static void put_tagged(sb_bytes *out, const char *tag, const char *kind, const char *text)
{
    if (!text)
        return;
    sb_bytes_print(out, "<%s class=\"%s\">", tag, kind);
    sb_page_escape(out, text);
    sb_bytes_print(out, "</%s> ", tag);
}

/* Shows the words that were said, and the words of the quote that were not said. */
static void put_piece(sb_bytes *out, const sb_diff *diff)
{
    switch (diff->kind) {
    case SB_DIFF_SAME:
        sb_page_escape(out, diff->said ? diff->said : "");
        sb_bytes_text(out, " ");
        return;
    case SB_DIFF_LEFT_OUT:
        put_tagged(out, "span", "left", diff->said);
        return;
    case SB_DIFF_BRACKET:
        put_tagged(out, "span", "left", diff->said);
        put_tagged(out, "span", "bracket", diff->quoted);
        return;
    case SB_DIFF_NOT_HEARD:
        put_tagged(out, "span", "unheard", diff->said);
        return;
    default:
        put_tagged(out, "ins", "quoted", diff->quoted);
        put_tagged(out, "mark", "said", diff->said);
    }
}

static bool differs(const sb_quote_place *place)
{
    for (size_t i = 0; i < place->n_diffs; i++)
        if (place->diffs[i].kind != SB_DIFF_SAME || place->diffs[i].misleads)
            return true;
    return false;
}

static void put_context(sb_bytes *out, const char *speaker, const char *other, const char *text)
{
    if (!text)
        return;
    sb_bytes_text(out, "<span class=\"around\">");
    if (speaker && (!other || strcmp(speaker, other))) {
        sb_bytes_text(out, "<b><bdi>");
        sb_page_escape(out, speaker);
        sb_bytes_text(out, ":</bdi></b> ");
    }
    sb_page_escape(out, text);
    sb_bytes_text(out, "</span> ");
}

static void put_said(sb_bytes *out, const sb_quote_place *place, bool nearest)
{
    sb_bytes_print(out, "<p class=\"label\">%s</p>\n<p class=\"said\" dir=\"auto\">",
                   nearest ? "The nearest passage" : "What was said");
    put_context(out, place->before_speaker, place->match.speaker, place->before);
    sb_bytes_text(out, "<span class=\"core\">");
    for (size_t i = 0; i < place->n_diffs; i++)
        if (!nearest)
            put_piece(out, &place->diffs[i]);
    if (nearest)
        sb_page_escape(out, place->match.text);
    sb_bytes_text(out, "</span> ");
    put_context(out, place->after_speaker, place->match.speaker, place->after);
    sb_bytes_text(out, "</p>\n");
}

static void put_differences(sb_bytes *out, const sb_quote_place *place)
{
    if (!differs(place))
        return;
    sb_bytes_text(out, "<ul class=\"differences\" aria-label=\"Differences\">\n");
    for (size_t i = 0; i < place->n_diffs; i++) {
        const sb_diff *diff = &place->diffs[i];
        const char *grade = sb_diff_grade_name(diff->grade);
        sb_bytes text = {0};
        if (diff->kind == SB_DIFF_SAME && !diff->misleads)
            continue;
        sb_diff_write_text(&text, diff);
        sb_bytes_text(&text, "");
        sb_bytes_print(out, "<li class=\"%s\">", grade ? grade : "none");
        sb_page_escape(out, text.failed ? "" : text.data);
        sb_bytes_text(out, "</li>\n");
        out->failed = out->failed || text.failed;
        sb_bytes_finish(&text);
    }
    sb_bytes_text(out, "</ul>\n");
}

static void put_fact(sb_bytes *out, const char *label, const char *value)
{
    sb_bytes_print(out, "<div><dt>%s</dt><dd><bdi>", label);
    sb_page_escape(out, value);
    sb_bytes_text(out, "</bdi></dd></div>\n");
}

static void put_number(sb_bytes *out, const char *label, size_t value)
{
    sb_bytes_print(out, "<div><dt>%s</dt><dd>%zu</dd></div>\n", label, value);
}

static void put_place_facts(sb_bytes *out, const sb_verification *v)
{
    char time[SB_TIME_TEXT];
    const sb_quote_place *place = v->places;
    for (size_t i = 0; i < place->n_speakers; i++)
        put_fact(out, i ? "Then" : "Speaker", place->speakers[i] ? place->speakers[i] : "Unnamed speaker");
    if (place->match.span.start != SB_TIME_NONE)
        put_fact(out, "Time", sb_time_print(time, place->match.span.start, 0));
    if (v->n_places > 1)
        put_number(out, "Places", v->n_places);
    if (v->has_evidence)
        put_number(out, "Words heard", place->n_heard);
    if (place->doubted)
        put_fact(out, "Perhaps not said", place->doubted);
    if (place->unnegated)
        put_fact(out, "Perhaps said with a negation", place->unnegated);
}

static void put_facts(sb_bytes *out, const sb_quote_page_item *item)
{
    const sb_verification *v = item->result;
    const sb_claim *claim = item->claim;
    sb_bytes_text(out, "<dl>\n");
    if (claim->id)
        put_fact(out, "ID", claim->id);
    if (claim->paragraph)
        put_number(out, "Paragraph", claim->paragraph);
    if (claim->speaker)
        put_fact(out, claim->speaker_is_inferred ? "Attributed to (inferred)" : "Attributed to",
                 claim->speaker);
    else if (claim->paragraph)
        put_fact(out, "Attributed to", "no speaker is named");
    if (claim->source)
        put_fact(out, "Named by the words", claim->source);
    if (v->n_places && v->verdict != SB_QUOTE_NOT_SAID)
        put_place_facts(out, v);
    put_fact(out, "Checked", v->has_evidence ? "audio and transcript" : "transcript only");
    sb_bytes_text(out, "</dl>\n");
}

static void put_speaker_note(sb_bytes *out, const sb_quote_page_item *item)
{
    const sb_verification *v = item->result;
    bool is_similar = v->attribution == SB_ATTRIBUTION_SIMILAR;
    if ((v->attribution != SB_ATTRIBUTION_WRONG && !is_similar) || !v->n_places)
        return;
    sb_bytes_text(out, "<p class=\"wrong\">Said by <b><bdi>");
    sb_page_escape(out, v->places->match.speaker ? v->places->match.speaker : "an unnamed speaker");
    sb_bytes_print(out, "</bdi></b>%s <b><bdi>", is_similar ? "; no speaker is called" : ", not by");
    sb_page_escape(out, item->claim->speaker);
    sb_bytes_print(out, "</bdi></b>%s.</p>\n",
                   is_similar                         ? "; check the name"
                   : item->claim->speaker_is_inferred ? ", whom the article seems to mean"
                                                      : "");
}

static void put_quote(sb_bytes *out, const sb_quote_page_item *item, size_t number)
{
    const sb_verification *v = item->result;
    sb_bytes_print(
        out,
        "<li class=\"quote\" id=\"quote-%zu\" tabindex=\"-1\" data-rank=\"%zu\" data-verdict=\"%s\"%s>\n"
        "<p class=\"verdict %s\">%s</p>\n<blockquote dir=\"auto\">",
        number, rank_of(v), sb_quote_verdict_name(v->verdict), is_fine(v) ? " data-fine" : "", tone_of(v),
        labels[v->verdict]);
    sb_page_escape(out, item->claim->quote);
    sb_bytes_text(out, "</blockquote>\n");
    put_speaker_note(out, item);
    if (v->n_places)
        put_said(out, v->places, v->verdict == SB_QUOTE_NOT_SAID);
    else
        sb_bytes_print(out, "<p class=\"label\">%s</p>\n",
                       v->verdict == SB_QUOTE_TOO_SHORT ? "These words were not found."
                                                        : "Nothing similar was found.");
    if (v->n_places && v->verdict != SB_QUOTE_NOT_SAID)
        put_differences(out, v->places);
    put_player(out, item, number);
    put_facts(out, item);
    sb_bytes_text(out, "</li>\n");
}

static void put_quotes(sb_bytes *out, const void *user)
{
    const page *p = user;
    for (size_t i = 0; i < p->n; i++)
        put_quote(out, &p->items[i], i + 1);
}

static void put_lead(sb_bytes *out, const void *user)
{
    const page *p = user;
    size_t n[sizeof labels / sizeof *labels] = {0};
    for (size_t i = 0; i < p->n; i++)
        n[p->items[i].result->verdict]++;
    sb_bytes_print(out, "%zu quote%s", p->n, p->n == 1 ? "" : "s");
    for (size_t k = 0; k < sizeof labels / sizeof *labels; k++)
        if (n[k])
            sb_bytes_print(out, ", %zu %c%s", n[k], labels[k][0] + 'a' - 'A', labels[k] + 1);
}

static void put_checked(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_page_escape(out, p->checked ? p->checked : "");
}

static void put_title(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_page_escape(out, p->title && *p->title ? p->title : "Quotes");
}

static const sb_page_part parts[] = {
    {"title", put_title, NULL},
    {"lead", put_lead, NULL},
    {"checked", put_checked, NULL},
    {"quotes", put_quotes, NULL},
    {"style", NULL, sb_quote_page_style},
    {"script", NULL, sb_quote_page_script},
    {NULL, NULL, NULL},
};

void sb_quote_page_write_html(sb_bytes *out, const sb_quote_page_item *items, size_t n, const char *title,
                              const char *checked)
{
    const page p = {items, n, title, checked};
    sb_page_fill(out, (const char *)sb_quote_page_frame, parts, &p);
}
