/* Request → operation: every check that needs no database. */
#include <json-c/json.h>
#include <sodium.h>

#include "http/json.h"
#include "http/negotiate.h"
#include "resource/operation.h"
#include "resource/value.h"

#define IDEMPOTENCY_KEY_MAX 200

static bool parse_accept(const struct http_request *r, struct operation *op, struct err *e)
{
    static const struct str offers[] = {
        STR_INIT("application/json"), STR_INIT("text/csv"),
        STR_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")};
    size_t count = op->verb == VERB_LIST ? sizeof offers / sizeof *offers : 1;
    int pick = http_accept_pick(r->accept, offers, count);
    if (pick < 0)
        return err_set(e, ERR_NOT_ACCEPTABLE, STR("accept"));
    op->format = (enum list_format)pick;
    return true;
}

static bool is_disclosure(const struct operation *op)
{
    return op->verb == VERB_COMMAND && op->command->is_disclosure;
}

/* Parameters of everything but lists: dry_run where something would change, as_of where a single
 * item can be told as of a day. */
static bool parse_parameters(struct arena *a, const struct http_request *r, struct operation *op,
                             struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < r->query_count; i++) {
        struct str name = r->query[i].name;
        struct str value = r->query[i].value;
        struct str pointer = str_printf(a, "?%.*s", STR_ARG(name));
        bool is_day = op->verb == VERB_GET && resource_has_days(op->resource) &&
                      str_equal(name, STR("as_of"));
        if (is_day && value_is_date(value))
            op->as_of = value;
        else if (is_day)
            ok = err_field(a, e, ERR_BAD_QUERY, pointer, STR("bad_date"));
        else if (op->verb == VERB_GET || !str_equal(name, STR("dry_run")) || is_disclosure(op))
            ok = err_field(a, e, ERR_BAD_QUERY, pointer, STR("unknown_parameter"));
        else if (value_check(FIELD_BOOL, NULL, 0, value).len > 0)
            ok = err_field(a, e, ERR_BAD_QUERY, pointer, STR("wrong_type"));
        else
            op->is_dry_run = str_equal(value, STR("true"));
    }
    return ok;
}

static bool needs_version(const struct operation *op)
{
    if (op->verb == VERB_COMMAND)
        return op->command->needs_version;
    return (op->verb == VERB_UPDATE || op->verb == VERB_DELETE) &&
           resource_has_version(op->resource);
}

static bool parse_if_match(struct arena *a, const struct http_request *r, struct operation *op,
                           struct err *e)
{
    if (op->verb == VERB_DELETE && !resource_has_version(op->resource))
        return true; /* what never changes has no version to compare */
    if (r->if_match.len == 0)
        return !needs_version(op) || err_set(e, ERR_NO_VERSION, STR("no If-Match"));
    if (!http_if_match_version(r->if_match, &op->version) || op->version > INT32_MAX)
        return err_field(a, e, ERR_BAD_REQUEST, STR("If-Match"), STR("bad_format"));
    return true;
}

static void put_hashed(crypto_generichash_state *state, struct str s)
{
    uint64_t len = s.len;
    crypto_generichash_update(state, (const unsigned char *)&len, sizeof len);
    crypto_generichash_update(state, (const unsigned char *)s.ptr, s.len);
}

/* What makes two requests the same: all that their effect depends on. */
static struct str hash_request(struct arena *a, const struct http_request *r)
{
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES];
    char *hex = arena_alloc(a, 2 * sizeof hash + 1);
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    put_hashed(&state, str_from(http_method_name(r->method)));
    put_hashed(&state, r->path);
    put_hashed(&state, r->if_match);
    put_hashed(&state, r->body);
    crypto_generichash_final(&state, hash, sizeof hash);
    return str_from(sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash));
}

static bool parse_idempotency(struct arena *a, const struct http_request *r, struct operation *op,
                              struct err *e)
{
    struct str key = r->idempotency_key;
    if (key.len == 0 || r->method != HTTP_POST || op->is_dry_run)
        return true;
    if (is_disclosure(op))
        return err_set(e, ERR_BAD_REQUEST, STR("Idempotency-Key of what is never kept"));
    if (key.len > IDEMPOTENCY_KEY_MAX)
        return err_field(a, e, ERR_BAD_REQUEST, STR("Idempotency-Key"), STR("too_long"));
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] < 0x20 || key.ptr[i] > 0x7e)
            return err_field(a, e, ERR_BAD_REQUEST, STR("Idempotency-Key"), STR("bad_format"));
    op->idempotency_key = key;
    op->request_hash = hash_request(a, r);
    return true;
}

static bool parse_body(struct arena *a, const struct http_request *r, const struct operation *op,
                       struct json_object **root, struct err *e)
{
    bool may_be_empty = op->verb == VERB_COMMAND;
    if (r->body.len == 0 && may_be_empty)
        return json_parse(a, STR("{}"), root, e);
    if (r->body.len > 0 && !str_equal(r->content_type, STR("application/json")) &&
        !(r->method == HTTP_PATCH &&
          str_equal(r->content_type, STR("application/merge-patch+json"))))
        return err_set(e, ERR_MEDIA_TYPE, STR("content type"));
    return json_parse(a, r->body, root, e);
}

/* id and version of a bulk update's row. */
static bool parse_row_key(struct arena *a, const struct resource *res, struct json_object *root,
                          struct str prefix, struct row_write *row, struct err *e)
{
    struct json_object *v = NULL;
    bool ok = true;
    struct str id_at = str_printf(a, "%.*s/id", STR_ARG(prefix));
    struct str version_at = str_printf(a, "%.*s/version", STR_ARG(prefix));
    if (!json_object_is_type(root, json_type_object))
        return true; /* told by validate_object */
    if (!json_object_object_get_ex(root, "id", &v))
        ok = err_field(a, e, ERR_INVALID, id_at, STR("required"));
    else if (res->id_kind == ID_UUID ? !json_object_is_type(v, json_type_string) ||
                                           !value_is_uuid(str_from(json_object_get_string(v)))
                                     : !json_object_is_type(v, json_type_int))
        ok = err_field(a, e, ERR_INVALID, id_at,
                       res->id_kind == ID_UUID ? STR("bad_uuid") : STR("wrong_type"));
    else
        row->id = str_copy(a, str_from(json_object_get_string(v)));
    if (!resource_has_version(res))
        return ok;
    if (!json_object_object_get_ex(root, "version", &v))
        return err_field(a, e, ERR_INVALID, version_at, STR("required"));
    if (!json_object_is_type(v, json_type_int))
        return err_field(a, e, ERR_INVALID, version_at, STR("wrong_type"));
    row->version = json_object_get_int64(v);
    if (row->version < 1 || row->version > INT32_MAX)
        return err_field(a, e, ERR_INVALID, version_at, STR("out_of_range"));
    return ok;
}

/* Wrong rows are kept with their errors: the answer tells every row's, also those that PostgreSQL
 * refuses. */
static bool parse_bulk(struct arena *a, struct operation *op, struct json_object *root,
                       struct err *e)
{
    const struct resource *res = op->resource;
    size_t count = json_object_array_length(root);
    if (count == 0 || count > BULK_ROWS_MAX)
        return err_field(a, e, ERR_INVALID, STR(""), count == 0 ? STR("too_few") : STR("too_many"));
    op->rows = arena_alloc_array(a, count, sizeof *op->rows);
    op->row_count = count;
    for (size_t i = 0; i < count; i++) {
        struct row_write *row = &op->rows[i];
        struct json_object *item = json_object_array_get_idx(root, i);
        struct str prefix = str_printf(a, "/%zu", i);
        bool is_update = op->verb == VERB_BULK_UPDATE;
        bool has_key = !is_update || parse_row_key(a, res, item, prefix, row, &row->err);
        bool is_valid =
            validate_object(a, res->fields, res->field_count, is_update ? F_UPDATE : F_CREATE, item,
                            prefix, row, &row->err);
        row->is_wrong = !has_key || !is_valid;
    }
    return true;
}

static bool parse_write(struct arena *a, const struct http_request *r, struct operation *op,
                        struct err *e)
{
    struct json_object *root = NULL;
    const struct resource *res = op->resource;
    if (op->verb == VERB_DELETE)
        return true;
    if (!parse_body(a, r, op, &root, e))
        return false;
    if (op->verb == VERB_COMMAND) {
        struct row_write ignored = {0};
        if (!validate_object(a, op->command->fields, op->command->field_count, F_CREATE, root,
                             STR(""), &ignored, e))
            return false;
        op->body =
            str_copy(a, str_from(json_object_to_json_string_ext(root, JSON_C_TO_STRING_PLAIN)));
        return true;
    }
    if (op->verb == VERB_CREATE && (res->can & CAN_BULK) &&
        json_object_is_type(root, json_type_array))
        op->verb = VERB_BULK_CREATE;
    if (op->verb == VERB_BULK_UPDATE && !json_object_is_type(root, json_type_array))
        return err_field(a, e, ERR_INVALID, STR(""), STR("wrong_type"));
    if (op->verb == VERB_BULK_CREATE || op->verb == VERB_BULK_UPDATE)
        return parse_bulk(a, op, root, e);
    op->rows = arena_alloc(a, sizeof *op->rows);
    op->row_count = 1;
    op->rows->id = op->id;
    op->rows->version = op->version;
    return validate_object(a, res->fields, res->field_count,
                           op->verb == VERB_CREATE ? F_CREATE : F_UPDATE, root, STR(""), op->rows,
                           e);
}

bool resource_parse(struct arena *a, const struct resource_route *route,
                    const struct http_request *r, struct operation **out, struct err *e)
{
    struct operation *op = arena_alloc(a, sizeof *op);
    op->resource = route->resource;
    op->command = route->command;
    op->verb = route->verb;
    op->id = route->id;
    *out = op;
    if (!parse_accept(r, op, e))
        return false;
    if (op->verb == VERB_LIST)
        return listing_parse(a, op->resource, r,
                             op->format == FORMAT_JSON ? LIST_LIMIT_MAX : LIST_TABLE_MAX, &op->list,
                             e);
    if (!parse_parameters(a, r, op, e))
        return false;
    if (op->verb == VERB_GET)
        return true;
    return parse_if_match(a, r, op, e) && parse_idempotency(a, r, op, e) &&
           parse_write(a, r, op, e);
}

bool resource_is_long_table(const struct operation *op)
{
    return op->verb == VERB_LIST && op->list.limit > LIST_LIMIT_MAX;
}
