"""Advertisements to insert into episodes: four kinds of untranscribed speech and music, in rotation."""

import subprocess
from pathlib import Path

from .workshop import RATE

VOICE = ("gmw/en-US+m7", "190", "48", "70")
COPY = """This programme is brought to you by Brindle and Daughters, makers of the folding ladder.
Is your loft out of reach? Is your roof a mystery? Climb on.
Every ladder comes with a thirty year promise, two brass hooks, and a drawing of how to use them.
Listeners who call this week receive a second ladder, which is smaller, for the cat.
Brindle and Daughters. Up is a direction.
And remember that parking behind the showroom is free on Wednesdays.
"""
FOREIGN_VOICE = ("gmw/de+f2", "165", "55", "60")
FOREIGN_COPY = """Dieses Programm wird Ihnen von der Leiterfabrik Brindel und Töchter gebracht.
Ist Ihr Dachboden zu hoch, ist Ihr Dach ein Rätsel? Dann steigen Sie auf.
Jede Leiter kommt mit dreißig Jahren Garantie, zwei Haken aus Messing und einer Zeichnung.
Wer diese Woche anruft, bekommt eine zweite Leiter dazu, etwas kleiner, für die Katze.
"""
# Recorded letters, numbers and letter names, which do not occur in the real voices.
RECORDED = Path("/usr/share/asterisk/sounds")
RECORDED_FOLDERS = ("en_US_f_Allison/phonetic", "fr_CA_f_June/letters", "it_IT_m_Carlo/digits", "en_US_f_Allison/digits")
# A quiet chord that changes every two seconds; t is in seconds.
MUSIC = ("0.05*(sin(2*PI*196*t)+sin(2*PI*(246.94+15*mod(floor(t/2),3))*t)+sin(2*PI*(293.66+20*mod(floor(t/2),2))*t))"
         "*(0.6+0.4*cos(2*PI*mod(t,0.5)))")
# The same, louder, with plucked notes and a beat.
TUNE = (f"3*{MUSIC}+0.2*sin(2*PI*392*pow(2,mod(floor(4*t)*floor(4*t)+floor(t/3),8)/12)*t)*exp(-6*mod(t,0.25))"
        "+0.15*(random(0)-0.5)*exp(-25*mod(t,0.5))")


def spoken(workshop, name, voice, copy):
    folder = workshop.folder / name
    folder.mkdir(exist_ok=True)
    subprocess.run([workshop.program("say", "-lespeak-ng"), *voice, folder], input=copy, text=True, check=True,
                   stdout=subprocess.DEVNULL)
    raws = workshop.decode([folder / f"{n}.raw" for n in range(len(copy.splitlines()))], ("-f", "s16le", "-ar", "22050"))
    return b"".join(raw.read_bytes() for raw in raws)


def english(workshop):
    return spoken(workshop, "ad", VOICE, COPY)


def foreign(workshop):
    return spoken(workshop, "foreign-ad", FOREIGN_VOICE, FOREIGN_COPY)


def recorded(workshop):
    paths = [path for folder in RECORDED_FOLDERS for path in sorted((RECORDED / folder).glob("*.g722"))]
    return b"".join(raw.read_bytes() for raw in workshop.decode(paths, ("-f", "g722")))


def silence(_workshop):
    return bytes(2 * RATE)


# Speech, its level, and music.
KINDS = ((english, 0.4, MUSIC), (recorded, 0.5, MUSIC), (silence, 0, TUNE), (foreign, 0.4, "0"))


def make_ad(workshop, n_samples, turn=0):
    """Returns an advertisement of n_samples as stereo PCM. `turn` selects its kind and where it begins."""
    speech, gain, music = KINDS[turn % len(KINDS)]
    voice = speech(workshop)
    start = turn * len(voice) // 10 % len(voice) // 2 * 2
    voice = (voice[start:] + voice) * (2 * n_samples // len(voice) + 2)
    length = n_samples / RATE
    fades = f"afade=t=in:d=0.05,afade=t=out:st={max(0, length - 0.4):.6f}:d=0.4"
    graph = (f"aevalsrc='{music}':s={RATE}:d={length + 1:.6f}[music];[0:a]volume={gain}[voice];"
             f"[voice][music]amix=inputs=2:duration=first:normalize=0,{fades}")
    pcm = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0",
                          "-filter_complex", graph, "-ac", "2", "-f", "s16le", "pipe:1"],
                         input=voice[:2 * n_samples], check=True, stdout=subprocess.PIPE).stdout
    return pcm[:4 * n_samples].ljust(4 * n_samples, b"\0")
