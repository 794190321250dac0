#include "output/rows.h"

#include <string.h>

char *output_room(struct text *t, size_t more)
{
    if (more > t->cap - t->len) {
        size_t wanted =
            t->cap < 4096 ? 8192 : t->cap * 2; /* the arena's cap is far from overflow */
        if (more > SIZE_MAX / 4 || wanted < t->len + more)
            wanted = more > SIZE_MAX / 4 ? SIZE_MAX : t->len + more;
        t->ptr = arena_grow(t->arena, t->ptr, t->cap, wanted);
        t->cap = wanted;
    }
    return t->ptr + t->len;
}

/* "2026-03-31 08:00:00.5+07": at least date, space, time, sign and two digits. */
void output_timestamp(struct text *t, struct str value)
{
    if (value.len < 22 || value.ptr[10] != ' ') {
        text_append(t, value);
        return;
    }
    size_t sign = value.len;
    for (size_t i = 19; i < value.len; i++)
        if (value.ptr[i] == '+' || value.ptr[i] == '-')
            sign = i;
    char *to = output_room(t, value.len + 3);
    memcpy(to, value.ptr, value.len);
    to[10] = 'T';
    t->len += value.len;
    if (value.len - sign == 3) /* the offset's minutes are left out when they are none */
        text_append(t, STR(":00"));
}

static struct str array_quoted(struct arena *a, struct str *rest)
{
    struct str s = *rest;
    char *copy = arena_alloc(a, s.len + 1);
    size_t len = 0;
    size_t i = 1;
    while (i < s.len && s.ptr[i] != '"') {
        if (s.ptr[i] == '\\' && i + 1 < s.len)
            i++;
        copy[len++] = s.ptr[i++];
    }
    *rest = str_slice(s, i + 1, s.len);
    return (struct str){copy, len};
}

bool output_array_next(struct arena *a, struct str *rest, struct str *element)
{
    struct str s = *rest;
    if (s.len > 0 && (s.ptr[0] == '{' || s.ptr[0] == ','))
        s = str_slice(s, 1, s.len);
    if (s.len == 0 || s.ptr[0] == '}')
        return false;
    if (s.ptr[0] == '"') {
        *element = array_quoted(a, &s);
        *rest = s;
        return true;
    }
    size_t end = 0;
    while (end < s.len && s.ptr[end] != ',' && s.ptr[end] != '}')
        end++;
    *element = str_slice(s, 0, end);
    if (str_equal(*element, STR("NULL")))
        *element = (struct str){NULL, 0};
    *rest = str_slice(s, end, s.len);
    return true;
}
