"""The changes of one word that alter the meaning of a sentence: what a recogniser or a typist gets wrong, or a liar changes."""

import re
from collections import defaultdict
from pathlib import Path

from word_errors import normal

DICTIONARY = Path("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict")
LETTERS, N_TRIED, PHONES_APART = 4, 400, 2
CONTRACTED = {"is": "isn't", "was": "wasn't", "are": "aren't", "were": "weren't", "do": "don't", "does": "doesn't", "did": "didn't",
              "can": "can't", "could": "couldn't", "will": "won't", "would": "wouldn't", "has": "hasn't", "have": "haven't",
              "had": "hadn't", "should": "shouldn't"}
PLAIN = {contracted: plain for plain, contracted in CONTRACTED.items()}
NUMBERS = (("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
           ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), ("hundred", "thousand", "million", "billion"))


def is_meaning(word):
    return re.fullmatch(r"[a-z]{%d,}[.,;?!]?" % LETTERS, word) is not None


def is_name(word):
    return re.fullmatch(r"[A-Z][a-z]{%d,}[.,;?!]?" % (LETTERS - 1), word) is not None


def with_ending_of(word, new):
    return new + word[len(word.rstrip(".,;?!")):]


def apart(one, two):
    """The edit distance of two lists of phones."""
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(two, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
    return row[-1]


class WordChanges:
    """For each kind of change: (index of a word, the words instead of it)."""

    def __init__(self, texts, rng):
        self.rng = rng
        self.meaning = sorted({normal(word) for text in texts for word in text.split() if is_meaning(word)})
        self.names = sorted({word.rstrip(".,;?!") for text in texts for word in text.split()[1:] if is_name(word)})
        self.phones, self.of_length = {}, defaultdict(list)
        for line in DICTIONARY.read_text(encoding="utf-8").splitlines() if DICTIONARY.exists() else ():
            word, *phones = line.split()
            if re.fullmatch(r"[a-z]{%d,}" % LETTERS, word):
                self.phones[word] = phones
                self.of_length[len(phones)].append(word)

    def negation(self, words):
        for i, word in enumerate(words[:-1]):
            if word.lower() in CONTRACTED and normal(words[i + 1]) not in ("not", "never"):
                contracted = CONTRACTED[word.lower()]
                yield i, [contracted.capitalize() if word[0].isupper() else contracted]
                yield i, [word, "not"]
                yield i, [word, "never"]

    def left_out(self, words):
        for i, word in enumerate(words[:-1]):
            if word.lower() in PLAIN:
                plain = PLAIN[word.lower()]
                yield i, [plain.capitalize() if word[0].isupper() else plain]
            elif word.lower() in CONTRACTED and normal(words[i + 1]) in ("not", "never"):
                yield i, [word]

    def exchanged(self, words):
        """By another word of the recording of about the same length."""
        for i, word in enumerate(words):
            alike = [other for other in self.meaning if other != normal(word) and abs(len(other) - len(normal(word))) <= 1]
            if is_meaning(word) and alike:
                yield i, [with_ending_of(word, self.rng.choice(alike))]

    def alike(self, words):
        """By another word of the dictionary that sounds similar."""
        for i, word in enumerate(words):
            phones = self.phones.get(normal(word))
            if not is_meaning(word) or not phones:
                continue
            near = [other for n in (-1, 0, 1) for other in self.some_of_length(len(phones) + n)
                    if 0 < apart(phones, self.phones[other]) <= PHONES_APART]
            if near:
                yield i, [with_ending_of(word, self.rng.choice(near))]

    def some_of_length(self, n):
        return self.rng.sample(self.of_length[n], min(N_TRIED, len(self.of_length[n])))

    @staticmethod
    def number_class(word):
        return next((numbers for numbers in NUMBERS if normal(word) in numbers), ())

    def number(self, words):
        for i, word in enumerate(words):
            others = [number for number in self.number_class(word) if number != normal(word)]
            if others:
                yield i, [with_ending_of(word, self.rng.choice(others))]

    def name(self, words):
        for i, word in enumerate(words):
            others = [name for name in self.names if name != word.rstrip(".,;?!")]
            if i > 0 and is_name(word) and not words[i - 1].endswith((".", "?", "!")) and others:
                yield i, [with_ending_of(word, self.rng.choice(others))]

    def of(self, words):
        kinds = {"negation": self.negation, "left-out": self.left_out, "exchanged": self.exchanged, "alike": self.alike,
                 "number": self.number, "name": self.name}
        found = {kind: list(changes(words)) for kind, changes in kinds.items()}
        return {kind: changes for kind, changes in found.items() if changes}
