/* A JSON tokenizer. Unlike a parsed document, it gives the position of every value, and the values before the
 * end of a file that is cut short. Each nesting level costs one byte and no stack. */
#ifndef SB_TRANSCRIPT_JSON_SCAN_H
#define SB_TRANSCRIPT_JSON_SCAN_H

#include "soundbite/file.h"
#include "soundbite/transcript.h"

typedef enum sb_scan_kind {
    SB_SCAN_BEGIN_OBJECT,
    SB_SCAN_END_OBJECT,
    SB_SCAN_BEGIN_ARRAY,
    SB_SCAN_END_ARRAY,
    SB_SCAN_KEY,
    SB_SCAN_TEXT,
    SB_SCAN_NUMBER,
    SB_SCAN_WORD, /* true, false, null */
    SB_SCAN_DONE, /* the document is complete */
    SB_SCAN_CUT,  /* the text ends inside the document */
    SB_SCAN_BAD,  /* not JSON; `range` is the position */
    SB_SCAN_MEMORY
} sb_scan_kind;

typedef struct sb_scan_token {
    sb_scan_kind kind;
    sb_range range; /* for keys and texts, the part between the quotes */
} sb_scan_token;

typedef enum sb_scan_state { SB_SCAN_WANTS_VALUE, SB_SCAN_WANTS_KEY, SB_SCAN_WANTS_COMMA } sb_scan_state;

/* Set `text` and `size`, and zero the rest. */
typedef struct sb_json_scan {
    const char *text;
    size_t size, at;
    sb_bytes open; /* the open brackets */
    sb_scan_state state;
} sb_json_scan;

/* Returns the next token. After DONE, CUT, BAD and MEMORY, it returns the same again. */
sb_scan_token sb_json_scan_next(sb_json_scan *scan);

/* Skips the rest of a value whose first token was `first`. Returns its last token, or the token that ended
 * the scan. */
sb_scan_token sb_json_scan_skip(sb_json_scan *scan, sb_scan_token first);
void sb_json_scan_finish(sb_json_scan *scan);

bool sb_json_scan_is(const sb_json_scan *scan, const sb_scan_token *token, const char *text);

/* Appends the text of a token with its escapes decoded. */
void sb_json_scan_text(sb_bytes *out, const sb_json_scan *scan, sb_range range);

#endif
