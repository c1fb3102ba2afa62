# Formats for editors, feeds and spreadsheets, read back by ffmpeg, an XML parser and Python, and by strict
# grammars if there is no such program.
. "$(dirname "$0")/lib.sh"
needs python3 ffmpeg ffprobe xmllint

cat >make.py <<'PYTHON'
# An alignment with turns out of order, unusual names, words without times, overlaps and a turn that was not heard.
import json, random
rng = random.Random(11)
names = ['Ann "A" Lee', 'Zoë <b>', None, '=HYPERLINK("x")', '-->', 'Cy, the 2nd; #1']
texts = ['"quoted"', '<i>', 'a&b', '{\\x}', 'naïve', '-->', '=1+2', ';;', 'plain,', "it's", 'words', 'and', 'more.']
turns, at = [], 0.0
for i in range(80):
    words, start = [], at
    for w in range(rng.randint(1, 30)):
        if rng.random() < 0.1 or i == 17:
            words.append({'text': rng.choice(texts), 'start': None, 'end': None, 'confidence': 0, 'status': 'not_heard'})
            continue
        length = rng.randint(1, 900000) / 1e6
        words.append({'text': rng.choice(texts), 'start': round(at, 6), 'end': round(at + length, 6),
                      'confidence': round(rng.random(), 3), 'status': 'aligned'})
        at += max(0, length + rng.choice([0, -0.02, 0.3]))
    heard = [w for w in words if w['start'] is not None]
    turns.append({'index': i, 'speaker': names[i % len(names)], 'stamp': int(start),
                  'start': min([w['start'] for w in heard], default=None),
                  'end': max([w['end'] for w in heard], default=None), 'confidence': 0.5,
                  'status': 'partly' if heard else 'not_heard', 'text': ' '.join(w['text'] for w in words),
                  'words': words})
turns[3], turns[40] = turns[40], turns[3]
turns[5]['words'][0]['text'] = 'Unique'
for i, t in enumerate(turns):
    t['index'], t['text'] = i, ' '.join(w['text'] for w in t['words'])
json.dump({'format': 'soundbite-alignment', 'version': 1,
           'audio': {'path': '/some folder/Episode #1.mp3', 'sha256': None, 'duration': round(at + 1, 6),
                     'sample_rate': 44100, 'channels': 2, 'codec': 'mp3'},
           'transcript': {'path': 't.txt', 'sha256': None, 'format': 'turns-bracket', 'title': 'A = "B"; #1'},
           'method': 'acoustic', 'time_map': [], 'breaks': [], 'speech': [], 'turns': turns,
           'summary': {}}, open('odd.json', 'w'))
PYTHON
python3 make.py
for format in soundbite chapters podcast-json podcast-html reaper edl otio fcpxml ass csv ffmetadata; do
    expect 0 export odd.json --to $format -o "odd.$format"
done
for fps in 23.976 24 25 29.97 30 50 59.94 60; do
    expect 0 export odd.json --to edl --fps $fps -o "$fps.edl"
    expect 0 export odd.json --to fcpxml --fps $fps -o "$fps.fcpxml"
done

cat >strict.py <<'PYTHON'
import csv, html.parser, json, math, re, subprocess, urllib.parse
import xml.etree.ElementTree as ET
from fractions import Fraction
a = json.load(open('odd.json'))
timed = sorted((t for t in a['turns'] if t['start'] is not None), key=lambda t: t['start'])
said = lambda t: [w for word in t['words'] if word['status'] != 'not_heard' for w in word['text'].split()] # captions leave out the others
full = lambda t: (t['speaker'] + ': ' if t['speaker'] else '') + t['text']
short = lambda s: s if len(s) <= 128 else s[:s[:128].rindex(' ')] + '…'
ms = lambda t: math.floor(Fraction(str(t)) * 1000 + Fraction(1, 2))

# podcast:soundbite, as children of an item
root = ET.fromstring('<item xmlns:podcast="https://podcastindex.org/namespace/1.0">' + open('odd.soundbite').read() + '</item>')
assert len(root) == len(timed)
for e, t in zip(root, timed):
    assert e.tag.endswith('}soundbite') and set(e.attrib) == {'startTime', 'duration'}
    assert re.fullmatch(r'\d+\.\d{3}', e.get('startTime')) and re.fullmatch(r'\d+\.\d{3}', e.get('duration'))
    assert ms(e.get('startTime')) == ms(t['start']) and e.text == short(t['text']) and len(e.text) <= 128

# chapters
c = json.load(open('odd.chapters'))
assert list(c) == ['version', 'title', 'chapters'] and c['version'] == '1.2.0'
assert [(x['startTime'], x['endTime'], x['title']) for x in c['chapters']] == \
    [(t['start'], t['end'], short(full(t))) for t in timed]

# podcast JSON: an empty speaker is no speaker; a missing one is the speaker before
p = json.load(open('odd.podcast-json'))
words, speaker = [], None
for s in p['segments']:
    assert set(s) <= {'speaker', 'startTime', 'endTime', 'body'} and s['endTime'] > s['startTime'] >= 0
    speaker = s.get('speaker', speaker) or None
    words += [(speaker, w) for w in s['body'].split()]
assert sorted(words, key=str) == sorted(((t['speaker'], w) for t in a['turns'] if t['start'] is not None for w in said(t)), key=str)
starts = [s['startTime'] for s in p['segments']]
assert starts == sorted(starts)

# podcast HTML
class Html(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.got, self.tag = [], None
    def handle_starttag(self, tag, attributes):
        assert self.tag is None and tag in ('cite', 'time', 'p') and not attributes
        self.tag = tag
        self.got.append([tag, ''])
    def handle_endtag(self, tag):
        assert tag == self.tag
        self.tag = None
    def handle_data(self, data):
        if self.tag:
            self.got[-1][1] += data
        else:
            assert data.strip() == ''
h = Html()
h.feed(open('odd.podcast-html').read())
clock = lambda s: f'{s // 3600}:{s // 60 % 60:02}:{s % 60:02}' if s >= 3600 else f'{s // 60}:{s % 60:02}'
want = []
for t in a['turns']:
    want += [['cite', t['speaker'] + ':']] if t['speaker'] else []
    want += [['time', clock(int(t['start']))]] if t['start'] is not None else []
    want += [['p', t['text']]]
assert h.got == want

# REAPER
rows = list(csv.reader(open('odd.reaper', newline='')))
assert rows[0] == ['#', 'Name', 'Start', 'End', 'Length', 'Color'] and len(rows) == len(timed) + 1
def clock_ms(text):
    m, s, f = map(int, re.fullmatch(r'(\d+):([0-5]\d)\.(\d{3})', text).groups())
    return (m * 60 + s) * 1000 + f
colors = {}
for n, (row, t) in enumerate(zip(rows[1:], timed), 1):
    start, end, length = map(clock_ms, row[2:5])
    assert row[0] == f'R{n}' and row[1] == short(full(t)) and start == ms(t['start']) and end == ms(t['end'])
    assert length == end - start and re.fullmatch('[0-9A-F]{6}', row[5])
    assert colors.setdefault(t['speaker'], row[5]) == row[5]
assert len(set(colors.values())) == len(colors)

# CSV: no cell starts a formula; without the apostrophe the text is unchanged
rows = list(csv.DictReader(open('odd.csv', newline='')))
assert len(rows) == len(a['turns'])
for row, t in zip(rows, a['turns']):
    for cell, text in ((row['speaker'], t['speaker'] or ''), (row['text'], t['text'])):
        assert cell[:1] not in ('=', '+', '-', '@', '\t', '\r')
        assert cell == ("'" if text[:1] in ('=', '+', '-', '@') else '') + text
    assert (float(row['start']), float(row['end'])) == (t['start'], t['end']) if row['start'] else t['start'] is None

# EDL and FCPXML at every frame rate
rates = {'23.976': (Fraction(24000, 1001), 24, 0), '24': (24, 24, 0), '25': (25, 25, 0), '30': (30, 30, 0),
         '29.97': (Fraction(30000, 1001), 30, 2), '50': (50, 50, 0), '59.94': (Fraction(60000, 1001), 60, 4),
         '60': (60, 60, 0)}
def frames(text, fps, drop):
    h, m, s, sep, f = re.fullmatch(r'(\d\d):([0-5]\d):([0-5]\d)([:;])(\d\d)', text).groups()
    h, m, s, f = int(h), int(m), int(s), int(f)
    assert f < fps and (sep == ';') == bool(drop)
    assert not (drop and f < drop and s == 0 and m % 10), 'a frame number that does not exist'
    minutes = h * 60 + m
    return (minutes * 60 + s) * fps + f - drop * (minutes - minutes // 10)
for name, (rate, fps, drop) in rates.items():
    head, *events = open(f'{name}.edl').read().rstrip('\n').split('\n\n')
    assert head == 'TITLE: Episode #1\nFCM: ' + ('DROP FRAME' if drop else 'NON-DROP FRAME')
    assert len(events) == len(timed)
    edits, at = [], 0
    for n, (event, t) in enumerate(zip(events, timed), 1):
        line, clip, path, comment = event.split('\n')
        m = re.fullmatch(r'(\d{3})  AX       AA    C        (\S+) (\S+) (\S+) (\S+)', line)
        i, o, ri, ro = (frames(x, fps, drop) for x in m.groups()[1:])
        start, end = Fraction(str(t['start'])) * rate, Fraction(str(t['end'])) * rate
        assert int(m[1]) == n and i <= start and o >= end and start - i < 1.001 and o - end < 1.001, (name, n)
        assert ri == at and ro - ri == o - i > 0
        at = ro
        assert path == '* SOURCE FILE: /some folder/Episode #1.mp3'
        assert clip == '* FROM CLIP NAME: Episode #1.mp3' and comment == '* COMMENT: ' + short(full(t))
        edits.append((i, ri, o - i))
    root = ET.parse(f'{name}.fcpxml').getroot()
    time = lambda text: Fraction(re.fullmatch(r'(\d+(/\d+)?)s', text)[1])
    frame = 1 / Fraction(rate)
    assert time(root.find('resources/format').get('frameDuration')) == frame
    clips = root.findall('library/event/project/sequence/spine/asset-clip')
    assert [(time(c.get('start')) / frame, time(c.get('offset')) / frame, time(c.get('duration')) / frame)
            for c in clips] == edits
    assert [c.find('note').text for c in clips] == [full(t) for t in timed]
    src = root.find('resources/asset/media-rep').get('src')
    assert urllib.parse.unquote(urllib.parse.urlparse(src).path) == a['audio']['path'], src
    assert time(root.find('.//sequence').get('duration')) == at * frame

# OTIO: every object has a schema and the members of it
members = {'Timeline.1': {'name', 'global_start_time', 'metadata', 'tracks'},
           'Stack.1': {'name', 'effects', 'markers', 'source_range', 'metadata', 'children'},
           'Track.1': {'name', 'effects', 'markers', 'source_range', 'metadata', 'children', 'kind'},
           'Clip.1': {'name', 'effects', 'markers', 'source_range', 'metadata', 'media_reference'},
           'ExternalReference.1': {'target_url', 'available_range', 'metadata'},
           'TimeRange.1': {'start_time', 'duration'}, 'RationalTime.1': {'rate', 'value'}}
def check(o):
    if isinstance(o, list):
        for x in o:
            check(x)
    elif isinstance(o, dict):
        assert set(o) - {'OTIO_SCHEMA'} == members[o['OTIO_SCHEMA']], o
        for k, x in o.items():
            if k != 'metadata':
                check(x)
o = json.load(open('odd.otio'))
check(o)
clips = o['tracks']['children'][0]['children']
assert len(clips) == len(timed)
for c, t in zip(clips, timed):
    start, length = c['source_range']['start_time'], c['source_range']['duration']
    assert start['rate'] == length['rate'] == 44100 and length['value'] >= 1
    assert abs(start['value'] - t['start'] * 44100) <= 0.51
    assert abs(start['value'] + length['value'] - t['end'] * 44100) <= 0.51
    assert c['metadata']['soundbite'] == {'speaker': t['speaker'], 'text': t['text']}

# ASS: karaoke sums are the length of their line
lines = open('odd.ass', newline='').read().split('\n')
dialogues = [l for l in lines if l.startswith('Dialogue: ')]
hundredths = lambda t: sum(x * y for x, y in zip(map(int, re.fullmatch(r'(\d):([0-5]\d):([0-5]\d)\.(\d\d)', t).groups()),
                                                 (360000, 6000, 100, 1)))
text = []
for d in dialogues:
    layer, start, end, style, name, *margins, effect, body = d[len('Dialogue: '):].split(',', 9)
    assert (layer, style, margins, effect) == ('0', 'Default', ['0', '0', '0'], '')
    assert sum(map(int, re.findall(r'\{\\kf?(\d+)\}', body))) == hundredths(end) - hundredths(start) > 0, d
    body = re.sub(r'\{\\kf?\d+\}', '', body)
    assert '{' not in body and '}' not in body
    text += body.replace('\\N', ' ').replace('\\\u2060', '\\').replace('｛', '{').replace('｝', '}').split()
assert sorted(text) == sorted(w for t in a['turns'] if t['start'] is not None for w in said(t))
shown = subprocess.run(['ffmpeg', '-v', 'error', '-i', 'odd.ass', '-f', 'srt', '-'], capture_output=True, text=True, check=True)
assert shown.stderr == '' and len(re.findall(r'(?m)^\d\d:\S+ --> \d\d:\S+$', shown.stdout)) == len(dialogues), shown.stderr
plain = re.sub(r'<font [^>]*>|</font>', '', shown.stdout)
assert plain.count('naïve') == sum(w == 'naïve' for w in text)

# ffmetadata
probe = subprocess.run(['ffprobe', '-v', 'error', '-f', 'ffmetadata', '-show_chapters', '-show_format', '-of', 'json',
                        'odd.ffmetadata'], capture_output=True, text=True, check=True)
assert probe.stderr == '', probe.stderr
m = json.loads(probe.stdout)
assert m['format']['tags']['title'] == 'A = "B"; #1'
assert [(c['start'], c['end'], c['tags']['title']) for c in m['chapters']] == \
    [(ms(t['start']), ms(t['end']), short(full(t))) for t in timed]
PYTHON
check 'strict parsers' python3 strict.py

# The elements used here, from Apple's definition of FCPXML.
cat >fcpxml.dtd <<'DTD'
<!ELEMENT fcpxml (resources, library)>
<!ATTLIST fcpxml version CDATA #FIXED "1.9">
<!ELEMENT resources (format | asset)*>
<!ELEMENT format EMPTY>
<!ATTLIST format id ID #REQUIRED name CDATA #IMPLIED frameDuration CDATA #IMPLIED width CDATA #IMPLIED height CDATA #IMPLIED>
<!ELEMENT asset (media-rep+)>
<!ATTLIST asset id ID #REQUIRED name CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED hasAudio CDATA #IMPLIED
    audioSources CDATA #IMPLIED audioChannels CDATA #IMPLIED audioRate CDATA #IMPLIED>
<!ELEMENT media-rep EMPTY>
<!ATTLIST media-rep kind (original-media | proxy-media) "original-media" src CDATA #REQUIRED>
<!ELEMENT library (event)*>
<!ELEMENT event (project)*>
<!ATTLIST event name CDATA #IMPLIED>
<!ELEMENT project (sequence)>
<!ATTLIST project name CDATA #IMPLIED>
<!ELEMENT sequence (spine)>
<!ATTLIST sequence format IDREF #REQUIRED duration CDATA #IMPLIED tcStart CDATA #IMPLIED tcFormat (DF | NDF) #IMPLIED
    audioLayout (mono | stereo | surround) #IMPLIED audioRate (32k | 44.1k | 48k | 88.2k | 96k | 176.4k | 192k) #IMPLIED>
<!ELEMENT spine (asset-clip)*>
<!ELEMENT asset-clip (note?)>
<!ATTLIST asset-clip ref IDREF #REQUIRED name CDATA #IMPLIED offset CDATA #IMPLIED start CDATA #IMPLIED
    duration CDATA #IMPLIED audioRole CDATA #IMPLIED>
<!ELEMENT note (#PCDATA)>
DTD
check 'fcpxml is valid' xmllint --noout --nonet --dtdvalid fcpxml.dtd odd.fcpxml

# Only the selected quotes are exported.
expect 0 export odd.json --to csv --phrase unique
check 'one quote' python3 - "$out" <<'PYTHON'
import csv, sys
rows = list(csv.DictReader(sys.argv[1].splitlines()))
assert [r['text'] for r in rows] == ['Unique'] and rows[0]['speaker'] == 'Cy, the 2nd; #1', rows
PYTHON
expect 0 export odd.json --to chapters --speaker 'zo*' --min-length 2s --limit 2
check 'two quotes of a speaker' python3 -c '
import json, sys
c = json.loads(sys.argv[1])["chapters"]
assert len(c) == 2 and all(x["title"].startswith("Zoë") and x["endTime"] - x["startTime"] >= 2 for x in c), c' "$out"
for format in srt vtt vtt-words textgrid ctm audacity edl; do
    expect 0 export odd.json --to $format --phrase unique
    out_has Unique
    out_lacks more.
done
expect 3 export odd.json --to edl --phrase 'nobody said this'
err_has 'nothing matched'
expect 2 export odd.json --to text --phrase unique
err_has 'leave out the selection'
expect 2 export odd.json --to json --speaker 'zo*'
expect 2 export odd.json --to srt --fps 25
err_has 'leave out the frame rate (--fps)'
expect 2 export odd.json --to edl --fps 26
err_has "did you mean '24'"
expect 3 export odd.json -o none.edl --speaker Nobody
check 'nothing is left behind' test ! -e none.edl
expect 0 export odd.json --to soundbite --min-length 15s --max-length 120s
err_lacks 'soundbites are not'

# A transcript has only the starts of turns; quotes inside them are placed by their words.
printf 'Ann [00:00:01]:\nOne two three four.\nBen [00:00:09]:\nFive.\n' >talk.txt
expect 0 export talk.txt --to srt --phrase 'two three'
out_has $'00:00:03,000 --> 00:00:07,000\nAnn: two three'
out_lacks four
expect 0 export talk.txt --to csv --phrase 'two three' --expand turn
out_has '1,Ann,1.000000,9.000000,8.000000,One two three four.,'
out_lacks Five

# The audio is named as seen from the exported file.
mkdir -p show/audio show/edits show/saved other
printf x >'show/audio/ep #1 é.mp3'
python3 - <<'PYTHON'
import json
a = json.load(open('odd.json'))
a['audio']['path'] = 'audio/ep #1 é.mp3'
json.dump(a, open('show/saved/ep.json', 'w'))
PYTHON
cat >found.py <<'PYTHON'
# Prints the file that an exported file names, from the folder given.
import os, re, sys, urllib.parse
text = open(sys.argv[1]).read()
url = re.search(r'(?:src="|"target_url": "|SOURCE FILE: )([^"\n]+)', text)[1]
path = urllib.parse.unquote(url.removeprefix('file://')) if not sys.argv[1].endswith('edl') else url
print(url, file=sys.stderr)
sys.exit(os.path.realpath(os.path.join(sys.argv[2], path)) != os.path.realpath('show/audio/ep #1 é.mp3'))
PYTHON
ln -s show/edits linked
for format in fcpxml otio edl; do
    (cd show && "$soundbite" export saved/ep.json -o "edits/a.$format" -q)
    (cd show && "$soundbite" export saved/ep.json --to $format -q >"a.$format")
    (cd show/saved && "$soundbite" export ep.json -o "../../other/a.$format" -q)
    (cd show && "$soundbite" export saved/ep.json -o "../linked/b.$format" -q)
    check "$format in another folder" python3 found.py "show/edits/a.$format" show/edits
    check "$format on standard output" python3 found.py "show/a.$format" show
    check "$format of an alignment that was moved" python3 found.py "other/a.$format" other
    check "$format behind a link" python3 found.py "linked/b.$format" show/edits
done
check 'the URL is escaped' grep -q 'src="../audio/ep%20%231%20%C3%A9.mp3"' show/edits/a.fcpxml
sed "s|audio/ep|$folder/show/audio/ep|" show/saved/ep.json >absolute.json
for format in fcpxml otio edl; do
    expect 0 export absolute.json -o "other/absolute.$format"
    check "$format keeps an absolute path" python3 found.py "other/absolute.$format" other
done
check 'an absolute URL' grep -q "src=\"file:///" other/absolute.fcpxml
expect 0 export show/saved/ep.json --to srt -o other/a.srt
err_lacks 'not there'
rm show/audio/*
expect 0 export show/saved/ep.json -o other/gone.otio
err_has 'the audio audio/ep #1 é.mp3 is not there'
finish
