"""Reads every transcript of fixtures/collection with the program and compares it with the truth beside it: collection.py PROGRAM
[FORMAT]... prints a table and each difference, and exits with 1 if there is one. fixtures/README.md describes the truth."""

import json
import subprocess
import sys
import unicodedata
from collections import defaultdict, namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

COLLECTION = Path(__file__).resolve().parents[2] / "fixtures" / "collection"
ASPECTS = ("format", "turns", "speakers", "times", "words")
TOLERANCE_S = 0.0105  # formats count in ms, in hundredths or in frames

Found = namedtuple("Found", "format turns speakers first last until text")


def read_truth(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


def run(program, *arguments):
    return subprocess.run([str(program), *map(str, arguments)], capture_output=True, timeout=120)


def stamps_of(row):
    cues = row.get("cues") or [row]
    return [cue["stamp"] for cue in cues if cue.get("stamp") is not None]


def read(program, path):
    """Returns what the program finds in a transcript, and None with its message if it refuses it."""
    done = run(program, "export", path, "--to", "json", "-q")
    if done.returncode != 0:
        return None, done.stderr.decode(errors="replace").strip()
    saved = json.loads(done.stdout)
    rows = saved["turns"]
    stamps = [stamp for row in rows for stamp in stamps_of(row)]
    speakers = list(dict.fromkeys(row["speaker"] or "?" for row in rows))
    found = Found(saved["transcript"]["format"], sum(not row.get("goes_on") for row in rows), speakers,
                  stamps[0] if stamps else None, stamps[-1] if stamps else None, rows[-1]["end"] if rows and stamps else None,
                  " ".join(row["text"] for row in rows))
    return found, None


def is_spoken(text):
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def letters(text):
    return [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] in "LN"]


def label(name):
    """Labels of a diarizer are equal in any spelling: "spk_0", "Speaker 0", "S0" and "0"."""
    bare = name.casefold().replace("_", " ").strip()
    for word in ("speaker", "spk", "channel", "ch", "s"):
        rest = bare.removeprefix(word).strip(" -")
        if rest != bare and (rest.isdigit() or len(rest) == 1):
            return str(int(rest)) if rest.isdigit() else rest
    return str(int(bare)) if bare.isdigit() else bare


def same_time(found, truth, tolerance):
    if truth == "-":
        return found is None
    return found is not None and abs(found - float(truth)) <= tolerance


def turns_differ(found, truth):
    least, _, most = truth["turns"].partition("-")
    if int(least) <= found.turns <= int(most or least):
        return None
    return f"{found.turns} turns, not {truth['turns']}"


def speakers_differ(found, truth):
    expected = [] if truth["speakers"] == "-" else truth["speakers"].split(" | ")
    names = [] if found.speakers == ["?"] else found.speakers
    if [label(name) for name in names] == [label(name) for name in expected]:
        return None
    return f"speakers {' | '.join(names) or '-'}, not {truth['speakers']}"


def times_differ(found, truth):
    tolerance = float(truth.get("within", TOLERANCE_S))
    for key in ("first", "last", "until"):
        if key in truth and not same_time(getattr(found, key), truth[key], tolerance):
            return f"{key} {getattr(found, key)}, not {truth[key]}"
    return None


def words_differ(found, truth):
    n_words, n_letters = sum(is_spoken(word) for word in found.text.split()), len(letters(found.text))
    if "words" in truth and n_words != int(truth["words"]):
        return f"{n_words} words, not {truth['words']}"
    if n_letters != int(truth["letters"]):
        return f"{n_letters} letters, not {truth['letters']}"
    flat = "".join(letters(found.text))
    for key, same in (("begins", flat.startswith), ("ends", flat.endswith)):
        if key in truth and not same("".join(letters(truth[key]))):
            return f"{key} \"{found.text[:40] if key == 'begins' else found.text[-40:]}\", not \"{truth[key]}\""
    return None


def differences(found, truth):
    """Returns a text for each aspect that differs."""
    wrong = {}
    if truth["format"] != "*" and found.format not in truth["format"].split("|"):
        wrong["format"] = f"read as {found.format}"
    for aspect, differ in (("turns", turns_differ), ("speakers", speakers_differ), ("times", times_differ), ("words", words_differ)):
        text = differ(found, truth)
        if text:
            wrong[aspect] = text
    return wrong


def check(program, path):
    truth = read_truth(path.with_suffix(".truth"))
    found, message = read(program, path)
    if truth["format"] == "-":
        if found is not None:
            return {"format": f"read as {found.format}, although it has no words to read"}
        return {} if truth.get("message", "") in message else {"format": f"refused without \"{truth['message']}\": {message}"}
    if found is None:
        return dict.fromkeys(ASPECTS, "") | {"format": f"refused: {message.split(str(path))[-1][:100]}"}
    return differences(found, truth)


def transcripts(formats=()):
    return [path for path in sorted(COLLECTION.glob("*/*")) if path.suffix != ".truth" and (not formats or path.parent.name in formats)]


def check_all(program, formats=()):
    """Returns pairs of path and differences."""
    paths = transcripts(formats)
    with ThreadPoolExecutor(2) as pool:
        return list(zip(paths, pool.map(lambda path: check(program, path), paths)))


def is_open(path):
    """A difference that is known and not repaired yet; the truth says why."""
    return "open" in read_truth(path.with_suffix(".truth"))


def print_table(results):
    by_format = defaultdict(list)
    for path, wrong in results:
        by_format[path.parent.name].append(wrong)
    print(f"{'format':<18}{'files':>6}" + "".join(f"{aspect:>10}" for aspect in ASPECTS))
    for name, wrongs in [*by_format.items(), ("all", [wrong for _, wrong in results])]:
        print(f"{name:<18}{len(wrongs):>6}" + "".join(f"{sum(aspect not in wrong for wrong in wrongs):>10}" for aspect in ASPECTS))
    for path, wrong in results:
        if wrong:
            print(f"{path.relative_to(COLLECTION)}: {'; '.join(text for text in wrong.values() if text)}")


def measure(bench):
    from workbench import SOUNDBITE

    results = check_all(SOUNDBITE)
    print_table(results)
    bench.share_at_least("transcripts of the collection read right", sum(not wrong for _, wrong in results), len(results), 100)


def main(arguments):
    results = check_all(arguments[0], arguments[1:])
    print_table(results)
    return 1 if not results or any(wrong and not is_open(path) for path, wrong in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
