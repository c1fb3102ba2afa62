/* Tests that cannot run on this machine are skipped and counted. A program in which a test was skipped and
 * none failed ends with 77, which ctest shows as skipped; scripts/test lists the reasons. */
#ifndef SUPPORT_SKIP_H
#define SUPPORT_SKIP_H

/* The exit code of a test program, or of a script, that skipped something. */
#define SKIP_CODE 77

/* Skips the current test. */
void skip_because(const char *reason);

#endif
