# The main outputs for a fixed input have the sums in fixtures/reference/sums, on every machine. The audio is made of integers, so
# its bytes are the same everywhere.
# Not compared: compressed clips (the encoders' bytes differ between versions of their libraries), samples with a gain or another rate
# (their last bit depends on the machine's arithmetic), words that were heard (espeak-ng and the acoustic model are packages of their
# own), web pages (their style changes often), and in manifests and alignments what libraries of other versions may tell otherwise:
# headers of files, how a file is divided into packets, and measured levels.
# After a change of outputs that is meant: bash tests/test_cli_reference.sh PROGRAM SOURCE_DIR --renew
. "$(dirname "$0")/lib.sh"
needs python3 ffmpeg
reference=$source_dir/fixtures/reference
cp "$reference/talk.txt" .

# talk.wav: a burst of noise for each vowel of the transcript, and in the middle 20 s of other sound.
python3 - <<'END'
import re, wave
RATE, AD_BEFORE, AD_S = 16000, 15, 20
state = 1
def noise(ms, level):
    global state
    for _ in range(RATE * ms // 1000):
        state = (state * 1103515245 + 12345) % 2**31
        yield (state >> 16) % (2 * level + 1) - level
def said(n_syllables, level):
    for k in range(n_syllables):
        yield from noise(140, level - 500 * (k % 3))
        yield from noise(40, level // 20)
turns = re.findall(r"\[00:(..):(..)\]:\n(.*)", open("talk.txt").read())
samples = []
for number, (minutes, seconds, text) in enumerate(turns):
    if number == AD_BEFORE:
        samples += noise(200, 3)
        samples += said(AD_S * 1000 // 180, 9000)
    start_ms = (60 * int(minutes) + int(seconds)) * 1000 + number * 370 % 1000 + 1000 * AD_S * (number >= AD_BEFORE)
    samples += noise(start_ms - len(samples) * 1000 // RATE, 3)
    samples += said(len(re.findall("[aeiouy0-9]+", text.lower())), 6000 + 1000 * (number % 2))
samples += noise(1500, 3)
with wave.open("talk.wav", "wb") as out:
    out.setnchannels(1)
    out.setsampwidth(2)
    out.setframerate(RATE)
    out.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))
END

# sums: the sum of each file here: of the samples of audio, and of texts without what may differ.
sums() {
    python3 - <<'END'
import csv, hashlib, pathlib, re, wave
MEASURED = ("sha256", "loudness_lufs", "true_peak_db")
def comparable(path):
    if path.suffix == ".wav":
        with wave.open(str(path)) as file:
            return file.readframes(file.getnframes())
    if path.name.endswith("manifest.csv"):
        rows = csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
        return repr([[item for item in row.items() if item[0] not in MEASURED] for row in rows]).encode()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        text = re.sub(rf'"({"|".join(MEASURED)})": [^,]*, ', "", text)
    return re.sub(r', "packets": "[^"]*"', "", text).encode()
for path in sorted(pathlib.Path().rglob("*")):
    if path.is_file() and not path.name.startswith("."):
        print(hashlib.sha256(comparable(path)).hexdigest(), path, sep="  ")
END
}

outputs() {
    local format file samples
    expect 0 align talk.wav talk.txt --method energy --no-cache -o alignment.json
    expect 4 drift talk.wav alignment.json --json -o drift.json --fixed fixed.txt
    expect 4 drift talk.wav alignment.json -o drift.txt
    for format in text srt vtt vtt-words textgrid ctm audacity audacity-turns ass csv podcast-json podcast-html chapters reaper edl otio fcpxml \
        ffmetadata; do
        expect 0 export alignment.json --to "$format" -o "export-$format"
    done
    expect 0 export talk.wav --to peaks -o peaks.json
    expect 0 find alignment.json --phrase bridge --json -o find.json
    expect 0 verify talk.txt --quote 'it had been moved in 1974' --quote 'The bench is in the middle' --json -o verify.json
    for format in wav flac; do
        expect 0 clip talk.wav alignment.json --speaker 'Bob*' --loudness off --no-certificate --captions srt -o "$format/{n:02}.$format" \
            --manifest "$format.jsonl"
    done
    expect 0 clip talk.wav alignment.json --speaker 'Ann*' --loudness off --no-certificate --join joined.wav --manifest joined-manifest.csv
    # FLAC is lossless, so its samples are those of the WAV.
    for file in flac/*.flac; do
        samples=$(basename "$file" .flac)
        ffmpeg -nostdin -v error -i "$file" -f s16le .flac
        tail -c "$(stat -c %s .flac)" "wav/$samples.wav" | check "the samples of $file" cmp - .flac
        rm .flac "$file"
    done
}

outputs
rm -rf cache
sums >.sums
if [[ ${3-} == --renew ]]; then
    cp .sums "$reference/sums"
    exit
fi
checks=$((checks + $(wc -l <.sums)))
while read -r file; do
    out=$(head -c 2000 "$file" | tr -d '\0')
    fail "$file differs from fixtures/reference/sums; it starts as shown"
done < <(diff .sums "$reference/sums" | sed -n 's/^[<>] [0-9a-f]*  //p' | sort -u)
finish
