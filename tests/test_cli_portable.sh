# The program with the parts for other systems than Linux (SB_PORTABLE): it is a whole program, uses no function of Linux alone, and
# gives the same results.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox nm
portable=$(dirname "$soundbite")/portable/soundbite
grep -q SB_PORTABLE "$source_dir/src/base/run/platform.c" || fail 'platform.c has a portable part'
make_episode

imports() {
    nm -D --undefined-only "$1" | sed 's/.* //; s/@.*//' | grep -Ex 'renameat2|prctl|sched_getaffinity|statx|pipe2|dup3|accept4|memfd_create'
}
if [[ $(uname) == Linux ]]; then
    expect 0 --version
    check 'the ordinary program uses functions of Linux' test -n "$(imports "$soundbite")"
fi
expect 0 align episode.wav episode.txt -o one.json --no-cache
expect 0 clip episode.wav one.json --phrase 'twenty years' -o one.wav

# In a folder of PATH, because a program that cannot ask the system looks itself up there.
export PATH=$(dirname "$portable"):$PATH
soundbite=soundbite
check 'the portable program does not' test -z "$(imports "$portable")"
expect 0 align episode.wav episode.txt -o two.json
check 'the same alignment' cmp one.json two.json
check 'the cache is written' test -n "$(find "$XDG_CACHE_HOME" -type f)"
expect 0 clip episode.wav episode.txt --phrase 'twenty years' -o two.wav
check 'the same clip' cmp one.wav two.wav
expect 5 clip episode.wav two.json --phrase 'twenty years' -o two.wav
expect 0 clip episode.wav two.json --phrase 'twenty years' -o two.wav -f
printf '{"id": "a", "audio": "episode.wav", "transcript": "episode.txt", "speaker": "bob*"}\n' >list.jsonl
expect 0 batch list.jsonl -o clips --jobs 2
expect 5 batch list.jsonl -o clips
expect 0 batch list.jsonl -o clips --resume
check 'clips have their names, and nothing else is left' test "$(ls -A clips)" = "$(printf '%s\n' a-2.mp3 a.mp3 manifest.csv manifest.jsonl)"
finish
