#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "support_folder.h"

static void assert_content(const char *path, const char *expected)
{
    sb_bytes bytes;
    assert_int_equal(sb_file_read(&bytes, path, 1 << 20, NULL), SB_OK);
    assert_string_equal(bytes.data, expected);
    sb_bytes_finish(&bytes);
}

static int n_files(void)
{
    FILE *list = popen("ls -A | wc -l", "r");
    int n = -1;
    assert_int_equal(fscanf(list, "%d", &n), 1);
    pclose(list);
    return n;
}

static void nothing_shows_before_the_commit(void **state)
{
    sb_output *out;
    (void)state;
    assert_int_equal(sb_output_open(&out, "a.txt", false, NULL), SB_OK);
    assert_int_equal(sb_output_write(out, "whole", 5, NULL), SB_OK);
    assert_int_equal(access("a.txt", F_OK), -1);
    assert_int_equal(sb_output_commit(&out, NULL), SB_OK);
    assert_null(out);
    assert_content("a.txt", "whole");
    assert_int_equal(n_files(), 1);
}

static void an_abort_leaves_nothing(void **state)
{
    sb_output *out;
    (void)state;
    assert_int_equal(sb_output_open(&out, "a.txt", false, NULL), SB_OK);
    assert_int_equal(sb_output_write(out, "half", 4, NULL), SB_OK);
    sb_output_abort(&out);
    assert_null(out);
    assert_int_equal(n_files(), 0);
}

static void existing_files_are_refused_unless_told(void **state)
{
    sb_error err = {0};
    (void)state;
    assert_int_equal(sb_file_write("a.txt", "old", 3, false, NULL), SB_OK);
    assert_int_equal(sb_file_write("a.txt", "new", 3, false, &err), SB_ERR_EXISTS);
    assert_string_equal(err.file, "a.txt");
    assert_content("a.txt", "old");
    assert_int_equal(sb_file_write("a.txt", "new", 3, true, NULL), SB_OK);
    assert_content("a.txt", "new");
}

static void who_comes_second_to_the_name_is_told(void **state)
{
    sb_output *out;
    (void)state;
    assert_int_equal(sb_output_open(&out, "a.txt", false, NULL), SB_OK);
    assert_int_equal(sb_file_write("b.txt", "first", 5, false, NULL), SB_OK);
    assert_int_equal(rename("b.txt", "a.txt"), 0);
    assert_int_equal(sb_output_commit(&out, NULL), SB_ERR_EXISTS);
    assert_content("a.txt", "first");
    assert_int_equal(n_files(), 1);
}

static void two_writers_of_one_file_do_not_mix(void **state)
{
    sb_output *one, *two;
    (void)state;
    assert_int_equal(sb_output_open(&one, "a.txt", true, NULL), SB_OK);
    assert_int_equal(sb_output_open(&two, "a.txt", true, NULL), SB_OK);
    assert_int_equal(sb_output_write(one, "one", 3, NULL), SB_OK);
    assert_int_equal(sb_output_write(two, "two!", 4, NULL), SB_OK);
    assert_int_equal(sb_output_commit(&one, NULL), SB_OK);
    assert_content("a.txt", "one");
    assert_int_equal(sb_output_commit(&two, NULL), SB_OK);
    assert_content("a.txt", "two!");
    assert_int_equal(n_files(), 1);
}

static void what_a_killed_writer_left_is_taken_over(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        sb_output *out;
        sb_output_open(&out, "a.txt", false, NULL);
        sb_output_write(out, "half", 4, NULL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    assert_int_equal(n_files(), 1);
    assert_int_equal(access("a.txt", F_OK), -1);
    assert_int_equal(sb_file_write("a.txt", "whole", 5, false, NULL), SB_OK);
    assert_content("a.txt", "whole");
    assert_int_equal(n_files(), 1);
}

static void a_planted_link_is_not_followed(void **state)
{
    (void)state;
    assert_int_equal(sb_file_write("victim", "safe", 4, false, NULL), SB_OK);
    assert_int_equal(symlink("victim", ".a.txt.part"), 0);
    assert_int_equal(sb_file_write("a.txt", "new", 3, false, NULL), SB_OK);
    assert_content("victim", "safe");
    assert_content("a.txt", "new");
}

/* For work that ends a process. Returns the exit code of the child. */
static int in_child(void (*work)(void))
{
    int how = 0;
    pid_t child = fork();
    if (child == 0) {
        work();
        _exit(99);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static void leave(void)
{
    sb_output *outputs[3];
    for (int i = 0; i < 3; i++)
        sb_output_open(&outputs[i], "a.txt", true, NULL);
    _exit(n_files());
}

static void all_that_killed_writers_of_one_file_left_is_removed(void **state)
{
    (void)state;
    assert_int_equal(in_child(leave), 3);
    assert_int_equal(n_files(), 3);
    assert_int_equal(sb_file_write("a.txt", "whole", 5, false, NULL), SB_OK);
    assert_int_equal(n_files(), 1);
}

/* What a run leaves where files cannot be locked. */
static void make_leased(const char *name, time_t age_s)
{
    int fd = open(name, O_WRONLY | O_CREAT, 0666);
    assert_true(fd >= 0);
    const struct timespec times[2] = {{.tv_sec = time(NULL) - age_s}, {.tv_sec = time(NULL) - age_s}};
    assert_int_equal(futimens(fd, times), 0);
    close(fd);
}

static void a_file_without_a_lock_stays_for_an_hour(void **state)
{
    (void)state;
    make_leased(".a.txt.open.part", SB_TEMPORARY_LEASE_S - 60);
    assert_int_equal(sb_file_write("a.txt", "whole", 5, true, NULL), SB_OK);
    assert_int_equal(n_files(), 2);
    make_leased(".a.txt.open.part", SB_TEMPORARY_LEASE_S + 60);
    assert_int_equal(sb_file_write("a.txt", "whole", 5, true, NULL), SB_OK);
    assert_int_equal(n_files(), 1);
}

static void write_with_closed_descriptors(void)
{
    for (int fd = 0; fd < 3; fd++)
        close(fd);
    sb_output *out;
    sb_bytes bytes;
    if (sb_output_open(&out, "a.txt", false, NULL) || sb_output_fd(out) < 3)
        _exit(1);
    (void)!write(1, "listing", 7);
    if (sb_output_write(out, "whole", 5, NULL) || sb_output_commit(&out, NULL))
        _exit(2);
    if (sb_file_read(&bytes, "a.txt", 100, NULL) || bytes.size != 5)
        _exit(3);
    FILE *unnamed = sb_unnamed_file();
    _exit(unnamed && fileno(unnamed) > 2 && fputs("x", unnamed) >= 0 && fflush(unnamed) == 0 ? 0 : 4);
}

/* Leaves a process behind that was forked while an output was open. Its id is in the file `worker`. */
static void leave_a_worker(void)
{
    sb_output *out;
    if (sb_output_open(&out, "a.txt", false, NULL))
        _exit(1);
    pid_t worker = fork();
    if (worker == 0) {
        sb_unfinished_leave_to_parent();
        alarm(30);
        FILE *ready = fopen("new", "w");
        if (ready && fprintf(ready, "%d\n", (int)getpid()) > 0 && fclose(ready) == 0 &&
            rename("new", "worker") == 0)
            pause();
        _exit(2);
    }
    for (int i = 0; i < 1000 && access("worker", F_OK); i++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    _exit(0);
}

static void a_worker_that_outlives_its_parent_holds_no_locks(void **state)
{
    (void)state;
    assert_int_equal(in_child(leave_a_worker), 0);
    sb_output *out;
    assert_int_equal(sb_output_open(&out, "a.txt", false, NULL), SB_OK);
    assert_string_equal(sb_output_temporary(out), ".a.txt.part");
    sb_output_abort(&out);
    int pid = 0;
    FILE *ready = fopen("worker", "r");
    assert_true(ready && fscanf(ready, "%d", &pid) == 1 && pid > 0);
    fclose(ready);
    kill(pid, SIGKILL);
}

static void files_never_get_a_standard_descriptor(void **state)
{
    (void)state;
    assert_int_equal(in_child(write_with_closed_descriptors), 0);
    assert_content("a.txt", "whole");
}

static sb_status write_in(const char *root, const char *path, bool overwrite)
{
    sb_output *out;
    sb_error err = {0};
    sb_status status = sb_output_open_in(&out, root, path, overwrite, &err);
    if (!status)
        status = sb_output_write(out, path, strlen(path), &err);
    if (!status)
        return sb_output_commit(&out, &err);
    assert_string_equal(err.file, path);
    return status;
}

static void links_do_not_lead_out_of_a_folder(void **state)
{
    static const char *const refused[] = {"out/away/a",     "out/up/a",   "out/in/../../a",
                                          "out/absolute/a", "out/loop/a", "out/../a",
                                          "out/far/a",      "out/file/a", "other/a"};
    static const char *const written[] = {"out/a", "out/new/folder/a", "out/in/b", "out/deep/c",
                                          "out/./in//d"};
    (void)state;
    assert_int_equal(mkdir("elsewhere", 0777) | mkdir("out", 0777) | mkdir("out/real", 0777), 0);
    assert_int_equal(symlink("../elsewhere", "out/away") | symlink("..", "out/up") |
                         symlink("real", "out/in") | symlink("/tmp", "out/absolute") |
                         symlink("loop", "out/loop") | symlink("in/../real/.", "out/deep") |
                         symlink("deep/../../elsewhere", "out/far"),
                     0);
    assert_int_equal(sb_file_write("out/file", "", 0, false, NULL), SB_OK);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_not_equal(write_in("out", refused[i], true), SB_OK);
        assert_int_not_equal(sb_folder_check_in("out", refused[i], NULL), SB_OK);
    }
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_int_equal(sb_folder_check_in("out", written[i], NULL), SB_OK);
        assert_int_equal(write_in("out/", written[i], false), SB_OK);
        assert_content(written[i], written[i]);
    }
    assert_int_equal(rmdir("elsewhere"), 0);
    assert_int_equal(chdir("out"), 0);
    assert_int_equal(write_in(".", "in/e", false), SB_OK);
    assert_int_equal(write_in(".", "up/e", false), SB_ERR_IO);
    assert_int_equal(write_in(".", "/e", false), SB_ERR_ARGUMENT);
    assert_int_equal(chdir(".."), 0);
}

static void a_link_at_the_end_is_replaced_or_refused(void **state)
{
    (void)state;
    assert_int_equal(sb_file_write("victim", "safe", 4, false, NULL), SB_OK);
    assert_int_equal(mkdir("out", 0777) | symlink("../victim", "out/a") | symlink("/dev/null", "out/b"), 0);
    assert_int_equal(write_in("out", "out/a", false), SB_ERR_EXISTS);
    assert_int_equal(write_in("out", "out/a", true), SB_OK);
    assert_int_equal(write_in("out", "out/b", true), SB_OK);
    assert_content("victim", "safe");
    assert_content("out/a", "out/a");
    assert_content("out/b", "out/b");
}

static void missing_folders_are_made_when_a_file_is(void **state)
{
    (void)state;
    assert_int_equal(sb_folder_check_in("new", "new/one/a", NULL), SB_OK);
    assert_int_equal(n_files(), 0);
    assert_int_equal(write_in("new", "new/one/a", false), SB_OK);
    assert_content("new/one/a", "new/one/a");
}

static void folders_and_full_disks_are_told(void **state)
{
    sb_error err = {0};
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    assert_int_equal(sb_file_write("folder", "x", 1, true, &err), SB_ERR_IO);
    assert_non_null(strstr(err.message, "is a folder"));
    err = (sb_error){0};
    assert_int_equal(sb_file_write("nowhere/a.txt", "x", 1, true, &err), SB_ERR_IO);
    err = (sb_error){0};
    assert_int_equal(sb_file_write("/dev/full", "x", 1, true, &err), SB_ERR_IO);
    assert_non_null(strstr(err.message, "No space left"));
    assert_int_equal(sb_file_write("/dev/null", "x", 1, false, NULL), SB_OK);
}

static void use_outputs_after_abort_all(void)
{
    sb_output *open_one, *new_one;
    sb_output_open(&open_one, "a.txt", false, NULL);
    sb_output_abort_all();
    if (sb_output_open(&new_one, "b.txt", false, NULL) != SB_ERR_INTERRUPTED)
        _exit(1);
    if (sb_output_commit(&open_one, NULL) != SB_ERR_INTERRUPTED)
        _exit(2);
    _exit(0);
}

static void abort_all_removes_what_is_open_for_good(void **state)
{
    (void)state;
    assert_int_equal(in_child(use_outputs_after_abort_all), 0);
    assert_int_equal(n_files(), 0);
}

static void end_by_signal(int number)
{
    (void)number;
    sb_output_abort_all();
    _exit(0);
}

#define MANY_OUTPUTS 700

static void open_many_outputs_and_end(void)
{
    struct rlimit files = {0};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < 2 * MANY_OUTPUTS ? files.rlim_max : 2 * MANY_OUTPUTS;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGTERM, end_by_signal);
    for (int i = 0; i < MANY_OUTPUTS; i++) {
        char name[32];
        sb_output *out;
        snprintf(name, sizeof name, "%d.txt", i);
        if (sb_output_open(&out, name, false, NULL))
            _exit(1);
    }
    if (n_files() != MANY_OUTPUTS)
        _exit(2);
    raise(SIGTERM);
}

static void a_signal_removes_any_number_of_open_outputs(void **state)
{
    (void)state;
    assert_int_equal(in_child(open_many_outputs_and_end), 0);
    assert_int_equal(n_files(), 0);
}

static void *open_and_drop_outputs(void *argument)
{
    const char *letter = argument;
    for (unsigned i = 0;; i++) {
        char name[32];
        sb_output *out;
        snprintf(name, sizeof name, "%s%u.txt", letter, i % 7);
        if (sb_output_open(&out, name, true, NULL))
            return NULL;
        if (i % 3)
            sb_output_abort(&out);
        else if (sb_output_commit(&out, NULL))
            return NULL;
    }
}

static void (*on_timer)(int);
static long timer_us;

static void end_four_busy_threads_by_a_timer(void)
{
    static const char *const letters[] = {"a", "b", "c", "d"};
    signal(SIGALRM, on_timer);
    setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {.tv_usec = timer_us}}, NULL);
    for (size_t i = 0; i < 4; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, open_and_drop_outputs, (void *)letters[i]);
    }
    for (;;)
        pause();
}

static int n_parts(void)
{
    FILE *list = popen("find . -name '.*.part' | wc -l", "r");
    int n = -1;
    assert_int_equal(fscanf(list, "%d", &n), 1);
    pclose(list);
    return n;
}

static void a_signal_at_any_moment_leaves_no_part(void **state)
{
    (void)state;
    on_timer = end_by_signal;
    for (int i = 0; i < 100; i++) {
        timer_us = 2000 + 37 * i;
        assert_int_equal(in_child(end_four_busy_threads_by_a_timer), 0);
        assert_int_equal(n_parts(), 0);
    }
}

static void abort_and_end(void)
{
    sb_output_abort_all();
    _exit(0);
}

static void a_child_leaves_the_outputs_of_its_parent(void **state)
{
    sb_output *out;
    (void)state;
    assert_int_equal(sb_output_open(&out, "a.txt", false, NULL), SB_OK);
    assert_int_equal(sb_output_write(out, "whole", 5, NULL), SB_OK);
    assert_int_equal(in_child(abort_and_end), 0);
    assert_int_equal(sb_output_commit(&out, NULL), SB_OK);
    assert_content("a.txt", "whole");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(nothing_shows_before_the_commit),
        IN_FOLDER(an_abort_leaves_nothing),
        IN_FOLDER(existing_files_are_refused_unless_told),
        IN_FOLDER(who_comes_second_to_the_name_is_told),
        IN_FOLDER(two_writers_of_one_file_do_not_mix),
        IN_FOLDER(what_a_killed_writer_left_is_taken_over),
        IN_FOLDER(a_planted_link_is_not_followed),
        IN_FOLDER(all_that_killed_writers_of_one_file_left_is_removed),
        IN_FOLDER(a_file_without_a_lock_stays_for_an_hour),
        IN_FOLDER(a_worker_that_outlives_its_parent_holds_no_locks),
        IN_FOLDER(files_never_get_a_standard_descriptor),
        IN_FOLDER(links_do_not_lead_out_of_a_folder),
        IN_FOLDER(a_link_at_the_end_is_replaced_or_refused),
        IN_FOLDER(missing_folders_are_made_when_a_file_is),
        IN_FOLDER(folders_and_full_disks_are_told),
        IN_FOLDER(abort_all_removes_what_is_open_for_good),
        IN_FOLDER(a_signal_removes_any_number_of_open_outputs),
        IN_FOLDER(a_signal_at_any_moment_leaves_no_part),
        IN_FOLDER(a_child_leaves_the_outputs_of_its_parent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
