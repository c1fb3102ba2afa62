#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "drift/measure/measure.h"
#include "transcript/transcript.h"

static char *order_note(sb_time before, sb_time stamp)
{
    char from[SB_TIME_TEXT], to[SB_TIME_TEXT];

    return sb_text_print("The times go backwards here, from %s to %s; a teaser or an ad may have been moved.",
                         sb_drift_print_stamp(from, before), sb_drift_print_stamp(to, stamp));
}

static char *same_second_note(const sb_aligned_turn *before, sb_time stamp)
{
    char at[SB_TIME_TEXT];

    return sb_text_print("Has the same time, %s, as the previous turn (%s); only the audio separates them.",
                         sb_drift_print_stamp(at, stamp), before->speaker ? before->speaker : "no name");
}

static bool share_second(sb_time a, sb_time b, sb_time resolution)
{
    return a == b || (resolution >= SB_TIME_SECOND && a / SB_TIME_SECOND == b / SB_TIME_SECOND);
}

static sb_status find_stamp_suspects(sb_drift *d, const sb_alignment *a, sb_error *err)
{
    const sb_aligned_turn *before = NULL;
    sb_status status = SB_OK;

    for (size_t i = 0; i < a->n_turns && status == SB_OK; i++) {
        const sb_aligned_turn *turn = &a->turns[i];
        if (turn->stamp == SB_TIME_NONE)
            continue;
        if (before && turn->stamp < before->stamp)
            status =
                sb_drift_add_suspect(d, i, SB_SUSPECT_ORDER, order_note(before->stamp, turn->stamp), err);
        else if (before && share_second(turn->stamp, before->stamp, d->resolution))
            status = sb_drift_add_suspect(d, i, SB_SUSPECT_SAME_SECOND, same_second_note(before, turn->stamp),
                                          err);
        before = turn;
    }
    return status;
}

/* Returns true if `tail` can follow "speaker" in a generic label: it is empty, one letter or a number. */
static bool is_label_tail(const char *tail)
{
    tail += strspn(tail, " _-#");
    if (strspn(tail, "0123456789") == strlen(tail))
        return true;
    return tail[0] >= 'a' && tail[0] <= 'z' && tail[1] == '\0';
}

static bool is_generic_name(const char *folded)
{
    static const char *const nobody[] = {"unknown", "unknown speaker", "unidentified", "unidentified speaker",
                                         "speaker unknown"};

    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (!strcmp(folded, nobody[i]))
            return true;
    return !strncmp(folded, "speaker", 7) && is_label_tail(folded + 7);
}

/* Returns false if memory runs out. */
static bool check_generic(const char *speaker, bool *generic)
{
    char *folded = sb_fold(speaker);

    if (!folded)
        return false;
    *generic = is_generic_name(folded);
    free(folded);
    return true;
}

static char *speaker_note(const sb_aligned_turn *turn, const char *where, const sb_aligned_turn *neighbour)
{
    if (!neighbour->speaker)
        return sb_text_print("\"%s\" is a label, not a name, and %s; the speaker may be the same.",
                             turn->speaker, where);
    return sb_text_print("\"%s\" is a label, not a name, and %s (%s); the speaker may be the same.",
                         turn->speaker, where, neighbour->speaker);
}

static bool continues(const sb_aligned_turn *turn, const sb_aligned_turn *before)
{
    if (turn->n_words == 0 || before->n_words == 0)
        return false;
    return !sb_word_ends_sentence(before->words[before->n_words - 1].text) &&
           sb_drift_starts_small(turn->words[0].text);
}

/* A generic label is suspect only beside a named speaker. */
static sb_status judge_label(sb_drift *d, const sb_alignment *a, const bool *generic, size_t i, sb_error *err)
{
    const sb_aligned_turn *turn = &a->turns[i];
    char *note = NULL;

    if (i > 0 && !generic[i - 1] && continues(turn, turn - 1))
        note = speaker_note(turn, "this turn continues the sentence of the previous one", turn - 1);
    else if (i + 1 < a->n_turns && !generic[i + 1] && continues(turn + 1, turn))
        note = speaker_note(turn, "its sentence continues in the next turn", turn + 1);
    else
        return SB_OK;
    return sb_drift_add_suspect(d, i, SB_SUSPECT_SPEAKER, note, err);
}

static sb_status find_speakers(sb_drift *d, const sb_alignment *a, sb_error *err)
{
    bool *generic = calloc(a->n_turns ? a->n_turns : 1, sizeof *generic);
    bool ok = generic;
    sb_status status = SB_OK;

    for (size_t i = 0; i < a->n_turns && ok; i++)
        ok = !a->turns[i].speaker || check_generic(a->turns[i].speaker, &generic[i]);
    if (!ok)
        status = sb_error_memory(err, "looking for suspect turns");
    for (size_t i = 0; i < a->n_turns && status == SB_OK; i++)
        if (generic[i])
            status = judge_label(d, a, generic, i, err);
    if (status == SB_OK)
        status = sb_drift_find_slips(d, a, generic, err);
    free(generic);
    return status;
}

static int compare_suspects(const void *x, const void *y)
{
    const sb_suspect *a = x, *b = y;

    if (a->turn != b->turn)
        return a->turn < b->turn ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

sb_status sb_drift_find_suspects(sb_drift *drift, const sb_alignment *alignment, sb_error *err)
{
    sb_status status = find_stamp_suspects(drift, alignment, err);

    if (status == SB_OK)
        status = sb_drift_find_unheard(drift, alignment, err);
    if (status == SB_OK)
        status = find_speakers(drift, alignment, err);
    if (status == SB_OK)
        status = sb_drift_find_duplicates(drift, alignment, err);
    if (drift->n_suspects > 0)
        qsort(drift->suspects, drift->n_suspects, sizeof *drift->suspects, compare_suspects);
    return status;
}
