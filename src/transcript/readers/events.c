#include <string.h>
#include <strings.h>

#include "transcript/transcript.h"

#define MAX_EVENT_BYTES  80
#define MAX_SQUARE_WORDS 8
#define MAX_ROUND_WORDS  3

/* Words that transcribers put in brackets and that nobody says. */
static const char *const keywords[] = {
    "applause",       "audience",   "audio",     "background", "beep",     "beeping",   "blank_audio",
    "bleep",          "breath",     "breathing", "chatter",    "cheering", "chuckle",   "chuckles",
    "chuckling",      "clapping",   "clears",    "cough",      "coughing", "coughs",    "cross-talk",
    "crosstalk",      "exhales",    "foreign",   "gasps",      "giggles",  "inaudible", "indiscernible",
    "indistinct",     "inhales",    "laugh",     "laughing",   "laughs",   "laughter",  "music",
    "noise",          "pause",      "phonetic",  "redacted",   "ringing",  "scoffs",    "sighs",
    "silence",        "singing",    "sneezes",   "snorts",     "speaking", "static",    "unclear",
    "unintelligible", "whispering", "whispers",  "yawns"};

static bool is_keyword(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strlen(keywords[i]) == size && strncasecmp(keywords[i], word, size) == 0)
            return true;
    }
    return false;
}

/* True for "[kettle whistling]", false for "(being)". */
static bool ends_like_sound(const char *text, size_t size, char close)
{
    return close == ']' && size > 4 && text[0] >= 'a' && text[0] <= 'z' &&
           memcmp(text + size - 3, "ing", 3) == 0;
}

/* True if a word in the brackets is a keyword, or if they hold only a time. */
static bool is_event(const char *text, size_t size, char close)
{
    size_t n_words = 0, max_words = close == ']' ? MAX_SQUARE_WORDS : MAX_ROUND_WORDS;
    bool has_keyword = ends_like_sound(text, size, close), only_times = true;
    for (size_t at = 0; at < size;) {
        size_t length = 0;
        while (at + length < size && !strchr(" \t\r\n", text[at + length]))
            length++;
        if (length > 0) {
            bool is_time = sb_stamp_clock(text + at, length).length > 0;
            n_words += !is_time;
            only_times = only_times && is_time;
            has_keyword = has_keyword || is_keyword(text + at, length);
        }
        at += length + 1;
    }
    return n_words <= max_words && (has_keyword || (only_times && size > 0));
}

size_t sb_event_length(const char *text, size_t size)
{
    size_t escape = size > 0 && text[0] == '\\' ? 1 : 0;
    if (size < escape + 2 || (text[escape] != '[' && text[escape] != '('))
        return 0;
    char close = text[escape] == '[' ? ']' : ')';
    size_t limit = size < MAX_EVENT_BYTES ? size : MAX_EVENT_BYTES;
    const char *inside = text + escape + 1, *end = memchr(inside, close, limit - escape - 1);
    if (!end)
        return 0;
    size_t length = (size_t)(end - inside);
    size_t n = length > 0 && inside[length - 1] == '\\' ? length - 1 : length;
    if (memchr(inside, 0, n) || memchr(inside, text[escape], n) || !is_event(inside, n, close))
        return 0;
    return escape + 1 + length + 1;
}
