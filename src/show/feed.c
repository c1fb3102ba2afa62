#include "show/entries.h"

#include "base/text/text.h"
#include "transcript/documents/documents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DATE_SIZE        40
#define MOST_TRANSCRIPTS 20 /* of one item */

typedef struct feed_scan {
    sb_show_entries *entries;
    sb_show_entry *item; /* NULL outside of items */
    int item_level;
    bool takes_text; /* of the element that is open */
    sb_bytes value;
    const char *text; /* the feed */
    size_t line_at;   /* for counting lines */
    int64_t line;
} feed_scan;

bool sb_feed_sniff(const char *text, size_t size)
{
    bool has_rss = memmem(text, size, "<rss", 4) != NULL;
    return has_rss && size && text[strspn(text, "\xef\xbb\xbf \t\r\n")] == '<';
}

static sb_status keep_decoded(feed_scan *s, const char **out, const char *text, size_t size)
{
    sb_bytes decoded = {0};
    bool ok = true;
    sb_entities_decode(&decoded, text, size);
    ok = !decoded.failed;
    *out = ok && decoded.size ? sb_show_entry_keep(s->entries, decoded.data, decoded.size, &ok) : NULL;
    sb_bytes_finish(&decoded);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static int64_t line_at(feed_scan *s, size_t at)
{
    for (; s->line_at < at; s->line_at++)
        s->line += s->text[s->line_at] == '\n';
    return s->line;
}

static sb_status begin_item(feed_scan *s, const sb_markup_tag *tag)
{
    if (s->entries->n_items >= SB_SHOW_ENTRIES_MAX)
        return SB_ERR_LIMIT;
    s->item = sb_show_entry_add(s->entries, line_at(s, tag->at));
    s->item_level = tag->level;
    return s->item ? SB_OK : SB_ERR_MEMORY;
}

static sb_status take_transcript(feed_scan *s, const sb_markup_attribute *url)
{
    sb_show_entry *item = s->item;
    if (item->n_transcripts >= MOST_TRANSCRIPTS)
        return SB_OK;
    if (!sb_push_room(&item->transcripts, item->n_transcripts, sizeof *item->transcripts))
        return SB_ERR_MEMORY;
    sb_status status = keep_decoded(s, &item->transcripts[item->n_transcripts], url->value, url->length);
    item->n_transcripts += status == SB_OK && item->transcripts[item->n_transcripts] != NULL;
    return status;
}

/* Some feeds have an enclosure for a picture too. */
static bool is_media(const sb_markup_tag *tag)
{
    const sb_markup_attribute *type = sb_markup_find(tag, "type");
    return !type || !type->length || (type->length > 6 && !strncasecmp(type->value, "audio/", 6)) ||
           (type->length > 6 && !strncasecmp(type->value, "video/", 6));
}

static sb_status feed_begin(void *user, const sb_markup_tag *tag)
{
    feed_scan *s = user;
    const sb_markup_attribute *url = sb_markup_find(tag, "url");
    s->value.size = 0;
    s->takes_text = true;
    if (!strcmp(tag->name, "item"))
        return s->item ? SB_OK : begin_item(s, tag);
    if (!s->item || !url || !url->length)
        return SB_OK;
    if (!strcmp(tag->name, "enclosure") && !s->item->audio && is_media(tag))
        return keep_decoded(s, &s->item->audio, url->value, url->length);
    return !strcmp(tag->name, "transcript") && tag->prefix ? take_transcript(s, url) : SB_OK;
}

static sb_status feed_put(void *user, const char *text, size_t size)
{
    feed_scan *s = user;
    if (s->takes_text)
        sb_bytes_append(&s->value, text, size);
    return s->value.failed ? SB_ERR_MEMORY : SB_OK;
}

/* "Wed, 01 May 2024 10:00:00 GMT" */
static bool read_feed_date(char out[DATE_SIZE], const char *text)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *comma = strchr(text, ',');
    char month[4];
    int day, year;
    if (sscanf(comma ? comma + 1 : text, "%2d %3s %4d", &day, month, &year) != 3 || strlen(month) != 3)
        return false;
    const char *found = strstr(months, month);
    if (!found || (found - months) % 3 || day < 1 || day > 31 || year < 1000)
        return false;
    snprintf(out, DATE_SIZE, "%04d-%02d-%02d", year % 10000, (int)(found - months) / 3 + 1, day);
    return true;
}

static int read_count(const char *text)
{
    long value = strtol(text, NULL, 10);
    return value > 0 && value < 1000000 ? (int)value : 0;
}

static sb_status take_value(feed_scan *s, const char *name)
{
    const char **title = s->item ? &s->item->title : &s->entries->title;
    char date[DATE_SIZE];
    sb_status status = SB_OK;
    bool ok = true;
    if (!strcmp(name, "title") && !*title)
        status = keep_decoded(s, title, s->value.data, s->value.size);
    sb_bytes_append(&s->value, "", 1);
    if (s->value.failed)
        return SB_ERR_MEMORY;
    if (s->item && !strcmp(name, "pubDate") && read_feed_date(date, s->value.data))
        s->item->date = sb_show_entry_keep(s->entries, date, strlen(date), &ok);
    else if (s->item && !strcmp(name, "season"))
        s->item->season = read_count(s->value.data);
    else if (s->item && !strcmp(name, "episode"))
        s->item->number = read_count(s->value.data);
    return ok ? status : SB_ERR_MEMORY;
}

/* An item without audio is an article. */
static void end_item(feed_scan *s)
{
    if (!s->item->audio) {
        free(s->item->transcripts);
        s->entries->n_items--;
    }
    s->item = NULL;
}

static sb_status feed_end(void *user, const char *name, int level)
{
    feed_scan *s = user;
    sb_status status = s->takes_text && s->value.size ? take_value(s, name) : SB_OK;
    s->takes_text = false;
    s->value.size = 0;
    if (s->item && level <= s->item_level)
        end_item(s);
    return status;
}

sb_status sb_feed_read(sb_show_entries *entries, const char *text, size_t size, const char *path,
                       sb_error *err)
{
    feed_scan s = {.entries = entries, .text = text, .line = 1};
    sb_markup markup = {
        .text = text, .size = size, .user = &s, .begin = feed_begin, .end = feed_end, .put = feed_put};
    entries->is_feed = true;
    sb_status status = sb_xml_walk(&markup);
    if (s.item)
        end_item(&s);
    sb_bytes_finish(&s.value);
    if (status == SB_ERR_MEMORY)
        return sb_error_memory(err, "reading the feed");
    if (status)
        return sb_error_set_at(err, status, path, 0, 0, "the feed is too large; divide it");
    return SB_OK;
}
