#include "cli/session/session.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/term/term.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_OPERANDS 3
#define MAX_ENTRIES   1000

static bool is_folder(const char *path)
{
    struct stat info;
    return strcmp(path, "-") && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

char *cli_line_to_type(const cli_arguments *args, const char *const *operands, size_t n_operands)
{
    sb_bytes line = {0};
    sb_bytes_print(&line, "soundbite %s", args->command->name);
    for (size_t i = 0; i < n_operands; i++) {
        sb_bytes_text(&line, " ");
        cli_quote_inside(&line, operands[i]);
    }
    cli_line_add_options(&line, args, NULL);
    if (line.failed)
        sb_bytes_finish(&line);
    return line.data;
}

/* The files in a folder. Each name is the first of its kind in alphabetical order, or the one that matches
 * the name of another file. */
typedef struct folder_files {
    char *audio, *text, *alignment;
    size_t n_audio, n_texts;
} folder_files;

static bool is_text_kind(cli_file_kind kind)
{
    return kind == CLI_FILE_TEXT || kind == CLI_FILE_ALIGNMENT || kind == CLI_FILE_DOCUMENT;
}

static bool has_stem_of(const char *name, const char *other)
{
    const char *stem = sb_path_name(other);
    size_t length = sb_path_stem(stem);
    return !strncmp(name, stem, length) && name[length] == '.';
}

/* `like` is a file whose name the wanted one shares. */
static void take_if_better(char **best, const char *folder, const char *name, const char *like)
{
    char *path = sb_path_join(folder, name);
    bool better = !*best;
    if (*best && path) {
        bool old_fits = like && has_stem_of(sb_path_name(*best), like),
             fits = like && has_stem_of(name, like);
        better = fits != old_fits ? fits : strcmp(path, *best) < 0;
    }
    if (better && path) {
        free(*best);
        *best = path;
    } else {
        free(path);
    }
}

static void look_into(folder_files *out, const char *folder, const char *audio, const char *text)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    for (size_t n = 0; dir && n < MAX_ENTRIES && (entry = readdir(dir)); n++) {
        sb_error unheard = {0};
        cli_file_kind kind = CLI_FILE_UNKNOWN;
        const char *description;
        char *path = entry->d_name[0] == '.' ? NULL : sb_path_join(folder, entry->d_name);
        if (path && !is_folder(path) && !cli_file_kind_of(&kind, path, &description, &unheard)) {
            if (kind == CLI_FILE_MEDIA && ++out->n_audio)
                take_if_better(&out->audio, folder, entry->d_name, text);
            if (is_text_kind(kind) && ++out->n_texts)
                take_if_better(&out->text, folder, entry->d_name, audio);
            if (kind == CLI_FILE_ALIGNMENT)
                take_if_better(&out->alignment, folder, entry->d_name, audio);
        }
        free(path);
    }
    if (dir)
        closedir(dir);
}

static bool is_alignment(const char *operand)
{
    return !strcmp(operand, "ALIGNMENT") || !strcmp(operand, "ALIGNMENT2");
}

static bool is_file_name(const char *operand)
{
    return (!strncmp(operand, "AUDIO", 5) && !strstr(operand, "DIR")) || !strcmp(operand, "TRANSCRIPT") ||
           !strcmp(operand, "SOURCE") || is_alignment(operand);
}

static const char *name_in(const folder_files *files, const char *operand)
{
    if (!strncmp(operand, "AUDIO", 5) && (files->audio || !operand[5]))
        return files->audio ? files->audio : "AUDIO";
    if (is_alignment(operand))
        return files->alignment ? files->alignment : operand;
    return files->text ? files->text : operand;
}

/* The line in the message has the first suitable file of the folder; for two operands, a matching pair. */
static sb_status refuse_folder(const cli_arguments *args, size_t index, sb_error *err)
{
    const char *const *names = args->command->operands;
    const char *operands[MOST_OPERANDS];
    const char *other = args->n_operands == 2 ? args->operands[1 - index] : NULL;
    folder_files files = {0}, more = {0};
    const char *like = other && !is_folder(other) ? other : NULL;
    look_into(&files, args->operands[index], index == 1 ? like : NULL, index == 0 ? like : NULL);
    if (files.audio && !like) { /* the text that belongs to it */
        look_into(&more, args->operands[index], files.audio, NULL);
        free(files.text);
        files.text = more.text;
        free(more.audio);
    }
    size_t n = 0;
    for (; n < MOST_OPERANDS && names[n] && (n < args->n_operands || is_file_name(names[n])); n++)
        operands[n] = n < args->n_operands && !is_folder(args->operands[n]) ? args->operands[n]
                                                                            : name_in(&files, names[n]);
    char *line = cli_line_to_type(args, operands, n);
    bool several = files.n_audio > 1 || files.n_texts > 1;
    char *all = several ? cli_line_for_all(args, args->operands[index]) : NULL;
    if (line)
        sb_error_set_at(err, SB_ERR_ARGUMENT, args->operands[index], 0, 0,
                        "is a folder; name %s in it: type '%s'%s%s", several ? "one file" : "the file", line,
                        all ? "; or for all episodes: " : "", all ? all : "");
    else
        sb_error_memory(err, "reading the operands");
    free(all);
    free(line);
    free(files.audio);
    free(files.text);
    free(files.alignment);
    free(more.alignment);
    return err->status;
}

/* Audio and transcript in the wrong order can be told apart by their first bytes. */
static void unswap(cli_context *context, cli_arguments *args)
{
    sb_error unheard = {0};
    cli_file_kind first, second;
    const char *first_is, *second_is;
    if (args->n_operands != 2 || !args->command->operands[0] || strcmp(args->command->operands[0], "AUDIO") ||
        cli_file_kind_of(&first, args->operands[0], &first_is, &unheard) ||
        cli_file_kind_of(&second, args->operands[1], &second_is, &unheard) || !is_text_kind(first) ||
        second != CLI_FILE_MEDIA)
        return;
    const char *audio = args->operands[1];
    args->operands[1] = args->operands[0];
    args->operands[0] = audio;
    cli_message_note(context, "%s is %s and %s is audio; read as 'soundbite %s %s %s'", args->operands[1],
                     first_is, audio, args->command->name, audio, args->operands[1]);
}

sb_status cli_operands_settle(cli_context *context, cli_arguments *args, sb_error *err)
{
    const char *const *names = args->command->operands;
    if (args->n_operands == 1 && args->command->instead && is_folder(args->operands[0])) {
        char *line = cli_line_for_all(args, args->operands[0]);
        sb_error_set_at(err, SB_ERR_ARGUMENT, args->operands[0], 0, 0,
                        "is a folder; for all its episodes, type %s", line ? line : "");
        free(line);
        return err->status;
    }
    for (size_t i = 0; i < args->n_operands && i < MOST_OPERANDS && names[i]; i++)
        if (is_file_name(names[i]) && cli_refuse_show(args, i, err))
            return err->status;
    for (size_t i = 0; i < args->n_operands && i < MOST_OPERANDS && names[i]; i++)
        if ((is_file_name(names[i]) || (i > 0 && !strcmp(names[i], "LIST"))) && is_folder(args->operands[i]))
            return refuse_folder(args, i, err);
    unswap(context, args);
    return SB_OK;
}
