#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "alignment/file/alignment_file.h"
#include "base/run/run.h"

#define SNIFF_BYTES     4096
#define SLACK           SB_TIME_SECOND
#define MAX_SAMPLE_RATE 10000000
#define MAX_CHANNELS    1024
#define MAX_RATE_PPM    1e6

static bool take_hash(sb_alignment_reader *r, const sb_json_value *object, const char *key, char out[65])
{
    const sb_json_value *v = sb_json_member(object, key);
    const char *text = sb_json_string(v);

    if (sb_json_is_null(v))
        return true;
    if (!text || strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)
        return sb_reader_fail(r, object, "\"%s\" is not 64 hexadecimal digits; make the alignment again",
                              key);
    memcpy(out, text, 65);
    return true;
}

static bool take_object(sb_alignment_reader *r, const sb_json_value *root, const char *key,
                        const sb_json_value **out)
{
    *out = sb_json_member(root, key);
    return sb_json_is_object(*out) ||
           sb_reader_fail(r, root, "\"%s\" is missing; make the alignment again", key);
}

static bool take_audio(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *v;
    int64_t rate, channels;

    if (!take_object(r, root, "audio", &v) || !sb_reader_take_text(r, v, "path", &a->audio.path) ||
        !take_hash(r, v, "sha256", a->audio.sha256) ||
        (sb_json_member(v, "packets") && !take_hash(r, v, "packets", a->audio.packets)) ||
        !sb_reader_take_time(r, v, "duration", &a->audio.duration) ||
        !sb_reader_take_count(r, v, "sample_rate", MAX_SAMPLE_RATE, &rate) ||
        !sb_reader_take_count(r, v, "channels", MAX_CHANNELS, &channels) ||
        !sb_reader_take_text(r, v, "codec", &a->audio.codec) ||
        !sb_reader_take_text(r, v, "damage", &a->audio.damage))
        return false;
    a->audio.sample_rate = (int)rate;
    a->audio.channels = (int)channels;
    a->audio.damaged = sb_json_true(sb_json_member(v, "damaged"));
    a->audio.seek_safe = sb_json_true(sb_json_member(v, "seek_safe"));
    a->audio.microphones = sb_json_true(sb_json_member(v, "microphones"));
    if (a->audio.duration == SB_TIME_NONE)
        return a->method == SB_METHOD_NONE ||
               sb_reader_fail(r, v, "\"duration\" is missing; make the alignment again");
    if (a->audio.duration < 0)
        return sb_reader_fail(r, v, "\"duration\" is negative; make the alignment again");
    r->earliest = -SLACK;
    r->latest = a->audio.duration + SLACK;
    return true;
}

static bool take_transcript(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *v;

    if (!take_object(r, root, "transcript", &v) || !sb_reader_take_text(r, v, "path", &a->transcript.path) ||
        !take_hash(r, v, "sha256", a->transcript.sha256) ||
        !sb_reader_take_text(r, v, "format", &a->transcript.format) ||
        !sb_reader_take_text(r, v, "title", &a->transcript.title) ||
        !sb_reader_take_text(r, v, "language", &a->transcript.language) ||
        !sb_reader_take_text(r, v, "encoding", &a->transcript.encoding) ||
        !sb_reader_take_text(r, v, "container", &a->transcript.container) ||
        !sb_reader_take_time(r, v, "resolution", &a->transcript.resolution))
        return false;
    return true;
}

static bool take_source(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *v = sb_json_member(root, "transcript_source");
    size_t size;
    const char *text = sb_json_bytes(v, &size);

    if (!text)
        return sb_json_is_null(v) ||
               sb_reader_fail(r, root, "\"transcript_source\" is not a string; make the alignment again");
    a->transcript.source = sb_copy_bytes(text, size);
    a->transcript.source_size = size;
    return a->transcript.source || sb_reader_fail_memory(r);
}

static bool take_piece(sb_alignment_reader *r, const sb_json_value *v, sb_map_piece *piece)
{
    if (!sb_reader_take_time(r, v, "from", &piece->from) ||
        !sb_reader_take_time(r, v, "until", &piece->until) ||
        !sb_reader_take_time(r, v, "offset", &piece->offset))
        return false;
    piece->rate_ppm = sb_json_double(sb_json_member(v, "rate_ppm"));
    if (piece->from == SB_TIME_NONE || piece->offset == SB_TIME_NONE ||
        !(fabs(piece->rate_ppm) <= MAX_RATE_PPM))
        return sb_reader_fail(r, v, "a piece of the time map lacks a number; make the alignment again");
    if (piece->until != SB_TIME_NONE && piece->until < piece->from)
        return sb_reader_fail(r, v, "\"until\" is before \"from\"; make the alignment again");
    return true;
}

static bool take_map(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *map;

    if (!sb_reader_take_array(r, root, "time_map", &map, &a->map, sizeof *a->map))
        return false;
    a->n_map = sb_json_length(map);
    for (size_t i = 0; i < a->n_map; i++)
        if (!take_piece(r, sb_json_item(map, i), &a->map[i]))
            return false;
    return true;
}

static bool take_break(sb_alignment_reader *r, const sb_json_value *v, sb_break *b)
{
    if (!sb_reader_take_time(r, v, "at", &b->at) || !sb_reader_take_time(r, v, "gap", &b->gap) ||
        !sb_reader_take_span(r, v, "audio_from", "audio_until", &b->audio.start, &b->audio.end) ||
        !sb_reader_take_confidence(r, v, &b->confidence))
        return false;
    if (b->at == SB_TIME_NONE || b->gap == SB_TIME_NONE || b->audio.start == SB_TIME_NONE ||
        b->audio.end == SB_TIME_NONE)
        return sb_reader_fail(r, v, "a break has no time; make the alignment again");
    return true;
}

static bool take_breaks(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *breaks;

    if (!sb_reader_take_array(r, root, "breaks", &breaks, &a->breaks, sizeof *a->breaks))
        return false;
    a->n_breaks = sb_json_length(breaks);
    for (size_t i = 0; i < a->n_breaks; i++)
        if (!take_break(r, sb_json_item(breaks, i), &a->breaks[i]))
            return false;
    return true;
}

static bool take_spans(sb_alignment_reader *r, const sb_json_value *root, const char *key, sb_span **spans,
                       size_t *n_spans)
{
    sb_time before = r->earliest;
    const sb_json_value *array;

    if (!sb_reader_take_array(r, root, key, &array, spans, sizeof **spans))
        return false;
    *n_spans = sb_json_length(array);
    for (size_t i = 0; i < *n_spans; i++) {
        const sb_json_value *v = sb_json_item(array, i);
        sb_time start = sb_json_seconds(sb_json_item(v, 0)), end = sb_json_seconds(sb_json_item(v, 1));
        if (start < before || end < start || end > r->latest)
            return sb_reader_fail(
                r, v ? v : array,
                "a span of \"%s\" is out of order or outside the audio; make the alignment again", key);
        (*spans)[i] = (sb_span){start, end};
        before = end;
    }
    return true;
}

static bool take_levels(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *v = sb_json_member(root, "levels");
    const char *text = sb_json_string(v);

    if (!text)
        return sb_json_is_null(v) ||
               sb_reader_fail(r, root, "\"levels\" is not a string; make the alignment again");
    sb_status status = sb_levels_parse(&a->levels, &a->n_levels, text);
    if (status == SB_ERR_MEMORY)
        return sb_reader_fail_memory(r);
    return status == SB_OK ||
           sb_reader_fail(
               r, root,
               "\"levels\" has characters other than letters, digits, + and /; make the alignment again");
}

static bool take_sound(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *v = sb_json_member(root, "sound");
    size_t n[2] = {0};
    if (!v || sb_json_is_null(v))
        return true;
    for (size_t band = 0; band < 2; band++) {
        const char *text = sb_json_string(sb_json_item(v, band));
        sb_status status = text ? sb_levels_parse(&a->sound[band], &n[band], text) : SB_ERR_FORMAT;
        if (status == SB_ERR_MEMORY)
            return sb_reader_fail_memory(r);
        if (status != SB_OK || n[band] != n[0])
            return sb_reader_fail(
                r, root,
                "\"sound\" is not two texts of equal length with letters, digits, + and /; make the "
                "alignment again");
    }
    a->n_sound = n[0];
    return true;
}

static bool take_guesses(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *guesses;

    if (!sb_reader_take_array(r, root, "guesses", &guesses, &a->oov_words, sizeof *a->oov_words))
        return false;
    a->n_oov_words = sb_json_length(guesses);
    for (size_t i = 0; i < a->n_oov_words; i++) {
        const sb_json_value *v = sb_json_item(guesses, i);
        if (!sb_reader_take_text(r, v, "word", &a->oov_words[i].word) ||
            !sb_reader_take_text(r, v, "phones", &a->oov_words[i].phones))
            return false;
        if (!a->oov_words[i].word)
            return sb_reader_fail(r, v ? v : guesses, "a guess has no \"word\"; make the alignment again");
    }
    return true;
}

static bool take_method(sb_alignment_reader *r, const sb_json_value *root)
{
    static const sb_method methods[] = {SB_METHOD_ACOUSTIC, SB_METHOD_ENERGY, SB_METHOD_NONE};
    const char *names[sizeof methods / sizeof *methods];
    size_t found, n = sizeof methods / sizeof *methods;

    for (size_t i = 0; i < n; i++)
        names[i] = sb_method_name(methods[i]);
    if (!sb_reader_take_name(r, root, "method", names, n, &found))
        return false;
    r->alignment->method = methods[found];
    return true;
}

/* Older files have only "mismatch". */
static bool take_pairing(sb_alignment_reader *r, const sb_json_value *root)
{
    static const char *const names[] = {"ok", "unsure", "mismatch"};
    size_t found = sb_json_true(sb_json_member(root, "mismatch")) ? SB_PAIRING_MISMATCH : SB_PAIRING_OK;
    if (sb_json_member(root, "pairing") &&
        !sb_reader_take_name(r, root, "pairing", names, sizeof names / sizeof *names, &found))
        return false;
    r->alignment->pairing = (sb_pairing)found;
    return sb_reader_take_text(r, root, "pairing_note", &r->alignment->pairing_note);
}

static bool check_version(sb_alignment_reader *r, const sb_json_value *root)
{
    const char *format = sb_json_string(sb_json_member(root, "format"));
    double version = sb_json_double(sb_json_member(root, "version"));

    if (!format || strcmp(format, SB_ALIGNMENT_FORMAT))
        return sb_reader_fail(r, root,
                              "not an alignment file; make one by aligning the transcript to its audio");
    if (!(version >= SB_ALIGNMENT_VERSION))
        return sb_reader_fail(r, root, "\"version\" is not a number of 1 or more; make the alignment again");
    if (version == SB_ALIGNMENT_VERSION)
        return true;
    r->status = sb_error_set_at(
        r->err, SB_ERR_UNSUPPORTED, r->path, 1, 1,
        "made by a newer soundbite (file version %.0f); update soundbite, or make the alignment again",
        version);
    return false;
}

static bool take_all(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;

    return check_version(r, root) && take_method(r, root) && take_pairing(r, root) && take_audio(r, root) &&
           take_transcript(r, root) && take_map(r, root) && take_breaks(r, root) &&
           take_spans(r, root, "speech", &a->speech, &a->n_speech) && sb_reader_take_turns(r, root) &&
           sb_reader_take_text(r, root, "method_note", &a->method_note) &&
           take_spans(r, root, "unmatched_speech", &a->unmatched, &a->n_unmatched) && take_levels(r, root) &&
           take_sound(r, root) && take_guesses(r, root) && take_source(r, root);
}

sb_status sb_alignment_read(sb_alignment **out, const void *data, size_t size, const char *path,
                            sb_error *err)
{
    sb_alignment_reader r = {.path = path, .err = err};
    sb_json_doc *doc = NULL;

    *out = NULL;
    r.earliest = -SB_ALIGNMENT_TIME_MAX;
    r.latest = SB_ALIGNMENT_TIME_MAX;
    r.status = sb_json_read(&doc, data, size, path, err);
    if (r.status != SB_OK)
        return r.status;
    r.doc = doc;
    r.alignment = calloc(1, sizeof *r.alignment);
    if (!r.alignment)
        sb_reader_fail_memory(&r);
    else if (!take_all(&r, sb_json_root(doc)))
        sb_alignment_free(&r.alignment);
    *out = r.alignment;
    sb_json_free(&doc);
    return r.status;
}

static const char *skip_json_blanks(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n", *at) && *at)
        at++;
    return at;
}

/* Returns the text after `token` and the blanks before it, or NULL if it is not at `at`. */
static const char *skip_token(const char *at, const char *end, const char *token)
{
    size_t length = strlen(token);

    at = skip_json_blanks(at, end);
    return (size_t)(end - at) >= length && !memcmp(at, token, length) ? at + length : NULL;
}

bool sb_alignment_sniff(const void *data, size_t size)
{
    static const char key[] = "\"format\"";
    const char *at = data, *end;

    if (size == 0)
        return false;
    end = at + (size < SNIFF_BYTES ? size : SNIFF_BYTES);
    at = skip_token(at, end, "{");
    while (at && (at = memmem(at, (size_t)(end - at), key, sizeof key - 1))) {
        at += sizeof key - 1;
        const char *colon = skip_token(at, end, ":");
        if (colon && skip_token(colon, end, "\"" SB_ALIGNMENT_FORMAT "\""))
            return true;
    }
    return false;
}
