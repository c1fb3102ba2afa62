"""Compares with other programs in one run, on the same files and truth, and writes the table in Markdown."""

import clips
import edges
from pause_finders import FINDERS, find, time_one
from peer_places import AD_S, by_pocketsphinx, by_silences, by_soundbite, by_stamps, episode, own_sets, windows, with_ad
from truth import n_within
from workbench import EPISODES, POCKETSPHINX, SOUNDBITE, in_parallel, usage

THRESHOLDS_DB = (-30, -40)  # of each program, the one with the most starts within 200 ms is shown
NEAR_S, FAR_S = 0.05, 0.2
CUT_EVERY = 10
COLUMNS = ("program", "s/h", "MB", "starts", "ends", "ad", "lost", "foreign", "ms/clip")


class Row:
    """What is measured of one program."""

    def __init__(self, name):
        self.name, self.speed, self.peak, self.ad, self.lost, self.foreign, self.cutting = name, "-", "-", "-", "-", "-", "-"
        self.starts, self.ends, self.of_set = [], [], {}

    def add(self, recording, places):
        starts, ends = errors(recording, places)
        self.starts += starts
        self.ends += ends
        for all_errors, more in zip(self.of_set.setdefault(recording.name, ([], [])), (starts, ends)):
            all_errors += more

    def add_cuts(self, recordings, all_places):
        """Sets the shares of clips that lose speech, and that contain speech of a neighbour."""
        n_lost = n_foreign = n = 0
        for recording, places in zip(recordings, all_places):
            cuts = [place.cut for place in places]
            sides = [seconds > edges.LOST_S for _, seconds in edges.intrusions(recording.turns, cuts)]  # two of each pair of neighbours
            n_lost += sum(any(edges.n_lost([turn], [cut])) for turn, cut in zip(recording.turns, cuts))
            n_foreign += sum(before or after for before, after in zip([False, *sides[1::2]], [*sides[::2], False]))
            n += len(cuts)
        self.lost, self.foreign = f"{100 * n_lost / n:.0f}", f"{100 * n_foreign / n:.0f}"

    def set_usage(self, used, length_s):
        self.speed, self.peak = f"{3600 * (used.user_s + used.system_s) / length_s:.0f}", f"{used.peak_mb:.0f}"

    def set_ad(self, edited, places):
        self.ad = f"{100 * n_within(errors(edited, places)[0], FAR_S) / len(places):.0f}"

    @property
    def cells(self):
        return (self.name, self.speed, self.peak, shares(self.starts), shares(self.ends), self.ad, self.lost, self.foreign, self.cutting)


def error(found, true):
    return float("inf") if found is None else found - true


def errors(recording, places):
    pairs = list(zip(places, recording.turns, strict=True))
    return [error(place.start, turn.first) for place, turn in pairs], [error(place.end, turn.last) for place, turn in pairs]


def shares(found):
    return f"{100 * n_within(found, NEAR_S) / len(found):.0f}; {100 * n_within(found, FAR_S) / len(found):.0f}"


def finder_row(finder, threshold_db, episodes, sets, folder):
    row, all_places = Row(f"{finder.name}, {threshold_db} dB"), []
    recordings = [*episodes, *sets]
    folders = [folder / str(number) for number in range(len(recordings))]
    found = in_parallel(lambda recording, own: find(finder, recording.sound, recording.length_s, threshold_db, own), recordings, folders)
    for recording, silences in zip(recordings, found):
        all_places.append(by_silences(recording, silences))
        row.add(recording, all_places[-1])
    row.add_cuts(episodes, all_places)
    return row


def measure_finder(finder, episodes, sets, edited, folder, thresholds_db):
    rows = {threshold_db: finder_row(finder, threshold_db, episodes, sets, folder) for threshold_db in thresholds_db}
    best = max(rows, key=lambda threshold_db: n_within(rows[threshold_db].starts, FAR_S))
    rows[best].set_usage(time_one(finder, episodes[0].sound, best, folder), episodes[0].length_s)
    rows[best].set_ad(edited, by_silences(edited, find(finder, edited.sound, edited.length_s, best, folder)))
    return rows[best]


def measure_placed(row, place, episodes, sets, edited=None):
    """`place` returns the places of a recording, with cuts if asked."""
    all_places = [place(recording, True) for recording in episodes]
    for recording, places in zip(episodes, all_places):
        row.add(recording, places)
    row.add_cuts(episodes, all_places)
    for recording in sets:
        row.add(recording, place(recording, False))
    if edited:
        row.set_ad(edited, place(edited, False))
    return row


def measure_soundbite(method, episodes, sets, edited, folder):
    row, first = Row(f"soundbite, {method}"), episodes[0]
    row.set_usage(usage(SOUNDBITE, "align", first.sound, first.text, "--method", method, "--no-cache", "--force", "-q", "-o", folder / "timed.json"),
                  first.length_s)
    return measure_placed(row, lambda recording, cuts: by_soundbite(recording, folder, method, cuts), episodes, sets, edited)


def measure_pocketsphinx(english, sets, folder):
    """Its model and its dictionary are English: it gets one episode and the sets in this language, and no advertisement."""
    row = Row("pocketsphinx, English only")
    timed = windows(english, folder)
    row.set_usage(usage(POCKETSPHINX, *(path for cut in timed for path in cut[:2])), english.length_s)
    return measure_placed(row, lambda recording, _: by_pocketsphinx(recording, folder), [english],
                          [one for one in sets if one.sound.parent.name.endswith("-en")])


def measure_cutting(ours, theirs, recording, folder):
    """Sets the user time of a clip with loudness: ours with captions and without certificate, and ffmpeg with loudnorm twice."""
    places = by_soundbite(recording, folder, "energy", False)[::CUT_EVERY]
    table = folder / "list.csv"
    clips.write_list(table, recording.sound, folder / "alignment.json", [(place.start, place.end) for place in places])
    used, lines = clips.run_batch(folder, table, clips.UNHEARD)
    ours.cutting = f"{1000 * used.user_s / len(lines):.0f}"
    theirs.cutting = f"{1000 * sum(clips.normalise(recording.sound, line, folder / 'peer.mp3') for line in lines) / len(lines):.0f}"


def report(bench, row):
    """Prints the shares of each set, which the table does not have."""
    for name, found in row.of_set.items():
        bench.figure(f"{row.name}: {name}, starts; ends within 50; 200 ms", " | ".join(f"{shares(one)} %" for one in found))
    return row


def write_table(rows, path):
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(row.cells for row in rows)]
    path.write_text("".join(f"| {' | '.join(cells)} |\n" for cells in lines), encoding="utf-8")
    print(f"\n{path.read_text(encoding='utf-8')}\ns/h: processor time of an hour of audio; MB: peak memory; starts, ends: of turns, % within 50; 200 ms; "
          f"ad: starts within 200 ms, %, with {AD_S} s inserted; lost, foreign: % of clips that lose speech, that have a neighbour's; ms/clip: cutting")


def measure(bench):
    folder = bench.folder("peers")
    episodes = [episode(EPISODES / name, name) for name in ("real-voices", "conversation")]
    sets, edited = [] if bench.quick else own_sets(), with_ad(folder / "with-ad")
    rows = [report(bench, measure_soundbite(method, episodes, sets, edited, folder)) for method in ("energy", "auto")]
    for finder in FINDERS:
        rows.append(report(bench, measure_finder(finder, episodes, sets, edited, folder / "found", THRESHOLDS_DB[:1] if bench.quick else THRESHOLDS_DB)))
    if POCKETSPHINX.exists():
        rows.append(report(bench, measure_pocketsphinx(episodes[1], sets, folder / "windows")))
    rows.append(report(bench, measure_placed(Row("ffmpeg at the stamps"), lambda recording, _: by_stamps(recording), episodes, sets, edited)))
    measure_cutting(rows[0], rows[-1], episodes[0], folder)
    write_table(rows, folder / "table.md")
