# clip --copy: unchanged packets of every codec; conflicting options, refusals, batches.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg python3
make_episode
convert() {
    ffmpeg -nostdin -v error -y -i episode.wav "$@"
}

cat >compare.py <<'PYTHON'
"""What ffmpeg plays of a copy against what it plays of the source at the span that the manifest states."""
import array, json, operator, subprocess, sys
source, lossless = sys.argv[1], sys.argv[2] == "exact"
def play(path):
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-f", "s16le", "-"],
                         capture_output=True, check=True).stdout
    return array.array("h", raw)
whole = play(source)
clips = [json.loads(line) for line in sys.stdin]
assert len(clips) == 5, clips
for clip in clips:
    got, start, end, rate = play(clip["file"]), clip["start_sample"], clip["end_sample"], clip["sample_rate"]
    assert len(got) == end - start, (clip["file"], len(got), end - start)
    settled = 0 if lossless else rate // 5
    limit = 0 if lossless else 200
    worst = max(map(abs, map(operator.sub, got[settled:], whole[start + settled:end])))
    assert worst <= limit, (clip["file"], worst)
    assert start / rate <= clip["start"] and end / rate >= clip["end"], clip
    assert clip["lead"] >= 0 and clip["tail"] >= 0 and clip["gain_db"] == 0 and clip["loudness_lufs"] < 0 and clip["certificate"]
    assert any("copied: begins" in text and " ms" in text for text in clip["warnings"]), clip["warnings"]
PYTHON

convert -c:a pcm_s24le deep.wav
convert episode.flac
convert -b:a 64k episode.mp3
convert -c:a aac -aac_pns 0 -b:a 64k episode.m4a
convert -c:a aac -aac_pns 0 -b:a 64k episode.aac
convert -c:a libopus -b:a 32k episode.opus
convert -c:a libopus -b:a 32k episode.mka
for pair in episode.wav:wav:exact deep.wav:wav:exact episode.flac:flac:exact episode.mp3:mp3:exact episode.m4a:m4a:settled \
    episode.aac:aac:settled episode.aac:m4a:settled episode.opus:opus:settled episode.mka:ogg:settled; do
    IFS=: read -r source extension how <<<"$pair"
    expect 0 clip "$source" episode.txt --method energy --copy -o "$source-{n}.$extension" --force --json -q
    check "$source copied as $extension" python3 compare.py "$source" "$how" <.out
done

expect 0 align episode.mp3 episode.txt --method energy -q -o mp3.json
expect 0 clip episode.mp3 mp3.json --phrase 'twenty years' --copy -o quote.mp3
err_has 'ignores the delay in its header'
check 'the bytes are the same each time' test "$("$soundbite" clip episode.mp3 mp3.json --phrase 'twenty years' --copy \
    -o again.mp3 --json -q | sed 's/again/quote/')" = "$("$soundbite" clip episode.mp3 mp3.json --phrase 'twenty years' \
    --copy -o quote.mp3 --force --json -q)"
expect 5 clip episode.mp3 mp3.json --phrase 'twenty years' --copy -o quote.mp3
expect 0 clip episode.mp3 mp3.json --phrase 'twenty years' --copy -o dry.mp3 --dry-run
out_has 'would write dry.mp3'
check 'a dry run writes nothing' test ! -e dry.mp3

expect 0 clip episode.flac episode.txt --method energy --phrase 'what is the hardest part' --copy --captions srt -o said.flac --json -q
check 'captions count from where the copy begins' python3 - "$out" <<'PYTHON'
import json, re, sys
clip = json.loads(sys.argv[1])
begins = clip["start"] - clip["start_sample"] / clip["sample_rate"]
h, m, s, ms = map(int, re.search(r"(\d+):(\d+):(\d+),(\d+) -->", open("said.srt").read()).groups())
assert clip["captions"] == "said.srt" and abs(s + ms / 1000 - begins) < 0.05, (begins, s, ms)
PYTHON

for option in '--fade 5ms' '--loudness -14' '--rate 44100' '--channels 1' '--bitrate 64k' '--true-peak -3' \
    '--loudness-of speaker'; do
    # shellcheck disable=SC2086
    expect 2 clip episode.mp3 mp3.json --match 1 --copy $option -o no.mp3
    err_has "needs decoding; leave out one of the two (--copy, ${option% *})"
done
expect 2 clip episode.mp3 mp3.json --match 1 --copy --video 1:1 -o no.mp4
expect 2 clip episode.mp3 mp3.json --match 1 --copy -o no.mp4
err_has "--copy cannot write '.mp4'"
expect 0 clip episode.mp3 mp3.json --match 1 --copy --loudness off -o off.mp3
expect 1 clip episode.mp3 mp3.json --match 1 --copy -o no.wav
err_has 'no.wav: the source is mp3'
err_has 'end the name with .mp3'
expect 2 clip episode.mp3 mp3.json --match 1 -o no.aac
convert -c:a libvorbis -q:a 5 vorbis.ogg
expect 1 clip vorbis.ogg episode.txt --method energy --match 1 --copy -o no.ogg
err_has 'vorbis cannot be copied'

head -c 60000 episode.mp3 >torn.mp3
head -c 3000 /dev/urandom >>torn.mp3
tail -c +63001 episode.mp3 >>torn.mp3
expect 1 clip torn.mp3 episode.txt --method energy --match 1 --copy -o no.mp3 --force
err_has 'turn copying off (--copy)'
convert -ar 44100 -ac 2 other.mp3
cat episode.mp3 other.mp3 >glued.mp3
expect 1 clip glued.mp3 episode.txt --method energy --match 1 --copy -o no.mp3 --force
err_has 'turn copying off (--copy)'
check 'nothing was written by what failed' test -z "$(find . -name 'no.*' -o -name '.*no.*')"

ln -s /dev/full full.mp3
expect 1 clip episode.mp3 mp3.json --match 1 --copy -o full.mp3
err_has 'No space left'

cat >list.csv <<'CSV'
id,audio,transcript,phrase,copy,fade
a,episode.mp3,mp3.json,twenty years,yes,
b,episode.flac,episode.txt,water never sleeps,yes,
c,episode.mp3,mp3.json,twenty years,no,5ms
d,episode.mp3,mp3.json,twenty years,yes,5ms
e,episode.mp3,mp3.json,twenty years,perhaps,
CSV
expect 1 batch list.csv -o batch --method energy
err_has 'list.csv:5: a copy keeps the packets unchanged'
err_has 'list.csv:6: copy must be yes or no'
check 'a copy without a name of its own takes the extension of its source' test -f batch/a.mp3 -a -f batch/b.flac
check 'a row that copies gives the same file as clip' cmp batch/a.mp3 quote.mp3
before=$(stat -c %Y%i batch/a.mp3 batch/b.flac)
expect 1 batch list.csv -o batch --method energy --resume
err_has '3 already finished'
check 'and is recognised' test "$before" = "$(stat -c %Y%i batch/a.mp3 batch/b.flac)"
finish
