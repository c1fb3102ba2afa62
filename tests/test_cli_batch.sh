# batch: lists of both kinds, bad rows, resuming, being killed.
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
err_has '3 of them finished before'
(cd clips && find . -type f | sort | xargs -d '\n' sha256sum) >second
check 'resumed to the same bytes' cmp -s first second

printf '{"audio": "episode.wav", "transcript": "episode.txt", "phrase": ["water", "bridges"], "output": "{n}-{slug}.wav"}\n' \
    >lists/quotes.jsonl
expect 0 batch lists/quotes.jsonl -o lines --dry-run
check 'a dry run makes no folder' test ! -e lines
expect 0 batch lists/quotes.jsonl -o lines --loudness off
check 'JSON lines give clips' test -n "$(find lines -name '1-*.wav')"
expect 1 batch - -o piped <lists/quotes.jsonl
err_has 'episode.wav'
(cd lists && "$soundbite" batch - -o ../piped -q <quotes.jsonl)
check 'a list from standard input starts here' test -f piped/manifest.jsonl

printf 'audio,transkript\n' >lists/bad.csv
expect 1 batch lists/bad.csv -o bad
err_has "did you mean 'transcript'"
expect 2 batch lists/quotes.csv
err_has '-o clips'

# Job arrays: the parts together are the whole.
cp lists/episode.wav lists/second.wav
cp lists/episode.wav lists/third.wav
cat >lists/array.csv <<'LIST'
id,audio,transcript,phrase,output
a,episode.wav,episode.txt,water,
b,episode.wav,episode.txt,bridges,
c,second.wav,episode.txt,twenty years,
bad,second.wav,,water,
d,second.wav,episode.txt,a good place,{n}-{slug}.wav
e,third.wav,episode.txt,zebras,
f,third.wav,episode.txt,water,
LIST
expect 1 batch lists/array.csv -o all --jobs 1
out_has '     7       8       0       2'
out_has '  in all, 3 episodes'
out_has '(rows that cannot be read)'
out_has '  second'
failed=0
for k in 1 2 3; do
    run batch lists/array.csv -o array --shard $k/3 -q
    failed=$((failed + $(wc -l <<<"$err") * (code == 1)))
done
check 'each bad row is told once' test "$failed" = 2
cat array/manifest-?-of-3.jsonl | sed 's#array/#all/#' >joined.jsonl
cat array/manifest-?-of-3.csv | sed 's#array/#all/#' >joined.csv
check 'the manifests joined are the whole' cmp joined.jsonl all/manifest.jsonl
check 'the tables joined are the whole' cmp joined.csv all/manifest.csv
(cd all && sha256sum *.mp3 *.wav) >first
(cd array && sha256sum *.mp3 *.wav) >second
check 'the clips are the same' cmp first second
expect 5 batch lists/array.csv -o array --shard 1/3
expect 0 batch lists/array.csv -o array --shard 1/3 --resume --json
err_has '     2       0       4       0'
err_has '6 of them finished before'
check 'only objects on standard output' test "$(grep -c '^{' .out)" = "$(wc -l <.out)"
# A page of all the clips.
expect 1 batch lists/array.csv -o all --resume -q --index pages/all.html
check 'the page links to the clips' grep -q 'src="./../all/a-2.mp3"' pages/all.html
check 'and to each of them' test "$(grep -c '<audio' pages/all.html)" = 8
cp pages/all.html first
expect 1 batch lists/array.csv -o all --resume -q --index pages/all.html
check 'the same page again' cmp first pages/all.html
expect 5 batch lists/array.csv -o paged --index pages/all.html
check 'nothing was begun' test ! -e paged
expect 2 batch lists/array.csv -o paged --index -
expect 0 clip lists/episode.wav lists/episode.txt --phrase water -o 'one/{n}.wav' --index one/index.html -q
check 'clip has one too' grep -q 'src="./2.wav"' one/index.html
expect 5 clip lists/episode.wav lists/episode.txt --phrase water -o 'two/{n}.wav' --index one/index.html
expect 0 clip lists/episode.wav lists/episode.txt --phrase water -o 'two/{n}.wav' --index two/index.html -n
out_has 'would write two/index.html'
check 'nothing is written' test ! -e two
expect 5 clip lists/episode.wav lists/episode.txt --phrase water -o 'two/{n}.wav' --index lists/episode.txt -f

for bad in 0/3 4/3 x 1/ 1/0 1/3x /3 -1/3; do
    expect 2 batch lists/array.csv -o array "--shard=$bad"
    err_has '--shard takes K/N'
done
printf 'id,audio,transcript,phrase,output\nsame,episode.wav,episode.txt,water,\nSame,second.wav,episode.txt,water,\nx,third.wav,episode.txt,water,{slug}.wav\n' >lists/names.csv
expect 1 batch lists/names.csv -o names --shard 1/3
err_has 'another shard has a row with this id'
expect 1 batch lists/names.csv -o names --shard 3/3
err_has 'put {n} or {id} into output'

# Killed at any moment, a rerun completes it to the same bytes.
sox -D lists/episode.wav lists/long.wav repeat 30
for i in $(seq 1 40); do
    printf '{"id": "%d", "audio": "long.wav", "transcript": "episode.txt", "speaker": "bob*", "lead": 0.%02d}\n' "$i" "$i"
done >lists/many.jsonl
expect 0 batch lists/many.jsonl -o whole -q --force
(cd whole && sha256sum *.mp3) >first
n_stopped=0
for delay in 0.1 0.3 0.6; do
    rm -rf part
    "$soundbite" batch lists/many.jsonl -o part -q --force --jobs 2 >.out 2>.err &
    process=$!
    sleep "$delay"
    kill -KILL "$process" 2>/dev/null && n_stopped=$((n_stopped + 1))
    wait "$process" 2>/dev/null
    n_there=$(find part -name '*.mp3' 2>/dev/null | wc -l)
    expect 0 batch lists/many.jsonl -o part --resume
    n_kept=$(sed -n 's/.*clips, \([0-9]*\) of them finished before.*/\1/p' .err)
    check "what was there is not made again, but for what two threads had in hand: $n_kept of $n_there" \
        test "$n_kept" -ge $((n_there - 2)) -a "$n_kept" -le "$n_there"
    (cd part && sha256sum *.mp3) >second
    check "killed after $delay s and completed" cmp -s first second
    check 'nothing temporary is left' test -z "$(find part -name '*.part' -o -name '.*' -type f)"
done

# Two at once: one does it all, the other leaves it alone.
"$soundbite" batch lists/many.jsonl -o both -q >.first 2>&1 &
process=$!
"$soundbite" batch lists/many.jsonl -o both -q >.second 2>&1
codes=$?
wait "$process"
codes="$? $codes"
check "one of two succeeds, not $codes" test "$codes" = '0 1' -o "$codes" = '1 0' -o "$codes" = '0 5' -o "$codes" = '5 0'
check 'the other says why' grep -q 'another batch works in this folder\|holds a batch already' .first .second
(cd both && sha256sum *.mp3) >second
(cd whole && sha256sum *.mp3) >first
check 'all clips are there' cmp -s first second
check 'and in the manifest' test "$(wc -l <both/manifest.jsonl)" = "$(ls both/*.mp3 | wc -l)"

set -m
"$soundbite" batch lists/many.jsonl -o stopped -q --force >.out 2>.err &
process=$!
sleep 0.4
kill -INT "$process"
wait "$process"
code=$?
check 'interrupted: 130, or done before' test "$code" = 130 -o "$code" = 0
check 'no partial file is left' test -z "$(find stopped -name '*.part' 2>/dev/null)"
finish
