/* Names of speakers in parts of a document that its form does not describe:
 * "speaker": {"id": 1, "name": "Ann"}, "speakers": [{"id": 1, "name": "Ann"}], "speakers": {"S1": "Ann"}. */
#include <string.h>

#include "transcript/json/json_forms.h"

#define MAX_ID_BYTES 40

static sb_scan_token next_token(sb_json_scan *scan, size_t *n_mended)
{
    sb_scan_token token = sb_json_scan_next(scan);
    if (token.kind == SB_SCAN_BAD && sb_json_scan_mend(scan)) {
        ++*n_mended;
        token = sb_json_scan_next(scan);
    }
    return token;
}

static bool is_value(const sb_scan_token *token)
{
    return token->kind == SB_SCAN_TEXT || token->kind == SB_SCAN_NUMBER;
}

/* The id and the name in an object. */
typedef struct person {
    sb_scan_token id, name;
    size_t id_rank, name_rank;
} person;

static bool takes(size_t *best, sb_json_key_kind kind, const char *key, size_t length)
{
    size_t rank = sb_json_key_rank(kind, key, length);
    if (rank >= *best)
        return false;
    *best = rank;
    return true;
}

/* Reads an object whose first token was read. Returns its last token. */
static sb_scan_token read_person(person *p, sb_json_scan *scan, size_t *n_mended)
{
    *p = (person){.id_rank = SIZE_MAX, .name_rank = SIZE_MAX};
    sb_scan_token token = next_token(scan, n_mended);
    while (token.kind == SB_SCAN_KEY) {
        const char *key = scan->text + token.range.at;
        size_t length = token.range.length;
        token = next_token(scan, n_mended);
        if (sb_json_begins_container(&token)) {
            token = sb_json_scan_skip_damaged(scan, token, n_mended);
        } else if (is_value(&token) && token.range.length > 0) {
            if (token.kind == SB_SCAN_TEXT && takes(&p->name_rank, SB_JSON_KEY_NAME, key, length))
                p->name = token;
            if (takes(&p->id_rank, SB_JSON_KEY_ID, key, length))
                p->id = token;
        }
        if (token.kind >= SB_SCAN_DONE)
            return token;
        token = next_token(scan, n_mended);
    }
    return token;
}

sb_scan_token sb_json_read_person(sb_scan_token *name, sb_json_scan *scan, sb_scan_token first,
                                  size_t *n_mended)
{
    person p;
    *name = (sb_scan_token){.kind = SB_SCAN_WORD};
    if (first.kind != SB_SCAN_BEGIN_OBJECT)
        return sb_json_scan_skip_damaged(scan, first, n_mended);
    sb_scan_token last = read_person(&p, scan, n_mended);
    if (p.name_rank != SIZE_MAX)
        *name = p.name;
    else if (p.id_rank != SIZE_MAX)
        *name = p.id;
    return last;
}

static sb_status add_name(sb_json_finds *out, sb_range id, sb_range name)
{
    sb_json_piece piece = {.role = SB_JSON_NAME, .has_speaker = true, .has_text = true, .channel = -1};
    piece.start = piece.end = SB_TIME_NONE;
    piece.speaker = (sb_json_mark){id.at, id.length};
    piece.text = (sb_json_mark){name.at, name.length};
    return sb_json_pieces_add(&out->names, &piece) ? SB_OK : SB_ERR_MEMORY;
}

/* "S1", "0", "speaker_2", "A": not "Ann". */
static bool is_label(const char *text, sb_range range)
{
    bool has_digit = false;
    for (size_t i = 0; i < range.length; i++)
        has_digit = has_digit || (text[range.at + i] >= '0' && text[range.at + i] <= '9');
    return range.length == 1 || (has_digit && range.length < MAX_ID_BYTES);
}

static sb_status add_person(sb_json_finds *out, const person *p, const char *text, sb_range key)
{
    bool is_same = p->id_rank != SIZE_MAX && p->id.range.at == p->name.range.at;
    if (p->name_rank == SIZE_MAX)
        return SB_OK;
    sb_status status = SB_OK;
    if (p->id_rank != SIZE_MAX && !is_same)
        status = add_name(out, p->id.range, p->name.range);
    if (status == SB_OK && key.length > 0 && is_label(text, key))
        status = add_name(out, key, p->name.range);
    return status;
}

static sb_status read_list(sb_json_finds *out, sb_json_scan *scan, sb_scan_token *token)
{
    person p;
    sb_status status = SB_OK;
    *token = next_token(scan, &out->n_mended);
    while (status == SB_OK && token->kind < SB_SCAN_DONE && token->kind != SB_SCAN_END_ARRAY) {
        if (token->kind == SB_SCAN_BEGIN_OBJECT) {
            *token = read_person(&p, scan, &out->n_mended);
            status = add_person(out, &p, scan->text, (sb_range){0, 0});
        } else {
            *token = sb_json_scan_skip_damaged(scan, *token, &out->n_mended);
        }
        if (token->kind < SB_SCAN_DONE)
            *token = next_token(scan, &out->n_mended);
    }
    return status;
}

static sb_status read_map(sb_json_finds *out, sb_json_scan *scan, sb_scan_token *token)
{
    person p;
    sb_status status = SB_OK;
    *token = next_token(scan, &out->n_mended);
    while (status == SB_OK && token->kind == SB_SCAN_KEY) {
        sb_range key = token->range;
        *token = next_token(scan, &out->n_mended);
        if (token->kind == SB_SCAN_BEGIN_OBJECT) {
            *token = read_person(&p, scan, &out->n_mended);
            status = add_person(out, &p, scan->text, key);
        } else if (token->kind == SB_SCAN_TEXT) {
            if (token->range.length > 0 && is_label(scan->text, key))
                status = add_name(out, key, token->range);
        } else {
            *token = sb_json_scan_skip_damaged(scan, *token, &out->n_mended);
        }
        if (token->kind < SB_SCAN_DONE)
            *token = next_token(scan, &out->n_mended);
    }
    return status;
}

sb_status sb_json_pass_over(sb_json_finds *out, sb_json_scan *scan, sb_range key, sb_scan_token *token)
{
    sb_status status = SB_OK;
    size_t depth = scan->open.size;
    bool is_names = key.length > 0 && sb_json_is_names_key(scan->text + key.at, key.length);
    if (is_names && sb_json_begins_container(token))
        return token->kind == SB_SCAN_BEGIN_ARRAY ? read_list(out, scan, token) : read_map(out, scan, token);
    while (status == SB_OK && scan->open.size >= depth && token->kind < SB_SCAN_DONE) {
        *token = next_token(scan, &out->n_mended);
        if (token->kind != SB_SCAN_KEY ||
            !sb_json_is_names_key(scan->text + token->range.at, token->range.length))
            continue;
        *token = next_token(scan, &out->n_mended);
        if (token->kind == SB_SCAN_BEGIN_ARRAY)
            status = read_list(out, scan, token);
        else if (token->kind == SB_SCAN_BEGIN_OBJECT)
            status = read_map(out, scan, token);
    }
    return status;
}
