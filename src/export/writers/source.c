#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "export/captions/captions.h"
#include "export/writers/writers.h"

static sb_status out_of_memory(sb_error *err)
{
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

bool sb_source_is(const sb_alignment *alignment, const char *format)
{
    return alignment->transcript.source && alignment->transcript.format &&
           strcmp(alignment->transcript.format, format) == 0;
}

bool sb_source_is_proper(const sb_alignment *alignment, const char *format, const char *mark)
{
    static const char bom[] = "\xef\xbb\xbf";
    const char *encoding = alignment->transcript.encoding, *text = alignment->transcript.source;
    if (!sb_source_is(alignment, format) || (encoding && strncmp(encoding, "utf-8", 5)))
        return false;
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
        return out_of_memory(err);
    free(transcript->encoding);
    transcript->encoding = encoding;
    return SB_OK;
}

/* Moves words first ... end - 1 of a turn, and the events before them, to a turn of their own. */
static bool move_words(sb_turn *to, sb_turn *from, size_t first, size_t end)
{
    size_t n_kept = 0;
    *to = (sb_turn){.stamp = SB_TIME_NONE, .stop = SB_TIME_NONE, .line = from->line};
    to->words = malloc((end - first) * sizeof *to->words);
    to->events = from->n_events ? malloc(from->n_events * sizeof *to->events) : NULL;
    if (!to->words || (from->n_events && !to->events))
        return false;
    to->n_words = end - first;
    memcpy(to->words, from->words + first, to->n_words * sizeof *to->words);
    for (size_t i = 0; i < from->n_events; i++) {
        sb_event event = from->events[i];
        if (event.before_word < first) {
            from->events[n_kept++] = event;
        } else {
            event.before_word -= first;
            to->events[to->n_events++] = event;
        }
    }
    from->n_events = n_kept;
    from->n_words = first;
    return true;
}

/* Splits a turn into `n` parts, as long as the rows. It keeps its start; the last part has its end. */
static bool split_turn(sb_turn *parts, size_t n, const sb_aligned_turn *rows)
{
    size_t end = parts[0].n_words;
    for (size_t i = n - 1; i > 0; i--) {
        size_t first = end - rows[i].n_words;
        if (!move_words(&parts[i], &parts[0], first, end))
            return false;
        end = first;
    }
    parts[n - 1].stop_range = parts[0].stop_range;
    parts[0].stop_range.length = 0;
    parts[0].stop = SB_TIME_NONE;
    return true;
}

/* Returns how many rows have the words of a turn; 0 if none do. */
static size_t rows_of_turn(const sb_turn *turn, const sb_aligned_turn *rows, size_t n_rows)
{
    size_t n = n_rows > 0, n_words = n ? rows[0].n_words : 0;
    while (n < n_rows && n_words < turn->n_words && rows[n].n_words > 0)
        n_words += rows[n++].n_words;
    return n_words == turn->n_words ? n : 0;
}

/* Splits the turns that the alignment has as several rows, because several people speak in them. Returns false with
 * `*ok` if the rows are not those of the transcript. */
static bool split_turns(sb_transcript *t, const sb_alignment *alignment, bool *ok)
{
    sb_turn *turns = calloc(alignment->n_turns + 1, sizeof *turns);
    size_t *firsts = calloc(t->n_turns + 1, sizeof *firsts), row = 0, done = 0;
    *ok = turns && firsts;
    for (; *ok && done < t->n_turns; done++) {
        size_t n = rows_of_turn(&t->turns[done], &alignment->turns[row], alignment->n_turns - row);
        if (n == 0)
            break;
        firsts[done] = row;
        row += n;
    }
    bool fits = *ok && done == t->n_turns && row == alignment->n_turns;
    for (size_t i = 0; fits && i < t->n_turns; i++) {
        size_t end = i + 1 < t->n_turns ? firsts[i + 1] : row;
        turns[firsts[i]] = t->turns[i];
        if (end - firsts[i] > 1 && *ok)
            *ok = split_turn(&turns[firsts[i]], end - firsts[i], &alignment->turns[firsts[i]]);
    }
    for (size_t i = 0; fits && i < t->n_inner_times; i++)
        t->inner_times[i].turn = firsts[t->inner_times[i].turn];
    if (fits) {
        free(t->turns);
        t->turns = turns;
        t->n_turns = row;
    } else {
        free(turns);
    }
    free(firsts);
    return fits && *ok;
}

sb_status sb_source_read(sb_transcript **out, const sb_alignment *alignment, sb_error *err)
{
    *out = NULL;
    if (!alignment->transcript.source)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the alignment does not contain its transcript; make the alignment again");
    sb_transcript_params params = {alignment->transcript.path, alignment->transcript.format};
    sb_transcript *transcript = NULL;
    sb_status status = sb_transcript_read(&transcript, alignment->transcript.source,
                                          alignment->transcript.source_size, &params, NULL, err);
    if (status == SB_OK)
        status = restore_encoding(transcript, alignment, err);
    size_t n_turns = status == SB_OK ? transcript->n_turns : 0;
    bool ok = true;
    if (status == SB_OK && n_turns != alignment->n_turns && !split_turns(transcript, alignment, &ok))
        status =
            !ok ? out_of_memory(err)
                : sb_error_set(
                      err, SB_ERR_FORMAT,
                      "the alignment has %zu turns, but its transcript has %zu; make the alignment again",
                      alignment->n_turns, n_turns);
    if (status != SB_OK)
        sb_transcript_free(&transcript);
    *out = transcript;
    return status;
}

bool sb_source_has_names(const sb_alignment *alignment)
{
    sb_transcript *transcript;
    if (sb_source_read(&transcript, alignment, NULL))
        return true; /* writing it gives the error */
    bool same = true;
    for (size_t i = 0; same && i < alignment->n_turns; i++)
        same = sb_same_text(alignment->turns[i].speaker, transcript->turns[i].speaker);
    sb_transcript_free(&transcript);
    return same;
}

static void note_stamps_kept(sb_notes *notes, const sb_transcript *transcript, const sb_alignment *alignment)
{
    for (size_t i = 0; i < alignment->n_turns; i++)
        if (alignment->turns[i].start == SB_TIME_NONE && transcript->turns[i].stamp != SB_TIME_NONE)
            sb_notes_add(notes, alignment->transcript.path, transcript->turns[i].line, 0,
                         "this turn was not heard; its time is estimated from its neighbours; check it "
                         "against the audio");
}

sb_status sb_source_write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_transcript *transcript = NULL;
    sb_status status = sb_source_read(&transcript, alignment, err);
    if (status != SB_OK)
        return status;
    size_t n = alignment->n_turns;
    sb_time *stamps = calloc(2 * n + 1, sizeof *stamps);
    if (!stamps) {
        sb_transcript_free(&transcript);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < 2 * n; i++)
        stamps[i] = SB_TIME_NONE;
    if (alignment->method != SB_METHOD_NONE) {
        status = sb_cue_order_make(stamps, stamps + n, transcript, alignment, err);
        note_stamps_kept(notes, transcript, alignment);
    }
    sb_bytes text = {0};
    if (status == SB_OK)
        status = sb_transcript_restamp(&text, transcript, stamps, stamps + n, err);
    if (status == SB_OK)
        sb_bytes_append(out, text.data, text.size);
    sb_bytes_finish(&text);
    free(stamps);
    sb_transcript_free(&transcript);
    return status;
}

void sb_note_left_out(sb_notes *notes, const sb_alignment *alignment)
{
    size_t n_words = 0, n_turns = 0, first = 0;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        if (alignment->turns[i].start != SB_TIME_NONE)
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
