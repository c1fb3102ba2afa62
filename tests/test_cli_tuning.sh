# --dict, --boundary-model, and the guessed words in --verbose.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
sed -i 's/The hardest part is the water/The hardest part is Wyrmwater/; s/place to stop/place to Wyrmwater/' episode.txt
run align episode.wav episode.txt --method acoustic -q -o first.json --no-cache
[[ $code == 0 ]] || { echo 'skipped: no acoustic model'; exit 77; }

expect 0 drift episode.wav episode.txt -v
err_has '1 word is in no dictionary'
check 'listed once' test "$(grep -c 'guessed: Wyrmwater [A-Z ]*$' <<<"$err")" = 1
first=$err
expect 0 drift episode.wav episode.txt -v
err_has 'taken from the cache'
check 'from the cache as well' test "$(grep guessed <<<"$err")" = "$(grep guessed <<<"$first")"
expect 0 drift episode.wav episode.txt
err_lacks guessed

printf ';;; ours\nwyrmwater DH AH W AO T ER\n' >my.dict
expect 0 align episode.wav episode.txt --dict my.dict -v -o second.json
err_lacks guessed
err_lacks 'no dictionary'
check 'said otherwise, placed otherwise' test "$(grep '"turns"' -A5 first.json)" != "$(grep '"turns"' -A5 second.json)"
check 'no word is guessed' grep -q '^"guesses": \[\]' second.json
expect 0 drift episode.wav episode.txt --dict my.dict -v
err_has 'taken from the cache'
printf 'wyrmwater HH W AO T ER\n' >my.dict
expect 0 drift episode.wav episode.txt --dict my.dict -v
err_lacks 'taken from the cache'
expect 0 drift episode.wav episode.txt --dict - -v <my.dict
err_has 'taken from the cache'

printf 'hello HH AH L OW\n\nwyrmwater W ER QQ\n' >bad.dict
for command in 'align episode.wav episode.txt' 'drift episode.wav episode.txt' \
    'clip episode.wav episode.txt --phrase bridges -o {n}.wav'; do
    expect 1 $command --dict bad.dict
    check 'one line' test "$err" = "soundbite: bad.dict:3:16: 'QQ' is not a phone; use those of CMUdict, as in \"hello HH AH L OW\""
    expect 1 $command --dict missing.dict
    err_has 'missing.dict: '
    check 'nothing was done' test -z "$out"
done
printf 'wyrmwater\n' >bad.dict
expect 1 drift episode.wav episode.txt --dict bad.dict
err_has 'bad.dict:1:1: is not a dictionary entry'
printf 'audio,transcript,phrase\nepisode.wav,episode.txt,never sleeps\n' >list.csv
expect 1 batch list.csv -o out --dict bad.dict
check 'no folder is made' test ! -e out
expect 0 batch list.csv -o out --dict my.dict -v
err_lacks guessed

python3 - <<'PYTHON'
import json
classes = "VSFZNL"
contexts = [["start", a, b] for a in classes + "_" for b in classes] + [["end", a, b] for a in classes for b in classes + "_"]
model = {"rate_hz": 16000, "pre_emphasis": 1.0, "window_samples": 200, "hop_samples": 40, "fft": 256,
         "band_edges_bins": [1, 4, 7, 11, 16, 22, 30, 40, 54, 72, 96, 128], "floor": 1e-4, "candidates_each_side": 28,
         "context_frames": [2, 4, 8, 16, 32], "abs_context_frames": [4, 16, 32], "level_context_frames": 4,
         "offset_scale_s": 0.02, "inputs": 113, "hidden": 24, "contexts": contexts, "note": "places everything where it was",
         "bias_s": [0] * 84, "mean": [0] * 110, "std": [1] * 110, "w_hidden": [0] * 2712, "w_context": [0] * 2016,
         "w_out": [0] * 24, "w_offset": [-100, -100, 0] * 84}
json.dump(model, open("still.json", "w"))
json.dump(dict(model, w_out=[0] * 23), open("short.json", "w"))
json.dump({"turns": []}, open("other.json", "w"))
PYTHON
expect 0 align episode.wav episode.txt --boundary-model still.json -q -o still-words.json
check 'other weights, other edges' test "$(grep '"turns"' -A5 first.json)" != "$(grep '"turns"' -A5 still-words.json)"
expect 0 drift episode.wav episode.txt --boundary-model still.json -v
err_has 'taken from the cache'
sed 's/-100/-99/' still.json >other-still.json
expect 0 drift episode.wav episode.txt --boundary-model other-still.json -v
err_lacks 'taken from the cache'
expect 1 drift episode.wav episode.txt --boundary-model short.json
err_has 'short.json:1:'
err_has '"w_out" has 23 numbers; 24 are needed'
expect 1 drift episode.wav episode.txt --boundary-model other.json
err_has 'other.json:1:1: "rate_hz" is missing; is this a boundary model?'
expect 1 drift episode.wav episode.txt --boundary-model episode.txt
err_has 'episode.txt:1:'

expect 0 drift episode.wav first.json --dict my.dict
err_has '--dict had no effect because the alignment already exists'
err_lacks '--boundary-model'
expect 0 drift episode.wav episode.txt --method energy --boundary-model still.json
err_has '--boundary-model had no effect because the words were placed by energy'
expect 2 find first.json --phrase water --dict my.dict
finish
