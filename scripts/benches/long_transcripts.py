"""Measures what is made from very long transcripts without audio: reading, finding a phrase, exporting captions."""

from workbench import FOLDER, SOUNDBITE, usage

N_UNITS = 1_000_000
UNIT_MS, PAUSE_MS = 1700, 300
GOAL_READ_S, GOAL_READ_MB, GOAL_EXPORT_S = 5, 500, 15
WORDS = "the kettle was on and nobody in the room had said a word about why boats need a keel or where bread comes from".split()


def clock(ms, point):
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def text_of(i):
    first = i * 7 % len(WORDS)
    return " ".join((WORDS + WORDS)[first : first + 4 + i % 7])


def srt(i, start, end):
    return f"{i + 1}\n{clock(start, ',')} --> {clock(end, ',')}\n{text_of(i)}\n\n"


def vtt(i, start, end):
    return f"{clock(start, '.')} --> {clock(end, '.')}\n<v Speaker {i // 5 % 2}>{text_of(i)}</v>\n\n"


def podcast_json(i, start, end):
    comma = "," if i else ""
    return f'{comma}{{"speaker":"Speaker {i // 5 % 2}","startTime":{start / 1000},"endTime":{end / 1000},"body":"{text_of(i)}"}}\n'


def text(i, start, _end):
    return f"Speaker {i % 2} [{clock(start, '.')[:-4]}]:\n{text_of(i)}\n"


FORMS = {"srt": ("", srt, ""), "vtt": ("WEBVTT\n\n", vtt, ""), "json": ('{"version":"1.0.0","segments":[', podcast_json, "]}"), "text": ("", text, "")}


def write(path, form):
    head, unit, tail = form
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for at in range(0, N_UNITS, 10000):
            units = range(at, at + 10000)
            file.write("".join(unit(i, i * (UNIT_MS + PAUSE_MS), i * (UNIT_MS + PAUSE_MS) + UNIT_MS) for i in units))
        file.write(tail)
    return path


def measure(bench):
    folder = FOLDER / "transcripts"
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / "out"
    for name, form in FORMS.items():
        path = write(folder / f"long.{name}", form)
        read = usage(SOUNDBITE, "info", path, "-q")
        bench.at_most(f"{name}: read {N_UNITS:,} units", read.wall_s, GOAL_READ_S, " s")
        bench.at_most(f"{name}: peak memory", read.peak_mb, GOAL_READ_MB, " MB", 0)
        export = usage(SOUNDBITE, "export", path, "--to", "srt", "--force", "-q", "-o", out)
        bench.at_most(f"{name}: export --to srt", export.wall_s, GOAL_EXPORT_S, " s")
        find = usage(SOUNDBITE, "find", path, "--phrase", "nobody in the room", "--limit", "1", "-q")
        bench.at_most(f"{name}: find a phrase", find.wall_s, GOAL_EXPORT_S, " s")
        path.unlink()
    out.unlink()
