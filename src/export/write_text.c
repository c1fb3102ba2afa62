#include "export/writer.h"

const sb_writer sb_writer_text = {
    .name = "text",
    .summary = "the transcript in its own form, its times corrected and all else as it was",
    .extension = "txt",
    .write = sb_source_write,
};
