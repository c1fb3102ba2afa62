#include "soundbite/file.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#define FORBIDDEN "/\\:*?\"<>|"

static bool is_dropped(int32_t code_point)
{
    switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return code_point == 0xfffd;
    }
}

static void append_safe(sb_bytes *out, int32_t code_point)
{
    char bytes[4];
    if (code_point < 128 && isspace(code_point))
        code_point = ' ';
    if (sb_is_space(code_point)) {
        if (out->size && out->data[out->size - 1] != ' ')
            sb_bytes_text(out, " ");
        return;
    }
    if (is_dropped(code_point))
        return;
    if (code_point < 128 && strchr(FORBIDDEN, code_point))
        code_point = '_';
    if (out->size == 0 && (code_point == '.' || code_point == '-'))
        return;
    sb_bytes_append(out, bytes, sb_utf8_encode(code_point, bytes));
}

/* Windows takes superscript digits for digits here; older programs do so with the subscript and full-width
 * ones too. */
static bool is_device_digit(int32_t code_point)
{
    return (code_point >= '0' && code_point <= '9') || code_point == 0xb2 || code_point == 0xb3 ||
           code_point == 0xb9 || (code_point >= 0x2070 && code_point <= 0x2079) ||
           (code_point >= 0x2080 && code_point <= 0x2089) || (code_point >= 0xff10 && code_point <= 0xff19);
}

/* Windows reserves these names for devices, with any extension. */
static bool is_device(const char *name)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"};
    size_t length = strcspn(name, ". "), at = 3;
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
        if (length == strlen(devices[i]) && strncasecmp(name, devices[i], length) == 0)
            return true;
    if (length < 4 || (strncasecmp(name, "com", 3) != 0 && strncasecmp(name, "lpt", 3) != 0))
        return false;
    int32_t digit = sb_utf8_next(name, length, &at);
    return at == length && is_device_digit(digit);
}

static void cut_to(sb_bytes *name, size_t max_bytes)
{
    size_t size = name->size, end = 0;
    for (size_t at = 0; at < size;) {
        sb_utf8_next(name->data, size, &at);
        if (at <= max_bytes)
            end = at;
    }
    while (end && (name->data[end - 1] == '.' || name->data[end - 1] == ' '))
        end--;
    name->size = end;
    if (name->data)
        name->data[end] = 0;
}

static void make_safe(sb_bytes *out, const char *text, size_t max_bytes)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size && out->size < 4 * max_bytes;)
        append_safe(out, sb_utf8_next(text, size, &at));
    cut_to(out, max_bytes);
    if (!out->failed && out->size && is_device(out->data)) {
        cut_to(out, max_bytes - 1);
        sb_bytes prefixed = {0};
        sb_bytes_print(&prefixed, "_%s", out->data);
        sb_bytes_finish(out);
        *out = prefixed;
    }
    if (out->size == 0)
        sb_bytes_text(out, "_");
}

/* NFC needs valid code points, so unsafe ones are removed first. Composing can change the length, so the
 * result is made safe again. */
char *sb_file_name_safe(const char *text, size_t max_bytes)
{
    sb_bytes first = {0}, second = {0};
    make_safe(&first, text, SIZE_MAX / 8);
    char *composed = first.failed ? NULL : (char *)utf8proc_NFC((const utf8proc_uint8_t *)first.data);
    sb_bytes_finish(&first);
    if (!composed)
        return NULL;
    make_safe(&second, composed, max_bytes);
    free(composed);
    if (!second.failed)
        return second.data;
    sb_bytes_finish(&second);
    return NULL;
}

const char *sb_path_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path;
}

char *sb_path_join(const char *folder, const char *name)
{
    size_t size = strlen(folder);
    return sb_text_print("%s%s%s", folder, size && folder[size - 1] != '/' ? "/" : "", name);
}

size_t sb_path_stem(const char *path)
{
    const char *name = sb_path_name(path), *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - path) : strlen(path);
}

const char *sb_path_extension(const char *path)
{
    const char *end = path ? path + sb_path_stem(path) : "";
    return end + (*end == '.');
}

bool sb_path_has_extension(const char *path, const char *extension)
{
    return strcasecmp(sb_path_extension(path), extension) == 0;
}
