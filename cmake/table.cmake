# add_table(NAME FOLDER FILE SCRIPT): adds generated/NAME.c to the library. SCRIPT, run with -DTABLE and -DOUTPUT, writes it from
# src/FOLDER/FILE.
function(add_table name folder file script)
    find_source(table ${folder} ${file})
    set(output ${PROJECT_BINARY_DIR}/generated/${name}.c)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DTABLE=${table} -DOUTPUT=${output} -P ${script}
        DEPENDS ${table} ${script} VERBATIM)
    target_sources(soundbite PRIVATE ${output})
endfunction()
