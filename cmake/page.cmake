# Generates a C file from the files of a web page, so that the library contains them. Run as a script (cmake -P), it writes the file.
# Included, it defines add_page(NAME HEADER PREFIX FRAMES STYLES SCRIPTS). Files are relative to src; lists are "a;b".
if(CMAKE_SCRIPT_MODE_FILE)
    # One array per file, because C does not guarantee string literals of this length.
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
    string(REPLACE "|" ";" FRAMES "${FRAMES}")
    string(REPLACE "|" ";" STYLES "${STYLES}")
    string(REPLACE "|" ";" SCRIPTS "${SCRIPTS}")
    file(WRITE ${OUTPUT}.new "#include \"${HEADER}\"\n")
    embed(${PREFIX}_frame ${FRAMES})
    embed(${PREFIX}_style ${STYLES})
    embed(${PREFIX}_script ${SCRIPTS})
    file(RENAME ${OUTPUT}.new ${OUTPUT})
    return()
endif()

set(page_script ${CMAKE_CURRENT_LIST_FILE})

function(add_page name header prefix frames styles scripts)
    set(output ${PROJECT_BINARY_DIR}/generated/${name}.c)
    set(files ${frames} ${styles} ${scripts})
    list(TRANSFORM files PREPEND ${PROJECT_SOURCE_DIR}/src/)
    list(JOIN frames "|" frames)
    list(JOIN styles "|" styles)
    list(JOIN scripts "|" scripts)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DSOURCE_FOLDER=${PROJECT_SOURCE_DIR}/src -DOUTPUT=${output} -DHEADER=${header}
                -DPREFIX=${prefix} -DFRAMES=${frames} -DSTYLES=${styles} -DSCRIPTS=${scripts} -P ${page_script}
        DEPENDS ${files} ${page_script} VERBATIM)
    target_sources(soundbite PRIVATE ${output})
endfunction()
