#include "cli/source/source.h"

#include <stdio.h>
#include <string.h>

#define TEXT_SIZE 1024

static bool is_same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

void cli_notes_write(sb_bytes *out, const sb_notes *notes, const char *audio_path,
                     const char *transcript_path)
{
    for (size_t i = 0; i < notes->n_items; i++) {
        const sb_note *note = &notes->items[i];
        char about = is_same(note->file, audio_path) ? 'a' : is_same(note->file, transcript_path) ? 't' : '-';
        sb_bytes_print(out, "%c %lld %lld %s\n", about, (long long)note->line, (long long)note->column,
                       note->text);
    }
}

static void read_note(sb_notes *out, const char *line, size_t size, const char *audio_path,
                      const char *transcript_path)
{
    char copy[TEXT_SIZE], about;
    long long at_line, at_column;
    int before_text = 0;
    if (size >= sizeof copy)
        return;
    memcpy(copy, line, size);
    copy[size] = 0;
    if (sscanf(copy, "%c %lld %lld %n", &about, &at_line, &at_column, &before_text) != 3 || !before_text)
        return;
    const char *file = about == 'a' ? audio_path : about == 't' ? transcript_path : NULL;
    sb_notes_add(out, file, at_line, at_column, "%s", copy + before_text);
}

void cli_notes_read(sb_notes *out, const sb_bytes *text, const char *audio_path, const char *transcript_path)
{
    const char *at = text->data, *end = at + text->size, *newline;
    for (; at < end && (newline = memchr(at, '\n', (size_t)(end - at))); at = newline + 1)
        read_note(out, at, (size_t)(newline - at), audio_path, transcript_path);
}
