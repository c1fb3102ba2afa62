#include "acoustic/acoustic.h"

#include "base/json/json.h"
#include "base/text/text.h"
#include "soundbite/file.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_LIMIT   ((size_t)1 << 20)
#define NARROW_HZ    4000 /* half the sample rate of telephone speech */
#define FRAMES       100  /* per second, see acoustic.h */
#define CEPSTRA      13
#define VECTOR       39
#define VALUE_MOST   128 /* bytes */
#define UNKNOWN_RATE 0

const sb_front_end *sb_front_end_default(void)
{
    static const sb_front_end en_us = {.sample_rate = 16000,
                                       .n_filters = 25,
                                       .n_fft = 512,
                                       .lifter = 22,
                                       .low_hz = 130,
                                       .high_hz = 6800,
                                       .window_s = 0.025625,
                                       .pre_emphasis = 0.97,
                                       .transform = "dct",
                                       .remove_noise = true,
                                       .round_filters = true,
                                       .unit_area = true};
    return &en_us;
}

/* The defaults of sphinxbase, for options that the file does not set. */
static const sb_front_end unsaid = {.sample_rate = UNKNOWN_RATE,
                                    .n_filters = 40,
                                    .n_fft = 512,
                                    .low_hz = 133.33334,
                                    .high_hz = 6855.4976,
                                    .window_s = 0.025625,
                                    .pre_emphasis = 0.97,
                                    .transform = "legacy",
                                    .remove_noise = true,
                                    .round_filters = true,
                                    .unit_area = true};

typedef struct reading {
    sb_front_end *out;
    const char *path;
    sb_error *err;
} reading;

static sb_status bad_value(const reading *r, const char *name, const char *value, const char *wanted)
{
    return sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, 0, 0, "%s is '%s'; it must be %s", name, value,
                           wanted);
}

static sb_status unsupported(const reading *r, const char *name, const char *value, const char *why)
{
    return sb_error_set_at(r->err, SB_ERR_UNSUPPORTED, r->path, 0, 0,
                           "%s %s is not supported: %s; use another model", name, value, why);
}

/* Digits, a point and digits, independent of the locale. False for any other text. */
static bool parse_number(double *out, const char *text)
{
    double value = 0, unit = 1;
    size_t n = 0;
    bool negative = *text == '-', fraction = false;
    for (text += negative; *text; text++) {
        if (*text == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (*text < '0' || *text > '9' || n++ > 15)
            return false;
        value = 10 * value + (*text - '0');
        unit *= fraction ? 10 : 1;
    }
    *out = (negative ? -value : value) / unit;
    return n > 0;
}

/* A form that parse_number can read. */
static void print_number(char out[VALUE_MOST + 1], double value)
{
    double size = fmin(fabs(value), 1e9);
    long long whole = (long long)size, millionths = llround((size - (double)whole) * 1e6);
    snprintf(out, VALUE_MOST + 1, "%s%lld.%06lld", value < 0 ? "-" : "", whole + millionths / 1000000,
             millionths % 1000000);
}

/* The same without trailing zeros, for messages. */
static void print_limit(char out[VALUE_MOST + 1], double value)
{
    print_number(out, value);
    size_t n = strlen(out);
    while (out[n - 1] == '0')
        n--;
    out[n - (out[n - 1] == '.')] = '\0';
}

typedef struct number_option {
    const char *name;
    size_t offset;
    bool whole; /* an int; otherwise a double */
    double least, most;
} number_option;

#define WHOLE(name, field, least, most)                                                                      \
    {                                                                                                        \
        name, offsetof(sb_front_end, field), true, least, most                                               \
    }
#define REAL(name, field, least, most)                                                                       \
    {                                                                                                        \
        name, offsetof(sb_front_end, field), false, least, most                                              \
    }

static const number_option numbers[] = {
    WHOLE("samprate", sample_rate, 4000, 48000),
    WHOLE("nfilt", n_filters, CEPSTRA, 128),
    WHOLE("nfft", n_fft, 0, 8192),
    WHOLE("lifter", lifter, 0, 100),
    REAL("lowerf", low_hz, 0, 24000),
    REAL("upperf", high_hz, 1, 24000),
    REAL("wlen", window_s, 0.005, 0.1),
    REAL("alpha", pre_emphasis, 0, 1),
};

static const struct {
    const char *name;
    size_t offset;
} switches[] = {
    {"remove_noise", offsetof(sb_front_end, remove_noise)},
    {"remove_dc", offsetof(sb_front_end, remove_dc)},
    {"round_filters", offsetof(sb_front_end, round_filters)},
    {"unit_area", offsetof(sb_front_end, unit_area)},
    {"doublebw", offsetof(sb_front_end, double_bandwidth)},
};

/* Features for which the library supports only one value. */
static const struct {
    const char *name, *values, *why; /* `values` are separated by blanks */
} fixed[] = {
    {"frate", " 100 ", "it must be 100 frames per second"},
    {"ncep", " 13 ", "it must be 13 cepstra"},
    {"ceplen", " 13 ", "it must be 13 cepstra"},
    {"feat", " 1s_c_d_dd ", "it must be cepstra with first and second differences (1s_c_d_dd)"},
    {"agc", " none ", "gain control must be off"},
    {"varnorm", " no ", "variances must not be normalised"},
    {"cmn", " current live batch prior ", "the mean must be subtracted"},
    {"logspec", " no ", "the features must be cepstra, not spectra"},
    {"smoothspec", " no ", "the features must be cepstra, not spectra"},
    {"warp_params", " ", "filters must not be warped"},
    {"lda", " ", "features must not be transformed"},
};

static bool is_word_of(const char *value, const char *words)
{
    char word[VALUE_MOST + 3];
    snprintf(word, sizeof word, " %s ", value);
    return strstr(words, word) != NULL;
}

static sb_status bad_number(const reading *r, const number_option *option, const char *value)
{
    char wanted[2 * VALUE_MOST + 64], least[VALUE_MOST + 1], most[VALUE_MOST + 1];
    print_limit(least, option->least);
    print_limit(most, option->most);
    snprintf(wanted, sizeof wanted, "a %s from %s to %s", option->whole ? "whole number" : "number", least,
             most);
    return bad_value(r, option->name, value, wanted);
}

static sb_status set_number(const reading *r, const number_option *option, const char *value)
{
    double number;
    char *field = (char *)r->out + option->offset;
    if (!parse_number(&number, value) || number < option->least || number > option->most ||
        (option->whole && number != floor(number)))
        return bad_number(r, option, value);
    if (option->whole)
        memcpy(field, &(int){(int)number}, sizeof(int));
    else
        memcpy(field, &number, sizeof number);
    return SB_OK;
}

static sb_status set_switch(const reading *r, size_t i, const char *value)
{
    bool on = is_word_of(value, " yes true 1 "), off = is_word_of(value, " no false 0 ");
    if (!on && !off)
        return bad_value(r, switches[i].name, value, "yes or no");
    memcpy((char *)r->out + switches[i].offset, &on, sizeof on);
    return SB_OK;
}

/* Streams may split the vector, but may not leave out a dimension or change the order. */
static sb_status check_streams(const reading *r, const char *value)
{
    int next = 0, first, last, n = 0;
    for (const char *at = value; *at; at += n + (at[n] == '/')) {
        if (sscanf(at, "%4d-%4d%n", &first, &last, &n) != 2 || first != next || last < first ||
            last >= VECTOR || (at[n] != '/' && at[n] != '\0'))
            return unsupported(r, "svspec", value, "streams must split the 39 numbers in order");
        next = last + 1;
    }
    return next == VECTOR ? SB_OK : unsupported(r, "svspec", value, "streams must contain all 39 numbers");
}

static sb_status set_transform(const reading *r, const char *value)
{
    if (!is_word_of(value, " dct legacy htk "))
        return bad_value(r, "transform", value, "dct, legacy or htk");
    snprintf(r->out->transform, sizeof r->out->transform, "%s", value);
    return SB_OK;
}

static sb_status set_option(const reading *r, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(name, numbers[i].name) == 0)
            return set_number(r, &numbers[i], value);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (strcmp(name, switches[i].name) == 0)
            return set_switch(r, i, value);
    bool is_off = strcmp(value, "false") == 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(name, fixed[i].name) == 0)
            return is_word_of(is_off ? "no" : value, fixed[i].values)
                       ? SB_OK
                       : unsupported(r, name, value, fixed[i].why);
    if (strcmp(name, "transform") == 0)
        return set_transform(r, value);
    return strcmp(name, "svspec") == 0 ? check_streams(r, value) : SB_OK;
}

static bool next_word(char out[VALUE_MOST + 1], const char **text)
{
    *text += strspn(*text, " \t\r\n");
    size_t size = strcspn(*text, " \t\r\n");
    snprintf(out, VALUE_MOST + 1, "%.*s", (int)(size < VALUE_MOST ? size : VALUE_MOST), *text);
    *text += size;
    return size > 0;
}

/* A word that starts with a dash and a letter is an option. The word after it is its value. */
static sb_status read_params(const reading *r, const char *text)
{
    char name[VALUE_MOST + 1], value[VALUE_MOST + 1];
    sb_status status = SB_OK;
    while (status == SB_OK && next_word(name, &text)) {
        if (name[0] == '#') {
            text += strcspn(text, "\n");
            continue;
        }
        if (name[0] != '-' || !next_word(value, &text))
            return sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, 0, 0,
                                   "'%s' is no option with a value; write them as in \"-nfilt 25\"", name);
        status = set_option(r, name + 1, value);
    }
    return status;
}

static sb_status read_json_option(const reading *r, const char *name, const sb_json_value *v)
{
    char value[VALUE_MOST + 1];
    if (sb_json_is_bool(v))
        snprintf(value, sizeof value, "%s", sb_json_true(v) ? "yes" : "no");
    else if (sb_json_is_number(v) && sb_json_double(v) == floor(sb_json_double(v)))
        snprintf(value, sizeof value, "%lld", (long long)fmax(-1e9, fmin(1e9, sb_json_double(v))));
    else if (sb_json_is_number(v))
        print_number(value, sb_json_double(v));
    else if (sb_json_string(v))
        snprintf(value, sizeof value, "%.*s", VALUE_MOST, sb_json_string(v));
    else
        return SB_OK;
    return set_option(r, name, value);
}

static sb_status read_json(const reading *r, const sb_bytes *file)
{
    sb_json_doc *doc = NULL;
    sb_status status = sb_json_read(&doc, file->data, file->size, r->path, r->err);
    if (status != SB_OK)
        return status;
    const char *name = NULL;
    for (const sb_json_value *v;
         status == SB_OK && (v = sb_json_next_member(sb_json_root(doc), &name)) != NULL;)
        status = read_json_option(r, name, v);
    sb_json_free(&doc);
    return status;
}

/* What the computation of cepstra relies on. */
static sb_status check_whole(const reading *r)
{
    sb_front_end *f = r->out;
    if (f->sample_rate == UNKNOWN_RATE)
        f->sample_rate = f->high_hz <= NARROW_HZ ? 2 * NARROW_HZ : 16000;
    int window = (int)(f->window_s * f->sample_rate + 0.5);
    if (f->n_fft == 0)
        for (f->n_fft = 64; f->n_fft < window;)
            f->n_fft *= 2;
    if (f->sample_rate % FRAMES != 0)
        return sb_error_set_at(r->err, SB_ERR_UNSUPPORTED, r->path, 0, 0,
                               "%d samples per second do not give whole frames of 10 ms; use another model",
                               f->sample_rate);
    if (f->low_hz >= f->high_hz || f->high_hz > f->sample_rate / 2.0)
        return sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, 0, 0,
                               "the filters are not below half of the sample rate of %d Hz; correct lowerf, "
                               "upperf or samprate",
                               f->sample_rate);
    if (f->n_fft < window || (f->n_fft & (f->n_fft - 1)) != 0)
        return sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, 0, 0,
                               "nfft is %d; it must be a power of two and at least the window of %d samples",
                               f->n_fft, window);
    return SB_OK;
}

sb_status sb_front_end_read(sb_front_end *out, const char *folder, sb_error *err)
{
    char path[512], json[512];
    sb_bytes file = {0};
    reading r = {.out = out, .path = path, .err = err};
    *out = unsaid;
    snprintf(path, sizeof path, "%s/feat.params", folder);
    snprintf(json, sizeof json, "%s/feat_params.json", folder);
    bool is_json = access(path, F_OK) != 0 && access(json, F_OK) == 0;
    r.path = is_json ? json : path;
    sb_status status = sb_file_read(&file, r.path, FILE_LIMIT, err);
    if (status == SB_OK)
        status = is_json ? read_json(&r, &file) : read_params(&r, file.data ? file.data : "");
    if (status == SB_OK)
        status = check_whole(&r);
    sb_bytes_finish(&file);
    return status;
}
