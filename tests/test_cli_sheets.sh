# batch: lists as spreadsheets save them, rows without a match, and manifests as lists.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
make_episode
"$soundbite" align episode.wav episode.txt -q -o episode.json

# Semicolons, a line for Excel, columns for people, check boxes, the encodings of Excel.
cat >sheet.py <<'PYTHON'
import sys
text = ('sep=;\r\nAudio;Transcript;Quote;ID;Caption Names;Copy;Notes;Status\r\n'
        'episode.wav;episode.json;twenty years;years;TRUE;FALSE;"great; use it\r\nor not";done\r\n'
        ';;;;FALSE;FALSE;;\r\n'
        ';;;;FALSE;FALSE;second half of the show – naïve;\r\n'
        'episode.wav;episode.json;water never sleeps;water;WAHR;falsch;;open\r\n')
open('utf8.csv', 'w', newline='').write(text)
open('latin.csv', 'w', newline='', encoding='cp1252').write(text)
tabs = text.replace('sep=;\r\n', '').replace('; use', ', use').replace(';', '\t')
open('unicode.txt', 'w', newline='', encoding='utf-16').write(tabs)
open('big.txt', 'wb').write(b'\xfe\xff' + tabs.encode('utf-16-be'))
PYTHON
python3 sheet.py
for list in utf8.csv latin.csv unicode.txt big.txt; do
    expect 0 batch $list -o "clips-$list" --no-certificate
    err_has "warning: ignored the columns 'Notes' and 'Status'"
    err_has '2 rows, 2 clips'
    check "both clips of $list" test -f "clips-$list/years.mp3" -a -f "clips-$list/water.mp3"
done

# A column that is almost one of ours is an error; so are options that no row can have.
printf 'audio,transcript,fraze\nepisode.wav,episode.json,water\n' >near.csv
expect 1 batch near.csv -o near
err_has "near.csv:1: unknown column 'fraze'; did you mean 'phrase'?"
printf 'audio,transcript,phrase,join\nepisode.wav,episode.json,water,all.mp3\n' >join.csv
expect 1 batch join.csv -o join
err_has 'a list makes one file for each quote'
printf 'audio,transcript,phrase,Date\nepisode.wav,episode.json,twenty years,2026-01-02\n' >date.csv
expect 0 batch date.csv -o date --no-certificate
err_has "ignored the column 'Date' (did you mean 'rate'?)"
printf 'PK\003\004\000\000' >book.xlsx
expect 1 batch book.xlsx -o book

# A row without a match is no failure.
cat >some.csv <<'LIST'
audio,transcript,phrase,speaker,id
episode.wav,episode.json,twenty years,,years
episode.wav,episode.json,zebras,,none
LIST
expect 0 batch some.csv -o some --no-certificate
err_has 'some.csv:3: episode.json: nothing matched'
err_has '1 row without a match; 0 rows failed'
out_has 'No match'
grep -v years some.csv >none.csv
expect 3 batch none.csv -o none
check 'no clip, no folder' test ! -e none
printf 'gone.wav,episode.json,twenty years,,gone\n' >>none.csv
expect 1 batch none.csv -o none

# Manifests say what they are about, open in a spreadsheet, and are lists.
python3 - <<'PYTHON' || fail 'the manifest'
import csv, json, re
line = json.loads(open('some/manifest.jsonl').readline())
assert (line['episode'], line['audio'], line['transcript']) == ('episode', 'episode.wav', 'episode.json'), line
h, m, s = re.fullmatch(r'(\d+):(\d\d):(\d\d\.\d{3})', line['start_time']).groups()
assert abs(int(h) * 3600 + int(m) * 60 + float(s) - line['start']) < 0.0011, line
assert open('some/manifest.csv', 'rb').read(3) == b'\xef\xbb\xbf'
row = next(csv.DictReader(open('some/manifest.csv', encoding='utf-8-sig')))
assert (row['episode'], row['audio'], row['transcript']) == ('episode', 'episode.wav', 'episode.json'), row
assert row['start_time'] == line['start_time'] and row['end_time'] == line['end_time'], row
PYTHON
for list in some/manifest.csv some/manifest.jsonl; do
    expect 0 batch $list -o again --no-certificate -f
    err_lacks 'ignored the column'
    check "the same clip from $list" cmp -s some/years.mp3 again/years.mp3
    rm -r again
done
expect 0 clip episode.wav episode.json --speaker '*' -o 'turns/{n}.mp3' --manifest turns.csv --no-certificate -q
expect 0 batch turns.csv -o again --no-certificate
check 'as many clips again' test "$(ls again/*.mp3 | wc -l)" = "$(ls turns/*.mp3 | wc -l)"

# What verify found is a list too; what it did not find has no match.
cat >sayings.csv <<'LIST'
id,quote,speaker,audio,transcript
kept,twenty years,Bob Stone,episode.wav,episode.json
cut,I have ... twenty years,,episode.wav,episode.json
never,The zebras ate every bridge,,episode.wav,episode.json
LIST
run verify episode.wav episode.json --quote-file sayings.csv --json
printf '%s\n' "$out" >checked.jsonl
check 'three lines' test "$(grep -c '"audio": "episode.wav", "transcript": "episode.json"}' checked.jsonl)" = 3
expect 0 batch checked.jsonl -o said --no-certificate
err_lacks 'ignored the column'
err_has '1 row without a match; 0 rows failed'
check 'the quote' test -f said/kept.mp3
expect 0 batch sayings.csv -o sayings --no-certificate
check 'the same list for both' test -f sayings/kept.mp3

# Titles for people are no error of a row.
printf 'audio,transcript,phrase,Title\nepisode.wav,episode.json,twenty years,A good story\n' >titles.csv
expect 0 batch titles.csv -o titles --no-certificate
err_has 'titles.csv: warning: the title of 1 clip is not shown, because only videos show titles'
finish
