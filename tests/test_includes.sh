# The sources follow the table of folders, and scripts/check-includes detects violations.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs python3

check 'the sources keep to the table' "$source_dir/scripts/check-includes" "$source_dir"

# refuses MESSAGE PATH LINE...: a tree in which PATH has these lines is refused with MESSAGE.
refuses() {
    local message=$1 path=$2
    shift 2
    rm -rf tree
    mkdir -p tree/include/soundbite tree/src/{base,media,transcript,cli} "tree/$(dirname "$path")"
    echo '#include <libavutil/frame.h>' >tree/src/media/libav.h
    echo '#include <stddef.h>' >tree/include/soundbite/time.h
    echo '#include <soundbite/time.h>' >tree/src/base/fold.h
    echo '#include "base/b.h"' >tree/src/base/c.h
    printf '%s\n' "$@" >"tree/$path"
    err=$("$source_dir/scripts/check-includes" tree 2>&1) && fail "accepted: $*"
    err_has "$message"
}
refuses 'src/transcript/a.c:2: src/transcript may not include media/libav.h' src/transcript/a.c \
    '#include "base/text/text.h"' '#include "media/libav.h"'
refuses 'src/cli/a.c:1: src/cli may not include media/libav.h' src/cli/a.c '#include "media/libav.h"'
refuses 'src/base/a.c:1: src/base may not include ../media/libav.h' src/base/a.c '#include "../media/libav.h"'
refuses 'src/media/a.c:1: uses more than one library: libav, libsndfile' src/media/a.c \
    '#include "media/libav.h"' '#include <sndfile.h>'
refuses '"nothing.h" is no file of the project' src/base/a.c '#include "nothing.h"'
refuses 'is in no folder of the table' src/base/deep/deeper/a.c 'int a;'
refuses 'a public header uses libav' include/soundbite/a.h '#include <libavutil/frame.h>'
refuses 'a public header may not include base/text/text.h' include/soundbite/a.h '#include "base/text/text.h"'

refuses 'src/base/b.h:1: is in a circle of files that include each other, with src/base/c.h' src/base/b.h '#include "base/c.h"' \
    '#include "base/text/text.h"'

# Two files that call each other: the one written here, and one that is already in the tree.
mkdir -p tree/src/base tree/include
printf 'int sb_one(void)\n{\n    return sb_two();\n}\n' >tree/src/base/one.c
printf 'int sb_two(void)\n{\n    return sb_one();\n}\n' >tree/src/base/two.c
err=$("$source_dir/scripts/check-includes" tree 2>&1) && fail 'accepted two files that call each other'
err_has 'src/base/one.c:1: is in a circle of files that call each other, with src/base/two.c'

rm -rf tree
mkdir -p tree/src/base tree/include
echo '#include <stdio.h>' >tree/src/base/a.c
check 'a sound tree is accepted' "$source_dir/scripts/check-includes" tree
finish
