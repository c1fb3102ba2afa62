#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/names.h"

/* A list that is being made. */
typedef struct speaker_list {
    sb_speakers *out;
    sb_hash_index index;
    const char *name; /* that is looked for */
} speaker_list;

static bool has_same_name(const void *user, size_t item)
{
    const speaker_list *list = user;
    return sb_same_text(list->out->items[item].name, list->name);
}

static bool begin_list(speaker_list *list, sb_speakers *out, size_t n_turns)
{
    *out = (sb_speakers){0};
    *list = (speaker_list){.out = out};
    out->of_turn = calloc(n_turns + 1, sizeof *out->of_turn);
    return out->of_turn && n_turns < UINT32_MAX && sb_hash_index_init(&list->index, n_turns);
}

static bool add_turn_of_speaker(speaker_list *list, size_t turn, const char *name, size_t n_words,
                                bool goes_on)
{
    sb_speakers *out = list->out;
    list->name = name;
    uint32_t *slot =
        sb_hash_index_find(&list->index, sb_hash_text(SB_HASH_SEED, name ? name : ""), has_same_name, list);
    if (!*slot) {
        if (!sb_push_room(&out->items, out->n_items, sizeof *out->items))
            return false;
        out->items[out->n_items++] = (sb_speaker){.name = name, .first_turn = turn};
        *slot = (uint32_t)out->n_items;
    }
    sb_speaker *speaker = &out->items[*slot - 1];
    speaker->n_turns += !goes_on;
    speaker->n_words += n_words;
    out->of_turn[turn] = *slot - 1;
    return true;
}

static sb_status end_list(speaker_list *list, bool ok, sb_error *err)
{
    sb_hash_index_finish(&list->index);
    if (ok)
        return SB_OK;
    sb_speakers_finish(list->out);
    return sb_error_memory(err, "reading names");
}

sb_status sb_speakers_of_transcript(sb_speakers *out, const sb_transcript *transcript, sb_error *err)
{
    speaker_list list;
    bool ok = begin_list(&list, out, transcript->n_turns);
    for (size_t i = 0; ok && i < transcript->n_turns; i++) {
        const sb_turn *turn = &transcript->turns[i];
        ok = add_turn_of_speaker(&list, i, turn->speaker, turn->n_words, turn->goes_on);
    }
    return end_list(&list, ok, err);
}

sb_status sb_speakers_of_alignment(sb_speakers *out, const sb_alignment *alignment, sb_error *err)
{
    speaker_list list;
    bool ok = begin_list(&list, out, alignment->n_turns);
    for (size_t i = 0; ok && i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        ok = add_turn_of_speaker(&list, i, turn->speaker, turn->n_words, turn->goes_on);
    }
    return end_list(&list, ok, err);
}

void sb_speakers_finish(sb_speakers *speakers)
{
    free(speakers->items);
    free(speakers->of_turn);
    *speakers = (sb_speakers){0};
}
