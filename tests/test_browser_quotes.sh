# The page of quotes in a real browser: Chromium, driven from tests/browser.
. "$(dirname "$0")/lib.sh"
needs node python3 espeak-ng sox
needs_acoustic
modules=$source_dir/build/browser/node_modules
chromium=$(command -v chromium || command -v chromium-browser) || { echo 'skipped: chromium is not installed'; exit 77; }
[[ -e $modules/playwright-core && -e $modules/axe-core ]] || { echo 'skipped: scripts/install test has not been run'; exit 77; }

make_episode
expect 0 align episode.wav episode.txt -o episode.json
cat >quotes.csv <<'LIST'
id,speaker,quote
a,Bob Stone,"Water never sleeps, and it finds every crack"
b,Ann Lee,I have built bridges for twenty years
c,,"Water ... sleeps, and it finds every crack"
d,,we flew a kite over the castle
e,,I have built [strong] bridges for thirty years
f,<img src=x onerror=obeyed=1>,"Water never </blockquote><script>obeyed=1</script>"
LIST
expect 3 verify episode.wav episode.json --quote-file quotes.csv --html quotes.html -q
expect 3 verify episode.txt --quote-file quotes.csv --html silent.html -q

checks=$((checks + 1))
NODE_PATH=$modules node "$source_dir/tests/browser/quote_page.cjs" "$chromium" "$folder" >browser.log 2>&1 || fail 'the page in Chromium'
cat browser.log
[[ ${PICTURES:-} ]] && cp ./*.png "$PICTURES"
finish
