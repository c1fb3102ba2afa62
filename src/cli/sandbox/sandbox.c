#include "cli/sandbox/sandbox.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PART_SIZE 4096
#define NO_MEMORY 2 /* the exit code of the process that reads the inputs first */

static cli_sandbox_mode mode_of(const cli_context *context)
{
    return (cli_sandbox_mode)cli_whole(context->args, CLI_OPT_SANDBOX, CLI_SANDBOX_AUTO);
}

/* Restricts what can be restricted. Returns false if something that must be cannot. */
static bool restrict_process(cli_sandbox_mode mode, const cli_places *places, bool *files, bool *calls)
{
    *files = cli_landlock_enter(places);
    *calls = cli_filter_enter();
    return mode != CLI_SANDBOX_ON || (*files && *calls);
}

static bool write_all(int fd, const sb_bytes *bytes)
{
    size_t at = 0;
    while (at < bytes->size) {
        ssize_t n = write(fd, bytes->data + at, bytes->size - at);
        if (n <= 0 && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* Reads the inputs in a process that can write nothing but the names in them, to `fd`, and undo in an archive
 * what a killed process left unfinished. */
static _Noreturn void name_files_apart(cli_context *context, int fd)
{
    cli_places places = {0};
    sb_bytes names = {0};
    bool files, calls;
    cli_places_of_inputs(&places, context);
    cli_places_of_system(&places, context);
    for (size_t i = 0; i < places.n; i++)
        if (places.items[i].use == CLI_PLACE_WRITE)
            places.items[i].use = CLI_PLACE_READ;
    cli_places_of_archives(&places, context);
    if (places.failed)
        _exit(NO_MEMORY);
    if (!restrict_process(mode_of(context), &places, &files, &calls))
        _exit(1);
    context->args->command->name_files(context, &names);
    if (names.failed)
        _exit(NO_MEMORY);
    _exit(write_all(fd, &names) ? 0 : 1);
}

static bool read_names(sb_bytes *out, int fd)
{
    char part[PART_SIZE];
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n > 0)
            sb_bytes_append(out, part, (size_t)n);
        else if (n == 0 || errno != EINTR)
            return n == 0 && !out->failed;
    }
}

static sb_status run_apart(sb_bytes *names, cli_context *context, sb_error *err)
{
    int ends[2], how = 0;
    if (pipe(ends))
        return sb_error_set(err, SB_ERR_IO, "no pipe could be made (%s); close other programs",
                            strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        name_files_apart(context, ends[1]);
    }
    close(ends[1]);
    if (pid > 0) {
        bool whole = read_names(names, ends[0]);
        while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
            ;
        if (names->failed || (WIFEXITED(how) && WEXITSTATUS(how) == NO_MEMORY))
            sb_error_memory(err, "reading the list");
        else if (!whole || !WIFEXITED(how) || WEXITSTATUS(how) != 0)
            sb_error_set(
                err, SB_ERR_IO,
                "the process that first reads which files are needed has failed; check the list or the "
                "archive, or use --sandbox off");
    } else {
        sb_error_set(err, SB_ERR_IO, "no process could be started (%s); close other programs",
                     strerror(errno));
    }
    close(ends[0]);
    return err->status;
}

/* A list may not open everything below a folder. */
static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Files that a list names are allowed before the list is read here, so another process reads it first. A list
 * from standard input is rewound for that. */
static sb_status add_named_files(cli_places *places, cli_context *context, sb_error *err)
{
    sb_bytes names = {0};
    bool reads_stdin = cli_places_have_stdin(places);
    if (reads_stdin && cli_stdin_settle(context, err))
        return err->status;
    off_t start = lseek(STDIN_FILENO, 0, SEEK_CUR);
    if (!run_apart(&names, context, err))
        for (size_t at = 0; at < names.size; at += strlen(names.data + at) + 1)
            if (!is_folder(names.data + at))
                cli_places_add(places, names.data + at, CLI_PLACE_READ);
    if (reads_stdin && start >= 0)
        lseek(STDIN_FILENO, start, SEEK_SET);
    sb_bytes_finish(&names);
    return err->status;
}

static sb_status refuse(sb_error *err)
{
    bool files = cli_landlock_version() > 0, calls = cli_filter_exists();
    return sb_error_set(err, SB_ERR_UNSUPPORTED,
                        "--sandbox on: %s; use --sandbox auto to run with what there is",
                        !files   ? "this system has no Landlock, so files cannot be restricted"
                        : !calls ? "the program was built without libseccomp, so the network cannot be closed"
                                 : "this system refuses to restrict the program");
}

static void tell(cli_context *context, bool files, bool calls)
{
    if (files)
        cli_message_detail(context, "sandbox: only the named files can be used (Landlock version %d)",
                           cli_landlock_version());
    else if (cli_landlock_version())
        cli_message_warning(
            context, NULL,
            "the sandbox could not restrict which files are used; use --sandbox on to refuse that");
    else
        cli_message_detail(context, "sandbox: files are not restricted, because this system has no Landlock");
    cli_message_detail(context, calls ? "sandbox: no network and no other programs (seccomp)"
                                      : "sandbox: the network is not closed, because there is no libseccomp");
}

static bool reads_files(const cli_command *command)
{
    return command->operands && command->operands[0] && command->options &&
           command->options[0] != CLI_OPT_END;
}

sb_status cli_sandbox_enter(cli_sandbox *sandbox, cli_context *context, sb_error *err)
{
    const cli_command *command = context->args->command;
    cli_sandbox_mode mode = mode_of(context);
    cli_places places = {0};
    bool files, calls;
    if (mode == CLI_SANDBOX_OFF || !reads_files(command))
        return SB_OK;
    if (mode == CLI_SANDBOX_ON && (!cli_landlock_version() || !cli_filter_exists()))
        return refuse(err);
    /* espeak-ng looks for a sound server, although it plays nothing. PulseAudio's library would say that it
     * may not. */
    setenv("PULSE_LOG_SYSLOG", "1", 0);
    cli_places_of_inputs(&places, context);
    cli_places_of_system(&places, context);
    cli_places_of_outputs(&places, sandbox, context);
    cli_places_of_archives(&places, context);
    if (command->name_files && cli_landlock_version() && add_named_files(&places, context, err)) {
        cli_places_finish(&places);
        return err->status;
    }
    if (places.failed) {
        cli_places_finish(&places);
        return sb_error_memory(err, "restricting the program");
    }
    bool enough = restrict_process(mode, &places, &files, &calls);
    cli_places_finish(&places);
    if (!enough)
        return refuse(err);
    tell(context, files, calls);
    return SB_OK;
}
