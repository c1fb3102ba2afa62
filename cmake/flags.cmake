# What every target of the project is compiled with. It is carried by targets, so a project that adds this one keeps its own flags.
set(SB_SANITIZE OFF CACHE STRING "Sanitizers: OFF, ADDRESS (with undefined behaviour) or THREAD")
set_property(CACHE SB_SANITIZE PROPERTY STRINGS OFF ADDRESS THREAD)
option(SB_FUZZ "Build the fuzz targets for libFuzzer, with address and undefined-behaviour sanitizers; needs clang" OFF)
option(SB_PORTABLE "Use POSIX functions only, as on systems other than Linux" OFF)
option(SB_WERROR "Warnings are errors" OFF)

set(sanitizer_flags "")
if(SB_SANITIZE STREQUAL "THREAD")
    set(sanitizer_flags -fsanitize=thread)
elseif(SB_SANITIZE OR SB_FUZZ) # ADDRESS; ON means the same
    set(sanitizer_flags -fsanitize=address,undefined -fno-sanitize-recover=all)
endif()
if(SB_FUZZ AND NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SB_FUZZ needs clang; set CMAKE_C_COMPILER to it")
endif()
if(SB_FUZZ AND SB_SANITIZE STREQUAL "THREAD")
    message(FATAL_ERROR "SB_FUZZ and SB_SANITIZE=THREAD exclude each other")
endif()

add_library(soundbite-flags INTERFACE)
target_compile_definitions(soundbite-flags INTERFACE _GNU_SOURCE)
target_compile_options(soundbite-flags INTERFACE
    -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2
    $<$<BOOL:${SB_WERROR}>:-Werror>)
# clang takes a long string in a list for a missing comma.
target_compile_options(soundbite-flags INTERFACE $<$<C_COMPILER_ID:Clang,AppleClang>:-Wno-string-concatenation>)
if(sanitizer_flags)
    target_compile_options(soundbite-flags INTERFACE ${sanitizer_flags} -fno-omit-frame-pointer
                           $<$<BOOL:${SB_FUZZ}>:-fsanitize=fuzzer-no-link>)
    target_link_options(soundbite-flags INTERFACE ${sanitizer_flags})
    target_compile_definitions(soundbite-flags INTERFACE SB_SANITIZED)
endif()

target_compile_definitions(soundbite-flags INTERFACE $<$<BOOL:${SB_PORTABLE}>:SB_PORTABLE>)

# What is installed is built so that an error in memory ends the program rather than takes it over: position-independent, tables of
# the linker read-only, stack canaries and probes, checked copies, marked targets of jumps (CET).
include(CheckCCompilerFlag)
include(CheckPIESupported)
check_pie_supported(OUTPUT_VARIABLE pie_output LANGUAGES C)
set(is_hardened $<CONFIG:Release,MinSizeRel>)
if(sanitizer_flags)
    set(is_hardened 0)
endif()
target_compile_options(soundbite-flags INTERFACE $<${is_hardened}:-U_FORTIFY_SOURCE> $<${is_hardened}:-D_FORTIFY_SOURCE=3>)
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
    string(MAKE_C_IDENTIFIER "have${flag}" have_flag)
    check_c_compiler_flag(${flag} ${have_flag})
    if(${have_flag})
        target_compile_options(soundbite-flags INTERFACE $<${is_hardened}:${flag}>)
    endif()
endforeach()
if(UNIX AND NOT APPLE)
    target_link_options(soundbite-flags INTERFACE $<${is_hardened}:LINKER:-z,relro,-z,now,-z,noexecstack>)
endif()

function(use_flags target)
    set_target_properties(${target} PROPERTIES C_STANDARD 17 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
                          C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:soundbite-flags>)
endfunction()
