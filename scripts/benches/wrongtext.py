"""Drops, replaces or invents a fifth of the words of transcripts. Measures the words that were said, and the others."""

import random
from collections import namedtuple

import transcripts
from transcripts import Turn
from truth import rows
from word_errors import SURE, SURE_WITHIN_S, normal, read_labels
from words import as_turns, label_files
from workbench import EPISODES, SHARED_DATA, align, in_parallel

SEED, SHARE, N_EACH, NEAR_WORDS = 20, 0.2, 3, 5
KINDS = ("dropped", "replaced", "invented", "mixed")
MEAN_GOAL_MS, UNSAID_GOAL, UNHEARD_GOAL = 25, 95, 2

# said: True, False, or None if the script does not define it; start and end of the spoken words
Item = namedtuple("Item", "text said start end")
Script = namedtuple("Script", "name sound turns")  # turns: (Turn without its text, items)


def conversation():
    episode = EPISODES / "conversation"
    items = {}
    for row in rows(episode / "transcript.tsv"):
        said = row["status"] == "said"
        times = (float(row["start_s"]), float(row["end_s"])) if said else (None, None)
        items.setdefault(int(row["turn"]), []).append(Item(row["written"], said or None, *times))
    turns = transcripts.read_episode(episode)
    return Script("conversation", episode / "conversation.mp3", [(turn, items[index]) for index, turn in enumerate(turns)])


def labelled(sound, table):
    labels = read_labels(table)
    turn, = as_turns(labels)
    return Script(sound.stem, sound, [(turn, [Item(word, True, start, end) for start, end, _, word in labels])])


def vocabulary():
    """Returns English words of the other episode."""
    turns = transcripts.read_episode(EPISODES / "real-voices")
    words = {normal(word) for turn in turns if turn.speaker == "Nora Whitfield" for word in turn.text.split()}
    return sorted(word for word in words if len(word) > 3 and word.isalpha())


def foreign_word(rng, pool, items, at):
    near = {normal(item.text) for item in items[max(0, at - NEAR_WORDS):at + NEAR_WORDS + 1]}
    return Item(next(word for word in iter(lambda: rng.choice(pool), None) if word not in near), False, None, None)


def damage(rng, pool, items, kind):
    out = []
    for at, item in enumerate(items):
        if not item.said or rng.random() >= SHARE:
            out.append(item)
            continue
        how = rng.choice(KINDS[:3]) if kind == "mixed" else kind
        out += {"dropped": [], "replaced": [foreign_word(rng, pool, items, at)],
                "invented": [item, foreign_word(rng, pool, items, at)]}[how]
    return out or items


class Tally:
    def __init__(self):
        self.errors = []
        self.n_said = self.n_unheard = self.n_unsaid = self.n_passed = self.n_sure = self.n_surely_right = 0

    def add_word(self, item, word):
        sure = word["confidence"] is not None and word["confidence"] > SURE and word["start"] is not None
        if item.said is None:
            return
        self.n_sure += sure
        if not item.said:
            self.n_unsaid += 1
            self.n_passed += word["status"] == "aligned"
            return
        self.n_said += 1
        self.n_unheard += word["status"] == "not_heard"
        if word["start"] is not None:
            errors = [abs(word["start"] - item.start), abs(word["end"] - item.end)]
            self.errors += errors
            self.n_surely_right += sure and max(errors) <= SURE_WITHIN_S

    def add(self, turns, alignment):
        for (_, items), turn in zip(turns, alignment["turns"], strict=True):
            if len(items) != len(turn["words"]):
                raise SystemExit(f"bench: turn {turn['index']} has {len(turn['words'])} words where {len(items)} were written")
            for item, word in zip(items, turn["words"]):
                self.add_word(item, word)


def align_damaged(script, kind, number, pool, folder):
    rng = random.Random(f"{SEED} {script.name} {kind} {number}")
    turns = [(turn, damage(rng, pool, items, kind)) for turn, items in script.turns]
    name = f"{script.name}-{kind}-{number}"
    text = transcripts.write(folder / f"{name}.txt", [Turn(turn.speaker, turn.second, " ".join(item.text for item in items))
                                                      for turn, items in turns])
    return turns, align(script.sound, text, folder / f"{name}.json", "acoustic")


def report(bench, name, tally):
    mean_ms = 1000 * sum(tally.errors) / len(tally.errors) if tally.errors else float("inf")
    bench.at_most(f"{name}: words said, mean error", mean_ms, MEAN_GOAL_MS, " ms", 1)
    bench.figure(f"{name}: words said, beyond 500 ms", f"{sum(error > 0.5 for error in tally.errors)} of {len(tally.errors)}")
    bench.share_at_most(f"{name}: words said, called not_heard", tally.n_unheard, tally.n_said, UNHEARD_GOAL)
    if tally.n_unsaid:
        bench.share_at_least(f"{name}: words not said, not passed as aligned", tally.n_unsaid - tally.n_passed, tally.n_unsaid,
                             UNSAID_GOAL)
    bench.share_at_least(f"{name}: of words with confidence > 0.9, within 100 ms", tally.n_surely_right, tally.n_sure, 98)


def measure_scripts(bench, name, scripts, pool, folder):
    for kind in KINDS[3:] if bench.quick else KINDS:
        jobs = [(script, kind, number) for script in scripts for number in range(1 if bench.quick else N_EACH)]
        tally = Tally()
        for turns, alignment in in_parallel(lambda job: align_damaged(*job, pool, folder), jobs):
            tally.add(turns, alignment)
        report(bench, f"{name}, {kind}", tally)


def measure(bench):
    folder, pool = bench.folder("wrongtext"), vocabulary()
    measure_scripts(bench, "conversation", [conversation()], pool, folder)
    sentences = SHARED_DATA / "emu-ae"
    if sentences.is_dir():
        measure_scripts(bench, "emu-ae", [labelled(*pair) for pair in label_files(sentences)], pool, folder)
    else:
        bench.skipped("emu-ae", "no ../shared/data/emu-ae beside the checkout")
