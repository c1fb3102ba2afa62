# clip and find of one passage, by times and by phrases, with all its speakers; clip without a transcript; mistakes in operands.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
make_episode
align_episode episode.json

field() {
    python3 -c 'import json, sys; print(eval(sys.argv[2], {"d": json.loads(open(sys.argv[1]).readline())}))' "$@"
}

# The second turn is from 3.5 to 6.7 s with a pause after 'Thank you', the third from 8 to 10 s.
expect 0 clip episode.wav episode.json --from 0:04 --until 8.9s -o one.wav --captions srt,vtt --json
cp .out one.json
check 'one clip' test "$(wc -l <one.json)" = 1
check 'both speakers' test "$(field one.json 'd["speaker"]')" = 'Bob Stone, Ann Lee'
check 'a list of them' test "$(field one.json 'd["speakers"]')" = "['Bob Stone', 'Ann Lee']"
check 'the times that were given' test "$(field one.json 'd["asked"]["start"], d["asked"]["end"]')" = '(4.0, 8.9)'
check 'edges near the times' test "$(field one.json 'abs(d["start"] - 4) < 0.5 and abs(d["end"] - 8.9) < 0.5')" = True
check 'captions name who speaks' grep -q '^Bob Stone: ' one.srt
check 'and who speaks next' grep -q '^Ann Lee: ' one.srt
check 'once' test "$(grep -c 'Bob Stone: ' one.srt)" = 1
check 'voices' grep -q '<v Ann Lee>' one.vtt
expect 0 find episode.json --from 4 --until 8.9 --json
check 'find has the same words' test "$(field .out 'd["text"]')" = "$(field one.json 'd["text"]')"
check 'and names both' test "$(field .out 'd["speaker"]')" = 'Bob Stone, Ann Lee'

expect 0 clip episode.wav episode.json --from 4 --until 5 -o inside.wav --json
check 'inside a turn' test "$(field .out 'd["speaker"]')" = 'Bob Stone'
expect 0 clip episode.wav episode.json --speaker bob --from 4 --until 5 -o part.wav --json
check 'a part of the turn of a speaker' test "$(field .out 'd["speaker"]')" = 'Bob Stone'
expect 0 clip episode.wav episode.json --from 0 --until 10 --each -n -o '{n}.wav'
check 'each turn' test "$(wc -l <.out)" = 3

expect 0 clip episode.wav episode.json --from-phrase 'built bridges' --until-phrase 'hardest part' -o words.wav --json
check 'from words to words' test "$(field .out 'd["text"]')" = \
    'built bridges for twenty years. What is the hardest part'
err_has 'said 1 more time later'
expect 2 clip episode.wav episode.json --from-phrase water --until-phrase today -o never.wav
err_has 'said at 2 places: '
expect 3 clip episode.wav episode.json --from-phrase 'built a bridge' --until-phrase today -o never.wav
err_has '--from-phrase "built a bridge" was not found'
err_has 'built bridges'
expect 3 find episode.json --from-phrase 'twenty years' --until-phrase welcome
err_has 'not found after the beginning; it is said at 00:00:00'

expect 0 clip episode.wav episode.json --phrase 'twenty years' --lead 10 -o lead.wav --json
err_has 'not 10.00 s'
check 'the lead that is there' test "$(field .out '0 < d["lead"] < 10')" = True

# montages: the pause of the episode stays, and captions name the speakers
expect 0 clip episode.wav episode.json --from 0 --until 7 --each --join all.wav --captions srt --json
python3 - <<'PYTHON' || fail 'the turns keep their pause'
import json
line = json.loads(open(".out").readline())
first, second = line["joins"]
pause = second["start"] - first["end"]
joined = second["speech_from"] - first["speech_until"]
assert abs(joined - pause) < 0.002, (joined, pause)
assert line["speaker"] == "Ann Lee, Bob Stone", line["speaker"]
PYTHON
check 'the montage names both' test "$(grep -c '^Ann Lee: \|^Bob Stone: ' all.srt)" = 2
expect 0 clip episode.wav episode.json --from 0 --until 7 --each --join gap.wav --gap 2s --json
check 'a gap that is asked for is there' test "$(field .out 'd["joins"][1]["gap"]')" = 2.0

# without a transcript
expect 0 clip episode.wav --from 4 --until 8 -o sound.wav --json
python3 - <<'PYTHON' || fail 'the sound begins and ends in silence'
import array, json, wave
line = json.loads(open(".out").readline())
assert line["text"] == "" and line["speaker"] is None
assert abs(line["start"] - 4) < 2 and abs(line["end"] - 8) < 2, line
with wave.open("sound.wav") as w:
    rate, samples = w.getframerate(), array.array("h", w.readframes(w.getnframes()))
peak = lambda part: max(map(abs, part))
edge = rate // 33
assert peak(samples[:edge]) * 10 < peak(samples) and peak(samples[-edge:]) * 10 < peak(samples)
PYTHON
expect 2 clip episode.wav --phrase water -o x.wav
err_has "--phrase needs a transcript or an alignment file: type 'soundbite clip episode.wav TRANSCRIPT --phrase water -o x.wav'"
expect 2 clip episode.wav -o x.wav
err_has '--from TIME and --until TIME'
expect 2 clip episode.json --from 4 -o x.wav
err_has "type 'soundbite clip AUDIO episode.json --from 4 -o x.wav'"
expect 2 clip episode.wav --from 4 --until 8 --captions srt -o x.wav
err_has '--captions needs a transcript'
expect 3 clip episode.wav --from 1:00:00 -o x.wav
err_has 'the audio ends at 00:00:'

# times, numbers, names
expect 0 find episode.json --from 0m4s --until 8sec --json
cp .out units
expect 0 find episode.json --from '4 s' --until '0:08' --json
check 'units of times' cmp -s .out units
expect 2 clip episode.wav episode.json --from 4 s --until 8 -o x.wav
err_has '--from 4s'
expect 0 clip episode.wav episode.json --match 2,4-5 -n
out_has 'would write clips/02-'
check 'three of five' test "$(grep -c '^would write clips/0[245]-' .out)" = 3
err_has 'with -o clips/{n:02}-{speaker}-{slug}.mp3'
check 'nothing is written' test ! -e clips
expect 2 clip episode.wav episode.json --match 5-2 -n
err_has '2,5-7'

# operands
expect 0 clip episode.json episode.wav --from 4 --until 8 -n -o x.wav
err_has "read as 'soundbite clip episode.wav episode.json'"
mkdir -p season
cp episode.wav season/e1.wav
cp episode.txt season/e1.txt
expect 2 clip season --from 4 --until 8 -o 'a b.wav'
err_has "is a folder; name the file in it: type 'soundbite clip season/e1.wav season/e1.txt --from 4 --until 8 -o \"a b.wav\"'"
cp episode.wav season/a0.wav
expect 2 clip season/e1.wav season -n
err_has "type 'soundbite clip season/e1.wav season/e1.txt -n'"
expect 2 find season --phrase water
err_has "type 'soundbite find season/e1.txt --phrase water'"
expect 0 info season
out_has '1 of 2 audio files paired'
expect 2 clip episode.wav episode.json 'never sleeps' -o x.wav
err_has 'type --phrase "never sleeps"'
expect 2 clip episode.wav episode.json --from 4 --until 8 -o season
err_has '-o season/{n:02}-{speaker}-{slug}.mp3'
expect 2 align episode.wav
err_has "type 'soundbite align episode.wav TRANSCRIPT'"
finish
