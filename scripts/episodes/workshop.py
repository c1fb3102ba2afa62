"""Shared by both episodes: compiled helpers, decoding, mixing, encoding, and the file that marks an episode as made."""

import hashlib
import os
import subprocess
from pathlib import Path

RATE = 44100
RUMBLE_FILTER = "highpass=f=85"
SOURCE_DIR = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


class Workshop:
    """A temporary folder with the compiled helpers."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def program(self, name, *libraries):
        source, program = HERE / f"{name}.c", self.folder / name
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run([os.environ.get("CC", "cc"), "-O2", "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra",
                            "-o", program, source, *libraries, "-lm"], check=True)
        return program

    def decode(self, sources, input_options=(), filters=RUMBLE_FILTER):
        """Decodes files to mono 16-bit at RATE, by default without rumble. Returns the paths of the raw files in the same order."""
        targets = [self.folder / (hashlib.sha256(str(s).encode()).hexdigest()[:16] + ".raw") for s in sources]
        pairs = list(zip(sources, targets))
        for at in range(0, len(pairs), 40):
            command = ["ffmpeg", "-nostdin", "-v", "error", "-y"]
            for source, _ in pairs[at:at + 40]:
                command += [*input_options, "-i", str(source)]
            for n, (_, target) in enumerate(pairs[at:at + 40]):
                command += ["-map", f"{n}:a", "-af", filters, "-ac", "1", "-ar", str(RATE), "-f", "s16le", str(target)]
            subprocess.run(command, check=True)
        return targets

    def speech_edges(self, paths):
        """Returns the half-open range of speech samples of each raw file by path. Files without speech are left out."""
        answer = subprocess.run([self.program("speech_edges"), str(RATE), *map(str, paths)],
                                check=True, capture_output=True, text=True).stdout
        rows = (line.split("\t") for line in answer.splitlines())
        return {Path(row[0]): (int(row[2]), int(row[3]), int(row[1])) for row in rows}

    def mix(self, score, n_samples, seed, tone_db):
        """Mixes score lines (at, first, length, fade_in, fade_out, gain_left, gain_right, path) over room tone. Returns stereo PCM bytes."""
        text = "".join(" ".join(map(str, line)) + "\n" for line in score)
        return subprocess.run([self.program("mix"), str(RATE), str(n_samples), str(seed), str(tone_db)],
                              input=text.encode(), check=True, stdout=subprocess.PIPE).stdout


def encode_mp3(pcm, path, title):
    """Writes stereo PCM as MP3, 128 kbit/s. The LAME tag gives the encoder's delay, so time 0 is the first sample of pcm."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0",
                    "-c:a", "libmp3lame", "-b:a", "128k", "-fflags", "+bitexact", "-flags:a", "+bitexact",
                    "-metadata", f"title={title}", str(path)], input=pcm, check=True)


def write_table(path, header, rows):
    lines = ["# " + "\t".join(header)] + ["\t".join(map(str, row)) for row in rows]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def seconds(sample):
    return f"{sample / RATE:.6f}"


def fingerprint(fixture, sources):
    """Returns a hash of a fixture's folder and of the sources in this folder that make the episode."""
    digest = hashlib.sha256()
    paths = [path for path in sorted(fixture.iterdir()) if path.suffix != ".md"]
    for path in paths + [HERE / name for name in (*sources, "workshop.py", "turns_bracket.py", "mix.c")]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_made(folder, key, names):
    stamp = Path(folder) / ".made"
    return stamp.exists() and stamp.read_text() == key and all((Path(folder) / name).exists() for name in names)


def mark_made(folder, key):
    (Path(folder) / ".made").write_text(key)
