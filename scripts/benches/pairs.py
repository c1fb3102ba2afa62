"""Pairs the audio of every field set with its own transcript and with others, whole and shortened. A wrong pair must never be
accepted."""

import json
import random
from collections import Counter, namedtuple

import field_sets
import transcripts
from workbench import ffmpeg, in_parallel, is_fresh, remembered

SEED, CUTS_S, HEAD_S, LEAST_SHARE = 9, (None, 20, 40, 80), 0.3, 0.9
N_WRONG, N_QUICK = 300, 30  # maximum number per length

Piece = namedtuple("Piece", "name sound text")


def cut_place(rng, field_set, length_s):
    """Returns the start of a piece: a little before a turn, so that the piece ends inside the recording."""
    last = field_set.length_s - length_s
    starts = [max(0, turn.start - HEAD_S) for turn in field_set.turns if turn.start - HEAD_S <= last]
    return rng.choice(starts) if starts else 0


def cut(field_set, length_s, folder):
    """Returns a piece of the set, or None if the set is hardly longer or the piece has no whole turn."""
    if length_s is None:
        return Piece(field_set.name, field_set.sound, field_set.text())
    if field_set.length_s < length_s / LEAST_SHARE:
        return None
    first = cut_place(random.Random(f"{SEED} {field_set.name} {length_s}"), field_set, length_s)
    own = [turn for turn in field_set.turns if first <= turn.start and turn.end <= first + length_s]
    name = f"{field_set.name}-{length_s}"
    sound = folder / f"{name}.flac"
    if not is_fresh(sound, field_set.sound):
        ffmpeg("-i", field_set.sound, "-ss", f"{first:.6f}", "-t", length_s, sound)
    turns = [transcripts.Turn(turn.speaker, int(turn.start - first), turn.text) for turn in own]
    return Piece(name, sound, transcripts.write(folder / f"{name}.txt", turns)) if own else None


def verdict(pair):
    sound, text = pair
    code, printed, messages = remembered("drift", sound.sound, text.text, "--no-cache", "-q", "--json")
    if code not in (0, 1, 4):
        raise SystemExit(f"bench: soundbite drift {sound.sound} {text.text}: exit {code}\n{messages}")
    return json.loads(printed)["verdict"]


def counted(verdicts):
    return ", ".join(f"{name} {n}" for name, n in sorted(Counter(verdicts).items()))


def report(bench, name, verdicts, pairs, bad):
    wrong = [f"{sound.name} {text.name}" if sound is not text else sound.name
             for (sound, text), found in zip(pairs, verdicts) if found in bad]
    bench.figure(f"{name}: verdicts", counted(verdicts))
    bench.share_at_most(f"{name}: {' or '.join(bad)}", len(wrong), len(pairs), 0)
    for line in wrong[:10]:
        bench.figure("  ", line)


def measure_length(bench, length_s, sets, folder):
    name = f"cut to {length_s} s" if length_s else "whole"
    pieces = [piece for piece in (cut(one, length_s, folder) for one in sets) if piece]
    true = [(piece, piece) for piece in pieces]
    foreign = [(sound, text) for sound in pieces for text in pieces if sound is not text]
    rng, most = random.Random(f"{SEED} {length_s}"), N_QUICK if bench.quick else N_WRONG
    foreign = rng.sample(foreign, most) if len(foreign) > most else foreign
    report(bench, f"{name}, true pairs", in_parallel(verdict, true), true, ("mismatch",))
    report(bench, f"{name}, wrong pairs", in_parallel(verdict, foreign), foreign, ("ok", "drift"))


def measure(bench):
    own, given = (field_sets.read_all(folder) for folder in (field_sets.OWN, field_sets.GIVEN))
    if not given:
        bench.skipped("given sets", "no ../shared/data/field beside the checkout; only the project's own are paired")
    for length_s in CUTS_S:
        measure_length(bench, length_s, own + given, bench.folder("pairs"))
