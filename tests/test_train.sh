# The boundary model is trained again, on sentences labelled by the program itself.
. "$(dirname "$0")/lib.sh"
examples=$(dirname "$soundbite")/boundary-examples
train=$source_dir/scripts/train-boundary-model
recordings=/usr/share/pocketsphinx/test/data/librivox
[[ -x $examples ]] || { echo 'skipped: no boundary-examples, which a shared library does not have'; exit 77; }
[[ -d $recordings ]] || { echo 'skipped: no recordings'; exit 77; }
/usr/bin/python3 -c 'import numpy' 2>/dev/null || { echo 'skipped: no numpy'; exit 77; }

texts=('And Mr. John Dashwood had then leisure to consider, how much there might be prudently in his power to do for them.'
       'He was not an ill-disposed young man,' 'unless to be rather cold hearted, and rather selfish, is to be ill disposed.'
       'Had he married a more a amiable woman, he might have been made still more respectable than he was;'
       'he might even have been made amiable himself.')
names=(0870 0880 0890 0920 0930)
mkdir -p read/one read/two
for i in "${!names[@]}"; do
    place=read/$([[ $i -lt 3 ]] && echo one || echo two)/${names[$i]}
    cp "$recordings/sense_and_sensibility_01_austen_64kb-${names[$i]}.wav" "$place.wav"
    printf 'Reading\nTranscript\nReader [00:00:00]:\n%s\n' "${texts[$i]}" >"$place.txt"
    run align "$place.wav" "$place.txt" --method acoustic --no-cache -q -o "$place.json"
    [[ $code == 0 ]] || { echo 'skipped: no acoustic model'; exit 77; }
    python3 - "$place" <<'PYTHON'
import json, sys
words = json.load(open(sys.argv[1] + ".json"))["turns"][0]["words"]
with open(sys.argv[1] + ".words.tsv", "w") as file:
    file.write("# start s, end s, speaker, word\n")
    for word in words:
        if word["status"] == "aligned":
            file.write(f"{word['start']:.6f}\t{word['end']:.6f}\treader\t{word['text']}\n")
PYTHON
done

# learn CODE ARGUMENTS...
learn() {
    local wanted=$1
    shift
    "$train" --examples "$examples" "$@" >.out 2>.err
    code=$?
    out=$(cat .out) err=$(cat .err)
    check "train-boundary-model $* should end with $wanted" test "$code" = "$wanted"
}

"$examples" --weights >built-in.json
expect 0 align read/one/0870.wav read/one/0870.txt --no-cache -q --boundary-model built-in.json -o same.json
check 'the weights built in, as a file, do the same' cmp same.json read/one/0870.json

learn 0 read -o new.json --epochs 20 --held-out 0.3
out_has '5 files'
out_has 'held out: '
for line in 'as aligned' 'by the weights before' 'by the new weights'; do
    check "the report has $line" grep -Eq "^$line +[0-9.]+ +[0-9.]+ +[0-9.]+ %" .out
done
check 'no scratch file is left' test -z "$(find . -name '.new*')"
expect 0 align read/one/0870.wav read/one/0870.txt --no-cache -q --boundary-model new.json -o other.json
check 'the new weights place words elsewhere' test "$(grep '"words"' same.json)" != "$(grep '"words"' other.json)"
learn 0 read -o again.json --epochs 20 --held-out 0.3
check 'the same bytes again' cmp new.json again.json
learn 0 read -o seeded.json --epochs 20 --held-out 0.3 --seed 2
check 'another seed, other weights' test "$(sha256sum <new.json)" != "$(sha256sum <seeded.json)"

learn 0 read/one read/two -o more.json --epochs 0 --from new.json --held-out 0
out_has 'nothing was held out'
check 'without a pass only biases move' python3 -c '
import json
a, b = (json.load(open(name)) for name in ("new.json", "more.json"))
assert all(a[key] == b[key] for key in ("mean", "std", "w_hidden", "w_context", "w_out", "w_offset"))
assert a["bias_s"] != b["bias_s"]'
learn 0 read -o anew.json --epochs 30 --anew
check 'learning from nothing comes near' python3 -c '
row = [line.split() for line in open(".out") if line.startswith(("as aligned", "by the new"))]
assert float(row[1][4]) < float(row[0][2]), row'
expect 0 align read/one/0870.wav read/one/0870.txt --no-cache -q --boundary-model anew.json -o anew-words.json

learn 1 read -o new.json
err_has 'new.json: exists; --force overwrites it'
learn 1 . -o x.json --from read/one/0870.json
err_has "'rate_hz' is for another version of the boundary model"
mkdir empty
learn 1 empty -o x.json
err_has 'no audio with labels next to it'
learn 1 nowhere -o x.json
err_has 'nowhere: is not a folder'
learn 2 read -o x.json --held-out 1
mkdir bad
cp read/two/0930.wav bad/a.wav
printf '0.1\t0.4\tx\the\n0.05\t0.5\tx\tmight\n' >bad/a.words.tsv
learn 1 bad -o x.json
err_has 'bad/a.words.tsv:2:1: goes back in time'
printf '0.1 0.4 x he\n' >bad/a.words.tsv
learn 1 bad -o x.json
err_has 'bad/a.words.tsv:1:1: is not a label'
check 'nothing is written' test ! -e x.json
finish
