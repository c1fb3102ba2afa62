"""The commands, with small inputs. They run in an empty folder; ../in has the inputs."""

import json
import shutil
import subprocess
from collections import namedtuple

# `arguments` are those of the program. `stdin` is a file that comes through a pipe. `before` is another command that must have run.
Command = namedtuple("Command", "name arguments stdin before")


def command(name, text, stdin=None, before=None):
    return Command(name, text.split(), stdin, before)


PAIR = "../in/episode.wav ../in/episode.json"
QUOTE = f"{PAIR} --phrase twenty"
COMMANDS = [
    command("help", "help clip"),
    command("completion", "completion bash"),
    command("info-audio", "info ../in/episode.wav"),
    command("info-text", "info ../in/episode.txt --json"),
    command("info-alignment", "info ../in/episode.json"),
    command("info-pipe", "info -", stdin="episode.mp3"),
    command("align-energy", "align ../in/episode.wav ../in/episode.txt --method energy -o a.json"),
    command("align-acoustic", "align ../in/episode.wav ../in/episode.txt -o a.json"),
    command("align-pipe", "align - ../in/episode.txt --method energy --no-cache", stdin="episode.wav"),
    command("drift", "drift ../in/episode.wav ../in/episode.txt --html drift.html --fixed fixed.txt -o drift.txt"),
    command("drift-list", "drift --list ../in/episodes.csv --jobs 2 -o drift.txt"),
    command("find", "find ../in/episode.json --phrase water --json"),
    command("find-file", "find ../in/episode.json --phrase water -o found.txt"),
    command("export-srt", "export ../in/episode.json --to srt -o out.srt"),
    command("export-peaks", "export ../in/episode.wav --to peaks -o out.dat"),
    command("clip-mp3", f"clip {QUOTE} -o clips/{{speaker}}/{{slug}}.mp3 --captions srt"),
    command("clip-wav", f"clip {PAIR} --speaker bob* -o {{n}}.wav --manifest list.jsonl --index page.html"),
    command("clip-m4a", f"clip {QUOTE} -o a.m4a --no-certificate --json"),
    command("clip-copy", "clip ../in/episode.mp3 ../in/episode.json --allow-mismatch --phrase twenty -o a.mp3 --copy --captions vtt"),
    command("clip-align", "clip ../in/episode.wav ../in/episode.txt --method energy --phrase twenty -o a.flac"),
    command("join", f"clip {PAIR} --speaker bob* --join all.opus --captions srt --manifest list.csv"),
    command("video", f"clip {QUOTE} -o a.mp4 --video 9:16 --draft --captions ass"),
    command("batch", "batch ../in/rows.jsonl -o out --index out/index.html"),
    command("batch-resume", "batch ../in/rows.jsonl -o out --resume", before="batch"),
    command("batch-shard", "batch ../in/rows.jsonl -o out --shard 1/2 --jobs 2"),
    command("batch-folder", "batch ../in/show -o out --phrase water --jobs 2 --index out/index.html"),
    command("verify", f"verify {PAIR} --quote-file ../in/quotes.txt --html page.html --clips heard -o verified.txt"),
    command("remap", "remap ../in/episode.json ../in/episode.json ../in/chapters.json -o moved.json"),
    command("remap-mp3", "remap ../in/mp3.json ../in/mp3.json ../in/chapters.json -o moved.mp3"),
    command("archive-add", "archive add ../in/episode.wav ../in/episode.json --archive a.db"),
    command("archive-list", "archive list --archive a.db --json", before="archive-add"),
    command("archive-get", "archive get episode --archive a.db -o got.json", before="archive-add"),
    command("archive-check", "archive check --archive a.db", before="archive-add"),
    command("archive-remove", "archive remove episode --archive a.db", before="archive-add"),
    command("archive-merge", "archive merge a.db --archive all.db", before="archive-add"),
    command("archive-alias", "archive alias Bob* Robert --archive a.db", before="archive-add"),
    command("search", "search water --archive a.db --json", before="archive-add"),
    command("search-sound", "search wotter --sound --archive a.db", before="archive-add"),
    command("info-folder", "info ../in --json"),
    command("remap-m4a", "remap ../in/m4a.json ../in/m4a.json ../in/chapters.json -o moved.m4a"),
]

MAKE_EPISODE = 'set -- "$1" "$2" "$3"; to=$3; . "$2/tests/lib.sh" "$1" "$2"; make_episode; align_episode episode.json; cp episode.* "$to"'


def make_inputs(folder, program, source):
    """The episode of the tests, and lists about it."""
    folder.mkdir()
    subprocess.run(["bash", "-c", MAKE_EPISODE, "-", program, source, folder], check=True)
    for kind in ("mp3", "m4a"):
        audio = f"episode.{kind}"
        subprocess.run([program, "clip", "episode.wav", "--from", "0", "--until", "21", "-o", audio, "-q"], cwd=folder, check=True)
        subprocess.run([program, "align", audio, "episode.txt", "--method", "energy", "--no-cache", "-o", f"{kind}.json", "-q"],
                       cwd=folder, check=True)
    show = folder / "show"  # each has its own sound, so that each is aligned
    show.mkdir()
    for name, loudness in (("one", "-16"), ("two", "-18"), ("three", "-20")):
        subprocess.run([program, "clip", "episode.wav", "--from", "0", "--until", "21", "--loudness", loudness, "-o", show / f"{name}.wav", "-q"],
                       cwd=folder, check=True)
        shutil.copy(folder / "episode.txt", show / f"{name}.txt")
    rows = [{"id": name, "audio": "episode.wav", "transcript": "episode.json", "phrase": phrase, "output": output}
            for name, phrase, output in (("a", "water", "{id}.wav"), ("b", "bridges", "{speaker}/{id}.opus"))]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "episodes.csv").write_text("audio,transcript,id\nepisode.wav,episode.txt,one\nepisode.wav,episode.txt,two\n")
    (folder / "quotes.txt").write_text("water never sleeps\nI have built bridges for thirty years\n")
    subprocess.run([program, "export", "episode.json", "--to", "chapters", "-o", "chapters.json", "-q"], cwd=folder, check=True)
