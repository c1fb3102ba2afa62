"""Writes a field set: the sound, its transcript in three forms, and the truth in tables without a header line."""

import json
import subprocess
from collections import namedtuple

from episodes import turns_bracket
from episodes.workshop import RATE

Span = namedtuple("Span", "start end speaker text")  # seconds
SHIFT_S = 37
SILENCE_S = 0.25
EDGE_S = 0.05
FRONT_MATTER = ("Made by scripts/make-field", "Show Notes", "Socials")
TEXTS = ("turns.tsv", "units.tsv", "silence.tsv", "transcript.txt", f"transcript+{SHIFT_S}.txt", "transcript.srt", "meta.json")
SOUND_OPTIONS = {"flac": ("-c:a", "flac"), "mp3": ("-c:a", "libmp3lame", "-b:a", "64k"), "ogg": ("-c:a", "libvorbis", "-q:a", "2")}


def write_rows(path, rows):
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")


def write_spans(path, spans):
    write_rows(path, [(f"{span.start:.4f}", f"{span.end:.4f}", span.speaker, span.text) for span in spans])


def silences(units, length_s):
    """Returns the pauses, slightly shortened at both ends."""
    at = 0
    for unit in [*sorted(units), Span(length_s, None, None, None)]:
        if unit.start - at >= SILENCE_S + 2 * EDGE_S:
            yield f"{at + EDGE_S:.4f}", f"{unit.start - EDGE_S:.4f}"
        at = max(at, unit.end or at)


def srt_time(seconds):
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def write_srt(path, turns):
    cues = [f"{n}\n{srt_time(turn.start)} --> {srt_time(turn.end)}\n{turn.text}\n" for n, turn in enumerate(turns, 1)]
    path.write_text("\n".join(cues), encoding="utf-8")


def write_texts(folder, title, turns, units, length_s, meta):
    write_spans(folder / "turns.tsv", turns)
    write_spans(folder / "units.tsv", units)
    write_rows(folder / "silence.tsv", silences(units, length_s))
    for name, shift in (("transcript.txt", 0), (f"transcript+{SHIFT_S}.txt", SHIFT_S)):
        turns_bracket.write(folder / name, (title, *FRONT_MATTER), [(turn.speaker, int(turn.start) + shift, turn.text) for turn in turns])
    write_srt(folder / "transcript.srt", turns)
    about = {**meta, "seconds": round(length_s, 2), "turns": len(turns), "words": 0}
    (folder / "meta.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_sound(path, pcm, rate, channels=2):
    """Converts stereo or mono PCM at RATE to mono at `rate`."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", str(channels), "-i", "pipe:0",
                    "-ac", "1", "-ar", str(rate), *SOUND_OPTIONS[path.suffix[1:]], "-fflags", "+bitexact", "-flags:a", "+bitexact",
                    str(path)], input=pcm, check=True)
