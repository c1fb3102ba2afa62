#include "soundbite/clip_page.h"

#include <math.h>
#include <string.h>

#include "base/text/text.h"
#include "clip/batch/batch.h"
#include "export/export.h"

typedef struct page {
    const sb_clip_page_item *items;
    size_t n;
    const char *title;
} page;

static sb_time clip_length(const sb_clip_result *result)
{
    return result->length == SB_TIME_NONE ? 0 : result->length;
}

/* Without "./", a colon in the first component would be read as a URL scheme. */
static void put_address(sb_bytes *out, const char *path)
{
    sb_bytes_text(out, path[0] == '/' ? "" : "./");
    sb_url_append_path(out, path);
}

static void put_player(sb_bytes *out, const sb_clip_page_item *item, size_t number)
{
    const char *kind = sb_path_has_extension(item->path, "mp4") ? "video" : "audio";
    sb_bytes_print(out, "<%s controls preload=\"none\" aria-label=\"Clip %zu\" src=\"", kind, number);
    put_address(out, item->path);
    sb_bytes_print(out, "\"></%s>\n", kind);
}

static void put_fact(sb_bytes *out, const char *label, const char *value)
{
    sb_bytes_print(out, "<div><dt>%s</dt><dd>", label);
    sb_page_escape(out, value);
    sb_bytes_text(out, "</dd></div>\n");
}

static void put_loudness(sb_bytes *out, double lufs)
{
    sb_bytes value = {0};
    if (!isfinite(lufs))
        return;
    sb_bytes_number(&value, lufs, 1);
    sb_bytes_text(&value, " LUFS");
    put_fact(out, "Loudness", value.failed ? "" : value.data);
    out->failed = out->failed || value.failed;
    sb_bytes_finish(&value);
}

static void put_link(sb_bytes *out, const char *label, const char *path)
{
    sb_bytes_print(out, "<div><dt>%s</dt><dd><a href=\"", label);
    put_address(out, path);
    sb_bytes_text(out, "\">");
    sb_page_escape(out, sb_path_name(path));
    sb_bytes_text(out, "</a></dd></div>\n");
}

/* Captions are in the folder of their clip. */
static void put_captions(sb_bytes *out, const sb_clip_page_item *item)
{
    const sb_clip_result *r = item->result;
    for (size_t i = 0; i < r->n_captions; i++) {
        sb_bytes path = {0};
        sb_bytes_append(&path, item->path, (size_t)(sb_path_name(item->path) - item->path));
        sb_bytes_text(&path, sb_path_name(r->captions[i]));
        out->failed = out->failed || path.failed;
        put_link(out, "Captions", path.failed ? "" : path.data);
        sb_bytes_finish(&path);
    }
}

/* Not every failed check is a warning of the clip: that of the pairing is a warning of the pair. */
static void put_failed_checks(sb_bytes *out, const sb_certificate *certificate)
{
    sb_bytes names = {0};
    for (size_t i = 0; sb_certificate_failure(certificate->failed, i); i++)
        sb_bytes_print(&names, "%s%s", i ? ", " : "", sb_certificate_failure(certificate->failed, i));
    if (names.size)
        put_fact(out, "Failed checks", names.failed ? "" : names.data);
    out->failed = out->failed || names.failed;
    sb_bytes_finish(&names);
}

static void put_facts(sb_bytes *out, const sb_clip_page_item *item)
{
    char time[SB_TIME_TEXT], length[SB_TIME_TEXT + 3];
    const sb_clip_result *r = item->result;
    sb_time_print_seconds(length, clip_length(r), 1);
    strcat(length, " s");
    sb_bytes_text(out, "<dl>\n");
    put_fact(out, "Length", length);
    if (item->episode)
        put_fact(out, "Episode", item->episode);
    if (r->cut.speech.start != SB_TIME_NONE)
        put_fact(out, "Start", sb_time_print(time, r->cut.speech.start, 0));
    put_loudness(out, r->loudness_lufs);
    put_failed_checks(out, &r->certificate);
    if (r->id)
        put_fact(out, "ID", r->id);
    put_link(out, "File", item->path);
    put_captions(out, item);
    sb_bytes_text(out, "</dl>\n");
}

static void put_warnings(sb_bytes *out, const sb_clip_result *r)
{
    if (!r->n_warnings)
        return;
    sb_bytes_text(out, "<ul class=\"warnings\" aria-label=\"Warnings\">\n");
    for (size_t i = 0; i < r->n_warnings; i++) {
        sb_bytes_text(out, "<li>");
        sb_page_escape(out, r->warnings[i]);
        sb_bytes_text(out, "</li>\n");
    }
    sb_bytes_text(out, "</ul>\n");
}

static void put_clip(sb_bytes *out, const sb_clip_page_item *item, size_t number)
{
    const sb_clip_result *r = item->result;
    sb_bytes_print(out, "<li class=\"clip\" id=\"clip-%zu\" tabindex=\"-1\">\n<p class=\"who\"><bdi>",
                   number);
    sb_page_escape(out, r->speaker ? r->speaker : "Unnamed speaker");
    sb_bytes_text(out, "</bdi></p>\n<blockquote dir=\"auto\">");
    sb_page_escape(out, r->text ? r->text : "");
    sb_bytes_text(out, "</blockquote>\n");
    put_player(out, item, number);
    put_facts(out, item);
    put_warnings(out, r);
    sb_bytes_text(out, "</li>\n");
}

static void put_clips(sb_bytes *out, const void *user)
{
    const page *p = user;
    for (size_t i = 0; i < p->n; i++)
        put_clip(out, &p->items[i], i + 1);
}

static void put_lead(sb_bytes *out, const void *user)
{
    const page *p = user;
    char time[SB_TIME_TEXT];
    sb_time length = 0;
    size_t n_warned = 0;
    for (size_t i = 0; i < p->n; i++) {
        length += clip_length(p->items[i].result);
        n_warned += p->items[i].result->n_warnings > 0;
    }
    sb_bytes_print(out, "%zu clip%s, %s in total", p->n, p->n == 1 ? "" : "s",
                   sb_time_print(time, length, 0));
    if (n_warned)
        sb_bytes_print(out, "; %zu with warnings", n_warned);
}

static void put_title(sb_bytes *out, const void *user)
{
    const page *p = user;
    sb_page_escape(out, p->title && *p->title ? p->title : "Clips");
}

static const sb_page_part parts[] = {
    {"title", put_title, NULL},
    {"lead", put_lead, NULL},
    {"clips", put_clips, NULL},
    {"style", NULL, sb_clip_page_style},
    {"script", NULL, sb_clip_page_script},
    {NULL, NULL, NULL},
};

void sb_clip_page_write_html(sb_bytes *out, const sb_clip_page_item *items, size_t n, const char *title)
{
    const page p = {items, n, title};
    sb_page_fill(out, (const char *)sb_clip_page_frame, parts, &p);
}
