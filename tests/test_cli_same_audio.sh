# An alignment fits the audio, not the file: other tags, another encoding, another version, another episode.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg python3
make_episode
align_episode wav.json
convert() { ffmpeg -nostdin -v error -y "$@"; }
same_samples() { cmp <(sox "$1" -t raw -) <(sox "$2" -t raw -); }
note='is another encoding of the aligned audio'

# Other tags and a cover change nothing: not the clip, and nothing is said.
convert -f lavfi -i color=red:size=64x64 -frames:v 1 cover.png
convert -i episode.wav -ar 44100 -c:a libmp3lame -b:a 64k episode.mp3
convert -i episode.wav -c:a aac episode.m4a
convert -i episode.wav -c:a flac episode.flac
convert -i episode.wav -c:a libopus episode.opus
for kind in mp3 m4a flac opus; do
    expect 0 align episode.$kind episode.txt -o $kind.json
    check "the packets of $kind are hashed" grep -q '"packets": "[0-9a-f]\{64\}"' $kind.json
    convert -i episode.$kind -c copy -map_metadata -1 -metadata title=Other -metadata comment="$(printf %2000d 7)" tagged.$kind
    check "$kind is another file" test "$(sha256sum <tagged.$kind)" != "$(sha256sum <episode.$kind)"
    expect 0 clip episode.$kind $kind.json --phrase 'water never sleeps' -o $kind.wav -f
    expect 0 clip tagged.$kind $kind.json --phrase 'water never sleeps' -o tagged.wav --json -f
    err_lacks "$note"
    check "the same clip of $kind" same_samples $kind.wav tagged.wav
    expect 0 verify tagged.$kind $kind.json --quote 'water never sleeps'
    expect 0 drift tagged.$kind $kind.json
    err_lacks "$note"
    expect 0 drift tagged.$kind episode.txt -v
    err_has 'taken from the cache'
done
convert -i episode.mp3 -i cover.png -map 0 -map 1 -c copy -disposition:v attached_pic cover.mp3
expect 0 clip cover.mp3 mp3.json --phrase 'water never sleeps' -o cover.wav -f
err_lacks "$note"
check 'the same clip with a cover' same_samples mp3.wav cover.wav

# place FILE ALIGNMENT [ERROR]: whether a clip of the file begins where its words lie in episode.wav, plus `delay` ms.
delay=0
expect 0 clip episode.wav wav.json --phrase 'water never sleeps' -o place.wav --json -f
cp .out place.json
place() {
    python3 -c 'import json, sys
a, b = (json.loads(open(name).readline())["start"] for name in ("place.json", ".out"))
error = (b - a) * 1000 - float(sys.argv[1])
assert abs(error) < float(sys.argv[2]), error' "$delay" "${1-5}"
}
fits() { # FILE ALIGNMENT [TOLERANCE]
    expect 0 clip "$1" "$2" --phrase 'water never sleeps' -o fits.wav --json -f
    err_has "$1: $note"
    check "$1 has the words of $2 in their place" place "${3-5}"
    check "$1 is certified" python3 -c 'import json; assert not json.loads(open(".out").readline())["certificate"]["failed"]'
}
python3 - <<'PYTHON'
import json
a = json.load(open("wav.json"))
del a["sound"], a["audio"]["packets"]
json.dump(a, open("older.json", "w"))
PYTHON
for delay in 0 37 1204; do
    filter="adelay=delays=$delay:all=1"
    convert -i episode.wav -af "$filter" -ar 44100 -c:a libmp3lame -b:a 48k x.mp3
    convert -i episode.wav -af "$filter,volume=-6dB" -ar 48000 -ac 2 -c:a aac -b:a 96k x.m4a
    convert -i episode.wav -af "$filter" -c:a libopus -b:a 24k x.opus
    convert -i episode.wav -af "$filter" -ar 32000 -c:a libvorbis x.ogg
    convert -i episode.wav -af "$filter,volume=3dB" -ar 16000 -c:a flac x.flac
    for file in x.mp3 x.m4a x.opus x.ogg x.flac; do
        fits $file wav.json
    done
    fits x.m4a older.json 8
done
for command in 'verify x.mp3 wav.json --quote water' 'drift x.mp3 wav.json --max-drift 5'; do
    run $command
    err_has "x.mp3: $note"
done
printf 'audio,transcript,phrase,output\nx.mp3,wav.json,water never sleeps,{n}.wav\n' >list.csv
expect 0 batch list.csv -o all --json
err_has "x.mp3: $note"
check 'a batch has it in its place' place
expect 0 clip x.mp3 mp3.json --phrase 'water never sleeps' -o fits.wav -f
err_has "$note"

# Other versions and other episodes are refused.
refused() { # FILE WORDS
    expect 1 clip "$1" wav.json --phrase 'water never sleeps' -o refused.wav -f
    err_has "$2"
    check "no clip of $1" test ! -e refused.wav
    expect 1 verify "$1" wav.json --quote 'water never sleeps'
    expect 4 drift "$1" wav.json
}
espeak-ng -v en-us -s 170 -w ad.wav 'This show is sponsored by a maker of very comfortable chairs. Sit down and try one today.'
sox -D ad.wav -r 22050 ad2.wav trim 0.2 3
sox -D episode.wav a.wav trim 0 9
sox -D episode.wav b.wav trim 9
sox -D episode.wav c.wav trim 12
sox -D a.wav ad2.wav b.wav inserted.wav
sox -D a.wav ad2.wav c.wav replaced.wav
sox -D ad2.wav episode.wav before.wav
sox -D a.wav c.wav removed.wav
sox -D episode.wav faster.wav tempo 1.02
refused inserted.wav 'another version of it: the sound differs after'
refused inserted.wav 'remap'
refused replaced.wav 'another version of it: the sound differs after'
refused before.wav 'more is said at its beginning'
refused removed.wav 'another version of it'
refused a.wav 'is not the aligned audio'
refused faster.wav 'is not the aligned audio'
sox -D episode.wav backwards.wav reverse
refused backwards.wav 'is not the aligned audio'
sox -D -n -r 22050 -c 1 silent.wav synth "$(soxi -D episode.wav)" whitenoise vol 0.001
refused silent.wav 'is not the aligned audio'
for file in inserted replaced removed backwards; do
    expect 1 clip $file.wav older.json --phrase 'water never sleeps' -o refused.wav -f
done
finish
