#include "quote/alike/sounds.h"

#include <string.h>

/* Costs of differences, in hundredths of a phone, and the share of the phrase's phones that may differ. The
 * pairs are phones that are often mistaken for each other. Fitted to the list in fixtures/find. */
#define COST_CLASS    60 /* of one class: two stops */
#define COST_VOWEL    45
#define COST_VOICING  30 /* T and D */
#define COST_GAP_WEAK 50 /* HH, AH, IH, R, a doubled phone */
#define MOST_SHARE    0.28
#define SHORT_SHARE   0.2 /* of fewer than SHORT_PHONES: too many short words are alike */
#define SHORT_PHONES  8

static bool is_one_of(sb_phone phone, const char *names)
{
    const char *name = sb_phone_name(phone);
    size_t size = strlen(name);
    for (const char *at = names; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == size && memcmp(at, name, size) == 0)
            return true;
    return false;
}

static bool differ_in_voicing(sb_phone a, sb_phone b)
{
    static const char *const pairs[] = {"P B",   "T D",   "K G",   "F V",  "S Z",
                                        "SH ZH", "CH JH", "TH DH", "N NG", "M N"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is_one_of(a, pairs[i]) && is_one_of(b, pairs[i]))
            return true;
    return false;
}

int sb_sound_swap_cost(sb_phone a, sb_phone b)
{
    if (a == b)
        return 0;
    if (differ_in_voicing(a, b))
        return COST_VOICING;
    char class_a = sb_phone_class(a), class_b = sb_phone_class(b);
    if (class_a != class_b)
        return SB_SOUND_OTHER;
    return class_a == 'V' ? COST_VOWEL : COST_CLASS;
}

int sb_sound_gap_cost(sb_phone phone, const sb_phone *before)
{
    bool weak = is_one_of(phone, "HH AH IH R Y") || (before && *before == phone);
    return weak ? COST_GAP_WEAK : SB_SOUND_GAP;
}

int sb_sound_most(size_t n_phones)
{
    return (int)((n_phones < SHORT_PHONES ? SHORT_SHARE : MOST_SHARE) * SB_SOUND_OTHER * (double)n_phones);
}

void sb_sound_prices_list(sb_sound_prices *out, const sb_sounds *phrase)
{
    for (sb_phone a = 0; a < SB_N_PHONES; a++)
        for (sb_phone before = 0; before < SB_N_PHONES; before++)
            out->extra[before][a] = sb_sound_gap_cost(a, &before);
    for (size_t i = 0; i < phrase->n; i++) {
        out->missing[i] = sb_sound_gap_cost(phrase->phones[i], i ? &phrase->phones[i - 1] : NULL);
        for (sb_phone a = 0; a < SB_N_PHONES; a++)
            out->swap[i][a] = sb_sound_swap_cost(phrase->phones[i], a);
    }
}
