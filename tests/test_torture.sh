# A few places of scripts/torture: calls that fail lead to the usual result, a warning, or an error that leaves nothing.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox python3
needs_acoustic
[[ -e $(dirname "$soundbite")/tests/faults-shim.so ]] || { echo 'skipped: calls fail on Linux only'; exit 77; }
check 'a few places' "$source_dir"/scripts/torture --program "$soundbite" --commands find-file,export-srt,clip-m4a --faults write,sync,rename --step 12
check 'a few allocations' "$source_dir"/scripts/torture --program "$soundbite" --commands find-file,info-audio --faults memory --step 12
finish
