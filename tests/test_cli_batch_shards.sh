# batch for job arrays, --shard; and --index, the page of all the clips.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
mkdir lists
mv episode.wav episode.txt lists

# Job arrays: all parts together give the same as one run.
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
out_has '     7       8       0       1         1'
out_has '  in all, 3 episodes'
out_has '(rows that cannot be read)'
out_has '  second'
failed=0
for k in 1 2 3; do
    run batch lists/array.csv -o array --shard $k/3 -q
    failed=$((failed + $(grep -c "array.csv:[57]: " <<<"$err")))
done
check 'each bad row is reported once' test "$failed" = 2
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
err_has '6 already finished'
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

# A part without rows is no error.
head -n 2 lists/array.csv >lists/single.csv
expect 0 batch lists/single.csv -o few --shard 2/2
err_has 'shard 2/2 has no rows'
check 'it has an empty manifest' test -e few/manifest-2-of-2.jsonl -a ! -s few/manifest-2-of-2.jsonl

for bad in 0/3 4/3 x 1/ 1/0 1/3x /3 -1/3; do
    expect 2 batch lists/array.csv -o array "--shard=$bad"
    err_has '--shard takes K/N'
done
printf 'id,audio,transcript,phrase,output\nsame,episode.wav,episode.txt,water,\nSame,second.wav,episode.txt,water,\nx,third.wav,episode.txt,water,{slug}.wav\n' >lists/names.csv
expect 1 batch lists/names.csv -o names --shard 1/3
err_has 'another shard has a row with the same id'
expect 1 batch lists/names.csv -o names --shard 3/3
err_has 'add {n} or {id} to output'

finish
