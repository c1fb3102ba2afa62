#include "cli/verify/verify.h"

#include "base/run/run.h"
#include "cli/clips/clips.h"
#include "soundbite/quote_page.h"

#include <stdlib.h>

#define CLIP_LIMIT ((size_t)16 << 20)

static void take_audio(sb_quote_page_item *item, sb_bytes *bytes, const char *path)
{
    sb_error ignored = {0};
    if (sb_file_read(bytes, path, CLIP_LIMIT, &ignored))
        return;
    item->audio = bytes->data;
    item->audio_size = bytes->size;
    item->media_type = "audio/mpeg";
}

sb_status cli_quote_page_write(cli_side_file *page, const cli_context *context, const cli_quote_clips *clips,
                               const sb_verification *verified, const sb_claim *claims, size_t n,
                               const char *title, const char *checked, sb_error *err)
{
    sb_bytes html = {0};
    if (!page->path)
        return SB_OK;
    sb_quote_page_item *items = calloc(n + 1, sizeof *items);
    sb_bytes *audio = calloc(n + 1, sizeof *audio);
    bool ok = items && audio;
    for (size_t i = 0; ok && i < n; i++)
        items[i] = (sb_quote_page_item){.claim = &claims[i], .result = &verified[i]};
    for (size_t k = 0; ok && k < clips->n_results; k++)
        if (!clips->results[k].status && clips->results[k].file)
            take_audio(&items[clips->quote_of[k]], &audio[clips->quote_of[k]], clips->results[k].file);
    if (ok)
        sb_quote_page_write_html(&html, items, n, title, checked);
    if (ok)
        cli_side_file_write(page, context, &html, err);
    else
        sb_error_memory(err, "writing the page");
    for (size_t i = 0; audio && i < n; i++)
        sb_bytes_finish(&audio[i]);
    free(audio);
    free(items);
    sb_bytes_finish(&html);
    return err->status;
}
