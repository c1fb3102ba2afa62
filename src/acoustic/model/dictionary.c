#include "acoustic/model/model.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "pronounce/pronounce.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), n = strlen(ending);
    return size > n && strcmp(name + size - n, ending) == 0;
}

/* Models also have a list of noises, which is no pronouncing dictionary. */
static bool is_dictionary(const char *name)
{
    if (strstr(name, "noise") || strstr(name, "filler"))
        return false;
    return strcmp(name, "dict.txt") == 0 || ends_with(name, ".dict") || ends_with(name, ".dic");
}

/* `best` is the name found so far, or empty. */
static void search_folder(char best[256], const char *folder)
{
    DIR *dir = opendir(folder);
    best[0] = '\0';
    for (const struct dirent *e; dir && (e = readdir(dir)) != NULL;)
        if (is_dictionary(e->d_name) && (!best[0] || strcmp(e->d_name, best) < 0))
            snprintf(best, 256, "%s", e->d_name);
    if (dir)
        closedir(dir);
}

sb_status sb_model_find_dictionary(char **out, const char *folder, sb_error *err)
{
    char name[256], around[512];
    *out = NULL;
    snprintf(around, sizeof around, "%s/..", folder);
    const char *where = folder;
    search_folder(name, folder);
    if (!name[0]) {
        search_folder(name, around);
        where = around;
    }
    if (!name[0])
        return SB_OK;
    *out = sb_path_join(where, name);
    return *out ? SB_OK : sb_error_memory(err, "reading the acoustic model");
}

sb_status sb_dictionary_read_for(sb_dictionary **out, const void *data, size_t size, const char *path,
                                 const char *model, sb_error *err)
{
    sb_triphones *triphones = NULL;
    *out = NULL;
    if (!model)
        return sb_dictionary_read(out, data, size, path, err);
    sb_status status = sb_triphones_read(&triphones, model, err);
    if (status == SB_OK)
        status = sb_dictionary_read_in(out, data, size, path, triphones->phones, err);
    sb_triphones_free(&triphones);
    return status;
}
