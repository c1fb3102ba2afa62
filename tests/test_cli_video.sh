# Videos of clips: the file, the pictures, and the same bytes again.
. "$(dirname "$0")/lib.sh"
needs ffmpeg ffprobe espeak-ng sox python3

make_episode
align_episode episode.json energy
run clip episode.wav episode.json --match 1 --video 16:9 -o two.mp4 -q
[[ $code == 1 && $err == *'makes no videos'* ]] && { echo 'skipped: built without cairo and pango'; exit 77; }

# probe FILE STREAM FIELD...: the fields of a stream, separated by blanks.
probe() {
    local file=$1 stream=$2
    shift 2
    ffprobe -v error -select_streams "$stream" -show_entries "stream=$(IFS=,; echo "$*")" -of json "$file" |
        python3 -c 'import json, sys
stream = json.load(sys.stdin)["streams"][0]
print(*[stream.get(name, "none") for name in sys.argv[1:]])' "$@"
}

# is NAME ACTUAL WANTED
is() {
    checks=$((checks + 1))
    [[ $2 == "$3" ]] || fail "$1 is '$2', not '$3'"
}

declare -A sizes=([9:16]='1080 1920' [1:1]='1080 1080' [4:5]='1080 1350' [16:9]='1920 1080')
for shape in 9:16 1:1 4:5 16:9; do
    expect 0 clip episode.wav episode.json --phrase 'water never sleeps' --video $shape --title 'On bridges' \
        -o clip.mp4 --json -f
    out_has "\"video\": \"${sizes[$shape]/ /x}\""
    is "the size of $shape" "$(probe clip.mp4 v width height)" "${sizes[$shape]}"
    is 'the pictures' "$(probe clip.mp4 v codec_name profile pix_fmt r_frame_rate avg_frame_rate has_b_frames)" \
        'h264 High yuv420p 30/1 30/1 0'
    is 'the colours' "$(probe clip.mp4 v color_range color_space color_transfer color_primaries)" \
        'tv bt709 bt709 bt709'
    is 'the sound' "$(probe clip.mp4 a codec_name profile sample_rate channels)" 'aac LC 48000 2'
    check 'picture and sound are equally long' python3 - "$(probe clip.mp4 v duration)" "$(probe clip.mp4 a duration)" <<'PYTHON'
import sys
pictures, sound = map(float, sys.argv[1:])
sys.exit(not 0 <= pictures - sound < 1 / 30 + 1e-6)
PYTHON
done

# The index is before the sound, and pictures are evenly spaced.
check 'faststart' python3 - clip.mp4 <<'PYTHON'
import sys
data = open(sys.argv[1], "rb").read()
sys.exit(not 0 < data.find(b"moov") < data.find(b"mdat"))
PYTHON
expect 0 clip episode.wav episode.json --speaker 'bob*' --match 2 --video 1:1 -o long.mp4 --json
check 'a video is brought to -14 LUFS' python3 -c 'import json, sys; sys.exit(abs(json.loads(sys.argv[1])["loudness_lufs"] + 14) > 0.3)' "$out"
check 'key frames, and times of pictures' python3 - <<'PYTHON'
import json, subprocess, sys
out = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time,flags", "-of", "json",
                      "long.mp4"], capture_output=True, check=True).stdout
packets = json.loads(out)["packets"]
times = [float(p["pts_time"]) for p in packets]
keys = [t for t, p in zip(times, packets) if "K" in p["flags"]]
even = all(abs(t - i / 30) < 0.0001 for i, t in enumerate(times))
sys.exit(not (even and keys[0] == 0 and len(keys) > 1 and all(b - a <= 2.0001 for a, b in zip(keys, keys[1:]))))
PYTHON
check 'the sound has 128 kbit/s at least' test "$(probe long.mp4 a bit_rate)" -ge 128000

# A second run, also on one core, gives the same file.
expect 0 clip episode.wav episode.json --speaker 'bob*' --match 2 --video 1:1 -o again.mp4 -q --jobs 1
check 'the same bytes again' cmp -s long.mp4 again.mp4
taskset -c 0 "$soundbite" clip episode.wav episode.json --match 1 --video 16:9 -o one.mp4 -q
check 'the same bytes on one core' cmp -s one.mp4 two.mp4

expect 0 clip episode.wav episode.json --speaker 'bob*' --match 2 --for x -o two-x.mp4 -q
taskset -c 0 "$soundbite" clip episode.wav episode.json --speaker 'bob*' --match 2 --for x -o one-x.mp4 -q
check 'the same bytes on one core, kept to a bit rate' cmp -s one-x.mp4 two-x.mp4

# The cover is the background, the title is shown, and the spoken word is yellow and moves.
ffmpeg -v error -f lavfi -i color=red:s=500x500 -frames:v 1 cover.png
ffmpeg -v error -i episode.wav -i cover.png -map 0 -map 1 -c:a flac -disposition:v attached_pic covered.flac
expect 0 align covered.flac episode.txt --method energy -q -o covered.json
expect 0 clip covered.flac covered.json --match 1 --video 1:1 -o covered.mp4 -q
expect 0 clip covered.flac covered.json --match 1 --video 1:1 --background navy -o plain.mp4 -q
colour_at() {
    ffmpeg -v error -i "$1" -frames:v 1 -vf "crop=2:2:$2:$3,scale=1:1" -f rawvideo -pix_fmt rgb24 - | od -An -tu1
}
check 'the cover shows through' awk '{exit !($1 > 30 && $1 > 2 * $2)}' <<<"$(colour_at covered.mp4 540 400)"
check 'a colour is used unchanged' awk '{exit !($1 < 6 && $2 < 6 && $3 > 120 && $3 < 136)}' <<<"$(colour_at plain.mp4 540 400)"

# Themes.
printf 'background = #ffffff\nbackground-end = #ffffff\ntext = #f8f8f8\nlit = #ffff00\n' >pale.theme
expect 0 clip episode.wav episode.json --match 1 --video 1:1 --theme pale.theme -o pale.mp4
err_has "the colour #ffff00 of 'lit' is hard to read on its background"
printf 'font = Inter\n\n litt = red\n' >wrong.theme
expect 1 clip episode.wav episode.json --match 1 --video 1:1 --theme wrong.theme -o wrong.mp4
err_has "wrong.theme:3:2: unknown key 'litt'; did you mean 'lit'?"
check 'nothing is written' test ! -e wrong.mp4

# Profiles.
expect 0 clip episode.wav episode.json --phrase bridges --limit 1 --for reels -o reel.mp4
err_has 'Instagram Reels allows at least 3.0 s'
is 'the shape of reels' "$(probe reel.mp4 v width height)" '1080 1920'
expect 2 clip episode.wav episode.json --match 1 --for shorts -o short.mp3
err_has '--for shorts makes videos; end short.mp3 with .mp4'
expect 0 clip episode.wav episode.json --match 1 --for podcast -o podcast.mp3 --json
out_has '"video": null'
expect 0 help clip
out=$(tr -s ' \n' ' ' <<<"$out")
out_has 'Also called instagram, instagram-reels, insta, ig.'
out_has 'Instagram Reels: 9:16, -14 LUFS, at least 3 s, at most 180 s;'
out_has 'Profiles, as of 20'

for name in instagram:1080x1920 youtube:1920x1080 twitter:1080x1080; do
    expect 0 clip episode.wav episode.json --match 1 --for "${name%:*}" --draft -o named.mp4 -n --json
    size=${name#*:}
    out_has "\"video\": \"$((${size%x*} / 2))x$((${size#*x} / 2))\""
done

# Styles, capitals, a logo: each changes the pictures, and the first picture has its caption.
checksum() {
    ffmpeg -v error -i "$1" -frames:v 1 -vf crop=iw:ih*0.3:0:ih*0.35 -f rawvideo -pix_fmt gray - | sha256sum
}
declare -A seen=()
for style in karaoke box pop plain; do
    expect 0 clip episode.wav episode.json --match 1 --video 1:1 --background navy --style $style --draft -o style.mp4 -q -f
    sum=$(checksum style.mp4)
    [[ $style == plain || $style == karaoke ]] || check "$style looks different" test -z "${seen[$sum]:-}"
    seen[$sum]=$style
    check "the first picture of $style has a caption" test "$(ffmpeg -v error -i style.mp4 -frames:v 1 \
        -vf crop=iw:ih*0.3:0:ih*0.35 -f rawvideo -pix_fmt gray - | od -An -v -tu1 -w1 | awk '$1 > 150' | wc -l)" -gt 500
done
expect 0 clip episode.wav episode.json --match 1 --video 1:1 --background navy --uppercase --logo cover.png --draft -o dressed.mp4 -q
check 'capitals change the captions' test -z "${seen[$(checksum dressed.mp4)]:-}"
check 'the logo is at the top right' awk '{exit !($1 > 200 && $2 < 60)}' <<<"$(colour_at dressed.mp4 480 50)"
is 'the pictures of a draft' "$(probe dressed.mp4 v width height r_frame_rate)" '540 540 15/1'
check 'picture and sound of a draft are equally long' awk '{exit !($1 - $2 > -0.001 && $1 - $2 < 0.07)}' \
    <<<"$(probe dressed.mp4 v duration) $(probe dressed.mp4 a duration)"
expect 2 clip episode.wav episode.json --match 1 --video 1:1 --style bold -o bold.mp4
err_has 'karaoke, box, pop'
expect 1 clip episode.wav episode.json --match 1 --video 1:1 --logo none.png -o logo.mp4
err_has 'none.png: '
expect 2 clip episode.wav episode.json --match 1 --video 1:1 --draft --strict -o strict.mp4
err_has 'a draft has none'

# Errors.
expect 2 clip episode.wav episode.json --match 1 --video 9:16 -o clip.mp3
err_has 'end it with .mp4'
expect 2 clip episode.wav episode.json --match 1 --title $'Bri\377dges' -o clip.mp4
err_has 'UTF-8'
expect 2 clip episode.wav episode.json --match 1 --title Bridges -o clip.wav
err_has 'are for videos'
expect 2 clip episode.wav episode.json --match 1 --background nvy -o x.mp4
err_has "'nvy' is neither a colour nor a picture"
expect 1 clip episode.wav episode.json --match 1 --background episode.txt -o x.mp4
err_has 'episode.txt: is not a picture that can be read'
expect 5 clip episode.wav episode.json --match 1 -o one.mp4
expect 0 clip episode.wav episode.json --match 1 -o x.mp4 -n
expect 1 clip episode.wav episode.json --match 1 -o /dev/full/x.mp4
check 'no file is left' test "$(ls -A | grep -c '^x.mp4\|\.soundbite\|\.tmp')" = 0

# An early end leaves no file: a full disk, a signal during the encoding of pictures.
(ulimit -f 60; "$soundbite" clip episode.wav episode.json --speaker 'bob*' --match 2 -o full.mp4 2>full.log)
is 'the exit code of a full disk' $? 1
check 'a full disk is named' grep -q 'full.mp4.*File too large' full.log
"$soundbite" clip episode.wav episode.json --expand turn --match 4 --video 16:9 -o cut.mp4 2>cut.log &
until ls -A | grep -q cut.mp4 || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
sleep 0.2
kill -TERM $!
wait $!
is 'the exit code of an interruption' $? 143
check 'neither leaves a file' test "$(ls -A | grep -c 'full.mp4\|cut.mp4')" = 0

# In a batch, with files in the folder of the list.
mkdir list
cp cover.png pale.theme list/
cat >list/list.csv <<'CSV'
id,audio,transcript,phrase,limit,video,for,background,title,theme,style,logo,draft
a,../episode.wav,../episode.json,welcome,1,4:5,,cover.png,Hello,,box,cover.png,
b,../episode.wav,../episode.json,crack,1,,youtube-shorts,,,pale.theme,pop,,yes
c,../episode.wav,../episode.json,crack,1,9:15,,,,,,,
d,../episode.wav,../episode.json,crack,1,9:16,,none.png,,,,,
e,../episode.wav,../episode.json,crack,1,,,,,,,,
CSV
expect 1 batch list/list.csv -o out
err_has 'list/list.csv:4: video must be one of 9:16, 1:1, 4:5, 16:9'
err_has 'list/list.csv:5: list/none.png: '
is 'the first of the batch' "$(probe out/a.mp4 v width height)" '1080 1350'
is 'the second of the batch' "$(probe out/b.mp4 v width height)" '540 960'
check 'the last is sound alone' test -e out/e.mp3
cat >list/sound.csv <<'CSV'
id,audio,transcript,phrase,limit,output,for,title
a,../episode.wav,../episode.json,crack,1,a.mp3,shorts,
b,../episode.wav,../episode.json,crack,1,b.mp3,,Hello
c,../episode.wav,../episode.json,crack,1,c.mp3,,
CSV
expect 1 batch list/sound.csv -o sound --theme pale.theme
err_has 'list/sound.csv:2: --for shorts makes videos; end a.mp3 with .mp4'
err_has 'list/sound.csv: warning: the title of 1 clip is not shown'
is 'a theme for all rows is no matter of those without pictures' "$(ls sound/*.mp3 | tr '\n' ' ')" 'sound/b.mp3 sound/c.mp3 '
sum=$(sha256sum <out/a.mp4)
rm out/b.mp4
expect 1 batch list/list.csv -o out --resume
check 'a clip that is done stays' test "$sum" = "$(sha256sum <out/a.mp4)"
check 'a clip that is missing is made again' test -e out/b.mp4
finish
