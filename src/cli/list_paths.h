/* Where the files that a list names lie. */
#ifndef SB_CLI_LIST_PATHS_H
#define SB_CLI_LIST_PATHS_H

/* The folder of a list, empty where it is the current one; `path` may be "-". The caller frees. NULL when out of memory. */
char *cli_list_folder(const char *path);

/* A path as the list has it, seen from `folder`; absolute ones stay. The caller frees. NULL when out of memory. */
char *cli_list_path(const char *folder, const char *path);

#endif
