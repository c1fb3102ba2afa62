#include "acoustic/model/model.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define TRIPHONES_MOST (1 << 24)

static sb_status read_triphone_header(sb_triphones *t, sb_model_bytes *b, sb_error *err)
{
    sb_model_bytes_take(b, 4);
    b->failed |= sb_model_bytes_int(b) != 1;
    int32_t description = sb_model_bytes_int(b);
    if (description < 0 || !sb_model_bytes_take(b, (size_t)description))
        b->failed = true;
    t->n_phones = sb_model_bytes_int(b);
    t->n_triphones = (size_t)sb_model_bytes_int(b);
    int n_states = sb_model_bytes_int(b);
    sb_model_bytes_int(b);
    t->n_senones = (size_t)sb_model_bytes_int(b);
    t->n_transitions = (size_t)sb_model_bytes_int(b);
    t->n_sequences = (size_t)sb_model_bytes_int(b);
    b->failed |= sb_model_bytes_int(b) != 3;
    t->n_nodes = (size_t)sb_model_bytes_int(b);
    sb_model_bytes_int(b);
    b->failed |= t->n_phones < 1 || t->n_triphones < (size_t)t->n_phones || t->n_triphones > TRIPHONES_MOST ||
                 t->n_sequences > TRIPHONES_MOST || t->n_nodes > TRIPHONES_MOST;
    sb_status status = sb_model_bytes_check(b, err);
    return status == SB_OK ? sb_triphones_check_counts(t, n_states, b, err) : status;
}

static sb_status read_names(sb_triphones *t, sb_model_bytes *b, sb_error *err)
{
    size_t begin = b->at;
    t->defined = calloc((size_t)t->n_phones, sizeof *t->defined);
    if (!t->defined)
        return sb_error_memory(err, "reading the acoustic model");
    for (int i = 0; i < t->n_phones && !b->failed; i++) {
        const char *name = b->file.data + b->at;
        if (sb_model_bytes_take(b, strnlen(name, b->file.size - b->at) + 1))
            snprintf(t->defined[i].name, SB_PHONE_NAME, "%s", name);
    }
    sb_model_bytes_take(b, (4 - (b->at - begin) % 4) % 4);
    return sb_model_bytes_check(b, err);
}

static void *copy_items(sb_model_bytes *b, size_t n, size_t size, bool *memory)
{
    const void *from = sb_model_bytes_take(b, n * size);
    void *to = from ? malloc(n * size + 1) : NULL;
    if (to)
        memcpy(to, from, n * size);
    *memory = *memory && (!from || to);
    return to;
}

/* The record of a triphone: its sequence of senones, its transition matrix, and four bytes. For phones
 * without context, one of the four bytes marks fillers. For others the bytes repeat the tree. */
static void read_records(sb_triphones *t, const char *records)
{
    enum { RECORD = 12 };
    for (size_t i = 0; i < t->n_triphones; i++)
        memcpy(&t->sequence_of[i], records + i * RECORD, sizeof *t->sequence_of);
    for (int i = 0; i < t->n_phones; i++) {
        memcpy(&t->defined[i].transitions, records + i * RECORD + 4, sizeof(int32_t));
        t->defined[i].filler = records[i * RECORD + 8] != 0;
    }
}

static sb_status read_tables(sb_triphones *t, sb_model_bytes *b, sb_error *err)
{
    enum { RECORD = 12 };
    bool memory = true;
    t->nodes = copy_items(b, t->n_nodes, sizeof *t->nodes, &memory);
    const char *records = sb_model_bytes_take(b, t->n_triphones * RECORD);
    t->sequence_of = calloc(t->n_triphones + 1, sizeof *t->sequence_of);
    memory = memory && t->sequence_of;
    if (records && t->sequence_of)
        read_records(t, records);
    b->failed |= sb_model_bytes_int(b) != (int32_t)(t->n_sequences * SB_STATES);
    t->sequences = copy_items(b, t->n_sequences * SB_STATES, sizeof *t->sequences, &memory);
    return memory ? sb_model_bytes_check(b, err) : sb_error_memory(err, "reading the acoustic model");
}

static sb_status read_binary(sb_triphones *t, sb_model_bytes *b, sb_error *err)
{
    sb_status status = read_triphone_header(t, b, err);
    if (status == SB_OK)
        status = read_names(t, b, err);
    return status == SB_OK ? read_tables(t, b, err) : status;
}

static bool tables_are_sound(const sb_triphones *t)
{
    for (size_t i = 0; i < t->n_triphones; i++)
        if (t->sequence_of[i] < 0 || (size_t)t->sequence_of[i] >= t->n_sequences)
            return false;
    for (int i = 0; i < t->n_phones; i++)
        if (t->defined[i].transitions < 0 || (size_t)t->defined[i].transitions >= t->n_transitions)
            return false;
    for (size_t i = 0; i < t->n_sequences * SB_STATES; i++)
        if (t->sequences[i] >= t->n_senones)
            return false;
    for (size_t i = 0; i < t->n_nodes; i++) {
        const sb_triphone_node *node = &t->nodes[i];
        size_t most = node->n_below > 0 ? t->n_nodes : t->n_triphones;
        if (node->n_below < 0 || (node->below >= 0 && (size_t)node->below + (size_t)node->n_below > most))
            return false;
        if (node->n_below > 0 && node->below < 0)
            return false;
    }
    return true;
}

static const uint16_t *senones_of(const sb_triphones *t, size_t triphone)
{
    return t->sequences + (size_t)t->sequence_of[triphone] * SB_STATES;
}

static bool is_leaf(const sb_triphones *t, const sb_triphone_node *node)
{
    return node->n_below == 0 && node->below >= 0 && (size_t)node->below < t->n_triphones;
}

/* Each senone belongs to one phone. Walks the leaves of the tree. */
static void claim(sb_triphones *t, const sb_triphone_node *node, int depth, uint8_t phone)
{
    if (depth == 3) {
        for (int s = 0; s < SB_STATES && is_leaf(t, node); s++)
            t->phone_of[senones_of(t, (size_t)node->below)[s]] = phone;
        return;
    }
    for (int i = 0; i < node->n_below; i++)
        claim(t, &t->nodes[node->below + i], depth + 1, phone);
}

static bool claim_senones(sb_triphones *t)
{
    t->phone_of = calloc(t->n_senones + 1, 1);
    if (!t->phone_of)
        return false;
    for (int p = 0; p < SB_MODEL_PHONES; p++) {
        if (t->own[p] < 0)
            continue;
        memcpy(t->plain[p], senones_of(t, (size_t)t->own[p]), sizeof t->plain[p]);
        for (int s = 0; s < SB_STATES; s++)
            t->phone_of[t->plain[p][s]] = (uint8_t)p;
        for (size_t position = 0; position < 4 && position < t->n_nodes; position++)
            if (t->own[p] < t->nodes[position].n_below)
                claim(t, &t->nodes[t->nodes[position].below + t->own[p]], 1, (uint8_t)p);
    }
    for (int p = SB_MODEL_SILENCE + 1; p < SB_MODEL_PHONES; p++)
        if (t->own[p] < 0)
            memcpy(t->plain[p], t->plain[SB_MODEL_SILENCE], sizeof t->plain[p]);
    return true;
}

static bool is_filler(const sb_defined_phone *phone)
{
    return phone->filler || phone->name[0] == '+' || strcasecmp(phone->name, "SIL") == 0;
}

static int find_defined(const sb_triphones *t, const char *name)
{
    for (int i = 0; i < t->n_phones; i++)
        if (strcasecmp(t->defined[i].name, name) == 0)
            return i;
    return -1;
}

/* Some models have neither of the usual noises, but breath or laughter. */
static void find_fillers(sb_triphones *t)
{
    t->own[SB_MODEL_SILENCE] = find_defined(t, "SIL");
    t->own[SB_MODEL_NOISE] = find_defined(t, "+NSN+");
    t->own[SB_MODEL_BABBLE] = find_defined(t, "+SPN+");
    for (int i = 0; i < t->n_phones && t->own[SB_MODEL_NOISE] < 0; i++)
        if (is_filler(&t->defined[i]) && i != t->own[SB_MODEL_SILENCE] && i != t->own[SB_MODEL_BABBLE])
            t->own[SB_MODEL_NOISE] = i;
}

/* True if the phones are exactly those of CMUdict. The library's numbers are then also the model's. */
static bool is_arpabet(const sb_triphones *t)
{
    int n = 0;
    for (int i = 0; i < t->n_phones; i++)
        n += !is_filler(&t->defined[i]);
    bool all = n == SB_N_PHONES;
    for (sb_phone p = 0; p < SB_N_PHONES && all; p++) {
        int i = find_defined(t, sb_phone_name(p));
        all = i >= 0 && strcmp(t->defined[i].name, sb_phone_name(p)) == 0;
    }
    return all;
}

static sb_status take_own_phones(sb_triphones *t, const sb_json_value *ipa, const sb_model_bytes *b,
                                 sb_error *err)
{
    for (int i = 0; i < t->n_phones; i++) {
        const char *name = t->defined[i].name;
        if (is_filler(&t->defined[i]))
            continue;
        if (t->own_set.n == SB_PHONES_MAX)
            return sb_model_bytes_refuse(b, err, "there are more than %d phones, which is the limit",
                                         SB_PHONES_MAX);
        t->own[t->own_set.n] = i;
        if (!sb_phone_set_add(&t->own_set, name, sb_json_string(sb_json_member(ipa, name))))
            return sb_error_set_at(err, SB_ERR_FORMAT, b->path, 0, 0,
                                   "the phone '%s' is defined twice; get the model again", name);
    }
    return SB_OK;
}

/* The IPA of the phones, if the model has it. */
static sb_status take_phones(sb_triphones *t, const char *folder, const sb_model_bytes *b, sb_error *err)
{
    char path[512];
    sb_bytes file = {0};
    sb_json_doc *doc = NULL;
    snprintf(path, sizeof path, "%s/phoneset.json", folder);
    sb_status status = access(path, F_OK) == 0 ? sb_file_read(&file, path, (size_t)1 << 20, err) : SB_OK;
    if (status == SB_OK && file.data)
        status = sb_json_read(&doc, file.data, file.size, path, err);
    if (status == SB_OK)
        status = take_own_phones(t, doc ? sb_json_root(doc) : NULL, b, err);
    sb_json_free(&doc);
    sb_bytes_finish(&file);
    return status;
}

static sb_status set_phones(sb_triphones *t, const char *folder, const sb_model_bytes *b, sb_error *err)
{
    for (int p = 0; p < SB_MODEL_PHONES; p++)
        t->own[p] = -1;
    find_fillers(t);
    if (t->own[SB_MODEL_SILENCE] < 0)
        return sb_model_bytes_refuse(b, err, "there is no phone SIL, which must stand for silence");
    t->phones = is_arpabet(t) ? sb_phones_arpabet() : &t->own_set;
    for (int p = 0; t->phones->arpabet && p < SB_N_PHONES; p++)
        t->own[p] = find_defined(t, t->phones->name[p]);
    sb_status status = t->phones->arpabet ? SB_OK : take_phones(t, folder, b, err);
    if (status == SB_OK && t->phones->n == 0)
        return sb_model_bytes_refuse(b, err, "there are no phones of speech");
    return status;
}

static sb_status read_definition(sb_triphones *t, sb_model_bytes *b, const char *folder, sb_error *err)
{
    static const char magic[4] = "BMDF";
    bool binary = b->file.size >= sizeof magic && memcmp(b->file.data, magic, sizeof magic) == 0;
    sb_status status = binary ? read_binary(t, b, err) : sb_triphones_read_text(t, b, err);
    if (status == SB_OK) {
        b->failed = !tables_are_sound(t);
        status = sb_model_bytes_check(b, err);
    }
    if (status == SB_OK)
        status = set_phones(t, folder, b, err);
    return status == SB_OK && !claim_senones(t) ? sb_error_memory(err, "reading the acoustic model") : status;
}

sb_status sb_triphones_read(sb_triphones **out, const char *folder, sb_error *err)
{
    *out = NULL;
    sb_model_bytes b = {0};
    sb_triphones *t = calloc(1, sizeof *t);
    if (!t)
        return sb_error_memory(err, "reading the acoustic model");
    sb_status status = sb_model_bytes_open(&b, folder, "mdef", err);
    if (status == SB_OK)
        status = read_definition(t, &b, folder, err);
    sb_model_bytes_close(&b);
    if (status == SB_OK)
        *out = t;
    else
        sb_triphones_free(&t);
    return status;
}

void sb_triphones_free(sb_triphones **slot)
{
    sb_triphones *t = *slot;
    *slot = NULL;
    if (!t)
        return;
    free(t->nodes);
    free(t->sequence_of);
    free(t->sequences);
    free(t->phone_of);
    free(t->defined);
    free(t);
}

static const sb_triphone_node *below(const sb_triphones *t, const sb_triphone_node *node, int context)
{
    for (int i = 0; i < node->n_below; i++)
        if (t->nodes[node->below + i].context == context)
            return &t->nodes[node->below + i];
    return NULL;
}

static const uint16_t *find_at(const sb_triphones *t, int phone, int left, int right, size_t position)
{
    const sb_triphone_node *node = position < t->n_nodes ? &t->nodes[position] : NULL;
    const int contexts[3] = {phone, left, right};
    for (int i = 0; node && i < 3; i++)
        node = below(t, node, contexts[i]);
    return node && is_leaf(t, node) ? senones_of(t, (size_t)node->below) : NULL;
}

const uint16_t *sb_triphones_find(const sb_triphones *t, uint8_t phone, uint8_t left, uint8_t right,
                                  sb_word_position position)
{
    int own = t->own[phone], l = t->own[left], r = t->own[right];
    const uint16_t *found = phone < SB_PHONES_MAX ? find_at(t, own, l, r, (size_t)position) : NULL;
    for (size_t other = 0; !found && phone < SB_PHONES_MAX && other < 4; other++)
        found = find_at(t, own, l, r, other);
    return found ? found : t->plain[phone];
}
