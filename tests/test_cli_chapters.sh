# remap: chapters inside audio files, read as a list and written into a copy.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg ffprobe python3
make_episode
align_episode first.json
ffmpeg -v error -f lavfi -i color=red:s=64x64 -frames:v 1 cover.png
ffmpeg -v error -f lavfi -i color=blue:s=64x64 -frames:v 1 other.png
make() { ffmpeg -v error -y -i episode.wav -i cover.png -map 0 -map 1 -c:v copy -disposition:v attached_pic -metadata title=Tea -metadata artist=Zoë "$@"; }
plain() { ffmpeg -v error -y -i episode.wav -metadata title=Tea -metadata artist=Zoë "$@"; }
make -c:a libmp3lame -id3v2_version 3 three.mp3
make -c:a libmp3lame -id3v2_version 4 -write_id3v1 1 four.mp3
plain -c:a libmp3lame -id3v2_version 0 -write_xing 0 bare.mp3
make -c:a aac talk.m4a
cp talk.m4a talk.m4b
plain -c:a libopus talk.opus
plain -c:a libvorbis talk.ogg
make -c:a flac talk.flac
plain -c:a aac talk.mka
cat >chapters.json <<'LIST'
{"version": "1.2.0", "chapters": [
    {"startTime": 0, "title": "Über – «naïve»"},
    {"startTime": 4.25, "title": ""},
    {"startTime": 11.008, "title": "日本, 100 %"}
]}
LIST
cat >same.py <<'PYTHON'
# The streams and the tags of two files are the same.
import json, subprocess, sys
a, b = sys.argv[1:]
run = lambda *args: subprocess.run(args, check=True, capture_output=True).stdout
sound = lambda f, *how: run('ffmpeg', '-v', 'error', '-i', f, '-map', '0:a', *how, '-f', 'streamhash', '-')
assert sound(a, '-c', 'copy') == sound(b, '-c', 'copy'), 'packets'
assert sound(a) == sound(b), 'sound'
def shown(f):
    j = json.loads(run('ffprobe', '-v', 'error', '-show_format', '-show_streams', '-of', 'json', f))
    tags = {k.lower(): v for o in [j['format'], *[s for s in j['streams'] if s['codec_type'] == 'audio']] for k, v in o.get('tags', {}).items()}
    return [tags.get(k) for k in ('title', 'artist')], j['format'].get('start_time'), [s['codec_name'] for s in j['streams'] if s['codec_type'] in ('audio', 'video')]
assert shown(a) == shown(b), (shown(a), shown(b))
if 'png' in shown(a)[2]:
    picture = lambda f: run('ffmpeg', '-v', 'error', '-i', f, '-map', '0:v', '-c', 'copy', '-f', 'data', '-')
    assert picture(a) == picture(b), 'cover'
PYTHON
cat >marks.py <<'PYTHON'
import json, subprocess, sys
j = json.loads(subprocess.run(['ffprobe', '-v', 'error', '-show_chapters', '-of', 'json', sys.argv[1]], check=True, capture_output=True).stdout)
got = [(round(float(c['start_time']), 2), c.get('tags', {}).get('title', '').replace('chp1', '')) for c in j['chapters']]
want = [(0.0, 'Über – «naïve»'), (4.25, ''), (11.01, '日本, 100 %')]
assert got == want, got
PYTHON
for f in three.mp3 four.mp3 bare.mp3 talk.m4a talk.m4b talk.opus talk.ogg talk.flac talk.mka; do
    sed "s|\"path\": \"episode.wav\"|\"path\": \"$f\"|" first.json >alignment.json
    before=$(sha256sum "$f")
    expect 0 remap alignment.json alignment.json chapters.json -o "new-$f"
    check "the chapters of $f" python3 marks.py "new-$f"
    check "the rest of $f" python3 same.py "$f" "new-$f"
    check "$f itself is unchanged" test "$(sha256sum "$f")" = "$before"
    expect 0 remap alignment.json alignment.json "new-$f"
    python3 -c 'import json, sys
got = [(c["startTime"], c["title"]) for c in json.load(open(".out"))["chapters"]]
want = [(c["startTime"], c["title"]) for c in json.load(open("chapters.json"))["chapters"]]
assert all(abs(a[0] - b[0]) < 0.0011 and a[1] == b[1] for a, b in zip(got, want)) and len(got) == len(want), got' || fail "$f is read"
    # Written again, the old ones are gone.
    sed "s|\"path\": \"episode.wav\"|\"path\": \"new-$f\"|" first.json >alignment.json
    printf '0:02 Only one\n' >one.txt
    expect 0 remap alignment.json alignment.json one.txt -o "again-$f"
    check "one chapter in $f" test "$(ffprobe -v error -show_chapters -of csv "again-$f" | grep -c '^chapter')" = 1
    check "the rest of $f is still the same" python3 same.py "$f" "again-$f"
done
check 'a table of contents' grep -q CTOC new-three.mp3
check 'only one' test "$(grep -a -o CTOC again-three.mp3 | wc -l)" = 1

# Chapters of one version in a copy of another: an ad of 8 s at the start of the second turn.
at=$(python3 -c '
import json
t = json.load(open("first.json"))["turns"]
print((t[0]["end"] + t[1]["start"]) / 2)')
sox -D -n -r 22050 -c 1 ad.wav synth 8 pinknoise gain -20
sox -D episode.wav head.wav trim 0 "=$at"
sox -D episode.wav tail.wav trim "$at"
sox -D head.wav ad.wav tail.wav ads.wav
ffmpeg -v error -i ads.wav ads.mp3
python3 - "$at" <<'PYTHON'
import json, sys
at = float(sys.argv[1])
a = json.load(open("first.json"))
move = lambda t: None if t is None else round(t + (8 if t >= at else 0), 6)
a["audio"]["path"], a["audio"]["duration"] = "ads.mp3", a["audio"]["duration"] + 8
a["speech"] = sorted([[move(s), move(e)] for s, e in a["speech"]] + [[at, at + 8]])
for turn in a["turns"]:
    turn["start"], turn["end"] = move(turn["start"]), move(turn["end"])
    for w in turn["words"]:
        w["start"], w["end"] = move(w["start"]), move(w["end"])
json.dump(a, open("ads.json", "w"))
PYTHON
python3 -c '
import json
t = json.load(open("first.json"))["turns"]
json.dump({"chapters": [{"startTime": 0, "title": "One"}, {"startTime": round(t[1]["start"] - 0.1, 3), "title": "Two"}]}, open("two.json", "w"))'
sed 's|"path": "episode.wav"|"path": "three.mp3"|' first.json >alignment.json
expect 0 remap alignment.json alignment.json two.json -o two.mp3
expect 0 remap alignment.json ads.json two.mp3 -o ads-two.mp3
err_has '"Two" at '
python3 - <<'PYTHON' || fail 'the chapter is where its speech is'
import json, subprocess
j = json.loads(subprocess.run(['ffprobe', '-v', 'error', '-show_chapters', '-of', 'json', 'ads-two.mp3'], check=True, capture_output=True).stdout)
speech = json.load(open('ads.json'))['turns'][1]['start']
assert 0 <= speech - float(j['chapters'][1]['start_time']) < 0.5, j
PYTHON

# What is refused.
expect 5 remap alignment.json alignment.json chapters.json -o three.mp3 -f
err_has 'three.mp3: is the audio itself and is never overwritten'
expect 5 remap alignment.json alignment.json chapters.json -o two.mp3
expect 0 remap alignment.json alignment.json chapters.json -o two.mp3 -f
expect 2 remap alignment.json alignment.json chapters.json -o x.m4a
err_has 'end the name with .mp3'
expect 2 remap alignment.json alignment.json chapters.json -o x.mp3 --json
expect 1 remap alignment.json alignment.json three.mp3
err_has 'three.mp3: has no chapters'
expect 1 remap first.json first.json chapters.json -o x.mka
err_has 'has no chapters; convert it'
# A tag of 64 MiB is too large, which is no lack of memory.
python3 -c 'import sys
size = 64 << 20
head = b"ID3\4\0\0" + bytes(size >> shift & 0x7f for shift in (21, 14, 7, 0))
open("heavy.mp3", "wb").write(head + bytes(size) + open("bare.mp3", "rb").read())'
sed 's|"path": "episode.wav"|"path": "heavy.mp3"|' first.json >alignment.json
expect 1 remap alignment.json alignment.json chapters.json -o x.mp3
err_has 'heavy.mp3: has a tag of more than 64 MB; remove large pictures from it'
sed 's|"path": "episode.wav"|"path": "gone.mp3"|' first.json >gone.json
expect 1 remap gone.json gone.json chapters.json -o x.mp3
err_has 'its audio gone.mp3 is not there'
expect 0 remap alignment.json alignment.json chapters.json -o x.mp3 -n
out_has 'would write x.mp3'
check 'nothing is left' test ! -e x.mp3 -a ! -e x.m4a -a ! -e x.mka
finish
