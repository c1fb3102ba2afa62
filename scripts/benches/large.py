"""Measures how time and memory grow: each input at lengths that double. The exponent of a fit is 1 for linear time, and 0 for flat
memory. Writes a table and a plot into build/bench/large."""

import math
import shutil
import struct
from collections import namedtuple

import batch
import growth_plot
import long_transcripts
from workbench import SOUNDBITE, ffmpeg, soundbite, usage

LINEAR, STEPS = 1.15, 4
RATE = 16000
SOUND_S, BLOCK_S = 60, 600  # the bomb: a minute of sound, then digital silence, which takes few bytes
TURN_S = 5
RF64_HZ, RF64_CHANNELS = 48000, 2
GIB = 1 << 30
TEXT = "the kettle was on and nobody in the room had said a word"

Series = namedtuple("Series", "name unit least peak_goal make")  # make(folder, n): the arguments of the program


def stamp(second):
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def write_turns(path, seconds):
    path.write_text("".join(f"Speaker {k % 2} [{stamp(second)}]:\n{TEXT} {k}\n" for k, second in enumerate(seconds)), encoding="utf-8")
    return path


def align(sound, text, folder):
    return ("align", sound, text, "--method", "energy", "--allow-mismatch", "--no-cache", "--force", "-q", "-o", folder / "alignment.json")


def make_bomb(folder, hours):
    """An hour is six blocks; their packets are copied, not encoded again."""
    block, sound = folder / "block.mp3", folder / "bomb.mp3"
    if not block.exists():
        source = f"sine=f=180:r={RATE}:d={SOUND_S},tremolo=f=0.2:d=1,apad=whole_dur={BLOCK_S}"
        ffmpeg("-f", "lavfi", "-i", source, "-c:a", "libmp3lame", "-b:a", "32k", "-write_xing", 0, block)
    ffmpeg("-stream_loop", hours * 3600 // BLOCK_S - 1, "-i", block, "-c", "copy", sound)
    text = write_turns(folder / "bomb.txt", [at + k for at in range(0, hours * 3600, BLOCK_S) for k in range(0, SOUND_S, TURN_S)])
    return align(sound, text, folder)


def make_rf64(folder, n_quarters):
    """Quarters of 5 GiB with a sparse file: digital silence takes no room on the disk."""
    sound, frame = folder / "large.wav", 2 * RF64_CHANNELS
    n_bytes = n_quarters * 5 * GIB // 4 // frame * frame
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, RF64_CHANNELS, RF64_HZ, RF64_HZ * frame, frame, 16)
    sizes = struct.pack("<4sIQQQI", b"ds64", 28, n_bytes + 72, n_bytes, n_bytes // frame, 0)
    with sound.open("wb") as file:
        file.write(struct.pack("<4sI4s", b"RF64", 0xFFFFFFFF, b"WAVE") + sizes + form + struct.pack("<4sI", b"data", 0xFFFFFFFF))
        file.truncate(file.tell() + n_bytes)
    return "export", sound, "--to", "peaks", "--force", "-q", "-o", folder / "peaks.dat"


def sound_of_turns(folder, n_turns):
    """A turn each second, as in the lists of the group batch."""
    sound = folder / "turns.wav"
    batch.write_sound(sound, 0, n_turns)
    return sound, write_turns(folder / "turns.txt", range(n_turns))


def make_turns(folder, n_turns):
    return align(*sound_of_turns(folder, n_turns), folder)


def cues(folder, n_cues):
    path = folder / "cues.srt"
    long_transcripts.write(path, long_transcripts.USED_FORMS["srt"], n_cues)
    return path


def make_reading(folder, n_cues):
    return "info", cues(folder, n_cues), "-q"


def make_writing(folder, n_cues):
    return "export", cues(folder, n_cues), "--to", "vtt", "--force", "-q", "-o", folder / "cues.vtt"


def make_clips(folder, n_clips):
    """Clips of one episode, one of each turn."""
    soundbite(*make_turns(folder, n_clips))
    shutil.rmtree(folder / "clips", ignore_errors=True)
    return ("clip", folder / "turns.wav", folder / "alignment.json", "--speaker", "*", "--loudness", "off", "-q", "--force",
            "-o", folder / "clips" / "{n:05}.wav")


# The length is doubled three times; the last one is that of the goal.
SERIES = (Series("energy alignment of MP3, mostly digital silence", "h", 3, 80, make_bomb),
          Series("RF64, overview of its levels", "times 1.25 GiB", 1, 80, make_rf64),
          Series("energy alignment of turns", "turns", 2500, 500, make_turns),
          Series("captions read", "cues", 125_000, 500, make_reading),
          Series("captions read and written", "cues", 125_000, 500, make_writing),
          Series("clips of one episode, with certificates", "clips", 1250, 250, make_clips))


def exponent(lengths, values):
    """Returns the slope of a line through the logarithms, by least squares."""
    points = [(math.log(length), math.log(max(value, 1e-3))) for length, value in zip(lengths, values)]
    x0, y0 = (sum(column) / len(points) for column in zip(*points))
    return sum((x - x0) * (y - y0) for x, y in points) / sum((x - x0) ** 2 for x, _ in points)


def measure_series(bench, series, lengths, folder):
    rows = []
    for length in lengths:
        used = usage(SOUNDBITE, *series.make(folder, length))
        rows.append((length, used.user_s + used.system_s, used.peak_mb))
        bench.figure(f"{series.name}: {length:,} {series.unit}", f"{rows[-1][1]:.2f} s, {used.peak_mb:.0f} MB")
    times, peaks = [row[1] for row in rows], [row[2] for row in rows]
    bench.at_most(f"{series.name}: exponent of time", exponent(lengths, times), LINEAR)
    bench.figure(f"{series.name}: exponent of memory", f"{exponent(lengths, peaks):.2f}")
    grown = 1024 * (peaks[-1] - peaks[-2]) / (lengths[-1] - lengths[-2])
    bench.figure(f"{series.name}: memory that one more takes", f"{grown:.2f} KB")
    if not bench.quick:
        bench.at_most(f"{series.name}: peak memory", peaks[-1], series.peak_goal, " MB", 0)
    return rows


def measure(bench):
    """Quick: lengths of a sixteenth, where they are whole."""
    folder, measured = bench.folder("large"), {}
    for series in SERIES:
        least = max(series.least // 16, 1) if bench.quick else series.least
        inputs = folder / "inputs"
        shutil.rmtree(inputs, ignore_errors=True)
        inputs.mkdir()
        measured[f"{series.name} ({series.unit})"] = measure_series(bench, series, [least << k for k in range(STEPS - bench.quick)], inputs)
        shutil.rmtree(inputs)
    table = [f"{name}\t{length}\t{seconds:.3f}\t{peak:.1f}" for name, rows in measured.items() for length, seconds, peak in rows]
    (folder / "growth.tsv").write_text("\n".join(["# what\tlength\tprocessor_s\tpeak_mb", *table]) + "\n", encoding="utf-8")
    growth_plot.write(folder / "growth.svg", measured)
    print(f"table and plot: {folder}/growth.tsv, growth.svg")
