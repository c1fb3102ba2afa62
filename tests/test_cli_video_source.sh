# --video source: the pictures of a video podcast are cut with the sound, each at its time.
. "$(dirname "$0")/lib.sh"
needs ffmpeg ffprobe espeak-ng sox python3
make_episode
# The upper half of each picture shows its number, one bit per tenth of its width.
video() {
    ffmpeg -nostdin -v error -y -f lavfi -i "nullsrc=s=320x96:r=$1,format=gray,geq=lum='if(lt(Y,H/2),255*mod(floor(N/pow(2,floor(X/20))),2),128)'" \
        -i episode.wav -map 0:v -map 1:a -shortest -pix_fmt yuv420p -c:v libx264 -preset ultrafast -g 75 -bf 2 "${@:3}" "$2"
}
video 25 show.mp4 -c:a aac
video 30000/1001 show.mkv -c:a flac
expect 0 align show.mp4 episode.txt --method energy -q -o show.json
run clip show.mp4 show.json --match 1 --video source -o again.mp4 -q
[[ $code == 1 && $err == *'makes no videos'* ]] && { echo 'skipped: built without cairo and pango'; exit 77; }

cat >check.py <<'PYTHON'
"""Every picture of a clip is the one that the source shows at that instant, to the end; sound and picture are equally long."""
import json, subprocess, sys
from fractions import Fraction
rate = Fraction(sys.argv[1])
clips = [json.loads(line) for line in sys.stdin]
assert clips
for clip in clips:
    info = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_type,codec_name,width,height,r_frame_rate,"
                           "avg_frame_rate,duration,pix_fmt,color_space,profile", "-of", "json", clip["file"]],
                          capture_output=True, check=True).stdout
    streams = {s["codec_type"]: s for s in json.loads(info)["streams"]}
    video, sound = streams["video"], streams["audio"]
    width, height = video["width"], video["height"]
    assert clip["video"] == f"{width}x{height}" == "320x96", clip["video"]
    assert Fraction(video["r_frame_rate"]) == Fraction(video["avg_frame_rate"]) == rate, video
    assert (video["codec_name"], video["profile"], video["pix_fmt"], video["color_space"]) == ("h264", "High", "yuv420p", "bt709")
    assert sound["codec_name"] == "aac"
    assert 0 <= float(video["duration"]) - float(sound["duration"]) < 1 / rate + 0.001
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", clip["file"], "-map", "0:v", "-vsync", "passthrough", "-f", "rawvideo",
                          "-pix_fmt", "gray", "-"], capture_output=True, check=True).stdout
    size, start = width * height, Fraction(clip["start_sample"], clip["sample_rate"])
    for i in range(len(raw) // size):
        row = raw[i * size + height // 8 * width:][:width]
        number = sum((row[bit * 20 + 10] > 128) << bit for bit in range(16))
        expected = int((start + i / rate) * rate + Fraction(1, 1000))
        assert number == expected, (clip["file"], i, number, expected)
PYTHON
expect 0 clip show.mp4 show.json --video source -o '{n}.mp4' --json -q
check 'the pictures at 25 a second' python3 check.py 25 <.out
expect 0 clip show.mp4 show.json --regex '\w+ \w+ \w+' --limit 4 --video source -o 'words-{n}.mp4' --json -q
check 'the pictures of a few words' python3 check.py 25 <.out
expect 0 clip show.mkv episode.txt --method energy --video source -o 'ntsc-{n}.mp4' --json -q
check 'the pictures at 29.97 a second' python3 check.py 30000/1001 <.out

check 'the same bytes again' cmp again.mp4 1.mp4
expect 0 clip show.mp4 show.json --match 1 --video source:9:16 -o high.mp4 --json -q
out_has '"video": "1080x1920"'
expect 0 clip show.mp4 show.json --match 1 --video source --for shorts -o short.mp4 --json -q
out_has '"video": "1080x1920"'
expect 0 clip show.mp4 show.json --match 1 --video source:1:1 -o dry.mp4 --json --dry-run
out_has '"video": "1080x1080"'
check 'a dry run writes nothing' test ! -e dry.mp4

# Letters have a dark edge, so that they are readable on white.
ffmpeg -nostdin -v error -y -f lavfi -i color=white:s=640x360:r=25 -i episode.wav -map 0:v -map 1:a -shortest -pix_fmt yuv420p \
    -c:v libx264 -preset ultrafast -c:a aac white.mp4
expect 0 clip white.mp4 episode.txt --method energy --match 1 --video source:9:16 -o white-clip.mp4 -q
darkest=$(ffmpeg -nostdin -v error -ss 1 -i white-clip.mp4 -frames:v 1 -vf signalstats,metadata=print:key=lavfi.signalstats.YMIN:file=- \
    -f null - | sed -n 's/.*YMIN=//p' | head -1)
check 'captions have a dark edge on white' test "$darkest" -lt 40

expect 1 clip episode.wav episode.txt --method energy --match 1 --video source -o no.mp4
err_has 'no moving pictures'
expect 2 clip show.mp4 show.json --match 1 --video source --title Bridges -o no.mp4
err_has '--title'
expect 2 clip show.mp4 show.json --match 1 --video source:1:1 --background navy -o no.mp4
err_has '--background'
expect 2 clip show.mp4 show.json --match 1 --video source:2:1 -o no.mp4
check 'nothing is written by mistakes' test ! -e no.mp4

printf 'id,audio,transcript,match,video\na,show.mp4,show.json,2,source\n' >list.csv
expect 0 batch list.csv -o batch -q
check 'a batch gives the same video' cmp batch/a.mp4 2.mp4
finish
