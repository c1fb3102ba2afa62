# export and info on a transcript alone.
. "$(dirname "$0")/lib.sh"

make_talk

expect 0 export talk.txt --to text
printf '%s\n' "$out" | cmp -s - talk.txt || fail 'text is the transcript itself'
expect 0 export talk.txt -o talk.srt
check 'captions by extension' grep -q -- '-->' talk.srt
expect 0 export talk.txt --to json -o talk.json
expect 0 find talk.json --phrase water
out_has '[water.]'
expect 2 export talk.txt
err_has '--to'
expect 2 export talk.txt --to stl
expect 2 export talk.txt --to jsn
err_has "did you mean 'json'"

expect 0 info talk.txt
out_has 'turns-bracket'
out_has 'Bob Stone: 2 turns'
expect 0 info talk.json --json
python3 - <<PYTHON || fail 'info about an alignment'
import json
row = json.loads('''$out''')
assert row["kind"] == "alignment" and row["turns"] == 4, row
assert [s["name"] for s in row["speakers"]] == ["Ann Lee", "Bob Stone"]
PYTHON
expect 0 info - --json <talk.txt
out_has '"kind": "transcript"'
finish
