"""Measures confidences on real speech: for words and turns by tenths of confidence, the share within 100 ms. Words are
compared with word tables. If a set has only stretches, their first start and last end are used."""

import difflib

import field_sets
from word_errors import SURE, SURE_WITHIN_S, normal, read_labels
from words import as_turns, label_files
from transcripts import Turn, write
from workbench import SHARED_DATA, align, in_parallel

GOAL = 98


class Curve:
    """Confidences, each with whether its time is right."""

    def __init__(self):
        self.points = []

    def add(self, confidence, *errors):
        if confidence is not None:
            self.points.append((confidence, max(map(abs, errors)) <= SURE_WITHIN_S))

    def report(self, bench, name):
        sure = [right for confidence, right in self.points if confidence > SURE]
        bench.share_at_least(f"{name}: of those with confidence > 0.9, within 100 ms", sum(sure), len(sure), GOAL)
        for tenth in range(10):
            own = [right for confidence, right in self.points if min(9, int(10 * confidence)) == tenth]
            if own:
                bench.share_at_least(f"  confidence {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", sum(own), len(own))


def placed(alignment):
    return [word for turn in alignment["turns"] for word in turn["words"]
            if word["start"] is not None and word["status"] != "not_heard" and normal(word["text"])]


def add_words(curve, alignment, labels):
    found, true = placed(alignment), [label for label in labels if normal(label[3])]
    matcher = difflib.SequenceMatcher(None, [normal(word["text"]) for word in found], [normal(label[3]) for label in true], autojunk=False)
    for i, j, n in matcher.get_matching_blocks():
        for word, label in zip(found[i:i + n], true[j:j + n]):
            curve.add(word["confidence"], word["start"] - label[0], word["end"] - label[1])


def add_edges(curve, field_set, alignment):
    """Returns the first and the last word of a stretch, each by its known edge."""
    for found, true in field_set.pair_turns(alignment):
        units = {}
        for word, unit in field_sets.words_in_units(found, true, field_set.units_of(true)):
            units.setdefault(unit, []).append(word)
        for unit, words in units.items():
            curve.add(words[0]["confidence"], words[0]["start"] - unit.start)
            curve.add(words[-1]["confidence"], words[-1]["end"] - unit.end)


def add_turns(curve, field_set, alignment):
    for found, true in field_set.pair_turns(alignment):
        if found["start"] is not None and found["status"] != "not_heard":
            curve.add(found["confidence"], found["start"] - true.start)


def align_labels(sound, labels, folder):
    return align(sound, write(folder / f"{sound.stem}.txt", as_turns(labels)), folder / f"{sound.stem}.json", "auto")


def align_meeting(sound, folder):
    turns = [Turn(speaker, int(start), text) for start, _, speaker, text in read_labels(sound.with_suffix(".turns.tsv"))]
    return align(sound, write(folder / f"{sound.stem}.txt", turns), folder / f"{sound.stem}.json", "auto")


def measure_sets(bench, name, sets, folder):
    words, edges, turns = Curve(), Curve(), Curve()
    alignments = in_parallel(lambda one: align(one.sound, one.text(), folder / f"{one.name}.json", "auto"), sets)
    for one, alignment in zip(sets, alignments):
        add_turns(turns, one, alignment)
        if one.words:
            add_words(words, alignment, one.words)
        else:
            add_edges(edges, one, alignment)
    if words.points:
        words.report(bench, f"{name}, words")
    edges.report(bench, f"{name}, words at the edges of stretches")
    turns.report(bench, f"{name}, turns")


def measure_labelled(bench, folder):
    sentences, meetings = SHARED_DATA / "emu-ae", SHARED_DATA / "ami"
    for data, pairs, make in ((sentences, label_files(sentences), lambda sound, labels: align_labels(sound, labels, folder)),
                              (meetings, [(sound, sound.with_suffix(".words.tsv")) for sound in sorted(meetings.glob("*.flac"))],
                               lambda sound, _: align_meeting(sound, folder))):
        if not pairs:
            bench.skipped(data.name, f"no ../shared/data/{data.name} beside the checkout")
            continue
        curve = Curve()
        for sound, table in pairs:
            labels = read_labels(table)
            add_words(curve, make(sound, labels), labels)
        curve.report(bench, f"{data.name}, words")


def measure(bench):
    folder = bench.folder("reliability")
    measure_sets(bench, "own sets", field_sets.read_all(field_sets.OWN), folder)
    given = field_sets.read_all(field_sets.GIVEN)
    if given:
        measure_sets(bench, "given sets", given, folder)
    else:
        bench.skipped("given sets", "no ../shared/data/field beside the checkout")
    measure_labelled(bench, folder)
