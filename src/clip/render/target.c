#include "clip/clip.h"

#include "base/file/file.h"
#include "base/text/text.h"
#include "media/media.h"
#include "video/video.h"

#include <string.h>
#include <sys/stat.h>

#define VIDEO_SOUND_BIT_RATE 192000

void sb_clip_target_settle(sb_clip_params *own, const sb_clip_params *given, bool is_video)
{
    const sb_profile *profile = given->profile;
    *own = *given;
    own->keep_level = given->keep_level || given->copy;
    if (!given->loudness_lufs && !given->has_loudness_lufs)
        own->loudness_lufs = profile    ? profile->loudness_lufs
                             : is_video ? SB_LOUDNESS_VIDEO
                                        : SB_LOUDNESS_SOUND;
    if (!given->true_peak_db && !given->has_true_peak_db)
        own->true_peak_db = SB_TRUE_PEAK;
    if (!own->bit_rate && profile)
        own->bit_rate = profile->sound_bit_rate;
    if (!own->bit_rate && is_video)
        own->bit_rate = VIDEO_SOUND_BIT_RATE;
    if (own->video.shape == SB_VIDEO_ANY && profile)
        own->video.shape = profile->shape;
    if (given->video.shape == SB_VIDEO_SOURCE && profile && profile->shape != SB_VIDEO_ANY)
        own->video.shape = (sb_video_shape)(profile->shape - SB_VIDEO_9_16 + SB_VIDEO_SOURCE_9_16);
    if (own->video.shape == SB_VIDEO_ANY)
        own->video.shape = SB_VIDEO_16_9;
    if (is_video && own->video.draft)
        own->no_certificate = true;
}

/* The file's own pictures are examined once for all clips. */
static sb_status find_size(sb_clip_target *out, const sb_clip_source *source, sb_error *err)
{
    sb_video_shape shape = out->params.video.shape;
    sb_video_size(&out->width, &out->height, shape);
    if (!sb_video_is_source(shape))
        return SB_OK;
    if (!source)
        return sb_error_set_field(
            err, SB_ERR_ARGUMENT, "shape,montage", NULL,
            "a montage cannot show the pictures of the files it is cut from; choose another shape");
    sb_pictures_form *form = source->pictures;
    if (!form->width) {
        sb_pictures *pictures;
        sb_status status = sb_pictures_open(&pictures, source->audio_path, source->info->stream, err);
        if (status)
            return status;
        *form = sb_pictures_get_form(pictures);
        sb_pictures_free(&pictures);
    }
    out->width = form->width;
    out->height = form->height;
    sb_video_source_size(&out->width, &out->height, shape);
    return SB_OK;
}

static const char *pcm_name(const sb_clip_target *target)
{
    return target->is_float     ? "pcm_f32le"
           : target->bits == 32 ? "pcm_s32le"
           : target->bits == 24 ? "pcm_s24le"
                                : "pcm_s16le";
}

void sb_clip_target_settle_depth(sb_clip_target *target, const sb_media_info *info)
{
    bool is_wav = strcmp(target->format->codec, "pcm") == 0;
    target->bits = target->params.bits;
    target->is_float = false;
    if (target->params.keep_level && !target->bits && info && sb_encoder_has_depth(target->format)) {
        target->is_float = info->is_float && is_wav;
        target->bits = info->bits <= 16 ? 16 : info->bits <= 24 || !is_wav ? 24 : 32;
    }
    target->codec = is_wav ? pcm_name(target) : target->format->codec;
}

sb_status sb_clip_target_find(sb_clip_target *out, const char *path, const sb_clip_params *given,
                              const sb_clip_source *source, sb_error *err)
{
    const char *extension = sb_path_extension(path);
    *out = (sb_clip_target){.format = sb_encoder_format_find(extension)};
    if (!out->format)
        return sb_error_set(err, SB_ERR_UNSUPPORTED,
                            "audio cannot be written as '.%.20s'; use .wav, .flac, .mp3, .m4a, .opus or .mp4",
                            extension);
    out->is_video = strcmp(out->format->extension, "mp4") == 0;
    if (given->video.shape != SB_VIDEO_ANY && !out->is_video)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "shape", NULL,
                                  "a video cannot be written as '.%.20s'; end its name with .mp4", extension);
    sb_clip_target_settle(&out->params, given, out->is_video);
    sb_status status = out->is_video ? sb_video_check(&out->params.video, err) : SB_OK;
    if (!status && out->is_video)
        status = find_size(out, source, err);
    if (out->is_video && out->params.video.draft)
        sb_video_draft_size(&out->width, &out->height);
    sb_clip_target_settle_depth(out, source ? source->info : NULL);
    return status;
}

sb_status sb_clip_output_open(sb_output **out, const char *folder, const char *path, bool overwrite,
                              sb_error *err)
{
    sb_status status = folder ? SB_OK : sb_folders_make(path, err);
    return status ? status : sb_output_open_in(out, folder, path, overwrite, err);
}

sb_status sb_clip_output_check(const char *folder, const char *path, bool overwrite, sb_error *err)
{
    struct stat st;
    sb_status status = folder ? sb_folder_check_in(folder, path, err) : SB_OK;
    if (status)
        return status;
    if (lstat(path, &st) != 0)
        return SB_OK;
    if (S_ISDIR(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name a file");
    if (S_ISREG(st.st_mode) && !overwrite)
        return sb_error_set_field(err, SB_ERR_EXISTS, "overwrite", path, "exists already");
    return SB_OK;
}
