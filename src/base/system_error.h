/* Error messages for failed system calls. */
#ifndef SB_BASE_SYSTEM_ERROR_H
#define SB_BASE_SYSTEM_ERROR_H

#include "soundbite/status.h"

/* Sets `err` to "cannot be DONE (the system's reason); advice" for the errno value `reason` and the file
 * `path`. `done` is "opened", "read" or "written". Returns SB_ERR_IO. */
sb_status sb_error_set_system(sb_error *err, const char *path, const char *done, int reason);

#endif
