#include "auth/totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 6

/* RFC 6238, 5.2: a step either side, for clocks that differ and people who type slowly. */
static const int offsets[] = {0, -1, 1};

static bool is_code(struct str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (code.ptr[i] < '0' || code.ptr[i] > '9')
            return false;
    return code.len == DIGITS;
}

static bool matches_step(struct str secret, struct str code, int64_t step)
{
    char wanted[DIGITS + 1] = "";
    int rc = oath_hotp_generate(secret.ptr, secret.len, (uint64_t)step, DIGITS, false,
                                OATH_HOTP_DYNAMIC_TRUNCATION, wanted);
    return rc == OATH_OK && sodium_memcmp(wanted, code.ptr, DIGITS) == 0;
}

bool totp_check(struct str secret, struct str code, int64_t now, int64_t last_step, int64_t *step)
{
    if (!is_code(code) || secret.len == 0 || now < 0)
        return false;
    bool is_good = false;
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        int64_t candidate = now / TOTP_STEP_S + offsets[i];
        /* A code is good once: its step, and any before it, may not come again. */
        if (candidate > last_step && candidate >= 0 && matches_step(secret, code, candidate) &&
            !is_good) {
            *step = candidate;
            is_good = true;
        }
    }
    return is_good;
}

struct str totp_make_secret(struct arena *a)
{
    char *bytes = arena_alloc(a, TOTP_SECRET_SIZE);
    randombytes_buf(bytes, TOTP_SECRET_SIZE);
    return (struct str){bytes, TOTP_SECRET_SIZE};
}

struct str totp_base32(struct arena *a, struct str secret)
{
    char *text = NULL;
    size_t len = 0;
    if (oath_base32_encode(secret.ptr, secret.len, &text, &len) != OATH_OK)
        return STR("");
    return str_from(arena_adopt(a, text, free));
}

struct str totp_uri(struct arena *a, struct str secret, struct str login)
{
    struct str base32 = totp_base32(a, secret);
    while (base32.len > 0 && base32.ptr[base32.len - 1] == '=')
        base32.len--;
    /* A login has only [a-z0-9._-], so nothing needs escaping. */
    return str_printf(a,
                      "otpauth://totp/danvan:%.*s?secret=%.*s&issuer=danvan&algorithm=SHA1"
                      "&digits=6&period=30",
                      STR_ARG(login), STR_ARG(base32));
}
