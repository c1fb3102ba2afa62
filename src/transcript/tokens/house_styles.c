#include "transcript/tokens/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

typedef struct style {
    const char *written, *common;
} style;

/* Words that sound the same, in whatever spelling a style book wants. */
static const style spellings[] = {{"mister", "mr"},
                                  {"missus", "mrs"},
                                  {"doctor", "dr"},
                                  {"professor", "prof"},
                                  {"saint", "st"},
                                  {"junior", "jr"},
                                  {"senior", "sr"},
                                  {"versus", "vs"},
                                  {"etcetera", "etc"},
                                  {"pct", "percent"},
                                  {"prozent", "percent"},
                                  {"procent", "percent"},
                                  {"dollar", "dollars"},
                                  {"dolar", "dollars"},
                                  {"dolares", "dollars"},
                                  {"dollari", "dollars"},
                                  {"dollaro", "dollars"},
                                  {"euro", "euros"},
                                  {"pound", "pounds"},
                                  {"rupee", "rupees"},
                                  {"ruble", "rubles"},
                                  {"rouble", "rubles"},
                                  {"roubles", "rubles"},
                                  {"degree", "degrees"},
                                  {"ok", "okay"},
                                  {"thru", "through"},
                                  {"till", "til"},
                                  {"grey", "gray"},
                                  {"greys", "grays"},
                                  {"programme", "program"},
                                  {"programmes", "programs"},
                                  {"cheque", "check"},
                                  {"cheques", "checks"},
                                  {"centre", "center"},
                                  {"centres", "centers"},
                                  {"centred", "centered"},
                                  {"theatre", "theater"},
                                  {"theatres", "theaters"},
                                  {"metre", "meter"},
                                  {"metres", "meters"},
                                  {"gramme", "gram"},
                                  {"grammes", "grams"},
                                  {"litre", "liter"},
                                  {"litres", "liters"},
                                  {"fibre", "fiber"},
                                  {"fibres", "fibers"},
                                  {"calibre", "caliber"},
                                  {"sombre", "somber"},
                                  {"spectre", "specter"},
                                  {"defence", "defense"},
                                  {"defences", "defenses"},
                                  {"offence", "offense"},
                                  {"offences", "offenses"},
                                  {"licence", "license"},
                                  {"licences", "licenses"},
                                  {"pretence", "pretense"},
                                  {"practise", "practice"},
                                  {"practised", "practiced"},
                                  {"practising", "practicing"},
                                  {"catalogue", "catalog"},
                                  {"catalogues", "catalogs"},
                                  {"dialogue", "dialog"},
                                  {"dialogues", "dialogs"},
                                  {"analogue", "analog"},
                                  {"plough", "plow"},
                                  {"sceptic", "skeptic"},
                                  {"sceptics", "skeptics"},
                                  {"sceptical", "skeptical"},
                                  {"mould", "mold"},
                                  {"ageing", "aging"},
                                  {"judgement", "judgment"},
                                  {"judgements", "judgments"},
                                  {"draught", "draft"},
                                  {"doughnut", "donut"},
                                  {"doughnuts", "donuts"},
                                  {"whisky", "whiskey"},
                                  {"yoghurt", "yogurt"},
                                  {"cosy", "cozy"},
                                  {"artefact", "artifact"},
                                  {"artefacts", "artifacts"},
                                  {"enquiry", "inquiry"},
                                  {"enquiries", "inquiries"},
                                  {"jewellery", "jewelry"},
                                  {"fulfil", "fulfill"},
                                  {"skilful", "skillful"},
                                  {"enrol", "enroll"},
                                  {"paediatric", "pediatric"},
                                  {"archaeology", "archeology"},
                                  {"encyclopaedia", "encyclopedia"}};

/* Abbreviations that are words without their point. */
static const style abbreviations[] = {
    {"gen", "general"},    {"sen", "senator"},     {"rep", "representative"},   {"gov", "governor"},
    {"capt", "captain"},   {"lt", "lieutenant"},   {"sgt", "sergeant"},         {"col", "colonel"},
    {"rev", "reverend"},   {"dept", "department"}, {"approx", "approximately"}, {"ave", "avenue"},
    {"blvd", "boulevard"}, {"mt", "mount"},        {"jan", "january"},          {"feb", "february"},
    {"mar", "march"},      {"apr", "april"},       {"aug", "august"},           {"sep", "september"},
    {"sept", "september"}, {"oct", "october"},     {"nov", "november"},         {"dec", "december"}};

static const struct {
    const char *first, *second, *common;
} pairs[] = {{"per", "cent", "percent"},  {"pour", "cent", "percent"}, {"por", "ciento", "percent"},
             {"por", "cento", "percent"}, {"per", "cento", "percent"}, {"et", "cetera", "etc"},
             {"hash", "tag", "hashtag"}};

static const char *const dot_names[] = {"com", "org",  "net",  "edu", "gov", "io",  "fm",  "tv",  "uk",
                                        "de",  "fr",   "dev",  "app", "ai",  "js",  "ts",  "py",  "txt",
                                        "pdf", "docx", "html", "css", "csv", "zip", "exe", "json"};
#define N_INNER_DOT_NAMES 8

bool sb_is_dot_name(const char *name, size_t size, bool inner)
{
    for (size_t i = 0; i < (inner ? N_INNER_DOT_NAMES : sizeof dot_names / sizeof *dot_names); i++) {
        if (strlen(dot_names[i]) == size && memcmp(dot_names[i], name, size) == 0)
            return true;
    }
    return false;
}

static bool set_text(sb_part *part, const char *text)
{
    char *copy = sb_copy_text(text, NULL);
    if (!copy)
        return false;
    free(part->text);
    part->text = copy;
    return true;
}

static bool is_text(const sb_part *part, const char *text)
{
    return strcmp(part->text, text) == 0;
}

static bool is_digits(const sb_part *part)
{
    return part->text[0] >= '0' && part->text[0] <= '9' &&
           strspn(part->text, "0123456789.") == strlen(part->text);
}

static const char *find_style(const style *styles, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++) {
        if (styles[i].written[0] == text[0] && strcmp(styles[i].written, text) == 0)
            return styles[i].common;
    }
    return NULL;
}

static bool ends_with(const char *text, size_t size, const char *ending, size_t least)
{
    size_t n = strlen(ending);
    return size >= n + least && memcmp(text + size - n, ending, n) == 0;
}

/* "organise" becomes "organize". Words such as "promise" change too, but equal words stay equal. */
static void use_z(char *text, size_t size)
{
    static const char *const endings[] = {"isation", "isations", "ise", "ised", "ises", "iser",
                                          "isers",   "ising",    "yse", "ysed", "ysing"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(text, size, endings[i], 3)) {
            text[size - strlen(endings[i]) + 1] = 'z';
            return;
        }
    }
}

/* Removes the letter at `drop` of an ending: "colour" becomes "color", "travelled" "traveled". */
static void drop_letter(char *text, size_t size, const char *const *endings, size_t n, size_t drop)
{
    for (size_t i = 0; i < n; i++) {
        if (!ends_with(text, size, endings[i], 3))
            continue;
        char *at = text + size - strlen(endings[i]) + drop;
        memmove(at, at + 1, strlen(at));
        return;
    }
}

static bool use_common_spelling(sb_part *part)
{
    static const char *const our[] = {"our",    "ours",    "oured",   "ouring",  "ourite", "ourites",
                                      "ourful", "ourable", "ourhood", "ourless", "ourer",  "ourers"};
    static const char *const ell[] = {"elled", "elling", "eller", "ellers", "ellous"};
    size_t size = strlen(part->text);
    const char *common = find_style(spellings, sizeof spellings / sizeof *spellings, part->text);
    if (common)
        return set_text(part, common);
    use_z(part->text, size);
    drop_letter(part->text, size, our, sizeof our / sizeof *our, 1);
    drop_letter(part->text, strlen(part->text), ell, sizeof ell / sizeof *ell, 1);
    return true;
}

/* The number that a range begins with: "10" of "10%-15%", "$2 million-$3 million". */
static sb_part *low_end(sb_parts *parts, size_t range)
{
    for (size_t i = range; i > 0 && range - i < 2; i--) {
        if (is_digits(&parts->items[i - 1]))
            return &parts->items[i - 1];
    }
    return NULL;
}

/* "10-15" is read as "ten to fifteen", and "1990-95" as "nineteen ninety to ninety-five". "3-2", "555-12-34"
 * and "9-11" are read without "to". */
static bool is_real_range(const sb_part *before, const sb_part *low, const sb_part *high,
                          const sb_part *after)
{
    if (!low || !high || !is_digits(high) || (after && after->is_range) || strlen(low->text) > 15 ||
        strlen(high->text) > 15)
        return false;
    if ((low->text[0] == '0' && low->text[1] != '.') || (high->text[0] == '0' && high->text[1] != '.'))
        return false;
    double from = strtod(low->text, NULL), to = strtod(high->text, NULL);
    bool is_dialled = before && is_text(before, "plus") && before->word == low->word; /* "+44-207" */
    bool is_year_end = strlen(low->text) == 4 && strlen(high->text) == 2 && (int)from % 100 < (int)to;
    bool is_event = to == 11 && (from == 9 || from == 7);
    return !is_dialled && (is_year_end || (from < to && !is_event));
}

/* "7:30-8:30": `low` has the minutes of the first time. */
static bool is_range_of_times(const sb_parts *parts, const sb_part *low, const sb_part *high)
{
    return low && high && high->is_hour && low > parts->items && low[-1].is_hour;
}

/* Removes ranges that are not real. "$10-15 million" is read as "ten to fifteen million dollars". */
static void settle_ranges(sb_parts *parts)
{
    size_t kept = 0;
    bool was_range = false;
    for (size_t i = 0; i < parts->n_items; i++) {
        sb_part *part = &parts->items[i];
        sb_part *high = i + 1 < parts->n_items ? part + 1 : NULL;
        sb_part *low = part->is_range ? low_end(parts, kept) : NULL;
        bool is_real = is_range_of_times(parts, low, high) ||
                       is_real_range(low && low > parts->items ? low - 1 : NULL, low, high,
                                     i + 2 < parts->n_items ? high + 1 : NULL);
        bool goes = part->is_range && (was_range || !is_real);
        if (part->is_range)
            was_range = i + 2 < parts->n_items && high[1].is_range;
        if (goes) {
            free(part->text);
            continue;
        }
        if (part->is_range && low->unit && (!high->unit || strcmp(low->unit, high->unit) == 0)) {
            high->unit = low->unit;
            low->unit = NULL;
        }
        parts->items[kept++] = *part;
    }
    parts->n_items = kept;
}

/* The number of parts from `at` on that have one common form, written to `out`; 0: none. */
static size_t joined_form(char out[SB_NUMBER_TEXT], const sb_parts *parts, size_t at)
{
    const sb_part *part = &parts->items[at];
    size_t n = 1;
    while (n < 3 && at + n < parts->n_items && part[n - 1].stop == SB_STOP_NONE)
        n++;
    if (n < 2 || strlen(part->text) + 3 > SB_NUMBER_TEXT)
        return 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (is_text(part, pairs[i].first) && is_text(part + 1, pairs[i].second)) {
            strcpy(out, pairs[i].common);
            return 2;
        }
    }
    if (is_text(part, "dot") && sb_is_dot_name(part[1].text, strlen(part[1].text), false)) {
        strcat(strcpy(out, "."), part[1].text);
        return 2;
    }
    bool is_key = !part->text[1] && part->text[0] >= 'b' && part->text[0] <= 'z' && part->text[0] != 'i';
    if (is_key && is_text(part + 1, "sharp")) {
        strcat(strcpy(out, part->text), "#");
        return 2;
    }
    if (n == 3 && !is_digits(part) && is_text(part + 1, "plus") && is_text(part + 2, "plus")) {
        strcat(strcpy(out, part->text), "++");
        return 3;
    }
    return 0;
}

static bool is_group_of_three(const sb_part *part)
{
    return strspn(part->text, "0123456789") == 3 && (part->text[3] == '\0' || part->text[3] == '.');
}

/* True if digits are beside parts[at] ... parts[at + n - 1] without a mark between, or if other parts are in
 * their words. */
static bool touches_digits(const sb_parts *parts, size_t at, size_t n, const sb_part *before)
{
    const sb_part *last = &parts->items[at + n - 1], *after = at + n < parts->n_items ? last + 1 : NULL;
    if (before &&
        (before->last_word == parts->items[at].word || (before->stop == SB_STOP_NONE && is_digits(before))))
        return true;
    return after && (after->word == last->last_word || (last->stop == SB_STOP_NONE && is_digits(after)));
}

/* "12 400" and "1 250 000" are one number if no other digits are beside them. Writes it to `out` and returns
 * the number of its parts, or 0. */
static size_t grouped_digits(char out[SB_NUMBER_TEXT], const sb_parts *parts, size_t at,
                             const sb_part *before)
{
    const sb_part *part = &parts->items[at];
    size_t n = 1, size = strspn(part->text, "0123456789");
    if (size == 0 || size > 3 || part->text[size] || part->text[0] == '0')
        return 0;
    strcpy(out, part->text);
    while (at + n < parts->n_items && part[n - 1].stop == SB_STOP_NONE &&
           part[n].word == part[n - 1].last_word + 1 && is_group_of_three(&part[n]) && !strchr(out, '.') &&
           strlen(out) + strlen(part[n].text) < SB_NUMBER_TEXT)
        strcat(out, part[n++].text);
    return n > 1 && !touches_digits(parts, at, n, before) ? n : 0;
}

static bool join_parts(sb_parts *parts, size_t *kept, size_t at, size_t n, const char *text)
{
    sb_part joined = parts->items[at];
    const sb_part *last = &parts->items[at + n - 1];
    joined.last_word = last->last_word;
    joined.stop = last->stop;
    joined.has_point = last->has_point;
    joined.unit = last->unit ? last->unit : joined.unit;
    joined.text = sb_copy_text(text, NULL);
    for (size_t i = at; i < at + n; i++) {
        free(parts->items[i].text);
        parts->items[i].text = NULL;
    }
    parts->items[(*kept)++] = joined;
    return joined.text != NULL;
}

/* "B- but" is a stutter, not a grade. */
static bool is_stutter(const sb_part *part, const sb_part *next)
{
    return part->text[0] && strcmp(part->text + 1, "-") == 0 && next && next->text[0] == part->text[0];
}

/* "No. 5" is "number 5". The parts before are finished. */
static bool write_out(sb_part *part, const sb_part *next, const sb_part *before, size_t n_before)
{
    const char *unit = sb_unit_said(&part->other, part, before, n_before);
    if (unit)
        return set_text(part, unit);
    if (is_stutter(part, next))
        part->text[1] = '\0';
    if (part->has_point && next && is_digits(next) && (is_text(part, "no") || is_text(part, "nr"))) {
        part->stop = SB_STOP_NONE;
        return set_text(part, "number");
    }
    const char *word =
        part->has_point && next
            ? find_style(abbreviations, sizeof abbreviations / sizeof *abbreviations, part->text)
            : NULL;
    if (!word)
        return use_common_spelling(part);
    part->stop = SB_STOP_NONE; /* the point belongs to the abbreviation */
    return set_text(part, word);
}

/* The parts before `kept` are finished, those from `at` on are not; between them there are none. */
static void close_up(sb_parts *parts, size_t kept, size_t at)
{
    if (at < parts->n_items)
        memmove(parts->items + kept, parts->items + at, (parts->n_items - at) * sizeof *parts->items);
    parts->n_items -= at - kept;
}

bool sb_parts_join_styles(sb_parts *parts)
{
    size_t kept = 0, at = 0;
    bool ok = true;
    settle_ranges(parts);
    for (size_t used; ok && at < parts->n_items; at += used) {
        char form[SB_NUMBER_TEXT];
        used = joined_form(form, parts, at);
        if (used == 0)
            used = grouped_digits(form, parts, at, kept > 0 ? &parts->items[kept - 1] : NULL);
        if (used > 0) {
            ok = join_parts(parts, &kept, at, used, form);
            continue;
        }
        used = 1;
        parts->items[kept] = parts->items[at];
        ok = write_out(&parts->items[kept], at + 1 < parts->n_items ? &parts->items[at + 1] : NULL,
                       parts->items, kept);
        kept++;
    }
    close_up(parts, kept, at);
    return ok;
}
