#include "pronounce/pronounce.h"

#include "base/text/text.h"

#include <espeak-ng/espeak_ng.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TAG_SIZE      32
#define IPA_PARTED    (0x02 | '_' << 8) /* IPA with '_' between phonemes; see speak_lib.h */
#define FIRST_HAN     0x3400
#define LAST_HAN      0x9fff
#define FIRST_RARER   0x20000
#define LAST_RARER    0x3ffff
#define ITERATION_HAN 0x3005

/* The library is initialised once and never terminated, because terminating it waits for its own thread and
 * sometimes hangs. Without sound output it starts no thread. */
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

static bool start_library(void)
{
    if (started)
        return true;
    espeak_ng_InitializePath(NULL);
    started = espeak_ng_Initialize(NULL) == ENS_OK;
    return started;
}

sb_status sb_speller_create(sb_speller **out, sb_error *err)
{
    *out = NULL;
    sb_speller *speller = calloc(1, sizeof *speller);
    if (!speller)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    pthread_mutex_lock(&one_caller);
    speller->locked = true;
    if (start_library())
        *out = speller;
    else
        sb_speller_free(&speller);
    return SB_OK;
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
            return true;
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

static bool read_as(const char *word, sb_ipa_choice choice, sb_phoneme_reading *out)
{
    const void *rest = word;
    out->n_phones = 0;
    while (rest) {
        const char *ipa = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, IPA_PARTED);
        if (ipa && !sb_ipa_read(ipa, choice, out->phones, &out->n_phones, sizeof out->phones))
            return false;
    }
    return true;
}

void sb_speller_read(sb_speller *speller, const char *language, const char *word,
                     sb_phoneme_reading out[SB_READINGS])
{
    static const sb_ipa_choice choices[SB_READINGS] = {SB_IPA_FIRST, SB_IPA_SECOND};
    bool readable = sb_speller_speaks(speller, language) && !is_beyond(speller, word);
    for (int i = 0; i < SB_READINGS; i++)
        if (!readable || !read_as(word, choices[i], &out[i]))
            out[i].n_phones = 0;
    if (out[0].n_phones == out[1].n_phones && memcmp(out[0].phones, out[1].phones, out[0].n_phones) == 0)
        out[1].n_phones = 0;
}
