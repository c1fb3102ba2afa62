"""Measures which passages drift suspects: text that is written twice and said once, and text that was really said twice."""

import json
import random
from collections import namedtuple

import transcripts
from episodes import edit
from episodes.workshop import RATE, encode_mp3
from transcripts import Turn
from truth import rows
from workbench import EPISODES, answer, in_parallel

SEED, N_SCRIPTS, N_EACH = 44, 6, 8  # scripts of each kind, places in each
PASSAGE_WORDS, STAMMER_WORDS, STAMMER_TIMES = (6, 14), (1, 2), (2, 3)
MIN_DISTINCT = 5  # differing words in a passage, so that it is no stumble
FOUND_GOAL = 95

# The start of the first copy in words of a turn, the number of words, and the number of further copies
Place = namedtuple("Place", "turn first n more")
Script = namedtuple("Script", "name sound text places")


def spots(rng, turns, n_words, more):
    """Returns one place in some of the turns, none of them adjacent. The words around it stay."""
    long_enough = [k for k, words in enumerate(turns) if len(words) >= 2 * n_words[1]]
    rng.shuffle(long_enough)
    chosen = []
    for turn in long_enough:
        n = rng.randint(*n_words)
        first = rng.randrange(0, len(turns[turn]) - n + 1)
        distinct = len({word.lower().strip(".,?!") for word in turns[turn][first:first + n]})
        if len(chosen) < N_EACH and all(abs(turn - other.turn) > 1 for other in chosen) and distinct >= min(n, MIN_DISTINCT):
            chosen.append(Place(turn, first, n, more(rng)))
    return chosen


def repeat(words, place):
    end = place.first + place.n
    return words[:end] + words[place.first:end] * place.more + words[end:]


def double_text(name, number):
    """Repeats passages in the transcript only."""
    def make(folder):
        rng, episode = random.Random(f"{SEED} {name} {number}"), EPISODES / name
        turns = transcripts.read_episode(episode)
        words = [turn.text.split() for turn in turns]
        places = spots(rng, words, PASSAGE_WORDS, lambda _: 1)
        for place in places:
            turns[place.turn] = turns[place.turn]._replace(text=" ".join(repeat(words[place.turn], place)))
        text = transcripts.write(folder / f"text-{name}-{number}.txt", turns)
        return Script(name, episode / f"{name}.mp3", text, places)
    return make


def spoken_turns(episode):
    """Returns the spoken words of each turn with their times, and whether all were spoken."""
    turns = {}
    for row in rows(episode / "transcript.tsv"):
        turns.setdefault(int(row["turn"]), []).append(row)
    return [[(row["written"], row["start_s"], row["end_s"]) if row["status"] == "said" else None for row in turns[k]]
            for k in sorted(turns)]


def splice(pcm, cuts):
    """Repeats cuts (from, until, copies), in samples, after themselves."""
    parts, at = [], 0
    for first, last, copies in sorted(cuts):
        parts += [pcm[edit.FRAME_BYTES * at:edit.FRAME_BYTES * last], pcm[edit.FRAME_BYTES * first:edit.FRAME_BYTES * last] * copies]
        at = last
    return b"".join([*parts, pcm[edit.FRAME_BYTES * at:]])


def double_sound(kind, n_words, times, number):
    """Repeats words in both the audio and the transcript."""
    def make(folder):
        rng, episode = random.Random(f"{SEED} {kind} {number}"), EPISODES / "conversation"
        turns, spoken = transcripts.read_episode(episode), spoken_turns(episode)
        usable = [[word[0] for word in words] if all(words) else [] for words in spoken]
        places = spots(rng, usable, n_words, lambda rng: rng.choice(times))
        cuts, shift = [], 0
        for place in sorted(places):
            said = spoken[place.turn][place.first:place.first + place.n]
            first, last = (round(RATE * float(said[k][column])) for k, column in ((0, 1), (-1, 2)))
            cuts.append((first, last, place.more))
        texts = {place.turn: " ".join(repeat(usable[place.turn], place)) for place in places}
        starts = [float(row["first"] or 0) for row in rows(episode / "turns.tsv")]
        for k, turn in enumerate(turns):
            shift = sum((last - first) * copies for first, last, copies in cuts if first < RATE * starts[k]) / RATE
            turns[k] = Turn(turn.speaker, int(starts[k] + shift), texts.get(k, turn.text))
        sound = folder / f"sound-{kind}-{number}.mp3"
        encode_mp3(splice(edit.decode_stereo(episode / "conversation.mp3"), cuts), sound, sound.stem)
        return Script(kind, sound, transcripts.write(sound.with_suffix(".txt"), turns), places)
    return make


def suspects(script):
    code, printed, messages = answer("drift", script.sound, script.text, "--json", "--no-cache", "-q")
    if code not in (0, 4):
        raise SystemExit(f"bench: soundbite drift {script.sound} {script.text}: exit {code}\n{messages}")
    return [suspect for suspect in json.loads(printed)["suspect"] if suspect["kind"] == "duplicate-text"]


def has_evidence(suspect):
    return suspect["audio_from"] is not None and suspect["speech"] is not None and suspect["needed"] is not None


def report_found(bench, name, scripts, found):
    places = [(script, place, [s for s in some if s["index"] == place.turn]) for script, some in zip(scripts, found)
              for place in script.places]
    n_found = sum(bool(some) for _, _, some in places)
    bench.share_at_least(f"{name}: passages that stand twice, found", n_found, len(places), FOUND_GOAL)
    bench.share_at_least(f"{name}: those found, with their evidence", sum(any(map(has_evidence, some)) for _, _, some in places),
                         n_found, 100)
    for script, place, some in places:
        if not some:
            bench.figure(f"  missed: {script.text.stem}, turn {place.turn}, words {place.first} to {place.first + place.n - 1}", "")


def report_true(bench, name, scripts, found):
    places = [(script, place) for script in scripts for place in script.places]
    accused = [(script, place) for script, some in zip(scripts, found) for place in script.places
               if any(suspect["index"] == place.turn for suspect in some)]
    bench.share_at_most(f"{name}: said twice, reported", len(accused), len(places), 0)
    for script, place in accused:
        bench.figure(f"  reported: {script.text.stem}, turn {place.turn}, words {place.first} to {place.first + place.n - 1}", "")


def measure(bench):
    folder, numbers = bench.folder("duplicates"), range(1 if bench.quick else N_SCRIPTS)
    groups = [(report_found, "conversation", [double_text("conversation", number) for number in numbers]),
              (report_true, "stammers", [double_sound("stammer", STAMMER_WORDS, STAMMER_TIMES, number) for number in numbers]),
              (report_true, "passages", [double_sound("passage", PASSAGE_WORDS, (1,), number) for number in numbers])]
    if not bench.quick:
        groups.insert(1, (report_found, "real voices", [double_text("real-voices", number) for number in numbers]))
    for report, name, makers in groups:
        scripts = [make(folder) for make in makers]
        report(bench, name, scripts, in_parallel(suspects, scripts))
