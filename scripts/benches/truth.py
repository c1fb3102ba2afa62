"""The truth tables of an episode, and the errors of an alignment."""

from collections import namedtuple

from workbench import median

Turn = namedtuple("Turn", "index first last speaker")
Break = namedtuple("Break", "at gap")


def rows(path):
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    names = head.removeprefix("# ").split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines]


def read_turns(episode):
    """Returns the turns that are heard, in transcript order."""
    return [Turn(int(row["index"]), float(row["first"]), float(row["last"]), row["speaker"])
            for row in rows(episode / "turns.tsv") if row["first"]]


def read_breaks(episode):
    return [Break(float(row["at"]), float(row["gap"])) for row in rows(episode / "breaks.tsv")]


def read_clock(episode):
    row, = rows(episode / "clock.tsv")
    return float(row["offset"]), float(row["rate_ppm"])


class Errors:
    """Returns signed errors of turn starts and ends in seconds. A turn that was not placed has an infinite error."""

    def __init__(self, truth, alignment):
        placed = {turn["index"]: turn for turn in alignment["turns"]}
        pairs = [(turn, placed[turn.index]) for turn in truth]
        self.starts = [self.error(found["start"], turn.first) for turn, found in pairs]
        self.ends = [self.error(found["end"], turn.last) for turn, found in pairs]
        self.confidences = [found["confidence"] for _, found in pairs]

    @staticmethod
    def error(found, true):
        return float("inf") if found is None else found - true

    def in_lowest_tenth(self, tolerance_s):
        """Returns the number of wrong starts, and how many of them are in the least confident tenth."""
        order = sorted(range(len(self.starts)), key=lambda i: self.confidences[i])
        wrong = {i for i in order if abs(self.starts[i]) > tolerance_s}
        return len(wrong), len(wrong & set(order[:(len(order) + 9) // 10]))


def n_within(errors, tolerance_s):
    return sum(abs(error) <= tolerance_s for error in errors)


def median_ms(errors):
    return 1000 * median([abs(error) for error in errors])
