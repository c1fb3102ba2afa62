/* Aligns words with plain pocketsphinx, for comparison: bench_pocketsphinx WAV WORDS.tsv [WAV WORDS.tsv]...
 * It uses one linear grammar per file, with optional silence between the words, and prints unrefined frame
 * times.
 *
 * WAV: 16 kHz, mono. WORDS.tsv: start s, end s, speaker, word; only the words are read, and words that are
 * not in the dictionary are left out. Output: a line `# WAV` per file, then START <TAB> END <TAB> WORD in
 * seconds, or nothing if no path was found. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pocketsphinx.h>
#include <sndfile.h>
#include <sphinxbase/err.h>

#define RATE      16000
#define FRAMES    100.0 /* a second */
#define MODEL     SB_POCKETSPHINX_MODELS "/en-us/en-us"
#define MAX_WORDS 4000
#define MAX_WORD  64

typedef struct word_list {
    char text[MAX_WORDS][MAX_WORD];
    int n;
} word_list;

static short *read_sound(const char *path, size_t *n)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file || info.samplerate != RATE || info.channels != 1) {
        fprintf(stderr, "%s: is no sound of 16 kHz mono\n", path);
        exit(1);
    }
    short *samples = calloc((size_t)info.frames + 1, sizeof *samples);
    *n = samples ? (size_t)sf_readf_short(file, samples, info.frames) : 0;
    sf_close(file);
    return samples;
}

/* The spelling of the dictionary: lower case letters, apostrophes, and hyphens inside words. */
static void to_spelling(char *word)
{
    char *out = word;
    for (const char *in = word; *in; in++)
        if (isalpha((unsigned char)*in) || *in == '\'' ||
            (*in == '-' && out > word && isalpha((unsigned char)in[1])))
            *out++ = (char)tolower((unsigned char)*in);
    *out = '\0';
}

static bool is_known(ps_decoder_t *ps, const char *word)
{
    char *phones = ps_lookup_word(ps, word);
    ckd_free(phones);
    return phones != NULL;
}

static void read_words(word_list *list, ps_decoder_t *ps, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[512];
    if (!file) {
        perror(path);
        exit(1);
    }
    for (list->n = 0; list->n < MAX_WORDS && fgets(line, sizeof line, file);) {
        char *word = list->text[list->n];
        if (line[0] == '#' || sscanf(line, "%*f %*f\t%*[^\t]\t%63s", word) != 1)
            continue;
        to_spelling(word);
        list->n += is_known(ps, word);
    }
    fclose(file);
}

static fsg_model_t *make_grammar(ps_decoder_t *ps, const word_list *list)
{
    fsg_model_t *grammar = fsg_model_init("words", ps_get_logmath(ps), 1.0f, list->n + 1);
    grammar->start_state = 0;
    grammar->final_state = list->n;
    for (int i = 0; i < list->n; i++)
        fsg_model_trans_add(grammar, i, i + 1, 0, fsg_model_word_add(grammar, list->text[i]));
    for (int i = 0; i <= list->n; i++)
        fsg_model_add_silence(grammar, "<sil>", i, 0.2f);
    return grammar;
}

static bool decode(ps_decoder_t *ps, fsg_model_t *grammar, const short *samples, size_t n)
{
    return ps_set_fsg(ps, "words", grammar) >= 0 && ps_set_search(ps, "words") >= 0 &&
           ps_start_utt(ps) >= 0 && ps_process_raw(ps, samples, n, FALSE, TRUE) >= 0 && ps_end_utt(ps) >= 0;
}

static int count_words(ps_decoder_t *ps, const word_list *list, bool print)
{
    int n = 0, first = 0, last = 0;
    for (ps_seg_t *seg = ps_seg_iter(ps); seg; seg = ps_seg_next(seg)) {
        const char *name = ps_seg_word(seg);
        if (!name || strchr("<[+(", name[0]))
            continue;
        ps_seg_frames(seg, &first, &last);
        if (print && n < list->n)
            printf("%.3f\t%.3f\t%s\n", first / FRAMES, (last + 1) / FRAMES, list->text[n]);
        n++;
    }
    return n;
}

static void align(ps_decoder_t *ps, const char *sound, const char *words)
{
    static word_list list;
    size_t n = 0;
    short *samples = read_sound(sound, &n);
    read_words(&list, ps, words);
    fsg_model_t *grammar = make_grammar(ps, &list);
    printf("# %s\n", sound);
    if (list.n > 0 && decode(ps, grammar, samples, n) && count_words(ps, &list, false) == list.n)
        count_words(ps, &list, true);
    fsg_model_free(grammar);
    free(samples);
}

int main(int n_arguments, char **arguments)
{
    err_set_logfp(NULL);
    cmd_ln_t *config = cmd_ln_init(
        NULL, ps_args(), TRUE, "-hmm", MODEL, "-dict", SB_POCKETSPHINX_MODELS "/en-us/cmudict-en-us.dict",
        "-remove_silence", "no", "-dither", "no", "-bestpath", "no", "-fsgusefiller", "no", "-fsgusealtpron",
        "yes", "-beam", "1e-80", "-pbeam", "1e-80", "-wbeam", "1e-80", "-maxhmmpf", "-1", "-lw", "1", "-wip",
        "1", "-pip", "1", "-logfn", "/dev/null", NULL);
    ps_decoder_t *ps = config ? ps_init(config) : NULL;
    if (!ps) {
        fputs("bench_pocketsphinx: no decoder could be made of " MODEL "\n", stderr);
        return 1;
    }
    for (int i = 1; i + 1 < n_arguments; i += 2)
        align(ps, arguments[i], arguments[i + 1]);
    ps_free(ps);
    cmd_ln_free_r(config);
    return 0;
}
