"""Pairs pieces of the episodes with transcripts of other pieces, also of the same speakers. All must be refused, and no true
pair."""

import json
import random
from collections import namedtuple

import transcripts
from breaks import pauses
from truth import read_turns
from workbench import EPISODES, answer, ffmpeg, in_parallel, is_fresh

SEED, SHORTEST_S, LONGEST_S = 100, 60, 240
N_PAIRS, N_QUICK, DRIFT_EVERY = 100, 10, 4

Piece = namedtuple("Piece", "name sound stamped bare")


def spans(episode):
    """Divides at pauses into pieces of one to four minutes."""
    rng, places, first = random.Random(f"{SEED} {episode.name}"), pauses(episode), 0
    while True:
        wanted = first + rng.uniform(SHORTEST_S * 1.1, LONGEST_S * 0.9)
        if wanted > places[-1] - SHORTEST_S:
            yield first, min(places[-1], first + LONGEST_S)
            return
        last = min(places, key=lambda place: abs(place - wanted))
        yield first, last
        first = last


def make_pieces(folder, episode):
    written, true, whole = transcripts.read_episode(episode), read_turns(episode), episode / f"{episode.name}.mp3"
    for number, (first, last) in enumerate(spans(episode)):
        own = [turn for turn in true if first <= turn.first < last]
        turns = [written[turn.index]._replace(second=int(turn.first - first)) for turn in own]
        name = f"{episode.name}-{number}"
        sound = folder / f"{name}.flac"
        if not is_fresh(sound, whole):
            ffmpeg("-i", whole, "-ss", f"{first:.6f}", "-t", f"{last - first:.6f}", sound)
        yield Piece(name, sound, transcripts.write(folder / f"{name}.txt", turns),
                    transcripts.write_bare(folder / f"{name}.json", turns))


def is_refused(command, sound, text):
    """Returns whether the pair was refused for the right reason and with its exit code."""
    options = ("--json",) if command == "drift" else ()
    code, printed, messages = answer(command, sound, text, "--method", "acoustic", "--no-cache", "-q", *options)
    if code not in (0, 1, 4):
        raise SystemExit(f"bench: soundbite {command} {sound} {text}: exit {code}\n{messages}")
    if command == "drift":
        return code == 4 and json.loads(printed)["verdict"] == "mismatch"
    return code == 1 and "belong" in messages


def refusals(command, pairs):
    return in_parallel(lambda pair: is_refused(command, *pair), pairs)


def choose(rng, pieces, n):
    """Chooses n pairs of different pieces. Every other transcript has no timestamps."""
    pairs = [(sound, text) for sound in pieces for text in pieces if sound is not text]
    chosen = rng.sample(pairs, n)
    return [(sound.sound, text.bare if k % 2 else text.stamped) for k, (sound, text) in enumerate(chosen)]


def report(bench, command, pairs):
    refused = refusals(command, pairs)
    bench.share_at_least(f"foreign pairs refused by {command}", sum(refused), len(pairs), 100)
    for (sound, text), done in zip(pairs, refused):
        if not done:
            bench.figure("  taken for its own", f"{sound.stem} {text.name}")


def report_true(bench, name, pairs):
    wrong = [sound.stem for (sound, _), done in zip(pairs, refusals("align", pairs)) if done]
    bench.share_at_most(f"true pairs refused by align, {name}", len(wrong), len(pairs), 0)
    if wrong:
        bench.figure("  refused", " ".join(wrong))


def measure(bench):
    folder, rng = bench.folder("foreign"), random.Random(SEED)
    pieces = [piece for name in ("conversation", "real-voices") for piece in make_pieces(folder, EPISODES / name)]
    pairs = choose(rng, pieces, N_QUICK if bench.quick else N_PAIRS)
    report(bench, "align", pairs)
    report(bench, "drift", pairs[::DRIFT_EVERY])
    own = pieces[:2] + pieces[-2:] if bench.quick else pieces
    report_true(bench, "with stamps", [(piece.sound, piece.stamped) for piece in own])
    report_true(bench, "without", [(piece.sound, piece.bare) for piece in own])
