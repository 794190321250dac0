/* Passwords: Argon2id by libsodium, a policy after NIST SP 800-63B-4, and a limit on how many
 * hashes are computed at once over all workers (each takes 64 MiB, so a flood of logins must wait
 * in line). */
#ifndef DANVAN_AUTH_PASSWORD_H
#define DANVAN_AUTH_PASSWORD_H

#include "base/arena.h"
#include "base/err.h"

#define PASSWORD_LEAST_ALONE     15 /* characters, when the password is the only factor */
#define PASSWORD_LEAST_WITH_TOTP 8
#define PASSWORD_MOST            128

/* Before the workers are forked: they share the limit. False: no memory for it. */
NODISCARD bool password_init(int at_once);

/* ERR_UNAVAILABLE when no turn came within two seconds, or memory is short. */
NODISCARD bool password_hash(struct arena *a, struct str password, struct str *out, struct err *e);
/* `stored` empty (an unknown account) takes as long as any other and never matches. */
NODISCARD bool password_verify(struct arena *a, struct str stored, struct str password,
                               bool *matches, struct err *e);
/* Was it made with weaker parameters than today's? */
bool password_needs_rehash(struct arena *a, struct str stored);
/* NULL, or the catalogue word for what is wrong: too_long, weak_password (short counts as weak),
 * common_password. */
const char *password_fault(struct arena *a, struct str password, struct str login, bool has_totp);
/* Twenty random characters that are hard to confuse, in groups: for one-time passwords. */
struct str password_make(struct arena *a);

#endif
