#include "soundbite/status.h"
#include "soundbite/version.h"

const char *sb_version(void)
{
    return SB_VERSION_STRING;
}
