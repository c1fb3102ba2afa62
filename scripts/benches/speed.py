"""Compares decoding and analysis with ffmpeg's decoder, and measures the time of the alignment itself."""

import long_episode
from workbench import FOLDER, SOUNDBITE, STAGES, median, run, usage

MINUTES, N_PAIRS = 65, 3
N_TURNS, N_COPIES = 2000, 7  # in seven copies of the 290 turns of the real voices


def compare(sound, text, n_pairs):
    """Returns medians of user times, measured in turn: of align relative to ffmpeg, and of decoding and analysis relative to
    it."""
    align = (SOUNDBITE, "align", sound, text, "--method", "energy", "--no-cache", "--force", "-q", "-o", sound.with_suffix(".json"))
    peer = ("ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", sound, "-f", "null", "-")
    whole, stages = [], []
    for _ in range(n_pairs):
        ours, theirs = usage(*align).user_s, usage(*peer).user_s
        alone = float(run(STAGES, sound, capture_output=True, text=True).stdout)
        whole.append(ours / theirs)
        stages.append(alone / theirs)
    return median(whole), median(stages), ours


def measure_alignment(bench, folder):
    pcm = long_episode.decoded(folder)
    text = folder / f"{N_TURNS}-turns.txt"
    long_episode.write_transcript(text, pcm.stat().st_size // (long_episode.RATE * long_episode.FRAME_BYTES), n_turns=N_TURNS)
    wav = folder / "voices.wav"
    if not wav.exists():
        long_episode.encode(pcm, pcm.stat().st_size, "wav", wav)
    answer = run(STAGES, wav, text, N_COPIES, capture_output=True, text=True).stdout.splitlines()[-1]
    seconds, n_turns, hours = answer.split("\t")
    bench.at_most(f"energy alignment itself, {n_turns} turns in {hours} h", float(seconds), 0.2, " s", 3)


def measure(bench):
    folder = FOLDER / "long"
    folder.mkdir(parents=True, exist_ok=True)
    minutes = 10 if bench.quick else MINUTES
    for kind in ("mp3", "flac") if bench.quick else long_episode.ENCODERS:
        sound, text = long_episode.make(folder, minutes, kind)
        whole, stages, seconds = compare(sound, text, N_PAIRS)
        bench.at_most(f"align {minutes} min of {kind} / ffmpeg ({seconds:.1f} s)", whole, 1.3, " x")
        bench.figure(f"decode and analyse {kind} alone / ffmpeg", f"{stages:.2f} x")
    measure_alignment(bench, folder)
