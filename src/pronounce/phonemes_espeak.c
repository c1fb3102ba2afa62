#include "pronounce/pronounce.h"

#include "base/run/run.h"
#include "base/run/watch.h"
#include "base/text/text.h"
#include "soundbite/file.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TAG_SIZE       32
#define WORDS_A_MINUTE 400 /* gives the same events as 175, in half the time */
#define FIRST_HAN      0x3400
#define LAST_HAN       0x9fff
#define FIRST_RARER    0x20000
#define LAST_RARER     0x3ffff
#define ITERATION_HAN  0x3005

/* The library is initialised once and never terminated, because terminating it waits for its own thread and
 * sometimes hangs. In synchronous mode it starts no thread, opens no sound device and hands events to a
 * callback. */
static pthread_mutex_t one_caller = PTHREAD_MUTEX_INITIALIZER;
static bool started;

struct sb_speller {
    bool locked;
    bool speaks;        /* there is a voice for `tag` */
    char tag[TAG_SIZE]; /* the last language set; "": none */
};

/* Tags whose voice has another name. The voice "cmn" would read its own pinyin as English. */
static const char *const aliases[][2] = {
    {"zh", "cmn-latn-pinyin"},
    {"cmn", "cmn-latn-pinyin"},
    {"en", "en-us"},
    {"no", "nb"},
    {"nn", "nb"},
    {"iw", "he"},
    {"in", "id"},
    {"fr", "fr-fr"},
    {"tl", "id"},
};

static int take_events(short *samples, int n_samples, espeak_EVENT *events);

static bool start_library(void)
{
    if (started)
        return true;
    int options = espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_PHONEME_IPA | espeakINITIALIZE_DONT_EXIT;
    started = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, options) > 0;
    if (started)
        espeak_SetSynthCallback(take_events);
    return started;
}

sb_status sb_speller_create(sb_speller **out, sb_error *err)
{
    *out = NULL;
    sb_speller *speller = calloc(1, sizeof *speller);
    if (!speller)
        return sb_error_memory(err, "looking up pronunciations");
    pthread_mutex_lock(&one_caller);
    speller->locked = true;
    sb_memory_watch();
    if (start_library())
        *out = speller;
    else
        sb_speller_free(&speller);
    return !*out && sb_memory_failed() ? sb_error_memory(err, "looking up pronunciations") : SB_OK;
}

void sb_speller_free(sb_speller **slot)
{
    sb_speller *speller = *slot;
    *slot = NULL;
    if (!speller)
        return;
    if (speller->locked)
        pthread_mutex_unlock(&one_caller);
    free(speller);
}

/* "pt_BR" and "PT-br" are the same tag. Keeps the first `parts` parts. */
static void copy_tag(char out[TAG_SIZE], const char *language, int parts)
{
    size_t n = 0;
    for (; language[n] && n + 1 < TAG_SIZE; n++) {
        char c = language[n] == '_' ? '-' : language[n];
        if (c == '-' && --parts == 0)
            break;
        out[n] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[n] = '\0';
}

/* Each language of a voice is a priority byte followed by a name. */
static const espeak_VOICE *find_voice(const char *tag)
{
    for (const espeak_VOICE **voice = espeak_ListVoices(NULL); voice && *voice; voice++)
        for (const char *at = (*voice)->languages; at && *at; at += strlen(at + 1) + 2)
            if (strcasecmp(at + 1, tag) == 0)
                return *voice;
    return NULL;
}

/* Tries the whole tag and then fewer of its parts. */
static bool set_voice(const char *language)
{
    for (int parts = 3; parts > 0; parts--) {
        char tag[TAG_SIZE];
        copy_tag(tag, language, parts);
        for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
            if (strcmp(tag, aliases[i][0]) == 0)
                strcpy(tag, aliases[i][1]);
        const espeak_VOICE *voice = find_voice(tag);
        if (voice && espeak_ng_SetVoiceByName(voice->identifier) == ENS_OK)
            return espeak_ng_SetParameter(espeakRATE, WORDS_A_MINUTE, 0) == ENS_OK;
    }
    return false;
}

bool sb_speller_speaks(sb_speller *speller, const char *language)
{
    char tag[TAG_SIZE];
    copy_tag(tag, language, TAG_SIZE);
    if (strcmp(tag, speller->tag) != 0 || !*tag) {
        strcpy(speller->tag, tag);
        speller->speaks = set_voice(tag);
    }
    return speller->speaks;
}

static bool is_han(int32_t c)
{
    return (c >= FIRST_HAN && c <= LAST_HAN) || (c >= FIRST_RARER && c <= LAST_RARER) || c == ITERATION_HAN;
}

/* The Japanese voice skips Han characters or reads them as "Chinese letter". */
static bool is_beyond(const sb_speller *speller, const char *word)
{
    size_t size = strlen(word), at = 0;
    if (strncmp(speller->tag, "ja", 2) != 0)
        return false;
    while (at < size)
        if (is_han(sb_utf8_next(word, size, &at)))
            return true;
    return false;
}

/* Words that are spoken as one text. */
typedef struct row {
    size_t n;
    const size_t *first; /* the first character of each word, counted from 1 */
    size_t now;          /* the current word; n: none yet */
    sb_ipa_word *out;
    bool *dropped;
} row;

static void begin_word(row *r, size_t character)
{
    if (r->now == r->n || character < r->first[r->now])
        r->now = 0;
    while (r->now + 1 < r->n && r->first[r->now + 1] <= character)
        r->now++;
}

/* `name` has no NUL if it is full. */
static void add_phoneme(row *r, const char name[sizeof((espeak_EVENT){0}.id.string)])
{
    char ipa[sizeof((espeak_EVENT){0}.id.string) + 1] = "";
    memcpy(ipa, name, sizeof ipa - 1);
    if (r->now < r->n && !sb_ipa_read(ipa, &r->out[r->now]))
        r->dropped[r->now] = true;
}

static int take_events(short *samples, int n_samples, espeak_EVENT *events)
{
    (void)samples, (void)n_samples;
    for (espeak_EVENT *e = events; e->type != espeakEVENT_LIST_TERMINATED; e++)
        if (e->user_data && e->type == espeakEVENT_WORD)
            begin_word(e->user_data, (size_t)(e->text_position > 0 ? e->text_position : 1));
        else if (e->user_data && e->type == espeakEVENT_PHONEME)
            add_phoneme(e->user_data, e->id.string);
    return 0;
}

static bool touches_ideographic(const char *word, bool at_its_end)
{
    int32_t c = 0;
    for (size_t size = strlen(word), at = 0; at < size && (at == 0 || at_its_end);)
        c = sb_utf8_next(word, size, &at);
    return sb_is_ideographic(c);
}

/* espeak-ng gives the word after a lone hyphen the place of the hyphen, but not after a comma. */
static const char *as_written(const char *word)
{
    return strcmp(word, "-") == 0 ? "," : word;
}

/* The text of all words, and the first character of each. */
static char *join_words(size_t *first, const char *const *words, size_t n)
{
    sb_bytes text = {0};
    size_t n_characters = 0;
    for (size_t i = 0; i < n; i++) {
        bool blank =
            i > 0 && !(touches_ideographic(words[i - 1], true) && touches_ideographic(words[i], false));
        if (blank)
            sb_bytes_text(&text, " ");
        n_characters += blank;
        first[i] = n_characters + 1;
        sb_bytes_text(&text, as_written(words[i]));
        for (size_t size = strlen(words[i]), at = 0; at < size; n_characters++)
            sb_utf8_next(words[i], size, &at);
    }
    if (text.failed)
        sb_bytes_finish(&text);
    return text.data;
}

/* espeak-ng may say two words as one and report only the first. The phonemes of such a word are not its
 * own. */
static void drop_merged(row *r, const char *const *words)
{
    size_t before = r->n;
    for (size_t i = 0; i < r->n; i++) {
        if (r->out[i].n == 0 && sb_text_is_spoken(words[i]) && before < r->n)
            r->dropped[before] = true;
        if (r->out[i].n > 0)
            before = i;
    }
    for (size_t i = 0; i < r->n; i++)
        if (r->dropped[i])
            r->out[i].n = 0;
}

/* If a word begins with a mark, as in Burmese, espeak-ng 1.51 copies the rest of the text into 160 bytes. */
static bool is_short(const char *const *words, size_t n)
{
    size_t size = 0;
    for (size_t i = 0; i < n && size <= SB_ROW_BYTES_MAX; i++)
        size += strlen(words[i]) + 1;
    return size <= SB_ROW_BYTES_MAX;
}

static bool can_read(sb_speller *speller, const char *language, const char *const *words, size_t n)
{
    if (n == 0 || !is_short(words, n) || !sb_speller_speaks(speller, language) ||
        is_beyond(speller, words[0]))
        return false;
    /* The Japanese voice takes a whole sentence for a word. */
    return n == 1 || strncmp(speller->tag, "ja", 2) != 0;
}

sb_status sb_speller_read(sb_speller *speller, const char *language, const char *const *words, size_t n,
                          sb_ipa_word *out, sb_error *err)
{
    for (size_t i = 0; i < n; i++)
        out[i].n = 0;
    sb_memory_watch();
    if (!can_read(speller, language, words, n)) {
        if (!sb_memory_failed())
            return SB_OK;
        speller->tag[0] = '\0';
        return sb_error_memory(err, "looking up pronunciations");
    }
    size_t *first = calloc(n, sizeof *first);
    row r = {.n = n, .first = first, .now = n, .out = out, .dropped = calloc(n, sizeof *r.dropped)};
    char *text = first ? join_words(first, words, n) : NULL;
    bool ok = text && r.dropped;
    if (ok && espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, &r) == EE_OK)
        drop_merged(&r, words);
    free(text);
    free(first);
    free(r.dropped);
    return ok && !sb_memory_failed() ? SB_OK : sb_error_memory(err, "looking up pronunciations");
}
