#include "base/file/file.h"

#include <errno.h>
#include <string.h>

static const char *advice_for(int reason)
{
    switch (reason) {
    case ENOENT:
    case ENOTDIR:
        return "check the name and its folder";
    case EACCES:
    case EPERM:
        return "check its permissions";
    case EROFS:
        return "choose a writable folder";
    case ENOSPC:
    case EDQUOT:
        return "free some space or choose another disk";
    case EFBIG:
        return "raise the limit on file sizes";
    case ENAMETOOLONG:
        return "choose a shorter name";
    case ELOOP:
        return "name the file itself, not a link to it";
    case EPIPE:
        return "the program that was reading it has ended";
    case EIO:
        return "check the disk";
    default:
        return "choose another place";
    }
}

sb_status sb_error_set_system(sb_error *err, const char *path, const char *done, int reason)
{
    return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be %s (%s); %s", done, strerror(reason),
                           advice_for(reason));
}
