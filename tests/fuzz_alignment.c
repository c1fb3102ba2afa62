/* Reads any bytes as an alignment file. The result is an error with its reason, or an alignment that is
 * consistent, can be written back, and can be exported in every format. */
#include <stdio.h>

#include "alignment_checks.h"
#include "fuzz.h"
#include "soundbite/drift.h"
#include "soundbite/export.h"
#include "soundbite/file.h"

static void check_exports(const sb_alignment *alignment)
{
    const char *format;
    for (size_t i = 0; (format = sb_export_format(i, NULL, NULL)); i++) {
        sb_bytes out = {0};
        sb_error err = {0};
        sb_status status = sb_alignment_export(&out, alignment, format, NULL, NULL, &err);
        require_outcome(status, &err, status == SB_OK);
        require(status != SB_ERR_MEMORY && status != SB_ERR_IO);
        sb_bytes_finish(&out);
    }
}

static void check_drift(const sb_alignment *alignment)
{
    sb_drift *drift = NULL;
    sb_error err = {0};
    sb_bytes out = {0};
    sb_status status = sb_drift_measure(&drift, alignment, NULL, &err);
    require_outcome(status, &err, drift != NULL);
    if (drift) {
        sb_drift_write_json(&out, drift, alignment);
        sb_drift_write_text(&out, drift, alignment, 80);
        require(!out.failed);
    }
    sb_bytes_finish(&out);
    sb_drift_free(&drift);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sb_alignment *alignment = NULL;
    sb_error err = {0};
    sb_status status = sb_alignment_read(&alignment, data, size, NULL, &err);
    require_outcome(status, &err, alignment != NULL);
    const char *problem = alignment ? alignment_check(alignment) : NULL;
    if (problem) {
        fprintf(stderr, "alignment: %s\n", problem);
        abort();
    }
    if (alignment) {
        check_exports(alignment);
        check_drift(alignment);
    }
    sb_alignment_free(&alignment);
    return 0;
}
