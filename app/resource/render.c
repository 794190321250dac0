/* Outcome → body. */
#include <string.h>

#include "http/json.h"
#include "output/csv.h"
#include "output/json.h"
#include "resource/operation.h"

static struct str cell(const void *source, size_t row, size_t column)
{
    return db_value(source, row, column);
}

static struct output_rows rows_of(struct arena *a, const struct resource *res,
                                  const struct db_rows *rows, bool is_detail)
{
    struct output_rows out = {.row_count = db_row_count(rows), .value = cell, .source = rows};
    out.columns = sql_columns(a, res, is_detail, &out.column_count);
    return out;
}

static int64_t version_of(const struct output_rows *rows)
{
    int64_t version = 0;
    for (size_t c = 0; c < rows->column_count; c++)
        if (str_equal(rows->columns[c].name, STR("version")) &&
            !str_to_int(rows->value(rows->source, 0, c), &version))
            version = 0;
    return version;
}

static void render_item(struct arena *a, const struct operation *op, struct outcome *o)
{
    struct output_rows rows = rows_of(a, op->resource, o->rows, true);
    struct text t = {.arena = a};
    if (rows.row_count == 0) /* written, but the writer may not see it */
        return;
    output_json_item(&t, &rows, 0);
    o->body = text_str(&t);
    o->content_type = STR("application/json");
    if (!op->is_dry_run) /* of what never came to be there is no tag */
        o->etag = http_etag_make(a, version_of(&rows), o->body);
}

/* EXPLAIN's first "Plan Rows" is the whole query's. */
static int64_t planned_rows(struct str json)
{
    static const char key[] = "\"Plan Rows\": ";
    const char *at = json.len > 0 ? memmem(json.ptr, json.len, key, sizeof key - 1) : NULL;
    int64_t rows = 0;
    if (at == NULL)
        return 0;
    for (at += sizeof key - 1;
         at < json.ptr + json.len && *at >= '0' && *at <= '9' && rows < INT32_MAX; at++)
        rows = rows * 10 + (*at - '0');
    return rows;
}

static void put_total(struct text *t, const struct outcome *o)
{
    int64_t counted = 0;
    if (o->count_rows == NULL || !str_to_int(db_value(o->count_rows, 0, 0), &counted)) {
        text_append(t, STR("null"));
        return;
    }
    if (o->estimate_rows != NULL && counted > 1000) {
        int64_t planned = planned_rows(db_value(o->estimate_rows, 0, 0));
        counted = planned > counted ? planned : counted;
    }
    json_write_int(t, counted);
}

static void put_list(struct text *t, const struct output_rows *rows, struct str next,
                     const struct outcome *o)
{
    text_append(t, STR("{\"items\":"));
    output_json_items(t, rows);
    text_append(t, STR(",\"next\":"));
    if (next.len > 0)
        json_write_string(t, next);
    else
        text_append(t, STR("null"));
    text_append(t, STR(",\"total\":"));
    put_total(t, o);
    text_byte(t, '}');
}

static bool render_list(struct arena *a, const struct operation *op, struct outcome *o,
                        struct err *e)
{
    static const struct str types[] = {
        STR_INIT("application/json"), STR_INIT("text/csv; charset=utf-8"),
        STR_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")};
    struct output_rows rows = rows_of(a, op->resource, o->rows, false);
    struct text t = {.arena = a};
    struct str keys[SORT_KEYS_MAX];
    struct str next = STR("");
    if (rows.row_count > op->list.limit) {
        rows.row_count = op->list.limit;
        listing_keys(op->resource, &op->list, o->rows, rows.row_count - 1, keys);
        next = listing_next(a, op->resource, &op->list, keys);
    }
    if (op->format == FORMAT_JSON)
        put_list(&t, &rows, next, o);
    else
        o->link_next = next;
    if (op->format == FORMAT_CSV)
        output_csv(&t, &rows);
    o->body = text_str(&t);
    if (op->format == FORMAT_XLSX &&
        !output_xlsx(a, &rows, sql_notes(a, op->resource, rows.column_count),
                     str_from(op->resource->title_vi), &o->body))
        return err_set(e, ERR_INTERNAL, STR("no room for a workbook"));
    o->content_type = types[op->format];
    o->etag = http_etag_make(a, 0, o->body);
    return true;
}

static void put_row_errors(struct text *t, const struct err *e)
{
    text_append(t, STR(",\"type\":\"/errors/"));
    text_append(t, str_from(err_kind(e->code)->slug));
    text_append(t, STR("\",\"errors\":["));
    for (const struct field_err *f = e->fields; f != NULL; f = f->next) {
        text_append(t, f == e->fields ? STR("{\"pointer\":") : STR(",{\"pointer\":"));
        json_write_string(t, f->pointer);
        text_append(t, STR(",\"code\":"));
        json_write_string(t, f->code);
        text_byte(t, '}');
    }
    text_byte(t, ']');
    if (e->reason.len > 0) {
        text_append(t, STR(",\"reason\":"));
        json_write_string(t, e->reason);
    }
    if (e->current_version > 0) {
        text_append(t, STR(",\"current_version\":"));
        json_write_int(t, e->current_version);
    }
}

/* [{"status":201,"id":…}, …]. In a refused bulk the good rows are 424: nothing was done for them.
 */
struct str outcome_results(struct arena *a, const struct outcome *o)
{
    struct text t = {.arena = a};
    text_byte(&t, '[');
    for (size_t i = 0; i < o->result_count; i++) {
        const struct row_result *r = &o->results[i];
        bool is_good = r->status < 300;
        text_append(&t, i > 0 ? STR(",{\"status\":") : STR("{\"status\":"));
        json_write_int(&t, is_good && o->is_refused ? 424 : r->status);
        if (is_good && !o->is_refused) {
            text_append(&t, STR(",\"id\":"));
            json_write_string(&t, r->id);
        }
        if (is_good && !o->is_refused && r->version.len > 0) {
            text_append(&t, STR(",\"version\":"));
            text_append(&t, r->version);
        }
        if (!is_good)
            put_row_errors(&t, &r->err);
        text_byte(&t, '}');
    }
    text_byte(&t, ']');
    return text_str(&t);
}

bool outcome_render(struct arena *a, const struct operation *op, struct outcome *o, struct err *e)
{
    if (o->body.len > 0 || o->is_refused || o->status == 204)
        return true;
    if (op->verb == VERB_LIST)
        return render_list(a, op, o, e);
    if (o->results != NULL) {
        o->body = str_printf(a, "{\"results\":%.*s}", STR_ARG(outcome_results(a, o)));
        o->content_type = STR("application/json");
    } else if (o->json.len > 0) {
        o->body = o->json;
        o->content_type = STR("application/json");
    } else if (o->rows != NULL) {
        render_item(a, op, o);
    }
    return true;
}
