/* Keyset cursors: the sort keys of a page's last row, with a check that ties them to their list.
 *
 * The check is no seal: its key is public, and a forged cursor can do nothing but name a place to
 * begin, as parameters of a statement that row security filters. It catches the honest mistake of
 * using a cursor with other filters, and it must hold on every host and after every restart, so the
 * key is constant. */
#include <sodium.h>
#include <string.h>

#include "resource/operation.h"
#include "resource/value.h"

#define CURSOR_MAX 2048

static const unsigned char check_key[crypto_shorthash_KEYBYTES] = "danvan cursor 1";

static void check_of(unsigned char *out, struct arena *a, struct str binding, struct str payload)
{
    struct text t = {.arena = a};
    text_printf(&t, "%zu:", binding.len);
    text_append(&t, binding);
    text_append(&t, payload);
    crypto_shorthash(out, (const unsigned char *)t.ptr, t.len, check_key);
}

struct str cursor_make(struct arena *a, struct str binding, const struct str *keys, size_t count)
{
    struct text payload = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        text_printf(&payload, "%zu:", keys[i].len);
        text_append(&payload, keys[i]);
    }
    size_t size = crypto_shorthash_BYTES + payload.len;
    unsigned char *bytes = arena_alloc(a, size);
    check_of(bytes, a, binding, text_str(&payload));
    if (payload.len > 0)
        memcpy(bytes + crypto_shorthash_BYTES, payload.ptr, payload.len);
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, room);
    sodium_bin2base64(out, room, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from(out);
}

static bool take_key(struct str *rest, struct str *key)
{
    struct str length;
    struct str after;
    int64_t len = 0;
    if (!str_cut(*rest, ':', &length, &after) || !str_to_int(length, &len))
        return false;
    if (len < 0 || (uint64_t)len > after.len)
        return false;
    *key = str_slice(after, 0, (size_t)len);
    *rest = str_slice(after, (size_t)len, after.len);
    return value_is_printable(*key) && str_is_utf8(*key);
}

bool cursor_read(struct arena *a, struct str cursor, struct str binding, struct str *keys,
                 size_t count)
{
    unsigned char check[crypto_shorthash_BYTES];
    size_t size = 0;
    if (cursor.len == 0 || cursor.len > CURSOR_MAX)
        return false;
    unsigned char *bytes = arena_alloc(a, cursor.len);
    if (sodium_base642bin(bytes, cursor.len, cursor.ptr, cursor.len, NULL, &size, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    if (size < sizeof check)
        return false;
    struct str rest = {(const char *)bytes + sizeof check, size - sizeof check};
    check_of(check, a, binding, rest);
    if (memcmp(check, bytes, sizeof check) != 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!take_key(&rest, &keys[i]))
            return false;
    return rest.len == 0;
}

/* All but RFC 3986's unreserved characters percent-encoded. */
static void put_encoded(struct text *t, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~' ||
                        c == ',';
        if (is_plain) {
            text_byte(t, (char)c);
            continue;
        }
        text_byte(t, '%');
        text_byte(t, hex[c >> 4]);
        text_byte(t, hex[c & 15]);
    }
}

struct str listing_next(struct arena *a, const struct resource *res, const struct list_query *q,
                        const struct str *keys)
{
    struct text t = {.arena = a};
    text_append(&t, STR("/api/v1/"));
    text_append(&t, res->name);
    text_byte(&t, '?');
    for (size_t i = 0; i < q->use_count; i++) {
        text_append(&t, q->uses[i].filter->name);
        text_byte(&t, '=');
        put_encoded(&t, q->uses[i].value);
        text_byte(&t, '&');
    }
    if (q->sort_value.len > 0) {
        text_append(&t, STR("sort="));
        put_encoded(&t, q->sort_value);
        text_byte(&t, '&');
    }
    if (q->has_limit)
        text_printf(&t, "limit=%zu&", q->limit);
    text_append(&t, STR("cursor="));
    text_append(&t, cursor_make(a, listing_binding(a, res, q), keys, q->sort->key_count));
    return text_str(&t);
}
