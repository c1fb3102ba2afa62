# Invalid files: each gives a message with what to do, and no partial file.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox ffmpeg
make_episode

# bad CODE TEXT ARGUMENTS...: must exit with CODE, print TEXT on one line that starts with the program's name, and leave no file.
bad() {
    local wanted=$1 text=$2
    shift 2
    expect "$wanted" "$@" -o result
    err_has "$text"
    err_has '; '
    checks=$((checks + 1))
    [[ $err == 'soundbite: '* ]] || fail "messages begin with the program's name"
    check "soundbite $* leaves nothing" test ! -e result
    check "soundbite $* leaves no temporary file" test -z "$(find . -maxdepth 1 -name '.*result*')"
}

for command in align drift; do
    bad 1 'nowhere.wav: cannot be opened' "$command" nowhere.wav episode.txt
    bad 1 'nowhere.txt: cannot be opened' "$command" episode.wav nowhere.txt
    bad 1 'not audio' "$command" episode.txt episode.txt
    bad 1 'not a transcript' "$command" episode.wav episode.wav
    mkdir -p a-folder
    bad 2 'is a folder' "$command" a-folder episode.txt
    err_has "type 'soundbite $command AUDIO episode.txt"
    bad 2 'is a folder' "$command" episode.wav a-folder
    : >empty
    bad 1 'is empty' "$command" empty episode.txt
    bad 1 'empty' "$command" episode.wav empty
    bad 2 'only once' "$command" - -
done
err_has 'standard input'

bad 1 'not a transcript' find episode.wav --phrase x
bad 1 'not a transcript' export episode.wav --to text
bad 1 'cannot be' find nowhere.txt --phrase x
bad 2 'folder' find a-folder --phrase x
bad 1 'cannot be opened' info nowhere
bad 3 'has 0 audio files, 0 transcripts' info a-folder
bad 1 'empty' info empty

printf '#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nepisode.wav\n' >list.mp3
printf 'ffconcat version 1.0\nfile episode.wav\n' >concat.mp3
printf '%%PDF-1.4 nothing\n' >script.pdf
printf 'PK\003\004nothing' >script.docx
bad 2 'playlist' align list.mp3 episode.txt
bad 1 'concat' align concat.mp3 episode.txt
bad 1 'PDF' align episode.wav script.pdf
err_has '.txt'
bad 1 'Word' align episode.wav script.docx
bad 1 'playlist' info list.mp3

ffmpeg -v error -f lavfi -i testsrc=d=1:s=64x64 -an -pix_fmt yuv420p silent.mp4
bad 1 'silent.mp4' align silent.mp4 episode.txt
bad 1 'silent.mp4' info silent.mp4
head -c 3000 /dev/urandom | tr -d '\000-\037' >noise.mp3
bad 1 'noise.mp3' align noise.mp3 episode.txt
sox -n -r 8000 -c 1 silence.wav trim 0 20
bad 1 'no speech' align silence.wav episode.txt

# root ignores permissions, so the program then runs as the user nobody.
plain=$soundbite
if [[ $(id -u) == 0 ]]; then
    chmod 755 "$folder"
    printf '#!/bin/sh\nexec setpriv --reuid 65534 --regid 65534 --clear-groups %q "$@"\n' "$plain" >as-nobody
    chmod 755 as-nobody
    soundbite=$folder/as-nobody
fi
if "$soundbite" --version >/dev/null 2>&1; then
    cp episode.txt locked.txt
    cp episode.wav locked.wav
    chmod 000 locked.txt locked.wav
    mkdir sealed
    chmod 555 sealed
    expect 1 align episode.wav locked.txt
    err_has 'locked.txt: cannot be opened (Permission denied); check its permissions'
    expect 1 align locked.wav episode.txt
    err_has 'locked.wav: cannot be opened (Permission denied); check its permissions'
    expect 1 align episode.wav episode.txt -o sealed/x.json
    err_has 'sealed/x.json: cannot be written (Permission denied); check its permissions'
fi
soundbite=$plain
expect 1 align episode.wav episode.txt -o no/folder/x.json
err_has 'no/folder'
expect 1 align episode.wav episode.txt -o a-folder
err_has 'folder'
expect 1 align episode.wav episode.txt -o /dev/full
err_has 'No space left'
expect 0 align episode.wav episode.txt -o /dev/null
(ulimit -f 1; "$soundbite" align episode.wav episode.txt -o limited.json >.out 2>.err; echo $? >.code)
check 'a file that may not grow ends with 1' test "$(cat .code)" = 1
check 'a message is printed' grep -q 'limited.json' .err
check 'no file is left' test ! -e limited.json

head -c 60000 episode.wav >cut.wav
expect 0 info episode.wav
ffmpeg -v error -i episode.wav -b:a 64k whole.mp3
{ head -c 15000 whole.mp3; head -c 3000 /dev/zero; tail -c +18001 whole.mp3; } >broken.mp3
expect 6 info broken.mp3
out_has 'damage'
expect 6 align broken.mp3 episode.txt -o broken.json
err_has 'broken.mp3'
check 'the result is there' test -s broken.json
# The damage is after the quote, so the data read for the clip does not contain it.
{ head -c 60000 whole.mp3; head -c 3000 /dev/zero; tail -c +63001 whole.mp3; } >late.mp3
expect 6 align late.mp3 episode.txt -o late.json
expect 6 clip late.mp3 late.json --match 1 -o late-1.mp3 --no-certificate
err_has 'late.mp3: warning: 00:00:'
expect 6 verify late.mp3 late.json --quote 'welcome'
err_has 'late.mp3: warning: 00:00:'
expect 6 drift late.mp3 late.json
err_has 'late.mp3: warning: 00:00:'
finish
