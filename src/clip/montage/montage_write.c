#include "clip/edit/edit.h"
#include "clip/montage/montage.h"
#include "clip/naming/naming.h"

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BETWEEN     " \xe2\x80\xa6 " /* an ellipsis between the texts of two quotes */
#define TITLE_BYTES 80

static const char *no_name(const char *text)
{
    return text ? text : "";
}

/* Returns the value that all parts share, or NULL. */
static const char *common(const sb_montage *m, const char *(*field)(const sb_montage_part *part))
{
    const char *first = NULL;
    for (size_t i = 0; i < m->n_parts; i++) {
        if (!m->parts[i].described)
            continue;
        const char *text = field(&m->parts[i]);
        if (!text || (first && strcmp(first, text)))
            return NULL;
        first = text;
    }
    return first;
}

static const char *sha256_of(const sb_montage_part *part)
{
    return part->join.source_sha256;
}

static const char *audio_of(const sb_montage_part *part)
{
    return part->join.audio;
}

static const char *album_of(const sb_montage_part *part)
{
    return part->album;
}

static const char *codec_of(const sb_montage_part *part)
{
    return part->codec;
}

static char *join_texts(const sb_montage *m)
{
    sb_bytes text = {0};
    for (size_t i = 0; i < m->n_parts; i++)
        if (m->parts[i].described) {
            sb_bytes_text(&text, text.size ? BETWEEN : "");
            sb_bytes_text(&text, no_name(m->parts[i].join.text));
        }
    if (text.failed) {
        sb_bytes_finish(&text);
        return NULL;
    }
    return text.data ? text.data : sb_copy_text("", NULL);
}

static bool add_speaker(sb_clip_result *result, const char *name, sb_bytes *names)
{
    bool ok = true;
    for (size_t i = 0; name && i < result->n_speakers; i++)
        if (!strcmp(result->speakers[i], name))
            return true;
    if (!name)
        return true;
    if (!sb_push_room(&result->speakers, result->n_speakers, sizeof *result->speakers))
        return false;
    sb_bytes_print(names, "%s%s", result->n_speakers ? ", " : "", name);
    result->speakers[result->n_speakers++] = sb_copy_text(name, &ok);
    return ok;
}

/* Each name once, in the order in which they begin to speak. */
static bool add_part_speakers(sb_clip_result *result, const sb_montage *m)
{
    bool ok = true;
    sb_bytes names = {0};
    for (size_t i = 0; ok && i < m->n_parts; i++)
        for (size_t k = 0; ok && k < m->parts[i].spoken.n_turns; k++)
            ok = add_speaker(result, m->parts[i].spoken.turns[k].speaker, &names);
    result->speaker = names.data;
    return ok && !names.failed;
}

static sb_status start_result(sb_clip_result *result, const sb_montage *m, sb_error *err)
{
    bool ok = true;
    const char *sha256 = common(m, sha256_of);
    *result = (sb_clip_result){
        .file = sb_copy_text(m->path, &ok),
        .codec = sb_copy_text(m->target.codec, &ok),
        .text = join_texts(m),
        .cut = {.speech = {SB_TIME_NONE, SB_TIME_NONE}, .span = {SB_TIME_NONE, SB_TIME_NONE}},
        .asked = {SB_TIME_NONE, SB_TIME_NONE},
        .start_sample = -1,
        .end_sample = -1,
        .lead = SB_TIME_NONE,
        .tail = SB_TIME_NONE,
        .length = SB_TIME_NONE,
        .loudness_lufs = NAN,
        .true_peak_db = NAN,
        .confidence = 1};
    ok = ok && add_part_speakers(result, m);
    if (sha256)
        memcpy(result->source_sha256, sha256, strlen(sha256) + 1);
    result->joins = calloc(m->n_parts + 1, sizeof *result->joins);
    result->video_width = m->target.width;
    result->video_height = m->target.height;
    return ok && result->text && result->joins ? sb_caption_files_name(result, m->clip->captions, err)
                                               : sb_error_memory(err, "joining clips");
}

static bool has_warning(const sb_montage_part *part, const char *text)
{
    for (size_t i = 0; i < part->n_warnings; i++)
        if (!strcmp(part->warnings[i], text))
            return true;
    return false;
}

/* Passes a warning of part `first` on once, with the numbers of all later parts that have the same one. */
static sb_status pass_warning(sb_clip_result *result, const sb_montage *m, size_t first, const char *text,
                              sb_error *err)
{
    sb_bytes numbers = {0};
    size_t n = 0;
    for (size_t i = 0; i < first; i++)
        if (has_warning(&m->parts[i], text))
            return SB_OK;
    for (size_t i = first; i < m->n_parts; i++)
        if (has_warning(&m->parts[i], text))
            sb_bytes_print(&numbers, "%s%zu", n++ ? ", " : "", i + 1);
    sb_status status = numbers.failed ? sb_error_memory(err, "joining clips")
                                      : sb_clip_result_warn(result, err, "quote%s %s: %s", n > 1 ? "s" : "",
                                                            numbers.data, text);
    sb_bytes_finish(&numbers);
    return status;
}

static sb_status pass_warnings(sb_clip_result *result, const sb_montage *m, sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < m->n_parts; i++) {
        const sb_montage_part *part = &m->parts[i];
        if (!status && !part->described)
            status = sb_clip_result_warn(result, err,
                                         "quote %zu of %zu could not be cut and is missing; see its error",
                                         i + 1, m->n_parts);
        for (size_t k = 0; !status && k < part->n_warnings; k++)
            status = pass_warning(result, m, i, part->warnings[k], err);
    }
    return status;
}

static void choose_shape(const sb_montage *m, sb_clip_shape *shape)
{
    int rate = m->clip->sample_rate, channels = m->clip->channels;
    uint64_t speakers = 0;
    for (size_t i = 0; i < m->n_parts; i++) {
        const sb_montage_part *part = &m->parts[i];
        if (!part->taken)
            continue;
        rate = !m->clip->sample_rate && part->rate > rate ? part->rate : rate;
        if (m->clip->channels || part->piece.channels <= channels)
            continue;
        channels = part->piece.channels;
        speakers = part->speakers;
    }
    rate = sb_encoder_rate(m->target.format->extension, rate);
    channels = sb_encoder_channels(m->target.format, channels, speakers);
    *shape = (sb_clip_shape){rate, channels, rate, channels, 0, speakers};
}

/* The deepest of the sources. */
static sb_media_info depth_of(const sb_montage *m)
{
    sb_media_info info = {0};
    for (size_t i = 0; i < m->n_parts; i++) {
        info.bits = m->parts[i].bits > info.bits ? m->parts[i].bits : info.bits;
        info.is_float |= m->parts[i].is_float;
    }
    return info;
}

static void place_join(sb_join *join, const sb_montage_part *part, int rate)
{
    int64_t head = (part->head * rate + part->rate / 2) / part->rate;
    int64_t tail = (part->tail * rate + part->rate / 2) / part->rate;
    int64_t end = part->at + part->n_out;
    join->place = (sb_span){sb_time_from_samples(part->at, rate), sb_time_from_samples(end, rate)};
    join->speech_place =
        (sb_span){sb_time_from_samples(part->at + head, rate), sb_time_from_samples(end - tail, rate)};
}

/* Moves the joins to the result, which then owns their strings. */
static void move_joins(sb_clip_result *result, sb_montage *m, int rate)
{
    sb_montage_part *before = NULL;
    for (size_t i = 0; i < m->n_parts; i++) {
        sb_montage_part *part = &m->parts[i];
        if (!part->described)
            continue;
        sb_join *join = &result->joins[result->n_joins++];
        *join = part->join;
        part->join = (sb_join){0};
        if (part->confidence < result->confidence)
            result->confidence = part->confidence;
        if (!part->taken)
            continue;
        place_join(join, part, rate);
        if (before) {
            sb_montage_seam seam = sb_montage_seam_between(m, before, part, rate);
            join->gap = sb_time_from_samples(seam.gap, rate);
            join->crossfade = seam.is_crossfade ? sb_time_from_samples(seam.out, rate) : 0;
        }
        before = part;
    }
}

/* "Speaker: the first words", cut between two words if it is long. */
/* With quotes of several episodes, the title begins with the name of the episode's file. */
static char *chapter_title(const sb_join *join, bool names_episode)
{
    const char *episode = names_episode && join->audio ? sb_path_name(join->audio) : "";
    const char *text = no_name(join->text);
    size_t size = strlen(text), end = 0;
    for (size_t at = 0; at < size && at <= TITLE_BYTES; sb_utf8_next(text, size, &at))
        if (text[at] == ' ')
            end = at;
    bool whole = size <= TITLE_BYTES;
    return sb_text_print("%.*s%s%s%s%.*s%s", (int)sb_path_stem(episode), episode, *episode ? " - " : "",
                         no_name(join->speaker), join->speaker ? ": " : "", (int)(whole || !end ? size : end),
                         text, whole || !end ? "" : "...");
}

static bool has_several_episodes(const sb_clip_result *result)
{
    for (size_t i = 1; i < result->n_joins; i++)
        if (!sb_same_text(result->joins[i].audio, result->joins[0].audio))
            return true;
    return false;
}

static void free_chapters(sb_chapter *chapters, size_t n)
{
    for (size_t i = 0; chapters && i < n; i++)
        free((char *)chapters[i].title);
    free(chapters);
}

static sb_chapter *make_chapters(const sb_clip_result *result, sb_time length)
{
    sb_chapter *chapters = calloc(result->n_joins + 1, sizeof *chapters);
    bool ok = chapters != NULL, several = has_several_episodes(result);
    for (size_t i = 0; ok && i < result->n_joins; i++) {
        bool last = i + 1 == result->n_joins;
        chapters[i] = (sb_chapter){.start = i ? result->joins[i].place.start : 0,
                                   .end = last ? length : result->joins[i + 1].place.start,
                                   .title = chapter_title(&result->joins[i], several)};
        ok = chapters[i].title != NULL;
    }
    if (ok)
        return chapters;
    free_chapters(chapters, result->n_joins);
    return NULL;
}

static bool never(void *user)
{
    (void)user;
    return false;
}

/* The fades at the two ends are those of the first and the last quote. */
static void set_fades(sb_cut *cut, const sb_montage *m)
{
    const sb_montage_part *first = NULL, *last = NULL;
    for (size_t i = 0; i < m->n_parts; i++)
        if (m->parts[i].taken) {
            first = first ? first : &m->parts[i];
            last = &m->parts[i];
        }
    cut->fade_in = sb_time_from_samples(first->fade_in, first->rate);
    cut->fade_out = sb_time_from_samples(last->fade_out, last->rate);
}

/* The montage as a clip. Its source has the properties that all parts share. */
typedef struct whole_job {
    sb_clip_job job;
    sb_clip_source source;
    sb_clip_request request;
    sb_media_info info;
    sb_alignment alignment; /* the turns of all quotes */
    sb_caption_span *spans;
    sb_monitor cancel;
} whole_job;

static void init_job(whole_job *w, const sb_montage *m, sb_clip_result *result, const sb_clip_shape *shape)
{
    const char *audio = common(m, audio_of);
    *w = (whole_job){.request = {.path = m->path}, .info = depth_of(m)};
    w->info.codec = (char *)common(m, codec_of);
    w->alignment.transcript.title = (char *)common(m, album_of);
    w->cancel = m->call.monitor ? *m->call.monitor : (sb_monitor){0};
    if (!w->cancel.cancelled)
        w->cancel.cancelled = never;
    w->source = (sb_clip_source){.audio_path = audio ? audio : m->path,
                                 .alignment = &w->alignment,
                                 .call = &m->call,
                                 .info = &w->info,
                                 .cancel = &w->cancel};
    w->job = (sb_clip_job){.source = &w->source,
                           .request = &w->request,
                           .params = m->clip,
                           .result = result,
                           .target = m->target,
                           .shape = *shape};
}

static void finish_words(whole_job *w)
{
    for (size_t i = 0; i < w->alignment.n_turns; i++)
        sb_aligned_turn_finish(&w->alignment.turns[i]);
    free(w->alignment.turns);
    free(w->spans);
}

static size_t count_turns(const sb_montage *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n_parts; i++)
        n += m->parts[i].spoken.n_turns;
    return n;
}

static sb_status lay_part(whole_job *w, const sb_montage_part *part, int rate, sb_error *err)
{
    sb_spoken spoken = {0};
    sb_time at = sb_time_from_samples(part->at, rate);
    sb_status status = sb_spoken_copy(&spoken, &part->spoken, at, err);
    if (status)
        return status;
    size_t first = w->alignment.n_turns;
    for (size_t i = 0; i < spoken.n_turns; i++)
        w->alignment.turns[w->alignment.n_turns++] = spoken.turns[i];
    free(spoken.turns);
    w->spans[w->job.n_spans++] =
        (sb_caption_span){.first_turn = first,
                          .last_turn = w->alignment.n_turns - 1,
                          .last_word = SIZE_MAX,
                          .within = {at, sb_time_from_samples(part->at + part->n_out, rate)}};
    return SB_OK;
}

/* Collects the words of all quotes with their times in the montage. */
static sb_status lay_words(whole_job *w, const sb_montage *m, int rate, sb_error *err)
{
    w->alignment.turns = calloc(count_turns(m) + 1, sizeof *w->alignment.turns);
    w->spans = calloc(m->n_parts + 1, sizeof *w->spans);
    w->job.spans = w->spans;
    sb_status status = w->alignment.turns && w->spans ? SB_OK : sb_error_memory(err, "joining clips");
    for (size_t i = 0; !status && i < m->n_parts; i++)
        if (m->parts[i].taken && m->parts[i].spoken.n_turns)
            status = lay_part(w, &m->parts[i], rate, err);
    return status;
}

static sb_status write_sound(sb_clip_result *result, sb_montage *m, const sb_clip_shape *shape,
                             sb_clip_sound *sound, sb_error *err)
{
    whole_job w;
    init_job(&w, m, result, shape);
    set_fades(&result->cut, m);
    result->source_rate = shape->rate_out;
    move_joins(result, m, shape->rate_out);
    sb_time length = sb_time_from_samples((int64_t)sound->spool.n_samples, shape->rate_out);
    sb_chapter *chapters = make_chapters(result, length);
    w.job.chapters = chapters;
    w.job.n_chapters = result->n_joins;
    sb_status status =
        chapters ? lay_words(&w, m, shape->rate_out, err) : sb_error_memory(err, "joining clips");
    if (!status)
        status = sb_clip_warn_of_length(result, m->clip->profile, length, err);
    if (!status)
        status = sb_clip_job_write(&w.job, sound, shape->n_in, err);
    free_chapters(chapters, result->n_joins);
    finish_words(&w);
    return status;
}

static sb_status fail_empty(sb_error *err)
{
    return sb_error_set(
        err, SB_ERR_ARGUMENT,
        "none of the quotes could be cut, so there is nothing to join; see the errors before this one");
}

static sb_status write_montage(sb_clip_result *result, sb_montage *m, sb_error *err)
{
    sb_clip_shape shape;
    choose_shape(m, &shape);
    shape.n_in = sb_montage_lay(m, shape.rate_in);
    if (shape.n_in == 0)
        return fail_empty(err);
    sb_clip_sound sound = {0};
    sb_status status = sb_clip_sound_init(&sound, &shape, err);
    if (!status)
        status = sb_montage_compose(m, &sound, err);
    if (!status)
        status = write_sound(result, m, &shape, &sound, err);
    sb_clip_sound_finish(&sound);
    return status;
}

static sb_status plan_montage(sb_clip_result *result, sb_montage *m, sb_error *err)
{
    sb_clip_shape shape;
    for (size_t i = 0; i < m->n_parts; i++)
        m->parts[i].taken = m->parts[i].described;
    choose_shape(m, &shape);
    int64_t length = sb_montage_lay(m, shape.rate_in);
    if (length == 0)
        return fail_empty(err);
    result->source_rate = shape.rate_out;
    result->length = sb_time_from_samples(length, shape.rate_out);
    move_joins(result, m, shape.rate_out);
    return SB_OK;
}

sb_status sb_montage_write(sb_clip_result *result, sb_montage *m, sb_error *err)
{
    sb_error unheard = {0};
    err = err ? err : &unheard;
    for (size_t i = 0; i < m->n_parts && !m->call.dry_run; i++)
        if (!m->parts[i].taken)
            sb_montage_leave_out(m, i);
    sb_media_info info = depth_of(m);
    sb_clip_target_settle_depth(&m->target, &info);
    sb_status status = start_result(result, m, err);
    if (!status)
        status = pass_warnings(result, m, err);
    if (!status)
        status = m->call.dry_run ? plan_montage(result, m, err) : write_montage(result, m, err);
    result->status = status;
    if (status) {
        sb_error_set_file(err, m->path);
        result->error = *err;
    }
    return status;
}
