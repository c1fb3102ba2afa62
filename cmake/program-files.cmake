# The manual page and the completion scripts. The program prints them, so that they agree with it.
set(generated ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated})
set(generated_files)
function(program_prints file what)
    add_custom_command(OUTPUT ${generated}/${file}
        COMMAND soundbite-program completion ${what} --force --output ${generated}/${file}
        DEPENDS soundbite-program VERBATIM)
    set(generated_files ${generated_files} ${generated}/${file} PARENT_SCOPE)
endfunction()
program_prints(soundbite.1 manual)
program_prints(soundbite.bash bash)
program_prints(_soundbite zsh)
program_prints(soundbite.fish fish)
add_custom_target(soundbite-program-files ALL DEPENDS ${generated_files})

set_target_properties(soundbite-program PROPERTIES INSTALL_RPATH "$<$<BOOL:${BUILD_SHARED_LIBS}>:$ORIGIN/../${CMAKE_INSTALL_LIBDIR}>")
install(TARGETS soundbite-program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES ${generated}/soundbite.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${generated}/soundbite.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME soundbite COMPONENT program)
# zsh looks into the first folder, that of Debian into the second.
foreach(folder site-functions vendor-completions)
    install(FILES ${generated}/_soundbite DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${folder} COMPONENT program)
endforeach()
install(FILES ${generated}/soundbite.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
