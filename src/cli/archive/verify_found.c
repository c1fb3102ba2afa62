#include "cli/archive/archive.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include "soundbite/media.h"
#include "soundbite/option.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The matches of one episode, in the order of their ranks. */
typedef struct episode_matches {
    const sb_archive_match **items;
    cli_found_check **checks;
    size_t n;
} episode_matches;

static bool collect(episode_matches *out, const sb_archive_matches *matches, cli_found_check *checks,
                    size_t first, size_t end)
{
    *out = (episode_matches){calloc(matches->n_items, sizeof *out->items),
                             calloc(matches->n_items, sizeof *out->checks), 0};
    for (size_t i = first; out->items && out->checks && i < end; i++)
        if (matches->items[i].episode == matches->items[first].episode) {
            out->items[out->n] = &matches->items[i];
            out->checks[out->n++] = &checks[i];
        }
    return out->items && out->checks;
}

static bool set_reason(const episode_matches *m, const sb_error *reason)
{
    bool ok = true;
    char text[2 * sizeof reason->message];
    sb_error_print(text, sizeof text, reason);
    for (size_t i = 0; i < m->n; i++) {
        free(m->checks[i]->why);
        m->checks[i]->why = sb_copy_text(text, &ok);
    }
    return ok;
}

/* Returns false if the episode was replaced since the search. */
static bool find_words(sb_word_span *out, const sb_alignment *a, const sb_archive_match *match)
{
    if (!sb_alignment_find_word(&out->first_turn, &out->first_word, a, match->first_word) ||
        !sb_alignment_find_word(&out->last_turn, &out->last_word, a, match->first_word + match->n_words - 1))
        return false;
    const char *first = a->turns[out->first_turn].words[out->first_word].text;
    return !strncmp(match->text, first, strlen(first));
}

/* What is spelled as in the text of the search is not compared with it. */
static bool is_spelled_so(const char *one, const char *other)
{
    char *x = sb_fold(one), *y = sb_fold(other);
    bool same = x && y && sb_word_same_core(x, y);
    free(x);
    free(y);
    return same;
}

/* Listens at all places together. The results are in the order of the matches that have a place. */
static sb_status listen(cli_context *context, sb_alignment *alignment, const char *text,
                        const episode_matches *m, sb_error *err)
{
    size_t n = 0;
    sb_media_params media = {.monitor = &context->monitor};
    sb_align_params params = {.monitor = &context->monitor};
    sb_heard_text *texts = calloc(m->n, sizeof *texts);
    cli_found_check **checks = calloc(m->n, sizeof(cli_found_check *));
    bool ok = texts && checks;
    for (size_t i = 0; ok && i < m->n; i++) {
        const sb_archive_match *match = m->items[i];
        bool by_sound = match->how == SB_MATCH_SOUND && !is_spelled_so(match->text, text);
        if (find_words(&texts[n].words, alignment, match)) {
            texts[n].text = by_sound ? text : NULL;
            checks[n++] = m->checks[i];
        } else {
            m->checks[i]->why = sb_copy_text("the place of the words is not known", &ok);
        }
    }
    if (!ok)
        sb_error_memory(err, "listening");
    else if (n && !sb_alignment_hear_texts(alignment, m->items[0]->audio, &media, &params, texts, n, err))
        for (size_t i = 0; i < n; i++) {
            checks[i]->hearing = texts[i].hearing;
            checks[i]->was_compared = texts[i].text && texts[i].hearing;
            checks[i]->advantage = texts[i].advantage;
            checks[i]->fit = texts[i].fit;
            if (texts[i].why && !(checks[i]->why = sb_copy_text(texts[i].why, NULL)))
                sb_error_memory(err, "listening");
        }
    free(checks);
    free(texts);
    return err->status;
}

static sb_status check_audio(cli_context *context, const sb_alignment *alignment, const char *path,
                             sb_error *err)
{
    char packets[SB_SHA256_TEXT];
    sb_media_params media = {.monitor = &context->monitor};
    if (access(path, F_OK) && errno == ENOENT)
        return sb_error_set(err, SB_ERR_IO, "the audio is not there");
    if (!*alignment->audio.packets)
        return sb_error_set(err, SB_ERR_FORMAT, "the archive does not say which audio was aligned");
    if (sb_media_packets(packets, path, &media, err))
        return err->status;
    return strcmp(packets, alignment->audio.packets)
               ? sb_error_set(err, SB_ERR_MISMATCH, "the audio has changed since it was aligned")
               : SB_OK;
}

/* What one file does not allow is no reason to stop. */
static sb_status verify_episode(cli_context *context, sb_archive *archive, const char *text,
                                const episode_matches *m, sb_error *err)
{
    sb_error reason = {0};
    sb_alignment *alignment = NULL;
    bool ok = true;
    if (!sb_archive_get(&alignment, archive, m->items[0]->episode, &reason) &&
        !check_audio(context, alignment, m->items[0]->audio, &reason))
        listen(context, alignment, text, m, &reason);
    sb_alignment_free(&alignment);
    if (reason.status == SB_ERR_INTERRUPTED || reason.status == SB_ERR_MEMORY)
        *err = reason;
    else if (reason.status)
        ok = set_reason(m, &reason);
    if (!ok)
        sb_error_memory(err, "listening");
    return err->status;
}

/* Verifies the matches [from, end), the episodes one after the other. */
static sb_status verify_episodes(cli_found_check *checks, cli_context *context, sb_archive *archive,
                                 const sb_archive_matches *matches, size_t from, size_t end, const char *text,
                                 sb_error *err)
{
    for (size_t i = from; i < end && !err->status; i++) {
        episode_matches m;
        bool is_first = true;
        for (size_t k = from; k < i && is_first; k++)
            is_first = matches->items[k].episode != matches->items[i].episode;
        if (!is_first)
            continue;
        if (collect(&m, matches, checks, i, end))
            verify_episode(context, archive, text, &m, err);
        else
            sb_error_memory(err, "listening");
        free(m.items);
        free(m.checks);
    }
    cli_progress_clear(&context->progress);
    return err->status;
}

/* Those that were heard come first. */
static void put_in_order(cli_found_checks *out, size_t limit)
{
    for (int others = 0; others < 2; others++)
        for (size_t i = 0; i < out->n_items; i++)
            if (out->items[i].hearing != SB_HEARING_NOT_HEARD &&
                (out->items[i].hearing != SB_HEARING_HEARD) == others)
                out->order[out->n++] = i;
    out->n = sb_least_size(out->n, limit);
    for (size_t i = 0; i < out->n; i++) {
        sb_hearing hearing = out->items[out->order[i]].hearing;
        out->n_heard += hearing == SB_HEARING_HEARD;
        out->n_unknown += hearing == SB_HEARING_UNKNOWN;
    }
}

sb_status cli_found_verify(cli_found_checks *out, cli_context *context, sb_archive *archive,
                           const sb_archive_matches *matches, const char *text, size_t limit, sb_error *err)
{
    size_t n_heard = 0;
    *out = (cli_found_checks){.items = calloc(matches->n_items + 1, sizeof *out->items),
                              .order = calloc(matches->n_items + 1, sizeof *out->order)};
    if (!out->items || !out->order)
        return sb_error_memory(err, "listening");
    /* Each round opens the audio of its episodes, so even the last is not smaller. */
    while (out->n_items < matches->n_items && n_heard < limit && !err->status) {
        size_t from = out->n_items;
        out->n_items = sb_least_size(matches->n_items, from + limit);
        verify_episodes(out->items, context, archive, matches, from, out->n_items, text, err);
        for (size_t i = from; i < out->n_items; i++) {
            n_heard += out->items[i].hearing == SB_HEARING_HEARD;
            out->n_not_heard += out->items[i].hearing == SB_HEARING_NOT_HEARD;
        }
    }
    if (!err->status)
        put_in_order(out, limit);
    return err->status;
}

void cli_found_checks_finish(cli_found_checks *checks)
{
    for (size_t i = 0; checks->items && i < checks->n_items; i++)
        free(checks->items[i].why);
    free(checks->items);
    free(checks->order);
    *checks = (cli_found_checks){0};
}
