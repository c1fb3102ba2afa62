#include "cli/verify/verify.h"

#include "base/run/run.h"
#include "cli/args/args.h"
#include "cli/term/term.h"

#include "soundbite/align.h"
#include "soundbite/media.h"
#include "soundbite/option.h"

#include <stdlib.h>

static size_t list_places(sb_word_span *out, const sb_verification *verified, size_t n)
{
    size_t n_spans = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < verified[i].n_places && verified[i].verdict < SB_QUOTE_NOT_HEARD; p++) {
            const sb_match *match = &verified[i].places[p].match;
            if (out)
                out[n_spans] =
                    (sb_word_span){match->first_turn, match->first_word, match->last_turn, match->last_word};
            n_spans++;
        }
    return n_spans;
}

static sb_status hear_quoted(cli_context *context, const char *audio_path, sb_alignment *alignment,
                             const sb_word_span *spans, size_t n_spans, sb_error *err)
{
    sb_media_params media = {.monitor = &context->monitor};
    sb_align_params params = {.monitor = &context->monitor, .dictionary = context->tuning.dictionary};
    sb_option_targets options = {.media = &media, .align = &params};
    sb_status status = cli_arguments_store(context->args, &options, err);
    if (!status)
        status = sb_alignment_hear_again(alignment, audio_path, &media, &params, spans, n_spans, err);
    sb_option_targets_finish(&options);
    cli_progress_clear(&context->progress);
    return status;
}

sb_status cli_quotes_hear_again(cli_context *context, const char *audio_path, sb_alignment *alignment,
                                const sb_verification *verified, size_t n, sb_error *err)
{
    size_t n_spans = list_places(NULL, verified, n);
    if (!audio_path || n_spans == 0)
        return SB_OK;
    sb_word_span *spans = calloc(n_spans, sizeof *spans);
    if (!spans)
        return sb_error_memory(err, "verifying quotations");
    list_places(spans, verified, n);
    sb_status status = hear_quoted(context, audio_path, alignment, spans, n_spans, err);
    free(spans);
    return status;
}
