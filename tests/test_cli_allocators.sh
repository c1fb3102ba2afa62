# Another allocator gives the same bytes: where memory lies, and what is in it, decides nothing.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
nm -D "$soundbite" 2>/dev/null | grep -q '__[at]san_init' && { echo 'skipped: sanitizers bring their own allocator'; exit 77; }
make_episode
align_episode episode.json

# results FOLDER: what the commands print and write.
results() {
    mkdir "$1" && cd "$1" || exit 1
    expect 0 align ../episode.wav ../episode.txt --no-cache -o acoustic.json
    expect 0 align ../episode.wav ../episode.txt --no-cache --method energy -o energy.json
    expect 0 drift ../episode.wav ../episode.txt --no-cache --json --html drift.html
    echo "$out" >drift.json
    expect 0 find ../episode.json --near 'bridges years' --json
    echo "$out" >find.json
    expect 0 info ../episode.wav --json
    echo "$out" >info.json
    for kind in wav mp3 opus; do
        expect 0 clip ../episode.wav ../episode.json --speaker 'Bob*' --rate 48k -o "$kind/{n}.$kind" --captions srt --json
        echo "$out" >"$kind.jsonl"
    done
    expect 0 clip ../episode.wav ../episode.json --speaker 'Ann*' --rate 8k --join all.wav --crossfade 50ms
    expect 0 verify ../episode.wav ../episode.json --quote 'I have built bridges for twenty years' --json
    echo "$out" >verify.json
    for format in vtt edl podcast-html; do
        expect 0 export ../episode.json --to "$format" -o "a.$format"
    done
    cd ..
}

results libc
for name in libjemalloc.so.2 libtcmalloc_minimal.so.4; do
    if ! ldconfig -p | grep -qF "$name"; then
        skip "$name is not installed"
        continue
    fi
    export LD_PRELOAD=$name
    results "$name"
    unset LD_PRELOAD
    check "$name gives the same bytes" diff -rq libc "$name"
done
finish
