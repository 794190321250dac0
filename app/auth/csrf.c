#include "auth/csrf.h"

#include <sodium.h>

#define CSRF_TEXT_SIZE                                      \
    sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES, \
                              sodium_base64_VARIANT_URLSAFE_NO_PADDING)

/* libsodium's one-call form wants a key of 32 bytes; ours is the secret's text. */
static void make_text(struct str secret, char out[CSRF_TEXT_SIZE])
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    static const unsigned char label[] = {'c', 's', 'r', 'f'};
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.ptr, secret.len);
    crypto_auth_hmacsha256_update(&state, label, sizeof label);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2base64(out, CSRF_TEXT_SIZE, mac, sizeof mac,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

struct str csrf_make(struct arena *a, struct str secret)
{
    char *text = arena_alloc(a, CSRF_TEXT_SIZE);
    make_text(secret, text);
    return (struct str){text, CSRF_TEXT_SIZE - 1};
}

bool csrf_matches(struct str secret, struct str shown)
{
    char wanted[CSRF_TEXT_SIZE];
    make_text(secret, wanted);
    return shown.len == CSRF_TEXT_SIZE - 1 && sodium_memcmp(wanted, shown.ptr, shown.len) == 0;
}

bool csrf_is_same_origin(struct str origin, struct str fetch_site, struct str own_origin)
{
    if (fetch_site.len > 0 && !str_equal(fetch_site, STR("same-origin")))
        return false;
    return origin.len == 0 || str_equal_nocase(origin, own_origin);
}
