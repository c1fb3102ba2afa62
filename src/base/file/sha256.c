#include "base/file/file.h"
#include "base/file/open.h"

#include "soundbite/file.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(sb_sha256_state), "the opaque state is too small");

void sb_sha256_init(sb_sha256_state *state)
{
    sha256_init((struct sha256_ctx *)state->opaque);
}

void sb_sha256_update(sb_sha256_state *state, const void *data, size_t size)
{
    sha256_update((struct sha256_ctx *)state->opaque, size, data);
}

void sb_sha256_finish(sb_sha256_state *state, char out[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest((struct sha256_ctx *)state->opaque, sizeof digest, digest);
    base16_encode_update(out, sizeof digest, digest);
    out[64] = '\0';
}

void sb_sha256(char out[SB_SHA256_TEXT], const void *data, size_t size)
{
    sb_sha256_state state;
    sb_sha256_init(&state);
    sb_sha256_update(&state, data, size);
    sb_sha256_finish(&state, out);
}

sb_status sb_file_sha256(char out[SB_SHA256_TEXT], const char *path, sb_error *err)
{
    uint8_t block[1 << 16];
    sb_sha256_state state;
    sb_sha256_init(&state);
    out[0] = '\0';
    int fd = sb_open(path, O_RDONLY);
    if (fd < 0)
        return sb_error_set_system(err, path, "opened", errno);
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            sb_sha256_update(&state, block, (size_t)got);
    int reason = errno;
    close(fd);
    if (got < 0)
        return sb_error_set_system(err, path, "read", reason);
    sb_sha256_finish(&state, out);
    return SB_OK;
}
