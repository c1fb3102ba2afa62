"""Compares another build of the program (--old PROGRAM), such as that of an earlier commit, with this one: processor time and peak
memory of the main commands, in turn, and the errors of alignments."""

import json

from truth import Errors, median_ms, n_within, read_turns
from workbench import EPISODES, FOLDER, SOUNDBITE, median, usage

N_PAIRS = 3
NEAR_S = 0.05
PHRASES = {"conversation": ("the", "mouse nests"), "real-voices": ("you", "weasels")}


def compare(bench, name, old, new):
    """Runs both commands in turn. The figures are medians."""
    pairs = [(usage(*old), usage(*new)) for _ in range(N_PAIRS)]
    seconds, megabytes = ([median([p[side].user_s + p[side].system_s for p in pairs]) for side in (0, 1)],
                          [median([p[side].peak_mb for p in pairs]) for side in (0, 1)])
    ratio = median([(p[1].user_s + p[1].system_s) / (p[0].user_s + p[0].system_s) for p in pairs])
    bench.figure(f"{name}: time, this / old ({seconds[1]:.2f} s, {seconds[0]:.2f} s)", f"{ratio:.2f} x")
    bench.figure(f"{name}: memory", f"{megabytes[1]:.0f} MB, old {megabytes[0]:.0f} MB")


def report_errors(bench, name, episode, files):
    truth = read_turns(episode)
    for who, file in zip(("old", "this"), files):
        errors = Errors(truth, json.loads(file.read_text(encoding="utf-8")))
        n = len(errors.starts)
        bench.figure(f"{name}, {who}: starts and ends within 50 ms; median of starts",
                     f"{n_within(errors.starts, NEAR_S)}, {n_within(errors.ends, NEAR_S)} of {n}; {median_ms(errors.starts):.1f} ms")


def measure_episode(bench, folder, old, episode):
    programs = (old, SOUNDBITE)
    sound, text = (episode / f"{episode.name}.{ending}" for ending in ("mp3", "txt"))
    for method in ("energy", "acoustic"):
        name = f"{episode.name}, align {method}"
        files = [folder / f"{episode.name}-{method}-{who}.json" for who in ("old", "this")]
        compare(bench, name, *((p, "align", sound, text, "--method", method, "--no-cache", "-q", "-f", "-o", f) for p, f in zip(programs, files)))
        report_errors(bench, name, episode, files)
    common, rare = PHRASES[episode.name]
    commands = {"find": ("find", "FILE", "--phrase", common), "export": ("export", "FILE", "--to", "srt"),
                "drift": ("drift", sound, "FILE", "--max-drift", "9s"),
                "clip": ("clip", sound, "FILE", "--phrase", rare, "--match", "1", "-f", "-o", folder / "clip.mp3")}
    for name, command in commands.items():
        compare(bench, f"{episode.name}, {name}",
                *([p, *(f if word == "FILE" else word for word in command), "-q"] for p, f in zip(programs, files)))


def measure(bench):
    if not bench.old:
        bench.figure("another build of the program", "left out: name it with --old PROGRAM")
        return
    folder = FOLDER / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    for name in PHRASES:
        measure_episode(bench, folder, bench.old, EPISODES / name)
