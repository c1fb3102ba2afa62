# clip --join: one file of all quotes, alone and with clips; its chapters and manifest record; errors.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg ffprobe python3
make_episode
align_episode episode.json

expect 0 clip episode.wav episode.json --speaker 'ann*' --join best.m4a --gap 600ms --json --manifest best.jsonl
cp .out best.out
check 'one line for the montage alone' test "$(wc -l <best.out)" = 1
check 'the manifest has the same' cmp -s best.out best.jsonl
check 'three chapters' test "$(ffprobe -v error -show_chapters -print_format compact best.m4a | wc -l)" = 3
expect 0 clip episode.wav episode.json --speaker 'ann*' --join best.mp3 --gap 600ms -q
check 'three chapters of the MP3' test "$(ffprobe -v error -show_chapters -print_format compact best.mp3 | wc -l)" = 3
check 'a table of contents and three chapters in its tag' test "$(head -c 4096 best.mp3 | grep -aoE 'CTOC|CHAP' | sort | uniq -c | tr '\n' ' ' | tr -s ' ')" = ' 3 CHAP 1 CTOC '
check 'the same length' python3 -c "import subprocess, sys; a, b = (float(subprocess.run(['ffprobe', '-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', f], capture_output=True, text=True).stdout) for f in ('best.m4a', 'best.mp3')); sys.exit(abs(a - b) > 0.1)"
python3 - <<'PYTHON' || fail 'the manifest says where each quote lies'
import json, subprocess
line, = map(json.loads, open("best.out"))
assert line["start"] is None and line["start_sample"] is None and line["speaker"] == "Ann Lee"
joins = line["joins"]
assert len(joins) == 3 and joins[0]["gap"] == 0 and abs(joins[1]["gap"] - 0.6) < 1e-4, joins
assert line["text"] == " … ".join(j["text"] for j in joins)
chapters = json.loads(subprocess.run(["ffprobe", "-v", "error", "-show_chapters", "-of", "json", line["file"]],
                                     capture_output=True).stdout)["chapters"]
for chapter, join in zip(chapters, joins):
    assert abs(float(chapter["start_time"]) - join["from"]) < 0.002, (chapter, join)
    assert chapter["tags"]["title"].startswith("Ann Lee: "), chapter
    assert join["until"] > join["speech_until"] >= join["speech_from"] >= join["from"]
assert abs(line["length"] - joins[-1]["until"]) < 1e-4
PYTHON

expect 0 clip episode.wav episode.json --speaker 'ann*' -o 'both/{n}.flac' --join both/all.flac --crossfade 100ms --json \
    --manifest both/list.csv
check 'with -o the clips are made too' test -f both/1.flac -a -f both/all.flac
check 'four lines and a header' test "$(wc -l <both/list.csv)" = 5
expect 0 clip episode.wav episode.json --speaker 'ann*' -o 'alone/{n}.flac'
for clip in alone/*.flac; do
    check 'the clips are the same bytes as without a montage' cmp -s "$clip" "both/${clip#alone/}"
done

expect 0 clip episode.wav episode.json --speaker 'ann*' --join said.wav --captions srt --captions vtt --gap 2s --json
cp .out said.out
python3 - <<'PYTHON' || fail 'captions lie where the quotes do'
import json, re
line, = map(json.loads, open("said.out"))
assert line["captions"] == ["said.srt", "said.vtt"], line["captions"]
text = open("said.srt").read()
cues = [tuple(int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in re.findall(r"(\d+):(\d+):(\d+),(\d+)", cue))
        for cue in text.splitlines() if "-->" in cue]
for join in line["joins"]:
    within = [cue for cue in cues if join["from"] - 0.001 <= cue[0] and cue[1] <= join["until"] + 0.001]
    assert within and abs(within[0][0] - join["speech_from"]) < 0.06, (join, cues)
    cues = [cue for cue in cues if cue not in within]
assert not cues
words = lambda s: re.findall(r"[a-z]+", s.lower())
assert words(re.sub(r"[\d:,]+ --> [\d:,]+", "", text)) == words(line["text"])
PYTHON
expect 0 clip episode.wav episode.json --speaker 'ann*' --join alone.mp3 --index alone.html
check 'the page of a montage alone plays it' test "$(grep -c 'controls.*src="./alone.mp3"' alone.html)" = 1
expect 0 clip episode.wav episode.json --speaker 'ann*' -o 'page/{n}.mp3' --join page/all.mp3 --index page/all.html
check 'beside clips it is the last on the page' test "$(grep -o 'src="./[^"]*' page/all.html | tail -1)" = 'src="./all.mp3'
check 'and the clips are there' test "$(grep -c ' controls ' page/all.html)" = 4
expect 5 clip episode.wav episode.json --speaker 'ann*' --join said.flac --captions srt
err_has 'said.srt: exists already'
check 'nor is the montage written then' test ! -e said.flac

expect 5 clip episode.wav episode.json --speaker 'ann*' -o 'both/{n}.flac' --join late.flac
err_has 'both/1.flac: exists already'
expect 5 clip episode.wav episode.json --speaker 'ann*' --join best.m4a
err_has 'best.m4a: exists already'
expect 0 clip episode.wav episode.json --match 1 --join dry.wav --dry-run
out_has 'would write dry.wav  1 quote  '
expect 0 clip episode.wav episode.json --speaker 'ann*' --join dry.wav --dry-run
out_has 'would write dry.wav  3 quotes'
check 'a dry run writes nothing' test ! -e dry.wav

expect 2 clip episode.wav episode.json --join x.wav --gap 1s --crossfade 1s
err_has '(--gap, --crossfade)'
expect 2 clip episode.wav episode.json -o x.wav --gap 1s
err_has '--join FILE'
expect 2 clip episode.wav episode.json --join x.wav --strict
err_has '--strict is for clips, but --join alone makes no clips'
expect 2 clip episode.wav episode.json --join x.wav --loudness-of speaker
err_has '--loudness-of is for clips'
expect 2 clip episode.wav episode.json --join x.txt
err_has '--join x.txt'
expect 2 clip episode.wav episode.json --join x.wav --video 9:16
err_has '.mp4'
expect 2 clip episode.wav episode.json --match 1 -o same.wav --join same.wav
err_has '-o and --join name same.wav and same.wav'
expect 2 clip episode.wav episode.json --match 1 -o same.wav --join same.flac --captions srt
err_has 'give one of them another name'
check 'mistakes write nothing' test ! -e x.wav -a ! -e same.wav
expect 5 clip episode.wav episode.json --match 1 --join episode.wav
expect 3 clip episode.wav episode.json --phrase 'zebras in pyjamas' --join none.wav
check 'nothing found writes nothing' test ! -e none.wav
# The captions of the montage would be the transcript.
"$soundbite" export episode.txt --to srt -o words.srt
cp words.srt before.srt
expect 5 clip episode.wav words.srt --phrase water --join words.wav --captions srt -f
err_has 'never overwritten'
check 'the transcript is untouched' cmp words.srt before.srt
finish
