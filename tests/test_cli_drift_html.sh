# drift --html: the page is written like any other file.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
needs_acoustic

make_episode
expect 0 drift episode.wav episode.txt --html fresh.html --no-cache
out_has 'OK '
check 'a whole document' test "$(head -c 15 fresh.html) $(tail -n 1 fresh.html)" = '<!doctype html> </html>'
check 'the page names no folder' test "$(grep -c "$folder" fresh.html)" = 0
expect 0 drift episode.wav episode.txt --html first.html
expect 0 drift episode.wav episode.txt --html cached.html --json
out_has '"verdict": "ok"'
check 'the same from the cache' cmp -s fresh.html cached.html
check 'the waveform is in it' grep -Eq '"levels": "[A-Za-z0-9+/]{100}' cached.html
expect 0 align episode.wav episode.txt -o episode.json
expect 0 drift episode.wav episode.json --html saved.html
check 'the same from a saved alignment' cmp -s fresh.html saved.html

expect 5 drift episode.wav episode.txt --html fresh.html
err_has 'fresh.html:'
check 'a refusal prints nothing' test -z "$out"
expect 0 drift episode.wav episode.txt --html fresh.html --force
cp episode.wav keep.wav
expect 5 drift episode.wav episode.txt --html episode.wav --force
check 'the audio is untouched' cmp -s episode.wav keep.wav
expect 0 drift episode.wav episode.txt --html new.html --dry-run
out_has 'would write new.html ('
check 'nothing is written' test ! -e new.html
expect 5 drift episode.wav episode.txt --html fresh.html --dry-run
expect 1 drift episode.wav episode.txt --html nowhere/page.html
err_has 'nowhere'

expect 2 drift episode.wav episode.txt --html -
err_has 'standard output'
expect 2 drift episode.wav episode.txt --html both -o both
expect 0 drift episode.wav episode.txt --html - -o report.txt
check 'the page on standard output' cmp -s .out fresh.html
check 'the report in its file' grep -q '^OK ' report.txt

# Words of another episode, at times of a longer one.
awk '/\[00:/ { sub(/\[00:/, "[05:"); print; next } { print "Quarterly invoices bore the auditors of marble penguins." }' \
    episode.txt >beyond.txt
expect 0 drift episode.wav beyond.txt --html beyond.html
check 'a doubt has a page too' grep -q 'data-verdict="unsure"' beyond.html
check 'no temporary file is left' test -z "$(find . -maxdepth 1 -name '.*' -type f ! -name .out ! -name .err)"
finish
