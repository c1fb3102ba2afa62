"""Places recordings one after the other. Between them is room noise from their quiet parts, at the level of the nearer one."""

from collections import namedtuple

from episodes.workshop import RATE

TURN_GAP_S, INNER_GAP_S, LEAD_S, MARGIN_S = (0.5, 1.4), (0.15, 0.45), (0.3, 1.2), 0.6
SEAM = RATE // 100  # noise crossfades over 10 ms
LONGEST_PIECE = RATE // 2
PEAK_DB, PEAK_SPREAD_DB = -30, 2  # level of the slope, as speech_span measures it

Placed = namedtuple("Placed", "at recording")  # at: the sample where its speech begins
Turn = namedtuple("Turn", "speaker placed")


def end_of(placed):
    return placed.at + placed.recording.length


def place(rng, groups):
    """groups: (speaker, recordings) of each turn. Returns turns and the length in samples."""
    turns, at = [], round(RATE * rng.uniform(*LEAD_S))
    for speaker, recordings in groups:
        placed = []
        for recording in recordings:
            placed.append(Placed(at, recording))
            at = end_of(placed[-1]) + round(RATE * rng.uniform(*INNER_GAP_S))
        at = end_of(placed[-1]) + round(RATE * rng.uniform(*TURN_GAP_S))
        turns.append(Turn(speaker, placed))
    return turns, end_of(turns[-1].placed[-1]) + round(RATE * rng.uniform(*LEAD_S))


class Score:
    """Returns the lines for Workshop.mix."""

    def __init__(self, rng, turns, n_samples):
        self.rng, self.n_samples, self.lines = rng, n_samples, []
        self.placed = [one for turn in turns for one in turn.placed]
        self.quiet = [(one.recording, part) for one in self.placed for part in one.recording.quiet_parts]
        self.gains = [10 ** ((PEAK_DB + rng.uniform(-PEAK_SPREAD_DB, PEAK_SPREAD_DB) - one.recording.peak_db) / 20)
                      for one in self.placed]

    def add(self, at, first, length, gain, raw):
        fade = min(SEAM, length // 2)
        self.lines.append((at, first, length, fade, fade, f"{gain:.6f}", f"{gain:.6f}", raw))

    def piece_of_noise(self, recording, most):
        """Returns (source, first sample, length), from the recording itself if it has a tenth of a second of noise."""
        own = [(recording, part) for part in recording.quiet_parts if part[1] - part[0] > RATE // 10]
        source, (low, high) = self.rng.choice(own or self.quiet)
        length = min(most, high - low, LONGEST_PIECE)
        return source, low + self.rng.randint(0, high - low - length), length

    def fill(self, index, start, end):
        """Yields noise at the level of a recording's own, from a seam before `start` to a seam after `end`."""
        recording, at, end = self.placed[index].recording, max(0, start - SEAM), min(self.n_samples, end + SEAM)
        while end - at > SEAM:
            source, first, length = self.piece_of_noise(recording, end - at)
            gain = self.gains[index] * 10 ** ((recording.noise_db - source.noise_db) / 20)
            self.add(at, first, length, gain, source.raw)
            at += length - SEAM

    def add_recording(self, index, before, after):
        """Places its speech and the sound around it, as far as `before` and `after`. Returns the range of samples."""
        at, recording = self.placed[index]
        margin = round(MARGIN_S * RATE)
        head = min(recording.first, at - before, margin)
        tail = min(recording.n_samples - recording.last, after - end_of(self.placed[index]), margin)
        self.add(at - head, recording.first - head, head + recording.length + tail, self.gains[index], recording.raw)
        return at - head, at + recording.length + tail

    def write(self):
        if not self.quiet:
            raise SystemExit("make-field: these recordings have no noise between them to fill the pauses with")
        middles = [(end_of(a) + b.at) // 2 for a, b in zip(self.placed, self.placed[1:])]
        for index, (before, after) in enumerate(zip([0, *middles], [*middles, self.n_samples])):
            start, end = self.add_recording(index, before, after)
            if start > before:
                self.fill(index, before, start)
            if end < after:
                self.fill(index, end, after)
        return self.lines
