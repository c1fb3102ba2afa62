"""Measures the time and the memory to read very long transcripts in the forms that long_transcripts.py leaves out, and lines of 50 MB
that are no transcript."""

from long_transcripts import clock
from workbench import SOUNDBITE, Workbench, usage

N_CUES = 1_000_000
LINE_MB = 50
GOAL_S, GOAL_MB, GOAL_LINE_S = 5, 500, 1


def text_of(i):
    return f"Cue {i} says so" + ("." if i % 3 == 0 else "")


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
             f'        class = "IntervalTier"\n        name = "Ann"\n        xmin = 0\n        xmax = 2000000\n        intervals: size = {N_CUES}\n')
# name: head, one cue, tail
FORMS = {
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


def write_long(path, form):
    head, cue, tail = form
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for at in range(0, N_CUES, 10000):
            file.write("".join(cue(i, i * 2000, i * 2000 + 1700) for i in range(at, at + 10000)))
        file.write(tail)


def measure(bench):
    folder = Workbench.folder("sizes")
    path = folder / "long.txt"
    for name, form in FORMS.items():
        write_long(path, form)
        used = usage(SOUNDBITE, "info", path, "-q")
        bench.at_most(f"{name}: {N_CUES:,} cues", used.wall_s, GOAL_S, " s")
        bench.at_most(f"{name}: peak memory", used.peak_mb, GOAL_MB, " MB", 0)
    for name, piece in LINES.items():
        path.write_text(piece * (LINE_MB * 1_000_000 // len(piece)), encoding="utf-8")
        used = usage(SOUNDBITE, "info", path, "-q", any_exit=True)
        bench.at_most(f"a line of {LINE_MB} MB of {name}", used.wall_s, GOAL_LINE_S, " s")
    path.unlink()
