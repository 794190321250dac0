/* A list's query string → filters, sort, cursor, limit. Pure; every wrong parameter is told at
 * once. */
#include "http/json.h"
#include "resource/operation.h"
#include "resource/value.h"

#define LIST_VALUES_MAX 50
#define SEARCH_MAX      200

static bool bad(struct arena *a, struct err *e, struct str name, struct str word)
{
    return err_field(a, e, ERR_BAD_QUERY, str_printf(a, "?%.*s", STR_ARG(name)), word);
}

/* LIKE's own characters in the text stand for themselves. */
static struct str escape_like(struct arena *a, struct str text)
{
    struct text t = {.arena = a};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' || c == '%' || c == '_')
            text_byte(&t, '\\');
        text_byte(&t, c);
    }
    return text_str(&t);
}

/* Comma-separated values, each checked, as one value or as a PostgreSQL array. */
static struct str parse_many(struct arena *a, struct filter_use *use, struct str text)
{
    const struct filter *f = use->filter;
    struct text array = {.arena = a};
    struct str item;
    size_t count = 0;
    bool more = true;
    text_byte(&array, '{');
    while (more) {
        more = str_cut(text, ',', &item, &text);
        struct str word = value_check(f->type, f->choices, f->choice_count, item);
        if (word.len > 0)
            return word;
        if (++count > LIST_VALUES_MAX)
            return STR("too_many");
        text_append(&array, count > 1 ? STR(",\"") : STR("\""));
        for (size_t i = 0; i < item.len; i++) {
            if (item.ptr[i] == '"' || item.ptr[i] == '\\')
                text_byte(&array, '\\');
            text_byte(&array, item.ptr[i]);
        }
        text_byte(&array, '"');
        use->param = item;
    }
    text_byte(&array, '}');
    use->is_many = count > 1;
    if (use->is_many)
        use->param = text_str(&array);
    return STR("");
}

static struct str parse_choice(struct filter_use *use, struct str text)
{
    const struct filter *f = use->filter;
    for (size_t i = 0; i < f->choice_count; i++) {
        if (str_equal(f->choices[i].value, text)) {
            use->choice = i;
            return STR("");
        }
    }
    return STR("not_a_choice");
}

/* A word when the value is wrong. */
static struct str parse_filter(struct arena *a, struct filter_use *use)
{
    const struct filter *f = use->filter;
    struct str text = use->value;
    if (f->kind == FILTER_RELATION)
        return parse_choice(use, text);
    if (f->kind == FILTER_ONE_OF)
        return parse_many(a, use, text);
    struct str word = value_check(f->type, f->choices, f->choice_count, text);
    if (word.len > 0)
        return word;
    switch (f->kind) {
    case FILTER_SEARCH:
        if (text.len == 0)
            return STR("too_short");
        if (value_characters(text) > SEARCH_MAX)
            return STR("too_long");
        use->param = escape_like(a, json_nfc(a, text));
        break;
    case FILTER_SWITCH:
    case FILTER_SUBTREE:
        use->choice = str_equal(text, STR("true"));
        break;
    case FILTER_VALUE:
        if (text.len == 0)
            return STR("too_short");
        use->param = text;
        break;
    default:
        use->param = text;
        break;
    }
    return STR("");
}

/* In the descriptor's order: the same filters make the same statement, however they are written. */
static bool parse_filters(struct arena *a, const struct resource *res, const struct http_request *r,
                          struct list_query *out, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < res->filter_count && out->use_count < FILTERS_MAX; i++) {
        struct filter_use *use = &out->uses[out->use_count];
        const struct filter *f = &res->filters[i];
        *use = (struct filter_use){.filter = f};
        if (!http_query_get(r, f->name, &use->value)) {
            if (f->is_required)
                ok = bad(a, e, f->name, STR("required"));
            continue;
        }
        struct str word = parse_filter(a, use);
        if (word.len > 0)
            ok = bad(a, e, f->name, word);
        out->use_count++;
    }
    return ok;
}

static bool parse_subtree(struct arena *a, struct list_query *q, struct err *e)
{
    const struct filter_use *unit = NULL;
    bool is_subtree = false;
    for (size_t i = 0; i < q->use_count; i++) {
        if (q->uses[i].filter->kind == FILTER_UNIT)
            unit = &q->uses[i];
        if (q->uses[i].filter->kind == FILTER_SUBTREE)
            is_subtree = q->uses[i].choice == 1;
    }
    if (!is_subtree)
        return true;
    if (unit == NULL)
        return bad(a, e, STR("unit"), STR("required"));
    q->subtree_unit = unit->value;
    return true;
}

static bool parse_sort(struct arena *a, const struct resource *res, const struct http_request *r,
                       struct list_query *out, struct err *e)
{
    struct str text;
    out->sort = &res->sorts[0];
    out->is_down = res->sorts_down;
    if (!http_query_get(r, STR("sort"), &text))
        return true;
    out->sort_value = text;
    out->is_down = str_starts(text, STR("-"));
    if (out->is_down)
        text = str_slice(text, 1, text.len);
    out->sort = sort_find(res, text);
    return out->sort != NULL || bad(a, e, STR("sort"), STR("not_a_choice"));
}

/* A page is short unless more is asked for; a table is whole unless less is. */
static bool parse_limit(struct arena *a, const struct http_request *r, size_t most,
                        struct list_query *out, struct err *e)
{
    struct str text;
    int64_t limit = 0;
    out->limit = most > LIST_LIMIT_MAX ? most : LIST_LIMIT_DEFAULT;
    if (!http_query_get(r, STR("limit"), &text))
        return true;
    if (!str_to_int(text, &limit))
        return bad(a, e, STR("limit"), STR("wrong_type"));
    if (limit < 1)
        return bad(a, e, STR("limit"), STR("out_of_range"));
    out->has_limit = true;
    out->limit = (uint64_t)limit > most ? most : (size_t)limit;
    return true;
}

static bool parse_names(struct arena *a, const struct resource *res, const struct http_request *r,
                        struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < r->query_count; i++) {
        struct str name = r->query[i].name;
        bool is_known = str_equal(name, STR("sort")) || str_equal(name, STR("limit")) ||
                        str_equal(name, STR("cursor")) || filter_find(res, name) != NULL;
        if (!is_known)
            ok = bad(a, e, name, STR("unknown_parameter"));
    }
    return ok;
}

/* The cursor's values come back as statement parameters: each must still be of its key's type. */
static bool is_key(const struct sort_key *key, struct str value)
{
    if (key->type != FIELD_TIMESTAMP)
        return value_check(key->type, NULL, 0, value).len == 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        bool is_part =
            (c >= '0' && c <= '9') || c == '-' || c == ':' || c == ' ' || c == '.' || c == '+';
        if (!is_part)
            return false;
    }
    return value.len >= 22 && value.len <= 35 && value_is_date(str_slice(value, 0, 10));
}

struct str listing_binding(struct arena *a, const struct resource *res, const struct list_query *q)
{
    struct text t = {.arena = a};
    text_append(&t, res->name);
    text_append(&t, q->is_down ? STR("\n-") : STR("\n+"));
    text_append(&t, q->sort->name);
    for (size_t i = 0; i < q->use_count; i++) {
        struct str value = q->uses[i].value;
        text_printf(&t, "\n%.*s=%zu:", STR_ARG(q->uses[i].filter->name), value.len);
        text_append(&t, value);
    }
    return text_str(&t);
}

static bool parse_cursor(struct arena *a, const struct resource *res, const struct http_request *r,
                         struct list_query *out, struct err *e)
{
    struct str cursor;
    if (!http_query_get(r, STR("cursor"), &cursor))
        return true;
    size_t count = out->sort->key_count;
    bool ok = cursor_read(a, cursor, listing_binding(a, res, out), out->keys, count);
    for (size_t i = 0; ok && i < count; i++)
        ok = is_key(&out->sort->keys[i], out->keys[i]);
    out->has_cursor = ok;
    return ok || err_set(e, ERR_BAD_CURSOR, STR("cursor does not fit this list"));
}

static void parse_count(const struct http_request *r, struct list_query *out)
{
    struct str value;
    out->count = COUNT_NONE;
    if (!http_prefer_get(r, STR("count"), &value))
        return;
    if (str_equal(value, STR("exact")))
        out->count = COUNT_EXACT;
    if (str_equal(value, STR("estimated")))
        out->count = COUNT_ESTIMATED;
}

bool listing_parse(struct arena *a, const struct resource *res, const struct http_request *r,
                   size_t most, struct list_query *out, struct err *e)
{
    *out = (struct list_query){0};
    bool names = parse_names(a, res, r, e);
    bool filters = parse_filters(a, res, r, out, e);
    bool sort = parse_sort(a, res, r, out, e);
    bool limit = parse_limit(a, r, most, out, e);
    bool subtree = parse_subtree(a, out, e);
    if (!names || !filters || !sort || !limit || !subtree)
        return false;
    parse_count(r, out);
    return parse_cursor(a, res, r, out, e);
}
