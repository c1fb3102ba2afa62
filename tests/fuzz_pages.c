/* Makes the web pages with any text as names, words and titles. The data that a page embeds is JSON, and no
 * text adds an element or ends one: a page has as many scripts as with harmless text. */
#include <strings.h>

#include "base/json/json.h"
#include "fuzz.h"
#include "soundbite/clip_page.h"
#include "soundbite/drift.h"
#include "soundbite/quote_page.h"

static size_t count(const sb_bytes *page, const char *what)
{
    size_t n = 0, length = strlen(what);
    for (size_t i = 0; i + length <= page->size; i++)
        n += strncasecmp(page->data + i, what, length) == 0;
    return n;
}

/* Nothing after the first NUL would be seen. */
static void check_page(const sb_bytes *page, size_t n_scripts)
{
    require(!page->failed && !memchr(page->data, 0, page->size));
    require(count(page, "<script") == n_scripts && count(page, "</script") == n_scripts);
    require(count(page, "<title>") == 1 && count(page, "</title>") == 1 && count(page, "</body>") == 1);
}

static void check_embedded_data(const sb_bytes *page)
{
    static const char begin[] = "<script type=\"application/json\" id=\"data\">";
    const char *data = strstr(page->data, begin);
    sb_json_doc *doc = NULL;
    require(data != NULL);
    data += sizeof begin - 1;
    size_t size = (size_t)(strstr(data, "</script>") - data);
    require(sb_json_read(&doc, data, size, NULL, NULL) == SB_OK);
    require(sb_json_is_object(sb_json_root(doc)) && !memchr(data, '<', size));
    sb_json_free(&doc);
}

static void check_report(char *const *texts)
{
    sb_aligned_word words[] = {{.text = texts[0], .end = SB_TIME_SECOND, .confidence = 1},
                               {.text = texts[1], .start = SB_TIME_SECOND, .end = 2 * SB_TIME_SECOND}};
    sb_event event = {texts[2], 1};
    sb_aligned_turn turns[] = {{.speaker = texts[3],
                                .end = 2 * SB_TIME_SECOND,
                                .words = words,
                                .n_words = 2,
                                .events = &event,
                                .n_events = 1},
                               {.speaker = texts[2],
                                .stamp = SB_TIME_SECOND,
                                .end = 2 * SB_TIME_SECOND,
                                .words = words,
                                .n_words = 2}};
    sb_alignment alignment = {
        .method = SB_METHOD_ENERGY, .turns = turns, .n_turns = 2, .method_note = texts[0]};
    sb_drift *drift = NULL;
    sb_bytes page = {0};
    alignment.audio.path = texts[1];
    alignment.audio.duration = 3 * SB_TIME_SECOND;
    alignment.transcript.path = texts[2];
    alignment.transcript.title = texts[3];
    alignment.transcript.language = texts[0];
    require(sb_drift_measure(&drift, &alignment, NULL, NULL) == SB_OK);
    sb_drift_write_html(&page, drift, &alignment);
    check_page(&page, 2);
    check_embedded_data(&page);
    sb_drift_free(&drift);
    sb_bytes_finish(&page);
}

static void check_clips(char *const *texts)
{
    sb_clip_result result = {.file = texts[0],
                             .id = texts[1],
                             .text = texts[2],
                             .speaker = texts[3],
                             .warnings = (char **)texts,
                             .n_warnings = 2,
                             .captions = (char **)texts,
                             .n_captions = 2};
    const sb_clip_page_item item = {&result, texts[0], texts[3]};
    sb_bytes page = {0};
    sb_clip_page_write_html(&page, &item, 1, texts[1]);
    check_page(&page, 1);
    sb_bytes_finish(&page);
}

static void check_quotes(char *const *texts)
{
    sb_diff diffs[] = {
        {.kind = SB_DIFF_CHANGED, .quoted = texts[0], .said = texts[1], .n_quoted = 1, .n_said = 1},
        {.kind = SB_DIFF_LEFT_OUT, .said = texts[2], .n_said = 1}};
    sb_quote_place place = {.match = {.speaker = texts[3], .text = texts[0]},
                            .diffs = diffs,
                            .n_diffs = 2,
                            .doubted = texts[2],
                            .before = texts[1],
                            .after = texts[3]};
    const sb_claim claim = {.quote = texts[0], .speaker = texts[1], .id = texts[2], .source = texts[3]};
    const sb_verification result = {.verdict = SB_QUOTE_ALTERED, .places = &place, .n_places = 1};
    const sb_quote_page_item item = {.claim = &claim, .result = &result};
    sb_bytes page = {0};
    sb_quote_page_write_html(&page, &item, 1, texts[2], texts[3]);
    check_page(&page, 1);
    sb_bytes_finish(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    char *texts[4];
    for (size_t i = 0; i < 4; i++)
        texts[i] = fuzz_take_line(&bytes);
    check_report(texts);
    check_clips(texts);
    check_quotes(texts);
    for (size_t i = 0; i < 4; i++)
        free(texts[i]);
    return 0;
}
