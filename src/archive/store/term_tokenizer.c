#include "archive/store/store.h"

#include "archive/archive.h"

#include <sqlite3.h>
#include <string.h>

/* The index gets terms, not text: quote/terms makes them. Terms are separated by SB_TERM_NEXT, those of one
 * place by SB_TERM_SAME. */

static int term_tokenizer_create(void *context, const char **arguments, int n_arguments, Fts5Tokenizer **out)
{
    (void)context, (void)arguments, (void)n_arguments;
    static char any;
    *out = (Fts5Tokenizer *)&any; /* there is no state */
    return SQLITE_OK;
}

static void term_tokenizer_delete(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int term_tokenizer_split(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text,
                                int size,
                                int (*take)(void *context, int flags, const char *token, int n_token,
                                            int start, int end))
{
    (void)tokenizer, (void)flags;
    int code = SQLITE_OK;
    bool is_same = false;
    for (int at = 0; at < size && !code;) {
        int end = at;
        while (end < size && text[end] != SB_TERM_NEXT && text[end] != SB_TERM_SAME)
            end++;
        if (end > at)
            code = take(context, is_same ? FTS5_TOKEN_COLOCATED : 0, text + at, end - at, at, end);
        is_same = end < size && text[end] == SB_TERM_SAME;
        at = end + 1;
    }
    return code;
}

int sb_term_tokenizer_add(void *connection)
{
    static fts5_tokenizer tokenizer = {term_tokenizer_create, term_tokenizer_delete, term_tokenizer_split};
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code)
        return code;
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    code = sqlite3_finalize(statement);
    if (!code && !api)
        code = SQLITE_ERROR;
    return code ? code : api->xCreateTokenizer(api, "soundbite", NULL, &tokenizer, NULL);
}
