# clip --drop: fillers and stumbles are cut out of clips, montages and batches, and listed in the manifest; errors.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg python3
needs_acoustic

# One speaker with fillers and stumbles, in a room.
speak one.wav 'We built the bridge in, um, four years, and then the the water came back.'
speak two.wav 'I think, I think we were, you know, very lucky. Very very lucky.'
sox -D one.wav -r 22050 a.wav silence 1 0.01 0.1% pad 0.4 0.6
sox -D two.wav -r 22050 b.wav silence 1 0.01 0.1% pad 0.2 0.6
sox -D a.wav b.wav clean.wav
sox -R -D -n -r 22050 -c 1 noise.wav synth "$(soxi -D clean.wav)" pinknoise vol 0.003
sox -R -D -m clean.wav noise.wav episode.wav
cat >episode.txt <<'TEXT'
Ann Lee [00:00:00]:
We built the bridge in, um, four years, and then the the water came back.
Ann Lee [00:00:06]:
I think, I think we were, you know, very lucky. Very very lucky.
TEXT
expect 0 align episode.wav episode.txt -q -o episode.json

expect 0 clip episode.wav episode.json -o 'whole/{n}.wav' --loudness off --json
cp .out whole.jsonl
expect 0 clip episode.wav episode.json -o 'short/{n}.wav' --loudness off --drop fillers,repeats --json --manifest short/list.csv
cp .out short.jsonl
python3 - <<'PYTHON' || fail 'the drops are in the manifest and out of the sound'
import array, json, wave
def samples(path):
    file = wave.open(path)
    return array.array("h", file.readframes(file.getnframes()))
whole = [json.loads(line) for line in open("whole.jsonl")]
short = [json.loads(line) for line in open("short.jsonl")]
assert "drops" not in whole[0]
n_drops = 0
for a, b in zip(whole, short):
    assert b["asked"]["text"] == a["text"] == a["asked"]["text"]
    left = a["text"]
    cut = 0
    for drop in b["drops"]:
        n_drops += 1
        assert drop["kind"] in ("fillers", "repeats") and 0.05 <= drop["quality"] <= 1, drop
        assert drop["cut_from"] < drop["cut_until"] and drop["start"] < drop["end"], drop
        cut += round((drop["cut_until"] - drop["cut_from"]) * 22050) - round(drop["fill"] * 22050)
    before, after = samples(a["file"]), samples(b["file"])
    assert len(before) - len(after) == cut, (len(before), len(after), cut)
    assert abs(b["length"] - len(after) / 22050) < 1e-6
    step = lambda s: max(abs(x - y) for x, y in zip(s, s[1:]))
    assert step(after) <= step(before)
    dropped = len(a["text"].split()) - len(b["text"].split())
    assert dropped == sum(len(drop["text"].split()) for drop in b["drops"])
    stayed = [w for w in b["warnings"] if "stays" in w]
    print(b["text"], [d["text"] for d in b["drops"]], stayed)
    assert len(b["drops"]) + len(stayed) == 2, b
assert n_drops >= 3, n_drops
assert "Very very lucky" in short[1]["text"]
PYTHON
check 'the table names what went' grep -q 'um,' short/list.csv

expect 0 clip episode.wav episode.json --match 1 -o dry.wav --drop fillers -n --json
python3 -c 'import json; d = json.load(open(".out")); assert d["drops"][0]["quality"] is None and "um" not in d["text"], d' ||
    fail 'a dry run tells what would go'

expect 0 clip episode.wav episode.json --match 1 -o said.wav --drop fillers,repeats --captions srt
check 'captions have the words that stayed' test "$(grep -c 'um\|the the' said.srt)" = 0
python3 - <<'PYTHON' || fail 'captions end with the clip they belong to'
import re, wave
file = wave.open("said.wav")
last = re.findall(r"--> (\d+):(\d+):(\d+),(\d+)", open("said.srt").read())[-1]
h, m, s, ms = map(int, last)
length = file.getnframes() / file.getframerate()
assert length - 0.5 < h * 3600 + m * 60 + s + ms / 1000 <= length, (last, length)
PYTHON

printf 'water\n' >own.txt
expect 0 clip episode.wav episode.json --match 1 -o own.wav --drop fillers --fillers own.txt --json
check 'a list of its own' grep -q '"text": "water"' .out
expect 0 clip episode.wav episode.json --drop fillers,repeats --join all.wav --json
check 'a montage tells the drops of its quotes' grep -q '"kind": "fillers"' .out

cat >list.csv <<'CSV'
audio,transcript,phrase,expand,drop,id
episode.wav,episode.json,bridge,sentence,fillers,first
episode.wav,episode.json,bridge,sentence,off,second
episode.wav,episode.json,lucky,turn,,third
CSV
expect 0 batch list.csv -o batch --drop repeats
expect 0 batch list.csv -o again --drop repeats --jobs 1
check 'a batch drops by row, the same whatever the threads' cmp -s batch/manifest.jsonl <(sed 's,"again/,"batch/,' again/manifest.jsonl)
check 'a row that says off drops nothing' test "$(grep second batch/manifest.jsonl | grep -c '"drops"')" = 0
rm batch/first.mp3
expect 0 batch list.csv -o batch --drop repeats --resume
diff batch/manifest.jsonl <(sed 's,"again/,"batch/,' again/manifest.jsonl) >.diff || { cat .diff; fail "taken up again it ends with the same lines"; }

sed 's/,drop,/,lead,/; s/,fillers,/,,/; s/,off,/,,/' list.csv >keeps.csv
expect 2 batch keeps.csv -o keeps --fillers own.txt
err_has '--fillers has no effect because no row drops fillers'
check 'and nothing is written' test ! -e keeps
expect 0 batch list.csv -o own --fillers own.txt
expect 0 batch keeps.csv -o kept --drop fillers --fillers own.txt

expect 2 clip episode.wav episode.json -o x.wav --drop fillers --strict
err_has 'strict needs a certificate, but a clip with dropped words has none; leave out one of the two (--strict, --drop)'
expect 0 clip episode.wav episode.json --phrase 'years, and then' -o untouched.wav --drop fillers --json
out_has '"drops": []'
out_has '"certificate": {"passed"'
expect 2 clip episode.wav episode.json -o x.wav --drop coughs
err_has "drop must be fillers, repeats or off, not 'coughs'"
expect 2 clip episode.wav episode.json -o x.wav --fillers own.txt
err_has '--drop fillers'
printf 'um\n, you know\n' >bad.txt
expect 1 clip episode.wav episode.json -o x.wav --drop fillers --fillers bad.txt
err_has 'bad.txt:2'
expect 1 clip episode.wav episode.json -o x.wav --drop fillers --fillers missing.txt
err_has 'missing.txt'
check 'mistakes write nothing' test ! -e x.wav
finish
