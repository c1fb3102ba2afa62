# Installs the library, its headers, the manual pages, and the files with which other projects find it.
include(CMakePackageConfigHelpers)

get_target_property(library_type soundbite TYPE)
if(library_type STREQUAL "STATIC_LIBRARY")
    set(package_is_static TRUE)
    string(REGEX REPLACE "([a-z0-9-]+)>=([0-9.]+)" "\\1 >= \\2" pc_requires "${soundbite_modules}")
    string(REPLACE ";" ", " pc_requires "${pc_requires}")
    set(pc_libs "-pthread -lm")
else()
    set(package_is_static FALSE)
    set(CMAKE_INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
endif()

set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/soundbite)
file(RELATIVE_PATH prefix_from_pc /${pc_dir} /)
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
configure_file(cmake/soundbite.pc.in soundbite.pc @ONLY)
configure_package_config_file(cmake/soundbite-config.cmake.in soundbite-config.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(soundbite-config-version.cmake COMPATIBILITY SameMinorVersion)

install(TARGETS soundbite EXPORT soundbite-targets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT soundbite-targets NAMESPACE soundbite:: DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/soundbite-config.cmake ${PROJECT_BINARY_DIR}/soundbite-config-version.cmake
    DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/soundbite.pc DESTINATION ${pc_dir})
install(DIRECTORY include/soundbite DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES docs/man/soundbite-alignment.5 docs/man/soundbite-theme.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
