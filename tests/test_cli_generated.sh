# The man page and the completions, which are made from the same tables as the help.
. "$(dirname "$0")/lib.sh"
needs mandoc

commands=$("$soundbite" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')

expect 0 completion manual -o soundbite.1
mandoc -Tlint -W style soundbite.1 2>&1 | grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' >lint
check "the manual page lints clean: $(cat lint)" test ! -s lint
mandoc -Tutf8 soundbite.1 | col -b | tr -s ' \n' ' ' >manual

for shell in bash zsh fish; do
    expect 0 completion "$shell" -o "completion.$shell"
done
check 'the bash script parses' bash -n completion.bash
if command -v zsh >/dev/null; then
    check 'the zsh script parses' zsh -n completion.zsh
fi
if command -v fish >/dev/null; then
    check 'the fish script parses' fish -n completion.fish
fi
expect 2 completion tcsh
err_has 'bash, zsh or fish'

for command in $commands; do
    check "the manual names $command" grep -q "soundbite $command" manual
    for shell in bash zsh fish; do
        check "$shell completes $command" grep -q "$command" "completion.$shell"
    done
    for option in $("$soundbite" "$command" --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE '\-\-[a-z-]+'); do
        check "the manual has $option of $command" grep -qe "$option" manual
        check "bash has $option of $command" grep -qe "$option" completion.bash
        check "zsh has $option of $command" grep -qe "$option" completion.zsh
        check "fish has $option of $command" grep -qe "-l ${option#--}" completion.fish
    done
done

# The completions of bash for a line.
offers() {
    bash -c 'compopt() { :; }; . ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _soundbite
             printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
check 'commands are offered' grep -qx help <(offers soundbite he)
check 'options are offered' grep -qx -- --quiet <(offers soundbite help --qu)
check 'choices are offered' grep -qx json <(offers soundbite help --progress j)
check 'choices are offered after =' grep -qx json <(offers soundbite help --progress = j)
finish
