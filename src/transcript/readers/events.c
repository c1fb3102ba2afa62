#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/transcript.h"

#define MAX_EVENT_BYTES  80
#define MAX_SQUARE_WORDS 8
#define MAX_ROUND_WORDS  3

/* Words that transcribers put in brackets and that nobody says. */
static const char *const keywords[] = {
    "applause", "audience", "audio", "background", "beep", "beeping", "blank_audio", "bleep", "breath",
    "breathing", "chatter", "cheering", "chuckle", "chuckles", "chuckling", "clapping", "clears", "cough",
    "coughing", "coughs", "cross-talk", "crosstalk", "exhales", "foreign", "gasps", "giggles", "groans",
    "hums", "inaudible", "indiscernible", "indistinct", "inhales", "laugh", "laughing", "laughs", "laughter",
    "mumbles", "music", "noise", "pause", "pauses", "phonetic", "redacted", "ringing", "scoffs", "sigh",
    "sighs", "silence", "singing", "sings", "sneezes", "snorts", "soundbite", "speaker_turn", "speaking",
    "static", "unclear", "unintelligible", "whispering", "whispers", "yawns",
    /* other languages, as YouTube and others write them */
    "applaudissements", "aplausos", "applaus", "applausi", "beifall",
    "gel\xC3\xA4"
    "chter",
    "lachen", "lacht", "m\xC3\xBAsica", "musica", "musik", "musique", "muziek", "risas", "risate", "rires",
    "risos", "silencio", "unverst\xC3\xA4ndlich", "inaudibles",
    "\xD0\xBC\xD1\x83\xD0\xB7\xD1\x8B\xD0\xBA\xD0\xB0", "\xD0\x9C\xD1\x83\xD0\xB7\xD1\x8B\xD0\xBA\xD0\xB0",
    "\xD1\x81\xD0\xBC\xD0\xB5\xD1\x85", "\xD0\xA1\xD0\xBC\xD0\xB5\xD1\x85", "\xE7\xAC\x91", /* laughs */
    "\xE7\xAC\x91\xE5\xA3\xB0",                                                             /* laughter */
    "\xE7\xAC\x91\xE8\x81\xB2", "\xE7\xAC\x91\xE3\x81\x84", "\xE9\x9F\xB3\xE4\xB9\x90",     /* music */
    "\xE9\x9F\xB3\xE6\xA8\x82", "\xE9\x9F\xB3\xE6\xA5\xBD", "\xE6\x8E\x8C\xE5\xA3\xB0",     /* applause */
    "\xE6\x8E\x8C\xE8\x81\xB2", "\xE6\x8B\x8D\xE6\x89\x8B", NULL};

/* Words that are remarks only if they stand alone in the brackets: "<affirmative>". */
static const char *const lone_words[] = {"affirmative", "negative",    "nonverbal", "non-verbal",
                                         "nods",        "overlapping", NULL};

/* Remarks of several words. */
static const char *const phrases[] = {"not clear",
                                      "cannot hear",
                                      "can't hear",
                                      "hard to hear",
                                      "no audio",
                                      "no sound",
                                      "off mic",
                                      "off microphone",
                                      "off camera",
                                      "no response",
                                      "no audible response",
                                      "overlapping speech",
                                      "non-english speech",
                                      NULL};

/* First words of a remark about what is seen or what happened to the recording, in square brackets. Only with
 * a capital and other words: "he [shows] it" is speech. */
static const char *const scenes[] = {
    "Shows",    "Showing",      "Points",    "Pointing",     "Plays",     "Playing", "Reads",
    "Video",    "Recording",    "Tape",      "Holds",        "Holding",   "Nods",    "Gestures",
    "Walks",    "Shakes",       "Clip",      "Sound",        "Beginning", "End",     "Phone",
    "Audience", "Interruption", "Interview", "Demonstrates", "Draws",     "Pause",   NULL};

/* Kinds of remarks before a colon: "[Emotion: joy]". */
static const char *const labels[] = {
    "emotion", "tone",   "sound",     "sfx",    "music",  "noise", "video",         "image",
    "slide",   "screen", "on screen", "action", "visual", "note",  "editor's note", "transcriber's note",
    NULL};

/* Marks that open and close an event, in UTF-8. */
static const struct brackets {
    const char *open, *close;
    bool is_square; /* contains only remarks; other brackets often contain speech */
} brackets[] = {{"[", "]", true},
                {"(", ")", false},
                {"{", "}", true},
                {"<", ">", false},
                {"*", "*", false},
                {"\xEF\xBC\x88", "\xEF\xBC\x89", false}, /* full-width round */
                {"\xEF\xBC\xBB", "\xEF\xBC\xBD", true},  /* full-width square */
                {"\xEF\xBD\x9B", "\xEF\xBD\x9D", true},  /* full-width curly */
                {"\xE3\x80\x90", "\xE3\x80\x91", true},  /* lenticular */
                {"\xE2\x99\xAA", "\xE2\x99\xAA", true},  /* notes of music */
                {"\xE2\x99\xAB", "\xE2\x99\xAB", true}};

static bool is_keyword(const char *word, size_t size)
{
    while (size > 0 && word[size - 1] && strchr(".,!:;", word[size - 1]))
        size--;
    return sb_part_is_among(word, size, keywords);
}

/* True for "[kettle whistling]", false for "(being)". */
static bool ends_like_sound(const char *text, size_t size, bool is_square)
{
    return is_square && size > 4 && text[0] >= 'a' && text[0] <= 'z' &&
           memcmp(text + size - 3, "ing", 3) == 0;
}

/* True for "ドアの音" and "笑い声", which end with the kind of sound. */
static bool ends_with_sound(const char *text, size_t size)
{
    static const char *const sounds[] = {"音", "声", "聲", "笑", "笑い", "拍手", "悲鳴", "ため息", NULL};
    for (size_t i = 0; sounds[i]; i++) {
        size_t n = strlen(sounds[i]);
        if (size >= n && memcmp(text + size - n, sounds[i], n) == 0)
            return true;
    }
    return false;
}

/* "(SOUNDBITE OF BELLS)": broadcasters write events in capitals. */
static bool is_in_capitals(const char *text, size_t size)
{
    bool has_keyword = false;
    for (size_t i = 0; i < size; i++) {
        if ((text[i] >= 'a' && text[i] <= 'z') || (unsigned char)text[i] >= 0x80)
            return false;
    }
    for (size_t at = 0, n; at < size; at += n + 1) {
        const char *blank = memchr(text + at, ' ', size - at);
        n = blank ? (size_t)(blank - text) - at : size - at;
        has_keyword = has_keyword || is_keyword(text + at, n);
    }
    return has_keyword;
}

/* "[Recording stops and then resumes]", "[Emotion: joy]" */
static bool is_scene(const char *text, size_t size)
{
    const char *colon = memchr(text, ':', size), *blank = memchr(text, ' ', size);
    if (colon && sb_part_is_among(text, (size_t)(colon - text), labels))
        return true;
    for (size_t i = 0; blank && scenes[i]; i++) {
        if ((size_t)(blank - text) == strlen(scenes[i]) && memcmp(text, scenes[i], strlen(scenes[i])) == 0)
            return true;
    }
    return false;
}

/* True if a word in the brackets is a keyword, or if they hold only a time. */
static bool is_event(const char *text, size_t size, bool is_square)
{
    size_t n_words = 0, max_words = is_square ? MAX_SQUARE_WORDS : MAX_ROUND_WORDS;
    bool has_keyword = ends_like_sound(text, size, is_square), only_times = true;
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
    return (n_words <= max_words && (has_keyword || (only_times && size > 0))) ||
           is_in_capitals(text, size) || ends_with_sound(text, size) ||
           (is_square && sb_part_is_among(text, size, phrases));
}

/* True for remarks that can as well be words in brackets: "[Recording stops]" and "[Recording artists] are
 * poor", "(no audio)". */
static bool is_doubtful_event(const char *text, size_t size, bool is_square)
{
    size_t n_words = 1;
    for (size_t i = 0; i < size; i++)
        n_words += text[i] == ' ';
    return size > 0 && (sb_part_is_among(text, size, phrases) || sb_part_is_among(text, size, lone_words) ||
                        (is_square && n_words <= MAX_SQUARE_WORDS && is_scene(text, size)));
}

/* True if the sentence does not go on after the brackets. */
static bool ends_with_brackets(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size && (text[at] == ' ' || text[at] == '\t'))
        at++;
    if (at == size || text[at] == '\n' || text[at] == '\r')
        return true;
    bool is_beside = at == 0;
    int32_t c = sb_utf8_next(text, size, &at);
    return is_beside ? sb_utf8_has(".?!<", c) : !sb_is_digit(c) && (!sb_is_letter(c) || sb_is_upper(c));
}

static const struct brackets *brackets_at(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        size_t n = strlen(brackets[i].open);
        if (size >= n && memcmp(text, brackets[i].open, n) == 0)
            return &brackets[i];
    }
    return NULL;
}

static bool may_open(char c)
{
    return c && strchr("\\[({<*\xE2\xE3\xEF", c);
}

static bool is_sung(const char *text, size_t size)
{
    bool has_letter = false;
    for (size_t at = 0; at < size;)
        has_letter = sb_is_letter(sb_utf8_next(text, size, &at)) || has_letter;
    return has_letter && !is_event(text, size, true);
}

/* Notes of music: with the remark up to the next ones on the line, or alone. Sung words stay words. */
static size_t music_length(const char *text, size_t size)
{
    size_t limit = size < MAX_EVENT_BYTES ? size : MAX_EVENT_BYTES;
    for (size_t at = 3; at + 3 <= limit && text[at] != '\n' && text[at] != '\r'; at++) {
        if (memcmp(text + at, "\xE2\x99", 2) == 0 && (text[at + 2] == '\xAA' || text[at + 2] == '\xAB'))
            return is_sung(text + 3, at - 3) ? 3 : at + 3;
    }
    return 3;
}

size_t sb_event_length(const char *text, size_t size)
{
    if (size < 2 || !may_open(text[0]))
        return 0;
    size_t escape = text[0] == '\\' ? 1 : 0, limit = size < MAX_EVENT_BYTES ? size : MAX_EVENT_BYTES;
    const struct brackets *b = brackets_at(text + escape, size - escape);
    if (!b || (escape && b->open[0] != '[' && b->open[0] != '('))
        return 0;
    if (b->open[0] == '\xE2')
        return music_length(text, size);
    size_t open = escape + strlen(b->open), n_close = strlen(b->close);
    const char *inside = text + open;
    const char *end = limit > open ? memmem(inside, limit - open, b->close, n_close) : NULL;
    if (!end)
        return 0;
    size_t length = (size_t)(end - inside);
    size_t n = length > 0 && inside[length - 1] == '\\' ? length - 1 : length;
    if (memchr(inside, 0, n) || (b->open[0] > 0 && memchr(inside, b->open[0], n)))
        return 0;
    size_t whole = open + length + n_close;
    bool is_one = is_event(inside, n, b->is_square) || (is_doubtful_event(inside, n, b->is_square) &&
                                                        ends_with_brackets(text + whole, size - whole));
    return is_one ? whole : 0;
}

bool sb_event_is_doubtful(const char *text, size_t length)
{
    size_t escape = text[0] == '\\' ? 1 : 0;
    const struct brackets *b = brackets_at(text + escape, length - escape);
    if (!b || b->open[0] == '\xE2')
        return false;
    size_t open = escape + strlen(b->open), end = length - strlen(b->close);
    end -= escape && end > open && text[end - 1] == '\\';
    return end > open && !is_event(text + open, end - open, b->is_square);
}
