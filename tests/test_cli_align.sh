# align, drift, find and export on an episode of five turns.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox

make_episode
cp episode.wav keep.wav
cp episode.txt keep.txt

expect 0 align episode.wav episode.txt -o episode.json
err_has 'soundbite: aligned 5 turns to 00:00:2'
check 'the summary is one sentence' grep -qE ' of audio \((acoustic|energy)\); no breaks; (no|[0-9]+) turns? uncertain$' .err
check 'nothing on standard output' test -z "$out"
python3 - <<'PYTHON' || fail 'the alignment is right'
import json
a = json.load(open("episode.json"))
assert a["format"] == "soundbite-alignment" and a["version"] == 1
assert a["method"] in ("acoustic", "energy"), a["method"]
assert len(a["turns"]) == 5 and all(t["start"] is not None for t in a["turns"])
for t in a["turns"]:
    assert -0.1 <= t["start"] - t["stamp"] < 1.1, t
PYTHON
expect 0 align episode.wav episode.txt -q -o quiet.json
check 'quiet says nothing' test -z "$err"
check 'twice the same bytes' cmp -s episode.json quiet.json
expect 0 align episode.wav episode.txt
check 'the same on standard output' cmp -s .out episode.json
expect 0 align --method energy -- episode.wav episode.txt
expect 0 align --method energy --to=srt episode.wav episode.txt
out_has '-->'
expect 0 align episode.wav episode.txt --method energy -o episode.vtt
check 'captions by extension' grep -q '^WEBVTT' episode.vtt
expect 0 align - episode.txt --method energy -o piped.json <episode.wav
check 'the same from standard input' test "$(grep -c '"stamp"' piped.json)" = 5
expect 0 align episode.wav - --method energy -o piped2.json <episode.txt

expect 0 align episode.wav episode.txt --method energy -q -o energy.json
check 'energy where it is asked for' grep -q '^"method": "energy"' energy.json
run align episode.wav episode.txt --method acoustic -q -o acoustic.json
if [[ $code = 0 ]]; then
    check 'acoustic where it is asked for' grep -q '^"method": "acoustic"' acoustic.json
    check 'words are heard' test "$(grep -o '"status": "aligned"' acoustic.json | wc -l)" -gt 20
    sed 's/about bridges\./& Thank/; s/^Thank you\./you./' episode.txt >slipped.txt
    run drift episode.wav slipped.txt --method acoustic --json
    check 'a word of the next speaker is reported' grep -q '"index": 0, "kind": "speaker", "note": "Its last word, \\"Thank\\"' .out
    run drift episode.wav slipped.txt --method acoustic
    tr -s ' \n' ' ' <.out >flat
    check 'to a reader too' grep -q 'Its last word, "Thank" at .* seems to belong to the next turn (Bob Stone)' flat
    run drift episode.wav episode.txt --method acoustic --json
    check 'no other speaker is suspect' test "$(grep -c '"kind": "speaker"' .out)" = 0
else
    check 'a missing model is reported' test "$code" = 1
    err_has 'acoustic model'
fi

spanish=('Buenos días a todos y bienvenidos a la radio del puerto, donde hoy hablamos del mar y de los barcos.'
    'Muchas gracias por la invitación, es un placer estar aquí con ustedes esta mañana.'
    'Cuéntanos cómo empezó, hace ya más de treinta años, en aquella pequeña casa.')
for i in "${!spanish[@]}"; do
    espeak-ng -v es -w "spanish$i.wav" "${spanish[$i]}"
    printf 'Ana %s [00:00:%02d]:\n%s\n' "$i" $((i * 6)) "${spanish[$i]}"
done >spanish.txt
sox -D spanish?.wav spanish.wav pad 0.5
expect 0 align spanish.wav spanish.txt -o spanish.json
check 'the language is found' grep -q '"language": "es"' spanish.json
if [[ -e acoustic.json ]]; then
    check 'another language is heard, too' grep -q '^"method": "acoustic"' spanish.json
    check 'the right text is not refused' grep -qE '^"pairing": "(ok|unsure)"' spanish.json
    check 'the warning is printed once' test "$(grep -c 'too few words of the transcript' .err)" -le 1
    expect 0 clip spanish.wav spanish.json --match 2 --expand turn --speaker '*' -o spanish.mp3 --json
    out_has '"method": "acoustic"'
fi
expect 2 align episode.wav episode.txt --method sound
err_has 'auto, acoustic or energy'
expect 5 align episode.wav episode.txt -o episode.json
err_has 'episode.json:'
expect 0 align episode.wav episode.txt --method energy -o episode.json --dry-run --force
out_has 'would write episode.json'
expect 5 align episode.wav episode.txt -f -o episode.wav
expect 5 align episode.wav episode.txt -f -o ./episode.txt
expect 0 align episode.wav episode.txt -f -o episode.json
expect 1 align episode.wav episode.json
err_has 'is already an alignment'

expect 0 align episode.wav episode.txt --method energy -o p.json --progress json
check 'progress is an object a line' python3 -c '
import json
rows = [json.loads(line) for line in open(".err") if line.startswith("{")]
assert any(r["stage"] == "decode" for r in rows), rows
assert all(0 <= r["done"] and (r["total"] is None or r["done"] <= r["total"] * 1.01) for r in rows)'
expect 0 align episode.wav episode.txt --method energy -o p2.json --progress none -q
check 'no progress' test -z "$err"

expect 0 drift episode.wav episode.txt
expect 0 drift episode.wav episode.txt --json
python3 - <<'PYTHON' || fail 'drift prints the contract'
import json
d = json.load(open(".out"))
assert list(d)[:4] == ["verdict", "offset", "rate_ppm", "breaks"], list(d)
assert d["verdict"] in ("ok", "unsure") and d["stamps"]["count"] == 5 and len(d["turns"]) == 5
PYTHON
expect 0 drift episode.wav episode.json
sed 's/:0\([0-9]\)\]/:3\1]/; s/:1\([0-9]\)\]/:4\1]/' episode.txt >late.txt
if [[ -e acoustic.json ]]; then
    expect 0 drift episode.wav episode.txt --json
    out_has '"verdict": "ok"'
    expect 4 drift episode.wav late.txt --max-drift 500ms --json
    out_has '"verdict"'
else
    skip 'verdicts, for which this build has no acoustic model'
fi
expect 2 drift episode.wav episode.txt --max-drift x
sed 's/\[00:/[05:/' episode.txt >beyond.txt
[[ ! -e acoustic.json ]] || expect 4 drift episode.wav beyond.txt
run align episode.wav beyond.txt -o beyond.json
err_lacks 'beyond the end'
sox episode.wav half.wav trim 0 11
run align half.wav episode.txt -f -o half.json
err_has 'of 5 timestamps are after the end of the audio at 00:00:1'
sox -n -r 22050 -c 1 other.wav synth 30 sine 300 vol 0.1
expect 1 align other.wav episode.txt -o other.json
check 'no alignment is left' test ! -e other.json

expect 0 find episode.json --phrase 'hardest part' --json
python3 - <<'PYTHON' || fail 'find has times of the audio'
import json
rows = [json.loads(line) for line in open(".out")]
assert len(rows) == 2 and all(r["start"] < r["end"] for r in rows)
PYTHON
expect 0 export episode.json --to text
check 'the corrected transcript has all turns' test "$(grep -c '\[00:' <<<"$out")" = 5

expect 0 info episode.wav
out_has 'duration'
expect 0 info episode.wav --json
python3 - <<'PYTHON' || fail 'info about audio'
import json
i = json.load(open(".out"))
assert i["kind"] == "audio" and i["sample_rate"] == 22050 and i["channels"] == 1 and not i["damaged"]
PYTHON
check 'the audio is untouched' cmp episode.wav keep.wav
check 'the transcript is untouched' cmp episode.txt keep.txt
check 'no temporary file is left' test -z "$(find . -maxdepth 1 -name '.*' -type f ! -name .out ! -name .err)"
finish
