# batch: killed, interrupted, and two at once.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
mkdir lists
mv episode.wav episode.txt lists

# If it is killed at any time, a rerun completes it to the same bytes.
sox -D lists/episode.wav lists/long.wav repeat 12
for i in $(seq 1 24); do
    printf '{"id": "%d", "audio": "long.wav", "transcript": "episode.txt", "speaker": "bob*", "lead": 0.%02d}\n' "$i" "$i"
done >lists/many.jsonl
n_mp3() {
    find "$1" -name '*.mp3' 2>/dev/null | wc -l
}
expect 0 batch lists/many.jsonl -o whole -q --no-certificate
(cd whole && sha256sum *.mp3) >first
sed 's#"whole/#"part/#g' whole/manifest.jsonl >first.jsonl
sed 's#whole/#part/#g' whole/manifest.csv >first.csv
n_journals=0
for wanted in 0 1 9; do
    rm -rf part
    "$soundbite" batch lists/many.jsonl -o part -q --no-certificate --jobs 2 >.out 2>.err &
    process=$!
    until [[ $(n_mp3 part) -ge $wanted && -e part ]] || ! kill -0 "$process" 2>/dev/null; do sleep 0.01; done
    kill -KILL "$process"
    wait "$process" 2>/dev/null
    n_there=$(n_mp3 part)
    check 'a killed batch has no manifest, or a whole one' test ! -e part/manifest.jsonl -o "$(tail -c 2 part/manifest.jsonl 2>/dev/null)" = '}'
    if [[ -s part/.manifest.journal ]]; then
        n_journals=$((n_journals + 1))
        expect 5 batch lists/many.jsonl -o part --no-certificate
        err_has 'continue it with --resume'
        printf '{"file": "part/9.mp3", "id": "9", "te' >>part/.manifest.journal
    fi
    expect 0 batch lists/many.jsonl -o part --resume --no-certificate
    n_kept=$(sed -n 's/.*clips (\([0-9]*\) already finished.*/\1/p' .err)
    check "what was there is not made again, but for what two threads had in hand: ${n_kept:=0} of $n_there" \
        test "$n_kept" -ge $((n_there - 2)) -a "$n_kept" -le "$n_there"
    (cd part && sha256sum *.mp3) >second
    check "killed after $n_there clips and completed" cmp -s first second
    check 'the manifest is that of a batch that was not killed' cmp first.jsonl part/manifest.jsonl
    check 'and the table' cmp first.csv part/manifest.csv
    check 'nothing temporary is left' test -z "$(find part -name '*.part' -o -name '.*' -type f)"
done

check 'some had begun when they were killed' test "$n_journals" -ge 1

# Two at once: one does all the work, the other stops.
"$soundbite" batch lists/many.jsonl -o both -q --no-certificate >.first 2>&1 &
process=$!
"$soundbite" batch lists/many.jsonl -o both -q --no-certificate >.second 2>&1
codes=$?
wait "$process"
codes="$? $codes"
check "one of two succeeds, not $codes" test "$codes" = '0 1' -o "$codes" = '1 0' -o "$codes" = '0 5' -o "$codes" = '5 0'
check 'the other says why' grep -q 'another batch is running in this folder\|already contains a batch' .first .second
(cd both && sha256sum *.mp3) >second
(cd whole && sha256sum *.mp3) >first
check 'all clips are there' cmp -s first second
check 'and in the manifest' test "$(wc -l <both/manifest.jsonl)" = "$(ls both/*.mp3 | wc -l)"

set -m
"$soundbite" batch lists/many.jsonl -o stopped -q --no-certificate >.out 2>.err &
process=$!
sleep 0.4
kill -INT "$process"
wait "$process"
code=$?
check 'interrupted: 130, or done before' test "$code" = 130 -o "$code" = 0
check 'no partial file is left' test -z "$(find stopped -name '*.part' 2>/dev/null)"
finish
