/* A list: query → statement, run, next page. SQL text is put together from descriptor constants
 * alone; whatever came with the request is a parameter. */
#include <string.h>

#include "resource/operation.h"

/* The two fixed limits of a statement's parameters: filters, cursor keys. */
#define PARAMS_MAX (FILTERS_MAX + SORT_KEYS_MAX + 1)

struct builder {
    struct text t;
    struct str *params;
    size_t count;
    bool has_where;
};

/* The columns a scope or a unit's subtree may come to. A level without one gets no hint. */
static const char *const scope_columns[] = {
    "province_key",      "district_key",      "grassroots_key",
    "province_line_key", "district_line_key", "grassroots_line_key",
};

static const char *scope_column(struct str name, struct str suffix)
{
    for (size_t i = 0; i < sizeof scope_columns / sizeof *scope_columns; i++) {
        struct str column = str_from(scope_columns[i]);
        if (column.len == name.len + suffix.len && str_starts(column, name) &&
            str_ends(column, suffix))
            return scope_columns[i];
    }
    return NULL;
}

static void put_param(struct builder *b, struct str value)
{
    b->params[b->count++] = value;
    text_printf(&b->t, "$%zu", b->count);
}

static void put_and(struct builder *b)
{
    text_append(&b->t, b->has_where ? STR(" and ") : STR(" where "));
    b->has_where = true;
}

/* sql with each ? replaced by the parameter's number. */
static void put_fragment(struct builder *b, const char *sql, struct str param)
{
    struct str head;
    struct str rest = str_from(sql);
    bool is_bound = false;
    while (str_cut(rest, '?', &head, &rest)) {
        text_append(&b->t, head);
        if (is_bound)
            text_printf(&b->t, "$%zu", b->count);
        else
            put_param(b, param);
        is_bound = true;
    }
    text_append(&b->t, head);
}

/* The day that is asked for by day_view; NULL: none, or the view knows days by itself. */
static const struct filter_use *day_asked(const struct resource *res, const struct list_query *q)
{
    for (size_t i = 0; res->day_view != NULL && i < q->use_count; i++)
        if (q->uses[i].filter->kind == FILTER_AS_OF)
            return &q->uses[i];
    return NULL;
}

/* The folded column, or an expression of its own. */
static void put_search(struct builder *b, const char *sql, struct str param)
{
    if (strchr(sql, '?') != NULL) {
        put_fragment(b, sql, param);
        return;
    }
    text_append(&b->t, str_from(sql));
    text_append(&b->t, STR(" like '%' || private.search_text("));
    put_param(b, param);
    text_append(&b->t, STR(") || '%'"));
}

static const char *switch_sql(const struct filter_use *use, bool is_of_day)
{
    const struct filter *f = use->filter;
    if (is_of_day && f->day_sql != NULL)
        return use->choice ? f->day_sql : f->day_sql_false;
    return use->choice ? f->sql : f->sql_false;
}

static void put_filter(struct builder *b, const struct list_query *q, const struct filter_use *use,
                       bool is_of_day)
{
    const struct filter *f = use->filter;
    if (f->kind == FILTER_SUBTREE || f->kind == FILTER_AS_OF || f->kind == FILTER_ARGUMENT)
        return;
    if (f->kind == FILTER_SWITCH && use->choice == 0 && f->sql_false == NULL)
        return;
    put_and(b);
    switch (f->kind) {
    case FILTER_ONE_OF:
        text_append(&b->t, str_from(f->sql));
        text_append(&b->t, use->is_many ? STR(" = any(") : STR(" = "));
        put_param(b, use->param);
        text_append(&b->t, use->is_many ? STR(")") : STR(""));
        break;
    case FILTER_SWITCH:
        text_append(&b->t, str_from(switch_sql(use, is_of_day)));
        break;
    case FILTER_RELATION:
        text_append(&b->t, str_from(f->relations[use->choice]));
        break;
    case FILTER_SEARCH:
        put_search(b, f->sql, use->param);
        break;
    case FILTER_UNIT:
        if (q->subtree_unit.len > 0) {
            text_printf(&b->t, "r.%s = ", q->subtree_column);
            put_param(b, q->subtree_key);
        } else {
            text_append(&b->t, str_from(f->sql));
            text_append(&b->t, STR(" = "));
            put_param(b, use->param);
        }
        break;
    default:
        put_fragment(b, f->sql, use->param);
        break;
    }
}

/* The rows in force on the day asked for. */
static void put_day(struct builder *b, const struct list_query *q)
{
    put_and(b);
    for (size_t i = 0; i < q->use_count; i++) {
        if (q->uses[i].filter->kind != FILTER_AS_OF)
            continue;
        put_fragment(b, "r.valid_from <= ? and (r.valid_to is null or r.valid_to > ?)",
                     q->uses[i].param);
        return;
    }
    text_append(&b->t, STR("r.valid_from <= (select private.today())"
                           " and (r.valid_to is null or r.valid_to > (select private.today()))"));
}

/* The view, or the call of a function with the arguments given; that of the day if one was asked
 * for. */
static void put_from(struct builder *b, const struct resource *res, const struct list_query *q)
{
    bool is_first = true;
    const struct filter_use *day = day_asked(res, q);
    if (!res->is_call && day == NULL) {
        sql_from(&b->t, res, false);
        return;
    }
    text_printf(&b->t, " from %s(", day != NULL ? res->day_view : res->view);
    if (day != NULL) {
        put_param(b, day->param);
        text_append(&b->t, STR("::date"));
        is_first = false;
    }
    for (size_t i = 0; i < q->use_count; i++) {
        const struct filter *f = q->uses[i].filter;
        if (f->kind != FILTER_ARGUMENT)
            continue;
        text_printf(&b->t, "%s%s => ", is_first ? "" : ", ", f->sql);
        put_param(b, q->uses[i].param);
        text_printf(&b->t, "::%s", field_type_sql(f->type));
        is_first = false;
    }
    text_append(&b->t, STR(") as r"));
}

static void put_where(struct builder *b, const struct resource *res, const struct list_query *q,
                      struct str scope)
{
    bool is_narrower = false;
    bool is_of_day = day_asked(res, q) != NULL;
    if (res->is_dated)
        put_day(b, q);
    for (size_t i = 0; i < q->use_count; i++) {
        put_filter(b, q, &q->uses[i], is_of_day);
        is_narrower |= q->uses[i].filter->replaces_scope;
    }
    const char *column = res->has_scope_column ? scope_column(scope, STR("_key")) : NULL;
    if (column == NULL || is_narrower)
        return;
    put_and(b);
    text_printf(&b->t, "r.%s = (select private.my_scope())", column);
}

static void put_key(struct text *t, const struct sort_key *key)
{
    if (key->sql != NULL) {
        text_append(t, str_from(key->sql));
        return;
    }
    text_append(t, STR("r."));
    text_append(t, key->field);
}

/* Rows after the cursor's: a row comparison, which one index can answer. */
static void put_keyset(struct builder *b, const struct list_query *q)
{
    if (!q->has_cursor)
        return;
    put_and(b);
    for (size_t i = 0; i < q->sort->key_count; i++) {
        text_append(&b->t, i == 0 ? STR("(") : STR(", "));
        put_key(&b->t, &q->sort->keys[i]);
    }
    text_append(&b->t, q->is_down ? STR(") < ") : STR(") > "));
    for (size_t i = 0; i < q->sort->key_count; i++) {
        text_append(&b->t, i == 0 ? STR("(") : STR(", "));
        put_param(b, q->keys[i]);
    }
    text_byte(&b->t, ')');
}

static void put_order(struct text *t, const struct list_query *q)
{
    for (size_t i = 0; i < q->sort->key_count; i++) {
        text_append(t, i == 0 ? STR(" order by ") : STR(", "));
        put_key(t, &q->sort->keys[i]);
        if (q->is_down)
            text_append(t, STR(" desc"));
    }
}

/* A few fixed sizes, so that there are few statements to prepare and the planner knows the number;
 * rows beyond the page are passed over. One more than the page tells whether there is a next. */
static size_t rows_to_read(size_t limit)
{
    static const size_t sizes[] = {20, 50, 100, LIST_LIMIT_MAX, 1000, LIST_TABLE_MAX};
    size_t i = 0;
    while (sizes[i] < limit)
        i++;
    return sizes[i] + 1;
}

static struct builder builder_make(struct arena *a)
{
    struct builder b = {.t = {.arena = a}};
    b.params = arena_alloc_array(a, PARAMS_MAX, sizeof *b.params);
    return b;
}

static void builder_finish(const struct builder *b, struct db_stmt *out)
{
    *out = (struct db_stmt){.sql = text_str(&b->t), .params = b->params, .param_count = b->count};
}

void listing_plan(struct arena *a, const struct resource *res, const struct list_query *q,
                  struct str scope, struct db_stmt *out)
{
    struct builder b = builder_make(a);
    sql_select(&b.t, res, false);
    for (size_t i = 0; i < q->sort->key_count; i++) {
        if (q->sort->keys[i].field.len > 0)
            continue;
        text_append(&b.t, STR(", "));
        put_key(&b.t, &q->sort->keys[i]);
    }
    put_from(&b, res, q);
    put_where(&b, res, q, scope);
    put_keyset(&b, q);
    put_order(&b.t, q);
    text_printf(&b.t, " limit %zu", rows_to_read(q->limit));
    builder_finish(&b, out);
}

/* Counting stops a little above what a person would count; beyond it the planner's estimate does.
 */
void listing_plan_count(struct arena *a, const struct resource *res, const struct list_query *q,
                        struct str scope, bool is_estimate, struct db_stmt *out)
{
    struct builder b = builder_make(a);
    if (is_estimate)
        text_append(&b.t, STR("explain (format json) select 1"));
    else if (q->count == COUNT_ESTIMATED)
        text_append(&b.t, STR("select count(*) from (select 1"));
    else
        text_append(&b.t, STR("select count(*)"));
    put_from(&b, res, q);
    put_where(&b, res, q, scope);
    if (!is_estimate && q->count == COUNT_ESTIMATED)
        text_append(&b.t, STR(" limit 1001) as counted"));
    builder_finish(&b, out);
}

void listing_keys(const struct resource *res, const struct list_query *q,
                  const struct db_rows *rows, size_t row, struct str *keys)
{
    size_t shown = 0;
    for (size_t i = 0; i < res->field_count; i++) {
        const struct field *f = &res->fields[i];
        if (!(f->flags & F_READ) || (f->flags & F_DETAIL))
            continue;
        for (size_t k = 0; k < q->sort->key_count; k++)
            if (str_equal(q->sort->keys[k].field, f->name))
                keys[k] = db_value(rows, row, shown);
        shown++;
    }
    for (size_t k = 0; k < q->sort->key_count; k++) /* extra columns follow the fields */
        if (q->sort->keys[k].field.len == 0)
            keys[k] = db_value(rows, row, shown++);
}

/* The unit's own scope: by its level and line, what a member of it would see. */
static const char subtree_sql[] =
    "select k.name, case k.name"
    " when 'province_key' then u.province_key when 'province_line_key' then u.province_line_key"
    " when 'district_key' then u.district_key when 'district_line_key' then u.district_line_key"
    " when 'grassroots_key' then u.grassroots_key when 'grassroots_line_key' then "
    "u.grassroots_line_key end"
    " from app.unit as u"
    " join app.level as l on l.id = u.level_id"
    " join app.line as n on n.id = u.line_id"
    " cross join lateral (select l.code || case when n.sees_all_lines then '_key' else '_line_key' "
    "end) as k (name)"
    " where u.id = $1";

static bool resolve_subtree(struct arena *a, struct db_conn *c, const struct db_claim *claim,
                            struct list_query *q, struct db_identity *who, struct err *e)
{
    struct db_stmt stmt = {
        .sql = STR_INIT(subtree_sql), .params = &q->subtree_unit, .param_count = 1};
    struct db_tx tx = {.claim = *claim, .read_only = true, .stmts = &stmt, .stmt_count = 1};
    struct db_rows *rows = NULL;
    if (!tx_run(c, a, &tx, &rows, who, e))
        return false;
    if (db_row_count(rows) == 0 || db_value(rows, 0, 1).ptr == NULL)
        return err_field(a, e, ERR_BAD_QUERY, STR("?unit"), STR("not_visible"));
    q->subtree_column = scope_column(db_value(rows, 0, 0), STR(""));
    q->subtree_key = db_value(rows, 0, 1);
    if (q->subtree_column == NULL)
        return err_field(a, e, ERR_BAD_QUERY, STR("?unit"), STR("wrong_level"));
    return true;
}

bool listing_run(struct arena *a, struct db_conn *c, const struct operation *op,
                 const struct db_claim *claim, struct str scope, struct outcome *out,
                 struct db_identity *who, struct err *e)
{
    struct db_stmt stmts[3];
    struct db_rows *results[3] = {NULL, NULL, NULL};
    struct list_query q = op->list;
    if (q.subtree_unit.len > 0 && !resolve_subtree(a, c, claim, &q, who, e))
        return false;
    size_t count = 1;
    listing_plan(a, op->resource, &q, scope, &stmts[0]);
    if (q.count != COUNT_NONE)
        listing_plan_count(a, op->resource, &q, scope, false, &stmts[count++]);
    if (q.count == COUNT_ESTIMATED)
        listing_plan_count(a, op->resource, &q, scope, true, &stmts[count++]);
    struct db_tx tx = {.claim = *claim, .read_only = true, .stmts = stmts, .stmt_count = count};
    if (!tx_run(c, a, &tx, results, who, e))
        return false;
    out->status = 200;
    out->rows = results[0];
    out->count_rows = results[1];
    out->estimate_rows = results[2];
    return true;
}
