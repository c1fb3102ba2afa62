# drift --fixed for every transcript format, and drift --list.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
needs_acoustic
make_episode

python3 - <<'PYTHON'
import re
text = open("episode.txt").read()
moved = lambda m: "[00:00:%02d]" % (int(m[1]) + 4)
open("late.txt", "w").write("A title\r\n\r\n" + re.sub(r"\[00:00:(\d\d)\]", moved, text))
PYTHON
expect 4 drift episode.wav late.txt --fixed fixed.txt
err_lacks 'keeps its time'
expect 0 drift episode.wav fixed.txt --max-drift 0ms
check 'only stamps differ' cmp -s <(sed 's/\[[0-9:]*\]/[]/' late.txt) <(sed 's/\[[0-9:]*\]/[]/' fixed.txt)
check 'the stamps do' test -n "$(diff late.txt fixed.txt)"
expect 5 drift episode.wav late.txt --fixed fixed.txt
expect 4 drift episode.wav late.txt --fixed fixed.txt -f --json
expect 5 drift episode.wav late.txt --fixed late.txt -f
check 'the transcript is untouched' grep -q '00:00:04' late.txt
expect 4 drift episode.wav late.txt --fixed dry.txt -n
out_has 'would write dry.txt'
check 'a dry run writes nothing' test ! -e dry.txt
expect 2 drift episode.wav late.txt --fixed -
err_has 'standard output'
expect 4 drift episode.wav late.txt --fixed - -o page.txt
out_has 'Ann Lee ['
check 'the page is in its own file' grep -q DRIFT page.txt
expect 2 drift --list list.csv --fixed fixed.txt
err_has '--list'
expect 2 drift --list list.csv --html page.html
err_has '--html'
expect 2 drift episode.wav late.txt --fixed both.txt --html both.txt
err_has 'both.txt'
check 'neither is written' test ! -e both.txt

expect 2 drift episode.wav episode.txt --jobs 2
err_has '--list'

# Captions and JSON keep their spelling and resolution, and everything else is unchanged.
expect 0 align episode.wav episode.txt -o episode.json
expect 0 export episode.json --to srt -o good.srt
expect 0 export episode.json --to vtt -o good.vtt
python3 - <<'PYTHON'
import json, re
clock = re.compile(r"(\d\d):(\d\d):(\d\d)([.,]\d{3})")
later = lambda m: "%s:%s:%02d%s" % (m[1], m[2], int(m[3]) + 3, m[4])
for form, head in (("srt", ""), ("vtt", "NOTE made by hand\n\n")):
    text = open("good." + form).read()
    if form == "vtt":
        text = text.replace("WEBVTT\n\n", "WEBVTT\n\n" + head)
    open("late." + form, "w").write(clock.sub(later, text).replace("\n", "\r\n"))
cues = re.findall(r"(\d\d:\d\d:\d\d[.]\d{3}) --> (\d\d:\d\d:\d\d[.]\d{3})\n<v ([^>]*)>(.*(?:\n.+)*)", open("good.vtt").read())
s = lambda t: float(t[6:]) + 3
rows = ['  {"speaker": "%s", "startTime": %.2f,\n   "endTime": %.2f, "body": %s}' % (name, s(a), s(b), json.dumps(body.replace("\n", " ")))
        for a, b, name, body in cues]
open("late.json", "w").write('{"version": "1.0.0", "segments": [\n%s\n]}\n' % ",\n".join(rows))
PYTHON
for form in srt vtt json; do
    expect 4 drift episode.wav "late.$form" --fixed "fixed.$form"
    expect 0 drift episode.wav "fixed.$form" --max-drift 100ms
    check "only times differ in $form" cmp -s <(sed -E 's/[0-9]+//g' "late.$form") <(sed -E 's/[0-9]+//g' "fixed.$form")
    check "the words of $form stay" cmp -s <(grep -io 'water never.*' "late.$form") <(grep -io 'water never.*' "fixed.$form")
done

# Words of another episode, at times of a longer one.
awk '/\[00:/ { sub(/\[00:/, "[05:"); print; next } { print "Quarterly invoices bore the auditors of marble penguins." }' \
    episode.txt >beyond.txt
expect 1 drift episode.wav beyond.txt --fixed beyond-fixed.txt
err_has 'was not written'
check 'nothing is written for another episode' test ! -e beyond-fixed.txt

# The right words belong to this episode, however wrong their times are.
sed 's/\[00:/[05:/' episode.txt >far.txt
expect 4 drift episode.wav far.txt
if grep -q '^"method": "acoustic"' episode.json; then
    out_has 'DRIFT '
    expect 0 drift episode.wav far.txt --max-drift 6:00:00
fi
# The list.
mkdir lists
cp episode.wav episode.txt episode.json late.txt beyond.txt lists
cat >lists/show.csv <<'LIST'
id,audio,transcript,phrase
good,episode.wav,episode.txt,water
late,episode.wav,late.txt,
gone,missing.wav,episode.txt,
good again,episode.wav,episode.txt,bridges
other,episode.wav,beyond.txt,
,episode.wav,episode.json,
bad,,episode.txt,
LIST
expect 1 drift --list lists/show.csv
check 'a line an episode' test "$(wc -l <.out)" = 6
check 'the worst first' test "$(awk '{print $1}' .out | tr '\n' ' ')" = 'FAILED FAILED DRIFT UNSURE OK OK '
out_has 'late: '
err_has 'lists/show.csv:4: lists/missing.wav'
err_has 'lists/show.csv:8: the row has no audio'
err_has '6 episodes: 1 wrong, 1 unsure, 2 failed'
cp .out first
expect 1 drift --list lists/show.csv --jobs 1
check 'the same on one core' cmp -s .out first
expect 1 drift --list lists/show.csv --json -o drift.jsonl
python3 - <<'PYTHON' || fail 'an object a line'
import json
rows = [json.loads(line) for line in open("drift.jsonl")]
assert [r["id"] for r in rows] == ["gone", "bad", "late", "other", "good", None], rows
assert [r["verdict"] for r in rows] == [None, None, "drift", "unsure", "ok", "ok"]
assert all(list(r)[:7] == ["id", "audio", "transcript", "line", "damaged", "error", "verdict"] for r in rows)
assert rows[0]["error"] and rows[0]["line"] == 4 and rows[2]["error"] is None
assert rows[2]["stamps"]["count"] == 5 and len(rows[2]["turns"]) == 5 and rows[2]["max_drift"] == 0.5
PYTHON
expect 4 drift --list - <<<'{"audio": "episode.wav", "transcript": "late.txt"}'
expect 0 drift --list - --max-drift 40s <<<'{"audio": "episode.wav", "transcript": "late.txt"}'
cp lists/show.csv lists/kept.csv
expect 5 drift --list lists/kept.csv -o lists/kept.csv -f
check 'the list is untouched' cmp lists/show.csv lists/kept.csv
expect 2 drift --list lists/show.csv episode.wav
err_has 'is not needed'
expect 2 drift episode.wav
err_has 'TRANSCRIPT'
expect 1 drift --list lists/missing.csv
printf 'audio,transkript\n' >lists/wrong.csv
expect 1 drift --list lists/wrong.csv
err_has "did you mean 'transcript'"
expect 0 drift --list lists/show.csv --help
printf 'not sound' >lists/broken.mp3
printf 'audio,transcript\nbroken.mp3,episode.txt\nepisode.wav,episode.txt\n' >lists/broken.csv
expect 1 drift --list lists/broken.csv
out_has 'OK '

for i in 1 2 3 4; do
    sox -D episode.wav "lists/long$i.wav" repeat 60
    printf '{"audio": "long%d.wav", "transcript": "episode.txt"}\n' "$i"
done >lists/long.jsonl
"$soundbite" drift --list lists/long.jsonl --no-cache -o long.txt >.out 2>.err &
process=$!
sleep 0.3
kill -TERM "$process"
wait "$process"
code=$?
check 'terminated: 143, or done before' test "$code" = 143 -o "$code" -lt 5
[[ $code != 143 ]] || check 'no partial result' test ! -e long.txt
check 'no temporary file is left' test -z "$(find . -name '*.part')"
finish
