#include "base/arena.h"
#include "input/file_type.h"

#define NAME_CHARACTERS_MAX 200

static uint32_t code_point(struct str s, size_t at, size_t len)
{
    static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = (unsigned char)s.ptr[at] & first[len];
    for (size_t i = 1; i < len; i++)
        c = c << 6 | ((unsigned char)s.ptr[at + i] & 0x3f);
    return c;
}

/* Separators of paths, controls of both sets, marks of direction, line ends, the byte order mark.
 */
static bool is_refused(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == '/' || c == '\\' || c == 0x200e ||
           c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xfeff || c == 0x061c;
}

const char *file_name_fault(struct str name)
{
    size_t count = 0;
    if (name.len == 0)
        return "required";
    if (name.ptr[0] == ' ' || name.ptr[0] == '.' || name.ptr[name.len - 1] == ' ' ||
        name.ptr[name.len - 1] == '.')
        return "bad_name";
    for (size_t at = 0; at < name.len; count++) {
        size_t len = str_utf8_char(name, at);
        if (len == 0 || is_refused(code_point(name, at, len)))
            return "bad_name";
        at += len;
    }
    return count > NAME_CHARACTERS_MAX ? "too_long" : NULL;
}

/* RFC 8187: what may stand as it is. */
static bool is_plain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '-' || c == '_';
}

struct str file_name_disposition(struct arena *a, struct str name)
{
    struct text t = {.arena = a};
    text_append(&t, STR("attachment; filename=\""));
    for (size_t at = 0; at < name.len;) {
        size_t len = str_utf8_char(name, at);
        unsigned char c = (unsigned char)name.ptr[at];
        text_byte(&t, len == 1 && (is_plain(c) || c == ' ') ? (char)c : '_');
        at += len == 0 ? 1 : len;
    }
    text_append(&t, STR("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (is_plain(c))
            text_byte(&t, (char)c);
        else
            text_printf(&t, "%%%02X", c);
    }
    return text_str(&t);
}
