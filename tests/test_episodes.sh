# The episodes match their README, and edit-episode moves the true times with the audio.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs python3 ffmpeg sox
episodes=$source_dir/build/episodes
[ -e "$episodes/real-voices/.made" ] || { echo 'skipped: scripts/make-episodes has not been run'; exit 77; }

# well_laid EPISODE: the timestamps are the true times in whole seconds, and no turn starts before the previous one ends.
well_laid() {
    python3 - "$1/$(basename "$1").txt" "$1/turns.tsv" <<'END'
import re, sys
header = re.compile(r"(.+) \[(\d\d):(\d\d):(\d\d)\]:")
text = open(sys.argv[1], encoding="utf-8").read().split("\nTranscript\n", 1)[1].splitlines()
rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")][1:]
written = [(m[1], int(m[2]) * 3600 + int(m[3]) * 60 + int(m[4])) for m in map(header.fullmatch, text) if m]
true = [(row[3], int(float(row[1]))) for row in rows if row[3]]
spans = [(float(row[1]), float(row[2])) for row in rows]
assert written == true, "stamps"
assert all(first < last for first, last in spans), "empty turn"
assert all(start >= end for (_, end), (start, _) in zip(spans, spans[1:])), "overlap"
END
}

seconds_of() {
    ffmpeg -v error -i "$1" -f s16le -ac 1 -ar 8000 - | wc -c | awk '{ print $1 / 16000 }'
}

# moved BEFORE AFTER BREAKS CLOCK: every turn is where offset, breaks and clock move it.
moved() {
    python3 - "$@" <<'END'
import sys
before, after, breaks, clock = ([line.rstrip("\n").split("\t") for line in open(path)][1:] for path in sys.argv[1:])
offset, scale = float(clock[0][0]), 1 + float(clock[0][1]) * 1e-6
silent = 0
for old, new in zip(before, after, strict=True):
    if not new[1]:
        silent += 1
        continue
    for k in (1, 2):
        wanted = float(old[k]) * scale + offset + sum(float(b[3]) for b in breaks if float(b[0]) < float(old[k]))
        assert abs(wanted - float(new[k])) < 2e-6, (old, new, wanted)
assert silent > 1, "nothing was cut out"
END
}

check 'the conversation is laid out well' well_laid "$episodes/conversation"
check 'the real voices are laid out well' well_laid "$episodes/real-voices"
check 'the conversation lasts 6 to 8 minutes' awk -v s="$(seconds_of "$episodes/conversation/conversation.mp3")" \
    'BEGIN { exit !(s > 360 && s < 480) }'
check 'there are 250 turns of real voices' test "$(wc -l <"$episodes/real-voices/turns.tsv")" -gt 250
check 'neighbours share a second' test "$(grep -o '\[.*\]:$' "$episodes/conversation/conversation.txt" | uniq -d | wc -l)" -ge 6
check 'one speaker has a placeholder name' grep -q '^Speaker D \[' "$episodes/conversation/conversation.txt"

"$source_dir/scripts/edit-episode" "$episodes/conversation" variant --offset 5 --insert 120:30 --cut 180:215 --append 4 --rate-ppm 120
check 'the truth moves with the sound' moved "$episodes/conversation/turns.tsv" variant/{turns,breaks,clock}.tsv
check 'the transcript stays' cmp "$episodes/conversation/conversation.txt" variant/conversation.txt
longer=$(awk -v a="$(seconds_of "$episodes/conversation/conversation.mp3")" -v b="$(seconds_of variant/conversation.mp3)" \
    -v gaps="$(awk -F'\t' 'NR > 1 { s += $4 } END { print s }' variant/breaks.tsv)" 'BEGIN { print b - a * 1.00012 - gaps - 9 }')
check "the sound is as long as the edits make it ($longer s more)" awk -v d="$longer" 'BEGIN { exit !(d < 0.01 && d > -0.01) }'
finish
