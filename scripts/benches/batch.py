"""Whether a batch costs as much per clip however long its list is: planned only, and with clips written."""

import os
import wave

from workbench import SOUNDBITE, usage

CLIPS_OF_EPISODE = 20
FEW, MANY = 5, 500  # episodes
RATE = 8000
TURN_S = 1.0
MOST_PER_CLIP = 1.25  # of the short list's cost; what grows with the list would be 100 times as much


def write_sound(path, number, n_turns=CLIPS_OF_EPISODE):
    """A square wave in every turn and faint noise after it; another pitch in each episode."""
    half = RATE // (200 + number % 100) // 2 + 1
    n_loud = int(RATE * TURN_S * 3 / 4)
    period = (2000).to_bytes(2, "little") * half + (-2000).to_bytes(2, "little", signed=True) * half
    loud = (period * (n_loud // (2 * half) + 1))[:2 * n_loud]
    quiet = b"".join((i * 7919 % 5 - 2).to_bytes(2, "little", signed=True) for i in range(int(RATE * TURN_S) - n_loud))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((loud + quiet) * (n_turns + 2))


def make_episode(folder, number):
    sound, text = folder / f"{number:04}.wav", folder / f"{number:04}.txt"
    if not text.exists():
        write_sound(sound, number)
        turns = [f"Speaker {k % 2} [00:00:{int(k * TURN_S):02}]:\nclip {k} of the episode {number}\n" for k in range(CLIPS_OF_EPISODE)]
        text.write_text("\n".join(turns), encoding="utf-8")
    return sound.name, text.name


def write_list(folder, n_episodes):
    path = folder / f"list-{n_episodes}.csv"
    rows = ["id,audio,transcript,phrase"]
    for number in range(n_episodes):
        sound, text = make_episode(folder, number)
        rows += [f"{number:04}-{k:02},{sound},{text},clip {k} of" for k in range(CLIPS_OF_EPISODE)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def batch(folder, table, *options):
    out = folder / "out"
    if out.exists():
        for path in out.iterdir():
            path.unlink()
        out.rmdir()
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    return usage(SOUNDBITE, "batch", table, "-o", out, "-q", "--method", "energy", "--allow-mismatch", "--no-certificate",
                 "--loudness", "off", *options)


def measure_kind(bench, folder, name, lists, options):
    per_clip = {}
    for n_episodes, table in lists.items():
        n_clips = n_episodes * CLIPS_OF_EPISODE
        n_runs = 5 if n_episodes == FEW else 1
        used = min((batch(folder, table, *options) for _ in range(n_runs)), key=lambda used: used.user_s)
        per_clip[n_episodes] = used.user_s / n_clips
        bench.figure(f"{name}: {n_clips} clips of {n_episodes} episodes, user time, on the clock, peak",
                     f"{used.user_s:.2f} s, {used.wall_s:.2f} s, {used.peak_mb:.0f} MB")
        bench.figure(f"{name}: {n_clips} clips, user time per clip", f"{1000 * per_clip[n_episodes]:.2f} ms")
    bench.at_most(f"{name}: per clip, long list / short list", per_clip[max(lists)] / per_clip[FEW], MOST_PER_CLIP, " x")


def measure(bench):
    folder = bench.folder("batch")
    many = MANY // 10 if bench.quick else MANY
    lists = {n: write_list(folder, n) for n in (FEW, many)}
    for table in lists.values():
        batch(folder, table)  # fills the cache of alignments, which a dry run does not
    measure_kind(bench, folder, "written", lists, ())
    measure_kind(bench, folder, "planned", lists, ("--dry-run",))
