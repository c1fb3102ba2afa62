"""Runs that are killed at random moments, and power cuts."""

import random
import signal
import subprocess
import time

from commands import COMMANDS
from judge import is_temporary
from power import faults
from runs import PLAIN

KILLED = {"batch": ["--resume"], "batch-folder": ["--resume"], "clip-mp3": ["--force"], "video": ["--force"], "verify": ["--force"], "join": ["--force"],
          "archive-add": [], "archive-merge": []}  # and what the next run is told
N_KILLS = 100


def again(command):
    """The arguments of the next run."""
    return command._replace(arguments=command.arguments + KILLED[command.name])


def kill_once(torture, command, seconds, number):
    folder = torture.folder()
    torture.workshop.prepare(folder, command)
    process = subprocess.Popen([torture.workshop.program, *command.arguments], cwd=folder / "work", stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=torture.workshop.environment(folder, PLAIN))
    time.sleep(seconds)
    process.send_signal(number)
    ended = process.wait()
    outcome, plain = torture.workshop.run(folder, again(command)), torture.plain[command.name]
    torture.clear(folder)
    left = [name for name in [*outcome.files, *outcome.cache] if is_temporary(name)]
    what = None
    if number == signal.SIGTERM and ended not in (0, 143, -signal.SIGTERM):
        what = f"STATUS: exit code {ended} of a run that was terminated"
    elif outcome.code != plain.code:
        what = f"AGAIN: exit code {outcome.code}: {outcome.stderr.strip()}"
    elif left or outcome.files != plain.files:
        what = f"AGAIN: other files: {' '.join(left or {*outcome.files} ^ {*plain.files})}"
    return ended not in (0,), what


def kill(torture):
    """The next run gives the usual bytes, and leaves nothing of the first."""
    draw, n_runs, n_killed, found = random.Random(torture.options.seed), 0, 0, []
    commands = [command for command in COMMANDS if command.name in KILLED and command.name in torture.plain]
    try:
        while n_runs < torture.options.kills:
            command = draw.choice(commands)
            killed, what = kill_once(torture, command, draw.random() * torture.seconds[command.name], draw.choice([signal.SIGKILL, signal.SIGTERM]))
            n_runs += 1
            n_killed += killed
            if what:
                found.append(f"kill {command.name}: {what}")
    except KeyboardInterrupt:  # also SIGTERM: the report covers the runs so far
        pass
    print(f"kills: {n_runs} runs, {n_killed} of them ended by the signal; {len(found)} findings")
    return found


def power(torture):
    """At every moment of every command, each visible file is whole on the disk."""
    n_calls, found = 0, []
    for command in COMMANDS:
        if command.name not in torture.plain:
            continue
        folder = torture.folder()
        torture.workshop.prepare(folder, command)
        record = folder / "record"
        record.touch()
        torture.workshop.run(folder, command, extra={"LD_PRELOAD": str(torture.workshop.shim.with_name("files-shim.so")),
                                                     "SB_SHIM_LOG": str(record)})
        lines = record.read_text().splitlines()
        n_calls += len(lines)
        names = [name for name in torture.plain[command.name].files if not command.before]
        found += [f"power {command.name}: {what}" for what in faults(str(folder / "work"), lines, names)]
        torture.clear(folder)
    print(f"power cuts: {n_calls} recorded calls, each followed by a cut; {len(found)} findings")
    return found
