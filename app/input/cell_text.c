#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "input/cell_type.h"

static uint32_t point_at(struct str s, size_t at, size_t *len)
{
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &c);
    *len = n > 0 ? (size_t)n : 1;
    return n > 0 ? (uint32_t)c : 0xfffd;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0xfeff ||
           c == 0x3000 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f;
}

/* Controls of both sets but line ends and tabs; marks that turn the direction of the text; what is
 * no character. */
static bool is_refused(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c <= 0x9f) ||
           c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfffe || c == 0xffff || c == 0xfffd;
}

static struct str trim(struct str s)
{
    size_t from = 0;
    size_t to = 0;
    size_t len = 0;
    while (from < s.len && is_space(point_at(s, from, &len)))
        from += len;
    for (size_t at = from; at < s.len; at += len)
        if (!is_space(point_at(s, at, &len)))
            to = at + len;
    return to > from ? str_slice(s, from, to) : STR("");
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] > 0x7f)
            return false;
    return true;
}

static struct str fold(struct arena *a, struct str s, utf8proc_option_t how)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)s.ptr, (utf8proc_ssize_t)s.len, &made, how);
    if (len < 0)
        return s;
    /* into the arena, whose account of a batch must see it; a full arena ends the process */
    struct str folded = str_copy(a, (struct str){(const char *)made, (size_t)len});
    free(made);
    return folded;
}

const char *cell_text_clean(struct arena *a, struct str raw, struct str *out)
{
    *out = STR("");
    if (!str_is_utf8(raw))
        return "bad_encoding";
    struct str s = trim(raw);
    for (size_t at = 0; at < s.len;) {
        size_t len = 0;
        if (is_refused(point_at(s, at, &len)))
            return "control_character";
        at += len;
    }
    *out = is_ascii(s) ? s : fold(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return NULL;
}

/* The writer puts one before a run of apostrophes too, if there is any, so that this is exact. */
struct str cell_text_undefuse(struct str text)
{
    size_t at = 0;
    while (at < text.len && text.ptr[at] == '\'')
        at++;
    if (at == 0 || at == text.len || text.ptr[at] == '\0' ||
        strchr("=+-@\t\r", text.ptr[at]) == NULL)
        return text;
    return str_slice(text, 1, text.len);
}

static struct str squeeze(struct arena *a, struct str s)
{
    struct text t = {.arena = a};
    bool was_space = false;
    s = trim(s);
    for (size_t at = 0; at < s.len;) {
        size_t len = 0;
        bool is_white = is_space(point_at(s, at, &len));
        if (is_white && !was_space)
            text_byte(&t, ' ');
        if (!is_white)
            text_append(&t, str_slice(s, at, at + len));
        was_space = is_white;
        at += len;
    }
    return text_str(&t);
}

struct str cell_text_key(struct arena *a, struct str text)
{
    return fold(a, squeeze(a, text), UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

bool cell_text_equal(struct arena *a, struct str one, struct str other)
{
    return str_equal(one, other) || str_equal(cell_text_key(a, one), cell_text_key(a, other));
}

size_t cell_text_length(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return count;
}
