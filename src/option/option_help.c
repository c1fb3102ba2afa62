#include "option/option.h"

#include <string.h>

static void add_number(sb_bytes *out, const sb_option *o, double value)
{
    if (o->type == SB_OPTION_TIME && value > 0 && value < 1)
        sb_bytes_print(out, "%.10gms", value * 1000);
    else if (o->type == SB_OPTION_TIME)
        sb_bytes_print(out, "%.10gs", value);
    else
        sb_bytes_print(out, "%.10g", value);
}

static void add_placeholder(sb_bytes *out, const sb_option *o, const char *name, size_t length,
                            const char *prefix)
{
    static const char *const names[] = {"least", "most", "default"};
    const double numbers[] = {o->least, o->most, o->usual};
    for (size_t i = 0; i < 3; i++)
        if (strlen(names[i]) == length && !memcmp(names[i], name, length)) {
            add_number(out, o, numbers[i]);
            return;
        }
    sb_bytes_print(out, "%s%.*s", prefix, (int)length, name);
}

static void add_option_text(sb_bytes *out, const sb_option *o, const char *prefix)
{
    for (const char *at = o->help; *at;) {
        size_t plain = strcspn(at, "{");
        sb_bytes_append(out, at, plain);
        at += plain;
        if (!*at)
            break;
        size_t length = strcspn(at + 1, "}");
        add_placeholder(out, o, at + 1, length, prefix);
        at += 1 + length + (at[1 + length] == '}');
    }
}

/* Names the other option of each conflict, with its value if only that one conflicts. */
static void add_conflicts(sb_bytes *out, const sb_option *o, const char *prefix)
{
    const sb_option_conflict *c;
    size_t n = 0;
    if (!sb_option_row_of(o))
        return;
    for (size_t i = 0; (c = sb_option_conflict_at(i)); i++) {
        bool is_first = !strcmp(c->option, o->name);
        if (!is_first && strcmp(c->other, o->name))
            continue;
        sb_bytes_print(out, "%s%s%s", n++ ? ", " : " Conflicts with ", prefix,
                       is_first ? c->other : c->option);
        if (!is_first && c->value)
            sb_bytes_print(out, " %s", c->value);
        if (is_first && c->value)
            sb_bytes_print(out, " (if %s)", c->value);
    }
    sb_bytes_text(out, n ? "." : "");
}

void sb_option_help(sb_bytes *out, const sb_option *o, const char *prefix)
{
    add_option_text(out, o, prefix);
    add_conflicts(out, o, prefix);
}
