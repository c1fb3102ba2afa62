"""What must be true of a run with a fault, compared with a run without."""

EXIT_FAILED = 1
INDEX = "index.html"  # lists the clips that were made


def is_temporary(name):
    return name.rsplit("/", 1)[-1].startswith(".") and name.endswith(".part")


def leftovers(outcome, plain):
    """Names that should not be there. The journal of a batch that failed stays for --resume."""
    return [name for names, usual in ((outcome.files, plain.files), (outcome.cache, plain.cache))
            for name in names if name not in usual and not name.endswith(".journal")]


def is_part(found, usual):
    """A list of a run that failed may lack lines."""
    return isinstance(found, tuple) and isinstance(usual, tuple) and set(found) <= set(usual)


def differences(found, usual):
    return [name for name in found if name in usual and found[name] != usual[name] and not is_part(found[name], usual[name])]


def of_success(outcome, plain):
    same = outcome.files == plain.files and outcome.stdout == plain.stdout
    return None if same or outcome.stderr != plain.stderr else "SILENT: other results and no warning"


def of_failure(outcome, plain):
    if outcome.code != EXIT_FAILED:
        return f"STATUS: exit code {outcome.code}"
    if "soundbite: " not in outcome.stderr:
        return "STATUS: no message"
    other = [name for name in differences(outcome.files, plain.files) if not name.endswith(INDEX)]
    return f"BYTES: {' '.join(other)} differs in a run that failed" if other else None


def finding(outcome, plain, fault):
    """A text, or None if all is well."""
    if outcome.code is None:
        return "HANG"
    if "Sanitizer" in outcome.stderr or "runtime error:" in outcome.stderr:
        return "SANITIZER"
    if outcome.code < 0:
        return f"CRASH: signal {-outcome.code}"
    what = of_success(outcome, plain) if outcome.code == plain.code else of_failure(outcome, plain)
    left = leftovers(outcome, plain)
    if not what and left and "unlink" not in fault.calls:
        what = "LEFT: " + " ".join(left)
    other = differences(outcome.cache, plain.cache)
    return what or (f"CACHE: {' '.join(other)} differs" if other else None)
