# Every transcript of the collection is read with the format, turns, speakers, times and words of its truth.
. "$(dirname "$0")/lib.sh"
needs python3

export PYTHONDONTWRITEBYTECODE=1
check 'the collection is read right' python3 "$source_dir/scripts/benches/collection.py" "$soundbite"
for format in "$source_dir"/fixtures/collection/*/; do
    check "$format has five files" test "$(find "$format" -type f ! -name '*.truth' | wc -l)" -ge 5
done
finish
