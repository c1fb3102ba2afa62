# The build options of CMake. Nothing is compiled.
. "$(dirname "$0")/lib.sh"
needs cmake pkg-config

# configure FOLDER ARGUMENTS...: its output is in $out.
configure() {
    out=$(cmake -S "$source_dir" -B "$@" 2>&1)
    code=$?
}

# hide MODULE...: makes a folder of pkg-config files without these modules.
hide() {
    rm -rf modules
    mkdir modules
    pkg-config --variable pc_path pkg-config | tr ':' '\n' | while read -r from; do
        find "$from" -name '*.pc' -exec ln -sf -t modules {} + 2>/dev/null
    done
    for module; do
        rm -f "modules/$module.pc"
    done
}
succeeds() {
    [[ $code == 0 ]]
}

configure off -DBUILD_TESTING=OFF -DSB_WITH_ACOUSTIC=OFF -DSB_WITH_ESPEAK=OFF -DSB_WITH_ICU=OFF -DSB_WITH_STEMMER=OFF -DSB_WITH_SECCOMP=OFF -DSB_WITH_FINGERPRINT=OFF -DSB_WITH_VIDEO=OFF -DSB_WITH_ARCHIVE=OFF
check "all features turned off" succeeds
out_has 'Acoustic alignment (SB_WITH_ACOUSTIC): no, turned off'
out_has 'Pronunciations by espeak-ng (SB_WITH_ESPEAK): no, turned off'
out_has 'Words of Thai, Lao, Khmer and Burmese (SB_WITH_ICU): no, turned off'
out_has 'Videos (SB_WITH_VIDEO): no, turned off'
out_has 'Archives of episodes (SB_WITH_ARCHIVE): no, turned off'
out_has 'Sandbox without network (SB_WITH_SECCOMP): no, turned off'
out_has 'Sound that recurs (SB_WITH_FINGERPRINT): no, turned off'
out_has 'Tests (BUILD_TESTING): no, BUILD_TESTING is OFF'

hide cmocka cairo pangocairo espeak-ng icu-uc libseccomp libchromaprint sqlite3
export PKG_CONFIG_LIBDIR=$folder/modules
configure auto
check "nothing optional is installed" succeeds
out_has 'Acoustic alignment (SB_WITH_ACOUSTIC): yes'
out_has 'Pronunciations by espeak-ng (SB_WITH_ESPEAK): no, not found: espeak-ng'
out_has 'Words of Thai, Lao, Khmer and Burmese (SB_WITH_ICU): no, not found: icu-uc'
out_has 'Videos (SB_WITH_VIDEO): no, not found: cairo'
out_has 'Archives of episodes (SB_WITH_ARCHIVE): no, not found: sqlite3'
out_has 'Sandbox without network (SB_WITH_SECCOMP): no, not found: libseccomp'
out_has 'Sound that recurs (SB_WITH_FINGERPRINT): no, not found: libchromaprint'
out_has 'Tests (BUILD_TESTING): no, cmocka was not found'
for feature in ESPEAK:espeak-ng ICU:icu-uc SECCOMP:libseccomp FINGERPRINT:libchromaprint VIDEO:cairo ARCHIVE:sqlite3; do
    configure auto -DSB_WITH_ESPEAK=AUTO -DSB_WITH_ICU=AUTO -DSB_WITH_STEMMER=AUTO -DSB_WITH_SECCOMP=AUTO -DSB_WITH_FINGERPRINT=AUTO -DSB_WITH_VIDEO=AUTO -DSB_WITH_ARCHIVE=AUTO -DSB_WITH_"${feature%:*}"=ON
    check "${feature%:*} is ON and missing" test "$code" != 0
    out_has "SB_WITH_${feature%:*} is ON, but pkg-config does not find: ${feature#*:}"
done
configure auto -DSB_WITH_VIDEO=YES_PLEASE
check "a value that is not one" test "$code" != 0
out_has 'SB_WITH_VIDEO is YES_PLEASE'
unset PKG_CONFIG_LIBDIR

configure shared -DBUILD_SHARED_LIBS=ON -DSB_PORTABLE=ON
check "a shared library, without what only Linux has" succeeds
out_has "soundbite maintainers"
configure shared -DSB_PACKAGE_CONTACT='A. Packager <packager@example.org>'
out_has 'A. Packager <packager@example.org>'

# A project that adds this one keeps its own flags.
cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.21)
project(outer LANGUAGES C)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_subdirectory("$source_dir" soundbite EXCLUDE_FROM_ALL)
add_executable(outer outer.c)
target_link_libraries(outer PRIVATE soundbite::soundbite)
END
echo 'int main(void) { return 0; }' >outer.c
out=$(cmake -S . -B outer -DBUILD_TESTING=OFF 2>&1)
code=$?
check "a project can add this one" succeeds
out=$(grep '"command".*outer\.c' outer/compile_commands.json)
out_has include
out_lacks -Wall
out_lacks _GNU_SOURCE
out_lacks -std=
finish
