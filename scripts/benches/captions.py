"""Checks captions of every turn of both episodes, and of quotes: which norms they break, and which could not be kept."""

import json
import random
import re
import shutil
from pathlib import Path

from truth import rows
from workbench import EPISODES, align, soundbite

SEED, N_QUOTES, SHORTEST, LONGEST = 17, 300, 3, 60
LINE, LINES, LEAST_S, MOST_S, SPEED = 42, 2, 5 / 6, 7, 17
FRAME_S, GAP_S, ROUNDING_S = 1 / 30, 2 / 25, 0.003
ARTICLES = set("a an the el la los las un una il lo der die das le les".split())
OPENING = set("and or but because so that which who when where while if then than to of in on at for with from about after before "
              "between though since until into over under through by as without during against unless whether".split())
TIME = r"(\d+):(\d+):(\d+)[.,](\d+)"
SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*$")
ABBREVIATIONS = set("Mr. Mrs. Ms. Dr. St. No. Prof.".split())
KARAOKE = re.compile(r"\{\\(kf?)(\d+)\}")


def seconds(parts):
    hours, minutes, whole, fraction = parts
    return 3600 * int(hours) + 60 * int(minutes) + int(whole) + int(fraction) / 10 ** len(fraction)


def read_srt(path):
    """Returns (start, end, lines) of each cue."""
    cues = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        _, times, *lines = block.split("\n")
        found = re.fullmatch(f"{TIME} --> {TIME}", times).groups()
        cues.append((seconds(found[:4]), seconds(found[4:]), lines))
    return cues


def faults_of(start, end, lines):
    """Returns the norms that a single cue breaks."""
    shown, width = end - start, len(" ".join(lines))
    return [name for name, broken in (
        ("lines", len(lines) > LINES or max(map(len, lines)) > LINE), ("short", shown < LEAST_S - ROUNDING_S),
        ("long", shown > MOST_S + ROUNDING_S), ("fast", width / (shown + ROUNDING_S) > SPEED)) if broken]


def fits(texts):
    line, width = 1, -1
    for text in texts:
        if width + 1 + len(text) > LINE:
            line, width = line + 1, -1
        width += 1 + len(text)
    return line <= LINES and max(map(len, texts)) <= LINE


def least_faults(words, length):
    """Returns the lowest number of bad cues in any division of the words. Each cue starts with its first word and may stay
    until the next one starts."""
    best = [0] + [float("inf")] * len(words)
    for last in range(len(words)):
        until = words[last + 1]["start"] if last + 1 < len(words) else length
        for first in range(last, -1, -1):
            part = words[first:last + 1]
            texts = [word["text"] for word in part]
            if len(part) > 1 and not fits(texts):
                break
            start = part[0]["start"]
            end = min(max(part[-1]["end"], until), start + MOST_S)
            at_fault = part[-1]["end"] - start > MOST_S + ROUNDING_S or bool(faults_of(start, end, [" ".join(texts)[:LINE]])) or \
                len(" ".join(texts)) / (end - start + ROUNDING_S) > SPEED
            best[last + 1] = min(best[last + 1], best[first] + at_fault)
    return best[-1]


def splits(cues, first_names):
    """Counts ends of lines and cues that separate an article from its noun, or a first name from the next capitalised
    word."""
    lines = [line.split() for _, _, lines in cues for line in lines]
    ends = [(above[-1], below[0]) for above, below in zip(lines, lines[1:])]
    return sum(a.lower() in ARTICLES for a, _ in ends), sum(a in first_names and b[0].isupper() for a, b in ends)


def good_ends(cues):
    """Returns the number of lines that are followed by another, and of those that end after punctuation or before a
    conjunction or preposition."""
    lines = [line.split() for _, _, lines in cues for line in lines]
    ends = [(above[-1], below[0]) for above, below in zip(lines, lines[1:])]
    return len(ends), sum(not a[-1].isalnum() or b.lower() in OPENING for a, b in ends)


def ends_sentence(word):
    return bool(SENTENCE_END.search(word)) and word not in ABBREVIATIONS


def across_sentences(cues):
    """Counts cues that go on from inside one sentence into another, or from one into a part of another: "wires. I was"."""
    texts, n, begins = [" ".join(lines).split() for _, _, lines in cues], 0, True
    for i, words in enumerate(texts):
        ends = ends_sentence(words[-1]) or i + 1 == len(texts)
        n += any(map(ends_sentence, words[:-1])) and not (begins and ends)
        begins = ends_sentence(words[-1])
    return n


def karaoke_faults(path, cues):
    """Counts cues of the ASS file whose syllables do not add up to the cue, or that differ from the SubRip file by more
    than 10 ms."""
    events = [line.split(",", 9) for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("Dialogue:")]
    n_wrong = abs(len(events) - len(cues))
    for event, (start, end, _) in zip(events, cues):
        begin, until = (seconds(re.fullmatch(TIME, text).groups()) for text in event[1:3])
        sum_s = sum(int(length) for _, length in KARAOKE.findall(event[9])) / 100
        n_wrong += abs(sum_s - (until - begin)) > 1e-6 or abs(begin - start) > 0.011 or abs(until - end) > 0.011
    return n_wrong


def is_bare(word):
    """Returns true for punctuation alone, which may be next to a quote at the same time."""
    return not any(map(str.isalnum, word["text"]))


def words_of(clip, alignment):
    """Returns the words heard in a clip, in times of the clip. A word that starts before the cut starts with the clip."""
    begin, asked = clip["start_sample"] / clip["sample_rate"], clip["asked"]
    words = [{"text": word["text"], "start": max(0, word["start"] - begin), "end": word["end"] - begin}
             for turn in alignment["turns"] if turn["speaker"] == clip["speaker"] for word in turn["words"]
             if word["start"] is not None and word["status"] != "not_heard"
             and asked["start"] - 1e-5 <= word["start"] and word["end"] <= asked["end"] + 1e-5]
    while words and is_bare(words[0]) and not clip["text"].startswith(words[0]["text"]):
        words.pop(0)
    while words and is_bare(words[-1]) and not clip["text"].endswith(words[-1]["text"]):
        words.pop()
    return words


def quote_rows(alignment):
    """Returns quotes from a few words to about a minute, as rows of a list."""
    rng, chosen = random.Random(SEED), []
    turns = [turn for turn in alignment["turns"] if turn["start"] is not None and len(turn["words"]) >= SHORTEST]
    while len(chosen) < N_QUOTES:
        words = rng.choice(turns)["words"]
        n = min(rng.randint(SHORTEST, LONGEST), len(words))
        first = rng.randint(0, len(words) - n)
        part = words[first:first + n]
        if part[0]["start"] is not None and part[-1]["end"] is not None:
            chosen.append({"phrase": " ".join(word["text"] for word in part), "from": f"{max(0, part[0]['start'] - 0.01):.3f}",
                           "until": f"{part[-1]['end'] + 0.01:.3f}", "output": f"q{len(chosen):03}.wav"})
    return chosen


def cut(folder, name):
    """Returns the clips of an episode with captions: the alignment and the manifest records."""
    episode, alignment = EPISODES / name, folder / f"{name}.json"
    sound = episode / f"{name}.mp3"
    laid = align(sound, episode / f"{name}.txt", alignment, "acoustic")
    table, out = folder / f"{name}.jsonl", folder / name
    lines = [{"speaker": "*", "output": "t{n}.wav"}, *quote_rows(laid)]
    table.write_text("\n".join(json.dumps({"audio": str(sound), "transcript": str(alignment)} | line) for line in lines) + "\n",
                     encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    soundbite("batch", table, "-o", out, "--captions", "srt", "--captions", "ass", "--loudness", "off", "-q", allowed=(0, 1))
    return laid, [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


class Count:
    """The counts over the clips of one kind."""

    def __init__(self):
        self.n_clips = self.n_cues = self.n_faulty = self.n_least = 0
        self.n_allowed = self.n_spoilt = 0  # clips whose speech allows all norms, and those of them that break a norm
        self.n_late = self.n_flicker = self.n_articles = self.n_names = self.n_karaoke = self.n_other_text = 0
        self.n_ends = self.n_good_ends = 0
        self.n_across = 0
        self.n_true = self.n_truly_late = 0
        self.kinds = {}

    def add_truth(self, clip, said):
        """Compares onsets with the times of the synthetic words with the same spelling."""
        begin = clip["start_sample"] / clip["sample_rate"]
        for start, _, lines in read_srt(Path(clip["captions"][0])):
            errors = [abs(float(word["start_s"]) - begin - start) for word in said if word["word"] == lines[0].split()[0]]
            if errors and min(errors) < 1:
                self.n_true, self.n_truly_late = self.n_true + 1, self.n_truly_late + (min(errors) > FRAME_S)

    def add(self, clip, alignment, first_names):
        srt, ass = clip["captions"]
        cues, words = read_srt(Path(srt)), words_of(clip, alignment)
        faults = [faults_of(*cue) for cue in cues]
        for kind in sum(faults, []):
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
        n, least = sum(map(bool, faults)), least_faults(words, (clip["end_sample"] - clip["start_sample"]) / clip["sample_rate"])
        self.n_clips, self.n_cues, self.n_faulty, self.n_least = \
            self.n_clips + 1, self.n_cues + len(cues), self.n_faulty + n, self.n_least + least
        self.n_allowed, self.n_spoilt = self.n_allowed + (least == 0), self.n_spoilt + (least == 0 and n > 0)
        counts = [len(" ".join(lines).split()) for _, _, lines in cues]
        self.n_late += sum(abs(words[sum(counts[:i])]["start"] - cue[0]) > FRAME_S for i, cue in enumerate(cues))
        self.n_flicker += sum(0 < b[0] - a[1] < GAP_S or b[0] < a[1] for a, b in zip(cues, cues[1:]))
        articles, names = splits(cues, first_names)
        self.n_articles, self.n_names = self.n_articles + articles, self.n_names + names
        self.n_across += across_sentences(cues)
        n_ends, n_good = good_ends(cues)
        self.n_ends, self.n_good_ends = self.n_ends + n_ends, self.n_good_ends + n_good
        self.n_karaoke += karaoke_faults(Path(ass), cues)
        self.n_other_text += " ".join(line for cue in cues for line in cue[2]) != " ".join(word["text"] for word in words)

    def show(self, bench, name):
        bench.share_at_most(f"{name}: clips whose speech allows every norm, and that break one", self.n_spoilt, self.n_allowed, 0)
        bench.share_at_most(f"{name}: cues too short, long, fast or wide", self.n_faulty, self.n_cues)
        bench.figure(f"{name}: the same, by kind", ", ".join(f"{n} {kind}" for kind, n in sorted(self.kinds.items())) or "none")
        bench.figure(f"{name}: the fewest that any division of the words has", str(self.n_least), None)
        bench.share_at_most(f"{name}: cues over a frame from their word", self.n_late, self.n_cues, 0)
        if self.n_true:
            bench.share_at_most(f"{name}: cues over a frame from where their word was synthesised", self.n_truly_late, self.n_true)
        bench.share_at_most(f"{name}: cues that overlap or flicker", self.n_flicker, self.n_cues, 0)
        bench.share_at_most(f"{name}: cues from inside a sentence into the next", self.n_across, self.n_cues)
        bench.share_at_least(f"{name}: lines end after punctuation, before conjunction or preposition", self.n_good_ends, self.n_ends)
        bench.share_at_most(f"{name}: an article ends a line", self.n_articles, self.n_cues, 0)
        bench.share_at_most(f"{name}: a first name ends a line", self.n_names, self.n_cues, 0)
        bench.share_at_most(f"{name}: karaoke that does not add up", self.n_karaoke, self.n_cues, 0)
        bench.share_at_most(f"{name}: clips whose captions are not the words heard", self.n_other_text, self.n_clips, 0)


def measure(bench):
    folder = bench.folder("captions")
    for name in ("conversation", "real-voices"):
        alignment, clips = cut(folder, name)
        first_names = {turn["speaker"].split()[0] for turn in alignment["turns"] if turn["speaker"]}
        said = rows(EPISODES / name / "words.tsv") if (EPISODES / name / "words.tsv").exists() else []
        turns, quotes = Count(), Count()
        for clip in clips:
            count = quotes if Path(clip["file"]).name.startswith("q") else turns
            count.add(clip, alignment, first_names)
            count.add_truth(clip, said)
        turns.show(bench, f"{name}, turns")
        quotes.show(bench, f"{name}, quotes")
        shutil.rmtree(folder / name)
