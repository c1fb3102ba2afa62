/* Parts of single commands. */
#ifndef SB_CLI_COMMANDS_COMMANDS_H
#define SB_CLI_COMMANDS_COMMANDS_H

#include "base/text/text.h"
#include "cli/session/session.h"
#include "cli/term/term.h"
#include "soundbite/align.h"
#include "soundbite/drift.h"
#include "soundbite/media.h"
#include "soundbite/names.h"
#include "soundbite/verify.h"
#include "soundbite/waveform.h"

/* Measuring the drift of one episode from its files. */

typedef struct cli_drift {
    cli_source source;
    sb_drift *drift;
    bool unsure; /* it is uncertain whether the transcript belongs to the audio */
} cli_drift;

/* Aligns and measures according to the options. `language` NULL uses --language. Returns SB_ERR_MISMATCH if a
 * saved alignment belongs to other audio, or with --strict if the pairing is uncertain; and the statuses of
 * cli_source_read, cli_source_align and sb_drift_measure. */
sb_status cli_drift_measure(cli_drift *out, cli_context *context, const char *audio_path,
                            const char *source_path, const char *language, sb_error *err);

/* Returns true for DRIFT and MISMATCH. */
bool cli_drift_is_wrong(sb_verdict verdict);

/* Returns the verdict that an error of cli_drift_measure implies: UNSURE or MISMATCH; OK if it implies
 * none. */
sb_verdict cli_drift_error_verdict(const cli_drift *drift, const sb_error *err);

/* Shows why cli_drift_measure failed and returns the exit code: 4 for a transcript of other audio, 1 for an
 * uncertain pairing. */
int cli_drift_fail(cli_context *context, const cli_drift *drift, const sb_error *err);

void cli_drift_finish(cli_drift *drift);

/* Measuring the drift of all episodes in a list. */

/* Measures the episodes of the list `path` in parallel and prints a line for each, the worst first. Returns
 * the exit code: CLI_EXIT_FAILED if a row could not be measured, otherwise CLI_EXIT_DRIFT if an episode is
 * not OK. */
int cli_drift_list(cli_context *context, const char *path);

/* Exporting waveform overviews, the only format made from the audio. */

/* Decodes the whole file, shows the progress and adds the sound to `waveform`, which may be NULL. Returns the statuses of
 * sb_decoder_read and SB_ERR_MEMORY. */
sb_status cli_decode_all(sb_decoder *decoder, sb_waveform *waveform, cli_context *context, sb_error *err);

/* Decodes the operand and appends its waveform: binary if the file of -o ends in ".dat", otherwise JSON.
 * `*damaged` is set, with a warning, if part of the audio could not be read. Returns SB_ERR_ARGUMENT if the
 * operand is a transcript or an alignment, or if quotes were selected; and the statuses of sb_decoder_open
 * and sb_decoder_read. */
sb_status cli_export_peaks(sb_bytes *out, cli_context *context, bool *damaged, sb_error *err);

/* Properties of a file as lines of text or as one JSON object. */

typedef struct cli_report {
    sb_bytes text;
    sb_json_writer json;
    bool as_json;
} cli_report;

void cli_report_begin(cli_report *report, bool as_json);
void cli_report_end(cli_report *report);
void cli_report_finish(cli_report *report);

/* Each property has a key for JSON and a label for text; NULL leaves it out there. An unknown value is null
 * in JSON and left out in text. */
void cli_report_text(cli_report *report, const char *key, const char *label, const char *value);
void cli_report_whole(cli_report *report, const char *key, const char *label, int64_t value);
void cli_report_time(cli_report *report, const char *key, const char *label, sb_time value);
void cli_report_bool(cli_report *report, const char *key, const char *label, bool value);

/* Adds a line to the text only. */
void cli_report_line(cli_report *report, const char *label, const char *format, ...) SB_PRINTF(3, 4);

/* The command `info` for each kind of file. */

/* Decodes the whole file, so that duration and damage are measured and not taken from the header. */
sb_status cli_info_media(cli_report *report, cli_context *context, const char *path, bool *damaged,
                         sb_error *err);

/* Describe a transcript or alignment. The speakers of a transcript are those of source->alignment, if there is one. Return
 * SB_ERR_MEMORY. */
sb_status cli_info_transcript(cli_report *report, const cli_source *source, sb_error *err);
sb_status cli_info_alignment(cli_report *report, const sb_alignment *alignment, const char *path,
                             sb_error *err);

/* The words of a transcript or alignment, by row. */
typedef struct cli_rows {
    const void *owner;
    size_t n_rows;
    const char *(*word_at)(const void *owner, size_t row, size_t word); /* NULL beyond the last word */
    bool (*goes_on)(const void *owner, size_t row);
    const char *(*speaker)(const void *owner, size_t row, sb_time *stamp); /* NULL if unnamed */
} cli_rows;

cli_rows cli_rows_of_transcript(const sb_transcript *transcript);
cli_rows cli_rows_of_alignment(const sb_alignment *alignment);

/* Appends the first words of the turn that begins with `row`, in at most about `width` columns, and "..." if there are more. */
void cli_rows_begin(sb_bytes *out, const cli_rows *rows, size_t row, size_t width);

/* Adds the speakers with their turns and words, and the hints about their names. Returns SB_ERR_MEMORY. */
sb_status cli_info_speakers(cli_report *report, const sb_speakers *speakers, const cli_rows *rows,
                            sb_error *err);

/* The text output of the command verify. */

/* Appends a paragraph about one quotation: the verdict, where it was said, each difference in words, and the
 * sentences around it. */
void cli_verify_text(sb_bytes *out, const sb_verification *verification, const sb_claim *claim,
                     const sb_alignment *alignment, bool color);

#endif
