"""Makes all sets unless they are up to date."""

import hashlib
import random
import shutil
from itertools import chain
from pathlib import Path

from episodes.workshop import RATE, Workshop, is_made, mark_made

from . import field_set, layout, prompts, sentences, transcriber

HERE = Path(__file__).resolve().parent
OUT_RATES = {"flac": 16000, "mp3": 22050, "ogg": 44100}
NO_TONE_DB = -120
SOURCES = [*sorted(HERE.glob("*.py")), *(HERE.parent / "episodes" / name for name in ("workshop.py", "real_voices.py", "mix.c"))]


def fingerprint():
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in SOURCES)).hexdigest()


def spans_of(turns):
    """Returns (turns, units) in seconds."""
    units = [[field_set.Span(one.at / RATE, layout.end_of(one) / RATE, turn.speaker, one.recording.text) for one in turn.placed]
             for turn in turns]
    whole = [field_set.Span(own[0].start, own[-1].end, own[0].speaker, " ".join(unit.text for unit in own)) for own in units]
    return whole, [unit for own in units for unit in own]


def make_laid_out(folder, workshop, title, ending, meta, groups):
    rng = random.Random(f"layout {folder.name}")
    turns, n_samples = layout.place(rng, groups)
    pcm = workshop.mix(layout.Score(rng, turns, n_samples).write(), n_samples, 0, NO_TONE_DB)
    field_set.write_sound(folder / f"audio.{ending}", pcm, OUT_RATES[ending])
    field_set.write_texts(folder, title, *spans_of(turns), n_samples / RATE, meta)


def make_all(target):
    workshop, key = Workshop(target / ".workshop"), fingerprint()
    if is_made(target, key, ()):
        print(f"{target}: there already")
        return
    for stale in target.glob("*/meta.json"):
        shutil.rmtree(stale.parent)
    transcriber.make(target, workshop)
    for name, *what in chain(sentences.sets(workshop), prompts.sets(workshop)):
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        make_laid_out(folder, workshop, *what)
    for raw in workshop.folder.glob("*.raw"):
        raw.unlink()
    mark_made(target, key)
    print(f"{target}: made")
