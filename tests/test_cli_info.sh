# info on every kind of file, and on standard input.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg
make_episode

expect 0 info episode.wav
out_has 'pcm_s16le'
out_has '22050 Hz'
out_has '00:00:'
expect 0 info episode.wav --json
python3 - <<'PYTHON' || fail 'info about audio'
import json
i = json.load(open(".out"))
assert i["kind"] == "audio" and i["sample_rate"] == 22050 and i["channels"] == 1 and not i["damaged"]
assert 15 < i["duration"] < 30 and i["events"] == [] and i["title"] is None
PYTHON
check 'with the hash of the file' grep -q "$(sha256sum episode.wav | cut -c1-64)" .out
expect 0 info - <episode.wav
out_has 'pcm_s16le'

expect 0 info episode.txt
out_has 'first timestamp 00:00:'
out_has 'turns-bracket'
out_has 'Bob Stone: 2 turns, 23 words'
expect 0 info - --json <episode.txt
python3 - <<'PYTHON' || fail 'info about a transcript'
import json
i = json.load(open(".out"))
assert i["kind"] == "transcript" and i["turns"] == 5 and i["words"] == 46, i
assert [s["name"] for s in i["speakers"]] == ["Ann Lee", "Bob Stone"]
assert i["last_stamp"] == 17.0 or i["last_stamp"] > 10, i
PYTHON
expect 0 info episode.txt -o facts.txt
check 'nothing on standard output' test -z "$out"
check 'a line a fact' grep -q '^turns *5$' facts.txt

expect 0 align episode.wav episode.txt --method energy --language en-GB -o episode.json
python3 - <<'PYTHON'
import json
a = json.load(open("episode.json"))
a["pairing"], a["pairing_note"], a["turns"][1]["language"] = "unsure", "too little was heard", "fr"
json.dump(a, open("doubtful.json", "w"))
PYTHON
expect 0 info doubtful.json
check 'info: pairing *unsure' grep -q '^pairing *unsure' .out
out_has 'too little was heard'
check 'info: language *en-GB' grep -q '^language *en-GB' .out
check 'info: in others *1' grep -q '^in others *1' .out
expect 0 info doubtful.json --json
python3 - <<'PYTHON' || fail 'info about an alignment'
import json
i = json.load(open(".out"))
assert i["pairing"] == "unsure" and i["pairing_note"] == "too little was heard", i
assert i["language"] == "en-GB" and i["turns_in_other_languages"] == 1, i
PYTHON

ffmpeg -v error -i episode.wav -b:a 64k -metadata title=Bridges whole.mp3
expect 0 info whole.mp3
out_has 'Bridges'
{ head -c 15000 whole.mp3; head -c 3000 /dev/zero; tail -c +18001 whole.mp3; } >broken.mp3
expect 6 info broken.mp3
out_has 'damaged'
err_has 'broken.mp3: warning: 00:00:01'
expect 6 info broken.mp3 --json
out_has '"damaged": true'
out_has '"kind": "damage"'
expect 2 info whole.mp3 --stream x
expect 2 info whole.mp3 --stream 7
err_has 'stream 7'
ffmpeg -v error -f lavfi -i testsrc=d=1:s=64x64 -i whole.mp3 -shortest -pix_fmt yuv420p talk.mp4
expect 0 info talk.mp4 --json
out_has '"kind": "video"'
expect 0 info - --json < <(cat whole.mp3)
out_has '"codec": "mp3"'
out_has '"damaged": false'
expect 0 info - <episode.wav
out_has 'pcm_s16le'
expect 6 info - < <(cat broken.mp3)
err_has 'standard input: warning: 00:00:01'
expect 1 info - </dev/null
err_has 'standard input: is an empty file'
printf '1\n00:00:01.000 --> 00:00:02.000\nHello there.\n' >headerless
expect 0 info headerless
out_has 'srt'
expect 0 info headerless --transcript-format vtt
out_has 'vtt'
expect 1 info headerless --transcript-format turns-bracket
err_has 'headerless'
expect 0 info headerless --from vtt
out_has 'named by --transcript-format'
out_lacks 'could also be'
printf '00:00:01.000 --> 00:00:02.000\nHello there.\n\n00:00:02.000 --> 00:00:03.500\nAnd on.\n' >either
expect 0 info either
check 'a close format' grep -q '^could also be *srt: cues such as .*; --transcript-format srt selects that format$' .out
check 'the cues of one turn' grep -q '^turns *1$' .out
check 'two cues' grep -q '^cues *2$' .out
check 'the last end' grep -q '^last end *00:00:03.500$' .out
check 'how it begins' grep -q '^begins *00:00:01  Hello there. And on.$' .out
expect 0 find either
err_has 'either: warning: was read as vtt (cues such as 00:01.000 --> 00:04.000), but could also be srt ('
expect 0 find either --transcript-format srt
err_lacks 'could also be'
expect 0 info either --json
python3 - <<'PYTHON' || fail 'a close format as JSON'
import json
i = json.load(open(".out"))
assert i["certainty"] == 84 and i["other_format"] == "srt" and i["turns"] == 1 and i["cues"] == 2, i
assert i["begins"] == [{"stamp": 1.0, "speaker": None, "text": "Hello there. And on."}], i
assert i["name_hints"] == [] and all(n["line"] == 1 for n in i["notes"]), i
PYTHON
printf '<svg><path/></svg>' >unknown
expect 1 info unknown
err_has 'it looks like XML or HTML'
err_has "use --transcript-format NAME if you know it; 'soundbite help formats' lists all"
expect 0 help formats
out_has 'turns-bracket'
out_has 'Ann Lee [00:01:30]:'
expect 1 info headerless --from=turns-bracket
expect 2 info headerless --from 10
err_has 'turns-bracket'
expect 1 find headerless --phrase x --from turns-bracket
expect 3 find headerless --from vtt --from 10:00
expect 2 info headerless --transcript-format vvt
err_has "did you mean 'vtt'"
finish
