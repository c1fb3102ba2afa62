#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support_skip.h"

static int n_skipped;

void skip_because(const char *reason)
{
    print_message("skipped: %s\n", reason);
    skip();
}

/* The linker puts these before cmocka's own, so that every skip() counts. */
void __real__skip(const char *file, int line);
void __wrap__skip(const char *file, int line);
int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t n,
                                   CMFixtureFunction setup, CMFixtureFunction teardown);
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t n,
                                   CMFixtureFunction setup, CMFixtureFunction teardown);

void __wrap__skip(const char *file, int line)
{
    n_skipped++;
    __real__skip(file, line);
}

int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t n,
                                   CMFixtureFunction setup, CMFixtureFunction teardown)
{
    int n_failed = __real__cmocka_run_group_tests(name, tests, n, setup, teardown);
    return n_failed == 0 && n_skipped ? SKIP_CODE : n_failed;
}
