#include "drift/measure/measure.h"
#include "drift/report/report.h"
#include "export/export.h"

#define PLAIN_COLUMNS 100

typedef struct page {
    const sb_drift *drift;
    const sb_alignment *alignment;
} page;

static void put_title(sb_bytes *out, const void *user)
{
    const page *p = user;
    const char *name = sb_page_file_name(p->alignment->audio.path);

    if (p->alignment->transcript.title && *p->alignment->transcript.title)
        sb_page_escape(out, p->alignment->transcript.title);
    else
        sb_page_escape(out, name && *name ? name : "Untitled");
}

static void put_verdict(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_bytes_text(out, sb_verdict_name(p->drift->verdict));
}

static void put_verdict_word(sb_bytes *out, const void *user)
{
    const page *p = user;
    static const char *const words[] = {"Timestamps match", "Uncertain", "Timestamps drift",
                                        "Transcript of other audio"};

    if (p->drift->verdict == SB_VERDICT_OK && p->drift->n_stamps == 0)
        sb_bytes_text(out, "No timestamps");
    else
        sb_bytes_text(out, words[p->drift->verdict]);
}

static void put_reason(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_page_escape(out, p->drift->reason);
}

static void put_plain(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_bytes text = {0};

    sb_drift_write_text(&text, p->drift, p->alignment, PLAIN_COLUMNS);
    sb_page_escape(out, text.data ? text.data : "");
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void put_data(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_page_data(out, p->drift, p->alignment);
}

static const sb_page_part parts[] = {
    {"title", put_title, NULL},
    {"verdict", put_verdict, NULL},
    {"verdict-word", put_verdict_word, NULL},
    {"reason", put_reason, NULL},
    {"plain", put_plain, NULL},
    {"style", NULL, sb_report_page_style},
    {"script", NULL, sb_report_page_script},
    {"data", put_data, NULL},
    {NULL, NULL, NULL},
};

void sb_drift_write_html(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment)
{
    const page p = {drift, alignment};

    sb_page_fill(out, (const char *)sb_report_page_frame, parts, &p);
}
