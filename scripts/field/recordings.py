"""Recordings with their texts, and which of them can be what their text says."""

import hashlib
import re

from episodes.workshop import RATE

from . import speech_span

UNCLEAR = re.compile(r"[()\[\]<>{}*#=_|/\\0-9«»\"“”„…�]|\w\?\s+[^\W\d_A-Z]|www|^$|(^|\s)\w\.?$|\s[A-Z]\b(?!['’])")
QUIET_S, BEFORE_S, AFTER_S = 0.025, 0.02, 0.04  # the least noise that is of use, and what may still belong to the speech
SPEED_WITHIN = (0.65, 1.5)  # of the time that the language's usual speed gives a text
NOISE_WITHIN_DB = 8  # of the middle of its language, below the peak: no set mixes a studio with a kitchen
FIRST_GUESS = (0.1, 0.067)  # seconds a recording and a letter


class Recording:
    """One file and what is said in it. `first` and `last` of the speech and the quiet parts count samples at RATE."""

    def __init__(self, path, text):
        self.path, self.text = path, text
        self.raw = self.first = self.last = self.n_samples = self.peak_db = self.noise_db = None

    @property
    def length(self):
        return self.last - self.first

    @property
    def length_s(self):
        return self.length / RATE

    @property
    def n_letters(self):
        return sum(c.isalpha() for c in self.text)

    @property
    def n_words(self):
        return len(self.text.split())

    @property
    def quiet_parts(self):
        parts = ((0, self.first - round(BEFORE_S * RATE)), (self.last + round(AFTER_S * RATE), self.n_samples))
        return [part for part in parts if part[1] - part[0] >= QUIET_S * RATE]

    def take_span(self, raw, span):
        self.raw = raw
        self.first, self.last, self.n_samples, self.peak_db, self.noise_db = span


def clear(recordings):
    """Those whose text is said as it is written. A sound with two texts has one that is wrong, so neither is taken."""
    recordings = [r for r in recordings if not UNCLEAR.search(r.text)]
    texts, seen, found = {}, set(), []
    for recording in recordings:
        recording.digest = hashlib.sha256(recording.path.read_bytes()).digest()
        texts.setdefault(recording.digest, set()).add(recording.text)
    for recording in recordings:
        key = recording.text.casefold()
        if len(texts[recording.digest]) == 1 and key not in seen:
            seen.add(key)
            found.append(recording)
    return found


def usual_time(recordings):
    """(seconds a recording, seconds a letter), a line by least squares."""
    n = len(recordings)
    xs, ys = [r.n_letters for r in recordings], [r.length_s for r in recordings]
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / max(1, sum((x - mean_x) ** 2 for x in xs))
    return mean_y - slope * mean_x, slope


def plausible(recordings):
    """Those that take about as long as others of their language: a text that is not what is said shows in its speed."""
    (base, slope), (low, high) = FIRST_GUESS, SPEED_WITHIN
    for _ in range(3):
        kept = [r for r in recordings if low <= r.length_s / max(0.1, base + slope * r.n_letters) <= high]
        if len(kept) < 3:
            return []
        base, slope = usual_time(kept)
    return kept


def alike(recordings):
    ranges = [r.peak_db - r.noise_db for r in recordings]
    middle = sorted(ranges)[len(ranges) // 2] if ranges else 0
    return [r for r, own in zip(recordings, ranges) if abs(own - middle) <= NOISE_WITHIN_DB]


def load(workshop, recordings, input_options=()):
    """Those of the recordings that can be used, with their spans of speech."""
    found = []
    for recording, raw in zip(recordings, workshop.decode([r.path for r in recordings], input_options, "anull")):
        span = speech_span.find(raw)
        if span:
            recording.take_span(raw, span)
            found.append(recording)
    return alike(plausible(found))
