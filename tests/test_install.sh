# Installs the static and the shared library into separate folders, and uses them from there like another project.
. "$(dirname "$0")/lib.sh"
needs cmake pkg-config nm
build_dir=$(dirname "$soundbite")
cached() {
    sed -n "s/^$1:[A-Z]*=//p" "$build_dir/CMakeCache.txt"
}
sanitize=
case $(cached SB_SANITIZE) in
ON | ADDRESS) sanitize=-fsanitize=address,undefined ;;
THREAD) sanitize=-fsanitize=thread ;;
esac
cc=$(cached CMAKE_C_COMPILER)
case $cc in
*clang*) cxx=clang++ ;;
*) cxx=g++ ;;
esac
command -v $cxx >/dev/null || { skip "C++, for $cxx is not installed" && cxx=; }
shared=static
[[ $(cached BUILD_SHARED_LIBS) == ON ]] && shared=shared
twin=$([[ $shared == static ]] && echo shared || echo static)

# The names of the folders contain a blank, as users' folders may.
install_into() {
    cmake --install "$build_dir" --prefix "$folder/a $1 prefix" "${@:2}" >install.log 2>&1 || { cat install.log; exit 1; }
}
install_into $shared
install_into $twin --component twin
prefix="$folder/a $shared prefix"

installed() {
    [ -n "$(find "$prefix" -path "$1" -type f)" ]
}

# The public functions declared in the headers.
"$cc" -E -P "-I$folder/a $shared prefix/include" -include soundbite/soundbite.h -x c /dev/null | tr '\n;' ' \n' |
    sed -n 's/.*visibility("default")))[^(]*\b\(sb_[a-z0-9_]*\) *(.*/\1/p' | sort >functions
n_functions=$(wc -l <functions)

cat >every.c <<END
#include <soundbite/soundbite.h>
#include <stdio.h>
#include <string.h>

typedef void (*function)(void);
static const volatile function functions[] = {
$(sed 's/.*/    (function)&,/' functions)
};

int main(void)
{
    char version[40];
    size_t n = 0;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        n += functions[i] != NULL;
    snprintf(version, sizeof version, "%d.%d.%d", SB_VERSION_MAJOR, SB_VERSION_MINOR, SB_VERSION_PATCH);
    printf("%zu %s\n", n, strcmp(version, SB_VERSION_STRING) || strcmp(version, sb_version()) ? "versions differ" : version);
    return 0;
}
END
sed -n '/^```c$/,/^```$/p' "$source_dir/docs/library.md" | sed '1d;$d' >cut-quote.c
cp every.c every.cc
cp cut-quote.c cut-quote.cc

cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.21)
project(consumer LANGUAGES C)
find_package(soundbite 0.1 REQUIRED)
add_executable(every every.c)
target_link_libraries(every PRIVATE soundbite::soundbite)
END

version=$("$soundbite" --version | grep -o '[0-9]*\.[0-9]*\.[0-9]*' | head -n 1)

# pkg_config KIND ARGUMENTS...
pkg_config() {
    PKG_CONFIG_PATH=$(dirname "$(find "$folder/a $1 prefix" -name soundbite.pc)") pkg-config "${@:2}" soundbite
}

# compile KIND COMPILER SOURCE [--static]: compiles with the flags of pkg-config.
compile() {
    local flags
    flags=$(pkg_config "$1" --cflags --libs ${4-}) || return
    eval "$2 -Wall -Werror $sanitize $3 -o $1-program $flags"
}

# runs KIND ARGUMENTS...: runs the program that was just compiled.
runs() {
    local lib
    lib=$(dirname "$(find "$folder/a $1 prefix" -name 'libsoundbite.*' | head -n 1)")
    LD_LIBRARY_PATH=$lib "./$1-program" "${@:2}"
}

links_all() {
    compile "$@" && [ "$(runs "$1")" = "$n_functions $version" ]
}

cuts_quote() {
    rm -f quote.wav
    compile "$@" && runs "$1" episode.wav episode.txt 'water never sleeps' quote.wav >said && grep -q '^quote.wav: ' said &&
        awk -v s="$(soxi -D quote.wav)" 'BEGIN { exit !(s > 1 && s < 9) }'
}

by_find_package() {
    cmake -S . -B "$1-build" -DCMAKE_PREFIX_PATH="$folder/a $1 prefix" -DCMAKE_C_COMPILER="$cc" -DCMAKE_C_FLAGS="$sanitize" \
        >cmake.log 2>&1 && cmake --build "$1-build" >>cmake.log 2>&1 || { cat cmake.log; return 1; }
    [ "$("$1-build/every")" = "$n_functions $version" ]
}

# Names that start with an underscore belong to the compiler.
exports_functions_only() {
    nm -D --defined-only --format=posix "$(find "$folder/a shared prefix" -name libsoundbite.so)" |
        awk '$1 !~ /^_/ { print $1 }' | sort >exported
    diff functions exported
}

check "the program is installed and runs" "$prefix/bin/soundbite" --version
check "the manual of the program" installed '*/man1/soundbite.1'
check "the manual of the alignment file" installed '*/man5/soundbite-alignment.5'
check "the manual of themes" installed '*/man5/soundbite-theme.5'
if command -v mandoc >/dev/null; then
    check "the manuals are sound" mandoc -T lint -W warning "$prefix"/share/man/man[15]/*
fi
check "every public header" diff <(cd "$source_dir/include/soundbite" && ls ./*.h | cat - <(echo ./version.h) | sort) \
    <(cd "$prefix/include/soundbite" && ls ./* | sort)
check "the headers declare functions" test "$n_functions" -gt 100
check "the shared library exports the public functions only" exports_functions_only
check "the shared library is all that its users link" test "$(pkg_config shared --libs-only-l | xargs)" = -lsoundbite
for kind in static shared; do
    check "pkg-config knows the version ($kind)" test "$(pkg_config $kind --modversion)" = "$version"
    check "every function by pkg-config ($kind)" links_all $kind "$cc" every.c
    check "every function by pkg-config --static ($kind)" links_all $kind "$cc" every.c --static
    check "every function by find_package ($kind)" by_find_package $kind
    [[ -z $cxx ]] || check "every function in C++ ($kind)" links_all $kind $cxx every.cc
done
if command -v espeak-ng >/dev/null && command -v sox >/dev/null; then
    make_episode
    check "the program of docs/library.md, in C" cuts_quote static "$cc" cut-quote.c
    [[ -z $cxx ]] || check "the program of docs/library.md, in C++" cuts_quote shared $cxx cut-quote.cc
else
    skip "the program of docs/library.md, for espeak-ng or sox is not installed"
fi
finish
