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
MANY_STAMPS, LATE_S, MOVED_S = 12, 37, 1  # with fewer stamps no offset is looked for in the pauses alone
STAMPS = {"whole seconds": ("transcript.txt", 0), f"{LATE_S} s late": (f"transcript+{LATE_S}.txt", LATE_S), "exact": ("transcript.srt", 0)}

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


def energy_of(pair, text):
    """(pairing, first offset) by energy."""
    sound, one = pair
    code, printed, messages = remembered("align", sound.sound, one.text(text), "--method", "energy", "--no-cache", "-q", "-o", "-")
    if code != 0:
        raise SystemExit(f"bench: soundbite align {sound.sound} {one.text(text)}: exit {code}\n{messages}")
    alignment = json.loads(printed)
    return alignment["pairing"], alignment["time_map"][0]["offset"]


def measure_energy(bench, sets):
    many = [one for one in sets if len(one.turns) >= MANY_STAMPS]
    for name, (text, late_s) in STAMPS.items():
        foreign = [(sound, one) for one in many for sound in sets if sound is not one]
        rng, most = random.Random(f"{SEED} {text}"), N_QUICK if bench.quick else N_WRONG
        foreign = rng.sample(foreign, most) if len(foreign) > most else foreign
        true = in_parallel(energy_of, [(one, one) for one in many], [text] * len(many))
        wrong = in_parallel(energy_of, foreign, [text] * len(foreign))
        found = sum(abs(offset + late_s) <= MOVED_S for _, offset in true)
        bench.share_at_least(f"energy, {name}: offset of true pairs within {MOVED_S} s", found, len(true), 100)
        bench.figure(f"energy, {name}: pairings of true pairs", counted(pairing for pairing, _ in true))
        bench.share_at_most(f"energy, {name}: wrong pairs ok", sum(pairing == "ok" for pairing, _ in wrong), len(wrong), 0)
        bench.share_at_most(f"energy, {name}: wrong pairs whose stamps are moved", sum(abs(offset) > MOVED_S for _, offset in wrong), len(wrong))


def measure(bench):
    own, given = (field_sets.read_all(folder) for folder in (field_sets.OWN, field_sets.GIVEN))
    if not given:
        bench.skipped("given sets", "no ../shared/data/field beside the checkout; only the project's own are paired")
    measure_energy(bench, own + given)
    for length_s in CUTS_S:
        measure_length(bench, length_s, own + given, bench.folder("pairs"))
