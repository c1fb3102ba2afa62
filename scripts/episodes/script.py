"""Reads fixtures/conversation/script.txt. Its README describes the notation."""

import re

TURN = re.compile(r"(?:(?P<name>[^|&]+?) \| |& )(?P<voice>\w+) \+(?P<gap>[\d.]+): (?P<text>.+)")
PAUSE = re.compile(r"\((\d+(?:\.\d+)?)\)")
TOKEN = re.compile(r"\{(?P<said>[^|}]*)\|(?P<written>[^}]*)\}(?P<tail>\S*)|(?P<word>\S+)")


class Group:
    """Words that are said together and their spelling in the transcript; usually one word that is the same in both."""

    def __init__(self, said, written):
        self.said, self.written = said, written


class Piece:
    """Words that one voice says without a pause, after a silence of `gap` seconds."""

    def __init__(self, voice, gap, groups):
        self.voice, self.gap, self.groups = voice, gap, groups

    @property
    def words(self):
        return [word for group in self.groups for word in group.said]


class Turn:
    def __init__(self, name):
        self.name, self.pieces = name, []

    @property
    def text(self):
        return " ".join(word for piece in self.pieces for group in piece.groups for word in group.written)


def with_tail(words, tail):
    return words[:-1] + [words[-1] + tail] if words else words


def read_groups(text):
    for match in TOKEN.finditer(text):
        if match["word"]:
            yield Group([match["word"]], [match["word"]])
        else:
            yield Group(with_tail(match["said"].split(), match["tail"]), with_tail(match["written"].split(), match["tail"]))


def read_pieces(voice, gap, text):
    """Attaches a passage that is written but not said to the piece before it."""
    parts = PAUSE.split(text)
    for gap, part in zip([gap, *map(float, parts[1::2])], parts[0::2]):
        yield Piece(voice, gap, list(read_groups(part)))


def read_script(path):
    turns = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = TURN.fullmatch(line)
        if not match:
            raise SystemExit(f"{path}:{number}: not a turn; see README.md beside it")
        if match["name"]:
            turns.append(Turn(None if match["name"] == "-" else match["name"]))
        turns[-1].pieces += read_pieces(match["voice"], float(match["gap"]), match["text"])
    return turns
