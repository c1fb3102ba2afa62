#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "drift/drift.h"
#include "drift/report_page.h"

#define PLAIN_COLUMNS 100

typedef struct page {
    sb_bytes *out;
    const sb_drift *drift;
    const sb_alignment *alignment;
} page;

/* Marks that turn the direction of what follows would reach beyond the text that they stand in. */
static bool is_unfit(int32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static const char *instead_of(int32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return is_unfit(c) ? "\xEF\xBF\xBD" : NULL;
    }
}

static void put_escaped(sb_bytes *out, const char *text)
{
    size_t size = strlen(text);
    char encoded[4];

    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        const char *instead = instead_of(c);
        if (instead)
            sb_bytes_text(out, instead);
        else
            sb_bytes_append(out, encoded, sb_utf8_encode(c, encoded));
    }
}

static void put_title(const page *p)
{
    const char *name = sb_page_file_name(p->alignment->audio.path);

    if (p->alignment->transcript.title && *p->alignment->transcript.title)
        put_escaped(p->out, p->alignment->transcript.title);
    else
        put_escaped(p->out, name && *name ? name : "Untitled");
}

static void put_verdict(const page *p)
{
    sb_bytes_text(p->out, sb_verdict_name(p->drift->verdict));
}

static void put_verdict_word(const page *p)
{
    static const char *const words[] = {"The times fit", "The times drift", "Another recording"};

    if (p->drift->verdict == SB_VERDICT_OK && p->drift->n_stamps == 0)
        sb_bytes_text(p->out, "No times to check");
    else
        sb_bytes_text(p->out, words[p->drift->verdict]);
}

static void put_reason(const page *p)
{
    put_escaped(p->out, p->drift->reason);
}

static void put_plain(const page *p)
{
    sb_bytes text = {0};

    sb_drift_text(&text, p->drift, p->alignment, PLAIN_COLUMNS);
    put_escaped(p->out, text.data ? text.data : "");
    p->out->failed = p->out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void put_version(const page *p)
{
    sb_bytes_text(p->out, sb_version());
}

static void put_style(const page *p)
{
    sb_bytes_text(p->out, (const char *)sb_page_style);
}

static void put_script(const page *p)
{
    sb_bytes_text(p->out, (const char *)sb_page_script);
}

static void put_data(const page *p)
{
    sb_page_data(p->out, p->drift, p->alignment);
}

static const struct part {
    const char *name;
    void (*put)(const page *p);
} parts[] = {
    {"title", put_title},   {"verdict", put_verdict}, {"verdict-word", put_verdict_word},
    {"reason", put_reason}, {"plain", put_plain},     {"version", put_version},
    {"style", put_style},   {"script", put_script},   {"data", put_data},
};

static void put_part(const page *p, const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strlen(parts[i].name) == size && !memcmp(parts[i].name, name, size))
            parts[i].put(p);
}

void sb_drift_html(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment)
{
    const page p = {out, drift, alignment};
    const char *at = (const char *)sb_page_frame, *open;

    while ((open = strstr(at, "{{"))) {
        const char *name = open + 2, *close = strstr(name, "}}");
        if (!close)
            break;
        sb_bytes_append(out, at, (size_t)(open - at));
        put_part(&p, name, (size_t)(close - name));
        at = close + 2;
    }
    sb_bytes_text(out, at);
}
