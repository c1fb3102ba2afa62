#include "option/option.h"

#define COPY "a copy keeps the packets as they are, but "

/* The order is that in which they are reported. */
static const sb_option_conflict conflicts[] = {
    {"copy", NULL, "loudness", "copy,loudness_lufs", COPY "a loudness needs them decoded"},
    {"copy", NULL, "loudness-of", "copy,loudness_of", COPY "a measure of loudness needs them decoded"},
    {"copy", NULL, "true-peak", "copy,true_peak_db", COPY "a true peak needs them decoded"},
    {"copy", NULL, "fade", "copy,fade", COPY "a fade needs them decoded"},
    {"copy", NULL, "rate", "copy,sample_rate", COPY "a sample rate needs them decoded"},
    {"copy", NULL, "channels", "copy,channels", COPY "a number of channels needs them decoded"},
    {"copy", NULL, "bitrate", "copy,bit_rate", COPY "a bit rate needs them decoded"},
    {"copy", NULL, "video", "copy,shape", COPY "a video needs them decoded"},
    {"copy", NULL, "for", "copy,profile", COPY "a profile needs them decoded"},
    {"copy", NULL, "drop", "copy,drop", COPY "dropping words needs them decoded"},
    {"loudness", "off", "loudness-of", "keep_level,loudness_of",
     "the level is left as it is, so it does not matter whose loudness is measured"},
    {"video", "source", "drop", "shape,drop", "the file's own pictures would jump where words are dropped"},
    {"strict", NULL, "no-certificate", "strict,no_certificate", "strict needs a certificate"},
    {"strict", NULL, "draft", "strict,draft", "strict needs a certificate, but a draft has none"},
    {"strict", NULL, "drop", "strict,drop",
     "strict needs a certificate, but a clip with dropped words has none"},
    {"video", "source", "background", "shape,background",
     "the shape 'source' shows the pictures of the file, but a background needs drawn ones"},
    {"video", "source", "title", "shape,title",
     "the shape 'source' shows the pictures of the file, but a title needs drawn ones"},
    {"gap", NULL, "crossfade", "gap,crossfade", "a montage has gaps or crossfades, not both"},
};

const sb_option_conflict *sb_option_conflict_at(size_t index)
{
    return index < sizeof conflicts / sizeof conflicts[0] ? &conflicts[index] : NULL;
}
