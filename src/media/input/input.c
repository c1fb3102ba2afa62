#include "media/input/input.h"

#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"

#include <errno.h>
#include <fcntl.h>
#include <libavutil/error.h>
#include <libavutil/mem.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER_BYTES = 64 * 1024, HASH_BYTES = 1 << 20 };
enum { STEPS_LEAST = 10 }; /* looks at the clock before a read is too late */

struct sb_input {
    char *path;
    int fd;
    bool owns_fd;
    bool seekable;
    int64_t origin; /* offset of the descriptor: standard input may be a partly read file */
    int64_t size;
    int64_t position;
    AVIOContext *avio;
    sb_file_reader *reader; /* of a regular file; NULL: it is read here, and cannot be given up */

    const sb_monitor *monitor;
    double limit_s;
    double spent, checked; /* time since sb_input_arm, and the last look at the monotonic clock */
    bool cancelled, late;
    int failure; /* errno of a failed read */

    bool hashing;
    int64_t hashed;
    sb_sha256_state sha256;

    uint8_t head[SB_INPUT_HEAD];
    size_t n_head;
    uint8_t *tail; /* ring buffer of the last bytes of a pipe */
};

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A program that was stopped, or got no processor, did not wait for data: a long time between two looks
 * counts little. */
static bool must_stop(void *user)
{
    sb_input *in = user;
    if (sb_monitor_cancelled(in->monitor))
        in->cancelled = true;
    double now = now_s();
    in->spent += fmin(now - in->checked, in->limit_s / STEPS_LEAST);
    in->checked = now;
    if (in->spent > in->limit_s)
        in->late = true;
    return in->cancelled || in->late;
}

static int interrupted(void *user)
{
    return must_stop(user);
}

AVIOInterruptCB sb_input_interrupt(sb_input *in)
{
    return (AVIOInterruptCB){.callback = interrupted, .opaque = in};
}

void sb_input_arm(sb_input *in)
{
    in->spent = 0;
    in->checked = now_s();
}

sb_status sb_input_trouble(const sb_input *in, sb_error *err)
{
    if (in->cancelled)
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    if (in->late)
        return sb_error_set_at(err, SB_ERR_IO, in->path, 0, 0,
                               "no data came for %g s; check the file, its disk or the pipe", in->limit_s);
    if (in->failure)
        return sb_error_set_at(err, SB_ERR_IO, in->path, 0, 0,
                               "cannot be read (%s); check its disk, or copy it again",
                               strerror(in->failure));
    return SB_OK;
}

static void keep_tail(sb_input *in, const uint8_t *data, size_t n)
{
    for (size_t done = n > SB_INPUT_TAIL ? n - SB_INPUT_TAIL : 0; done < n;) {
        size_t at = (size_t)(in->position + (int64_t)done) % SB_INPUT_TAIL;
        size_t part = n - done < SB_INPUT_TAIL - at ? n - done : SB_INPUT_TAIL - at;
        memcpy(in->tail + at, data + done, part);
        done += part;
    }
}

static void pass(sb_input *in, const uint8_t *data, size_t n)
{
    int64_t end = in->position + (int64_t)n;
    if (in->hashing && in->position <= in->hashed && in->hashed < end) {
        size_t known = (size_t)(in->hashed - in->position);
        sb_sha256_update(&in->sha256, data + known, n - known);
        in->hashed = end;
    }
    if (in->position == (int64_t)in->n_head && in->n_head < SB_INPUT_HEAD) {
        size_t part = SB_INPUT_HEAD - in->n_head < n ? SB_INPUT_HEAD - in->n_head : n;
        memcpy(in->head + in->n_head, data, part);
        in->n_head += part;
    }
    if (in->tail)
        keep_tail(in, data, n);
    in->position = end;
}

static bool wait_for_pipe(sb_input *in)
{
    struct pollfd ready = {.fd = in->fd, .events = POLLIN};
    while (!must_stop(in)) {
        int n = poll(&ready, 1, SB_INPUT_POLL_MS);
        if (n > 0 || (n < 0 && errno != EINTR))
            return true;
    }
    return false;
}

static ssize_t read_file(sb_input *in, uint8_t *data, size_t size, int64_t offset)
{
    if (in->cancelled || in->late) { /* the file is stuck */
        errno = ECANCELED;
        return -1;
    }
    if (in->reader)
        return sb_file_reader_read(&in->reader, data, size, in->origin + offset, must_stop, in);
    return pread(in->fd, data, size, in->origin + offset);
}

static ssize_t read_some(sb_input *in, uint8_t *data, size_t size)
{
    ssize_t n;
    do
        n = in->seekable ? read_file(in, data, size, in->position) : read(in->fd, data, size);
    while (n < 0 && (errno == EINTR || errno == EAGAIN) && !must_stop(in));
    return n;
}

static int on_read(void *user, uint8_t *data, int size)
{
    sb_input *in = user;
    if (in->seekable ? must_stop(in) : !wait_for_pipe(in))
        return AVERROR_EXIT;
    ssize_t n = read_some(in, data, (size_t)size);
    if (n < 0 && (in->cancelled || in->late))
        return AVERROR_EXIT;
    if (n < 0) {
        in->failure = errno;
        return AVERROR(errno);
    }
    if (n == 0) {
        if (!in->seekable)
            in->size = in->position;
        return AVERROR_EOF;
    }
    pass(in, data, (size_t)n);
    return (int)n;
}

static int64_t on_seek(void *user, int64_t offset, int whence)
{
    sb_input *in = user;
    switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
        return in->size;
    case SEEK_CUR:
        offset += in->position;
        break;
    case SEEK_END:
        offset += in->size;
        break;
    }
    if (offset < 0)
        return AVERROR(EINVAL);
    in->position = offset;
    return offset;
}

static sb_status open_descriptor(sb_input *in, const char *path, sb_error *err)
{
    if (strcmp(path, "-") == 0) {
        in->fd = STDIN_FILENO;
        return SB_OK;
    }
    in->fd = sb_open(path, O_RDONLY);
    in->owns_fd = in->fd >= 0;
    if (in->fd >= 0)
        return SB_OK;
    if (errno == ENOENT)
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "there is no such file; check the name");
    if (errno == EACCES)
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                               "no permission to read it; change its permissions");
    return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be opened (%s); check the file",
                           strerror(errno));
}

static sb_status examine_descriptor(sb_input *in, const char *path, sb_error *err)
{
    struct stat st;
    if (fstat(in->fd, &st) != 0)
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be read (%s); check the file",
                               strerror(errno));
    if (S_ISDIR(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name the audio file in it");
    in->size = -1;
    in->seekable = S_ISREG(st.st_mode);
    if (!in->seekable)
        return SB_OK;
    in->origin = lseek(in->fd, 0, SEEK_CUR);
    if (in->origin < 0 || in->origin > st.st_size)
        in->origin = 0;
    in->size = st.st_size - in->origin;
    if (in->size == 0)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "the file is empty; copy or download it again");
    return SB_OK;
}

static bool make_avio(sb_input *in)
{
    uint8_t *buffer = av_malloc(BUFFER_BYTES);
    if (!buffer)
        return false;
    in->avio = avio_alloc_context(buffer, BUFFER_BYTES, 0, in, on_read, NULL, in->seekable ? on_seek : NULL);
    if (!in->avio)
        av_free(buffer);
    else
        in->avio->seekable = in->seekable ? AVIO_SEEKABLE_NORMAL : 0;
    return in->avio != NULL;
}

sb_status sb_input_open(sb_input **out, const char *path, const sb_media_params *params, sb_error *err)
{
    *out = NULL;
    if (params->stream < 0)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "stream", path,
                                  "there is no stream %d; give the index of an audio stream, from 0",
                                  params->stream);
    sb_input *in = calloc(1, sizeof *in);
    bool ok = in != NULL;
    if (ok)
        in->path = sb_copy_text(path, &ok);
    if (!ok) {
        free(in);
        return sb_error_memory(err, "decoding");
    }
    in->fd = -1;
    in->monitor = params->monitor;
    in->limit_s = params->deadline > 0 ? params->deadline : 30;
    sb_sha256_init(&in->sha256);
    sb_input_arm(in);

    sb_status status = open_descriptor(in, path, err);
    if (!status)
        status = examine_descriptor(in, path, err);
    if (status)
        goto fail;
    in->hashing = params->hash || !in->seekable;
    if (!in->seekable)
        in->tail = malloc(SB_INPUT_TAIL);
    else
        in->reader = sb_file_reader_create(in->fd);
    if ((!in->seekable && !in->tail) || !make_avio(in)) {
        status = sb_error_memory(err, "decoding");
        goto fail;
    }
    *out = in;
    return SB_OK;
fail:
    sb_input_free(&in);
    return status;
}

void sb_input_free(sb_input **input)
{
    sb_input *in = *input;
    if (!in)
        return;
    if (in->avio)
        av_freep(&in->avio->buffer);
    avio_context_free(&in->avio);
    sb_file_reader_free(&in->reader);
    if (in->owns_fd)
        close(in->fd);
    free(in->tail);
    free(in->path);
    free(in);
    *input = NULL;
}

AVIOContext *sb_input_avio(sb_input *in)
{
    return in->avio;
}

bool sb_input_seekable(const sb_input *in)
{
    return in->seekable;
}

int64_t sb_input_size(const sb_input *in)
{
    return in->size;
}

const uint8_t *sb_input_head(sb_input *in, size_t *n)
{
    if (in->n_head < SB_INPUT_HEAD && in->seekable)
        in->n_head = sb_input_peek(in, 0, in->head, SB_INPUT_HEAD);
    *n = in->n_head;
    return in->head;
}

static size_t peek_tail(const sb_input *in, int64_t offset, uint8_t *out, size_t size)
{
    if (offset < in->position - SB_INPUT_TAIL || offset < 0 || offset >= in->position)
        return 0;
    if ((int64_t)size > in->position - offset)
        size = (size_t)(in->position - offset);
    for (size_t i = 0; i < size; i++)
        out[i] = in->tail[(size_t)(offset + (int64_t)i) % SB_INPUT_TAIL];
    return size;
}

size_t sb_input_peek(sb_input *in, int64_t offset, uint8_t *out, size_t size)
{
    if (!in->seekable && offset >= 0 && offset + (int64_t)size <= (int64_t)in->n_head) {
        memcpy(out, in->head + offset, size);
        return size;
    }
    if (!in->seekable)
        return peek_tail(in, offset, out, size);
    size_t done = 0;
    while (done < size) {
        ssize_t n = read_file(in, out + done, size - done, offset + (int64_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno != ECANCELED)
            in->failure = errno;
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    return done;
}

bool sb_input_rewind(sb_input *in)
{
    in->avio->update_checksum = NULL; /* a demuxer that stopped within a page left its checksum */
    return in->seekable && avio_seek(in->avio, 0, SEEK_SET) == 0;
}

sb_status sb_input_sha256(sb_input *in, char out[65], sb_error *err)
{
    uint8_t *data = malloc(HASH_BYTES);
    if (!data)
        return sb_error_memory(err, "decoding");
    int64_t position = in->position;
    in->hashing = true;
    in->position = in->hashed;
    int n;
    do {
        sb_input_arm(in);
        n = on_read(in, data, HASH_BYTES);
    } while (n > 0);
    free(data);
    if (in->seekable)
        in->position = position;
    if (n != AVERROR_EOF)
        return sb_input_trouble(in, err);
    sb_sha256_state state = in->sha256;
    sb_sha256_finish(&state, out);
    return SB_OK;
}
