#include "output/json.h"

#include <string.h>

/* Bytes that may not stand in a JSON string as they are. */
static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

static size_t put_escape(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    const char *known = "\"\"\\\\\bb\ff\nn\rr\tt"; /* pairs: byte, letter */
    to[0] = '\\';
    for (const char *p = known; *p != '\0'; p += 2) {
        if ((unsigned char)*p == c) {
            to[1] = p[1];
            return 2;
        }
    }
    memcpy(to + 1, "u00", 3);
    to[4] = hex[c >> 4];
    to[5] = hex[c & 15];
    return 6;
}

static void put_string(struct text *t, struct str s)
{
    char *to = output_room(t, s.len * 6 + 2); /* six bytes is the longest escape */
    char *begin = to;
    *to++ = '"';
    size_t run = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (!needs_escape(c))
            continue;
        memcpy(to, s.ptr + run, i - run);
        to += i - run;
        to += put_escape(to, c);
        run = i + 1;
    }
    if (s.len > run)
        memcpy(to, s.ptr + run, s.len - run);
    to += s.len - run;
    *to++ = '"';
    t->len += (size_t)(to - begin);
}

static void put_array(struct text *t, struct str value)
{
    struct str element;
    bool is_first = true;
    text_byte(t, '[');
    while (output_array_next(t->arena, &value, &element)) {
        if (!is_first)
            text_byte(t, ',');
        is_first = false;
        if (element.ptr == NULL)
            text_append(t, STR("null"));
        else
            put_string(t, element);
    }
    text_byte(t, ']');
}

static void put_bare(struct text *t, struct str value)
{
    memcpy(output_room(t, value.len), value.ptr, value.len);
    t->len += value.len;
}

static void put_value(struct text *t, enum output_type type, struct str value)
{
    if (value.ptr == NULL) {
        put_bare(t, STR("null"));
        return;
    }
    switch (type) {
    case OUTPUT_NUMBER:
    case OUTPUT_JSON:
        put_bare(t, value);
        break;
    case OUTPUT_BOOL:
        put_bare(t, value.len > 0 && value.ptr[0] == 't' ? STR("true") : STR("false"));
        break;
    case OUTPUT_TIMESTAMP:
        text_byte(t, '"');
        output_timestamp(t, value);
        text_byte(t, '"');
        break;
    case OUTPUT_TEXT_ARRAY:
        put_array(t, value);
        break;
    case OUTPUT_TEXT:
    case OUTPUT_DATE:
    case OUTPUT_TYPE__MAX:
        put_string(t, value);
        break;
    }
}

void output_json_item(struct text *t, const struct output_rows *rows, size_t row)
{
    for (size_t c = 0; c < rows->column_count; c++) {
        struct str name = rows->columns[c].name;
        char *to = output_room(t, name.len + 4);
        *to++ = c == 0 ? '{' : ',';
        *to++ = '"';
        memcpy(to, name.ptr, name.len);
        to += name.len;
        *to++ = '"';
        *to = ':';
        t->len += name.len + 4;
        put_value(t, rows->columns[c].type, rows->value(rows->source, row, c));
    }
    text_byte(t, '}');
}

void output_json_items(struct text *t, const struct output_rows *rows)
{
    text_byte(t, '[');
    for (size_t row = 0; row < rows->row_count; row++) {
        if (row > 0)
            text_byte(t, ',');
        output_json_item(t, rows, row);
    }
    text_byte(t, ']');
}
