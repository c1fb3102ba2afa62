"""Other programs that find the silences of a recording: the command of each, and what it found."""

import json
import re
import shutil
import wave
from collections import namedtuple

from workbench import ffmpeg, usage

SILENCE_S, SOUND_S = 0.2, 0.02  # the shortest silence and the shortest sound
FPS = 30  # auto-editor counts in frames, also if there is no picture

Silence = namedtuple("Silence", "start end")


def between(stretches, length_s):
    """Returns the silences around stretches of sound (start s, end s)."""
    edges = [0, *(edge for stretch in stretches for edge in stretch), length_s]
    return [Silence(start, end) for start, end in zip(edges[::2], edges[1::2]) if end > start]


class Silencedetect:
    name = "ffmpeg silencedetect"

    @staticmethod
    def command(sound, folder, threshold_db):
        return ("ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-i", sound, "-af", f"silencedetect=noise={threshold_db}dB:d={SILENCE_S}",
                "-f", "null", "-")

    @staticmethod
    def silences(sound, folder, printed, length_s):
        edges = [float(edge) for edge in re.findall(r"silence_(?:start|end): (-?[\d.]+)", printed)]
        return [Silence(start, end) for start, end in zip(edges[::2], [*edges, length_s][1::2])]


class AutoEditor:
    name = "auto-editor"

    @staticmethod
    def command(sound, folder, threshold_db):
        return ("auto-editor", sound, "--edit", f"audio:threshold={threshold_db}dB", "--margin", "0s", "--frame-rate", FPS, "--export", "json",
                "--progress", "none", "--temp-dir", folder / "temporary", "-o", folder / "timeline.json")

    @staticmethod
    def silences(sound, folder, printed, length_s):
        timeline = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))["timeline"]
        clips = timeline["a"][0] if timeline["a"] else []
        return between([(clip["offset"] / FPS, (clip["offset"] + clip["dur"]) / FPS) for clip in clips], length_s)


class Sox:
    """Writes a file for each stretch of sound and prints no times: the samples of each file are looked up in the recording. It
    gets the decoded sound, because it keeps the encoder's delay of MP3."""
    name = "sox silence"

    @staticmethod
    def command(sound, folder, threshold_db):
        return ("sox", "-D", sound, "-b", 16, folder / "stretch.wav", "silence", 1, SOUND_S, f"{threshold_db}d", 1, SILENCE_S, f"{threshold_db}d",
                ":", "newfile", ":", "restart")

    @staticmethod
    def silences(sound, folder, printed, length_s):
        with wave.open(str(sound)) as file:
            frame, rate, samples = file.getnchannels() * file.getsampwidth(), file.getframerate(), file.readframes(file.getnframes())
        stretches, at = [], 0
        for path in sorted(folder.glob("stretch*.wav"), key=lambda path: int(path.stem.removeprefix("stretch") or 0)):
            with wave.open(str(path)) as file:
                part = file.readframes(file.getnframes())
            found = samples.find(part[:1 << 16], at) if part else -1
            if found >= 0:
                at = found + len(part)
                stretches.append((found / frame / rate, at / frame / rate))
        return between(stretches, length_s)


class Mp3splt:
    """Splits in the silences, and lists them."""
    name = "mp3splt -s"

    @staticmethod
    def command(sound, folder, threshold_db):
        return ("mp3splt", "-q", "-s", "-p", f"th={threshold_db},min={SILENCE_S},shots=1", "-d", folder / "split", sound)

    @staticmethod
    def silences(sound, folder, printed, length_s):
        log = folder / "mp3splt.log"
        rows = [line.split() for line in log.read_text(encoding="utf-8").splitlines()[2:]] if log.exists() else []
        return sorted(Silence(float(row[0]), float(row[1])) for row in rows)


FINDERS = (Silencedetect, AutoEditor, Sox, Mp3splt)


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def find(finder, sound, length_s, threshold_db, folder):
    """Returns the silences of a recording."""
    printed = emptied(folder) / "printed.txt"
    if finder is Sox:
        ffmpeg("-i", sound, "-c:a", "pcm_s16le", folder / "whole.wav")
        sound = folder / "whole.wav"
    usage(*finder.command(sound, folder, threshold_db), any_exit=True, output=printed, cwd=folder)
    found = finder.silences(sound, folder, printed.read_text(encoding="utf-8", errors="replace"), length_s)
    shutil.rmtree(folder)
    return found


def time_one(finder, sound, threshold_db, folder):
    used = usage(*finder.command(sound, emptied(folder), threshold_db), cwd=folder)
    shutil.rmtree(folder)
    return used
