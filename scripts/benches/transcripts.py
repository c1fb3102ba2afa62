"""Transcripts for the benchmarks: read from an episode, and written with or without timestamps."""

import json
import re
from collections import namedtuple

from episodes import turns_bracket

Turn = namedtuple("Turn", "speaker second text")  # speaker None: the turn has no header
HEADER = re.compile(r"^(.*) \[(\d\d):(\d\d):(\d\d)\]:$")
FRONT_MATTER = ("Written for scripts/bench",)


def read(path):
    _, body = path.read_text(encoding="utf-8").split("\nTranscript\n", 1)
    turns, speaker, second = [], None, 0
    for line in body.splitlines():
        header = HEADER.match(line)
        if header:
            speaker, second = header[1], 3600 * int(header[2]) + 60 * int(header[3]) + int(header[4])
        else:
            turns.append(Turn(speaker, second, line))
    return turns


def read_episode(episode):
    return read(episode / f"{episode.name}.txt")


def write(path, turns):
    turns_bracket.write(path, FRONT_MATTER, turns)
    return path


def write_bare(path, turns):
    """Writes podcast JSON whose segments have no times."""
    segments = [{"speaker": turn.speaker, "body": turn.text} if turn.speaker else {"body": turn.text} for turn in turns]
    path.write_text(json.dumps({"version": "1.0.0", "segments": segments}), encoding="utf-8")
    return path


def shifted(turns, seconds):
    return [turn._replace(second=turn.second + seconds) for turn in turns]
