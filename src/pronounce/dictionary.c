#include "pronounce/pronounce.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/file.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT ((size_t)64 << 20)
#define PHONES_MAX 100 /* for a word of the user's dictionary */

/* One line: the bytes of the word, and where its phones begin. Pronunciations of one word are chained in file
 * order. */
typedef struct entry {
    uint32_t word, word_size, phones, next; /* `next` is 1 + an index; 0: the last */
} entry;

struct sb_dictionary {
    sb_phone_set phones;
    sb_bytes text;
    entry *entries;
    size_t n_entries, capacity;
    sb_hash_index index;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

typedef struct spelling {
    const sb_dictionary *dictionary;
    const char *word;
    size_t size;
} spelling;

static bool has_spelling(const void *user, size_t item)
{
    const spelling *s = user;
    const entry *e = &s->dictionary->entries[item];
    const char *word = s->dictionary->text.data + e->word;
    if (e->word_size != s->size)
        return false;
    for (size_t i = 0; i < s->size; i++)
        if (lower(word[i]) != lower(s->word[i]))
            return false;
    return true;
}

/* Returns the slot of the word, or the empty slot for it. */
static uint32_t *find_slot(const sb_dictionary *d, const char *word, size_t size)
{
    uint64_t hash = SB_HASH_SEED;
    for (size_t i = 0; i < size; i++)
        hash = sb_hash_add(hash, (unsigned char)lower(word[i]));
    return sb_hash_index_find(&d->index, hash, has_spelling, &(spelling){d, word, size});
}

static bool is_line_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static size_t skip_line_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && is_line_blank(text[at]))
        at++;
    return at;
}

static size_t skip_word(const char *text, size_t at, size_t end)
{
    while (at < end && !is_line_blank(text[at]) && text[at] != '#')
        at++;
    return at;
}

/* Returns the length of "the(2)" without its number. */
static size_t base_size(const char *word, size_t size)
{
    if (size < 4 || word[size - 1] != ')')
        return size;
    size_t at = size - 1;
    while (at > 0 && word[at - 1] >= '0' && word[at - 1] <= '9')
        at--;
    return at > 1 && at < size - 1 && word[at - 1] == '(' ? at - 1 : size;
}

/* Reads phones from `at` to the end of the line. `room` 0 only counts them. Returns 0 if a phone is unknown
 * or there are too many. */
static size_t read_phones(const sb_dictionary *d, size_t at, size_t end, sb_phone *out, size_t room)
{
    const char *text = d->text.data;
    size_t n = 0;
    for (at = skip_line_blanks(text, at, end); at < end && text[at] != '#';
         at = skip_line_blanks(text, at, end)) {
        size_t stop = skip_word(text, at, end);
        sb_phone phone = sb_phone_set_find(&d->phones, text + at, stop - at);
        if (phone == SB_PHONE_NONE || (out && n == room))
            return 0;
        if (out)
            out[n] = phone;
        n++;
        at = stop;
    }
    return n;
}

static size_t line_end(const sb_dictionary *d, size_t at)
{
    const char *newline = memchr(d->text.data + at, '\n', d->text.size - at);
    return newline ? (size_t)(newline - d->text.data) : d->text.size;
}

static bool add_entry(sb_dictionary *d, size_t word, size_t size, size_t phones)
{
    if (!sb_grow(&d->entries, d->n_entries, &d->capacity, sizeof *d->entries))
        return false;
    d->entries[d->n_entries++] = (entry){(uint32_t)word, (uint32_t)size, (uint32_t)phones, 0};
    return true;
}

typedef struct source {
    const char *path;
    int64_t line;
    size_t line_start, text_size; /* folded words are stored after the text */
    bool strict;
    sb_error *err;
} source;

/* For models with other phones than English, the message shows some of them as examples. */
static sb_status no_phone(const sb_dictionary *d, const source *s, size_t at, int size)
{
    const sb_phone_set *p = &d->phones;
    int64_t column = (int64_t)(at - s->line_start) + 1;
    if (p->arpabet)
        return sb_error_set_at(s->err, SB_ERR_FORMAT, s->path, s->line, column,
                               "'%.*s' is not a phone; use those of CMUdict, as in \"hello HH AH L OW\"",
                               size, d->text.data + at);
    return sb_error_set_at(
        s->err, SB_ERR_FORMAT, s->path, s->line, column,
        "'%.*s' is not a phone of the acoustic model; use those of its own dictionary, such as %s %s", size,
        d->text.data + at, p->name[0], p->name[p->n - 1]);
}

/* Returns SB_ERR_FORMAT if the word is not followed by valid phones. */
static sb_status check_phones(const sb_dictionary *d, const source *s, size_t at, size_t end)
{
    const char *text = d->text.data;
    size_t n = 0;
    for (at = skip_line_blanks(text, at, end); at < end && text[at] != '#';
         at = skip_line_blanks(text, at, end), n++) {
        size_t stop = skip_word(text, at, end);
        if (sb_phone_set_find(&d->phones, text + at, stop - at) == SB_PHONE_NONE)
            return no_phone(d, s, at, (int)(stop - at > 40 ? 40 : stop - at));
        at = stop;
    }
    if (n > 0 && n <= PHONES_MAX)
        return SB_OK;
    return sb_error_set_at(
        s->err, SB_ERR_FORMAT, s->path, s->line, 1,
        n ? "has more than %d phones; split the word"
          : "is not a dictionary entry; write a word and its phones, as in \"hello HH AH L OW\"",
        PHONES_MAX);
}

/* Stores the word in the form in which words are looked up, after the text if it differs from the
 * spelling. */
static bool add_folded(sb_dictionary *d, size_t word, size_t size, size_t phones)
{
    char *copy = sb_copy_bytes(d->text.data + word, size), *folded = copy ? sb_fold(copy) : NULL;
    bool ok = folded != NULL;
    if (ok && strlen(folded) > 0) {
        size_t at = d->text.size;
        sb_bytes_text(&d->text, folded);
        ok = !d->text.failed && add_entry(d, at, strlen(folded), phones);
    }
    free(folded);
    free(copy);
    return ok;
}

static sb_status read_dictionary_line(sb_dictionary *d, const source *s, size_t end)
{
    const char *text = d->text.data;
    size_t at = skip_line_blanks(text, s->line_start, end);
    if (at == end || text[at] == '#' || (end - at >= 3 && memcmp(text + at, ";;;", 3) == 0))
        return SB_OK;
    size_t stop = at;
    while (stop < end && !is_line_blank(text[stop]))
        stop++;
    size_t size = base_size(text + at, stop - at);
    if (!s->strict)
        return add_entry(d, at, size, stop) ? SB_OK : sb_error_memory(s->err, "reading a dictionary");
    sb_status status = check_phones(d, s, stop, end);
    return status == SB_OK && !add_folded(d, at, size, stop) ? sb_error_memory(s->err, "reading a dictionary")
                                                             : status;
}

static sb_status read_lines(sb_dictionary *d, source *s)
{
    sb_status status = SB_OK;
    s->text_size = d->text.size;
    for (s->line = 1; status == SB_OK && s->line_start < s->text_size; s->line++) {
        size_t end = line_end(d, s->line_start);
        end = end < s->text_size ? end : s->text_size;
        status = read_dictionary_line(d, s, end);
        s->line_start = end + 1;
    }
    return status;
}

static bool index_entries(sb_dictionary *d)
{
    /* last entry of the chain that begins at an entry */
    uint32_t *last = calloc(d->n_entries + 1, sizeof *last);
    bool done = last && sb_hash_index_init(&d->index, d->n_entries);
    for (size_t i = 0; done && i < d->n_entries; i++) {
        uint32_t *slot = find_slot(d, d->text.data + d->entries[i].word, d->entries[i].word_size);
        if (*slot)
            d->entries[last[*slot]].next = (uint32_t)i + 1;
        else
            *slot = (uint32_t)i + 1;
        last[*slot] = (uint32_t)i;
    }
    free(last);
    return done;
}

/* Takes ownership of the bytes. */
static sb_status make_dictionary(sb_dictionary **out, sb_bytes *text, const sb_phone_set *phones, source *s)
{
    sb_dictionary *d = calloc(1, sizeof *d);
    *out = NULL;
    if (!d || text->failed) {
        free(d);
        sb_bytes_finish(text);
        return sb_error_memory(s->err, "reading a dictionary");
    }
    d->text = *text;
    d->phones = phones ? *phones : *sb_phones_arpabet();
    sb_status status = read_lines(d, s);
    if (status == SB_OK && !index_entries(d))
        status = sb_error_memory(s->err, "reading a dictionary");
    if (status == SB_OK)
        *out = d;
    else
        sb_dictionary_free(&d);
    return status;
}

sb_status sb_dictionary_open(sb_dictionary **out, const char *path, sb_error *err)
{
    return sb_dictionary_open_in(out, path, NULL, err);
}

/* True if at least one word is written in phones of the set. */
static bool has_words(const sb_dictionary *d)
{
    for (size_t i = 0; i < d->n_entries; i++)
        if (read_phones(d, d->entries[i].phones, line_end(d, d->entries[i].phones), NULL, 0) > 0)
            return true;
    return d->n_entries == 0;
}

sb_status sb_dictionary_open_in(sb_dictionary **out, const char *path, const sb_phone_set *phones,
                                sb_error *err)
{
    sb_bytes text = {0};
    source s = {.path = path, .err = err};
    *out = NULL;
    sb_status status = sb_file_read(&text, path, SIZE_LIMIT, err);
    if (status == SB_OK)
        status = make_dictionary(out, &text, phones, &s);
    if (status == SB_OK && phones && !has_words(*out)) {
        sb_dictionary_free(out);
        status = sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                                 "does not use the phones of the acoustic model (%s, %s ...); put the "
                                 "model's own dictionary into its folder",
                                 phones->name[0], phones->name[phones->n - 1]);
    }
    return status;
}

/* Adds a line end after the last line, because folded words are stored after it. */
sb_status sb_dictionary_read_in(sb_dictionary **out, const void *data, size_t size, const char *path,
                                const sb_phone_set *phones, sb_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    sb_bytes text = {0};
    source s = {.path = path, .strict = true, .err = err};
    *out = NULL;
    if (size > SIZE_LIMIT)
        return sb_error_set_at(err, SB_ERR_LIMIT, path, 0, 0,
                               "is larger than 64 MB; check that it is a dictionary");
    bool marked = size >= 3 && memcmp(data, mark, 3) == 0;
    if (size > 0)
        sb_bytes_append(&text, (const char *)data + (marked ? 3 : 0), size - (marked ? 3 : 0));
    sb_bytes_text(&text, "\n");
    return make_dictionary(out, &text, phones, &s);
}

sb_status sb_dictionary_read(sb_dictionary **out, const void *data, size_t size, const char *path,
                             sb_error *err)
{
    return sb_dictionary_read_in(out, data, size, path, NULL, err);
}

const sb_phone_set *sb_dictionary_phones(const sb_dictionary *d)
{
    return &d->phones;
}

void sb_dictionary_free(sb_dictionary **slot)
{
    sb_dictionary *d = *slot;
    *slot = NULL;
    if (!d)
        return;
    sb_bytes_finish(&d->text);
    free(d->entries);
    sb_hash_index_finish(&d->index);
    free(d);
}

size_t sb_dictionary_size(const sb_dictionary *d)
{
    return d->n_entries;
}

size_t sb_dictionary_at(const sb_dictionary *d, size_t index, sb_phone *out, size_t room)
{
    size_t at = d->entries[index].phones;
    return read_phones(d, at, line_end(d, at), out, room);
}

size_t sb_dictionary_find(const sb_dictionary *d, const char *word, size_t way, sb_phone *out, size_t room)
{
    uint32_t at = *find_slot(d, word, strlen(word));
    while (at && way-- > 0)
        at = d->entries[at - 1].next;
    if (!at)
        return 0;
    const entry *e = &d->entries[at - 1];
    return read_phones(d, e->phones, line_end(d, e->phones), out, room);
}
