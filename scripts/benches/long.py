"""Measures the time and the peak memory of acoustic alignment for hours of the real voices. The turns of each copy have a
different order, so that text without timestamps has only one place."""

import json
import random

import long_episode
import transcripts
from truth import n_within, read_turns
from transcripts import Turn
from workbench import FOLDER, SOUNDBITE, usage

SEED = 65
MINUTES, HOURS = 65, 10
STAMPED_S, BARE_S, PEAK_MB, HOURS_PEAK_MB, LINEAR = 25, 120, 200, 500, 1.2
SECOND = long_episode.RATE * long_episode.FRAME_BYTES


def slices(n_seconds):
    """Returns (turn, first and last second in the source): each turn with half of the pauses around it."""
    turns = read_turns(long_episode.VOICES)
    middles = [(before.last + after.first) / 2 for before, after in zip(turns, turns[1:])]
    return list(zip(turns, [0, *middles], [*middles, n_seconds]))


def order(source, length_s):
    """Yields (turn, its samples, its new place), copy by copy, until length_s seconds are full."""
    rng, at = random.Random(SEED), 0
    while True:
        copy = list(source)
        rng.shuffle(copy)
        for turn, first, last in copy:
            span = range(round(first * long_episode.RATE), round(last * long_episode.RATE))
            if at + len(span) > length_s * long_episode.RATE:
                return
            yield turn, span, at
            at += len(span)


def chosen(pcm, placed):
    with open(pcm, "rb") as file:
        for _, span, _ in placed:
            file.seek(span.start * long_episode.FRAME_BYTES)
            yield file.read(len(span) * long_episode.FRAME_BYTES)


def make(folder, minutes, kind):
    """Returns the audio, the transcript with and without timestamps, and the true starts."""
    pcm = long_episode.decoded(folder)
    placed = list(order(slices(pcm.stat().st_size / SECOND), minutes * 60))
    written = transcripts.read_episode(long_episode.VOICES)
    starts = [at / long_episode.RATE + turn.first - span.start / long_episode.RATE for turn, span, at in placed]
    turns = [Turn(written[turn.index].speaker, int(start), written[turn.index].text) for (turn, *_), start in zip(placed, starts)]
    sound = folder / f"{minutes}min-shuffled.{kind}"
    if not sound.exists():
        long_episode.encode_blocks(chosen(pcm, placed), kind, sound)
    return (sound, transcripts.write(folder / f"{minutes}min-shuffled.txt", turns),
            transcripts.write_bare(folder / f"{minutes}min-bare.json", turns), starts)


def measure_one(bench, name, sound, text, starts):
    out = sound.with_suffix(".alignment.json")
    used = usage(SOUNDBITE, "align", sound, text, "--method", "acoustic", "--no-cache", "--force", "-q", "-o", out)
    found = json.loads(out.read_text(encoding="utf-8"))
    out.unlink()
    errors = [float("inf") if turn["start"] is None else turn["start"] - true for turn, true in zip(found["turns"], starts, strict=True)]
    bench.share_at_least(f"{name}: turn starts within 50 ms", n_within(errors, 0.05), len(errors))
    bench.figure(f"{name}: user time", f"{used.user_s:.0f} s")
    return used


def measure_hours(bench, folder, wall_s):
    name = f"{HOURS} h, fair stamps"
    sound, stamped, _, starts = make(folder, HOURS * 60, "flac")
    used = measure_one(bench, name, sound, stamped, starts)
    sound.unlink()
    bench.at_most(f"{name}: peak memory", used.peak_mb, HOURS_PEAK_MB, " MB", 0)
    bench.figure(f"{name}: on the clock", f"{used.wall_s:.0f} s")
    ratio = used.wall_s / (HOURS * 60) / (wall_s / MINUTES)
    bench.at_most(f"{name}: time for a minute of it / for a minute of {MINUTES}", ratio, LINEAR, " x")


def measure(bench):
    folder = FOLDER / "long"
    folder.mkdir(parents=True, exist_ok=True)
    sound, stamped, bare, starts = make(folder, MINUTES, "mp3")
    walls = []
    for name, text, goal_s in ((f"{MINUTES} min, fair stamps", stamped, STAMPED_S), (f"{MINUTES} min, no stamps", bare, BARE_S)):
        used = measure_one(bench, name, sound, text, starts)
        bench.at_most(f"{name}: on the clock", used.wall_s, goal_s, " s", 1)
        bench.at_most(f"{name}: peak memory", used.peak_mb, PEAK_MB, " MB", 0)
        walls.append(used.wall_s)
        if bench.quick:
            return
    measure_hours(bench, folder, walls[0])
