"""Measures word edges at pauses against hand labels: the size and the direction of the errors."""

import field_sets
from word_errors import WordErrors, placed_words, read_labels, true_words
from words import label_files, measure_set
from workbench import SHARED_DATA, align

GOAL_MS = 20
SETS = ("michael", "minis-other")


def report(bench, name, errors):
    both = errors.after_pause + errors.before_pause
    if not both:
        bench.skipped(name, "no word beside a pause was placed")
        return
    bench.at_most(f"{name}: word edges beside pauses, mean error", 1000 * sum(map(abs, both)) / len(both), GOAL_MS, " ms", 1)
    for side, own in (("starts after", errors.after_pause), ("ends before", errors.before_pause)):
        if own:
            mean, offset = (1000 * sum(values) / len(own) for values in (map(abs, own), own))
            bench.figure(f"{name}: {side} a pause, mean error; mean of early (-) and late", f"{mean:.1f} ms; {offset:+.1f} ms ({len(own)})")


def field_errors(field_set, folder):
    alignment = align(field_set.sound, field_set.text(), folder / f"{field_set.name}.json", "auto")
    return WordErrors().add(placed_words(alignment), true_words(read_labels(field_set.folder / "words.tsv")))


def pooled(tallies):
    whole = WordErrors()
    for tally in tallies:
        whole.after_pause += tally.after_pause
        whole.before_pause += tally.before_pause
    return whole


def measure(bench):
    folder, found, sentences = bench.folder("pauses"), {}, SHARED_DATA / "emu-ae"
    if sentences.is_dir():
        found["emu-ae"] = measure_set(label_files(sentences), folder)
    for name in SETS:
        field_set = field_sets.named(name)
        if field_set:
            found[name] = field_errors(field_set, folder)
    for name, errors in found.items():
        report(bench, name, errors)
    if found:
        report(bench, "all", pooled(found.values()))
    else:
        bench.skipped("pauses", "no ../shared/data beside the checkout")
