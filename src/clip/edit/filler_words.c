#include "soundbite/drop.h"

/* The list is short: words that may be answers ("mhm", "uh huh", "right") or carry meaning ("well",
 * "actually") are left to the user's own list. */
const char *sb_fillers_default(void)
{
    return "# English. Sounds of hesitation\n"
           "um\numm\nuhm\nuh\nuhh\ner\nerm\nhmm\n"
           "# Phrases, only if set apart\n"
           ", you know,\n"
           ", I mean,\n"
           ", sort of,\n"
           ", kind of,\n"
           ", like,\n";
}
