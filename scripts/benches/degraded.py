"""Measures words in worse audio: noise, a room, music, a low bitrate, a telephone."""

from accuracy import mean_db
from episodes.ads import TUNE
from word_errors import WordErrors, placed_words, read_labels, report_row, true_words
from words import label_files, measure_set
from workbench import EPISODES, SHARED_DATA, align, ffmpeg, in_parallel, is_fresh, run

SNR_DB, MEDIAN_GOAL_MS, RATE = 15, 25, 44100


def plain(sound, out):
    """Converts to WAV for sox. Time zero is that of a player."""
    wav = out.with_name(f"{sound.stem}-plain.wav")
    if not is_fresh(wav, sound):
        ffmpeg("-i", sound, "-ac", 1, "-ar", RATE, wav)
    return wav


def add(sound, out, source, source_db):
    """Mixes in `source` with its mean level SNR_DB below that of the audio."""
    wav = plain(sound, out)
    gain_db = mean_db(wav) - SNR_DB - source_db
    ffmpeg("-i", wav, "-f", "lavfi", "-i", source, "-filter_complex",
           f"[1:a]volume={gain_db:.2f}dB[under];[0:a][under]amix=inputs=2:duration=first:normalize=0", "-c:a", "flac", out)


def noise(sound, out):
    add(sound, out, f"anoisesrc=r={RATE}:a=0.1:seed=7", -20 - 4.77)  # evenly distributed over +-0.1


def music(sound, out):
    bed = out.with_name("bed.wav")
    ffmpeg("-f", "lavfi", "-i", f"aevalsrc='{TUNE}':s={RATE}:d=30", bed)
    add(sound, out, f"aevalsrc='{TUNE}':s={RATE}", mean_db(bed))


def room(sound, out):
    """Adds reverberation. The direct sound is first and has no delay."""
    run("sox", "-D", plain(sound, out), out, "gain", "-6", "reverb", 50, 50, 60, 100, 0, 0)


def low_bit_rate(sound, out):
    ffmpeg("-i", sound, "-c:a", "libopus", "-b:a", "48k", out)


def telephone(sound, out):
    run("sox", "-D", plain(sound, out), "-r", 8000, out, "sinc", "-L", "300-3400", "rate", 8000)


KINDS = {f"noise at {SNR_DB} dB": (noise, "flac"), "a room": (room, "flac"), f"music at {SNR_DB} dB": (music, "flac"),
         "Opus, 48 kbit/s": (low_bit_rate, "opus"), "telephone band": (telephone, "flac")}


def degrade(sound, kind, folder):
    make, extension = KINDS[kind]
    place = folder / make.__name__
    place.mkdir(exist_ok=True)
    out = place / f"{sound.stem}.{extension}"
    if not is_fresh(out, sound):
        part = out.with_stem(f"{out.stem}-part")
        make(sound, part)
        part.rename(out)
    return out


def report(bench, name, errors):
    bench.at_most(f"{name}: words, median error", errors.median_ms, MEDIAN_GOAL_MS, " ms", 1)
    report_row(bench, name, errors)


def measure_conversation(bench, folder):
    episode, kinds = EPISODES / "conversation", list(KINDS)[:2] if bench.quick else list(KINDS)
    sounds = [degrade(episode / "conversation.mp3", kind, folder) for kind in kinds]
    found = in_parallel(lambda sound: align(sound, episode / "conversation.txt", sound.with_suffix(".json"), "acoustic"), sounds)
    for kind, alignment in zip(kinds, found):
        errors = WordErrors().add(placed_words(alignment), true_words(read_labels(episode / "words.tsv")))
        report(bench, f"conversation, {kind}", errors)


def measure_sentences(bench, folder):
    data = SHARED_DATA / "emu-ae"
    if not data.is_dir():
        bench.skipped("emu-ae", "no ../shared/data/emu-ae beside the checkout")
        return
    for kind in KINDS:
        pairs = [(degrade(sound, kind, folder), table) for sound, table in label_files(data)]
        report(bench, f"emu-ae, {kind}", measure_set(pairs, folder))


def measure(bench):
    folder = bench.folder("degraded")
    measure_conversation(bench, folder)
    measure_sentences(bench, folder)
