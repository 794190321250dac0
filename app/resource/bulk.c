/* Many rows, all or nothing: a savepoint per row, so that every row's fault can be told. */
#include "resource/operation.h"

/* Lost transactions are not a row's fault. */
static bool is_fatal(const struct err *e)
{
    return e->code == ERR_UNAVAILABLE || e->code == ERR_TIMEOUT || e->code == ERR_INTERNAL ||
           e->code == ERR_UNAUTHENTICATED;
}

/* Puts "/3" before the pointers that PostgreSQL's error brought. */
static void set_pointers(struct arena *a, struct err *e, size_t row)
{
    for (struct field_err *f = e->fields; f != NULL; f = f->next)
        f->pointer = str_printf(a, "/%zu%.*s", row, STR_ARG(f->pointer));
}

static bool explain_row(struct arena *a, struct db_conn *c, const struct operation *op,
                        const struct row_write *row, struct err *e)
{
    struct db_stmt stmt;
    struct db_rows *rows = NULL;
    struct err failure = {0};
    record_plan_version(a, op->resource, row->id, &stmt);
    if (!tx_statement(c, a, &stmt, true, &rows, &failure)) {
        *e = failure;
        return false;
    }
    return record_explain(rows, row->version, e);
}

static bool write_row(struct arena *a, struct db_conn *c, const struct operation *op,
                      const struct row_write *row, struct str *version, struct err *e)
{
    struct db_stmt stmt;
    struct db_rows *rows = NULL;
    bool is_update = op->verb == VERB_BULK_UPDATE;
    if (is_update)
        record_plan_update(a, op->resource, row, &stmt);
    else
        record_plan_insert(a, op->resource, row, &stmt);
    if (!tx_statement(c, a, &stmt, true, &rows, e)) {
        record_explain_rule(a, op->resource, e);
        return false;
    }
    if (!is_update)
        return true;
    if (db_row_count(rows) == 0)
        return explain_row(a, c, op, row, e);
    if (db_column_count(rows) > 1)
        *version = db_value(rows, 0, 1);
    return true;
}

bool bulk_run(struct arena *a, struct db_conn *c, const struct operation *op, struct outcome *out,
              struct err *e)
{
    out->results = arena_alloc_array(a, op->row_count, sizeof *out->results);
    out->result_count = op->row_count;
    if (op->verb == VERB_BULK_CREATE)
        record_plan_ids(a, op);
    for (size_t i = 0; i < op->row_count; i++) {
        struct row_write *row = &op->rows[i];
        struct row_result *result = &out->results[i];
        result->id = row->id;
        result->status = op->verb == VERB_BULK_CREATE ? 201 : 200;
        if (!row->is_wrong && write_row(a, c, op, row, &result->version, &row->err))
            continue;
        if (is_fatal(&row->err)) {
            *e = row->err;
            return false;
        }
        if (!row->is_wrong)
            set_pointers(a, &row->err, i);
        result->err = row->err;
        result->status = err_kind(row->err.code)->status;
        out->is_refused = true;
    }
    out->status = op->verb == VERB_BULK_CREATE && !op->is_dry_run ? 201 : 200;
    return true;
}
