#include "auth/token.h"

#include <sodium.h>

#define SECRET_BYTES 32

static bool is_scope(struct str s)
{
    if (s.len == 0 || s.len > TOKEN_SCOPE_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') && s.ptr[i] != '_')
            return false;
    return true;
}

static bool is_secret(struct str s)
{
    if (s.len != TOKEN_SECRET_LEN)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return true;
}

bool token_parse(struct str text, struct token *out)
{
    return str_cut(text, '.', &out->scope, &out->secret) && is_scope(out->scope) &&
           is_secret(out->secret);
}

bool token_from_bearer(struct str authorization, struct token *out)
{
    struct str scheme;
    struct str rest;
    return str_cut(authorization, ' ', &scheme, &rest) && str_equal_nocase(scheme, STR("bearer")) &&
           token_parse(str_trim(rest), out);
}

struct str token_make_secret(struct arena *a)
{
    unsigned char bytes[SECRET_BYTES];
    size_t size = sodium_base64_ENCODED_LEN(SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(a, size);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, size, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return (struct str){text, size - 1};
}

struct str token_join(struct arena *a, struct str scope, struct str secret)
{
    return str_printf(a, "%.*s.%.*s", STR_ARG(scope), STR_ARG(secret));
}

struct str token_hash(struct arena *a, struct str secret)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    size_t size = 2 * sizeof digest + 1;
    char *hex = arena_alloc(a, size);
    crypto_hash_sha256(digest, (const unsigned char *)secret.ptr, secret.len);
    sodium_bin2hex(hex, size, digest, sizeof digest);
    return (struct str){hex, size - 1};
}

struct str token_role(struct arena *a, struct str scope, bool writes)
{
    struct text t = {.arena = a};
    text_append(&t, STR("danvan_"));
    text_append(&t, scope);
    if (writes)
        text_append(&t, STR("_write"));
    return text_str(&t);
}
