/* Operation → outcome. Reads, and writes without an idempotency key, are one pipelined round trip;
 * bulk and keyed writes hold the transaction open. */
#include "resource/operation.h"

static bool run_get(struct arena *a, struct db_conn *c, const struct operation *op,
                    const struct db_claim *claim, struct outcome *out, struct db_identity *who,
                    struct err *e)
{
    struct db_stmt stmt;
    struct db_tx tx = {.claim = *claim, .read_only = true, .stmts = &stmt, .stmt_count = 1};
    record_plan_get(a, op->resource, op->id, op->as_of, &stmt);
    if (!tx_run(c, a, &tx, &out->rows, who, e))
        return false;
    out->status = 200;
    return db_row_count(out->rows) > 0 || err_set(e, ERR_NOT_FOUND, STR("not visible"));
}

static bool take_results(struct arena *a, const struct operation *op, const struct write_plan *plan,
                         struct db_rows *const *results, struct outcome *out, struct err *e)
{
    if (plan->must_change && db_row_count(results[0]) == 0)
        return err_set(e, ERR_NOT_FOUND, STR("no row was changed"));
    bool is_created = op->verb == VERB_CREATE && !op->is_dry_run;
    out->status = is_created ? 201 : op->verb == VERB_DELETE ? 204 : 200;
    if (is_created)
        out->location =
            str_printf(a, "/api/v1/%.*s/%.*s", STR_ARG(op->resource->name), STR_ARG(plan->id));
    if (plan->json_at != WRITE_NONE && db_row_count(results[plan->json_at]) > 0)
        out->json = db_value(results[plan->json_at], 0, 0);
    if (plan->item_at != WRITE_NONE)
        out->rows = results[plan->item_at];
    return true;
}

/* A write found no row to change, or PostgreSQL told of a version without saying which: one more
 * look tells 404, 412 and 403 apart. */
static bool explain(struct arena *a, struct db_conn *c, const struct operation *op,
                    const struct db_claim *claim, struct db_identity *who, struct err *e)
{
    bool is_missing = e->code == ERR_NOT_FOUND && e->fields == NULL && e->reason.len == 0 &&
                      (op->verb == VERB_UPDATE || op->verb == VERB_DELETE);
    bool is_stale = e->code == ERR_STALE && e->current_version == 0;
    record_explain_rule(a, op->resource, e);
    if ((!is_missing && !is_stale) || op->id.len == 0)
        return false;
    struct db_stmt stmt;
    struct db_rows *rows = NULL;
    struct err failure = {0};
    struct db_tx tx = {.claim = *claim, .read_only = true, .stmts = &stmt, .stmt_count = 1};
    record_plan_version(a, op->resource, op->id, &stmt);
    if (!tx_run(c, a, &tx, &rows, who, &failure)) {
        *e = failure;
        return false;
    }
    if (is_missing)
        return record_explain(rows, op->version, e);
    if (db_row_count(rows) > 0 && !str_to_int(db_value(rows, 0, 0), &e->current_version))
        e->current_version = 0;
    return false;
}

static bool run_pipelined(struct arena *a, struct db_conn *c, const struct operation *op,
                          const struct db_claim *claim, struct outcome *out,
                          struct db_identity *who, struct err *e)
{
    struct write_plan plan;
    struct db_rows *results[WRITE_STMTS_MAX] = {NULL, NULL};
    record_plan_write(a, op, &plan);
    struct db_tx tx = {.claim = *claim,
                       .roll_back = op->is_dry_run,
                       .stmts = plan.stmts,
                       .stmt_count = plan.count};
    if (tx_run(c, a, &tx, results, who, e) && take_results(a, op, &plan, results, out, e))
        return true;
    return explain(a, c, op, claim, who, e);
}

static bool run_statements(struct arena *a, struct db_conn *c, const struct operation *op,
                           struct outcome *out, struct err *e)
{
    struct write_plan plan;
    struct db_rows *results[WRITE_STMTS_MAX] = {NULL, NULL};
    record_plan_write(a, op, &plan);
    for (size_t i = 0; i < plan.count; i++)
        if (!tx_statement(c, a, &plan.stmts[i], false, &results[i], e))
            return false;
    return take_results(a, op, &plan, results, out, e);
}

static bool is_bulk(const struct operation *op)
{
    return op->verb == VERB_BULK_CREATE || op->verb == VERB_BULK_UPDATE;
}

static bool check_deferred(struct arena *a, struct db_conn *c, struct err *e)
{
    struct db_stmt stmt = {.sql = STR_INIT("set constraints all immediate")};
    struct db_rows *rows = NULL;
    return tx_statement(c, a, &stmt, false, &rows, e);
}

/* Inside the open transaction; *is_done when there is nothing to commit. */
static bool work(struct arena *a, struct db_conn *c, const struct operation *op,
                 struct outcome *out, bool *is_done, struct err *e)
{
    bool is_keyed = op->idempotency_key.len > 0;
    if (is_keyed && !idempotency_begin(a, c, op, out, e))
        return false;
    if (out->is_replay) {
        *is_done = true;
        return true;
    }
    if (is_bulk(op) ? !bulk_run(a, c, op, out, e) : !run_statements(a, c, op, out, e))
        return false;
    *is_done = out->is_refused || op->is_dry_run;
    if (op->is_dry_run && !out->is_refused && !check_deferred(a, c, e))
        return false;
    if (!is_keyed || *is_done)
        return true;
    /* the reply is kept with the work, so it is made before COMMIT */
    return outcome_render(a, op, out, e) && idempotency_store(a, c, op, out, e);
}

static bool run_interactive(struct arena *a, struct db_conn *c, const struct operation *op,
                            const struct db_claim *claim, struct outcome *out,
                            struct db_identity *who, struct err *e)
{
    bool is_done = false;
    if (!tx_begin(c, a, claim, who, e))
        return false;
    if (!work(a, c, op, out, &is_done, e)) {
        tx_rollback(c);
        return is_bulk(op) ? false : explain(a, c, op, claim, who, e);
    }
    if (is_done) {
        tx_rollback(c);
        return true;
    }
    return tx_commit(c, a, e);
}

bool resource_run(struct arena *a, struct db_conn *c, const struct operation *op,
                  const struct db_claim *claim, struct str scope, struct outcome **out,
                  struct db_identity *who, struct err *e)
{
    *out = arena_alloc(a, sizeof **out);
    if (op->verb == VERB_LIST)
        return listing_run(a, c, op, claim, scope, *out, who, e);
    if (op->verb == VERB_GET)
        return run_get(a, c, op, claim, *out, who, e);
    if (is_bulk(op) || op->idempotency_key.len > 0)
        return run_interactive(a, c, op, claim, *out, who, e);
    return run_pipelined(a, c, op, claim, *out, who, e);
}
