#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct str str_from(const char *cstr)
{
    if (cstr == NULL)
        return (struct str){NULL, 0};
    return (struct str){cstr, strlen(cstr)};
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Not tolower(): that one asks the locale. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

size_t str_find(struct str s, char c, size_t from)
{
    if (from >= s.len)
        return s.len;
    const char *hit = memchr(s.ptr + from, c, s.len - from);
    return hit == NULL ? s.len : (size_t)(hit - s.ptr);
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from >= to)
        return (struct str){s.ptr == NULL ? NULL : s.ptr + (from > s.len ? s.len : from), 0};
    return (struct str){s.ptr + from, to - from};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct str str_trim(struct str s)
{
    size_t from = 0;
    size_t to = s.len;
    while (from < to && is_blank(s.ptr[from]))
        from++;
    while (to > from && is_blank(s.ptr[to - 1]))
        to--;
    return str_slice(s, from, to);
}

bool str_cut(struct str s, char c, struct str *head, struct str *rest)
{
    size_t at = str_find(s, c, 0);
    *head = str_slice(s, 0, at);
    *rest = str_slice(s, at + 1, s.len);
    return at < s.len;
}

bool str_to_int(struct str s, int64_t *out)
{
    bool is_negative = s.len > 0 && s.ptr[0] == '-';
    struct str digits = str_slice(s, is_negative ? 1 : 0, s.len);
    if (digits.len == 0 || digits.len > 19)
        return false;
    if (digits.ptr[0] == '0' && (digits.len > 1 || is_negative))
        return false;
    uint64_t sum = 0; /* 19 digits fit uint64 */
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    if (sum > (uint64_t)INT64_MAX + (is_negative ? 1 : 0))
        return false;
    if (!is_negative)
        *out = (int64_t)sum;
    else
        *out = sum == 0 ? 0 : -(int64_t)(sum - 1) - 1; /* reaches INT64_MIN without overflow */
    return true;
}

char *str_cstr(struct arena *a, struct str s)
{
    if (s.len == SIZE_MAX)
        return arena_alloc(a, SIZE_MAX); /* over any cap: does not come back */
    char *copy = arena_alloc(a, s.len + 1);
    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return copy;
}

struct str str_copy(struct arena *a, struct str s)
{
    return (struct str){str_cstr(a, s), s.len};
}

struct str str_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    va_list again;
    if (fmt == NULL) /* never so; says it to gcc, which warns under UBSan */
        fmt = "";
    va_start(args, fmt);
    va_copy(again, args);
    int needed = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    size_t len = needed < 0 ? 0 : (size_t)needed;
    char *ptr = arena_alloc(a, len + 1);
    if (len > 0)
        vsnprintf(ptr, len + 1, fmt, again);
    va_end(again);
    return (struct str){ptr, len};
}

/* The table of Unicode 15 chapter 3.9 (well-formed byte sequences). */
size_t str_utf8_char(struct str s, size_t at)
{
    if (at >= s.len)
        return 0;
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    if (p[0] < 0x80)
        return 1;
    size_t need = p[0] >= 0xc2 && p[0] <= 0xdf   ? 2
                  : p[0] >= 0xe0 && p[0] <= 0xef ? 3
                  : p[0] >= 0xf0 && p[0] <= 0xf4 ? 4
                                                 : 0;
    if (need == 0 || left < need)
        return 0;
    unsigned char least = 0x80;
    unsigned char most = 0xbf;
    switch (p[0]) {
    case 0xe0:
        least = 0xa0;
        break; /* no overlong form */
    case 0xed:
        most = 0x9f;
        break; /* no surrogate */
    case 0xf0:
        least = 0x90;
        break;
    case 0xf4:
        most = 0x8f;
        break; /* at most U+10FFFF */
    default:
        break;
    }
    if (p[1] < least || p[1] > most)
        return 0;
    for (size_t i = 2; i < need; i++)
        if (p[i] < 0x80 || p[i] > 0xbf)
            return 0;
    return need;
}

bool str_is_utf8(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        size_t step = str_utf8_char(s, at);
        if (step == 0)
            return false;
        at += step;
    }
    return true;
}

/* Room for `more` bytes after t->len. */
static void text_reserve(struct text *t, size_t more)
{
    if (more <= t->cap - t->len)
        return;
    size_t wanted = t->cap < 128 ? 256 : t->cap <= SIZE_MAX / 2 ? t->cap * 2 : SIZE_MAX;
    if (more > SIZE_MAX / 2 - t->len)
        wanted = SIZE_MAX; /* over any cap: arena_grow does not come back */
    else if (wanted < t->len + more)
        wanted = t->len + more + (t->len + more) / 8; /* what follows a long piece is short */
    t->ptr = arena_grow(t->arena, t->ptr, t->cap, wanted);
    t->cap = wanted;
}

void text_append(struct text *t, struct str s)
{
    if (s.len == 0)
        return;
    /* a piece of t itself moves with it */
    bool is_own = t->len > 0 && s.ptr >= t->ptr && s.ptr < t->ptr + t->len;
    size_t at = is_own ? (size_t)(s.ptr - t->ptr) : 0;
    text_reserve(t, s.len);
    memcpy(t->ptr + t->len, is_own ? t->ptr + at : s.ptr, s.len);
    t->len += s.len;
}

void text_byte(struct text *t, char c)
{
    text_reserve(t, 1);
    t->ptr[t->len++] = c;
}

void text_printf(struct text *t, const char *fmt, ...)
{
    va_list args;
    va_list again;
    if (fmt == NULL) /* never so; says it to gcc, which warns under UBSan */
        fmt = "";
    va_start(args, fmt);
    va_copy(again, args);
    int needed = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (needed > 0) {
        size_t len = (size_t)needed;
        text_reserve(t, len + 1); /* vsnprintf writes its NUL too */
        vsnprintf(t->ptr + t->len, len + 1, fmt, again);
        t->len += len;
    }
    va_end(again);
}

struct str text_str(const struct text *t)
{
    return (struct str){t->ptr == NULL ? "" : t->ptr, t->len};
}
