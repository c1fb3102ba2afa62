"""Training examples: sound, labels and the program's alignment of them."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from . import weights

SOUNDS = (".wav", ".flac")
COLUMNS = 9


class NoExamples(Exception):
    """There are no examples."""


class Examples:
    """One row per boundary: `levels` in dB, `context`, `first_s` (the first candidate), `aligned_s`, `labelled_s`, `refined_s`
    (with the built-in weights) and `group`. Rows of one group are held out together. A group is a speaker if there are at least
    four, otherwise a file; see `kind`."""

    def __init__(self, rows, levels, files):
        speakers = [row[1] for row in rows]
        self.kind = "speaker" if len(set(speakers)) >= 4 else "file"
        self.group = speakers if self.kind == "speaker" else files
        self.context = np.array([int(row[4]) for row in rows])
        times = np.array([row[5:9] for row in rows], dtype=float).reshape(-1, 4)
        self.first_s, self.aligned_s, self.labelled_s, self.refined_s = times.T
        self.levels = levels

    def __len__(self):
        return len(self.context)

    def level_db(self, rows):
        return self.levels[rows].astype(np.float32) / 100

    def learnable(self):
        """Returns the rows whose labelled time is among the candidates."""
        at = (self.labelled_s - self.first_s) / weights.HOP_S
        return (at >= 0) & (at <= weights.CANDIDATES - 1)


def find_pairs(folders):
    """Returns sounds with their labels, sorted by name."""
    pairs = []
    for folder in folders:
        if not Path(folder).is_dir():
            raise NoExamples(f"{folder}: is not a folder")
        sounds = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in SOUNDS)
        pairs += [(path, labels) for path in sounds if (labels := path.with_suffix(".words.tsv")).exists()]
    if not pairs:
        raise NoExamples("no audio with labels next to it, such as one.wav and one.words.tsv")
    return pairs


def run_program(program, pairs, base):
    listing = base.with_suffix(".list")
    listing.write_text("".join(f"{sound}\t{labels}\n" for sound, labels in pairs), encoding="utf-8")
    subprocess.run([program, listing, base], check=False)
    rows = [line.split("\t") for line in base.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()]
    if any(len(row) != COLUMNS for row in rows):
        raise NoExamples(f"{program}: a line of its table is not {COLUMNS} fields")
    levels = np.fromfile(base.with_suffix(".levels"), dtype=np.int16)
    if levels.size != len(rows) * weights.SEEN * weights.BANDS:
        raise NoExamples(f"{program}: table and levels do not agree")
    return rows, levels.reshape(-1, weights.SEEN, weights.BANDS)


def collect(program, folders, scratch, jobs):
    """Aligns all files. Returns the examples and the number of files."""
    pairs = find_pairs(folders)
    shares = [pairs[len(pairs) * i // jobs:len(pairs) * (i + 1) // jobs] for i in range(jobs)]
    shares = [share for share in shares if share]
    with ThreadPoolExecutor(len(shares)) as pool:
        parts = list(pool.map(lambda job: run_program(program, job[1], Path(scratch) / f"part-{job[0]}"), enumerate(shares)))
    rows, files = [], []
    for share, (part, _) in zip(shares, parts):
        rows += part
        files += [str(share[int(row[0])][0]) for row in part]
    if not rows:
        raise NoExamples("not one word could be aligned")
    return Examples(rows, np.concatenate([levels for _, levels in parts]), files), len(pairs)


def hold_out(examples, share, seed):
    """Returns two masks, for training and for evaluation, and the number of groups in each. Groups are not divided. At least one
    group is held out (the smallest, if every group exceeds the share), but never all."""
    sizes = {name: examples.group.count(name) for name in sorted(set(examples.group))}
    names = [list(sizes)[i] for i in np.random.default_rng(seed).permutation(len(sizes))]
    chosen, n = set(), 0
    for name in names[1:]:
        if n + sizes[name] / 2 <= share * len(examples):
            chosen.add(name)
            n += sizes[name]
    if share > 0 and not chosen and len(sizes) > 1:
        chosen = {min(names, key=sizes.get)}
    held = np.array([group in chosen for group in examples.group])
    return ~held, held, len(sizes) - len(chosen), len(chosen)
