"""Finds where speech begins and ends in a short noisy recording, from the level of its slope in frames of 10 ms, every 5 ms.

The noise level is that of the quietest tenth of the frames. Speech extends from its loud middle as long as frames are clearly
above the noise, across gaps no longer than the closures of stops. Shares no code with libsoundbite."""

import array
import math
import operator
from collections import namedtuple

from episodes.workshop import RATE

HOP = RATE // 200
ABOVE_NOISE_DB, BELOW_PEAK_DB, CORE_BELOW_PEAK_DB, LEAST_RANGE_DB = 9, 36, 15, 18
ONSET_HOLE, END_HOLE, LEAST_RUN, LEAST_CORE = 12, 26, 3, 8  # hops

SpeechSpan = namedtuple("SpeechSpan", "first last n_samples peak_db noise_db")


def levels_db(samples):
    slope = array.array("i", map(operator.sub, samples[1:], samples))
    powers = [sum(map(operator.mul, part, part)) for part in (slope[at:at + HOP] for at in range(0, len(slope) - HOP, HOP))]
    return [10 * math.log10((a + b) / (2 * HOP) / 2**30 + 1e-12) for a, b in zip(powers, powers[1:])]


def loud_runs(levels, threshold, least):
    """Returns the hops above the threshold that are in runs. Shorter sounds are clicks."""
    loud, run = [], []
    for hop, level in enumerate([*levels, -math.inf]):
        if level >= threshold:
            run.append(hop)
            continue
        if len(run) >= least:
            loud += run
        run = []
    return loud


def reach(loud, core, step, hole, n_hops):
    edge = core
    hop = core
    while 0 <= hop < n_hops and abs(hop - edge) <= hole:
        if hop in loud:
            edge = hop
        hop += step
    return edge


def find(raw):
    return find_in(array.array("h", raw.read_bytes()))


def find_in(samples):
    """Returns None if nothing is louder than the noise."""
    levels = levels_db(samples)
    if len(levels) < 20:
        return None
    ordered = sorted(levels)
    quietest, loudest = ordered[:max(2, len(levels) // 10)], ordered[-max(2, len(levels) // 20):]
    noise, peak = sum(quietest) / len(quietest), loudest[0]
    core = loud_runs(levels, peak - CORE_BELOW_PEAK_DB, LEAST_CORE)
    if peak - noise < LEAST_RANGE_DB or not core:
        return None
    loud = set(loud_runs(levels, max(noise + ABOVE_NOISE_DB, peak - BELOW_PEAK_DB), LEAST_RUN))
    first, last = reach(loud, core[0], -1, ONSET_HOLE, len(levels)), reach(loud, core[-1], 1, END_HOLE, len(levels))
    return SpeechSpan(first * HOP, min(len(samples), (last + 2) * HOP), len(samples), peak, noise)
