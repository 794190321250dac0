#include "db/tx.h"

#include <poll.h>
#include <string.h>

#include "db/pipe.h"

/* One attempt at a transaction. */
struct attempt {
    struct batch batch;
    struct db_rows *claim;
    struct db_rows *rows[STATEMENTS_MAX];
    char tag[16]; /* what COMMIT or ROLLBACK answered */
    bool has_sent_commit;
};

/* A connection that PostgreSQL closed while it lay idle looks whole until it is used. For a read
 * that costs one retry; a write must not be sent into doubt, so it looks first. Whatever an idle
 * server has to say (its farewell, or at best a changed setting), a new connection is the simplest
 * answer. */
static void look_before_write(struct db_conn *c)
{
    struct pollfd fd = {.fd = PQsocket(c->pg), .events = POLLIN};
    if (poll(&fd, 1, 0) > 0)
        conn_drop(c);
}

static bool ready(struct db_conn *c, bool is_write, struct err *e)
{
    if (!db_connect(c, e))
        return false;
    if (is_write)
        look_before_write(c);
    if (!db_connect(c, e))
        return false;
    conn_start_clock(c);
    return true;
}

static void fill_identity(const struct db_rows *rows, struct db_identity *who)
{
    if (rows == NULL || who == NULL || db_row_count(rows) != 1)
        return;
    who->user_id = db_value(rows, 0, 0);
    who->membership_id = db_value(rows, 0, 1);
    who->unit_id = db_value(rows, 0, 2);
    who->role = db_value(rows, 0, 3);
    who->needs_touch = str_equal(db_value(rows, 0, 4), STR("t"));
}

/* BEGIN and claim. *claim_step is the claim's place, or the batch's count when there is none. */
static bool queue_begin(struct batch *b, const struct db_claim *claim, bool read_only)
{
    if (!batch_fixed(b, read_only ? FIXED_BEGIN_READ_ONLY : FIXED_BEGIN))
        return false;
    return claim->role.len == 0 || batch_claim(b, claim);
}

/* Begin_request raises for every token it does not like; a missing row would be a claim of nobody.
 */
static bool check_claim(const struct db_claim *claim, const struct db_rows *rows, struct err *e)
{
    if (claim->role.len == 0 || db_row_count(rows) == 1)
        return true;
    return err_set(e, ERR_INTERNAL, STR("begin_request gave no row"));
}

static bool queue_statements(struct batch *b, const struct db_tx *tx, size_t *at)
{
    for (size_t i = 0; i < tx->stmt_count; i++) {
        if (!batch_statement(b, &tx->stmts[i], tx->claim.role))
            return false;
        at[i] = b->count - 1;
    }
    return true;
}

/* In a dry run, what would be checked at COMMIT is checked before the ROLLBACK. */
static bool queue_end(struct attempt *t, const struct db_tx *tx)
{
    if (!tx->roll_back) {
        t->has_sent_commit = true;
        return batch_fixed(&t->batch, FIXED_COMMIT);
    }
    if (!tx->read_only && !batch_fixed(&t->batch, FIXED_CHECK_NOW))
        return false;
    return batch_fixed(&t->batch, FIXED_ROLLBACK);
}

static bool check_rows(const struct db_tx *tx, struct db_rows *const *rows, struct err *e)
{
    for (size_t i = 0; i < tx->stmt_count; i++)
        if (tx->stmts[i].expects_row && db_row_count(rows[i]) == 0)
            return err_set(e, ERR_NOT_FOUND, STR("a statement that expects a row gave none"));
    return true;
}

/* With COMMIT in the same batch there is nothing left to decide between the statements and it. Only
 * a write that may be undone for want of a row needs a second round trip. */
static bool must_look_before_commit(const struct db_tx *tx)
{
    bool expects = false;
    for (size_t i = 0; i < tx->stmt_count; i++)
        expects = expects || tx->stmts[i].expects_row;
    return expects && !tx->read_only && !tx->roll_back;
}

static void keep_rows(struct attempt *t, const struct db_tx *tx, const size_t *at)
{
    if (tx->claim.role.len > 0)
        t->claim = t->batch.steps[1].rows;
    for (size_t i = 0; i < tx->stmt_count; i++)
        t->rows[i] = t->batch.steps[at[i]].rows;
}

static bool run_steps(struct attempt *t, const struct db_tx *tx, struct err *e)
{
    size_t at[STATEMENTS_MAX] = {0};
    struct batch *b = &t->batch;
    bool looks = must_look_before_commit(tx);
    bool is_queued = queue_begin(b, &tx->claim, tx->read_only) && queue_statements(b, tx, at) &&
                     (looks || queue_end(t, tx));
    b->is_lost = b->is_lost || !is_queued;
    if (!batch_run(b, !looks, e))
        return false;
    keep_rows(t, tx, at);
    if (!check_claim(&tx->claim, t->claim, e))
        return false;
    if (looks) {
        if (!check_rows(tx, t->rows, e))
            return false;
        batch_continue(b);
        b->is_lost = !queue_end(t, tx);
        if (!batch_run(b, true, e))
            return false;
    }
    memcpy(t->tag, b->steps[b->count - 1].tag, sizeof t->tag);
    return true;
}

static bool check_end(const struct attempt *t, const struct db_tx *tx, struct err *e)
{
    struct str wanted = tx->roll_back ? STR("ROLLBACK") : STR("COMMIT");
    if (!str_equal(str_from(t->tag), wanted))
        return err_set(e, ERR_INTERNAL, STR("the transaction did not end as asked"));
    return check_rows(tx, t->rows, e);
}

static bool run_once(struct db_conn *c, struct arena *a, const struct db_tx *tx, struct attempt *t,
                     struct err *e)
{
    batch_begin(&t->batch, c, a);
    t->claim = NULL;
    t->tag[0] = '\0';
    t->has_sent_commit = false;
    if (run_steps(t, tx, e) && check_end(t, tx, e))
        return true;
    conn_rest(c);
    /* A read-only transaction that meets 25006 is our mistake, not a standby's. */
    if (tx->read_only && str_starts(e->cause, STR("25006")))
        e->code = ERR_INTERNAL;
    if (t->batch.is_lost && !t->batch.has_failed && t->has_sent_commit && !tx->read_only)
        e->cause = str_printf(a, "commit outcome unknown: %.*s", STR_ARG(e->cause));
    return false;
}

/* What PostgreSQL refused was rolled back, so it may be asked again; what was lost on the way may
 * have been committed, so only a read is, or what not even BEGIN was said to. After our own
 * deadline nothing is. */
static bool may_ask_again(const struct attempt *t, const struct db_tx *tx, const struct err *e)
{
    bool has_begun = !t->batch.has_failed || t->batch.failed_step > 0;
    if (t->batch.is_lost)
        return (tx->read_only || tx->roll_back || !has_begun) && e->code != ERR_TIMEOUT;
    return t->batch.has_failed && t->batch.action != SQLSTATE_GIVE_UP;
}

bool tx_run(struct db_conn *c, struct arena *a, const struct db_tx *tx, struct db_rows **results,
            struct db_identity *who, struct err *e)
{
    if (tx->stmt_count > STATEMENTS_MAX)
        return err_set(e, ERR_INTERNAL, STR("too many statements in one transaction"));
    struct attempt t;
    for (int count = 1;; count++) {
        struct err failure = {.code = ERR_INTERNAL};
        if (!ready(c, !tx->read_only, &failure)) {
            *e = failure;
            return false;
        }
        if (run_once(c, a, tx, &t, &failure))
            break;
        if (count == 2 || !may_ask_again(&t, tx, &failure)) {
            *e = failure;
            return false;
        }
        c->stats.retries++;
    }
    for (size_t i = 0; i < tx->stmt_count; i++)
        results[i] = t.rows[i];
    fill_identity(t.claim, who);
    return true;
}

static bool begin(struct db_conn *c, struct arena *a, const struct db_claim *claim, bool read_only,
                  struct db_identity *who, struct err *e)
{
    struct batch b;
    for (int count = 1;; count++) {
        struct err failure = {.code = ERR_INTERNAL};
        if (!ready(c, true, &failure)) {
            *e = failure;
            return false;
        }
        batch_begin(&b, c, a);
        b.is_lost = !queue_begin(&b, claim, read_only);
        if (batch_run(&b, true, &failure) &&
            check_claim(claim, claim->role.len > 0 ? b.steps[1].rows : NULL, &failure))
            break;
        conn_rest(c);
        if (count == 2 || !(b.is_lost || (b.has_failed && b.action != SQLSTATE_GIVE_UP))) {
            *e = failure;
            return false;
        }
        c->stats.retries++; /* nothing was asked for yet, so nothing is in doubt */
    }
    c->tx_role_len = claim->role.len < sizeof c->tx_role ? claim->role.len : 0;
    memcpy(c->tx_role, claim->role.ptr == NULL ? "" : claim->role.ptr, c->tx_role_len);
    if (claim->role.len > 0)
        fill_identity(b.steps[1].rows, who);
    return true;
}

bool tx_begin(struct db_conn *c, struct arena *a, const struct db_claim *claim,
              struct db_identity *who, struct err *e)
{
    return begin(c, a, claim, false, who, e);
}

bool tx_begin_read(struct db_conn *c, struct arena *a, const struct db_claim *claim,
                   struct db_identity *who, struct err *e)
{
    return begin(c, a, claim, true, who, e);
}

/* Undoes a failed statement alone. */
static bool back_to_savepoint(struct db_conn *c, struct arena *a, struct err *e)
{
    struct batch b;
    batch_begin(&b, c, a);
    b.is_lost = !batch_fixed(&b, FIXED_ROLLBACK_TO) || !batch_fixed(&b, FIXED_RELEASE);
    return batch_run(&b, true, e);
}

static bool check_is_open(const struct db_conn *c, struct err *e)
{
    if (c->pg != NULL && PQtransactionStatus(c->pg) == PQTRANS_INTRANS)
        return true;
    return err_set(e, ERR_INTERNAL, STR("no transaction to run a statement in"));
}

bool tx_statement(struct db_conn *c, struct arena *a, const struct db_stmt *s, bool savepoint,
                  struct db_rows **rows, struct err *e)
{
    struct batch b;
    struct str role = {c->tx_role, c->tx_role_len};
    if (!check_is_open(c, e))
        return false;
    conn_start_clock(c);
    batch_begin(&b, c, a);
    bool is_queued =
        (!savepoint || batch_fixed(&b, FIXED_SAVEPOINT)) && batch_statement(&b, s, role);
    size_t at = b.count - 1;
    is_queued = is_queued && (!savepoint || batch_fixed(&b, FIXED_RELEASE));
    b.is_lost = b.is_lost || !is_queued;
    if (!batch_run(&b, true, e)) {
        struct err second = {.code = ERR_INTERNAL};
        if (savepoint && !b.is_lost && c->pg != NULL && !back_to_savepoint(c, a, &second))
            *e = second;
        return false;
    }
    *rows = b.steps[at].rows;
    if (s->expects_row && db_row_count(*rows) == 0)
        return err_set(e, ERR_NOT_FOUND, STR("a statement that expects a row gave none"));
    return true;
}

static bool move_bytes(struct db_conn *c, struct arena *a, const struct db_stmt *s,
                       const struct str *bytes, struct landing *landing, struct err *e)
{
    struct batch b;
    if (!check_is_open(c, e))
        return false;
    conn_start_clock(c);
    batch_begin(&b, c, a);
    b.is_lost = !batch_bytes(&b, s, (struct str){c->tx_role, c->tx_role_len}, bytes, landing);
    return batch_run(&b, true, e);
}

bool tx_put_bytes(struct db_conn *c, struct arena *a, const struct db_stmt *s, struct str bytes,
                  struct err *e)
{
    return move_bytes(c, a, s, &bytes, NULL, e);
}

/* The buffer is written through the landing, which clang-tidy does not follow. */
// NOLINTNEXTLINE(readability-non-const-parameter)
bool tx_get_bytes(struct db_conn *c, struct arena *a, const struct db_stmt *s, char *buffer,
                  size_t size, size_t *len, struct err *e)
{
    struct landing landing = {.bytes = buffer, .size = size};
    if (!move_bytes(c, a, s, NULL, &landing, e))
        return false;
    if (!landing.has_value)
        return err_set(e, ERR_NOT_FOUND, STR("no piece of that number"));
    if (landing.len > size)
        return err_set(e, ERR_INTERNAL, STR("a piece larger than pieces are"));
    *len = landing.len;
    return true;
}

bool tx_commit(struct db_conn *c, struct arena *a, struct err *e)
{
    struct batch b;
    if (c->pg == NULL || PQtransactionStatus(c->pg) != PQTRANS_INTRANS) {
        conn_rest(c);
        return err_set(e, ERR_INTERNAL, STR("no transaction to commit"));
    }
    conn_start_clock(c);
    batch_begin(&b, c, a);
    b.is_lost = !batch_fixed(&b, FIXED_COMMIT);
    bool is_good = batch_run(&b, true, e);
    if (is_good && !str_equal(str_from(b.steps[0].tag), STR("COMMIT")))
        is_good = err_set(e, ERR_INTERNAL, STR("the transaction did not end as asked"));
    if (!is_good && b.is_lost && !b.has_failed)
        e->cause = str_printf(a, "commit outcome unknown: %.*s", STR_ARG(e->cause));
    conn_rest(c);
    return is_good;
}

void tx_rollback(struct db_conn *c)
{
    conn_rest(c);
}

bool db_ping(struct db_conn *c, struct err *e)
{
    if (!ready(c, true, e))
        return false;
    bool is_good = PQsendQueryPrepared(c->pg, "ping", 0, NULL, NULL, NULL, 0) == 1;
    c->needs_sync = is_good;
    if (is_good)
        conn_rest(c);
    if (c->pg != NULL && is_good)
        return true;
    conn_drop(c);
    return err_set(e, ERR_UNAVAILABLE, STR("no answer to a ping"));
}
