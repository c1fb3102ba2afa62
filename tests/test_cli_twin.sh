# The program with the library of the other kind: shared if the build is static, and static if it is shared. It uses public functions
# only, and gives the same results.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
twin=$(dirname "$soundbite")/twin/soundbite
make_episode

links_library() {
    ldd "$1" | grep -q libsoundbite
}
if links_library "$soundbite"; then
    check 'one of both has the library in it' test -z "$(ldd "$twin" | grep libsoundbite)"
else
    check 'one of both loads the library' links_library "$twin"
fi
expect 0 align episode.wav episode.txt -o one.json --no-cache
expect 0 clip episode.wav one.json --phrase 'twenty years' -o one.wav
soundbite=$twin
expect 0 --version
expect 0 align episode.wav episode.txt -o two.json --no-cache
check 'the same alignment' cmp one.json two.json
expect 0 clip episode.wav two.json --phrase 'twenty years' -o two.wav
check 'the same clip' cmp one.wav two.wav
expect 0 drift episode.wav two.json --json
expect 3 find two.json --phrase elephants
finish
