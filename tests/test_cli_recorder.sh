# Files of recorders: many inputs without loudspeakers, 24 bits and floating point, ALAC in CAF, SPHERE.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg python3
make_episode
align_episode mono.json
convert() { ffmpeg -nostdin -v error -y "$@"; }

# tracks.py IN OUT MASK TRACKS PLACE: IN at a place among tracks with noise. The mask "none" writes the plain format tag.
cat >tracks.py <<'PYTHON'
import array, random, struct, sys, wave
with wave.open(sys.argv[1]) as w:
    rate, data = w.getframerate(), w.readframes(w.getnframes())
mask, n, place = sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
sound = array.array("h", data)
noise = array.array("h", random.Random(7).choices(range(-8, 9), k=len(sound) + n))
body = array.array("h", bytes(2 * n * len(sound)))
for c in range(n):
    body[c::n] = sound if c == place else noise[c:c + len(sound)]
basic = struct.pack("<HHIIHH", 1 if mask == "none" else 0xFFFE, n, rate, rate * n * 2, n * 2, 16)
if mask != "none":
    basic += struct.pack("<HHI", 22, 16, int(mask, 0)) + bytes.fromhex("0100000000001000800000aa00389b71")
names = b"<BWFXML><TRACK_LIST><TRACK><CHANNEL_INDEX>1</CHANNEL_INDEX><NAME>Ann</NAME></TRACK></TRACK_LIST></BWFXML>"
names += b" " * (len(names) % 2)
chunk = lambda name, data: name + struct.pack("<I", len(data)) + data
whole = b"WAVE" + chunk(b"bext", bytes(602)) + chunk(b"fmt ", basic) + chunk(b"data", body.tobytes()) + chunk(b"iXML", names)
open(sys.argv[2], "wb").write(b"RIFF" + struct.pack("<I", len(whole)) + whole)
PYTHON
tracks() { python3 tracks.py episode.wav "$@"; }

# heard: the clip of the last run with --json has a normal loudness, and its certificate found the source's sound.
heard() { python3 -c 'import json, sys
for line in open(".out"):
    clip = json.loads(line)
    assert clip["loudness_lufs"] > -30, clip["loudness_lufs"]
    assert clip["certificate"] is None or "sound" not in clip["certificate"]["failed"], clip["certificate"]'; }

while read -r n place file; do
    tracks tracks.wav none "$n" "$place"
    expect 0 clip tracks.wav episode.txt --match 4 -o "$file" --json -f
    check "input $((place + 1)) of $n is heard in $file" heard
done <<'LIST'
3 2 q.mp3
3 1 q.opus
4 3 q.m4a
6 3 q.mp4
8 7 q.mp3
LIST
err_has 'q.mp3: warning: the audio has 8 channels that are not for loudspeakers, such as microphones; mp3 cannot keep them apart'
cat >quote.txt <<'TEXT'
Bob Stone [00:00:00]:
The hardest part is the water. Water never sleeps, and it finds every crack.
TEXT
for mask in none 0; do
    n=$([[ $mask == 0 ]] && echo 1 || echo 2)
    tracks tracks.wav $mask 6 3
    expect 0 clip tracks.wav episode.txt --match 4 -o q.m4a --json -f
    check "q.m4a of a file with mask $mask is heard" heard
    expect 0 clip tracks.wav episode.txt --match 4 -o q.wav --channels $n --json -f
    check "$n channels with mask $mask are heard" heard
    for file in q.wav q.flac; do
        expect 0 clip tracks.wav episode.txt --match 4 -o $file --channels 6 --json -f
        check "$file keeps the tracks" test "$(soxi -c $file)" = 6
        expect 0 clip $file quote.txt --match 1 -o again.wav --channels 2 --json -f
        check "the tracks of $file do not become loudspeakers" heard
    done
done
expect 1 clip tracks.wav episode.txt --match 4 -o q.wav --channels 4 -f
err_has 'q.wav: cannot have 4 channels because the audio has 6; mix to 1 or 2, or keep all'
expect 1 clip episode.wav episode.txt --match 4 -o q.wav --channels 6 -f
err_has 'because the audio has 1; mix to 1 or 2 (--channels)'

# level: the loudness of the last clip is the target, in the file too, and measured on the tracks as a mix plays them.
level() { python3 - "$1" <<'PYTHON'
import json, subprocess, sys
clip = json.loads(open(".out").readline())
assert not clip["warnings"] or "microphones" in clip["warnings"][0], clip["warnings"]
assert abs(clip["loudness_lufs"] + 16) < 0.3 and abs(clip["certificate"]["loudness_lufs"] + 16) < 0.3, clip
have = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=channels", "-of", "csv=p=0", sys.argv[1]],
                      capture_output=True, text=True).stdout
n = int(have.split()[0].strip(","))
pan = "pan=stereo|c0=" + "+".join(f"c{i}" for i in range(n)) + "|c1=" + "+".join(f"c{i}" for i in range(n))
log = subprocess.run(["ffmpeg", "-nostdin", "-i", sys.argv[1], "-af", (pan + "," if n > 2 else "") + "aformat=flt,ebur128", "-f", "null", "-"],
                     capture_output=True, text=True).stderr
lufs = float(log.split("Summary:")[1].split("I:")[1].split()[0])
assert abs(lufs + 16) < 0.4, lufs
PYTHON
}
for n in 3 4 5 6 7 8 12 16; do
    tracks tracks.wav none $n $((n - 1))
    for file in q.wav q.flac q.mp3; do
        [[ $file == q.flac && $n -gt 8 ]] && continue
        expect 0 clip tracks.wav episode.txt --match 4 -o $file --json -f
        check "$n tracks have the loudness in $file" level $file
    done
done
expect 0 clip tracks.wav episode.txt --match 4 -o q.wav --loudness-of speaker --json -f
check 'and with the loudness of the speaker' heard

# A recorder may call six microphones 5.1. A low channel with speech shows it, whichever clip is cut.
tracks tracks.wav 0x3f 6 3
convert -i tracks.wav tracks.flac
for file in tracks.wav tracks.flac; do
    expect 0 align $file episode.txt -o tracks.json -f
    err_has "$file: warning: the file names loudspeakers, but its channel for low frequencies has sound of all frequencies; the 6 channels are used as microphones"
    grep -q '"microphones": true' tracks.json || fail 'the alignment keeps it'
    expect 0 clip $file tracks.json --match 4 -o q.wav --channels 2 --json -f
    check "the fourth microphone of $file is heard" heard
    expect 0 clip $file tracks.json --match 4 -o q.opus --loudness-of episode --json -f
    err_has 'the audio has 6 channels that are not for loudspeakers'
    check "and in Opus" heard
    expect 0 clip $file --from 0:10 --until 0:14 -o q.wav --channels 2 --json -f
    check "and without a transcript" heard
done

# A mix for loudspeakers is mixed as such: the low channel is left out.
film() { convert -i episode.wav -filter_complex "[0]asplit[a][b];[b]$1[low];[a][low]join=inputs=2:channel_layout=5.1:map=0.0-FL|0.0-FR|0.0-FC|1.0-LFE|0.0-BL|0.0-BR" film.wav; }
for low in 'lowpass=f=120,volume=10dB' 'lowpass=f=120,lowpass=f=120,volume=20dB' 'lowpass=f=80,volume=-40dB'; do
    film "$low"
    expect 0 align film.wav episode.txt -o film.json -f
    err_lacks microphones
done
expect 0 clip film.wav film.json --match 4 -o q.wav --channels 2 --loudness off -f
expect 0 clip episode.wav episode.txt --match 4 -o plain.wav --loudness off -f
check 'the low channel is left out' test "$(sox -m -v 1 q.wav -v -1 "|sox plain.wav -p remix 1 1" -n stat 2>&1 | awk '/RMS.*amp/ {print ($3 < 0.001)}')" = 1
tracks tracks.wav 0x3f 6 2
expect 0 clip tracks.wav episode.txt --match 4 -o q.opus --json -f
check 'Opus keeps 5.1' test "$(ffprobe -v error -show_entries stream=channel_layout -of csv=p=0 q.opus)" = 5.1
check 'and its speech' heard

# depth CODEC: the codec of the clip q.wav or q.flac, and whether its middle is that of the source, sample for sample.
depth() { python3 - "$@" <<'PYTHON'
import json, subprocess, sys
source, clip, codec = sys.argv[1:]
line = json.loads(open(".out").readline())
def decode(name):
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", name, "-f", "f64le", "-"], capture_output=True).stdout
    return memoryview(raw).cast("d")
s, c = decode(source)[line["start_sample"]:line["end_sample"]], decode(clip)
assert len(s) == len(c), (len(s), len(c))
h = len(c) // 2
assert list(s[h - 4000:h + 4000]) == list(c[h - 4000:h + 4000]), "other samples"
have = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,bits_per_raw_sample,bits_per_sample", "-of",
                       "csv=p=0", clip], capture_output=True, text=True).stdout
assert codec in have, have
PYTHON
}
sox -R -D episode.wav -b 32 -e float float.wav vol 0.7
convert -i float.wav -c:a pcm_s24le 24.wav
convert -i float.wav -c:a pcm_s16le 16.wav
convert -i 24.wav -c:a pcm_s32le 32.wav
convert -i 24.wav -c:a flac 24.flac
convert -i 24.wav -c:a alac -sample_fmt s32p 24.m4a
convert -i 24.wav -c:a alac -sample_fmt s32p 24.caf
convert -i 16.wav -c:a alac 16.m4a
convert -i 24.wav -c:a pcm_s24be 24.aiff
convert -i 16.wav -c:a pcm_u8 8.wav
convert -i 16.wav -ar 8000 -c:a pcm_mulaw law.wav
while read -r source clip codec; do
    expect 0 clip $source episode.txt --phrase 'water never sleeps' --loudness off -o $clip --json -f
    check "$clip of $source" depth $source $clip $codec
done <<'LIST'
16.wav q.wav pcm_s16le
24.wav q.wav pcm_s24le
32.wav q.wav pcm_s32le
float.wav q.wav pcm_f32le
24.flac q.wav pcm_s24le
24.caf q.wav pcm_s24le
24.aiff q.wav pcm_s24le
8.wav q.wav pcm_s16le
law.wav q.wav pcm_s16le
24.wav q.flac 24
24.m4a q.flac 24
32.wav q.flac 24
LIST
expect 0 clip 24.wav episode.txt --phrase 'water never sleeps' -o q.wav --json -f
out_has '"codec": "pcm_s16le"'
expect 0 clip 24.wav episode.txt --phrase 'water' --loudness off --join all.wav --json -f
out_has '"codec": "pcm_s24le"'
check 'a montage has the depth too' test "$(soxi -b all.wav)" = 24
expect 0 clip float.wav episode.txt --phrase 'water never sleeps' --loudness off -o again.wav -f
expect 0 clip float.wav episode.txt --phrase 'water never sleeps' --loudness off -o q.wav -f
check 'the same bytes' cmp q.wav again.wav

# A whole CAF has up to one packet less than it counts.
for rate in 8000 22050 48000; do
    for codec in alac adpcm_ima_qt libopus; do
        [[ $codec == libopus && $rate != 48000 ]] && continue
        convert -i episode.wav -ar $rate -c:a $codec whole.caf
        expect 0 info whole.caf
        out_lacks 'damaged       yes'
        err_lacks warning
        out_lacks 'header says'
    done
done
convert -i episode.wav -ar 22050 -c:a alac whole.caf
head -c $(($(stat -c %s whole.caf) / 2)) whole.caf >half.caf
expect 1 info half.caf
err_has 'the file is cut short, and the table of its packets'
convert -i episode.wav -c:a pcm_s16le whole.caf
head -c $(($(stat -c %s whole.caf) / 2)) whole.caf >half.caf
expect 6 info half.caf
err_has 'half.caf: warning: '
err_has 'the file is cut short'

# SPHERE, also with shorten, which is written here without prediction.
cat >shorten.py <<'PYTHON'
import sys, wave
with wave.open(sys.argv[1]) as w:
    rate, data = w.getframerate(), w.readframes(w.getnframes())
x = [int.from_bytes(data[i:i + 2], "little", signed=True) for i in range(0, len(data), 2)]
bits = []
def rice(value, k):
    bits.extend([0] * (value >> k) + [1] + [value >> i & 1 for i in reversed(range(k))])
def number(value):
    k = value.bit_length()
    rice(k, 2)
    rice(value, k)
BLOCK = 256
for value in (5, 1, BLOCK, 0, 0, 0):  # 16 bits, channels, size of a block; no prediction, means or bytes to skip
    number(value)
for at in range(0, len(x), BLOCK):
    part = x[at:at + BLOCK]
    if len(part) < BLOCK:
        rice(5, 2)
        number(len(part))
    rice(0, 2)
    rice(11, 3)
    for v in part:
        rice(v * 2 if v >= 0 else -v * 2 - 1, 12)
rice(4, 2)
bits += [0] * (-len(bits) % 32)
stream = bytes(int("".join(map(str, bits[i:i + 8])), 2) for i in range(0, len(bits), 8))
head = (f"NIST_1A\n   1024\nsample_count -i {len(x)}\nsample_n_bytes -i 2\nchannel_count -i 1\nsample_byte_format -s2 01\n"
        f"sample_rate -i {rate}\nsample_coding -s26 pcm,embedded-shorten-v2.00\nend_head\n")
open(sys.argv[2], "wb").write(head.ljust(1024).encode() + b"ajkg\2" + stream)
PYTHON
sox -D episode.wav -b 16 plain.sph
python3 shorten.py episode.wav short.sph
sox -D episode.wav -r 8000 -e u-law law.sph
for file in plain.sph short.sph law.sph; do
    expect 0 clip $file episode.txt --phrase 'water never sleeps' -o q.wav --json -f
    check "a clip of $file" heard
    expect 0 info $file
    out_has 'container       nistsphere'
done
expect 0 clip plain.sph episode.txt --phrase 'water never sleeps' --loudness off -o q.wav -f
expect 0 clip short.sph episode.txt --phrase 'water never sleeps' --loudness off -o again.wav -f
samples() { ffmpeg -nostdin -v error -i "$1" -f s16le -; }
check 'shorten is lossless' cmp <(samples q.wav) <(samples again.wav)
head -c 100000 plain.sph >half.sph
expect 6 info half.sph
err_has 'the file is cut short'
finish
