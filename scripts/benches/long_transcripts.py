"""Measures very long transcripts without audio: reading every form, finding a phrase and exporting captions from the four commonest,
and refusing lines of 50 MB that are no transcript."""

from workbench import SOUNDBITE, Workbench, usage

N_UNITS = 1_000_000
UNIT_MS, PAUSE_MS = 1700, 300
LINE_MB = 50
GOAL_READ_S, GOAL_READ_MB, GOAL_EXPORT_S, GOAL_LINE_S = 5, 500, 15, 1
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


def paren(i, start, _end):
    return f"Speaker {i % 2} ({clock(start, '.')[:-4]}):\n{text_of(i)}\n\n"


def lines(i, start, _end):
    return f"[{clock(start, '.')[:-4]}] Speaker {i % 2}: {text_of(i)}\n"


def plain(i, _start, _end):
    return f"Speaker {i % 2}: {text_of(i)}\n\n"


def tsv(i, start, end):
    return f"{start}\t{end}\t{text_of(i)}\n"


def csv(i, start, end):
    return f'{start / 1000:.3f},{end / 1000:.3f},Speaker {i % 2},"{text_of(i)}"\n'


def ctm(i, start, end):
    return f"show 1 {start / 1000:.2f} {(end - start) / 1000:.2f} word{i}\n"


def audacity(i, start, end):
    return f"{start / 1000:.6f}\t{end / 1000:.6f}\t{text_of(i)}\n"


def sbv(i, start, end):
    return f"{clock(start, '.')[1:]},{clock(end, '.')[1:]}\n{text_of(i)}\n\n"


def ass(i, start, end):
    return f"Dialogue: 0,{clock(start, '.')[1:-1]},{clock(end, '.')[1:-1]},Default,Speaker {i // 5 % 2},0,0,0,,{text_of(i)}\n"


def ttml(i, start, end):
    return f'<p begin="{clock(start, ".")}" end="{clock(end, ".")}">{text_of(i)}</p>\n'


def textgrid(i, start, end):
    return f'        intervals [{i + 1}]:\n            xmin = {start / 1000}\n            xmax = {end / 1000}\n            text = "{text_of(i)}"\n'


def segment(i, start, end):
    return f'{"," if i else ""}{{"id":{i},"start":{start / 1000},"end":{end / 1000},"text":" {text_of(i)}"}}'


def word(i, start, end):
    return f'{"," if i else ""}{{"word":"word{i}","start":{start / 1000},"end":{end / 1000},"confidence":0.9,"speaker":{i // 50 % 2}}}'


ASS_HEAD = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
GRID_HEAD = ('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 2000000\ntiers? <exists>\nsize = 1\nitem []:\n    item [1]:\n'
             f'        class = "IntervalTier"\n        name = "Ann"\n        xmin = 0\n        xmax = 2000000\n        intervals: size = {N_UNITS}\n')
# name: head, one unit, tail
USED_FORMS = {"srt": ("", srt, ""), "vtt": ("WEBVTT\n\n", vtt, ""), "json": ('{"version":"1.0.0","segments":[', podcast_json, "]}"), "text": ("", text, "")}
READ_FORMS = {
    "turns-paren": ("", paren, ""),
    "lines-timed": ("", lines, ""),
    "plain": ("", plain, ""),
    "whisper-tsv": ("start\tend\ttext\n", tsv, ""),
    "csv": ("Start,End,Speaker,Text\n", csv, ""),
    "ctm": ("", ctm, ""),
    "audacity": ("", audacity, ""),
    "sbv": ("", sbv, ""),
    "ass": (ASS_HEAD, ass, ""),
    "ttml": ('<tt xmlns="http://www.w3.org/ns/ttml"><body><div>\n', ttml, "</div></body></tt>"),
    "textgrid": (GRID_HEAD, textgrid, ""),
    "whisper-json": ('{"text":"","language":"en","segments":[', segment, "]}"),
    "deepgram-json": ('{"metadata":{"channels":1},"results":{"channels":[{"alternatives":[{"transcript":"","words":[', word, "]}]}]}}"),
}
LINES = {"letters": "a", "words": "word ", "brackets": "[", "tags": "<p>", "quotes": '"', "tabs": "\t", "JSON objects": '{"a":', "numbers": "1:02 ", "names": "Ann: "}


def write(path, form, n_units=N_UNITS):
    head, unit, tail = form
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for at in range(0, n_units, 10000):
            units = range(at, min(at + 10000, n_units))
            file.write("".join(unit(i, i * (UNIT_MS + PAUSE_MS), i * (UNIT_MS + PAUSE_MS) + UNIT_MS) for i in units))
        file.write(tail)


def measure_reading(bench, name, path):
    read = usage(SOUNDBITE, "info", path, "-q")
    bench.at_most(f"{name}: read {N_UNITS:,} units", read.wall_s, GOAL_READ_S, " s")
    bench.at_most(f"{name}: peak memory", read.peak_mb, GOAL_READ_MB, " MB", 0)


def measure(bench):
    folder = Workbench.folder("transcripts")
    path, out = folder / "long.txt", folder / "out"
    for name, form in USED_FORMS.items():
        write(path, form)
        measure_reading(bench, name, path)
        export = usage(SOUNDBITE, "export", path, "--to", "srt", "--force", "-q", "-o", out)
        bench.at_most(f"{name}: export --to srt", export.wall_s, GOAL_EXPORT_S, " s")
        find = usage(SOUNDBITE, "find", path, "--phrase", "nobody in the room", "--limit", "1", "-q")
        bench.at_most(f"{name}: find a phrase", find.wall_s, GOAL_EXPORT_S, " s")
    for name, form in READ_FORMS.items():
        write(path, form)
        measure_reading(bench, name, path)
    for name, piece in LINES.items():
        path.write_text(piece * (LINE_MB * 1_000_000 // len(piece)), encoding="utf-8")
        used = usage(SOUNDBITE, "info", path, "-q", any_exit=True)
        bench.at_most(f"a line of {LINE_MB} MB of {name}", used.wall_s, GOAL_LINE_S, " s")
    path.unlink()
    out.unlink()
