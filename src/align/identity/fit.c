#include "align/identity/identity.h"

#include "align/align.h"
#include "alignment/alignment.h"
#include "base/file/file.h"
#include "base/run/run.h"
#include "media/media.h"
#include "soundbite/media.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define EXACT      SB_TIME_MS /* a smaller offset cannot be measured */
#define WORD_SLACK (50 * SB_TIME_MS)
/* Of speech before or after the aligned audio: more is an addition. */
#define EXTRA_MOST (2 * SB_TIME_SECOND)

static sb_kept_sound kept_sound(const sb_alignment *a)
{
    if (a->n_sound)
        return (sb_kept_sound){.bands = {a->sound[0], a->sound[1]}, .n_bands = 2, .n = a->n_sound};
    size_t n = a->n_levels ? a->n_levels - 1 : 0; /* the last hop may be cut */
    return (sb_kept_sound){.bands = {a->levels}, .n_bands = 1, .n = n, .is_peak = true};
}

static const char *aligned_path(const sb_alignment *a)
{
    return a->audio.path ? a->audio.path : "unnamed";
}

static sb_status refuse_other(const sb_alignment *a, const sb_heard_file *f, const char *path,
                              const char *why, sb_error *err)
{
    return sb_error_set_at(
        err, SB_ERR_MISMATCH, path, 0, 0,
        "is not the aligned audio (%s, SHA-256 %.12s... instead of %.12s...)%s; make the alignment "
        "again, or name the aligned file",
        aligned_path(a), f->sha256, a->audio.sha256, why);
}

static sb_status refuse_version(const sb_alignment *a, const char *path, sb_time at, const char *how,
                                sb_error *err)
{
    char text[SB_TIME_TEXT];
    return sb_error_set_at(
        err, SB_ERR_MISMATCH, path, 0, 0,
        "is not the aligned audio (%s) but another version of it: %s %s; make the alignment again, and remap "
        "the times of other files to this version",
        aligned_path(a), how, sb_time_print(text, at, 0));
}

static sb_time speech_within(const sb_speech *speech, sb_time from, sb_time until)
{
    sb_time sum = 0;
    for (size_t i = 0; i < speech->n_speech; i++) {
        sb_time start = speech->speech[i].start > from ? speech->speech[i].start : from;
        sb_time end = speech->speech[i].end < until ? speech->speech[i].end : until;
        sum += end > start ? end - start : 0;
    }
    return sum;
}

static bool has_words_outside(const sb_alignment *a, sb_time from, sb_time until)
{
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (word->start != SB_TIME_NONE &&
                (word->start < from - WORD_SLACK || word->end > until + WORD_SLACK))
                return true;
        }
    return false;
}

static sb_status check_ends(const sb_alignment *a, const sb_heard_file *f, const char *path, sb_time offset,
                            sb_error *err)
{
    sb_time duration = f->speech->duration, end = a->audio.duration + offset;
    if (speech_within(f->speech, 0, offset) > EXTRA_MOST)
        return refuse_version(a, path, offset, "more is said at its beginning, until", err);
    if (speech_within(f->speech, end, duration) > EXTRA_MOST)
        return refuse_version(a, path, end, "more is said at its end, from", err);
    if (has_words_outside(a, -offset, duration - offset))
        return refuse_version(a, path, duration, "words are missing at its beginning or end; it lasts", err);
    return SB_OK;
}

static void swap_text(char **a, char **b)
{
    char *old = *a;
    *a = *b;
    *b = old;
}

static sb_status retake_sound(sb_alignment *a, const sb_speech *speech, sb_error *err)
{
    sb_alignment fresh = {0};
    sb_status status = sb_levels_take(&fresh, speech, err);
    if (!status)
        status = sb_sound_take(&fresh, speech, err);
    if (status) {
        free(fresh.levels);
        free(fresh.sound[0]);
        free(fresh.sound[1]);
        return status;
    }
    free(a->levels);
    free(a->sound[0]);
    free(a->sound[1]);
    a->levels = fresh.levels;
    a->n_levels = fresh.n_levels;
    a->sound[0] = fresh.sound[0];
    a->sound[1] = fresh.sound[1];
    a->n_sound = fresh.n_sound;
    return SB_OK;
}

static sb_status take_file(sb_alignment *a, sb_heard_file *f, sb_time offset, sb_error *err)
{
    if (retake_sound(a, f->speech, err))
        return err->status;
    sb_alignment_move(a, offset, f->speech->duration);
    swap_text(&a->audio.path, &f->path);
    swap_text(&a->audio.codec, &f->codec);
    swap_text(&a->audio.damage, &f->damage);
    memcpy(a->audio.sha256, f->sha256, sizeof a->audio.sha256);
    memcpy(a->audio.packets, f->packets, sizeof a->audio.packets);
    a->audio.sample_rate = f->audio.sample_rate;
    a->audio.channels = f->audio.channels;
    a->audio.damaged = f->audio.damaged;
    a->audio.seek_safe = f->audio.seek_safe;
    a->audio.microphones = f->audio.microphones;
    return SB_OK;
}

static void note_offset(sb_notes *notes, const char *path, const sb_alignment *a, sb_time offset)
{
    if (offset)
        sb_notes_add(notes, path, 0, 0,
                     "is another encoding of the aligned audio (%s), recognised by its sound, which begins "
                     "%.3f s %s; all times were moved by that amount",
                     aligned_path(a), sb_time_to_seconds(offset < 0 ? -offset : offset),
                     offset < 0 ? "earlier" : "later");
    else
        sb_notes_add(
            notes, path, 0, 0,
            "is another encoding of the aligned audio (%s), recognised by its sound; all times are the same",
            aligned_path(a));
}

static sb_status fit_sound(sb_alignment *a, sb_heard_file *f, sb_time *offset, const char *path,
                           sb_notes *notes, sb_error *err)
{
    sb_same_sound same;
    sb_kept_sound kept = kept_sound(a);
    sb_status status = sb_sound_compare(&same, &kept, f->speech, err);
    if (status)
        return status;
    if (same.verdict == SB_SOUND_EDITED)
        return refuse_version(a, path, same.differs_at, "the sound differs after", err);
    if (same.verdict == SB_SOUND_OTHER)
        return refuse_other(a, f, path, " and does not sound like it", err);
    if (same.verdict == SB_SOUND_UNKNOWN)
        return refuse_other(a, f, path, ", and too little is heard in it to compare them", err);
    sb_time by = same.offset <= EXACT && same.offset >= -EXACT ? 0 : same.offset;
    status = check_ends(a, f, path, by, err);
    if (status)
        return status;
    note_offset(notes, path, a, by);
    *offset += by;
    return take_file(a, f, by, err);
}

/* A file that only has other tags is not decoded. */
static sb_status fit_packets(bool *fits, sb_alignment *a, const char *path, const sb_media_params *media,
                             const char *sha256, sb_error *err)
{
    char packets[SB_SHA256_TEXT];
    bool ok = true;
    *fits = false;
    if (!*a->audio.packets)
        return SB_OK;
    sb_status status = sb_media_packets(packets, path, media, err);
    if (status || strcmp(packets, a->audio.packets))
        return status;
    char *copy = sb_copy_text(path, &ok);
    if (!ok)
        return sb_error_memory(err, "comparing the audio");
    free(a->audio.path);
    a->audio.path = copy;
    memcpy(a->audio.sha256, sha256, SB_SHA256_TEXT);
    *fits = true;
    return SB_OK;
}

sb_status sb_alignment_fit(sb_alignment *a, sb_audio_fit *fit, sb_time *offset, const char *path,
                           const sb_media_params *media, sb_notes *notes, sb_error *err)
{
    sb_audio_fit unused_fit;
    sb_time unused_offset = 0;
    char sha256[SB_SHA256_TEXT];
    struct stat st;
    bool fits;
    fit = fit ? fit : &unused_fit;
    offset = offset ? offset : &unused_offset;
    *fit = SB_FIT_UNKNOWN;
    if (!*a->audio.sha256 || (stat(path, &st) == 0 && st.st_size > SB_AUDIO_HASH_LIMIT))
        return SB_OK;
    sb_status status = sb_file_sha256(sha256, path, err);
    if (status)
        return status;
    if (!strcmp(sha256, a->audio.sha256)) {
        *fit = SB_FIT_FILE;
        return SB_OK;
    }
    status = fit_packets(&fits, a, path, media, sha256, err);
    if (fits)
        *fit = SB_FIT_PACKETS;
    if (status || fits)
        return status;
    sb_heard_file f;
    status = sb_heard_file_read(&f, path, media, NULL, NULL, NULL, err);
    if (!status)
        status = fit_sound(a, &f, offset, path, notes, err);
    if (!status)
        *fit = SB_FIT_SOUND;
    sb_heard_file_finish(&f);
    return status;
}
