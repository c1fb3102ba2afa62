"""The weights of the boundary model and their file format."""

import json

import numpy as np

CANDIDATES, REACH, BANDS = 57, 32, 11
SEEN = CANDIDATES + 2 * REACH - 1
INPUTS, OFFSETS, HIDDEN = 110, 3, 24
HOP_S, OFFSET_S = 0.0025, 0.02
CLASSES = "VSFZNL"
CONTEXTS = [["start", left, right] for left in CLASSES + "_" for right in CLASSES]
CONTEXTS += [["end", left, right] for left in CLASSES for right in CLASSES + "_"]

SHAPE = {
    "rate_hz": 16000, "pre_emphasis": 1.0, "window_samples": 200, "hop_samples": 40, "fft": 256,
    "band_edges_bins": [1, 4, 7, 11, 16, 22, 30, 40, 54, 72, 96, 128], "floor": 1e-4, "candidates_each_side": 28,
    "context_frames": [2, 4, 8, 16, 32], "abs_context_frames": [4, 16, 32], "level_context_frames": 4,
    "offset_scale_s": 0.02, "inputs": INPUTS + OFFSETS, "hidden": HIDDEN, "contexts": CONTEXTS,
}
TABLES = {
    "bias_s": (len(CONTEXTS),), "mean": (INPUTS,), "std": (INPUTS,), "w_hidden": (INPUTS + OFFSETS, HIDDEN),
    "w_context": (len(CONTEXTS), HIDDEN), "w_out": (HIDDEN,), "w_offset": (len(CONTEXTS), OFFSETS),
}
LEARNT = ("w_hidden", "w_context", "w_out", "w_offset")


class BadWeights(Exception):
    """The file does not contain such a model."""


def read(text, name):
    """Returns the arrays of a file by key. Raises BadWeights."""
    try:
        model = json.loads(text)
    except ValueError as error:
        raise BadWeights(f"{name}: not valid JSON: {error}") from None
    for key, wanted in SHAPE.items():
        if not isinstance(model, dict) or model.get(key) != wanted:
            raise BadWeights(f"{name}: '{key}' is for another version of the boundary model; train the model again")
    arrays = {}
    for key, shape in TABLES.items():
        try:
            arrays[key] = np.array(model[key], dtype=np.float32).reshape(shape)
        except (KeyError, TypeError, ValueError):
            raise BadWeights(f"{name}: '{key}' is missing, or not {' times '.join(map(str, shape))} numbers") from None
        if not np.isfinite(arrays[key]).all():
            raise BadWeights(f"{name}: '{key}' contains a number that is not finite")
    return arrays


def write(arrays, remarks):
    """Returns the text of a file. `remarks` are text members that come first."""
    members = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in {**remarks, **SHAPE}.items()]
    for key in TABLES:
        numbers = ", ".join(f"{value:.9g}" for value in arrays[key].ravel().tolist())
        members.append(f"{json.dumps(key)}: [{numbers}]")
    return "{" + ",\n".join(members) + "}\n"


def anew(seed):
    """Returns initial weights for training from nothing."""
    random = np.random.default_rng(seed)
    arrays = {key: np.zeros(shape, dtype=np.float32) for key, shape in TABLES.items()}
    arrays["std"] += 1
    arrays["w_hidden"] = random.normal(0, np.sqrt(1 / INPUTS), TABLES["w_hidden"]).astype(np.float32)
    arrays["w_out"] = random.normal(0, np.sqrt(1 / HIDDEN), TABLES["w_out"]).astype(np.float32)
    arrays["w_offset"][:, 0] = -0.5
    return arrays
