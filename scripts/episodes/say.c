/* Speaks utterances with espeak-ng and prints where each word begins.
 *
 * say VOICE WORDS_PER_MINUTE PITCH RANGE FOLDER <text
 *
 * Each line of text is one utterance. Its sound goes to FOLDER/N.raw (N from 0), mono, 16-bit little-endian.
 * Prints `rate HZ` and then `N CHARACTER SAMPLE` for each word: the utterance, the word's position in the
 * line, its first sample. */
#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct utterance {
    FILE *sound;
    int index;
};

static int on_synthesis(short *samples, int n_samples, espeak_EVENT *events)
{
    struct utterance *utterance = events->user_data;
    if (!utterance)
        return 0;
    for (espeak_EVENT *event = events; event->type != espeakEVENT_LIST_TERMINATED; event++)
        if (event->type == espeakEVENT_WORD)
            printf("%d %d %d\n", utterance->index, event->text_position - 1, event->sample);
    if (samples && n_samples > 0)
        fwrite(samples, sizeof *samples, (size_t)n_samples, utterance->sound);
    return 0;
}

static int say(const char *text, int index, const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%d.raw", folder, index);
    struct utterance utterance = {fopen(path, "wb"), index};
    if (!utterance.sound)
        return perror(path), -1;
    espeak_ERROR result =
        espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, &utterance);
    espeak_Synchronize();
    return fclose(utterance.sound) == 0 && result == EE_OK ? 0 : -1;
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return fputs("usage: say VOICE WORDS_PER_MINUTE PITCH RANGE FOLDER <text\n", stderr), 2;
    int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
    if (rate <= 0 || espeak_SetVoiceByName(argv[1]) != EE_OK)
        return fprintf(stderr, "say: no voice %s\n", argv[1]), 1;
    espeak_SetSynthCallback(on_synthesis);
    espeak_SetParameter(espeakRATE, atoi(argv[2]), 0);
    espeak_SetParameter(espeakPITCH, atoi(argv[3]), 0);
    espeak_SetParameter(espeakRANGE, atoi(argv[4]), 0);
    printf("rate %d\n", rate);
    char line[4096];
    int result = 0;
    for (int index = 0; result == 0 && fgets(line, sizeof line, stdin); index++) {
        line[strcspn(line, "\n")] = 0;
        result = say(line, index, argv[5]);
    }
    espeak_Terminate();
    return result != 0;
}
