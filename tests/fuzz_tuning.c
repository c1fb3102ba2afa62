/* Reads any bytes as a dictionary, as weights of the boundary model and as a list of fillers. */
#include "fuzz.h"
#include "soundbite/drop.h"
#include "soundbite/tuning.h"

static void check_dictionary(const uint8_t *data, size_t size)
{
    sb_dictionary *dictionary = NULL;
    sb_error err = {0};
    sb_status status = sb_dictionary_read(&dictionary, data, size, NULL, &err);
    require_outcome(status, &err, dictionary != NULL);
    require(status == SB_OK || (status == SB_ERR_FORMAT && err.line > 0));
    sb_dictionary_free(&dictionary);
}

static void check_fillers(const uint8_t *data, size_t size)
{
    sb_fillers *fillers = NULL;
    sb_error err = {0};
    sb_status status = sb_fillers_read(&fillers, data, size, NULL, &err);
    require_outcome(status, &err, fillers != NULL);
    sb_fillers_free(&fillers);
}

/* Weights that were read are written as the same numbers. */
static void check_weights(const uint8_t *data, size_t size)
{
    sb_boundary_weights *weights = NULL, *copy = NULL;
    sb_bytes first = {0}, second = {0};
    sb_error err = {0};
    sb_status status = sb_boundary_weights_read(&weights, data, size, NULL, &err);
    require_outcome(status, &err, weights != NULL);
    if (weights) {
        require(sb_boundary_weights_write(&first, weights, NULL) == SB_OK);
        require(sb_boundary_weights_read(&copy, first.data, first.size, NULL, NULL) == SB_OK);
        require(sb_boundary_weights_write(&second, copy, NULL) == SB_OK);
        require(first.size == second.size && memcmp(first.data, second.data, first.size) == 0);
    }
    sb_boundary_weights_free(&weights);
    sb_boundary_weights_free(&copy);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_dictionary(data, size);
    check_fillers(data, size);
    check_weights(data, size);
    return 0;
}
