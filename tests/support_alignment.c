#include "support_alignment.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"

void alignment_set_text(sb_alignment *alignment, size_t i, const char *text)
{
    sb_aligned_turn *turn = &alignment->turns[i];
    char *copy = sb_copy_text(text, NULL), *rest = NULL;

    for (size_t j = 0; j < turn->n_words; j++)
        free(turn->words[j].text);
    free(turn->words);
    turn->words = NULL;
    turn->n_words = 0;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        if (!sb_push_room(&turn->words, turn->n_words, sizeof *turn->words))
            abort();
        turn->words[turn->n_words++] = (sb_aligned_word){.text = sb_copy_text(word, NULL), .confidence = 1};
    }
    sb_time step = turn->n_words ? (turn->end - turn->start) / (sb_time)turn->n_words : 0;
    for (size_t j = 0; j < turn->n_words; j++) {
        turn->words[j].start = turn->start + (sb_time)j * step;
        turn->words[j].end = turn->start + (sb_time)(j + 1) * step;
    }
    free(copy);
}

static sb_alignment *with_turns(size_t n_turns, const char *text)
{
    sb_alignment *a = calloc(1, sizeof *a);

    a->audio.path = sb_copy_text("episode.mp3", NULL);
    memset(a->audio.sha256, 'a', 64);
    a->audio.duration = (sb_time)n_turns * SB_TIME_SECOND;
    a->audio.sample_rate = 44100;
    a->audio.channels = 2;
    a->audio.codec = sb_copy_text("mp3", NULL);
    a->audio.seek_safe = true;
    a->transcript.resolution = SB_TIME_SECOND;
    a->method = SB_METHOD_ENERGY;
    a->n_turns = n_turns;
    a->turns = calloc(n_turns, sizeof *a->turns);
    for (size_t i = 0; i < n_turns; i++) {
        sb_aligned_turn *turn = &a->turns[i];
        turn->speaker = sb_copy_text(i % 2 ? "Ben Wilson" : "Zo\xc3\xab", NULL);
        turn->stamp = (sb_time)i * SB_TIME_SECOND;
        turn->start = turn->stamp + 100 * SB_TIME_MS;
        turn->end = turn->stamp + 900 * SB_TIME_MS;
        turn->confidence = 0.75F;
        alignment_set_text(a, i, text);
    }
    return a;
}

sb_alignment *alignment_long(size_t n_turns, size_t n_words)
{
    sb_bytes text = {0};

    for (size_t i = 0; i < n_words; i++)
        sb_bytes_print(&text, "word%zu ", i);
    sb_alignment *a = with_turns(n_turns, text.data);
    sb_bytes_finish(&text);
    return a;
}

static void add_map(sb_alignment *a)
{
    a->n_map = 2;
    a->map = calloc(2, sizeof *a->map);
    a->map[0] = (sb_map_piece){0, SB_TIME_SECOND, SB_TIME_MS * 20, 12.5};
    a->map[1] = (sb_map_piece){SB_TIME_SECOND, SB_TIME_NONE, SB_TIME_MS * 520, -3};
    a->n_breaks = 1;
    a->breaks = calloc(1, sizeof *a->breaks);
    a->breaks[0] = (sb_break){
        SB_TIME_SECOND, {SB_TIME_SECOND, SB_TIME_SECOND + 500 * SB_TIME_MS}, 500 * SB_TIME_MS, 0.25F};
}

sb_alignment *alignment_sample(void)
{
    static const char source[] = "Zo\xc3\xab [00:00:00]:\r\none\0two";
    sb_alignment *a = with_turns(3, "one \"two,\" thr\xc3\xa9\x65.");

    add_map(a);
    a->transcript.title = sb_copy_text("A title", NULL);
    a->transcript.source = sb_copy_bytes(source, sizeof source - 1);
    a->transcript.source_size = sizeof source - 1;
    a->method_note = sb_copy_text("no model is installed", NULL);
    a->pairing = SB_PAIRING_MISMATCH;
    a->pairing_note = sb_copy_text("the text was not heard", NULL);
    a->n_speech = 2;
    a->speech = calloc(2, sizeof *a->speech);
    a->speech[0] = (sb_span){SB_TIME_MS, sb_time_from_samples(11111, 44100)};
    a->speech[1] = (sb_span){SB_TIME_SECOND, 2 * SB_TIME_SECOND};
    a->n_unmatched = 1;
    a->unmatched = calloc(1, sizeof *a->unmatched);
    a->unmatched[0] = (sb_span){SB_TIME_SECOND, 3 * SB_TIME_SECOND / 2};
    a->n_levels = 3;
    a->levels = malloc(3);
    memcpy(a->levels, "\0\x68\xfc", 3);
    a->n_oov_words = 2;
    a->oov_words = calloc(2, sizeof *a->oov_words);
    a->oov_words[0] = (sb_oov_word){sb_copy_text("Zo\xc3\xab", NULL), sb_copy_text("Z OW", NULL)};
    a->oov_words[1] = (sb_oov_word){sb_copy_text("\xe4\xb8\x96", NULL), NULL};
    a->turns[1].stamp = SB_TIME_NONE;
    a->turns[1].status = SB_TURN_PARTLY;
    a->turns[1].words[0].status = SB_WORD_ESTIMATED;
    a->turns[1].words[1] = (sb_aligned_word){.text = a->turns[1].words[1].text,
                                             .start = SB_TIME_NONE,
                                             .end = SB_TIME_NONE,
                                             .status = SB_WORD_NOT_HEARD};
    a->turns[2].language = sb_copy_text("pt-BR", NULL);
    a->turns[2].n_events = 1;
    a->turns[2].events = calloc(1, sizeof *a->turns[2].events);
    a->turns[2].events[0] = (sb_event){sb_copy_text("[laughter]", NULL), 3};
    free(a->turns[0].speaker);
    a->turns[0].speaker = NULL;
    return a;
}
