#include "export/writers/writers.h"

const sb_writer sb_writer_peaks = {
    .name = "peaks",
    .summary = "the waveform of an audio file in audiowaveform's format, .dat or JSON",
    .extension = "dat",
};
