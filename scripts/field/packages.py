"""The folders of the recordings: installed packages, or packages that scripts/install field unpacked to build/packages."""

from pathlib import Path

from episodes.workshop import SOURCE_DIR

UNPACKED = SOURCE_DIR / "build" / "packages"


def folder(path):
    """Returns the installed folder, or else the unpacked one."""
    for root in (Path("/"), UNPACKED):
        if (root / path).is_dir():
            return root / path
    raise SystemExit(f"make-field: there is no /{path}; `scripts/install field` fetches it")
