#include "cli/session/session.h"

#include "base/run/run.h"
#include "cli/archive/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool to_stdout(const char *path)
{
    return !path || !strcmp(path, "-");
}

static bool same_file(const char *a, const char *b)
{
    struct stat stat_a, stat_b;
    return !stat(a, &stat_a) && !stat(b, &stat_b) && S_ISREG(stat_a.st_mode) &&
           stat_a.st_dev == stat_b.st_dev && stat_a.st_ino == stat_b.st_ino;
}

/* An archive is also written, but only by the action that changes it. */
static bool is_archive(const cli_arguments *args, const char *path)
{
    const char *given = cli_text(args, CLI_OPT_ARCHIVE, NULL);
    char *usual = given || !cli_archive_is_operated(args) ? NULL : cli_archive_default();
    bool is = (given || usual) && same_file(path, given ? given : usual);
    free(usual);
    return is;
}

static bool is_read(const cli_arguments *args, const char *path)
{
    for (size_t i = 0; i < args->n_operands; i++)
        if (same_file(path, args->operands[i]) ||
            (!strcmp(args->operands[i], "-") && same_file(path, "/dev/stdin")))
            return true;
    for (size_t i = 0; i < args->n_values; i++)
        if (cli_option_reads(args->values[i].option) && same_file(path, args->values[i].text))
            return true;
    return is_archive(args, path);
}

sb_status cli_output_not_input(const cli_context *context, const char *path, sb_error *err)
{
    if (!is_read(context->args, path))
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_EXISTS, path, 0, 0,
                           "is an input of this command and is never overwritten; name another file");
}

sb_status cli_output_look(const cli_context *context, const char *path, sb_error *err)
{
    struct stat info;
    if (stat(path, &info))
        return SB_OK;
    if (S_ISDIR(info.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name a file in it");
    if (S_ISREG(info.st_mode) && !context->force)
        return sb_error_set_field(err, SB_ERR_EXISTS, "overwrite", path, "exists already");
    return SB_OK;
}

sb_status cli_output_begin(cli_context *context, sb_error *err)
{
    const char *path = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    if (to_stdout(path))
        return SB_OK;
    if (cli_output_not_input(context, path, err))
        return err ? err->status : SB_ERR_EXISTS;
    if (context->dry_run)
        return cli_output_look(context, path, err);
    return sb_output_open(&context->output, path, context->force, err);
}

sb_status cli_output_tell(const char *path, size_t size, sb_error *err)
{
    sb_bytes line = {0};
    sb_bytes_print(&line, "would write %s (%zu bytes)\n", to_stdout(path) ? "standard output" : path, size);
    sb_status status = cli_print(line.data, line.size, err);
    sb_bytes_finish(&line);
    return status;
}

sb_status cli_output_tell_beside(const cli_context *context, const char *path, sb_error *err)
{
    sb_bytes line = {0};
    if (cli_has(context->args, CLI_OPT_JSON))
        return SB_OK;
    sb_bytes_print(&line, "would write %s\n", to_stdout(path) ? "standard output" : path);
    sb_status status =
        line.failed ? sb_error_memory(err, "writing the output") : cli_print(line.data, line.size, err);
    sb_bytes_finish(&line);
    return status;
}

sb_status cli_output_end(cli_context *context, const sb_bytes *data, sb_error *err)
{
    if (data->failed)
        return sb_error_memory(err, "writing the output");
    const char *path = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    if (context->dry_run)
        return cli_output_tell(path, data->size, err);
    if (!context->output)
        return cli_print(data->data, data->size, err);
    sb_status status = sb_output_write(context->output, data->data, data->size, err);
    return status ? status : sb_output_commit(&context->output, err);
}

static sb_status print_failed(int reason, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_IO, "standard output", 0, 0,
                           "cannot be written (%s); free some space or choose another place",
                           strerror(reason));
}

sb_status cli_print_end(sb_error *err)
{
    return sb_close(STDOUT_FILENO) == 0 || errno == EBADF ? SB_OK : print_failed(errno, err);
}

sb_status cli_print(const void *data, size_t size, sb_error *err)
{
    const char *at = data;
    while (size > 0) {
        ssize_t n = write(STDOUT_FILENO, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EPIPE)
            return sb_error_set(err, SB_ERR_IO, "%s", "");
        if (n < 0)
            return print_failed(errno, err);
        at += n;
        size -= (size_t)n;
    }
    return SB_OK;
}

sb_status cli_side_file_open(cli_side_file *out, const cli_context *context, cli_option_id option,
                             sb_error *err)
{
    const char *path = cli_text(context->args, option, NULL);
    *out = (cli_side_file){.path = path};
    if (!path)
        return SB_OK;
    if (!strcmp(path, cli_text(context->args, CLI_OPT_OUTPUT, "-")))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--%s and the report would both write to %s; name another file",
                            cli_options[option].name, strcmp(path, "-") ? path : "standard output");
    if (cli_output_not_input(context, path, err))
        return SB_ERR_EXISTS;
    if (context->dry_run)
        return cli_output_look(context, path, err);
    return sb_output_open(&out->output, path, context->force, err);
}

sb_status cli_side_file_write(cli_side_file *file, const cli_context *context, const sb_bytes *data,
                              sb_error *err)
{
    if (!file->path)
        return SB_OK;
    if (data->failed)
        return sb_error_memory(err, "writing the output");
    if (context->dry_run)
        return cli_output_tell(file->path, data->size, err);
    sb_status status = sb_output_write(file->output, data->data, data->size, err);
    return status ? status : sb_output_commit(&file->output, err);
}

void cli_side_file_finish(cli_side_file *file)
{
    sb_output_abort(&file->output);
}
