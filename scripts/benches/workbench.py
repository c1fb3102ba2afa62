"""Paths, running and measuring programs, and printing figures."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

SOURCE_DIR = Path(__file__).resolve().parents[2]
EPISODES = SOURCE_DIR / "build" / "episodes"
FOLDER = SOURCE_DIR / "build" / "bench"
SOUNDBITE = FOLDER / "release" / "soundbite"
STAGES = FOLDER / "release" / "tests" / "bench_stages"
POCKETSPHINX = FOLDER / "release" / "tests" / "bench_pocketsphinx"
SHARED_DATA = SOURCE_DIR.parent / "shared" / "data"

Usage = namedtuple("Usage", "user_s wall_s peak_mb system_s")


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def ffmpeg(*arguments):
    run("ffmpeg", "-nostdin", "-v", "error", "-y", *arguments)


def soundbite(*arguments, allowed=(0,)):
    """Returns the output of the program. Its messages are shown only if it fails."""
    done = subprocess.run([str(SOUNDBITE), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in allowed:
        raise SystemExit(f"bench: soundbite {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def answer(*arguments):
    """Returns the exit code, the output and the messages."""
    done = subprocess.run([str(SOUNDBITE), *map(str, arguments)], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@cache
def sum_of(path, _changed_at, _size):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def file_sum(path):
    info = path.stat()
    return sum_of(path, info.st_mtime_ns, info.st_size)


@cache
def answers_folder():
    """One for each build of the program; those of others are deleted."""
    folder = FOLDER / "answers" / file_sum(SOUNDBITE)
    for other in set(folder.parent.glob("*")) - {folder}:
        shutil.rmtree(other, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def described(argument):
    path = Path(argument)
    return f"{path} {file_sum(path)}" if path.is_file() else str(argument)


def remembered(*arguments):
    """As `answer`, but the same build of the program with the same input is run once, so that a run which was interrupted goes on
    where it ended. For what is not timed and writes nothing. Messages of a run that is remembered are those of the first."""
    key = "\n".join(described(argument) for argument in arguments)
    path = answers_folder() / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
    if not path.exists():
        part = path.with_suffix(f".{threading.get_ident()}.part")
        part.write_text(json.dumps(answer(*arguments)), encoding="utf-8")
        part.rename(path)
    return tuple(json.loads(path.read_text(encoding="utf-8")))


# The peak of a process is at least that of the process that started it, so a small one starts what is measured.
STARTER = """import os, subprocess, sys
before = os.times().elapsed
child = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(child.pid, 0)
with open(int(sys.argv[1]), "w") as out:
    print(os.waitstatus_to_exitcode(status), used.ru_utime, os.times().elapsed - before, used.ru_maxrss / 1024, used.ru_stime, file=out)
"""


def usage(*command, any_exit=False, output=os.devnull, cwd=None):
    """Returns the times and the peak memory of a process with its children. It must succeed, unless `any_exit`. What it prints
    goes to the file `output`."""
    ours, theirs = os.pipe()
    with open(output, "wb") as printed, open(ours, encoding="ascii") as told:
        starter = subprocess.Popen([sys.executable, "-S", "-c", STARTER, str(theirs), *map(str, command)], stdout=printed, stderr=printed, cwd=cwd,
                                   pass_fds=[theirs])
        os.close(theirs)
        code, *used = told.read().split() or ["none"]
        starter.wait()
    if not used:
        raise SystemExit(f"bench: {command[0]} cannot be started")
    if code != "0" and not any_exit:
        raise SystemExit(f"bench: {' '.join(map(str, command))}: exit {code}")
    return Usage(*map(float, used))


def align(audio, transcript, out, method="energy"):
    code, printed, messages = remembered("align", audio, transcript, "--method", method, "--no-cache", "--allow-mismatch", "-q", "-o", "-")
    if code != 0:
        raise SystemExit(f"bench: soundbite align {audio} {transcript}: exit {code}\n{messages}")
    out.write_text(printed, encoding="utf-8")
    return json.loads(printed)


def in_parallel(function, *lists):
    """Returns the results in order. Not for timed work."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, *lists))


def is_fresh(path, source):
    return path.exists() and path.stat().st_mtime >= source.stat().st_mtime


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


class Workbench:
    def __init__(self, quick, words=(), meetings=None, old=None):
        """words, meetings: folders of labelled audio given by the user. old: another build of the program."""
        self.quick, self.words, self.meetings, self.old = quick, list(words), meetings, old
        self.n_short = 0
        FOLDER.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def folder(name):
        path = FOLDER / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    @staticmethod
    def heading(text):
        print(f"\n== {text}", flush=True)

    def figure(self, name, measured, goal=None, ok=None):
        """`measured` and `goal` are text; `ok` is None without a goal."""
        verdict = "-" if ok is None else "ok" if ok else "short"
        self.n_short += verdict == "short"
        print(f"{name:<66}  {measured:<22}  {goal or '-':<10}  {verdict}", flush=True)

    @staticmethod
    def skipped(name, why):
        print(f"{name}: skipped, {why}", flush=True)

    def at_most(self, name, value, goal, unit="", digits=2):
        self.figure(name, f"{value:.{digits}f}{unit}", f"<= {goal}{unit}", value <= goal)

    def share_at_least(self, name, n, total, goal=None):
        """A share of nothing is undefined, and its goal is not met."""
        if total == 0:
            self.figure(name, "none there", f">= {goal} %" if goal else None)
            return
        share = 100 * n / total
        self.figure(name, f"{share:.1f} % ({n} of {total})", f">= {goal} %" if goal else None, share >= goal if goal else None)

    def share_at_most(self, name, n, total, goal=None):
        share = 100 * n / total if total else 0
        self.figure(name, f"{share:.1f} % ({n} of {total})", None if goal is None else f"<= {goal} %" if goal else "none",
                    None if goal is None else share <= goal)
