#include "option/option.h"

#define COPY "a copy keeps the packets unchanged, but "

/* Conflicts are reported in this order. */
static const sb_option_conflict conflicts[] = {
    {"copy", NULL, "loudness", "copy,loudness_lufs", COPY "a loudness target needs decoding"},
    {"copy", NULL, "loudness-of", "copy,loudness_of", COPY "a loudness measurement needs decoding"},
    {"copy", NULL, "true-peak", "copy,true_peak_db", COPY "a true-peak limit needs decoding"},
    {"copy", NULL, "fade", "copy,fade", COPY "a fade needs decoding"},
    {"copy", NULL, "rate", "copy,sample_rate", COPY "another sample rate needs decoding"},
    {"copy", NULL, "channels", "copy,channels", COPY "mixing channels needs decoding"},
    {"copy", NULL, "bitrate", "copy,bit_rate", COPY "another bit rate needs decoding"},
    {"copy", NULL, "video", "copy,shape", COPY "a video needs decoding"},
    {"copy", NULL, "for", "copy,profile", COPY "a profile needs decoding"},
    {"copy", NULL, "drop", "copy,drop", COPY "dropping words needs decoding"},
    {"loudness", "off", "loudness-of", "keep_level,loudness_of",
     "the level is not changed, so no loudness is measured"},
    {"video", "source", "drop", "shape,drop", "the file's own pictures would jump where words are dropped"},
    {"strict", NULL, "no-certificate", "strict,no_certificate", "strict needs a certificate"},
    {"strict", NULL, "draft", "strict,draft", "strict needs a certificate, but a draft has none"},
    {"strict", NULL, "drop", "strict,drop",
     "strict needs a certificate, but a clip with dropped words has none"},
    {"video", "source", "background", "shape,background",
     "the shape 'source' shows the file's own pictures, which have no background"},
    {"video", "source", "title", "shape,title",
     "the shape 'source' shows the file's own pictures, which have no title"},
    {"gap", NULL, "crossfade", "gap,crossfade", "a montage has gaps or crossfades, not both"},
};

const sb_option_conflict *sb_option_conflict_at(size_t index)
{
    return index < sizeof conflicts / sizeof conflicts[0] ? &conflicts[index] : NULL;
}
