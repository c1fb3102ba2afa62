#include "cli/term/term.h"

#include "base/json/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define STEP_MS   100
#define BAR_WIDTH 30

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_progress_init(cli_progress *progress, cli_progress_kind kind, bool quiet)
{
    if (kind == CLI_PROGRESS_AUTO && (quiet || !isatty(STDERR_FILENO)))
        kind = CLI_PROGRESS_NONE;
    struct winsize size = {0};
    ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
    *progress = (cli_progress){.kind = kind, .width = size.ws_col ? size.ws_col : 80};
}

static void print_json(const char *stage, const char *episode, double done, double total, int64_t elapsed_ms)
{
    sb_bytes line = {0};
    sb_json_writer json = {.out = &line};
    double rate = elapsed_ms > 0 ? done * 1000 / (double)elapsed_ms : NAN;
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "stage", stage);
    if (episode)
        sb_json_text(&json, "episode", episode);
    sb_json_number(&json, "done", done, 3);
    sb_json_number(&json, "total", total > 0 ? total : NAN, 3);
    sb_json_number(&json, "rate", rate, 3);
    sb_json_number(&json, "left", total > 0 && rate > 0 ? (total - done) / rate : NAN, 1);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
    if (!line.failed)
        fwrite(line.data, 1, line.size, stderr);
    sb_bytes_finish(&line);
}

void cli_progress_episode(cli_progress *progress, const char *name, size_t done, size_t total)
{
    if (progress->kind != CLI_PROGRESS_JSON)
        return;
    if (done == 0)
        progress->episodes_ms = now_ms();
    else
        print_json("episode", name, (double)done, (double)total, now_ms() - progress->episodes_ms);
}

static void draw_bar(cli_progress *progress, double share, int64_t elapsed_ms)
{
    int filled = (int)(share * BAR_WIDTH);
    char bar[BAR_WIDTH + 1];
    memset(bar, '#', (size_t)filled);
    memset(bar + filled, '.', (size_t)(BAR_WIDTH - filled));
    bar[BAR_WIDTH] = 0;
    char left[32] = "";
    if (share > 0.02 && share < 1) {
        double left_s = (double)elapsed_ms / 1000 * (1 - share) / share;
        snprintf(left, sizeof left, "  %d:%02d left", (int)left_s / 60, (int)left_s % 60);
    }
    char line[128];
    snprintf(line, sizeof line, "%-7s [%s] %3.0f %%%s", progress->stage, bar, share * 100, left);
    fprintf(stderr, "\r%.*s\033[K", progress->width - 1, line);
    progress->drawn = true;
}

void cli_progress_step(void *user, const char *stage, double done, double total)
{
    cli_progress *progress = user;
    if (progress->kind == CLI_PROGRESS_NONE)
        return;
    int64_t now = now_ms();
    bool same_stage = !strcmp(progress->stage, stage);
    bool ends = total > 0 && done >= total;
    if (same_stage && !ends && now - progress->shown_ms < STEP_MS)
        return;
    if (!same_stage) {
        snprintf(progress->stage, sizeof progress->stage, "%s", stage);
        progress->started_ms = now;
    }
    progress->shown_ms = now;
    if (progress->kind == CLI_PROGRESS_JSON)
        print_json(progress->stage, NULL, done, total, now - progress->started_ms);
    else if (total > 0)
        draw_bar(progress, done < 0 ? 0 : done > total ? 1 : done / total, now - progress->started_ms);
    else {
        fprintf(stderr, "\r%-7s %.0f\033[K", progress->stage, done);
        progress->drawn = true;
    }
    fflush(stderr);
}

void cli_progress_clear(cli_progress *progress)
{
    if (!progress->drawn)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->drawn = false;
}
