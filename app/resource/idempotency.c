/* A POST sent twice under one key acts once: the reply is kept in the same transaction as the work.
 */
#include "resource/operation.h"

/* The two headers that a kept reply needs are stored as header lines. */
static void read_headers(struct str text, struct outcome *out)
{
    struct str line;
    struct str name;
    struct str value;
    while (text.len > 0) {
        str_cut(text, '\n', &line, &text);
        if (!str_cut(line, ':', &name, &value))
            continue;
        if (str_equal(name, STR("ETag")))
            out->etag = str_trim(value);
        if (str_equal(name, STR("Location")))
            out->location = str_trim(value);
    }
}

bool idempotency_begin(struct arena *a, struct db_conn *c, const struct operation *op,
                       struct outcome *out, struct err *e)
{
    const struct str params[] = {op->idempotency_key, op->request_hash};
    struct db_stmt stmt = {
        .sql =
            STR_INIT("select status, reply, reply_headers from private.idempotency_begin($1, $2)"),
        .params = params,
        .param_count = 2,
    };
    struct db_rows *rows = NULL;
    int64_t status = 0;
    if (!tx_statement(c, a, &stmt, false, &rows, e)) {
        if (str_equal(e->reason, STR("in_flight")))
            e->code = ERR_IN_FLIGHT;
        if (str_equal(e->reason, STR("key_reused")))
            e->code = ERR_KEY_REUSED;
        return false;
    }
    if (db_row_count(rows) == 0 || db_value(rows, 0, 0).ptr == NULL)
        return true;
    if (!str_to_int(db_value(rows, 0, 0), &status) || status < 100 || status > 599)
        return err_set(e, ERR_INTERNAL, STR("kept reply without status"));
    out->is_replay = true;
    out->status = (int)status;
    out->body = db_value(rows, 0, 1);
    read_headers(db_value(rows, 0, 2), out);
    return true;
}

bool idempotency_store(struct arena *a, struct db_conn *c, const struct operation *op,
                       const struct outcome *o, struct err *e)
{
    struct text headers = {.arena = a};
    if (o->etag.len > 0)
        text_printf(&headers, "ETag: %.*s\n", STR_ARG(o->etag));
    if (o->location.len > 0)
        text_printf(&headers, "Location: %.*s\n", STR_ARG(o->location));
    const struct str params[] = {op->idempotency_key, str_printf(a, "%d", o->status), o->body,
                                 text_str(&headers)};
    struct db_stmt stmt = {
        .sql = STR_INIT("select private.idempotency_store($1, $2, $3, $4)"),
        .params = params,
        .param_count = 4,
    };
    struct db_rows *rows = NULL;
    return tx_statement(c, a, &stmt, false, &rows, e);
}
