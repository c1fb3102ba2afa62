/* The first line is a template for file names, the next ones are speaker, words, phrase, episode and id of a
 * quote. A path has as many names as the template and never leaves its folder, whatever the values are. */
#include "fuzz.h"
#include "soundbite/clip.h"

#define N_VALUES 5
#define MAX_NAME 255

static size_t count_slashes(const char *path)
{
    size_t n = 0;
    for (; *path; path++)
        n += *path == '/';
    return n;
}

static bool has_parent(const char *path)
{
    size_t length = strlen(path);
    return strncmp(path, "../", 3) == 0 || strstr(path, "/../") || strcmp(path, "..") == 0 ||
           (length > 3 && strcmp(path + length - 3, "/..") == 0);
}

static void check_path(const char *path, const char *template_text, const sb_template *tmpl)
{
    char *folder = sb_template_folder(tmpl);
    require(folder && *path);
    require(count_slashes(path) <= count_slashes(template_text));
    require(!has_parent(path) || strstr(template_text, ".."));
    if (sb_template_has_field(tmpl)) {
        require(strcmp(folder, ".") == 0 || strncmp(path, folder, strlen(folder)) == 0);
        for (const char *name = path + strlen(path); name > path && name[-1] != '/'; name--)
            require(path + strlen(path) - name < MAX_NAME);
    }
    free(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    char *template_text = fuzz_take_line(&bytes), *values[N_VALUES];
    for (size_t i = 0; i < N_VALUES; i++)
        values[i] = fuzz_take_line(&bytes);
    const char *speakers[] = {values[0]};
    sb_match match = {
        .speaker = values[0], .text = values[1], .phrase = values[2], .speakers = speakers, .n_speakers = 1};
    match.span = (sb_span){fuzz_take(&bytes) * SB_TIME_SECOND, 4000 * SB_TIME_SECOND};
    sb_template *tmpl = NULL;
    sb_error err = {0};
    sb_status status = sb_template_read(&tmpl, template_text, &err);
    require_outcome(status, &err, tmpl != NULL);
    for (size_t n = 1; tmpl && n < 3; n++) {
        char *path = sb_template_path(tmpl, &match, n, values[3], values[4]);
        require(path != NULL);
        check_path(path, template_text, tmpl);
        free(path);
    }
    sb_template_free(&tmpl);
    free(template_text);
    for (size_t i = 0; i < N_VALUES; i++)
        free(values[i]);
    return 0;
}
