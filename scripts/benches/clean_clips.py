"""Cuts clips of real speech with captions, as users do: phrases, turns and passages of transcripts with whole seconds. Measures which said
words their captions lack, and which clips have warnings although they are right, and none although they are wrong."""

import json
import math
import random
import shutil
import subprocess
from array import array
from collections import namedtuple
from pathlib import Path

import captions
import field_sets
import phrases
from truth import rows
from word_errors import normal, read_labels
from workbench import EPISODES, SHARED_DATA, align, in_parallel, soundbite

SEED, N_LARGE, N_SMALL, N_QUICK = 12, 150, 8, 3
SHORTEST, LONGEST = 3, 12   # words of a phrase
MOST_IN_PASSAGE = 4         # stretches
NOTHING_S = 0.001
GOOD_S, STRICT_S = 0.035, phrases.WRONG_S
# Labels give closures, and pauses after commas, to the word before. Sound that is so far below the usual level of the clip is not heard.
HZ, FRAME, USUAL, SOFT_DB = 16000, 160, 0.75, 30
# A clip with so much more than its padding around its words is neither right nor wrong: it holds other sound, but no other word
PADDING_S, LOOSE_S = (0.15, 0.3), 0.5
# What these say is not about the words, and is true
FACTS = "its loudness is", "a number in this quote is only a part"
UNSURE = "the transcript may not belong to the audio"
KEPT_GOAL, FALSE_GOAL = 100, 2

# A stretch of speech whose first and last instant are known: words [first, end) of the alignment
Stretch = namedtuple("Stretch", "turn first end start stop")
# What is cut: words [first, end), said from `start` to `stop`; `said` are the spellings that the captions must have
Wish = namedtuple("Wish", "kind first end start stop said")
Source = namedtuple("Source", "name sound text")


def words_of(alignment):
    return [word for turn in alignment["turns"] for word in turn["words"]]


def first_words(alignment):
    """Returns the index of the first word of each turn."""
    firsts, n = [], 0
    for turn in alignment["turns"]:
        firsts.append(n)
        n += len(turn["words"])
    return firsts


def stretches_by_text(turn, first, units):
    """Divides the words of a turn among its units by their letters. Units that do not match the words are left out."""
    found, at, letters = [], 0, field_sets.letters
    for unit in units:
        wanted, n, got = letters(unit.text), 0, ""
        while at + n < len(turn["words"]) and len(got) < len(wanted):
            got += letters(turn["words"][at + n]["text"])
            n += 1
        if got != wanted:
            return found
        found.append(Stretch(turn["index"], first + at, first + at + n, unit.start, unit.end))
        at += n
    return found


def stretches_of_set(field_set, alignment):
    firsts, found = first_words(alignment), []
    for turn, true in field_set.pair_turns(alignment):
        first = firsts[turn["index"]]
        words = [word for word in field_set.words if true.start - 0.02 <= word.start and word.end <= true.end + 0.02]
        own = [word for word in turn["words"] if normal(word["text"])]
        if field_set.words and len(own) == len(words) == len(turn["words"]) and \
                [normal(word["text"]) for word in own] == [normal(word.text) for word in words]:
            found += [Stretch(turn["index"], first + k, first + k + 1, word.start, word.end) for k, word in enumerate(words)]
        else:
            found += stretches_by_text(turn, first, field_set.units_of(true))
    return found


def stretches_of_conversation(alignment):
    """Returns words that were said. Misheard words share the time of what was said in their place, and are one stretch."""
    found = []
    for k, row in enumerate(rows(EPISODES / "conversation" / "transcript.tsv")):
        if row["status"] == "not_said":
            continue
        start, stop = float(row["start_s"]), float(row["end_s"])
        if found and found[-1].turn == int(row["turn"]) and (found[-1].start, found[-1].stop) == (start, stop):
            found[-1] = found[-1]._replace(end=k + 1)
        else:
            found.append(Stretch(int(row["turn"]), k, k + 1, start, stop))
    return found


def stretches_of_voices(alignment):
    words, found, at = words_of(alignment), [], 0
    for row in rows(EPISODES / "real-voices" / "prompts.tsv"):
        n = len(row["text"].split())
        assert " ".join(word["text"] for word in words[at:at + n]) == row["text"]
        if row["first"]:
            found.append(Stretch(int(row["turn"]), at, at + n, float(row["first"]), float(row["last"])))
        at += n
    return found


def runs_of(stretches):
    """Returns the stretches of each turn."""
    runs = {}
    for stretch in stretches:
        runs.setdefault(stretch.turn, []).append(stretch)
    return list(runs.values())


def draw_run(rng, runs):
    """Returns (kind, stretches): a turn, or a phrase or passage inside one."""
    run = rng.choice(runs)
    by_word = all(s.end - s.first == 1 for s in run[:2]) and len(run) > SHORTEST
    kind = rng.choice(("phrase", "phrase", "passage", "turn"))
    if kind == "turn" or len(run) == 1:
        return "turn", run
    most = rng.randint(SHORTEST, LONGEST) if by_word else 1 if kind == "phrase" else rng.randint(2, MOST_IN_PASSAGE)
    n = min(most * (3 if by_word and kind == "passage" else 1), len(run))
    at = rng.randrange(len(run) - n + 1)
    return kind, run[at:at + n]


def draw(name, alignment, stretches, number):
    """Returns wishes, each once."""
    rng, runs, words, found = random.Random(f"{SEED} {name}"), runs_of(stretches), words_of(alignment), {}
    for _ in range(20 * number):
        kind, run = draw_run(rng, runs)
        if any(a.end != b.first for a, b in zip(run, run[1:])) or len(found) == number:
            continue
        first, end = run[0].first, run[-1].end
        said = [normal(words[w]["text"]) for w in range(first, end) if normal(words[w]["text"])]
        if said:
            found.setdefault((first, end), Wish(kind, first, end, run[0].start, max(s.stop for s in run), said))
    return [found[key] for key in sorted(found)]


def cut(folder, source, alignment, wishes):
    """Returns the manifest record of each wish that was cut, by its number."""
    path, table, out = folder / f"{source.name}.json", folder / f"{source.name}.jsonl", folder / source.name
    words = words_of(alignment)
    table.write_text("".join(phrases.row_of(k, words[w.first:w.end], source.sound, path) + "\n" for k, w in enumerate(wishes)), encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    soundbite("batch", table, "-o", out, "--captions", "srt", "-q", allowed=(0, 1, 6))
    manifest = out / "manifest.jsonl"
    lines = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()] if manifest.exists() else []
    return {int(line["id"][:3]): line for line in lines}


def shown_words(clip):
    text = " ".join(" ".join(lines) for _, _, lines in captions.read_srt(Path(clip["captions"])))
    return [normal(word) for word in text.split() if normal(word)]


def n_lost(said, shown):
    """Returns how many words are not shown in their order. Scripts without blanks are compared as one text."""
    if "".join(said) == "".join(shown):
        return 0
    rest, lost = list(shown), 0
    for word in said:
        if word in rest:
            del rest[:rest.index(word) + 1]
        else:
            lost += 1
    return lost


def levels_of(sound):
    """Returns the level of each 10 ms of a file in dB."""
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", sound, "-ac", "1", "-ar", str(HZ), "-f", "s16le", "-"], capture_output=True, check=True)
    samples = array("h", raw.stdout)
    return [10 * math.log10(1 + sum(x * x for x in samples[k:k + FRAME]) / FRAME) for k in range(0, len(samples) - FRAME + 1, FRAME)]


def without_silence(sides, sound):
    """Counts only the parts of the neighbours that sound."""
    if all(side.heard <= STRICT_S for side in sides):
        return sides
    levels = levels_of(sound)
    least = sorted(levels)[int(USUAL * len(levels))] - SOFT_DB
    counts = [math.ceil(max(0, min(side.heard, len(levels) * FRAME / HZ)) * HZ / FRAME) for side in sides]
    parts = levels[:counts[0]], levels[len(levels) - counts[1]:]
    return [side._replace(heard=min(side.heard, sum(level >= least for level in part) * FRAME / HZ)) for side, part in zip(sides, parts)]


class Tally:
    def __init__(self):
        self.n_wishes = self.n_cut = self.n_said = self.n_lost = self.n_lacking = 0
        self.n_right, self.n_false, self.n_wrong, self.n_silent = [0, 0], [0, 0], [0, 0], [0, 0]
        self.n_unsure = self.n_loose = self.n_loose_warned = 0
        self.warnings, self.lacking, self.silent = {}, [], []

    def add(self, name, wishes, clips, stretches):
        self.n_wishes += len(wishes)
        for k, wish in enumerate(wishes):
            self.n_said += len(wish.said)
            if k not in clips:
                self.n_lost += len(wish.said)
                self.lacking.append(f"{name}: no clip of '{' '.join(wish.said)[:60]}'")
                continue
            self.n_cut += 1
            lost = n_lost(wish.said, shown_words(clips[k]))
            self.n_lost, self.n_lacking = self.n_lost + lost, self.n_lacking + (lost > 0)
            if lost:
                self.lacking.append(f"{name}: {lost} of '{' '.join(wish.said)[:60]}'")
            others = [(s.start, s.stop) for s in stretches if s.end <= wish.first or s.first >= wish.end]
            if not any(start < wish.stop - NOTHING_S and stop > wish.start + NOTHING_S for start, stop in others):
                self.add_warning(name, wish, clips[k], tuple(map(sorted, zip(*others))) or ([], []))

    def add_warning(self, name, wish, clip, spoken):
        sides = without_silence(phrases.sides_of(clip, wish.start, wish.stop, spoken), clip["file"])
        warnings = [text for text in clip["warnings"] if not text.startswith(FACTS)]
        is_loose = any(-side.lost > padding + LOOSE_S for side, padding in zip(sides, PADDING_S))
        for which, most in enumerate((GOOD_S, STRICT_S)):
            is_right = all(max(side.lost, side.heard) <= most for side in sides)
            if is_right and is_loose:
                self.n_loose, self.n_loose_warned = self.n_loose + (which == 0), self.n_loose_warned + (which == 0 and bool(warnings))
                continue
            self.n_right[which] += is_right
            self.n_wrong[which] += not is_right
            self.n_false[which] += is_right and bool(warnings)
            self.n_silent[which] += not is_right and not warnings
            if is_right and which == 0:
                self.n_unsure += any(text.startswith(UNSURE) for text in warnings)
                for text in warnings:
                    self.warnings.setdefault(text.split(";")[0], []).append(f"{name} {clip['id']}")
            elif which == 0 and not warnings:
                self.silent.append(f"{name} {clip['id']}")

    def report(self, bench, name):
        bench.share_at_least(f"{name}: clips cut", self.n_cut, self.n_wishes, KEPT_GOAL)
        bench.share_at_least(f"{name}: words said, in the captions", self.n_said - self.n_lost, self.n_said, KEPT_GOAL)
        for which, most in enumerate((GOOD_S, STRICT_S)):
            limit = f"{1000 * most:.0f} ms"
            bench.share_at_most(f"{name}: clips right to {limit} that have a warning", self.n_false[which], self.n_right[which], FALSE_GOAL)
            bench.share_at_most(f"{name}: clips wrong by more than {limit} that have none", self.n_silent[which], self.n_wrong[which])
        bench.figure(f"{name}: right clips with a warning because the pair is not certain", str(self.n_unsure))
        bench.figure(f"{name}: clips with much other sound; with a warning", f"{self.n_loose}; {self.n_loose_warned}")


def sources():
    """Returns (source, how to find its stretches, number of clips)."""
    for one in field_sets.read_all(field_sets.OWN) + field_sets.read_all(field_sets.GIVEN):
        yield Source(one.name, one.sound, one.text()), lambda a, one=one: stretches_of_set(one, a), N_SMALL
    for name, find in (("conversation", stretches_of_conversation), ("real-voices", stretches_of_voices)):
        folder = EPISODES / name
        yield Source(name, folder / f"{name}.mp3", folder / f"{name}.txt"), find, N_LARGE


def measure_source(folder, source, find, number):
    alignment = align(source.sound, source.text, folder / f"{source.name}.json", "auto")
    stretches = find(alignment)
    wishes = draw(source.name, alignment, stretches, number)
    return stretches, wishes, cut(folder, source, alignment, wishes)


def measure(bench):
    folder, everything = bench.folder("clean-clips"), Tally()
    found = [(source, find, min(number, N_QUICK) if bench.quick else number) for source, find, number in sources()]
    results = in_parallel(lambda one: measure_source(folder, *one), found)
    for (source, *_), (stretches, wishes, clips) in zip(found, results):
        tally = Tally()
        for each in (tally, everything):
            each.add(source.name, wishes, clips, stretches)
        bench.figure(f"{source.name}: clips; words lost; false warnings to 35, 10 ms; silent",
                     f"{tally.n_cut} of {tally.n_wishes}; {tally.n_lost} of {tally.n_said}; {tally.n_false[0]} of {tally.n_right[0]}, "
                     f"{tally.n_false[1]} of {tally.n_right[1]}; {tally.n_silent[0]} of {tally.n_wrong[0]}")
    everything.report(bench, "all")
    for text, where in sorted(everything.warnings.items(), key=lambda item: -len(item[1])):
        bench.figure(f"  {text}", f"{len(where)}: {', '.join(where[:4])}")
    for text in everything.silent:
        bench.figure(f"  wrong, without a warning: {text}", "")
    for text in everything.lacking:
        bench.figure(f"  captions lack {text}", "")
