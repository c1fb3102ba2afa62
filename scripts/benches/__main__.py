"""The groups of figures, each measured through the program itself; scripts/bench runs this."""

import os
import sys

import accuracy
import clips
import edges
import memory
import speed
from workbench import Workbench

GROUPS = {"accuracy": accuracy, "edges": edges, "speed": speed, "clips": clips, "memory": memory}


def main(arguments):
    quick = "--quick" in arguments
    names = [a for a in arguments if a != "--quick"] or list(GROUPS)
    for name in names:
        if name not in GROUPS:
            print(f"bench: unknown group '{name}'; one of {', '.join(GROUPS)}", file=sys.stderr)
            return 2
    bench = Workbench(quick)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in names:
        bench.heading(name)
        GROUPS[name].measure(bench)
    return 1 if bench.n_short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
