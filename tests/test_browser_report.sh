# The report page in a real browser: Chromium, driven from tests/browser.
. "$(dirname "$0")/lib.sh"
needs node python3
episode=$source_dir/build/episodes/conversation
modules=$source_dir/build/browser/node_modules
chromium=$(command -v chromium || command -v chromium-browser) || { echo 'skipped: chromium is not installed'; exit 77; }
[[ -e $modules/playwright-core && -e $modules/axe-core ]] || { echo 'skipped: scripts/install test has not been run'; exit 77; }
[[ -e $episode/.made ]] || { echo 'skipped: scripts/make-episodes has not been run'; exit 77; }

cp "$episode"/conversation.{mp3,txt} .
expect 0 align conversation.mp3 conversation.txt --method energy -q -o fits.json

# breaks.json: 30 s were inserted at 2:30 after the transcript was written. removed.json: 20 s were cut out at
# 3:20. hostile.json: names and words with markup.
python3 - <<'PYTHON'
import json
a = json.load(open("fits.json"))
at, gap = 150, 30
for turn in a["turns"]:
    if turn["start"] and turn["start"] > at + gap and turn["stamp"] is not None:
        turn["stamp"] -= gap
        turn["confidence"] = 0.9
a["turns"] = [t for t in a["turns"] if not t["start"] or not at - 5 < t["start"] < at + gap]
a["time_map"] = [{"from": 0, "until": at, "offset": 0, "rate_ppm": 0}, {"from": at, "until": None, "offset": gap, "rate_ppm": 0}]
a["breaks"] = [{"at": at, "audio_from": at, "audio_until": at + gap, "gap": gap, "kind": "inserted", "confidence": 0.9}]
a["unmatched_speech"] = [[at, at + gap]]
a["turns"][3]["words"][1].update(status="not_heard", start=None, end=None, confidence=0)
json.dump(a, open("breaks.json", "w"))

a = json.load(open("fits.json"))
at, gap = 200, -20
for turn in a["turns"]:
    if turn["start"] and turn["start"] > at and turn["stamp"] is not None:
        turn["stamp"] -= gap
a["time_map"] = [{"from": 0, "until": at, "offset": 0, "rate_ppm": 0}, {"from": at, "until": None, "offset": gap, "rate_ppm": 0}]
a["breaks"] = [{"at": at, "audio_from": at, "audio_until": at, "gap": gap, "kind": "removed", "confidence": 0.9}]
json.dump(a, open("removed.json", "w"))

a = json.load(open("fits.json"))
a["transcript"]["title"] = "</title><script>obeyed=1</script>"
for turn in a["turns"]:
    turn["speaker"] = "<img src=x onerror=obeyed=1>\u202e"
a["turns"][0]["words"][0]["text"] = "</script><script>obeyed=1</script>"
a["turns"][0]["words"][1]["text"] = "\u202eturned"
json.dump(a, open("hostile.json", "w"))
PYTHON

expect 0 drift conversation.mp3 fits.json --html fits.html
expect 4 drift conversation.mp3 breaks.json --html breaks.html
expect 4 drift conversation.mp3 removed.json --html removed.html
expect 0 drift conversation.mp3 hostile.json --html hostile.html
mkdir alone
cp fits.html alone/

checks=$((checks + 1))
NODE_PATH=$modules node "$source_dir/tests/browser/report_page.cjs" "$chromium" "$folder" >browser.log 2>&1 || fail 'the page in Chromium'
cat browser.log
finish
