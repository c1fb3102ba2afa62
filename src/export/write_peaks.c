#include "export/writer.h"

const sb_writer sb_writer_peaks = {
    .name = "peaks",
    .summary = "the waveform of AUDIO for players to draw: audiowaveform's .dat, or JSON",
    .extension = "dat",
};
