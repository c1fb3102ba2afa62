"""Moves words over the edges of turns in the transcript of the conversation. Counts how many slips are reported, and how many
other edges."""

import json
import random
import re
from collections import namedtuple

from long_episode import read_turns
from truth import rows
from workbench import EPISODES, soundbite

SEEDS, MOST_WORDS, LEAST_LEFT, SHARE_MOVED = (1, 2), 3, 2, 0.5
NOTE = re.compile(r"Its (first|last) (?:word|(\d+) words), ")

# The first `n` words of `turn`, or the last of the turn before it, belong to the other speaker.
Slip = namedtuple("Slip", "turn side n")


def read_conversation(episode):
    """Returns the front matter, and each turn as (speaker or None, second, words). The first turn has no header."""
    front, turns = read_turns(episode / f"{episode.name}.txt")
    return front[:-1], [(None, 0, front[-1].split()), *((speaker, second, text.split()) for speaker, second, text in turns)]


def edges_of(episode, turns):
    """Returns the turns where the label changes together with the voice, and those where only the label changes: slips of the
    conversation itself."""
    voices = [[] for _ in turns]
    for row in rows(episode / "words.tsv"):
        voices[int(row["turn"])].append(row["speaker"])
    labels = [k for k in range(1, len(turns)) if turns[k - 1][0] != turns[k][0]]
    own = [k for k in labels if voices[k - 1][-1] == voices[k][0]]
    return [k for k in labels if k not in own], own


def slip_at(rng, turns, turn):
    """Returns a random way to move up to three words over the edge before `turn`, or None. No turn keeps fewer than two words."""
    ways = [Slip(turn, side, n) for n in range(1, MOST_WORDS + 1) for side, owner in (("first", turn - 1), ("last", turn))
            if len(turns[owner][2]) >= n + LEAST_LEFT]
    return rng.choice(ways) if ways else None


def second_of(times, turn, word, otherwise):
    """Returns the whole second in which a word starts, if the truth has it."""
    start = times[turn][word]["start_s"]
    return int(float(start)) if start else otherwise


def move(turns, slips, times, stamps_follow):
    """Returns the turns with those words on the wrong side. The timestamps are those of the true edges, or follow the words."""
    moved = [[speaker, second, list(words)] for speaker, second, words in turns]
    for slip in slips:
        before, after = moved[slip.turn - 1], moved[slip.turn]
        if slip.side == "first":
            after[2], before[2] = before[2][-slip.n:] + after[2], before[2][:-slip.n]
        else:
            before[2], after[2] = before[2] + after[2][:slip.n], after[2][slip.n:]
        if stamps_follow:
            place = (slip.turn - 1, -slip.n) if slip.side == "first" else (slip.turn, slip.n)
            after[1] = second_of(times, *place, after[1])
    return moved


def write(path, front, turns):
    lines = list(front)
    for speaker, second, words in turns:
        if speaker is not None:
            lines.append(f"{speaker} [{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}]:")
        lines.append(" ".join(words))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def make(path, episode, seed, stamps_follow):
    """Writes the transcript with slips. Returns the slips, the turns with slips of the conversation itself, and the number of
    other edges."""
    front, turns = read_conversation(episode)
    changes, own = edges_of(episode, turns)
    times = [[] for _ in turns]
    for row in rows(episode / "transcript.tsv"):
        times[int(row["turn"])].append(row)
    rng, slips = random.Random(seed), []
    for turn in changes:
        slip = slip_at(rng, turns, turn) if rng.random() < SHARE_MOVED else None
        if slip and not (slips and slips[-1].turn == turn - 1):
            slips.append(slip)
    write(path, front, move(turns, slips, times, stamps_follow))
    return slips, own, len(changes) - len(slips)


def reported(sound, transcript, alignment):
    """Returns the slips that drift reports, by their edge (turn)."""
    soundbite("align", sound, transcript, "--method", "acoustic", "--no-cache", "--force", "-q", "-o", alignment)
    drift = json.loads(soundbite("drift", sound, alignment, "--json", allowed=(0, 4)))
    found = {}
    for suspect in drift["suspect"]:
        note = NOTE.match(suspect["note"])
        if suspect["kind"] == "speaker" and note:
            turn = suspect["index"] + (note[1] == "last")
            found[turn] = Slip(turn, note[1], int(note[2] or 1))
    return found


def measure_conversation(bench, folder, stamps_follow):
    episode = EPISODES / "conversation"
    n_slips = n_found = n_exact = n_own = n_own_found = n_edges = n_accused = 0
    for seed in SEEDS[:1] if bench.quick else SEEDS:
        transcript = folder / f"slips-{seed}-{stamps_follow:d}.txt"
        slips, own, n_free = make(transcript, episode, seed, stamps_follow)
        found = reported(episode / f"{episode.name}.mp3", transcript, folder / "slips.json")
        n_slips, n_own, n_edges = n_slips + len(slips), n_own + len(own), n_edges + n_free
        n_found += sum(slip.turn in found for slip in slips)
        n_exact += sum(found.get(slip.turn) == slip for slip in slips)
        n_own_found += sum(turn in found for turn in own)
        n_accused += len(found.keys() - {slip.turn for slip in slips} - set(own))
    name = "stamps follow the words" if stamps_follow else "stamps stay right"
    bench.share_at_least(f"1 to 3 words moved, {name}: edges reported", n_found, n_slips)
    bench.share_at_least(f"1 to 3 words moved, {name}: with just those words", n_exact, n_slips)
    bench.share_at_least(f"the conversation's own slips, {name}: reported", n_own_found, n_own)
    bench.share_at_most(f"{name}: other edges reported", n_accused, n_edges)


def measure_as_they_are(bench, folder, name):
    episode = EPISODES / name
    found = reported(episode / f"{name}.mp3", episode / f"{name}.txt", folder / f"{name}.json")
    own, changes = [], []
    if (episode / "words.tsv").exists():
        changes, own = edges_of(episode, read_conversation(episode)[1])
    else:
        _, turns = read_turns(episode / f"{name}.txt")
        changes = [k for k in range(1, len(turns)) if turns[k - 1][0] != turns[k][0]]
    bench.share_at_most(f"{name.replace('-', ' ')} unchanged: edges reported", len(found.keys() - set(own)), len(changes))


def measure(bench):
    folder = bench.folder("slips")
    for name in ("conversation", "real-voices"):
        measure_as_they_are(bench, folder, name)
    for stamps_follow in (False, True):
        measure_conversation(bench, folder, stamps_follow)
