/* The script that a text is written in. */
#ifndef SB_PRONOUNCE_SCRIPTS_H
#define SB_PRONOUNCE_SCRIPTS_H

#include <stddef.h>

/* Those that hardly a language mixes; all others are one. */
typedef enum sb_script {
    SB_SCRIPT_NONE, /* no letters */
    SB_SCRIPT_LATIN,
    SB_SCRIPT_GREEK,
    SB_SCRIPT_CYRILLIC,
    SB_SCRIPT_OTHER,
    SB_SCRIPTS
} sb_script;

/* The script of most letters of some texts in UTF-8. */
sb_script sb_script_of(const char *const *texts, size_t n_texts);

#endif
