#include "align/probe/probe.h"

#include "base/run/run.h"

#include <stdlib.h>

#define SAYABLE_SHARE 0.5 /* of the words, at least */

void sb_text_probe_free(sb_text_probe **probe)
{
    if (!*probe)
        return;
    sb_phone_text_finish(&(*probe)->text);
    sb_phone_text_finish(&(*probe)->decoy);
    sb_text_words_finish(&(*probe)->words);
    sb_alignment_free(&(*probe)->alignment);
    free(*probe);
    *probe = NULL;
}

static sb_status check_words(const sb_text_words *words, const char *path, sb_error *err)
{
    if (words->n_words == 0)
        return sb_error_set_at(err, SB_ERR_ARGUMENT, path, 0, 0, "has no words");
    if ((double)words->n_sayable < SAYABLE_SHARE * (double)words->n_words)
        return sb_error_set_at(
            err, SB_ERR_UNSUPPORTED, path, 0, 0,
            "is in a language without pronunciations, so it cannot be compared with audio");
    return SB_OK;
}

sb_status sb_text_probe_create(sb_text_probe **out, const sb_transcript *transcript,
                               const sb_acoustic_model *model, const sb_dictionary *dictionary, sb_error *err)
{
    *out = NULL;
    sb_text_probe *probe = calloc(1, sizeof *probe);
    if (!probe)
        return sb_error_memory(err, "comparing audio and transcripts");
    sb_status status = sb_alignment_from_transcript(&probe->alignment, transcript, err);
    if (status == SB_OK)
        status = sb_turn_languages_set(probe->alignment, NULL, err);
    if (status == SB_OK)
        status = sb_text_words_make(&probe->words, probe->alignment, model, dictionary, err);
    if (status == SB_OK)
        status = check_words(&probe->words, transcript->path, err);
    if (status == SB_OK && (!sb_phone_text_make(&probe->text, &probe->words.lexicon) ||
                            !sb_phone_decoy_make(&probe->decoy, &probe->words.lexicon)))
        status = sb_error_memory(err, "comparing audio and transcripts");
    if (status != SB_OK)
        sb_text_probe_free(&probe);
    *out = probe;
    return status;
}
