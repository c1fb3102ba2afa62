#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/run/run.h"
#include "base/run/watch.h"
#include "transcript/documents/documents.h"

/* Replaces "&" while the text is parsed, so that the parser never reads an entity. Two of them replace "<"
 * and a blank, which do not begin a tag. */
#define MASK 0x7F
/* Deeper elements end the walk. The XML parser has a limit of 256 itself. */
#define MAX_LEVEL 1000
/* A document with more errors is no XML. */
#define MAX_ERRORS 2000000
/* Bytes from the last attribute to ">" at most. */
#define MAX_TAG_END 16

typedef struct walk {
    sb_markup *markup;
    xmlParserCtxtPtr parser;
    size_t n_before; /* blanks before the document */
    sb_bytes text;   /* since the last tag */
    sb_markup_attribute *attributes;
    size_t capacity;
    size_t n_errors;
    sb_status status;
} walk;

static void set_status(walk *w, sb_status status)
{
    if (status == SB_OK)
        return;
    w->status = status;
    xmlStopParser(w->parser);
}

/* Returns the position in the text of a place in the parser's buffer, or SIZE_MAX if it is not in the
 * text. */
static size_t position_of(const walk *w, const xmlChar *at)
{
    const xmlParserInput *input = w->parser->input;
    if (!input || at < input->base || at > input->end)
        return SIZE_MAX;
    size_t place = w->n_before + input->consumed + (size_t)(at - input->base);
    return place <= w->markup->size ? place : SIZE_MAX;
}

static void unmask(char *text, size_t size)
{
    for (char *at = text, *end = text + size; (at = memchr(at, MASK, (size_t)(end - at))) != NULL;) {
        bool is_sign = at + 1 < end && at[1] == MASK;
        *at++ = is_sign ? '<' : '&';
        if (is_sign)
            *at++ = ' ';
    }
}

static void flush(walk *w)
{
    if (w->text.failed)
        set_status(w, SB_ERR_MEMORY);
    if (w->status != SB_OK || w->text.size == 0)
        return;
    size_t size = w->text.size;
    unmask(w->text.data, size);
    w->text.size = 0;
    set_status(w, w->markup->put(w->markup->user, w->text.data, size));
}

static void take_characters(void *user, const xmlChar *text, int size)
{
    walk *w = user;
    sb_bytes_append(&w->text, text, (size_t)size);
}

static bool make_room_for_attributes(walk *w, size_t n_attributes)
{
    while (w->capacity < n_attributes) {
        if (!sb_grow(&w->attributes, w->capacity, &w->capacity, sizeof *w->attributes)) {
            set_status(w, SB_ERR_MEMORY);
            return false;
        }
    }
    return true;
}

/* The position of the parser is before the end of the tag, or before "/>". */
static sb_markup_tag tag_here(const walk *w, const xmlChar *name, const xmlChar *prefix, int level)
{
    size_t after = position_of(w, w->parser->input->cur), size = w->markup->size;
    after = after == SIZE_MAX ? size : after;
    const char *text = w->markup->text, *open = memrchr(text, '<', after);
    const char *close = memchr(text + after, '>', size - after < MAX_TAG_END ? size - after : MAX_TAG_END);
    return (sb_markup_tag){.name = (const char *)name,
                           .prefix = (const char *)prefix,
                           .at = open ? (size_t)(open - text) : after,
                           .content_at = close ? (size_t)(close - text) + 1 : after,
                           .level = level,
                           .attributes = w->attributes};
}

static void begin_element(walk *w, const sb_markup_tag *tag)
{
    if (tag->level < MAX_LEVEL)
        set_status(w, w->markup->begin(w->markup->user, tag));
    else
        xmlStopParser(w->parser);
}

/* If the value was found in the text, it is used unchanged. */
static sb_markup_attribute xml_attribute(const walk *w, const xmlChar **a)
{
    size_t at = position_of(w, a[3]), length = (size_t)(a[4] - a[3]);
    sb_markup_attribute out = {(const char *)a[0], (const char *)a[3], length, {0}};
    if (at != SIZE_MAX && length <= w->markup->size - at) {
        out.value = w->markup->text + at;
        out.range = (sb_range){at, length};
    }
    return out;
}

static void begin_xml(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                      int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
                      const xmlChar **attributes)
{
    walk *w = user;
    size_t n = n_attributes > 0 ? (size_t)n_attributes : 0;
    (void)space, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    flush(w);
    if (w->status != SB_OK || !make_room_for_attributes(w, n))
        return;
    for (size_t i = 0; i < n; i++)
        w->attributes[i] = xml_attribute(w, attributes + 5 * i);
    sb_markup_tag tag = tag_here(w, name, prefix, w->parser->nameNr);
    tag.n_attributes = n;
    begin_element(w, &tag);
}

static void end_xml(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    walk *w = user;
    (void)prefix, (void)space;
    flush(w);
    if (w->status == SB_OK)
        set_status(w, w->markup->end(w->markup->user, (const char *)name, w->parser->nameNr - 1));
}

/* Finds the value of an attribute of HTML in its tag. */
static sb_range find_value(const sb_markup *markup, const sb_markup_tag *tag, const char *name,
                           const char *value)
{
    size_t n = strlen(name), length = strlen(value), end = tag->content_at;
    for (size_t at = tag->at; length > 0 && at + n < end; at++) {
        const char *text = markup->text + at;
        if (!strchr(" \t\r\n\"'", text[0]) || strncasecmp(text + 1, name, n) != 0)
            continue;
        size_t found = at + 1 + n;
        found += strspn(markup->text + found, " \t\r\n");
        if (markup->text[found] != '=')
            continue;
        found++;
        found += strspn(markup->text + found, " \t\r\n\"'");
        if (found + length <= end && memcmp(markup->text + found, value, length) == 0)
            return (sb_range){found, length};
    }
    return (sb_range){0};
}

static void begin_html(void *user, const xmlChar *name, const xmlChar **attributes)
{
    walk *w = user;
    size_t n = 0;
    flush(w);
    while (attributes && attributes[2 * n])
        n++;
    if (w->status != SB_OK || !make_room_for_attributes(w, n))
        return;
    sb_markup_tag tag = tag_here(w, name, NULL, w->parser->nameNr - 1);
    for (size_t i = 0; i < n; i++) {
        const char *value = attributes[2 * i + 1] ? (const char *)attributes[2 * i + 1] : "";
        w->attributes[i] =
            (sb_markup_attribute){(const char *)attributes[2 * i], value, strlen(value),
                                  find_value(w->markup, &tag, (const char *)attributes[2 * i], value)};
    }
    tag.attributes = w->attributes;
    tag.n_attributes = n;
    begin_element(w, &tag);
}

static void end_html(void *user, const xmlChar *name)
{
    walk *w = user;
    flush(w);
    if (w->status == SB_OK)
        set_status(w, w->markup->end(w->markup->user, (const char *)name, w->parser->nameNr - 1));
}

/* Returns a copy of the document without entities, references to other files and control characters. */
static bool mask(sb_bytes *out, const sb_markup *markup, size_t *n_before)
{
    size_t at = 0;
    while (at < markup->size && strchr(" \t\r\n", markup->text[at]))
        at++;
    *n_before = at;
    sb_bytes_append(out, markup->size ? markup->text + at : "", markup->size - at);
    for (size_t i = 0; i < out->size; i++) {
        unsigned char c = (unsigned char)out->data[i];
        bool is_sign = c == '<' && i + 1 < out->size && out->data[i + 1] == ' ';
        bool is_followed = i > 0 && out->data[i - 1] == MASK;
        if (is_sign && !is_followed) {
            out->data[i++] = MASK;
            out->data[i] = MASK;
        } else if (c == '&')
            out->data[i] = is_followed ? ' ' : MASK;
        else if (c == MASK || (c < ' ' && c != '\t' && c != '\n' && c != '\r'))
            out->data[i] = ' ';
    }
    return !out->failed;
}

static void count_error(void *user, xmlErrorPtr error)
{
    walk *w = user;
    if (error && error->code == XML_ERR_NO_MEMORY)
        w->status = SB_ERR_MEMORY;
    if (++w->n_errors == MAX_ERRORS || w->status != SB_OK)
        xmlStopParser(w->parser);
}

static void note_damage(walk *w)
{
    const xmlError *why = xmlCtxtGetLastError(w->parser);
    if (why && why->code == XML_ERR_NO_MEMORY)
        w->status = SB_ERR_MEMORY;
    if (w->parser->wellFormed)
        return;
    size_t at = position_of(w, w->parser->input ? w->parser->input->cur : NULL);
    w->markup->is_damaged = true;
    w->markup->damaged_at = at == SIZE_MAX ? w->markup->size : at;
}

static void parse_xml(walk *w, sb_bytes *document)
{
    w->parser = xmlCreateMemoryParserCtxt(document->data, (int)document->size);
    sb_bytes_finish(document); /* the parser has a copy */
    if (!w->parser) {
        w->status = SB_ERR_MEMORY;
        return;
    }
    *w->parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                                      .startElementNs = begin_xml,
                                      .endElementNs = end_xml,
                                      .characters = take_characters,
                                      .ignorableWhitespace = take_characters,
                                      .cdataBlock = take_characters};
    w->parser->userData = w;
    xmlCtxtUseOptions(w->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    w->parser->sax->serror = count_error;
    xmlParseDocument(w->parser);
    flush(w);
    if (w->status == SB_OK)
        note_damage(w);
    xmlFreeDoc(w->parser->myDoc); /* the parser makes one for declarations of entities */
    xmlFreeParserCtxt(w->parser);
}

static void parse_html(walk *w, sb_bytes *document)
{
    w->parser = htmlCreateMemoryParserCtxt(document->data, (int)document->size);
    sb_bytes_finish(document); /* the parser has a copy */
    if (!w->parser) {
        w->status = SB_ERR_MEMORY;
        return;
    }
    *w->parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                                      .startElement = begin_html,
                                      .endElement = end_html,
                                      .characters = take_characters,
                                      .ignorableWhitespace = take_characters,
                                      .cdataBlock = take_characters};
    w->parser->userData = w;
    htmlCtxtUseOptions(w->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                      HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD | HTML_PARSE_NOERROR |
                                      HTML_PARSE_NOWARNING);
    w->parser->sax->serror = count_error;
    xmlSwitchEncoding(w->parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(w->parser);
    flush(w);
    xmlFreeDoc(w->parser->myDoc); /* the parser makes one for declarations of entities */
    htmlFreeParserCtxt(w->parser);
}

static sb_status walk_document(sb_markup *markup, void (*parse)(walk *w, sb_bytes *document))
{
    walk w = {.markup = markup};
    sb_bytes document = {0};
    if (markup->size > INT32_MAX / 2)
        return SB_ERR_LIMIT;
    if (!mask(&document, markup, &w.n_before))
        w.status = SB_ERR_MEMORY;
    else if (document.size > 0) {
        sb_memory_watch();
        parse(&w, &document);
        if (w.status == SB_OK && sb_memory_failed())
            w.status = SB_ERR_MEMORY;
    }
    sb_bytes_finish(&document);
    sb_bytes_finish(&w.text);
    free(w.attributes);
    return w.status;
}

sb_status sb_xml_walk(sb_markup *markup)
{
    return walk_document(markup, parse_xml);
}

sb_status sb_html_walk(sb_markup *markup)
{
    return walk_document(markup, parse_html);
}

const sb_markup_attribute *sb_markup_find(const sb_markup_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->n_attributes; i++) {
        if (strcmp(tag->attributes[i].name, name) == 0)
            return &tag->attributes[i];
    }
    return NULL;
}

bool sb_markup_is(const sb_markup_attribute *attribute, const char *value)
{
    return attribute && attribute->length == strlen(value) &&
           strncasecmp(attribute->value, value, attribute->length) == 0;
}
