# install_library(TARGET KIND) installs the library, its headers and the files by which other projects find it. With a KIND they are
# left out of a plain installation, and `cmake --install BUILD --component KIND` installs them.
include(CMakePackageConfigHelpers)

set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/soundbite)
file(RELATIVE_PATH prefix_from_pc /${pc_dir} /)
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
write_basic_package_version_file(${PROJECT_BINARY_DIR}/soundbite-config-version.cmake COMPATIBILITY SameMinorVersion)

function(install_library target kind)
    set(runtime COMPONENT program NAMELINK_COMPONENT development)
    set(development COMPONENT development)
    if(kind)
        set(runtime COMPONENT ${kind} EXCLUDE_FROM_ALL)
        set(development ${runtime})
    endif()
    set(generated ${PROJECT_BINARY_DIR}/${kind})
    list(JOIN link_flags " " pc_flags)
    get_target_property(type ${target} TYPE)
    set(pc_libs "")
    set(pc_libs_private "${pc_flags}")
    set(package_modules "")
    if(type STREQUAL "STATIC_LIBRARY")
        set(pc_libs "${pc_flags}")
        set(pc_libs_private "")
        set(package_modules ${used_modules})
    endif()
    configure_file(${PROJECT_SOURCE_DIR}/cmake/soundbite.pc.in ${generated}/soundbite.pc @ONLY)
    configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/soundbite-config.cmake.in ${generated}/soundbite-config.cmake
        INSTALL_DESTINATION ${package_dir})

    install(TARGETS ${target} EXPORT ${target}-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} ${development}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ${runtime})
    install(EXPORT ${target}-targets FILE soundbite-targets.cmake NAMESPACE soundbite:: DESTINATION ${package_dir} ${development})
    install(FILES ${generated}/soundbite-config.cmake ${PROJECT_BINARY_DIR}/soundbite-config-version.cmake
        DESTINATION ${package_dir} ${development})
    install(FILES ${generated}/soundbite.pc DESTINATION ${pc_dir} ${development})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/soundbite ${PROJECT_BINARY_DIR}/include/soundbite
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} ${development} FILES_MATCHING PATTERN *.h)
endfunction()

install(FILES docs/man/soundbite-alignment.5 docs/man/soundbite-theme.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5 COMPONENT program)
