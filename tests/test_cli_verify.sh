# verify: quotes of all kinds against a spoken episode, lists, exit codes.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
needs_acoustic
make_episode

expect 0 verify episode.wav episode.txt --quote 'Water never sleeps, and it finds every crack.' -o first.txt
err_has '1 quote: 1 verbatim'
check 'nothing on standard output' test -z "$out"
expect 0 verify episode.wav episode.txt --quote 'water never sleeps - and it finds every crack' -v
err_has 'taken from the cache'
out_has 'VERBATIM  "water never sleeps - and it finds every crack"'
out_has '  Bob Stone'
out_has 'before: The hardest part is the water.'
out_has 'after:  Ann Lee: That is a good place to stop for today.'
out_lacks $'\033'
expect 0 align episode.wav episode.txt -o episode.json

expect 0 verify episode.wav episode.json --quote 'I have ... bridges for 20 years' --quote '[We] have built bridges'
out_has 'ELIDED    "I have ... bridges for 20 years"'
out_has '- 1 word is left out at the ellipsis: "built"'
out_has 'VERBATIM  "[We] have built bridges"'
out_has '- "[We]" is inserted'
expect 0 verify episode.wav episode.json --quote 'That is a good [moment] to stop for today'
out_has '- "[moment]" stands for "place"'
expect 0 verify episode.wav episode.json --quote 'Water never rests, and it finds crack'
out_has 'ALTERED'
out_has '(wording)'
out_has 'said: "Water never sleeps, and it finds every crack."'
out_has '- "rests," is quoted, but "sleeps," was said'
out_has '- "every" was said but is missing from the quote'
expect 1 verify episode.wav episode.json --quote 'Water never rests, and it finds every crack' --exact
expect 0 verify episode.wav episode.json --quote 'Water never sleeps' --exact -q
check 'quiet' test -z "$err"
expect 3 verify episode.wav episode.json --quote 'Water never sleeps' --quote 'we flew a kite over the castle'
out_has 'NOT SAID  "we flew a kite over the castle"'
out_has 'nearest: '
err_has '2 quotes: 1 verbatim, 1 not said'
expect 0 verify episode.wav episode.json --quote 'the work? The hardest part is the water'
out_has '- it spans several speakers: Ann Lee, then Bob Stone'
expect 0 verify episode.wav episode.json --quote 'the hardest part'
out_has 'also at '

cat >quotes.csv <<'LIST'
id,speaker,quote
a,Bob,"Water never sleeps, and it finds every crack"
b,Ann Lee,I have built bridges for twenty years
LIST
expect 3 verify episode.wav episode.json --quote-file quotes.csv
out_has 'b: "I have built bridges for twenty years"'
out_has 'WRONG SPEAKER b: '
out_has '- said by Bob Stone, not by Ann Lee'
err_has '1 by another speaker'
expect 3 verify episode.wav episode.json --quote-file quotes.csv --quote 'welcome to the show' --json
check 'three objects' test "$(wc -l <<<"$out")" = 3
python3 - .out <<'PYTHON' || fail 'the objects are right'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert [r["verdict"] for r in rows] == ["verbatim", "verbatim", "wrong-speaker"]
assert [r["wording"] for r in rows] == ["verbatim"] * 3 and {r["checked"] for r in rows} == {"audio"}
assert [r["attribution"] for r in rows] == [None, "right", "wrong"]
assert rows[1]["id"] == "a" and rows[0]["id"] is None and rows[1]["words"] == 8
place = rows[1]["places"][0]
assert place["speaker"] == "Bob Stone" and place["speakers"] == ["Bob Stone"] and place["end"] > place["start"] > 5
assert [d["kind"] for d in place["diff"]] == ["same"] and place["differences"] == place["left_out"] == 0
assert list(rows[0]) == ["id", "quote", "speaker", "verdict", "wording", "attribution", "checked", "words", "grade",
                         "differences", "places", "nearest", "audio", "transcript"]
PYTHON
printf '# of the article\n\nWater never sleeps\n' | "$soundbite" verify episode.wav episode.json --quote-file - >.out 2>.err
check 'a list from standard input' grep -q VERBATIM .out

expect 0 verify - episode.json --quote 'Water never sleeps' < <(cat episode.wav)
out_has 'VERBATIM'
expect 2 verify - episode.json --quote-file - <episode.wav
err_has 'only once'

# An ellipsis that turns the meaning.
expect 3 verify episode.wav episode.json --quote 'Water ... sleeps, and it finds every crack'
out_has 'MISLEADING ELISION "Water ... sleeps'
out_has 'it removes or adds a negation'
err_has '1 misleading'
expect 0 verify episode.wav episode.json --quote '... bridges for twenty years'
out_has 'ELIDED'

# Without audio.
expect 0 verify episode.txt --quote 'Water never sleeps, and it finds every crack'
out_has 'VERBATIM'
err_has 'compared with the transcript only'
expect 0 verify episode.txt --quote 'Water never sleeps, and it finds every crack' --json
out_has '"checked": "transcript"'
expect 0 verify episode.json --quote 'Water never sleeps'
err_has 'the alignment says which words were heard'
expect 2 verify episode.wav --quote water
err_has 'is audio'

# Clips with context, and a page that needs no other file.
expect 3 verify episode.wav episode.json --quote 'Water never sleeps' --quote 'I have ... bridges' --quote 'we flew a kite over the castle' --clips cut --html page.html
check 'two clips' test "$(ls cut/*.mp3 | wc -l)" = 2
check 'the clips are named by the quote' test -s 'cut/01-Bob Stone-water-never-sleeps.mp3'
check 'no temporary file is left' test "$(ls -A cut | wc -l)" = 4
python3 - <<'PYTHON' || fail 'the clips have their context and certificates'
import json
quotes = [json.loads(line) for line in open("cut/quotes.jsonl")]
clips = [json.loads(line) for line in open("cut/clips.jsonl")]
assert [q["verdict"] for q in quotes] == ["verbatim", "elided", "not-said"]
assert [q.get("clip") for q in quotes] == [c["file"] for c in clips] + [None]
assert clips[0]["text"].startswith("The hardest part is the water. Water never sleeps")
assert all("certificate" in c for c in clips)
page = open("page.html").read()
assert page.count("<audio ") == 2 and page.count("data:audio/mpeg;base64,") == 2
assert "://" not in page.replace("data:", "") and "src=\"./" not in page
PYTHON
expect 5 verify episode.wav episode.json --quote 'Water never sleeps' --clips cut
expect 0 verify episode.wav episode.json --quote 'Water never sleeps' --clips cut -f -q
expect 5 verify episode.wav episode.json --quote 'Water never sleeps' --html page.html
expect 0 verify episode.wav episode.json --quote 'Water never sleeps' --clips none --html none.html -n
out_has 'would write'
check 'a dry run writes nothing' test ! -e none -a ! -e none.html
expect 2 verify episode.txt --quote 'Water never sleeps' --clips other
err_has 'needs the audio'
expect 0 verify episode.txt --quote 'Water never sleeps' --html silent.html
check 'a page without sound' test "$(grep -c '<audio ' silent.html)" = 0
check 'it says so' grep -q 'transcript only' silent.html

# An article.
cat >story.md <<'ARTICLE'
# The "builder"

“Water never sleeps,” said Bob Stone, “and it finds every crack.”

Ann Lee told the paper: «I have built bridges for twenty years.»
ARTICLE
expect 3 verify episode.wav episode.json --article story.md --json
python3 - .out <<'PYTHON' || fail 'the quotes of the article'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert [r["verdict"] for r in rows] == ["too-short", "verbatim", "wrong-speaker"], rows
assert [r["speaker"] for r in rows] == [None, "Bob Stone", "Ann Lee"]
assert [r["source"] for r in rows] == [None, "said Bob Stone", "Ann Lee told"]
assert [r["paragraph"] for r in rows] == [1, 2, 3] and not any(r["inferred"] for r in rows)
PYTHON
expect 3 verify episode.wav episode.json --article story.md --worst-first
check 'the worst comes first' grep -q '^WRONG SPEAKER' <(head -1 <<<"$out")
out_has 'paragraph 2: attributed to Bob Stone, by "said Bob Stone"'
err_has '1 too short to judge'
python3 - <<'PYTHON'
import zipfile
def docx(text):
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text)
    return ('<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>")
with zipfile.ZipFile("story.docx", "w") as z:
    z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
    z.writestr("word/document.xml", docx(["Bob Stone said „Water never sleeps“."]))
PYTHON
expect 0 verify episode.wav episode.json --article story.docx
out_has 'VERBATIM  "Water never sleeps"'
printf '<html><body><p><q>Water never sleeps</q>, said Bob Stone.</p></body></html>' >story.html
expect 0 verify episode.wav episode.json --article story.html
out_has 'attributed to Bob Stone'
printf 'No quote here.\n' >plain.txt
expect 1 verify episode.wav episode.json --article plain.txt
err_has 'nothing between quotation marks'
expect 5 verify episode.wav episode.json --article story.md -f -o story.md

# A transcript with text that is not in the audio.
sed 's/finds every crack\./finds every crack. The whole town came to look at it and danced all night./' episode.txt >more.txt
python3 - <<'PYTHON'
import json
a = json.load(open("episode.json"))
extra = "The whole town came to look at it and danced all night.".split()
a["turns"][3]["words"] += [{"text": w, "start": None, "end": None, "confidence": 0, "status": "not_heard"} for w in extra]
a["turns"][3]["text"] += " " + " ".join(extra)
json.dump(a, open("more.json", "w"))
PYTHON
expect 3 verify episode.wav more.json --quote 'the whole town came to look at it'
out_has 'NOT HEARD "the whole town'
out_has 'in the transcript: '
out_has 'is in the transcript but was not heard'
expect 3 verify episode.wav more.json --quote 'it finds every crack. The whole town'
out_has 'NOT HEARD'

expect 2 verify episode.wav episode.json
err_has '--quote TEXT'
expect 2 verify episode.wav episode.json --quote '...'
err_has 'no words'
expect 2 verify --quote water
printf 'quote\nwater\n...\n' >bad.csv
expect 1 verify episode.wav episode.json --quote-file bad.csv
err_has 'bad.csv:3: '
expect 1 verify episode.wav episode.json --quote-file missing.txt
expect 0 verify episode.json episode.wav --quote 'water never sleeps'
err_has "read as 'soundbite verify episode.wav episode.json'"
sox -D episode.wav other.wav trim 0 5
expect 1 verify other.wav episode.json --quote water
err_has 'is not the aligned audio'
expect 0 verify other.wav episode.json --quote 'water never sleeps' --allow-mismatch
expect 1 verify other.wav episode.json --quote 'water never sleeps' --force
err_has 'allow-mismatch'
expect 5 verify episode.wav episode.json --quote water -o first.txt
expect 0 verify episode.wav episode.json --quote water -o first.txt -f -n
out_has 'would write first.txt'
expect 5 verify episode.wav episode.json --quote water -f -o episode.json
expect 0 verify episode.wav episode.txt --quote 'water never sleeps' --method energy
err_has 'the audio does not confirm every word of'
expect 0 verify episode.wav episode.txt --quote 'water never sleeps' --method energy --json -q
out_has '"heard": null'
expect 0 verify episode.wav episode.json --quote $'water \033[2J never sleeps'
out_lacks $'\033'

# Words that are wrong in the transcript alone.
readings=/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb
if [[ -f $readings-0870.wav ]]; then
    sox "$readings"-{0870,0880,0890,0920,0930}.wav reading.wav
    cat >reading.txt <<'TEXT'
Reading
Transcript
Reader [00:00:00]:
And Mr. John Dashwood had then leisure to consider, how much there might be prudently in his power to do for them.
He was an ill-disposed young man,
unless to be rather cold hearted, and rather window, is to be ill disposed.
Had he married a more a amiable woman, he might not have been made still more respectable than he was;
he might even have been made amiable himself.
TEXT
    expect 0 align reading.wav reading.txt -o reading.json
    expect 0 verify reading.wav reading.json --quote 'cold hearted, and rather window' --html window.html
    out_has '- perhaps not said: "window,"; listen there'
    check 'the page names the word' grep -q 'Perhaps not said.*window' window.html
    expect 0 verify reading.wav reading.json --quote 'he might not have been made' --quote 'he might even have been made amiable' --json
    out_has '"verdict": "unsure"'
    out_has '"doubted": "\"not\""'
    out_has '"verdict": "verbatim"'
    expect 0 verify reading.wav reading.json --quote 'He was an ill-disposed young man'
    out_has '- perhaps said with a negation: "was"; listen there'
    expect 1 verify reading.wav reading.json --quote 'He was an ill-disposed young man' --strict
    expect 0 verify reading.json --quote 'cold hearted, and rather window'
    out_lacks 'perhaps not said'
else
    skip 'no recordings on this machine; they are in the package pocketsphinx-testdata'
fi
finish
