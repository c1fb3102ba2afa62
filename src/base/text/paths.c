#include "base/text/text.h"

#include <string.h>

const char *sb_path_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path;
}

size_t sb_path_stem(const char *path)
{
    const char *name = sb_path_name(path), *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - path) : strlen(path);
}
