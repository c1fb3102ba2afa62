#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "export/captions/captions.h"
#include "export/writers/writers.h"

bool sb_source_is(const sb_alignment *alignment, const char *format)
{
    return alignment->transcript.source && alignment->transcript.format &&
           strcmp(alignment->transcript.format, format) == 0;
}

static bool begins_with(const sb_alignment *alignment, const char *mark)
{
    static const char bom[] = "\xef\xbb\xbf";
    const char *text = alignment->transcript.source;
    text += strncmp(text, bom, sizeof bom - 1) ? 0 : sizeof bom - 1;
    text += strspn(text, " \t\r\n");
    return !strncmp(text, mark, strlen(mark));
}

/* The alignment stores the source as UTF-8. The output uses the original encoding. */
static sb_status restore_encoding(sb_transcript *transcript, const sb_alignment *alignment, sb_error *err)
{
    if (!alignment->transcript.encoding)
        return SB_OK;
    char *encoding = sb_copy_text(alignment->transcript.encoding, NULL);
    if (!encoding)
        return sb_error_memory(err, "exporting");
    free(transcript->encoding);
    transcript->encoding = encoding;
    return SB_OK;
}

/* Reads the transcript, and finds the rows of each of its turns: turn i has rows firsts[i] ... firsts[i + 1]
 * - 1. */
static sb_status read_source(sb_transcript **out, size_t **firsts, const sb_alignment *alignment,
                             sb_error *err)
{
    bool ok = true;
    *out = NULL;
    *firsts = NULL;
    if (!alignment->transcript.source)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the alignment does not contain its transcript; make the alignment again");
    sb_transcript_params params = {alignment->transcript.path, alignment->transcript.format};
    sb_transcript *transcript = NULL;
    sb_status status = sb_transcript_read(&transcript, alignment->transcript.source,
                                          alignment->transcript.source_size, &params, NULL, err);
    if (status == SB_OK)
        status = restore_encoding(transcript, alignment, err);
    if (status == SB_OK && !(*firsts = sb_source_rows_find(transcript, alignment, &ok)))
        status =
            !ok ? sb_error_memory(err, "exporting")
                : sb_error_set(
                      err, SB_ERR_FORMAT,
                      "the alignment has %zu turns, but its transcript has %zu; make the alignment again",
                      alignment->n_turns, transcript->n_turns);
    if (status != SB_OK)
        sb_transcript_free(&transcript);
    *out = transcript;
    return status;
}

sb_status sb_source_read(sb_transcript **out, const sb_alignment *alignment, sb_error *err)
{
    size_t *firsts;
    sb_status status = read_source(out, &firsts, alignment, err);
    if (status == SB_OK && (*out)->n_turns != alignment->n_turns &&
        !sb_source_rows_split(*out, alignment, firsts))
        status = sb_error_memory(err, "exporting");
    if (status != SB_OK)
        sb_transcript_free(out);
    free(firsts);
    return status;
}

/* The timestamp of a turn that was not heard stays as it is, unless it would be before the turn before it or
 * after the next one that was heard. Captions, whose times must ascend, have an estimate there. */
static void keep_unheard(sb_time *stamps, sb_notes *notes, const sb_transcript *transcript,
                         const sb_alignment *alignment)
{
    sb_time before = 0;
    size_t next = 0; /* the next turn that was heard */
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const sb_turn *turn = &transcript->turns[i];
        while (next < alignment->n_turns &&
               (next <= i || alignment->turns[next].start == SB_TIME_NONE || stamps[next] == SB_TIME_NONE))
            next++;
        sb_time after = next < alignment->n_turns ? stamps[next] : INT64_MAX;
        bool unheard = alignment->turns[i].start == SB_TIME_NONE && turn->stamp != SB_TIME_NONE;
        bool keeps = unheard && turn->stop_range.length == 0 && turn->stamp >= before && turn->stamp <= after;
        if (unheard)
            sb_notes_add(notes, alignment->transcript.path, turn->line, 0, "%s; check it against the audio",
                         keeps ? "this turn was not heard and keeps its timestamp"
                               : "this turn was not heard; its time is estimated from its neighbours");
        if (keeps)
            stamps[i] = SB_TIME_NONE;
        before = keeps ? turn->stamp : stamps[i] != SB_TIME_NONE ? stamps[i] : before;
    }
}

/* Times that other times in the file depend on, as in a TextGrid, are not rewritten. */
static void note_unwritable(sb_notes *notes, const sb_transcript *transcript, const sb_alignment *alignment)
{
    size_t n = 0, first = 0;
    for (size_t i = 0; i < transcript->n_turns; i++) {
        const sb_turn *turn = &transcript->turns[i];
        if (turn->stamp == SB_TIME_NONE || turn->stamp_range.length > 0)
            continue;
        first = n++ ? first : i;
    }
    if (n > 0)
        sb_notes_add(notes, alignment->transcript.path, transcript->turns[first].line, 0,
                     "%zu time%s cannot be corrected in a file of the format '%s'; write another format", n,
                     n == 1 ? "" : "s", alignment->transcript.format);
}

/* Makes the new times of the turns, `n` starts and then `n` ends, from rows that are joined to the
 * transcript's turns. */
static sb_status make_times(sb_time *stamps, const sb_transcript *transcript, const sb_alignment *alignment,
                            const size_t *firsts, sb_notes *notes, sb_error *err)
{
    sb_whole_turns turns = {0};
    size_t n = transcript->n_turns;
    for (size_t i = 0; i < 2 * n; i++)
        stamps[i] = SB_TIME_NONE;
    if (alignment->method == SB_METHOD_NONE)
        return SB_OK;
    sb_status status = sb_source_rows_join(&turns, alignment, firsts, n, err);
    if (status == SB_OK)
        status = sb_cue_order_make(stamps, stamps + n, transcript, &turns.alignment, err);
    if (status == SB_OK)
        keep_unheard(stamps, notes, transcript, &turns.alignment);
    if (status == SB_OK)
        note_unwritable(notes, transcript, alignment);
    sb_whole_turns_finish(&turns);
    return status;
}

static sb_status write_source(sb_bytes *out, const sb_transcript *transcript, const sb_alignment *alignment,
                              const size_t *firsts, sb_notes *notes, sb_error *err)
{
    sb_bytes text = {0};
    sb_time *stamps = calloc(2 * transcript->n_turns + 1, sizeof *stamps);
    sb_status status = stamps ? make_times(stamps, transcript, alignment, firsts, notes, err)
                              : sb_error_memory(err, "exporting");
    if (status == SB_OK && alignment->transcript.container)
        sb_notes_add(notes, alignment->transcript.path, 0, 0,
                     "the transcript was a %s document; its text is written, without the document's layout",
                     alignment->transcript.container);
    if (status == SB_OK)
        status = sb_transcript_restamp(&text, transcript, stamps, stamps + transcript->n_turns, err);
    if (status == SB_OK)
        sb_bytes_append(out, text.data, text.size);
    sb_bytes_finish(&text);
    free(stamps);
    return status;
}

sb_status sb_source_write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_transcript *transcript = NULL;
    size_t *firsts;
    sb_status status = read_source(&transcript, &firsts, alignment, err);
    if (status == SB_OK)
        status = write_source(out, transcript, alignment, firsts, notes, err);
    free(firsts);
    sb_transcript_free(&transcript);
    return status;
}

/* Returns true if no speaker was renamed. */
static bool has_its_names(const sb_alignment *alignment, const sb_transcript *transcript)
{
    bool same = alignment->n_turns == transcript->n_turns;
    for (size_t i = 0; same && i < alignment->n_turns; i++)
        same = sb_same_text(alignment->turns[i].speaker, transcript->turns[i].speaker);
    return same;
}

sb_status sb_source_write_proper(bool *is_written, sb_bytes *out, const sb_alignment *alignment,
                                 const char *format, const char *mark, sb_notes *notes, sb_error *err)
{
    const char *encoding = alignment->transcript.encoding;
    sb_transcript *transcript = NULL;
    size_t *firsts;
    *is_written = false;
    if (!sb_source_is(alignment, format) || (mark && encoding && strncmp(encoding, "utf-8", 5)) ||
        (mark && !begins_with(alignment, mark)))
        return SB_OK;
    sb_status status = read_source(&transcript, &firsts, alignment, err);
    *is_written = status == SB_OK && !transcript->is_broken && has_its_names(alignment, transcript);
    if (*is_written)
        status = write_source(out, transcript, alignment, firsts, notes, err);
    free(firsts);
    sb_transcript_free(&transcript);
    return status;
}

static bool has_unsaid_words(const sb_alignment *alignment, size_t turn)
{
    const sb_aligned_turn *t = &alignment->turns[turn];
    for (size_t w = 0; w < t->n_words; w++)
        if (sb_caption_leaves_out(alignment, &t->words[w]))
            return true;
    return false;
}

static void note_turns_left_out(sb_notes *notes, const sb_alignment *alignment, bool unsaid_too)
{
    size_t n_words = 0, n_turns = 0, first = 0;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        if (alignment->turns[i].start != SB_TIME_NONE || (!unsaid_too && has_unsaid_words(alignment, i)))
            continue;
        first = n_turns++ ? first : i;
        n_words += alignment->turns[i].n_words;
    }
    if (n_turns > 0)
        sb_notes_add(
            notes, alignment->transcript.path, 0, 0,
            "no time for %zu turn%s (%zu word%s), the first is turn %zu; left out here, but kept by the "
            "formats 'text' and 'json'",
            n_turns, n_turns == 1 ? "" : "s", n_words, n_words == 1 ? "" : "s", first + 1);
}

void sb_note_left_out(sb_notes *notes, const sb_alignment *alignment)
{
    note_turns_left_out(notes, alignment, true);
}

void sb_note_captions_left_out(sb_notes *notes, const sb_alignment *alignment)
{
    for (size_t i = 0; i < alignment->n_turns; i++) {
        if (!has_unsaid_words(alignment, i))
            continue;
        const sb_caption_span turn = {.first_turn = i, .last_turn = i, .last_word = SIZE_MAX};
        sb_bytes words = {0};
        sb_captions_append_unheard(&words, alignment, &turn);
        sb_notes_add(notes, alignment->transcript.path, 0, 0,
                     "turn %zu: not heard in the audio, and left out: %s; compare the audio with the text",
                     i + 1, words.failed ? "some words" : words.data);
        sb_bytes_finish(&words);
    }
    note_turns_left_out(notes, alignment, false);
}
