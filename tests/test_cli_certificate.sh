# Certificates of good clips and of clips cut wrong on purpose; --strict; batches.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
make_episode
align_episode episode.json

# spoil WORD EDGE SECONDS OUT: an alignment with a wrong edge of the word, and without a speech list to correct it.
spoil() {
    python3 - "$@" <<'PYTHON'
import json, sys
word, edge, seconds, out = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]
alignment = json.load(open("episode.json"))
alignment["speech"] = []
for turn in alignment["turns"]:
    for item in turn["words"]:
        if item["text"] == word:
            item[edge] += seconds
    turn["start"], turn["end"] = turn["words"][0]["start"], turn["words"][-1]["end"]
json.dump(alignment, open(out, "w"))
PYTHON
}

# ended TEXT CONFIDENCE OUT: an alignment in which the word "bridges" is written as TEXT, and it and the next word have this confidence.
ended() {
    python3 - "$@" <<'PYTHON'
import json, sys
text, confidence, out = sys.argv[1], float(sys.argv[2]), sys.argv[3]
alignment = json.load(open("episode.json"))
for turn in alignment["turns"]:
    turn["text"] = turn["text"].replace("bridges", text)
    for item, following in zip(turn["words"], turn["words"][1:]):
        if item["text"] == "bridges":
            item["text"], item["confidence"], following["confidence"] = text, confidence, confidence
json.dump(alignment, open(out, "w"))
PYTHON
}

# certificate FILE CONDITION: the condition must hold for the certificate in the only line of a manifest.
certificate() {
    python3 - "$@" <<'PYTHON'
import json, sys
line, = map(json.loads, open(sys.argv[1]))
certificate, warnings = line["certificate"], " ".join(line["warnings"])
assert eval(sys.argv[2]), line
PYTHON
}

expect 0 clip episode.wav episode.json --phrase 'I have built bridges for twenty years' -o good.mp3 --manifest good.jsonl
check 'a good clip passes' certificate good.jsonl 'certificate["passed"] and certificate["failed"] == [] and "certificate" not in warnings'
check 'its levels are those of the file' certificate good.jsonl \
    'certificate["loudness_lufs"] is not None and certificate["true_peak_db"] < -0.9'
check 'its edges are in the pauses' certificate good.jsonl 'certificate["start_edge_db"] < 20 and certificate["end_edge_db"] < 20'
for format in wav flac m4a opus; do
    expect 0 clip episode.wav episode.json --phrase 'I have built bridges for twenty years' -o "good.$format" --manifest "$format.jsonl"
    check "so it does as $format" certificate "$format.jsonl" 'certificate["passed"]'
done
expect 0 clip episode.wav episode.json --phrase 'I have built bridges for twenty years' -o good.flac --channels 2 --rate 48000 -f --json
cp .out shape.jsonl
check 'and with another rate and more channels' certificate shape.jsonl 'certificate["passed"]'

expect 0 clip episode.wav episode.json --phrase 'twenty years' -o none.wav --no-certificate --json
out_has '"certificate": null'
expect 2 clip episode.wav episode.json --phrase 'twenty years' -o none.wav --no-certificate --strict -f
err_has 'strict needs a certificate; leave out one of the two (--strict, --no-certificate)'
expect 0 clip episode.wav episode.json --phrase 'twenty years' -o dry.wav --dry-run --json
out_has '"certificate": null'

method=$(python3 -c 'import json; print(json.loads(open("good.jsonl").readline())["certificate"]["method"])')
if [[ $method == acoustic ]]; then
    check 'its words were heard' certificate good.jsonl \
        'certificate["first_word_whole"] is True and certificate["last_word_whole"] is True and certificate["words_heard"] == 7'

    expect 0 clip episode.wav episode.json --phrase 'built bridges for' -o middle.wav --manifest middle.jsonl
    check 'edges in running speech that it confirms are no reason for a warning' certificate middle.jsonl \
        'not certificate["passed"] or not ("pause" in warnings or "running speech" in warnings or "not certain" in warnings)'

    ended bridges 0.6 inside.json
    expect 0 clip episode.wav inside.json --phrase 'built bridges' -o inside.wav --manifest inside.jsonl
    check 'also if its words are not certain' certificate inside.jsonl 'certificate["passed"] and "after the last word" not in warnings'
    ended bridges. 0.6 ended.json
    expect 0 clip episode.wav ended.json --phrase 'built bridges' -o ended.wav --manifest ended.jsonl
    check 'but a sentence that ends without a pause, at words that are not certain, is one' certificate ended.jsonl \
        'certificate["passed"] and "there is no pause after the last word" in warnings'
    ended bridges. 0.9 sure.json
    expect 0 clip episode.wav sure.json --phrase 'built bridges' -o sure.wav --manifest sure.jsonl
    check 'and none at certain words' certificate sure.jsonl 'certificate["passed"] and "after the last word" not in warnings'

    spoil I start 0.06 late.json
    expect 0 clip episode.wav late.json --phrase 'I have built bridges for twenty years' -o late.wav --lead 0 --manifest late.jsonl
    err_has 'certificate: first-word'
    check 'a start that is late' certificate late.jsonl \
        'not certificate["passed"] and certificate["failed"] == ["first-word"] and 0.03 < certificate["lost_at_start"] < 0.1'
    spoil years. end -0.12 early.json
    expect 0 clip episode.wav early.json --phrase 'I have built bridges for twenty years' -o early.mp3 --tail 0 --manifest early.jsonl
    check 'an end that is early' certificate early.jsonl 'certificate["failed"] == ["last-word"] and not certificate["last_word_whole"]'
    spoil bridges start -0.08 before.json
    expect 0 clip episode.wav before.json --phrase 'bridges for twenty years' -o before.wav --lead 0 --manifest before.jsonl
    check 'a start within the word before' certificate before.jsonl 'certificate["failed"] == ["neighbour-before"]'
    spoil built end 0.08 after.json
    expect 0 clip episode.wav after.json --phrase 'I have built' -o after.wav --tail 0 --manifest after.csv
    check 'an end within the word after, in a table' grep -q ',neighbour-after,acoustic,yes,yes,3,3,' after.csv

    sed 's/"I"/"Elephants"/; s/"have"/"trumpeting"/; s/"built"/"everywhere"/; s/"bridges"/"underneath"/; s/"for"/"waterfalls"/' episode.json \
        >other.json
    expect 0 clip episode.wav other.json --phrase 'elephants trumpeting everywhere underneath waterfalls' -o other.wav --manifest other.jsonl
    check 'words that were never said' certificate other.jsonl '"words" in certificate["failed"]'

    python3 - <<'PYTHON'
import json
alignment = json.load(open("episode.json"))
for turn in alignment["turns"]:
    for word in turn["words"]:
        if word["text"] in ("built", "bridges", "for"):
            word.update(status="not_heard", start=None, end=None)
json.dump(alignment, open("denied.json", "w"))
alignment = json.load(open("episode.json"))
for name, kept in (("unproven", None), ("proven", "bridges")):
    for turn in alignment["turns"]:
        for word in turn["words"]:
            word["status"] = "aligned" if word["text"] == kept else "estimated"
    json.dump(alignment, open(name + ".json", "w"))
PYTHON
    expect 0 clip episode.wav denied.json --phrase 'I have built bridges for twenty years' -o denied.wav --manifest denied.jsonl
    check 'words that the alignment denies' certificate denied.jsonl \
        '"words" in certificate["failed"] and certificate["words_heard"] == 4'
    expect 0 clip episode.wav unproven.json --phrase 'I have built bridges for twenty years' -o unproven.wav --manifest unproven.jsonl
    check 'no word counts in a long turn without a proven word' certificate unproven.jsonl \
        '"words" in certificate["failed"] and certificate["words_heard"] == 0'
    expect 0 clip episode.wav proven.json --phrase 'I have built bridges for twenty years' -o proven.wav --manifest proven.jsonl
    check 'one word proves that it is the right turn' certificate proven.jsonl 'certificate["passed"] and certificate["words_heard"] == 7'

    expect 1 clip episode.wav late.json --phrase 'I have built bridges for twenty years' -o 'strict/late.wav' --lead 0 --strict
    err_has 'strict/late.wav: is not written because its certificate failed: first-word'
    check 'nothing of it is left' test -z "$(ls -A strict)"
    cp good.mp3 kept.mp3
    expect 1 clip episode.wav late.json --phrase 'I have built bridges for twenty years' -o kept.mp3 --lead 0 --strict -f
    check 'nor is what was there before gone' cmp -s good.mp3 kept.mp3
    expect 0 clip episode.wav episode.json --phrase 'I have built bridges for twenty years' -o strict/good.wav --strict

    expect 1 clip episode.wav late.json --phrase 'I have built bridges for twenty years' --phrase 'welcome' \
        -o 'joined/{n}.wav' --lead 0 --strict --join joined/all.wav --captions srt --manifest joined.jsonl
    err_has 'of 2 could not be cut and is missing'
    check 'what is refused is not in the montage' python3 - <<'PYTHON'
import json, os
*clips, whole = map(json.loads, open("joined.jsonl"))
assert whole["file"] == "joined/all.wav" and len(clips) == 1, (clips, whole)
assert [join["text"] for join in whole["joins"]] == [clips[0]["text"]] and whole["text"] == clips[0]["text"], whole
assert "bridges" not in open("joined/all.srt").read()
PYTHON
    expect 1 clip episode.wav late.json --phrase 'I have built bridges for twenty years' -o 'none/{n}.wav' --lead 0 --strict --join none/all.wav
    err_has 'nothing to join'
    check 'where all are refused there is no montage' test -z "$(ls -A none)"

    cat >list.csv <<'CSV'
audio,transcript,phrase,id,lead,strict
episode.wav,late.json,I have built bridges for twenty years,late,0,
episode.wav,late.json,I have built bridges for twenty years,refused,0,yes
episode.wav,episode.json,I have built bridges for twenty years,good,,true
CSV
    expect 1 batch list.csv -o out
    err_has 'list.csv:3: '
    err_has 'first-word'
    check 'two of three' test -f out/late.mp3 -a -f out/good.mp3 -a ! -e out/refused.mp3
    cp out/manifest.jsonl out/manifest.csv .
    expect 1 batch list.csv -o out --resume
    check 'what is taken up again has its certificates' cmp -s manifest.jsonl out/manifest.jsonl
    check 'and in the table' cmp -s manifest.csv out/manifest.csv
    expect 1 batch list.csv -o out --resume --strict
    err_has 'list.csv:2: '
    sed 's/yes/maybe/' list.csv >bad.csv
    expect 1 batch bad.csv -o bad
    err_has 'strict must be yes or no'
fi

sed 's/"I"/"Ik"/; s/"have"/"heb"/; s/"built"/"twintigvoudig"/; s/"bridges"/"bruggen"/; s/"for"/"gebouwdt"/; s/"twenty"/"voortdurend"/' episode.json \
    >foreign.json
expect 0 clip episode.wav foreign.json --phrase 'ik heb twintigvoudig bruggen gebouwdt voortdurend' -o foreign.wav --manifest foreign.jsonl
check 'words that the model cannot know are left to energy' certificate foreign.jsonl \
    'certificate["method"] == "energy" and certificate["first_word_whole"] is None and certificate["words_heard"] is None'
finish
