"""Measures the time to make a video of a long quote."""

import json
import os
import subprocess

from workbench import EPISODES, SOUNDBITE, align, usage

CLIP_S = 30
DRAFT_FASTER = 4
SHAPES = (("9:16", "1080x1920"), ("1:1", "1080x1080"), ("4:5", "1080x1350"), ("16:9", "1920x1080"))


def lengths(path):
    """Returns the seconds of pictures and of sound."""
    done = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_type,duration", "-of", "json", path], check=True,
                          capture_output=True, text=True)
    streams = {stream["codec_type"]: float(stream["duration"]) for stream in json.loads(done.stdout)["streams"]}
    return streams["video"], streams["audio"]


def about_as_long(turns):
    """Returns the start and end of the turn whose length is nearest to that of a clip."""
    heard = [turn for turn in turns if turn["start"] is not None]
    turn = min(heard, key=lambda turn: abs(turn["end"] - turn["start"] - CLIP_S))
    return turn["start"], turn["end"]


def make(folder, sound, alignment, part, shape, *options):
    out = folder / f"{shape.replace(':', 'x')}{''.join(options)}.mp4"
    used = usage(SOUNDBITE, "clip", sound, alignment, "--from", f"{part[0] - 0.05:.3f}", "--until", f"{part[1] + 0.05:.3f}",
                 "--limit", "1", "--video", shape, *options, "--force", "-q", "-o", out)
    return out, used


def measure(bench):
    folder = bench.folder("video")
    sound, text = EPISODES / "real-voices" / "real-voices.mp3", EPISODES / "real-voices" / "real-voices.txt"
    alignment = folder / "alignment.json"
    turns = align(sound, text, alignment)["turns"]
    part = about_as_long(turns)
    for shape, size in SHAPES[:1] if bench.quick else SHAPES:
        out, used = make(folder, sound, alignment, part, shape)
        pictures, heard = lengths(out)
        name = f"{pictures:.0f} s of {size}"
        bench.at_most(f"{name} on {os.cpu_count()} cores: time on the clock / length", used.wall_s / pictures, 1, " x")
        bench.figure("the same: user time / length, peak memory, size", f"{used.user_s / pictures:.2f} x, {used.peak_mb:.0f} MB, "
                     f"{out.stat().st_size * 8 / pictures / 1e6:.1f} Mbit/s")
        bench.at_most("the same: pictures less sound", (pictures - heard) * 1000, 33.4, " ms", 1)
        _, draft = make(folder, sound, alignment, part, shape, "--draft")
        for what, ratio in (("user time", used.user_s / draft.user_s), ("time on the clock", used.wall_s / draft.wall_s)):
            bench.figure(f"the same: {what} / that of a draft", f"{ratio:.1f} x", f">= {DRAFT_FASTER} x", ratio >= DRAFT_FASTER)
