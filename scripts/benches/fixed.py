"""Checks corrected transcripts: a second drift must say ok, and only timestamps may differ."""

import re
from collections import namedtuple

import pieces
import variants
from breaks import pauses
from verdicts import own_text, sound_of
from workbench import answer, in_parallel, soundbite

N_PIECES, N_QUICK, LENGTH_S = 4, 1, 20
CLOCK = re.compile(rb"\d\d:\d\d:\d\d(?:[.,]\d{3})?")
STAMPS = {"txt": CLOCK, "srt": CLOCK, "vtt": CLOCK, "json": re.compile(rb'("(?:startTime|endTime)": ?)[\d.]+')}
FORMATS = {"srt": "srt", "vtt": "vtt", "json": "podcast-json"}

Case = namedtuple("Case", "name sound text extension")


def write_forms(folder, piece):
    """Writes the transcript in each format, with times that are right for the unedited piece."""
    text, alignment = own_text(piece), folder / f"{piece.name}.alignment.json"
    soundbite("align", sound_of(piece), text, "--force", "-q", "-o", alignment)
    forms = {"txt": text}
    for extension, name in FORMATS.items():
        forms[extension] = folder / f"{piece.name}.{extension}"
        soundbite("export", alignment, "--to", name, "--force", "-q", "-o", forms[extension])
    return forms


def make_cases(folder, piece):
    seams = pauses(piece)
    edits = {"offset": {"offset": LENGTH_S}, "break": {"inserts": [(seams[len(seams) // 2], LENGTH_S)]}}
    sounds = {name: sound_of(variants.make(folder / f"{piece.name}-{name}", piece, **options)) for name, options in edits.items()}
    return [Case(f"{piece.name}, {name}, {extension}", sound, text, extension)
            for extension, text in write_forms(folder, piece).items() for name, sound in sounds.items()]


def correct(folder, case):
    """Returns (exit code of the correcting drift, exit code of the second drift, whether only timestamps differ)."""
    fixed = folder / f"fixed-{case.name.replace(', ', '-')}.{case.extension}"
    first = answer("drift", case.sound, case.text, "--no-cache", "-q", "--force", "--fixed", fixed)[0]
    second = answer("drift", case.sound, fixed, "--no-cache", "-q")[0]
    before, after = (re.sub(STAMPS[case.extension], rb"\1" if case.extension == "json" else b"", path.read_bytes())
                     for path in (case.text, fixed))
    return first, second, before == after and case.text.read_bytes() != fixed.read_bytes()


def measure(bench):
    folder = bench.folder("fixed")
    chosen = pieces.make_all()[:N_QUICK if bench.quick else N_PIECES]
    cases = [case for piece in chosen for case in make_cases(folder, piece)]
    done = in_parallel(lambda case: correct(folder, case), cases)
    bench.share_at_least("first drift: exit code 4", sum(first == 4 for first, _, _ in done), len(done), 100)
    bench.share_at_least("drift on the corrected transcript: ok (exit 0)", sum(second == 0 for _, second, _ in done), len(done), 100)
    bench.share_at_least("a diff shows stamps only", sum(same for _, _, same in done), len(done), 100)
    for case, (_, second, same) in zip(cases, done):
        if second or not same:
            bench.figure(f"  {case.name}: second drift exits with {second}", "stamps only" if same else "more than stamps")
