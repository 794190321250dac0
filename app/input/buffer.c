#include "input/buffer.h"

#include <stdlib.h>
#include <string.h>

bool buffer_add(struct buffer *b, const char *bytes, size_t len)
{
    if (len > b->most - b->len)
        return false;
    if (len > b->cap - b->len) {
        size_t cap = b->cap < 256 ? 256 : b->cap;
        while (cap - b->len < len)
            cap *= 2;
        char *grown = realloc(b->ptr, cap);
        if (grown == NULL)
            return false;
        b->ptr = grown;
        b->cap = cap;
    }
    if (len > 0)
        memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
    return true;
}

bool buffer_add_point(struct buffer *b, uint32_t point)
{
    char out[4];
    size_t len = 0;
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        point = 0xfffd;
    if (point < 0x80) {
        out[len++] = (char)point;
    } else if (point < 0x800) {
        out[len++] = (char)(0xc0 | point >> 6);
        out[len++] = (char)(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        out[len++] = (char)(0xe0 | point >> 12);
        out[len++] = (char)(0x80 | (point >> 6 & 0x3f));
        out[len++] = (char)(0x80 | (point & 0x3f));
    } else {
        out[len++] = (char)(0xf0 | point >> 18);
        out[len++] = (char)(0x80 | (point >> 12 & 0x3f));
        out[len++] = (char)(0x80 | (point >> 6 & 0x3f));
        out[len++] = (char)(0x80 | (point & 0x3f));
    }
    return buffer_add(b, out, len);
}

void buffer_free(struct buffer *b)
{
    free(b->ptr);
    *b = (struct buffer){.most = b->most};
}
