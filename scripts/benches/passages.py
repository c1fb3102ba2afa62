"""Cuts passages between two times and between two phrases, and measures their edges: how many are in the nearest pause, and how much
speech of the passage is lost and of its neighbours is heard."""

import json
import random
from array import array
from collections import namedtuple
from subprocess import run

import clean_clips
from workbench import EPISODES, align, median, soundbite

SEED, N_PASSAGES, N_QUICK = 19, 150, 25
SHORTEST_S, LONGEST_S, N_WORDS = 5, 40, 6  # of a passage; of a phrase
WRONG_S, PAUSE_S = 0.01, 0.06
# The real voices have the truth of whole prompts. An edge that is so far from the edges of a prompt is in a pause inside it if the
# level there is so far below the usual one. Otherwise it is between two words, and the truth does not tell where they part.
INSIDE_S, NEAR_S, USUAL, SOFT_DB = 0.15, 0.02, 0.75, 30
HZ, FRAME = 16000, 160

Wish = namedtuple("Wish", "row asked start stop")  # asked: times or None; start, stop: the truth of phrases, or None
Edge = namedtuple("Edge", "is_start asked cut gap lost heard")  # gap: (end, start) of its pause; None: inside a prompt


class Sound:
    """The level of any 10 ms of a file."""

    def __init__(self, path):
        raw = run(["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-ac", "1", "-ar", str(HZ), "-f", "s16le", "-"], capture_output=True, check=True)
        self.samples = array("h", raw.stdout)
        powers = sorted(self.power(at) for at in range(0, len(self.samples) - FRAME, 50 * FRAME))
        self.least = powers[int(USUAL * len(powers))] / 10 ** (SOFT_DB / 10)

    def power(self, at):
        return sum(x * x for x in self.samples[at:at + FRAME]) / FRAME

    def is_silent(self, seconds):
        at = int(seconds * HZ)
        return all(self.power(max(0, at + offset)) <= self.least for offset in (-FRAME, 0))


def timed(rng, spoken):
    start = rng.uniform(spoken[0][0], spoken[-1][1] - LONGEST_S)
    return start, start + rng.uniform(SHORTEST_S, LONGEST_S)


def phrase_of(words, first, end):
    """Returns the text of some words if it is said only once."""
    text = " ".join(word["text"] for word in words[first:end])
    normal = [clean_clips.normal(word["text"]) for word in words]
    wanted = normal[first:end]
    n = sum(normal[at:at + len(wanted)] == wanted for at in range(len(normal)))
    return text if n == 1 and all(wanted) else None


def passages(name, sound, path, alignment, stretches, number):
    rng, words = random.Random(f"{SEED} {name}"), clean_clips.words_of(alignment)
    spoken, wishes = sorted((s.start, s.stop) for s in stretches), []
    while len(wishes) < number:
        start, stop = timed(rng, spoken)
        wishes.append(Wish({"from": f"{start:.3f}", "until": f"{stop:.3f}"}, (start, stop), None, None))
    while len(wishes) < 2 * number:
        start, stop = timed(rng, spoken)
        a = next(s for s in stretches if s.start >= start)
        b = next((s for s in reversed(stretches) if s.stop <= stop and s.first > a.first), None)
        texts = b and (phrase_of(words, a.first, a.first + N_WORDS), phrase_of(words, b.end - N_WORDS, b.end))
        if texts and all(texts) and b.end - a.first >= 2 * N_WORDS:
            wishes.append(Wish({"from-phrase": texts[0], "until-phrase": texts[1]}, None, a.start, b.stop))
    common = {"audio": str(sound), "transcript": str(path)}
    return spoken, [w._replace(row=common | w.row | {"id": f"{k:03}", "output": "{id}.wav"}) for k, w in enumerate(wishes)]


def plan(folder, name, wishes):
    """Returns the record of each passage that would be cut, by its number."""
    table = folder / f"{name}.jsonl"
    table.write_text("".join(json.dumps(w.row) + "\n" for w in wishes), encoding="utf-8")
    lines = soundbite("batch", table, "-o", folder / name, "--dry-run", "--json", "-q", allowed=(0, 1)).splitlines()
    return {int(line["id"][:3]): line for line in map(json.loads, lines)}


def edge_of(cut, speech, asked, spoken, is_start):
    """Returns an edge whose speech begins or ends at `speech` by the alignment. Its true place is the nearest one."""
    gaps = [(a[1], b[0]) for a, b in zip([(0, 0)] + spoken, spoken + [(float("inf"), 0)])]
    end, start = min(gaps, key=lambda gap: abs(gap[is_start] - speech))
    if abs((start if is_start else end) - speech) > INSIDE_S:
        return Edge(is_start, asked, cut, None, 0, 0)
    lost, heard = (cut - start, end - cut) if is_start else (end - cut, cut - start)
    return Edge(is_start, asked, cut, (end, start), lost, heard)


def edges_of(clip, wish, spoken):
    begin, until = clip["start_sample"] / clip["sample_rate"], clip["end_sample"] / clip["sample_rate"]
    speech = (clip["start"], clip["end"]) if wish.asked else (wish.start, wish.stop)
    asked = wish.asked or (None, None)
    return [edge_of(begin, speech[0], asked[0], spoken, True), edge_of(until, speech[1], asked[1], spoken, False)]


def way_to(gap, seconds):
    return max(0, gap[0] - seconds, seconds - gap[1])


def is_known(edge, sound):
    return edge.gap is not None or sound.is_silent(edge.cut)


def is_whole(edge):
    return edge.lost <= WRONG_S and edge.heard <= WRONG_S


def is_in_pause(edge, sound):
    return edge.gap[1] - edge.gap[0] >= PAUSE_S if edge.gap else sound.is_silent(edge.cut)


def is_nearest(edge, pauses):
    """An edge inside a prompt is nearer than the pauses that are known, or is not."""
    way = way_to(edge.gap or (edge.cut, edge.cut), edge.asked)
    return way <= min(way_to(pause, edge.asked) for pause in pauses) + NEAR_S


def report(bench, name, clips, edges, sound, spoken):
    bench.share_at_least(f"{name}: passages cut", clips[0], clips[1], 100)
    known = [pair for pair in edges if all(is_known(edge, sound) for edge in pair)]
    bench.share_at_least(f"{name}: whole to 10 ms, no neighbour heard", sum(all(map(is_whole, pair)) for pair in known), len(known))
    every = [edge for pair in edges for edge in pair]
    judged = [edge for edge in every if is_known(edge, sound)]
    if len(judged) < len(every):
        bench.figure(f"{name}: edges inside a prompt, not judged", str(len(every) - len(judged)))
    for text, part, least in (("in a pause", [e for e in judged if is_in_pause(e, sound)], 99),
                              ("in running speech", [e for e in judged if not is_in_pause(e, sound)], None)):
        bench.share_at_least(f"{name}: edges {text}", len(part), len(every))
        bench.share_at_least(f"{name}: ... whole to 10 ms", sum(e.lost <= WRONG_S for e in part), len(part), least)
        bench.share_at_least(f"{name}: ... neighbour not heard over 10 ms", sum(e.heard <= WRONG_S for e in part), len(part), least)
    asked = [edge for edge in every if edge.asked is not None]
    if asked:
        pauses = [(a[1], b[0]) for a, b in zip(spoken, spoken[1:]) if b[0] - a[1] >= PAUSE_S]
        in_pause = [edge for edge in asked if is_in_pause(edge, sound)]
        bench.share_at_least(f"{name}: edges in a pause, none nearer", sum(is_nearest(e, pauses) for e in in_pause), len(in_pause))
        ways = sorted(way_to(e.gap or (e.cut, e.cut), e.asked) for e in asked)
        bench.figure(f"{name}: edges moved, median; 95 %", f"{median(ways):.2f}; {ways[int(0.95 * len(ways))]:.2f} s")


def measure_episode(bench, name, find):
    folder, episode = bench.folder("passages"), EPISODES / name
    audio, path = episode / f"{name}.mp3", folder / f"{name}.json"
    alignment = align(audio, episode / f"{name}.txt", path, "acoustic")
    number = N_QUICK if bench.quick else N_PASSAGES
    spoken, wishes = passages(name, audio, path, alignment, find(alignment), number)
    planned, sound = plan(folder, name, wishes), Sound(audio)
    for kind, part in (("times", range(number)), ("phrases", range(number, 2 * number))):
        found = [k for k in part if k in planned]
        pairs = [edges_of(planned[k], wishes[k], spoken) for k in found]
        report(bench, f"{name.replace('-', ' ')}, {kind}", (len(found), number), pairs, sound, spoken)


def measure(bench):
    measure_episode(bench, "conversation", clean_clips.stretches_of_conversation)
    measure_episode(bench, "real-voices", clean_clips.stretches_of_voices)
