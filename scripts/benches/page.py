"""Measures the report page of a long episode: its size, and the time to write it and to open it."""

import os
import shutil
import subprocess

import long_episode
from workbench import FOLDER, SOUNDBITE, SOURCE_DIR, align, soundbite, usage

MINUTES = 65
GOAL_MB, GOAL_WRITE_S, GOAL_OPEN_S = 1.5, 0.5, 1.0
MODULES = SOURCE_DIR / "build" / "browser" / "node_modules"


def opened_s(page):
    """Returns the seconds until the page is usable in Chromium, or None without a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium or not (MODULES / "playwright-core").exists():
        return None
    done = subprocess.run(["node", SOURCE_DIR / "tests" / "browser" / "report_speed.cjs", chromium, page], check=True,
                          capture_output=True, text=True, env={**os.environ, "NODE_PATH": str(MODULES)})
    return float(done.stdout) / 1000


def measure(bench):
    folder = FOLDER / "long"
    folder.mkdir(parents=True, exist_ok=True)
    sound, text = long_episode.make(folder, MINUTES, "mp3")
    saved, page = folder / "page.json", folder / "page.html"
    align(sound, text, saved)
    soundbite("drift", sound, saved, "--html", page, "--force", "-q", allowed=(0, 4))
    bench.at_most(f"report page of {MINUTES} min", page.stat().st_size / 1e6, GOAL_MB, " MB")
    alone = usage(SOUNDBITE, "drift", sound, saved, "-q").wall_s
    with_page = usage(SOUNDBITE, "drift", sound, saved, "--html", page, "--force", "-q").wall_s
    bench.at_most("the same, written after the rest of drift", max(with_page - alone, 0), GOAL_WRITE_S, " s")
    seconds = opened_s(page)
    if seconds is None:
        bench.figure("the same, until it can be used in Chromium", "not measured: no browser")
    else:
        bench.at_most("the same, until it can be used in Chromium", seconds, GOAL_OPEN_S, " s")
