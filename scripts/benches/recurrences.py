"""Measures whether passages that recur in several episodes are found: ads, jingles and music put into different speech at random
places, each episode with its own encoding and level."""

import random
import subprocess

try:
    import numpy
except ImportError:
    numpy = None

from workbench import EPISODES, FOLDER, SOURCE_DIR, ffmpeg, is_fresh, median, run

SEED, RATE, N_EPISODES, BASE_S, N_ROUNDS = 146, 16000, 16, 90, 3
MUSIC = SOURCE_DIR / "build" / "packages" / "usr" / "share" / "asterisk" / "moh"
FIELD = SOURCE_DIR / "build" / "field"
PROGRAM = FOLDER / "release" / "tests" / "bench_recurrences"
# name: (source, length s); speech with music has both
ITEMS = {"jingle": ("macroform-robot_dity.wav", 5), "intro": ("macroform-cold_day.wav", 20), "bed": ("macroform-the_simplicity.wav", 12),
         "music": ("reno_project-system.wav", 8), "ad 1": ("sentences-el", 30), "ad 2": ("sentences-ro", 15), "ad 3": ("sentences-fr", 10),
         "ad 4": ("sentences-bg", 6)}
SPEECH_OVER = {"bed": "sentences-ru"}
KINDS = [("mp3", ("-c:a", "libmp3lame", "-b:a", "64k", "-ar", 44100)), ("m4a", ("-c:a", "aac", "-b:a", "96k", "-ar", 48000)),
         ("opus", ("-c:a", "libopus", "-b:a", "24k", "-ar", 48000)), ("24.mp3", ("-c:a", "libmp3lame", "-b:a", "24k", "-ar", 24000)),
         ("flac", ("-ar", 48000))]
BLUR_S, EDGE_GOAL_S = 1.5, 0.5


def sound_of(path, start=0.0, length=None):
    command = ["ffmpeg", "-nostdin", "-v", "error", "-ss", str(start)]
    command += ["-t", str(length)] if length else []
    raw = subprocess.run([*command, "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"], check=True, capture_output=True).stdout
    return numpy.frombuffer(raw, numpy.float32)


def source(name):
    return MUSIC / name if name.endswith(".wav") else FIELD / name / "audio.flac"


def scaled(sound, rms=0.05):
    return sound * (rms / max(1e-6, float(numpy.sqrt(numpy.mean(sound ** 2)))))


def items(rng):
    made = {}
    for name, (where, length) in ITEMS.items():
        sound = scaled(sound_of(source(where), rng.uniform(2, 8), length))
        if name in SPEECH_OVER:
            sound = 0.4 * sound + scaled(sound_of(source(SPEECH_OVER[name]), rng.uniform(2, 8), length))
        made[name] = sound
    return made


def bases(rng):
    """Speech that occurs in one episode only."""
    sounds = [sound_of(EPISODES / name / f"{name}.mp3") for name in ("real-voices", "conversation")]
    spans = [scaled(sound[at:at + BASE_S * RATE]) for sound in sounds for at in range(0, len(sound) - BASE_S * RATE, BASE_S * RATE)]
    rng.shuffle(spans)
    return spans[:N_EPISODES]


def make_episode(rng, base, made):
    """Returns the sound, and (item, start, end) in seconds."""
    inserted = ["intro"] * (rng.random() < 0.8) + rng.sample([name for name in ITEMS if name != "intro"], rng.randint(0, 4))
    cuts = sorted(rng.sample(range(5 * RATE, len(base) - 5 * RATE), len(inserted)))
    if inserted[:1] == ["intro"]:
        cuts[0] = 0
    parts, truth, at, last = [], [], 0, 0
    for cut, name in zip(cuts, inserted):
        parts += [base[last:cut], made[name]]
        start = at + cut - last
        truth.append((name, start / RATE, (start + len(made[name])) / RATE))
        at, last = start + len(made[name]), cut
    return numpy.concatenate([*parts, base[last:]]), truth


def draw(folder, number):
    rng = random.Random(f"{SEED} {number}")
    made, files, truths = items(rng), [], []
    for k, base in enumerate(bases(rng)):
        sound, truth = make_episode(rng, base, made)
        extension, arguments = KINDS[k % len(KINDS)]
        gain_db = rng.uniform(-9, 3)
        raw, out = folder / "sound.raw", folder / f"{number}-{k}.{extension}"
        if not is_fresh(out, SOURCE_DIR / "scripts" / "benches" / "recurrences.py"):
            (sound * 10 ** (gain_db / 20)).astype(numpy.float32).tofile(raw)
            ffmpeg("-f", "f32le", "-ar", RATE, "-ac", 1, "-i", raw, *arguments, out)
        files.append(out)
        truths.append(truth)
    return files, truths


def found_in(files, program=PROGRAM):
    *lines, times = run(program, *files, capture_output=True, text=True).stdout.splitlines()
    places = [(int(item), int(k), float(start), float(end)) for item, k, start, end in map(str.split, lines)]
    return places, [float(value) for value in times.split()]


class Tally:
    def __init__(self):
        self.n = self.n_found = 0
        self.apart, self.edges, self.false_s = 0, [], 0.0

    def add(self, places, truths):
        shared = {name for name in ITEMS if sum(any(row[0] == name for row in truth) for truth in truths) > 1}
        names = {}
        for k, truth in enumerate(truths):
            for name, start, end in truth:
                if name not in shared:
                    continue
                self.n += 1
                over = [p for p in places if p[1] == k and min(p[3], end) - max(p[2], start) > 0.5 * (end - start)]
                self.n_found += bool(over)
                for item, _, first, last in over:
                    names.setdefault(name, set()).add(item)
                    self.edges += [first - start, last - end]
        self.apart += sum(len(found) - 1 for found in names.values())
        for _, k, first, last in places:
            covered = sum(max(0, min(last, end) - max(first, start)) for _, start, end in truths[k])
            self.false_s += max(0, last - first - covered - 2 * BLUR_S)


def measure(bench):
    if numpy is None:
        bench.skipped("recurring passages", "python3 has no numpy")
        return
    folder, tally, times, hours = bench.folder("recurrences"), Tally(), [0, 0], 0
    for number in range(1 if bench.quick else N_ROUNDS):
        files, truths = draw(folder, number)
        places, used = found_in(files)
        times = [a + b for a, b in zip(times, used)]
        hours += len(files) * (BASE_S + 30) / 3600
        tally.add(places, truths)
    bench.share_at_least("recurring passages of 5 to 30 s that are found", tally.n_found, tally.n, 95)
    bench.figure("passages that are told apart from themselves", str(tally.apart), "0", tally.apart == 0)
    bench.at_most("sound that is wrongly taken to recur", tally.false_s, 0, " s", 1)
    edges = [abs(edge) for edge in tally.edges]
    bench.share_at_least(f"edges within {EDGE_GOAL_S} s", sum(edge <= EDGE_GOAL_S for edge in edges), len(edges), 90)
    bench.figure("edges, median of starts and of ends", f"{median(tally.edges[::2]):+.2f} {median(tally.edges[1::2]):+.2f} s")
    bench.figure("user time of the fingerprints, for an hour", f"{times[0] / hours:.1f} s")
