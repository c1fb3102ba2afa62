"""Checks the verdict of drift for pieces of the episodes whose audio, timestamps or text are right, shifted, broken, edited,
unrelated or missing."""

import json
import random
from collections import namedtuple

import pieces
import transcripts
import variants
from accuracy import match_breaks
from breaks import APART_S, is_in_pause, pauses, places
from truth import n_within, read_breaks, read_turns
from workbench import in_parallel, remembered
from wrongtext import vocabulary

SEED, N_QUICK = 4, 50
# number of each kind; for broken ones, with each number of breaks
N_CLEAN, N_OFFSET, N_RATE, N_FOREIGN, N_EDITED, N_BARE, N_BARE_FOREIGN, N_BROKEN, MOST_BREAKS = 30, 25, 20, 25, 30, 20, 10, 5, 8
FEW_BREAKS = 3  # in a short piece; more need a long one
OFFSETS_S, INSERTS_S, CUTS_S = (2, 60), (2, 45), (2, 20)
LEAST_LEFT = 0.6  # of the text of a piece that is cut
RATES_PPM, RATE_LIMIT = (2000, 3000), "100ms"  # timestamps in milliseconds, so that a piece is long enough
RATE_SLACK_PPM = 150
EDITED_SHARE = 0.12
SIZE_S, OFFSET_S = 0.05, 0.02

# folder: of the truth; offset, rate_ppm: None if undefined
Case = namedtuple("Case", "name verdict sound text folder offset rate_ppm options", defaults=(0, 0, ()))


def sound_of(folder):
    sound, = folder.glob("*.mp3")
    return sound


def own_text(piece):
    return piece / f"{piece.name}.txt"


def between(rng, bounds):
    return bounds[0] * (bounds[1] / bounds[0]) ** rng.random()


def clean(_rng, piece, _others, _out):
    return Case("clean", "ok", sound_of(piece), own_text(piece), piece)


def offset(rng, piece, _others, out):
    """Inserts an ad at the start, or makes the timestamps too late."""
    seconds = round(between(rng, OFFSETS_S), 3)
    if rng.random() < 0.7:
        folder = variants.make(out, piece, offset=seconds, first_ad=rng.randrange(4))
        return Case("offset", "drift", sound_of(folder), own_text(piece), folder, seconds)
    seconds, turns = round(seconds), transcripts.read(own_text(piece))
    out.mkdir(parents=True, exist_ok=True)
    text = transcripts.write(out / "late.txt", transcripts.shifted(turns, seconds))
    return Case("offset", "drift", sound_of(piece), text, piece, -seconds)


def write_to_the_millisecond(path, piece):
    turns = transcripts.read(own_text(piece))
    segments = [{"speaker": turn.speaker, "startTime": round(true.first, 3), "body": turn.text}
                for turn, true in zip(turns, read_turns(piece), strict=True)]
    path.write_text(json.dumps({"version": "1.0.0", "segments": segments}), encoding="utf-8")
    return path


def rate(rng, piece, _others, out):
    ppm = round(between(rng, RATES_PPM)) * rng.choice((1, -1))
    folder = variants.make(out, piece, rate_ppm=ppm)
    text = write_to_the_millisecond(out / "milliseconds.json", piece)
    return Case("clock", "drift", sound_of(folder), text, folder, None, ppm, ("--max-drift", RATE_LIMIT))


def draw_cut(rng, at, seams, left_s):
    ends = [seam for seam in seams if CUTS_S[0] <= seam - at <= min(CUTS_S[1], left_s)]
    return rng.choice(ends) if ends and rng.random() < 0.4 else None


def draw_breaks(rng, piece, n_breaks):
    """Returns (inserts, cuts), or None if no more fit. The space before the first and after the last is as large as between
    two."""
    last_s, inserts, cuts = read_turns(piece)[-1].last, [], []
    seams, left_s = [seam for seam in pauses(piece) if APART_S <= seam <= last_s - APART_S], (1 - LEAST_LEFT) * last_s
    for _ in range(n_breaks):
        taken = [(at, at) for at, _ in inserts] + cuts
        free = [seam for seam in seams if all(seam - last >= APART_S or first - seam >= APART_S for first, last in taken)]
        if not free:
            return None
        at = rng.choice(free)
        end = draw_cut(rng, at, [seam for seam in free if all((first - seam) * (first - at) > 0 for first, _ in taken)], left_s)
        if end is None:
            inserts.append((at, round(between(rng, INSERTS_S), 3)))
        else:
            cuts.append((at, end))
            left_s -= end - at
    return inserts, cuts


def broken(n_breaks):
    def make(rng, piece, others, out):
        rooms = [piece, *others] if n_breaks <= FEW_BREAKS else rng.sample(long := pieces.make_all(pieces.LONG_S), len(long))
        for attempt in range(1000):
            chosen = rooms[attempt // 50 % len(rooms)]
            drawn = draw_breaks(rng, chosen, n_breaks)
            if drawn:
                break
        else:
            raise SystemExit(f"bench: no piece has room for {n_breaks} breaks")
        inserts, cuts = drawn
        folder = variants.make(out, chosen, inserts=inserts, cuts=cuts, first_ad=rng.randrange(4))
        return Case(f"{n_breaks} break{'s' * (n_breaks > 1)}", "drift", sound_of(folder), own_text(chosen), folder)
    return make


def foreign(rng, piece, others, _out):
    return Case("wrong transcript", "mismatch", sound_of(piece), own_text(rng.choice(others)), piece)


def edit_words(rng, pool, text):
    words = []
    for word in text.split():
        kept = rng.random() >= EDITED_SHARE
        words += [word] if kept else rng.choice(([], [rng.choice(pool)], [word, rng.choice(pool)]))
    return " ".join(words) or text


def edited(rng, piece, _others, out):
    """Drops, replaces and invents words, and leaves out a turn in the middle."""
    turns, pool = transcripts.read(own_text(piece)), vocabulary()
    gone = rng.randrange(1, len(turns) - 1)
    out.mkdir(parents=True, exist_ok=True)
    text = transcripts.write(out / "edited.txt", [turn._replace(text=edit_words(rng, pool, turn.text))
                                                  for k, turn in enumerate(turns) if k != gone])
    return Case("edited text", "ok", sound_of(piece), text, piece)


def write_bare(out, piece):
    out.mkdir(parents=True, exist_ok=True)
    return transcripts.write_bare(out / "bare.json", transcripts.read(own_text(piece)))


def bare(_rng, piece, _others, out):
    return Case("no stamps", "ok", sound_of(piece), write_bare(out, piece), piece, None)


def bare_foreign(rng, piece, others, out):
    return Case("no stamps, wrong transcript", "mismatch", sound_of(piece), write_bare(out, rng.choice(others)), piece)


def plan():
    makers = [(clean, N_CLEAN), (offset, N_OFFSET), (rate, N_RATE), *((broken(n), N_BROKEN) for n in range(1, MOST_BREAKS + 1)),
              (foreign, N_FOREIGN), (edited, N_EDITED), (bare, N_BARE), (bare_foreign, N_BARE_FOREIGN)]
    return [maker for maker, n in makers for _ in range(n)]


def make_case(folder, all_pieces, number, maker):
    rng = random.Random(f"{SEED} {number}")
    piece = all_pieces[number % len(all_pieces)]
    others = [other for other in all_pieces if other != piece]
    rng.shuffle(others)
    return maker(rng, piece, others, folder / f"case-{number}")


def ask(case):
    code, printed, messages = remembered("drift", case.sound, case.text, "--json", "--no-cache", "-q", *case.options)
    if code not in (0, 4):
        raise SystemExit(f"bench: soundbite drift {case.sound} {case.text}: exit {code}\n{messages}")
    return json.loads(printed)


class Tally:
    """The counts of cases of one kind."""

    def __init__(self):
        self.n = self.n_right = self.n_true = self.n_found = self.n_invented = self.n_placed = 0
        self.sizes, self.offsets, self.rates = [], [], []

    def add_breaks(self, case, found):
        true, bounds = (read_breaks(case.folder), list(places(case))) if (case.folder / "breaks.tsv").exists() else ([], [])
        pairs, n_invented = match_breaks(true, found["breaks"])
        self.n_true += len(true)
        self.n_found += len(pairs)
        self.n_invented += n_invented
        self.sizes += [reported["gap"] - real.gap for real, reported in pairs]
        self.n_placed += sum(is_in_pause(reported, bounds[true.index(real)], real.gap > 0) for real, reported in pairs)
        return len(pairs) == len(true) and not n_invented

    def add(self, case, found):
        right = found["verdict"] == case.verdict
        self.n += 1
        if case.verdict != "mismatch":
            right = self.add_breaks(case, found) and right
            if case.offset is not None:
                self.offsets.append(found["offset"] - case.offset)
            if case.rate_ppm:
                self.rates.append(found["rate_ppm"] - case.rate_ppm)
        self.n_right += right
        return right


def report_kind(bench, name, tally):
    bench.share_at_least(f"{name}: verdict and breaks right", tally.n_right, tally.n, 100)


def report(bench, whole):
    bench.share_at_least("all: verdict and breaks right", whole.n_right, whole.n, 100)
    bench.figure("breaks found, invented", f"{whole.n_found} of {whole.n_true}, {whole.n_invented}", "all, 0",
                 whole.n_found == whole.n_true and not whole.n_invented)
    bench.share_at_least("break sizes within 50 ms", n_within(whole.sizes, SIZE_S), whole.n_true, 100)
    bench.share_at_least("breaks placed inside their pause", whole.n_placed, whole.n_true, 100)
    bench.share_at_least("offsets within 20 ms", n_within(whole.offsets, OFFSET_S), len(whole.offsets), 100)
    bench.share_at_least(f"clocks within {RATE_SLACK_PPM} ppm", n_within(whole.rates, RATE_SLACK_PPM), len(whole.rates), 100)


def measure(bench):
    folder, makers, all_pieces = bench.folder("verdicts"), plan(), pieces.make_all()
    n = N_QUICK if bench.quick else len(makers)
    numbers = [k * len(makers) // n for k in range(n)]
    cases = in_parallel(lambda number: make_case(folder, all_pieces, number, makers[number]), numbers)
    tallies, whole = {}, Tally()
    for number, case, found in zip(numbers, cases, in_parallel(ask, cases)):
        one = tallies.setdefault(case.name, Tally())
        whole.add(case, found)
        if not one.add(case, found):
            bench.figure(f"  case {number}, {case.name}, {case.sound.stem} {case.text.stem}: {found['verdict']}",
                         f"{len(found['breaks'])} breaks", found["reason"])
    for name, tally in tallies.items():
        report_kind(bench, name, tally)
    report(bench, whole)
