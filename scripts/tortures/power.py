"""What a power cut leaves, by the record of tests/shim_files.c: power.py FOLDER RECORD NAME...: the named files must have appeared."""

import os
import sys


def faults(folder, record, names=()):
    """At every point of the record, each file with a name of its own is whole on the disk. At its end, each name is too."""
    unsynced, appeared, pending, found = set(), set(), set(), []

    def absolute(path):
        return os.path.normpath(os.path.join(folder, path))

    for line in record:
        what, _, paths = line.rstrip("\n").partition(" ")
        paths = [absolute(path) for path in paths.split("\t")]
        name = os.path.basename(paths[0])
        if what == "create" and paths[0].startswith(folder) and not name.startswith("."):
            found.append(f"{paths[0]} was created under its own name")
        elif what == "write":
            unsynced.add(paths[0])
            if paths[0] in appeared:
                found.append(f"{paths[0]} was written after it had its name")
        elif what == "sync":
            unsynced.discard(paths[0])
            pending = {path for path in pending if os.path.dirname(path) != paths[0]}
        elif what == "rename":
            if paths[0] in unsynced:
                found.append(f"{paths[1]} got its name before its content was synced")
            appeared.add(paths[1])
            pending.add(paths[1])
    found += [f"the folder of {path} was not synced" for path in pending]
    return found + [f"{name} did not appear" for name in names if absolute(name) not in appeared]


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as lines:
        told = faults(sys.argv[1], lines, sys.argv[3:])
    print("\n".join(told))
    sys.exit(bool(told))
