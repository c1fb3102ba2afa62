"""Measures the loudness and the true peak of clips with ffmpeg, against the target and the manifest."""

import json
import re
import shutil
import subprocess

from workbench import EPISODES, align, in_parallel, soundbite

TARGET_LUFS, CEILING_DB, TOLERANCE_LU, LEAST_S = -16, -1, 0.3, 3
FORMATS = ("wav", "mp3", "m4a", "opus")
QUICK_N = 40


def heard(path):
    """Returns (integrated loudness, true peak) measured by ffmpeg, in stereo. loudnorm oversamples to 192 kHz and gives the
    peak with two decimals, but its loudness of short clips is wrong."""
    told = subprocess.run(["ffmpeg", "-nostdin", "-hide_banner", "-i", str(path), "-af",
                           "aformat=channel_layouts=stereo,ebur128,loudnorm=print_format=json", "-f", "null", "-"],
                          capture_output=True, text=True, check=True).stderr
    figures = json.loads(re.search(r"\{[^{}]*\}", told)[0])
    return float(re.search(r"Summary:.*?\bI:\s+(-?[\d.]+)", told, re.DOTALL)[1]), float(figures["input_tp"])


def length_s(clip):
    return (clip["end_sample"] - clip["start_sample"]) / clip["sample_rate"]


def cut(folder, episode, kind, limit):
    """Returns the clips of turns in manifest order, with ffmpeg's measurements."""
    sound, alignment = EPISODES / episode / f"{episode}.mp3", folder / f"{episode}.json"
    clips = folder / "clips"
    shutil.rmtree(clips, ignore_errors=True)
    arguments = ("--limit", limit) if limit else ()
    lines = soundbite("clip", sound, alignment, "--speaker", "*", "-o", clips / f"{{n:03}}.{kind}", "--loudness", TARGET_LUFS,
                      "--true-peak", CEILING_DB, "--json", "-q", *arguments).splitlines()
    manifest = [json.loads(line) for line in lines]
    told = in_parallel(heard, [clip["file"] for clip in manifest])
    shutil.rmtree(clips)
    return list(zip(manifest, told))


def measure_kind(bench, name, kind, pairs):
    long = [(clip, lufs) for clip, (lufs, _) in pairs if length_s(clip) >= LEAST_S]
    within = sum(abs(lufs - TARGET_LUFS) <= TOLERANCE_LU for _, lufs in long)
    warned = sum(abs(lufs - TARGET_LUFS) > TOLERANCE_LU and any("LUFS" in text for text in clip["warnings"]) for clip, lufs in long)
    bench.share_at_least(f"{name}, {kind}: within {TOLERANCE_LU} LU, clips >= {LEAST_S} s", within, len(long), 100)
    bench.figure(f"{name}, {kind}: of the others, with a warning", f"{warned} of {len(long) - within}")
    bench.share_at_most(f"{name}, {kind}: true peak above {CEILING_DB} dBTP", sum(peak > CEILING_DB for _, (_, peak) in pairs), len(pairs), 0)
    bench.figure(f"{name}, {kind}: highest true peak", f"{max(peak for _, (_, peak) in pairs):.2f} dBTP")
    bench.at_most(f"{name}, {kind}: manifest's loudness off ffmpeg's, at most",
                  max((abs(clip["loudness_lufs"] - lufs) for clip, lufs in long), default=0), 0.1, " LU")


def measure(bench):
    folder = bench.folder("loudness")
    for episode in ("real-voices", "conversation"):
        align(EPISODES / episode / f"{episode}.mp3", EPISODES / episode / f"{episode}.txt", folder / f"{episode}.json")
        for kind in FORMATS:
            measure_kind(bench, episode.replace("-", " "), kind, cut(folder, episode, kind, QUICK_N if bench.quick else None))
