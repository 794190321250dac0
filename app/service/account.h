/* Statements that more than one handler runs. */
#ifndef DANVAN_SERVICE_ACCOUNT_H
#define DANVAN_SERVICE_ACCOUNT_H

#include "service/exchange.h"

/* One statement in a transaction of its own: under the request's claim, or as danvan_service alone.
 * rows may be NULL. */
NODISCARD bool account_ask(struct exchange *x, const struct db_claim *claim, bool read_only,
                           const char *sql, const struct str *params, size_t param_count,
                           struct db_rows **rows, struct err *e);
/* Who acts, as /me answers it; under any claim. *facts (may be NULL): columns version,
 * must_change_password, has_totp, login. */
#define ME_VERSION     1
#define ME_MUST_CHANGE 2
#define ME_HAS_TOTP    3
#define ME_LOGIN       4
#define ME_MEMBERSHIP  5
NODISCARD bool account_me(struct exchange *x, const struct db_claim *claim, struct str *json,
                          struct db_rows **facts, struct err *e);

/* What login_lookup tells of an account, known or not. */
struct account {
    struct str user_id; /* ptr NULL: nobody has this name */
    struct str password_hash;
    struct str totp_secret; /* bytes; empty: no second factor */
    int64_t totp_last_step;
    bool is_disabled;
};
/* ERR_THROTTLED when too many have failed for this name or from this address. */
NODISCARD bool account_look_up(struct exchange *x, struct str login, struct account *out,
                               struct err *e);
/* Counts one failure; false only when that could not be written. */
NODISCARD bool account_count_failure(struct exchange *x, struct str login, struct err *e);
/* The password that the session's owner shows anew before something grave; wrong ones count as
 * failed sign-ins. ERR_INVALID on /current. *facts as in account_me. */
NODISCARD bool account_check_password(struct exchange *x, struct str password,
                                      struct db_rows **facts, struct err *e);
/* bytea in PostgreSQL's hex form and back. */
struct str account_bytes_from_hex(struct arena *a, struct str hex);
struct str account_hex_from_bytes(struct arena *a, struct str bytes);

#endif
