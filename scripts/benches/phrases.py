"""Cuts phrases as clips, and measures how much of their words is lost and how much of the neighbouring words is heard. In the
conversation they start and end anywhere; in the real voices only where prompts do."""

import bisect
import json
import random
import shutil
from collections import namedtuple

from truth import rows
from workbench import EPISODES, soundbite

SEED, N_PHRASES, SHORTEST, LONGEST = 11, 500, 3, 12
MARGIN_S, WRONG_S, REAL_PAUSE_S = 0.3, 0.01, 0.05

# One edge of a clip: the true pause, the lost seconds of the phrase, and the heard seconds of the neighbour
Side = namedtuple("Side", "pause lost heard")


def choose(written):
    """Returns (first, number) of words in one turn that were said as written."""
    rng, chosen = random.Random(SEED), set()
    while len(chosen) < N_PHRASES:
        n = rng.randint(SHORTEST, LONGEST)
        first = rng.randrange(len(written) - n)
        part = written[first:first + n]
        if part[0]["turn"] == part[-1]["turn"] and all(word["status"] == "said" for word in part):
            chosen.add((first, n))
    return sorted(chosen)


def row_of(number, words, sound, alignment):
    """Returns a line of the list. Its times distinguish phrases that are said twice."""
    times = [time for word in words for time in (word["start"], word["end"]) if time is not None]
    row = {"audio": str(sound), "transcript": str(alignment), "id": f"{number:03}", "output": "{id}.wav",
           "phrase": " ".join(word["text"] for word in words)}
    if times:
        row |= {"from": f"{max(0, times[0] - MARGIN_S):.3f}", "until": f"{times[-1] + MARGIN_S:.3f}"}
    return json.dumps(row)


def cut(folder, episode, chosen):
    """Returns the manifest record of each phrase that was found, by its number."""
    sound, alignment = episode / f"{episode.name}.mp3", folder / "alignment.json"
    soundbite("align", sound, episode / f"{episode.name}.txt", "--method", "acoustic", "--no-cache", "--force", "-q", "-o", alignment)
    words = [word for turn in json.loads(alignment.read_text(encoding="utf-8"))["turns"] for word in turn["words"]]
    table, clips = folder / "list.jsonl", folder / "clips"
    lines = [row_of(k, words[first:first + n], sound, alignment) for k, (first, n) in enumerate(chosen)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.rmtree(clips, ignore_errors=True)
    manifest = [json.loads(line) for line in soundbite("batch", table, "-o", clips, "--json", "-q", allowed=(0, 1)).splitlines()]
    shutil.rmtree(clips)
    return {int(line["id"][:3]): line for line in manifest}


def sides_of(clip, first, last, spoken):
    """Compares both edges of a clip with the truth: the phrase from the start of its first word to the end of its last."""
    starts, ends = spoken
    begin, until = clip["start_sample"] / clip["sample_rate"], clip["end_sample"] / clip["sample_rate"]
    before, after = bisect.bisect_right(ends, first + 1e-6) - 1, bisect.bisect_left(starts, last - 1e-6)
    end_before = ends[before] if before >= 0 else float("-inf")
    start_after = starts[after] if after < len(starts) else float("inf")
    return Side(first - end_before, begin - first, end_before - begin), Side(start_after - last, last - until, until - start_after)


def is_wrong(side):
    return side.lost > WRONG_S or side.heard > WRONG_S


def phrases_of_conversation(episode):
    """Returns (first, number) of each phrase's words in the transcript, its true start and end, and the starts and ends of all
    words."""
    written, said = rows(episode / "transcript.tsv"), rows(episode / "words.tsv")
    spoken = [float(word["start_s"]) for word in said], [float(word["end_s"]) for word in said]
    chosen = choose(written)
    return chosen, [(float(written[first]["start_s"]), float(written[first + n - 1]["end_s"])) for first, n in chosen], spoken


def phrases_of_voices(episode):
    """Returns the same for at most N_PHRASES prompts of such a length."""
    prompts = [row for row in rows(episode / "prompts.tsv") if row["first"]]
    spoken = sorted(float(row["first"]) for row in prompts), sorted(float(row["last"]) for row in prompts)
    at, found = 0, []
    for row in prompts:
        n = len(row["text"].split())
        if SHORTEST <= n <= LONGEST:
            found.append((at, n, float(row["first"]), float(row["last"])))
        at += n
    found = sorted(random.Random(SEED).sample(found, min(N_PHRASES, len(found))))
    return [row[:2] for row in found], [row[2:] for row in found], spoken


def measure_edges(bench, name, sides):
    for place, part, least in (("at a pause", [s for s in sides if s.pause >= REAL_PAUSE_S], 99),
                               ("in running speech", [s for s in sides if s.pause < REAL_PAUSE_S], 95)):
        bench.share_at_least(f"{name}, edges {place}: whole to 10 ms", sum(s.lost <= WRONG_S for s in part), len(part), least)
        bench.share_at_least(f"{name}, edges {place}: neighbour not heard", sum(s.heard <= WRONG_S for s in part), len(part), least)


def measure_episode(bench, episode, phrases):
    chosen, truth, spoken = phrases(episode)
    clips = cut(bench.folder("phrases"), episode, chosen)
    pairs = [(clips[k], sides_of(clips[k], *truth[k], spoken)) for k in range(len(chosen)) if k in clips]
    name = episode.name.replace("-", " ")
    bench.share_at_least(f"{name}: phrases found", len(pairs), len(chosen))
    bench.share_at_least(f"{name}: whole at both edges, no neighbour heard", sum(not any(map(is_wrong, s)) for _, s in pairs), len(pairs))
    measure_edges(bench, name, [side for _, pair in pairs for side in pair])
    n_silent = sum(any(map(is_wrong, pair)) and not clip["warnings"] for clip, pair in pairs)
    bench.share_at_most(f"{name}: clips with either and no warning", n_silent, len(pairs))


def measure(bench):
    measure_episode(bench, EPISODES / "conversation", phrases_of_conversation)
    measure_episode(bench, EPISODES / "real-voices", phrases_of_voices)
