"""The two recordings of Transcriber, labelled by hand: French radio with background music, and a telephone conversation.

The manual segments include breaths, so the first and last speech in each is found by energy. With music, and if two people
speak in one channel, the manual segments are used unchanged."""

import array
import gzip
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import namedtuple

from episodes.workshop import RATE

from . import field_set, speech_span
from .packages import folder

EXAMPLES = "usr/share/doc/transcriber/examples"
LICENCE = "GPL 2 or later (Transcriber)"
NOT_SAID = re.compile(r"\{[^}]*\}|\(\(|\)\)")
# set, recording and its ending in the package, title, language, kind
RECORDINGS = (("radio-fr", "frint980428", "wav.gz", "Le journal", "fr", "radio, laughter, music under the news"),
              ("telephone-en", "know", "sph.gz", "Telephone", "en", "telephone conversation, two people at once"))

Segment = namedtuple("Segment", "start end speaker text")


def said(text):
    """Removes marks of breath and laughter, and the blanks before French punctuation."""
    return re.sub(r"\s+([.,!?:])", r"\1", " ".join(NOT_SAID.sub(" ", text or "").split()))


def pieces(turn):
    """Yields (start, number of the speaker, text) of each stretch of text in a turn, in order."""
    start, who = float(turn.get("startTime")), 1
    for part in turn:
        start = float(part.get("time")) if part.tag == "Sync" else start
        who = int(part.get("nb")) if part.tag == "Who" else who
        yield start, who, said(part.tail)


def read_turn(turn, names):
    """Yields the segments of each speaker. Texts with the same start are one segment."""
    starts, end = sorted({start for start, *_ in pieces(turn)}), float(turn.get("endTime"))
    for number, speaker in enumerate(turn.get("speaker", "").split(), 1):
        texts = {}
        for start, who, text in pieces(turn):
            if who == number and text:
                texts[start] = f"{texts[start]} {text}" if start in texts else text
        own = [Segment(start, min([s for s in starts if s > start], default=end), names[speaker], said(text))
               for start, text in texts.items() if any(c.isalpha() for c in text)]
        if own:
            yield own


def with_music(root):
    """Returns the spans with a background sound."""
    marks, spans = [(float(mark.get("time")), mark.get("level")) for mark in root.iter("Background")], []
    for (start, level), (end, _) in zip(marks, [*marks[1:], (float("inf"), None)]):
        if level != "off":
            spans.append((start, end))
    return spans


def between(samples, start, end):
    return samples[round(start * RATE):round(end * RATE)]


def loudness(samples):
    return sum(map(abs, samples)) / max(1, len(samples))


def tightened(segment, samples):
    span = speech_span.find_in(between(samples, segment.start, segment.end))
    return segment._replace(start=segment.start + span.first / RATE, end=segment.start + span.last / RATE) if span else segment


class Conversation:
    def __init__(self, path, channels):
        root = ElementTree.fromstring(path.read_bytes())
        names = {speaker.get("id"): speaker.get("name").replace("#", " ").capitalize() if "#" in speaker.get("name")
                 else speaker.get("name") for speaker in root.iter("Speaker")}
        self.channels, self.music = channels, with_music(root)
        self.turns = [own for turn in root.iter("Turn") for own in read_turn(turn, names)]

    def is_alone(self, segment):
        return not any(other.start < segment.end and segment.start < other.end and other.speaker != segment.speaker
                       for own in self.turns for other in own)

    def channel_of(self, speaker):
        """Returns the channel in which the speaker, when speaking alone, is loudest relative to the whole channel."""
        own = [segment for turn in self.turns for segment in turn if segment.speaker == speaker and self.is_alone(segment)]
        return max(self.channels, key=lambda channel: sum(loudness(between(channel, s.start, s.end)) for s in own) / loudness(channel))

    def tighten(self, segment):
        over_music = any(start <= segment.start < end for start, end in self.music)
        if over_music or (len(self.channels) == 1 and not self.is_alone(segment)):
            return segment
        return tightened(segment, self.channel_of(segment.speaker))

    def tables(self):
        """Returns (turns, units)."""
        units = [[field_set.Span(*self.tighten(segment)) for segment in turn] for turn in self.turns]
        turns = [field_set.Span(own[0].start, own[-1].end, own[0].speaker, " ".join(unit.text for unit in own)) for own in units]
        return turns, [unit for own in units for unit in own]


def decode(workshop, packed):
    """Returns all channels as PCM at RATE, and their number."""
    plain = workshop.folder / packed.stem
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    probed = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=channels", "-of", "csv=p=0", plain], check=True,
                            capture_output=True, text=True).stdout
    pcm = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", plain, "-ar", str(RATE), "-f", "s16le", "pipe:1"], check=True,
                         stdout=subprocess.PIPE).stdout
    return pcm, int(probed)


def make(target, workshop):
    for name, recording, ending, title, language, kind in RECORDINGS:
        pcm, n_channels = decode(workshop, folder(EXAMPLES) / f"{recording}.{ending}")
        samples = array.array("h", pcm)
        conversation = Conversation(folder(EXAMPLES) / f"{recording}.trs", [samples[n::n_channels] for n in range(n_channels)])
        meta = {"language": language, "kind": kind, "labels": "by hand, tightened by energy inside each where one person speaks",
                "source": "Debian package transcriber", "licence": LICENCE}
        (target / name).mkdir(parents=True, exist_ok=True)
        field_set.write_sound(target / name / "audio.flac", pcm, 16000, n_channels)
        field_set.write_texts(target / name, title, *conversation.tables(), len(samples) / n_channels / RATE, meta)
