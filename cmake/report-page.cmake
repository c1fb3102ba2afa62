# The report page's files become a C file, so that the library carries them. Run as a script (cmake -P) it writes that file.
set(report_page_styles report_colours.css report_charts.css report_transcript.css report_page.css)
set(report_page_scripts report_data.js report_charts.js report_timeline.js report_tables.js report_transcript.js
    report_player.js report_main.js)

if(CMAKE_SCRIPT_MODE_FILE)
    # An array per file: a string literal of this length is more than C promises.
    function(embed name)
        set(bytes "")
        foreach(file ${ARGN})
            file(READ ${SOURCE_FOLDER}/${file} hex HEX)
            string(APPEND bytes "${hex}")
        endforeach()
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
        string(REGEX REPLACE "((0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,))" "\\1\n" bytes "${bytes}")
        file(APPEND ${OUTPUT}.new "const unsigned char ${name}[] = {\n${bytes}0};\n")
    endfunction()
    file(WRITE ${OUTPUT}.new "#include \"drift/report_page.h\"\n")
    embed(sb_page_frame report_page.html)
    embed(sb_page_style ${report_page_styles})
    embed(sb_page_script ${report_page_scripts})
    file(RENAME ${OUTPUT}.new ${OUTPUT})
    return()
endif()

set(report_page ${PROJECT_BINARY_DIR}/generated/report_page.c)
set(report_page_files report_page.html ${report_page_styles} ${report_page_scripts})
list(TRANSFORM report_page_files PREPEND ${PROJECT_SOURCE_DIR}/src/drift/)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
add_custom_command(OUTPUT ${report_page}
    COMMAND ${CMAKE_COMMAND} -DSOURCE_FOLDER=${PROJECT_SOURCE_DIR}/src/drift -DOUTPUT=${report_page}
            -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${report_page_files} ${CMAKE_CURRENT_LIST_FILE} VERBATIM)
target_sources(soundbite PRIVATE ${report_page})
