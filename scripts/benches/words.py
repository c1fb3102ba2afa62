"""Measures word edges against hand labels and the synthesiser's times, compared with other aligners."""

import subprocess

import transcripts
from transcripts import Turn
from word_errors import Word, WordErrors, normal, placed_words, read_labels, report_confidence, report_pauses, report_row, true_words
from workbench import EPISODES, POCKETSPHINX, SHARED_DATA, align, ffmpeg, in_parallel

AENEAS = "turn starts: median 980 ms, 24 % <= 50 ms; 29 s, 2.4 GB"  # 65 min on 2 cores, measured earlier, because it does not install here
EMU_GOALS = {"mean": 15, "median": 7}
READ_GOALS = {"mean": 11, "median": 5, 20: 87, 50: 96.5, "worst": 250}
CONVERSATION_GOALS = {"median": 15, "worst": 500}
PER_RUN = 100  # files per process of pocketsphinx
MARGIN_S = 0.1


def label_files(folder):
    """Yields (audio, its table) of every recording in a folder of labelled audio."""
    pairs = [(sound, sound.with_suffix(".words.tsv")) for sound in sorted(folder.glob("*.wav"))]
    return [(sound, labels) for sound, labels in pairs if labels.exists()]


def sets(bench):
    folders = dict.fromkeys(folder.resolve() for folder in (*bench.words, SHARED_DATA / "emu-ae"))
    return [folder for folder in folders if label_files(folder)]


def as_turns(labels):
    """Makes a turn of each run of words of one speaker, with timestamps in whole seconds."""
    turns = []
    for start, _, speaker, word in labels:
        if turns and turns[-1].speaker == speaker:
            turns[-1] = turns[-1]._replace(text=f"{turns[-1].text} {word}")
        else:
            turns.append(Turn(speaker, int(start) if turns else 0, word))
    return turns


def measure_set(pairs, folder, method="acoustic", stamped=True):
    """Returns the errors over all recordings (audio, table). One transcript is made from each table."""
    def one(pair):
        sound, table = pair
        turns = as_turns(read_labels(table))
        name = f"{sound.stem}-{method}"
        text = transcripts.write(folder / f"{name}.txt", turns) if stamped else transcripts.write_bare(folder / f"{name}.json", turns)
        return align(sound, text, folder / f"{name}-alignment.json", method)
    errors = WordErrors()
    for (_, table), alignment in zip(pairs, in_parallel(one, pairs)):
        errors.add(placed_words(alignment), true_words(read_labels(table)))
    return errors


def plain_pocketsphinx(pairs):
    """Returns the words of pocketsphinx for each (16 kHz mono audio, table), with frame times."""
    found = []
    for at in range(0, len(pairs), PER_RUN):
        command = [POCKETSPHINX, *(path for pair in pairs[at:at + PER_RUN] for path in pair)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for line in answer.splitlines():
            if line.startswith("# "):
                found.append([])
            else:
                start, end, word = line.split("\t")
                found[-1].append(Word(normal(word), float(start), float(end), None))
    return found


def at_16_khz(sound, out, *cut):
    ffmpeg("-i", sound, *cut, "-ac", 1, "-ar", 16000, out)
    return out


def report_yardstick(bench, name, pairs, folder):
    if not POCKETSPHINX.exists():
        bench.skipped(f"{name}, plain pocketsphinx", "the library was not found when this was built")
        return
    errors = WordErrors()
    sounds = [(at_16_khz(sound, folder / f"{sound.stem}-16k.wav"), table) for sound, table in pairs]
    for found, (_, table) in zip(plain_pocketsphinx(sounds), pairs):
        errors.add(found, true_words(read_labels(table)))
    report_row(bench, f"{name}, plain pocketsphinx", errors)


def report_goals(bench, name, errors, goals):
    if "mean" in goals:
        bench.at_most(f"{name}: mean error", errors.mean_ms, goals["mean"], " ms", 1)
    bench.at_most(f"{name}: median error", errors.median_ms, goals["median"], " ms", 1)
    for limit_ms in (20, 50):
        bench.share_at_least(f"{name}: within {limit_ms} ms", errors.n_within(limit_ms), len(errors.sizes), goals.get(limit_ms))
    bench.figure(f"{name}: within 10/20/50/100/250 ms", errors.distribution())
    if "worst" in goals:
        n_beyond = len(errors.sizes) - errors.n_within(goals["worst"])
        bench.share_at_most(f"{name}: beyond {goals['worst']} ms", n_beyond, len(errors.sizes), 0)
    bench.figure(f"{name}: words of the truth that were not placed", f"{errors.n_true - len(errors.starts)} of {errors.n_true}")
    report_pauses(bench, name, errors)
    report_confidence(bench, name, errors)


def measure_folder(bench, data, goals):
    pairs, name, folder = label_files(data), data.name, bench.folder("words") / data.name
    folder.mkdir(exist_ok=True)
    errors = measure_set(pairs, folder)
    report_goals(bench, name, errors, goals)
    report_row(bench, f"{name}, soundbite", errors)
    report_row(bench, f"{name}, soundbite, without a stamp", measure_set(pairs, folder, stamped=False))
    report_row(bench, f"{name}, energy alone", measure_set(pairs, folder, "energy"))
    report_yardstick(bench, name, pairs, folder)


def cut_turns(episode, folder):
    """Yields each turn of the truth with the pauses around it: (audio, table, its first second)."""
    labels = read_labels(episode / "words.tsv")
    turns = [line.split("\t")[4] for line in (episode / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    cuts = []
    for turn in dict.fromkeys(turns):
        own = [label for label, index in zip(labels, turns) if index == turn]
        first = max(0, own[0][0] - MARGIN_S)
        table = folder / f"turn-{turn}.tsv"
        table.write_text("".join(f"{start}\t{end}\t{speaker}\t{word}\n" for start, end, speaker, word in own), encoding="utf-8")
        cut = ("-ss", first, "-t", own[-1][1] + MARGIN_S - first)
        cuts.append((at_16_khz(episode / f"{episode.name}.mp3", folder / f"turn-{turn}.wav", *cut), table, first))
    return cuts


def report_conversation_yardstick(bench, episode, folder, true):
    """Gives pocketsphinx each turn alone, by the truth, because it finds no path through seven minutes at once."""
    if not POCKETSPHINX.exists():
        bench.skipped("conversation, plain pocketsphinx", "the library was not found when this was built")
        return
    cuts = cut_turns(episode, folder)
    found = plain_pocketsphinx([cut[:2] for cut in cuts])
    words = [word._replace(start=word.start + first, end=word.end + first) for turn, (*_, first) in zip(found, cuts) for word in turn]
    report_row(bench, "conversation, plain pocketsphinx, turns cut by the truth", WordErrors().add(words, true))


def measure_conversation(bench):
    episode, folder = EPISODES / "conversation", bench.folder("words") / "conversation"
    folder.mkdir(exist_ok=True)
    true = true_words(read_labels(episode / "words.tsv"))
    errors = {method: WordErrors().add(placed_words(align(episode / "conversation.mp3", episode / "conversation.txt",
                                                          folder / f"{method}.json", method)), true)
              for method in ("acoustic", "energy")}
    report_goals(bench, "conversation", errors["acoustic"], CONVERSATION_GOALS)
    report_row(bench, "conversation, soundbite", errors["acoustic"])
    report_row(bench, "conversation, energy alone", errors["energy"])
    report_conversation_yardstick(bench, episode, folder, true)


def measure(bench):
    found = sets(bench)
    if not any(data.name == "emu-ae" for data in found):
        bench.skipped("emu-ae", "no ../shared/data/emu-ae beside the checkout; --words DIR names other labelled sound")
    for data in found:
        measure_folder(bench, data, EMU_GOALS if data.name == "emu-ae" else READ_GOALS)
    measure_conversation(bench)
    bench.figure("aeneas, quoted", AENEAS)
