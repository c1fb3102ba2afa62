# clip: from a transcript and from a saved alignment; names, manifests, errors.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg ffprobe python3
make_episode
align_episode episode.json

expect 0 clip episode.wav episode.txt --phrase 'twenty years' -o quote.wav
out_has 'quote.wav'
out_has 'Bob Stone'
expect 5 clip episode.wav episode.txt --phrase 'twenty years' -o quote.wav
err_has 'quote.wav: exists already; use --force to overwrite it'
expect 0 clip episode.wav episode.txt --phrase 'twenty years' -o quote.wav --force

expect 0 clip episode.wav episode.json --regex '\w+ \w+ \w+' --limit 6 -o 'words/{n}.flac' --bitrate 64k
check 'a warning is not given for each of six clips' test "$(grep -c 'flac: warning: flac is lossless' <<<"$err")" = 3
err_has 'warning: 6 clips in all: flac is lossless'
expect 0 clip episode.wav episode.json --regex '\w+ \w+ \w+' --limit 6 -o 'words/{n}.flac' --bitrate 64k -f --verbose
check 'but with --verbose it is' test "$(grep -c 'flac: warning: flac is lossless' <<<"$err")" = 6

expect 0 clip episode.wav episode.json --speaker 'ann*' -o 'out/{n:02}-{speaker}-{slug}.flac' --loudness off --json \
    --manifest out/list.csv
cp .out clips.jsonl
check 'three clips' test "$(wc -l <clips.jsonl)" = 3
check 'the twin has a header and three lines' test "$(wc -l <out/list.csv)" = 4
python3 - <<'PYTHON' || fail 'the clips are those samples of the episode'
import json, subprocess, wave, array
whole = wave.open("episode.wav"); rate = whole.getframerate()
samples = array.array("h", whole.readframes(whole.getnframes()))
for line in open("clips.jsonl"):
    clip = json.loads(line)
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", clip["file"], "-f", "s16le", "-"], capture_output=True).stdout
    got = array.array("h", raw)
    first, last = clip["start_sample"], clip["end_sample"]
    assert len(got) == last - first, (len(got), last - first)
    inside = range(rate // 20, len(got) - rate // 20)
    assert all(got[i] == samples[first + i] for i in inside), clip["file"]
    assert abs(got[0]) <= 2 and abs(got[-1]) <= 2
    assert clip["sample_rate"] == rate and clip["codec"] == "flac" and len(clip["sha256"]) == 64
    assert clip["start"] <= clip["end"] and clip["lead"] >= 0 and clip["tail"] >= 0
PYTHON
check 'the name is made of number, speaker and words' test -f 'out/03-Ann Lee-what-is-the-hardest-part-of-the-work.flac' -o \
    -f 'out/02-Ann Lee-what-is-the-hardest-part-of-the-work.flac'

expect 0 clip episode.wav episode.json --phrase 'built bridges for' -o middle.wav --loudness off --no-certificate --json \
    --manifest middle.jsonl
python3 - <<'PYTHON' || fail 'a cut in running speech is faded and says so in its manifest line'
import array, json, wave
clip, = map(json.loads, open("middle.jsonl"))
told = " ".join(clip["warnings"])
assert "no pause before the first word" in told or "the start is inside running speech" in told, told
assert "no pause after the last word" in told or "the end is inside running speech" in told, told
file = wave.open("middle.wav")
samples = array.array("h", file.readframes(file.getnframes()))
assert samples[0] == 0 and samples[-1] == 0 and max(samples) > 1000
PYTHON

for format in mp3 m4a opus; do
    expect 0 clip episode.wav episode.json --phrase 'water never sleeps' -o "quote.$format" -q
    check "$format has its artist" test "$(ffprobe -v error -show_entries format_tags=artist:stream_tags=artist -of \
        default=nk=1:nw=1 "quote.$format")" = 'Bob Stone'
done

expect 0 clip episode.wav episode.json -o 'same.wav'
err_has 'clips would get the same name, so they are numbered; add {n} to -o'
check 'one name, five clips' test -f same.wav -a -f same-5.wav

expect 0 clip episode.wav episode.json --match 1 -o dry.wav --dry-run
out_has 'would write dry.wav'
check 'a dry run writes nothing' test ! -e dry.wav
expect 0 clip episode.wav episode.json --match 1 -o dry.wav --manifest dry.jsonl --index dry.html -nq
out_has 'would write dry.wav'
out_has 'would write dry.jsonl'
out_has 'would write dry.html'
touch dry.jsonl
expect 5 clip episode.wav episode.json --match 1 -o dry.wav --manifest dry.jsonl -n
rm dry.jsonl
expect 3 clip episode.wav episode.json --phrase 'zebras in pyjamas' -o none.wav
check 'nothing found writes nothing' test ! -e none.wav

expect 2 clip episode.wav episode.json
err_has '-o clips/'
expect 2 clip episode.wav episode.json -o clip.xyz
err_has '.opus'
expect 2 clip episode.wav episode.json -o '{speker}.wav'
err_has 'speaker'
expect 0 clip episode.wav episode.json --match 1 --loudness off -o named.wav --no-certificate
expect 0 clip - episode.json --match 1 --loudness off -o 'piped-{episode}.wav' --no-certificate < <(cat episode.wav)
check 'the same clip from a pipe' cmp <(sox named.wav -t raw -) <(sox piped-stdin.wav -t raw -)
expect 2 clip - - --match 1 -o never.wav <episode.wav
expect 2 clip episode.wav episode.json -o clip.wav --captions sub
err_has 'srt, vtt or ass'
expect 5 clip episode.wav episode.json --match 1 -o episode.wav --force
err_has 'never overwritten'
expect 2 clip episode.wav episode.json --match 1 -o list.wav --manifest list.wav --force
err_has '-o and --manifest both name list.wav'
expect 2 clip episode.wav episode.json --match 1 -o one.wav --manifest page --index page
err_has '--manifest and --index both name page'
expect 2 clip episode.wav episode.json --match 1 --join page --index page
check 'results under one name write nothing' test ! -e list.wav -a ! -e page
touch there.wav
expect 5 clip episode.wav episode.json --match 1 -o there.wav --manifest none.csv
check 'no manifest where no clip was made' test ! -e none.csv
sox -D episode.wav other.wav reverse
expect 1 clip other.wav episode.json --match 1 -o other-clip.wav
err_has 'is not the aligned audio'
check 'other audio gives no clip' test ! -e other-clip.wav

touch file
expect 1 clip episode.wav episode.json --match 1 -o file/clip.wav
ln -s /dev/full full.mp3
expect 1 clip episode.wav episode.json --match 1 -o full.mp3
err_has 'No space left'
(ulimit -f 8 && "$soundbite" clip episode.wav episode.json --match 4 -o big.wav --loudness off) 2>.err
code=$?
err=$(cat .err)
check 'a limit on file sizes is an error' test "$code" = 1
check 'no file is left' test -z "$(find . -name '*big.wav*')"

sed 's/Bob Stone/..\/..\/etc\/-rf/' episode.txt >hostile.txt
expect 0 clip episode.wav hostile.txt --phrase 'water never sleeps' -o 'safe/{speaker}.wav'
check 'a speaker cannot leave the folder' test "$(find safe -type f | wc -l)" = 1
finish
