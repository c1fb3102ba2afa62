#include "media/chapters/chapters.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "media/input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libavformat/avformat.h>

#define BLOCK  (1 << 16)
#define ID3_MB ((size_t)64) /* of a tag, at most */

/* The containers that can have chapters. */
typedef struct chapter_format {
    const char *container; /* libav's name */
    const char *extension;
    const char *muxer; /* NULL: only the tag at the beginning changes */
} chapter_format;

static const chapter_format formats[] = {
    {"mp3", "mp3", NULL},         {"mov", "m4a", "ipod"},          {"mov", "m4b", "ipod"},
    {"mov", "mp4", "mp4"},        {"mov", "m4v", "mp4"},           {"mov", "mov", "mov"},
    {"ogg", "opus", "opus"},      {"ogg", "ogg", "ogg"},           {"ogg", "oga", "ogg"},
    {"flac", "flac", "flac"},     {"matroska", "mka", "matroska"}, {"matroska", "mkv", "matroska"},
    {"matroska", "webm", "webm"},
};
#define N_FORMATS (sizeof formats / sizeof *formats)

bool sb_chapters_can_be_in(const char *path)
{
    for (size_t i = 0; i < N_FORMATS; i++)
        if (sb_path_has_extension(path, formats[i].extension))
            return true;
    return false;
}

static sb_status find_format(const chapter_format **out, const sb_demux *demux, const char *path,
                             sb_error *err)
{
    const char *usual = NULL;
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strcmp(formats[i].container, demux->container->name) != 0)
            continue;
        usual = usual ? usual : formats[i].extension;
        *out = &formats[i];
        if (sb_path_has_extension(path, formats[i].extension))
            return SB_OK;
    }
    if (!usual)
        return sb_error_set_at(
            err, SB_ERR_UNSUPPORTED, demux->path, 0, 0,
            "a file of this kind (%s) has no chapters; convert it to mp3, m4a, opus, flac or mka",
            demux->container->name);
    return sb_error_set_at(err, SB_ERR_ARGUMENT, path, 0, 0,
                           "the audio is copied as it is, from %s; end the name with .%s", demux->path,
                           sb_path_has_extension(demux->path, "m4b") ? "m4b" : usual);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

static sb_status cannot_read(const char *path, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be read to its end; check the file");
}

static sb_status write_tag(sb_output *output, FILE *from, const char *path, const sb_chapter *chapters,
                           size_t n, sb_error *err)
{
    unsigned char head[10];
    size_t size = fread(head, 1, sizeof head, from) == sizeof head ? sb_id3_size(head) : 0;
    sb_bytes tag = {0};
    if (size > ID3_MB << 20)
        return sb_error_set_at(err, SB_ERR_LIMIT, path, 0, 0,
                               "has a tag of more than %zu MB; remove large pictures from it", ID3_MB);
    unsigned char *old = size ? malloc(size) : NULL;
    sb_status status = SB_OK;
    if (size && !old)
        return sb_error_memory(err, "writing chapters");
    if (fseek(from, 0, SEEK_SET) != 0 || (size && fread(old, 1, size, from) != size))
        status = cannot_read(path, err);
    if (!status)
        status = sb_id3_with_chapters(&tag, old, size, chapters, n, err);
    if (!status && tag.size)
        status = sb_output_write(output, tag.data, tag.size, err);
    free(old);
    sb_bytes_finish(&tag);
    return status;
}

static sb_status write_mp3(sb_output *output, const char *path, const sb_chapter *chapters, size_t n,
                           sb_error *err)
{
    FILE *from = fopen(path, "rb");
    char *block = malloc(BLOCK);
    sb_status status = from ? SB_OK : cannot_read(path, err);
    if (!status && !block)
        status = sb_error_memory(err, "writing chapters");
    if (!status)
        status = write_tag(output, from, path, chapters, n, err);
    for (size_t got = 1; !status && got > 0;) {
        got = fread(block, 1, BLOCK, from);
        if (got)
            status = sb_output_write(output, block, got, err);
        else if (ferror(from))
            status = cannot_read(path, err);
    }
    if (from)
        fclose(from);
    free(block);
    return status;
}

/* In a file, every chapter needs an end. */
static sb_chapter *with_ends(const sb_chapter *chapters, size_t n, const sb_demux *demux)
{
    sb_chapter *copy = calloc(n + 1, sizeof *copy);
    int64_t length = demux->format->duration;
    for (size_t i = 0; copy && i < n; i++) {
        copy[i] = chapters[i];
        if (copy[i].end == SB_TIME_NONE && i + 1 < n)
            copy[i].end = chapters[i + 1].start;
        else if (copy[i].end == SB_TIME_NONE && length > 0)
            copy[i].end = av_rescale(length, SB_TIME_SECOND, AV_TIME_BASE);
        if (copy[i].end == SB_TIME_NONE || copy[i].end < copy[i].start)
            copy[i].end = copy[i].start;
    }
    return copy;
}

static sb_status write_copy(const char *path, sb_demux *demux, const sb_chapter *chapters, size_t n,
                            bool overwrite, sb_error *err)
{
    const chapter_format *format = NULL;
    sb_output *output = NULL;
    sb_status status = find_format(&format, demux, path, err);
    if (status)
        return status;
    sb_chapter *ended = with_ends(chapters, n, demux);
    status = ended ? sb_output_open(&output, path, overwrite, err) : sb_error_memory(err, "writing chapters");
    if (!status)
        status = format->muxer ? sb_remux_with_chapters(output, demux, format->muxer, ended, n, err)
                               : write_mp3(output, demux->path, ended, n, err);
    free(ended);
    if (status) {
        sb_output_abort(&output);
        return status;
    }
    return sb_output_commit(&output, err);
}

sb_status sb_chapters_write(const char *path, const char *audio_path, const sb_chapter *chapters, size_t n,
                            const sb_media_params *params, bool overwrite, sb_error *err)
{
    static const sb_media_params defaults = {0};
    const sb_media_params *given = params ? params : &defaults;
    sb_input *input = NULL;
    sb_demux demux = {0};
    if (is_same_file(path, audio_path))
        return sb_error_set_at(err, SB_ERR_EXISTS, path, 0, 0,
                               "is the audio itself and is never overwritten; give the copy another name");
    sb_status status = sb_input_open(&input, audio_path, given, err);
    if (!status)
        status = sb_demux_open(&demux, input, audio_path, sb_demux_stream_of(given), err);
    if (!status) {
        status = write_copy(path, &demux, chapters, n, overwrite, err);
        if (status && err && !err->file)
            sb_error_set_file(err, audio_path);
        sb_demux_finish(&demux);
    }
    sb_input_free(&input);
    return status;
}
