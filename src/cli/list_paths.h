/* Paths of the files that a list names. */
#ifndef SB_CLI_LIST_PATHS_H
#define SB_CLI_LIST_PATHS_H

/* Returns the folder of a list; "" for the current folder. `path` may be "-". The caller frees it. Returns
 * NULL if memory runs out. */
char *cli_list_folder(const char *path);

/* Returns a path of the list relative to `folder`. Absolute paths are unchanged. The caller frees it. Returns
 * NULL if memory runs out. */
char *cli_list_path(const char *folder, const char *path);

#endif
