"""Measures the peak memory of an alignment, which must not grow with the length of the audio."""

import long_episode
from workbench import FOLDER, SOUNDBITE, usage

GOAL_MB = 80
SHORT_MINUTES, LONG_MINUTES = 65, 600


def measure_one(bench, folder, minutes, kind):
    sound, text = long_episode.make(folder, minutes, kind)
    out = folder / "memory.json"
    used = usage(SOUNDBITE, "align", sound, text, "--method", "energy", "--no-cache", "--force", "-q", "-o", out)
    bench.at_most(f"peak memory of align, {minutes} min of {kind}", used.peak_mb, GOAL_MB, " MB", 0)
    out.unlink()
    return sound


def measure(bench):
    folder = FOLDER / "long"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("mp3", "flac"):
        measure_one(bench, folder, SHORT_MINUTES, kind)
    if bench.quick:
        return
    for kind in ("mp3", "flac"):
        measure_one(bench, folder, LONG_MINUTES, kind).unlink()
