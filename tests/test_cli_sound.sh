# The sound of clips: what --loudness-of measures, and values that another program measures too.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg python3
make_episode
align_episode episode.json

expect 0 clip episode.wav episode.json --speaker '*' -o 'own/{n}.mp3' --json -q
cp .out own.jsonl
python3 - <<'PYTHON' || fail 'each clip has the loudness asked for, by ffmpeg and by its manifest line'
import json, re, subprocess
for line in open("own.jsonl"):
    clip = json.loads(line)
    told = subprocess.run(["ffmpeg", "-nostdin", "-hide_banner", "-i", clip["file"], "-af", "ebur128=peak=true:dualmono=true",
                           "-f", "null", "-"], capture_output=True, text=True).stderr.split("Summary:")[1]
    lufs, peak = (float(re.search(name + r":\s+(-?[\d.]+)", told)[1]) for name in ("I", "Peak"))
    assert peak <= -1 and clip["true_peak_db"] <= -1 and abs(peak - clip["true_peak_db"]) < 0.3, (peak, clip)
    if clip["end_sample"] - clip["start_sample"] >= 3 * clip["sample_rate"]:
        assert abs(clip["loudness_lufs"] + 16) <= 0.3 and abs(lufs - clip["loudness_lufs"]) <= 0.2, (lufs, clip)
PYTHON

gains() { python3 -c 'import json, sys
print(len({(line["speaker"] if len(sys.argv) > 1 else "", line["gain_db"]) for line in map(json.loads, sys.stdin)}))' "$@"; }
expect 0 clip episode.wav episode.json --speaker '*' -o 'speaker/{n}.wav' --loudness-of speaker --json -q
n_speakers=$(python3 -c 'import json, sys; print(len({json.loads(line)["speaker"] for line in open("own.jsonl")}))')
check 'one gain for each speaker' test "$(gains by-speaker <.out)" = "$n_speakers"
expect 0 clip episode.wav episode.json --speaker '*' -o 'episode/{n}.wav' --loudness-of episode --json -q
check 'one gain for the episode' test "$(gains <.out)" = 1
check 'which clips by themselves do not have' test "$(gains <own.jsonl)" -gt 1
expect 2 clip episode.wav episode.json --speaker '*' -o 'x/{n}.wav' --loudness-of turn
err_has 'clip, speaker'
expect 2 clip episode.wav episode.json --match 1 -o x.wav --loudness off --loudness-of speaker
err_has 'leave out one of the two (--loudness, --loudness-of)'

expect 0 clip episode.wav episode.json --match 1 -o rate.flac --bitrate 64k
err_has 'rate.flac: warning: flac is lossless; the bit rate is ignored'
expect 0 clip episode.wav episode.json --match 1 -o rate.wav --bitrate 64k
err_has 'rate.wav: warning: wav is lossless'
expect 0 clip episode.wav episode.json --match 1 -o rate.mp3 --bitrate 64k
check 'mp3 has a bit rate' test "${err/bit rate/}" = "$err"

cat >list.csv <<'LIST'
audio,transcript,speaker,loudness-of,output
episode.wav,episode.json,*,episode,{n}-{slug}.wav
episode.wav,episode.json,ann*,whole,{n}-{slug}.wav
LIST
expect 1 batch list.csv -o batch --json
check 'one gain for the episode in a batch' test "$(gains <.out)" = 1
err_has "list.csv:3: loudness-of must be clip, speaker or episode, not 'whole'"
expect 1 batch list.csv -o batch --resume
err_has 'already finished'
check 'nothing is made again' test "$(grep -c '[1-9][0-9]* already finished' <<<"$err")" = 1
finish
