#include "video/scene/scene.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "media/media.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define N_SLOTS           4
#define MAX_CHANNELS      2
#define N_LIBRARY_THREADS 4 /* at the same time: 2 of pango, 2 that decode pictures */

/* A picture and the sound during it. */
typedef struct slot {
    sb_yuv picture;
    float *sound; /* one plane after the other */
    size_t n_samples;
} slot;

/* The caller draws to slots and the film's thread encodes them. Without a thread, the caller encodes too.
 * `lock` protects the members below it. */
struct sb_film {
    sb_mp4 *mp4;
    sb_scene *scene;
    int channels, sample_rate;
    int fps, fps_den;
    int64_t n_drawn;
    slot slots[N_SLOTS];
    float *pending; /* sound of the next picture, one plane after the other */
    size_t n_pending, room;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t n_filled, n_encoded;
    bool ended;
    sb_status status; /* of the encoder */
    sb_error error;
};

bool sb_video_available(const char **missing)
{
    bool available = sb_mp4_available();
    if (missing)
        *missing = available ? NULL : "libavcodec with libx264";
    return available;
}

sb_status sb_video_check(const sb_video_params *params, sb_error *err)
{
    sb_theme theme;
    sb_colour colour;
    sb_still still = {0};
    const char *missing;
    if (!sb_video_available(&missing))
        return sb_error_set(err, SB_ERR_UNSUPPORTED, "videos need %s; use a build that has it", missing);
    if (params->title && !sb_utf8_valid(params->title, strlen(params->title)))
        return sb_error_set(err, SB_ERR_ARGUMENT, "the title is not UTF-8; write it in that encoding");
    sb_status status = sb_theme_load(&theme, params->theme, params->shape, err);
    if (!status && params->background && !sb_colour_read(&colour, params->background))
        status = sb_backdrop_picture(&still, params->background, err);
    sb_still_finish(&still);
    if (!status && params->logo)
        status = sb_still_read(&still, params->logo, err);
    sb_still_finish(&still);
    return status;
}

static sb_status encode_slot(sb_film *film, const slot *s, sb_error *err)
{
    const float *planes[MAX_CHANNELS];
    for (int c = 0; c < film->channels; c++)
        planes[c] = s->sound + (size_t)c * film->room;
    sb_status status = sb_mp4_picture(film->mp4, &s->picture, err);
    return status ? status : sb_mp4_sound(film->mp4, planes, s->n_samples, err);
}

static void *encode(void *user)
{
    sb_film *film = user;
    pthread_mutex_lock(&film->lock);
    for (;;) {
        while (film->n_encoded == film->n_filled && !film->ended)
            pthread_cond_wait(&film->changed, &film->lock);
        if (film->n_encoded == film->n_filled || film->status)
            break;
        pthread_mutex_unlock(&film->lock);
        sb_error err = {0};
        sb_status status = encode_slot(film, &film->slots[film->n_encoded % N_SLOTS], &err);
        pthread_mutex_lock(&film->lock);
        film->n_encoded++;
        film->status = status;
        film->error = err;
        pthread_cond_signal(&film->changed);
    }
    pthread_mutex_unlock(&film->lock);
    return NULL;
}

/* Waits for a free slot. Returns NULL if the encoder has failed. */
static slot *next_slot(sb_film *film)
{
    pthread_mutex_lock(&film->lock);
    while (film->n_filled - film->n_encoded == N_SLOTS && !film->status)
        pthread_cond_wait(&film->changed, &film->lock);
    bool failed = film->status != SB_OK;
    pthread_mutex_unlock(&film->lock);
    return failed ? NULL : &film->slots[film->n_filled % N_SLOTS];
}

static sb_status pass_error(const sb_film *film, sb_error *err)
{
    if (err && !err->status)
        *err = film->error;
    return film->status;
}

static sb_status fill_slot(sb_film *film, sb_error *err)
{
    slot *s = next_slot(film);
    if (!s)
        return pass_error(film, err);
    const sb_yuv *picture;
    sb_status status = sb_scene_draw(&picture, film->scene, film->n_drawn++, err);
    if (status)
        return status;
    sb_yuv_copy(&s->picture, picture);
    memcpy(s->sound, film->pending, film->room * (size_t)film->channels * sizeof *s->sound);
    s->n_samples = film->n_pending;
    film->n_pending = 0;
    if (!film->has_thread)
        return encode_slot(film, s, err);
    pthread_mutex_lock(&film->lock);
    film->n_filled++;
    pthread_cond_signal(&film->changed);
    pthread_mutex_unlock(&film->lock);
    return SB_OK;
}

/* Returns the number of samples from the start of picture `index` to the start of the next. */
static size_t samples_of(const sb_film *film, int64_t index)
{
    int64_t rate = (int64_t)film->sample_rate * film->fps_den;
    return (size_t)((index + 1) * rate / film->fps - index * rate / film->fps);
}

sb_status sb_film_write(sb_film *film, const float *const *planes, size_t n_samples, sb_error *err)
{
    for (size_t done = 0; done < n_samples;) {
        size_t wanted = samples_of(film, film->n_drawn) - film->n_pending;
        size_t n = n_samples - done < wanted ? n_samples - done : wanted;
        for (int c = 0; c < film->channels; c++)
            memcpy(film->pending + (size_t)c * film->room + film->n_pending, planes[c] + done,
                   n * sizeof *film->pending);
        film->n_pending += n;
        done += n;
        sb_status status = n == wanted ? fill_slot(film, err) : SB_OK;
        if (status)
            return status;
    }
    return SB_OK;
}

static sb_status open_slots(sb_film *film, int width, int height, sb_error *err)
{
    size_t size = film->room * (size_t)film->channels;
    film->pending = calloc(size, sizeof *film->pending);
    sb_status status = film->pending ? SB_OK : sb_error_memory(err, "drawing the video");
    for (int i = 0; i < N_SLOTS && !status; i++) {
        film->slots[i].sound = calloc(size, sizeof *film->pending);
        status = sb_yuv_init(&film->slots[i].picture, width, height, err);
        if (!status && !film->slots[i].sound)
            status = sb_error_memory(err, "drawing the video");
    }
    return status;
}

static void *wait_for_release(void *user)
{
    pthread_mutex_t *held = user;
    pthread_mutex_lock(held);
    pthread_mutex_unlock(held);
    return NULL;
}

/* Pango aborts the process if it cannot start its threads, and the encoder fails without a reason. */
static sb_status check_threads(sb_error *err)
{
    pthread_t threads[N_LIBRARY_THREADS];
    pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
    int n = 0, failure = 0;
    pthread_mutex_lock(&held);
    while (n < N_LIBRARY_THREADS && !failure) {
        failure = pthread_create(&threads[n], NULL, wait_for_release, &held);
        n += !failure;
    }
    pthread_mutex_unlock(&held);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&held);
    return failure ? sb_error_set(err, SB_ERR_MEMORY,
                                  "a video needs %d threads, and no more can be started (%s); end other "
                                  "programs, or raise the limit on processes",
                                  N_LIBRARY_THREADS, strerror(failure))
                   : SB_OK;
}

static sb_status open_all(sb_film *film, sb_output *output, const sb_film_params *params, sb_notes *notes,
                          sb_error *err)
{
    sb_mp4_params mp4 = {.bit_rate = params->bit_rate, .sound = params->sound};
    sb_status status = check_threads(err);
    if (!status)
        status = sb_scene_create(&film->scene, params, notes, err);
    if (status)
        return status;
    sb_scene_form(film->scene, &mp4);
    film->fps = mp4.fps;
    film->fps_den = mp4.fps_den;
    film->room = samples_of(film, 0) + 1;
    if (!status)
        status = open_slots(film, mp4.width, mp4.height, err);
    if (!status)
        status = sb_mp4_open(&film->mp4, output, &mp4, err);
    if (status)
        return status;
    film->has_thread = pthread_create(&film->thread, NULL, encode, film) == 0;
    return SB_OK;
}

sb_status sb_film_open(sb_film **out, sb_output *output, const sb_film_params *params, sb_notes *notes,
                       sb_error *err)
{
    sb_film *film = *out = calloc(1, sizeof *film);
    if (!film)
        return sb_error_memory(err, "drawing the video");
    pthread_mutex_init(&film->lock, NULL);
    pthread_cond_init(&film->changed, NULL);
    film->channels = params->sound.channels;
    film->sample_rate = params->sound.sample_rate;
    sb_status status =
        film->channels > MAX_CHANNELS
            ? sb_error_set(err, SB_ERR_ARGUMENT, "the audio of a video must have one or two channels")
            : open_all(film, output, params, notes, err);
    if (status)
        sb_film_abort(out);
    return status;
}

/* The remaining slots are still encoded. */
static void stop_thread(sb_film *film)
{
    if (!film->has_thread)
        return;
    pthread_mutex_lock(&film->lock);
    film->ended = true;
    pthread_cond_signal(&film->changed);
    pthread_mutex_unlock(&film->lock);
    pthread_join(film->thread, NULL);
    film->has_thread = false;
}

void sb_film_abort(sb_film **out)
{
    sb_film *film = *out;
    if (!film)
        return;
    stop_thread(film);
    sb_mp4_abort(&film->mp4);
    sb_scene_free(&film->scene);
    for (int i = 0; i < N_SLOTS; i++) {
        sb_yuv_finish(&film->slots[i].picture);
        free(film->slots[i].sound);
    }
    free(film->pending);
    pthread_cond_destroy(&film->changed);
    pthread_mutex_destroy(&film->lock);
    free(film);
    *out = NULL;
}

sb_status sb_film_close(sb_film **out, sb_error *err)
{
    sb_film *film = *out;
    sb_status status = film->n_pending ? fill_slot(film, err) : SB_OK;
    stop_thread(film);
    if (!status && film->status)
        status = pass_error(film, err);
    if (!status)
        status = sb_mp4_close(&film->mp4, err);
    sb_film_abort(out);
    return status;
}
