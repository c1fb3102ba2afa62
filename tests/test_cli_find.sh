# find on a transcript: selection, both kinds of output, errors.
. "$(dirname "$0")/lib.sh"

make_talk

expect 0 find talk.txt --phrase 'Hardest PART'
check 'two lines' test "$(wc -l <<<"$out")" = 2
out_has '00:00:1'
out_has '00:00:14'
out_has 'Ann Lee: What is the [hardest part] of the work?'
out_lacks $'\033'
expect 0 find talk.txt --phrase 'hardest part' --color=always
out_has $'\033[1mhardest part\033[0m'
expect 0 find --phrase '20 years' -- talk.txt
out_has '[twenty years.]'
expect 0 find talk.txt --speaker 'bob*'
check 'the turns of Bob' test "$(wc -l <<<"$out")" = 2
expect 0 find talk.txt --speaker 'bob*' --phrase bridges
check 'both must hold' test "$(wc -l <<<"$out")" = 1
expect 0 find talk.txt --phrase bridges --phrase water --limit 3
check 'any of the phrases, three of them' test "$(wc -l <<<"$out")" = 3
expect 0 find talk.txt --regex 'wat(er|ch)' --match 2
out_has '[Water] never'
expect 0 find talk.txt --phrase crack --expand sentence
out_has '[Water never sleeps, and it finds every crack.]'
expect 0 find talk.txt --from 0:05 --until 10s --speaker '*'
out_has 'twenty'
out_lacks 'Welcome'
expect 0 find - --phrase welcome <talk.txt
out_has '[Welcome]'

expect 0 find talk.txt --phrase 'hardest part' --json
check 'two objects' test "$(wc -l <<<"$out")" = 2
python3 - <<PYTHON || fail 'the objects are right'
import json
rows = [json.loads(line) for line in '''$out'''.splitlines()]
assert [r["n"] for r in rows] == [1, 2]
assert rows[0]["speaker"] == "Ann Lee" and rows[1]["speaker"] == "Bob Stone"
assert rows[0]["text"] == "hardest part" and rows[0]["phrase"] == "hardest part"
PYTHON
expect 0 find talk.txt --phrase bridges --json -o found.jsonl
check 'nothing on standard output' test -z "$out"
check 'two objects in the file' test "$(wc -l <found.jsonl)" = 2
expect 5 find talk.txt --phrase bridges --json -o found.jsonl
expect 0 find talk.txt --phrase bridges --json -o found.jsonl -n -f
out_has 'would write found.jsonl'
cp talk.txt before.txt
expect 5 find talk.txt --phrase bridges -f -o talk.txt
err_has 'an input of this command'
ln -s talk.txt alias.txt
expect 5 find talk.txt --phrase bridges -f -o alias.txt
check 'the transcript is untouched' cmp talk.txt before.txt

expect 3 find talk.txt --phrase 'the hardest parts is a water'
err_has 'nearest passage'
check 'nothing is printed' test -z "$out"
expect 3 find talk.txt --speaker Carol
err_has 'one of the speakers: Ann Lee, Bob Stone'
expect 3 find talk.txt --phrase crack --speaker 'ann*'
err_has 'said by Bob Stone; choose that speaker'
expect 3 find talk.txt --phrase bridges --from 1:00:00
err_has 'the nearest passage, at 00:00:0'
err_has 'outside the selected times or lengths'
expect 3 find talk.txt --from 1:00:00
err_has 'the nearest passage, at '
err_has 'outside the selected times or lengths'
expect 3 find talk.txt --from 6 --until 8 --expand turn --each
err_has '--expand none'
expect 3 find talk.txt --regex 'bri[d]geworks'
err_has 'the nearest passage, at '
expect 0 find talk.txt --match 1 --match 4 --match 9 --json
check 'of several numbers any' test "$(grep -o '"n": [0-9]*' <<<"$out" | tr -d '\n')" = '"n": 1"n": 4'
expect 0 find talk.txt --from 20:00 --from 5 --until 6 --until 14 --each --json
check 'of several times any' test "$(grep -o '"n": [0-9]*' <<<"$out" | tr -d '\n')" = '"n": 1"n": 2'
expect 3 find talk.txt --phrase water --match 9
err_has 'there is no quote 9, only 2'
expect 3 find talk.txt --phrase 'nothing like this' -o none.txt
check 'no file is made' test ! -e none.txt
expect 2 find talk.txt --regex 'a(b'
expect 2 find talk.txt --phrase '...'
expect 2 find talk.txt --from 10 --until 5
err_has '--from'
expect 2 find talk.txt --from 1:75
err_has '--from'
expect 2 find talk.txt --fuzzy 200
err_has '0 to 100'
expect 2 find talk.txt --match 0
expect 2 find talk.txt --match 1x
expect 2 find talk.txt --expand word
err_has 'none, sentence or turn'
expect 2 find talk.txt --phrse bridges
err_has 'did you mean --phrase'
expect 2 find talk.txt --phrase ''
expect 2 find
err_has 'needs SOURCE'
printf '1\n00:00:01,000 --> 00:00:02,000\nwipe \033[2Jit \302\233and \342\200\256turn\n' >steering.srt
expect 0 find steering.srt
out_has '[wipe ?[2Jit ?and turn]'
finish
