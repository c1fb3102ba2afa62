"""Measures what a cluster spends: the work for an hour of audio, and what each shard of a long list costs before its first clip."""

from workbench import EPISODES, SOUNDBITE, usage

N_ROWS, N_SHARDS, EPISODE, MINUTES = 100_000, 1000, "real-voices", 27.4


def measure(bench):
    folder = bench.folder("cluster")
    audio, text = (EPISODES / EPISODE / f"{EPISODE}.{kind}" for kind in ("mp3", "txt"))
    used = usage(SOUNDBITE, "align", audio, text, "--no-cache", "-q", "-f", "-o", folder / "episode.json")
    bench.figure("processor time of aligning an hour by sound", f"{(used.user_s + used.system_s) * 60 / MINUTES:.0f} s; {used.peak_mb:.0f} MB")
    rows = N_ROWS // 10 if bench.quick else N_ROWS
    lines = [f"{n},show/{n // 20}.mp3,show/{n // 20}.txt,bridges" for n in range(rows)]
    (folder / "list.csv").write_text("\n".join(["id,audio,transcript,phrase", *lines]) + "\n")
    whole = usage(SOUNDBITE, "batch", folder / "list.csv", "-o", folder / "clips", "-n", "-q", "--shard", f"1/{N_SHARDS}", any_exit=True)
    bench.figure(f"processor time of reading a list of {rows} rows, shard 1 of {N_SHARDS}",
                 f"{whole.user_s + whole.system_s:.1f} s; {whole.peak_mb:.0f} MB")
