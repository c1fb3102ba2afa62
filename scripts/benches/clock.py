"""Measures the time map for constant offsets of minutes and for fast or slow clocks."""

import transcripts
import variants
from breaks import first_offset
from truth import Errors, n_within, read_clock, read_turns
from workbench import EPISODES, align, in_parallel

OFFSETS_S = (600, 61.7, 3.3, -4, -600)
RATES_PPM = (2000, 300, 40, -300, -2000)
QUICK_OFFSETS_S, QUICK_RATES_PPM = (600, -600), (-2000,)
OFFSET_GOAL_MS, RATE_GOAL_PPM = 20, 10


def make_offset(folder, seconds):
    """Returns (folder with the truth, audio, transcript, true offset). For a positive offset, an ad is inserted at the start;
    for a negative one, the timestamps are too late."""
    episode = EPISODES / "conversation"
    if seconds > 0:
        out = variants.make(folder / f"offset-{seconds}", episode, offset=seconds)
        return out, out / "conversation.mp3", out / "conversation.txt", read_clock(out)[0]
    turns = transcripts.shifted(transcripts.read_episode(episode), -seconds)
    text = transcripts.write(folder / f"offset{seconds}.txt", turns)
    return episode, episode / "conversation.mp3", text, seconds


def make_rate(folder, ppm):
    out = variants.make(folder / f"rate-{ppm}", EPISODES / "real-voices", rate_ppm=ppm)
    return out, out / "real-voices.mp3", out / "real-voices.txt", 0


def measure(bench):
    folder = bench.folder("clock")
    offsets, rates = (QUICK_OFFSETS_S, QUICK_RATES_PPM) if bench.quick else (OFFSETS_S, RATES_PPM)
    made = [(f"offset {seconds:+} s", 0, *make_offset(folder, seconds)) for seconds in offsets]
    made += [(f"clock {ppm:+} ppm", ppm, *make_rate(folder, ppm)) for ppm in rates]
    alignments = in_parallel(lambda row: align(row[3], row[4], folder / f"{row[0].replace(' ', '-')}.json", "acoustic"), made)
    for (name, ppm, truth, _, _, offset), found in zip(made, alignments):
        error_ms = 1000 * abs(first_offset(found) - offset)
        bench.at_most(f"{name}: error of the offset", error_ms, OFFSET_GOAL_MS, " ms", 1)
        bench.at_most(f"{name}: error of the rate", abs(found["time_map"][0]["rate_ppm"] - ppm), RATE_GOAL_PPM, " ppm", 1)
        bench.figure(f"{name}: breaks invented", str(len(found["breaks"])), "none", not found["breaks"])
        starts = Errors(read_turns(truth), found).starts
        bench.share_at_least(f"{name}: turn starts within 50 ms", n_within(starts, 0.05), len(starts))
