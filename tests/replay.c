/* Runs a fuzz target on every file below the given folders, without a fuzzer. Arguments that begin with "--"
 * are for the target. */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soundbite/file.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t n_replayed;

static int replay(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)place;
    sb_bytes bytes = {0};
    if (type != FTW_F)
        return 0;
    if (sb_file_read(&bytes, path, 1 << 26, NULL) != SB_OK)
        return 1;
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.size);
    sb_bytes_finish(&bytes);
    n_replayed++;
    return 0;
}

int main(int argc, char **argv)
{
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0 && nftw(argv[i], replay, 16, FTW_PHYS) != 0) {
            fprintf(stderr, "%s cannot be read\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%zu files replayed\n", n_replayed);
    return n_replayed ? EXIT_SUCCESS : EXIT_FAILURE;
}
