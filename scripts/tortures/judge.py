"""What must be true of a run with a fault, compared with a run without."""

import errno
import signal

EXIT_FAILED = 1
OTHERS = ("index.html", ".db")  # the index lists the clips that were made; an archive is as before, or what its journal makes of it
ENDING_LIBRARIES = ("libglib", "libgobject", "libpango", "libfontconfig", "libharfbuzz")


def is_temporary(name):
    return name.rsplit("/", 1)[-1].startswith(".") and name.endswith(".part")


def leftovers(outcome, plain):
    """Names that should not be there. The journal of a batch that failed stays for --resume, that of an archive for the next run."""
    return [name for names, usual in ((outcome.files, plain.files), (outcome.cache, plain.cache))
            for name in names if name not in usual and not (outcome.code and name.endswith((".journal", ".db-journal")))]


def is_part(found, usual):
    """A list of a run that failed may lack lines."""
    return isinstance(found, tuple) and isinstance(usual, tuple) and set(found) <= set(usual)


def differences(found, usual):
    return [name for name in found if name in usual and found[name] != usual[name] and not is_part(found[name], usual[name])]


def of_success(outcome, plain):
    same = outcome.files == plain.files and outcome.stdout == plain.stdout
    return None if same or outcome.stderr != plain.stderr else "SILENT: other results and no warning"


def ended_by_library(outcome, fault):
    """Some libraries end the process if an allocation or a thread fails: by abort, a trap or exit(-1). libseccomp then makes a
    filter that ends the process at its next call; nothing was read or written before."""
    if "a library ended the program" in outcome.stderr or "a library aborted the program" in outcome.stderr:
        return True
    if outcome.code == -signal.SIGSYS and fault.error == errno.ENOMEM and any(line.startswith("libseccomp") for line in outcome.trace):
        return True
    return (fault.error in (errno.ENOMEM, errno.EAGAIN) and outcome.code in (-signal.SIGABRT, -signal.SIGTRAP, 255)
            and any(line.startswith(ENDING_LIBRARIES) for line in outcome.trace))


def of_failure(outcome, plain, fault):
    if outcome.code != EXIT_FAILED:
        return f"STATUS: exit code {outcome.code}"
    if "soundbite: " not in outcome.stderr:
        return "STATUS: no message"
    if fault.error == errno.ENOMEM and "memory" not in outcome.stderr:
        return "STATUS: not told as a lack of memory"
    other = [name for name in differences(outcome.files, plain.files) if not name.endswith(OTHERS)]
    return f"BYTES: {' '.join(other)} differs in a run that failed" if other else None


def finding(outcome, plain, fault):
    """A text, or None if all is well."""
    if outcome.code is None:
        return "HANG"
    if "Sanitizer" in outcome.stderr or "runtime error:" in outcome.stderr:
        return "SANITIZER"
    if ended_by_library(outcome, fault):
        return None
    if outcome.code < 0:
        return f"CRASH: signal {-outcome.code}"
    what = of_success(outcome, plain) if outcome.code == plain.code else of_failure(outcome, plain, fault)
    left = leftovers(outcome, plain)
    if not what and left and "unlink" not in fault.calls:
        what = "LEFT: " + " ".join(left)
    other = differences(outcome.cache, plain.cache)
    return what or (f"CACHE: {' '.join(other)} differs" if other else None)
