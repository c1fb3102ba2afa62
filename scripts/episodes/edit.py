"""Variants of an episode with edited sound, corrected truth and an unchanged transcript."""

import shutil
import subprocess

from .ads import make_ad
from .workshop import RATE, encode_mp3, write_table

FRAME_BYTES = 4
TIME_COLUMNS = {"first", "last", "start_s", "end_s"}
SHORTEST_GAP_S = 0.15


def read_table(path):
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return head.removeprefix("# ").split("\t"), [line.split("\t") for line in lines]


class Timeline:
    """Pieces of the source in playing order, and the clock rate."""

    def __init__(self, n_samples, turns, rate_ppm):
        self.n_samples, self.scale = n_samples, 1 + rate_ppm * 1e-6
        self.gaps = [((end + start) / 2) for (_, end), (start, _) in zip(turns, turns[1:]) if start - end >= SHORTEST_GAP_S]
        self.pieces = [("source", 0, n_samples)]

    def gap_near(self, at):
        """Returns the middle, in samples, of the pause between turns nearest to `at` seconds."""
        return round(RATE * min(self.gaps, key=lambda gap: abs(gap - at)))

    def split(self, at):
        """Divides a piece at source sample `at`. Returns the index of the piece that begins there."""
        for k, (kind, first, last) in enumerate(self.pieces):
            if kind == "source" and first <= at < last:
                self.pieces[k:k + 1] = [p for p in (("source", first, at), ("source", at, last)) if p[1] < p[2]]
                return k + (first < at)
        raise SystemExit(f"edit-episode: {at / RATE:.3f} s lies outside the episode or in a passage that is cut")

    def insert(self, at, n_samples):
        self.pieces.insert(self.split(at) if at else 0, ("ad", 0, n_samples))

    def append(self, n_samples):
        self.pieces.append(("ad", 0, n_samples))

    def cut(self, first, last):
        start = self.split(first)
        end = self.split(last)
        self.pieces[start:end] = [("cut", first, last)]

    def played(self):
        """Yields each piece with its first sample in the edited sound, before the clock rate is applied."""
        at = 0
        for kind, first, last in self.pieces:
            yield kind, first, last, at
            at += 0 if kind == "cut" else last - first

    def moved(self, time_s):
        """Returns the new time in seconds of a moment in the source; None if it was cut out."""
        sample = time_s * RATE
        for kind, first, last, at in self.played():
            if kind == "source" and first <= sample <= last:
                return (at + sample - first) / RATE * self.scale
        return None

    def breaks(self):
        """Returns the rows of breaks.tsv. An insertion before the first sample is an offset; one after the last sample moves nothing."""
        source_at = 0
        for kind, first, last, at in self.played():
            length = (last - first) / RATE * self.scale
            start = at / RATE * self.scale
            if kind == "ad" and 0 < source_at < self.n_samples:
                yield source_at / RATE, start, start + length, length, "inserted"
            elif kind == "cut":
                yield first / RATE, start, start, -length, "removed"
            source_at = last if kind != "ad" else source_at


def decode_stereo(path):
    return subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "2", "-ar", str(RATE), "-f", "s16le", "-"],
                          check=True, stdout=subprocess.PIPE).stdout


def render(timeline, pcm, workshop, first_ad):
    parts, n_ads = [], first_ad
    for kind, first, last, _ in timeline.played():
        if kind == "source":
            parts.append(pcm[FRAME_BYTES * first:FRAME_BYTES * last])
        elif kind == "ad":
            parts.append(make_ad(workshop, last - first, n_ads))
            n_ads += 1
    return b"".join(parts)


def change_clock(pcm, scale):
    if scale == 1:
        return pcm
    raw = ("-t", "raw", "-r", str(RATE), "-e", "signed", "-b", "16", "-c", "2", "-")
    return subprocess.run(["sox", "-D", *raw, *raw, "speed", f"{1 / scale:.12f}", "rate", "-v", str(RATE)], input=pcm, check=True,
                          stdout=subprocess.PIPE).stdout


def move_row(timeline, header, row):
    """Returns the row with new times; None if it was cut out."""
    moved = list(row)
    for k, name in enumerate(header):
        if name in TIME_COLUMNS and row[k]:
            time_s = timeline.moved(float(row[k]))
            if time_s is None:
                return None
            moved[k] = f"{time_s:.6f}"
    return moved


def silent_row(header, row):
    """Returns a turn or word whose sound was cut out."""
    return ["" if name in TIME_COLUMNS else "not_said" if name == "status" else value for name, value in zip(header, row)]


def move_tables(timeline, episode, out):
    for path in sorted(episode.glob("*.tsv")):
        header, rows = read_table(path)
        moved = [move_row(timeline, header, row) for row in rows]
        if path.name in ("turns.tsv", "transcript.tsv"):
            moved = [m or silent_row(header, row) for m, row in zip(moved, rows)]
        write_table(out / path.name, header, [row for row in moved if row])


def edit(episode, out, workshop, offset=0, inserts=(), cuts=(), rate_ppm=0, appended=0, first_ad=0):
    """Writes a variant. inserts: (at, length), cuts: (from, until), in seconds of the source, moved to the nearest pause between turns.
    offset, appended: seconds of advertisement at the beginning and at the end. first_ad: kind of the first one."""
    sound, = episode.glob("*.mp3")
    pcm = decode_stereo(sound)
    header, rows = read_table(episode / "turns.tsv")
    first, last = header.index("first"), header.index("last")
    timeline = Timeline(len(pcm) // FRAME_BYTES, [(float(r[first]), float(r[last])) for r in rows], rate_ppm)
    for start, end in cuts:
        timeline.cut(timeline.gap_near(start), timeline.gap_near(end))
    for at, length in inserts:
        timeline.insert(timeline.gap_near(at), round(length * RATE))
    if offset:
        timeline.insert(0, round(offset * RATE))
    if appended:
        timeline.append(round(appended * RATE))
    out.mkdir(parents=True, exist_ok=True)
    encode_mp3(change_clock(render(timeline, pcm, workshop, first_ad), timeline.scale), out / sound.name, sound.stem)
    shutil.copyfile(sound.with_suffix(".txt"), out / f"{sound.stem}.txt")
    move_tables(timeline, episode, out)
    write_table(out / "clock.tsv", ("offset", "rate_ppm"), [(f"{round(offset * RATE) / RATE * timeline.scale:.6f}", rate_ppm)])
    write_table(out / "breaks.tsv", ("at", "audio_from", "audio_until", "gap", "kind"),
                [(*(f"{value:.6f}" for value in row[:4]), row[4]) for row in timeline.breaks()])
