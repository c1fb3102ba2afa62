"""Where the recordings lie: packages that are installed, or unpacked into build/packages by scripts/install field."""

from pathlib import Path

from episodes.workshop import SOURCE_DIR

UNPACKED = SOURCE_DIR / "build" / "packages"


def folder(path):
    """The installed folder, else the unpacked one."""
    for root in (Path("/"), UNPACKED):
        if (root / path).is_dir():
            return root / path
    raise SystemExit(f"make-field: there is no /{path}; `scripts/install field` fetches it")
