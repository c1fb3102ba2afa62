# Generates a C file from the profile table src/video/profiles.csv. Run as a script (cmake -P), it writes the file.
if(CMAKE_SCRIPT_MODE_FILE)
    file(STRINGS ${TABLE} lines REGEX "^[^#]")
    list(POP_FRONT lines date header)
    if(NOT date MATCHES "^date,([0-9]+-[0-9]+-[0-9]+)$")
        message(FATAL_ERROR "${TABLE}: begins with no line 'date,YYYY-MM-DD'")
    endif()
    set(text "#include \"video/video.h\"\n\nconst char sb_profiles_looked_up[] = \"${CMAKE_MATCH_1}\";\n")
    string(APPEND text "const sb_profile sb_profiles[] = {\n")
    foreach(line ${lines})
        if(NOT line MATCHES "^([a-z]+),([^,\"]+),([0-9]+:[0-9]+|any),(-[0-9.]+),([0-9]+),([0-9]+),([0-9.]+),([0-9.]+)$")
            message(FATAL_ERROR "${TABLE}: is no profile: ${line}")
        endif()
        string(REPLACE ":" "_" shape "${CMAKE_MATCH_3}")
        string(TOUPPER "${shape}" shape)
        string(APPEND text "    {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\", SB_VIDEO_${shape}, "
            "${CMAKE_MATCH_4}, ${CMAKE_MATCH_5}, ${CMAKE_MATCH_6}, "
            "(sb_time)(${CMAKE_MATCH_7} * SB_TIME_SECOND), (sb_time)(${CMAKE_MATCH_8} * SB_TIME_SECOND)},\n")
    endforeach()
    string(APPEND text "    {0},\n};\n")
    file(WRITE ${OUTPUT} "${text}")
    return()
endif()

find_source(profiles_table video profiles.csv)
set(profiles_source ${PROJECT_BINARY_DIR}/generated/profiles.c)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
add_custom_command(OUTPUT ${profiles_source}
    COMMAND ${CMAKE_COMMAND} -DTABLE=${profiles_table} -DOUTPUT=${profiles_source} -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${profiles_table} ${CMAKE_CURRENT_LIST_FILE} VERBATIM)
target_sources(soundbite PRIVATE ${profiles_source})
