# Memory does not grow with the number of clips of an episode: what the certificate needs of the source is freed with each clip.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3 nm
nm -D "$soundbite" 2>/dev/null | grep -q '__[at]san_init' && { echo 'skipped: sanitizers keep memory that was freed'; exit 77; }
make_episode

# long.wav: ten copies of the episode, and long.txt with the stamps moved along.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    set -- "$@" episode.wav
done
sox -D "${@:3}" long.wav
python3 - "$(soxi -D episode.wav)" >long.txt <<'END'
import re, sys
text = open("episode.txt").read()
for copy in range(10):
    print(re.sub(r"\[00:00:(..)\]", lambda m: "[00:%02d:%02d]" % divmod(int(int(m[1]) + copy * float(sys.argv[1])), 60), text), end="")
END
expect 0 align long.wav long.txt --method energy --allow-mismatch --no-cache -q -o long.json

# peak_of LIMIT: the peak memory of cutting so many turns, in MB.
peak_of() {
    python3 - "$soundbite" clip long.wav long.json --speaker '*' --limit "$1" --jobs 2 -q -f -o "clips/{n}.wav" <<'END'
import os, subprocess, sys
_, status, used = os.wait4(subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL).pid, 0)
print(used.ru_maxrss // 1024 if status == 0 else 0)
END
}
few=$(peak_of 5)
many=$(peak_of 50)
out="5 clips: $few MB; 50 clips: $many MB"
check 'clips were cut' test "$few" -gt 0 -a "$(ls clips | wc -l)" = 50
check 'memory does not grow with the number of clips' test "$many" -lt $((few + 10))
echo "$out"
finish
