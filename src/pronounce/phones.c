#include "pronounce/phones.h"

#include <string.h>

static const struct {
    char name[3];
    char phone_class;
} phones[SB_N_PHONES] = {
    {"AA", 'V'}, {"AE", 'V'}, {"AH", 'V'}, {"AO", 'V'}, {"AW", 'V'}, {"AY", 'V'}, {"B", 'S'},  {"CH", 'F'},
    {"D", 'S'},  {"DH", 'Z'}, {"EH", 'V'}, {"ER", 'V'}, {"EY", 'V'}, {"F", 'F'},  {"G", 'S'},  {"HH", 'F'},
    {"IH", 'V'}, {"IY", 'V'}, {"JH", 'Z'}, {"K", 'S'},  {"L", 'L'},  {"M", 'N'},  {"N", 'N'},  {"NG", 'N'},
    {"OW", 'V'}, {"OY", 'V'}, {"P", 'S'},  {"R", 'L'},  {"S", 'F'},  {"SH", 'F'}, {"T", 'S'},  {"TH", 'F'},
    {"UH", 'V'}, {"UW", 'V'}, {"V", 'Z'},  {"W", 'L'},  {"Y", 'L'},  {"Z", 'Z'},  {"ZH", 'Z'},
};

const char *sb_phone_name(sb_phone phone)
{
    return phone < SB_N_PHONES ? phones[phone].name : "SIL";
}

sb_phone sb_phone_find(const char *name, size_t size)
{
    if (size > 1 && name[size - 1] >= '0' && name[size - 1] <= '2')
        size--;
    for (sb_phone p = 0; p < SB_N_PHONES; p++)
        if (strlen(phones[p].name) == size && memcmp(phones[p].name, name, size) == 0)
            return p;
    return SB_PHONE_NONE;
}

char sb_phone_class(sb_phone phone)
{
    return phone < SB_N_PHONES ? phones[phone].phone_class : SB_CLASS_SILENCE;
}

double sb_phone_seconds(sb_phone phone)
{
    switch (sb_phone_class(phone)) {
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
