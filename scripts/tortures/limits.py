"""Full disks, file-size limits, read-only folders, closed descriptors, closed pipes, and two runs at once."""

import os
import resource
import subprocess
from concurrent.futures import ThreadPoolExecutor

from commands import COMMANDS
from judge import finding, is_temporary
from runs import PLAIN

SIZES = (0, 4096, 20000, 65536, 300000)
DISKS_KB = (0, 4, 16, 64, 256, 1024)  # beside what the folder has already
NOBODY = 65534
CLOSED = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-")


class NoFault:
    calls, error = "", 0


def written(torture):
    """The commands that write files."""
    return [command for command in COMMANDS if command.name in torture.plain and torture.plain[command.name].files]


def tried(torture, command, **how):
    folder = torture.folder()
    torture.workshop.prepare(folder, command)
    outcome = torture.workshop.run(folder, command, **how)
    torture.clear(folder)
    return finding(outcome, torture.plain[command.name], NoFault)


def size_limits(torture):
    for command in written(torture):
        for size in SIZES:
            def limit(size=size):
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            yield f"file size {size}", command, tried(torture, command, preexec_fn=limit)


def full_disks(torture):
    """Small file systems in memory; only root may mount them."""
    for command in written(torture):
        for size in DISKS_KB:
            folder = torture.folder()
            folder.mkdir()
            if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + 8}k", "torture", folder], capture_output=True, check=False).returncode:
                print("full disks: skipped, a file system cannot be mounted")
                return
            try:
                inside = folder / "disk"
                torture.workshop.prepare(inside, command)
            except OSError:  # what a command needs does not fit
                continue
            else:
                outcome = torture.workshop.run(inside, command)
                yield f"disk of {size} kB", command, finding(outcome, torture.plain[command.name], NoFault)
            finally:
                subprocess.run(["umount", folder], check=True)


def read_only(torture):
    if os.geteuid() != 0:
        print("read-only folders: skipped, another user is needed")
        return
    for command in written(torture):
        folder = torture.folder()
        torture.workshop.prepare(folder, command)
        (folder / "work").chmod(0o555)
        outcome = torture.workshop.run(folder, command, user=NOBODY, group=NOBODY)
        torture.clear(folder)
        what = finding(outcome, torture.plain[command.name], NoFault)
        yield "read-only", command, what or (None if outcome.code else "STATUS: success in a read-only folder")


def closed(torture):
    """A run whose output goes to a file succeeds; one whose listing is lost does not."""
    for command in COMMANDS:
        for ends in CLOSED if command.name in torture.plain and not command.stdin else ():
            folder, plain = torture.folder(), torture.plain[command.name]
            torture.workshop.prepare(folder, command)
            outcome = torture.workshop.run(folder, command, wrapper=["bash", "-c", f'exec "$0" "$@" {ends}'])
            torture.clear(folder)
            expected = plain.code if ">&-" not in ends.replace("2>&-", "") or not plain.stdout else 1
            files = {name: digest for name, digest in outcome.files.items() if plain.files.get(name) != digest}
            what = None
            if outcome.code != expected:
                what = f"STATUS: exit code {outcome.code}, not {expected}"
            elif files or (outcome.code == 0 and outcome.files != plain.files):
                what = f"BYTES: {' '.join(files)}"
            yield f"closed {ends}", command, what


def closed_pipe(torture):
    for command in COMMANDS:
        if command.name in torture.plain and torture.plain[command.name].stdout:
            folder, plain = torture.folder(), torture.plain[command.name]
            torture.workshop.prepare(folder, command)
            outcome = torture.workshop.run(folder, command, wrapper=["bash", "-c", 'set -o pipefail; "$0" "$@" | true'])
            torture.clear(folder)
            left = [name for name in outcome.files if is_temporary(name)]
            what = f"STATUS: exit code {outcome.code}" if outcome.code not in (0, 1) else f"LEFT: {' '.join(left)}" if left else None
            what = what or (None if all(plain.files.get(name) == digest or isinstance(digest, tuple) for name, digest in outcome.files.items()) else "BYTES")
            yield "closed pipe", command, what


def at_once(torture):
    """Two runs in one folder: each file is that of one of them, and they are the same."""
    for command in written(torture):
        if command.before:
            continue
        folder, plain = torture.folder(), torture.plain[command.name]
        torture.workshop.prepare(folder, command)
        forced = command._replace(arguments=[*command.arguments, "--force"])
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda _: torture.workshop.run(folder, forced, PLAIN), range(2)))
        after = torture.workshop.look(folder)
        torture.clear(folder)
        codes = sorted(outcome.code for outcome in outcomes)
        busy = any("another batch is running" in outcome.stderr for outcome in outcomes)
        what = None
        if codes != [0, 0] and not (busy and codes == [0, 1]):
            what = f"STATUS: exit codes {codes}: {outcomes[0].stderr}{outcomes[1].stderr}"
        elif after != plain.files:
            what = f"BYTES: {' '.join(name for name in {*after, *plain.files} if after.get(name) != plain.files.get(name))}"
        yield "two at once", command, what


def limits(torture):
    n, found = 0, []
    for part in (size_limits, full_disks, read_only, closed, closed_pipe, at_once):
        n_part = 0
        for how, command, what in part(torture):
            n_part += 1
            if what:
                found.append(f"{how} {command.name}: {what}")
        print(f"{part.__name__.replace('_', ' ')}: {n_part} runs")
        n += n_part
    print(f"limits: {n} runs; {len(found)} findings")
    return found
