# Properties of alignment: gain, the container, swapped channels and silence before the sound change nothing beyond their own share.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs python3 ffmpeg
field=$source_dir/build/field
[ -e "$field/.made" ] || { echo 'skipped: scripts/make-field has not been run'; exit 77; }

# same_times A B SECONDS: B has the turns of A, SECONDS later. By energy, all times are equal; words that were heard always are.
same_times() {
    python3 - "$@" <<'END'
import json, sys
first, second = (json.load(open(name)) for name in sys.argv[1:3])
shift, worst = float(sys.argv[3]), 0
everywhere = first["method"] == "energy"
assert first["method"] == second["method"]
assert len(first["turns"]) == len(second["turns"])
n = changed = 0
for one, other in zip(first["turns"], second["turns"]):
    for a, b in zip(one["words"], other["words"]):
        if a["start"] is None or b["start"] is None:
            assert not everywhere, (a, b)
            changed += (a["start"] is None) != (b["start"] is None)
            continue
        if everywhere or a["confidence"] > 0.5:
            n += 1
            moved = max(abs(b[edge] - a[edge] - shift) for edge in ("start", "end"))
            changed += moved > 0.02
            worst = max(worst, moved)
assert n > 10, n
assert changed <= (0 if everywhere else n / 50), f"{changed} of {n} words moved by up to {worst} s"
END
}

make_sound() {
    ffmpeg -v error -y -i "$1" "${@:3}" "$2" </dev/null
}

later_transcript() {
    python3 - "$1" "$2" >"$3" <<'END'
import re, sys
def later(match):
    hours, minutes, seconds = (int(part) for part in match.groups())
    t = 3600 * hours + 60 * minutes + seconds + int(sys.argv[2])
    return f"[{t // 3600:02}:{t // 60 % 60:02}:{t % 60:02}]"
print(re.sub(r"\[(\d+):(\d+):(\d+)\]", later, open(sys.argv[1], encoding="utf-8").read()), end="")
END
}

# compare NAME SECONDS SOUND TRANSCRIPT: aligns it and compares it with base.json.
compare() {
    expect 0 align "$3" "$4" --method "$method" --no-cache -q -f -o changed.json
    check "$set by $method: $1" same_times base.json changed.json "$2"
}

for set in librivox-en prompts-en; do
    make_sound "$field/$set"/audio.* base.wav -c:a pcm_f32le -ac 1
    make_sound base.wav quarter.wav -af volume=0.25 -c:a pcm_f32le
    make_sound base.wav loud.wav -af volume=3 -c:a pcm_f32le
    make_sound base.wav late.wav -af adelay=7000:all=1 -c:a pcm_f32le
    make_sound base.wav slightly-late.wav -af adelay=700:all=1 -c:a pcm_f32le
    make_sound base.wav same.mkv -c:a pcm_f32le
    make_sound base.wav left.wav -af 'pan=stereo|c0=c0|c1=0.5*c0' -c:a pcm_f32le
    make_sound base.wav right.wav -af 'pan=stereo|c0=0.5*c0|c1=c0' -c:a pcm_f32le
    later_transcript "$field/$set/transcript.txt" 7 late.txt
    for method in energy acoustic; do
        [[ $method == energy ]] || { has_acoustic && [[ $set == librivox-en ]]; } || continue
        expect 0 align base.wav "$field/$set/transcript.txt" --method "$method" --no-cache -q -f -o base.json
        compare "a quarter of the level" 0 quarter.wav "$field/$set/transcript.txt"
        compare "three times the level" 0 loud.wav "$field/$set/transcript.txt"
        compare "seven seconds of silence in front" 7 late.wav late.txt
        compare "the same, timestamps unchanged" 7 late.wav "$field/$set/transcript.txt"
        compare "0.7 seconds of silence in front, timestamps unchanged" 0.7 slightly-late.wav "$field/$set/transcript.txt"
        compare "another container" 0 same.mkv "$field/$set/transcript.txt"
        expect 0 align left.wav "$field/$set/transcript.txt" --method "$method" --no-cache -q -f -o base.json
        compare "swapped channels" 0 right.wav "$field/$set/transcript.txt"
    done
done

# Eleven turns are too few for the pauses alone.
set=conversation method=energy episode=$source_dir/build/episodes/conversation
if [ -e "$episode/conversation.txt" ]; then
    awk '/\[[0-9:]+\]:$/ && ++n > 10 { exit } { print }' "$episode/conversation.txt" >few.txt
    make_sound "$episode/conversation.mp3" base.wav -t 75 -c:a pcm_f32le -ac 1
    expect 0 align base.wav few.txt --method energy --no-cache -q -f -o base.json
    for late in 0.5 0.7 1.5; do
        make_sound base.wav late.wav -af "adelay=$(python3 -c "print(int(1000 * $late))"):all=1" -c:a pcm_f32le
        compare "eleven turns, $late s of silence in front, timestamps unchanged" "$late" late.wav few.txt
    done
fi
finish
