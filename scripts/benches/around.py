"""Measures the first and the last turn of real speech with a minute of music or noise before or after it. The sound around a
recording must not become part of a turn."""

import json

import field_sets
import transcripts
from field import WORSE_S
from transcripts import Turn
from workbench import SOURCE_DIR, ffmpeg, in_parallel, is_fresh, remembered

SETS = ("librivox-en", "phrases-fr", "prompts-es", "prompts-it", "sentences-ca", "telephone-en")
MUSIC = SOURCE_DIR / "build" / "packages" / "usr" / "share" / "asterisk" / "moh"  # five pieces
MINUTE_S, SKIPPED_S, RATE = 60, 10, 16000
FORMAT = f"aresample={RATE},aformat=channel_layouts=mono"


def sound_around(kind, place):
    if kind == "noise":
        return ("-f", "lavfi", "-t", MINUTE_S, "-i", f"anoisesrc=r={RATE}:c=pink:a=0.05:seed={place}")
    pieces = sorted(MUSIC.glob("*.wav"))
    return ("-ss", SKIPPED_S, "-t", MINUTE_S, "-i", pieces[place % len(pieces)])


def make(field_set, kind, before, place, folder):
    """Returns (audio, transcript, what to add to the true times)."""
    name = f"{field_set.name}-{kind}-{'before' if before else 'after'}"
    audio, late_s = folder / f"{name}.flac", MINUTE_S if before else 0
    if not is_fresh(audio, field_set.sound):
        ffmpeg("-i", field_set.sound, *sound_around(kind, place), "-filter_complex",
               f"[0:a]{FORMAT}[talk];[1:a]{FORMAT},volume=0.5[around];{'[around][talk]' if before else '[talk][around]'}concat=n=2:v=0:a=1", audio)
    turns = [Turn(turn.speaker, int(turn.start + late_s), turn.text) for turn in field_set.turns]
    return audio, transcripts.write(folder / f"{name}.txt", turns), late_s


def edge_errors(field_set, made, method):
    """Returns how much too early the first turn starts and how much too late the last one ends, in seconds; None if refused."""
    audio, text, late_s = made
    code, printed, messages = remembered("align", audio, text, "--method", method, "--no-cache", "-q", "-o", "-")
    if code == 1 and "belong" in messages:
        return None
    if code != 0:
        raise SystemExit(f"bench: soundbite align {audio}: exit {code}\n{messages}")
    turns = json.loads(printed)["turns"]
    return field_set.turns[0].start + late_s - turns[0]["start"], turns[-1]["end"] - field_set.turns[-1].end - late_s


def measure(bench):
    folder, sets = bench.folder("around"), [field_sets.named(name) for name in SETS]
    for kind in ("music", "noise"):
        for before in (True, False):
            made = in_parallel(lambda pair, kind=kind, before=before: make(pair[1], kind, before, pair[0], folder), list(enumerate(sets)))
            for method in ("auto", "energy"):
                found = in_parallel(lambda pair, method=method: edge_errors(*pair, method), list(zip(sets, made)))
                name = f"a minute of {kind} {'before' if before else 'after'}, {method}"
                placed = [errors for errors in found if errors is not None]
                bench.share_at_most(f"{name}: refused", len(found) - len(placed), len(found), 0)
                early, late = (max(errors[side] for errors in placed) for side in (0, 1))
                bench.at_most(f"{name}: most of it in the first or last turn", max(early if before else 0, 0 if before else late), WORSE_S, " s", 2)
