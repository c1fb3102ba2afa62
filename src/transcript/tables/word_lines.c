#include "transcript/tables/tables.h"

#include <string.h>

/* NIST's line formats: CTM and the LEXEME lines of RTTM have a word a line, STM a segment. */

#define MAX_SNIFFED_LINES 100

typedef enum line_kind { LINE_OTHER, LINE_SKIPPED, LINE_WORD, LINE_ALTERNATIVE } line_kind;

static bool is_comment(const char *text, const sb_line *line)
{
    return sb_line_is_blank(line, text) || (line->length > 1 && memcmp(text + line->at, ";;", 2) == 0);
}

/* Returns true for words that mean silence. */
static bool is_silent(const char *text, sb_range word)
{
    static const char *const marks[] = {"<eps>", "@", "<sil>", "sil", "!sil", "<s>", "</s>", "-"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sb_range_is(text, word, marks[i]))
            return true;
    return false;
}

static bool is_named(const char *text, sb_range speaker)
{
    static const char *const nobody[] = {"<na>", "na", "unknown", "<unk>", "null", "inter_segment_gap"};
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (sb_range_is(text, speaker, nobody[i]))
            return false;
    return speaker.length > 0;
}

typedef struct word_scan {
    sb_table table;
    sb_label_list channels, files, speakers;
    size_t alternative; /* number of the alternative that is being read, from 1; 0: none */
} word_scan;

/* A span from its start and its length. */
static bool read_span(sb_table_row *row, const char *text, sb_range start, sb_range length)
{
    row->start = sb_field_seconds(text, start);
    row->start_range = start;
    sb_time span = sb_field_seconds(text, length);
    row->end = row->start != SB_TIME_NONE && span != SB_TIME_NONE ? row->start + span : SB_TIME_NONE;
    return row->end != SB_TIME_NONE;
}

/* Reads `file channel start length word [confidence [type [speaker]]]`. The labels are the channel and the
 * file; of an alternative, the mark. */
static line_kind read_ctm_line(sb_table_row *row, sb_range label[2], const char *text, const sb_line *line)
{
    *row = (sb_table_row){.line = line->number};
    if (is_comment(text, line))
        return LINE_SKIPPED;
    sb_fields f = sb_fields_split(text, line, SB_FIELDS_MAX);
    if (f.n < 5 || f.n > 9)
        return LINE_OTHER;
    if (f.items[4].length > 4 && strncasecmp(text + f.items[4].at, "<ALT", 4) == 0) {
        label[0] = f.items[4];
        return LINE_ALTERNATIVE;
    }
    if (!read_span(row, text, f.items[2], f.items[3]) ||
        (f.n > 5 && sb_field_seconds(text, f.items[5]) == SB_TIME_NONE &&
         !sb_range_is(text, f.items[5], "NA")))
        return LINE_OTHER;
    label[0] = f.items[1];
    label[1] = f.items[0];
    row->text.range = f.items[4];
    if (f.n > 7 && is_named(text, f.items[7])) {
        row->speaker.range = f.items[7];
        row->has_speaker = true;
    }
    return LINE_WORD;
}

/* Reads `LEXEME file channel start length word type speaker [confidence]`. */
static line_kind read_lexeme(sb_table_row *row, sb_range label[2], const char *text, const sb_line *line)
{
    *row = (sb_table_row){.line = line->number};
    sb_fields f = sb_fields_split(text, line, SB_FIELDS_MAX);
    if (f.n < 6 || !sb_range_is(text, f.items[0], "LEXEME") || !read_span(row, text, f.items[3], f.items[4]))
        return LINE_SKIPPED;
    label[0] = f.items[2];
    label[1] = f.items[1];
    row->text.range = f.items[5];
    if (f.n > 7 && is_named(text, f.items[7])) {
        row->speaker.range = f.items[7];
        row->has_speaker = true;
    }
    return LINE_WORD;
}

static sb_status take_label_word(word_scan *s, sb_table_row *row, const sb_range label[2])
{
    const char *text = s->table.reading->text;
    if (s->alternative > 1)
        return SB_OK;
    if (is_silent(text, row->text.range))
        row->text.range.length = 0;
    row->channel = sb_label_number(&s->channels, text, label[0]);
    sb_label_number(&s->files, text, label[1]);
    if (row->text.range.length == 0) /* kept for its times */
        return s->channels.n > 1 ? SB_OK : sb_table_add(&s->table, row);
    return sb_table_add(&s->table, row);
}

/* A last line without a line end may be cut inside the name. A new name there is taken for that of the word
 * before. */
static void complete_speaker(word_scan *s, sb_table_row *row, const sb_line *line)
{
    const char *text = s->table.reading->text;
    size_t n_before = s->speakers.n;
    bool is_new = !row->has_speaker;
    if (row->has_speaker) {
        sb_label_number(&s->speakers, text, row->speaker.range);
        is_new = s->speakers.n > n_before;
    }
    if (is_new && !line->has_end && s->table.n_items > 0) {
        const sb_table_row *before = &s->table.items[s->table.n_items - 1];
        row->speaker = before->speaker;
        row->has_speaker = before->has_speaker;
    }
}

static void take_alternative(word_scan *s, sb_range label)
{
    const char *text = s->table.reading->text;
    if (sb_range_is(text, label, "<ALT_BEGIN>")) {
        sb_table_count(&s->table, SB_FAULT_ALTERNATIVE, label.at);
        s->alternative = 1;
    } else if (sb_range_is(text, label, "<ALT_END>")) {
        s->alternative = 0;
    } else {
        s->alternative++;
    }
}

typedef line_kind line_reader(sb_table_row *row, sb_range label[2], const char *text, const sb_line *line);

static sb_status read_words(sb_reading *reading, line_reader *read_line, const char *missing)
{
    word_scan s = {.table = {.reading = reading, .are_words = true, .has_silences = true}};
    s.table.channel_names = &s.channels;
    sb_line line = {0};
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        sb_table_row row;
        sb_range label[2];
        line_kind kind = read_line(&row, label, reading->text, &line);
        if (kind == LINE_WORD) {
            complete_speaker(&s, &row, &line);
            status = take_label_word(&s, &row, label);
        } else if (kind == LINE_ALTERNATIVE) {
            take_alternative(&s, label[0]);
        } else if (kind == LINE_OTHER && line.has_end) {
            sb_table_count(&s.table, SB_FAULT_LINE, line.at);
        }
    }
    if (status == SB_OK && s.table.n_items == 0)
        status = sb_reading_fail(reading, 0, "%s", missing);
    sb_table_check_files(&s.table, &s.files);
    if (status == SB_OK)
        status = sb_table_add_turns(&s.table);
    sb_table_finish(&s.table);
    return status;
}

static sb_sniff sniff_ctm(const char *text, size_t size)
{
    sb_line line = {0};
    sb_table_row row;
    sb_range label[2];
    size_t n_words = 0, n_other = 0;
    while (line.number < MAX_SNIFFED_LINES && sb_line_next(&line, text, size)) {
        line_kind kind = read_ctm_line(&row, label, text, &line);
        n_other += kind == LINE_OTHER && line.has_end;
        n_words += kind == LINE_WORD;
    }
    return n_words > 0 && n_other * 4 <= n_words ? (sb_sniff){90, "lines such as file 1 0.50 0.25 word"}
                                                 : (sb_sniff){0};
}

static sb_status read_ctm(sb_reading *reading)
{
    return read_words(reading, read_ctm_line,
                      "no line such as \"file 1 0.50 0.25 word\"; choose another format");
}

/* Each line is an object of this kind. */
static bool is_rttm_line(const char *text, const sb_line *line)
{
    static const char *const kinds[] = {"SPEAKER",        "LEXEME", "SPKR-INFO", "NON-SPEECH", "NON-LEX",
                                        "FILLER",         "EDIT",   "SU",        "SEGMENT",    "NOSCORE",
                                        "NO_RT_METADATA", "IP",     "CB",        "A/P"};
    sb_fields f = sb_fields_split(text, line, SB_FIELDS_MAX);
    if (f.n < 8)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (sb_range_is(text, f.items[0], kinds[i]))
            return sb_field_seconds(text, f.items[3]) != SB_TIME_NONE ||
                   sb_range_is(text, f.items[3], "<NA>");
    return false;
}

static sb_sniff sniff_rttm(const char *text, size_t size)
{
    sb_line line = {0};
    size_t n = 0, n_other = 0;
    while (line.number < MAX_SNIFFED_LINES && sb_line_next(&line, text, size)) {
        bool is_object = is_rttm_line(text, &line);
        n += is_object;
        n_other += !is_object && !is_comment(text, &line) && line.has_end;
    }
    return n > 0 && n_other * 4 <= n ? (sb_sniff){95, "lines such as SPEAKER file 1 0.50 2.25 <NA> <NA> name"}
                                     : (sb_sniff){0};
}

static bool read_speaker_line(sb_table_row *row, sb_range *file, const char *text, const sb_line *line)
{
    *row = (sb_table_row){.line = line->number};
    sb_fields f = sb_fields_split(text, line, SB_FIELDS_MAX);
    if (f.n < 8 || !sb_range_is(text, f.items[0], "SPEAKER") || !read_span(row, text, f.items[3], f.items[4]))
        return false;
    *file = f.items[1];
    row->speaker.range = f.items[7];
    row->has_speaker = true;
    return is_named(text, f.items[7]);
}

sb_status sb_speaker_rows_read(sb_table *table)
{
    sb_reading *reading = table->reading;
    sb_line line = {0};
    sb_label_list files = {0};
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        sb_table_row row;
        sb_range file;
        if (!read_speaker_line(&row, &file, reading->text, &line))
            continue;
        sb_label_number(&files, reading->text, file);
        if (files.n > 1)
            return sb_reading_fail(
                reading, file.at,
                "the file has the speakers of several recordings; keep only the lines of yours");
        status = sb_table_add(table, &row);
    }
    return status;
}

static sb_status read_rttm(sb_reading *reading)
{
    sb_line line = {0};
    while (sb_line_next(&line, reading->text, reading->size)) {
        sb_table_row row;
        sb_range label[2];
        if (read_lexeme(&row, label, reading->text, &line) == LINE_WORD)
            return read_words(reading, read_lexeme, "no words");
    }
    sb_reading_fail(reading, 0,
                    "this file says who speaks when, but has no words; name the transcript instead");
    if (reading->err)
        reading->err->field = "speakers";
    return SB_ERR_FORMAT;
}

const sb_reader sb_reader_ctm = {"ctm", "NIST: file, channel, start, length and word on a line", sniff_ctm,
                                 read_ctm, SB_UNIT_CUE};
const sb_reader sb_reader_rttm = {"rttm", "NIST: who speaks when, with words in LEXEME lines", sniff_rttm,
                                  read_rttm, SB_UNIT_CUE};
