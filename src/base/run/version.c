#include "soundbite/version.h"
#include "soundbite/status.h"

const char *sb_version(void)
{
    return SB_VERSION_STRING;
}
