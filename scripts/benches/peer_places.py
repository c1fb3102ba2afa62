"""Where each program puts the turns of a recording: ours, programs that find silences, pocketsphinx, and the stamps themselves.

A program that finds silences gets the stamps of the transcript: a turn starts at the end of the silence whose end is nearest to the
stamp, and ends at the start of the silence that was chosen for the next turn."""

import shutil
from collections import namedtuple

import edges
import field_sets
import transcripts
from pause_finders import Silence
from truth import Turn, read_turns
from words import at_16_khz, plain_pocketsphinx
from workbench import EPISODES, SOURCE_DIR, align, run

LEAD_S, TAIL_S = 0.15, 0.3  # those of soundbite, but never out of the silence
STAMP_MIDDLE_S = 0.5  # stamps are cut to whole seconds
AD_AT_S, AD_S = 400, 37
AT_END_S = 0.1
LATE_S, MARGIN_S = 1, 0.1  # a turn given to pocketsphinx lasts until the next stamp's second is over

Recording = namedtuple("Recording", "name sound text turns length_s")
Place = namedtuple("Place", "start end cut")  # cut: what a clip of the turn has, (start, end)
NOWHERE = Place(None, None, (float("inf"), float("-inf")))


def length_of(sound):
    return float(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", sound, capture_output=True, text=True).stdout)


def episode(folder, name):
    sound = folder / f"{name}.mp3"
    return Recording(name.replace("-", " "), sound, sound.with_suffix(".txt"), read_turns(folder), length_of(sound))


def own_sets():
    return [Recording("own sets", one.sound, one.text(), [Turn(k, turn.start, turn.end, turn.speaker) for k, turn in enumerate(one.turns)],
                      one.length_s) for one in field_sets.read_all(field_sets.OWN)]


def with_ad(folder):
    """Returns the real voices with an advertisement inserted; the stamps stay."""
    if not (folder / "clock.tsv").exists():
        run(SOURCE_DIR / "scripts" / "edit-episode", EPISODES / "real-voices", folder, "--insert", f"{AD_AT_S}:{AD_S}")
    return episode(folder, "real-voices")


def stamps_and_end(recording):
    return [*(turn.second for turn in transcripts.read(recording.text)), recording.length_s]


def by_stamps(recording):
    at = stamps_and_end(recording)
    return [Place(start, end, (start, end)) for start, end in zip(at, at[1:])]


def with_ends(silences, length_s):
    """Adds silences without length at the start and at the end of the recording, where there is none."""
    first = [] if silences and silences[0].start < AT_END_S else [Silence(0, 0)]
    last = [] if silences and silences[-1].end > length_s - AT_END_S else [Silence(length_s, length_s)]
    return [*first, *silences, *last]


def by_silences(recording, found):
    silences = with_ends(found, recording.length_s)
    before = [min(silences, key=lambda silence, stamp=stamp: abs(silence.end - stamp - STAMP_MIDDLE_S)) for stamp in stamps_and_end(recording)[:-1]]
    return [Place(gap.end, after.start, (max(gap.start, gap.end - LEAD_S), min(after.end, after.start + TAIL_S)))
            for gap, after in zip(before, [*before[1:], silences[-1]])]


def by_soundbite(recording, folder, method, with_cuts):
    out = folder / "alignment.json"
    placed = {turn["index"]: turn for turn in align(recording.sound, recording.text, out, method)["turns"]}
    found = [placed[turn.index] for turn in recording.turns]
    cuts = edges.cut_all(folder, recording.sound, out) if with_cuts else [None] * len(found)
    return [Place(turn["start"], turn["end"], cut) for turn, cut in zip(found, cuts, strict=True)]


def windows(recording, folder):
    """Writes the sound and the words of each turn. Returns (sound, words, first second) of each."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    at, cuts = stamps_and_end(recording), []
    for number, (turn, start, after) in enumerate(zip(transcripts.read(recording.text), at, at[1:])):
        first, last = max(0, start - MARGIN_S), min(recording.length_s, after + LATE_S + MARGIN_S)
        words = folder / f"{number}.tsv"
        words.write_text("".join(f"0\t0\tA\t{word}\n" for word in turn.text.split()), encoding="utf-8")
        cuts.append((at_16_khz(recording.sound, folder / f"{number}.wav", "-ss", first, "-t", last - first), words, first))
    return cuts


def by_pocketsphinx(recording, folder):
    cuts = windows(recording, folder)
    found = plain_pocketsphinx([cut[:2] for cut in cuts])
    shutil.rmtree(folder)
    return [Place(first + words[0].start, first + words[-1].end, (first + words[0].start - LEAD_S, first + words[-1].end + TAIL_S)) if words
            else NOWHERE for words, (*_, first) in zip(found, cuts, strict=True)]
