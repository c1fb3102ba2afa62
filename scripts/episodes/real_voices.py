"""The episode of recorded voices: prompts and LibriVox sentences from Debian packages, arranged as turns."""

import gzip
import random
import re
from pathlib import Path

from . import turns_bracket
from .workshop import RATE, SOURCE_DIR, encode_mp3, fingerprint, is_made, mark_made, seconds, write_table

NAME = "real-voices"
OUTPUTS = ("real-voices.mp3", "real-voices.txt", "turns.tsv", "prompts.tsv")
SOURCES = ("real_voices.py", "speech_edges.c")
SEED = 20260202
N_TURNS = 290
TONE_DB = -68
MARGIN = RATE * 60 // 1000
SOUNDS = Path("/usr/share/asterisk/sounds")
TEXTS = "/usr/share/doc/asterisk-core-sounds-{0}/core-sounds-{0}.txt.gz"
LIBRIVOX = Path("/usr/share/pocketsphinx/test/data/librivox")

# language, folder of the sounds, share of the time, gain in dB, position from left (-1) to right (1)
VOICES = {
    "Nora Whitfield": ("en", "en_US_f_Allison", 0.48, -7, -0.10),
    "Lucía Ortega": ("es", "es_MX_f_Allison", 0.13, -4, 0.25),
    "Camille Tremblay": ("fr", "fr_CA_f_June", 0.15, -8, -0.35),
    "Carlo Bianchi": ("it", "it_IT_m_Carlo", 0.14, -11, 0.40),
    "Вера Соколова": ("ru", "ru_RU_f_IvrvoiceRU", 0.14, -9, -0.20),
    "Edmund Hale": ("en", "librivox", 0.03, -3, 0.15),
}
FRONT_MATTER = (
    "Please Hold: five languages on one line",
    "Everything that a telephone exchange ever says to its callers, read by the people who recorded it.",
    "Show Notes",
    "Recordings: Asterisk core sounds and LibriVox",
)
SKIPPED_FOLDERS = ("digits", "letters", "phonetic", "silence", "dictate", "wx", "ha", "rpt")
SKIPPED_TEXT = re.compile(r"[\[<*#=_|(�]|\w\?\s+[^\W\d_A-Z]|\?\w|\s\?\s|www|^$")


class Prompt:
    def __init__(self, path, text):
        self.path, self.text = path, text
        self.raw = self.first = self.last = self.n_samples = None

    @property
    def length(self):
        return self.last - self.first

    @property
    def n_words(self):
        return len(self.text.split())


def read_prompts(language, folder):
    text = gzip.decompress(Path(TEXTS.format(language)).read_bytes()).decode("utf-8-sig")
    seen = set()
    for line in text.splitlines():
        name, colon, said = line.partition(":")
        said = " ".join(said.split())
        path = SOUNDS / folder / f"{name}.g722"
        usable = colon and path.exists() and name.split("/")[0] not in SKIPPED_FOLDERS
        if usable and not SKIPPED_TEXT.search(said) and said.casefold() not in seen:
            seen.add(said.casefold())
            yield Prompt(path, said)


def read_librivox():
    for line in (LIBRIVOX / "transcription").read_text().splitlines():
        said, name = re.fullmatch(r"<s> (.*) </s> \((.*)\)", line).groups()
        yield Prompt(LIBRIVOX / f"{name}.wav", said[0].upper() + said[1:] + ".")


def is_plausible(prompt):
    """Detects texts of other recordings by their speed."""
    letters = sum(c.isalpha() for c in prompt.text) + 4 * sum(c.isdigit() for c in prompt.text)
    return 6 <= letters / (prompt.length / RATE) <= 24 and prompt.length < 8 * RATE


def load_voice(workshop, language, folder):
    librivox = folder == "librivox"
    prompts = list(read_librivox() if librivox else read_prompts(language, folder))
    raws = workshop.decode([p.path for p in prompts], () if librivox else ("-f", "g722"))
    edges = workshop.speech_edges(raws)
    found = []
    for prompt, raw in zip(prompts, raws):
        if raw in edges:
            prompt.raw, (prompt.first, prompt.last, prompt.n_samples) = raw, edges[raw]
            if is_plausible(prompt):
                found.append(prompt)
    return found


class Layout:
    """Chooses speakers, lengths and pauses with one seeded generator."""

    def __init__(self, pools, rng):
        self.rng = rng
        self.pools = {}
        for name, prompts in pools.items():
            self.pools[name] = ([p for p in prompts if p.n_words > 3], [p for p in prompts if p.n_words <= 3])
            for pool in self.pools[name]:
                rng.shuffle(pool)
        self.spoken = dict.fromkeys(pools, 0)

    def next_speaker(self, previous):
        open_names = [n for n in self.pools if self.pools[n][0]]
        if previous in open_names and self.rng.random() < 0.15:
            return previous
        total = sum(self.spoken.values()) + 30 * RATE
        others = [n for n in open_names if n != previous]
        weights = [max(0.004, VOICES[n][2] - self.spoken[n] / total) ** 2 for n in others]
        return self.rng.choices(others, weights)[0]

    def next_turn(self, previous):
        name = self.next_speaker(previous)
        sentences, shorts = self.pools[name]
        if shorts and self.rng.random() < 0.27:
            prompts = [shorts.pop()]
        else:
            wanted = self.rng.choices((1, 2, 3, 4, 5, 6), (58, 24, 9, 5, 2, 2))[0]
            wanted = 1 if name == "Edmund Hale" else min(wanted, len(sentences))
            prompts = [sentences.pop() for _ in range(wanted)]
        self.spoken[name] += sum(p.length for p in prompts)
        return name, prompts

    def turn_gap(self):
        low, high = self.rng.choices(((0.15, 0.45), (0.45, 0.9), (0.9, 1.5)), (50, 35, 15))[0]
        return round(RATE * self.rng.uniform(low, high))

    def inner_pause(self):
        return round(RATE * self.rng.uniform(0.12, 0.7))


def lay_out(pools):
    """Returns turns as (speaker, [(sample, prompt)]) and the episode's length in samples."""
    layout = Layout(pools, random.Random(SEED))
    turns, at, speaker = [], round(0.8 * RATE), None
    for _ in range(N_TURNS):
        speaker, prompts = layout.next_turn(speaker)
        placed = []
        for prompt in prompts:
            placed.append((at, prompt))
            at += prompt.length + layout.inner_pause()
        at = placed[-1][0] + prompts[-1].length + layout.turn_gap()
        turns.append((speaker, placed))
    return turns, at + RATE


def score_line(speaker, at, prompt):
    gain_db, place = VOICES[speaker][3:]
    before = min(MARGIN, prompt.first)
    after = min(MARGIN, prompt.n_samples - prompt.last)
    gain = 10 ** (gain_db / 20)
    left, right = gain * (1 - max(0, place)) ** 0.5, gain * (1 + min(0, place)) ** 0.5
    return (at - before, prompt.first - before, before + prompt.length + after, before, after,
            f"{left:.6f}", f"{right:.6f}", prompt.raw)


def write_truth(folder, turns):
    turn_rows, prompt_rows = [], []
    for index, (speaker, placed) in enumerate(turns):
        last = placed[-1][0] + placed[-1][1].length
        turn_rows.append((index, seconds(placed[0][0]), seconds(last), speaker))
        for at, prompt in placed:
            prompt_rows.append((index, seconds(at), seconds(at + prompt.length), speaker, prompt.text))
    write_table(folder / "turns.tsv", ("index", "first", "last", "speaker"), turn_rows)
    write_table(folder / "prompts.tsv", ("turn", "first", "last", "speaker", "text"), prompt_rows)


def make(folder, workshop):
    """Makes the episode in folder unless it is up to date. Returns whether it was made."""
    key = fingerprint(SOURCE_DIR / "fixtures" / NAME, SOURCES)
    if is_made(folder, key, OUTPUTS):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    pools = {name: load_voice(workshop, *voice[:2]) for name, voice in VOICES.items()}
    turns, n_samples = lay_out(pools)
    score = [score_line(speaker, at, prompt) for speaker, placed in turns for at, prompt in placed]
    encode_mp3(workshop.mix(score, n_samples, SEED, TONE_DB), folder / OUTPUTS[0], FRONT_MATTER[0])
    turns_bracket.write(folder / OUTPUTS[1], FRONT_MATTER,
                        [(speaker, placed[0][0] // RATE, " ".join(p.text for _, p in placed)) for speaker, placed in turns])
    write_truth(folder, turns)
    mark_made(folder, key)
    return True
