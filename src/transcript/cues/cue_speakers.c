#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"
#include "transcript/model/model.h"

#define MAX_BRACKET_BYTES 48
#define MAX_NAME_BYTES    60
#define MAX_LABEL_BYTES   24

static sb_cue_name *find_name(sb_cue_names *names, const char *text, sb_range name)
{
    for (size_t i = 0; i < names->n_items; i++) {
        if (sb_ranges_equal(text, names->items[i].range, name))
            return &names->items[i];
    }
    return NULL;
}

/* Names beyond SB_CUE_MAX_NAMES are not remembered. */
static bool is_seen_again(sb_cue_names *names, const char *text, sb_range name)
{
    const sb_cue_name *known = find_name(names, text, name);
    return known && known->n_seen > 1;
}

/* Returns how often the name was seen, with this time. Names beyond SB_CUE_MAX_NAMES are not remembered. */
static size_t learn(sb_cue_names *names, const char *text, sb_range name)
{
    sb_cue_name *known = find_name(names, text, name);
    if (known)
        return ++known->n_seen;
    if (names->n_items < SB_CUE_MAX_NAMES)
        names->items[names->n_items++] = (sb_cue_name){name, 1};
    return 1;
}

/* Returns the length of ">>" or "&gt;&gt;" and of further signs after it. */
static size_t chevrons_length(const char *text, size_t at, size_t end)
{
    size_t length = end - at >= 8 && memcmp(text + at, "&gt;&gt;", 8) == 0 ? 8
                    : end - at >= 2 && memcmp(text + at, ">>", 2) == 0     ? 2
                                                                           : 0;
    while (length > 0 && at + length < end && text[at + length] == '>')
        length++;
    return length;
}

/* Returns the length of a dash at text[at] and of the blanks after it, or 0. */
static size_t dash_length(const char *text, size_t at, size_t end)
{
    size_t next = at;
    if (at >= end || !sb_utf8_has("-–—‐−―", sb_utf8_next(text, end, &next)))
        return 0;
    size_t dash = next;
    while (next < end && (text[next] == ' ' || text[next] == '\t'))
        next++;
    bool is_double = next < end && sb_utf8_has("-–—", (unsigned char)text[next]);
    return next == end || is_double || (next == dash && text[next] >= '0' && text[next] <= '9') ? 0
                                                                                                : next - at;
}

static size_t skip_markup(const char *text, size_t at, size_t end, bool *is_change)
{
    while (at < end) {
        sb_cue_tag tag = sb_cue_tag_read(text + at, end - at);
        size_t length = tag.voice || tag.time_length || tag.ends_voice ? 0 : tag.length;
        size_t chevrons = length ? 0 : chevrons_length(text, at, end);
        *is_change = *is_change || chevrons > 0;
        length += chevrons;
        if (length == 0 && text[at] != ' ')
            break;
        at += length ? length : 1;
    }
    return at;
}

/* Removes remarks such as "(V.O.)" after a name. */
static size_t without_place(const char *text, size_t length)
{
    static const char *const places[] = {"(V.O.)", "(O.S.)", "(O.C.)", "(VO)", "(OS)", "(OC)", "(CONT'D)"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t n = strlen(places[i]);
        if (length > n + 1 && strncasecmp(text + length - n, places[i], n) == 0) {
            length -= n;
            while (length > 0 && text[length - 1] == ' ')
                length--;
        }
    }
    return length;
}

static bool is_hex(char c)
{
    return sb_hex_value(c) >= 0 || c == '-';
}

/* Returns true for labels that cannot be ordinary text, such as "speaker 2" and "a1b2c3d4-...@tenant", and
 * for names with a role, "Ann Lee, M.D. (host)". */
static bool is_label(const char *text, size_t length)
{
    static const char speaker[] = "speaker";
    size_t n = sizeof speaker - 1, n_hex = 0;
    if (length > n && length <= n + 4 && strncasecmp(text, speaker, n) == 0 &&
        (text[n] == ' ' || text[n] == '_'))
        return true;
    while (n_hex < length && is_hex(text[n_hex]))
        n_hex++;
    if (!memchr(text, ' ', length) &&
        ((n_hex >= 9 && n_hex == length) || (n_hex > 0 && memchr(text, '@', length))))
        return true;
    return length > 0 && text[length - 1] == ')' && sb_is_name(text, length);
}

/* True for the labels of speech services: "spk_0", "SPEAKER_01", "1A". */
static bool is_machine_label(const char *text, size_t length)
{
    bool has_digit = false, has_letter = false;
    for (size_t i = 0; i < length; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        bool is_letter = (text[i] | 32) >= 'a' && (text[i] | 32) <= 'z';
        if (!is_digit && !is_letter && text[i] != '_')
            return false;
        has_digit = has_digit || is_digit;
        has_letter = has_letter || is_letter;
    }
    return length <= 12 && has_digit && has_letter;
}

/* True for names in small letters and other labels, "nora" or "talk.first". Any word may stand before a
 * colon, so they count only if they begin two cues. */
static bool is_weak_label(const char *text, size_t length)
{
    char name[MAX_LABEL_BYTES];
    bool has_letter = false;
    if (length == 0 || length >= sizeof name)
        return false;
    for (size_t at = 0; at < length;) {
        int32_t c = sb_utf8_next(text, length, &at);
        has_letter = has_letter || sb_is_letter(c);
        if (!sb_is_letter(c) && !sb_is_digit(c) && !(c < 0x80 && strchr("_-.", c)))
            return false;
    }
    memcpy(name, text, length);
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 32);
    return has_letter && ((unsigned char)name[0] >= 0x80 || name[0] <= '9' || sb_is_name(name, length));
}

/* The name before a colon. */
typedef struct colon_label {
    sb_range name;
    bool is_weak; /* counts only if it begins two cues */
    bool is_wide; /* before a full-width colon, after which no blank follows */
} colon_label;

#define WIDE_COLON "\xEF\xBC\x9A"
#define WIDE_OPEN  "\xEF\xBC\x88"
#define WIDE_CLOSE "\xEF\xBC\x89"
#define WIDE_BYTES 3

/* "他说：" introduces what somebody says. */
static bool ends_with_saying(const char *text, sb_range name)
{
    static const char *const verbs[] = {"说", "說", "问", "問", "道", "曰", "答", "言う", "言った", NULL};
    for (size_t i = 0; verbs[i]; i++) {
        size_t n = strlen(verbs[i]);
        if (name.length >= n && memcmp(text + name.at + name.length - n, verbs[i], n) == 0)
            return true;
    }
    return false;
}

/* Reads a name before a full-width colon, with a remark in full-width brackets. Returns the length up to the
 * end of the colon, or 0. */
static size_t wide_colon_name(const char *text, size_t at, size_t end, colon_label *label)
{
    size_t limit = end - at < MAX_NAME_BYTES ? end - at : MAX_NAME_BYTES;
    const char *colon = memmem(text + at, limit, WIDE_COLON, WIDE_BYTES);
    size_t length = colon ? (size_t)(colon - text) - at : 0;
    const char *open = length ? memmem(text + at, length, WIDE_OPEN, WIDE_BYTES) : NULL;
    bool has_remark = open && open > text + at && length > WIDE_BYTES &&
                      memcmp(colon - WIDE_BYTES, WIDE_CLOSE, WIDE_BYTES) == 0;
    sb_range name = {at, has_remark ? (size_t)(open - text) - at : length};
    name = sb_range_trim(text, name);
    if (name.length == 0 || ends_with_saying(text, name) || !sb_is_plain_name(text + name.at, name.length))
        return 0;
    *label = (colon_label){.name = name, .is_weak = true, .is_wide = true};
    return length + WIDE_BYTES;
}

/* Reads a name with a remark in brackets: "NAME [on radio]:". Returns the length up to the end of the colon,
 * or 0. */
static size_t name_with_remark(const char *text, size_t at, size_t end, const char *brackets, sb_range *name)
{
    size_t limit = end - at < MAX_NAME_BYTES ? end - at : MAX_NAME_BYTES;
    const char *open = memchr(text + at, brackets[0], limit), *close = memchr(text + at, brackets[1], limit);
    if (!open || !close || close < open + 2 || open < text + at + 2 || open[-1] != ' ' ||
        close + 1 >= text + end || close[1] != ':' || !sb_is_name(text + at, (size_t)(open - text) - at - 1))
        return 0;
    *name = sb_range_trim(text, (sb_range){at, (size_t)(open - text) - at});
    return (size_t)(close - text) - at + 2;
}

static size_t label_length(const char *text, size_t size, bool *is_weak)
{
    size_t limit = size < MAX_NAME_BYTES ? size : MAX_NAME_BYTES;
    const char *colon = memchr(text, ':', limit);
    size_t length = colon ? (size_t)(colon - text) : 0;
    bool ends =
        length + 1 == size || (length + 1 < size && (text[length + 1] == ' ' || text[length + 1] == '\t'));
    if (length == 0 || !ends)
        return 0;
    *is_weak = !is_label(text, length) && !is_machine_label(text, length);
    return !*is_weak || is_weak_label(text, length) ? length : 0;
}

/* Reads "NAME:" and "NAME [on radio]:". Returns the length up to the end of the colon, or 0. */
static size_t colon_name(const char *text, size_t at, size_t end, colon_label *label)
{
    *label = (colon_label){0};
    size_t length = sb_name_prefix(text + at, end - at);
    if (length == 0)
        length = label_length(text + at, end - at, &label->is_weak);
    if (length > 0) {
        label->name = (sb_range){at, without_place(text + at, length)};
        return length + 1;
    }
    label->is_weak = false;
    length = name_with_remark(text, at, end, "[]", &label->name);
    if (length == 0)
        length = name_with_remark(text, at, end, "()", &label->name);
    return length ? length : wide_colon_name(text, at, end, label);
}

/* True for a sound in full-width brackets: those alone on a line are passed over anyway. */
static bool is_wide_sound(const char *text, sb_range inside)
{
    static const char *const parts[] = {"音", "声", "笑", "泣", "叫", "歌", "鳴", "拍手", "掌", "咳",
                                        "息", "曲", "の", "聲", "乐", "樂", "鼓", "喊",   "哭", NULL};
    for (size_t i = 0; parts[i]; i++) {
        if (memmem(text + inside.at, inside.length, parts[i], strlen(parts[i])))
            return true;
    }
    return false;
}

/* "悲しい" is a word, "田中さん" a name. */
static bool is_inflected(const char *text, sb_range name)
{
    static const char *const titles[] = {"さん", "ちゃん", "くん", "さま", "たち", NULL};
    size_t end = name.at + name.length;
    int32_t before = 0;
    for (size_t i = 0; titles[i]; i++) {
        size_t n = strlen(titles[i]);
        if (name.length > n && memcmp(text + end - n, titles[i], n) == 0)
            return false;
    }
    for (size_t at = name.at; at < end;) {
        int32_t c = sb_utf8_next(text, end, &at);
        if (at == end)
            return c >= 0x3041 && c <= 0x3096 && name.length > 3 && before > 0;
        before = c >= 0x4E00 && c < 0xA000 ? c : before;
    }
    return false;
}

/* Reads a name in full-width round or lenticular brackets, with text after it. */
static size_t wide_bracket_name(const char *text, size_t at, size_t end, sb_range *name)
{
    static const char *const pairs[][2] = {{WIDE_OPEN, WIDE_CLOSE}, {"【", "】"}, {"［", "］"}};
    size_t limit = end - at < MAX_BRACKET_BYTES ? end - at : MAX_BRACKET_BYTES;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (limit < 3 * WIDE_BYTES || memcmp(text + at, pairs[i][0], WIDE_BYTES) != 0)
            continue;
        const char *close = memmem(text + at, limit, pairs[i][1], WIDE_BYTES);
        size_t next = close ? (size_t)(close - text) + WIDE_BYTES : end;
        *name = (sb_range){at + WIDE_BYTES, close ? (size_t)(close - text) - at - WIDE_BYTES : 0};
        if (next >= end || name->length == 0 ||
            sb_range_trim(text, (sb_range){next, end - next}).length == 0 ||
            !sb_is_plain_name(text + name->at, name->length) || is_wide_sound(text, *name))
            return 0;
        bool has_colon = end - next > WIDE_BYTES && memcmp(text + next, WIDE_COLON, WIDE_BYTES) == 0;
        return next + (has_colon ? WIDE_BYTES : 0) - at;
    }
    return 0;
}

/* Reads "[NAME] text" and "(NAME) text". */
static size_t bracket_name(const char *text, size_t at, size_t end, sb_range *name)
{
    if (end - at < 5 || sb_event_length(text + at, end - at) > 0)
        return 0;
    if (text[at] != '[' && text[at] != '(')
        return wide_bracket_name(text, at, end, name);
    size_t limit = end - at < MAX_BRACKET_BYTES ? end - at : MAX_BRACKET_BYTES;
    const char *close = memchr(text + at, text[at] == '[' ? ']' : ')', limit);
    size_t n = close ? (size_t)(close - text) - at - 1 : 0, next = at + n + 2;
    if (n < 2 || next >= end || sb_range_trim(text, (sb_range){next, end - next}).length == 0 ||
        !sb_is_name(text + at + 1, n))
        return 0;
    *name = (sb_range){at + 1, n};
    next += next < end && text[next] == ':';
    return next - at;
}

/* A name after a dash that the document uses for something else: "- ANN: Yes". */
static size_t name_at(const char *text, size_t at, size_t end, colon_label *label)
{
    size_t dash = end - at > 2 && text[at] == '-' && text[at + 1] == ' ' ? 2 : 0;
    size_t length = colon_name(text, at + dash, end, label);
    return length ? dash + length : 0;
}

/* True if the line before text[at] ends a sentence. After other lines the sentence continues, so the text
 * before a colon is not a name: "the size:". */
static bool follows_sentence(const char *text, size_t at)
{
    for (;;) {
        while (at > 0 && strchr(" \t\r\n|", text[at - 1]))
            at--;
        if (at < 4 || strncasecmp(text + at - 3, "br", 2) != 0)
            break;
        at -= 4; /* "[br]" and "<br>" */
    }
    return at == 0 || (unsigned char)text[at - 1] >= 0x80 || strchr(".?!)]>\"'", text[at - 1]);
}

/* A label in small letters, "rule", without the number or the sign of a machine. */
static bool is_small_label(const char *text, sb_range name)
{
    for (size_t i = 0; i < name.length; i++) {
        if (text[name.at + i] < 'a' || text[name.at + i] > 'z')
            return false;
    }
    return true;
}

/* "MARIA (laughs):" is MARIA if the document names MARIA too. */
static sb_range without_remark(sb_cue_speakers *s, const char *text, sb_range name)
{
    const char *open = memchr(text + name.at, '(', name.length);
    if (!open || text[name.at + name.length - 1] != ')')
        return name;
    sb_range base = sb_range_trim(text, (sb_range){name.at, (size_t)(open - text) - name.at});
    return base.length > 0 && find_name(&s->names, text, base) ? base : name;
}

sb_cue_lead sb_cue_lead_read(sb_cue_speakers *s, const char *text, sb_range line, bool is_first)
{
    size_t end = line.at + line.length;
    sb_cue_lead lead = {0};
    size_t at = skip_markup(text, line.at, end, &lead.is_change);
    size_t dash = s->uses_dashes ? dash_length(text, at, end) : 0;
    if (dash > 0) {
        lead.is_change = true;
        at = skip_markup(text, at + dash, end, &lead.is_change);
    }
    colon_label label = {0};
    sb_range name = {0};
    size_t length = s->uses_names ? name_at(text, at, end, &label) : 0;
    sb_cue_name *known = length ? find_name(&s->names, text, label.name) : NULL;
    bool recurs = known && known->n_seen > 1 && (s->uses_small_names || !is_small_label(text, known->range));
    bool begins = is_first || lead.is_change || (known && follows_sentence(text, line.at));
    bool is_strong = !label.is_weak || (label.is_wide && s->uses_wide_names);
    if (length > 0 && (recurs || (is_strong && begins))) {
        learn(&s->names, text, label.name);
        lead.name = without_remark(s, text, label.name);
        at += length;
    } else if (s->uses_brackets && (length = bracket_name(text, at, end, &name)) > 0 &&
               (is_seen_again(&s->bracketed, text, name) ||
                (!memchr(text + name.at, ' ', name.length) && !is_inflected(text, name)))) {
        lead.name = name;
        at += length;
    }
    lead.length = at - line.at;
    return lead;
}

/* True if a sentence or a bracket ends above text[at]. Abbreviations such as "Dr." do not end one. */
static bool sentence_ends_before(const char *text, size_t begin, size_t at)
{
    if (at < begin + 2 || text[at - 1] != ' ' || text[at - 2] < 0 || !strchr(".?!)]\"", text[at - 2]))
        return false;
    return text[at - 2] == ')' || text[at - 2] == ']' || sb_text_ends_sentence(text + begin, at - 1 - begin);
}

size_t sb_cue_next_speaker(sb_cue_speakers *s, const char *text, size_t at, size_t end)
{
    for (size_t i = at + 1; i < end; i++) {
        if (text[i - 1] == ' ' && (text[i] == '>' || text[i] == '&') && chevrons_length(text, i, end) > 0)
            return i;
        if (!s->uses_names || !sentence_ends_before(text, at, i))
            continue;
        colon_label label;
        const sb_cue_name *known =
            colon_name(text, i, end, &label) ? find_name(&s->names, text, label.name) : NULL;
        if (known && known->n_seen > 1 && (s->uses_small_names || !is_small_label(text, known->range)))
            return i;
    }
    return end;
}

/* The speaker marks in the lines of one cue. */
typedef struct cue_marks {
    size_t n_lines, n_dashes;
    bool has_later_dash;
} cue_marks;

static void measure_line(sb_cue_speakers *s, cue_marks *marks, const char *text, sb_range line)
{
    size_t end = line.at + line.length;
    bool is_change = false, is_first = s->names.n_items == 0 && s->n_measured++ == 0;
    size_t at = skip_markup(text, line.at, end, &is_change), dash = dash_length(text, at, end);
    sb_range name;
    marks->n_dashes += dash > 0;
    marks->has_later_dash = marks->has_later_dash || (dash > 0 && marks->n_lines > 0);
    marks->n_lines++;
    if (bracket_name(text, at + dash, end, &name) && learn(&s->bracketed, text, name) > 1)
        s->uses_brackets = true;
    colon_label label;
    if (name_at(text, at, end, &label)) {
        s->n_wide_names += label.is_wide && marks->n_lines == 1;
        bool is_again = learn(&s->names, text, label.name) > 1;
        s->n_small_again += is_again && is_small_label(text, label.name);
        if (is_again ? !is_small_label(text, label.name) : is_first && !label.is_weak)
            s->uses_names = true;
    }
    for (size_t i = at + 1; i < end; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z' && sentence_ends_before(text, at, i) &&
            colon_name(text, i, end, &label) && learn(&s->names, text, label.name) > 1)
            s->uses_names = true;
    }
}

sb_range sb_cue_id(const sb_cue *cue, const char *text)
{
    size_t end = cue->start_range.at, begin;
    if (!cue->has_id)
        return (sb_range){0, 0};
    while (end > 0 && text[end - 1] != '\n' && text[end - 1] != '\r')
        end--;
    while (end > 0 && strchr(" \t\r\n", text[end - 1]))
        end--;
    for (begin = end; begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r';)
        begin--;
    return sb_range_trim(text, (sb_range){begin, end - begin});
}

/* Identifiers of cues are unique. If most cues have one, all of them are names and one occurs twice, they are
 * the speakers. */
static bool ids_are_names(const sb_cues *cues, const char *text)
{
    sb_cue_names ids = {0};
    size_t n = 0, n_again = 0;
    for (size_t i = 0; i < cues->n_items; i++) {
        sb_range id = sb_cue_id(&cues->items[i], text);
        if (id.length == 0)
            continue;
        if (!sb_is_plain_name(text + id.at, id.length))
            return false;
        n++;
        n_again += learn(&ids, text, id) > 1;
    }
    return n_again > 0 && ids.n_items > 1 && 2 * n > cues->n_items;
}

/* Labels in small letters are names only if there are two: any word may stand before a colon. */
static bool has_two_small_labels(const sb_cue_speakers *s, const char *text)
{
    size_t n = 0;
    for (size_t i = 0; i < s->names.n_items; i++)
        n += is_small_label(text, s->names.items[i].range);
    return n > 1;
}

void sb_cue_speakers_measure(sb_cue_speakers *s, const sb_cues *cues, const char *text)
{
    size_t n_later_dashes = 0;
    *s = (sb_cue_speakers){0};
    for (size_t i = 0; i < cues->n_items; i++) {
        sb_line line = {0};
        sb_range content;
        cue_marks marks = {0};
        while (sb_cue_next_line(&cues->items[i], text, &line, &content))
            measure_line(s, &marks, text, content);
        n_later_dashes += marks.has_later_dash;
        s->uses_dashes = s->uses_dashes || marks.n_dashes > 1 || n_later_dashes > 1;
    }
    s->uses_small_names = s->n_small_again > 0 && has_two_small_labels(s, text);
    s->uses_names = s->uses_names || s->uses_small_names;
    s->uses_wide_names = 2 * s->n_wide_names > cues->n_items;
    s->uses_ids = ids_are_names(cues, text);
}
