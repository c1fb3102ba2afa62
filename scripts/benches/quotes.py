"""Checks quotes of which it is known whether they are true, misquoted, invented, misattributed, misleading or not in the audio."""

import csv
import json
from collections import Counter

from workbench import EPISODES, SOURCE_DIR, align, answer

SHEETS = (("sheet", EPISODES / "conversation" / "conversation.mp3", EPISODES / "conversation" / "conversation.txt"),
          ("telephone", SOURCE_DIR / "build" / "field" / "telephone-en" / "audio.flac",
           SOURCE_DIR / "build" / "field" / "telephone-en" / "transcript.txt"))


def is_right(wanted, found):
    return found["verdict"] == wanted["verdict"] and (not wanted["grade"] or found["grade"] == wanted["grade"])


def judge(bench, name, audio, text):
    path, saved = SOURCE_DIR / "fixtures" / "quotes" / f"{name}.csv", bench.folder("quotes") / f"{name}.json"
    sheet = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    align(audio, text, saved, "acoustic")
    _, printed, messages = answer("verify", audio, saved, "--quote-file", path, "--json")
    found = [json.loads(line) for line in printed.splitlines()]
    if len(found) != len(sheet):
        raise SystemExit(f"bench: soundbite verify {audio}\n{messages}")
    n, right = Counter(), Counter()
    for wanted, row in zip(sheet, found):
        n[wanted["kind"]] += 1
        right[wanted["kind"]] += is_right(wanted, row)
    for kind in n:
        bench.share_at_least(f"{name}: {kind} quotes with the right verdict", right[kind], n[kind], 100)


def measure(bench):
    for name, audio, text in SHEETS:
        if audio.exists():
            judge(bench, name, audio, text)
