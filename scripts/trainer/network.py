"""The boundary model and its training in numpy. Uses float32 and one thread, so that the same input gives the same bytes."""

import numpy as np

from .weights import BANDS, CANDIDATES, HOP_S, INPUTS, LEARNT, OFFSET_S, REACH

TARGET_S = 0.004  # standard deviation of the target around the labelled time
BATCH = 64
CACHED = 6000     # boundaries whose inputs are kept in memory
CLIP = 5.0        # maximum norm of a step's gradient


def sound_inputs(level_db):
    """Returns the 110 unscaled inputs of each candidate: boundaries x candidates x inputs."""
    sums = np.zeros((len(level_db), level_db.shape[1] + 1, BANDS))
    np.cumsum(level_db, axis=1, dtype=float, out=sums[:, 1:])
    at = REACH + np.arange(CANDIDATES)

    def mean(first, n):
        return ((sums[:, first + n] - sums[:, first]) / n).astype(np.float32)

    parts = []
    for n in (2, 4, 8, 16, 32):
        step = mean(at, n) - mean(at - n, n)
        parts += [step, np.abs(step)] if n in (4, 16, 32) else [step]
    return np.concatenate(parts + [mean(at - 4, 4), mean(at, 4)], axis=2)


def model_inputs(examples, rows, arrays):
    """Returns all inputs of each candidate, scaled according to `arrays`."""
    sound = (sound_inputs(examples.level_db(rows)) - arrays["mean"]) / arrays["std"]
    prior = examples.aligned_s[rows] + arrays["bias_s"][examples.context[rows]]
    offset = (examples.first_s[rows, None] + HOP_S * np.arange(CANDIDATES) - prior[:, None]) / OFFSET_S
    offset = offset.astype(np.float32)
    return np.concatenate([sound, np.stack([offset ** 2, np.abs(offset), offset], axis=2)], axis=2)


def forward(arrays, inputs, context):
    hidden = np.maximum(inputs @ arrays["w_hidden"] + arrays["w_context"][context][:, None], 0)
    scores = hidden @ arrays["w_out"] + np.einsum("bco,bo->bc", inputs[:, :, INPUTS:], arrays["w_offset"][context])
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, scores / scores.sum(axis=1, keepdims=True)


def medians(p, first_s):
    total, rows = np.cumsum(p, axis=1, dtype=float), np.arange(len(p))
    at = np.minimum((total < 0.5).sum(axis=1), CANDIDATES - 1)
    own = p[rows, at].astype(float)
    return first_s + (at + (0.5 - total[rows, at] + own) / own - 0.5) * HOP_S


def refine(arrays, examples, rows):
    """Returns the times that the model gives: the medians of its distributions."""
    times = [np.zeros(0)]
    for at in range(0, len(rows), 512):
        some = rows[at:at + 512]
        _, p = forward(arrays, model_inputs(examples, some, arrays), examples.context[some])
        times.append(medians(p, examples.first_s[some]))
    return np.concatenate(times)


def targets(examples, rows):
    away = examples.first_s[rows, None] + HOP_S * np.arange(CANDIDATES) - examples.labelled_s[rows, None]
    q = np.exp(-0.5 * (away / TARGET_S) ** 2)
    return (q / q.sum(axis=1, keepdims=True)).astype(np.float32)


def gradients(arrays, inputs, context, q):
    """Returns the gradients of the mean cross-entropy, and its value."""
    hidden, p = forward(arrays, inputs, context)
    loss = -float((q * np.log(p + 1e-12)).sum(axis=1).mean())
    d_scores = (p - q) / np.float32(len(q))
    d_hidden = d_scores[:, :, None] * arrays["w_out"] * (hidden > 0)
    g = {"w_out": np.einsum("bch,bc->h", hidden, d_scores),
         "w_hidden": inputs.reshape(-1, inputs.shape[2]).T @ d_hidden.reshape(-1, hidden.shape[2])}
    for key, rows in (("w_context", d_hidden.sum(axis=1)),
                      ("w_offset", np.einsum("bco,bc->bo", inputs[:, :, INPUTS:], d_scores))):
        g[key] = np.zeros_like(arrays[key])
        np.add.at(g[key], context, rows)
    return g, loss


class Adam:
    def __init__(self, arrays):
        self.first = {key: np.zeros_like(arrays[key]) for key in LEARNT}
        self.second = {key: np.zeros_like(arrays[key]) for key in LEARNT}
        self.n = 0

    def step(self, arrays, g, rate):
        self.n += 1
        for key in LEARNT:
            self.first[key] += np.float32(0.1) * (g[key] - self.first[key])
            self.second[key] += np.float32(0.001) * (g[key] ** 2 - self.second[key])
            first, second = self.first[key] / (1 - 0.9 ** self.n), self.second[key] / (1 - 0.999 ** self.n)
            arrays[key] = (arrays[key] - rate * first / (np.sqrt(second) + 1e-8)).astype(np.float32)


def learn(start, examples, rows, spread, rate, epochs, seed, tell):
    """Returns the weights trained on `rows`: the maximum a posteriori with a normal prior of `spread` around `start`."""
    arrays, anchor = dict(start), {key: start[key].copy() for key in LEARNT}
    random, adam = np.random.default_rng(seed), Adam(start)
    kept = model_inputs(examples, np.arange(len(examples)), start) if len(examples) <= CACHED else None
    steps = -(-len(rows) // BATCH)
    for epoch in range(epochs):
        losses = []
        for number, some in enumerate(np.array_split(random.permutation(rows), steps)):
            inputs = kept[some] if kept is not None else model_inputs(examples, some, start)
            g, loss = gradients(arrays, inputs, examples.context[some], targets(examples, some))
            for key in LEARNT:
                g[key] = g[key] + (arrays[key] - anchor[key]) / np.float32(spread ** 2 * len(rows))
            norm = np.sqrt(sum(float((g[key] ** 2).sum()) for key in LEARNT))
            if norm > CLIP:
                g = {key: g[key] * np.float32(CLIP / norm) for key in LEARNT}
            done = (epoch * steps + number) / (epochs * steps)
            adam.step(arrays, g, rate * 0.5 * (1 + np.cos(np.pi * done)))
            losses.append(loss)
        tell(epoch, float(np.mean(losses)))
    return arrays
