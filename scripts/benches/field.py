"""Measures turn starts and words of real speech in many languages: with whole seconds, late timestamps, exact times, and by
energy."""

import json

import field_sets
from workbench import in_parallel, median, remembered

AENEAS = "69 % of 489 turns <= 200 ms over 33 sets"  # measured earlier, because its package does not install here
SHIFT_S, FAR_S, WORSE_S, BACK_S, GRACE_S = 37, 2, 0.5, 1, 0.1
# name: (method, transcript, the stamp of a true start, required share of starts within 200 ms)
RUNS = {"auto": ("auto", "transcript.txt", int, 95), "energy": ("energy", "transcript.txt", int, 80),
        "shift": ("auto", f"transcript+{SHIFT_S}.txt", None, 95), "energy, shift": ("energy", f"transcript+{SHIFT_S}.txt", None, 80), "srt": ("auto", "transcript.srt", lambda start: round(start, 3), 96)}
UNIT_GOAL, WORSE_GOAL = 98, 0.5


class Tally:
    """Counts over any number of sets. The turns of a refused pair count as not placed."""

    def __init__(self, stamp_of):
        self.stamp_of, self.refused = stamp_of, []
        self.errors = []  # of the turns that were placed
        self.n_sets = self.n_turns = self.n_lost = self.n_worse = self.n_back = self.n_words = self.n_in_unit = 0

    def add(self, field_set, alignment):
        self.n_sets += 1
        self.n_turns += len(field_set.turns)
        if alignment is None:
            self.refused.append(field_set.name)
            return self
        pairs = [(found, true) for found, true in field_set.pair_turns(alignment)
                 if found["start"] is not None and found["status"] != "not_heard"]
        self.n_lost += len(field_set.turns) - len(pairs)
        for found, true in pairs:
            self.add_turn(found, true, field_set)
        self.n_back += sum(after["start"] < before["start"] - BACK_S and true_before.start < true_after.start
                           for (before, true_before), (after, true_after) in zip(pairs, pairs[1:]))
        return self

    def add_turn(self, found, true, field_set):
        error = found["start"] - true.start
        self.errors.append(error)
        if self.stamp_of:
            self.n_worse += abs(error) > abs(self.stamp_of(true.start) - true.start) + WORSE_S
        for word, unit in field_sets.words_in_units(found, true, field_set.units_of(true)):
            self.n_words += 1
            self.n_in_unit += word["start"] >= unit.start - GRACE_S and word["end"] <= unit.end + GRACE_S

    def n_within(self, seconds):
        return sum(abs(error) <= seconds + 1e-9 for error in self.errors)

    @property
    def n_far(self):
        return sum(abs(error) > FAR_S for error in self.errors)


def align_set(field_set, run):
    """Returns the alignment, or None if the pair is refused."""
    method, text, *_ = RUNS[run]
    code, printed, messages = remembered("align", field_set.sound, field_set.text(text), "--method", method, "--no-cache", "-q", "-o", "-")
    if code == 1 and "belong" in messages:
        return None
    if code not in (0, 6):
        raise SystemExit(f"bench: soundbite align {field_set.sound} ({run}): exit {code}\n{messages}")
    return json.loads(printed)


def report(bench, name, run, tally):
    method, _, stamp_of, goal_200 = RUNS[run]
    bench.share_at_most(f"{name}, {run}: true pairs refused", len(tally.refused), tally.n_sets, 0)
    for limit_ms, goal in ((50, None), (200, goal_200), (500, None)):
        bench.share_at_least(f"{name}, {run}: turn starts within {limit_ms} ms", tally.n_within(limit_ms / 1000), tally.n_turns, goal)
    bench.share_at_most(f"{name}, {run}: turns more than 2 s off", tally.n_far, tally.n_turns, 0 if stamp_of else None)
    if stamp_of:
        bench.share_at_most(f"{name}, {run}: turns worse than their stamp by 0.5 s", tally.n_worse + tally.n_lost, tally.n_turns, WORSE_GOAL)
    bench.figure(f"{name}, {run}: turns not placed; put before the one before", f"{tally.n_lost}; {tally.n_back}")
    if method != "energy":
        bench.share_at_least(f"{name}, {run}: words inside their own stretch", tally.n_in_unit, tally.n_words, UNIT_GOAL if run == "auto" else None)


def report_set(bench, run, field_set, alignment):
    """Prints a set, unless all its turns start within 200 ms."""
    tally = Tally(RUNS[run][2]).add(field_set, alignment)
    if alignment is None:
        bench.figure(f"  {field_set.name}", "refused")
        return
    if tally.n_within(0.2) == tally.n_turns and not tally.n_lost:
        return
    middle = 1000 * median([abs(error) for error in tally.errors]) if tally.errors else float("inf")
    bench.figure(f"  {field_set.name} ({alignment['method']}): within 200 ms; > 2 s; worse; median",
                 f"{tally.n_within(0.2)} of {tally.n_turns}; {tally.n_far}; {tally.n_worse + tally.n_lost}; {middle:.0f} ms")


def measure_sets(bench, name, sets, runs):
    for run in runs:
        alignments = in_parallel(lambda one, run=run: align_set(one, run), sets)
        tally = Tally(RUNS[run][2])
        for one, alignment in zip(sets, alignments):
            tally.add(one, alignment)
        report(bench, name, run, tally)
        for one, alignment in zip(sets, alignments):
            report_set(bench, run, one, alignment)


def measure(bench):
    runs = ("auto", "energy") if bench.quick else tuple(RUNS)
    measure_sets(bench, "own sets", field_sets.read_all(field_sets.OWN), runs)
    given = field_sets.read_all(field_sets.GIVEN)
    if given:
        measure_sets(bench, "given sets", given, runs)
    else:
        bench.skipped("given sets", "no ../shared/data/field beside the checkout")
    bench.figure("aeneas, quoted", AENEAS)
