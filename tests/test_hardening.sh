# The build that is installed is hardened: a small program with the project's flags is built and looked at, and every file of the
# project has the flags.
. "$(dirname "$0")/lib.sh"
needs cmake readelf
cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.21)
project(small LANGUAGES C)
find_package(Threads REQUIRED)
include("$source_dir/cmake/flags.cmake")
add_executable(small small.c)
use_flags(small)
END
cat >small.c <<'END'
#include <stdio.h>
#include <string.h>
int main(int n, char **texts)
{
    char copy[16];
    memcpy(copy, texts[0], (size_t)n);
    return puts(copy) < 0;
}
END
# make FOLDER ARGUMENTS...: builds the program.
make() {
    cmake -S . -B "$@" >cmake.log 2>&1 && cmake --build "$1" >>cmake.log 2>&1 || { cat cmake.log; exit 1; }
    headers=$(readelf -hlW "$1/small")
    symbols=$(readelf --dyn-syms -W "$1/small")
    dynamic=$(readelf -dW "$1/small")
}
has() {
    [[ $1 == *"$2"* ]]
}
make release -DCMAKE_BUILD_TYPE=Release
check 'it is a position-independent executable' has "$dynamic" PIE
check 'the linker makes its tables read-only' has "$headers" GNU_RELRO
check 'all of them, because all symbols are found at the start' has "$dynamic" BIND_NOW
check 'the stack is not executable' grep -q 'GNU_STACK.*RW ' <<<"$headers"
check 'the stack is protected' has "$symbols" __stack_chk_fail
check 'copies are checked' has "$symbols" __memcpy_chk
object=$(find release -name 'small.c.o')
if [[ $(uname -m) == x86_64 ]]; then
    check 'targets of jumps are marked' has "$(readelf -nW "$object")" 'IBT, SHSTK'
fi
make debug -DCMAKE_BUILD_TYPE=Debug
check 'a debug build is not fortified' test -z "$(grep _chk <<<"$symbols")"
make sanitized -DCMAKE_BUILD_TYPE=Release -DSB_SANITIZE=ADDRESS
check 'sanitizers see all copies' test -z "$(grep __memcpy_chk <<<"$symbols")"

cmake -S "$source_dir" -B whole -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF >cmake.log 2>&1 || { cat cmake.log; exit 1; }
for flag in -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection; do
    check "every file has $flag" test -z "$(grep '"command"' whole/compile_commands.json | grep -v -e "$flag")"
done
finish
