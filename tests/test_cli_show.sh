# Folders, patterns, playlists and feeds: which audio and transcripts are pairs.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg
make_episode

mkdir -p show/bonus/ep7 'show/-x' show/clips show/.hidden
cp episode.wav show/ep12.wav
sox -n -r 8000 -c 1 "show/S02E05 it's.wav" synth 1 noise
sox -n -r 8000 -c 1 $'show/new\nline.wav' synth 1.1 noise
sox -n -r 8000 -c 1 show/bonus/ep7/audio.wav synth 1.2 noise
sox -n -r 8000 -c 1 show/-x/-dash.wav synth 1.3 noise
sox -n -r 8000 -c 1 show/clips/ep12-quote.wav synth 1.4 noise
sox -n -r 8000 -c 1 show/.hidden/ep12.wav synth 1.5 noise
touch show/clips/manifest.jsonl
cp episode.txt 'show/12 - Größe.txt'
printf 'ANN: hello there\n' >"show/its 2x05 transcript.txt"
printf 'BOB: hello\n' >$'show/new\nline.md'
printf 'BOB: hello you\n' >show/bonus/ep7/transcript.txt
printf 'BOB: hello them\n' >show/-x/-dash.txt
printf 'Notes\n' >show/README.md
ln -s .. show/bonus/around
sox -n -r 8000 -c 1 outside.wav synth 1.6 noise
ln -s ../outside.wav show/link.wav

expect 0 info show
out_has 'show/ep12.wav  +  show/12 - Größe.txt'
out_has 'by name: both have the number 12'
out_has "show/S02E05 it's.wav  +  show/its 2x05 transcript.txt"
out_has 'show/new?line.wav  +  show/new?line.md'
out_has 'show/-x/-dash.wav  +  show/-x/-dash.txt'
out_has '5 of 6 audio files paired; 0 doubtful; 0 transcripts without audio'
expect 0 info show --json
python3 - <<'PYTHON' || fail 'pairs as JSON'
import json
show = json.load(open(".out"))
pairs = {e["audio"]: e for e in show["episodes"]}
assert show["paired"] == 5 and show["audio_without_transcript"] == 1, show
assert pairs["show/bonus/ep7/audio.wav"]["transcript"] == "show/bonus/ep7/transcript.txt"
assert pairs["show/S02E05 it's.wav"]["season"] == 2 and pairs["show/S02E05 it's.wav"]["number"] == 5
assert pairs["show/link.wav"]["status"] == "unpaired" and pairs["show/link.wav"]["reason"]
assert not any("clips" in path or "hidden" in path for path in pairs)
PYTHON
expect 0 info 'show/*12*'
out_has '1 of 1 audio file paired'

mkdir texts
cp episode.txt texts/q.txt
printf '#EXTM3U\n#EXTINF:20,First\nepisode.wav\nmissing.wav\n' >list.m3u
expect 0 info list.m3u
out_has 'episode.wav  +  episode.txt'
err_has '1 of its 2 audio files were not found'
cat >feed.xml <<'XML'
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>S</title>
<item><title>A talk</title><enclosure url="https://example.org/x/ep12.wav?a=1"/>
<podcast:transcript url="https://example.org/x/12%20-%20Gr%C3%B6%C3%9Fe.txt" type="text/plain"/></item></channel></rss>
XML
expect 0 info feed.xml show/
out_has 'by feed: the feed names both'
expect 3 info feed.xml
err_has 'feed.xml: has 0 audio files, 0 transcripts'

mkdir empty closed
expect 3 info empty
err_has 'empty: has 0 audio files, 0 transcripts and 0 other files'
mkdir none
cp show/bonus/ep7/audio.wav none/cats.wav
printf 'BOB: hello\n' >none/dogs.txt
expect 3 info none
out_has '0 of 1 audio file paired'
if ((UID != 0)); then
    chmod 0 closed
    expect 1 info closed
    err_has 'closed: cannot be opened (Permission denied)'
fi
expect 2 info episode.wav show
err_has 'is one file, so the operand show has no meaning'

if "$soundbite" align episode.wav episode.txt --method acoustic -q -o /dev/null 2>.err; then
    mkdir shuffled
    cp episode.wav shuffled/qwe.wav
    cp episode.txt shuffled/rtz.txt
    printf 'BOB: a text of nobody here whom nobody has heard\n' >shuffled/zui.txt
    expect 0 info shuffled
    out_has 'shuffled/qwe.wav  +  shuffled/rtz.txt'
    out_has 'by content: its words were heard in'
    out_has '1 transcript without audio'
else
    skip 'pairs by content: no acoustic model'
fi
finish
