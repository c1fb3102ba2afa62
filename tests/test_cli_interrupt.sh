# Interrupted at any time: the documented exit code, and no partial file.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
make_episode
sox -D episode.wav long.wav repeat 60

# interrupted SIGNAL CODE DELAY ARGUMENTS...
interrupted() {
    local signal=$1 wanted=$2 delay=$3
    shift 3
    rm -f result.json
    "$soundbite" "$@" >.out 2>.err &
    local process=$!
    sleep "$delay"
    kill -s "$signal" "$process" 2>/dev/null
    (sleep 20; kill -9 "$process") 2>/dev/null &
    local watchdog=$!
    disown "$watchdog"
    wait "$process"
    code=$?
    kill -- "-$watchdog" 2>/dev/null
    err=$(cat .err)
    out=$(cat .out)
    if [[ $code == 0 ]]; then
        echo "done before $signal after $delay s"
        return
    fi
    n_interrupted=$((n_interrupted + 1))
    check "$signal after $delay s gives $wanted" test "$code" = "$wanted"
    check "$signal after $delay s leaves no result" test ! -e result.json
    check "$signal after $delay s leaves no temporary file" test -z "$(find . -maxdepth 1 -name '.*result*')"
}

n_interrupted=0
set -m # background jobs of a script without job control ignore SIGINT
for delay in 0.02 0.05 0.1 0.2; do
    interrupted INT 130 "$delay" align long.wav episode.txt -o result.json --force --no-cache
    interrupted TERM 143 "$delay" align long.wav episode.txt -o result.json --force --no-cache
done
check 'some were interrupted' test "$n_interrupted" -gt 2

mkfifo never
exec 9<>never
interrupted INT 130 0.2 find never --phrase x -o result.json
check 'waiting for input is interrupted too' test "$code" = 130
interrupted TERM 143 0.2 info never
exec 9>&-
finish
