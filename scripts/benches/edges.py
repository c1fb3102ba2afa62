"""Plans a clip of every turn, and measures how much of its speech is lost and how much of the neighbours is heard."""

import json

from truth import read_turns
from workbench import EPISODES, align, soundbite

LOST_S, REAL_PAUSE_S = 0.01, 0.05


def cut_all(folder, sound, alignment):
    """Returns the cut of each turn of an alignment file in seconds, (first, last), in turn order."""
    table = folder / "list.csv"
    table.write_text(f"audio,transcript,speaker,output\n{sound},{alignment},*,{{n:03}}-{{slug}}.wav\n", encoding="utf-8")
    lines = soundbite("batch", table, "-o", folder / "clips", "--json", "-q", "--dry-run").splitlines()
    cuts = [json.loads(line) for line in lines]
    return [(cut["start_sample"] / cut["sample_rate"], cut["end_sample"] / cut["sample_rate"]) for cut in cuts]


def intrusions(turns, cuts):
    """Returns for each pair of neighbours, on both sides: the true pause, and the seconds of the neighbour's speech in the
    clip."""
    for (before, after), (cut_before, cut_after) in zip(zip(turns, turns[1:]), zip(cuts, cuts[1:])):
        pause = after.first - before.last
        yield pause, cut_before[1] - max(after.first, before.last)
        yield pause, min(before.last, after.first) - cut_after[0]


def n_lost(turns, cuts):
    """Returns how many clips lose speech at their start, and at their end."""
    return (sum(cut[0] - turn.first > LOST_S for turn, cut in zip(turns, cuts)),
            sum(turn.last - cut[1] > LOST_S for turn, cut in zip(turns, cuts)))


def heard(sides, least_s):
    return f"{sum(seconds > least_s for _, seconds in sides)} of {len(sides)}" if sides else "no such pause"


def measure_episode(bench, name, goals):
    """Prints the figures, with or without goals."""
    turns, folder, sound = read_turns(EPISODES / name), bench.folder("edges"), EPISODES / name / f"{name}.mp3"
    align(sound, sound.with_suffix(".txt"), folder / "alignment.json")
    cuts = cut_all(folder, sound, folder / "alignment.json")
    if len(cuts) != len(turns):
        bench.figure(f"{name}: clips of turns", f"{len(cuts)} of {len(turns)}", "all", False)
        return
    name = name.replace("-", " ")
    lost_starts, lost_ends = n_lost(turns, cuts)
    bench.share_at_most(f"{name}: speech lost over 10 ms at starts", lost_starts, len(turns), 1 if goals else None)
    bench.share_at_most(f"{name}: speech lost over 10 ms at ends", lost_ends, len(turns), 2 if goals else None)
    sides = list(intrusions(turns, cuts))
    wide = [side for side in sides if side[0] >= REAL_PAUSE_S]
    narrow = [side for side in sides if side[0] < REAL_PAUSE_S]
    n_wide = sum(seconds > 0 for _, seconds in wide)
    bench.share_at_most(f"{name}: neighbour heard at all, true pause >= 50 ms", n_wide, len(wide), 0 if goals else None)
    bench.figure(f"{name}: neighbour heard at all, true pause < 50 ms", heard(narrow, 0))
    bench.figure(f"{name}: neighbour heard over 10 ms, true pause < 50 ms", heard(narrow, LOST_S))


def measure(bench):
    measure_episode(bench, "real-voices", True)
    measure_episode(bench, "conversation", False)
