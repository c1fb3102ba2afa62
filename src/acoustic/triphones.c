#include "acoustic/triphones.h"

#include "acoustic/model_bytes.h"

#include <stdlib.h>
#include <string.h>

#define PHONES_MOST    256
#define TRIPHONES_MOST (1 << 24)

static const char *name_of(int phone)
{
    static const char *const fillers[] = {"SIL", "+NSN+", "+SPN+"};
    return phone < SB_N_PHONES ? sb_phone_name((sb_phone)phone) : fillers[phone - SB_N_PHONES];
}

static void read_names(sb_triphones *t, sb_model_bytes *b)
{
    size_t begin = b->at;
    for (int p = 0; p < SB_MODEL_PHONES; p++)
        t->own[p] = -1;
    for (int i = 0; i < t->n_phones && !b->failed; i++) {
        const char *name = b->file.data + b->at;
        if (!sb_model_bytes_take(b, strnlen(name, b->file.size - b->at) + 1))
            return;
        for (int p = 0; p < SB_MODEL_PHONES; p++)
            if (strcmp(name, name_of(p)) == 0)
                t->own[p] = i;
    }
    for (int p = 0; p < SB_MODEL_PHONES; p++)
        b->failed |= t->own[p] < 0;
    sb_model_bytes_take(b, (4 - (b->at - begin) % 4) % 4);
}

static void read_header(sb_triphones *t, sb_model_bytes *b)
{
    static const char magic[4] = "BMDF";
    const char *begin = sb_model_bytes_take(b, sizeof magic);
    if (!begin || memcmp(begin, magic, sizeof magic) != 0 || sb_model_bytes_int(b) != 1)
        b->failed = true;
    int32_t description = sb_model_bytes_int(b);
    if (description < 0 || !sb_model_bytes_take(b, (size_t)description))
        b->failed = true;
    t->n_phones = sb_model_bytes_int(b);
    t->n_triphones = (size_t)sb_model_bytes_int(b);
    b->failed |= sb_model_bytes_int(b) != SB_STATES;
    sb_model_bytes_int(b);
    t->n_senones = (size_t)sb_model_bytes_int(b);
    sb_model_bytes_int(b);
    t->n_sequences = (size_t)sb_model_bytes_int(b);
    b->failed |= sb_model_bytes_int(b) != 3;
    t->n_nodes = (size_t)sb_model_bytes_int(b);
    sb_model_bytes_int(b);
    b->failed |= t->n_phones < SB_MODEL_PHONES || t->n_phones > PHONES_MOST ||
                 t->n_triphones < (size_t)t->n_phones || t->n_triphones > TRIPHONES_MOST ||
                 t->n_senones > UINT16_MAX || t->n_sequences > TRIPHONES_MOST || t->n_nodes > TRIPHONES_MOST;
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

/* A triphone's record: its sequence of senones, its transitions, and four bytes that the tree says as well. */
static bool read_tables(sb_triphones *t, sb_model_bytes *b)
{
    enum { RECORD = 12 };
    bool memory = true;
    t->nodes = copy_items(b, t->n_nodes, sizeof *t->nodes, &memory);
    const char *records = sb_model_bytes_take(b, t->n_triphones * RECORD);
    t->sequence_of = calloc(t->n_triphones + 1, sizeof *t->sequence_of);
    memory = memory && t->sequence_of;
    for (size_t i = 0; records && t->sequence_of && i < t->n_triphones; i++)
        memcpy(&t->sequence_of[i], records + i * RECORD, sizeof *t->sequence_of);
    b->failed |= sb_model_bytes_int(b) != (int32_t)(t->n_sequences * SB_STATES);
    t->sequences = copy_items(b, t->n_sequences * SB_STATES, sizeof *t->sequences, &memory);
    return memory;
}

static bool tables_are_sound(const sb_triphones *t)
{
    for (size_t i = 0; i < t->n_triphones; i++)
        if (t->sequence_of[i] < 0 || (size_t)t->sequence_of[i] >= t->n_sequences)
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

/* Senones belong to one phone each, as their Gaussians do. Walks the leaves of the tree. */
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

static bool set_phones(sb_triphones *t)
{
    t->phone_of = calloc(t->n_senones + 1, 1);
    if (!t->phone_of)
        return false;
    for (uint8_t p = 0; p < SB_MODEL_PHONES; p++) {
        memcpy(t->plain[p], senones_of(t, (size_t)t->own[p]), sizeof t->plain[p]);
        for (int s = 0; s < SB_STATES; s++)
            t->phone_of[t->plain[p][s]] = p;
        for (size_t position = 0; position < 4 && position < t->n_nodes; position++)
            if (t->own[p] < t->nodes[position].n_below)
                claim(t, &t->nodes[t->nodes[position].below + t->own[p]], 1, p);
    }
    return true;
}

sb_status sb_triphones_read(sb_triphones **out, const char *folder, sb_error *err)
{
    *out = NULL;
    sb_model_bytes b = {0};
    sb_triphones *t = calloc(1, sizeof *t);
    sb_status status =
        t ? sb_model_bytes_open(&b, folder, "mdef", err) : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    bool memory = true;
    if (status == SB_OK) {
        read_header(t, &b);
        if (!b.failed)
            read_names(t, &b);
        if (!b.failed)
            memory = read_tables(t, &b);
        b.failed = b.failed || (memory && !tables_are_sound(t));
        if (memory && !b.failed)
            memory = set_phones(t);
        status = memory ? sb_model_bytes_check(&b, err) : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
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
    const uint16_t *found = phone < SB_N_PHONES ? find_at(t, own, l, r, (size_t)position) : NULL;
    for (size_t other = 0; !found && phone < SB_N_PHONES && other < 4; other++)
        found = find_at(t, own, l, r, other);
    return found ? found : t->plain[phone];
}
