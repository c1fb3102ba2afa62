#include "cli/sandbox/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>

#define IOCTL_LINUX_CONSOLE 0x541C /* TIOCLINUX */

/* Refused with EACCES or EPERM: libraries that try one of these go on without. */
static const char *const refused[] = {
    /* network */
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "socketcall",
    /* other programs */
    "execve",
    "execveat",
    /* other processes, and what the kernel keeps for them */
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "kcmp",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "add_key",
    "request_key",
    "keyctl",
    "shmget",
    "shmat",
    "shmctl",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "semget",
    "semop",
    "semtimedop",
    "semctl",
    "mq_open",
    /* files past the rules of Landlock, which are about opening, creating and removing */
    "open_by_handle_at",
    "name_to_handle_at",
    "truncate",
    "truncate64",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "chown32",
    "fchown",
    "fchown32",
    "lchown",
    "lchown32",
    "fchownat",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "removexattr",
    "lremovexattr",
    "fremovexattr",
    "utime",
    "utimes",
    "futimesat",
    /* the system */
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsmount",
    "fsconfig",
    "fspick",
    "mount_setattr",
    "unshare",
    "setns",
    "swapon",
    "swapoff",
    "reboot",
    "acct",
    "sethostname",
    "setdomainname",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "stime",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "iopl",
    "ioperm",
    "syslog",
    "quotactl",
    "quotactl_fd",
    "personality",
    "vhangup",
    "lookup_dcookie",
    "fanotify_init",
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setgroups",
    "setfsuid",
    "setfsgid",
    "capset",
#ifndef SB_SANITIZED /* the sanitizers look at their process at its end */
    "ptrace",
#endif
};

/* As if the kernel did not know them: it would not see what is done through a ring, nor the flags of clone3.
 * Callers then use the older calls. */
static const char *const unknown[] = {"io_uring_setup", "io_uring_enter", "io_uring_register", "clone3"};

static bool refuse_all(scmp_filter_ctx filter, const char *const *names, size_t n, int reason)
{
    for (size_t i = 0; i < n; i++) {
        int number = seccomp_syscall_resolve_name(names[i]);
        if (number != __NR_SCMP_ERROR &&
            seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint32_t)reason), number, 0))
            return false;
    }
    return true;
}

/* A new namespace would lift some restrictions. */
static bool refuse_namespaces(scmp_filter_ctx filter)
{
    static const uint64_t flags[] = {CLONE_NEWNS,  CLONE_NEWUTS, CLONE_NEWIPC,   CLONE_NEWUSER,
                                     CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i])))
            return false;
    return true;
}

/* Typing into the terminal, and changing the times of a file by its name. */
static bool refuse_by_argument(scmp_filter_ctx filter)
{
    const uint32_t act = SCMP_ACT_ERRNO(EPERM);
    return seccomp_rule_add(filter, act, SCMP_SYS(ioctl), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, TIOCSTI)) == 0 &&
           seccomp_rule_add(filter, act, SCMP_SYS(ioctl), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, IOCTL_LINUX_CONSOLE)) == 0 &&
           seccomp_rule_add(filter, act, SCMP_SYS(utimensat), 1, SCMP_A1(SCMP_CMP_NE, 0, 0)) == 0;
}

bool cli_filter_exists(void)
{
    return true;
}

bool cli_filter_enter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: fewer steps for each call */
    bool ok = refuse_all(filter, refused, sizeof refused / sizeof *refused, EACCES) &&
              refuse_all(filter, unknown, sizeof unknown / sizeof *unknown, ENOSYS) &&
              refuse_namespaces(filter) && refuse_by_argument(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}
