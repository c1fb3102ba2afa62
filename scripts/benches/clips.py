"""Measures one clip from a saved alignment at several places of a long episode, and a hundred in one batch, compared with
ffmpeg clip by clip."""

import json
import re
import resource
import shutil
import subprocess

import long_episode
from workbench import FOLDER, SOUNDBITE, align, median, usage

MINUTES, N_PLACES, N_RUNS, N_CLIPS, CLIP_S = 65, 7, 3, 100, 10
MARGIN_S = 0.05
LOUDNORM = "loudnorm=I=-16:TP=-1"
UNHEARD = ("--no-certificate",)


def of_clip_length(turns):
    """Returns the places of the turns whose length is nearest to that of a clip, in text order."""
    heard = [turn for turn in turns if turn["start"] is not None]
    nearest = sorted(heard, key=lambda turn: abs(turn["end"] - turn["start"] - CLIP_S))[:N_CLIPS]
    return sorted((turn["start"] - MARGIN_S, turn["end"] + MARGIN_S) for turn in nearest)


def clip_one(folder, sound, alignment, place, options=()):
    """Returns the run with the median time of three."""
    command = (SOUNDBITE, "clip", sound, alignment, "--from", f"{place[0]:.3f}", "--until", f"{place[1]:.3f}", "--force", "-q",
               "-o", folder / "one.mp3", *options)
    return sorted((usage(*command) for _ in range(N_RUNS)), key=lambda used: used.wall_s)[N_RUNS // 2]


def measure_single(bench, folder, sound, alignment, places):
    chosen = [places[k * (len(places) - 1) // (N_PLACES - 1)] for k in range(N_PLACES)]
    runs = [clip_one(folder, sound, alignment, place, UNHEARD) for place in chosen]
    name = f"MP3 clip of {CLIP_S} s from {MINUTES} min of MP3"
    bench.at_most(f"{name}, median of {N_PLACES} places", median([used.wall_s for used in runs]), 0.3, " s")
    bench.at_most(f"{name}, slowest place", max(used.wall_s for used in runs), 0.3, " s")
    bench.at_most(f"{name}, last place (at {chosen[-1][0] / 60:.0f} min)", runs[-1].wall_s, 0.3, " s")
    bench.figure(f"{name}, user time, median and most", f"{median([r.user_s for r in runs]):.2f} s, {max(r.user_s for r in runs):.2f} s")
    certified = clip_one(folder, sound, alignment, chosen[len(chosen) // 2])
    bench.figure(f"{name}, middle place, with certificate: on the clock, user time", f"{certified.wall_s:.2f} s, {certified.user_s:.2f} s")


def encode_alone(folder, sound, length_s):
    """Returns the user time of ffmpeg for the same amount of MP3: the minimum for any program that encodes with LAME."""
    out = folder / "peer.mp3"
    used = usage("ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", "-t", f"{length_s:.3f}", "-i", sound, "-map", "0:a",
                 "-c:a", "libmp3lame", "-b:a", "128k", out)
    out.unlink()
    return used.user_s


def normalise(sound, clip, out):
    """Returns the user time of ffmpeg for one clip: cut, measured, and adjusted in a second pass with one linear gain."""
    start, length = clip["start_sample"] / clip["sample_rate"], (clip["end_sample"] - clip["start_sample"]) / clip["sample_rate"]
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-y", "-ss", f"{start:.6f}", "-t", f"{length:.6f}", "-i", str(sound), "-map", "0:a"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    told = subprocess.run([*command, "-af", f"{LOUDNORM}:print_format=json", "-f", "null", "-"], capture_output=True, text=True,
                          check=True).stderr
    found = json.loads(re.search(r"\{[^{}]*\}\s*$", told)[0])
    measured = ":".join(f"measured_{name}={found['input_' + key]}" for name, key in (("I", "i"), ("TP", "tp"), ("LRA", "lra"),
                                                                                    ("thresh", "thresh")))
    subprocess.run([*command, "-af", f"{LOUDNORM}:{measured}:offset={found['target_offset']}:linear=true", "-ar", str(clip["sample_rate"]),
                    "-c:a", "libmp3lame", "-b:a", "128k", str(out)], capture_output=True, check=True)
    out.unlink()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def write_list(path, sound, alignment, places):
    rows = ["audio,transcript,id,captions,from,until"]
    rows += [f"{sound},{alignment},{k:03},srt,{start:.3f},{end:.3f}" for k, (start, end) in enumerate(places)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def run_batch(folder, table, options=()):
    """Returns the usage of the batch, and its manifest."""
    out = folder / "batch"
    shutil.rmtree(out, ignore_errors=True)
    used = usage(SOUNDBITE, "batch", table, "-o", out, "-q", *options)
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    shutil.rmtree(out)
    return used, lines


def report_batch(bench, name, used, theirs, user_goal_s=None):
    """Prints the usage of a batch. `theirs` is that of ffmpeg for the same clips."""
    ratio = theirs / used.user_s
    bench.figure(f"{name}: user time", f"{used.user_s:.1f} s", user_goal_s and f"<= {user_goal_s} s", user_goal_s and used.user_s <= user_goal_s)
    bench.at_most(f"{name}: on the clock", used.wall_s, 25, " s", 1)
    bench.at_most(f"{name}: peak memory of its one process", used.peak_mb, 250, " MB", 0)
    bench.figure(f"{name}: ffmpeg -ss -t, loudnorm twice, each clip / it", f"{ratio:.1f} x ({theirs:.1f} s)", ">= 3 x", ratio >= 3)


def measure_batch(bench, folder, sound, alignment, places):
    table = folder / "list.csv"
    write_list(table, sound, alignment, places)
    unheard, lines = run_batch(folder, table, UNHEARD)
    certified, _ = run_batch(folder, table)
    theirs = sum(normalise(sound, line, folder / "peer.mp3") for line in lines)
    length = sum(line["end_sample"] - line["start_sample"] for line in lines) / lines[0]["sample_rate"]
    bench.figure("batch of MP3 clips with loudness and captions", f"{len(lines)} clips, {length:.0f} s")
    report_batch(bench, "without certificate", unheard, theirs, 15)
    report_batch(bench, "with certificate", certified, theirs)
    alone = encode_alone(folder, sound, length)
    bench.figure("without certificate / ffmpeg that decodes and encodes as much", f"{unheard.user_s / alone:.2f} x")


def measure(bench):
    folder = bench.folder("clips")
    long_folder = FOLDER / "long"
    long_folder.mkdir(exist_ok=True)
    sound, text = long_episode.make(long_folder, MINUTES, "mp3")
    alignment = folder / "alignment.json"
    places = of_clip_length(align(sound, text, alignment)["turns"])
    measure_single(bench, folder, sound, alignment, places)
    if not bench.quick:
        measure_batch(bench, folder, sound, alignment, places)
