"""Measures real meetings with overlapping speech: DIR/*.flac with *.turns.tsv and *.words.tsv (start s, end s, speaker, text)."""

import transcripts
from transcripts import Turn
from truth import n_within
from word_errors import WordErrors, normal, placed_words, read_labels, report_row, true_words
from workbench import SHARED_DATA, align, in_parallel, median

GOAL_MS = 50
NEAR_S, NEAR_GOAL, UNHEARD_GOAL = 0.1, 90, 4


def recordings(folder):
    """Yields (audio, turns, words), the last two as labels."""
    for sound in sorted(folder.glob("*.flac")):
        yield sound, read_labels(sound.with_suffix(".turns.tsv")), read_labels(sound.with_suffix(".words.tsv"))


def is_clear(turn, turns):
    """Returns true if nobody else speaks at the start of the turn."""
    return not any(other[0] <= turn[0] < other[1] and other[2] != turn[2] for other in turns)


def first_word(turn, words):
    """Returns the start of the turn's first word. Turn labels start with a breath or a margin."""
    own = [start for start, end, speaker, _ in words if speaker == turn[2] and turn[0] <= (start + end) / 2 <= turn[1]]
    return min(own, default=None)


def align_turns(sound, turns, folder, stamped):
    written = [Turn(speaker, int(start), text) for start, _, speaker, text in turns]
    text = folder / f"{sound.stem}.{'txt' if stamped else 'json'}"
    text = transcripts.write(text, written) if stamped else transcripts.write_bare(text, written)
    return align(sound, text, folder / f"{sound.stem}-{'stamped' if stamped else 'bare'}-alignment.json", "acoustic")


def turn_errors(found, turns, true_start):
    """Returns the errors of (clear starts, overlapping starts). A turn that was not placed has an infinite error. A turn
    without truth is left out."""
    sides = ([], [])
    for turn, placed in zip(turns, found["turns"]):
        true = true_start(turn)
        if true is not None:
            sides[not is_clear(turn, turns)].append(float("inf") if placed["start"] is None else placed["start"] - true)
    return sides


def report_turns(bench, name, errors, goal=None):
    if not errors:
        return
    middle = 1000 * median([abs(error) for error in errors])
    if goal:
        bench.at_most(f"{name}, median error", middle, goal, " ms", 1)
    else:
        bench.figure(f"{name}, median error", f"{middle:.1f} ms")
    bench.figure(f"{name}, within 50, 200 ms", f"{n_within(errors, 0.05)}, {n_within(errors, 0.2)} of {len(errors)}")


def overlaps(word, words):
    return any(other[0] < word[1] and word[0] < other[1] and other[2] != word[2] for other in words)


def report_words(bench, name, meetings, alignments):
    """Measures both edges of words without overlap, and counts words that were said but are not_heard."""
    n_near = n_edges = n_unheard = n_words = 0
    for (_, _, words), found in zip(meetings, alignments):
        labels = [label for label in words if normal(label[3])]
        for place, start, end in WordErrors().add(placed_words(found), true_words(words)).placed:
            if not overlaps(labels[place], labels):
                n_near += (abs(start) <= NEAR_S) + (abs(end) <= NEAR_S)
                n_edges += 2
        written = [word for turn in found["turns"] for word in turn["words"] if normal(word["text"])]
        n_words += len(written)
        n_unheard += sum(word["status"] == "not_heard" for word in written)
    stamped = name == "stamped"
    bench.share_at_least(f"{name}, words that do not overlap, edges within 100 ms", n_near, n_edges, NEAR_GOAL if stamped else None)
    bench.share_at_most(f"{name}, words said but not_heard", n_unheard, n_words, UNHEARD_GOAL if stamped else None)


def measure_with(bench, name, meetings, alignments):
    truths = {"first words": lambda words: lambda turn: first_word(turn, words), "hand": lambda _: lambda turn: turn[0]}
    for against, make in truths.items():
        clear, overlapping = [], []
        for (_, turns, words), found in zip(meetings, alignments):
            both = turn_errors(found, turns, make(words))
            clear += both[0]
            overlapping += both[1]
        goal = GOAL_MS if name == "stamped" and against == "first words" else None
        report_turns(bench, f"{name}, clear starts by the {against}", clear, goal)
        report_turns(bench, f"{name}, overlapping starts by the {against}", overlapping)
    errors = WordErrors()
    for (_, _, words), found in zip(meetings, alignments):
        errors.add(placed_words(found), true_words(words))
    report_row(bench, f"{name}, words by a forced alignment", errors)
    report_words(bench, name, meetings, alignments)


def measure(bench):
    data = bench.meetings or SHARED_DATA / "ami"
    meetings = list(recordings(data)) if data.is_dir() else []
    if not meetings:
        bench.skipped("meetings", "no ../shared/data/ami beside the checkout; --meetings DIR names another folder")
        return
    folder = bench.folder("meetings")
    for name, stamped in (("stamped", True), ("without stamps", False)):
        alignments = in_parallel(lambda meeting, stamped=stamped: align_turns(*meeting[:2], folder, stamped), meetings)
        measure_with(bench, name, meetings, alignments)
