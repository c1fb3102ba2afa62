#include "video/style/style.h"

#include <string.h>

const sb_profile *sb_profile_at(size_t index)
{
    size_t n = 0;
    while (sb_profiles[n].name && n < index)
        n++;
    return sb_profiles[n].name ? &sb_profiles[n] : NULL;
}

const char *sb_profile_alias(size_t index, const sb_profile **profile)
{
    size_t n = 0;
    while (sb_profile_aliases[n].name && n < index)
        n++;
    if (profile)
        *profile = sb_profile_aliases[n].name ? &sb_profiles[sb_profile_aliases[n].index] : NULL;
    return sb_profile_aliases[n].name;
}

const sb_profile *sb_profile_find(const char *name)
{
    const sb_profile *profile;
    for (const sb_profile *p = sb_profiles; name && p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p;
    for (size_t i = 0; name && sb_profile_alias(i, &profile); i++)
        if (strcmp(sb_profile_alias(i, NULL), name) == 0)
            return profile;
    return NULL;
}

const char *sb_profiles_date(void)
{
    return sb_profiles_looked_up;
}
