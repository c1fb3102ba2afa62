#include "media/input/input.h"

#include <stdio.h>
#include <string.h>

static const sb_container containers[] = {
    {"mp3", false, SB_SEEK_SCAN},      {"aac", false, SB_SEEK_SCAN},
    {"loas", false, SB_SEEK_DECODE},   {"ac3", false, SB_SEEK_DECODE},
    {"eac3", false, SB_SEEK_DECODE},   {"dts", false, SB_SEEK_DECODE},
    {"amr", false, SB_SEEK_DECODE},    {"amrnb", false, SB_SEEK_DECODE},
    {"amrwb", false, SB_SEEK_DECODE},  {"tta", false, SB_SEEK_DECODE},
    {"ape", false, SB_SEEK_DECODE},    {"mpc", false, SB_SEEK_DECODE},
    {"mpc8", false, SB_SEEK_DECODE},   {"shn", false, SB_SEEK_DECODE},
    {"truehd", false, SB_SEEK_DECODE}, {"wav", false, SB_SEEK_STAMPS},
    {"w64", false, SB_SEEK_STAMPS},    {"aiff", false, SB_SEEK_STAMPS},
    {"caf", false, SB_SEEK_STAMPS},    {"au", false, SB_SEEK_STAMPS},
    {"sox", false, SB_SEEK_DECODE},    {"nistsphere", false, SB_SEEK_STAMPS},
    {"voc", false, SB_SEEK_DECODE},    {"wv", false, SB_SEEK_DECODE},
    {"flac", true, SB_SEEK_STAMPS},    {"mov", true, SB_SEEK_STAMPS},
    {"ogg", true, SB_SEEK_STAMPS},     {"matroska", true, SB_SEEK_STAMPS},
    {"mpegts", true, SB_SEEK_STAMPS},  {"mpeg", true, SB_SEEK_DECODE},
    {"avi", true, SB_SEEK_DECODE},     {"asf", true, SB_SEEK_DECODE},
    {"flv", true, SB_SEEK_DECODE},     {"mxf", true, SB_SEEK_DECODE},
    {"nut", true, SB_SEEK_DECODE},
};

enum { N_CONTAINERS = sizeof containers / sizeof *containers };

static bool lists(const char *names, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = names; at; at = strchr(at, ','), at = at ? at + 1 : NULL)
        if (strncmp(at, name, n) == 0 && (at[n] == ',' || at[n] == '\0'))
            return true;
    return false;
}

const sb_container *sb_container_find(const char *libav_names)
{
    for (size_t i = 0; i < N_CONTAINERS; i++)
        if (lists(libav_names, containers[i].name))
            return &containers[i];
    return NULL;
}

size_t sb_container_whitelist(char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < N_CONTAINERS && n < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%s", i ? "," : "", containers[i].name);
    return n;
}

typedef struct signature {
    const char *bytes;
    size_t n;
    const char *refusal;
} signature;

#define SIGNATURE(bytes, refusal)                                                                            \
    {                                                                                                        \
        bytes, sizeof bytes - 1, refusal                                                                     \
    }
#define PICTURE "is a picture; name the audio file"

static const signature signatures[] = {
    SIGNATURE("%PDF", "is a PDF document; name the audio file"),
    SIGNATURE("\x89PNG", PICTURE),
    SIGNATURE("\xff\xd8\xff", PICTURE),
    SIGNATURE("GIF8", PICTURE),
    SIGNATURE("PK\x03\x04", "is a ZIP archive or an office document; unpack it, or name the audio file"),
    SIGNATURE("\x1f\x8b", "is gzip-compressed; unpack it first"),
    SIGNATURE("7z\xbc\xaf", "is a 7-Zip archive; unpack it first"),
    SIGNATURE("Rar!", "is a RAR archive; unpack it first"),
    SIGNATURE("\x7f"
              "ELF",
              "is a program; name the audio file"),
    SIGNATURE("SQLite format 3", "is a database; name the audio file"),
};

static const signature texts[] = {
    SIGNATURE("#EXTM3U", "is a playlist (M3U); download the audio that it names and use that"),
    SIGNATURE("[playlist]", "is a playlist (PLS); download the audio that it names and use that"),
    SIGNATURE("ffconcat", "is a concat script; join the files that it names with ffmpeg first"),
    SIGNATURE("file '", "is a concat script; join the files that it names with ffmpeg first"),
    SIGNATURE("<!DOCTYPE html", "is a web page; download the audio itself"),
    SIGNATURE("<!doctype html", "is a web page; download the audio itself"),
    SIGNATURE("<html", "is a web page; download the audio itself"),
    SIGNATURE("<?xml", "is XML, such as a feed or a web page; download the audio that it names"),
    SIGNATURE("WEBVTT", "is a transcript (WebVTT); the audio comes first, the transcript second"),
    SIGNATURE("{", "is JSON, not audio; the audio comes first, the transcript second"),
};

static const char *match(const signature *table, size_t n_rows, const uint8_t *head, size_t n)
{
    for (size_t i = 0; i < n_rows; i++)
        if (n >= table[i].n && memcmp(head, table[i].bytes, table[i].n) == 0)
            return table[i].refusal;
    return NULL;
}

static bool is_text(const uint8_t *head, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool control = head[i] < 0x20 && !strchr("\t\n\r\f\x1b", head[i]);
        if (control || head[i] == 0 || head[i] == 0x7f)
            return false;
    }
    return true;
}

static bool is_utf16(const uint8_t *head, size_t n)
{
    if (n < 8 || !((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)))
        return false;
    size_t zero = head[0] == 0xff ? 1 : 0, n_zero = 0;
    for (size_t i = 2; i < 8; i += 2)
        n_zero += head[i + zero] == 0;
    return n_zero == 3;
}

const char *sb_container_refuse(const uint8_t *head, size_t n)
{
    if (n == 0)
        return "is empty; copy or download it again";
    const char *refusal = match(signatures, sizeof signatures / sizeof *signatures, head, n);
    if (refusal)
        return refusal;
    if (is_utf16(head, n))
        return "is text (UTF-16), not audio; the audio comes first, the transcript second";
    if (!is_text(head, n))
        return NULL;
    size_t at = n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < n && strchr(" \t\r\n", head[at]))
        at++;
    refusal = match(texts, sizeof texts / sizeof *texts, head + at, n - at);
    return refusal ? refusal : "is text, not audio; the audio comes first, the transcript second";
}
