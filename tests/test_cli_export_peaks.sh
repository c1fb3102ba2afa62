# The waveform of audio, against the samples themselves.
. "$(dirname "$0")/lib.sh"
needs sox python3 ffmpeg

sox -D -n -r 16000 -c 2 -b 16 sound.wav synth 3.3 sine 100-3000 sine 440 vol 0.8
ffmpeg -v error -i sound.wav sound.mp3
expect 0 export sound.wav --to peaks -o sound.dat
expect 0 export sound.wav -o again.dat
check 'the same by the extension' cmp -s sound.dat again.dat
expect 0 export sound.wav --to peaks -o sound.json
python3 - <<'PYTHON' || fail 'peaks are those of the samples'
import json, struct, wave
w = wave.open('sound.wav')
samples = struct.unpack(f'<{w.getnframes() * 2}h', w.readframes(w.getnframes()))
mono = [(a + b) / 2 for a, b in zip(samples[::2], samples[1::2])]
runs = [mono[i:i + 256] for i in range(0, len(mono), 256)]
want = [x for r in runs for x in (min(r), max(r))]
data = open('sound.dat', 'rb').read()
version, flags, rate, per_pixel, length, channels = struct.unpack('<iIiiIi', data[:24])
assert (version, flags, rate, per_pixel, length, channels) == (2, 1, 16000, 256, len(runs), 1)
got = struct.unpack(f'<{2 * length}b', data[24:])
assert all(abs(g - x / 256) < 1.01 for g, x in zip(got, want))
j = json.load(open('sound.json'))
assert list(j) == ['version', 'channels', 'sample_rate', 'samples_per_pixel', 'bits', 'length', 'data']
assert (j['version'], j['channels'], j['sample_rate'], j['samples_per_pixel'], j['bits'], j['length']) == \
    (2, 1, 16000, 256, 8, length)
assert j['data'] == list(got)
PYTHON
expect 0 export sound.mp3 --to peaks
out_has '{"version":2,"channels":1,"sample_rate":16000,'
head -c 9000 sound.mp3 >cut.mp3
printf 'rubbish that is no frame %.0s' {1..200} >>cut.mp3
tail -c +9001 sound.mp3 >>cut.mp3
expect 6 export cut.mp3 --to peaks -o cut.dat
err_has 'warning'
check 'what could be read is there' test -s cut.dat

printf 'Ann [00:00:01]:\nHello there.\n' >talk.txt
expect 2 export talk.txt --to peaks
err_has 'name the audio'
expect 0 export talk.txt --to json -o talk.json
expect 2 export talk.json --to peaks -o talk.dat
check 'nothing is left behind' test ! -e talk.dat
expect 2 align sound.wav talk.txt --to peaks
err_has 'soundbite export sound.wav --to peaks'
expect 2 export sound.wav --to peaks --speaker Ann
expect 2 export sound.wav --to peaks --fps 25
expect 1 export missing.wav --to peaks
expect 5 export sound.wav --to peaks -o sound.dat
expect 5 export sound.wav --to peaks -f -o sound.wav
finish
