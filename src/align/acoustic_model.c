#include "align/acoustic_model.h"

#include "acoustic/cepstra.h"
#include "align/word_match.h"

#include <pocketsphinx.h>
#include <sphinxbase/err.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define MODEL      SB_POCKETSPHINX_MODELS "/en-us/en-us"
#define DICTIONARY SB_POCKETSPHINX_MODELS "/en-us/cmudict-en-us.dict"

#define WORD_NAME 40                 /* "w4294967295(12)" */
#define NATS      (1024 * 9.9995e-5) /* of one unit of a segment's score: base 1.0001, shifted by ten bits */

struct sb_acoustic_decoder {
    const sb_lexicon *lexicon;
    ps_decoder_t *ps;
    cmd_ln_t *config;
};

static bool is_english(const char *language)
{
    return !language || (strncasecmp(language, "en", 2) == 0 &&
                         (language[2] == '\0' || language[2] == '-' || language[2] == '_'));
}

static bool model_is_installed(void)
{
    static const char *const files[] = {MODEL "/mdef",    MODEL "/means",       MODEL "/variances",
                                        MODEL "/sendump", MODEL "/feat.params", MODEL "/transition_matrices",
                                        DICTIONARY};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (access(files[i], R_OK) != 0)
            return false;
    return true;
}

const char *sb_acoustic_model_missing(const char *language)
{
    if (!is_english(language))
        return "there is an acoustic model for English alone";
    if (!model_is_installed())
        return "the acoustic model is not installed; install the package pocketsphinx-en-us";
    return NULL;
}

const char *sb_acoustic_model_dictionary(void)
{
    return access(DICTIONARY, R_OK) == 0 ? DICTIONARY : NULL;
}

static const char *filler_name(sb_phone phone, char out[8])
{
    snprintf(out, 8, "++%s++", sb_phone_name(phone));
    return out;
}

/* Fillers cannot be added to a decoder, only read from a file as it starts. Phones by themselves are fillers here, so that the
 * loop over them for unwritten speech costs no context. */
static FILE *write_fillers(void)
{
    FILE *file = tmpfile();
    char name[8];
    if (!file)
        return NULL;
    fputs("<s> SIL\n</s> SIL\n<sil> SIL\n[NOISE] +NSN+\n[SPEECH] +SPN+\n", file);
    for (sb_phone p = 0; p < SB_N_PHONES; p++)
        fprintf(file, "%s %s\n", filler_name(p, name), sb_phone_name(p));
    rewind(file);
    return file;
}

static bool start_decoder(sb_acoustic_decoder *d)
{
    char path[32];
    FILE *fillers = write_fillers();
    if (!fillers)
        return false;
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(fillers));
    d->config =
        cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", MODEL, "-fdict", path, "-remove_silence", "no", "-dither",
                    "no", "-bestpath", "no", "-fsgusefiller", "no", "-fsgusealtpron", "yes", "-beam", "1e-80",
                    "-pbeam", "1e-80", "-wbeam", "1e-80", "-maxhmmpf", "-1", "-lw", "1", "-wip", "1", "-pip",
                    "1", "-compallsen", "no", "-logfn", "/dev/null", NULL);
    if (d->config)
        d->ps = ps_init(d->config);
    fclose(fillers);
    return d->ps != NULL;
}

static void word_name(char out[WORD_NAME], uint32_t lexeme, size_t way)
{
    if (way == 0)
        snprintf(out, WORD_NAME, "w%u", (unsigned)lexeme);
    else
        snprintf(out, WORD_NAME, "w%u(%zu)", (unsigned)lexeme, way + 1);
}

static bool add_words(sb_acoustic_decoder *d)
{
    for (uint32_t i = 0; i < d->lexicon->n_lexemes; i++)
        for (size_t w = 0; w < d->lexicon->lexemes[i].n_ways; w++) {
            char name[WORD_NAME];
            char *phones = sb_spoken_way_text(&d->lexicon->lexemes[i].ways[w]);
            word_name(name, i, w);
            bool added = phones && ps_add_word(d->ps, name, phones, FALSE) >= 0;
            free(phones);
            if (!added)
                return false;
        }
    return true;
}

sb_status sb_acoustic_decoder_create(sb_acoustic_decoder **out, const sb_lexicon *lexicon, sb_error *err)
{
    *out = NULL;
    if (sb_acoustic_model_missing(NULL))
        return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", sb_acoustic_model_missing(NULL));
    err_set_logfp(NULL);
    sb_acoustic_decoder *d = calloc(1, sizeof *d);
    if (d)
        d->lexicon = lexicon;
    if (!d || !start_decoder(d) || !add_words(d)) {
        sb_acoustic_decoder_free(&d);
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory, or no room for temporary files");
    }
    *out = d;
    return SB_OK;
}

void sb_acoustic_decoder_free(sb_acoustic_decoder **slot)
{
    sb_acoustic_decoder *d = *slot;
    *slot = NULL;
    if (!d)
        return;
    if (d->ps)
        ps_free(d->ps);
    if (d->config)
        cmd_ln_free_r(d->config);
    free(d);
}

#define SKIP_MOST 16 /* words in a row */

static double or_default(double value, double if_zero)
{
    return value == 0 ? if_zero : value;
}

/* Silence, noise and, where they may come, unwritten phones at one place between words. */
static void add_fillers(fsg_model_t *grammar, int state, const sb_acoustic_params *params)
{
    double unwritten = or_default(params->unwritten, 1e-4);
    fsg_model_add_silence(grammar, "<sil>", state, (float)or_default(params->silence, 0.2));
    fsg_model_add_silence(grammar, "[NOISE]", state, (float)or_default(params->silence, 0.2) * 0.05f);
    if (params->strict || unwritten < 0)
        return;
    for (sb_phone p = 0; p < SB_N_PHONES; p++) {
        char name[8];
        fsg_model_add_silence(grammar, filler_name(p, name), state, (float)unwritten);
    }
}

/* One null arc for every run of words that may be missing, which spares pocketsphinx the closure over them. */
static void add_skips(fsg_model_t *grammar, int n_words, double price)
{
    for (int from = 0; from < n_words; from++)
        for (int to = from + 1; to <= n_words && to <= from + SKIP_MOST; to++) {
            double log_price = (to - from) * log(price);
            fsg_model_null_trans_add(grammar, from, to,
                                     (int32)(log_price / log(logmath_get_base(grammar->lmath))));
        }
}

static fsg_model_t *make_grammar(sb_acoustic_decoder *d, const uint32_t *words, size_t n_words,
                                 const sb_acoustic_params *params)
{
    fsg_model_t *grammar = fsg_model_init("words", ps_get_logmath(d->ps), 1.0f, (int32)n_words + 1);
    if (!grammar)
        return NULL;
    grammar->start_state = 0;
    grammar->final_state = (int32)n_words;
    for (size_t i = 0; i < n_words; i++) {
        char name[WORD_NAME];
        word_name(name, words[i], 0);
        fsg_model_trans_add(grammar, (int32)i, (int32)i + 1, 0, fsg_model_word_add(grammar, name));
    }
    if (!params->strict)
        add_skips(grammar, (int)n_words, or_default(params->skip_price, 0.01));
    for (size_t i = 0; i <= n_words; i++)
        add_fillers(grammar, (int)i, params);
    return grammar;
}

static bool decode(sb_acoustic_decoder *d, const float *cepstra, size_t n_frames)
{
    mfcc_t **rows = malloc(n_frames * sizeof *rows);
    mfcc_t *copy = malloc(n_frames * SB_CEPSTRA * sizeof *copy);
    bool decoded = rows && copy;
    if (decoded) {
        memcpy(copy, cepstra, n_frames * SB_CEPSTRA * sizeof *copy);
        for (size_t i = 0; i < n_frames; i++)
            rows[i] = copy + i * SB_CEPSTRA;
        decoded = ps_start_utt(d->ps) >= 0 && ps_process_cep(d->ps, rows, (int)n_frames, FALSE, TRUE) >= 0;
        ps_end_utt(d->ps);
    }
    free(copy);
    free(rows);
    return decoded;
}

static bool read_segment(ps_seg_t *seg, sb_heard *out)
{
    const char *name = ps_seg_word(seg);
    unsigned lexeme = 0, way = 1;
    int first = 0, last = 0;
    int32 score = 0, language = 0, back = 0;
    if (!name || sscanf(name, "w%u(%u)", &lexeme, &way) < 1)
        lexeme = SB_HEARD_FILLER;
    ps_seg_frames(seg, &first, &last);
    ps_seg_prob(seg, &score, &language, &back);
    *out = (sb_heard){
        .lexeme = lexeme, .way = way - 1, .start = first, .end = last + 1, .log_likelihood = score * NATS};
    return last >= first;
}

static bool read_segments(sb_acoustic_decoder *d, sb_heard **out, size_t *n_out)
{
    size_t n = 0, capacity = 0;
    bool ok = true;
    sb_heard *heard = NULL;
    ps_seg_t *seg = ps_seg_iter(d->ps);
    for (; seg && ok; seg = ps_seg_next(seg)) {
        ok = sb_heard_room(&heard, n, &capacity);
        if (ok && read_segment(seg, &heard[n]))
            n++;
    }
    if (seg)
        ps_seg_free(seg);
    *out = heard;
    *n_out = n;
    return ok;
}

/* Words without a pronunciation are left out of the grammar; `place` tells where the others stand. */
static size_t sayable(const sb_acoustic_decoder *d, const uint32_t *words, size_t n_words, uint32_t *said,
                      uint32_t *place)
{
    size_t n = 0;
    for (size_t i = 0; i < n_words; i++)
        if (d->lexicon->lexemes[words[i]].n_ways > 0) {
            said[n] = words[i];
            place[n++] = (uint32_t)i;
        }
    return n;
}

static bool align_sayable(sb_acoustic_decoder *d, const float *cepstra, size_t n_frames, const uint32_t *said,
                          size_t n_said, const sb_acoustic_params *params, sb_heard **heard, size_t *n_heard)
{
    fsg_model_t *grammar = make_grammar(d, said, n_said, params);
    if (!grammar)
        return false;
    bool done = ps_set_fsg(d->ps, "words", grammar) >= 0 && ps_set_search(d->ps, "words") >= 0 &&
                decode(d, cepstra, n_frames) && read_segments(d, heard, n_heard);
    fsg_model_free(grammar);
    return done;
}

sb_status sb_acoustic_align(sb_acoustic_decoder *d, const float *cepstra, size_t n_frames,
                            const uint32_t *words, size_t n_words, const sb_acoustic_params *params,
                            sb_acoustic_word *out, sb_error *err)
{
    static const sb_acoustic_params defaults = {0};
    memset(out, 0, n_words * sizeof *out);
    if (n_words > SB_CHUNK_WORDS_MAX || n_frames > SB_CHUNK_SECONDS_MAX * SB_CEPSTRA_RATE)
        return sb_error_set(err, SB_ERR_LIMIT,
                            "a chunk of %zu words and %zu frames is too long to be aligned at once", n_words,
                            n_frames);
    uint32_t said[SB_CHUNK_WORDS_MAX], place[SB_CHUNK_WORDS_MAX];
    size_t n_said = sayable(d, words, n_words, said, place), n_heard = 0;
    if (n_said == 0 || n_frames == 0)
        return SB_OK;
    sb_heard *heard = NULL;
    bool ok =
        align_sayable(d, cepstra, n_frames, said, n_said, params ? params : &defaults, &heard, &n_heard) &&
        sb_heard_assign(heard, n_heard, said, place, n_said, d->lexicon, out);
    free(heard);
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}
