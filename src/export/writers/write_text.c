#include "export/writers/writers.h"

const sb_writer sb_writer_text = {
    .name = "text",
    .summary = "the transcript in its own format, with corrected times",
    .extension = "txt",
    .write = sb_source_write,
};
