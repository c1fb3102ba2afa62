"""Advertisements to put into episodes: a voice that is in no transcript, over a few bars of music."""

import subprocess

from .workshop import RATE

VOICE = ("gmw/en-US+m7", "190", "48", "70")
COPY = """This programme is brought to you by Brindle and Daughters, makers of the folding ladder.
Is your loft out of reach? Is your roof a mystery? Climb on.
Every ladder comes with a thirty year promise, two brass hooks, and a drawing of how to use them.
Listeners who call this week receive a second ladder, which is smaller, for the cat.
Brindle and Daughters. Up is a direction.
And remember that parking behind the showroom is free on Wednesdays.
"""
# A chord that changes every two seconds, quietly; t is in seconds.
MUSIC = ("0.05*(sin(2*PI*196*t)+sin(2*PI*(246.94+15*mod(floor(t/2),3))*t)+sin(2*PI*(293.66+20*mod(floor(t/2),2))*t))"
         "*(0.6+0.4*cos(2*PI*mod(t,0.5)))")


def speech(workshop):
    folder = workshop.folder / "ad"
    folder.mkdir(exist_ok=True)
    subprocess.run([workshop.program("say", "-lespeak-ng"), *VOICE, folder], input=COPY, text=True, check=True,
                   stdout=subprocess.DEVNULL)
    raws = workshop.decode([folder / f"{n}.raw" for n in range(len(COPY.splitlines()))], ("-f", "s16le", "-ar", "22050"))
    return b"".join(raw.read_bytes() for raw in raws)


def make_ad(workshop, n_samples, turn=0):
    """An advertisement of n_samples as stereo PCM; those with another turn begin at another place in the copy."""
    voice = speech(workshop)
    start = turn * len(voice) // 10 * 2
    voice = (voice[start:] + voice) * (2 * n_samples // len(voice) + 2)
    length = n_samples / RATE
    fades = f"afade=t=in:d=0.05,afade=t=out:st={max(0, length - 0.4):.6f}:d=0.4"
    graph = (f"aevalsrc='{MUSIC}':s={RATE}:d={length + 1:.6f}[music];[0:a]volume=0.4[voice];"
             f"[voice][music]amix=inputs=2:duration=first:normalize=0,{fades}")
    pcm = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0",
                          "-filter_complex", graph, "-ac", "2", "-f", "s16le", "pipe:1"],
                         input=voice[:2 * n_samples], check=True, stdout=subprocess.PIPE).stdout
    return pcm[:4 * n_samples].ljust(4 * n_samples, b"\0")
