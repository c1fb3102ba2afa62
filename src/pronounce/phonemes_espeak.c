#include "pronounce/phonemes.h"

#include <espeak-ng/espeak_ng.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The library keeps its voice in globals. It is started once and never ended: its end waits for a thread of its own, and
 * sometimes for ever. Without sound output it starts no thread. */
static pthread_mutex_t one_caller = PTHREAD_MUTEX_INITIALIZER;
static bool started;

struct sb_speller {
    bool locked;
};

/* What espeak-ng calls its en-us phonemes, longest names first, and what CMUdict calls them. */
static const struct {
    char phoneme[5];
    char phones[8];
} phonemes[] = {
    {"aI@3", "AY ER"}, {"aU@r", "AW ER"}, {"i@3", "IH R"}, {"aI@", "AY ER"}, {"aI3", "AY ER"},
    {"aU@", "AW ER"},  {"I@r", "IH R"},   {"e@r", "EH R"}, {"A@r", "AA R"},  {"O@r", "AO R"},
    {"U@r", "UH R"},   {"3:r", "ER"},     {"oU", "OW"},    {"aI", "AY"},     {"aU", "AW"},
    {"OI", "OY"},      {"eI", "EY"},      {"tS", "CH"},    {"dZ", "JH"},     {"i:", "IY"},
    {"u:", "UW"},      {"A:", "AA"},      {"O:", "AO"},    {"3:", "ER"},     {"e@", "EH R"},
    {"A@", "AA R"},    {"O@", "AO R"},    {"o@", "AO R"},  {"U@", "UH R"},   {"i@", "IY AH"},
    {"I@", "IH R"},    {"@L", "AH L"},    {"I2", "IH"},    {"I#", "IH"},     {"a#", "AH"},
    {"aa", "AE"},      {"n-", "AH N"},    {"m-", "AH M"},  {"r-", "ER"},     {"t#", "T"},
    {"t2", "T"},       {"z#", "Z"},       {"E#", "EH"},    {"E2", "EH"},     {"@2", "AH"},
    {"@5", "AH"},      {"w#", "W"},       {"l#", "L"},     {"I", "IH"},      {"i", "IY"},
    {"E", "EH"},       {"e", "EH"},       {"a", "AE"},     {"A", "AA"},      {"0", "AA"},
    {"O", "AO"},       {"o", "OW"},       {"V", "AH"},     {"U", "UH"},      {"u", "UW"},
    {"@", "AH"},       {"3", "ER"},       {"y", "UW"},     {"Y", "ER"},      {"p", "P"},
    {"b", "B"},        {"t", "T"},        {"d", "D"},      {"k", "K"},       {"g", "G"},
    {"f", "F"},        {"v", "V"},        {"T", "TH"},     {"D", "DH"},      {"s", "S"},
    {"z", "Z"},        {"S", "SH"},       {"Z", "ZH"},     {"h", "HH"},      {"m", "M"},
    {"n", "N"},        {"N", "NG"},       {"l", "L"},      {"L", "L"},       {"r", "R"},
    {"R", "R"},        {"w", "W"},        {"W", "W"},      {"j", "Y"},       {"x", "K"},
    {"X", "K"},        {"C", "HH"},       {"Q", "G"},      {"q", "K"},       {"?", "T"},
    {"B", "V"},
};

static bool start_library(void)
{
    if (started)
        return true;
    espeak_ng_InitializePath(NULL);
    started = espeak_ng_Initialize(NULL) == ENS_OK && espeak_ng_SetVoiceByName("en-us") == ENS_OK;
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

/* Appends the phones named in `names`. False where `room` ends. */
static bool add_phones(const char *names, sb_phone *out, size_t *n, size_t room)
{
    while (*names) {
        size_t size = strcspn(names, " ");
        if (*n == room)
            return false;
        out[(*n)++] = sb_phone_find(names, size);
        names += size + (names[size] == ' ');
    }
    return true;
}

/* The phoneme that `text` begins with, as an index; -1 where none does: stress, length, word ends. */
static int find_phoneme(const char *text)
{
    for (size_t i = 0; i < sizeof phonemes / sizeof *phonemes; i++)
        if (strncmp(text, phonemes[i].phoneme, strlen(phonemes[i].phoneme)) == 0)
            return (int)i;
    return -1;
}

/* "(en)" and its like, where the voice of another language takes over. */
static size_t skip_language(const char *text)
{
    const char *end = *text == '(' ? strchr(text, ')') : NULL;
    return end ? (size_t)(end - text) + 1 : 1;
}

static bool map_phonemes(const char *text, sb_phone *out, size_t *n, size_t room)
{
    while (*text) {
        int at = find_phoneme(text);
        if (at >= 0 && !add_phones(phonemes[at].phones, out, n, room))
            return false;
        text += at >= 0 ? strlen(phonemes[at].phoneme) : skip_language(text);
    }
    return true;
}

size_t sb_speller_read(sb_speller *speller, const char *word, sb_phone *out, size_t room)
{
    size_t n = 0;
    const void *rest = word;
    (void)speller;
    while (rest) {
        const char *text = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, 0);
        if (text && !map_phonemes(text, out, &n, room))
            return 0;
    }
    return n;
}
