#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "export/labels/labels.h"
#include "export/text/text.h"

/* The labels of one tier. `speaker` NULL means unnamed. */
typedef struct tier_plan {
    const char *speaker, *kind;
    const sb_label **labels;
    size_t n_labels, capacity;
} tier_plan;

typedef struct grid {
    sb_bytes *out;
    const sb_alignment *alignment;
    sb_labels turns, words;
    tier_plan *tiers;
    size_t n_tiers, capacity;
    int64_t length;
    size_t n_changed;
} grid;

static void finish_grid(grid *g)
{
    for (size_t i = 0; i < g->n_tiers; i++)
        free(g->tiers[i].labels);
    free(g->tiers);
    sb_labels_finish(&g->turns);
    sb_labels_finish(&g->words);
}

static tier_plan *tier_for(grid *g, const char *speaker, const char *kind)
{
    for (size_t i = 0; i < g->n_tiers; i++)
        if (sb_same_text(g->tiers[i].speaker, speaker) && g->tiers[i].kind == kind)
            return &g->tiers[i];
    if (!sb_grow(&g->tiers, g->n_tiers, &g->capacity, sizeof *g->tiers))
        return NULL;
    g->tiers[g->n_tiers] = (tier_plan){.speaker = speaker, .kind = kind};
    return &g->tiers[g->n_tiers++];
}

static bool put_label(grid *g, const sb_label *label, const char *kind)
{
    tier_plan *tier = tier_for(g, g->alignment->turns[label->turn].speaker, kind);
    if (!tier || !sb_grow(&tier->labels, tier->n_labels, &tier->capacity, sizeof *tier->labels))
        return false;
    tier->labels[tier->n_labels++] = label;
    int64_t end = sb_tier_time(label->span.end);
    if (end > g->length)
        g->length = end;
    return true;
}

static const char turns_kind[] = "turns", words_kind[] = "words";

/* The two tiers of a speaker are adjacent. Speakers are in the order of their first words. */
static bool plan_tiers(grid *g)
{
    bool ok = true;
    for (size_t i = 0; ok && i < g->turns.n_items; i++) {
        const char *speaker = g->alignment->turns[g->turns.items[i].turn].speaker;
        ok = put_label(g, &g->turns.items[i], turns_kind) &&
             (g->words.n_items == 0 || tier_for(g, speaker, words_kind));
    }
    for (size_t i = 0; ok && i < g->words.n_items; i++)
        ok = put_label(g, &g->words.items[i], words_kind);
    return ok;
}

static void append_textgrid_time(sb_bytes *out, const char *name, int64_t time)
{
    char text[SB_TIME_TEXT];
    sb_time_print_seconds(text, sb_time_from_samples(time, 1000000), 6);
    sb_bytes_print(out, "%s = %s \n", name, text);
}

static void append_quoted(sb_bytes *out, const char *text)
{
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        sb_bytes_append(out, text, (size_t)(quote - text));
        sb_bytes_text(out, "\"\"");
    }
    sb_bytes_text(out, text);
}

static void append_label(sb_bytes *out, const sb_alignment *alignment, const sb_label *label)
{
    sb_bytes text = {0};
    if (label && label->word)
        sb_one_line_append(&text, label->word->text);
    else if (label)
        sb_one_line_turn(&text, &alignment->turns[label->turn]);
    append_quoted(out, text.data ? text.data : "");
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void append_name(sb_bytes *out, const tier_plan *plan)
{
    sb_bytes name = {0};
    if (plan->speaker) {
        sb_one_line_append(&name, plan->speaker);
        sb_bytes_text(&name, " - ");
    }
    sb_bytes_text(&name, plan->kind);
    append_quoted(out, name.data ? name.data : "");
    out->failed = out->failed || name.failed;
    sb_bytes_finish(&name);
}

static void append_intervals(const grid *g, const sb_tier *tier)
{
    for (size_t i = 0; i < tier->n_items; i++) {
        const sb_tier_interval *interval = &tier->items[i];
        sb_bytes_print(g->out, "        intervals [%zu]:\n", i + 1);
        append_textgrid_time(g->out, "            xmin", interval->start);
        append_textgrid_time(g->out, "            xmax", interval->end);
        sb_bytes_text(g->out, "            text = \"");
        append_label(g->out, g->alignment, interval->label);
        sb_bytes_text(g->out, "\" \n");
    }
}

static bool append_tier(grid *g, size_t index)
{
    const tier_plan *plan = &g->tiers[index];
    sb_tier tier;
    if (!sb_tier_make(&tier, plan->labels, plan->n_labels, g->length))
        return false;
    g->n_changed += tier.n_changed;
    sb_bytes_print(g->out, "    item [%zu]:\n        class = \"IntervalTier\" \n        name = \"",
                   index + 1);
    append_name(g->out, plan);
    sb_bytes_text(g->out, "\" \n");
    append_textgrid_time(g->out, "        xmin", 0);
    append_textgrid_time(g->out, "        xmax", g->length);
    sb_bytes_print(g->out, "        intervals: size = %zu \n", tier.n_items);
    append_intervals(g, &tier);
    sb_tier_finish(&tier);
    return true;
}

static bool append_grid(grid *g)
{
    bool ok = true;
    sb_bytes_text(g->out, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
    append_textgrid_time(g->out, "xmin", 0);
    append_textgrid_time(g->out, "xmax", g->length);
    sb_bytes_print(g->out, "tiers? <exists> \nsize = %zu \nitem []: \n", g->n_tiers);
    for (size_t i = 0; ok && i < g->n_tiers; i++)
        ok = append_tier(g, i);
    return ok;
}

static void note_changed(const grid *g, sb_notes *notes)
{
    if (g->n_changed > 0)
        sb_notes_add(
            notes, g->alignment->transcript.path, 0, 0,
            "%zu words or turns overlap others of the same speaker or have no length; they were cut or moved "
            "because a tier holds one at a time; the formats 'ctm' and 'json' keep their times",
            g->n_changed);
}

static sb_status collect_labels(grid *g, sb_notes *notes, sb_error *err)
{
    sb_time duration = g->alignment->audio.duration;
    g->length = duration != SB_TIME_NONE ? sb_tier_time(duration) : 0;
    sb_status status = sb_labels_make(&g->turns, g->alignment, SB_LABEL_TURNS, NULL, err);
    if (status == SB_OK)
        status = sb_labels_make(&g->words, g->alignment, SB_LABEL_WORDS, notes, err);
    if (status == SB_OK && !plan_tiers(g))
        status = sb_error_memory(err, "exporting");
    if (status == SB_OK && g->length == 0)
        status = sb_error_set(
            err, SB_ERR_ARGUMENT,
            "'textgrid' needs times, but there are none; align the transcript to its audio first");
    return status;
}

static sb_status write_textgrid(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    grid g = {.out = out, .alignment = alignment};
    sb_status status = collect_labels(&g, notes, err);
    if (status == SB_OK && !append_grid(&g))
        status = sb_error_memory(err, "exporting");
    if (status == SB_OK)
        note_changed(&g, notes);
    finish_grid(&g);
    return status;
}

const sb_writer sb_writer_textgrid = {
    .name = "textgrid",
    .summary = "Praat TextGrid: one tier of turns and one of words per speaker",
    .extension = "TextGrid",
    .write = write_textgrid,
};
