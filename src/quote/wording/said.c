#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "quote/wording/wording.h"

static sb_proof evidence_of(const sb_alignment *alignment)
{
    if (alignment->pairing == SB_PAIRING_MISMATCH)
        return SB_PROOF_AGAINST;
    if (alignment->pairing == SB_PAIRING_UNSURE)
        return SB_PROOF_UNSURE;
    return alignment->method == SB_METHOD_ACOUSTIC ? SB_PROOF_WORDS : SB_PROOF_NONE;
}

static bool word_heard(const sb_runs *runs, size_t word)
{
    return word < runs->n_words && sb_runs_word(runs, word)->status != SB_WORD_NOT_HEARD &&
           evidence_of(runs->alignment) != SB_PROOF_AGAINST;
}

static bool is_heard(const sb_runs *runs, const sb_unit *unit)
{
    for (size_t w = unit->first_word; w <= unit->last_word; w++)
        if (word_heard(runs, w))
            return true;
    return false;
}

static bool is_proven(const sb_runs *runs, const sb_unit *unit)
{
    for (size_t w = unit->first_word; w <= unit->last_word; w++)
        if (sb_runs_word(runs, w)->status == SB_WORD_ALIGNED)
            return evidence_of(runs->alignment) == SB_PROOF_WORDS;
    return false;
}

static bool is_alone(const sb_runs *runs, const sb_unit *unit)
{
    size_t first = unit->first_word;
    return first == unit->last_word && first > 0 && word_heard(runs, first - 1) &&
           word_heard(runs, first + 1);
}

static bool add_said_run(sb_said *out, const sb_units *units, const sb_runs *runs, size_t run)
{
    for (size_t i = 0; i < units->n_items; i++) {
        if (!sb_grow(&out->units, out->n_units, &out->capacity, sizeof *out->units))
            return false;
        const sb_unit *unit = &units->items[i];
        out->units[out->n_units++] = (sb_said_unit){.unit = *unit,
                                                    .run = run,
                                                    .heard = is_heard(runs, unit),
                                                    .proven = is_proven(runs, unit),
                                                    .alone = is_alone(runs, unit)};
    }
    return true;
}

sb_status sb_said_init(sb_said *out, const sb_phrase_text *text, const sb_pattern *pattern, sb_error *err)
{
    sb_units units = {0};
    sb_status status = SB_OK;
    *out = (sb_said){.evidence = evidence_of(text->runs->alignment)};
    for (size_t run = 0; !status && run < text->runs->n_items; run++) {
        status = sb_units_make(&units, text, run, pattern, err);
        if (!status && !add_said_run(out, &units, text->runs, run))
            status = sb_error_memory(err, "verifying quotations");
    }
    sb_units_finish(&units);
    if (status)
        sb_said_finish(out);
    return status;
}

void sb_said_finish(sb_said *said)
{
    free(said->units);
    *said = (sb_said){0};
}
