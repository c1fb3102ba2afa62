#include "cli/term/term.h"

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

static void print_json(const char *stage, double done, double total)
{
    fprintf(stderr, "{\"stage\": \"%s\", \"done\": %.3f, \"total\": ", stage, done);
    if (total > 0)
        fprintf(stderr, "%.3f}\n", total);
    else
        fputs("null}\n", stderr);
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
        print_json(progress->stage, done, total);
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
