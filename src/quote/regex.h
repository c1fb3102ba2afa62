/* Regular expressions over the text of consecutive turns of one speaker. */
#ifndef SB_QUOTE_REGEX_H
#define SB_QUOTE_REGEX_H

#include "quote/runs.h"

/* Adds the words that each match of `pattern` (PCRE2, caseless, Unicode) touches; empty matches are none. A run's text is its
 * words joined by single blanks, and a search goes on after the last word found. SB_ERR_ARGUMENT: it does not
 * compile, the message has the column; SB_ERR_LIMIT: it needs too many steps or too much memory; SB_ERR_FORMAT: the text is not
 * UTF-8; SB_ERR_MEMORY. */
sb_status sb_regex_find(sb_hits *hits, const sb_runs *runs, const char *pattern, sb_error *err);

#endif
