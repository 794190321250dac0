/* Inside db/: a connection and its pipeline. Nothing outside this folder includes it.
 *
 * A batch of steps is queued without any system call, sent with one, and collected with one wait.
 * Whatever goes wrong with the connection itself ends in pipe_lost, which throws it away. */
#ifndef DANVAN_DB_PIPE_H
#define DANVAN_DB_PIPE_H

#include <libpq-fe.h>

#include "db/conn.h"
#include "db/sqlstate.h"
#include "db/stmt.h"
#include "db/tx.h"

/* Statements that every connection prepares when it is made: X(enum, name, text).
 * The claim takes the role first: begin_request compares it with what the token allows. */
#define FIXED_LIST(X)                                                                      \
    X(FIXED_BEGIN, "begin", "begin isolation level read committed read write")             \
    X(FIXED_BEGIN_READ_ONLY, "begin_ro", "begin isolation level read committed read only") \
    X(FIXED_CLAIM, "claim",                                                                \
      "with r as materialized (select set_config('role', $1, true) as role) "              \
      "select b.user_id, b.membership_id, b.unit_id, b.role, b.needs_touch "               \
      "from r, lateral private.begin_request(r.role, $2, $3, $4, $5) as b")                \
    X(FIXED_COMMIT, "commit", "commit")                                                    \
    X(FIXED_ROLLBACK, "rollback", "rollback")                                              \
    X(FIXED_SAVEPOINT, "savepoint", "savepoint danvan_row")                                \
    X(FIXED_RELEASE, "release", "release savepoint danvan_row")                            \
    X(FIXED_ROLLBACK_TO, "rollback_to", "rollback to savepoint danvan_row")                \
    X(FIXED_CHECK_NOW, "check_now", "set constraints all immediate")                       \
    X(FIXED_PING, "ping", "select 1")

enum fixed {
#define X(fixed, name, text) fixed,
    FIXED_LIST(X)
#undef X
        FIXED__MAX
};

struct db_conn {
    char *dsn;
    struct db_settings settings;
    PGconn *pg; /* NULL: not connected */
    struct stmt_cache cache;
    bool has_pending; /* a batch is queued or not collected to its end */
    bool needs_sync;  /* collected, but PostgreSQL waits for the end of the batch */
    char tx_role[64]; /* of the interactive transaction */
    size_t tx_role_len;
    int64_t deadline_us;   /* of the request; 0: none */
    int64_t wait_until_us; /* of the present batch */
    int64_t retry_at_us;   /* back-off: no attempt to connect before */
    int backoff_ms;
    unsigned first_host; /* turned on after a host that did not answer in time */
    int64_t wait_us;
    unsigned generation;
    struct db_stats stats;
    char last_error[256];
};

enum step_kind { STEP_FIXED, STEP_FORGET, STEP_PREPARE, STEP_STATEMENT };

/* Where the bytes of one value go, past the arena. */
struct landing {
    char *bytes;
    size_t size;
    size_t len;     /* of the value, also when it did not fit */
    bool has_value; /* one row, one column, not NULL */
};

struct step {
    enum step_kind kind;
    struct stmt_entry *entry; /* STEP_PREPARE */
    bool wants_rows;          /* keep the result in `rows` */
    struct landing *landing;  /* or take its bytes here; else NULL */
    struct db_rows *rows;     /* adopted by the arena */
    char tag[16];             /* of a fixed step: the command that PostgreSQL says it ran */
};

#define STATEMENTS_MAX 16
#define STEPS_MAX      (3 * STATEMENTS_MAX + 6)

struct batch {
    struct db_conn *conn;
    struct arena *arena;
    size_t count;
    struct step steps[STEPS_MAX];
    bool is_lost;    /* the connection broke, or gave no answer in time */
    bool has_failed; /* PostgreSQL refused a step */
    size_t failed_step;
    enum sqlstate_action action; /* of the step that failed */
};

void batch_begin(struct batch *b, struct db_conn *c, struct arena *a);
/* Each queues one step; false only when the connection is past use (is_lost is set). */
NODISCARD bool batch_fixed(struct batch *b, enum fixed which);
NODISCARD bool batch_claim(struct batch *b, const struct db_claim *claim);
NODISCARD bool batch_statement(struct batch *b, const struct db_stmt *s, struct str role);
/* Likewise, and past the arena: `bytes` (may be NULL) is one more parameter, sent as it is;
 * `landing` (may be NULL) takes the one value of the answer as it is. */
NODISCARD bool batch_bytes(struct batch *b, const struct db_stmt *s, struct str role,
                           const struct str *bytes, struct landing *landing);
/* Sends what is queued and collects every result. With `sync` PostgreSQL ends the batch, so that a
 * failed step holds up only those behind it; without, the batch stays open for more steps. False: a
 * step failed or the connection is lost; *e says why. */
NODISCARD bool batch_run(struct batch *b, bool sync, struct err *e);
/* After batch_run without sync: the steps so far are done with, more may be queued. */
void batch_continue(struct batch *b);

/* Throws the connection away. */
void conn_drop(struct db_conn *c);
/* Leaves the connection in no transaction: rolls back what is open, or throws the connection away
 * when its state is in doubt. Needs no arena, so the recovery point may call it. */
void conn_rest(struct db_conn *c);
/* Waits for the socket until the batch's deadline; false: too late, or the socket is dead. */
NODISCARD bool conn_wait(struct db_conn *c, short events);
/* The deadline of the batch that begins now. */
void conn_start_clock(struct db_conn *c);
/* Copies libpq's present complaint into last_error. */
void conn_note_error(struct db_conn *c, const char *where);

#endif
