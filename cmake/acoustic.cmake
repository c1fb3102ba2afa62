# The acoustic aligner needs pocketsphinx's front end and model. Guessing pronunciations needs espeak-ng. Without them the library
# still builds, and says at run time what is missing.
pkg_check_modules(pocketsphinx pocketsphinx sphinxbase)
if(pocketsphinx_FOUND)
    pkg_get_variable(pocketsphinx_models pocketsphinx modeldir)
    message(STATUS "Acoustic alignment: yes, pocketsphinx ${pocketsphinx_pocketsphinx_VERSION}, models in ${pocketsphinx_models}")
    set(acoustic_without ${PROJECT_SOURCE_DIR}/src/acoustic/absent.c)
    set_source_files_properties(src/acoustic/installed.c
        PROPERTIES COMPILE_DEFINITIONS SB_POCKETSPHINX_MODELS="${pocketsphinx_models}")
else()
    message(STATUS "Acoustic alignment: no, pocketsphinx was not found; words are placed by energy")
    set(acoustic_without ${PROJECT_SOURCE_DIR}/src/acoustic/installed.c ${PROJECT_SOURCE_DIR}/src/acoustic/cepstra.c)
endif()

pkg_check_modules(espeak_ng espeak-ng)
if(espeak_ng_FOUND)
    message(STATUS "Pronunciations guessed: by espeak-ng ${espeak_ng_VERSION}")
    list(APPEND acoustic_without ${PROJECT_SOURCE_DIR}/src/pronounce/phonemes_absent.c)
else()
    message(STATUS "Pronunciations guessed: no, espeak-ng was not found; words in no dictionary are placed between others")
    list(APPEND acoustic_without ${PROJECT_SOURCE_DIR}/src/pronounce/phonemes_espeak.c)
endif()

# pocketsphinx.pc names folders that its package does not contain. Imported targets would fail on them.
function(link_acoustic target)
    foreach(module pocketsphinx espeak_ng)
        target_include_directories(${target} SYSTEM PRIVATE ${${module}_INCLUDE_DIRS})
        target_link_libraries(${target} PRIVATE ${${module}_LINK_LIBRARIES})
    endforeach()
endfunction()
