"""Measures what the sandbox costs when the program starts, in processor time: the shortest command, and a list of many files."""

from workbench import FOLDER, SOUNDBITE, answer, median, usage

N_RUNS, N_FILES = 200, 1000
TEXT = "Ann Lee [00:00:01]:\nWelcome to the show about bridges.\n"
GOAL_START_MS, GOAL_LIST_MS = 5, 50


def run_ms(command):
    used = usage(*command, any_exit=True)
    return 1000 * (used.user_s + used.system_s)


def extra_ms(n_runs, *command):
    """Returns the difference of the medians with and without the sandbox, which are measured in turn, and the one without."""
    times = {"on": [], "off": []}
    for _ in range(n_runs):
        for mode, taken in times.items():
            taken.append(run_ms([SOUNDBITE, *command, "--sandbox", mode]))
    return median(times["on"]) - median(times["off"]), median(times["off"])


def measure(bench):
    folder = FOLDER / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    transcript = folder / "talk.txt"
    transcript.write_text(TEXT)
    if answer("info", transcript, "--sandbox", "on")[0] != 0:
        bench.figure("sandbox", "not measured: this system has none")
        return
    runs = N_RUNS // 4 if bench.quick else N_RUNS
    extra, alone = extra_ms(runs, "find", transcript, "--phrase", "bridges")
    bench.at_most(f"sandbox, start of a command that takes {alone:.1f} ms", extra, GOAL_START_MS, " ms", 2)
    rows = ["audio,transcript,phrase"]
    for i in range(N_FILES):
        text = folder / f"{i}.txt"
        text.write_text(TEXT)
        rows.append(f"{i}.wav,{i}.txt,bridges")
    (folder / "list.csv").write_text("\n".join(rows) + "\n")
    extra, alone = extra_ms(max(runs // 10, 3), "batch", folder / "list.csv", "-o", folder / "clips", "--dry-run", "-q")
    bench.at_most(f"the same, a list of {N_FILES} files", extra, GOAL_LIST_MS, " ms", 2)
