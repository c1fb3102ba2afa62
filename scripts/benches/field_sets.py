"""Field sets: recordings of real people with their truth, made by make-field or from elsewhere. turns.tsv, units.tsv
(stretches inside a turn) and words.tsv: start s, end s, speaker, text; silence.tsv: start s, end s. Units and words are
optional."""

import difflib
import json
import unicodedata
from collections import namedtuple
from functools import cached_property

from word_errors import read_labels
from workbench import SHARED_DATA, SOURCE_DIR

OWN, GIVEN = SOURCE_DIR / "build" / "field", SHARED_DATA / "field"
UNIT_MARGIN_S = 0.06

Label = namedtuple("Label", "start end speaker text")


def key(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def letters(text):
    return "".join(text.split())


class FieldSet:
    def __init__(self, folder):
        self.folder, self.name = folder, folder.name
        self.meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))

    def labels(self, table):
        path = self.folder / table
        return [Label(*row) for row in read_labels(path)] if path.exists() else []

    @cached_property
    def turns(self):
        return self.labels("turns.tsv")

    @cached_property
    def words(self):
        return self.labels("words.tsv")

    @cached_property
    def units(self):
        return self.labels("units.tsv") or self.turns

    @property
    def sound(self):
        return next(path for path in sorted(self.folder.glob("audio.*")))

    @property
    def length_s(self):
        return self.meta["seconds"]

    def text(self, kind="transcript.txt"):
        return self.folder / kind

    def units_of(self, turn):
        """Returns the units of a turn in order; units of another turn may be between them. Returns the whole turn if its text
        differs."""
        found, rest = [], letters(turn.text)
        for unit in self.units:
            inside = unit.start >= turn.start - UNIT_MARGIN_S and unit.end <= turn.end + UNIT_MARGIN_S
            if inside and unit.speaker == turn.speaker and rest.startswith(letters(unit.text)):
                found.append(unit)
                rest = rest[len(letters(unit.text)):]
        return [turn] if rest or not found else found

    def pair_turns(self, alignment):
        """Returns pairs (found, true), by index, or by text if turns were joined or left out."""
        found, true = alignment["turns"], self.turns
        if len(found) == len(true):
            return list(zip(found, true))
        matcher = difflib.SequenceMatcher(None, [key(turn["text"]) for turn in found], [key(turn.text) for turn in true], autojunk=False)
        return [(found[i + k], true[j + k]) for i, j, n in matcher.get_matching_blocks() for k in range(n)]


def read_all(folder):
    return [FieldSet(path.parent) for path in sorted(folder.glob("*/meta.json"))]


def named(name):
    """Returns the set with this name, or None."""
    return next((one for folder in (OWN, GIVEN) for one in read_all(folder) if one.name == name), None)


def words_in_units(found, true, units):
    """Yields (word, its unit) for each word that was placed. The middle letter decides the unit."""
    ends, at = [], 0
    for unit in units:
        at += len(letters(unit.text))
        ends.append(at)
    at = 0
    for word in found["words"]:
        middle = at + len(letters(word["text"])) / 2
        at += len(letters(word["text"]))
        if word["start"] is not None and word["status"] != "not_heard" and key(word["text"]):
            yield word, units[min(len(units) - 1, sum(end <= middle for end in ends))]
