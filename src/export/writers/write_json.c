#include "export/writers/writers.h"

static sb_status write_json(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    (void)notes;
    return sb_alignment_write(out, alignment, err);
}

const sb_writer sb_writer_json = {
    .name = "json",
    .summary = "the alignment file, soundbite-alignment(5)",
    .extension = "json",
    .write = write_json,
};
