"""Measures whether a speaker is recognised in another recording, or in another part of the same one with another encoding."""

import math

import field_sets
from workbench import FOLDER, ffmpeg, in_parallel, is_fresh, run, soundbite

PROGRAM = FOLDER / "release" / "tests" / "bench_voices"
LEAST_S, SAME, CLEARLY = 16, 0.2, 1.5
ENCODINGS = [("mp3", ("-c:a", "libmp3lame", "-b:a", "64k", "-ar", 44100)), ("opus", ("-c:a", "libopus", "-b:a", "24k", "-ar", 48000)),
             ("m4a", ("-c:a", "aac", "-b:a", "96k", "-ar", 48000))]
# One reader per language in both families of sets, and the same man, healthy and ill.
FAMILIES = ("phrases", "sentences")


def stamp(seconds):
    whole = int(seconds)
    return f"[{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}]"


def person(field_set, speaker):
    family, _, rest = field_set.name.partition("-")
    if family in FAMILIES:
        return f"reader {rest}"
    return "michael" if field_set.name == "michael" else f"{field_set.name} {speaker}"


def parts(field_set):
    """Returns lists of turns. A recording is halved unless another one has its speakers."""
    turns = sorted(field_set.turns, key=lambda turn: turn.start)
    if field_set.name.startswith(FAMILIES) or len(turns) < 4:
        return [turns]
    return [turns[:len(turns) // 2], turns[len(turns) // 2:]]


def prepare(folder, number, field_set, turns):
    extension, arguments = ENCODINGS[number % len(ENCODINGS)]
    begin, end = max(0, turns[0].start - 0.3), turns[-1].end + 0.3
    audio, text, alignment = (folder / f"{number}.{kind}" for kind in (extension, "txt", "json"))
    if not is_fresh(audio, field_set.sound):
        ffmpeg("-i", field_set.sound, "-ss", begin, "-to", end, "-ac", 1, *arguments, audio)
    text.write_text("".join(f"{turn.speaker} {stamp(turn.start - begin)}:\n{turn.text}\n\n" for turn in turns), encoding="utf-8")
    soundbite("align", audio, text, "-q", "-f", "--allow-mismatch", "-o", alignment, allowed=(0, 4, 6))
    return audio, alignment


def distances(files, people):
    """Returns {voice: [(distance, other voice)]}; a voice is (file, speaker)."""
    found = {}
    for line in run(PROGRAM, *(path for pair in files for path in pair), capture_output=True, text=True).stdout.splitlines():
        a, b, first, second, distance = line.split("\t")
        x, y = (int(a), first), (int(b), second)
        found.setdefault(x, []).append((float(distance), y))
        found.setdefault(y, []).append((float(distance), x))
    return {voice: others for voice, others in found.items() if voice in people}


def measure(bench):
    folder, jobs, people = bench.folder("voices"), [], {}
    sets = [s for s in field_sets.read_all(field_sets.OWN) + field_sets.read_all(field_sets.GIVEN) if s.name != "sentences-mixed" and sum(t.end - t.start for t in s.turns) >= LEAST_S]
    for field_set in sets:
        for turns in parts(field_set):
            people.update({(len(jobs), turn.speaker): person(field_set, turn.speaker) for turn in turns})
            jobs.append((folder, len(jobs), field_set, turns))
    files = in_parallel(prepare, *zip(*jobs))
    voices = distances(files, people)
    n_known = n_right = n_same = n_found = n_false = n_strange = 0
    for voice, others in voices.items():
        known = [(distance, people[other]) for distance, other in others if other in people]
        for is_stranger in (False, True):
            left = [row for row in known if not is_stranger or row[1] != people[voice]]
            if not left or (not is_stranger and all(name != people[voice] for _, name in left)):
                continue
            distance, name = min(left)
            second = min((d for d, other in left if other != name), default=math.inf)
            is_sure = distance < SAME and second >= CLEARLY * distance
            if is_stranger:
                n_strange += 1
                n_false += is_sure
            else:
                n_known += 1
                n_right += name == people[voice]
                n_found += is_sure and name == people[voice]
                n_same += is_sure and name != people[voice]
    bench.share_at_least("speakers whose nearest voice is theirs", n_right, n_known)
    bench.share_at_least("speakers that are suggested", n_found, n_known)
    bench.share_at_most("speakers that are suggested as another", n_same, n_known, 1)
    bench.share_at_most("speakers without another recording that are suggested as somebody", n_false, n_strange, 1)
