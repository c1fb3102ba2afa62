#include "acoustic/acoustic.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define CONTEXTS_MOST (SB_PHONES_MAX + 1)

/* Phones next to a word. Silence is always one of them, and the last. */
typedef struct contexts {
    uint8_t phones[CONTEXTS_MOST];
    size_t n;
} contexts;

/* A node that ends a word: its phone, and the phone that must follow. */
typedef struct word_end {
    uint32_t node;
    uint8_t phone, right;
} word_end;

typedef struct word_ends {
    word_end *items;
    size_t n, capacity;
} word_ends;

typedef struct builder {
    sb_network *net;
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon;
    const uint32_t *words;
    word_ends before, here; /* ends of the previous word and of this one */
    bool failed;
} builder;

static const sb_lexeme *lexeme_at(const builder *b, size_t word)
{
    return &b->lexicon->lexemes[b->words[word]];
}

static void add_context(contexts *c, uint8_t phone)
{
    if (!memchr(c->phones, phone, c->n))
        c->phones[c->n++] = phone;
}

static contexts left_contexts(const builder *b, size_t word)
{
    contexts c = {.n = 0};
    if (word > 0)
        for (size_t w = 0; w < lexeme_at(b, word - 1)->n_ways; w++) {
            const sb_spoken_way *way = &lexeme_at(b, word - 1)->ways[w];
            add_context(&c, way->phones[way->n_phones - 1]);
        }
    add_context(&c, SB_MODEL_SILENCE);
    return c;
}

static contexts right_contexts(const builder *b, size_t word)
{
    contexts c = {.n = 0};
    if (word + 1 < b->net->n_words)
        for (size_t w = 0; w < lexeme_at(b, word + 1)->n_ways; w++)
            add_context(&c, lexeme_at(b, word + 1)->ways[w].phones[0]);
    add_context(&c, SB_MODEL_SILENCE);
    return c;
}

static void add_arc(builder *b, int32_t from, float price)
{
    sb_network *net = b->net;
    if (!sb_grow(&net->arcs, net->n_arcs, &net->arcs_capacity, sizeof *net->arcs)) {
        b->failed = true;
        return;
    }
    net->arcs[net->n_arcs++] = (sb_network_arc){from, price};
    net->nodes[net->n_nodes - 1].n_arcs++;
}

static uint32_t add_node(builder *b, const sb_network_node *node)
{
    sb_network *net = b->net;
    if (!sb_grow(&net->nodes, net->n_nodes, &net->nodes_capacity, sizeof *net->nodes)) {
        b->failed = true;
        return 0;
    }
    net->nodes[net->n_nodes] = *node;
    net->nodes[net->n_nodes].first_arc = (uint32_t)net->n_arcs;
    return (uint32_t)net->n_nodes++;
}

static void add_end(builder *b, uint32_t node, uint8_t phone, uint8_t right)
{
    if (!sb_grow(&b->here.items, b->here.n, &b->here.capacity, sizeof *b->here.items)) {
        b->failed = true;
        return;
    }
    b->here.items[b->here.n++] = (word_end){node, phone, right};
}

static uint32_t add_phone(builder *b, size_t word, size_t way, size_t at, uint8_t left, uint8_t right)
{
    const sb_spoken_way *w = &lexeme_at(b, word)->ways[way];
    bool first = at == 0, last = at + 1 == w->n_phones;
    sb_word_position position = first && last ? SB_WORD_WHOLE
                                : first       ? SB_WORD_BEGIN
                                : last        ? SB_WORD_END
                                              : SB_WORD_INSIDE;
    sb_network_node node = {
        .phone = w->phones[at], .way = (uint8_t)way, .begins = first, .word = (uint32_t)word};
    memcpy(node.senones, sb_triphone_senones(b->model, node.phone, left, right, position),
           sizeof node.senones);
    uint32_t index = add_node(b, &node);
    if (last && !b->failed)
        add_end(b, index, node.phone, right);
    return index;
}

/* Arcs into the last node, which starts a word: after silence from the place, otherwise from the ends that
 * it can follow. */
static void enter_word(builder *b, size_t word, uint8_t phone, uint8_t left)
{
    if (left == SB_MODEL_SILENCE) {
        add_arc(b, -1 - (int32_t)word, 0);
        return;
    }
    for (size_t i = 0; i < b->before.n; i++)
        if (b->before.items[i].phone == left && b->before.items[i].right == phone)
            add_arc(b, (int32_t)b->before.items[i].node, 0);
}

static void add_first_phone(builder *b, size_t word, size_t way, uint8_t left, uint8_t right)
{
    add_phone(b, word, way, 0, left, right);
    if (!b->failed)
        enter_word(b, word, lexeme_at(b, word)->ways[way].phones[0], left);
}

static void add_short_way(builder *b, size_t word, size_t way, const contexts *left, const contexts *right)
{
    for (size_t l = 0; l < left->n && !b->failed; l++)
        for (size_t r = 0; r < right->n && !b->failed; r++)
            add_first_phone(b, word, way, left->phones[l], right->phones[r]);
}

static void add_long_way(builder *b, size_t word, size_t way, const contexts *left, const contexts *right)
{
    const sb_spoken_way *w = &lexeme_at(b, word)->ways[way];
    size_t last = w->n_phones - 1, first_node = b->net->n_nodes;
    for (size_t l = 0; l < left->n && !b->failed; l++)
        add_first_phone(b, word, way, left->phones[l], w->phones[1]);
    uint32_t from = (uint32_t)first_node, n_from = (uint32_t)left->n;
    for (size_t at = 1; at <= last && !b->failed; at++) {
        size_t n = at == last ? right->n : 1;
        uint32_t begin = (uint32_t)b->net->n_nodes;
        for (size_t r = 0; r < n && !b->failed; r++) {
            add_phone(b, word, way, at, w->phones[at - 1], at == last ? right->phones[r] : w->phones[at + 1]);
            for (uint32_t i = 0; i < n_from && !b->failed; i++)
                add_arc(b, (int32_t)(from + i), 0);
        }
        from = begin;
        n_from = (uint32_t)n;
    }
}

static void add_word_ways(builder *b, size_t word)
{
    contexts left = left_contexts(b, word), right = right_contexts(b, word);
    b->here.n = 0;
    for (size_t way = 0; way < lexeme_at(b, word)->n_ways && !b->failed; way++)
        if (lexeme_at(b, word)->ways[way].n_phones == 1)
            add_short_way(b, word, way, &left, &right);
        else
            add_long_way(b, word, way, &left, &right);
}

static void add_place_end(builder *b, uint32_t node)
{
    sb_network *net = b->net;
    if (!sb_grow(&net->ends, net->n_ends, &net->ends_capacity, sizeof *net->ends)) {
        b->failed = true;
        return;
    }
    net->ends[net->n_ends++] = node;
}

static void add_filler(builder *b, size_t place, uint8_t phone, float price, bool unwritten)
{
    sb_network_node node = {.phone = phone, .word = SB_NO_WORD};
    for (int s = 0; s < SB_STATES; s++)
        node.senones[s] = unwritten ? SB_NO_SENONE : b->model->plain[phone][s];
    uint32_t index = add_node(b, &node);
    if (b->failed)
        return;
    add_arc(b, -1 - (int32_t)place, price);
    add_place_end(b, index);
}

static void add_network_place(builder *b, size_t place)
{
    const sb_network_prices *prices = &b->net->prices;
    b->net->places[place].first_end = (uint32_t)b->net->n_ends;
    for (size_t i = 0; i < b->here.n && !b->failed; i++)
        if (b->here.items[i].right == SB_MODEL_SILENCE)
            add_place_end(b, b->here.items[i].node);
    if (!b->failed)
        add_filler(b, place, SB_MODEL_SILENCE, prices->silence, false);
    if (!b->failed)
        add_filler(b, place, SB_MODEL_NOISE, prices->noise, false);
    if (!b->failed)
        add_filler(b, place, SB_MODEL_BABBLE, prices->unwritten, true);
    b->net->places[place].n_ends = (uint32_t)b->net->n_ends - b->net->places[place].first_end;
}

static float or_usual(float price, float usual)
{
    return price != 0 ? price : usual;
}

static sb_network_prices or_defaults(sb_network_prices p)
{
    return (sb_network_prices){.skip = or_usual(p.skip, -12),
                               .skip_next = or_usual(p.skip_next, -12),
                               .silence = or_usual(p.silence, -1.6f),
                               .noise = or_usual(p.noise, -6),
                               .unwritten = or_usual(p.unwritten, -25),
                               .unwritten_frame = or_usual(p.unwritten_frame, -4.5f),
                               .beam = or_usual(p.beam, 250)};
}

bool sb_network_make(sb_network *out, const sb_acoustic_model *model, const sb_lexicon *lexicon,
                     const uint32_t *words, size_t n_words, const sb_network_prices *prices)
{
    *out = (sb_network){.n_words = n_words, .prices = or_defaults(*prices)};
    builder b = {.net = out, .model = model, .lexicon = lexicon, .words = words};
    out->places = calloc(n_words + 1, sizeof *out->places);
    b.failed = !out->places;
    if (!b.failed)
        add_network_place(&b, 0);
    for (size_t word = 0; word < n_words && !b.failed; word++) {
        word_ends spare = b.before;
        b.before = b.here;
        b.here = spare;
        add_word_ways(&b, word);
        if (!b.failed)
            add_network_place(&b, word + 1);
    }
    free(b.before.items);
    free(b.here.items);
    if (b.failed)
        sb_network_finish(out);
    return !b.failed;
}

void sb_network_finish(sb_network *net)
{
    free(net->nodes);
    free(net->arcs);
    free(net->ends);
    free(net->places);
    *net = (sb_network){0};
}
