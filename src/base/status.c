#include "soundbite/status.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *sb_status_name(sb_status status)
{
    static const char *const names[] = {
        [SB_OK] = "ok",
        [SB_ERR_MEMORY] = "memory",
        [SB_ERR_ARGUMENT] = "argument",
        [SB_ERR_IO] = "io",
        [SB_ERR_EXISTS] = "exists",
        [SB_ERR_FORMAT] = "format",
        [SB_ERR_NO_AUDIO] = "no-audio",
        [SB_ERR_NO_SPEECH] = "no-speech",
        [SB_ERR_MISMATCH] = "mismatch",
        [SB_ERR_NOT_FOUND] = "not-found",
        [SB_ERR_LIMIT] = "limit",
        [SB_ERR_UNSUPPORTED] = "unsupported",
        [SB_ERR_INTERRUPTED] = "interrupted",
    };
    size_t index = (size_t)status;
    return index < sizeof names / sizeof *names && names[index] ? names[index] : "unknown";
}

static void replace_controls(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7f)
            *c = '?';
}

SB_PRINTF(6, 0)
static void fill(sb_error *err, sb_status status, const char *file, int64_t line, int64_t column,
                 const char *format, va_list args)
{
    err->status = status;
    err->line = line;
    err->column = column;
    snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    vsnprintf(err->message, sizeof err->message, format, args);
    replace_controls(err->file);
    replace_controls(err->message);
}

sb_status sb_error_set(sb_error *err, sb_status status, const char *format, ...)
{
    if (!err || err->status != SB_OK)
        return status;
    va_list args;
    va_start(args, format);
    fill(err, status, NULL, 0, 0, format, args);
    va_end(args);
    return status;
}

sb_status sb_error_set_at(sb_error *err, sb_status status, const char *file, int64_t line, int64_t column,
                          const char *format, ...)
{
    if (!err || err->status != SB_OK)
        return status;
    va_list args;
    va_start(args, format);
    fill(err, status, file, line, column, format, args);
    va_end(args);
    return status;
}

size_t sb_error_print(char *out, size_t size, const sb_error *err)
{
    char place[320] = "";
    if (err->file[0] && err->line > 0 && err->column > 0)
        snprintf(place, sizeof place, "%s:%lld:%lld: ", err->file, (long long)err->line,
                 (long long)err->column);
    else if (err->file[0] && err->line > 0)
        snprintf(place, sizeof place, "%s:%lld: ", err->file, (long long)err->line);
    else if (err->file[0])
        snprintf(place, sizeof place, "%s: ", err->file);
    int length = snprintf(out, size, "%s%s", place, err->message);
    return length < 0 ? 0 : (size_t)length;
}

SB_PRINTF(1, 0)
static char *print_note(const char *format, va_list args)
{
    char *text = malloc(1024);
    if (!text)
        return NULL;
    vsnprintf(text, 1024, format, args);
    replace_controls(text);
    return text;
}

void sb_notes_add(sb_notes *notes, const char *file, int64_t line, int64_t column, const char *format, ...)
{
    if (!notes)
        return;
    if (notes->n_items >= SB_NOTES_MAX ||
        !sb_push_room(&notes->items, notes->n_items, sizeof *notes->items)) {
        notes->n_dropped++;
        return;
    }
    va_list args;
    va_start(args, format);
    sb_note note = {.text = print_note(format, args), .line = line, .column = column};
    va_end(args);
    note.file = sb_copy_text(file, NULL);
    if (note.text) {
        notes->items[notes->n_items++] = note;
        return;
    }
    free(note.file);
    notes->n_dropped++;
}

void sb_notes_finish(sb_notes *notes)
{
    for (size_t i = 0; i < notes->n_items; i++) {
        free(notes->items[i].text);
        free(notes->items[i].file);
    }
    free(notes->items);
    *notes = (sb_notes){0};
}
