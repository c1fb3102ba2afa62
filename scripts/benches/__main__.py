"""Runs groups of benchmarks on the program. scripts/bench starts this."""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # for the package that makes the episodes

import accuracy
import archive
import around
import batch
import breaks
import captions
import certificate
import clean_clips
import clips
import clock
import cluster
import collection
import degraded
import duplicates
import edges
import encodes
import exchanged
import field
import fixed
import foreign
import large
import long
import long_transcripts
import loudness
import meetings
import memory
import heard
import one_word
import page
import pairs
import passages
import pause_edges
import peers
import phrases
import quotes
import recurrences
import reliability
import remap
import sandbox
import shifted
import show
import slips
import speed
import unstamped
import verdicts
import versions
import video
import voices
import words
import wrongtext
from workbench import Workbench

GROUPS = {"accuracy": accuracy, "edges": edges, "speed": speed, "clips": clips, "batch": batch, "loudness": loudness, "memory": memory, "words": words,
          "meetings": meetings, "breaks": breaks, "captions": captions, "clean-clips": clean_clips, "certificate": certificate, "clock": clock,
          "unstamped": unstamped, "wrongtext": wrongtext, "foreign": foreign, "degraded": degraded, "long": long, "slips": slips,
          "phrases": phrases, "passages": passages, "quotes": quotes, "page": page, "verdicts": verdicts, "duplicates": duplicates, "fixed": fixed, "encodes": encodes, "field": field, "pairs": pairs, "shifted": shifted, "show": show, "exchanged": exchanged, "one-word": one_word, "heard": heard,
          "reliability": reliability, "around": around, "remap": remap, "pauses": pause_edges,
          "collection": collection, "transcripts": long_transcripts,
          "sandbox": sandbox, "versions": versions, "cluster": cluster, "archive": archive, "recurrences": recurrences, "voices": voices, "video": video, "peers": peers, "large": large}


def read_arguments(arguments):
    parser = argparse.ArgumentParser(prog="bench", add_help=False)
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", dest="groups_by_switch", action="append_const", const="peers", default=[])
    parser.add_argument("--words", type=Path, action="append", default=[])
    parser.add_argument("--meetings", type=Path)
    parser.add_argument("--old", type=Path)
    options = parser.parse_args(arguments)
    options.groups += options.groups_by_switch
    for name in options.groups:
        if name not in GROUPS:
            parser.error(f"unknown group '{name}'; one of {', '.join(GROUPS)}")
    for folder in [*options.words, options.meetings]:
        if folder and not folder.is_dir():
            parser.error(f"{folder} is not a folder")
    if options.old and not options.old.is_file():
        parser.error(f"{options.old} is not a program")
    return options


def main(arguments):
    options = read_arguments(arguments)
    names = options.groups or list(GROUPS)
    bench = Workbench(options.quick, options.words, options.meetings, options.old)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in names:
        bench.heading(name)
        GROUPS[name].measure(bench)
    return 1 if bench.n_short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
