#include "cli/sandbox/sandbox.h"

bool cli_filter_exists(void)
{
    return false;
}

bool cli_filter_enter(void)
{
    return false;
}
