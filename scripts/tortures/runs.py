"""One run of a command with a fault, and what it left."""

import hashlib
import os
import shutil
import struct
import subprocess
from collections import namedtuple

TIMEOUT_S = 120
LISTS = (".jsonl", ".csv", ".journal")

# `files` and `cache` are digests by name; `seen` and `failed` are the counters of the shim, `sites` the numbers of the calls with new
# callers, `trace` the callers of the first failure.
Outcome = namedtuple("Outcome", "code files cache stdout stderr seen failed trace sites")

PLAIN = namedtuple("Place", "fault at lasts")(None, 0, "once")


def digest(path):
    """Lists keep their lines, since a list of a failed run may be shorter."""
    if not path.is_file():
        return "not a file"
    content = path.read_bytes()
    return tuple(content.splitlines(keepends=True)) if path.suffix in LISTS else hashlib.sha256(content).hexdigest()


def digests(folder):
    return {str(path.relative_to(folder)): digest(path) for path in sorted(folder.rglob("*")) if not path.is_dir()}


class Workshop:
    """Runs commands in `root`, which has the folder "in"."""

    def __init__(self, root, program, shim):
        self.root, self.program, self.shim = root, program, shim
        self.after = {}  # the folder after a command that others need

    def environment(self, folder, place):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("SB_", "LD_PRELOAD"))}
        clean.update(XDG_CACHE_HOME=str(folder / "cache"), HOME=str(self.root), LC_ALL="C.UTF-8",
                     ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")
        if place.fault:
            state = folder / "state"
            state.write_bytes(bytes(16))
            clean.update(LD_PRELOAD=str(self.shim), SB_FAULT_CALLS=place.fault.calls, SB_FAULT_ERROR=str(place.fault.error),
                         SB_FAULT_AT=str(place.at), SB_FAULT_LASTS=place.lasts, SB_FAULT_STATE=str(state), SB_FAULT_TRACE=str(folder / "trace"))
            if place.fault.by_callers and not place.at:
                clean.update(SB_FAULT_SITES=str(folder / "sites"))
        return clean

    def prepare(self, folder, command):
        """`folder` gets "work", where the command runs, and "cache"; "in" beside "work" is shared."""
        folder.mkdir()
        (folder / "in").symlink_to(self.root / "in")
        if command.before:
            shutil.copytree(self.after[command.before], folder / "work")
        else:
            (folder / "work").mkdir()

    def run(self, folder, command, place=PLAIN, extra=None, wrapper=(), **how):
        """Runs in a folder that was prepared. `wrapper` is a program that runs it, `how` is for subprocess."""
        environment = {**self.environment(folder, place), **(extra or {})}
        stdin = subprocess.Popen(["cat", self.root / "in" / command.stdin], stdout=subprocess.PIPE) if command.stdin else None
        try:
            done = subprocess.run([*wrapper, self.program, *command.arguments], cwd=folder / "work", env=environment, capture_output=True,
                                  stdin=stdin.stdout if stdin else subprocess.DEVNULL, timeout=TIMEOUT_S, check=False, **how)
            code, stdout, stderr = done.returncode, done.stdout, done.stderr
        except subprocess.TimeoutExpired:
            code, stdout, stderr = None, b"", b""
        if stdin:
            stdin.stdout.close()
            stdin.wait()
        seen, failed = struct.unpack("QQ", (folder / "state").read_bytes()) if place.fault else (0, 0)
        trace, sites = ((folder / name).read_text().splitlines() if (folder / name).exists() else [] for name in ("trace", "sites"))
        return Outcome(code, self.look(folder), digests(folder / "cache") if (folder / "cache").exists() else {}, stdout,
                       stderr.decode(errors="replace"), seen, failed, trace, [int(number) for number in sites])

    def look(self, folder):
        return digests(folder / "work")

    def trace(self, outcome):
        """The callers of the failure: functions and lines of the program, names of the libraries."""
        for line in outcome.trace:
            place, _, name = line.partition(" ")
            file, _, address = place.partition("+")
            if file == self.program.name:
                found = subprocess.run(["addr2line", "-fse", self.program, hex(int(address, 16) - 1)], capture_output=True, text=True, check=False)
                yield " ".join(found.stdout.split())
            elif file != self.shim.name:
                yield f"{file} {name}"

    def keep(self, folder, command):
        """For commands that come after this one."""
        kept = self.root / f"after-{command.name}"
        shutil.copytree(folder / "work", kept)
        self.after[command.name] = kept
