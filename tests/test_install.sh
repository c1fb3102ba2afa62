# Installs the build into a folder of its own, and uses the library from there as another project would.
. "$(dirname "$0")/lib.sh"
build_dir=$(dirname "$soundbite")
command -v cmake >/dev/null || { echo "cmake is not there"; exit 77; }
command -v pkg-config >/dev/null || { echo "pkg-config is not there"; exit 77; }

sanitize=
grep -q '^SB_SANITIZE:[A-Z]*=\(ON\|ADDRESS\)$' "$build_dir/CMakeCache.txt" && sanitize=-fsanitize=address,undefined
prefix="$folder/a prefix"
cmake --install "$build_dir" --prefix "$prefix" >install.log 2>&1 || { cat install.log; exit 1; }

cat >consumer.c <<'END'
#include <soundbite/soundbite.h>
#include <stdio.h>

int main(void)
{
    static const char text[] = "Ann [00:00:01]:\nHello there.\n";
    sb_transcript_params params = {"a.txt", "turns-bracket"};
    sb_transcript *transcript;
    sb_alignment *alignment;
    sb_bytes bytes = {0};
    sb_error err = {0};

    if (sb_transcript_read(&transcript, text, sizeof text - 1, &params, NULL, &err) ||
        sb_alignment_from_transcript(&alignment, transcript, &err) || sb_alignment_write(&bytes, alignment, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("%s %zu %d\n", sb_version(), alignment->n_turns, (int)sb_alignment_sniff(bytes.data, bytes.size));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&alignment);
    sb_transcript_free(&transcript);
    return 0;
}
END

cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.21)
project(consumer LANGUAGES C)
find_package(soundbite 0.1 REQUIRED)
add_executable(consumer consumer.c)
target_link_libraries(consumer PRIVATE soundbite::soundbite)
END

installed() {
    [ -n "$(find "$prefix" -path "$1" -type f)" ]
}

version=$("$soundbite" --version | grep -o '[0-9]*\.[0-9]*\.[0-9]*' | head -n 1)

by_pkg_config() {
    local folder_of_pc flags
    folder_of_pc=$(dirname "$(find "$prefix" -name soundbite.pc)")
    flags=$(PKG_CONFIG_PATH=$folder_of_pc pkg-config --cflags --libs soundbite) || return
    eval "cc -std=c17 -Wall -Werror $sanitize consumer.c -o by-pkg-config $flags" || return
    PKG_CONFIG_PATH=$folder_of_pc pkg-config --static --libs soundbite >static.txt || return
    [ "$(PKG_CONFIG_PATH=$folder_of_pc pkg-config --modversion soundbite)" = "$version" ] || return
    out=$(LD_LIBRARY_PATH=$prefix/lib ./by-pkg-config)
    [ "$out" = "$version 1 1" ]
}

by_find_package() {
    cmake -S . -B consumer-build -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_FLAGS="$sanitize" >cmake.log 2>&1 &&
        cmake --build consumer-build >>cmake.log 2>&1 || { cat cmake.log; return 1; }
    out=$(./consumer-build/consumer)
    [ "$out" = "$version 1 1" ]
}

check "the program is installed and runs" "$prefix/bin/soundbite" --version
check "the manual of the program" installed '*/man1/soundbite.1'
check "the manual of the alignment file" installed '*/man5/soundbite-alignment.5'
check "the manual of themes" installed '*/man5/soundbite-theme.5'
if command -v mandoc >/dev/null; then
    check "both manuals are sound" mandoc -T lint -W warning "$prefix"/share/man/man[15]/*
fi
check "every public header" diff -r "$source_dir/include/soundbite" "$prefix/include/soundbite"
check "no internal header" test -z "$(find "$prefix/include" -name 'json.h')"
check "a project using pkg-config" by_pkg_config
check "a project using find_package" by_find_package
finish
