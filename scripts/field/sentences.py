"""Tux Paint's spoken descriptions: short sentences in a dozen languages, recorded at home by many people."""

import random
from pathlib import Path

from .packages import folder
from .recordings import Recording, clear, load

STAMPS = "usr/share/tuxpaint/stamps"
LICENCE = "GPL 2 or later (Tux Paint stamps)"
MOST_TRIED = 110  # decoded per language: half of them the longest ones
N_LETTERS = 24  # minimum for a sentence
N_SENTENCES, SENTENCES_S, N_LONG = 24, 170, 12  # maximum number and duration; minimum number for a set
N_PHRASES, PHRASES_S, N_TURNS = 40, 75, 8
# Languages with the speaker's name in the transcript.
READERS = {"be": "Чытальніца", "bg": "Четец", "ca": "Lectora", "da": "Oplæser", "el": "Αναγνώστρια", "en": "Reader", "es": "Lectora",
           "fr": "Lectrice", "nl": "Lezer", "ro": "Cititor", "ru": "Чтец"}


def text_of(path, language):
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    head = f"{language}.utf8="
    own = lines[:1] if language == "en" else [line[len(head):] for line in lines if line.startswith(head)]
    return " ".join(own[0].split()) if own else ""


def read(language):
    """Yields the sounds of one language that have a text."""
    ending = "_desc.ogg" if language == "en" else f"_desc_{language}.ogg"
    for sound in sorted(folder(STAMPS).rglob(f"*{ending}")):
        text = sound.with_name(sound.name.removesuffix(ending) + ".txt")
        if text.exists():
            yield Recording(sound, text_of(text, language))


def to_try(recordings, seed):
    """Returns the longest texts and as many others in a seeded order."""
    found = sorted(recordings, key=lambda r: (-r.n_letters, str(r.path)))
    first, rest = found[:MOST_TRIED // 2], found[MOST_TRIED // 2:]
    random.Random(f"tried {seed}").shuffle(rest)
    return first + rest[:MOST_TRIED // 2]


def load_language(workshop, language):
    return load(workshop, to_try(clear(read(language)), language))


def take(pool, n, seconds):
    """Returns at most n of the pool, up to the maximum duration."""
    taken, left = [], seconds
    while pool and len(taken) < n and left > 0:
        taken.append(pool.pop(0))
        left -= taken[-1].length_s
    return taken


def in_turns(rng, speaker, recordings):
    """Groups one to three sentences in a turn."""
    while recordings:
        n = rng.choice((1, 2, 3))
        yield speaker, recordings[:n]
        recordings = recordings[n:]


def meta(language, kind):
    return {"language": language, "kind": kind, "labels": "energy inside each recording", "source": "Debian package tuxpaint-stamps-default",
            "licence": LICENCE}


def sets(workshop):
    """Yields (name, title, ending of the sound, meta, groups for layout.place) of each set."""
    some = []
    for language, speaker in READERS.items():
        rng, found = random.Random(f"sets {language}"), load_language(workshop, language)
        rng.shuffle(found)
        long, short = ([r for r in found if (r.n_letters >= N_LETTERS) == wanted] for wanted in (True, False))
        if len(long) >= N_LONG:
            sentences = take(long, N_SENTENCES, SENTENCES_S)
            yield (f"sentences-{language}", f"Stamps, {language}", "flac", meta(language, "short sentences, one a turn"),
                   [(speaker, [r]) for r in sentences])
            some += [(speaker, [r]) for r in take(long, 3, SENTENCES_S)]
        phrases = list(in_turns(rng, speaker, take(short, N_PHRASES, PHRASES_S)))
        if len(phrases) >= N_TURNS:
            yield f"phrases-{language}", f"Words, {language}", "ogg", meta(language, "phrases of a few words"), phrases
    random.Random("mixed").shuffle(some)
    yield "sentences-mixed", "Stamps, mixed", "mp3", meta("mul", "short sentences in many languages"), some
