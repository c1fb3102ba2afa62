#include "archive/archive.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

sb_status sb_archive_alias(sb_archive *archive, const char *name, const char *means, sb_error *err)
{
    if (!*name)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "an alias needs a name; give the name that is to be replaced");
    if (!sb_text_or_null(means))
        return sb_database_write(archive->database, err, "DELETE FROM alias WHERE name = ?", "t", name);
    return sb_database_write(archive->database, err, "INSERT OR REPLACE INTO alias(name, means) VALUES(?, ?)",
                             "tt", name, means);
}

sb_status sb_archive_aliases(sb_archive *archive,
                             bool (*take)(void *user, const char *name, const char *means), void *user,
                             sb_error *err)
{
    sb_error reason = {0};
    sb_rows *rows =
        sb_database_read(archive->database, &reason, "SELECT name, means FROM alias ORDER BY name", "");
    while (sb_rows_next(rows, &reason) && take(user, sb_rows_text(rows, 0), sb_rows_text(rows, 1)))
        continue;
    sb_rows_end(&rows);
    return sb_archive_report(err, &reason);
}

static bool take_alias(void *user, const char *name, const char *means)
{
    sb_alias_list *list = user;
    bool ok = sb_push_room(&list->names, list->n, sizeof *list->names) &&
              sb_push_room(&list->meanings, list->n, sizeof *list->meanings);
    if (ok) {
        list->names[list->n] = sb_copy_text(name, &ok);
        list->meanings[list->n++] = sb_copy_text(means, &ok);
    }
    list->failed = !ok;
    return ok;
}

sb_status sb_alias_list_read(sb_alias_list *out, sb_archive *archive, sb_error *err)
{
    *out = (sb_alias_list){0};
    if (!sb_archive_aliases(archive, take_alias, out, err) && out->failed)
        sb_error_memory(err, "reading aliases");
    return err->status;
}

void sb_alias_list_finish(sb_alias_list *aliases)
{
    for (size_t i = 0; i < aliases->n; i++) {
        free(aliases->names[i]);
        free(aliases->meanings[i]);
    }
    free(aliases->names);
    free(aliases->meanings);
    *aliases = (sb_alias_list){0};
}

const char *sb_alias_of(const sb_alias_list *aliases, const char *name)
{
    for (size_t i = 0; i < aliases->n; i++)
        if (sb_wildcard_match(aliases->names[i], name))
            return aliases->meanings[i];
    return name;
}
