/* Searches with any text: the first byte says as what (phrase, words near each other, sounds, regex, speaker,
 * limits of a passage), the second how much may differ. The result is an error with its reason, or matches
 * that lie in the alignment. */
#include "fuzz.h"
#include "soundbite/quote.h"

static const char script[] =
    "[00:00:01] Ann Lee: Water never sleeps, it's 22 per cent at Mister Fern's. C++ is one.\n"
    "[00:00:09] Bob: Twenty-two cracks; the valve was, um, 1,000 dollars in 1999. Never again!\n"
    "[00:00:20] Ann Lee: \xC3\x89t\xC3\xA9 caf\xC3\xA9 \xE6\xB0\xB4\xE3\x81\xAF never sleeps again.\n";

static const sb_alignment *make_alignment(void)
{
    static sb_alignment *alignment;
    if (!alignment) {
        sb_transcript *transcript = NULL;
        require(sb_transcript_read(&transcript, script, sizeof script - 1, NULL, NULL, NULL) == SB_OK);
        require(sb_alignment_from_transcript(&alignment, transcript, NULL) == SB_OK);
        sb_transcript_free(&transcript);
    }
    return alignment;
}

static void check_match(const sb_alignment *alignment, const sb_match *match)
{
    require(match->first_turn <= match->last_turn && match->last_turn < alignment->n_turns);
    require(match->first_word < alignment->turns[match->first_turn].n_words);
    require(match->last_word < alignment->turns[match->last_turn].n_words);
    require(match->first_turn < match->last_turn || match->first_word <= match->last_word);
    require(match->text && match->why && sb_match_how_print(match->how));
    require(match->number > 0 && match->score >= 0 && match->score <= 1);
}

static void check_matches(const sb_alignment *alignment, const sb_matches *matches)
{
    require(matches->n_items <= matches->n_found);
    for (size_t i = 0; i < matches->n_items; i++) {
        check_match(alignment, &matches->items[i]);
        require(i == 0 || matches->items[i - 1].number < matches->items[i].number);
    }
}

static void set_text(sb_selection *selection, uint8_t kind, const char *const *text)
{
    switch (kind & 7) {
    case 0:
        selection->phrases = text, selection->n_phrases = 1;
        break;
    case 1:
        selection->near = text, selection->n_near = 1;
        break;
    case 2:
        selection->sounds = text, selection->n_sounds = 1;
        break;
    case 3:
        selection->regexes = text, selection->n_regexes = 1;
        break;
    case 4:
        selection->speakers = text, selection->n_speakers = 1;
        break;
    case 5:
        selection->from_phrase = *text;
        break;
    case 6:
        selection->until_phrase = *text;
        break;
    default:
        selection->phrases = text, selection->n_phrases = 1, selection->or_alike = true;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    sb_selection selection = {0};
    sb_matches *matches = NULL;
    sb_error err = {0};
    uint8_t kind = fuzz_take(&bytes), extent = fuzz_take(&bytes);
    char *text = fuzz_take_line(&bytes);
    const char *texts[] = {text};
    set_text(&selection, kind, texts);
    selection.fuzzy = extent % 101;
    selection.expand = (sb_expand)(kind / 8 % 4);
    sb_status status = sb_matches_find(&matches, make_alignment(), &selection, &err);
    require_outcome(status, &err, matches != NULL);
    if (matches)
        check_matches(make_alignment(), matches);
    sb_matches_free(&matches);
    free(text);
    return 0;
}
