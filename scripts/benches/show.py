"""Pairs the audio of a show with its transcripts: by names of every kind, and by content alone. A wrong pair must never be made."""

import json
import random
import shutil

import field_sets
import transcripts
from workbench import SOUNDBITE, answer, ffmpeg, is_fresh, usage

SEED, N_PIECES, N_QUICK = 14, 100, 20
PIECE_S, LEAST_S, LEAST_WORDS = 30, 15, 25
NAMES = (("ep12.mp3", "12 - Imposter syndrome.srt"), ("Ep. 013 - Maps.mp3", "Ep. 013 transcript.txt"),
         ("Show S02E05.mp3", "show 2x05 final.vtt"), ("2024-05-01 News.mp3", "news_20240501_edited.txt"),
         ("The Deep Ocean (master).mp3", "deep ocean.txt"), ("bonus/audio.mp3", "bonus/transcript.txt"),
         ("Größe.mp3", "GROSSE.srt"), ("audio/interview 7.mp3", "text/interview 07.txt"))


def pieces_of(field_set):
    """Yields (start, length, turns) of stretches that follow each other and hold whole turns."""
    turns, rest = [], [turn for turn in field_set.turns if turn.text]
    for turn in rest:
        if turns and turn.end - turns[0].start > PIECE_S:
            yield turns
            turns = []
        turns.append(turn)
    if turns:
        yield turns


def is_long_enough(turns):
    return turns[-1].end - turns[0].start >= LEAST_S and sum(len(turn.text.split()) for turn in turns) >= LEAST_WORDS


def cut_pieces(folder, n):
    """Returns the number of pieces and for each its audio and transcript; names say nothing."""
    sets = field_sets.read_all(field_sets.OWN) + field_sets.read_all(field_sets.GIVEN)
    all_pieces = [(one, turns) for one in sets for turns in pieces_of(one) if is_long_enough(turns)]
    rng = random.Random(SEED)
    rng.shuffle(all_pieces)
    chosen, truth = all_pieces[:n], {}
    audio_names, text_names = rng.sample(range(10000, 99999), len(chosen)), rng.sample(range(10000, 99999), len(chosen))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cache = folder.parent / "pieces"
    cache.mkdir(exist_ok=True)
    for (one, turns), audio_name, text_name in zip(chosen, audio_names, text_names):
        first, last = max(0, turns[0].start - 0.3), turns[-1].end + 0.3
        kept = cache / f"{one.name}-{first:.2f}-{last:.2f}.flac"
        if not is_fresh(kept, one.sound):
            ffmpeg("-i", one.sound, "-ss", f"{first:.3f}", "-t", f"{last - first:.3f}", kept)
        sound, text = folder / f"q{letters(audio_name)}.flac", folder / f"z{letters(text_name)}.txt"
        shutil.copy(kept, sound)
        transcripts.write(text, [transcripts.Turn(turn.speaker, int(turn.start - first), turn.text) for turn in turns])
        truth[str(sound)] = (str(text), one.name)
    return truth


def letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def pairs_of(folder):
    code, printed, messages = answer("info", folder, "--json", "-q")
    if code not in (0, 3):
        raise SystemExit(f"bench: soundbite info {folder}: exit {code}\n{messages}")
    return json.loads(printed)["episodes"]


def measure_names(bench):
    folder = bench.folder("show") / "names"
    shutil.rmtree(folder, ignore_errors=True)
    for audio, text in NAMES:
        for path in (folder / audio, folder / text):
            path.parent.mkdir(parents=True, exist_ok=True)
        ffmpeg("-f", "lavfi", "-i", "anoisesrc=duration=1", "-b:a", "32k", "file:" + str(folder / audio))
        (folder / text).write_text("ANNA: hello there\n", encoding="utf-8")
    found = {(e["audio"], e["transcript"]) for e in pairs_of(folder) if e["status"] == "paired"}
    right = sum((str(folder / audio), str(folder / text)) in found for audio, text in NAMES)
    bench.share_at_least("episodes with mixed names that are paired", right, len(NAMES), 100)


def measure_content(bench):
    folder = bench.folder("show") / "shuffled"
    truth = cut_pieces(folder, N_QUICK if bench.quick else N_PIECES)
    episodes = [e for e in pairs_of(folder) if e["audio"]]
    paired = [e for e in episodes if e["status"] == "paired"]
    right = [e for e in paired if truth[e["audio"]][0] == e["transcript"]]
    wrong = [e for e in paired if truth[e["audio"]][0] != e["transcript"]]
    bench.share_at_least("by content: pieces paired rightly", len(right), len(truth), 99)
    bench.share_at_most("by content: pieces paired wrongly", len(wrong), len(truth), 0)
    for e in episodes:
        if e not in right:
            bench.figure(f"  {truth[e['audio']][1]}", f"{e['status']}: {e['reason'] or e['transcript']}")
    used = usage(SOUNDBITE, "info", folder, "-q")
    total = used.user_s + used.system_s
    bench.figure("by content: processor time; on the clock; peak", f"{total:.1f} s; {used.wall_s:.1f} s; {used.peak_mb:.0f} MB")
    bench.figure("by content: processor time per tried pair", f"{1000 * total / len(truth) ** 2:.2f} ms")


def measure(bench):
    measure_names(bench)
    measure_content(bench)
