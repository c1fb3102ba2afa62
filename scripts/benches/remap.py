"""Moves chapters to a version with advertisements at known places. Measures whether those at the breaks start where their speech does,
from the alignment of the first version and from its transcript alone."""

import json
import math
import random

import variants
from breaks import pauses
from truth import read_turns
from workbench import EPISODES, align, answer

SEED = 2718
NAME, N_CASES = "real-voices", 4
ADS_S = (10, 20, 30, 45, 60, 90)
APART_S = 60
NEAR_S, STAMP_S = 0.3, 1.0  # a mark by ear is this long before its speech at most; stamps are cut to seconds
PLACE_S, STAMP_PLACE_S = 0.1, 1.0


def draw(rng, places, n):
    chosen = []
    while len(chosen) < n:
        place = rng.choice(places)
        if all(abs(place - other) >= APART_S for other in chosen):
            chosen.append(place)
    return sorted(chosen)


def marks_of(rng, turns, breaks):
    """Chapters at the breaks, and as many elsewhere: the mark, the turn that it belongs to, and whether an advertisement is there."""
    marks = []
    for place in breaks:
        number = next(i for i, turn in enumerate(turns) if turn.first >= place)
        marks.append((number, True))
    others = [i for i in range(1, len(turns)) if i not in {number for number, _ in marks}]
    marks += [(number, False) for number in rng.sample(others, len(breaks))]
    found = []
    for number, is_break in sorted(marks):
        turn, before = turns[number], turns[number - 1]
        room = max(0, min(NEAR_S, (turn.first - before.last) * 0.9))
        found.append((turn.first - room * rng.random(), turn.index, is_break))
    return found


def write_list(path, marks):
    chapters = [{"startTime": round(at, 3), "title": str(index)} for at, index, _ in marks]
    path.write_text(json.dumps({"version": "1.2.0", "chapters": chapters}))


def moved(old, new, chapters):
    code, printed, messages = answer("remap", old, new, chapters)
    if code:
        raise SystemExit(f"bench: soundbite remap: exit {code}\n{messages}")
    told = {title for line in messages.splitlines() if "it now starts after them" in line for title in [line.split('"')[1]]}
    return {int(c["title"]): c["startTime"] for c in json.loads(printed)["chapters"]}, told


def judge(marks, truth, starts, told, allowed_s):
    """Counts chapters at breaks that start in the pause before their speech, chapters elsewhere that keep their distance to it, and
    warnings about the first."""
    n_right = n_kept = n_told = 0
    for at, index, is_break in marks:
        got = starts.get(index, math.inf)
        early = truth[index].first - got
        if is_break:
            n_right += -allowed_s <= early <= NEAR_S + allowed_s
            n_told += str(index) in told
        else:
            n_kept += abs(early) <= NEAR_S + allowed_s
    return n_right, n_kept, n_told


def measure(bench):
    episode, folder = EPISODES / NAME, bench.folder("remap")
    turns = read_turns(episode)
    old = folder / "old.json"
    align(episode / f"{NAME}.mp3", episode / f"{NAME}.txt", old, "acoustic")
    sums = {"alignment": [0, 0, 0], "transcript": [0, 0, 0]}
    n_breaks = n_others = 0
    for number in range(1 if bench.quick else N_CASES):
        rng = random.Random(SEED + number)
        breaks = draw(rng, pauses(episode), len(ADS_S))
        case = variants.make(folder / f"case-{number}", episode, inserts=list(zip(breaks, rng.sample(ADS_S, len(ADS_S)))),
                             first_ad=number)
        new, chapters = case / "alignment.json", case / "chapters.json"
        align(case / f"{NAME}.mp3", case / f"{NAME}.txt", new, "acoustic")
        truth = {turn.index: turn for turn in read_turns(case)}
        marks = marks_of(rng, turns, breaks)
        write_list(chapters, marks)
        n_breaks += len(breaks)
        n_others += len(marks) - len(breaks)
        for side, source, allowed in (("alignment", old, PLACE_S), ("transcript", episode / f"{NAME}.txt", STAMP_PLACE_S)):
            starts, told = moved(source, new, chapters)
            sums[side] = [a + b for a, b in zip(sums[side], judge(marks, truth, starts, told, allowed))]
    for side, (n_right, n_kept, n_told) in sums.items():
        bench.share_at_least(f"from the {side}: chapters at an advertisement start at their speech", n_right, n_breaks, 100)
        bench.share_at_least(f"from the {side}: other chapters are where they were", n_kept, n_others, 100)
        bench.share_at_least(f"from the {side}: a warning for each chapter at an advertisement", n_told, n_breaks, 100)
