get_target_property(library_type soundbite TYPE)
string(REPLACE "_LIBRARY" "" library_type ${library_type})
string(TOLOWER ${library_type} library_type)
message(STATUS "soundbite ${PROJECT_VERSION}: ${library_type} library, ${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}, ${CMAKE_BUILD_TYPE}")
foreach(line ${features} "Sanitizers|SB_SANITIZE|${SB_SANITIZE}" "Fuzz targets|SB_FUZZ|${SB_FUZZ}" "Tests|BUILD_TESTING|${tests_summary}"
        "Debian packages|target package|${package_summary}")
    string(REGEX MATCH "^([^|]*)\\|([^|]*)\\|(.*)$" line "${line}")
    message(STATUS "  ${CMAKE_MATCH_1} (${CMAKE_MATCH_2}): ${CMAKE_MATCH_3}")
endforeach()
