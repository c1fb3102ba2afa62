"""Pieces of the episodes, some minutes long, each with audio, transcript and truth."""

from breaks import pauses
from episodes import edit
from episodes.workshop import RATE, encode_mp3, write_table
import transcripts
from truth import read_turns, rows
from workbench import EPISODES, FOLDER

SHORT_S, LONG_S = 180, 400


def spans(episode, length_s):
    """Divides at pauses into pieces of about equal length."""
    places = pauses(episode)
    first, last = places[0], places[-1]
    n = round((last - first) / length_s)
    seams = [min(places, key=lambda place: abs(place - first - k * (last - first) / n)) for k in range(n + 1)]
    return list(zip(seams, seams[1:]))


def moved(row, first):
    return {name: f"{float(value) - first:.6f}" if name in edit.TIME_COLUMNS and value else value for name, value in row.items()}


def write_truth(out, episode, own, first, last):
    """Writes turns.tsv, and transcript.tsv if words are known. Turns are renumbered."""
    numbers = {turn.index: k for k, turn in enumerate(own)}
    for name, column in (("turns.tsv", "index"), ("transcript.tsv", "turn")):
        if not (episode / name).exists():
            continue
        kept = [moved(row, first) | {column: numbers[int(row[column])]} for row in rows(episode / name) if int(row[column]) in numbers]
        write_table(out / name, kept[0], [row.values() for row in kept])


def make_piece(folder, episode, name, first, last):
    out = folder / f"{episode.name}-{name}"
    key, stamp = f"{(episode / '.made').read_text()} {first} {last}", out / ".made"
    if stamp.exists() and stamp.read_text() == key:
        return out
    out.mkdir(parents=True, exist_ok=True)
    bytes_at = [edit.FRAME_BYTES * round(RATE * second) for second in (first, last)]
    encode_mp3(edit.decode_stereo(episode / f"{episode.name}.mp3")[slice(*bytes_at)], out / f"{out.name}.mp3", out.name)
    own, written = [turn for turn in read_turns(episode) if first <= turn.first < last], transcripts.read_episode(episode)
    turns = [written[turn.index]._replace(second=int(turn.first - first)) for turn in own]
    transcripts.write(out / f"{out.name}.txt", turns)
    write_truth(out, episode, own, first, last)
    stamp.write_text(key)
    return out


def make_all(length_s=SHORT_S):
    """Returns the folders of all pieces of about that length, those of the conversation first."""
    return [make_piece(FOLDER / f"pieces-{length_s}", EPISODES / name, number, *span) for name in ("conversation", "real-voices")
            for number, span in enumerate(spans(EPISODES / name, length_s))]
