#include "db/pipe.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

static const char *const fixed_names[FIXED__MAX] = {
#define X(fixed, name, text) [fixed] = (name),
    FIXED_LIST(X)
#undef X
};

void batch_begin(struct batch *b, struct db_conn *c, struct arena *a)
{
    b->conn = c;
    b->arena = a;
    b->count = 0;
    b->is_lost = false;
    b->has_failed = false;
    b->action = SQLSTATE_GIVE_UP;
}

void batch_continue(struct batch *b)
{
    b->count = 0;
}

static struct step *add_step(struct batch *b, enum step_kind kind, bool was_sent)
{
    b->conn->has_pending = true;
    if (!was_sent || b->count == STEPS_MAX) {
        b->is_lost = true;
        return NULL;
    }
    struct step *s = &b->steps[b->count++];
    s->kind = kind;
    s->entry = NULL;
    s->wants_rows = false;
    s->rows = NULL;
    s->landing = NULL;
    s->tag[0] = '\0';
    return s;
}

bool batch_fixed(struct batch *b, enum fixed which)
{
    int sent = PQsendQueryPrepared(b->conn->pg, fixed_names[which], 0, NULL, NULL, NULL, 0);
    return add_step(b, STEP_FIXED, sent == 1) != NULL;
}

/* libpq wants NUL-terminated text. Strings from the arena or a literal often are not, so a copy. */
static const char *const *param_texts(struct arena *a, const struct str *params, size_t count)
{
    const char **out = arena_alloc_array(a, count + 1, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = params[i].ptr == NULL ? NULL : str_cstr(a, params[i]);
    return out;
}

bool batch_claim(struct batch *b, const struct db_claim *claim)
{
    const struct str params[] = {claim->role, claim->token_hash, claim->token_kind,
                                 claim->request_id, claim->remote_addr};
    const char *const *values = param_texts(b->arena, params, 5);
    int sent = PQsendQueryPrepared(b->conn->pg, fixed_names[FIXED_CLAIM], 5, values, NULL, NULL, 0);
    struct step *s = add_step(b, STEP_FIXED, sent == 1);
    if (s == NULL)
        return false;
    s->wants_rows = true;
    return true;
}

/* Prepares at first use. PostgreSQL must also forget what the table had no more room for. */
static struct stmt_entry *prepare(struct batch *b, const struct db_stmt *stmt, struct str role)
{
    char evicted[STMT_NAME_SIZE];
    struct stmt_entry *entry = stmt_get(&b->conn->cache, role, stmt->sql, evicted);
    if (entry == NULL)
        return NULL;
    if (evicted[0] != '\0') {
        char sql[STMT_NAME_SIZE + 16];
        snprintf(sql, sizeof sql, "deallocate %s", evicted);
        int sent = PQsendQueryParams(b->conn->pg, sql, 0, NULL, NULL, NULL, NULL, 0);
        if (add_step(b, STEP_FORGET, sent == 1) == NULL)
            return NULL;
    }
    if (entry->state == STMT_UNKNOWN) {
        int sent = PQsendPrepare(b->conn->pg, entry->name, stmt_sql(entry), 0, NULL);
        struct step *s = add_step(b, STEP_PREPARE, sent == 1);
        if (s == NULL)
            return NULL;
        s->entry = entry;
        entry->state = STMT_SENT;
    }
    return entry;
}

bool batch_statement(struct batch *b, const struct db_stmt *stmt, struct str role)
{
    const char *const *values = param_texts(b->arena, stmt->params, stmt->param_count);
    struct stmt_entry *entry = prepare(b, stmt, role);
    if (entry == NULL) {
        b->is_lost = true;
        return false;
    }
    int sent = PQsendQueryPrepared(b->conn->pg, entry->name, (int)stmt->param_count, values, NULL,
                                   NULL, 0);
    struct step *s = add_step(b, STEP_STATEMENT, sent == 1);
    if (s == NULL)
        return false;
    s->wants_rows = true;
    return true;
}

bool batch_bytes(struct batch *b, const struct db_stmt *stmt, struct str role,
                 const struct str *bytes, struct landing *landing)
{
    size_t count = stmt->param_count;
    struct stmt_entry *entry = prepare(b, stmt, role);
    if (entry == NULL) {
        b->is_lost = true;
        return false;
    }
    const char **values = arena_alloc_array(b->arena, count + 1, sizeof *values);
    int *lengths = arena_alloc_array(b->arena, count + 1, sizeof *lengths);
    int *formats = arena_alloc_array(b->arena, count + 1, sizeof *formats);
    for (size_t i = 0; i < count; i++)
        values[i] = stmt->params[i].ptr == NULL ? NULL : str_cstr(b->arena, stmt->params[i]);
    if (bytes != NULL) {
        values[count] = bytes->ptr;
        lengths[count] = (int)bytes->len;
        formats[count++] = 1;
    }
    int sent = PQsendQueryPrepared(b->conn->pg, entry->name, (int)count, values, lengths, formats,
                                   landing != NULL);
    struct step *s = add_step(b, STEP_STATEMENT, sent == 1);
    if (s != NULL)
        s->landing = landing;
    return s != NULL;
}

/* Sends the rest when the socket took only a part; reads meanwhile, since PostgreSQL may be waiting
 * for us to read before it reads on. */
static bool flush_all(struct db_conn *c)
{
    for (;;) {
        int left = PQflush(c->pg);
        if (left <= 0)
            return left == 0;
        if (!conn_wait(c, POLLIN | POLLOUT) || PQconsumeInput(c->pg) != 1)
            return false;
    }
}

/* The next result; NULL: the connection is lost or late. *res may be NULL as libpq's end of a step.
 */
static bool next_result(struct db_conn *c, PGresult **res)
{
    while (PQisBusy(c->pg))
        if (!conn_wait(c, POLLIN) || PQconsumeInput(c->pg) != 1)
            return false;
    *res = PQgetResult(c->pg);
    return true;
}

static struct str error_field(const PGresult *res, int code)
{
    return str_from(PQresultErrorField(res, code));
}

/* The first failure is the one that counts: the steps behind it were not run. */
static void note_failure(struct batch *b, const struct step *s, const PGresult *res, struct err *e)
{
    if (b->has_failed)
        return;
    b->has_failed = true;
    b->failed_step = (size_t)(s - b->steps);
    struct sqlstate_report report = {
        .sqlstate = error_field(res, PG_DIAG_SQLSTATE),
        .message = error_field(res, PG_DIAG_MESSAGE_PRIMARY),
        .detail = error_field(res, PG_DIAG_MESSAGE_DETAIL),
        .hint = error_field(res, PG_DIAG_MESSAGE_HINT),
        .table = error_field(res, PG_DIAG_TABLE_NAME),
        .column = error_field(res, PG_DIAG_COLUMN_NAME),
        .constraint = error_field(res, PG_DIAG_CONSTRAINT_NAME),
    };
    if (report.sqlstate.len == 0)
        report.message = str_from(PQresultErrorMessage(res));
    b->action = sqlstate_map(b->arena, &report, e);
}

static void release_result(void *res)
{
    PQclear(res);
}

static void land(struct landing *to, const PGresult *res)
{
    to->has_value = PQntuples(res) == 1 && PQnfields(res) == 1 && !PQgetisnull(res, 0, 0);
    to->len = to->has_value ? (size_t)PQgetlength(res, 0, 0) : 0;
    if (to->len <= to->size && to->len > 0)
        memcpy(to->bytes, PQgetvalue(res, 0, 0), to->len);
}

static void take_result(struct batch *b, struct step *s, PGresult *res, struct err *e)
{
    ExecStatusType status = PQresultStatus(res);
    bool is_good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (s->kind == STEP_PREPARE)
        s->entry->state = is_good ? STMT_READY : STMT_UNKNOWN;
    if (is_good && s->wants_rows) {
        s->rows = arena_adopt(b->arena, res, release_result);
        return;
    }
    /* Adopted before its texts are copied: the copy may exhaust the arena and jump. */
    if (!is_good && status != PGRES_PIPELINE_ABORTED)
        note_failure(b, s, arena_adopt(b->arena, res, release_result), e);
    else {
        if (is_good && s->landing != NULL)
            land(s->landing, res);
        if (is_good && s->kind == STEP_FIXED)
            snprintf(s->tag, sizeof s->tag, "%s", PQcmdStatus(res));
        PQclear(res);
    }
}

static bool collect_step(struct batch *b, struct step *s, struct err *e)
{
    PGresult *res = NULL;
    if (!next_result(b->conn, &res) || res == NULL)
        return false;
    take_result(b, s, res, e);
    if (!next_result(b->conn, &res))
        return false;
    PQclear(res); /* NULL, which ends the step; anything else would be a libpq we do not know */
    return res == NULL;
}

static bool collect(struct batch *b, bool sync, struct err *e)
{
    for (size_t i = 0; i < b->count; i++)
        if (!collect_step(b, &b->steps[i], e))
            return false;
    if (!sync)
        return true;
    PGresult *res = NULL;
    if (!next_result(b->conn, &res))
        return false;
    bool is_sync = PQresultStatus(res) == PGRES_PIPELINE_SYNC;
    PQclear(res);
    return is_sync;
}

/* What the server said last (57P01, say) is a better cause than "connection lost". */
static bool fail_lost(struct batch *b, struct err *e)
{
    struct db_conn *c = b->conn;
    bool is_late = PQstatus(c->pg) == CONNECTION_OK;
    conn_note_error(c, is_late ? "no answer in time" : "connection lost");
    b->is_lost = true;
    c->stats.connections_lost++;
    log_say(LOG_WARNING, "db_connection_lost", "%s", c->last_error);
    conn_drop(c);
    if (b->has_failed)
        return false;
    *e = (struct err){.retry_after = 2};
    return err_set(e, is_late ? ERR_TIMEOUT : ERR_UNAVAILABLE,
                   str_copy(b->arena, str_from(c->last_error)));
}

bool batch_run(struct batch *b, bool sync, struct err *e)
{
    struct db_conn *c = b->conn;
    bool is_sent = !b->is_lost;
    if (is_sent && sync)
        is_sent = PQpipelineSync(c->pg) == 1;
    else if (is_sent)
        is_sent = PQsendFlushRequest(c->pg) == 1;
    if (!is_sent || !flush_all(c) || !collect(b, sync, e))
        return fail_lost(b, e);
    c->has_pending = false;
    c->needs_sync = !sync;
    if (b->has_failed && b->action == SQLSTATE_RECONNECT)
        conn_drop(c);
    return !b->has_failed;
}

/* Reads what is left up to the end of a batch. */
static bool read_to_sync(struct db_conn *c)
{
    ExecStatusType status = PGRES_COMMAND_OK;
    if (PQpipelineSync(c->pg) != 1 || !flush_all(c))
        return false;
    while (status != PGRES_PIPELINE_SYNC) {
        PGresult *res = NULL;
        if (!next_result(c, &res))
            return false;
        status = res == NULL ? PGRES_COMMAND_OK : PQresultStatus(res);
        PQclear(res);
        if (status == PGRES_FATAL_ERROR)
            return false;
    }
    return true;
}

void conn_rest(struct db_conn *c)
{
    if (c->pg == NULL)
        return;
    bool is_good = PQstatus(c->pg) == CONNECTION_OK && !c->has_pending;
    conn_start_clock(c);
    if (is_good && c->needs_sync)
        is_good = read_to_sync(c);
    if (is_good && PQtransactionStatus(c->pg) != PQTRANS_IDLE) {
        const char *name = fixed_names[FIXED_ROLLBACK];
        is_good = PQsendQueryPrepared(c->pg, name, 0, NULL, NULL, NULL, 0) == 1 &&
                  read_to_sync(c) && PQtransactionStatus(c->pg) == PQTRANS_IDLE;
    }
    c->needs_sync = false;
    if (!is_good)
        conn_drop(c);
}
