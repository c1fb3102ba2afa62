/* The table of options, reading values by it, and checking parameter structs by it. */
#ifndef SB_OPTION_OPTION_H
#define SB_OPTION_OPTION_H

#include "soundbite/option.h"

/* The type of an option's field. */
typedef enum sb_option_field {
    SB_FIELD_BOOL,
    SB_FIELD_TIME,
    SB_FIELD_INT,
    SB_FIELD_INT64,
    SB_FIELD_SIZE,
    SB_FIELD_DOUBLE,
    SB_FIELD_ENUM,    /* index of the choice plus `first` */
    SB_FIELD_BITS,    /* unsigned */
    SB_FIELD_STRING,  /* const char * */
    SB_FIELD_STRINGS, /* const char *const *, and a size_t at `has` */
    SB_FIELD_MATCHES, /* sb_selection.match and more_matches */
    SB_FIELD_PROFILE, /* const sb_profile * */
    SB_FIELD_FRAME    /* sb_time; the duration of a frame at the chosen rate */
} sb_option_field;

/* How several values of an option are combined. */
typedef enum sb_option_merge {
    SB_MERGE_LAST,
    SB_MERGE_LEAST,
    SB_MERGE_GREATEST,
    SB_MERGE_ALL
} sb_option_merge;

typedef struct sb_option_row {
    sb_option option; /* the first member, so that a pointer to it is also a pointer to the row */
    sb_option_field type;
    sb_option_merge merge;
    size_t at;  /* offset of the field in the struct of the option's group */
    size_t has; /* offset of the flag `has_x`, which says that a value of 0 is meant; 0: none */
    size_t off; /* offset of the flag that `instead` sets; 0: none */
    int first;  /* for ENUM: the value of choice 0 */
} sb_option_row;

#define SB_OPTIONS_MAX 64

/* Returns true if `text` is the name `name`. Case is ignored, and '_' equals '-'. */
bool sb_option_is_name(const char *text, const char *name);

/* Returns true for the words that switch a flag off, in the languages of spreadsheets. */
bool sb_option_is_no(const char *text);

/* Returns the row of an option, or NULL if it is not in the table. */
const sb_option_row *sb_option_row_of(const sb_option *option);

/* Returns the index of a row. It is less than SB_OPTIONS_MAX. */
size_t sb_option_row_index(const sb_option_row *row);

/* Reads the next range of an option of type RANGES at `*at`, and moves `*at` behind it. Returns false at the
 * end of the text. Also returns false for a text that is not a range within the limits of the option; `*at`
 * then points to it. */
bool sb_option_next_range(sb_number_range *out, const sb_option *option, const char **at);

/* Checks the fields of one parameter struct: their ranges, and the conflicts between them. `params` is the
 * struct of `group`. Returns SB_ERR_ARGUMENT with the fields. */
sb_status sb_option_fields_check(sb_option_group group, const void *params, sb_error *err);

#endif
