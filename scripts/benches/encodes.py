"""Measures whether an alignment is used with another encoding of its audio, at the right offset, and never with other audio."""

import random
import re

import field_sets
from workbench import answer, ffmpeg, in_parallel, is_fresh, remembered

DELAY_S, GOAL_MS, QUICK_SETS, N_OTHER, SEED = 0.0617, 10, 4, 250, 14
DELAY = f"adelay=delays={1000 * DELAY_S}:all=1"
# name: (extension, filter, arguments)
KINDS = {"MP3, 64 kbit/s": ("64.mp3", "", ("-c:a", "libmp3lame", "-b:a", "64k", "-ar", 44100)),
         "MP3, 24 kbit/s": ("24.mp3", "", ("-c:a", "libmp3lame", "-b:a", "24k", "-ar", 24000)),
         "AAC, 7 dB quieter": ("m4a", "volume=-7dB", ("-c:a", "aac", "-b:a", "96k", "-ar", 48000)),
         "Opus, 24 kbit/s": ("opus", "", ("-c:a", "libopus", "-b:a", "24k", "-ar", 48000)),
         "Vorbis": ("ogg", "", ("-c:a", "libvorbis", "-q", 2, "-ar", 32000)),
         "WAV, stereo at 22 kHz": ("wav", "", ("-ac", 2, "-ar", 22050)),
         "\u00b5-law at 8 kHz": ("ulaw.wav", "", ("-ar", 8000, "-c:a", "pcm_mulaw")),
         "compressor of 4:1": ("comp.flac", "acompressor=threshold=-25dB:ratio=4:makeup=4", ("-ar", 48000))}
LATER = re.compile(r"begins ([0-9.]+) s (later|earlier)")


def encode(field_set, kind, folder):
    extension, filters, arguments = KINDS[kind]
    out = folder / f"{field_set.name}.{extension}"
    if not is_fresh(out, field_set.sound):
        ffmpeg("-i", field_set.sound, "-ac", 1, "-af", ",".join(filter(None, (DELAY, filters))), *arguments, out)
    return out


def saved_alignment(field_set, folder):
    path = folder / f"{field_set.name}.json"
    _, printed, _ = remembered("align", field_set.sound, field_set.text(), "--no-cache", "--method", "energy", "-q", "-o", "-")
    path.write_text(printed, encoding="utf-8")
    return path


def offset_of(alignment, audio):
    """Returns the offset at which the alignment is used, in seconds; None if the audio is refused."""
    code, _, messages = answer("verify", audio, alignment, "--quote", "zzz")
    found = LATER.search(messages)
    if found:
        return float(found[1]) * (1 if found[2] == "later" else -1)
    return None if code == 1 else 0.0


def measure(bench):
    folder, sets = bench.folder("encodes"), field_sets.read_all(field_sets.OWN)
    sets = sets[:QUICK_SETS] if bench.quick else sets
    alignments = in_parallel(saved_alignment, sets, [folder] * len(sets))
    for kind in KINDS:
        audios = in_parallel(encode, sets, [kind] * len(sets), [folder] * len(sets))
        offsets = in_parallel(offset_of, alignments, audios)
        used = [offset for offset in offsets if offset is not None]
        bench.share_at_least(f"{kind}: another encoding recognised", len(used), len(sets), 100)
        if used:
            bench.at_most(f"{kind}: largest error of its offset", 1000 * max(abs(offset - DELAY_S) for offset in used), GOAL_MS, " ms", 1)
        for one, offset in zip(sets, offsets):
            if offset is None:
                bench.figure("  ", f"{one.name} refused")
    foreign = [(alignment, sound) for alignment, own in zip(alignments, sets) for sound in sets if sound is not own]
    foreign = random.Random(SEED).sample(foreign, min(N_OTHER, len(foreign)))
    used = in_parallel(lambda pair: offset_of(pair[0], pair[1].sound), foreign)
    bench.share_at_most("other audio taken for the aligned audio", sum(offset is not None for offset in used), len(foreign), 0)
