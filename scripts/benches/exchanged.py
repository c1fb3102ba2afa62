"""Replaces turns of a recording by invented sentences of the same number of words. Measures what the alignment and `verify`
say about them and about the rest."""

import json
import random
from collections import namedtuple

import field_sets
import invented
import transcripts
from transcripts import Turn
from word_errors import normal, read_labels
from workbench import EPISODES, SHARED_DATA, align, in_parallel, remembered

SEED, N_DRAWS, N_QUICK, N_EXCHANGED, SHORTEST = 50, 50, 3, 5, 5
PASSED_GOAL, UNHEARD_READ, UNHEARD_SPONTANEOUS = 97, 1, 3
READERS = ("Nora Whitfield", "Edmund Hale")
SPONTANEOUS, MOST_OF_THEM = ("michael", "telephone-en"), 0.34

Recording = namedtuple("Recording", "name sound turns")


def read_speech():
    episode = EPISODES / "real-voices"
    return [Recording(episode.name, episode / f"{episode.name}.mp3", transcripts.read_episode(episode))]


def spontaneous():
    for field_set in filter(None, map(field_sets.named, SPONTANEOUS)):
        yield Recording(field_set.name, field_set.sound, [Turn(turn.speaker, int(turn.start), turn.text) for turn in field_set.turns])
    for sound in sorted((SHARED_DATA / "ami").glob("*.flac")):
        turns = read_labels(sound.with_suffix(".turns.tsv"))
        yield Recording(sound.stem, sound, [Turn(speaker, int(start), text) for start, _, speaker, text in turns])


def exchange(rng, recording):
    """Returns (turns, {number of a turn: the new sentence})."""
    long = [n for n, turn in enumerate(recording.turns) if len(turn.text.split()) >= SHORTEST
            and (recording.name != "real-voices" or turn.speaker in READERS)]
    most = min(N_EXCHANGED, max(1, int(MOST_OF_THEM * len(long))))
    put = {n: invented.sentence(rng, len(recording.turns[n].text.split())) for n in sorted(rng.sample(long, most))}
    return [turn._replace(text=put.get(n, turn.text)) for n, turn in enumerate(recording.turns)], put


class Tally:
    def __init__(self):
        self.n_invented = self.n_passed = self.n_said = self.n_unheard = self.n_quotes = self.n_verbatim = 0

    def add_words(self, alignment, put):
        for n, turn in enumerate(alignment["turns"]):
            words = [word for word in turn["words"] if normal(word["text"])]
            if n in put:
                self.n_invented += len(words)
                self.n_passed += sum(word["status"] == "aligned" for word in words)
            else:
                self.n_said += len(words)
                self.n_unheard += sum(word["status"] == "not_heard" for word in words)

    def add_verdicts(self, verdicts):
        self.n_quotes += len(verdicts)
        self.n_verbatim += verdicts.count("verbatim")


def verdicts_of(sound, alignment_path, put, folder):
    quotes = folder / f"{alignment_path.stem}-quotes.txt"
    quotes.write_text("".join(f"{text}\n" for text in put.values()), encoding="utf-8")
    code, printed, messages = remembered("verify", sound, alignment_path, "--quote-file", quotes, "--json", "-q")
    if code not in (0, 1, 3):
        raise SystemExit(f"bench: soundbite verify {sound} {alignment_path}: exit {code}\n{messages}")
    return [json.loads(line)["verdict"] for line in printed.splitlines()]


def draw(recording, number, folder):
    rng, name = random.Random(f"{SEED} {recording.name} {number}"), f"{recording.name}-{number}"
    turns, put = exchange(rng, recording)
    out = folder / f"{name}.json"
    alignment = align(recording.sound, transcripts.write(folder / f"{name}.txt", turns), out, "auto")
    return alignment, put, verdicts_of(recording.sound, out, put, folder)


def measure_kind(bench, name, recordings, n_draws, unheard_goal, folder):
    tally, jobs = Tally(), [(recording, number) for number in range(n_draws) for recording in recordings]
    for alignment, put, verdicts in in_parallel(lambda job: draw(*job, folder), jobs):
        tally.add_words(alignment, put)
        tally.add_verdicts(verdicts)
    bench.share_at_least(f"{name}: words of invented sentences, not passed as said", tally.n_invented - tally.n_passed,
                         tally.n_invented, PASSED_GOAL)
    bench.share_at_least(f"{name}: invented sentences, not VERBATIM to verify", tally.n_quotes - tally.n_verbatim, tally.n_quotes, 100)
    bench.share_at_most(f"{name}: words really said, called not_heard", tally.n_unheard, tally.n_said, unheard_goal)


def measure(bench):
    folder, n_draws = bench.folder("exchanged"), N_QUICK if bench.quick else N_DRAWS
    if not (SHARED_DATA / "ami").is_dir():
        bench.skipped("meetings", "no ../shared/data/ami beside the checkout")
    measure_kind(bench, "read", read_speech(), n_draws, UNHEARD_READ, folder)
    measure_kind(bench, "spontaneous", list(spontaneous()), n_draws, UNHEARD_SPONTANEOUS, folder)
