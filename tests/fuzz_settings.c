/* Sets options of the library from lines "name=value", as lists and forms do. A value that is accepted is in
 * its range, and the structs that result can be checked. */
#include <math.h>

#include "fuzz.h"
#include "option/option.h"
#include "soundbite/drop.h"

static void check_value(const sb_option *option, const char *text)
{
    sb_option_value value = {0};
    sb_error err = {0};
    sb_status status = sb_option_read(&value, option, text, &err);
    require_outcome(status, &err, status == SB_OK);
    if (status || value.is_off)
        return;
    double seconds = sb_time_to_seconds(value.time), whole = (double)value.whole;
    if (option->type == SB_OPTION_TIME)
        require(seconds >= option->least && seconds <= option->most);
    if (option->type == SB_OPTION_WHOLE)
        require(whole >= option->least && whole <= option->most);
    if (option->type == SB_OPTION_NUMBER)
        require(value.number >= option->least && value.number <= option->most);
}

static void take_setting(sb_option_targets *targets, fuzz_bytes *bytes)
{
    char *line = fuzz_take_line(bytes), *text = strchr(line, '=');
    sb_error err = {0};
    unsigned kinds;
    if (text)
        *text++ = 0;
    const sb_option *option = sb_option_find(line);
    if (option) {
        check_value(option, text);
        sb_status status = sb_option_set(targets, option, text, &err);
        require_outcome(status, &err, status == SB_OK);
    } else if (text) {
        sb_alias_check(text, NULL);
        sb_drop_parse(&kinds, text, NULL);
    }
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    sb_selection selection = {0};
    sb_clip_params clip = {0};
    sb_montage_params montage = {0};
    sb_names_params names = {0};
    sb_align_params align = {0};
    sb_media_params media = {0};
    sb_render_params render = {0};
    sb_drift_params drift = {0};
    sb_export_params exporting = {0};
    sb_option_targets targets = {&selection, &clip,   &montage, &names,     &align,
                                 &media,     &render, &drift,   &exporting, NULL};
    while (bytes.size > 0)
        take_setting(&targets, &bytes);
    const void *const structs[] = {&selection, &clip,   &montage, &names,    &align,
                                   &media,     &render, &drift,   &exporting};
    for (int group = SB_OPTION_SELECTION; group < SB_OPTION_OTHER; group++) {
        sb_error err = {0};
        sb_status status = sb_option_fields_check((sb_option_group)group, structs[group], &err);
        require(err.status == status && (status == SB_OK || (status == SB_ERR_ARGUMENT && err.field)));
    }
    sb_option_targets_finish(&targets);
    return 0;
}
