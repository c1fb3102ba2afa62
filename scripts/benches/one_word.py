"""Changes one word of a turn in the transcript alone: adds or removes a negation, or exchanges a word that carries meaning. Measures
how many quotes with that word `verify` does not call verbatim, and how many quotes of unchanged turns it does not call verbatim."""

import json
import random
from collections import Counter

import field_sets
import transcripts
import word_changes
from exchanged import READERS, Recording, spontaneous
from transcripts import Turn
from workbench import EPISODES, align, in_parallel, remembered

SEED, N_DRAWS, N_QUICK, SHARE, SHORTEST, AROUND = 71, 2, 1, 0.25, 5, 6
GOALS = {"negation": 90, "exchanged": None, "alike": None, "number": None, "name": None, "left-out": None}
FALSE_GOAL = 2
SETS = ("librivox-en", "prompts-en", "phrases-en", "fables", "tief-address", "epub")
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


def group_of(recording):
    if recording.name in ("conversation", "real-voices"):
        return recording.name
    return "read" if recording.name in SETS else "spontaneous"


def window(words, first, end):
    return " ".join(words[max(0, first - AROUND):end + AROUND])


def change(rng, recording):
    """Changes a word in a part of the turns, each kind of change as often as the others where the words allow it. Returns
    (turns, [(kind, quote)])."""
    usable = [n for n, turn in enumerate(recording.turns) if len(turn.text.split()) >= SHORTEST and is_english(recording, turn)]
    changes = word_changes.WordChanges([recording.turns[n].text for n in usable], rng)
    rng.shuffle(usable)
    turns, quotes, made = list(recording.turns), [], Counter()
    for n in usable:
        words = turns[n].text.split()
        choices = changes.of(words)
        if choices and made.total() < max(1, SHARE * len(usable)):
            kind = min(choices, key=lambda kind: (made[kind], rng.random()))
            i, put = rng.choice(choices[kind])
            n_old = 2 if kind == "left-out" and words[i + 1:i + 2] and put == [words[i]] else 1
            words[i:i + n_old] = put
            turns[n] = turns[n]._replace(text=" ".join(words))
            quotes.append((kind, window(words, i, i + len(put))))
            made[kind] += 1
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


def doubts_of(row):
    place = (row["places"] or [{}])[0]
    return "; ".join(filter(None, (place.get("doubted"), place.get("unnegated"))))


def draw(recording, number, folder):
    rng, name = random.Random(f"{SEED} {recording.name} {number}"), f"{recording.name}-{number}"
    turns, quotes = change(rng, recording)
    out = folder / f"{name}.json"
    align(recording.sound, transcripts.write(folder / f"{name}.txt", turns), out, "auto")
    found = verdicts_of(recording.sound, out, quotes, folder)
    with open(folder / f"{name}.verdicts", "w", encoding="utf-8") as log:
        log.writelines(f"{kind}\t{row['verdict']}\t{doubts_of(row)}\t{quote}\n" for (kind, quote), row in zip(quotes, found))
    return [(kind, row["verdict"], doubts_of(row)) for (kind, _), row in zip(quotes, found)]


def measure(bench):
    folder, recordings = bench.folder("one_word"), list(read_recordings())
    jobs = [(recording, number) for number in range(N_QUICK if bench.quick else N_DRAWS) for recording in recordings]
    n, caught, doubted = Counter(), Counter(), Counter()
    for (recording, _), found in zip(jobs, in_parallel(lambda job: draw(*job, folder), jobs)):
        for kind, verdict, doubts in found:
            key = group_of(recording), kind
            n[key] += 1
            caught[key] += verdict not in SAID
            doubted[key] += bool(doubts)
    for group, kind in sorted(n):
        if kind == "true":
            bench.share_at_most(f"{group}: true quotes, a word doubted", doubted[group, kind], n[group, kind], FALSE_GOAL)
            bench.share_at_most(f"{group}: true quotes, not called verbatim", caught[group, kind], n[group, kind])
        else:
            bench.share_at_least(f"{group}: {kind}, in the transcript alone, not verbatim", caught[group, kind], n[group, kind],
                                 GOALS[kind])
