# The page of clips in a real browser: Chromium, driven from tests/browser.
. "$(dirname "$0")/lib.sh"
needs node python3 espeak-ng sox
modules=$source_dir/build/browser/node_modules
chromium=$(command -v chromium || command -v chromium-browser) || { echo 'skipped: chromium is not installed'; exit 77; }
[[ -e $modules/playwright-core && -e $modules/axe-core ]] || { echo 'skipped: scripts/install test has not been run'; exit 77; }

make_episode
align_episode episode.json energy
python3 - <<'PYTHON'
import json
a = json.load(open("episode.json"))
for turn in a["turns"]:
    turn["speaker"] = "<img src=x onerror=obeyed=1>\u202e"
a["turns"][0]["words"][0]["text"] = "</blockquote><script>obeyed=1</script>"
json.dump(a, open("hostile.json", "w"))
rows = [{"id": f"{turn['speaker']} {i}", "audio": "episode.wav", "transcript": "episode.json", "phrase": turn["text"], "match": 1}
        for i, turn in enumerate(json.load(open("episode.json"))["turns"])]
rows.append({"id": "lost", "audio": "missing.wav", "transcript": "episode.json", "phrase": "water"})
open("list.jsonl", "w").write("".join(json.dumps(row) + "\n" for row in rows))
json.dump({"id": "a #1? 100%25 & \"b\":c", "audio": "episode.wav", "transcript": "hostile.json", "speaker": "*"}, open("hostile.jsonl", "w"))
PYTHON
expect 1 batch list.jsonl -o 'the clips' --index index.html -q
expect 0 batch hostile.jsonl -o hostile --index hostile/hostile.html -q
check 'the file name is hard to link to' test -e 'hostile/a #1_ 100%25 & _b__c.mp3'

checks=$((checks + 1))
NODE_PATH=$modules node "$source_dir/tests/browser/clip_page.cjs" "$chromium" "$folder" >browser.log 2>&1 || fail 'the page in Chromium'
cat browser.log
finish
