"""Measures the archive: its size, the processor time to add an episode and to search in 1,000 simulated hours, names that transcripts misspell, and
runs of archive add and batch that are killed."""

import json
import os
import random
import shutil
import signal
import subprocess
import time

from workbench import EPISODES, FOLDER, SOUNDBITE, SOURCE_DIR, answer, soundbite

DICTIONARY = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"
N_EPISODES, N_KILLS = 1000, 50


def simulated(bench, folder):
    archive = folder / "simulated.db"
    archive.unlink(missing_ok=True)
    n = N_EPISODES // 20 if bench.quick else N_EPISODES
    done = subprocess.run([FOLDER / "release" / "tests" / "bench_archive", archive, str(n), DICTIONARY, SOURCE_DIR / "fixtures/search/names.tsv"],
                          check=True, capture_output=True, text=True)
    values = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    bench.at_most("database of 100 hours", float(values["mb_per_100_h"]), 60, " MB", 1)
    bench.figure("adding an episode: mean; the last 20", f"{values['add_ms']}; {values['add_last_ms']} ms")
    for kind, name, goal in (("phrase", "phrase", 20), ("near", "words near each other", 50), ("sound", "by sound", 300)):
        bench.at_most(f"search in {n} hours, {name}: 95 % within", float(values[f"{kind}_ms_95"]), goal, " ms", 1)
        bench.figure(f"... median; longest; found", f"{values[f'{kind}_ms_median']}; {values[f'{kind}_ms_most']} ms; {values[f'{kind}_found']}")
    bench.figure("... the two most frequent words as a phrase", f"{values['frequent_ms']} ms, {values['frequent_places']} places")
    found, total = map(int, values["sound_found"].split(" of "))
    bench.share_at_least("misspelt names in the first three results", found, total, 90)
    bench.figure("... in the first 20", f"{values['sound_in_20']} of {total}")


def contents(archive):
    """The alignment of each episode."""
    names = [json.loads(line)["episode"] for line in soundbite("archive", "list", "--json", "--archive", archive).splitlines()]
    return {name: soundbite("archive", "get", name, "--archive", archive) for name in names}


def made_show(folder):
    """Eight episodes with the same sound."""
    audio, text = (EPISODES / "conversation" / f"conversation.{kind}" for kind in ("mp3", "txt"))
    show = folder / "show"
    show.mkdir(exist_ok=True)
    for n in range(8):
        for file in (audio, text):
            link = show / f"ep{n}{file.suffix}"
            link.write_bytes(file.read_bytes() + (b"" if file is audio else b"\n" * n))
    return show


def timed(*command, allowed=(0,)):
    """Returns the seconds of a run that is not killed. Later runs are killed within as long."""
    begin = time.monotonic()
    soundbite(*command, allowed=allowed)
    return time.monotonic() - begin


def kill_at_random(command, chance, longest_s):
    """Returns the process and whether it was killed."""
    process = subprocess.Popen([SOUNDBITE, *map(str, command)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
    time.sleep(chance.uniform(0.05, longest_s))
    is_killed = process.poll() is None
    if is_killed:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return process, is_killed


def killed(bench, folder):
    """Kills archive add at random moments and starts it again, until it has finished."""
    show, whole, other = made_show(folder), folder / "whole.db", folder / "killed.db"
    command = ("archive", "add", show, "--method", "energy", "--no-cache", "--jobs", "2", "-q", "--archive")
    for archive in (whole, other):
        archive.unlink(missing_ok=True)
    longest_s = timed(*command, whole)
    wanted, chance, n_kills, n_lost = contents(whole), random.Random(1), 0, 0
    while n_kills < (N_KILLS // 5 if bench.quick else N_KILLS):
        process, is_killed = kill_at_random((*command, other), chance, longest_s)
        n_kills += is_killed
        n_lost += other.exists() and answer("archive", "check", "--archive", other)[0] != 0
        if process.returncode == 0:
            n_lost += contents(other) != wanted
            other.unlink()
    soundbite(*command, other)
    n_lost += contents(other) != wanted
    bench.figure(f"archive add killed {n_kills} times and started again: archives that lost something", str(n_lost), "0", n_lost == 0)


def clips_of(folder):
    """The bytes of each clip, and of the manifests without the folder's name."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
    return {name: text.replace(str(folder).encode(), b"") if name.startswith("manifest.") else text for name, text in files.items()}


def killed_batch(bench, folder):
    """Kills batch at random moments and starts it again with --resume, until it has finished."""
    show, whole, other = made_show(folder), folder / "whole-clips", folder / "killed-clips"
    command = ("batch", show, "--method", "energy", "--no-cache", "--no-certificate", "--resume", "--limit", "6", "-q", "-o")
    for clips in (whole, other):
        shutil.rmtree(clips, ignore_errors=True)
    longest_s = timed(*command, whole, allowed=(0, 6))
    wanted, chance, n_kills, n_lost = clips_of(whole), random.Random(2), 0, 0
    while n_kills < (N_KILLS // 5 if bench.quick else N_KILLS):
        process, is_killed = kill_at_random((*command, other), chance, longest_s)
        n_kills += is_killed
        if not is_killed and process.returncode == 0:
            n_lost += clips_of(other) != wanted
            shutil.rmtree(other)
    soundbite(*command, other, allowed=(0, 6))
    n_lost += clips_of(other) != wanted
    bench.figure(f"batch killed {n_kills} times and started again: runs that lost something", str(n_lost), "0", n_lost == 0)


def measure(bench):
    folder = bench.folder("archive")
    simulated(bench, folder)
    killed(bench, folder)
    killed_batch(bench, folder)
