#include "clip/naming/naming.h"

#include "base/text/text.h"

#include <stdio.h>
#include <string.h>

static void print_title(char out[SB_CLIP_TITLE_MAX + 4], const char *text)
{
    size_t size = text ? strlen(text) : 0, end = 0;
    for (size_t at = 0; at < size && at <= SB_CLIP_TITLE_MAX - 3; sb_utf8_next(text, size, &at))
        end = at;
    bool whole = size <= SB_CLIP_TITLE_MAX;
    snprintf(out, SB_CLIP_TITLE_MAX + 4, "%.*s%s", (int)(whole ? size : end), text ? text : "",
             whole ? "" : "...");
}

void sb_clip_tags_make(sb_clip_tags *tags, const sb_clip_job *job)
{
    const sb_clip_result *result = job->result;
    const char *source = sb_path_name(job->source->audio_path);
    const char *album = job->source->alignment->transcript.title;
    char from[SB_TIME_TEXT], until[SB_TIME_TEXT];
    sb_time_print(from, result->cut.span.start, 3);
    sb_time_print(until, result->cut.span.end, 3);
    print_title(tags->title, result->text);
    snprintf(tags->comment, sizeof tags->comment, "%.255s %s-%s", source, from, until);
    if (result->n_joins)
        snprintf(tags->comment, sizeof tags->comment, "%zu quotes", result->n_joins);
    tags->items[0] = (sb_tag){"title", tags->title};
    tags->items[1] = (sb_tag){"artist", result->speaker};
    tags->items[2] = (sb_tag){"album", album ? album : source};
    tags->items[3] = (sb_tag){"comment", tags->comment};
}
