"""The conversation of a host and three guests, spoken by espeak-ng from a script."""

import array
import operator
import random
import subprocess

from . import turns_bracket
from .script import read_script
from .workshop import RATE, SOURCE_DIR, encode_mp3, fingerprint, is_made, mark_made, seconds, write_table

NAME = "conversation"
OUTPUTS = ("conversation.mp3", "conversation.txt", "words.tsv", "transcript.tsv", "turns.tsv")
SOURCES = ("conversation.py", "script.py", "say.c")
SEED = 19680503
TONE_DB = -66
QUIET_BELOW_PEAK_DB = 37
PAUSE_S = 0.060
NO_BLANK = "\u200b"
MARGIN = RATE * 20 // 1000

# full name, espeak-ng voice, words per minute, pitch, range, gain in dB, position from left (-1) to right (1)
VOICES = {
    "Imogen": ("Imogen Vance", "gmw/en+f3", 178, 52, 60, -7, 0.0),
    "Tobias": ("Tobias Hearn", "gmw/en-US+m3", 186, 45, 55, -9, -0.3),
    "Priya": ("Priya Nadkarni", "gmw/en-GB-x-rp+f5", 182, 58, 65, -11, 0.25),
    "Walter": ("Walter Osterberg", "gmw/en-GB-x-gbclan+m7", 160, 30, 45, -13, 0.1),
}
FRONT_MATTER = (
    "Half a Kettle: the transmitter in the cow shed",
    "A community radio station finds its old transmitter under a family of swallows, and spends two years and one sponsored silence "
    "on bringing it back. Imogen Vance talks to the people who did it: about valves, mice, raffles, and a switch that nobody should trust.",
    "Show Notes",
    "Socials",
)


class Recording:
    """A spoken piece: its sound at RATE, and the first and last sample of each word."""

    def __init__(self, raw, words):
        self.raw, self.words = raw, words

    @property
    def first(self):
        return self.words[0][0]

    @property
    def last(self):
        return self.words[-1][1]


def loud_blocks(samples, block):
    """Returns the blocks whose slope has the level of speech. The slope shows weak fricatives but not the hum at the end of
    espeak-ng's output. Up to four isolated blocks, with more than a pitch period of silence on both sides, are clicks."""
    slope = array.array("i", map(operator.sub, samples[1:], samples))
    limit = max(max(slope), -min(slope)) * 10 ** (-QUIET_BELOW_PEAK_DB / 20)
    parts = (slope[at:at + block] for at in range(0, len(slope), block))
    runs = [[]]
    for k, part in enumerate(parts):
        if max(part) > limit or -min(part) > limit:
            if runs[-1] and k - runs[-1][-1] > 12:
                runs.append([])
            runs[-1].append(k)
    return [k for run in runs if len(run) > 4 for k in run]


def place_words(starts, samples, rate):
    """Returns word spans (first, last) in samples from the first sample of each word, without pauses, to the millisecond."""
    block = rate // 1000
    loud = [k * block for k in loud_blocks(samples, block)]
    firsts, lasts = [*starts, len(samples)], [*starts, len(samples)]
    for k, start in enumerate(firsts):
        after = next((at for at in loud if at + block > start), len(samples))
        before = next((at + block for at in reversed(loud) if at < after), 0)
        if after - before >= PAUSE_S * rate or k in (0, len(starts)):
            firsts[k], lasts[k] = after, before
    return list(zip(firsts[:-1], lasts[1:]))


class Utterance:
    """Returns the text of a piece for espeak-ng, which speaks pairs such as `on the` as one word unless they are separated."""

    def __init__(self, words):
        self.words, self.apart = words, set()
        self.starts = None

    @property
    def text(self):
        return " ".join(NO_BLANK + word if k in self.apart else word for k, word in enumerate(self.words))

    def place(self, events):
        """Takes each word's first event (a number has several). Returns whether every word has one."""
        at, self.starts, missing = 0, [], set()
        for k, word in enumerate(self.words):
            at += len(NO_BLANK) if k in self.apart else 0
            found = [sample for character, sample in events if at <= character < at + len(word)]
            self.starts.append(min(found, default=0))
            missing |= set() if found else {k}
            at += len(word) + 1
        self.apart |= missing
        return not missing


def run_espeak(workshop, voice, utterances):
    """Speaks each utterance to folder/N.raw. Returns the rate and the word events of each."""
    _, name, speed, pitch, pitch_range, *_ = VOICES[voice]
    folder = workshop.folder / voice
    folder.mkdir(exist_ok=True)
    answer = subprocess.run([workshop.program("say", "-lespeak-ng"), name, str(speed), str(pitch), str(pitch_range), folder],
                            input="".join(u.text + "\n" for u in utterances), text=True, check=True, stdout=subprocess.PIPE)
    head, *lines = answer.stdout.splitlines()
    events = [[] for _ in utterances]
    for index, character, sample in (map(int, line.split()) for line in lines):
        events[index].append((character, sample))
    return int(head.split()[1]), events, [folder / f"{n}.raw" for n in range(len(utterances))]


def speak(workshop, voice, pieces):
    """Speaks all pieces of one voice. Yields their recordings in order."""
    utterances = [Utterance(piece.words) for piece in pieces]
    for _ in range(4):
        rate, events, sources = run_espeak(workshop, voice, utterances)
        if all([u.place(e) for u, e in zip(utterances, events)]):
            break
    else:
        raise SystemExit("conversation: espeak-ng does not tell where each word begins")
    raws = workshop.decode(sources, ("-f", "s16le", "-ar", str(rate)))
    for utterance, source, raw in zip(utterances, sources, raws):
        spans = place_words(utterance.starts, array.array("h", source.read_bytes()), rate)
        yield Recording(raw, [(first * RATE // rate, last * RATE // rate) for first, last in spans])


def record(workshop, turns):
    recordings = {}
    for voice in VOICES:
        pieces = [piece for turn in turns for piece in turn.pieces if piece.voice == voice and piece.words]
        recordings.update(zip(map(id, pieces), speak(workshop, voice, pieces)))
    return recordings


def lay_out(turns, recordings):
    """Places all recordings on the timeline. Returns the score and the word spans of each piece."""
    rng, score, spans, at = random.Random(SEED), [], {}, 0
    for turn in turns:
        level_db = rng.uniform(-1.2, 1.2)
        for piece in turn.pieces:
            at += round(piece.gap * RATE)
            if id(piece) not in recordings:
                spans[id(piece)] = []
                continue
            recording = recordings[id(piece)]
            shift = at - recording.first
            spans[id(piece)] = [(first + shift, last + shift) for first, last in recording.words]
            score.append(score_line(recording, shift, piece.voice, level_db))
            at = recording.last + shift
    return score, spans, at + RATE


def score_line(recording, shift, voice, level_db):
    gain_db, place = VOICES[voice][5:]
    gain = 10 ** ((gain_db + level_db) / 20)
    first = max(0, recording.first - MARGIN)
    length = min(recording.raw.stat().st_size // 2, recording.last + MARGIN) - first
    return (first + shift, first, length, recording.first - first, 100, f"{gain * (1 - max(0, place)) ** 0.5:.6f}",
            f"{gain * (1 + min(0, place)) ** 0.5:.6f}", recording.raw)


def transcript_rows(index, piece, spans):
    at = 0
    for group in piece.groups:
        heard = spans[at:at + len(group.said)]
        at += len(group.said)
        status = "not_said" if not group.said else "said" if group.said == group.written else "misheard"
        times = (seconds(heard[0][0]), seconds(heard[-1][1])) if heard else ("", "")
        for word in group.written:
            yield (index, word, status, *times)


def write_truth(folder, turns, spans):
    words, written, turn_rows = [], [], []
    for index, turn in enumerate(turns):
        said = [span for piece in turn.pieces for span in spans[id(piece)]]
        turn_rows.append((index, seconds(said[0][0]), seconds(said[-1][1]), turn.name or "", VOICES[turn.pieces[0].voice][0]))
        for piece in turn.pieces:
            written += transcript_rows(index, piece, spans[id(piece)])
            words += [(seconds(first), seconds(last), VOICES[piece.voice][0], word, index)
                      for (first, last), word in zip(spans[id(piece)], piece.words)]
    write_table(folder / "words.tsv", ("start_s", "end_s", "speaker", "word", "turn"), words)
    write_table(folder / "transcript.tsv", ("turn", "written", "status", "start_s", "end_s"), written)
    write_table(folder / "turns.tsv", ("index", "first", "last", "speaker", "voice"), turn_rows)


def make(folder, workshop):
    """Makes the episode in folder unless it is up to date. Returns whether it was made."""
    fixture = SOURCE_DIR / "fixtures" / NAME
    key = fingerprint(fixture, SOURCES)
    if is_made(folder, key, OUTPUTS):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    turns = read_script(fixture / "script.txt")
    score, spans, n_samples = lay_out(turns, record(workshop, turns))
    encode_mp3(workshop.mix(score, n_samples, SEED, TONE_DB), folder / OUTPUTS[0], FRONT_MATTER[0])
    turns_bracket.write(folder / OUTPUTS[1], FRONT_MATTER,
                        [(turn.name, spans[id(turn.pieces[0])][0][0] // RATE, turn.text) for turn in turns])
    write_truth(folder, turns, spans)
    mark_made(folder, key)
    return True
