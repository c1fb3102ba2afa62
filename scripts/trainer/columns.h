/* Tables with tabs between the columns, which the programs of the trainer read. */
#ifndef TRAINER_COLUMNS_H
#define TRAINER_COLUMNS_H

#include <stdbool.h>
#include <string.h>

/* Splits the line at tabs, in place. Returns false if there are fewer than `n` fields. */
static inline bool split_columns(char *line, char **fields, size_t n)
{
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t i = 0; i < n; i++) {
        fields[i] = line;
        line += strcspn(line, "\t");
        if (*line == '\0' && i + 1 < n)
            return false;
        if (*line)
            *line++ = '\0';
    }
    return true;
}

#endif
