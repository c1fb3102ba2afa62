#include "transcript/cues/cues.h"

#define MAX_NOTES 5

void sb_cue_note(sb_reading *reading, size_t *n, size_t at, const char *what)
{
    if ((*n)++ < MAX_NOTES)
        sb_reading_note(reading, at, "%s", what);
}

void sb_cue_notes_end(sb_reading *reading, size_t n)
{
    if (n > MAX_NOTES)
        sb_notes_add(reading->notes, reading->transcript->path, 0, 0,
                     "%zu more times cannot be used as they are", n - MAX_NOTES);
}
