/* Tests that write files, each in a folder of its own. */
#ifndef SUPPORT_FOLDER_H
#define SUPPORT_FOLDER_H

/* Setup and teardown of cmocka: makes a folder and enters it; leaves it and deletes it. */
int folder_enter(void **state);
int folder_leave(void **state);

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

#endif
