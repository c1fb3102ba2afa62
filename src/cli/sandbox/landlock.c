#include "cli/sandbox/sandbox.h"

#if defined(__linux__) && !defined(SB_PORTABLE) && __has_include(<linux/landlock.h>)
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Headers of older systems lack these. */
#define ACCESS_REFER          (UINT64_C(1) << 13) /* version 2 */
#define ACCESS_TRUNCATE       (UINT64_C(1) << 14) /* version 3 */
#define ACCESS_IOCTL_DEV      (UINT64_C(1) << 15) /* version 5 */
#define ACCESS_VERSION_1      (ACCESS_REFER - 1)
#define NET_TCP               UINT64_C(3) /* version 4: bind, connect */
#define SCOPE_SOCKETS_SIGNALS UINT64_C(3) /* version 6: abstract sockets, signals to processes outside */

typedef struct ruleset_attributes {
    uint64_t files, net, scoped;
} ruleset_attributes;

int cli_landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

static uint64_t known_access(int version)
{
    return ACCESS_VERSION_1 | (version >= 2 ? ACCESS_REFER : 0) | (version >= 3 ? ACCESS_TRUNCATE : 0) |
           (version >= 5 ? ACCESS_IOCTL_DEV : 0);
}

/* Older kernels refuse attributes that they do not know, so the size depends on the version. */
static int create_ruleset(int version)
{
    const ruleset_attributes attributes = {.files = known_access(version),
                                           .net = version >= 4 ? NET_TCP : 0,
                                           .scoped = version >= 6 ? SCOPE_SOCKETS_SIGNALS : 0};
    size_t n = version >= 6 ? 3 : version >= 4 ? 2 : 1;
    return (int)syscall(SYS_landlock_create_ruleset, &attributes, n * sizeof(uint64_t), 0);
}

/* Programs can be mapped but not started, and no devices, sockets or links be made. */
static uint64_t wanted_access(cli_place_use use, bool is_folder)
{
    const uint64_t file = LANDLOCK_ACCESS_FS_READ_FILE, folder = LANDLOCK_ACCESS_FS_READ_DIR;
    const uint64_t write_file = LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE;
    const uint64_t write_folder = LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                  LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR;
    if (use == CLI_PLACE_EMPTY)
        return LANDLOCK_ACCESS_FS_REMOVE_DIR;
    uint64_t access = file | (is_folder ? folder : 0);
    if (use != CLI_PLACE_READ)
        access |= write_file;
    if (use == CLI_PLACE_WRITE && is_folder)
        access |= write_folder;
    return use == CLI_PLACE_DEVICE ? access | ACCESS_IOCTL_DEV : access;
}

/* What cannot be opened stays forbidden. Pipes have no rules and need none. */
static bool allow(int ruleset, const cli_place *place, uint64_t known)
{
    struct stat info;
    int fd = open(place->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return true;
    bool ok = fstat(fd, &info) == 0;
    if (ok) {
        const struct landlock_path_beneath_attr rule = {
            .allowed_access = wanted_access(place->use, S_ISDIR(info.st_mode)) & known, .parent_fd = fd};
        ok = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 ||
             errno == EBADFD;
    }
    close(fd);
    return ok;
}

bool cli_landlock_enter(const cli_places *places)
{
    int version = cli_landlock_version();
    int ruleset = version ? create_ruleset(version) : -1;
    bool ok = ruleset >= 0;
    for (size_t i = 0; ok && i < places->n; i++)
        ok = allow(ruleset, &places->items[i], known_access(version));
    ok = ok && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (ruleset >= 0)
        close(ruleset);
    return ok;
}

#else

int cli_landlock_version(void)
{
    return 0;
}

bool cli_landlock_enter(const cli_places *places)
{
    (void)places;
    return false;
}
#endif
