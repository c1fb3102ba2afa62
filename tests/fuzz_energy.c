/* Aligns random turns to random sound by energy. The first bytes give the turns: their words, speakers and
 * timestamps, which may be wrong; the rest gives the level of each tenth of a second. Every alignment is
 * consistent, inside the audio and in order. */
#include <math.h>
#include <stdio.h>

#include "alignment_checks.h"
#include "fuzz.h"
#include "soundbite/file.h"

#define RATE      8000
#define STEP      (RATE / 10)
#define MAX_STEPS 1200
#define MAX_TURNS 40

/* A turn takes four bytes: its distance from the one before in half seconds, speaker, number of words, and
 * the seed of the words. */
static sb_transcript *make_transcript(fuzz_bytes *bytes)
{
    static const char *const words[] = {"water", "never",           "sleeps,", "twenty-two",
                                        "a",     "extraordinarily", "cracks.", "1,000"};
    sb_transcript *transcript = NULL;
    sb_bytes text = {0};
    size_t n_turns = fuzz_take(bytes) % MAX_TURNS + 1;
    int stamp = 0;
    bool has_stamps = fuzz_take(bytes) & 1;
    for (size_t i = 0; i < n_turns; i++) {
        stamp += (int8_t)fuzz_take(bytes);
        stamp = stamp < 0 ? 0 : stamp;
        if (has_stamps)
            sb_bytes_print(&text, "[%02d:%02d:%02d] ", stamp / 7200, stamp / 120 % 60, stamp / 2 % 60);
        sb_bytes_print(&text, "Speaker %c:", 'A' + fuzz_take(bytes) % 3);
        size_t n_words = fuzz_take(bytes) % 40 + 1;
        uint32_t seed = fuzz_take(bytes);
        for (size_t k = 0; k < n_words; k++, seed = seed * 1103515245 + 12345)
            sb_bytes_print(&text, " %s", words[seed >> 16 & 7]);
        sb_bytes_text(&text, "\n\n");
    }
    if (sb_transcript_read(&transcript, text.data, text.size, NULL, NULL, NULL) != SB_OK)
        transcript = NULL;
    sb_bytes_finish(&text);
    return transcript;
}

/* Noise whose level follows the bytes, from silence to full scale. */
static sb_speech *make_speech(fuzz_bytes *bytes)
{
    sb_speech_analyser *analyser = NULL;
    sb_speech *speech = NULL;
    float samples[STEP];
    const float *planes[] = {samples};
    uint32_t seed = 1;
    require(sb_speech_analyser_create(&analyser, RATE, 1, NULL, NULL) == SB_OK);
    for (size_t i = 0; i < MAX_STEPS && bytes->size > 0; i++) {
        uint8_t level = fuzz_take(bytes);
        float gain = level ? powf(10, ((float)level - 255) / 60) : 0;
        for (size_t k = 0; k < STEP; k++) {
            seed = seed * 1664525 + 1013904223;
            samples[k] = gain * ((float)(seed >> 8) / (1 << 23) - 1);
        }
        require(sb_speech_analyser_push(analyser, planes, STEP, NULL) == SB_OK);
    }
    require(sb_speech_analyser_finish(analyser, &speech, NULL) == SB_OK);
    sb_speech_analyser_free(&analyser);
    return speech;
}

static bool is_inside(const sb_alignment *a, sb_time start, sb_time end)
{
    return start == SB_TIME_NONE || (start >= 0 && end <= a->audio.duration);
}

static const char *check_places(const sb_alignment *a)
{
    for (size_t i = 0; i < a->n_turns; i++) {
        const sb_aligned_turn *turn = &a->turns[i];
        sb_time before = 0;
        if (!is_inside(a, turn->start, turn->end))
            return "a turn is outside the audio";
        for (size_t k = 0; k < turn->n_words; k++) {
            const sb_aligned_word *word = &turn->words[k];
            if (word->start == SB_TIME_NONE)
                continue;
            if (!is_inside(a, word->start, word->end))
                return "a word is outside the audio";
            if (word->start < before)
                return "words of a turn are out of order";
            before = word->start;
        }
    }
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    sb_transcript *transcript = make_transcript(&bytes);
    sb_speech *speech = make_speech(&bytes);
    sb_alignment *alignment = NULL;
    sb_error err = {0};
    sb_status status = SB_OK;
    if (transcript)
        status = sb_alignment_from_speech(&alignment, speech, transcript, NULL, NULL, &err);
    require_outcome(status, &err, alignment != NULL || !transcript);
    require(err.status == SB_OK || err.status == SB_ERR_NO_SPEECH || err.status == SB_ERR_ARGUMENT);
    const char *problem = alignment ? check_places(alignment) : NULL;
    if (alignment && !problem)
        problem = alignment_check(alignment);
    if (problem) {
        fprintf(stderr, "energy: %s\n", problem);
        abort();
    }
    sb_alignment_free(&alignment);
    sb_speech_free(&speech);
    sb_transcript_free(&transcript);
    return 0;
}
