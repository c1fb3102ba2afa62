# Videos play in a real browser: Chromium, driven from tests/browser.
. "$(dirname "$0")/lib.sh"
needs node ffprobe espeak-ng sox
modules=$source_dir/build/browser/node_modules
chromium=$(command -v chromium || command -v chromium-browser) || { echo 'skipped: chromium is not installed'; exit 77; }
[[ -e $modules/playwright-core ]] || { echo 'skipped: scripts/install test has not been run'; exit 77; }

make_episode
align_episode episode.json energy
run clip episode.wav episode.json --match 1 -o try.mp4
[[ $code == 1 && $err == *'makes no videos'* ]] && { echo 'skipped: built without cairo and pango'; exit 77; }

videos=()
while read -r shape size; do
    name=${shape/:/x}.mp4
    expect 0 clip episode.wav episode.json --match 2 --video "$shape" -o "$name" -q
    videos+=("$name=$size=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$name")")
done <<'SHAPES'
9:16 1080x1920
1:1 1080x1080
4:5 1080x1350
16:9 1920x1080
SHAPES

checks=$((checks + 1))
NODE_PATH=$modules node "$source_dir/tests/browser/video_player.cjs" "$chromium" "$folder" "${videos[@]}" >browser.log 2>&1 ||
    fail 'the videos in Chromium'
cat browser.log
finish
