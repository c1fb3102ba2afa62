#include "cli/info/info.h"

#include "cli/term/term.h"

#include <stdarg.h>
#include <stdio.h>

#define LABEL_WIDTH 16 /* the longest and a blank */

void cli_report_begin(cli_report *report, bool as_json)
{
    *report = (cli_report){.as_json = as_json};
    report->json.out = &report->text;
    if (as_json)
        sb_json_begin(&report->json, NULL, '{');
}

void cli_report_end(cli_report *report)
{
    if (!report->as_json)
        return;
    sb_json_end(&report->json, '}');
    sb_json_end_line(&report->json);
}

void cli_report_finish(cli_report *report)
{
    sb_bytes_finish(&report->text);
}

static void add_report_line(cli_report *report, const char *label, const char *value)
{
    sb_bytes_print(&report->text, "%-*s", LABEL_WIDTH, label);
    sb_append_printable(&report->text, value);
    sb_bytes_text(&report->text, "\n");
}

void cli_report_text(cli_report *report, const char *key, const char *label, const char *value)
{
    if (report->as_json && key)
        sb_json_text(&report->json, key, value);
    else if (!report->as_json && label && value)
        add_report_line(report, label, value);
}

void cli_report_whole(cli_report *report, const char *key, const char *label, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    if (report->as_json && key)
        sb_json_int(&report->json, key, value);
    else if (!report->as_json && label)
        add_report_line(report, label, text);
}

void cli_report_time(cli_report *report, const char *key, const char *label, sb_time value)
{
    char text[SB_TIME_TEXT];
    if (report->as_json && key)
        sb_json_time(&report->json, key, value);
    else if (!report->as_json && label && value != SB_TIME_NONE)
        add_report_line(report, label, sb_time_print(text, value, 3));
}

void cli_report_bool(cli_report *report, const char *key, const char *label, bool value)
{
    if (report->as_json && key)
        sb_json_bool(&report->json, key, value);
    else if (!report->as_json && label)
        add_report_line(report, label, value ? "yes" : "no");
}

void cli_report_line(cli_report *report, const char *label, const char *format, ...)
{
    if (report->as_json)
        return;
    char value[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    add_report_line(report, label, value);
}
