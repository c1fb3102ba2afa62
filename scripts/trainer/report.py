"""Reports the distance of boundaries from their labels."""

import numpy as np


def line(name, errors_s):
    e = np.abs(errors_s) * 1000
    within = "  ".join(f"{100 * np.mean(e <= limit):5.1f} %" for limit in (10, 20, 50))
    return f"{name:<28}{e.mean():7.1f}{np.median(e):8.1f}   {within}"


def table(rows):
    """`rows`: pairs of a name and its errors in seconds."""
    head = f"{'':<28}{'mean':>7}{'median':>8}   {'<= 10 ms':>7} {'<= 20':>8} {'<= 50':>8}"
    return "\n".join([head] + [line(name, errors) for name, errors in rows])
