# The phone table learnt from a recording that passes for another language.
. "$(dirname "$0")/lib.sh"
fits=$(dirname "$soundbite")/phone-fits
train=$source_dir/scripts/train-ipa-table
table=$source_dir/src/pronounce/ipa_to_arpabet.tsv
recordings=/usr/share/pocketsphinx/test/data/librivox
[[ -x $fits ]] || { echo 'skipped: no phone-fits, which a shared library does not have'; exit 77; }
[[ -d $recordings ]] || { echo 'skipped: no recordings'; exit 77; }
/usr/bin/python3 -c 'import numpy' 2>/dev/null || { echo 'skipped: no numpy'; exit 77; }

texts=('And Mr. John Dashwood had then leisure to consider how much there might be prudently in his power to do for them.'
       'He was not an ill-disposed young man')
names=(0870 0880)
# make_set NAME RECORDING LANGUAGE LICENCE
make_set() {
    mkdir -p "sets/$1"
    cp "$recordings/sense_and_sensibility_01_austen_64kb-${names[$2]}.wav" "sets/$1/audio.wav"
    printf '0.1\t6\tReader\t%s\n' "${texts[$2]}" >"sets/$1/turns.tsv"
    printf '{"language": "%s", "licence": "%s"}\n' "$3" "$4" >"sets/$1/meta.json"
}

# learn CODE ARGUMENTS...
learn() {
    local wanted=$1
    shift
    "$train" --fits "$fits" "$@" >.out 2>.err
    code=$?
    out=$(cat .out) err=$(cat .err)
    check "train-ipa-table $* should end with $wanted" test "$code" = "$wanted"
}

make_set english 0 en 'public domain'
make_set measured 0 de 'CC BY-NC-SA 4.0'
learn 1 sets
check 'nothing is learnt from English or a non-commercial set' grep -q 'no field set' .err

make_set one 0 de 'public domain'
make_set two 1 nl 'public domain'
"$fits" <(printf 'one\t%s\t%s\tde\n' sets/one/audio.wav sets/one/turns.tsv) >.fits 2>.err
[[ -s .fits ]] || { echo 'skipped: no acoustic model'; exit 77; }
check 'all phones are candidates' test "$(grep -cE '^candidate	[0-9]+	[A-Z]+$' .fits)" = 39
if ! grep -q '^fit' .fits; then
    echo 'skipped: no espeak-ng'
    exit 77
fi
check 'a first choice is compared with itself' awk -F'\t' '
    FILENAME == ARGV[1] && $1 !~ /^#/ { first[$1] = $2; next }
    $1 == "candidate" { number[$3] = $2; next }
    $1 == "fit" && first[$4] != "-" { if ($(6 + number[first[$4]]) + 0 != 0) bad = 1 }
    END { exit bad }' "$table" .fits
learn 0 sets -o new.tsv
out_has 'gain 1 to 2'
check 'the table has the same symbols' cmp <(cut -f1 "$table") <(cut -f1 new.tsv)
learn 0 sets -o again.tsv
check 'the same bytes again' cmp new.tsv again.tsv
learn 0 sets --half 1
check 'half of the languages' test -z "$(grep -E '	(de,)?nl	' .out)"
finish
