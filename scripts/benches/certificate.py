"""Measures what certificates detect: clips with edges that were moved by 60 ms, and the errors of the program itself."""

import json
import shutil
from collections import namedtuple

import phrases
from truth import rows
from workbench import EPISODES, align, soundbite

SEED, N_PHRASES = 23, 400
OFF_S, WORST_GOOD_S, SHORTEST_WORD_S = 0.06, 0.03, 0.09
LEVEL_CHECKS = {"loudness", "true-peak"}

# A kind of spoilt clip: how far its start and its end are moved into the text, and the check that must fail
Kind = namedtuple("Kind", "name start end check")
KINDS = (Kind("start 60 ms late", OFF_S, 0, "first-word"), Kind("end 60 ms early", 0, -OFF_S, "last-word"),
         Kind("start 60 ms early, in a neighbour", -OFF_S, 0, "neighbour-before"), Kind("end 60 ms late, in a neighbour", 0, OFF_S, "neighbour-after"))

# A part of the text: words [first, first + n) of the whole alignment, said from `start` to `end`, with these pauses around it
Phrase = namedtuple("Phrase", "first n start end before after")


def words_of(alignment):
    return [word for turn in alignment["turns"] for word in turn["words"]]


def conversation_phrases(episode):
    """Returns random phrases whose words were all said as written."""
    written, said = rows(episode / "transcript.tsv"), rows(episode / "words.tsv")
    starts, ends = [float(word["start_s"]) for word in said], [float(word["end_s"]) for word in said]
    phrases.SEED, phrases.N_PHRASES = SEED, N_PHRASES
    for first, n in phrases.choose(written):
        start, end = float(written[first]["start_s"]), float(written[first + n - 1]["end_s"])
        before, after = phrases.sides_of({"start_sample": start, "end_sample": end, "sample_rate": 1}, start, end, (starts, ends))
        yield Phrase(first, n, start, end, before.pause, after.pause)


def prompts(episode, alignment):
    """Returns the recordings of the real voices, in text order."""
    taken, words = 0, words_of(alignment)
    table = rows(episode / "prompts.tsv")
    for k, row in enumerate(table):
        n = len(row["text"].split())
        if " ".join(word["text"] for word in words[taken:taken + n]) != row["text"]:
            return
        start, end = float(row["first"]), float(row["last"])
        before = start - float(table[k - 1]["last"]) if k else start
        after = float(table[k + 1]["first"]) - end if k + 1 < len(table) else OFF_S
        yield Phrase(taken, n, start, end, before, after)
        taken += n


def spoil(alignment, chosen, kind):
    """Makes an alignment in which the edges of each phrase are wrong. It has no speech list, so nothing corrects them."""
    spoilt = json.loads(json.dumps(alignment))
    spoilt["speech"] = []
    words = words_of(spoilt)
    for phrase in chosen:
        first, last = words[phrase.first], words[phrase.first + phrase.n - 1]
        first["start"], last["end"] = max(0, phrase.start + kind.start), phrase.end + kind.end
        first["end"], last["start"] = max(first["end"], first["start"]), min(last["start"], last["end"])
    for turn in spoilt["turns"]:
        times = [time for word in turn["words"] for time in (word["start"], word["end"]) if time is not None]
        if times:
            turn["start"], turn["end"] = min(times), max(times)
    return spoilt


def certify(folder, sound, alignment_path, chosen, options=()):
    """Returns the manifest record of each phrase, by its number."""
    words = words_of(json.loads(alignment_path.read_text(encoding="utf-8")))
    table, clips = folder / "list.jsonl", folder / "clips"
    table.write_text("".join(phrases.row_of(k, words[p.first:p.first + p.n], sound, alignment_path).replace(".wav", ".mp3") + "\n"
                             for k, p in chosen), encoding="utf-8")
    shutil.rmtree(clips, ignore_errors=True)
    lines = soundbite("batch", table, "-o", clips, "--json", "-q", *options, allowed=(0, 1)).splitlines()
    shutil.rmtree(clips)
    return {int(line["id"]): line for line in map(json.loads, lines)}


def failed(line):
    return set(line["certificate"]["failed"]) - LEVEL_CHECKS


def off(line, phrase):
    """Returns the error of the worse edge of a clip in seconds: of the phrase lost, or of a neighbour heard."""
    start, end = line["start_sample"] / line["sample_rate"], line["end_sample"] / line["sample_rate"]
    return max(start - phrase.start, phrase.end - end, phrase.start - phrase.before - start, end - phrase.end - phrase.after)


def can_spoil(kind, phrase, words):
    """Returns false if there is a pause, in which 60 ms more or less change nothing."""
    edges = words[phrase.first], words[phrase.first + phrase.n - 1]
    if any(word["start"] is None or word["end"] - word["start"] < SHORTEST_WORD_S for word in edges):
        return False
    return (kind.start >= 0 or phrase.before < 0.01) and (kind.end <= 0 or phrase.after < 0.01)


def measure_spoilt(bench, folder, sound, alignment, chosen):
    """Spoils each phrase in one way, in rotation."""
    words, n_found, n_all = words_of(alignment), 0, 0
    for number, kind in enumerate(KINDS):
        own = [(k, p) for k, p in enumerate(chosen) if k % len(KINDS) == number and can_spoil(kind, p, words)]
        path = folder / "spoilt.json"
        path.write_text(json.dumps(spoil(alignment, [p for _, p in own], kind)), encoding="utf-8")
        lines = certify(folder, sound, path, own, ("--lead", "0", "--tail", "0")) if own else {}
        lines = {k: line for k, line in lines.items() if line["certificate"]["method"] == "acoustic" and off(line, chosen[k]) > WORST_GOOD_S}
        found = sum(bool(failed(line)) for line in lines.values())
        if lines:
            bench.share_at_least(f"found: {kind.name}", found, len(lines))
            bench.share_at_least("  with the right check", sum(kind.check in failed(line) for line in lines.values()), len(lines))
        n_found, n_all = n_found + found, n_all + len(lines)
    bench.share_at_least("spoilt clips found", n_found, n_all, 90)


def measure_own(bench, folder, sound, path, chosen):
    lines = certify(folder, sound, path, list(enumerate(chosen)))
    heard = [(line, off(line, chosen[k])) for k, line in lines.items() if line["certificate"]["method"] == "acoustic"]
    good = [line for line, seconds in heard if seconds <= WORST_GOOD_S]
    bad = [line for line, seconds in heard if seconds > WORST_GOOD_S]
    bench.figure("clips of the program itself, of them heard acoustically", f"{len(lines)}, {len(heard)}")
    bench.share_at_most("false alarms where the truth is with it to 30 ms", sum(bool(failed(line)) for line in good), len(good), 2)
    bench.share_at_least("its own mistakes beyond 30 ms found", sum(bool(failed(line)) for line in bad), len(bad))


def measure_episode(bench, name, choose):
    folder, episode = bench.folder("certificate"), EPISODES / name
    sound, path = episode / f"{name}.mp3", folder / f"{name}.json"
    alignment = align(sound, episode / f"{name}.txt", path, "acoustic")
    chosen = list(choose(episode, alignment))
    bench.figure(f"{name.replace('-', ' ')}: phrases", str(len(chosen)))
    measure_own(bench, folder, sound, path, chosen)
    measure_spoilt(bench, folder, sound, alignment, chosen)


def measure(bench):
    measure_episode(bench, "conversation", lambda episode, alignment: conversation_phrases(episode))
    measure_episode(bench, "real-voices", prompts)
