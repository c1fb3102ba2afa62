# The cache of alignments: keyed by content, rebuilt if damaged, optional.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode

entries() {
    find "$XDG_CACHE_HOME/soundbite/alignments" -type f 2>/dev/null | wc -l
}
taken='taken from the cache'

expect 0 drift episode.wav episode.txt --no-cache -v
check 'no entry with --no-cache' test "$(entries)" = 0
expect 0 drift episode.wav episode.txt -v -n
check 'no entry from a dry run' test "$(entries)" = 0
expect 0 drift episode.wav episode.txt -v
err_lacks "$taken"
first=$out
check 'one entry' test "$(entries)" = 1
expect 0 drift episode.wav episode.txt -v
err_has "$taken"
check 'the same result' test "$out" = "$first"
expect 0 drift episode.wav episode.txt -v --no-cache
err_lacks "$taken"

mkdir elsewhere
cp episode.wav elsewhere/copy.wav
cp episode.txt elsewhere/copy.txt
expect 0 drift elsewhere/copy.wav elsewhere/copy.txt -v
err_has "$taken"
check 'still one entry' test "$(entries)" = 1

sed 's/bridges/ridges/' episode.txt >changed.txt
expect 0 drift episode.wav changed.txt -v
err_lacks "$taken"
check 'another transcript is another entry' test "$(entries)" = 2
sox -D episode.wav louder.wav vol 1.2
cp louder.wav elsewhere/copy.wav
expect 0 drift elsewhere/copy.wav episode.txt -v
err_lacks "$taken"
expect 0 drift episode.wav episode.txt -v --method energy
err_lacks "$taken"
expect 0 drift episode.wav episode.txt -v --method energy
err_has "$taken"

for entry in "$XDG_CACHE_HOME"/soundbite/alignments/*; do
    head -c 100 "$entry" >cut && cat cut >"$entry"
done
expect 0 drift episode.wav episode.txt -v
err_lacks "$taken"
check 'made again' test "$out" = "$first"
for entry in "$XDG_CACHE_HOME"/soundbite/audio/*; do
    printf 'nonsense' >"$entry"
done
expect 0 drift episode.wav episode.txt -v
err_has "$taken"

if has_acoustic; then
    { head -c 400000 episode.wav; cat episode.txt; } >short.wav
    expect 6 drift short.wav episode.txt -v
    first=$err
    expect 6 drift short.wav episode.txt -v
    err_has "$taken"
    err_has 'short.wav: warning: 00:00:'
    check 'the warnings are those of the first time' test "${err/soundbite: the alignment was $taken$'\n'/}" = "$first"
else
    skip 'damaged audio and its verdict, which takes the acoustic aligner'
fi

rm -rf "$XDG_CACHE_HOME"
printf 'in the way' >"$XDG_CACHE_HOME"
expect 0 drift episode.wav episode.txt
check 'a cache that cannot be written is no error' test -z "$(grep -v 'it is unsure whether' <<<"$err")"
rm "$XDG_CACHE_HOME"
unset XDG_CACHE_HOME
HOME=$folder/home expect 0 drift episode.wav episode.txt
check 'the usual place is under the home' test -d "$folder/home/.cache/soundbite/alignments"
check 'only the user has access' test "$(stat -c %a "$folder/home/.cache/soundbite")" = 700
HOME=relative expect 0 drift episode.wav episode.txt
check 'no relative place' test ! -e relative

export XDG_CACHE_HOME=$folder/cache
expect 0 align episode.wav episode.txt -q -o one.json
expect 0 drift episode.wav episode.txt -v
err_has "$taken"
finish
