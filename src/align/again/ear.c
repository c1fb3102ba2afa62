#include "align/again/again.h"

#include "align/acoustic/acoustic_aligner.h"
#include "base/run/run.h"

#include <stdatomic.h>
#include <stdlib.h>

bool sb_ear_want(sb_ear *ear, sb_span sound)
{
    if (!sb_push_room(&ear->sounds, ear->n_sounds, sizeof *ear->sounds))
        return false;
    ear->sounds[ear->n_sounds++] = sound;
    return true;
}

sb_status sb_ear_open(sb_ear *ear, const char *path, const struct sb_media_params *media, sb_error *err)
{
    const char *folder = ear->params->acoustic_model;
    sb_status status = sb_acoustic_model_open(&ear->model, folder ? folder : sb_acoustic_model_folder(), err);
    if (status == SB_OK)
        status = sb_sound_pieces_plan(&ear->pieces, ear->sounds, ear->n_sounds, err);
    if (status == SB_OK)
        status = sb_sound_pieces_decode(&ear->pieces, path, media, ear->alignment->audio.seek_safe,
                                        &ear->model->front_end, err);
    return status;
}

void sb_ear_finish(sb_ear *ear)
{
    sb_sound_pieces_finish(&ear->pieces);
    sb_acoustic_model_free(&ear->model);
    free(ear->sounds);
}

const sb_dictionary *sb_ear_dictionary(const sb_ear *ear)
{
    const sb_dictionary *user = ear->params->dictionary;
    return user && sb_phone_set_same(sb_dictionary_phones(user), ear->model->phones) ? user : NULL;
}

/* Work that threads share. */
typedef struct shared_work {
    sb_ear *ear;
    size_t n;
    sb_ear_work *work;
    void *user;
    atomic_size_t next;
    atomic_int status;
} shared_work;

static void take_work(void *user, size_t index)
{
    shared_work *s = user;
    const sb_monitor *monitor = s->ear->params->monitor;
    sb_scorer *scorer = sb_scorer_create(s->ear->model);
    size_t i;
    int none = SB_OK, status = scorer ? SB_OK : SB_ERR_MEMORY;
    while (status == SB_OK && s->status == SB_OK && (i = s->next++) < s->n) {
        if (index == 0)
            sb_monitor_step(monitor, "hear", (double)i, (double)s->n);
        status = sb_monitor_cancelled(monitor) ? SB_ERR_INTERRUPTED : (int)s->work(s->user, i, scorer);
    }
    if (status != SB_OK)
        atomic_compare_exchange_strong(&s->status, &none, status);
    sb_scorer_free(&scorer);
}

sb_status sb_ear_share(sb_ear *ear, size_t n, sb_ear_work *work, void *user, sb_error *err)
{
    shared_work shared = {.ear = ear, .n = n, .work = work, .user = user};
    size_t n_threads = (size_t)sb_cores();
    sb_parallel_for(n_threads, (int)n_threads, take_work, &shared);
    if (shared.status == SB_ERR_MEMORY)
        return sb_error_memory(err, "hearing words again");
    return shared.status == SB_OK ? SB_OK : sb_error_set(err, (sb_status)shared.status, "interrupted");
}
