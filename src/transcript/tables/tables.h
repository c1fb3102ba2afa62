/* Transcripts in lines and columns: tables, labels, and the tiers and word lists of phoneticians. */
#ifndef SB_TRANSCRIPT_TABLES_TABLES_H
#define SB_TRANSCRIPT_TABLES_TABLES_H

#include "base/text/text.h"
#include "transcript/transcript.h"

/* A part of the source. In quoted text, two quotation marks stand for one. With alternatives, "{ um / uh }"
 * means its first alternative. */
typedef struct sb_cell {
    sb_range range; /* without the quotation marks around it */
    bool is_quoted;
    bool has_alternatives;
} sb_cell;

/* A row: a segment or a word with its times. */
typedef struct sb_table_row {
    sb_time start, end; /* SB_TIME_NONE: unknown */
    /* ranges of their digits; `length` 0: they cannot be rewritten in place */
    sb_range start_range, end_range;
    sb_cell text, speaker;
    bool has_speaker; /* the row has a cell for the speaker, which may be empty */
    size_t channel;   /* its track, tier or channel, from 0 */
    int64_t line;
    const struct sb_table_row *words; /* its words with their times, if another part of the file has them */
    size_t n_words;
} sb_table_row;

/* Numbers the channels or names of a file in the order of their first use. If there are too many, the last
 * number is shared. */
#define SB_LABELS_MAX 64
typedef struct sb_label_list {
    sb_range items[SB_LABELS_MAX];
    size_t n;
} sb_label_list;

/* Kinds of faults. For each kind, one note gives the position of the first fault and their number. */
typedef enum sb_table_fault {
    SB_FAULT_REVERSED,    /* a row ends before it starts */
    SB_FAULT_TIME,        /* a time that cannot be read */
    SB_FAULT_EMPTY,       /* a row without text */
    SB_FAULT_LINE,        /* a line that is no row */
    SB_FAULT_CELLS,       /* cells beyond the last column */
    SB_FAULT_QUOTE,       /* a quotation mark without its partner */
    SB_FAULT_ALTERNATIVE, /* another reading of the same words */
    SB_N_FAULTS
} sb_table_fault;

typedef struct sb_table {
    sb_reading *reading;
    sb_table_row *items;
    size_t n_items, capacity;
    size_t n_channels; /* more than one: the rows are merged by time */
    const sb_label_list
        *channel_names; /* of rows without a speaker, if there are several channels; NULL: none */
    bool has_silences;  /* rows without text are not faults */
    bool keeps_order;   /* the rows belong to several recordings and are not merged */
    bool repeats_names; /* a row without a speaker has the speaker of the row before */
    bool are_names;     /* for a layer of speakers: the texts are names */
    bool are_words;     /* each row is a word; if not set, that is detected */
    size_t n_faults[SB_N_FAULTS], first_fault[SB_N_FAULTS];
} sb_table;

/* Adds a row. An end before the start is left out and counted. Returns SB_ERR_FORMAT if the text is longer
 * than any row of a transcript; SB_ERR_MEMORY. */
sb_status sb_table_add(sb_table *table, const sb_table_row *row);
void sb_table_count(sb_table *table, sb_table_fault fault, size_t at);
void sb_table_finish(sb_table *table);

/* Adds the turns of all rows and the notes. Rows of single words are joined up to the end of a sentence, a
 * pause of 1.5 s, 60 s or another speaker. If no row names its speaker, "Name:" at the beginning of texts
 * does, as in captions. Returns SB_ERR_FORMAT if no row has text; SB_ERR_MEMORY. */
sb_status sb_table_add_turns(sb_table *table);

/* Returns the unit of times without a colon: seconds, milliseconds or days, by the number of letters in that
 * time. Uses the ranges of the times. */
sb_time sb_table_number_unit(const sb_table *table, bool has_ends);

/* Appends the characters of a cell; a doubled quotation mark becomes one. */
void sb_cell_append(sb_bytes *out, const char *text, const sb_cell *cell);
void sb_cell_put(sb_text_writer *writer, const char *text, const sb_cell *cell);

/* Fields of a line that are separated by blanks. */
#define SB_FIELDS_MAX 12
typedef struct sb_fields {
    sb_range items[SB_FIELDS_MAX]; /* the last one is the rest of the line if there are more */
    size_t n;
} sb_fields;
sb_fields sb_fields_split(const char *text, const sb_line *line, size_t n_max);

/* Reads a field that is a number of seconds; SB_TIME_NONE if it is not, or if it is negative. */
sb_time sb_field_seconds(const char *text, sb_range field);

/* Returns the number of a label and adds it if it is new. */
size_t sb_label_number(sb_label_list *list, const char *text, sb_range label);

/* For formats whose lines name a recording: `files` are those names. More than one gives a note, and the rows
 * keep their order. */
void sb_table_check_files(sb_table *table, const sb_label_list *files);

/* The content of a column, according to its name. */
typedef enum sb_column_kind {
    SB_COLUMN_OTHER,
    SB_COLUMN_START,
    SB_COLUMN_END,
    SB_COLUMN_LENGTH,
    SB_COLUMN_TIME, /* the start, unless another column has it */
    SB_COLUMN_SPEAKER,
    SB_COLUMN_NAME, /* name of the speaker, or of a marker if there is no text */
    SB_COLUMN_TEXT,
    SB_COLUMN_REMARK, /* the text if there is no other */
    SB_COLUMN_FILE    /* the name of a file */
} sb_column_kind;

typedef struct sb_column {
    sb_column_kind kind;
    sb_time unit; /* unit of the numbers, if the name gives it; otherwise 0 */
} sb_column;

/* Reads the name of a column, such as "Start Time (ms)" or "Sprecherin". */
sb_column sb_column_read(const char *name);

/* A table with a header: where its columns are. `at` is the position of the header. */
#define SB_COLUMN_NONE SIZE_MAX
typedef struct sb_columns {
    size_t start, end, length, speaker, text; /* index of the column, or SB_COLUMN_NONE */
    sb_time unit;                             /* of start, end and length; 0: unknown */
    sb_csv csv;                               /* at the first row */
    size_t n;                                 /* number of columns */
    bool is_file_list;
    bool lost_times; /* a column with the name of a time has no readable times */
    bool has_header; /* false: the columns were found from the content of the cells */
    bool has_rows;   /* there is a row below the header */
    bool failed;     /* memory ran out */
} sb_columns;

/* Finds the header. Returns false if the text is not a table. A table without a column of text is found
 * too. */
bool sb_columns_find(sb_columns *out, const char *text, size_t size);

/* Add the rows of label tracks, of tables with these columns, and of the SPEAKER lines of RTTM, for layers of
 * speakers too. The times are those of the rows. Return SB_ERR_FORMAT if RTTM is of several recordings;
 * SB_ERR_MEMORY. */
sb_status sb_label_rows_read(sb_table *table);
sb_status sb_delimited_rows_read(sb_table *table, const sb_columns *columns);
sb_status sb_speaker_rows_read(sb_table *table);

/* Times in the cells of tables. */
typedef struct sb_cell_clock {
    sb_time unit;  /* of numbers */
    sb_time frame; /* of times with frames, 0: none has been seen */
    bool drops;    /* drop-frame counting */
} sb_cell_clock;

/* Reads a time at the beginning of a cell: a clock time, HH:MM:SS:FF or a number. `range` is the part that a
 * new time may replace. */
sb_stamp sb_cell_time(sb_range *range, const sb_cell_clock *clock, const char *text, sb_range cell);

#endif
