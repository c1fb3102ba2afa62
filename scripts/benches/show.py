"""Pairs the audio of a show with its transcripts: by names of every kind, and by content alone; a wrong pair must never be made. Cuts
clips from many episodes at once."""

import json
import os
import random
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import field_sets
import transcripts
from workbench import EPISODES, SOUNDBITE, answer, ffmpeg, is_fresh, usage

SEED, N_PIECES, N_QUICK = 14, 100, 20
PIECE_S, LEAST_S, LEAST_WORDS = 30, 15, 25
N_EPISODES = 20
SAMPLE_S = 0.03
NAMES = (("ep12.mp3", "12 - Imposter syndrome.srt"), ("Ep. 013 - Maps.mp3", "Ep. 013 transcript.txt"),
         ("Show S02E05.mp3", "show 2x05 final.vtt"), ("2024-05-01 News.mp3", "news_20240501_edited.txt"),
         ("The Deep Ocean (master).mp3", "deep ocean.txt"), ("bonus/audio.mp3", "bonus/transcript.txt"),
         ("Größe.mp3", "GROSSE.srt"), ("audio/interview 7.mp3", "text/interview 07.txt"))


def pieces_of(turns):
    """Yields stretches of whole turns that follow each other."""
    stretch = []
    for turn in turns:
        if stretch and turn.end - stretch[0].start > PIECE_S:
            yield stretch
            stretch = []
        stretch.append(turn)
    if stretch:
        yield stretch


def is_long_enough(turns):
    return turns[-1].end - turns[0].start >= LEAST_S and sum(len(turn.text.split()) for turn in turns) >= LEAST_WORDS


def short_pieces():
    """Stretches of all sets. Most are difficult: home microphones, and languages that the model does not know."""
    sets = field_sets.read_all(field_sets.OWN) + field_sets.read_all(field_sets.GIVEN)
    return [(one.sound, turns) for one in sets for turns in pieces_of(one.turns) if is_long_enough(turns)]


def episodes():
    """Whole sets, and stretches of the real voices. The sets of prompts have the same sentences as these, so they are left out."""
    sets = field_sets.read_all(field_sets.OWN) + field_sets.read_all(field_sets.GIVEN)
    whole = [(one.sound, one.turns) for one in sets if not one.name.startswith("prompts") and is_long_enough(one.turns)]
    voices = EPISODES / "real-voices"
    places = (line.split("\t") for line in (voices / "turns.tsv").read_text(encoding="utf-8").splitlines()[1:])
    turns = [field_sets.Label(float(start), float(end), text.speaker, text.text)
             for (_, start, end, *_), text in zip(places, transcripts.read_episode(voices))]
    return whole + [(voices / "real-voices.mp3", turns) for turns in pieces_of(turns) if is_long_enough(turns)]


def cut_pieces(folder, pieces, n):
    """Writes `n` of the pieces under names that say nothing. Returns for each audio its transcript and its source."""
    rng = random.Random(SEED)
    rng.shuffle(pieces)
    chosen, truth = pieces[:n], {}
    audio_names, text_names = rng.sample(range(10000, 99999), len(chosen)), rng.sample(range(10000, 99999), len(chosen))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cache = folder.parent / "pieces"
    cache.mkdir(exist_ok=True)
    for (source, turns), audio_name, text_name in zip(chosen, audio_names, text_names):
        first, last = max(0, turns[0].start - 0.3), turns[-1].end + 0.3
        kept = cache / f"{source.parent.name}-{first:.2f}-{last:.2f}.flac"
        if not is_fresh(kept, source):
            ffmpeg("-ss", f"{first:.3f}", "-i", source, "-t", f"{last - first:.3f}", kept)
        sound, text = folder / f"q{letters(audio_name)}.flac", folder / f"z{letters(text_name)}.txt"
        shutil.copy(kept, sound)
        transcripts.write(text, [transcripts.Turn(turn.speaker, int(turn.start - first), turn.text) for turn in turns])
        truth[str(sound)] = (str(text), source.parent.name)
    return truth


def letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def pairs_of(folder):
    code, printed, messages = answer("info", folder, "--json", "-q")
    if code not in (0, 3):
        raise SystemExit(f"bench: soundbite info {folder}: exit {code}\n{messages}")
    return json.loads(printed)["episodes"]


def measure_names(bench):
    folder = bench.folder("show") / "names"
    shutil.rmtree(folder, ignore_errors=True)
    for audio, text in NAMES:
        for path in (folder / audio, folder / text):
            path.parent.mkdir(parents=True, exist_ok=True)
        ffmpeg("-f", "lavfi", "-i", "anoisesrc=duration=1", "-b:a", "32k", "file:" + str(folder / audio))
        (folder / text).write_text("ANNA: hello there\n", encoding="utf-8")
    found = {(e["audio"], e["transcript"]) for e in pairs_of(folder) if e["status"] == "paired"}
    right = sum((str(folder / audio), str(folder / text)) in found for audio, text in NAMES)
    bench.share_at_least("episodes with mixed names that are paired", right, len(NAMES), 100)


def measure_content(bench, name, pieces, goal):
    folder = bench.folder("show") / name
    truth = cut_pieces(folder, pieces, N_QUICK if bench.quick else N_PIECES)
    output = folder.parent / f"{name}.json"
    used = usage(SOUNDBITE, "info", folder, "--json", "-q", "-o", output, "-f", any_exit=True)
    found = [e for e in json.loads(output.read_text(encoding="utf-8"))["episodes"] if e["audio"]]
    paired = [e for e in found if e["status"] == "paired"]
    right = [e for e in paired if truth[e["audio"]][0] == e["transcript"]]
    bench.share_at_least(f"{name}: paired rightly by content", len(right), len(truth), goal)
    bench.share_at_most(f"{name}: paired wrongly", len(paired) - len(right), len(truth), 0)
    for e in found:
        if e not in right:
            bench.figure(f"  {truth[e['audio']][1]}", f"{e['status']}: {e['reason'] or e['transcript']}")
    total_s = used.user_s + used.system_s
    bench.figure(f"{name}: processor time; on the clock; peak", f"{total_s:.1f} s; {used.wall_s:.1f} s; {used.peak_mb:.0f} MB")
    bench.figure(f"{name}: processor time per tried pair", f"{1000 * total_s / len(truth) ** 2:.2f} ms")


def copy_episodes(folder):
    """Copies the longest sets as ep1, ep2 ...; returns the pairs."""
    sets = sorted(field_sets.read_all(field_sets.OWN), key=lambda one: -one.length_s)[:N_EPISODES]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pairs = []
    for i, one in enumerate(sets):
        sound, text = folder / f"ep{i + 1}{one.sound.suffix}", folder / f"{i + 1:02} - {one.name}.txt"
        shutil.copy(one.sound, sound)
        shutil.copy(one.text(), text)
        pairs.append((sound, text))
    return pairs


def family(pid):
    """Yields a process and those that it started."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in path.read_text(encoding="ascii").split():
                yield from family(int(child))


def n_runnable(pid):
    n = 0
    for one in family(pid):
        for path in Path(f"/proc/{one}/task").glob("*/stat"):
            with suppress(OSError):
                n += path.read_text(encoding="latin-1").rsplit(")", 1)[1].split()[0] == "R"
    return n


def speed_on_idle_cores(n_cores, *command):
    """How much faster than on one core a program would be on `n_cores` that do nothing else: from the number of its threads that could run, which
    other work on the machine hardly changes."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    work = needed = 0
    while process.poll() is None:
        n = n_runnable(process.pid)
        work += n
        needed += n / min(n, n_cores) if n else 1
        time.sleep(SAMPLE_S)
    return work / needed


def measure_batch(bench):
    """One process for each episode, one after the other, against one batch."""
    folder = bench.folder("show")
    pairs = copy_episodes(folder / "episodes")
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    select = ("--min-length", "4s", "--limit", "3", "-q", "-f")
    batch = (SOUNDBITE, "batch", folder / "episodes", *select, "-o", folder / "clips")
    shutil.rmtree(folder / "cache", ignore_errors=True)
    alone = [usage(SOUNDBITE, "clip", sound, text, *select, "-o", folder / f"alone/{i}-{{n}}.mp3", any_exit=True)
             for i, (sound, text) in enumerate(pairs)]
    shutil.rmtree(folder / "cache", ignore_errors=True)
    used = usage(*batch)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    speed = speed_on_idle_cores(2, *batch)
    bench.figure(f"{len(pairs)} episodes, one process each: processor time", f"{sum(one.user_s + one.system_s for one in alone):.1f} s")
    bench.figure("one batch: processor time; on the clock; peak", f"{used.user_s + used.system_s:.1f} s; {used.wall_s:.1f} s; {used.peak_mb:.0f} MB")
    bench.figure("speed of the batch on two idle cores, one core = 1", f"{speed:.2f} x", ">= 1.8 x", speed >= 1.8)


def measure(bench):
    measure_names(bench)
    measure_content(bench, "episodes without names", episodes(), 99)
    measure_content(bench, "short pieces without names", short_pieces(), None)
    measure_batch(bench)
