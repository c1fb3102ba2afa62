"""One clip from a saved alignment, anywhere in a long episode, and a hundred in one batch."""

import json
import shutil

import long_episode
from workbench import FOLDER, SOUNDBITE, align, median, usage

MINUTES, N_PLACES, N_CLIPS, CLIP_S = 65, 7, 100, 10


def clip_at(folder, sound, alignment, turn):
    """Seconds on the clock for one quote: the turn's own words, where it lies."""
    return usage(SOUNDBITE, "clip", sound, alignment, "--from", f"{turn['start'] - 0.05:.3f}", "--until", f"{turn['end'] + 0.05:.3f}",
                 "--speaker", turn["speaker"], "--force", "-q", "-o", folder / "one.mp3").wall_s


def measure_single(bench, folder, sound, alignment, turns):
    places = [turns[round(k * (len(turns) - 1) / (N_PLACES - 1))] for k in range(N_PLACES)]
    clip_at(folder, sound, alignment, places[0])
    times = [clip_at(folder, sound, alignment, turn) for turn in places]
    bench.at_most(f"one clip anywhere in {MINUTES} min of MP3, median of {N_PLACES} places", median(times), 0.3, " s")
    bench.at_most("one clip, the slowest of the places, first and last turn among them", max(times), 0.3, " s")
    bench.at_most("one clip, the last turn", times[-1], 0.3, " s")


def measure_batch(bench, folder, sound, alignment):
    rows = ["audio,transcript,id,from,until"]
    step = (MINUTES * 60 - 2 * CLIP_S) / N_CLIPS
    rows += [f"{sound},{alignment},{k:03},{CLIP_S + k * step:.3f},{2 * CLIP_S + k * step:.3f}" for k in range(N_CLIPS)]
    table, out = folder / "list.csv", folder / "batch"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    used = usage(SOUNDBITE, "batch", table, "-o", out, "-q")
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    n, length = len(lines), sum(line["end_sample"] - line["start_sample"] for line in lines) / lines[0]["sample_rate"]
    shutil.rmtree(out)
    bench.at_most(f"{n} clips, {length:.0f} s of MP3 together, in one batch: user time", used.user_s, 15, " s", 1)
    bench.figure("the same on the clock", f"{used.wall_s:.1f} s")


def measure(bench):
    folder = bench.folder("clips")
    long_folder = FOLDER / "long"
    long_folder.mkdir(exist_ok=True)
    sound, text = long_episode.make(long_folder, MINUTES, "mp3")
    alignment = folder / "alignment.json"
    turns = [turn for turn in align(sound, text, alignment)["turns"] if turn["start"] is not None]
    measure_single(bench, folder, sound, alignment, turns)
    if not bench.quick:
        measure_batch(bench, folder, sound, alignment)
