"""Invented sentences with a given number of words."""

WHO = "the baker|my neighbour|an old sailor|the tall girl|our teacher|a tired horse|the new doctor|your cousin|a small village|the gardener".split("|")
DOES = "painted|carried|forgot|admired|counted|repaired|borrowed|described|buried|followed".split("|")
WHAT = "a wooden ladder|seven green bottles|the broken window|his winter coat|a basket of plums|the longest letter|an empty boat|some silver paper|the garden fence|two heavy books".split("|")
WHERE = "behind the chapel|before breakfast|in the northern valley|under a bridge|with great patience|after the storm|near the harbour|on a quiet evening|for no reason|beside the river".split("|")
AND = "and|while|because|although|so".split("|")


def sentence(rng, n_words):
    words = []
    while len(words) < n_words:
        words += [rng.choice(AND)] if words else []
        for choice in (WHO, DOES, WHAT, WHERE):
            words += rng.choice(choice).split()
    words = words[:n_words]
    return " ".join([words[0].capitalize(), *words[1:]]) + "."
