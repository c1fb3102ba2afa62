"""Recordings with their texts, and a check that they belong together."""

import hashlib
import re

from episodes.workshop import RATE

from . import speech_span

UNCLEAR = re.compile(r"[()\[\]<>{}*#=_|/\\0-9«»\"“”„…�]|\w\?\s+[^\W\d_A-Z]|www|^$|(^|\s)\w\.?$|\s[A-Z]\b(?!['’])")
QUIET_S, BEFORE_S, AFTER_S = 0.025, 0.02, 0.04  # shortest usable noise; margins that may belong to the speech
SPEED_WITHIN = (0.65, 1.5)  # relative to the duration expected for the text at the language's usual speed
NOISE_WITHIN_DB = 8  # largest difference from the language's median noise level, so that a set does not mix studio and home recordings
FIRST_GUESS = (0.1, 0.067)  # seconds per recording and per letter


class Recording:
    """A file and its text. `first` and `last` of the speech and the quiet parts are in samples at RATE."""

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
    """Returns the recordings whose text is spoken as written. If a sound has two texts, one is wrong, so it is left out."""
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
    """Returns (seconds per recording, seconds per letter), fitted by least squares."""
    n = len(recordings)
    xs, ys = [r.n_letters for r in recordings], [r.length_s for r in recordings]
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / max(1, sum((x - mean_x) ** 2 for x in xs))
    return mean_y - slope * mean_x, slope


def plausible(recordings):
    """Returns the recordings with a normal speed for their language. A wrong text shows in its speed."""
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
    """Returns the usable recordings with their speech spans."""
    found = []
    for recording, raw in zip(recordings, workshop.decode([r.path for r in recordings], input_options, "anull")):
        span = speech_span.find(raw)
        if span:
            recording.take_span(raw, span)
            found.append(recording)
    return alike(plausible(found))
