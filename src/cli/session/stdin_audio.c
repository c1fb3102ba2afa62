#include "cli/session/session.h"

#include "base/file/open.h"
#include "cli/term/term.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE (1 << 16)

static sb_status cannot_keep(sb_error *err)
{
    return sb_error_set_at(
        err, SB_ERR_IO, "-", 0, 0,
        "cannot be stored in a temporary file (%s); save the audio to a file and name that file",
        strerror(errno));
}

static sb_status copy_to(FILE *to, cli_context *context, sb_error *err)
{
    char block[BLOCK_SIZE];
    for (;;) {
        ssize_t n = read(STDIN_FILENO, block, sizeof block);
        if (cli_signal_seen(context))
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return sb_error_set_at(err, SB_ERR_IO, "-", 0, 0, "cannot be read (%s); save it to a file first",
                                   strerror(errno));
        if (n == 0)
            return fflush(to) ? cannot_keep(err) : SB_OK;
        if (fwrite(block, 1, (size_t)n, to) != (size_t)n)
            return cannot_keep(err);
    }
}

sb_status cli_stdin_settle(cli_context *context, sb_error *err)
{
    struct stat info;
    if (fstat(STDIN_FILENO, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)))
        return SB_OK;
    FILE *kept = sb_unnamed_file();
    if (!kept)
        return cannot_keep(err);
    sb_status status = copy_to(kept, context, err);
    if (!status && (dup2(fileno(kept), STDIN_FILENO) < 0 || lseek(STDIN_FILENO, 0, SEEK_SET) < 0))
        status = cannot_keep(err);
    fclose(kept);
    return status;
}

sb_status cli_stdin_audio(cli_context *context, sb_error *err)
{
    const char *path = cli_operand(context, 0);
    if (!path || strcmp(path, "-"))
        return SB_OK;
    context->audio_path = "/dev/stdin";
    return cli_stdin_settle(context, err);
}
