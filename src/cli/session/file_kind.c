#include "cli/session/session.h"

#include "base/file/open.h"
#include "soundbite/align.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_SIZE 4096

typedef struct signature {
    size_t at, length;
    const char *bytes;
    cli_file_kind kind;
    const char *description;
} signature;

#define SIGNATURE(at, bytes, kind, description)                                                              \
    {                                                                                                        \
        at, sizeof bytes - 1, bytes, kind, description                                                       \
    }

static const signature signatures[] = {
    SIGNATURE(0, "ID3", CLI_FILE_MEDIA, "an MP3 file"),
    SIGNATURE(0, "OggS", CLI_FILE_MEDIA, "an Ogg file"),
    SIGNATURE(0, "fLaC", CLI_FILE_MEDIA, "a FLAC file"),
    SIGNATURE(8, "WAVE", CLI_FILE_MEDIA, "a WAV file"),
    SIGNATURE(8, "AVI ", CLI_FILE_MEDIA, "an AVI file"),
    SIGNATURE(8, "AIFF", CLI_FILE_MEDIA, "an AIFF file"),
    SIGNATURE(8, "AIFC", CLI_FILE_MEDIA, "an AIFF file"),
    SIGNATURE(0, "riff\x2e\x91\xcf\x11", CLI_FILE_MEDIA, "a Wave64 file"),
    SIGNATURE(0, "caff", CLI_FILE_MEDIA, "a CAF file"),
    SIGNATURE(4, "ftyp", CLI_FILE_MEDIA, "an MP4 file"),
    SIGNATURE(4, "moov", CLI_FILE_MEDIA, "an MP4 file"),
    SIGNATURE(0, "\x1a\x45\xdf\xa3", CLI_FILE_MEDIA, "a Matroska or WebM file"),
    SIGNATURE(0, "#!AMR", CLI_FILE_MEDIA, "an AMR file"),
    SIGNATURE(0, "\x30\x26\xb2\x75", CLI_FILE_MEDIA, "a Windows Media file"),
    SIGNATURE(0, "#EXTM3U", CLI_FILE_PLAYLIST, "an M3U or HLS playlist"),
    SIGNATURE(0, "[playlist]", CLI_FILE_PLAYLIST, "a PLS playlist"),
    SIGNATURE(0, "ffconcat version", CLI_FILE_PLAYLIST, "an ffmpeg concat list"),
    SIGNATURE(0, "%PDF", CLI_FILE_OTHER, "a PDF document"),
    SIGNATURE(0, "PK\x03\x04", CLI_FILE_DOCUMENT, "a Word document or ZIP archive"),
    SIGNATURE(0, "\xd0\xcf\x11\xe0", CLI_FILE_DOCUMENT, "an old Word document"),
    SIGNATURE(0, "{\\rtf", CLI_FILE_DOCUMENT, "an RTF document"),
    SIGNATURE(3, "STL25.01", CLI_FILE_OTHER, "an EBU STL caption file"),
    SIGNATURE(3, "STL30.01", CLI_FILE_OTHER, "an EBU STL caption file"),
    SIGNATURE(0, "\x89PNG", CLI_FILE_OTHER, "a PNG picture"),
    SIGNATURE(0, "\xff\xd8\xff", CLI_FILE_OTHER, "a JPEG picture"),
    SIGNATURE(0, "GIF8", CLI_FILE_OTHER, "a GIF picture"),
    SIGNATURE(0, "\x1f\x8b", CLI_FILE_OTHER, "a gzip archive"),
    SIGNATURE(0,
              "\x7f"
              "ELF",
              CLI_FILE_OTHER, "a program"),
};

static const signature *find_signature(const char *data, size_t size)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        const signature *s = &signatures[i];
        if (s->at + s->length <= size && !memcmp(data + s->at, s->bytes, s->length))
            return s;
    }
    return NULL;
}

static bool is_mpeg_audio(const unsigned char *data, size_t size)
{
    return size > 3 && data[0] == 0xff && (data[1] & 0xe0) == 0xe0 && (data[1] & 0x18) != 0x08;
}

static bool is_transport_stream(const unsigned char *data, size_t size)
{
    return size > 2 * 188 && data[0] == 0x47 && data[188] == 0x47 && data[376] == 0x47;
}

/* Text has almost no control characters and no NUL, except UTF-16, which begins with a byte order mark. */
static bool is_text(const unsigned char *data, size_t size)
{
    if (size >= 2 && ((data[0] == 0xff && data[1] == 0xfe) || (data[0] == 0xfe && data[1] == 0xff)))
        return true;
    size_t n_controls = 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] == 0)
            return false;
        n_controls += data[i] < 0x20 && !isspace(data[i]) && data[i] != 0x1b;
    }
    return n_controls * 50 <= size;
}

cli_file_kind cli_bytes_kind(const void *data, size_t size, const char **description)
{
    *description = "an empty file";
    if (size == 0)
        return CLI_FILE_EMPTY;
    const signature *known = find_signature(data, size);
    *description = known ? known->description : "a text file";
    if (known)
        return known->kind;
    if (sb_alignment_sniff(data, size)) {
        *description = "a saved alignment";
        return CLI_FILE_ALIGNMENT;
    }
    if (is_text(data, size))
        return CLI_FILE_TEXT;
    *description = "an MPEG audio or video file";
    if (is_mpeg_audio(data, size) || is_transport_stream(data, size))
        return CLI_FILE_MEDIA;
    *description = "a file of unknown kind";
    return CLI_FILE_UNKNOWN;
}

static sb_status cannot_open(const char *path, sb_error *err)
{
    const char *advice = errno == ENOENT   ? "check the name"
                         : errno == EACCES ? "check its permissions"
                                           : "check the file";
    return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be opened (%s); %s", strerror(errno), advice);
}

/* Reads the next bytes without consuming them. */
static ssize_t peek(int fd, char *head, size_t size)
{
    off_t at = lseek(fd, 0, SEEK_CUR);
    return at < 0 ? -1 : pread(fd, head, size, at);
}

static sb_status kind_of_open(cli_file_kind *out, int fd, const char *path, const char **description,
                              sb_error *err)
{
    char head[HEAD_SIZE];
    ssize_t size = peek(fd, head, sizeof head);
    if (size < 0)
        return cannot_open(path, err);
    *out = cli_bytes_kind(head, (size_t)size, description);
    return SB_OK;
}

sb_status cli_file_kind_of(cli_file_kind *out, const char *path, const char **description, sb_error *err)
{
    *out = CLI_FILE_UNKNOWN;
    *description = "a file of unknown kind";
    bool is_stdin = !strcmp(path, "-");
    struct stat info;
    if (is_stdin ? fstat(STDIN_FILENO, &info) : stat(path, &info))
        return cannot_open(path, err);
    if (S_ISDIR(info.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name a file in it");
    if (!S_ISREG(info.st_mode))
        return SB_OK;
    int fd = is_stdin ? STDIN_FILENO : sb_open(path, O_RDONLY);
    if (fd < 0)
        return cannot_open(path, err);
    sb_status status = kind_of_open(out, fd, path, description, err);
    if (!is_stdin)
        close(fd);
    return status;
}
