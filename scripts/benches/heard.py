"""Checks what `search --sound --verify` says. A word of the dictionary that was not said, but sounds like the transcript's words, must not be
heard. In a copy of the alignment, those words are replaced by it, as a transcript misspells a name: then what was said must be heard."""

import json
import random
import re

import field_sets
from archive import DICTIONARY
from workbench import EPISODES, in_parallel, remembered, soundbite

SEED, N_WORDS, N_QUICK, LEAST_PHONES, MOST_PHONES, APART = 5, 1500, 150, 5, 10, 8
SETS = ("librivox-en", "prompts-en", "phrases-en")


def recordings():
    yield EPISODES / "real-voices" / "real-voices.mp3", EPISODES / "real-voices" / "real-voices.txt"
    for one in filter(None, map(field_sets.named, SETS)):
        yield one.sound, one.sound.parent / "transcript.txt"


def words_to_ask(n):
    with open(DICTIONARY, encoding="utf-8", errors="replace") as file:
        entries = [line.split() for line in file]
    words = sorted({word for word, *phones in entries if word.isalpha() and LEAST_PHONES <= len(phones) <= MOST_PHONES})
    return random.Random(SEED).sample(words, n)


def heard(archive, text, *conditions):
    """The places, those that were not heard included."""
    command = ("search", text, "--sound", "--json", "--limit", "20", "--archive", archive, *conditions)
    code, printed, messages = remembered(*command)
    if code not in (0, 3):
        raise SystemExit(f"bench: soundbite {' '.join(map(str, command))}: exit {code}\n{messages}")
    found = [json.loads(line) for line in printed.splitlines()]
    if not found:
        return []
    checked = {row["id"]: row["heard"] or "unchecked" for row in map(json.loads, remembered(*command, "--verify")[1].splitlines())}
    return [{**row, "heard": checked.get(row["id"], "not-heard")} for row in found]


def plain(text):
    return " ".join(re.findall(r"[\w']+", text.lower()))


def misspell(alignment, places):
    """Puts the words that were asked for in the place of what was said. Returns [(start, what was said)]."""
    wanted, last = [], -APART
    for place in sorted(places, key=lambda row: row["from"]):
        words = [(turn, word) for turn in alignment["turns"] for word in turn["words"]]
        first = next((n for n, (_, word) in enumerate(words) if word["start"] == place["from"]), None)
        end = next((n for n, (_, word) in enumerate(words) if word["end"] == place["until"] and first is not None and n >= first), None)
        if end is None or first - last < APART or words[first][0] is not words[end][0]:
            continue
        turn, word = words[first]
        at = turn["words"].index(word)
        wanted.append((place["from"], plain(" ".join(word["text"] for _, word in words[first:end + 1]))))
        turn["words"][at:at + end - first + 1] = [{**word, "text": place["asked"], "end": place["until"]}]
        turn["text"] = " ".join(word["text"] for word in turn["words"])
        last = first
    return wanted


def measure(bench):
    folder = bench.folder("heard")
    said, misspelt = folder / "said.db", folder / "misspelt.db"
    for archive in (said, misspelt):
        archive.unlink(missing_ok=True)
    for sound, text in recordings():
        soundbite("archive", "add", sound, text, "--archive", said, "-q")
    asked = words_to_ask(N_QUICK if bench.quick else N_WORDS)
    found = in_parallel(lambda word: [{**row, "asked": word} for row in heard(said, word)], asked)
    wrong = [row for rows in found for row in rows if plain(row["text"]) != row["asked"] and row["heard"] != "unchecked"]
    bench.share_at_most("words that were not said: heard", sum(row["heard"] == "heard" for row in wrong), len(wrong), 1)
    bench.share_at_least("... left out as not heard", sum(row["heard"] == "not-heard" for row in wrong), len(wrong))
    checks = []
    for name in sorted({row["episode"] for row in wrong}):
        alignment = json.loads(soundbite("archive", "get", name, "--archive", said))
        checks += [(name, *one) for one in misspell(alignment, [row for row in wrong if row["episode"] == name])]
        path = folder / "misspelt.json"
        path.write_text(json.dumps(alignment), encoding="utf-8")
        soundbite("archive", "add", alignment["audio"]["path"], path, "--archive", misspelt, "-q")
    answers = in_parallel(lambda one: [row["heard"] for row in heard(misspelt, one[2], "--episode", one[0]) if row["from"] == one[1]], checks)
    true = [rows[0] for rows in answers if rows]
    bench.share_at_least("words that were said and are misspelt: heard", true.count("heard"), len(true), 90)
    bench.share_at_most("... left out as not heard", true.count("not-heard"), len(true), 1)
