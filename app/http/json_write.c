#include "http/json.h"

#include <inttypes.h>

/* NULL: the byte stands for itself. */
static const char *escape_of(unsigned char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

void json_write_string(struct text *t, struct str s)
{
    size_t run = 0; /* begin of the bytes not yet written */
    text_byte(t, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        text_append(t, str_slice(s, run, i));
        run = i + 1;
        const char *escape = escape_of(c);
        if (escape != NULL)
            text_append(t, str_from(escape));
        else
            text_printf(t, "\\u%04x", c);
    }
    text_append(t, str_slice(s, run, s.len));
    text_byte(t, '"');
}

void json_write_key(struct text *t, struct str key)
{
    json_write_string(t, key);
    text_byte(t, ':');
}

void json_write_int(struct text *t, int64_t v)
{
    text_printf(t, "%" PRId64, v);
}
