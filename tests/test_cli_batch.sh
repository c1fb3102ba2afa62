# batch: lists of both kinds, bad rows, resuming.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
mkdir lists
mv episode.wav episode.txt lists

cat >lists/quotes.csv <<'LIST'
id,audio,transcript,phrase,speaker,loudness,output
years,episode.wav,episode.txt,twenty years,,,
,episode.wav,episode.txt,,ann*,off,{n:02}/{slug}.flac
gone,missing.wav,episode.txt,water,,,
none,episode.wav,episode.txt,zebras,,,
loud,episode.wav,episode.txt,water,,very,
out,episode.wav,episode.txt,water,,,../{id}.wav
=1+1,episode.wav,episode.txt,water never sleeps,,,
LIST

expect 1 batch lists/quotes.csv -o clips --json --jobs 2
for line in 4 5 6 7; do
    err_has "lists/quotes.csv:$line: "
done
err_lacks 'quotes.csv:2:'
err_has '7 rows, 5 clips'
check 'a line for each clip' test "$(grep -c '"file"' .out)" = 5
check 'the manifest has the same' cmp -s .out clips/manifest.jsonl
check 'by id' test -f clips/years.mp3
check 'by its own template' test -f clips/02/welcome-to-the-show-about-bridges.flac
check 'formulas are defused' grep -q "'=1+1" clips/manifest.csv
check 'nothing outside the folder' test -z "$(find . -name 'out*.wav' -o -name '*.part')"

expect 5 batch lists/quotes.csv -o clips
err_has '--resume'
(cd clips && find . -type f | sort | xargs -d '\n' sha256sum) >first
rm clips/years.mp3
printf x >>clips/02/welcome-to-the-show-about-bridges.flac
expect 1 batch lists/quotes.csv -o clips --resume
err_has '3 already finished'
(cd clips && find . -type f | sort | xargs -d '\n' sha256sum) >second
check 'resumed to the same bytes' cmp -s first second
(cd lists && "$soundbite" batch quotes.csv -o "$folder/clips" --resume >.out 2>.err)
check 'resumed from elsewhere' grep -q '5 already finished' lists/.err
rm lists/.out lists/.err
check 'named as the folder is now' grep -q "\"file\": \"$folder/clips/years.mp3\"" clips/manifest.jsonl
expect 1 batch lists/quotes.csv -o clips --resume

printf '{"audio": "episode.wav", "transcript": "episode.txt", "phrase": ["water", "bridges"], "output": "{n}-{slug}.wav"}\n' \
    >lists/quotes.jsonl
expect 0 batch lists/quotes.jsonl -o lines --dry-run
out_has 'would write lines/manifest.jsonl'
out_has 'would write lines/manifest.csv'
check 'a dry run makes no folder' test ! -e lines
expect 0 batch lists/quotes.jsonl --dry-run
err_has 'these are the names with -o clips'
out_has 'would write clips/manifest.jsonl'
expect 2 batch lists/quotes.jsonl
expect 0 batch lists/quotes.jsonl -o lines --loudness off
check 'JSON lines give clips' test -n "$(find lines -name '1-*.wav')"
expect 1 batch - -o piped <lists/quotes.jsonl
err_has 'standard input:1: episode.wav'
(cd lists && "$soundbite" batch - -o ../piped -q <quotes.jsonl)
check 'a list from standard input starts here' test -f piped/manifest.jsonl

# A batch never overwrites its inputs. With --resume it overwrites only files that a batch made.
mkdir own
cp lists/episode.wav lists/episode.txt own
"$soundbite" align own/episode.wav own/episode.txt -q -o own/saved.json
"$soundbite" export own/saved.json --to srt -o own/words.srt
printf 'id,audio,transcript,phrase,output,captions\nepisode,episode.wav,episode.txt,bridges,{id}.wav,\nwords,episode.wav,words.srt,bridges,{id}.wav,srt\n' \
    >own/manifest.csv
cp -r own before
expect 5 batch own/manifest.csv -o own -f
mv own/manifest.csv own/list.csv
expect 5 batch own/list.csv -o own -f
err_has 'own/list.csv:2: own/episode.wav: is an input of this batch'
err_has 'own/list.csv:3: own/words.srt: is an input of this batch'
check 'the audio is untouched' cmp own/episode.wav before/episode.wav
check 'the transcript is untouched' cmp own/words.srt before/words.srt
mkdir fresh
touch fresh/years.mp3
printf 'id,audio,transcript,phrase\nyears,episode.wav,episode.txt,twenty years\n' >own/years.csv
expect 5 batch own/years.csv -o fresh --resume
err_has 'fresh/years.mp3: exists already'
check 'nothing that no batch made is written over' test ! -s fresh/years.mp3

printf 'audio,transkript\n' >lists/bad.csv
expect 1 batch lists/bad.csv -o bad
err_has "did you mean 'transcript'"
expect 2 batch lists/quotes.csv
err_has '-o clips'
expect 1 batch lists/quotes.csv -o lists/quotes.csv
err_has 'soundbite: lists/quotes.csv: is not a folder'
finish
