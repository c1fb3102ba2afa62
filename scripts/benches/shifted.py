"""Measures turn starts by energy of audio that begins less than a second later or earlier than its timestamps say."""

import json

import field
import field_sets
from workbench import ffmpeg, in_parallel, is_fresh, remembered

SHIFTS_S, TEXTS = (0.5, 0.8, -0.6), {"whole seconds": "transcript.txt", "exact": "transcript.srt"}
MOST_LOST = 3  # percent of the turns, compared with the audio as it is


def shifted_sound(field_set, shift_s, folder):
    out = folder / f"{field_set.name}{shift_s:+}.flac"
    if not is_fresh(out, field_set.sound):
        later = ("-af", f"adelay={1000 * shift_s:.0f}:all=1") if shift_s > 0 else ()
        ffmpeg("-ss", max(-shift_s, 0), "-i", field_set.sound, "-ac", 1, *later, out)
    return out


def align_shifted(field_set, text, shift_s, folder):
    sound = shifted_sound(field_set, shift_s, folder)
    _, printed, _ = remembered("align", sound, field_set.text(text), "--method", "energy", "--no-cache", "-q", "-o", "-")
    alignment = json.loads(printed)
    for turn in alignment["turns"]:
        turn["start"] = None if turn["start"] is None else turn["start"] - shift_s
    return alignment


def tally_of(sets, text, shift_s, folder):
    tally = field.Tally(None)
    alignments = in_parallel(lambda one: align_shifted(one, text, shift_s, folder), sets)
    for one, alignment in zip(sets, alignments):
        for found, true in one.pair_turns(alignment):
            tally.n_turns += 1
            if found["start"] is not None:
                tally.add_turn(found, true, one)
    return tally


def measure(bench):
    folder = bench.folder("shifted")
    sets = field_sets.read_all(field_sets.OWN) + field_sets.read_all(field_sets.GIVEN)
    for name, text in TEXTS.items():
        plain = tally_of(sets, text, 0, folder)
        bench.share_at_least(f"{name}, audio as it is: turn starts within 200 ms", plain.n_within(0.2), plain.n_turns)
        goal = 100 * plain.n_within(0.2) / plain.n_turns - MOST_LOST
        for shift_s in SHIFTS_S:
            tally = tally_of(sets, text, shift_s, folder)
            kind = f"{name}, audio {abs(shift_s)} s {'later' if shift_s > 0 else 'earlier'}"
            bench.share_at_least(f"{kind}: turn starts within 200 ms", tally.n_within(0.2), tally.n_turns, round(goal, 1))
            bench.share_at_most(f"{kind}: turns more than 1 s off", tally.n_turns - tally.n_within(1), tally.n_turns)
