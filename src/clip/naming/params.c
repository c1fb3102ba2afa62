#include "soundbite/clip.h"

#include "option/option.h"

sb_status sb_clip_params_check(const sb_clip_params *p, sb_error *err)
{
    if (p->keep_level && (p->loudness_lufs || p->has_loudness_lufs))
        return sb_error_set_field(
            err, SB_ERR_ARGUMENT, "keep_level,loudness_lufs", NULL,
            "the level is not changed, so a loudness target has no effect; leave out one of the two");
    return sb_option_fields_check(SB_OPTION_CLIP, p, err);
}
