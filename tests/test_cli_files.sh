# Closed descriptors, file systems without locks, and links inside the folder of the clips.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
align_episode episode.json
quote=(episode.wav episode.json --phrase 'twenty years')

# Whatever is closed, a file is the same, and what cannot be printed is an error.
expect 0 clip "${quote[@]}" -o usual.wav --manifest usual.jsonl --json
sed 's/usual/closed/g' usual.jsonl >wanted
for closed in '>&-' '<&-' '2>&-' '<&- >&-' '<&- >&- 2>&-'; do
    rm -f closed*
    (eval "\"\$soundbite\" clip \"\${quote[@]}\" -o closed.wav --manifest closed.jsonl --json $closed") >.out 2>.err
    code=$?
    [[ $closed == *'>&- '* || $closed == '>&-' || $closed == *'<&- >&-'* ]] && wanted_code=1 || wanted_code=0
    check "$closed: exit $wanted_code" test "$code" = $wanted_code
    check "$closed: the clip is whole" cmp usual.wav closed.wav
    check "$closed: the manifest is whole" cmp wanted closed.jsonl
    check "$closed: nothing is left" test -z "$(find . -name '*.part')"
    (eval "\"\$soundbite\" export episode.json --to srt -o closed.srt -f $closed") >.out 2>.err
    check "$closed: a run that prints nothing succeeds" test $? = 0
done
"$soundbite" find episode.json --phrase water >&- 2>.err
code=$?
err=$(cat .err)
check 'a listing without standard output fails' test "$code" = 1
err_has 'standard output: cannot be written'
echo '{"audio": "episode.wav", "transcript": "episode.json", "phrase": "water", "output": "a.wav"}' >water.jsonl
"$soundbite" batch water.jsonl -o water --index page.html >&- 2>.err
check 'a batch that cannot print fails' test $? = 1
check 'its index is written' grep -q a.wav page.html
"$soundbite" info - <&- >.out 2>.err
code=$?
err=$(cat .err)
check 'audio without standard input fails' test "$code" = 1
err_has 'cannot be read'

# Without flock: the same files, and nothing is left.
shim=$(dirname "$soundbite")/tests/faults-shim.so
if [[ -e $shim ]]; then
    # unlocked NUMBER LASTS ARGUMENTS...
    unlocked() {
        local at=$1 lasts=$2
        shift 2
        printf '%16s' '' | tr ' ' '\0' >.state
        LD_PRELOAD=$shim SB_FAULT_CALLS=lock SB_FAULT_ERROR=${error:-37} SB_FAULT_AT=$at SB_FAULT_LASTS=$lasts SB_FAULT_STATE=$PWD/.state \
            ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0 "$soundbite" "$@" >.out 2>.err
        code=$?
        out=$(cat .out)
        err=$(cat .err)
    }
    for place in '1 once' '1 on' '2 on'; do
        rm -f unlocked*
        unlocked $place clip "${quote[@]}" -o unlocked.wav --captions srt
        check "lock $place: exit 0" test "$code" = 0
        check "lock $place: the clip is whole" cmp usual.wav unlocked.wav
        check "lock $place: captions" test -s unlocked.srt
        check "lock $place: nothing is left" test -z "$(find . -name '*.part')"
    done
    # An archive needs locks. Lustre says ENOSYS (38).
    if "$soundbite" archive add episode.wav episode.json --archive locked.db -q 2>.err; then
        error=38 unlocked 1 on archive list --archive locked.db
        check 'an archive without locks: exit 1' test "$code" = 1
        err_has 'locked.db: cannot be locked: its file system has no locks'
        expect 0 archive check --archive locked.db -q
    fi
else
    skip 'calls fail on Linux only'
fi

# A link in the folder of a batch, or in a name that a template gives, does not lead out of it.
mkdir -p clips elsewhere
ln -s "$PWD/elsewhere" clips/link
ln -s ../elsewhere clips/up
mkdir clips/real
ln -s real clips/inside
row='"audio": "episode.wav", "transcript": "episode.json", "phrase": "water", "output":'
printf '{%s "%s"}\n' "$row" link/a.wav "$row" up/b.wav "$row" inside/c.wav "$row" up/d.wav >rows.jsonl
expect 1 batch rows.jsonl -o clips --captions srt
err_has "rows.jsonl:1"
err_has "the link 'link' leads out of the folder clips"
check 'nothing is written outside' test -z "$(ls elsewhere)"
check 'a link within the folder is followed' test -s clips/real/c.wav -a -s clips/real/c.srt
check 'nothing is left' test -z "$(find . -name '*.part')"
mkdir 'named'
ln -s ../elsewhere 'named/Bob Stone'
expect 1 clip "${quote[@]}" -o 'named/{speaker}/{n}.mp3' --dry-run
err_has "the link 'Bob Stone' leads out of the folder named"
expect 1 clip "${quote[@]}" -o 'named/{speaker}/{n}.mp3'
check 'a template does not lead outside either' test -z "$(ls elsewhere)"
(cd named && "$soundbite" clip ../episode.wav ../episode.json --phrase 'twenty years' -o '{speaker}/{n}.mp3' 2>/dev/null)
check 'nor in the current folder' test -z "$(ls elsewhere)"
expect 0 clip "${quote[@]}" -o 'named/Bob Stone/{n}.mp3'
check 'a link that the user names is followed' test -s elsewhere/1.mp3
finish
