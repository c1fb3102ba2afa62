#include "media/libav.h"

#include "base/run/run.h"
#include "base/run/watch.h"

#include <libavutil/error.h>
#include <libavutil/log.h>
#include <pthread.h>

static void hush(void)
{
    if (av_log_get_level() == AV_LOG_INFO)
        av_log_set_level(AV_LOG_QUIET);
}

void sb_libav_hush(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, hush);
}

void sb_libav_watch(void)
{
    sb_memory_watch();
}

int sb_libav_checked(int code)
{
    return sb_memory_failed() ? AVERROR(ENOMEM) : code;
}
