# The three verdicts on whether transcript and audio belong together, and their options: --allow-mismatch,
# --strict, --force (which only overwrites files), --language and --acoustic-model.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
needs_acoustic
make_episode
align_episode ok.json
python3 - <<'PYTHON'
import json
for pairing, note in (("unsure", "Only nine words could be listened for."), ("mismatch", "English was heard, and nothing of the text.")):
    a = json.load(open("ok.json"))
    a["pairing"], a["pairing_note"] = pairing, note
    json.dump(a, open(pairing + ".json", "w"))
PYTHON
printf 'audio,transcript,phrase,strict\nepisode.wav,unsure.json,water,\nepisode.wav,unsure.json,twenty years,yes\n' >unsure.csv
printf 'audio,transcript,phrase\nepisode.wav,mismatch.json,water\nepisode.wav,ok.json,water\n' >mismatch.csv

# Unsure: the result is written, with a warning that has the file, the reason and what to do.
warning='soundbite: unsure.json: warning: may not belong to the audio: Only nine words could be listened for; '
expect 0 clip episode.wav unsure.json --phrase 'twenty years' -o clip.wav
err_has "$warning"
check 'the clip is made' test -s clip.wav
expect 0 clip episode.wav unsure.json --phrase 'twenty years' -o manifest.wav --json -q
out_has '"passed": false'
out_has '"failed": ["pairing"]'
out_lacks 'may not belong'
expect 0 clip episode.wav unsure.json --phrase 'twenty years' -o unchecked.wav --json -q --no-certificate
out_has '"the transcript may not belong to the audio; listen to the clip"'
check 'it is said once' test "$(grep -o 'may not belong' .out | wc -l)" = 1
expect 0 clip episode.wav unsure.json --phrase 'twenty years' -o page.wav --index index.html
check 'the page has the failed check' grep -q '<dt>Failed checks</dt><dd>pairing</dd>' index.html
expect 0 clip episode.wav unsure.json --phrase 'twenty years' -o quiet.wav -q
check 'quiet' test -z "$err"
expect 0 drift episode.wav unsure.json --html unsure.html --fixed unsure.txt
err_has "$warning"
out_has 'UNSURE        Only nine words could be listened for.'
out_has 'Times'
check 'the page says so' grep -q 'data-verdict="unsure"' unsure.html
check 'the transcript is written' test -s unsure.txt
expect 0 drift episode.wav unsure.json --json
out_has '"verdict": "unsure"'
out_has '"reason": "Only nine words could be listened for."'
expect 0 verify episode.wav unsure.json --quote 'water never sleeps'
err_has "$warning"
err_has 'warning: the audio does not confirm every word of 1 quote'
out_has 'UNSURE    "water never sleeps"'
out_has 'the transcript may not belong to the audio'
expect 0 verify episode.wav unsure.json --quote 'water never sleeps' --json
out_has '"verdict": "unsure"'
out_has '"heard": null'
expect 3 verify episode.wav unsure.json --quote 'we flew a kite over the castle'
expect 1 verify episode.wav unsure.json --quote 'water never sleeps' --exact

# With --strict nothing is written.
error='soundbite: unsure.json: may not belong to the audio: Only nine words could be listened for; '
for command in 'clip episode.wav unsure.json --phrase water -o strict.wav' 'drift episode.wav unsure.json -o strict.txt' \
    'drift episode.wav unsure.json --html strict.html --fixed strict.srt' \
    'verify episode.wav unsure.json --quote water -o strict.txt'; do
    expect 1 $command --strict
    err_has "$error"
    err_lacks 'warning'
    check 'nothing is printed' test -z "$out"
done
check 'nothing is written' test -z "$(find . -name 'strict*')"
expect 0 drift episode.wav ok.json --strict
expect 1 batch unsure.csv -o rows
err_has "$warning"
err_has "unsure.csv:3: unsure.json: may not belong to the audio"
check 'the row that is not strict is cut' test -s rows/manifest.jsonl
check 'the other is not' test "$(grep -c twenty rows/manifest.jsonl)" = 0
expect 1 batch unsure.csv -o strict --strict
check 'with --strict none is' test "$(find strict -name '*.mp3' 2>/dev/null | wc -l)" = 0

# A mismatch is refused everywhere, also with --force.
for command in 'clip episode.wav mismatch.json --phrase water -o no.wav' 'verify episode.wav mismatch.json --quote water'; do
    expect 1 $command
    err_has 'mismatch.json: does not belong to the audio: English was heard, and nothing of the text; '
    err_has '--allow-mismatch'
    expect 1 $command --force
    check 'nothing is printed' test -z "$out"
done
check 'nothing is cut' test ! -e no.wav
expect 0 clip episode.wav mismatch.json --phrase water -o yes.wav --limit 1 --allow-mismatch
err_has 'warning: does not belong to the audio: English was heard'
expect 3 verify episode.wav mismatch.json --quote 'water never sleeps' --allow-mismatch
out_has 'NOT HEARD "water never sleeps"'
err_has '1 quote: 1 not heard'
expect 1 batch mismatch.csv -o partly
err_has 'mismatch.csv:2: mismatch.json: does not belong to the audio'
check 'the other row is cut' test -s partly/manifest.jsonl
expect 0 batch mismatch.csv -o all --allow-mismatch
expect 4 drift episode.wav mismatch.json --fixed fixed.txt
out_has 'MISMATCH      English was heard, and nothing of the text.'
err_lacks 'warning: does not belong'
err_has 'was not written'
check 'no stamps are corrected' test ! -e fixed.txt
expect 4 drift episode.wav mismatch.json --fixed fixed.txt --allow-mismatch
check 'unless that is wanted' test -s fixed.txt
expect 1 drift episode.wav missing.txt --allow-mismatch
sox -D episode.wav other.wav trim 0 9
expect 4 drift other.wav ok.json
expect 4 drift other.wav ok.json --force
err_has 'allow-mismatch'
expect 4 drift other.wav unsure.json
run drift other.wav ok.json --allow-mismatch
out_has 'Times'

# Many episodes at once.
printf 'id,audio,transcript\nu,episode.wav,unsure.json\nm,episode.wav,mismatch.json\no,episode.wav,ok.json\n' >list.csv
expect 4 drift --list list.csv
check 'the worst first' test "$(awk '{print $1}' .out | tr '\n' ' ')" = 'MISMATCH UNSURE OK '
err_has '3 episodes: 1 wrong, 1 unsure, 0 failed'
sed -i '/mismatch/d' list.csv
expect 0 drift --list list.csv
expect 1 drift --list list.csv --strict --json
err_has 'list.csv:2: unsure.json: may not belong to the audio'
check 'it is the row that fails' python3 -c '
import json
rows = [json.loads(line) for line in open(".out")]
assert [(r["id"], r["verdict"], bool(r["error"])) for r in rows] == [("u", "unsure", True), ("o", "ok", False)], rows'

# A transcript of another recording is refused without --allow-mismatch, also if it is in the cache.
lines=('Quarterly invoices bore the auditors of marble penguins.' 'Seventeen purple umbrellas were auctioned on a Thursday.'
    'Nobody remembers the recipe for gravel soup any more.' 'My cousin repairs violins with chewing gum and hope.')
for i in 0 1 2 3 0 1 2 3; do
    printf 'Zoe Q [00:00:%02d]:\n%s\n' "$((2 * (n = ${n:-0} + 1)))" "${lines[$i]}"
done >foreign.txt
run align episode.wav foreign.txt -o foreign.json
if [[ $code == 1 ]]; then
    err_has 'foreign.txt: does not seem to belong to this audio'
    err_has ', or continue with --allow-mismatch'
    check 'nothing is written' test ! -e foreign.json
    expect 1 align episode.wav foreign.txt -o foreign.json --force
    expect 0 align episode.wav foreign.txt -o foreign.json --allow-mismatch
    err_has 'warning: does not belong to the audio'
    check 'the alignment says so' grep -q '"pairing": "mismatch"' foreign.json
    expect 1 clip episode.wav foreign.txt --phrase penguins -o penguins.wav
    expect 4 drift episode.wav foreign.txt -v
    err_has 'taken from the cache'
    expect 1 verify episode.wav foreign.txt --quote 'gravel soup'
    err_lacks 'taken from the cache'
    expect 3 verify episode.wav foreign.txt --quote 'gravel soup' --allow-mismatch -v
    err_has 'taken from the cache'
fi

# A verdict from the cache counts like a new one.
entry() {
    sed -i "s/^\"pairing\": \"[a-z]*\"/\"pairing\": \"$1\"/" "$XDG_CACHE_HOME"/soundbite/alignments/*
}
rm -rf "$XDG_CACHE_HOME"
expect 0 drift episode.wav episode.txt -q
entry unsure
expect 0 clip episode.wav episode.txt --phrase 'twenty years' -o cached.wav -v
err_has 'taken from the cache'
err_has 'episode.txt: warning: may not belong to the audio: there is too little evidence in the audio; '
expect 1 align episode.wav unsure.json --strict -o strict.json
expect 1 verify episode.wav episode.txt --quote water --strict
err_has 'episode.txt: may not belong to the audio'
entry mismatch
expect 0 verify episode.wav episode.txt --quote water -v
err_lacks 'taken from the cache'
entry mismatch
expect 3 verify episode.wav episode.txt --quote water -v --allow-mismatch
err_has 'taken from the cache'
rm -rf "$XDG_CACHE_HOME"

# The language and the model are part of the cache key.
taken='taken from the cache'
expect 0 drift episode.wav episode.txt --language en -v
err_lacks "$taken"
expect 0 drift episode.wav episode.txt --language en -v
err_has "$taken"
run drift episode.wav episode.txt --language de -v
err_lacks "$taken"
mkdir model
printf 'one' >model/mdef
run drift episode.wav episode.txt --method energy --acoustic-model model -v
err_lacks "$taken"
run drift episode.wav episode.txt --method energy --acoustic-model model -v
err_has "$taken"
err_has '--acoustic-model had no effect'
printf 'another' >model/mdef
run drift episode.wav episode.txt --method energy --acoustic-model model -v
err_lacks "$taken"

printf 'audio,transcript,language,phrase\nepisode.wav,episode.txt,en,water\nepisode.wav,episode.txt,englisch,water\n' >languages.csv
expect 1 batch languages.csv -o languages -v
err_has "$taken"
err_has "languages.csv:3: language: 'englisch' is not a language code; "
expect 1 drift --list languages.csv -v
err_has "$taken"
err_has "languages.csv:3: language: 'englisch' is not a language code; "
for command in 'align episode.wav episode.txt' 'drift episode.wav episode.txt' 'clip episode.wav ok.json --phrase water -o no.wav' \
    'verify episode.wav ok.json --quote water' 'batch mismatch.csv -o no'; do
    for language in german e en_US en- '' 12 en-toolongtag; do
        expect 2 $command --language "$language"
        err_has '--language'
    done
    expect 2 $command --acoustic-model missing-folder
    err_has '--acoustic-model missing-folder cannot be opened as a folder'
    expect 2 $command --acoustic-model ok.json
    check 'nothing was done' test -z "$out"
done
expect 0 verify episode.wav ok.json --quote water --language pt-BR
err_has '--language had no effect'
for command in align drift clip batch verify; do
    "$soundbite" "$command" --help >.out
    for option in --allow-mismatch --language --acoustic-model --strict; do
        check "$command has $option" grep -qe "$option" .out
    done
done
finish
