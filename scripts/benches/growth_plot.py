"""A plot (SVG) of time and memory over length, with logarithmic axes: straight lines, whose slope is the exponent."""

import math

WIDTH, HEIGHT, LEFT, TOP, GAP = 420, 300, 60, 40, 90
COLOURS = ("#1f6f8b", "#c0392b", "#27864a", "#8e44ad", "#b9770e", "#555555")


class Axis:
    """Maps values to a range of pixels, by their logarithms."""

    def __init__(self, values, first, last):
        logs = [math.log10(value) for value in values]
        self.low, self.high = math.floor(min(logs)), math.floor(max(logs)) + 1
        self.first, self.last = first, last

    def at(self, value):
        return self.first + (math.log10(value) - self.low) / (self.high - self.low) * (self.last - self.first)

    @property
    def decades(self):
        return [10 ** power for power in range(self.low, self.high + 1)]


def text(x, y, words, anchor="start", colour="#222"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def panel(left, title, lines):
    """lines: of each measured input, points (length as a multiple of the shortest, value)."""
    x = Axis([length for line in lines for length, _ in line], left, left + WIDTH)
    y = Axis([value for line in lines for _, value in line], TOP + HEIGHT, TOP)
    out = [text(left, TOP - 14, title), text(left + WIDTH, TOP + HEIGHT + 34, "length / shortest length", "end")]
    for value in y.decades:
        out += [f'<path d="M{left} {y.at(value):.1f}h{WIDTH}" stroke="#ddd"/>', text(left - 6, y.at(value) + 4, f"{value:g}", "end")]
    for value in sorted({length for line in lines for length, _ in line}):
        out.append(text(x.at(value), TOP + HEIGHT + 16, f"{value:g}", "middle"))
    for colour, line in zip(COLOURS, lines):
        points = " ".join(f"{x.at(length):.1f},{y.at(value):.1f}" for length, value in line)
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return out


def write(path, measured):
    """measured: of each name, rows (length, seconds, megabytes)."""
    relative = [[(length / rows[0][0], max(seconds, 0.001), peak) for length, seconds, peak in rows] for rows in measured.values()]
    out = panel(LEFT, "processor time, s", [[(length, seconds) for length, seconds, _ in rows] for rows in relative])
    out += panel(LEFT + WIDTH + GAP, "peak memory, MB", [[(length, peak) for length, _, peak in rows] for rows in relative])
    for number, (name, colour) in enumerate(zip(measured, COLOURS)):
        out.append(text(LEFT, TOP + HEIGHT + 64 + 18 * number, name, colour=colour))
    width, height = LEFT + 2 * WIDTH + GAP + 20, TOP + HEIGHT + 64 + 18 * len(measured)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">\n'
                    f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(out) + "\n</svg>\n", encoding="utf-8")
