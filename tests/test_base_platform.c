#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file/open.h"
#include "base/run/run.h"
#include "support_folder.h"
#include "support_skip.h"

static void make_file(const char *path, const char *text, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(sb_close(fd), 0);
}

static off_t size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? info.st_size : -1;
}

static void a_new_name_is_taken_once(void **state)
{
    (void)state;
    make_file("one", "1", 0666);
    make_file("three", "333", 0666);
    assert_int_equal(sb_rename_new_at(AT_FDCWD, "one", "name"), 0);
    assert_int_equal(size_of("one"), -1);
    assert_int_equal(size_of("name"), 1);
    assert_int_equal(sb_rename_new_at(AT_FDCWD, "three", "name"), -1);
    assert_int_equal(errno, EEXIST);
    assert_int_equal(size_of("name"), 1);
    assert_int_equal(size_of("three"), 3);
}

static void a_missing_file_is_not_renamed(void **state)
{
    (void)state;
    assert_int_equal(sb_rename_new_at(AT_FDCWD, "nothing", "name"), -1);
    assert_int_equal(errno, ENOENT);
}

static void there_is_a_core(void **state)
{
    (void)state;
    assert_in_range(sb_cores(), 1, 100000);
}

static void the_program_is_found_by_its_path(void **state)
{
    struct stat found, self;
    char path[4096];
    (void)state;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length < 0)
        skip_because("this system does not say which program is running");
    path[length] = 0;
    assert_int_equal(stat(path, &self), 0);
    assert_true(sb_program_file(&found, path, NULL));
    assert_int_equal(found.st_ino, self.st_ino);
    char *slash = strrchr(path, '/');
    *slash = 0;
    char folders[5000];
    snprintf(folders, sizeof folders, "/nowhere::%s", path);
    assert_true(sb_program_file(&found, slash + 1, folders));
    assert_int_equal(found.st_ino, self.st_ino);
}

#ifdef SB_PORTABLE
static void a_program_in_no_folder_is_not_found(void **state)
{
    struct stat found;
    (void)state;
    make_file("plain", "", 0666);
    assert_false(sb_program_file(&found, "plain", "."));
    assert_false(sb_program_file(&found, "plain", NULL));
    assert_false(sb_program_file(&found, NULL, "."));
}
#endif

static void files_and_folders_are_synced(void **state)
{
    (void)state;
    int fd = open("a", O_WRONLY | O_CREAT, 0666);
    assert_int_equal(sb_sync_file(fd), 0);
    assert_int_equal(sb_close(fd), 0);
    assert_int_equal(sb_sync_folder("."), 0);
    assert_int_equal(sb_sync_folder("nowhere"), -1);
    assert_int_equal(errno, ENOENT);
}

static void a_failed_close_is_told(void **state)
{
    (void)state;
    assert_int_equal(sb_close(-1), -1);
    assert_int_equal(errno, EBADF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_new_name_is_taken_once),
        IN_FOLDER(a_missing_file_is_not_renamed),
        cmocka_unit_test(there_is_a_core),
        cmocka_unit_test(the_program_is_found_by_its_path),
#ifdef SB_PORTABLE
        IN_FOLDER(a_program_in_no_folder_is_not_found),
#endif
        IN_FOLDER(files_and_folders_are_synced),
        cmocka_unit_test(a_failed_close_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
