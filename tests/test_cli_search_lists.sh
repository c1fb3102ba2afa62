# Results of search are lists: batch takes them from a file and from standard input, joins them and makes an index page. An archive gives
# its alignments to other commands.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
mkdir show
cp episode.wav show/one.wav
cp episode.txt show/one.txt
sox episode.wav show/two.wav pad 1 0
sed 's/bridges/bridges and tunnels/' episode.txt >show/two.txt
expect 0 archive add show --method energy --archive a.db -q

expect 0 search water --archive a.db --json
cp .out found.jsonl
n=$(wc -l <found.jsonl)
check 'both episodes have it' test "$n" -ge 2
expect 0 search water --archive a.db --to csv -o found.csv
for list in found.jsonl found.csv; do
    expect 0 batch "$list" -o "clips-$list" --no-certificate --no-cache --archive a.db -v
    check "a clip for each line of $list" test "$(wc -l <"clips-$list/manifest.jsonl")" = "$n"
    err_has 'the alignment was taken from the archive a.db'
    err_lacks 'not known'
    check "the words that were found, of $list" test "$(grep -ic '"text": "water[.]*"' "clips-$list/manifest.jsonl")" = "$n"
done
expect 0 batch - -o from-input --archive a.db --no-certificate --index from-input/all.html <found.jsonl
check 'from standard input' test "$(wc -l <from-input/manifest.jsonl)" = "$n"
check 'the page has all clips' test "$(grep -o '<audio' from-input/all.html | wc -l)" = "$n"
expect 0 batch found.jsonl -o joined --archive a.db --join joined/all.mp3 --no-certificate
expect 0 info joined/all.mp3 --json
check 'the words of each clip are in it' test "$(sed 's/.*"title": "\([^"]*\)".*/\1/' .out | grep -oi water | wc -l)" = "$n"

# A speaker, an id or a phrase is no formula of a spreadsheet. The title of an episode is not the title of the clips.
sed 's/"title": null/"title": "All about water"/; s/Bob Stone/=Bob Stone/' <(run align episode.wav episode.txt --method energy; cat .out) >titled.json
cp episode.wav ./-titled.wav
expect 0 archive add ./-titled.wav titled.json --archive titled.db -q
expect 0 search water --archive titled.db --to csv -o titled.csv
check 'an id is no formula' grep -q "^\"*'-titled-" titled.csv
check 'a speaker is no formula' grep -q "'=Bob Stone" titled.csv
expect 0 search water --archive titled.db --json
cp .out titled.jsonl
out_has '"episode_title": "All about water"'
out_lacks '"title"'
for list in titled.csv titled.jsonl; do
    expect 0 batch "$list" -o "clips-$list" --no-certificate --no-cache --archive titled.db
    err_lacks 'the title of'
    err_lacks 'not known'
done
check 'the same clips' diff <(cd clips-titled.csv && sha256sum ./*.mp3) <(cd clips-titled.jsonl && sha256sum ./*.mp3)

# An archive is an input: no output replaces it.
cp a.db kept.db
mkdir -p data/soundbite
cp a.db data/soundbite/archive.db
XDG_DATA_HOME=$PWD/data
export XDG_DATA_HOME
kept() {
    expect 5 "$@"
    err_has 'is an input of this command and is never overwritten'
    check "the archive is kept: $*" cmp -s kept.db a.db
    check "the archive in the data folder is kept: $*" cmp -s kept.db data/soundbite/archive.db
}
ln a.db linked.db
for file in a.db linked.db; do
    kept search water --archive a.db -o $file -f
    kept verify show/one.wav show/one.txt --quote water --archive a.db -o $file -f
    kept verify show/one.wav show/one.txt --quote water --archive a.db --html $file -f
    kept batch show --archive a.db -o kept --no-certificate --index $file -f
    kept clip show/one.wav show/one.txt --phrase water -o kept.wav --no-certificate --archive a.db --manifest $file -f
    kept archive list --archive a.db -o $file -f
    kept archive get one --archive a.db -o $file -f
done
kept search water -o data/soundbite/archive.db -f
kept archive list -o data/soundbite/archive.db -f
unset XDG_DATA_HOME

# For one episode, these say what to type.
expect 2 clip found.jsonl --join all.mp3
err_has "type 'soundbite batch found.jsonl -o clips --join all.mp3'"
# says TEXT ARGUMENTS...: for several episodes, the message has the line, and the exit code is that of wrong usage.
says() {
    local text=$1
    shift
    expect 2 "$@"
    err_has " '$text'"
}
playlist=show/all.m3u
printf '#EXTM3U\none.wav\ntwo.wav\n' >$playlist
for all in show 'show/*.wav' $playlist; do
    shown=$all
    [[ $all == *'*'* ]] && shown="\"$all\""
    says "soundbite batch $shown -o clips --phrase water" clip "$all" --phrase water -o x.mp3
    says "soundbite archive add $shown" align "$all"
    says "soundbite archive add $shown && soundbite search water --speaker \"bob*\"" find "$all" water --speaker 'bob*'
    says "soundbite archive add $shown && soundbite search \"never sleeps\" --verify" verify "$all" --quote 'never sleeps'
    says "soundbite archive add $shown && soundbite archive get NAME | soundbite export - --to vtt" export "$all" --to vtt
    says "soundbite drift --list $shown" drift "$all"
done
says 'soundbite search "never sleeps" --archive a.db --limit 3 --json' find a.db 'never sleeps' --limit 3 --json
says 'soundbite search TEXT --archive a.db' find a.db
says 'soundbite search wotter --archive a.db --sound' find a.db --sounds-like wotter
err_has 'a.db: is an archive of episodes; for all its episodes, '
says "soundbite search 'it'\\''s \"water\"' --archive a.db" find a.db "it's \"water\""
says 'soundbite search water --archive a.db --verify' verify a.db --quote water
says 'soundbite search QUOTE --archive a.db --verify' verify a.db --quote-file show/one.txt
says 'soundbite archive get NAME --archive a.db | soundbite export - --to srt' export a.db
says 'soundbite batch a.db -o clips --phrase water' clip a.db --phrase water -o x.mp3
says 'soundbite drift --list a.db' drift a.db
says 'soundbite archive add DIR --archive a.db' align a.db
err_has 'a.db: is an archive, and its episodes are aligned; to add others, '
cp a.db 'my show.db'
says 'soundbite search water --archive "my show.db"' find 'my show.db' water
cp -r show 'my show'
says 'soundbite drift --list "my show" --json --max-drift 1' drift 'my show' --json --max-drift 1
# The archive that was named is the one that is searched; that of the operand counts more.
says 'soundbite archive add show --archive b.db && soundbite search water --verify --archive b.db' verify show --archive b.db --quote water
says 'soundbite search water --archive a.db --verify' verify a.db --archive b.db --quote water
# What a search does not know is named.
says 'soundbite search water --archive a.db' find a.db water --from 60 --fuzzy 20
err_has "' (without --from, --fuzzy)"
says 'soundbite search water --archive a.db' find a.db --phrase water --phrase 'never sleeps'
err_has "' (without --phrase)"
says 'soundbite search "never sleeps" --archive a.db --near' find a.db --near 'never sleeps' --phrase water
err_has "' (without --phrase)"
says 'soundbite search TEXT --archive a.db' find a.db --regex 'wat.r'
err_has "' (without --regex)"
# A text that would be an option, or is long, is left out, and such a path has a folder.
says 'soundbite search TEXT --archive a.db' find a.db -- '-5 degrees'
says 'soundbite search QUOTE --archive a.db --verify' verify a.db --quote "$(printf 'word %.0s' {1..90})"
cp a.db ./-a.db
says 'soundbite batch ./-a.db -o clips' clip -- -a.db
# Options that would make the line too long are left out.
long=$(printf 'word%.0s' {1..90})
says "soundbite batch a.db -o clips ..." clip a.db --phrase "$long" -o x.mp3
# As a transcript, one episode of it is needed.
for line in 'clip show/one.wav a.db --phrase water -o x.mp3' 'verify show/one.wav a.db --quote water' 'remap a.db a.db found.csv'; do
    # shellcheck disable=SC2086
    expect 2 $line
    err_has "type 'soundbite archive get NAME --archive a.db -o NAME.json'"
done

# An archive's alignment is used, and makes the clips of the alignment file.
expect 0 archive get one --archive a.db -o one.json
expect 0 clip show/one.wav one.json --phrase water -o file.wav --no-certificate
expect 0 clip show/one.wav show/one.txt --archive a.db --phrase water -o archive.wav --no-certificate -v --no-cache
err_has 'taken from the archive a.db'
check 'the same clip' cmp -s file.wav archive.wav
expect 0 batch a.db -o all --no-cache --no-certificate --phrase water -v
check 'both alignments are taken' test "$(grep -c 'taken from the archive a.db' <<<"$err")" = 2
expect 0 batch a.db -o ahead --no-certificate --phrase water --jobs 2 --progress json
err_lacks '"stage": "episodes"'
# An alignment of another language or method is not what is asked for.
take() { run clip show/one.wav show/one.txt --archive a.db --phrase water --no-certificate -v --no-cache -o "take-$((++takes)).wav" "$@"; }
takes=0
take --language fr --method energy
err_lacks 'taken from the archive'
err_has 'the alignment in the archive a.db was made as another language'
take --language en --method energy
err_has 'taken from the archive a.db'
err_lacks 'had no effect'
if has_acoustic; then
    take --method acoustic
    err_lacks 'taken from the archive'
    err_has 'the alignment in the archive a.db was made with another method'
fi
printf 'audio,transcript,phrase,language\nshow/one.wav,show/one.txt,water,fr\n' >french.csv
expect 0 batch french.csv --archive a.db -o french --no-certificate --method energy -v
err_lacks 'taken from the archive'
expect 0 clip show/one.wav one.json --method acoustic --phrase water -o saved.wav --no-certificate
err_has '--method had no effect'
expect 0 batch french.csv -o no-archive --no-certificate --repeats
err_has '--repeats had no effect, because no archive was named'
# An archive that is not there is an error at once, also if it would not be needed.
for line in 'clip show/one.wav one.json --phrase water -o none.wav' 'verify show/one.wav one.json --quote water' \
    'batch show -o none' 'batch a.db -o none'; do
    # shellcheck disable=SC2086
    expect 1 $line --archive none.db
    check "one message: $line" test "$err" = "soundbite: none.db: there is no such archive; check the name, or make it: \
'soundbite archive add AUDIO TRANSCRIPT --archive none.db'"
done
# A transcript that has changed is aligned again.
sed -i 's/water/whisky/' show/two.txt
expect 0 clip show/two.wav show/two.txt --archive a.db --phrase whisky -o changed.wav --method energy --no-certificate -v --no-cache
err_lacks 'taken from the archive'

# A writer that was killed left a journal; it is undone.
if command -v python3 >/dev/null; then
    python3 - <<'PY'
import os, sqlite3
db = sqlite3.connect("a.db", isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
for n in range(20000):
    db.execute("INSERT INTO alias VALUES(?, ?)", (f"name {n}", "x" * 50))
os._exit(0)
PY
    check 'there is a journal' test -s a.db-journal
    expect 0 batch a.db -o after --no-certificate --phrase water
    check 'the journal is gone' test ! -e a.db-journal
    expect 0 archive list --archive a.db
    expect 0 archive alias --archive a.db
    out_lacks 'name 1'
else
    skip 'there is no python3'
fi
finish
