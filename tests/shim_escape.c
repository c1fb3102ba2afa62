/* Preloaded into the program by test_cli_sandbox.sh: when the program ends, it tries what a program that was
 * taken over by a hostile file would try, and prints what came of it. SB_ESCAPE is a folder with the files
 * "secret" and "victim". */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[4096], other[4096];

static const char *in(char out[4096], const char *folder, const char *name)
{
    snprintf(out, 4096, "%s/%s", folder, name);
    return out;
}

static void tell(const char *what, long result)
{
    fprintf(stderr, "escape: %s %s\n", what, result < 0 ? "refused" : "possible");
}

static long try_program(void)
{
    int how;
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(99);
    }
    waitpid(pid, &how, 0);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0 ? 0 : -1;
}

static long try_trace(void)
{
    int how;
    pid_t pid = fork();
    if (pid == 0)
        _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : 1);
    waitpid(pid, &how, 0);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0 ? 0 : -1;
}

__attribute__((destructor)) static void escape(void)
{
    const char *folder = getenv("SB_ESCAPE");
    if (!folder)
        return;
    unsetenv("LD_PRELOAD"); /* the other program does not try too */
    tell("read", open(in(path, folder, "secret"), O_RDONLY));
    tell("list", open(folder, O_RDONLY | O_DIRECTORY));
    tell("write", open(in(path, folder, "victim"), O_WRONLY));
    tell("truncate", truncate(in(path, folder, "victim"), 0));
    tell("create", open(in(path, folder, "created"), O_WRONLY | O_CREAT, 0600));
    tell("mkdir", mkdir(in(path, folder, "made"), 0700));
    tell("link", link(in(path, folder, "secret"), in(other, folder, "linked")));
    tell("symlink", symlink("/etc/passwd", in(path, folder, "symlinked")));
    tell("chmod", chmod(in(path, folder, "victim"), 0777));
    tell("rename", rename(in(path, folder, "victim"), in(other, folder, "renamed")));
    tell("remove", unlink(in(path, folder, "victim")));
    tell("password", open("/etc/passwd", O_RDONLY));
    tell("socket", socket(AF_INET, SOCK_STREAM, 0));
    tell("unix", socket(AF_UNIX, SOCK_STREAM, 0));
    tell("ring", syscall(SYS_io_uring_setup, 1, path));
    tell("signal", getppid() > 1 ? kill(getppid(), 0) : -1);
    tell("type", ioctl(0, TIOCSTI, "x") < 0 && errno == EPERM ? -1 : 0);
    tell("namespace", syscall(SYS_unshare, 0x10000000));
    tell("program", try_program());
    tell("trace", try_trace());
}
