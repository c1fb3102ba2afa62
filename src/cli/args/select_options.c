#include "cli/args/args.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "cli/session/session.h"
#include "cli/term/term.h"
#include "soundbite/file.h"
#include "soundbite/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NAMES         8
#define SPEAKERS_COMPARED 1000
#define NAME_SIZE         64
#define LEAST_TYPED       3 /* of a part of a name at least */
#define PASSAGE_WORDS     12

sb_status cli_selection_read(cli_selection *out, const cli_arguments *arguments, sb_error *err)
{
    *out = (cli_selection){0};
    out->options.selection = &out->selection;
    if (!cli_arguments_store(arguments, &out->options, err))
        sb_selection_check(&out->selection, err);
    out->options.selection = NULL; /* `out` may be copied */
    if (err->status)
        cli_selection_finish(out);
    return err->status;
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
    sb_option_targets_finish(&selection->options);
    *selection = (cli_selection){0};
}

void cli_selection_note_later(cli_context *context, const sb_matches *matches)
{
    char at[SB_TIME_TEXT];
    if (matches->n_later && matches->later_at != SB_TIME_NONE)
        cli_message_note(
            context,
            "the words of --until-phrase are said %zu more time%s later, next at %s; the passage ends at "
            "the first place, or with --until TIME at the last before TIME",
            matches->n_later, cli_plural(matches->n_later), sb_time_print(at, matches->later_at, 0));
}

static bool is_new_name(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(names[i], name))
            return false;
    return true;
}

static void list_speakers(sb_bytes *out, const sb_alignment *alignment)
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

static bool is_near(const char *typed, const char *word, size_t size)
{
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)size, word);
    return sb_nearest_name(typed, (const char *const[]){name, NULL}) != NULL;
}

/* True if `typed` is a part of `name`, or near to it or to a word of it. A letter or two are near to every
 * short word. */
static bool may_mean(const char *typed, const char *name)
{
    if (strlen(typed) < LEAST_TYPED)
        return false;
    bool near = strcasestr(name, typed) || is_near(typed, name, strlen(name));
    for (const char *at = name; !near && *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        near = is_near(typed, at, size);
        at += size;
    }
    return near && !sb_wildcard_match(typed, name);
}

static const char *nearest_speaker(const sb_alignment *alignment, const char *typed)
{
    sb_speakers speakers;
    const char *nearest = NULL;
    if (strchr(typed, '*') || sb_speakers_of_alignment(&speakers, alignment, NULL))
        return NULL;
    for (size_t i = 0; i < speakers.n_items && i < SPEAKERS_COMPARED && !nearest; i++) {
        const char *name = speakers.items[i].name;
        nearest = name && may_mean(typed, name) ? name : NULL;
    }
    sb_speakers_finish(&speakers);
    return nearest;
}

static sb_status no_such_speaker(const sb_alignment *alignment, const char *typed, const char *path,
                                 sb_error *err)
{
    sb_bytes names = {0};
    const char *nearest = nearest_speaker(alignment, typed);
    list_speakers(&names, alignment);
    if (nearest)
        sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                        "nothing matched: there is no speaker '%.60s'; did you mean '%.60s'?", typed,
                        nearest);
    else if (names.size)
        sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                        "nothing matched: there is no speaker '%.60s'; choose one of the speakers: %s", typed,
                        names.data);
    else
        sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                        "nothing matched because no speaker has a name; leave out --speaker");
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
    bool whole_turns = !selection->n_phrases && !selection->n_regexes && selection->expand == SB_EXPAND_TURN;
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
    case SB_NEAREST_BY_ORDER:
        sb_bytes_text(out, ", which has the words near each other; find it with --near");
        break;
    case SB_NEAREST_BY_SOUND:
        sb_bytes_text(out, ", which sounds like it; find it with --sounds-like");
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
                           ? sb_error_memory(err, "suggesting a selection")
                           : sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0, "%s", (char *)text.data);
    sb_bytes_finish(&text);
    return status;
}

/* A phrase that limits the passage is missing. */
static sb_status nothing_from(const sb_matches *matches, const sb_selection *selection, const char *path,
                              sb_error *err)
{
    char at[SB_TIME_TEXT];
    sb_bytes text = {0};
    bool is_from = matches->missing == selection->from_phrase,
         elsewhere = matches->nearest_why == SB_NEAREST_BY_TIME;
    sb_bytes_print(&text, "nothing matched: --%s \"%.80s\" was not found",
                   is_from ? "from-phrase" : "until-phrase", matches->missing);
    if (matches->nearest && elsewhere)
        sb_bytes_text(&text, is_from ? " within the times; it is said" : " after the beginning; it is said");
    else if (matches->nearest)
        sb_bytes_text(&text, "; the nearest words");
    if (matches->nearest && matches->nearest_at != SB_TIME_NONE)
        sb_bytes_print(&text, elsewhere ? " at %s" : ", at %s,", sb_time_print(at, matches->nearest_at, 0));
    if (matches->nearest && !elsewhere) {
        sb_bytes_text(&text, " are \"");
        add_passage(&text, matches->nearest);
        sb_bytes_text(&text, "\"");
    }
    sb_bytes_text(&text, !matches->nearest ? "; use other words"
                         : elsewhere       ? "; use other words or times"
                                           : "; use these words, or allow differences with --fuzzy");
    if (text.failed)
        sb_error_memory(err, "suggesting a selection");
    else
        sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0, "%s", (char *)text.data);
    sb_bytes_finish(&text);
    return err->status;
}

sb_status cli_selection_nothing(const sb_matches *matches, const sb_selection *selection,
                                const sb_alignment *alignment, const char *path, sb_error *err)
{
    if (matches->n_found)
        return sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0,
                               "nothing matched: there is no quote %zu, only %zu; choose a lower number",
                               selection->match, matches->n_found);
    if (matches->no_such_speaker)
        return no_such_speaker(alignment, selection->speakers[0], path, err);
    if (matches->missing)
        return nothing_from(matches, selection, path, err);
    if (matches->nearest)
        return nothing_but(matches, selection, path, err);
    return sb_error_set_at(err, SB_ERR_NOT_FOUND, path, 0, 0, "nothing matched; loosen the selection");
}
