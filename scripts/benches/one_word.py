"""Changes one word of a turn in the transcript alone: adds a negation, or exchanges a word that carries meaning. Measures how many
quotes with that word `verify` does not call verbatim, and how many quotes of unchanged turns it does not call verbatim."""

import json
import random
import re
from collections import Counter

import field_sets
import transcripts
from exchanged import READERS, Recording, spontaneous
from transcripts import Turn
from word_errors import normal
from workbench import EPISODES, align, in_parallel, remembered

SEED, N_DRAWS, N_QUICK, SHARE, SHORTEST, AROUND, LETTERS = 71, 6, 1, 0.25, 5, 6, 4
DETECTED_GOAL, FALSE_GOAL = 90, 2
SETS = ("librivox-en", "prompts-en", "phrases-en", "fables", "tief-address", "epub")
CONTRACTED = {"is": "isn't", "was": "wasn't", "are": "aren't", "were": "weren't", "do": "don't", "does": "doesn't", "did": "didn't",
              "can": "can't", "could": "couldn't", "will": "won't", "would": "wouldn't", "has": "hasn't", "have": "haven't",
              "had": "hadn't", "should": "shouldn't"}
SAID = ("verbatim", "elided")


def read_recordings():
    for name in ("real-voices", "conversation"):
        turns = transcripts.read_episode(EPISODES / name)
        yield Recording(name, EPISODES / name / f"{name}.mp3", turns)
    for one in filter(None, map(field_sets.named, SETS)):
        yield Recording(one.name, one.sound, [Turn(turn.speaker, int(turn.start), turn.text) for turn in one.turns])
    yield from spontaneous()


def is_english(recording, turn):
    return recording.name != "real-voices" or turn.speaker in READERS


def negations(words):
    """Yields (index, the words instead of that word, index of the new word)."""
    for i, word in enumerate(words[:-1]):
        if normal(words[i + 1]) in ("not", "never"):
            continue
        if word.lower() in CONTRACTED:
            contracted = CONTRACTED[word.lower()]
            yield i, [contracted.capitalize() if word[0].isupper() else contracted]
            yield i, [word, "not"]
            yield i, [word, "never"]


def is_meaning(word):
    return re.fullmatch(r"[a-z]{%d,}[.,;?!]?" % LETTERS, word) is not None


def exchanges(rng, words, others):
    """A word of about the same length takes the place."""
    for i, word in enumerate(words):
        if is_meaning(word):
            alike = [other for other in others if other != normal(word) and abs(len(other) - len(normal(word))) <= 1]
            if alike:
                yield i, [rng.choice(alike) + word[len(word.rstrip(".,;?!")):]]


def window(words, first, end):
    return " ".join(words[max(0, first - AROUND):end + AROUND])


def change(rng, recording, kind):
    """Returns (turns, [(kind, quote)])."""
    others = sorted({normal(word) for turn in recording.turns if is_english(recording, turn) for word in turn.text.split() if is_meaning(word)})
    usable = [n for n, turn in enumerate(recording.turns) if len(turn.text.split()) >= SHORTEST and is_english(recording, turn)]
    rng.shuffle(usable)
    turns, quotes, n_changed = list(recording.turns), [], 0
    for n in usable:
        words = turns[n].text.split()
        choices = list(negations(words) if kind == "negation" else exchanges(rng, words, others))
        if n_changed < max(1, SHARE * len(usable)) and choices:
            i, put = rng.choice(choices)
            words[i:i + 1] = put
            turns[n] = turns[n]._replace(text=" ".join(words))
            quotes.append((kind, window(words, i, i + len(put))))
            n_changed += 1
        else:
            i = rng.randrange(len(words))
            quotes.append(("true", window(words, i, i + 1)))
    return turns, quotes


def verdicts_of(sound, alignment, quotes, folder):
    path = folder / f"{alignment.stem}-quotes.txt"
    path.write_text("".join(f"{quote}\n" for _, quote in quotes), encoding="utf-8")
    code, printed, messages = remembered("verify", sound, alignment, "--quote-file", path, "--json", "-q")
    if code not in (0, 1, 3):
        raise SystemExit(f"bench: soundbite verify {sound} {alignment}: exit {code}\n{messages}")
    return [json.loads(line) for line in printed.splitlines()]


def draw(recording, kind, number, folder):
    rng, name = random.Random(f"{SEED} {recording.name} {kind} {number}"), f"{recording.name}-{kind}-{number}"
    turns, quotes = change(rng, recording, kind)
    out = folder / f"{name}.json"
    align(recording.sound, transcripts.write(folder / f"{name}.txt", turns), out, "auto")
    found = verdicts_of(recording.sound, out, quotes, folder)
    with open(folder / f"{name}.verdicts", "w", encoding="utf-8") as log:
        log.writelines(f"{kind}\t{row['verdict']}\t{quote}\n" for (kind, quote), row in zip(quotes, found))
    return [(kind, row["verdict"]) for (kind, _), row in zip(quotes, found)]


def measure(bench):
    folder, recordings = bench.folder("one_word"), list(read_recordings())
    jobs = [(recording, kind, number) for number in range(N_QUICK if bench.quick else N_DRAWS)
            for kind in ("negation", "exchange") for recording in recordings]
    n, doubted = Counter(), Counter()
    for (recording, _, _), found in zip(jobs, in_parallel(lambda job: draw(*job, folder), jobs)):
        group = recording.name if recording.name in ("conversation", "real-voices") else "field sets and meetings"
        for kind, verdict in found:
            n[group, kind] += 1
            doubted[group, kind] += verdict not in SAID
    for group, kind in sorted(n):
        if kind == "true":
            bench.share_at_most(f"{group}: true quotes, not called verbatim", doubted[group, kind], n[group, kind], FALSE_GOAL)
        else:
            bench.share_at_least(f"{group}: {kind} in the transcript alone, not called verbatim", doubted[group, kind], n[group, kind],
                                 DETECTED_GOAL if kind == "negation" else None)
