#include "video/scene/canvas.h"

#include <string.h>

#define FIRST_EMOJI 0x1F000
#define LAST_EMOJI  0x1FAFF

/* Fonts for scripts whose font is not called "Noto Sans" and the name of the script. */
static const struct script_font {
    GUnicodeScript script;
    const char *name, *font, *package;
} script_fonts[] = {
    {G_UNICODE_SCRIPT_HAN, "Chinese characters", "Noto Sans CJK", "fonts-noto-cjk"},
    {G_UNICODE_SCRIPT_HIRAGANA, "Japanese", "Noto Sans CJK", "fonts-noto-cjk"},
    {G_UNICODE_SCRIPT_KATAKANA, "Japanese", "Noto Sans CJK", "fonts-noto-cjk"},
    {G_UNICODE_SCRIPT_HANGUL, "Korean", "Noto Sans CJK", "fonts-noto-cjk"},
    {G_UNICODE_SCRIPT_BOPOMOFO, "Bopomofo", "Noto Sans CJK", "fonts-noto-cjk"},
    {G_UNICODE_SCRIPT_LATIN, "Latin", "Noto Sans", "fonts-noto-core"},
    {G_UNICODE_SCRIPT_GREEK, "Greek", "Noto Sans", "fonts-noto-core"},
    {G_UNICODE_SCRIPT_CYRILLIC, "Cyrillic", "Noto Sans", "fonts-noto-core"},
    {G_UNICODE_SCRIPT_COMMON, "symbols", "Noto Sans Symbols", "fonts-noto-core"},
    {G_UNICODE_SCRIPT_INHERITED, "accents", "Noto Sans", "fonts-noto-core"},
    {G_UNICODE_SCRIPT_TIBETAN, "Tibetan", "Noto Serif Tibetan", "fonts-noto-core"},
};
static const struct script_font emoji = {G_UNICODE_SCRIPT_COMMON, "emoji", "Noto Color Emoji",
                                         "fonts-noto-color-emoji"};

static const struct script_font *find_script(GUnicodeScript script)
{
    for (size_t i = 0; i < sizeof script_fonts / sizeof script_fonts[0]; i++)
        if (script_fonts[i].script == script)
            return &script_fonts[i];
    return NULL;
}

/* Makes "Canadian Aboriginal" of pango's name "canadian-aboriginal". */
static void read_name(char *out, size_t size, GUnicodeScript script)
{
    GEnumClass *names = g_type_class_ref(pango_script_get_type());
    const GEnumValue *value = g_enum_get_value(names, (gint)script);
    const char *nick = value ? value->value_nick : "other";
    bool begins = true;
    size_t n = 0;
    for (; nick[n] && n + 1 < size; n++) {
        out[n] = nick[n] == '-' ? ' ' : begins ? g_ascii_toupper(nick[n]) : nick[n];
        begins = nick[n] == '-';
    }
    out[n] = 0;
    g_type_class_unref(names);
}

static void describe_script(sb_missing_script *out, gunichar c)
{
    GUnicodeScript script = g_unichar_get_script(c);
    const struct script_font *known = c >= FIRST_EMOJI && c <= LAST_EMOJI ? &emoji : find_script(script);
    *out = (sb_missing_script){0};
    if (known) {
        g_strlcpy(out->name, known->name, sizeof out->name);
        g_strlcpy(out->font, known->font, sizeof out->font);
        out->package = known->package;
        return;
    }
    read_name(out->name, sizeof out->name, script);
    g_snprintf(out->font, sizeof out->font, "Noto Sans %s", out->name);
    out->package = "fonts-noto-core";
}

static void add_character(sb_missing *missing, gunichar c)
{
    sb_missing_script script;
    size_t i = 0;
    describe_script(&script, c);
    while (i < missing->n_scripts && strcmp(missing->scripts[i].name, script.name) != 0)
        i++;
    if (i == SB_MISSING_SCRIPTS)
        i--;
    if (i == missing->n_scripts)
        missing->scripts[missing->n_scripts++] = script;
    missing->scripts[i].n_characters++;
}

static void add_missing_run(sb_missing *missing, const PangoLayoutRun *run)
{
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
        if (glyph & PANGO_GLYPH_UNKNOWN_FLAG && glyph != PANGO_GLYPH_EMPTY)
            add_character(missing, glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
    }
}

void sb_missing_add(sb_missing *missing, PangoLayout *layout)
{
    if (!missing || !pango_layout_get_unknown_glyphs_count(layout))
        return;
    for (GSList *line = pango_layout_get_lines_readonly(layout); line; line = line->next)
        for (GSList *run = ((PangoLayoutLine *)line->data)->runs; run; run = run->next)
            add_missing_run(missing, run->data);
}

void sb_missing_note(const sb_missing *missing, const char *where, sb_notes *notes)
{
    for (size_t i = 0; i < missing->n_scripts; i++) {
        const sb_missing_script *s = &missing->scripts[i];
        bool one = s->n_characters == 1;
        sb_notes_add(notes, NULL, 0, 0,
                     "no installed font has %d %s of %s (%s), and %s shown as %s; add a font such as %s "
                     "(package %s)",
                     s->n_characters, one ? "character" : "characters", where, s->name,
                     one ? "it is" : "they are", one ? "a box" : "boxes", s->font, s->package);
    }
}
