#include "input/legacy.h"

#include <utf8proc.h>

#include "input/syllable.h"

#define LOOKED_AT_MAX 2048 /* characters of a cell */
#define WORD_MAX      16

struct points {
    uint32_t at[LOOKED_AT_MAX];
    size_t count;
    bool has_high;    /* Latin-1 beyond ASCII */
    bool has_unicode; /* beyond Latin-1: what no 8-bit text holds */
};

const char *legacy_word(enum legacy_kind kind)
{
    return kind == LEGACY_TCVN3 ? "TCVN3 (ABC)" : kind == LEGACY_VNI ? "VNI" : "";
}

static size_t read_point(struct str s, size_t at, uint32_t *point)
{
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &c);
    *point = len > 0 ? (uint32_t)c : 0xfffd;
    return len > 0 ? (size_t)len : 1;
}

/* Dashes, quotation marks and the ellipsis: Windows had them too. */
static bool is_typographic(uint32_t c)
{
    return c == 0x2013 || c == 0x2014 || (c >= 0x2018 && c <= 0x201d) || c == 0x2026;
}

static void read_points(struct str text, struct points *out)
{
    out->count = 0;
    out->has_high = out->has_unicode = false;
    for (size_t at = 0; at < text.len && out->count < LOOKED_AT_MAX;) {
        uint32_t c = 0;
        at += read_point(text, at, &c);
        out->has_high = out->has_high || (c > 0xa0 && c < 0x100);
        out->has_unicode = out->has_unicode || (c > 0xff && !is_typographic(c));
        out->at[out->count++] = c;
    }
}

static bool is_ascii_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
/* What the old fonts show as letters, symbols among it. */
static bool is_letter(uint32_t c)
{
    return is_ascii_letter(c) || (c > 0xa0 && c <= 0xff);
}

struct score {
    size_t words;
    size_t good_words; /* syllables after conversion, plain words among them */
    size_t special;    /* words with characters beyond ASCII */
    size_t good;       /* of these, syllables after conversion */
    size_t evidence;   /* of these, none before */
    size_t odd;        /* of these, written as no language writes: a symbol or a capital inside */
};

/* A symbol within a word, or a capital behind a small letter. */
static bool is_odd(const uint32_t *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        uint32_t c = word[i];
        bool is_symbol = (c > 0xa0 && c < 0xc0) || c == 0xd7 || c == 0xf7;
        bool is_capital = c >= 0xc0 && c <= 0xde;
        if (is_symbol || (is_capital && i > 0 && word[i - 1] >= 'a' && word[i - 1] <= 'z'))
            return true;
    }
    return false;
}

static bool is_micrometre(const uint32_t *word, size_t len)
{
    return len == 2 && word[0] == 0xb5 && word[1] == 'm';
}

static size_t convert_word(enum legacy_kind kind, const uint32_t *word, size_t len, uint32_t *out,
                           bool *is_whole)
{
    size_t count = 0;
    *is_whole = true;
    for (size_t i = 0; i < len;) {
        size_t used = 1;
        uint32_t letter = legacy_letter(kind, word + i, len - i, &used);
        if (letter == 0 && word[i] > 0x7f && kind != LEGACY_NONE)
            *is_whole = false;
        out[count++] = letter == 0 ? word[i] : letter;
        i += used;
    }
    return count;
}

static void score_word(enum legacy_kind kind, const uint32_t *word, size_t len, struct score *s)
{
    uint32_t converted[WORD_MAX];
    bool is_whole = false;
    bool is_special = false;
    bool has_ascii = false;
    s->words++;
    for (size_t i = 0; i < len; i++) {
        is_special = is_special || word[i] > 0x7f;
        has_ascii = has_ascii || is_ascii_letter(word[i]);
    }
    s->special += is_special;
    if (len > WORD_MAX)
        return;
    size_t count = convert_word(kind, word, len, converted, &is_whole);
    if (!is_whole || !syllable_is_vietnamese(converted, count))
        return;
    s->good_words++;
    s->good += is_special;
    if (!is_special || !has_ascii || is_micrometre(word, len) || syllable_is_vietnamese(word, len))
        return;
    s->evidence++;
    s->odd += is_odd(word, len);
}

static struct score score_text(enum legacy_kind kind, const struct points *p)
{
    struct score s = {0};
    for (size_t i = 0; i < p->count;) {
        size_t from = i;
        while (i < p->count && is_letter(p->at[i]))
            i++;
        if (i > from)
            score_word(kind, p->at + from, i - from, &s);
        else
            i++;
    }
    return s;
}

static bool is_likely(const struct score *s)
{
    return s->evidence > 0 && s->good + s->special / 4 >= s->special;
}

static bool is_strong(const struct score *s)
{
    return s->evidence > 1 || s->odd > 0 || (s->words > 2 && s->good_words == s->words);
}

/* The font speaks for it, unless the text is right as it stands and would not be after conversion.
 */
static struct legacy_finding find_by_font(const struct points *p, enum legacy_font font)
{
    enum legacy_kind kind = font == FONT_VNI ? LEGACY_VNI : LEGACY_TCVN3;
    struct score after = score_text(kind, p);
    struct score before = score_text(LEGACY_NONE, p);
    if (after.good < after.special && before.good == before.special)
        kind = LEGACY_NONE;
    return (struct legacy_finding){kind, kind != LEGACY_NONE};
}

struct legacy_finding legacy_find(struct str text, enum legacy_font font)
{
    static struct points p; /* one reader at a time, and large */
    read_points(text, &p);
    if (!p.has_high || p.has_unicode)
        return (struct legacy_finding){LEGACY_NONE, false};
    if (font != FONT_PLAIN)
        return find_by_font(&p, font);
    struct score tcvn3 = score_text(LEGACY_TCVN3, &p);
    struct score vni = score_text(LEGACY_VNI, &p);
    bool is_tcvn3 = is_likely(&tcvn3);
    bool is_vni = is_likely(&vni);
    if (is_tcvn3 && is_vni) {
        is_tcvn3 = tcvn3.good * 2 + tcvn3.evidence >= vni.good * 2 + vni.evidence;
        is_vni = !is_tcvn3;
    }
    if (is_tcvn3)
        return (struct legacy_finding){LEGACY_TCVN3, is_strong(&tcvn3)};
    if (is_vni)
        return (struct legacy_finding){LEGACY_VNI, is_strong(&vni)};
    return (struct legacy_finding){LEGACY_NONE, false};
}

bool legacy_is_doubtful(struct str text)
{
    static struct points p;
    read_points(text, &p);
    return p.has_high && !p.has_unicode;
}

/* ---- conversion ---- */

/* All in capitals, as far as ASCII letters tell. */
static bool is_all_capitals(struct str text)
{
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 'a' && text.ptr[i] <= 'z')
            return false;
        capitals += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
    }
    return capitals > 1;
}

static void put_point(struct text *t, uint32_t c)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
    text_append(t, (struct str){(const char *)bytes, (size_t)len});
}

static uint32_t upper(uint32_t c)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

/* Capital A, then the small à that stands for the tone alone: one letter, À. */
static bool is_toned_capital(uint32_t before, uint32_t letter)
{
    char base;
    char other;
    unsigned tone;
    unsigned none;
    return before != 0 && syllable_letter(letter, &base, &tone) && tone > 0 &&
           syllable_letter(before, &other, &none) && none == 0 && base == other &&
           upper(before) == before;
}

struct str legacy_convert(struct arena *a, enum legacy_kind kind, bool in_capitals, struct str text)
{
    struct text t = {.arena = a};
    bool is_capitals = in_capitals || is_all_capitals(text);
    uint32_t before = 0; /* not yet written */
    for (size_t at = 0; at < text.len;) {
        uint32_t two[2] = {0, 0};
        size_t used = 1;
        size_t first = read_point(text, at, &two[0]);
        size_t second = at + first < text.len ? read_point(text, at + first, &two[1]) : 0;
        uint32_t letter = legacy_letter(kind, two, second > 0 ? 2 : 1, &used);
        uint32_t point = letter == 0 ? two[0] : letter;
        at += first + (used == 2 ? second : 0);
        if (kind == LEGACY_TCVN3 && letter != 0 && is_toned_capital(before, letter)) {
            before = upper(letter);
            continue;
        }
        if (before != 0)
            put_point(&t, before);
        before = is_capitals ? upper(point) : point;
    }
    if (before != 0)
        put_point(&t, before);
    return text_str(&t);
}
