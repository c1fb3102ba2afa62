# Help, wrong usage and general options: everything that needs no file.
. "$(dirname "$0")/lib.sh"

commands=$("$soundbite" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
check 'there are commands' test "$(wc -w <<<"$commands")" -ge 2

expect 0 --help
out_has 'Usage: soundbite COMMAND'
out_has 'Exit codes:'
expect 0 --version
check 'the version is one line' test "$(wc -l <<<"$out")" = 1
out_has 'soundbite '
for command in $commands; do
    expect 0 "$command" --help
    out_has "Usage: soundbite $command"
    out_has 'Examples:'
    for option in --help --version --quiet --verbose --color --progress --force --dry-run; do
        out_has "$option"
    done
    check "help of $command stays within 80 columns" test "$(grep -v 'soundbite' <<<"$out" | wc -L)" -le 80
    expect 0 "$command" -h
    expect 0 --help "$command"
    expect 0 "$command" --version
    expect 0 help "$command"
    expect 2 "$command" --no-such-option-anywhere
    err_has '--help'
done

# suggests NAME: the message has the name that was meant, whatever its words.
suggests() {
    checks=$((checks + 1))
    [[ $err =~ (^|[^[:alnum:]-])$1([^[:alnum:]-]|$) ]] || fail "standard error does not suggest $1"
}

expect 2
err_has 'no command was given'
expect 2 algin
err_has 'there is no command'
expect 2 hepl
suggests help
expect 2 complet
suggests completion
expect 2 verity
suggests verify
expect 2 clip a b --jion x
suggests --join
expect 2 zebra
err_of_zebra=$err
expect 2 poetry
check 'no command is near enough' test "${err//poetry/}" = "${err_of_zebra//zebra/}"
expect 2 help hepl
suggests help
expect 2 help --quite
suggests --quiet
expect 2 help --dry-runs
suggests --dry-run
expect 2 help -z
err_has 'no option -z'
expect 2 help --quiet=yes
err_has 'takes no argument'
expect 2 help --progress
err_has 'needs HOW'
expect 2 help --progress --quiet
err_has 'needs HOW'
expect 2 help --progress=jsn
suggests json
expect 2 help --progress zebra
err_has 'progress must be auto, json or none'
expect 2 help one two
err_has "'two'"
expect 2 completion
err_has 'needs SHELL'
expect 0 help -- completion
expect 2 help -- --quiet
err_has "'--quiet'"
expect 0 -q help completion
expect 0 help -qv completion
expect 0 help --color completion
expect 0 help --color=never completion
expect 0 help --color never completion
expect 0 help completion --progress=none

printf 'x' >taken
expect 5 completion bash -o taken
err_has 'soundbite: taken:'
check 'the file is as it was' test "$(cat taken)" = x
expect 0 completion bash -o taken --dry-run --force
out_has 'would write taken'
check 'a dry run writes nothing' test "$(cat taken)" = x
expect 5 completion bash -o taken -n
expect 0 completion bash -f -o taken
check 'it is overwritten by force' grep -q _soundbite taken
expect 1 completion bash -o .
err_has 'folder'
expect 1 completion bash -o no/such/folder/file
expect 0 completion bash -o -
out_has _soundbite

"$soundbite" --help >/dev/full 2>full.err
check 'a full disk is an error' test $? = 1
check 'the message has the reason' grep -q 'No space left' full.err
"$soundbite" completion zsh 2>pipe.err | true
check 'a closed pipe is no noise' test ! -s pipe.err
finish
