# Word formats, read by strict parsers: they contain every word that was heard, with its time, and nothing else.
. "$(dirname "$0")/lib.sh"
needs python3

cat >make.py <<'PYTHON'
# An alignment with turns out of order, unusual names, words without times or duration, and overlaps.
import json, random
rng = random.Random(7)
names = ['Ann "A" Lee', 'Zoë <b>', None, 'tab\tand\nline', '-->']
texts = ['"quoted"', '<i>', 'a&b', '{\\x}', 'naïve', '-->', '=1+2', ';;', 'plain,', "it's", 'tab\tin']
turns, at = [], 0.0
for i in range(60):
    words, start = [], at
    for w in range(rng.randint(1, 14)):
        kind = rng.random()
        if kind < 0.15:
            words.append({'text': rng.choice(texts), 'start': None, 'end': None, 'confidence': 0, 'status': 'not_heard'})
            continue
        length = 0 if kind < 0.3 else rng.randint(1, 900000) / 1e6
        words.append({'text': rng.choice(texts), 'start': round(at, 6), 'end': round(at + length, 6),
                      'confidence': round(rng.random(), 3), 'status': 'aligned' if kind < 0.8 else 'estimated'})
        at += max(0, length + rng.choice([0, 0, -0.02, 0.3]))
    heard = [w for w in words if w['start'] is not None]
    lo = min([w['start'] for w in heard], default=None)
    hi = max([w['end'] for w in heard], default=None)
    turns.append({'index': i, 'speaker': rng.choice(names), 'stamp': int(start), 'start': lo, 'end': hi,
                  'confidence': 0.5, 'status': 'partly' if heard else 'not_heard',
                  'text': ' '.join(w['text'] for w in words), 'words': words})
turns[3], turns[40] = turns[40], turns[3]
for i, t in enumerate(turns):
    t['index'] = i
duration = round(at + 1, 6)
json.dump({'format': 'soundbite-alignment', 'version': 1,
           'audio': {'path': 'some folder/Episode 1.mp3', 'sha256': None, 'duration': duration, 'sample_rate': 44100,
                     'channels': 2, 'codec': 'mp3'},
           'transcript': {'path': 't.txt', 'sha256': None, 'format': 'turns-bracket', 'title': None},
           'method': 'acoustic', 'time_map': [], 'breaks': [], 'speech': [], 'turns': turns,
           'summary': {}}, open('odd.json', 'w'))
PYTHON
python3 make.py
for format in vtt-words textgrid ctm audacity audacity-turns; do
    expect 0 export odd.json --to $format -o "odd.$format"
done
expect 0 export odd.json --to textgrid
err_has 'have no time and are left out'
err_has 'were cut or moved'

cat >strict.py <<'PYTHON'
import json, re
a = json.load(open('odd.json'))
line = lambda text: re.sub(r'[\x00-\x1f]', ' ', text)
heard = sorted(((w['start'], w['end'], line(w['text']), w['confidence'], t['speaker'])
                for t in a['turns'] for w in t['words'] if w['start'] is not None), key=lambda w: w[0])
us = lambda t: round(float(t) * 1e6)

# ctm
rows = [re.fullmatch(r'(\S+) 1 (\d+\.\d{6}) (\d+\.\d{6}) (\S+) ([01]\.\d{3})', r).groups()
        for r in open('odd.ctm').read().splitlines()]
assert len(rows) == len(heard) and {r[0] for r in rows} == {'Episode_1'}
for (_, start, length, word, confidence), h in zip(rows, heard):
    assert (us(start), us(start) + us(length), word, float(confidence)) == \
        (us(h[0]), us(h[1]), h[2].replace(' ', '_'), h[3]), (start, word, h)

# audacity
rows = [re.fullmatch(r'(\d+\.\d{6})\t(\d+\.\d{6})\t([^\t]*)', r).groups()
        for r in open('odd.audacity').read().split('\n')[:-1]]
assert [(us(s), us(e), t) for s, e, t in rows] == [(us(h[0]), us(h[1]), h[2]) for h in heard]
rows = [re.fullmatch(r'(\d+\.\d{6})\t(\d+\.\d{6})\t([^\t]*)', r).groups()
        for r in open('odd.audacity-turns').read().split('\n')[:-1]]
turns = sorted((t for t in a['turns'] if t['start'] is not None), key=lambda t: t['start'])
assert [(us(s), us(e), t) for s, e, t in rows] == \
    [(us(t['start']), us(t['end']), line(t['speaker'] + ': ' if t['speaker'] else '') + line(t['text'])) for t in turns]

# vtt-words: times ascend, inside the cue, at words only
text = open('odd.vtt-words').read()
assert text.startswith('WEBVTT\n\n')
clock = r'(\d\d):(\d\d):(\d\d)\.(\d{3})'
def ms(t):
    h, m, s, f = map(int, re.fullmatch(clock, t).groups())
    return ((h * 60 + m) * 60 + s) * 1000 + f
starts = {int(h[0] * 1000 + 1e-6) for h in heard}
plain = []
for block in text[len('WEBVTT\n\n'):].rstrip('\n').split('\n\n'):
    head, body = block.split('\n', 1)
    start, end = re.fullmatch(rf'({clock}) --> ({clock})', head).group(1, 6)
    start, end = ms(start), ms(end)
    assert start < end and '-->' not in body, block
    inside = [ms(t) for t in re.findall(rf'<({clock})>', body) for t in t[:1]]
    assert all(x < y for x, y in zip([start] + inside, inside + [end])), block
    assert set(inside) <= starts, block
    body = re.sub(rf'<{clock}>', '', body)
    body = re.sub(r'^<v ([^<>\n]+)>', '', body).replace('\u2060', '')  # in words such as {\x}
    assert not re.search(r'[<>]|&(?!amp;|lt;|gt;)', body), body
    plain += body.split()
for entity, c in (('&lt;', '<'), ('&gt;', '>'), ('&amp;', '&')):
    plain = [p.replace(entity, c) for p in plain]
assert sorted(plain) == sorted(p for t in a['turns'] if t['start'] is not None for w in t['words'] if w['status'] != 'not_heard' for p in w['text'].split())

# textgrid
class Reader:
    def __init__(self, text):
        self.lines = iter(text.split('\n'))
    def literal(self, wanted):
        got = next(self.lines)
        assert got.strip() == wanted, (got, wanted)
    def value(self, key):
        got = next(self.lines)
        assert got.strip().startswith(key + ' = '), (got, key)
        return got.strip()[len(key) + 3:]
    def number(self, key):
        return us(self.value(key))
    def text(self, key):
        v = self.value(key)
        assert re.fullmatch(r'"([^"]|"")*"', v), v
        return v[1:-1].replace('""', '"')
r = Reader(open('odd.textgrid').read())
r.literal('File type = "ooTextFile"')
r.literal('Object class = "TextGrid"')
r.literal('')
assert r.number('xmin') == 0
length = r.number('xmax')
assert length == us(a['audio']['duration'])
r.literal('tiers? <exists>')
tiers, n = {}, int(r.value('size'))
r.literal('item []:')
for i in range(n):
    r.literal(f'item [{i + 1}]:')
    assert r.text('class') == 'IntervalTier'
    name = r.text('name')
    assert name not in tiers
    assert r.number('xmin') == 0 and r.number('xmax') == length
    at, tiers[name] = 0, []
    for k in range(int(r.value('intervals: size'))):
        r.literal(f'intervals [{k + 1}]:')
        start, end, text = r.number('xmin'), r.number('xmax'), r.text('text')
        assert start == at and end > start, (name, k)
        at = end
        tiers[name].append((start, end, text))
    assert at == length
assert list(r.lines) == ['']
for speaker in {t['speaker'] for t in a['turns'] if t['start'] is not None}:
    name = line(speaker) + ' - words' if speaker else 'words'
    words = [h for h in heard if h[4] == speaker]
    got = [g for g in tiers[name] if g[2]]
    assert [g[2] for g in got] == [h[2] for h in words], name
    assert all(0 <= g[0] - us(h[0]) <= 20000 for g, h in zip(got, words)), name
    assert name.replace('words', 'turns') in tiers
PYTHON
check 'strict parsers' python3 strict.py

cat >talk.txt <<'TEXT'
Ann Lee [00:00:01]:
Welcome to the show.
Bob Stone [00:00:05]:
Thank you.
TEXT
expect 2 export talk.txt --to ctm
err_has 'align the transcript to its audio first'
expect 0 export talk.txt --to audacity
out_has $'1.000000\t5.000000\tAnn Lee: Welcome to the show.'
expect 0 export talk.txt -o talk.TextGrid
check 'a TextGrid by extension' grep -q 'Object class = "TextGrid"' talk.TextGrid
expect 0 export --help
out_has 'Praat TextGrid'
finish
