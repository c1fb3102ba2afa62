# The Debian packages are made and inspected, but not installed.
. "$(dirname "$0")/lib.sh"
needs cmake cpack dpkg-deb dpkg-shlibdeps
build_dir=$(dirname "$soundbite")
[[ -e $build_dir/CPackConfig.cmake ]] || { echo 'skipped: built without packages'; exit 77; }
has() {
    grep -q "^SB_WITH_$1:[A-Z]*=OFF" "$build_dir/CMakeCache.txt" && return 1
    pkg-config --exists "${@:2}"
}

cpack --config "$build_dir/CPackConfig.cmake" -B packages >cpack.log 2>&1 || { cat cpack.log; exit 1; }
program=$(ls packages/soundbite_*.deb)
development=$(ls packages/libsoundbite-dev_*.deb)
version=$("$soundbite" --version | grep -o '[0-9]*\.[0-9]*\.[0-9]*' | head -n 1)

# The files of a package, and a field of its description.
files() {
    dpkg -c "$1" | awk '$1 !~ /^d/ { print $6 }' | sort
}
field() {
    dpkg-deb -f "$1" "$2"
}
depends_on() {
    [[ " $(field "$1" Depends)," == *" $2"[\ ,:]* || " $(field "$1" Depends)," == *" $2"[0-9a-z.-]*[\ ,]* ]]
}

sort >expected <<'END'
./usr/bin/soundbite
./usr/share/bash-completion/completions/soundbite
./usr/share/doc/soundbite/CHANGELOG.md
./usr/share/doc/soundbite/copyright
./usr/share/fish/vendor_completions.d/soundbite.fish
./usr/share/man/man1/soundbite.1
./usr/share/man/man5/soundbite-alignment.5
./usr/share/man/man5/soundbite-theme.5
./usr/share/zsh/site-functions/_soundbite
./usr/share/zsh/vendor-completions/_soundbite
END
grep -q '^BUILD_SHARED_LIBS:BOOL=ON' "$build_dir/CMakeCache.txt" && sed -i '/libsoundbite\.so/d' expected
check "the package soundbite has the program, its manuals and completions" diff expected <(files "$program" | grep -v '/libsoundbite\.so')
check "everything belongs to root" test -z "$(dpkg -c "$program" | awk '$2 != "root/root"')"
check "its name" test "$(field "$program" Package)" = soundbite
check "its version" test "$(field "$program" Version)" = "$version"
check "its architecture" test "$(field "$program" Architecture)" = "$(dpkg --print-architecture)"
contact=$(sed -n 's/^SB_PACKAGE_CONTACT:[A-Z]*=//p' "$build_dir/CMakeCache.txt")
check "it says who makes it" test -n "$contact" -a "$(field "$program" Maintainer)" = "$contact"
check "it invents no address" test -z "$(field "$program" Maintainer | grep localhost)"
for library in libc6 libavformat libavcodec libswresample libsndfile1 libsamplerate0 libebur128-1 libjansson4 libutf8proc libpcre2-8 \
    libnettle libexttextcat libxml2 libarchive; do
    check "soundbite depends on $library" depends_on "$program" "$library"
done
check "soundbite depends on the data of languages" depends_on "$program" libexttextcat-data
if grep -q 'SB_WITH_ACOUSTIC:STRING=\(AUTO\|ON\)' "$build_dir/CMakeCache.txt"; then
    check "its acoustic model is recommended" grep -q pocketsphinx-en-us <<<"$(field "$program" Recommends)"
fi
has ESPEAK espeak-ng && check "soundbite depends on espeak-ng" depends_on "$program" libespeak-ng1
has ARCHIVE sqlite3 && check "soundbite depends on SQLite" depends_on "$program" libsqlite3-0
has VIDEO pangocairo && check "soundbite depends on pango" depends_on "$program" libpangocairo
check "no development file is needed to run it" test -z "$(field "$program" Depends | grep -e '-dev\b')"

check "the package libsoundbite-dev has every header" test -z "$(cd "$source_dir/include" &&
    for header in soundbite/*.h soundbite/version.h; do files "$folder/$development" | grep -qx "./usr/include/$header" || echo "$header"; done)"
for file in soundbite.pc soundbite-config.cmake libsoundbite.; do
    check "libsoundbite-dev has $file" grep -qF "/$file" <(files "$development")
done
check "the packages share no file" test -z "$(comm -12 <(files "$program") <(files "$development"))"
check "libsoundbite-dev depends on what it is linked with" depends_on "$development" \
    "$(grep -q '^BUILD_SHARED_LIBS:BOOL=ON' "$build_dir/CMakeCache.txt" && echo soundbite || echo libavformat-dev)"

# The package contains the tested program, without its debug symbols.
dpkg-deb -x "$program" unpacked
check "the program in the package runs" test "$(LD_LIBRARY_PATH=$folder/unpacked/usr/lib unpacked/usr/bin/soundbite --version | head -n 1)" = \
    "$("$soundbite" --version | head -n 1)"
finish
