#include "align/probe/probe.h"

#include "base/run/run.h"

#include <stdlib.h>

#define FIRST_LOOK 4 /* windows; if none has any evidence, the others are not searched */
#define STRIDE     5 /* the windows of the first look are far apart */

static bool keep_match(sb_window_match *out, const sb_phone_match *match, const probe_window *window)
{
    const sb_time row = SB_MATCH_STEP * (SB_TIME_SECOND / SB_CEPSTRA_RATE);
    *out = (sb_window_match){.evidence = match->score - match->chance,
                             .n_words = match->n_words,
                             .words = malloc((match->n_words + 1) * sizeof *out->words)};
    for (size_t i = 0; out->words && i < match->n_words; i++)
        out->words[i] = (sb_anchor){
            match->words[i].word,
            {window->start + match->words[i].start * row, window->start + match->words[i].end * row}};
    return out->words != NULL;
}

/* The matches of the windows in the order of the sound. */
typedef struct probe_matches {
    sb_window_match *of_window; /* without words: none */
    const sb_window_match **found;
    size_t n_found, n_searched;
} probe_matches;

static bool search_windows(probe_matches *m, const sb_audio_probe *audio, const sb_text_probe *text)
{
    sb_phone_match match = {0};
    bool ok = true;
    size_t n = audio->n_windows, step = n % STRIDE ? STRIDE : 1, n_heard = 0;
    for (size_t i = 0; i < n && ok && (i < FIRST_LOOK || n_heard); i++) {
        size_t at = i * step % n;
        const probe_window *window = &audio->windows[at];
        ok = sb_phone_match_find(&match, &text->text, &text->decoy,
                                 (const float(*)[SB_MODEL_PHONES])window->scores, window->n_rows);
        m->n_searched++;
        if (!ok || match.n_words == 0 || match.score <= match.chance)
            continue;
        ok = keep_match(&m->of_window[at], &match, window);
        n_heard++;
    }
    sb_phone_match_finish(&match);
    for (size_t i = 0; i < n; i++)
        if (m->of_window[i].n_words)
            m->found[m->n_found++] = &m->of_window[i];
    return ok;
}

static void judge(sb_probe_result *out, const sb_anchors *chain, const sb_text_probe *text)
{
    const sb_evidence nothing_else = {0};
    const sb_pairing_facts facts = {.anchors = chain,
                                    .evidence = &nothing_else,
                                    .n_words = text->words.n_words,
                                    .n_sayable = text->words.n_sayable};
    *out = (sb_probe_result){.pairing = sb_pairing_judge(&facts),
                             .evidence = chain->evidence > 0 ? chain->evidence : 0,
                             .n_windows = chain->n_windows,
                             .n_found = chain->n_found};
}

sb_status sb_probe_compare(sb_probe_result *out, const sb_audio_probe *audio, const sb_text_probe *text,
                           sb_error *err)
{
    probe_matches m = {.of_window = calloc(audio->n_windows + 1, sizeof *m.of_window),
                       .found = calloc(audio->n_windows + 1, sizeof *m.found)};
    sb_anchors chain = {0};
    const sb_chain_prior prior = {0};
    bool ok = m.of_window && m.found && search_windows(&m, audio, text) &&
              sb_match_chain(&chain, m.found, m.n_found, &prior);
    chain.n_windows = m.n_searched;
    *out = (sb_probe_result){0};
    if (ok)
        judge(out, &chain, text);
    sb_anchors_finish(&chain);
    for (size_t i = 0; m.of_window && i < audio->n_windows; i++)
        free(m.of_window[i].words);
    free(m.of_window);
    free(m.found);
    return ok ? SB_OK : sb_error_memory(err, "comparing audio and transcripts");
}
