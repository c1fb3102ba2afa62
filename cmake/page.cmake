# The files of a page for a browser become a C file, so that the library carries them. Run as a script (cmake -P) it writes that
# file; included it has add_page(NAME HEADER PREFIX FRAMES STYLES SCRIPTS), whose files are named from src and lists are "a;b".
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
