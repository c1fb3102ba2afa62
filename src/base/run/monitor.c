#include "base/run/run.h"

bool sb_monitor_cancelled(const sb_monitor *m)
{
    return m && m->cancelled && m->cancelled(m->user);
}

void sb_monitor_step(const sb_monitor *m, const char *stage, double done, double total)
{
    if (m && m->progress)
        m->progress(m->user, stage, done, total);
}
