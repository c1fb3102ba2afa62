# find_source(OUT FOLDER FILE) sets OUT to the path of FILE, which lies in src/FOLDER or a folder inside it.
function(find_source out folder file)
    file(GLOB found ${PROJECT_SOURCE_DIR}/src/${folder}/${file} ${PROJECT_SOURCE_DIR}/src/${folder}/*/${file})
    list(LENGTH found n_found)
    if(NOT n_found EQUAL 1)
        message(FATAL_ERROR "src/${folder} has ${n_found} files named ${file}; exactly one is expected")
    endif()
    set(${out} ${found} PARENT_SCOPE)
endfunction()
