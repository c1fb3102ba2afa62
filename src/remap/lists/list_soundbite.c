#include <string.h>

#include <libxml/parserInternals.h>

#include "base/run/watch.h"
#include "base/text/text.h"
#include "remap/lists/lists.h"

#define TAG   "<podcast:soundbite"
#define SPACE "https://podcastindex.org/namespace/1.0"

/* A list may be a feed or some tags alone. They are wrapped in one element. */
#define OPEN  "<list>"
#define CLOSE "</list>"

typedef struct feed {
    sb_time_list *list;
    sb_reading *reading;
    xmlParserCtxtPtr parser;
    size_t n_before;     /* bytes before the text, in what is parsed */
    size_t begin;        /* of the open soundbite */
    size_t content;      /* where its attributes end */
    sb_timed_item *item; /* the open soundbite; NULL: none */
    sb_bytes label;
    size_t n_inside;                     /* elements open inside it */
    size_t n_episodes, episode_of_first; /* <item> elements so far */
    sb_status status;
} feed;

static int sniff_soundbite(const char *text, size_t size)
{
    return memmem(text, size, TAG, sizeof TAG - 1) ? 90 : 0;
}

static bool is_soundbite(const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    return xmlStrEqual(name, BAD_CAST "soundbite") &&
           (xmlStrEqual(prefix, BAD_CAST "podcast") || xmlStrEqual(space, BAD_CAST SPACE));
}

/* Returns the position in the text of a place in the parser's buffer, or SIZE_MAX if it is not in the
 * text. */
static size_t offset_in_feed(const feed *f, const xmlChar *at)
{
    const xmlParserInput *input = f->parser->input;
    if (at < input->base || at > input->end)
        return SIZE_MAX;
    size_t place = input->consumed + (size_t)(at - input->base);
    return place < f->n_before || place - f->n_before > f->reading->size ? SIZE_MAX : place - f->n_before;
}

/* Finds the value of an attribute. A value with entities has no place where a time can be replaced. */
static sb_status find_attribute(sb_range *out, const feed *f, const char *name, int n,
                                const xmlChar **attributes)
{
    for (; n > 0 && (attributes[1] || !xmlStrEqual(attributes[0], BAD_CAST name)); n--)
        attributes += 5;
    if (n == 0)
        return sb_reading_fail(f->reading, f->begin, "the soundbite has no %s; add one", name);
    size_t at = offset_in_feed(f, attributes[3]), length = (size_t)(attributes[4] - attributes[3]);
    if (at == SIZE_MAX || length > f->reading->size - at ||
        memcmp(f->reading->text + at, attributes[3], length) != 0)
        return sb_reading_fail(f->reading, f->begin, "the time is written with entities; write %s in digits",
                               name);
    *out = (sb_range){at, length};
    return SB_OK;
}

/* An element alone on its line includes the whole line. */
static sb_range widen_to_line(const feed *f, size_t begin, size_t end)
{
    const char *text = f->reading->text;
    size_t first = begin, last = end;
    while (first > 0 && (text[first - 1] == ' ' || text[first - 1] == '\t'))
        first--;
    while (last < f->reading->size && (text[last] == ' ' || text[last] == '\t' || text[last] == '\r'))
        last++;
    if ((first > 0 && text[first - 1] != '\n') || last == f->reading->size || text[last] != '\n')
        return (sb_range){begin, end - begin};
    return (sb_range){first, last + 1 - first};
}

/* Soundbites of other episodes refer to other audio. */
static sb_status check_episode(feed *f)
{
    if (f->list->n_items == 0)
        f->episode_of_first = f->n_episodes;
    if (f->episode_of_first == f->n_episodes)
        return SB_OK;
    return sb_reading_fail(
        f->reading, f->begin,
        "the feed has soundbites of more than one episode; use only the <item> of this episode");
}

static sb_status add_soundbite(feed *f, sb_range start, sb_range length)
{
    sb_time from = SB_TIME_NONE, lasts = SB_TIME_NONE;
    sb_status status = sb_list_read_time(&from, &start, f->reading, start);
    if (status == SB_OK)
        status = sb_list_read_time(&lasts, &length, f->reading, length);
    if (status != SB_OK)
        return status;
    if (lasts > INT64_MAX - from)
        return sb_reading_fail(f->reading, length.at, "the time is too large; correct it");
    f->item = sb_time_list_add(f->list, from, start);
    if (!f->item)
        return SB_ERR_MEMORY;
    f->item->end = from + lasts;
    f->item->end_range = length;
    f->item->end_is_length = true;
    return SB_OK;
}

static sb_status fail_open(feed *f)
{
    return sb_reading_fail(f->reading, f->begin,
                           "the tag is not closed; close it with /> or </podcast:soundbite>");
}

static void settle_feed(feed *f, sb_status status)
{
    f->status = status;
    if (status != SB_OK)
        xmlStopParser(f->parser);
}

static void begin_element(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                          int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
                          const xmlChar **attributes)
{
    feed *f = user;
    (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    f->n_episodes += !prefix && xmlStrEqual(name, BAD_CAST "item");
    if (f->item || f->status) {
        f->n_inside++;
        return;
    }
    size_t at = offset_in_feed(f, f->parser->input->cur);
    const char *bracket = at == SIZE_MAX ? NULL : memrchr(f->reading->text, '<', at);
    if (!bracket || !is_soundbite(name, prefix, space))
        return;
    f->begin = (size_t)(bracket - f->reading->text);
    f->content = at;
    f->n_inside = 0;
    sb_range start = {0}, length = {0};
    sb_status status = check_episode(f);
    if (status == SB_OK)
        status = find_attribute(&start, f, "startTime", n_attributes, attributes);
    if (status == SB_OK)
        status = find_attribute(&length, f, "duration", n_attributes, attributes);
    settle_feed(f, status == SB_OK ? add_soundbite(f, start, length) : status);
}

/* After an error in the text, the parser leaves out entities. The source has them. */
static sb_status set_label(feed *f, size_t content_end)
{
    sb_reading source = {.text = f->reading->text}, parsed = {.text = f->label.data};
    const char *close = memchr(source.text + f->content, '>', content_end - f->content);
    size_t begin = close ? (size_t)(close - source.text) + 1 : content_end;
    if (f->label.failed)
        return SB_ERR_MEMORY;
    if (!f->parser->wellFormed)
        return sb_list_set_label(f->item, &source, (sb_range){begin, content_end - begin});
    return f->label.size ? sb_list_set_label(f->item, &parsed, (sb_range){0, f->label.size}) : SB_OK;
}

static sb_status end_item(feed *f)
{
    size_t end = offset_in_feed(f, f->parser->input->cur);
    const char *text = f->reading->text, *tag = end == SIZE_MAX ? NULL : memrchr(text, '<', end);
    bool is_empty = end != SIZE_MAX && end - f->begin >= 2 && memcmp(text + end - 2, "/>", 2) == 0;
    /* The parser also closes elements that the text leaves open. */
    if (!tag || (!is_empty && !memmem(tag, (size_t)(text + end - tag), "soundbite", 9)))
        return fail_open(f);
    f->item->whole = widen_to_line(f, f->begin, end);
    sb_status status = set_label(f, is_empty ? end : (size_t)(tag - text));
    f->item = NULL;
    f->label.size = 0;
    return status;
}

static void end_element(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    feed *f = user;
    (void)name, (void)prefix, (void)space;
    if (!f->item || f->status)
        return;
    if (f->n_inside > 0)
        f->n_inside--;
    else
        settle_feed(f, end_item(f));
}

static void take_text(void *user, const xmlChar *text, int size)
{
    feed *f = user;
    if (f->item)
        sb_bytes_append(&f->label, text, (size_t)size);
}

static sb_status check_end(feed *f)
{
    if (f->status != SB_OK)
        return f->status;
    if (sb_memory_failed())
        return SB_ERR_MEMORY;
    if (f->item)
        return fail_open(f);
    const xmlError *why = xmlCtxtGetLastError(f->parser);
    if (why && why->code == XML_ERR_NO_MEMORY)
        return SB_ERR_MEMORY;
    size_t end = offset_in_feed(f, f->parser->input ? f->parser->input->cur : NULL);
    if (f->parser->wellFormed || end == SIZE_MAX || end == f->reading->size)
        return SB_OK;
    return sb_reading_fail(f->reading, end, "the XML cannot be read beyond this place; correct it");
}

/* Entity declarations and references to other files in the text have no effect. */
static sb_status parse(feed *f, const sb_bytes *document)
{
    sb_memory_watch();
    f->parser = xmlCreateMemoryParserCtxt(document->data, (int)document->size);
    if (!f->parser)
        return SB_ERR_MEMORY;
    *f->parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                                      .startElementNs = begin_element,
                                      .endElementNs = end_element,
                                      .characters = take_text,
                                      .cdataBlock = take_text};
    f->parser->userData = f;
    xmlCtxtUseOptions(f->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlParseDocument(f->parser);
    sb_status status = check_end(f);
    xmlFreeDoc(f->parser->myDoc); /* the parser creates a document for entity declarations */
    xmlFreeParserCtxt(f->parser);
    return status;
}

static sb_status read_soundbite(sb_time_list *list, sb_reading *reading)
{
    feed f = {.list = list, .reading = reading};
    sb_bytes document = {0};
    if (reading->size > INT32_MAX / 2)
        return sb_reading_fail(reading, 0, "the list is too large; use only the <item> of this episode");
    /* A document type must not stand inside an element. */
    if (!memmem(reading->text, reading->size, "<!DOCTYPE", 9)) {
        sb_bytes_text(&document, OPEN);
        f.n_before = document.size;
    }
    sb_bytes_append(&document, reading->text, reading->size);
    if (f.n_before)
        sb_bytes_text(&document, CLOSE);
    sb_status status = document.failed ? SB_ERR_MEMORY : parse(&f, &document);
    sb_bytes_finish(&document);
    sb_bytes_finish(&f.label);
    return status;
}

const sb_list_reader sb_list_reader_soundbite = {
    .name = "soundbite",
    .summary = "<podcast:soundbite> tags, in a feed or alone",
    .sniff = sniff_soundbite,
    .read = read_soundbite,
};
