# remap: lists of every format, moved to another edit of the episode and back.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
align_episode first.json

# The other version has an ad of ten seconds in the pause before the fourth turn, and no first turn.
read -r cut at <<<"$(python3 -c '
import json
t = json.load(open("first.json"))["turns"]
print((t[0]["end"] + t[1]["start"]) / 2, (t[2]["end"] + t[3]["start"]) / 2)')"
speak ad.wav 'This part was paid for. Do buy the finest umbrellas, for they keep the rain away from you. Visit our shop.'
sox -D ad.wav -r 22050 pad.wav pad 0.3 0.3
sox -D episode.wav head.wav trim "$cut" "=$at"
sox -D episode.wav tail.wav trim "$at"
sox -D head.wav pad.wav tail.wav other.wav
ad=$(soxi -D pad.wav)
# The alignment is written by hand, because such a short episode is unsure: the words of the first version, moved.
python3 - "$cut" "$at" "$ad" <<'PYTHON'
import json, sys
cut, at, ad = map(float, sys.argv[1:])
a = json.load(open("first.json"))
move = lambda t: None if t is None or t < cut else round(t - cut + (ad if t >= at else 0), 6)
a["audio"]["duration"] = round(a["audio"]["duration"] - cut + ad, 6)
a["audio"]["sha256"] = "b" * 64
a["time_map"], a["breaks"], a["unmatched_speech"] = [], [], []
a["speech"] = sorted([[move(s), move(e)] for s, e in a["speech"] if s >= cut] + [[at - cut + 0.3, at - cut + ad - 0.3]])
for turn in a["turns"]:
    turn["start"], turn["end"] = move(turn["start"]), move(turn["end"])
    for word in turn["words"]:
        word["start"], word["end"] = move(word["start"]), move(word["end"])
        if word["start"] is None:
            word["status"], word["end"] = "not_heard", None
    if turn["start"] is None:
        turn["status"], turn["end"] = "not_heard", None
json.dump(a, open("second.json", "w"))
PYTHON
expect 0 info second.json

python3 - <<'PYTHON'
import json
t = json.load(open("first.json"))["turns"]
start = [turn["start"] for turn in t]
json.dump({"version": "1.2.0", "chapters": [{"startTime": round(s, 3), "title": "Chapter %d" % i} for i, s in enumerate(start)]},
          open("chapters.json", "w"), indent=1)
open("labels.txt", "w").writelines("%.6f\t%.6f\tlabel %d\n" % (turn["start"], turn["end"], i) for i, turn in enumerate(t))
open("times.txt", "w").writelines("%d:%04.1f turn %d\n" % (s // 60, s % 60, i) for i, s in enumerate(start))
open("feed.xml", "w").write("<item>\n" + "".join(' <podcast:soundbite startTime="%.3f" duration="%.3f">bite %d</podcast:soundbite>\n'
                            % (turn["start"], turn["end"] - turn["start"], i) for i, turn in enumerate(t)) + "</item>\n")
PYTHON
expect 0 export first.json --to srt -o captions.srt
expect 0 export first.json --to vtt -o captions.vtt

expect 0 remap first.json second.json chapters.json -o moved-chapters.json
err_has '"Chapter 0" at '
err_has 'moved 4 of 5 times (chapters)'
expect 0 remap first.json second.json labels.txt
out_has 'label 1'
out_lacks 'label 0'
err_has 'labels.txt:1: warning: "label 0"'
cp .out moved-labels.txt
for list in times.txt feed.xml captions.srt captions.vtt; do
    expect 0 remap first.json second.json "$list" -o "moved-$list"
done
python3 - <<'PYTHON' || fail 'times are where the words went'
import json, re
want = [turn["start"] for turn in json.load(open("second.json"))["turns"]][1:]
near = lambda got, by: all(abs(a - b) <= by for a, b in zip(got, want)) and len(got) == len(want)
assert near([c["startTime"] for c in json.load(open("moved-chapters.json"))["chapters"]], 0.006)
assert near([float(line.split("\t")[0]) for line in open("moved-labels.txt")], 0.001)
assert near([float(m) for m in re.findall(r'startTime="([0-9.]+)"', open("moved-feed.xml").read())], 0.006)
assert near([int(m) * 60 + float(s) for m, s in re.findall(r"(?m)^(\d+):([0-9.]+)", open("moved-times.txt").read())], 0.101)
PYTHON
check 'the ends of captions are within the audio' test "$(tail -n 5 moved-captions.vtt | grep -c -- '-->')" -ge 1

# Chapters marked before the pause of the ad, in it, and in the last word before it.
python3 - <<'PYTHON'
import json
t = json.load(open("first.json"))["turns"]
marks = [t[2]["end"] - 0.1, t[2]["end"] + 0.05, t[3]["start"] - 0.05]
for i, m in enumerate(marks):
    json.dump({"chapters": [{"startTime": 5, "title": "Before"}, {"startTime": round(m, 3), "title": "Part two"}]}, open("break%d.json" % i, "w"))
PYTHON
for i in 0 1 2; do
    expect 0 remap first.json second.json break$i.json -o moved-break$i.json
    err_has "\"Part two\" at "
    err_has 'were inserted; it now starts after them, where its speech begins'
done
python3 - <<'PYTHON' || fail 'chapters at the ad start where their speech does'
import json
speech = json.load(open("second.json"))["turns"][3]["start"]
for i in range(3):
    start = json.load(open("moved-break%d.json" % i))["chapters"][1]["startTime"]
    assert 0 <= speech - start < 1, (i, start, speech)
PYTHON

# The old side is a transcript whose audio does not exist any more.
expect 0 export first.json --to text -o old.txt
for old in old.txt captions.srt captions.vtt; do
    expect 0 remap $old second.json chapters.json -o from-$old.json
    err_has "$old has no audio, so its timestamps are used as the times of the first audio"
done
python3 - <<'PYTHON' || fail 'times from an old transcript'
import json
want = [turn["start"] for turn in json.load(open("second.json"))["turns"]][1:]
for old, most in ("old.txt", 0.8), ("captions.srt", 0.2), ("captions.vtt", 0.2):
    got = [c["startTime"] for c in json.load(open("from-%s.json" % old))["chapters"]][-len(want):]
    assert all(abs(a - b) < most for a, b in zip(got, want)), (old, got, want)
PYTHON
printf 'Ann: One two.\nBen: Three four.\n' >timeless.txt
expect 1 remap timeless.txt second.json chapters.json
expect 1 remap first.json old.txt chapters.json
err_has 'is not an alignment with audio'

# And back: the items that both versions have are unchanged.
expect 0 remap second.json first.json moved-labels.txt
check 'there and back again' cmp -s <(sed 1d labels.txt) .out
expect 0 remap first.json first.json chapters.json
check 'onto itself nothing changes' cmp -s chapters.json .out
expect 0 remap second.json first.json - <moved-labels.txt
out_has 'label 4'

expect 0 remap first.json second.json labels.txt --json
python3 - <<'PYTHON' || fail 'an object for each item'
import json
rows = [json.loads(line) for line in open(".out")]
assert len(rows) == 5 and rows[0]["start"] is None and rows[0]["asked"]["start"] >= 0 and rows[0]["line"] == 1
assert list(rows[1]) == ["line", "label", "start", "end", "asked", "lost_head", "lost_tail", "removed", "inserted", "moved_past"]
PYTHON

printf '0:00:01 one\n' >lost.txt
expect 3 remap first.json second.json lost.txt -o lost-moved.txt
err_has 'none of its 1 time is in the second audio'
check 'nothing is written' test ! -e lost-moved.txt
expect 5 remap first.json second.json times.txt -o moved-times.txt
expect 5 remap first.json second.json times.txt -f -o times.txt
expect 0 remap first.json second.json times.txt -o dry.txt -n
out_has 'would write dry.txt'
check 'a dry run writes nothing' test ! -e dry.txt
mkdir others && cp second.json others/b.json
expect 2 remap first.json others chapters.json
err_has "is a folder; name the file in it: type 'soundbite remap first.json others/b.json chapters.json'"
expect 2 remap first.json second.json others
err_has "is a folder; name the file in it: type 'soundbite remap first.json second.json others/b.json'"
expect 0 export episode.txt --to json -o bare.json
expect 1 remap first.json bare.json times.txt
err_has 'bare.json: is not an alignment with audio'
expect 1 remap first.json second.json episode.wav
err_has 'episode.wav: has no chapters'
expect 1 remap first.json second.json second.json
printf 'no times here\n' >none.txt
expect 1 remap first.json second.json none.txt
err_has 'none.txt:1:1: no list of times was recognised'
printf '1:30 a\n1:75 b\n' >bad.txt
expect 1 remap first.json second.json bad.txt
err_has 'bad.txt:2:1: the time has more than 59 seconds'
expect 2 remap first.json second.json
err_has 'remap needs LIST'
expect 2 remap first.json second.json times.txt --list-format stl
expect 0 remap first.json second.json labels.txt --list-format plain
expect 1 remap first.json missing.json times.txt
sed 's/"text": "[A-Za-z]*/&qx/g; s/\(\["\|"text": "\)/\1/g' second.json >strange.json
expect 1 remap first.json strange.json times.txt
err_has 'different transcripts'
finish
