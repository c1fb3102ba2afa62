/* The command `info` for each kind of file. */
#ifndef SB_CLI_INFO_H
#define SB_CLI_INFO_H

#include "context.h"
#include "report.h"

#include "soundbite/align.h"

/* Decodes the whole file, so that duration and damage are measured and not taken from the header. */
sb_status cli_info_media(cli_report *report, cli_context *context, const char *path, bool *damaged,
                         sb_error *err);
void cli_info_transcript(cli_report *report, const sb_transcript *transcript);
void cli_info_alignment(cli_report *report, const sb_alignment *alignment, const char *path);

#endif
