/* --index: a web page with all clips. */
#ifndef SB_CLI_INDEX_PAGE_H
#define SB_CLI_INDEX_PAGE_H

#include "context.h"

#include "soundbite/clip_page.h"

/* Checks the page before the work begins. Returns SB_ERR_EXISTS if it exists or is an operand; SB_ERR_IO if
 * it is a folder. */
sb_status cli_index_check(const cli_context *context, bool overwrite, sb_error *err);

/* Writes the page with links relative to its folder and fills items[i].path. Does nothing without --index or
 * without clips; with --dry-run, only prints what it would do. Returns the statuses of sb_file_write and
 * SB_ERR_MEMORY. */
sb_status cli_index_write(const cli_context *context, sb_clip_page_item *items, size_t n, const char *title,
                          bool overwrite, sb_error *err);

#endif
