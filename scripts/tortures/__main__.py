"""Runs the commands with faults. scripts/torture starts this."""

import argparse
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict, namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from commands import COMMANDS, make_inputs
from faults import FAULTS
from judge import ended_by_library, finding, is_temporary
from kills import N_KILLS, kill, power
from limits import limits
from runs import PLAIN, Workshop

SOURCE_DIR = Path(__file__).resolve().parents[2]

N_IN_STEP = 5  # commands
N_CALLERS = 8

PARTS = ("faults", "kill", "power", "limits")

Place = namedtuple("Place", "fault at lasts")


def chosen(rows, names, what):
    wanted = names.split(",") if names else [row.name for row in rows]
    for name in wanted:
        if name not in [row.name for row in rows]:
            sys.exit(f"torture: there is no {what} '{name}'; one of {' '.join(row.name for row in rows)}")
    return [row for row in rows if row.name in wanted]


def read_options(arguments):
    parser = argparse.ArgumentParser(prog="torture", add_help=False)
    parser.add_argument("parts", nargs="*")
    for name in ("commands", "faults", "program"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--at", type=int)
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", type=int)
    parser.add_argument("--kills", type=int, default=N_KILLS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    for name in options.parts:
        if name not in PARTS:
            parser.error(f"there is no part '{name}'; one of {' '.join(PARTS)}")
    return options


def spread(numbers, most):
    """These places; if they are more than `most`, the first half of them and an even choice of the others."""
    n = len(numbers)
    if not most or n <= most:
        return list(numbers)
    near = most // 2
    return [*numbers[:near], *(numbers[near + (n - near - 1) * i // (most - near - 1)] for i in range(most - near))]


class Torture:
    def __init__(self, options, root):
        program = Path(options.program).resolve()
        self.options, self.root = options, root
        self.workshop = Workshop(root, program, program.parent / "tests" / "faults-shim.so")
        self.plain, self.seconds, self.ends = {}, {}, False
        self.counts, self.findings, self.lock, self.n_folders = Counter(), [], threading.Lock(), 0
        self.by_command, self.done = defaultdict(Counter), []
        make_inputs(root / "in", program, SOURCE_DIR)

    def folder(self):
        with self.lock:
            self.n_folders += 1
            return self.root / str(self.n_folders)

    def clear(self, folder):
        (folder / "work").chmod(0o755)
        shutil.rmtree(folder)

    def run(self, command, place, keep=False):
        folder = self.folder()
        self.workshop.prepare(folder, command)
        outcome = self.workshop.run(folder, command, place)
        again = self.run_again(folder, command) if place.at and any(map(is_temporary, [*outcome.files, *outcome.cache])) else None
        if keep:
            self.workshop.keep(folder, command)
        shutil.rmtree(folder)
        return outcome, again

    def run_again(self, folder, command):
        """The next run, without faults, in the folder with the temporary files that the first left."""
        work = folder / "work"
        for path in [path for path in work.rglob("*") if not path.is_dir() and not is_temporary(path.name)]:
            path.unlink()
        if command.before:
            shutil.copytree(self.workshop.after[command.before], work, dirs_exist_ok=True)
        return self.workshop.run(folder, command)

    def learn(self, commands):
        for command in COMMANDS:
            if command in commands or command.name in [c.before for c in commands]:
                begin = time.monotonic()
                plain, _ = self.run(command, PLAIN, keep=True)
                self.seconds[command.name] = time.monotonic() - begin
                twice, _ = self.run(command, PLAIN)
                if plain.code:
                    sys.exit(f"torture: {command.name} fails without faults: {plain.stderr}")
                if twice[:4] != plain[:4]:
                    sys.exit(f"torture: {command.name} is not the same twice")
                self.plain[command.name] = plain

    def places(self, command, fault):
        outcome, _ = self.run(command, Place(fault, 0, "once"))
        every = outcome.sites if fault.by_callers else range(1, outcome.seen + 1)
        numbers = [self.options.at] if self.options.at else spread(every, self.options.most)
        return [(command, Place(fault, at, lasts)) for at in numbers for lasts in fault.lasts]

    def try_place(self, job):
        command, place = job
        plain = self.plain[command.name]
        outcome, again = self.run(command, place)
        what = finding(outcome, plain, place.fault)
        if again and (again.code != plain.code or again.files != plain.files or any(map(is_temporary, again.cache))):
            what = what or "AGAIN: the next run does not clean up, or differs"
        with self.lock:
            if not self.ends:
                self.count(command, place, outcome, what)

    def count(self, command, place, outcome, what):
        plain = self.plain[command.name]
        warned = outcome.code == plain.code and (outcome.files, outcome.stdout) != (plain.files, plain.stdout)
        self.counts["runs"] += 1
        self.counts["failures"] += outcome.failed
        kind = ("as without faults" if outcome.code == plain.code and not warned else "with a warning" if warned
                else "ended by a library" if ended_by_library(outcome, place.fault) else "refused")
        self.counts[kind] += 1
        self.by_command[command.name][kind] += 1
        if what:
            self.findings.append((command.name, place, what))
        if what or (self.options.verbose and (outcome.code != plain.code or warned)):
            told = outcome.stderr.strip().splitlines()
            print(f"{command.name} {place.fault.name} {place.at} {place.lasts}: {what or 'ok'}; exit {outcome.code}; {told[-1] if told else ''}")
            if what:
                print("".join(f"    {line}\n" for line in list(self.workshop.trace(outcome))[:N_CALLERS]), end="", flush=True)

    def try_all(self, commands, faults, pool):
        """Fault by fault, so that a run that is ended early has done some of them whole."""
        for command in commands:
            for fault in faults:
                list(pool.map(self.try_place, self.places(command, fault)))
                self.done.append(f"{command.name} {fault.name}")

    def sample(self, commands, faults):
        """Random places."""
        draw, jobs = random.Random(self.options.seed), []
        for _ in range(100 * self.options.step): # some pairs have no place
            if len(jobs) >= self.options.step:
                break
            places = self.places(draw.choice(commands), draw.choice(faults))
            jobs += draw.sample(places, min(2, len(places)))
        return jobs

    def report(self):
        counts = self.counts
        if not counts["runs"]:
            return 0
        print(f"{counts['runs']} runs with {counts['failures']} failed calls: {counts['as without faults']} as without faults, "
              f"{counts['with a warning']} with a warning, {counts['refused']} refused, {counts['ended by a library']} ended by a library; {len(self.findings)} findings")
        for name, kinds in self.by_command.items():
            print(f"  {name}: {sum(kinds.values())} runs, " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
        for (name, fault, kind), n in sorted(Counter((c, p.fault.name, w.split(":")[0]) for c, p, w in self.findings).items()):
            print(f"  {name} {fault}: {kind} {n}")
        return 1 if self.findings else 0


def main(arguments):
    options = read_options(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    commands, faults = chosen(COMMANDS, options.commands, "command"), chosen(FAULTS, options.faults, "fault")
    with tempfile.TemporaryDirectory(prefix="torture-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        torture = Torture(options, Path(folder))
        if options.step:
            commands = random.Random(options.seed).sample(commands, min(N_IN_STEP, len(commands)))
        torture.learn(commands)
        parts = options.parts or (["faults"] if options.step else PARTS)
        with ThreadPoolExecutor(options.jobs) as pool:
            try:
                if "faults" in parts and options.step:
                    list(pool.map(torture.try_place, torture.sample(commands, faults)))
                elif "faults" in parts:
                    torture.try_all(commands, faults, pool)
            except KeyboardInterrupt:  # also SIGTERM, which ends the runs too: the report covers those so far
                torture.ends = True
                pool.shutdown(cancel_futures=True)
                print(f"ended after: {torture.done[-1] if torture.done else 'nothing'}")
        found = kill(torture) if "kill" in parts else []
        found += power(torture) if "power" in parts else []
        found += limits(torture) if "limits" in parts else []
        print("".join(f"  {line}\n" for line in found), end="")
        return torture.report() or bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
