#include "video/style/style.h"

#include <string.h>

const sb_profile *sb_profile_at(size_t index)
{
    size_t n = 0;
    while (sb_profiles[n].name && n < index)
        n++;
    return sb_profiles[n].name ? &sb_profiles[n] : NULL;
}

const sb_profile *sb_profile_find(const char *name)
{
    for (const sb_profile *p = sb_profiles; name && p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p;
    return NULL;
}

const char *sb_profiles_date(void)
{
    return sb_profiles_looked_up;
}
