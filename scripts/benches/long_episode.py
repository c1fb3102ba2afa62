"""Long episodes: the real voices repeated, with a transcript whose timestamps move along."""

import re
import subprocess

from workbench import EPISODES, ffmpeg

RATE, FRAME_BYTES = 44100, 4
ENCODERS = {"mp3": ("-c:a", "libmp3lame", "-b:a", "128k"), "m4a": ("-c:a", "aac", "-b:a", "128k"),
            "opus": ("-c:a", "libopus", "-b:a", "96k"), "flac": ("-c:a", "flac", "-compression_level", "2"), "wav": ("-c:a", "pcm_s16le")}
HEADER = re.compile(r"^(.*) \[(\d\d):(\d\d):(\d\d)\]:$")
VOICES = EPISODES / "real-voices"


def decoded(folder):
    """Returns the real voices as raw stereo PCM with a whole number of seconds, so that timestamps in whole seconds stay right
    in every copy."""
    path = folder / "voices.raw"
    if not path.exists():
        ffmpeg("-i", VOICES / "real-voices.mp3", "-ar", RATE, "-ac", 2, "-f", "s16le", path)
        second = RATE * FRAME_BYTES
        with open(path, "r+b") as file:
            file.truncate(path.stat().st_size // second * second)
    return path


def read_turns(path):
    """Returns the front matter, then (speaker, second, text)."""
    front, turns = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        header = HEADER.match(line)
        if header:
            turns.append([header[1], 3600 * int(header[2]) + 60 * int(header[3]) + int(header[4]), ""])
        elif turns:
            turns[-1][2] = line
        else:
            front.append(line)
    return front, turns


def write_transcript(path, period_s, length_s=None, n_turns=None):
    """Returns the turns that start at least 20 s before the end, or as many as requested."""
    front, turns = read_turns(VOICES / "real-voices.txt")
    lines, n_written, copy = front, 0, 0
    while True:
        for speaker, second, text in turns:
            at = second + copy * period_s
            if n_written == n_turns or (length_s and at > length_s - 20):
                path.write_text("\n".join(lines) + "\n", encoding="utf-8")
                return
            lines += [f"{speaker} [{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}]:", text]
            n_written += 1
        copy += 1


def repeated(pcm, n_bytes):
    """Yields n_bytes of the PCM in blocks, repeated if necessary."""
    while n_bytes > 0:
        with open(pcm, "rb") as file:
            while n_bytes > 0 and (block := file.read(min(1 << 20, n_bytes))):
                yield block
                n_bytes -= len(block)


def encode_blocks(blocks, kind, path):
    part = path.with_stem(path.stem + "-part")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0",
               *ENCODERS[kind], str(part)]
    encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
    for block in blocks:
        encoder.stdin.write(block)
    encoder.stdin.close()
    if encoder.wait() != 0:
        raise SystemExit(f"bench: ffmpeg could not write {part}")
    part.rename(path)


def encode(pcm, n_bytes, kind, path):
    encode_blocks(repeated(pcm, n_bytes), kind, path)


def make(folder, minutes, kind):
    """Makes the audio and the transcript unless they exist."""
    pcm = decoded(folder)
    sound, text = folder / f"{minutes}min.{kind}", folder / f"{minutes}min.txt"
    if not text.exists():
        write_transcript(text, pcm.stat().st_size // (RATE * FRAME_BYTES), minutes * 60)
    if not sound.exists():
        encode(pcm, minutes * 60 * RATE * FRAME_BYTES, kind, sound)
    return sound, text
