/* One request, one transaction, one round trip: the only door to PostgreSQL above db/conn.c.
 *
 * tx_run pipelines BEGIN [READ ONLY] · claim (role switch and identity check) · the statements ·
 * COMMIT, and gives back the statements' rows only when COMMIT said "COMMIT". A statement is
 * prepared on first use per connection under a name made of its text and the caller's role (a plan
 * that depends on row security belongs to one role). */
#ifndef DANVAN_DB_TX_H
#define DANVAN_DB_TX_H

#include "base/arena.h"
#include "base/err.h"

struct db_conn;

/* A statement with its parameters as text; a param with ptr NULL is SQL NULL. */
struct db_stmt {
    struct str sql;
    const struct str *params;
    size_t param_count;
    bool expects_row; /* no row returned is ERR_NOT_FOUND (rolled back) */
};

struct db_rows; /* a PGresult adopted by the arena, hidden */
size_t db_row_count(const struct db_rows *r);
size_t db_column_count(const struct db_rows *r);
struct str db_column_name(const struct db_rows *r, size_t column);
struct str db_value(const struct db_rows *r, size_t row, size_t column); /* ptr NULL: SQL NULL */

/* Who asks: made by auth/ from the cookie or bearer token; checked by private.begin_request. */
struct db_claim {
    struct str role; /* e.g. danvan_province or danvan_province_write; empty: stay danvan_service */
    struct str token_hash; /* hex SHA-256; empty with role empty */
    struct str token_kind; /* "session" or "api_token" */
    struct str request_id;
    struct str remote_addr;
};

/* What begin_request answered: for the log line, idempotency and /me. */
struct db_identity {
    struct str user_id;
    struct str membership_id;
    struct str unit_id;
    struct str role;  /* viewer, officer, leader, admin */
    bool needs_touch; /* last_seen is old: call tx_touch after answering */
};

struct db_tx {
    struct db_claim claim;
    bool read_only;
    bool roll_back; /* dry run: everything runs, then ROLLBACK; still a success */
    const struct db_stmt *stmts;
    size_t stmt_count;
};

struct db_times {
    int64_t wait_us;
};

/* results[i] receives the rows of stmts[i]. False: *e is set (SQLSTATE mapped by db/sqlstate.c) and
 * nothing was committed, except ERR_UNAVAILABLE with cause "commit outcome unknown".
 * Serialisation failures and deadlocks are retried once; a lost connection is retried once when the
 * transaction is read-only. */
NODISCARD bool tx_run(struct db_conn *c, struct arena *a, const struct db_tx *tx,
                      struct db_rows **results, struct db_identity *who, struct err *e);

/* An interactive transaction, for atomic bulk (a savepoint per row) and idempotent writes. */
NODISCARD bool tx_begin(struct db_conn *c, struct arena *a, const struct db_claim *claim,
                        struct db_identity *who, struct err *e);
/* The same for reading alone; ended by tx_rollback. */
NODISCARD bool tx_begin_read(struct db_conn *c, struct arena *a, const struct db_claim *claim,
                             struct db_identity *who, struct err *e);
/* One statement inside; with `savepoint` a failure leaves the transaction usable. */
NODISCARD bool tx_statement(struct db_conn *c, struct arena *a, const struct db_stmt *s,
                            bool savepoint, struct db_rows **rows, struct err *e);
/* One piece of a file in or out of the open transaction, past the arena: a file is many times what
 * a request may take. `bytes` is the statement's last parameter, a bytea, after s->params. */
NODISCARD bool tx_put_bytes(struct db_conn *c, struct arena *a, const struct db_stmt *s,
                            struct str bytes, struct err *e);
/* The one bytea that the statement answers, at most `size` long; none is ERR_NOT_FOUND. */
NODISCARD bool tx_get_bytes(struct db_conn *c, struct arena *a, const struct db_stmt *s,
                            char *buffer, size_t size, size_t *len, struct err *e);
NODISCARD bool tx_commit(struct db_conn *c, struct arena *a, struct err *e);
void tx_rollback(struct db_conn *c); /* safe in any state, also from the recovery point */

#endif
