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

# What is compared: the record without the names of files.
bare() {
    python3 -c '
import json, sys
for line in sys.stdin:
    record = json.loads(line)
    for key in "file", "id", "captions":
        record.pop(key, None)
    print(json.dumps(record))'
}

n=0
while IFS='|' read -r name value more; do
    n=$((n + 1))
    pairs=("$name" "$value")
    [[ -z $more ]] || pairs+=("${more%%=*}" "${more#*=}")
    as_options "${pairs[@]}"
    expect 0 clip episode.wav episode.json "${options[@]}" -o "one-$n/{n}.wav" --json
    bare <<<"$out" >by-option
    {
        printf 'audio,transcript,output'
        printf ',%s' "$name" ${more:+"${more%%=*}"}
        printf '\nepisode.wav,episode.json,{slug}.wav,%s' "$(cell "$value")"
        [[ -z $more ]] || printf ',%s' "$(cell "${more#*=}")"
        printf '\n'
    } >list.csv
    expect 0 batch list.csv -o "many-$n" --json
    bare <<<"$out" >by-column
    check "--$name $value gives what the column gives" cmp by-option by-column
    check "--$name $value gives something" test -s by-option
done <good

while IFS='|' read -r name value; do
    printf 'audio,transcript,%s\nepisode.wav,episode.json,%s\n' "$name" "$(cell "$value")" >list.csv
    expect 1 batch list.csv -o none
    by_column=$(sed -n 's/^soundbite: list.csv:2: //p' <<<"$err")
    expect 2 clip episode.wav episode.json "--$name=$value" -o none.wav
    by_option=${err#soundbite: --}
    check "--$name $value is refused as the column is" test "$by_option" = "$by_column"
    check "the message begins with $name" test "${by_option#"$name"}" != "$by_option"
done <bad

while IFS='|' read -r one value other second; do
    printf 'audio,transcript,%s,%s\nepisode.wav,episode.json,%s,%s\n' "$one" "$other" "$value" "$second" >list.csv
    expect 1 batch list.csv -o none
    by_column=$(sed -n 's/^soundbite: list.csv:2: //p' <<<"$err")
    as_options "$one" "$value" "$other" "$second"
    expect 2 clip episode.wav episode.json "${options[@]}" -o none.wav
    check "--$one and --$other are refused as the columns are" test "${err#soundbite: }" = "$by_column"
    check "with a reason" test -n "$by_column"
done <conflicting
finish
