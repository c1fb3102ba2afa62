"""The errors of an alignment's words against a truth table: start s, end s, speaker, word, in order."""

import difflib
import re
from collections import namedtuple

from workbench import median

Word = namedtuple("Word", "key start end confidence")
Pair = namedtuple("Pair", "found true place")  # place: index of the true word in its table
INFINITE = float("inf")
PAUSE_S, LOST_S, SURE, SURE_WITHIN_S = 0.1, 0.01, 0.9, 0.1
WITHIN_MS = (10, 20, 50, 100, 250)


def normal(text):
    return re.sub(r"[^\w']|_", "", text.lower().replace("\u2019", "'"))


def read_labels(path):
    """Returns (start, end, speaker, word) of each row."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#"))
    return [(float(row[0]), float(row[1]), row[2], row[3]) for row in rows]


def true_words(labels):
    return [Word(normal(word), start, end, None) for start, end, _, word in labels if normal(word)]


def placed_words(alignment):
    words = [word for turn in alignment["turns"] for word in turn["words"]]
    return [Word(normal(word["text"]), word["start"], word["end"], word["confidence"]) for word in words
            if normal(word["text"]) and word["start"] is not None and word["status"] != "not_heard"]


class WordErrors:
    """Signed errors in seconds over any number of recordings. Words are paired by the longest common runs of spellings."""

    def __init__(self):
        self.starts, self.ends, self.after_pause, self.before_pause = [], [], [], []
        self.placed = []  # (index in the truth, error of the start, error of the end), of the latest recording
        self.n_true = self.n_sure = self.n_surely_right = 0

    def add(self, found, true):
        matcher = difflib.SequenceMatcher(None, [word.key for word in found], [word.key for word in true], autojunk=False)
        pairs = [Pair(found[i + k], true[j + k], j + k) for i, j, n in matcher.get_matching_blocks() for k in range(n)]
        self.n_true += len(true)
        self.placed = []
        for pair in pairs:
            self.add_pair(pair, true)
        # Counts words that were placed but are not in the truth as wrong.
        self.n_sure += sum(word.confidence is not None and word.confidence > SURE for word in found)
        return self

    def add_pair(self, pair, true):
        start, end, place = pair.found.start - pair.true.start, pair.found.end - pair.true.end, pair.place
        self.starts.append(start)
        self.ends.append(end)
        self.placed.append((place, start, end))
        if place == 0 or pair.true.start - true[place - 1].end >= PAUSE_S:
            self.after_pause.append(start)
        if place + 1 == len(true) or true[place + 1].start - pair.true.end >= PAUSE_S:
            self.before_pause.append(end)
        sure = pair.found.confidence is not None and pair.found.confidence > SURE
        self.n_surely_right += sure and max(abs(start), abs(end)) <= SURE_WITHIN_S

    @property
    def sizes(self):
        return sorted(abs(error) for error in self.starts + self.ends)

    @property
    def mean_ms(self):
        return 1000 * sum(self.sizes) / len(self.sizes) if self.sizes else INFINITE

    @property
    def median_ms(self):
        return 1000 * median(self.sizes) if self.sizes else INFINITE

    @property
    def max_ms(self):
        return 1000 * self.sizes[-1] if self.sizes else INFINITE

    def n_within(self, limit_ms):
        return sum(size <= limit_ms / 1000 + 1e-9 for size in self.sizes)

    def share_within(self, limit_ms):
        return 100 * self.n_within(limit_ms) / len(self.sizes) if self.sizes else 0

    def distribution(self):
        shares = "/".join(f"{self.share_within(limit):.1f}" for limit in WITHIN_MS)
        p99 = 1000 * self.sizes[int(0.99 * len(self.sizes))] if self.sizes else INFINITE
        return f"{shares} %, p99 {p99:.0f} ms, max {self.max_ms:.0f} ms"


def report_row(bench, name, errors):
    """Prints one line without a goal, for comparison."""
    bench.figure(name, f"mean {errors.mean_ms:.1f}, median {errors.median_ms:.1f} ms, {errors.share_within(20):.1f} % <= 20, "
                 f"{errors.share_within(50):.1f} % <= 50 ms, worst {errors.max_ms:.0f} ms, missing {errors.n_true - len(errors.starts)} "
                 f"of {errors.n_true}")


def report_pauses(bench, name, errors):
    for side, edges, goal in (("starts after", errors.after_pause, 0.5), ("ends before", errors.before_pause, 1)):
        if not edges:
            continue
        n_lost = sum((error if edges is errors.after_pause else -error) > LOST_S for error in edges)
        bench.figure(f"{name}: {side} a pause >= 100 ms, median", f"{1000 * median([abs(error) for error in edges]):.1f} ms")
        bench.share_at_most(f"{name}: {side} a pause, speech lost over 10 ms", n_lost, len(edges), goal)


def report_confidence(bench, name, errors):
    bench.share_at_least(f"{name}: of words with confidence > 0.9, within 100 ms", errors.n_surely_right, errors.n_sure, 98)
    bench.figure(f"{name}: words with confidence > 0.9", f"{errors.n_sure} of {errors.n_true}")
