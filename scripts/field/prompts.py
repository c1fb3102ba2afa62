"""Clean studio speech: Asterisk's prompts, one speaker per language, and the LibriVox sentences of pocketsphinx's tests."""

import random

from episodes import real_voices

from .recordings import Recording, clear, load
from .sentences import in_turns, take, to_try

N_PROMPTS, PROMPTS_S = 30, 80
VOICES = {"en": ("en_US_f_Allison", "Allison"), "es": ("es_MX_f_Allison", "Allison"), "fr": ("fr_CA_f_June", "June"),
          "it": ("it_IT_m_Carlo", "Carlo"), "ru": ("ru_RU_f_IvrvoiceRU", "Голос")}
LICENCE = "CC BY-SA 3.0, CC BY 3.0 (Asterisk core sounds)"


def read(language):
    return [Recording(prompt.path, prompt.text) for prompt in real_voices.read_prompts(language, VOICES[language][0])]


def meta(language):
    return {"language": language, "kind": "telephone prompts", "labels": "energy inside each recording",
            "source": f"Debian package asterisk-core-sounds-{language}-g722", "licence": LICENCE}


def sets(workshop):
    for language, (_, speaker) in VOICES.items():
        rng = random.Random(f"prompts {language}")
        found = load(workshop, to_try(clear(read(language)), language), ("-f", "g722"))
        rng.shuffle(found)
        taken = take([r for r in found if r.n_words > 2], N_PROMPTS, PROMPTS_S)
        yield f"prompts-{language}", f"Prompts, {language}", "mp3", meta(language), list(in_turns(rng, speaker, taken))
    found = load(workshop, [Recording(p.path, p.text) for p in real_voices.read_librivox()])
    about = {"language": "en", "kind": "LibriVox reading", "labels": "energy inside each recording",
             "source": "Debian package pocketsphinx-testdata", "licence": "public domain"}
    yield "librivox-en", "Sense and Sensibility", "flac", about, [("Reader", [r]) for r in found]
