"""Compares another build of the program (--old PROGRAM), such as that of an earlier commit, with this one: processor time and peak
memory of the main commands, in turn, and the errors of alignments."""

import json

from truth import Errors, median_ms, n_within, read_turns
from workbench import EPISODES, SOUNDBITE, median, usage

N_PAIRS = 3
NEAR_S = 0.05
NOISE = 1.05  # a build against itself took up to 1.04 times as long
PHRASES = {"conversation": ("the", "mouse nests"), "real-voices": ("you", "weasels")}


def compare(bench, name, old, new):
    """Runs both commands in turn. The figures are medians."""
    pairs = [(usage(*old), usage(*new)) for _ in range(N_PAIRS)]
    seconds, megabytes = ([median([p[side].user_s + p[side].system_s for p in pairs]) for side in (0, 1)],
                          [median([p[side].peak_mb for p in pairs]) for side in (0, 1)])
    ratio = median([(p[1].user_s + p[1].system_s) / (p[0].user_s + p[0].system_s) for p in pairs])
    bench.at_most(f"{name}: time, this / old ({seconds[1]:.2f} s, {seconds[0]:.2f} s)", ratio, NOISE, " x")
    bench.at_most(f"{name}: memory", round(megabytes[1]), round(megabytes[0]), " MB", 0)


def report_errors(bench, name, episode, files):
    truth = read_turns(episode)
    old, this = (Errors(truth, json.loads(file.read_text(encoding="utf-8"))) for file in files)
    for what in ("starts", "ends"):
        n_old, n_this = (n_within(getattr(errors, what), NEAR_S) for errors in (old, this))
        bench.figure(f"{name}: {what} within 50 ms", f"{n_this} of {len(truth)}", f">= {n_old}", n_this >= n_old)
    bench.at_most(f"{name}: starts, median error", round(median_ms(this.starts), 1), round(median_ms(old.starts), 1), " ms", 1)


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
    folder = bench.folder("versions")
    for name in PHRASES:
        measure_episode(bench, folder, bench.old, EPISODES / name)
