# --captions of clip and batch: files next to the clips, in times of the clip, never partial, and never overwriting without --force.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
make_episode
align_episode episode.json

expect 0 clip episode.wav episode.json --speaker 'bob*' -o 'out/{n}.wav' --captions srt --captions vtt --captions ass \
    --json --manifest out/list.csv
cp .out clips.jsonl
check 'two clips with three files each' test "$(find out -name '*.srt' -o -name '*.vtt' -o -name '*.ass' | wc -l)" = 6
check 'the CSV names them' grep -q 'out/1.srt | out/1.vtt | out/1.ass' out/list.csv
check 'a caption file begins as its format does' test "$(head -1 out/1.vtt)" = WEBVTT -a "$(head -1 out/1.ass)" = '[Script Info]'
python3 - <<'PYTHON' || fail 'captions hold the words of the clip at their times in it'
import json, re
alignment = json.load(open("episode.json"))
def seconds(text):
    h, m, s = re.split(":", text.replace(",", "."))
    return 3600 * int(h) + 60 * int(m) + float(s)
for clip in map(json.loads, open("clips.jsonl")):
    srt, vtt, ass = clip["captions"]
    stem = clip["file"][:-4]
    assert [srt, vtt, ass] == [stem + ".srt", stem + ".vtt", stem + ".ass"]
    begin, length = clip["start_sample"] / clip["sample_rate"], (clip["end_sample"] - clip["start_sample"]) / clip["sample_rate"]
    starts = [word["start"] - begin for turn in alignment["turns"] for word in turn["words"]]
    cues = [block.split("\n") for block in open(srt).read().strip().split("\n\n")]
    assert " ".join(" ".join(cue[2:]) for cue in cues) == clip["text"], cues
    for cue in cues:
        start, end = map(seconds, cue[1].split(" --> "))
        assert min(abs(start - s) for s in starts) < 1 / 30 and 0 <= start < end <= length + 0.001, cue
    assert "Bob Stone" not in open(srt).read() + open(vtt).read()
    for line in open(ass):
        if line.startswith("Dialogue:"):
            fields = line.rstrip("\n").split(",", 9)
            assert sum(map(int, re.findall(r"\\kf?(\d+)", fields[9]))) == round(100 * (seconds(fields[2]) - seconds(fields[1]))), line
PYTHON

expect 0 clip episode.wav episode.json --speaker 'bob*' -o 'names/{n}.wav' --captions srt --captions vtt --captions ass --caption-names -q
check 'SubRip says who speaks' test "$(sed -n 3p names/1.srt | cut -c1-11)" = 'Bob Stone: '
check 'WebVTT has a voice, and no name in its text' grep -q '^<v Bob Stone>Thank you' names/1.vtt
check 'Advanced SubStation shows the name' grep -q '}Bob Stone: {' names/1.ass

python3 - <<'PYTHON'
import json
alignment = json.load(open("episode.json"))
for turn in alignment["turns"]:
    for word in turn["words"]:
        if word["text"] in ("built", "bridges", "twenty"):
            word.update(status="not_heard", start=None, end=None)
        if word["text"] == "years.":
            word.update(status="estimated", start=None, end=None)
json.dump(alignment, open("unsaid.json", "w"))
PYTHON
expect 0 clip episode.wav unsaid.json --phrase 'I have built bridges for twenty years' -o unsaid.wav --captions srt
err_has 'not heard in the audio, and left out of the captions: "built bridges", "twenty"; compare'
check 'only words that were not said are left out' test "$(sed -n '3,$p' unsaid.srt | tr '\n' ' ')" = 'I have for years. '
expect 0 export unsaid.json --to srt
err_has 'left out: "built bridges", "twenty"'
check 'the other words are there' grep -q 'I have for years' .out
expect 0 clip episode.wav unsaid.json --phrase 'I have built bridges for twenty years' -o plain.wav
err_has 'not heard in the audio: "built bridges", "twenty"; compare'

expect 2 clip episode.wav episode.json --match 1 -o names.wav --caption-names
err_has 'has no effect without --captions'

expect 0 clip episode.wav episode.json --match 1 -o one.wav --captions srt --json
out_has '"captions": "one.srt"'
expect 0 clip episode.wav episode.json --match 1 -o none.wav --json
out_has '"captions": null'

expect 5 clip episode.wav episode.json --match 1 -o one.wav --captions srt
rm one.wav
printf mine >one.srt
expect 5 clip episode.wav episode.json --match 1 -o one.wav --captions srt
err_has 'one.srt: exists already'
check 'no clip where its captions may not be written' test ! -e one.wav
check 'and those that were there are as they were' test "$(cat one.srt)" = mine
expect 0 clip episode.wav episode.json --match 1 -o one.wav --captions srt --force
check 'unless by force' grep -q Welcome one.srt
cp episode.txt episode.srt
cp episode.srt words.srt
expect 5 clip episode.wav words.srt --match 1 -o words.wav --captions srt --force
err_has 'never overwritten'
check 'a transcript is never overwritten' cmp -s episode.srt words.srt

expect 0 clip episode.wav episode.json --match 1 -o dry.wav --captions srt --captions ass --dry-run
out_has 'would write dry.srt'
out_has 'would write dry.ass'
check 'a dry run writes nothing' test -z "$(find . -name 'dry.*')"
expect 2 clip episode.wav episode.json --match 1 -o bad.wav --captions sub
err_has 'srt, vtt or ass'

cat >ja.srt <<'SRT'
1
00:00:01,000 --> 00:00:04,000
今日はとても
いい天気ですね。

2
00:00:05,000 --> 00:00:08,000
明日も晴れるでしょう。
SRT
expect 0 export ja.srt --to vtt
check 'captions that came as such keep their lines, in any script' test "$(grep -c '^今日はとても$\|^いい天気ですね。$' .out)" = 2
expect 0 find ja.srt --phrase 'とてもいい天気'
out_has '今日は[とてもいい天気]ですね。'

ln -s /dev/full full.srt
expect 1 clip episode.wav episode.json --match 1 -o full.wav --captions srt
err_has 'full.srt'
check 'no clip where its captions failed' test ! -e full.wav
mkdir folder.vtt
expect 1 clip episode.wav episode.json --match 1 -o folder.wav --captions vtt
check 'nor where a folder is in their way' test ! -e folder.wav -a -z "$(find . -name '*.part')"

cat >list.csv <<'LIST'
id,audio,transcript,phrase,captions,caption-names,output
a,episode.wav,episode.json,twenty years,"srt, ass",yes,a.wav
b,episode.wav,episode.json,water never sleeps,,,a.flac
c,episode.wav,episode.json,water never sleeps,sub,,
d,episode.wav,episode.json,water never sleeps,srt,maybe,
LIST
expect 1 batch list.csv -o batch --captions vtt
err_has "list.csv:4: captions must be srt, vtt or ass, not 'sub'"
err_has "list.csv:5: caption-names must be yes or no, not 'maybe'"
check 'a row has its own captions, or those of the command' test -f batch/a.srt -a -f batch/a.ass -a ! -f batch/a.vtt
check 'clips of one name but another format have captions of their own' test -f batch/a-2.flac -a -f batch/a-2.vtt
check 'with names where the row says so' grep -q '^Bob Stone: ' batch/a.srt
check 'the manifest names them' grep -q '"captions": \["batch/a.srt", "batch/a.ass"\]' batch/manifest.jsonl
printf '{"audio": "episode.wav", "transcript": "episode.json", "phrase": "water", "captions": ["vtt", "srt"]}\n' >list.jsonl
expect 0 batch list.jsonl -o lines --captions ass
check 'a JSON array names several' test "$(find lines -name '*.srt' | wc -l)" = "$(find lines -name '*.vtt' | wc -l)" -a \
    -z "$(find lines -name '*.ass')"

(cd batch && sha256sum -- *.wav *.flac *.srt *.ass *.vtt) >first
rm batch/a.ass
expect 1 batch list.csv -o batch --captions vtt --resume
err_has '1 already finished'
(cd batch && sha256sum -- *.wav *.flac *.srt *.ass *.vtt) >second
check 'a clip without its captions is made again, to the same bytes' cmp -s first second
finish
