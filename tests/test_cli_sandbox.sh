# The sandbox: what a program that a hostile file took over could do, and that all commands work in it.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
shim=$(dirname "$soundbite")/tests/escape-shim.so
[[ -e $shim ]] || { echo 'skipped: the sandbox is for Linux only'; exit 77; }
make_episode
run info episode.txt --sandbox on
case $err in
*'no Landlock'* | *'without libseccomp'*) echo "skipped: $err"; exit 77 ;;
esac

# /tmp is free to some commands, so the files that are not named stand in another place.
outside=$(mktemp -d -p "$(dirname "$soundbite")/tests")
trap 'rm -rf "$outside"; clean_up' EXIT
reset_outside() {
    rm -rf "${outside:?}"/*
    echo secret >"$outside/secret"
    echo victim >"$outside/victim"
    [[ ! -e kept.db ]] || cp kept.db "$outside/a.db"
    names=$(ls "$outside")
}
# The leak sanitizer traces its own process.
sanitized=$(nm -D "$soundbite" 2>/dev/null | grep -c '__[at]san_init')
attempts='read list write truncate create mkdir link symlink chmod rename remove password socket unix ring signal type namespace program trace'

# escapes ARGUMENTS...: runs the program, which then tries to escape.
escapes() {
    reset_outside
    SB_ESCAPE=$outside LD_PRELOAD=$shim ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0:detect_leaks=0 \
        "$soundbite" "$@" >.out 2>.err
    code=$?
    out=$(cat .out)
    err=$(cat .err)
}
# held ARGUMENTS...: the command succeeds, and nothing that it tries afterwards is possible.
held() {
    local attempt
    escapes "$@" --sandbox on
    checks=$((checks + 1))
    [[ $code == 0 ]] || fail "soundbite $* succeeds in the sandbox"
    for attempt in $attempts; do
        [[ $attempt != signal || $landlock -ge 6 ]] || continue
        [[ $attempt != trace || $sanitized == 0 ]] || continue
        err_has "escape: $attempt refused"
    done
    check 'nothing outside changed' test "$(cat "$outside/victim" 2>&1) $(ls "$outside")" = "victim $names"
}

expect 0 info episode.txt --sandbox on --verbose
landlock=$(sed -n 's/.*Landlock version \([0-9]*\).*/\1/p' <<<"$err")
err_has 'no network and no other programs'
out=$("$soundbite" info episode.txt 2>&1 --verbose)
out_has 'sandbox: only the named files can be used'
run info episode.txt --sandbox off --verbose
err_lacks sandbox:

# Without the sandbox the attempts are possible: they are real ones.
escapes info episode.txt --sandbox off
for attempt in read list write create mkdir link symlink chmod password socket unix program; do
    err_has "escape: $attempt possible"
done

held info episode.wav
held align episode.wav episode.txt -o episode.json
held align episode.wav episode.txt -o again.json --no-cache
held drift episode.wav episode.txt --html drift.html
held find episode.json --phrase bridges
held export episode.json --to srt -o episode.srt
held export episode.wav --to peaks -o peaks.json
held verify episode.wav episode.json --quote 'Water never sleeps' --html quotes.html --clips quotes
held clip episode.wav episode.json --speaker 'bob*' -o 'clips/{speaker}/{n}.mp3' --index clips/index.html --manifest list/clips.jsonl
check 'folders of outputs are made' test -e 'clips/Bob Stone/1.mp3' -a -e list/clips.jsonl
held clip episode.wav episode.txt --speaker 'bob*' -o one.wav --join joined.m4a --gap 1s -f
held remap episode.json episode.json episode.srt -o moved.srt
mkdir lists audio
cp episode.wav episode.txt audio
printf 'audio,transcript,speaker\n../audio/episode.wav,../audio/episode.txt,bob*\n' >lists/list.csv
held batch lists/list.csv -o batch/clips
check 'the clips of the list are there' test -e batch/clips/manifest.jsonl
held drift --list lists/list.csv
held drift --list lists/list.csv --jobs 2

# From and to other places.
expect 0 batch - -o batch/two --sandbox on <<<'{"audio": "episode.wav", "transcript": "episode.txt", "phrase": "twenty years"}'
check 'a list from a pipe' test -e batch/two/manifest.jsonl
printf '{"audio": "audio/episode.wav", "transcript": "episode.txt", "phrase": "twenty years"}\n' >list.jsonl
expect 0 batch - -o batch/three --sandbox on <list.jsonl
check 'a list from a file at standard input' test -e batch/three/manifest.jsonl
run find - --phrase bridges --sandbox on <episode.txt
out_has bridges
out=$(cat episode.wav | "$soundbite" align - episode.txt --sandbox on 2>&1)
out_has '"soundbite-alignment'
run align - episode.txt --sandbox on --no-cache <episode.wav
out_has '"soundbite-alignment'
expect 0 find <(cat episode.txt) --phrase bridges --sandbox on
out_has bridges
expect 0 export episode.json --to srt -o /dev/null --sandbox on
expect 0 export episode.json --to srt -o /dev/stdout -f --sandbox on
out_has ' --> '
check '/dev/stdout is still a link' test -L /dev/stdout
mkdir -p there/deep
ln -s there/deep/real.txt link.txt
cp episode.txt there/deep/real.txt
expect 0 align episode.wav link.txt -o there/deep/aligned.json --sandbox on
expect 1 align episode.wav missing.txt --sandbox on
err_has 'No such file'
expect 1 align episode.wav episode.txt -o missing/out.json --sandbox on
err_has 'No such file'
check 'no folder is made for a single file' test ! -e missing
expect 2 clip --sandbox on -o early/clip.mp3
check 'a usage error makes no folder' test ! -e early
run clip episode.wav episode.json --phrase bridges --dry-run -o dry/clip.mp3 --sandbox on
check 'a dry run makes no folder' test ! -e dry
expect 3 clip episode.wav episode.json --phrase 'nobody said this' -o 'empty/deep/{n}.mp3' --sandbox on
check 'folders that stay empty are removed' test ! -e empty
mkdir -p kept/a
expect 3 clip episode.wav episode.json --phrase 'nobody said this' -o 'kept/a/b/{n}.mp3' --sandbox on
check 'those that were there are not' test -e kept/a -a ! -e kept/a/b
"$soundbite" clip episode.wav episode.txt --no-cache --phrase 'twenty years' -o 'both/one.mp3' -q &
for i in 1 2 3 4 5; do
    run clip episode.wav episode.json --phrase 'nobody said this' -o 'both/{n}.mp3'
done
wait
check 'another run that finds nothing does not remove the folder' test -e both/one.mp3
check 'no file is left' test -z "$(find . -name '*.part')"
rm -rf "$XDG_CACHE_HOME"
expect 0 clip episode.wav episode.txt --phrase 'twenty years' -o cached.mp3 --sandbox on
check 'the cache is written' test -n "$(ls "$XDG_CACHE_HOME"/soundbite/alignments)"
run clip episode.wav episode.txt --phrase 'twenty years' -o cached.mp3 -f --verbose
err_has cache

# Files that refer to others.
printf '#EXTM3U\n#EXTINF:5,\n%s\n' "$PWD/episode.wav" >list.m3u8
printf "ffconcat version 1.0\nfile '%s'\n" "$PWD/episode.wav" >list.ffconcat
printf '<smil><body><audio src="http://127.0.0.1:9/a.mp3"/></body></smil>' >list.smil
for file in list.m3u8 list.ffconcat list.smil; do
    run info "$file" --sandbox on
    check "$file is no audio" test "$code" != 0 -o -z "$(grep -i 'seconds\|duration' <<<"$out")"
done
printf '{"audio": "%s/secret", "transcript": "episode.txt", "phrase": "bridges"}\n' "$outside" >named.jsonl
expect 1 batch named.jsonl -o batch/four --sandbox on
err_has 'secret'
err_lacks 'Permission denied'

expect 2 info episode.txt --sandbox perhaps
# The files of an archive's episodes are allowed, wherever they and the archive are.
if ! "$soundbite" archive list --archive . 2>&1 | grep -q 'this build has no archive'; then
    # The folder of an archive is closed to commands that only read it.
    expect 0 archive add episode.wav episode.txt --archive kept.db -q
    held search bridges --archive "$outside/a.db"
    held search bridges --archive "$outside/a.db" --verify
    held clip episode.wav episode.txt --phrase bridges --archive "$outside/a.db" -o archived.wav -v
    err_has 'the alignment was taken from the archive'
    held verify episode.wav episode.txt --quote 'Water never sleeps' --archive "$outside/a.db"
    held batch lists/list.csv --archive "$outside/a.db" -o batch/archived
    held batch "$outside/a.db" -o batch/operand
    rm kept.db
    reset_outside
    mkdir "$outside/audio" "$outside/archive"
    cp episode.wav episode.txt "$outside/audio"
    expect 0 archive add "$outside/audio/episode.wav" "$outside/audio/episode.txt" --archive "$outside/archive/a.db" -q
    expect 0 archive check --archive "$outside/archive/a.db" --sandbox on
    err_has 'checked 1 episode: 0 problems'
    expect 1 archive check --archive "$outside/archive/none.db" --sandbox on
    err_has 'there is no such archive'

    # What a killed writer left is undone, in the archive itself and in one that is merged. tear FILE COPY
    tear() {
        python3 - "$1" "$2" <<'END'
import shutil, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN IMMEDIATE")
database.execute("UPDATE episode SET name = 'torn', title = hex(zeroblob(200000))")
for end in "", "-journal":
    shutil.copy(sys.argv[1] + end, sys.argv[2] + end)
database.execute("ROLLBACK")
END
    }
    if python3 -c 'import sqlite3' 2>/dev/null; then
        mkdir "$outside/torn" "$outside/other"
        tear "$outside/archive/a.db" "$outside/torn/a.db"
        check 'there is a journal' test -s "$outside/torn/a.db-journal"
        expect 0 archive merge "$outside/torn/a.db" --archive "$outside/other/b.db" --sandbox on
        err_has 'added or replaced 1 episode'
        tear "$outside/archive/a.db" "$outside/torn/a.db"
        expect 0 archive check --archive "$outside/torn/a.db" --sandbox on
        err_has 'checked 1 episode: 0 problems'
        for line in 'search bridges' 'search bridges --verify' 'clip episode.wav episode.txt --phrase bridges -o torn.wav' \
            'verify episode.wav episode.txt --quote bridges'; do
            tear "$outside/archive/a.db" "$outside/torn/a.db"
            # shellcheck disable=SC2086
            expect 0 $line --archive "$outside/torn/a.db" --sandbox on
            check "the journal is gone: $line" test ! -e "$outside/torn/a.db-journal"
        done
    else
        skip "python3 has no sqlite3: a killed writer's journal"
    fi
fi
finish
