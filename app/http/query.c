#include "http/query.h"

#include "base/arena.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

const char *http_percent_decode(struct arena *a, struct str raw, bool plus_is_space,
                                struct str *out)
{
    char *ptr = arena_alloc(a, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];
        /* Above ASCII is let through raw: people type Vietnamese into curl. */
        if (c <= 0x20 || c == 0x7f || c == '#')
            return "a byte that must be percent-encoded";
        if (c == '+' && plus_is_space) {
            ptr[len++] = ' ';
        } else if (c == '%') {
            int high = raw.len - i > 2 ? hex_value(raw.ptr[i + 1]) : -1;
            int low = raw.len - i > 2 ? hex_value(raw.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return "a percent sign without two hexadecimal digits";
            if (high == 0 && low == 0)
                return "an encoded NUL";
            ptr[len++] = (char)(high * 16 + low);
            i += 2;
        } else {
            ptr[len++] = (char)c;
        }
    }
    *out = (struct str){ptr, len};
    return str_is_utf8(*out) ? NULL : "not UTF-8";
}

/* An undecodable piece cannot be shown, so the word alone has to do. */
static bool refuse(struct err *e, struct str word, const char *cause)
{
    e->reason = word;
    return err_set(e, ERR_BAD_QUERY, str_from(cause));
}

static bool read_pair(struct arena *a, struct str piece, struct http_pair *out, struct err *e)
{
    struct str name;
    struct str value;
    str_cut(piece, '=', &name, &value);
    const char *why = http_percent_decode(a, name, true, &out->name);
    if (why == NULL)
        why = http_percent_decode(a, value, true, &out->value);
    if (why != NULL)
        return refuse(e, STR("bad_encoding"), why);
    if (out->name.len == 0)
        return refuse(e, STR("bad_format"), "a query parameter without a name");
    return true;
}

bool http_query_parse(struct arena *a, struct str raw, struct http_pair **pairs, size_t *count,
                      struct err *e)
{
    *pairs = NULL;
    *count = 0;
    if (raw.len == 0)
        return true;
    size_t pieces = 1;
    for (size_t at = str_find(raw, '&', 0); at < raw.len; at = str_find(raw, '&', at + 1))
        pieces++;
    if (pieces > HTTP_QUERY_MAX)
        return refuse(e, STR("too_many"), "too many query parameters");

    struct http_pair *found = arena_alloc_array(a, pieces, sizeof *found);
    struct str rest = raw;
    for (size_t i = 0; i < pieces; i++) {
        struct str piece;
        str_cut(rest, '&', &piece, &rest);
        if (!read_pair(a, piece, &found[i], e))
            return false;
        for (size_t j = 0; j < i; j++)
            if (str_equal(found[i].name, found[j].name))
                return err_field(a, e, ERR_BAD_QUERY,
                                 str_printf(a, "?%.*s", STR_ARG(found[i].name)),
                                 STR("doubled_parameter"));
    }
    *pairs = found;
    *count = pieces;
    return true;
}
