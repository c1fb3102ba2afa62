#include "cli/info/info.h"

#include "cli/session/session.h"
#include "cli/term/term.h"

#include "soundbite/media.h"

#include <string.h>

static const char *event_name(sb_media_event_kind kind)
{
    static const char *const names[] = {
        [SB_MEDIA_DAMAGE] = "damage",
        [SB_MEDIA_TRUNCATED] = "truncated",
        [SB_MEDIA_GAP] = "gap",
        [SB_MEDIA_DISCONTINUITY] = "discontinuity",
        [SB_MEDIA_RESET] = "reset",
        [SB_MEDIA_SEAM] = "seam",
        [SB_MEDIA_DURATION] = "duration",
        [SB_MEDIA_NON_FINITE] = "non-finite",
        [SB_MEDIA_OVER_FULL] = "over-full",
    };
    return (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : "other";
}

static void add_stream(cli_report *report, const sb_media_info *info)
{
    cli_report_text(report, "container", "container", info->container);
    cli_report_text(report, "codec", "codec", info->codec);
    cli_report_whole(report, "sample_rate", NULL, info->sample_rate);
    cli_report_line(report, "sample rate", "%d Hz", info->sample_rate);
    cli_report_whole(report, "channels", "channels", info->channels);
    cli_report_whole(report, "bit_rate", NULL, info->bit_rate);
    if (info->bit_rate > 0)
        cli_report_line(report, "bit rate", "%.0f kbit/s", (double)info->bit_rate / 1000);
    cli_report_whole(report, "stream", NULL, info->stream);
    cli_report_whole(report, "audio_streams", NULL, info->n_audio_streams);
    if (info->n_audio_streams > 1)
        cli_report_line(report, "stream", "%d, one of %d with audio", info->stream, info->n_audio_streams);
    cli_report_bool(report, "has_video", info->has_video ? "video" : NULL, info->has_video);
    cli_report_bool(report, "has_cover", info->has_cover ? "cover" : NULL, info->has_cover);
    cli_report_text(report, "title", "title", info->title);
    cli_report_text(report, "artist", "artist", info->artist);
    cli_report_text(report, "album", "album", info->album);
    cli_report_text(report, "date", "date", info->date);
}

static void add_event_json(sb_json_writer *json, const sb_media_event *event)
{
    sb_json_begin(json, NULL, '{');
    sb_json_text(json, "kind", event_name(event->kind));
    sb_json_time(json, "at", event->at);
    sb_json_time(json, "length", event->length);
    sb_json_text(json, "text", event->text);
    sb_json_end(json, '}');
}

static void add_events(cli_report *report, const sb_media_report *found)
{
    if (report->as_json)
        sb_json_begin(&report->json, "events", '[');
    for (size_t i = 0; i < found->n_events; i++)
        if (report->as_json)
            add_event_json(&report->json, &found->events[i]);
        else
            cli_report_line(report, event_name(found->events[i].kind), "%s", found->events[i].text);
    if (report->as_json)
        sb_json_end(&report->json, ']');
    else if (found->n_events_dropped)
        cli_report_line(report, "more", "%zu more events", found->n_events_dropped);
}

/* Also a warning with the position, because the result may be read by a program. */
static void warn_of_damage(cli_context *context, const char *path, const sb_media_report *found)
{
    for (size_t i = 0; i < found->n_events; i++)
        if (found->events[i].kind == SB_MEDIA_DAMAGE || found->events[i].kind == SB_MEDIA_TRUNCATED) {
            cli_message_warning(context, path, "%s", found->events[i].text);
            return;
        }
}

static sb_status describe_media(cli_report *report, sb_decoder *decoder, bool *damaged, sb_error *err)
{
    char sha256[SB_SHA256_TEXT];
    const sb_media_info *info = sb_decoder_info(decoder);
    const sb_media_report *found = sb_decoder_report(decoder);
    if (sb_decoder_sha256(decoder, sha256, err))
        return err->status;
    cli_report_text(report, "kind", "kind", info->has_video ? "video" : "audio");
    cli_report_text(report, "path", "file", info->path);
    cli_report_time(report, "duration", "duration",
                    sb_time_from_samples(found->n_samples, info->sample_rate));
    cli_report_time(report, "header_duration", NULL, info->header_duration);
    add_stream(report, info);
    cli_report_bool(report, "damaged", found->damaged ? "damaged" : NULL, found->damaged);
    cli_report_text(report, "sha256", "sha256", sha256);
    add_events(report, found);
    *damaged = found->damaged;
    return SB_OK;
}

sb_status cli_info_media(cli_report *report, cli_context *context, const char *path, bool *damaged,
                         sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_media_params params = {.monitor = &context->monitor};
    sb_option_targets options = {.media = &params};
    sb_status status = cli_arguments_store(context->args, &options, err);
    sb_option_targets_finish(&options);
    if (status || sb_decoder_open(&decoder, path, &params, err))
        return err->status;
    status = cli_decode_all(decoder, NULL, context, err);
    if (!status)
        status = describe_media(report, decoder, damaged, err);
    if (!status)
        warn_of_damage(context, path, sb_decoder_report(decoder));
    sb_decoder_free(&decoder);
    return status;
}
