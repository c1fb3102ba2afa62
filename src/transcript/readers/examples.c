#include <string.h>

#include "transcript/transcript.h"

/* The beginnings of typical files, by the names of their readers. */
static const struct example {
    const char *name, *text;
} examples[] = {
    {"turns-bracket", "Ann Lee [00:01:30]:\nWelcome back.\nBob Stone [00:01:32]:\nThank you.\n"},
    {"srt", "1\n00:00:01,000 --> 00:00:04,000\nAnn: Welcome back.\n"},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann Lee>Welcome back.\n"},
    {"podcast-json", "{\"segments\": [{\"speaker\": \"Ann\", \"startTime\": 1.0, \"endTime\": 4.0,\n"
                     "  \"body\": \"Welcome back.\"}]}\n"},
};

const char *sb_transcript_example(size_t index)
{
    const sb_reader *reader = sb_reader_at(index);
    for (size_t i = 0; reader && i < sizeof examples / sizeof *examples; i++)
        if (!strcmp(examples[i].name, reader->name))
            return examples[i].text;
    return NULL;
}
