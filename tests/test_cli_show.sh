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
printf 'BOB: hello to all of you\n' >$'show/new\nline.md'
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

# A batch that is running or was killed has only a journal.
mkdir show/killed
sox -n -r 8000 -c 1 show/killed/ep12-quote.wav synth 1.7 noise
touch show/killed/.manifest.journal
for operand in show 'show/*'; do
    expect 0 info "$operand" -v
    out_has 'of 6 audio files paired'
    err_has 'show/killed is left out, because it is for the clips of a batch'
done
expect 3 info show/killed
err_has 'show/killed: warning: has clips of an earlier batch'

mkdir texts
cp episode.txt texts/q.txt
printf '#EXTM3U\n#EXTINF:20,First\nepisode.wav\nmissing.wav\n' >list.m3u
expect 0 info list.m3u
out_has 'episode.wav  +  episode.txt'
out_has 'by name: both have the same name'
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

# A list is complete: what it says is missing is not looked for by name, and each pair is one episode.
mkdir listing
cp episode.wav listing/ep1.wav
cp episode.txt listing/ep1.txt
sox -n -r 8000 -c 1 listing/ep2.wav synth 1 noise
printf 'BOB: hello\n' >listing/ep2.txt
printf 'audio,transcript,phrase\nlisting/ep1.wav,listing/ep1.txt,one\nlisting/ep1.wav,listing/ep1.txt,two\nlisting/ep2.wav,listing/gone.txt,\nlisting/gone.wav,listing/ep2.txt,\n' >listing.csv
expect 0 info listing listing.csv
out_has '1 of 1 audio file paired; 0 doubtful; 0 transcripts without audio'
err_has 'listing.csv:4: warning: the pair is left out, because listing/gone.txt was not found'
err_has 'listing.csv:5: warning: the pair is left out, because listing/gone.wav was not found'
err_has 'listing.csv: the selections of its rows are not used'

# A file that two entries name has the title of neither; the sandbox allows it anyway.
mkdir twice
cp episode.wav twice/audio.wav
cp episode.txt twice/audio.txt
printf '#EXTM3U\n#EXTINF:20,First\naudio.wav\n#EXTINF:20,Second\naudio.wav\n' >twice/list.m3u
expect 0 info twice/list.m3u
err_has 'twice/audio.wav: warning: several entries of the list name it'
[[ $out != *First* && $out != *Second* ]] || fail 'no title of an entry'

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
expect 1 info no-feed.xml show
err_has 'no-feed.xml: cannot be opened'

# Selections from every episode.
mkdir -p talks/S1 talks/S2
cp episode.wav talks/S1/ep1.wav
cp episode.txt talks/S1/ep1.txt
sox episode.wav talks/S2/ep1.wav trim 0 12
sed '/00:00:1[0-9]/,$d' episode.txt >talks/S2/ep1.txt
sox -n -r 8000 -c 1 talks/lone.wav synth 1 noise
fast=(--method energy --no-certificate --loudness off)
expect 0 batch talks -o clips --speaker 'Bob*' "${fast[@]}" --join clips/all.flac --gap 0.2 --index clips/index.html
out_has 'S1-ep1'
out_has 'S2-ep1'
err_has 'talks/lone.wav: warning: has no pair: '
check 'a name with its folder' test -f clips/S1-ep1-01-*.mp3
check 'a page' test -s clips/index.html
check 'chapters name the episode' grep -q 'ep1 - Bob Stone' <(ffprobe -v error -show_chapters clips/all.flac)
check 'a line for each clip' test "$(wc -l <clips/manifest.jsonl)" = "$(ls clips/S*.mp3 | wc -l)"
python3 - <<'PYTHON' || fail 'the manifest names episode, audio and transcript'
import json
rows = [json.loads(line) for line in open("clips/manifest.jsonl")]
assert {row["id"] for row in rows} == {"S1-ep1", "S2-ep1"} and all(row["speaker"] == "Bob Stone" for row in rows)
assert all(row["audio"].startswith("talks/S") and row["transcript"].endswith("/ep1.txt") and row["start_time"] for row in rows)
PYTHON
for k in 1 2; do
    expect 0 batch talks -o parts --speaker 'Bob*' "${fast[@]}" --shard $k/2 -q
done
check 'shards give the same' cmp <(cat parts/manifest-*.jsonl | sed 's#parts/#clips/#g') clips/manifest.jsonl
expect 0 batch talks -o clips --speaker 'Bob*' "${fast[@]}" --resume --progress json
err_has '"stage": "episode", "episode": "talks/S2/ep1.wav", "done": 2.000, "total": 2.000, "rate": '
err_has '(3 already finished)'
printf 'audio,transcript\ntalks/S1/ep1.wav,talks/S1/ep1.txt\n' >pairs.csv
expect 0 batch pairs.csv -o listed --speaker 'Bob*' --limit 1 "${fast[@]}" -q
check 'a list of episodes' test -f listed/ep1-01-*.mp3
expect 2 batch pairs.csv talks -o refused
err_has 'is a list, which says where its files are'
printf 'audio,transcript,phrase\ntalks/S1/ep1.wav,talks/S1/ep1.txt,welcome\n' >quotes.csv
expect 2 batch quotes.csv -o refused --speaker Bob
err_has 'every row of the list selects quotes itself'
expect 3 batch talks -o nothing --phrase 'no one says these words' "${fast[@]}" -q
err_has 'nothing matched'
expect 3 batch none -o nothing
err_has 'none: none of 1 audio file has a transcript'
expect 2 batch talks -o parts --join all.mp3 --shard 1/2
err_has '--join needs the clips of all shards'
expect 0 drift --list talks --method energy --json
check 'drift of both' test "$(wc -l <.out)" = 2
expect 2 drift talks
err_has "type 'soundbite drift --list talks'"

if "$soundbite" align episode.wav episode.txt --method acoustic -q -o /dev/null 2>.err; then
    mkdir shuffled
    cp episode.wav shuffled/qwe.wav
    cp episode.txt shuffled/rtz.txt
    printf 'BOB: a text of nobody here whom nobody has heard\n' >shuffled/zui.txt
    expect 0 info shuffled
    out_has 'shuffled/qwe.wav  +  shuffled/rtz.txt'
    out_has 'by content: its words were heard in'
    out_has '1 transcript without audio'
    # No header says how long the audio is.
    ffmpeg -v error -i episode.wav -c:a flac -f matroska - | cat >shuffled/qwe.mka
    rm shuffled/qwe.wav
    expect 0 info shuffled
    out_has 'shuffled/qwe.mka  +  shuffled/rtz.txt'
    cp shuffled/qwe.mka shuffled/asd.mka
    expect 3 info shuffled
    out_has 'the words of rtz.txt were heard in this audio and in another'
    out_has 'its words were heard in asd.mka and in another audio, such as qwe.mka'
else
    skip 'pairs by content: no acoustic model'
fi
finish
