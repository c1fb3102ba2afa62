# No power cut leaves a file half-written: content is on the disk before its name, by a record of every call; a disk that fails is
# told, and leaves no file.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
shim=$(dirname "$soundbite")/tests/files-shim.so
[[ -e $shim ]] || { echo 'skipped: calls are recorded on Linux only'; exit 77; }
make_episode
work=$(pwd -P)
power=$source_dir/scripts/tortures/power.py

# shimmed ARGUMENTS...: runs the program with the shim; the record is in .record.
shimmed() {
    rm -f .record
    LD_PRELOAD=$shim SB_SHIM_LOG=$work/.record ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0 "$soundbite" "$@" >.out 2>.err
    code=$?
    out=$(cat .out)
    err=$(cat .err)
}

# ordered NAMES ARGUMENTS...: the command writes these files, and in this order.
ordered() {
    local names=$1
    shift
    shimmed "$@"
    checks=$((checks + 1))
    [[ $code == 0 && -s .record ]] || fail "soundbite $* succeeds with the shim"
    check "soundbite $*: $(python3 "$power" "$work" .record $names)" python3 "$power" "$work" .record $names >/dev/null
}

ordered episode.json align episode.wav episode.txt -o episode.json -f
check 'the cache was written by renaming too' grep -q '^rename .*soundbite/alignments' .record
ordered 'drift.html fixed.txt drift.txt' drift episode.wav episode.txt --html drift.html --fixed fixed.txt -o drift.txt
for format in wav flac mp3 m4a opus; do
    ordered "clip.$format clip.srt" clip episode.wav episode.json --phrase 'twenty years' -o "clip.$format" --captions srt -f
done
ordered 'many/1.wav many/2.wav list.jsonl page.html' clip episode.wav episode.json --speaker 'bob*' -o 'many/{n}.wav' \
    --manifest list.jsonl --index page.html
ordered 'joined.m4a joined.srt list.csv' clip episode.wav episode.json --speaker 'bob*' --join joined.m4a --captions srt --manifest list.csv
ordered 'copy.wav' clip episode.wav episode.json --phrase 'twenty years' -o copy.wav --copy
shimmed clip episode.wav episode.json --phrase 'twenty years' -o film.mp4 --video 9:16 --draft
if [[ $err == *'makes no videos'* ]]; then
    skip 'videos: built without cairo and pango'
else
    ordered film.mp4 clip episode.wav episode.json --phrase 'twenty years' -o film.mp4 --video 9:16 -f
fi
printf '{"id": "a", "audio": "episode.wav", "transcript": "episode.txt", "phrase": "water"}\n' >rows.jsonl
ordered 'clips/a.mp3 clips/a-2.mp3 clips/manifest.jsonl clips/manifest.csv clips/index.html' batch rows.jsonl -o clips --index clips/index.html
check 'clips appear before the manifests' test "$(grep -n '^rename .*a.mp3' .record | cut -d: -f1)" -lt \
    "$(grep -n '^rename .*manifest.jsonl' .record | cut -d: -f1)"
cat >journal.py <<'PYTHON'
"""journal.py RECORD: the folder is synced before the first line of the journal, and each line before the next one and the manifest."""
import os
import sys

lines = [[what, *map(os.path.abspath, paths)] for what, *paths in map(str.split, open(sys.argv[1], encoding="utf-8"))]
journals = {path for what, path, *_ in lines if path.endswith(".journal")}
assert len(journals) == 1, journals
journal = journals.pop()
pending, n_written = set(), 0
for what, path, *other in lines:
    if path == journal and what in ("create", "write", "unlink") or what == "rename" and "manifest" in other[0]:
        assert not pending, (what, path, pending)
    if path == journal and what in ("create", "write"):
        pending.add(what)
        n_written += what == "write"
    elif what == "sync":
        pending.discard("write" if path == journal else "create" if path == os.path.dirname(journal) else None)
assert n_written == 2, n_written
PYTHON
check 'each line of the journal is on the disk at once' python3 journal.py .record
for format in vtt srt json csv textgrid edl; do
    ordered "list.$format" export episode.json --to "$format" -o "list.$format" -f
done
ordered found.txt find episode.json --phrase water -o found.txt
ordered verified.txt verify episode.wav episode.json --quote 'water never sleeps' -o verified.txt
"$soundbite" export episode.json --to chapters -o chapters.json -q
ordered moved.json remap episode.json episode.json chapters.json -o moved.json

# A disk that fails: the file does not get its name, and the exit code says so.
for call in sync close rename; do
    rm -rf failed* clips
    SB_SHIM_FAIL=$call shimmed export episode.json --to srt -o failed.srt
    check "$call fails: exit 1" test "$code" = 1
    err_has 'failed.srt: cannot be written (Input/output error)'
    SB_SHIM_FAIL=$call shimmed clip episode.wav episode.json --phrase 'twenty years' -o failed.mp3 --captions srt
    check "$call fails: a clip gives exit 1" test "$code" = 1
    SB_SHIM_FAIL=$call shimmed batch rows.jsonl -o clips
    check "$call fails: a batch gives exit 1" test "$code" = 1
    check "$call fails: nothing is left" test -z "$(find . -name 'failed*' -o -name '*.mp3' -path './clips/*' -o -name '*.part')"
done
SB_SHIM_FAIL=folder shimmed export episode.json --to srt -o folder.srt
check 'a folder that cannot be synced: exit 1' test "$code" = 1
SB_SHIM_FAIL=close shimmed info episode.json
check 'standard output that cannot be closed: exit 1' test "$code" = 1
err_has 'standard output: cannot be written'
finish
