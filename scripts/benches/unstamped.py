"""Compares both episodes with and without timestamps: turns of the real voices, words of the conversation."""

import transcripts
from truth import Errors, median_ms, n_within, read_turns
from word_errors import WordErrors, placed_words, read_labels, report_row, true_words
from workbench import EPISODES, align, in_parallel

ENGLISH = ("Nora Whitfield", "Edmund Hale")
STARTS_GOAL = 99


def align_both(folder, name):
    """Returns the alignments with and without timestamps."""
    episode = EPISODES / name
    bare = transcripts.write_bare(folder / f"{name}.json", transcripts.read_episode(episode))
    texts = {"with": episode / f"{name}.txt", "without": bare}
    outs = [folder / f"{name}-{kind}.json" for kind in texts]
    found = in_parallel(lambda text, out: align(episode / f"{name}.mp3", text, out, "acoustic"), texts.values(), outs)
    return dict(zip(texts, found))


def report_turns(bench, name, turns, alignment, goal=None):
    starts = Errors(turns, alignment).starts
    bench.share_at_least(f"{name}: starts within 50 ms", n_within(starts, 0.05), len(starts), goal)
    bench.figure(f"{name}: starts, median error", f"{median_ms(starts):.1f} ms")


def measure_voices(bench, folder):
    turns = read_turns(EPISODES / "real-voices")
    english = [turn for turn in turns if turn.speaker in ENGLISH]
    for kind, alignment in align_both(folder, "real-voices").items():
        report_turns(bench, f"real voices, English, {kind} stamps", english, alignment, STARTS_GOAL)
        report_turns(bench, f"real voices, all, {kind} stamps", turns, alignment)


def measure_conversation(bench, folder):
    episode = EPISODES / "conversation"
    true, turns = true_words(read_labels(episode / "words.tsv")), read_turns(episode)
    medians = {}
    for kind, alignment in align_both(folder, "conversation").items():
        errors = WordErrors().add(placed_words(alignment), true)
        medians[kind] = errors.median_ms
        report_row(bench, f"conversation, words, {kind} stamps", errors)
        report_turns(bench, f"conversation, {kind} stamps", turns, alignment)
    bench.at_most("conversation, words: median without stamps less that with them", medians["without"] - medians["with"], 1, " ms", 1)


def measure(bench):
    folder = bench.folder("unstamped")
    measure_conversation(bench, folder)
    if not bench.quick:
        measure_voices(bench, folder)
