#include "soundbite/drop.h"

#include "quote/sense/fillers.h"

#define HESITATION(text) text "\n"
#define ASIDE(text)      ", " text ",\n"

const char *sb_fillers_default(void)
{
    return "# English. Sounds of hesitation\n" SB_ENGLISH_HESITATIONS(
        HESITATION) "# Phrases, only if set apart\n" SB_ENGLISH_ASIDES(ASIDE);
}
