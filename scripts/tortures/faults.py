"""The faults. To add one: a line here, and its calls in tests/shim_faults*.c."""

import errno
from collections import namedtuple

# `calls` are names of the shim, `error` an errno (0: half of the bytes); `lasts` are the ways to fail from the n-th call on. `by_callers`:
# of the calls with the same callers, the first fails; otherwise any call.
Fault = namedtuple("Fault", "name calls error lasts by_callers", defaults=[False])

BOTH = ("once", "on")
FAULTS = [
    Fault("read", "read", errno.EIO, BOTH),
    Fault("short-read", "read", 0, BOTH),
    Fault("write", "write", errno.EIO, BOTH),
    Fault("full", "write", errno.ENOSPC, BOTH),
    Fault("quota", "write,sync,close", errno.EDQUOT, BOTH),
    Fault("short-write", "write", 0, BOTH),
    Fault("eintr", "read,write,sync,lock,wait,open,truncate", errno.EINTR, ("once", "every-other")),
    Fault("sync", "sync", errno.EIO, BOTH),
    Fault("close", "close", errno.EIO, BOTH),
    Fault("rename", "rename", errno.EIO, BOTH),
    Fault("mkdir", "mkdir", errno.EACCES, BOTH),
    Fault("stat", "stat", errno.EIO, BOTH),
    Fault("seek", "seek", errno.EIO, BOTH),
    Fault("truncate", "truncate", errno.EIO, BOTH),
    Fault("lock", "lock", errno.ENOLCK, BOTH),
    Fault("unlink", "unlink", errno.EACCES, BOTH),
    Fault("open", "open", errno.EACCES, BOTH),
    Fault("descriptors", "open,dup", errno.EMFILE, BOTH),
    Fault("thread", "thread", errno.EAGAIN, BOTH),
    Fault("fork", "fork", errno.EAGAIN, BOTH),
    Fault("memory", "memory", errno.ENOMEM, BOTH, by_callers=True),
]
