"""Inserts passages into the audio and removes passages. Measures whether each break is found, its size and its place."""

import random
from collections import namedtuple

import variants
from accuracy import match_breaks
from episodes.edit import SHORTEST_GAP_S
from truth import Errors, n_within, read_breaks, read_clock, read_turns, rows
from workbench import EPISODES, align, in_parallel, median

SEED = 1971
SHORTEST_S, LONGEST_S = 2, 120
APART_S, FROM_ENDS_S = 20, 10  # of the text between two breaks, and before the first
SIZE_S, PLACE_S = 0.05, 0.05
FOUND_S = 1  # a reported break with a larger error of its size counts as invented
# (episode, breaks, longest cut in seconds)
VOICES, CONVERSATION = ("real-voices", 120), ("conversation", 40)
CASES = [(*VOICES, 0), (*CONVERSATION, 1), (*CONVERSATION, 2), (*VOICES, 8), (*CONVERSATION, 0), (*VOICES, 3), (*CONVERSATION, 3),
         (*VOICES, 6), (*CONVERSATION, 4), (*VOICES, 5), (*VOICES, 4), (*VOICES, 7)]
N_QUICK = 3

Case = namedtuple("Case", "name folder episode")


def pauses(episode):
    turns = read_turns(episode)
    found = [(before.last + after.first) / 2 for before, after in zip(turns, turns[1:]) if after.first - before.last >= SHORTEST_GAP_S]
    return [pause for pause in found if FROM_ENDS_S <= pause <= turns[-1].last - FROM_ENDS_S]


def draw_span(rng, places, longest_cut):
    """The start and end of a break in the source, and the length of the insertion (0 for a cut)."""
    at = rng.choice(places)
    length = SHORTEST_S * (LONGEST_S / SHORTEST_S) ** rng.random()
    if rng.random() < 0.5:
        return at, at, length
    ends = [pause for pause in places if SHORTEST_S <= pause - at <= longest_cut]
    return (at, min(ends, key=lambda end: abs(end - at - length)), 0) if ends else (at, at, length)


def draw_breaks(rng, episode, longest_cut, n_breaks):
    places, spans = pauses(episode), []
    while len(spans) < n_breaks:
        span = draw_span(rng, places, longest_cut)
        if all(span[0] - other[1] >= APART_S or other[0] - span[1] >= APART_S for other in spans):
            spans.append(span)
    inserts = [(at, length) for at, _, length in spans if length]
    return inserts, [(first, last) for first, last, length in spans if not length]


def make_case(folder, number, name, longest_cut, n_breaks):
    rng = random.Random(SEED + number)
    inserts, cuts = draw_breaks(rng, EPISODES / name, longest_cut, n_breaks)
    offset = round(rng.uniform(5, 60), 3) if rng.random() < 0.5 else 0
    appended = round(rng.uniform(5, 60), 3) if rng.random() < 0.3 else 0
    out = variants.make(folder / f"case-{number}", EPISODES / name, offset=offset, inserts=inserts, cuts=cuts, appended=appended,
                        first_ad=number)
    return Case(f"{name.replace('-', ' ')}, {len(inserts)} in, {len(cuts)} out", out, name)


def places(case):
    """Returns for each true break the times in the audio that limit its pauses: last speech before, both edges, first speech
    after."""
    turns = read_turns(case.folder)
    for row in rows(case.folder / "breaks.tsv"):
        first, last = float(row["audio_from"]), float(row["audio_until"])
        before = max((turn.last for turn in turns if turn.last <= first + 0.001), default=0)
        after = min((turn.first for turn in turns if turn.first >= last - 0.001), default=float("inf"))
        yield before, first, last, after


def is_in_pause(found, bounds, inserted):
    before, first, last, after = bounds
    if not inserted:
        return before - PLACE_S <= found["audio_from"] <= after + PLACE_S
    return (before - PLACE_S <= found["audio_from"] <= first + PLACE_S) and (last - PLACE_S <= found["audio_until"] <= after + PLACE_S)


class Tally:
    def __init__(self):
        self.n_true = self.n_found = self.n_invented = self.n_placed = 0
        self.sizes, self.offsets, self.starts = [], [], []

    def add(self, case, alignment):
        true, bounds = read_breaks(case.folder), list(places(case))
        pairs, n_invented = match_breaks(true, alignment["breaks"])
        n_wrong = sum(abs(found["gap"] - real.gap) > FOUND_S for real, found in pairs)
        pairs, n_invented = [pair for pair in pairs if abs(pair[1]["gap"] - pair[0].gap) <= FOUND_S], n_invented + n_wrong
        self.n_true += len(true)
        self.n_found += len(pairs)
        self.n_invented += n_invented
        self.sizes += [found["gap"] - real.gap for real, found in pairs]
        self.n_placed += sum(is_in_pause(found, bounds[true.index(real)], real.gap > 0) for real, found in pairs)
        self.starts += Errors(read_turns(case.folder), alignment).starts
        self.offsets.append(first_offset(alignment) - read_clock(case.folder)[0])


def first_offset(alignment):
    first = alignment["time_map"][0]
    return first["offset"] - first["from"] * first["rate_ppm"] * 1e-6


def report(bench, tally):
    bench.figure("breaks found", f"{tally.n_found} of {tally.n_true}", "all", tally.n_found == tally.n_true)
    bench.figure("breaks invented", str(tally.n_invented), "none", tally.n_invented == 0)
    sizes = sorted(abs(size) for size in tally.sizes)
    bench.share_at_least("size within 50 ms", n_within(sizes, SIZE_S), tally.n_true, 100)
    if sizes:
        bench.figure("size: median, p90, worst", f"{1000 * median(sizes):.0f}, {1000 * sizes[int(0.9 * len(sizes))]:.0f}, "
                     f"{1000 * sizes[-1]:.0f} ms")
        shares = "/".join(f"{n_within(sizes, limit) / len(sizes):.0%}" for limit in (0.01, 0.02, 0.05, 0.1, 0.25))
        bench.figure("size within 10/20/50/100/250 ms", shares)
    bench.share_at_least("place in the pause where it lies", tally.n_placed, tally.n_true, 100)
    bench.share_at_least("first offset within 20 ms", n_within(tally.offsets, 0.02), len(tally.offsets), 100)
    bench.share_at_least("turn starts within 50 ms", n_within(tally.starts, 0.05), len(tally.starts))


def measure(bench):
    folder = bench.folder("breaks")
    chosen = CASES[1:1 + N_QUICK] if bench.quick else CASES
    numbers = [CASES.index(case) for case in chosen]
    cases = [make_case(folder, number, *CASES[number]) for number in numbers]
    alignments = in_parallel(lambda case: align(case.folder / f"{case.episode}.mp3", case.folder / f"{case.episode}.txt",
                                                case.folder / "alignment.json", "acoustic"), cases)
    whole = Tally()
    for number, case, alignment in zip(numbers, cases, alignments):
        one = Tally()
        for tally in (one, whole):
            tally.add(case, alignment)
        worst = f", worst size {1000 * max(map(abs, one.sizes)):.0f} ms" if one.sizes else ""
        bench.figure(f"case {number}, {case.name}: found, invented, in their pause",
                     f"{one.n_found} of {one.n_true}, {one.n_invented}, {one.n_placed}{worst}")
    report(bench, whole)
