"""Field sets: recordings of real people with their truth, those that make-field makes and those beside the checkout.

turns.tsv and units.tsv (stretches inside a turn), words.tsv: start s, end s, speaker, text; silence.tsv: start s, end s. A set
without units or words has no such table."""

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
        """The turn's own, in order; another turn's may lie between them. The whole turn where its text is not theirs."""
        found, rest = [], letters(turn.text)
        for unit in self.units:
            inside = unit.start >= turn.start - UNIT_MARGIN_S and unit.end <= turn.end + UNIT_MARGIN_S
            if inside and unit.speaker == turn.speaker and rest.startswith(letters(unit.text)):
                found.append(unit)
                rest = rest[len(letters(unit.text)):]
        return [turn] if rest or not found else found

    def pair_turns(self, alignment):
        """(found, true), by their place, or by their texts where some were joined or left out."""
        found, true = alignment["turns"], self.turns
        if len(found) == len(true):
            return list(zip(found, true))
        matcher = difflib.SequenceMatcher(None, [key(turn["text"]) for turn in found], [key(turn.text) for turn in true], autojunk=False)
        return [(found[i + k], true[j + k]) for i, j, n in matcher.get_matching_blocks() for k in range(n)]


def read_all(folder):
    return [FieldSet(path.parent) for path in sorted(folder.glob("*/meta.json"))]


def named(name):
    """A set by its name, or None."""
    return next((one for folder in (OWN, GIVEN) for one in read_all(folder) if one.name == name), None)


def words_in_units(found, true, units):
    """(word, its unit) of each word that was placed: its middle letter tells which unit it belongs to."""
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
