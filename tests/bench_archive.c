/* An archive of simulated episodes of one hour: its size, the time to add an episode, and to search. Prints
 * "name value" lines. bench_archive FILE N_EPISODES DICTIONARY NAMES: the words are those of a dictionary in
 * CMUdict format with frequencies by Zipf's law; NAMES has one name per line and, after a tab, how the
 * transcripts spell it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/run/run.h"
#include "soundbite/archive.h"
#include "soundbite/file.h"

#define WORDS_AN_HOUR 9000
#define HOUR          (3600 * SB_TIME_SECOND)
#define SAMPLE        (SB_TIME_SECOND / 44100)
#define N_LEVELS      36000
#define EACH_NAME     3  /* times that each name is said */
#define N_QUERIES     40 /* of each kind */
#define FIRST         3  /* results in which a name should be */

typedef struct words {
    char **items;
    double *up_to; /* the share of all words up to this one */
    size_t n;
} words;

typedef struct show {
    words vocabulary;
    char *names[200][2];
    size_t n_names, n_episodes;
    uint64_t random;
} show;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* other work on the machine does not count */
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void stop(const char *what, const sb_error *err)
{
    fprintf(stderr, "bench_archive: %s: %s\n", what, err ? err->message : "failed");
    exit(1);
}

static size_t below(show *s, size_t n)
{
    return (size_t)(sb_random_next(&s->random) % n);
}

static double uniform(show *s)
{
    return (double)(sb_random_next(&s->random) >> 11) / (double)(1ULL << 53);
}

/* The names that are searched are in the transcripts only as they are misspelt. */
static bool is_of_name(const show *s, const char *word)
{
    for (size_t i = 0; i < s->n_names; i++)
        if (strcasestr(s->names[i][0], word) && strlen(word) > 3)
            return true;
    return false;
}

/* The words between two line ends, without other pronunciations ("read(2)"). */
static void read_vocabulary(show *s, const char *path)
{
    sb_bytes text = {0};
    sb_error err = {0};
    double sum = 0;
    words *v = &s->vocabulary;
    if (sb_file_read(&text, path, 64 << 20, &err))
        stop(path, &err);
    v->items = calloc(text.size / 2, sizeof *v->items);
    for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n")) {
        line[strcspn(line, " \t")] = '\0';
        if (!strchr(line, '(') && line[0] >= 'a' && line[0] <= 'z' && !is_of_name(s, line))
            v->items[v->n++] = line;
    }
    v->up_to = calloc(v->n, sizeof *v->up_to);
    for (size_t i = v->n; i-- > 1;) {
        size_t k = below(s, i + 1);
        char *kept = v->items[i];
        v->items[i] = v->items[k];
        v->items[k] = kept;
    }
    for (size_t i = 0; i < v->n; i++)
        v->up_to[i] = sum += 1 / (double)(i + 2);
    for (size_t i = 0; i < v->n; i++)
        v->up_to[i] /= sum;
}

static void read_names(show *s, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[300];
    if (!file)
        stop(path, NULL);
    while (fgets(line, sizeof line, file) && s->n_names < 200) {
        char *tab = strchr(line, '\t');
        line[strcspn(line, "\n")] = '\0';
        if (!tab || line[0] == '#')
            continue;
        *tab = '\0';
        s->names[s->n_names][0] = sb_copy_text(line, NULL);
        s->names[s->n_names++][1] = sb_copy_text(tab + 1, NULL);
    }
    fclose(file);
}

static const char *draw(show *s)
{
    double share = uniform(s);
    size_t low = 0, high = s->vocabulary.n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->vocabulary.up_to[middle] < share)
            low = middle + 1;
        else
            high = middle;
    }
    return s->vocabulary.items[low];
}

static void put_word(sb_aligned_word *out, const char *text, show *s, sb_time *at)
{
    double chance = uniform(s);
    *at += (sb_time)(3000 + below(s, 12000)) * SAMPLE;
    out->text = sb_copy_text(text, NULL);
    out->start = *at;
    *at += (sb_time)(2000 + below(s, 14000)) * SAMPLE;
    out->end = *at;
    out->status = chance < 0.8 ? SB_WORD_ALIGNED : SB_WORD_ESTIMATED;
    out->confidence = chance < 0.8 ? (float)((double)(600 + below(s, 400)) / 1000) : 0.2F;
}

static uint8_t *make_levels(show *s)
{
    uint8_t *levels = malloc(N_LEVELS);
    int level = 120;
    for (size_t i = 0; i < N_LEVELS; i++) {
        level += 4 * ((int)below(s, 9) - 4);
        level = level < 0 ? 0 : level > 252 ? 252 : level;
        levels[i] = (uint8_t)(level / 4 * 4 + 3);
    }
    return levels;
}

/* The spellings of a name stand where it is said. */
static void put_names(show *s, sb_alignment *a, size_t episode)
{
    for (size_t i = 0; i < s->n_names * EACH_NAME; i++) {
        if ((i * 7919 + 13) % s->n_episodes != episode)
            continue;
        sb_aligned_turn *turn;
        do
            turn = &a->turns[below(s, a->n_turns)];
        while (turn->n_words < 8);
        char *copy = sb_copy_text(s->names[i % s->n_names][1], NULL), *rest = copy;
        size_t word = below(s, turn->n_words - 5);
        for (char *part = strtok_r(copy, " ", &rest); part && word < turn->n_words;
             part = strtok_r(NULL, " ", &rest)) {
            free(turn->words[word].text);
            turn->words[word++].text = sb_copy_text(part, NULL);
        }
        free(copy);
    }
}

static void put_source(sb_alignment *a)
{
    sb_bytes text = {0};
    for (size_t i = 0; i < a->n_turns; i++) {
        long long second = a->turns[i].start / SB_TIME_SECOND;
        sb_bytes_print(&text, "%s [%02lld:%02lld:%02lld]:\n", a->turns[i].speaker, second / 3600,
                       second / 60 % 60, second % 60);
        for (size_t k = 0; k < a->turns[i].n_words; k++)
            sb_bytes_print(&text, "%s ", a->turns[i].words[k].text);
        sb_bytes_text(&text, "\n\n");
    }
    a->transcript.source = text.data;
    a->transcript.source_size = text.size;
}

static sb_alignment *make_episode(show *s, size_t episode)
{
    sb_alignment *a = calloc(1, sizeof *a);
    sb_time at = 0;
    size_t n_words = 0;
    a->turns = calloc(WORDS_AN_HOUR, sizeof *a->turns);
    a->speech = calloc(WORDS_AN_HOUR, sizeof *a->speech);
    while (n_words < WORDS_AN_HOUR) {
        sb_aligned_turn *turn = &a->turns[a->n_turns++];
        turn->n_words = 4 + below(s, below(s, 3) ? 40 : 200);
        turn->words = calloc(turn->n_words, sizeof *turn->words);
        turn->speaker = sb_text_print("%s %s", a->n_turns % 2 ? "Host" : "Guest", draw(s));
        for (size_t i = 0; i < turn->n_words; i++, n_words++)
            put_word(&turn->words[i], draw(s), s, &at);
        turn->start = turn->words[0].start;
        turn->end = at;
        turn->stamp = turn->start / SB_TIME_SECOND * SB_TIME_SECOND;
        turn->confidence = 0.9F;
        a->speech[a->n_speech++] = (sb_span){turn->start, turn->end};
    }
    for (size_t i = 2; i < a->n_turns; i++) { /* two people */
        free(a->turns[i].speaker);
        a->turns[i].speaker = sb_copy_text(a->turns[i % 2].speaker, NULL);
    }
    a->levels = make_levels(s);
    a->sound[0] = make_levels(s);
    a->sound[1] = make_levels(s);
    a->n_levels = a->n_sound = N_LEVELS;
    a->audio.duration = at > HOUR ? at : HOUR;
    a->audio.sample_rate = 44100;
    a->audio.channels = 2;
    a->audio.codec = sb_copy_text("mp3", NULL);
    a->transcript.language = sb_copy_text("en", NULL);
    a->method = SB_METHOD_ACOUSTIC;
    snprintf(a->audio.packets, sizeof a->audio.packets, "%064zx", episode + 1);
    snprintf(a->transcript.sha256, sizeof a->transcript.sha256, "%064zx", episode + 1);
    put_names(s, a, episode);
    put_source(a);
    return a;
}

static void add_all(show *s, const char *path)
{
    sb_error err = {0};
    sb_archive *archive;
    double total = 0, last = 0;
    if (sb_archive_open(&archive, path, SB_ARCHIVE_WRITE, &err))
        stop(path, &err);
    for (size_t i = 0; i < s->n_episodes; i++) {
        sb_alignment *a = make_episode(s, i);
        char *audio = sb_text_print("/shows/ep%04zu.mp3", i);
        sb_archive_episode episode = {.audio = audio, .transcript = "/shows/t.txt"};
        double begin = now_ms();
        if (sb_archive_add(archive, NULL, a, &episode, &err))
            stop("adding", &err);
        total += now_ms() - begin;
        if (i + 20 >= s->n_episodes)
            last += (now_ms() - begin) / 20;
        sb_alignment_free(&a);
        free(audio);
    }
    sb_archive_close(&archive);
    printf("add_ms %.1f\nadd_last_ms %.1f\n", total / (double)s->n_episodes, last);
}

static int by_size(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static void print_times(const char *name, double *times, size_t n)
{
    qsort(times, n, sizeof *times, by_size);
    printf("%s_ms_median %.1f\n%s_ms_95 %.1f\n%s_ms_most %.1f\n", name, times[n / 2], name,
           times[n * 95 / 100], name, times[n - 1]);
}

/* Opens the archive, searches and closes it. */
static sb_archive_matches *search(const char *path, const sb_archive_query *query, double *ms)
{
    sb_error err = {0};
    sb_archive *archive;
    sb_archive_matches *matches;
    double begin = now_ms();
    if (sb_archive_open(&archive, path, SB_ARCHIVE_READ, &err) ||
        sb_archive_find(&matches, archive, query, &err))
        stop(query->text, &err);
    *ms = now_ms() - begin;
    sb_archive_close(&archive);
    return matches;
}

/* Words that follow each other in an episode. */
static char *said(show *s, const char *path, size_t n, size_t step)
{
    sb_error err = {0};
    sb_archive *archive;
    sb_alignment *a;
    sb_bytes out = {0};
    char *name = sb_text_print("ep%04zu", below(s, s->n_episodes));
    if (sb_archive_open(&archive, path, SB_ARCHIVE_READ, &err) || sb_archive_get(&a, archive, name, &err))
        stop("reading", &err);
    const sb_aligned_turn *turn = &a->turns[below(s, a->n_turns)];
    for (size_t i = 0; i < n && i * step < turn->n_words; i++)
        sb_bytes_print(&out, "%s%s", i ? " " : "", turn->words[i * step].text);
    sb_alignment_free(&a);
    sb_archive_close(&archive);
    free(name);
    return out.data;
}

static void time_queries(show *s, const char *path, const char *name, sb_search_how how, size_t n,
                         size_t step)
{
    double times[N_QUERIES];
    size_t n_found = 0;
    for (size_t i = 0; i < N_QUERIES; i++) {
        char *text = said(s, path, n, step);
        sb_archive_query query = {.text = text, .how = how};
        sb_archive_matches *matches = search(path, &query, &times[i]);
        n_found += matches->n_items > 0;
        sb_archive_matches_free(&matches);
        free(text);
    }
    print_times(name, times, N_QUERIES);
    printf("%s_found %zu of %d\n", name, n_found, N_QUERIES);
}

static void time_frequent(show *s, const char *path)
{
    double times[1];
    char *text = sb_text_print("%s %s", s->vocabulary.items[0], s->vocabulary.items[1]);
    sb_archive_query query = {.text = text};
    sb_archive_matches *matches = search(path, &query, times);
    printf("frequent_ms %.1f\nfrequent_places %zu\n", times[0], matches->n_places);
    sb_archive_matches_free(&matches);
    free(text);
}

static void time_names(show *s, const char *path)
{
    double times[200];
    size_t n_first = 0, n_found = 0;
    for (size_t i = 0; i < s->n_names; i++) {
        sb_archive_query query = {.text = s->names[i][0], .how = SB_SEARCH_SOUND};
        sb_archive_matches *matches = search(path, &query, &times[i]);
        size_t k = 0;
        while (k < matches->n_items && !strcasestr(matches->items[k].text, s->names[i][1]))
            k++;
        n_first += k < FIRST && k < matches->n_items;
        n_found += k < matches->n_items;
        if (k >= FIRST || k == matches->n_items)
            fprintf(stderr, "%s: %s is number %zu of %zu; first: %s\n", s->names[i][0], s->names[i][1], k + 1,
                    matches->n_items, matches->n_items ? matches->items[0].text : "nothing");
        sb_archive_matches_free(&matches);
    }
    print_times("sound", times, s->n_names);
    printf("sound_found %zu of %zu\nsound_in_20 %zu\n", n_first, s->n_names, n_found);
}

int main(int argc, char **argv)
{
    static show s = {.random = 1};
    if (argc != 5)
        return 2;
    s.n_episodes = (size_t)strtoul(argv[2], NULL, 10);
    read_names(&s, argv[4]);
    read_vocabulary(&s, argv[3]);
    FILE *there = fopen(argv[1], "rb");
    if (!there)
        add_all(&s, argv[1]);
    else
        fclose(there);
    FILE *file = fopen(argv[1], "rb");
    fseek(file, 0, SEEK_END);
    printf("mb_per_100_h %.1f\n", (double)ftell(file) / 1e6 / (double)s.n_episodes * 100);
    fclose(file);
    time_queries(&s, argv[1], "phrase", SB_SEARCH_PHRASE, 3, 1);
    time_queries(&s, argv[1], "near", SB_SEARCH_NEAR, 3, 3);
    time_frequent(&s, argv[1]);
    time_names(&s, argv[1]);
    return 0;
}
