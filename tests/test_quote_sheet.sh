# A journalist's sheet: quotes that are true, misquoted, invented, misattributed, misleading or not in the audio.
# All are judged right, except those marked as missed, which the benchmark counts as wrong.
. "$(dirname "$0")/lib.sh"
needs python3
needs_acoustic
episode=$source_dir/build/episodes/conversation
field=$source_dir/build/field/telephone-en
[[ -e $episode/.made ]] || { echo 'skipped: scripts/make-episodes has not been run'; exit 77; }

# judged SHEET AUDIO TRANSCRIPT
judged() {
    expect 3 verify "$2" "$3" --quote-file "$1" --json
    checks=$((checks + 1))
    python3 - "$1" .out <<'PYTHON' || fail "all quotes of $1 are judged right"
import csv, json, sys
sheet = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
rows = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert len(sheet) == len(rows)
wrong = [(s["id"], s["verdict"], r["verdict"], r["grade"]) for s, r in zip(sheet, rows)
         if not s.get("missed") and (r["verdict"] != s["verdict"] or (s["grade"] and r["grade"] != s["grade"]))]
assert not wrong, wrong
PYTHON
}

judged "$source_dir/fixtures/quotes/sheet.csv" "$episode/conversation.mp3" "$episode/conversation.txt"
check 'at least sixty quotes' test "$(wc -l <.out)" -ge 60

# The same quotes against the transcript alone: nothing is heard, but the wording is judged.
expect 3 verify "$episode/conversation.txt" --quote-file "$source_dir/fixtures/quotes/sheet.csv" --json
check 'the transcript alone was checked' test "$(grep -c '"checked": "transcript"' .out)" = "$(wc -l <.out)"

if [[ -e $field/audio.flac ]]; then
    judged "$source_dir/fixtures/quotes/telephone.csv" "$field/audio.flac" "$field/transcript.txt"
else
    skip 'scripts/make-field has not been run'
fi
finish
