/* --index: a page to play and read the clips. */
#ifndef SB_CLI_INDEX_PAGE_H
#define SB_CLI_INDEX_PAGE_H

#include "context.h"

#include "soundbite/clip_page.h"

/* Before the work begins: SB_ERR_EXISTS where the page is there already or an operand, SB_ERR_IO where it is a folder. */
sb_status cli_index_check(const cli_context *context, bool overwrite, sb_error *err);

/* Writes the page of what was made, with links from its folder; items[i].path is filled here. Only told of with --dry-run,
 * nothing to do without --index, and none is made of no clips. As sb_file_write; SB_ERR_MEMORY. */
sb_status cli_index_write(const cli_context *context, sb_clip_page_item *items, size_t n, const char *title,
                          bool overwrite, sb_error *err);

#endif
