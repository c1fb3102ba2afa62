#include "video/style/style.h"

#include "base/text/text.h"

#include <string.h>

#define MOST_SPEAKERS 64

const char *sb_video_style_name(size_t index)
{
    static const char *const names[] = {"karaoke", "box", "pop", "plain"};
    return index < sizeof names / sizeof names[0] ? names[index] : NULL;
}

/* Returns the speaker's place in the order of first turns. Speakers without a name do not count, and those
 * after the first MOST_SPEAKERS share a place. */
static size_t index_of_speaker(const sb_alignment *a, const char *speaker)
{
    const char *seen[MOST_SPEAKERS];
    size_t n = 0;
    for (size_t i = 0; i < a->n_turns && n < MOST_SPEAKERS; i++) {
        const char *name = a->turns[i].speaker;
        size_t at = 0;
        if (!name)
            continue;
        if (strcmp(name, speaker) == 0)
            break;
        while (at < n && strcmp(seen[at], name) != 0)
            at++;
        if (at == n)
            seen[n++] = name;
    }
    return n;
}

sb_colour sb_theme_voice_colour(const sb_theme *theme, const sb_alignment *episode, const char *speaker)
{
    sb_colour colour = SB_COLOUR_TEXT;
    size_t i = 0;
    while (speaker && i < theme->n_named && !sb_wildcard_match(theme->named[i].name, speaker))
        i++;
    if (speaker && i < theme->n_named)
        colour = theme->named[i].colour;
    else if (speaker && episode && theme->n_voices)
        colour = theme->voices[index_of_speaker(episode, speaker) % theme->n_voices];
    return colour == SB_COLOUR_TEXT ? theme->text : colour;
}
