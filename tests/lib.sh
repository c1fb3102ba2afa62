# For the tests that drive the program: source it with the program and the source folder as arguments. Leaves the shell in an
# empty folder of its own, which is removed at the end, with its own cache.
set -u
soundbite=$1
source_dir=$2
[[ -x $soundbite ]] || { echo "there is no program $soundbite" >&2; exit 1; }
failures=0
checks=0
skips=0
folder=$(mktemp -d)
readonly folder

# A subshell that is killed when it starts also runs the trap.
clean_up() {
    [[ $BASHPID == "$$" ]] || return
    chmod -R u+rwX "$folder" 2>/dev/null
    rm -rf "$folder"
}
trap clean_up EXIT
cd "$folder" || exit 1
export XDG_CACHE_HOME=$folder/cache LC_ALL=C.UTF-8
unset NO_COLOR

# Runs the program; its standard output is in $out, its standard error in $err, its exit code in $code.
run() {
    "$soundbite" "$@" >"$folder/.out" 2>"$folder/.err"
    code=$?
    out=$(cat "$folder/.out")
    err=$(cat "$folder/.err")
}

fail() {
    failures=$((failures + 1))
    printf 'FAILED: %s\n  exit %s\n  stdout: %.2000s\n  stderr: %.2000s\n' "$1" "${code-}" "${out-}" "${err-}" >&2
}

# check NAME COMMAND...: the command must succeed.
check() {
    local name=$1
    shift
    checks=$((checks + 1))
    "$@" || fail "$name"
}

# expect CODE ARGUMENTS...: runs the program, which must exit with CODE and without a sanitizer report.
expect() {
    local wanted=$1
    shift
    run "$@"
    checks=$((checks + 1))
    [[ $code == "$wanted" && $err != *Sanitizer* && $err != *'runtime error'* ]] ||
        fail "soundbite $* should end with $wanted"
}

# err_has TEXT, out_has TEXT: the messages or the output of the last run must contain TEXT.
err_has() {
    checks=$((checks + 1))
    [[ $err == *"$1"* ]] || fail "standard error lacks: $1"
}
out_has() {
    checks=$((checks + 1))
    [[ $out == *"$1"* ]] || fail "standard output lacks: $1"
}
out_lacks() {
    checks=$((checks + 1))
    [[ $out != *"$1"* ]] || fail "standard output has: $1"
}
err_lacks() {
    checks=$((checks + 1))
    [[ $err != *"$1"* ]] || fail "standard error has: $1"
}

# needs TOOL...: skips the whole test if a tool is missing.
needs() {
    local tool
    for tool; do
        command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
    done
}

# skip REASON: counts a check that is impossible on this machine or with this build. The test continues, and ends as skipped if nothing
# failed.
skip() {
    skips=$((skips + 1))
    echo "skipped: $1"
}

# Whether this build has the acoustic aligner. Energy alone does not show that transcript and audio belong together, or which words
# were heard. ctest sets the variable.
has_acoustic() {
    [[ ${SB_HAVE_ACOUSTIC-1} == 1 ]]
}
needs_acoustic() {
    has_acoustic || { echo 'skipped: built without the acoustic aligner'; exit 77; }
}

# speak FILE TEXT: one sentence as 22.05 kHz WAV.
speak() {
    espeak-ng -v en-us -s 160 -w "$1" "$2"
}

# speak_episode: episode.wav of five turns with pauses between, and episode.txt with their whole-second stamps.
speak_episode() {
    local lines=(
        'Welcome to the show about bridges.'
        'Thank you. I have built bridges for twenty years.'
        'What is the hardest part of the work?'
        'The hardest part is the water. Water never sleeps, and it finds every crack.'
        'That is a good place to stop for today.'
    )
    local names=('Ann Lee' 'Bob Stone' 'Ann Lee' 'Bob Stone' 'Ann Lee')
    local i at=0 samples parts=()
    : >episode.txt
    for i in "${!lines[@]}"; do
        speak "part$i.wav" "${lines[$i]}"
        sox -D "part$i.wav" -r 22050 "padded$i.wav" silence 1 0.01 0.1% pad 0.4 0.5
        printf '%s [%02d:%02d:%02d]:\n%s\n' "${names[$i]}" 0 $((at / 60000)) $(((at + 400) / 1000 % 60)) \
            "${lines[$i]}" >>episode.txt
        samples=$(soxi -s "padded$i.wav")
        at=$((at + samples * 1000 / 22050))
        parts+=("padded$i.wav")
    done
    sox -D "${parts[@]}" clean.wav
    sox -R -D -n -r 22050 -c 1 noise.wav synth "$(soxi -D clean.wav)" pinknoise vol 0.003
    sox -D -m clean.wav noise.wav episode.wav
    rm -f part*.wav padded*.wav clean.wav noise.wav
}

# make_talk: talk.txt, the transcript of a talk without audio.
make_talk() {
    cat >talk.txt <<'TEXT'
Ann Lee [00:00:01]:
Welcome to the show about bridges.
Bob Stone [00:00:05]:
Thank you. I have built bridges for twenty years.
Ann Lee [00:00:10]:
What is the hardest part of the work?
Bob Stone [00:00:14]:
The hardest part is the water. Water never sleeps, and it finds every crack.
TEXT
}

# What tests share is made by the first that needs it, again for each build of the program. Others wait for it.
shared_by_all=$(dirname "$soundbite")/tests/shared
shared=$shared_by_all/$(stat -c %Y-%s "$soundbite")
share() {
    local name=$1
    shift
    mkdir -p "$shared_by_all"
    (
        flock 9
        [[ ! -e $shared/$name ]] || exit 0
        [[ -e $shared ]] || rm -rf "${shared_by_all:?}"/*
        mkdir -p "$shared/.part" && cd "$shared/.part" && "$@" && mv ./* .. && cd .. && rmdir .part
    ) 9>"$shared_by_all/.lock" || { echo "$name cannot be made" >&2; exit 1; }
}

# make_episode: the two files of speak_episode.
make_episode() {
    share episode.wav speak_episode
    cp "$shared/episode.wav" "$shared/episode.txt" .
}

# align_episode FILE [METHOD]: the alignment of make_episode's files.
align_episode() {
    local method=${2-auto}
    share "$method.json" align_shared "$method"
    cp "$shared/$method.json" "$1"
}
align_shared() {
    cp ../episode.wav ../episode.txt .
    "$soundbite" align episode.wav episode.txt --method "$1" --no-cache -q -o "$1.json"
    rm episode.wav episode.txt
}

finish() {
    echo "$checks checks, $failures failed, $skips skipped"
    [[ $failures == 0 ]] || exit 1
    [[ $skips == 0 ]] || exit 77
    exit 0
}
