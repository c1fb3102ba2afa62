#include "soundbite/status.h"

#include "base/run/run.h"

#include <pthread.h>
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

/* A message that is too long is cut between two characters and ends with "...". */
SB_PRINTF(3, 0)
static void print_message(char *out, size_t size, const char *format, va_list args)
{
    int length = vsnprintf(out, size, format, args);
    if (length >= 0 && (size_t)length >= size) {
        size_t end = size - sizeof "...";
        while (end > 0 && ((unsigned char)out[end] & 0xc0) == 0x80)
            end--;
        memcpy(out + end, "...", sizeof "...");
    }
    replace_controls(out);
}

#define N_PATH_LISTS 64

typedef struct kept_path {
    struct kept_path *next;
    char text[];
} kept_path;

/* One copy of every path that occurred in an error. Errors are copied by value, so the library cannot know
 * when to free a path. */
static kept_path *kept_paths[N_PATH_LISTS];
static pthread_mutex_t kept_paths_lock = PTHREAD_MUTEX_INITIALIZER;

static const char *find_path(const kept_path *first, const char *path)
{
    for (const kept_path *k = first; k; k = k->next)
        if (!strcmp(k->text, path))
            return k->text;
    return NULL;
}

static const char *add_path(kept_path **first, const char *path)
{
    size_t size = strlen(path) + 1;
    kept_path *k = malloc(sizeof *k + size);
    if (!k)
        return NULL;
    memcpy(k->text, path, size);
    k->next = *first;
    *first = k;
    return k->text;
}

static const char *keep_path(const char *path)
{
    if (!path || !path[0])
        return NULL;
    unsigned hash = 0;
    for (const char *c = path; *c; c++)
        hash = hash * 31 + (unsigned char)*c;
    kept_path **list = &kept_paths[hash % N_PATH_LISTS];
    pthread_mutex_lock(&kept_paths_lock);
    const char *kept = find_path(*list, path);
    if (!kept)
        kept = add_path(list, path);
    pthread_mutex_unlock(&kept_paths_lock);
    return kept;
}

SB_PRINTF(3, 0)
static void fill_error(sb_error *err, const sb_error *head, const char *format, va_list args)
{
    *err = *head;
    err->file = keep_path(head->file);
    print_message(err->message, sizeof err->message, format, args);
}

sb_status sb_error_set(sb_error *err, sb_status status, const char *format, ...)
{
    if (!err || err->status != SB_OK)
        return status;
    va_list args;
    va_start(args, format);
    fill_error(err, &(sb_error){.status = status}, format, args);
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
    fill_error(err, &(sb_error){.status = status, .file = file, .line = line, .column = column}, format,
               args);
    va_end(args);
    return status;
}

sb_status sb_error_set_field(sb_error *err, sb_status status, const char *field, const char *file,
                             const char *format, ...)
{
    if (!err || err->status != SB_OK)
        return status;
    va_list args;
    va_start(args, format);
    fill_error(err, &(sb_error){.status = status, .field = field, .file = file}, format, args);
    va_end(args);
    return status;
}

sb_status sb_error_memory(sb_error *err, const char *doing)
{
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory while %s; close other programs", doing);
}

void sb_error_set_file(sb_error *err, const char *file)
{
    if (err && !err->file)
        err->file = keep_path(file);
}

size_t sb_error_print(char *out, size_t size, const sb_error *err)
{
    char place[48] = "";
    if (err->line > 0 && err->column > 0)
        snprintf(place, sizeof place, ":%lld:%lld", (long long)err->line, (long long)err->column);
    else if (err->line > 0)
        snprintf(place, sizeof place, ":%lld", (long long)err->line);
    int length = err->file ? snprintf(out, size, "%s%s: %s", err->file, place, err->message)
                           : snprintf(out, size, "%s", err->message);
    if (length < 0)
        return 0;
    if (size > 0)
        replace_controls(out);
    return (size_t)length;
}

SB_PRINTF(1, 0)
static char *print_note(const char *format, va_list args)
{
    char *text = malloc(1024);
    if (!text)
        return NULL;
    print_message(text, 1024, format, args);
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
