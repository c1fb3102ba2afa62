# find on a list of queries whose answers are known: parts of numbers, house styles, signs, scripts without blanks, changes of
# speaker, near words, sounds.
. "$(dirname "$0")/lib.sh"

cp "$source_dir"/fixtures/find/talk.txt "$source_dir"/fixtures/find/queries.tsv .
check 'every query has its answer' python3 - "$soundbite" <<'PYTHON'
import csv, json, subprocess, sys

n, wrong = 0, 0
for row in csv.DictReader(open("queries.tsv", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
    text = ["--" + row["how"] + "=" + row["query"]] if row["how"] else [row["query"]]
    run = subprocess.run([sys.argv[1], "find", "talk.txt", *text, "--json"], capture_output=True, encoding="utf-8")
    found = " | ".join(json.loads(line)["text"] for line in run.stdout.splitlines()) or "-"
    n += 1
    if found != row["expected"] or run.returncode != (3 if found == "-" else 0):
        wrong += 1
        print(row, "gives", found, run.returncode, run.stderr, file=sys.stderr)
print(n - wrong, "of", n, "queries have their answer")
sys.exit(wrong > 0 or n < 60)
PYTHON

expect 0 find talk.txt 'lantern with the room' --json
out_has '"match": "near"'
expect 0 find talk.txt 'in the lantern room'
out_has '[in the lantern room,]'
out_lacks '('
expect 0 find talk.txt 'swallows in the lantern' --json
out_has '"speaker": "Nora Quist, Pavel Orlo", "speakers": ["Nora Quist", "Pavel Orlo"]'
expect 0 find talk.txt --phrase forty
out_has '(part of the number "forty-two")'
expect 0 find talk.txt --near 'lamps valve' --json
out_has '"match": "near"'
out_has 'in another order, \"lamp\" for \"lamps\", \"valves\" for \"valve\"'
expect 0 find talk.txt --phrase lamp --near 'valves lamp'
check 'both must hold' test "$(wc -l <<<"$out")" = 1
expect 0 find talk.txt --sounds-like 'fern neutron' --speaker orlo
out_has '[fair new turn]'
out_has '(sounds like it: F EH R N UW T AH R N'
expect 3 find talk.txt --sounds-like 'fern neutron' --speaker quist
err_has 'said by Pavel Orlo; choose that speaker'
expect 3 find talk.txt --phrase 'fern neutron'
err_has 'is "fair new turn", which sounds like it; find it with --sounds-like'
expect 3 find talk.txt --phrase 'lamp valves'
err_has 'which has the words near each other; find it with --near'
expect 3 find talk.txt --phrase 'swallows in the lantern room' --speaker quist
expect 0 find talk.txt --near lamp
check 'the better match comes first' test "$(head -1 <<<"$out" | grep -c '\[lamp')" = 1
printf '[00:00:00] Ann: One point four tonnes, thirty-one years, 12 400 people and 5kg at 7.30pm.\n' >parts.txt
expect 0 find parts.txt --phrase 'one point'
out_has '[One point] four tonnes'
check 'nothing else has both words' test "$(wc -l <<<"$out")" = 1
expect 0 find parts.txt --phrase '12,400 people'
expect 0 find parts.txt --phrase 'five kilograms'
expect 0 find parts.txt --phrase '7:30 p.m.'
expect 3 find parts.txt --phrase '6kg'
expect 2 find talk.txt --near '...'
expect 2 find talk.txt lamp valve
err_has "find takes no argument 'valve'"
finish
