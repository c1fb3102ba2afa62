# Real speech in several languages: times are never worse than the timestamps, a right pair is never refused, a wrong one
# is never ok.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs python3
field=$source_dir/build/field
[ -e "$field/.made" ] || { echo 'skipped: scripts/make-field has not been run'; exit 77; }

# near_truth ALIGNMENT SET STAMPS: no turn is more than 2 s from the truth, or half a second farther from it than its timestamp
# (whole: whole seconds; exact; late: only the first limit applies), and turns are in order.
near_truth() {
    python3 - "$1" "$field/$2/turns.tsv" "$3" <<'END'
import json, sys
found = json.load(open(sys.argv[1]))["turns"]
true = [float(line.split("\t")[0]) for line in open(sys.argv[2], encoding="utf-8")]
assert len(found) == len(true), (len(found), len(true))
for turn, start in zip(found, true):
    assert turn["start"] is not None, (start, turn["text"])
    error = abs(turn["start"] - start)
    assert error <= 2, (start, turn["start"], turn["text"])
    # In its stamp's second; labels of turns that overlap are loose. How many are worse than their stamp, the bench counts.
    most = {"whole": 1.2, "exact": 0.6, "late": 2}[sys.argv[3]]
    assert error <= most, (start, turn["start"], turn["text"])
for before, after, first, then in zip(found, found[1:], true, true[1:]):
    assert first >= then or after["start"] >= before["start"] - 1, (before["text"], after["text"])
END
}

# no_yes TEXT_SET SOUND_SET: the transcript of one set with the audio of another is never ok.
no_yes() {
    run drift "$field/$2"/audio.* "$field/$1/transcript.txt" --no-cache -q --json
    checks=$((checks + 1))
    case $out in
    *'"verdict": "mismatch"'* | *'"verdict": "unsure"'*) ;;
    *) fail "the transcript of $1 on the sound of $2 is called $(cut -c1-30 <<<"$out")" ;;
    esac
}

# The same by pauses alone, with exact times: 13 timestamps may fit the pauses of other audio by chance.
no_yes_by_pauses() {
    expect 0 align "$field/$2"/audio.* "$field/$1/transcript.srt" --method energy --no-cache -q -f -o foreign.json
    check "the captions of $1 on the sound of $2, by pauses: unsure" grep -q '"pairing": "unsure"' foreign.json
}

# no_no SET: the transcript of a set with its own audio is never refused. The alignment is in the cache.
no_no() {
    run drift "$field/$1"/audio.* "$field/$1/transcript.txt" -q --json
    checks=$((checks + 1))
    [[ $out == '{"verdict": '* && $out != *'"verdict": "mismatch"'* ]] || fail "the transcript of $1 on its own sound is refused"
}

aligned() {
    local set=$1 text=$2 stamps=$3
    shift 3
    rm -f "$set.json"
    expect 0 align "$field/$set"/audio.* "$field/$set/$text" -q -o "$set.json" "$@"
    [[ $code != 0 ]] || check "$set, $text $*: near the truth" near_truth "$set.json" "$set" "$stamps"
}

for set in librivox-en telephone-en phrases-es sentences-da; do
    aligned "$set" transcript.txt whole
    no_no "$set"
    aligned "$set" transcript.txt whole --method energy
    aligned "$set" transcript.srt exact
done
aligned sentences-ca transcript+37.txt late
aligned librivox-en transcript+37.txt late

# said_twice SET: the recording twice, with exact captions of the second time only. The timestamps decide between the two.
said_twice() {
    sox "$field/$1"/audio.* "$field/$1"/audio.* twice.wav
    python3 - "$field/$1" "$(soxi -D "$field/$1"/audio.*)" >twice.srt <<'END'
import re, sys
later = round(1000 * float(sys.argv[2]))
def moved(stamp):
    hours, minutes, seconds, ms = map(int, stamp.groups())
    ms += 1000 * (60 * (60 * hours + minutes) + seconds) + later
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
print(re.sub(r"(\d+):(\d\d):(\d\d),(\d{3})", moved, open(f"{sys.argv[1]}/transcript.srt", encoding="utf-8").read()), end="")
END
    expect 0 align twice.wav twice.srt --no-cache -q -o twice.json
    check "$1 said twice: where the stamps say" python3 - "$field/$1/turns.tsv" "$(soxi -D "$field/$1"/audio.*)" <<'END'
import json, sys
later = float(sys.argv[2])
for turn, line in zip(json.load(open("twice.json"))["turns"], open(sys.argv[1], encoding="utf-8")):
    assert abs(turn["start"] - later - float(line.split("\t")[0])) <= 0.6, (turn["start"], later, line)
END
}
said_twice librivox-en
no_yes telephone-en librivox-en
no_yes radio-fr sentences-ca
no_yes librivox-en phrases-es
no_yes_by_pauses phrases-el prompts-es
finish
