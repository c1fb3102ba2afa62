/* phone-fits LIST: tells how well each phone of the acoustic model fits each sound of a language.
 *
 * LIST has one line per recording: its name, the sound, its labels and the language, separated by tabs.
 * Labels are lines of start, end (seconds), speaker and text, in spoken order. Each text is aligned to its
 * stretch by the phone table that is built in, with the model adapted to the recording. Then each symbol of
 * the IPA is replaced by every candidate in turn, between the symbols before and after it in its word.
 *
 * Standard output begins with the candidates, one line "candidate", its number and its phones. Each
 * occurrence of a symbol gives a line: "fit", the recording, the language, the symbol, its frames, and for
 * each candidate the score of the stretch in nats, less that of the first choice of the table; "-" if the
 * stretch is too short for it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "columns.h"
#include "soundbite/media.h"

#define MARGIN_S       0.3f /* of sound before and after a text */
#define CANDIDATES_MAX 96
#define CANDIDATE_SIZE 8   /* phones of a candidate, at most */
#define WINDOW_MAX     400 /* frames of three symbols; longer ones are left out */
#define STATES_MAX     (3 * SB_STATES * CANDIDATE_SIZE)
#define IMPOSSIBLE     -1e30f

typedef struct candidate {
    sb_phone phones[CANDIDATE_SIZE];
    size_t n;
} candidate;

typedef struct label {
    char *text;
    double start, end;
    char **words; /* into `text` */
    size_t n_words, first_word;
    sb_ipa_word *read; /* the words */
} label;

typedef struct recording {
    char *name, *sound, *labels_path, *language;
    label *labels;
    size_t n_labels, capacity, n_words;
    sb_features features;
    sb_lexicon lexicon;
} recording;

typedef struct frame_scores {
    float of[SB_N_PHONES][SB_STATES];
} frame_scores;

static candidate candidates[CANDIDATES_MAX];
static size_t n_candidates;

static void add_candidate(const char *phones)
{
    candidate c = {0};
    if (n_candidates == CANDIDATES_MAX || !sb_phones_add(phones, c.phones, &c.n, CANDIDATE_SIZE))
        return;
    for (size_t i = 0; i < n_candidates; i++)
        if (candidates[i].n == c.n && memcmp(candidates[i].phones, c.phones, c.n) == 0)
            return;
    candidates[n_candidates++] = c;
}

/* Nothing at all, each phone, and what the table has in two phones. */
static void list_candidates(void)
{
    add_candidate("");
    for (sb_phone p = 0; p < SB_N_PHONES; p++)
        add_candidate(sb_phone_name(p));
    for (const sb_ipa_symbol *s = sb_ipa_symbols; s->symbol; s++) {
        add_candidate(s->phones);
        add_candidate(s->second);
    }
    for (size_t i = 0; i < n_candidates; i++) {
        printf("candidate\t%zu\t", i);
        for (size_t k = 0; k < candidates[i].n; k++)
            printf("%s%s", k ? " " : "", sb_phone_name(candidates[i].phones[k]));
        printf("%s\n", candidates[i].n ? "" : "-");
    }
}

static void finish(recording *r)
{
    for (size_t i = 0; i < r->n_labels; i++) {
        free(r->labels[i].text);
        free(r->labels[i].words);
        free(r->labels[i].read);
    }
    free(r->labels);
    sb_features_finish(&r->features);
    sb_lexicon_finish(&r->lexicon);
}

static bool split_words(label *l)
{
    char *rest = l->text;
    l->words = calloc(strlen(l->text) / 2 + 2, sizeof *l->words);
    for (char *word; l->words && (word = strtok_r(rest, " ", &rest)) != NULL;)
        l->words[l->n_words++] = word;
    l->read = calloc(l->n_words + 1, sizeof *l->read);
    return l->words && l->read;
}

static sb_status read_labels(recording *r, sb_error *err)
{
    FILE *file = fopen(r->labels_path, "r");
    char *line = NULL, *fields[4];
    size_t room = 0;
    sb_status status =
        file ? SB_OK : sb_error_set_at(err, SB_ERR_IO, r->labels_path, 0, 0, "cannot be opened");
    while (status == SB_OK && getline(&line, &room, file) >= 0) {
        label l = {0};
        bool ok = true;
        if (!split_columns(line, fields, 4))
            continue;
        l.start = strtod(fields[0], NULL);
        l.end = strtod(fields[1], NULL);
        l.text = sb_copy_text(fields[3], &ok);
        ok = ok && sb_grow(&r->labels, r->n_labels, &r->capacity, sizeof *r->labels);
        if (ok) {
            l.first_word = r->n_words;
            ok = split_words(&l);
            r->n_words += l.n_words;
            r->labels[r->n_labels++] = l;
        } else
            free(l.text);
        status = ok ? SB_OK : sb_error_memory(err, "training");
    }
    free(line);
    if (file)
        fclose(file);
    return status;
}

static sb_status hear(recording *r, sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_features_maker *maker = NULL;
    sb_pcm block = {0};
    sb_status status = sb_decoder_open(&decoder, r->sound, NULL, err);
    if (status == SB_OK)
        status = sb_features_maker_create(&maker, sb_decoder_info(decoder)->sample_rate,
                                          sb_decoder_info(decoder)->channels, NULL, err);
    do {
        if (status == SB_OK)
            status = sb_decoder_read(decoder, &block, err);
        if (status == SB_OK && block.n_samples > 0)
            status = sb_features_push(maker, block.planes, block.n_samples, err);
    } while (status == SB_OK && block.n_samples > 0);
    if (status == SB_OK)
        status = sb_features_end(maker, &r->features, err);
    sb_features_maker_free(&maker);
    sb_decoder_free(&decoder);
    return status;
}

/* As the lexicon does. */
static sb_status read_in_rows(label *l, sb_speller *speller, const char *language, sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t first = 0, end; status == SB_OK && first < l->n_words; first = end) {
        size_t size = strlen(l->words[first]) + 1;
        for (end = first + 1; end < l->n_words; end++)
            if ((size += strlen(l->words[end]) + 1) > SB_ROW_BYTES_MAX)
                break;
        status = sb_speller_read(speller, language, (const char *const *)l->words + first, end - first,
                                 l->read + first, err);
    }
    return status;
}

static sb_status pronounce(recording *r, sb_error *err)
{
    const char **words = calloc(2 * r->n_words + 1, sizeof *words), **languages = words + r->n_words;
    if (!words)
        return sb_error_memory(err, "training");
    for (size_t i = 0, n = 0; i < r->n_labels; i++)
        for (size_t w = 0; w < r->labels[i].n_words; w++, n++) {
            words[n] = r->labels[i].words[w];
            languages[n] = r->language;
        }
    const sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary(), .languages = languages};
    sb_status status = sb_lexicon_make(&r->lexicon, words, r->n_words, &params, err);
    sb_speller *speller = NULL;
    if (status == SB_OK)
        status = sb_speller_create(&speller, err);
    for (size_t i = 0; status == SB_OK && speller && i < r->n_labels; i++)
        status = read_in_rows(&r->labels[i], speller, r->language, err);
    sb_speller_free(&speller);
    free(words);
    return status;
}

/* Which way of the word it is, or SB_IPA_WAYS. */
static size_t find_way(const sb_ipa_word *word, const sb_spoken_way *heard)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    for (size_t way = 0; way < sb_ipa_word_ways(word); way++) {
        size_t n = sb_ipa_word_say(word, way, phones, SB_WAY_PHONES_MAX);
        if (n == heard->n_phones && memcmp(phones, heard->phones, n) == 0)
            return way;
    }
    return SB_IPA_WAYS;
}

/* The best way through all states of `phones` in order, from the first frame to the last (Viterbi 1967).
 * Transitions are free, so that only the sound decides. `begins`, which may be NULL, gets the first frame of
 * each phone. */
static float force(const frame_scores *frames, size_t n_frames, const sb_phone *phones, size_t n_phones,
                   uint16_t *begins)
{
    static uint8_t moved[WINDOW_MAX][STATES_MAX];
    float best[STATES_MAX];
    size_t n = n_phones * SB_STATES;
    if (n_frames < n || n > STATES_MAX || n_frames > WINDOW_MAX || n == 0)
        return n == 0 && n_frames == 0 ? 0 : IMPOSSIBLE;
    for (size_t s = 0; s < n; s++)
        best[s] = IMPOSSIBLE;
    for (size_t f = 0; f < n_frames; f++)
        for (size_t s = n; s-- > 0;) {
            float stay = f == 0 && s == 0 ? 0 : best[s];
            moved[f][s] = s > 0 && f > 0 && best[s - 1] > stay;
            best[s] = (moved[f][s] ? best[s - 1] : stay) + frames[f].of[phones[s / SB_STATES]][s % SB_STATES];
        }
    for (size_t f = n_frames, s = n - 1; begins && f-- > 0; s -= moved[f][s])
        begins[s / SB_STATES] = (uint16_t)f;
    return best[n - 1];
}

typedef struct symbol {
    const sb_ipa_symbol *row;
    candidate phones;
    size_t begin, end;
} symbol;

static float score_with(const frame_scores *frames, const symbol *symbols, size_t n, size_t i,
                        const candidate *c)
{
    sb_phone phones[3 * CANDIDATE_SIZE];
    const symbol *first = &symbols[i > 0 ? i - 1 : i], *last = &symbols[i + 1 < n ? i + 1 : i];
    size_t n_phones = 0;
    for (const symbol *s = first; s <= last; s++) {
        const candidate *one = s == &symbols[i] ? c : &s->phones;
        memcpy(phones + n_phones, one->phones, one->n);
        n_phones += one->n;
    }
    return force(frames + first->begin, last->end - first->begin, phones, n_phones, NULL);
}

/* Parts the way of a word into its symbols. */
static size_t find_symbols(symbol *out, const sb_ipa_word *word, size_t way)
{
    sb_phone whole[SB_WAY_PHONES_MAX], up_to[SB_WAY_PHONES_MAX];
    size_t n_whole = sb_ipa_word_say(word, way, whole, SB_WAY_PHONES_MAX), at = 0;
    for (size_t i = 0; i < word->n; i++) {
        sb_ipa_word part = *word;
        part.n = i + 1;
        size_t end = i + 1 < word->n ? sb_ipa_word_say(&part, way, up_to, SB_WAY_PHONES_MAX) : n_whole;
        out[i] = (symbol){.row = &sb_ipa_symbols[word->rows[i]], .phones = {.n = end - at}};
        if (end - at > CANDIDATE_SIZE)
            return 0;
        memcpy(out[i].phones.phones, whole + at, end - at);
        at = end;
    }
    return word->n;
}

static void write_word(const recording *r, const frame_scores *frames, size_t n_frames,
                       const sb_ipa_word *word, const sb_spoken_way *heard, size_t way)
{
    uint16_t begins[SB_WAY_PHONES_MAX];
    symbol symbols[SB_IPA_WORD_MAX];
    size_t n = find_symbols(symbols, word, way), phone = 0;
    if (n == 0 || force(frames, n_frames, heard->phones, heard->n_phones, begins) <= IMPOSSIBLE / 2)
        return;
    for (size_t i = 0; i < n; i++) {
        symbols[i].begin = phone < heard->n_phones ? begins[phone] : n_frames;
        phone += symbols[i].phones.n;
        symbols[i].end = phone < heard->n_phones ? begins[phone] : n_frames;
    }
    for (size_t i = 0; i < n; i++) {
        candidate own = {0};
        sb_phones_add(symbols[i].row->phones, own.phones, &own.n, CANDIDATE_SIZE);
        float base = score_with(frames, symbols, n, i, &own);
        if (base <= IMPOSSIBLE / 2)
            continue;
        printf("fit\t%s\t%s\t%s\t%zu", r->name, r->language, symbols[i].row->symbol,
               symbols[i].end - symbols[i].begin);
        for (size_t c = 0; c < n_candidates; c++) {
            float score = score_with(frames, symbols, n, i, &candidates[c]);
            if (score <= IMPOSSIBLE / 2)
                printf("\t-");
            else
                printf("\t%.2f", score - base);
        }
        putchar('\n');
    }
}

/* Scores of all phones without context in frames [first, first + n) of the vectors. */
static void score_frames(frame_scores *out, sb_scorer *scorer, const float (*vectors)[SB_VECTOR], size_t n)
{
    const sb_acoustic_model *model = sb_scorer_model(scorer);
    sb_scorer_choose(scorer, NULL, 0);
    sb_scorer_begin(scorer, vectors, n, 1);
    for (size_t f = 0; f < n; f++) {
        sb_scorer_set_frame(scorer, f);
        for (size_t p = 0; p < SB_N_PHONES; p++)
            for (size_t s = 0; s < SB_STATES; s++)
                out[f].of[p][s] = sb_scorer_score(scorer, model->plain[p][s]);
    }
}

static void write_words(const recording *r, const label *l, const uint32_t *word_of,
                        const sb_heard_list *list, const frame_scores *frames)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_heard *h = &list->items[i];
        if (h->word == SB_NO_WORD || (size_t)(h->end - h->start) > WINDOW_MAX)
            continue;
        size_t word = word_of[h->word];
        const sb_lexeme *lexeme = &r->lexicon.lexemes[r->lexicon.lexeme_of[l->first_word + word]];
        size_t way = find_way(&l->read[word], &lexeme->ways[h->way]);
        if (way < SB_IPA_WAYS && lexeme->ways[h->way].n_phones * SB_STATES <= STATES_MAX)
            write_word(r, frames + h->start, (size_t)(h->end - h->start), &l->read[word],
                       &lexeme->ways[h->way], way);
    }
}

/* Aligns a text to its stretch. With `stats` it only adds to them. */
static sb_status take_label(const recording *r, const label *l, sb_scorer *scorer, sb_adapt_stats *stats,
                            sb_error *err)
{
    const sb_cepstra *cepstra = &r->features.cepstra;
    double from = fmax(0, l->start - MARGIN_S), until = l->end + MARGIN_S;
    size_t first = (size_t)(from * SB_CEPSTRA_RATE), end = (size_t)(until * SB_CEPSTRA_RATE), n_said = 0;
    end = end < cepstra->n_frames ? end : cepstra->n_frames;
    size_t n = end > first ? end - first : 0;
    float mean[SB_CEPSTRA], (*vectors)[SB_VECTOR] = malloc((n + 1) * sizeof *vectors);
    frame_scores *frames = malloc((n + 1) * sizeof *frames);
    uint32_t *lexemes = calloc(2 * l->n_words + 1, sizeof *lexemes), *word_of = lexemes + l->n_words;
    sb_network network = {0};
    sb_heard_list list = {0};
    bool ok = vectors && frames && lexemes;
    for (size_t w = 0; ok && w < l->n_words; w++) {
        uint32_t lexeme = r->lexicon.lexeme_of[l->first_word + w];
        if (r->lexicon.lexemes[lexeme].n_ways > 0) {
            word_of[n_said] = (uint32_t)w;
            lexemes[n_said++] = lexeme;
        }
    }
    sb_status status = SB_OK;
    if (ok && n > 0 && n_said > 0) {
        sb_cepstra_mean(mean, cepstra, 0, cepstra->n_frames);
        sb_vectors_make(vectors, cepstra, mean, first, n);
        ok = sb_network_make(&network, sb_scorer_model(scorer), &r->lexicon, lexemes, n_said,
                             &(sb_network_prices){0});
        if (ok)
            status =
                sb_word_search(&list, scorer, &network, (const float(*)[SB_VECTOR])vectors, n, stats, err);
        if (ok && status == SB_OK && !stats) {
            score_frames(frames, scorer, (const float(*)[SB_VECTOR])vectors, n);
            write_words(r, l, word_of, &list, frames);
        }
    }
    sb_heard_list_finish(&list);
    sb_network_finish(&network);
    free(vectors);
    free(frames);
    free(lexemes);
    return ok ? status : sb_error_memory(err, "training");
}

static sb_status take_labels(const recording *r, const sb_acoustic_model *model, sb_adapt_stats *stats,
                             sb_error *err)
{
    sb_scorer *scorer = sb_scorer_create(model);
    sb_status status = scorer ? SB_OK : sb_error_memory(err, "training");
    for (size_t i = 0; status == SB_OK && i < r->n_labels; i++)
        status = take_label(r, &r->labels[i], scorer, stats, err);
    sb_scorer_free(&scorer);
    return status;
}

static sb_status take_recording(const sb_acoustic_model *model, recording *r, sb_error *err)
{
    sb_adapt_stats *stats = calloc(1, sizeof *stats);
    sb_acoustic_model *adapted = NULL;
    sb_status status = read_labels(r, err);
    if (status == SB_OK)
        status = hear(r, err);
    if (status == SB_OK)
        status = pronounce(r, err);
    if (status == SB_OK)
        status = take_labels(r, model, stats, err);
    if (status == SB_OK && stats->n_frames >= SB_ADAPT_SECONDS_LEAST * SB_CEPSTRA_RATE)
        status = sb_acoustic_model_adapt(&adapted, model, stats, err);
    if (status == SB_OK)
        status = take_labels(r, adapted ? adapted : model, NULL, err);
    sb_acoustic_model_free(&adapted);
    free(stats);
    finish(r);
    return status;
}

static int fail(const sb_error *err)
{
    char text[1024];
    sb_error_print(text, sizeof text, err);
    fprintf(stderr, "phone-fits: %s\n", text);
    return 1;
}

int main(int n_arguments, char **arguments)
{
    FILE *list = n_arguments == 2 ? fopen(arguments[1], "r") : NULL;
    sb_acoustic_model *model = NULL;
    sb_error err = {0};
    char *line = NULL, *fields[4];
    size_t room = 0;
    int code = 0;
    if (!list) {
        fprintf(stderr, "usage: phone-fits LIST\n");
        return 2;
    }
    if (sb_acoustic_model_open(&model, sb_acoustic_model_folder(), &err) != SB_OK)
        code = fail(&err);
    else
        list_candidates();
    while (code == 0 && getline(&line, &room, list) >= 0) {
        if (!split_columns(line, fields, 4))
            continue;
        recording r = {
            .name = fields[0], .sound = fields[1], .labels_path = fields[2], .language = fields[3]};
        if (take_recording(model, &r, &err) != SB_OK)
            code = fail(&err);
    }
    sb_acoustic_model_free(&model);
    free(line);
    fclose(list);
    return code || fflush(stdout) != 0;
}
