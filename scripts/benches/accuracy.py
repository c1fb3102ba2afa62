"""Measures turn starts and ends against the truth tables, for the episodes and variants of them."""

import json
import re

import long_episode
from truth import Errors, median_ms, n_within, read_breaks, read_clock, read_turns, rows
from workbench import EPISODES, SOURCE_DIR, align, ffmpeg, run

NEAR_S, FAR_S = 0.05, 0.2
SNR_DB = 20
SAME_BREAK_S = 15  # a reported break of the same kind this near to a true one, or to its text, counts as that one


def report_plain(bench, name, errors, goals):
    n = len(errors.starts)
    bench.share_at_least(f"{name}: starts within 50 ms", n_within(errors.starts, NEAR_S), n, 96 if goals else None)
    bench.share_at_least(f"{name}: starts within 200 ms", n_within(errors.starts, FAR_S), n, 98.5 if goals else None)
    if goals:
        bench.at_most(f"{name}: starts, median error", median_ms(errors.starts), 8, " ms", 1)
    else:
        bench.figure(f"{name}: starts, median error", f"{median_ms(errors.starts):.1f} ms")
    bench.share_at_least(f"{name}: ends within 50 ms", n_within(errors.ends, NEAR_S), n)
    bench.figure(f"{name}: ends, median error", f"{median_ms(errors.ends):.1f} ms")
    n_wrong, n_known = errors.in_lowest_tenth(NEAR_S)
    most = 2 * n_known > n_wrong if goals and n_wrong else None
    bench.figure(f"{name}: errors > 50 ms in the least confident tenth", f"{n_known} of {n_wrong}" if n_wrong else "no errors",
                 "most" if goals else None, most)


def distance(real, found):
    """Returns the distance from the place of a break in the transcript. A cut has all of its text as place."""
    return max(real.at - found["at"], found["at"] - max(real.at, real.at - real.gap), 0)


def match_breaks(true, reported):
    """Returns the pairs of true and reported breaks, and the number of reported breaks without a true one."""
    left, pairs = list(reported), []
    for real in true:
        near = [b for b in left if distance(real, b) <= SAME_BREAK_S and b["gap"] * real.gap > 0]
        if near:
            best = min(near, key=lambda b: abs(b["gap"] - real.gap))
            left.remove(best)
            pairs.append((real, best))
    return pairs, len(left)


def report_edit(bench, name, episode, alignment):
    errors = Errors(read_turns(episode), alignment)
    true = read_breaks(episode)
    offset, rate_ppm = read_clock(episode)
    pairs, n_invented = match_breaks(true, alignment["breaks"])
    first = alignment["time_map"][0]
    found_offset = first["offset"] - first["from"] * first["rate_ppm"] * 1e-6
    bench.share_at_least(f"{name}: starts within 50 ms", n_within(errors.starts, NEAR_S), len(errors.starts))
    bench.figure(f"{name}: breaks found, invented", f"{len(pairs)} of {len(true)}, {n_invented}", "all, 0",
                 len(pairs) == len(true) and n_invented == 0)
    gone = {int(row["index"]) for row in rows(episode / "turns.tsv") if not row["first"]}
    if gone:
        n_marked = sum(turn["status"] != "aligned" for turn in alignment["turns"] if turn["index"] in gone)
        bench.figure(f"{name}: turns cut out, marked partly or not heard", f"{n_marked} of {len(gone)}")
    for real, found in pairs:
        bench.figure(f"{name}: gap of {real.gap:+.1f} s, error of size, of place",
                     f"{1000 * (found['gap'] - real.gap):+.0f} ms, {found['at'] - real.at:+.1f} s")
    bench.figure(f"{name}: offset {offset:.1f} s, error", f"{1000 * (found_offset - offset):+.0f} ms")
    if rate_ppm:
        bench.figure(f"{name}: clock {rate_ppm:.0f} ppm, error", f"{first['rate_ppm'] - rate_ppm:+.1f} ppm")


EDITS = {
    "ad of 37 s first": ("--offset", 37),
    "30 s put in, 40 s cut": ("--insert", "400:30", "--cut", "900:940"),
    "clock of 300 ppm": ("--rate-ppm", 300),
}


def measure_edits(bench, episode, folder):
    for number, (name, options) in enumerate(EDITS.items()):
        out = folder / f"edit-{number}"
        if not (out / "clock.tsv").exists():
            run(SOURCE_DIR / "scripts" / "edit-episode", episode, out, *options)
        alignment = align(out / f"{episode.name}.mp3", out / f"{episode.name}.txt", out / "alignment.json")
        report_edit(bench, name, out, alignment)


def made(path, *arguments):
    if not path.exists():
        part = path.with_stem(path.stem + "-part")
        ffmpeg(*arguments, part)
        part.rename(path)
    return path


def mean_db(sound):
    """Returns the mean level of the whole file, with pauses."""
    said = run("ffmpeg", "-nostdin", "-i", sound, "-af", "volumedetect", "-f", "null", "-", capture_output=True, text=True).stderr
    return float(re.search(r"mean_volume: (-?[\d.]+) dB", said)[1])


def without_stamps(path):
    """Writes the transcript as podcast JSON whose segments have no times."""
    _, turns = long_episode.read_turns(path)
    return json.dumps({"version": "1.0.0", "segments": [{"speaker": speaker, "body": body} for speaker, _, body in turns]})


def measure_sounds(bench, episode, folder):
    """Makes the variants with worse sound and without timestamps."""
    sound, text = episode / f"{episode.name}.mp3", episode / f"{episode.name}.txt"
    bare = folder / "no-stamps.json"
    bare.write_text(without_stamps(text), encoding="utf-8")
    opus = made(folder / "voices.opus", "-i", sound, "-c:a", "libopus", "-b:a", "48k")
    noise = f"anoisesrc=r=44100:a={10 ** ((mean_db(sound) - SNR_DB) / 20) * 3 ** 0.5:.6f}:seed=7,pan=stereo|c0=c0|c1=c0"
    noisy = made(folder / "noisy.flac", "-i", sound, "-f", "lavfi", "-i", noise,
                 "-filter_complex", "[0:a][1:a]amix=inputs=2:duration=first:normalize=0", "-c:a", "flac")
    truth = read_turns(episode)
    for name, audio, transcript in (("no stamps at all", sound, bare), ("opus, 48 kbit/s", opus, text),
                                    ("white noise, 20 dB SNR", noisy, text)):
        errors = Errors(truth, align(audio, transcript, folder / "sounds.json"))
        bench.share_at_least(f"{name}: starts within 50 ms", n_within(errors.starts, NEAR_S), len(truth))
        bench.share_at_least(f"{name}: starts within 200 ms", n_within(errors.starts, FAR_S), len(truth))


def measure(bench):
    folder = bench.folder("accuracy")
    for name, goals in (("real-voices", True), ("conversation", False)):
        episode = EPISODES / name
        alignment = align(episode / f"{name}.mp3", episode / f"{name}.txt", folder / f"{name}.json")
        report_plain(bench, name.replace("-", " "), Errors(read_turns(episode), alignment), goals)
    if not bench.quick:
        measure_edits(bench, EPISODES / "real-voices", folder)
        measure_sounds(bench, EPISODES / "real-voices", folder)
