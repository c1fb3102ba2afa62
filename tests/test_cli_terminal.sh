# Differences on a terminal: colours and the progress bar.
. "$(dirname "$0")/lib.sh"
needs script espeak-ng sox
make_episode
export TERM=xterm
escape=$'\033'

# Runs the program on its own terminal. Both output streams are in $out.
on_terminal() {
    out=$(script -qec "$(printf '%q ' "$soundbite" "$@")" /dev/null </dev/null)
    code=$?
    err=
}

on_terminal find episode.txt --phrase water
out_has "$escape[1mwater"
NO_COLOR=1 on_terminal find episode.txt --phrase water
out_lacks "$escape"
NO_COLOR= on_terminal find episode.txt --phrase water
out_has "$escape[1m"
TERM=dumb on_terminal find episode.txt --phrase water
out_lacks "$escape"
on_terminal find episode.txt --phrase water --color never
out_lacks "$escape"
NO_COLOR=1 on_terminal find episode.txt --phrase water --color
out_has "$escape[1m"
on_terminal find episode.txt --phrase water -o found.txt
check 'a file has no colours' test "$(grep -c "$escape" found.txt)" = 0
on_terminal find nowhere.txt
out_has "$escape[1;31msoundbite:$escape[0m nowhere.txt: cannot be opened"

on_terminal align episode.wav episode.txt -o bar.json
out_has 'decode  ['
out_has '100 %'
check 'the bar is wiped before a message' grep -qE "$escape\[K($escape\[[0-9;]*m)?soundbite:" <<<"$out"
on_terminal align episode.wav episode.txt -o quiet.json -q
check 'quiet draws no bar' test -z "$out"
on_terminal align episode.wav episode.txt -o none.json --progress none
out_lacks 'decode'
expect 0 align episode.wav episode.txt -o piped.json
err_lacks 'decode'
finish
