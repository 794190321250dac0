#include "auth/password.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/turns.h"

#define WAIT_FOR_TURN_US ((int64_t)2000000)

/* A hash of nothing anybody knows, with the parameters in use (a test holds it to them): verifying
 * against it costs what verifying a real one costs. */
static const char dummy[] = "$argon2id$v=19$m=65536,t=2,p=1$BK6b+Fnn59Nxw84Q8ShIeA"
                            "$kOgKuF2EZfYj8mD3sUcog7TvFwhrh6r9zNaGQdNF/1o";

static struct turns turns = {.fd = -1};

bool password_init(int at_once)
{
    if (sodium_init() < 0)
        return false;
    turns.count = at_once;
    return turns.fd >= 0 || turns_open(&turns, "danvan-hashes", at_once);
}

static bool take_turn(int *turn, struct err *e)
{
    if (turns_take(&turns, WAIT_FOR_TURN_US, turn))
        return true;
    e->retry_after = 5;
    return err_set(e, ERR_UNAVAILABLE, STR("no turn to compute a password hash"));
}

bool password_hash(struct arena *a, struct str password, struct str *out, struct err *e)
{
    int turn = 0;
    char *text = arena_alloc(a, crypto_pwhash_STRBYTES);
    if (!take_turn(&turn, e))
        return false;
    int failed =
        crypto_pwhash_str_alg(text, password.ptr, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    turns_give_back(&turns, turn);
    if (failed != 0)
        return err_set(e, ERR_UNAVAILABLE, STR("no memory for a password hash"));
    *out = str_from(text);
    return true;
}

bool password_verify(struct arena *a, struct str stored, struct str password, bool *matches,
                     struct err *e)
{
    int turn = 0;
    bool is_known = stored.len > 0;
    const char *text = is_known ? str_cstr(a, stored) : dummy;
    *matches = false;
    if (!take_turn(&turn, e))
        return false;
    errno = 0;
    int failed = crypto_pwhash_str_verify(text, password.ptr, password.len);
    bool has_no_memory = failed != 0 && errno == ENOMEM;
    turns_give_back(&turns, turn);
    if (has_no_memory)
        return err_set(e, ERR_UNAVAILABLE, STR("no memory for a password hash"));
    *matches = is_known && failed == 0;
    return true;
}

bool password_needs_rehash(struct arena *a, struct str stored)
{
    return crypto_pwhash_str_needs_rehash(str_cstr(a, stored), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

struct str password_make(struct arena *a)
{
    /* No 0/O, 1/l/I: it is read from paper or a screen and typed by hand. 20 of 32: 100 bits. */
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    char *text = arena_alloc(a, 24);
    size_t len = 0;
    for (size_t i = 0; i < 20; i++) {
        if (i > 0 && i % 5 == 0)
            text[len++] = '-';
        text[len++] = letters[randombytes_uniform(32)];
    }
    return (struct str){text, len};
}
