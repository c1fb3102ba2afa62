#include "pronounce/pronounce.h"

#include "base/text/text.h"

#include <string.h>

static const sb_phone_set arpabet = {
    .n = SB_N_PHONES,
    .arpabet = true,
    .name = {"AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D", "DH", "EH", "ER", "EY",
             "F",  "G",  "HH", "IH", "IY", "JH", "K",  "L",  "M", "N",  "NG", "OW", "OY",
             "P",  "R",  "S",  "SH", "T",  "TH", "UH", "UW", "V", "W",  "Y",  "Z",  "ZH"},
    .phone_class = "VVVVVVSFSZVVVFSFVVZSLNNNVVSLFFSFVVZLLZZ",
};

/* IPA letters, and the capitals that X-SAMPA uses for some of them. */
static const struct {
    char phone_class;
    const char *letters;
} letters_of[] = {
    {'V', "aeiouyæɑɐɒɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵻAEIOUYV@269QM"},
    {'S', "ptkbdgɡqcɟʈɖɢʔɓɗɠ"},
    {'F', "fsʃθxχhçɕʂħɸɬʜSTXC"},
    {'Z', "vzʒðɣʑʐβʝɦʕɮZDG"},
    {'N', "mnŋɲɱɳɴNJF"},
    {'L', "lrjwɹʁʀɾɻɭʎʟɥɰɫɽʋLRHWP4"},
};

/* Phone names of well-known models whose first letter is misleading. */
static const struct {
    char name[4];
    char phone_class;
} misleading[] = {
    {"ch", 'F'}, {"gn", 'N'}, {"ny", 'N'}, {"jj", 'Z'}, {"uy", 'L'}, {"yy", 'L'}, {"rr", 'L'}, {"ts", 'F'},
    {"dz", 'Z'}, {"pf", 'F'}, {"tS", 'F'}, {"dZ", 'Z'}, {"sh", 'F'}, {"zh", 'Z'}, {"dh", 'Z'}, {"th", 'F'},
};

const sb_phone_set *sb_phones_arpabet(void)
{
    return &arpabet;
}

static char class_of_letter(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof letters_of / sizeof *letters_of; i++)
        for (const char *at = letters_of[i].letters; *at;) {
            size_t length = 0;
            sb_utf8_next(at, strlen(at), &length);
            if (length == size && memcmp(at, text, size) == 0)
                return letters_of[i].phone_class;
            at += length;
        }
    return SB_CLASS_SILENCE;
}

/* The first letter decides, except for affricates, which begin with a stop. */
static char class_of_ipa(const char *ipa)
{
    char first = SB_CLASS_SILENCE;
    for (size_t at = 0, size = strlen(ipa); at < size;) {
        size_t begin = at;
        sb_utf8_next(ipa, size, &at);
        char here = class_of_letter(ipa + begin, at - begin);
        if (first == SB_CLASS_SILENCE)
            first = here;
        else if (first == 'S' && (here == 'F' || here == 'Z'))
            return here;
    }
    return first;
}

static char class_of_name(const char *name)
{
    char upper[SB_PHONE_NAME] = "";
    for (size_t i = 0; name[i] && i + 1 < sizeof upper; i++)
        upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
    for (size_t i = 0; i < sizeof misleading / sizeof *misleading; i++)
        if (strcmp(misleading[i].name, name) == 0)
            return misleading[i].phone_class;
    sb_phone phone = sb_phone_find(upper, strlen(upper));
    if (phone != SB_PHONE_NONE)
        return arpabet.phone_class[phone];
    size_t first = 0;
    sb_utf8_next(name, strlen(name), &first);
    return class_of_letter(name, first);
}

bool sb_phone_set_add(sb_phone_set *set, const char *name, const char *ipa)
{
    size_t size = strlen(name);
    if (set->n == SB_PHONES_MAX || size == 0 || size >= SB_PHONE_NAME ||
        sb_phone_set_find(set, name, size) != SB_PHONE_NONE)
        return false;
    char phone_class = ipa ? class_of_ipa(ipa) : SB_CLASS_SILENCE;
    if (phone_class == SB_CLASS_SILENCE)
        phone_class = class_of_name(name);
    memcpy(set->name[set->n], name, size + 1);
    set->phone_class[set->n++] = phone_class == SB_CLASS_SILENCE ? 'V' : phone_class;
    return true;
}

bool sb_phone_set_same(const sb_phone_set *a, const sb_phone_set *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->name[i], b->name[i]) != 0)
            return false;
    return true;
}

sb_phone sb_phone_set_find(const sb_phone_set *set, const char *name, size_t size)
{
    if (set->arpabet && size > 1 && name[size - 1] >= '0' && name[size - 1] <= '2')
        size--;
    for (size_t p = 0; p < set->n; p++)
        if (strlen(set->name[p]) == size && memcmp(set->name[p], name, size) == 0)
            return (sb_phone)p;
    return SB_PHONE_NONE;
}

char sb_phone_set_class(const sb_phone_set *set, sb_phone phone)
{
    return phone < set->n ? set->phone_class[phone] : SB_CLASS_SILENCE;
}

double sb_class_seconds(char phone_class)
{
    switch (phone_class) {
    case 'V':
        return 0.095;
    case 'F':
        return 0.100;
    case 'S':
    case 'Z':
        return 0.065;
    default:
        return 0.060;
    }
}

const char *sb_phone_name(sb_phone phone)
{
    return phone < SB_N_PHONES ? arpabet.name[phone] : "SIL";
}

sb_phone sb_phone_find(const char *name, size_t size)
{
    return sb_phone_set_find(&arpabet, name, size);
}

char sb_phone_class(sb_phone phone)
{
    return sb_phone_set_class(&arpabet, phone);
}

bool sb_phones_add(const char *names, sb_phone *out, size_t *n, size_t room)
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
