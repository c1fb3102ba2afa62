# archive: episodes in one file.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
if "$soundbite" archive list --archive . 2>&1 | grep -q 'this build has no archive'; then
    skip 'this build has no archive'
    finish
fi
export XDG_DATA_HOME=$folder/data
make_episode
mkdir show
cp episode.wav "show/2024-05-31 first.wav"
sox episode.wav show/second.wav pad 0 0.5
cp episode.txt show/episode.txt
printf 'audio,transcript,phrase\n2024-05-31 first.wav,episode.txt,water\n2024-05-31 first.wav,episode.txt,bridges\nsecond.wav,episode.txt,\nmissing.wav,episode.txt,\n' >show/show.csv

# Adding, and adding again.
expect 1 archive list
err_has 'there is no such archive'
expect 1 archive add show/show.csv --jobs 2
err_has '3 episodes: 2 added, 0 up to date, 1 failed'
err_has 'missing.wav'
check 'the archive is in the data folder' test -e data/soundbite/archive.db
expect 0 archive add "show/2024-05-31 first.wav" show/episode.txt -v
err_has 'is up to date'
err_has '1 episode: 0 added, 1 up to date, 0 failed'
printf '\n' >>show/episode.txt
expect 1 archive check
err_has "has changed; add episode 'second' again"
expect 0 archive add show/second.wav show/episode.txt
err_has '1 episode: 1 added'
cp episode.txt show/episode.txt

# Listing.
expect 0 archive list
out_has '2024-05-31  00:'
out_has '2024-05-31 first'
expect 0 archive list 'sec*' --json
out_has '"episode": "second"'
check 'one line' test "$(grep -c . .out)" = 1
expect 3 archive list third
err_has "there is no episode 'third'"

# What comes out is what went in.
expect 0 align show/second.wav show/episode.txt -o aligned.json -q
expect 0 archive add show/second.wav show/episode.txt -q
expect 0 archive get second -o got.json
sed -i "s#$folder/##" got.json aligned.json
check 'the same alignment' cmp aligned.json got.json
expect 2 archive get '*'
expect 5 archive get second -o got.json

# Shards, merged, are one archive.
sed -i '/missing/d' show/show.csv
expect 0 archive add show/show.csv --archive all.db -q
expect 0 archive add show/show.csv --archive part-1.db --shard 1/2 -q
expect 0 archive add show/show.csv --archive part-2.db --shard 2/2 -q
expect 0 archive merge part-1.db part-2.db --archive merged.db
err_has 'added or replaced 2 episodes'
"$soundbite" archive list --json --archive all.db >all
"$soundbite" archive list --json --archive merged.db >merged
check 'the same episodes' cmp all merged
expect 0 archive merge part-1.db --archive merged.db
err_has 'added or replaced 0 episodes'

# A folder is paired.
mkdir pairs
cp show/second.wav pairs/2024-06-01-water.wav
cp episode.txt pairs/2024-06-01-water.txt
cp show/second.wav pairs/alone.wav
expect 0 archive add pairs --archive pairs.db
err_has 'alone.wav: warning: has no pair'
err_has '1 episode: 1 added'
expect 0 archive list --archive pairs.db
out_has '2024-06-01-water'

# Its episodes are those of a batch.
expect 0 batch pairs.db -o from-archive --phrase water
check 'a clip of its episode' test -e 'from-archive/2024-06-01-water-01-Bob Stone-water.mp3'
mv pairs/2024-06-01-water.wav moved.wav
expect 3 batch pairs.db -o from-archive --phrase water --resume
mv moved.wav pairs/2024-06-01-water.wav

# An exact name comes before one that fits too, and -n changes nothing.
cp show/second.wav SECOND.wav
sox SECOND.wav third.wav pad 0 0.1
expect 0 archive add third.wav episode.txt --archive folded.db -q
cp third.wav THIRD.wav
sox third.wav THIRD.wav pad 0 0.2
expect 0 archive add THIRD.wav episode.txt --archive folded.db -q
expect 0 archive list third --archive folded.db
check 'one episode' test "$(grep -c . .out)" = 1
printf 'audio,transcript\nthird.wav,\n,episode.txt\nthird.wav,episode.txt\n' >broken.csv
expect 1 archive add broken.csv --archive folded.db -n
out_has 'would add third.wav with episode.txt'
expect 0 archive merge part-1.db --archive folded.db -n
err_has 'would merge part-1.db: 1 episode'
expect 0 archive alias Ann 'Ann Lee' --archive folded.db -n
err_has "would say that 'Ann' is 'Ann Lee'"
expect 0 archive alias --archive folded.db
check 'no alias' test ! -s .out
expect 0 archive list --archive folded.db
check 'still two episodes' test "$(grep -c . .out)" = 2

# Removing.
expect 0 archive remove second --archive all.db -n
out_has 'would remove second'
expect 0 archive remove 'sec*' --archive all.db
out_has 'removed second'
expect 3 archive remove second --archive all.db
expect 0 archive check --archive all.db
err_has 'checked 1 episode: 0 problems'

# Searching.
expect 0 search water --archive all.db
out_has '[water'
out_has 'soundbite clip '
expect 0 search 'wat*' --archive all.db --json --limit 1
out_has '"how": "phrase"'
expect 3 search xyzzy --archive all.db
err_has "nothing in the archive matches 'xyzzy' or sounds like it"
expect 0 search watter --archive all.db
err_has "'watter' was not found; these are passages that sound like it"
expect 3 search "$(printf 'perpendicular%s extraordinary ' 1 2 3 4 5 6 7 8 9)" --archive all.db
err_has 'nothing in the archive matches'
# The message names the condition that no episode meets.
expect 3 search water --archive all.db --since 2024-06
err_has "no episode in the archive has a date that --since allows; 'soundbite archive list --archive all.db' shows the dates"
expect 3 search water --archive all.db --since 2025 --up-to 2024
err_has 'has a date that --since and --up-to allow;'
expect 3 search water --archive all.db --episode second
err_has "there is no episode 'second' in the archive; 'soundbite archive list --archive all.db' shows the names"
expect 3 search water --archive all.db --speaker nope
err_has "there is no speaker 'nope' in the archive; leave out --speaker to see who says it"
expect 3 search xyzzy --archive all.db --speaker 'ann*'
err_has "nothing that meets the conditions matches 'xyzzy'"
expect 3 search water --archive folded.db --up-to 2024
err_has 'no episode in the archive has a date; leave out --up-to'
expect 2 search water --archive all.db --since 2024-13
err_has '--since 2024-13: there is no month 13; months are 01 to 12'
expect 2 search water --archive all.db --up-to 2023-02-29
err_has '--up-to 2023-02-29: there is no day 29; that month has 01 to 28'
expect 2 search water --archive all.db --since 2024-05-00
expect 0 search water --archive all.db --since 2024-02-29 --up-to 2024-12-31
expect 2 search water --archive all.db --to csv --json
err_has '--json and --to csv exclude each other'
expect 0 search water --archive all.db --to json --json
expect 0 search --help
out_has '(default: 20)'
expect 2 search water --archive all.db --since yesterday
expect 2 search water --archive all.db --near --sound
# Only add and merge make an archive.
for line in 'search water' 'archive list' 'archive get second' 'archive check' 'archive remove second' 'archive repeats' \
    'archive repeats 1 Intro' 'archive voices' 'archive voices --accept' 'archive alias' 'archive alias Ann Bob' 'archive alias Ann Bob -n' \
    'archive listen' 'archive merge part-1.db none.db --archive other.db' 'archive merge none.db --archive other.db -n'; do
    # shellcheck disable=SC2086
    expect 1 $line $([[ $line == *other.db* ]] || echo --archive none.db)
    check "one message: $line" test "$err" = "soundbite: none.db: there is no such archive; check the name, or make it: \
'soundbite archive add AUDIO TRANSCRIPT --archive none.db'"
    check "none is made: $line" test ! -e none.db -a ! -e other.db
done

# What was found is a list for batch.
for to in csv json; do
    expect 0 search water --archive all.db --to $to -o found.$to
    expect 0 batch found.$to -o clips-$to -q
    check "clips of $to" test "$(find clips-$to -name '*.mp3' | wc -l)" = "$(grep -c '2024-05-31 first-' found.$to)"
done
line=$("$soundbite" search water --archive all.db --limit 1 -q | sed -n 's/^ *soundbite //p')
eval "expect 0 $line"
check 'the line cuts it' test -s "2024-05-31 first-$(sed -n 's/.*first-\([0-9.]*\)\.mp3.*/\1/p' <<<"$line").mp3"
# A name with braces is no template.
cp show/second.wav 'part {n} of {x}.wav'
expect 0 archive add 'part {n} of {x}.wav' episode.txt --archive braces.db -q
line=$("$soundbite" search water --archive braces.db --limit 1 -q | sed -n 's/^ *soundbite //p')
eval "expect 0 $line"
check 'the line cuts it' test -s "part {n} of {x}-$(sed -n 's/.*-\([0-9.]*\)\.mp3.*/\1/p' <<<"$line").mp3"

# Aliases of speakers.
expect 0 archive alias Ann 'Ann Lee'
expect 0 archive alias
out_has 'Ann = Ann Lee'
expect 0 archive alias Ann ''
expect 0 archive alias
check 'there is none' test ! -s .out

# Mistakes.
expect 2 archive ad x
err_has "did you mean 'add'?"
expect 2 archive alias Ann
err_has "type 'soundbite archive alias NAME NEW-NAME', or see"
expect 2 archive repeats 1
err_has "type 'soundbite archive repeats NUMBER NAME', or see"
expect 2 archive get
err_has 'soundbite archive get EPISODE'
expect 1 archive list --archive show/episode.txt
err_has 'is not an archive'
expect 1 archive add show/second.wav show/episode.txt --archive none/a.db
err_has 'none/a.db: the folder none does not exist; create it, or name another file'
for action in list 'add show/second.wav show/episode.txt'; do
    # shellcheck disable=SC2086
    expect 1 archive $action --archive show
    err_has 'show: is a folder; name a file in it'
done
# Only a missing file is no such archive. root ignores permissions, so the program runs as the user nobody.
mkdir sealed
cp merged.db sealed/in.db
cp merged.db locked.db
chmod 000 sealed locked.db
plain=$soundbite
if [[ $(id -u) == 0 ]]; then
    chmod 755 "$folder"
    printf '#!/bin/sh\nexec setpriv --reuid 65534 --regid 65534 --clear-groups %q "$@"\n' "$plain" >as-nobody
    chmod 755 as-nobody
    soundbite=$folder/as-nobody
fi
if "$soundbite" --version >/dev/null 2>&1; then
    for file in sealed/in.db locked.db; do
        for line in "archive list --archive $file" "search water --archive $file" "archive merge $file --archive merged.db -n"; do
            # shellcheck disable=SC2086
            expect 1 $line
            err_has "$file: cannot be opened (Permission denied); check its permissions"
        done
    done
    cp part-1.db fixed.db
    chmod 444 fixed.db
    expect 1 archive merge part-2.db --archive fixed.db
    err_has 'fixed.db: cannot be written'
    err_lacks 'added or replaced'
fi
soundbite=$plain
head -c 9000 merged.db >cut.db
expect 1 archive list --archive cut.db
expect 1 archive add show/second.wav show/show.csv
# An index of an older version is named, and made again.
if command -v python3 >/dev/null; then
    cp merged.db old.db
    python3 -c 'import sqlite3
db = sqlite3.connect("old.db")
db.execute("UPDATE block SET sum = 0")
db.execute("PRAGMA user_version = 1")
db.commit()'
    expect 0 search water --archive old.db
    err_has 'old.db: warning: was indexed by an older version of soundbite'
    err_has "index it again: 'soundbite archive index --archive old.db'"
    expect 1 archive check --archive old.db
    err_has 'old.db: warning: was indexed by an older version of soundbite'
    err_has "index it again: 'soundbite archive index --archive old.db'"
    err_has ': 1 problem'
    cp old.db rest.db
    python3 -c 'import sqlite3
db = sqlite3.connect("rest.db")
db.execute("PRAGMA user_version = 1")
db.commit()'
    expect 0 archive remove second --archive rest.db
    expect 0 archive check --archive rest.db
    expect 0 search water --archive rest.db
    err_lacks 'older version'
    expect 0 archive index --archive old.db -n
    err_has 'would index 2 episodes; the old index is of an older version'
    expect 0 archive index --archive old.db
    err_has 'indexed 2 episodes; the old index was of an older version'
    expect 0 search water --archive old.db
    err_lacks 'older version'
    expect 0 archive check --archive old.db
    expect 0 archive index --archive old.db
    err_lacks 'older version'
fi
# A damaged index is found.
if command -v python3 >/dev/null; then
    expect 0 archive add show/second.wav show/episode.txt --archive index.db -q
    expect 0 archive check --archive index.db
    python3 -c 'import sqlite3
db = sqlite3.connect("index.db")
db.execute("UPDATE terms_data SET block = zeroblob(length(block)) WHERE id = (SELECT max(id) FROM terms_data)")
db.commit()'
    expect 1 archive check --archive index.db
    err_has 'the index for searching is damaged'
else
    skip 'there is no python3'
fi
finish
