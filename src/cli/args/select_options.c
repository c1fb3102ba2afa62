#include "cli/args/args.h"

#include "soundbite/file.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NAMES     8
#define PASSAGE_WORDS 12

static sb_expand expand_of(const cli_arguments *arguments)
{
    static const sb_expand meanings[] = {SB_EXPAND_NONE, SB_EXPAND_SENTENCE, SB_EXPAND_TURN};
    int64_t choice = cli_whole(arguments, CLI_OPT_EXPAND, -1);
    return choice < 0 ? SB_EXPAND_AUTO : meanings[choice];
}

/* Of several limits any may hold, so the widest is used. */
static sb_time loosest_time(const cli_arguments *arguments, cli_option_id id, bool greatest)
{
    const cli_value *value = cli_nth(arguments, id, 0);
    sb_time loosest = value ? value->time : 0;
    for (size_t i = 1; (value = cli_nth(arguments, id, i)); i++)
        if (greatest ? value->time > loosest : value->time < loosest)
            loosest = value->time;
    return loosest;
}

static int64_t greatest_whole(const cli_arguments *arguments, cli_option_id id)
{
    int64_t greatest = 0;
    const cli_value *value;
    for (size_t i = 0; (value = cli_nth(arguments, id, i)); i++)
        greatest = value->whole > greatest ? value->whole : greatest;
    return greatest;
}

static bool read_matches(cli_selection *out, const cli_arguments *arguments)
{
    const cli_value *value = cli_nth(arguments, CLI_OPT_MATCH, 0);
    sb_selection *selection = &out->selection;
    selection->match = value ? (size_t)value->whole : 0;
    out->matches = calloc(arguments->n_values + 1, sizeof *out->matches);
    if (!out->matches)
        return false;
    selection->more_matches = out->matches;
    while ((value = cli_nth(arguments, CLI_OPT_MATCH, selection->n_more_matches + 1)))
        out->matches[selection->n_more_matches++] = (size_t)value->whole;
    return true;
}

sb_status cli_selection_read(cli_selection *out, const cli_arguments *arguments, sb_error *err)
{
    bool ok = true;
    *out = (cli_selection){0};
    sb_selection *selection = &out->selection;
    selection->n_phrases = cli_texts(arguments, CLI_OPT_PHRASE, &out->phrases, &ok);
    selection->n_regexes = cli_texts(arguments, CLI_OPT_REGEX, &out->regexes, &ok);
    selection->n_speakers = cli_texts(arguments, CLI_OPT_SPEAKER, &out->speakers, &ok);
    selection->phrases = out->phrases;
    selection->regexes = out->regexes;
    selection->speakers = out->speakers;
    selection->from = loosest_time(arguments, CLI_OPT_FROM, false);
    selection->until = loosest_time(arguments, CLI_OPT_UNTIL, true);
    selection->has_from = cli_has(arguments, CLI_OPT_FROM);
    selection->has_until = cli_has(arguments, CLI_OPT_UNTIL);
    selection->min_length = loosest_time(arguments, CLI_OPT_MIN_LENGTH, false);
    selection->max_length = loosest_time(arguments, CLI_OPT_MAX_LENGTH, true);
    selection->expand = expand_of(arguments);
    selection->fuzzy = (int)greatest_whole(arguments, CLI_OPT_FUZZY);
    selection->limit = (size_t)greatest_whole(arguments, CLI_OPT_LIMIT);
    ok = read_matches(out, arguments) && ok;
    sb_status status = ok ? sb_selection_check(selection, err)
                          : sb_error_set(err, SB_ERR_MEMORY, "out of memory; close other programs");
    if (status)
        cli_selection_finish(out);
    return status;
}

bool cli_selection_given(const cli_arguments *arguments)
{
    static const cli_option_id ids[] = {CLI_SELECTION_OPTIONS};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (cli_has(arguments, ids[i]))
            return true;
    return false;
}

void cli_selection_finish(cli_selection *selection)
{
    free(selection->phrases);
    free(selection->regexes);
    free(selection->speakers);
    free(selection->matches);
    *selection = (cli_selection){0};
}

static bool is_new_name(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(names[i], name))
            return false;
    return true;
}

static void add_speakers(sb_bytes *out, const sb_alignment *alignment)
{
    const char *names[MAX_NAMES];
    size_t n = 0;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const char *name = alignment->turns[i].speaker;
        if (!name || !is_new_name(names, n, name))
            continue;
        if (n == MAX_NAMES) {
            sb_bytes_text(out, " ...");
            return;
        }
        sb_bytes_print(out, "%s%s", n ? ", " : "", name);
        names[n++] = name;
    }
}

static sb_status nothing_of_speaker(const sb_alignment *alignment, const char *path, sb_error *err)
{
    sb_bytes names = {0};
    add_speakers(&names, alignment);
    if (names.size)
        sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                        "nothing matched; loosen the selection, or choose one of the speakers: %s",
                        names.data);
    else
        sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                        "nothing matched because no speaker is named; leave out --speaker");
    sb_bytes_finish(&names);
    return SB_ERR_NOT_FOUND;
}

/* A long passage is cut after its beginning. */
static void add_passage(sb_bytes *out, const char *text)
{
    const char *end = text;
    for (int n = 0; *end; end++)
        if (*end == ' ' && ++n == PASSAGE_WORDS)
            break;
    sb_bytes_print(out, "%.*s%s", (int)(end - text), text, *end ? " ..." : "");
}

static void add_advice(sb_bytes *out, const sb_matches *matches, const sb_selection *selection)
{
    bool whole_turns = !selection->n_phrases && !selection->n_regexes && !selection->n_speakers &&
                       selection->expand != SB_EXPAND_NONE;
    bool between = selection->from || selection->has_from || selection->until || selection->has_until;
    switch (matches->nearest_why) {
    case SB_NEAREST_BY_SPEAKER:
        sb_bytes_print(out, ", said by %s; choose that speaker",
                       matches->nearest_speaker ? matches->nearest_speaker : "an unnamed speaker");
        break;
    case SB_NEAREST_BY_TIME:
        sb_bytes_text(out, ", but outside the selected times or lengths; change them");
        if (whole_turns && between)
            sb_bytes_text(out, ", or select parts of turns with --expand none");
        break;
    default:
        sb_bytes_text(out, "; use its words, or allow differences with --fuzzy");
    }
}

static sb_status nothing_but(const sb_matches *matches, const sb_selection *selection, const char *path,
                             sb_error *err)
{
    char at[SB_TIME_TEXT];
    sb_bytes text = {0};
    sb_bytes_text(&text, "nothing matched; the nearest passage");
    if (matches->nearest_at != SB_TIME_NONE)
        sb_bytes_print(&text, ", at %s,", sb_time_print(at, matches->nearest_at, 0));
    sb_bytes_text(&text, " is \"");
    add_passage(&text, matches->nearest);
    sb_bytes_text(&text, "\"");
    add_advice(&text, matches, selection);
    sb_status status = text.failed
                           ? sb_error_set(err, SB_ERR_MEMORY, "out of memory; close other programs")
                           : sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0, "%s", (char *)text.data);
    sb_bytes_finish(&text);
    return status;
}

sb_status cli_selection_nothing(const sb_matches *matches, const sb_selection *selection,
                                const sb_alignment *alignment, const char *path, sb_error *err)
{
    if (matches->n_found)
        return sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                               "nothing matched: there is no quote %zu, only %zu; choose a lower number",
                               selection->match, matches->n_found);
    if (matches->nearest)
        return nothing_but(matches, selection, path, err);
    if (selection->n_speakers)
        return nothing_of_speaker(alignment, path, err);
    return sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0, "nothing matched; loosen the selection");
}
