/* Statements for one record. Columns are descriptor constants; values are parameters, whose types
 * PostgreSQL takes from the columns. */
#include <sodium.h>
#include <time.h>

#include "resource/operation.h"

/* RFC 9562 version 7: milliseconds first, so that an index grows at its end. */
static struct str make_uuid(struct arena *a)
{
    unsigned char b[16];
    struct timespec now;
    randombytes_buf(b, sizeof b);
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    for (int i = 0; i < 6; i++)
        b[i] = (unsigned char)(ms >> (40 - 8 * i));
    b[6] = (unsigned char)(0x70 | (b[6] & 0x0f));
    b[8] = (unsigned char)(0x80 | (b[8] & 0x3f));
    return str_printf(a, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                      b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                      b[12], b[13], b[14], b[15]);
}

static const struct str *one_param(struct arena *a, struct str value)
{
    struct str *params = arena_alloc(a, sizeof *params);
    *params = value;
    return params;
}

void record_plan_get(struct arena *a, const struct resource *res, struct str id, struct str as_of,
                     struct db_stmt *out)
{
    struct text t = {.arena = a};
    struct str *params = arena_alloc_array(a, 2, sizeof *params);
    bool is_of_day = res->day_detail_view != NULL && as_of.ptr != NULL;
    params[0] = id;
    params[1] = as_of;
    sql_select(&t, res, true);
    if (is_of_day)
        sql_from_day(&t, res, true, 2);
    else
        sql_from(&t, res, true);
    text_append(&t, STR(" where r.id = $1"));
    if (res->is_dated) /* a unit that was dissolved is still shown as it was last */
        text_append(&t, STR(" and r.valid_from <= coalesce($2::date, private.today())"
                            " order by r.valid_from desc limit 1"));
    *out = (struct db_stmt){
        .sql = text_str(&t), .params = params, .param_count = res->is_dated || is_of_day ? 2 : 1};
}

void record_plan_version(struct arena *a, const struct resource *res, struct str id,
                         struct db_stmt *out)
{
    struct text t = {.arena = a};
    text_append(&t, resource_has_version(res) ? STR("select r.version") : STR("select 0"));
    text_printf(&t, " from %s as r where r.id = $1 limit 1", res->view);
    *out = (struct db_stmt){.sql = text_str(&t), .params = one_param(a, id), .param_count = 1};
}

void record_plan_insert(struct arena *a, const struct resource *res, const struct row_write *row,
                        struct db_stmt *out)
{
    struct text t = {.arena = a};
    struct str *params = arena_alloc_array(a, row->value_count + 1, sizeof *params);
    params[0] = row->id;
    text_printf(&t, "insert into %s (id", res->table);
    for (size_t i = 0; i < row->value_count; i++) {
        text_append(&t, STR(", "));
        text_append(&t, row->values[i].field->name);
        params[i + 1] = row->values[i].text;
    }
    text_append(&t, STR(") values ($1"));
    for (size_t i = 0; i < row->value_count; i++)
        text_printf(&t, ", $%zu", i + 2);
    text_byte(&t, ')');
    *out = (struct db_stmt){
        .sql = text_str(&t), .params = params, .param_count = row->value_count + 1};
}

/* " where id = $1 and version = $2": the version is asked in the statement itself, so that nobody
 * comes between looking and writing. */
static void put_row_condition(struct text *t, const struct resource *res,
                              const struct row_write *row, struct str *params, size_t *count)
{
    params[(*count)++] = row->id;
    text_printf(t, " where id = $%zu", *count);
    if (row->version > 0) {
        params[(*count)++] = str_printf(t->arena, "%lld", (long long)row->version);
        text_printf(t, " and version = $%zu", *count);
    }
    text_append(t,
                resource_has_version(res) ? STR(" returning id, version") : STR(" returning id"));
}

void record_plan_update(struct arena *a, const struct resource *res, const struct row_write *row,
                        struct db_stmt *out)
{
    struct text t = {.arena = a};
    struct str *params = arena_alloc_array(a, row->value_count + 2, sizeof *params);
    size_t count = 0;
    text_printf(&t, "update %s set ", res->table);
    for (size_t i = 0; i < row->value_count; i++) {
        if (i > 0)
            text_append(&t, STR(", "));
        text_append(&t, row->values[i].field->name);
        params[count++] = row->values[i].text;
        text_printf(&t, " = $%zu", count);
    }
    put_row_condition(&t, res, row, params, &count);
    *out = (struct db_stmt){.sql = text_str(&t), .params = params, .param_count = count};
}

static void plan_delete(struct arena *a, const struct operation *op, struct db_stmt *out)
{
    struct row_write row = {.id = op->id, .version = op->version};
    struct text t = {.arena = a};
    struct str *params = arena_alloc_array(a, 2, sizeof *params);
    size_t count = 0;
    text_printf(&t, "delete from %s", op->resource->table);
    put_row_condition(&t, op->resource, &row, params, &count);
    *out = (struct db_stmt){.sql = text_str(&t), .params = params, .param_count = count};
}

void record_plan_write(struct arena *a, const struct operation *op, struct write_plan *out)
{
    *out = (struct write_plan){.item_at = WRITE_NONE, .json_at = WRITE_NONE, .id = op->id};
    out->must_change = op->verb == VERB_UPDATE || op->verb == VERB_DELETE;
    struct db_stmt *first = &out->stmts[out->count++];
    bool reads_back = true;
    switch (op->verb) {
    case VERB_CREATE:
        out->id = make_uuid(a);
        op->rows->id = out->id;
        record_plan_insert(a, op->resource, op->rows, first);
        break;
    case VERB_UPDATE:
        record_plan_update(a, op->resource, op->rows, first);
        break;
    case VERB_DELETE:
        plan_delete(a, op, first);
        reads_back = false;
        break;
    default:
        command_plan(a, op, first);
        out->json_at = 0;
        reads_back = !op->command->answers_json;
        break;
    }
    if (reads_back) {
        out->item_at = out->count;
        record_plan_get(a, op->resource, out->id, (struct str){NULL, 0}, &out->stmts[out->count++]);
    }
}

void record_plan_ids(struct arena *a, const struct operation *op)
{
    for (size_t i = 0; i < op->row_count; i++)
        op->rows[i].id = make_uuid(a);
}

bool record_explain(const struct db_rows *version_rows, int64_t version, struct err *e)
{
    int64_t now = 0;
    if (db_row_count(version_rows) == 0)
        return err_set(e, ERR_NOT_FOUND, STR("not visible"));
    if (version > 0 && str_to_int(db_value(version_rows, 0, 0), &now) && now != version) {
        e->current_version = now;
        return err_set(e, ERR_STALE, STR("version"));
    }
    return err_set(e, ERR_FORBIDDEN, STR("visible, but no row was changed"));
}

/* The cause, which is for the log, ends in the constraint's name; nothing else carries it here. */
void record_explain_rule(struct arena *a, const struct resource *res, struct err *e)
{
    if (e->code != ERR_INVALID || e->fields != NULL || !str_starts(e->cause, STR("23514")))
        return;
    for (size_t i = 0; i < res->rule_count; i++) {
        const struct rule *rule = &res->rules[i];
        struct str end = str_printf(a, " constraint: %.*s", STR_ARG(rule->constraint));
        if (str_ends(e->cause, end))
            err_field(a, e, ERR_INVALID, str_printf(a, "/%.*s", STR_ARG(rule->field)), rule->word);
    }
}
