# A recording glued after itself, with captions exact to the millisecond: nothing but the timestamps tells the two copies apart.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
lines=('The lighthouse keeper counted every ship that passed before breakfast.'
    'On Mondays the post arrived late, because the ferry waited for the tide.'
    'Nobody on the island owned a car, but everybody owned a bell.'
    'My grandmother baked seven loaves and gave away six of them.'
    'In winter the harbour froze, and the children walked to the mainland.'
    'A stranger once stayed for a single night and left a violin behind.'
    'The doctor came twice a year and stayed until the wine was finished.'
    'When the storm broke the pier, we built another one from old masts.')
at=0
for i in "${!lines[@]}"; do
    speak spoken.wav "${lines[$i]}"
    sox -D spoken.wav -r 22050 "part$i.wav" silence 1 0.01 0.1% reverse silence 1 0.01 0.1% reverse pad 0.4 "0.$((3 + i % 3))"
    echo "$at" >>starts
    at=$((at + $(soxi -s "part$i.wav")))
done
sox -D part?.wav part?.wav clean.wav
sox -R -D -n -r 22050 -c 1 noise.wav synth "$(soxi -D clean.wav)" pinknoise vol 0.002
sox -D -m clean.wav noise.wav twice.wav
printf '%s\n' "${lines[@]}" >lines
python3 - "$at" <<'PYTHON'
import sys
length, texts = int(sys.argv[1]), open("lines").read().splitlines()
starts = [int(start) + copy * length for copy in (0, 1) for start in open("starts")]
time = lambda sample: "00:{:02}:{:02},{:03}".format(*(lambda ms: (ms // 60000, ms // 1000 % 60, ms % 1000))(sample * 1000 // 22050))
with open("twice.srt", "w") as captions, open("truth", "w") as truth:
    for n, start in enumerate(start + 8820 for start in starts):
        text = texts[n % len(texts)]
        end = starts[n + 1] if n + 1 < len(starts) else 2 * length
        captions.write(f"{n + 1}\n{time(start)} --> {time(end)}\n{text}\n\n")
        truth.write(f"{start / 22050}\n")
PYTHON

# stays FILE: every caption begins within 0.2 s of where it was said.
stays() {
    python3 - "$1" <<'PYTHON'
import json, sys
found = [turn["start"] for turn in json.load(open(sys.argv[1]))["turns"]]
true = [float(line) for line in open("truth")]
wrong = [(f, t) for f, t in zip(found, true, strict=True) if f is None or abs(f - t) > 0.2]
assert not wrong, wrong
PYTHON
}
methods=(energy)
has_acoustic && methods+=(acoustic) || skip 'by words: built without the acoustic aligner'
for method in "${methods[@]}"; do
    expect 0 align twice.wav twice.srt --method "$method" -q -o "$method.json"
    check "all captions stay where they are, by $method" stays "$method.json"
    expect 0 drift twice.wav "$method.json" --json
    check "no offset and no break, by $method" python3 -c '
import json
found = json.load(open(".out"))
assert found["verdict"] != "drift" and not found["breaks"] and abs(found["offset"]) < 0.1, found'
done
finish
