# An option of clip and the column of a list with the same name and value do the same, and refuse the same.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
make_episode
expect 0 align episode.wav episode.txt --method energy -o episode.json

# option, value, further options that it needs
cat >good <<'TABLE'
phrase|never sleeps|
regex|wat[a-z]*r|
speaker|ann*|
from|0|
from|4|
until|9.5|
min-length|1|
max-length|1:00|
expand|turn|phrase=water
fuzzy|50|phrase=water never slept
limit|1|speaker=ann*
match|2|speaker=ann*
lead|0|phrase=water
tail|1s|phrase=water
fade|0|phrase=water
loudness|-20.5|phrase=water
loudness|off|phrase=water
loudness-of|speaker|phrase=water
true-peak|0|phrase=water
rate|16k|phrase=water
channels|2|phrase=water
bitrate|64k|phrase=water
captions|srt,vtt|phrase=water
no-certificate|yes|phrase=water
strict|no|phrase=water
drop|repeats|phrase=water
TABLE

# option, value
cat >bad <<'TABLE'
from|1:75
until|-1
min-length|soon
max-length|-0.5
expand|words
fuzzy|101
limit|0
match|1.5
lead|61
tail|-1
fade|11
loudness|3
loudness|none
loudness-of|whole
true-peak|nan
rate|200000
channels|65
bitrate|5k
captions|srt,sub
video|9:15
for|short
drop|coughs
language|english!
TABLE

# option, value, option, value
cat >conflicting <<'TABLE'
from|5|until|5
until|0|limit|1
min-length|5|max-length|4
copy|yes|loudness|-20
copy|yes|fade|0
strict|yes|no-certificate|yes
strict|yes|drop|repeats
loudness|off|loudness-of|episode
video|source|title|x
TABLE

# as_options NAME VALUE...: flags have no argument, and "no" is their absence.
as_options() {
    options=()
    while (($#)); do
        case $1 in
        copy | strict | no-certificate) [[ $2 == no ]] || options+=("--$1") ;;
        *) options+=("--$1=$2") ;;
        esac
        shift 2
    done
}

cell() {
    printf '"%s"' "${1//\"/\"\"}"
}

# table FILE COLUMNS: reads rows of options and values, and writes one list with a column for each. A row has a value only in its own columns.
table() {
    python3 -c '
import csv, sys
rows = [line.rstrip("\n").split("|") for line in sys.stdin]
names = list(dict.fromkeys(name for row in rows for name in row[::2]))
with open(sys.argv[1], "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["audio", "transcript", "output", *names])
    for n, row in enumerate(rows, 1):
        cells = dict(zip(row[::2], row[1::2]))
        out.writerow(["episode.wav", "episode.json", f"{n}/{{n}}.wav", *(cells.get(name, "") for name in names)])' "$1"
}

# What is compared: the records without the names of files, each after the number of its row.
bare() {
    python3 -c '
import json, pathlib, sys
for line in sys.stdin:
    record = json.loads(line)
    row = pathlib.Path(record["file"]).parent.name
    for key in "file", "id", "captions":
        record.pop(key, None)
    print(row, json.dumps(record))'
}

# reason N: what the last batch says about row N.
reason() {
    sed -n "s/^soundbite: list.csv:$(($1 + 1)): //p" by-column
}

sed 's/=/|/; s/|$//' good | table list.csv
expect 0 batch list.csv -o many --json
bare <<<"$out" | sort -sn -k 1,1 >by-column
n=0
while IFS='|' read -r name value more; do
    n=$((n + 1))
    pairs=("$name" "$value")
    [[ -z $more ]] || pairs+=("${more%%=*}" "${more#*=}")
    as_options "${pairs[@]}"
    expect 0 clip episode.wav episode.json "${options[@]}" -o "one/$n/{n}.wav" --json
    cat .out
done <good >records
bare <records >by-option
n=0
while IFS='|' read -r name value more; do
    n=$((n + 1))
    check "--$name $value gives what the column gives" cmp <(grep "^$n " by-option) <(grep "^$n " by-column)
    check "--$name $value gives something" grep -q "^$n " by-option
done <good

table list.csv <bad
expect 1 batch list.csv -o none
printf '%s\n' "$err" >by-column
n=0
while IFS='|' read -r name value; do
    n=$((n + 1))
    expect 2 clip episode.wav episode.json "--$name=$value" -o none.wav
    by_option=${err#soundbite: --}
    check "--$name $value is refused as the column is" test "$by_option" = "$(reason $n)"
    check "the message begins with $name" test "${by_option#"$name"}" != "$by_option"
done <bad

table list.csv <conflicting
expect 1 batch list.csv -o none
printf '%s\n' "$err" >by-column
n=0
while IFS='|' read -r one value other second; do
    n=$((n + 1))
    as_options "$one" "$value" "$other" "$second"
    expect 2 clip episode.wav episode.json "${options[@]}" -o none.wav
    check "--$one and --$other are refused as the columns are" test "${err#soundbite: }" = "$(reason $n)"
    check "with a reason" test -n "$(reason $n)"
done <conflicting
check 'nothing is written' test ! -e none
finish
