#include "support_transcript.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/run/run.h"

sb_transcript *transcript_of(const char *text, const char *format)
{
    sb_transcript *t;
    sb_error err = {0};
    sb_transcript_params params = {.format = format};
    if (sb_transcript_read(&t, text, strlen(text), &params, NULL, &err) != SB_OK)
        fail_msg("%lld:%lld: %s", (long long)err.line, (long long)err.column, err.message);
    return t;
}

static void dump_time(sb_bytes *out, sb_time time)
{
    char text[SB_TIME_TEXT];
    sb_bytes_text(out, time == SB_TIME_NONE ? "?" : sb_time_print_seconds(text, time, 3));
}

static void dump_events(sb_bytes *out, const sb_turn *turn)
{
    for (size_t i = 0; i < turn->n_events; i++)
        sb_bytes_print(out, "  ! %zu %s\n", turn->events[i].before_word, turn->events[i].text);
}

static void dump_words(sb_bytes *out, const sb_turn *turn)
{
    for (size_t i = 0; i < turn->n_words; i++) {
        const sb_word *word = &turn->words[i];
        sb_bytes_text(out, " ");
        if (word->start != SB_TIME_NONE || word->end != SB_TIME_NONE) {
            sb_bytes_text(out, "<");
            dump_time(out, word->start);
            if (word->end != SB_TIME_NONE) {
                sb_bytes_text(out, "-");
                dump_time(out, word->end);
            }
            sb_bytes_text(out, ">");
        }
        sb_bytes_text(out, word->text);
    }
}

void transcript_dump(sb_bytes *out, const sb_transcript *t, const sb_notes *notes)
{
    sb_bytes_print(out, "format=%s", t->format);
    if (t->container)
        sb_bytes_print(out, " container=%s", t->container);
    sb_bytes_print(out, " encoding=%s title=%s language=%s resolution=", t->encoding,
                   t->title ? t->title : "-", t->language ? t->language : "-");
    dump_time(out, t->resolution);
    sb_bytes_text(out, "\n");
    for (size_t i = 0; notes && i < notes->n_items; i++)
        sb_bytes_print(out, "note %lld:%lld: %s\n", (long long)notes->items[i].line,
                       (long long)notes->items[i].column, notes->items[i].text);
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        sb_bytes_print(out, "%lld%s ", (long long)turn->line, turn->goes_on ? "+" : "");
        dump_time(out, turn->stamp);
        if (turn->stop != SB_TIME_NONE) {
            sb_bytes_text(out, "-");
            dump_time(out, turn->stop);
        }
        if (turn->speaker)
            sb_bytes_print(out, " \"%s\"", turn->speaker);
        dump_words(out, turn);
        sb_bytes_text(out, "\n");
        dump_events(out, turn);
    }
}

char *shared_path(const char *name)
{
    const char *folder = getenv("SB_SHARED_DIR");
    char *path =
        folder ? sb_text_print("%s/%s", folder, name) : sb_text_print("%s/../shared/%s", SB_SOURCE_DIR, name);
    if (path && access(path, R_OK) != 0) {
        free(path);
        path = NULL;
    }
    return path;
}
