# --alias in every command that has speakers, what info suggests, and names of which a part is enough.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode

cat >talk.txt <<'END'
Jo Roy [00:00:00]:
Here is the first of the things that we want to say.
Tobias Hearn [00:00:10]:
A second thing, and it is longer than the third one.
Tobias Hern [00:00:20]:
A third thing.
SPEAKER_00 [00:00:30]:
A fourth.
ROY [00:00:40]:
The end.
END

# What info suggests, it takes.
expect 0 info talk.txt
out_has '"Tobias Hern" may be "Tobias Hearn": --alias "Tobias Hern=Tobias Hearn"'
out_has '"SPEAKER_00" is a label, not a name; the first is "A fourth.": --alias "SPEAKER_00=NAME"'
out_has '"ROY" may be "Jo Roy": --alias "ROY=Jo Roy"'
aliases=()
while read -r line; do aliases+=(--alias "$line"); done < <(sed -n 's/.*--alias "\(.*\)"$/\1/p' .out | sed 's/=NAME$/=Eva Lind/')
expect 0 info talk.txt "${aliases[@]}"
check 'three speakers' grep -q '^speakers *3$' .out
out_has 'Eva Lind: 1 turn, 2 words'
out_lacks '--alias'
expect 0 info talk.txt --json
python3 - <<'PYTHON' || fail 'hints as JSON'
import json
i = json.load(open(".out"))
hints = {h["alias"]: h for h in i["name_hints"]}
assert hints["Tobias Hern=Tobias Hearn"]["kind"] == "spelling", hints
assert hints["SPEAKER_00=NAME"] == {"kind": "label", "speaker": "SPEAKER_00", "other": None, "alias": "SPEAKER_00=NAME"}
PYTHON
expect 0 info talk.txt --json --alias 'SPEAKER_*=$HOME "it"'
printf '{"segments": [{"startTime": 0, "speaker": "Jo \\"J\\" Roy", "body": "Here is a long thing."},
{"startTime": 5, "speaker": "Jo J Roy", "body": "Two."}]}' >quoted.json
expect 0 info quoted.json
out_has "--alias 'Jo J Roy=Jo \"J\" Roy'"

# find, export
expect 0 find talk.txt --speaker 'tobias hearn' --alias 'Tobias Hern=Tobias Hearn'
check 'two turns' test "$(wc -l <.out)" = 2
expect 0 export talk.txt --to csv --alias 'tobias h*=Tobias' --alias 'SPEAKER_00='
out_has 'Tobias'
out_lacks 'Hearn'
out_lacks 'SPEAKER_00'
expect 0 export talk.txt --to text --alias 'ROY=Jo Roy'
check 'its own form keeps the names' cmp -s .out talk.txt
expect 2 find talk.txt --alias 'Tobias Hurn=Eva'
err_has "talk.txt: alias 'Tobias Hurn=Eva' matches no speaker; did you mean 'Tobias Hern'? The speakers are Jo Roy, Tobias Hearn, Tobias Hern, SPEAKER_00, ROY"
expect 2 find talk.txt --alias Tobias
err_has "--alias 'Tobias' has no '='"
expect 2 find talk.txt --alias =Eva
err_has 'every turn has a name'

printf '1\n00:00:01,000 --> 00:00:02,000\nBerk: One\nand two.\n\n2\n00:00:02,000 --> 00:00:03,000\nthree.\n' >talk.srt
expect 0 export talk.srt --to srt
check 'captions as they were' cmp -s .out talk.srt
expect 0 export talk.srt --to srt --alias Berk=Burke
check 'captions with the new name' cmp -s .out <(sed 's/Berk/Burke/' talk.srt)
expect 0 export talk.srt --to text --alias Berk=Burke
check 'their own form' cmp -s .out talk.srt
expect 0 export talk.srt --to vtt --alias Berk=Burke -o talk.vtt
check 'two voices' test "$(grep -c '<v Burke>' talk.vtt)" = 2
expect 0 export talk.vtt --to vtt --alias Burke=Bo
check 'two new voices' test "$(grep -c '<v Bo>' .out)" = 2

# A part of a name
expect 0 find talk.txt --speaker hearn
check 'one turn' test "$(wc -l <.out)" = 1
expect 2 find talk.txt --speaker tobias
err_has "speaker 'tobias' matches several names: Tobias Hearn, Tobias Hern"
expect 0 find talk.txt --speaker roy
check 'the whole name comes first' test "$(wc -l <.out)" = 1
expect 2 find talk.txt --speaker tob
err_has "speaker 'tob' matches several names: Tobias Hearn, Tobias Hern"
expect 0 find talk.txt --speaker 's HEA'
check 'the part that one name has' test "$(wc -l <.out)" = 1
expect 0 find talk.txt --speaker 'Tobias  Hearn'
expect 3 find talk.txt --speaker 'hear*'
expect 3 find talk.txt --speaker Heern
err_has "there is no speaker 'Heern'; did you mean 'Tobias Hearn'?"
expect 3 find talk.txt --speaker 'Somebody Else'
err_has 'choose one of the speakers: Jo Roy'
expect 3 find talk.txt --speaker 'Somebody Else' --phrase bridges
err_has "there is no speaker 'Somebody Else'; choose one of the speakers: "
expect 3 find talk.txt --speaker q --phrase bridges
err_lacks 'did you mean'

# align keeps the new names in the alignment. The cache has the old ones.
expect 0 align episode.wav episode.txt --method energy --alias 'bob*=Bert Stein' -o renamed.json
check 'saved' grep -q '"speaker": "Bert Stein"' renamed.json
expect 0 align episode.wav episode.txt --method energy -o plain.json
check 'the same times' cmp -s <(sed 's/Bert Stein/Bob Stone/' renamed.json) plain.json
expect 2 align episode.wav episode.txt --method energy --alias 'Rob=Bob' -o none.json
check 'nothing was written' test ! -e none.json
expect 0 find plain.json --speaker Bert --alias 'Bob Stone=Bert Stein'
out_has 'Bert Stein'
expect 2 find renamed.json --alias 'Bob Stone=Bert Stein'
err_has "renamed.json: alias"
expect 0 clip episode.wav episode.txt --method energy --speaker Bert --alias 'bob*=Bert' --json -n -o '{n}-{speaker}.wav'
out_has '"speaker": "Bert"'
expect 0 clip episode.wav episode.txt --method energy --speaker bob --json -n -o '{n}-{speaker}.wav'
out_has '"speaker": "Bob Stone"'
expect 0 drift episode.wav plain.json --json --alias 'Ann Lee=Anna'
out_has '"speaker": "Anna"'
out_lacks 'Ann Lee'
expect 0 verify episode.wav plain.json --json --alias 'Bob Stone=Bert' --quote 'it finds every crack'
out_has '"speaker": "Bert"'
expect 0 verify episode.wav plain.json --json --quote 'it finds every crack'
out_has '"speaker": "Bob Stone"'

# In a list: a column for an episode, and the option for all that have such a speaker
cp plain.json other.json
cat >list.csv <<'END'
audio,transcript,speaker,alias,match
episode.wav,plain.json,Bert,Bob Stone=Bert,1
episode.wav,plain.json,Bert,,2
episode.wav,other.json,Anna,,1
END
expect 0 batch list.csv -o clips --alias 'Ann Lee=Anna' --alias 'Nobody=Eva' --json -n
check 'two of Bert' test "$(grep -c '"speaker": "Bert"' .out)" = 2
check 'one of Anna' test "$(grep -c '"speaker": "Anna"' .out)" = 1
err_has "--alias 'Nobody=Eva' fits no speaker in the list"
err_lacks "'Ann Lee"
printf 'audio,transcript,alias\nepisode.wav,plain.json,Bob Stome=Bert\n' >wrong.csv
expect 1 batch wrong.csv -o clips -n
err_has "alias 'Bob Stome=Bert' matches no speaker; did you mean"
expect 0 drift --list list.csv --json --alias 'Ann Lee=Anna'
out_has '"speaker": "Anna"'
finish
