/* components.schemas: what goes in and out, from the fields. */
#include "http/messages.h"
#include "resource/openapi_text.h"

static const char *json_type(enum field_type t)
{
    switch (t) {
    case FIELD_INT:
    case FIELD_INT_REF:
        return "integer";
    case FIELD_NUMBER:
        return "number";
    case FIELD_BOOL:
        return "boolean";
    case FIELD_TEXT_ARRAY:
        return "array";
    default:
        return "string";
    }
}

static const char *json_format(enum field_type t)
{
    switch (t) {
    case FIELD_DATE:
        return "date";
    case FIELD_TIMESTAMP:
        return "date-time";
    case FIELD_UUID:
        return "uuid";
    case FIELD_INT_REF:
        return "int32";
    default:
        return NULL;
    }
}

static void put_type(struct text *t, enum field_type type, bool is_nullable)
{
    if (type == FIELD_JSON) {
        json_put_raw(t, "type",
                     is_nullable ? "[\"object\",\"array\",\"null\"]" : "[\"object\",\"array\"]");
        return;
    }
    if (!is_nullable) {
        json_put(t, "type", json_type(type));
        return;
    }
    json_open(t, "type", '[');
    json_put(t, NULL, json_type(type));
    json_put(t, NULL, "null");
    json_close(t, ']');
}

static void put_choices(struct text *t, const struct choice *choices, size_t count,
                        bool is_nullable)
{
    if (count == 0)
        return;
    json_open(t, "enum", '[');
    for (size_t i = 0; i < count; i++)
        json_put_str(t, NULL, choices[i].value);
    if (is_nullable)
        json_put_raw(t, NULL, "null");
    json_close(t, ']');
    json_open(t, "x-choices", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(t, NULL, '{');
        json_put_str(t, "value", choices[i].value);
        json_put(t, "title_vi", choices[i].title_vi);
        json_put(t, "title_en", choices[i].title_en);
        json_close(t, '}');
    }
    json_close(t, ']');
}

static void put_bounds(struct text *t, const struct field *f)
{
    bool is_number = f->type == FIELD_INT || f->type == FIELD_INT_REF;
    const char *least = is_number                     ? "minimum"
                        : f->type == FIELD_TEXT_ARRAY ? "minItems"
                                                      : "minLength";
    const char *most = is_number                     ? "maximum"
                       : f->type == FIELD_TEXT_ARRAY ? "maxItems"
                                                     : "maxLength";
    if (f->min > 0 || (is_number && f->max > 0))
        json_put_int(t, least, f->min);
    if (f->max > 0)
        json_put_int(t, most, f->max);
    json_put(t, "pattern", f->pattern);
}

void openapi_field(struct text *t, const char *key, const struct field *f)
{
    bool is_nullable = f->flags & F_NULLABLE;
    json_open(t, key, '{');
    if (f->schema != NULL && is_nullable) {
        json_open(t, "anyOf", '[');
        json_put_raw(t, NULL, f->schema);
        json_put_raw(t, NULL, "{\"type\":\"null\"}");
        json_close(t, ']');
    } else if (f->schema != NULL) {
        json_open(t, "allOf", '[');
        json_put_raw(t, NULL, f->schema);
        json_close(t, ']');
    } else {
        put_type(t, f->type, is_nullable);
    }
    json_put(t, "format", json_format(f->type));
    if (f->type == FIELD_TEXT_ARRAY)
        json_put_raw(t, "items", "{\"type\":\"string\"}");
    put_choices(t, f->choices, f->choice_count, is_nullable);
    put_bounds(t, f);
    json_put(t, "description", f->doc);
    json_put(t, "x-title-vi", f->title_vi);
    json_put(t, "x-title-en", f->title_en);
    json_close(t, '}');
}

void openapi_filter(struct text *t, const struct filter *f)
{
    struct field as_field = {
        .type = f->type, .choices = f->choices, .choice_count = f->choice_count};
    json_open(t, NULL, '{');
    json_put_str(t, "name", f->name);
    json_put(t, "in", "query");
    if (f->is_required)
        json_put_raw(t, "required", "true");
    json_put(t, "description", f->doc);
    if (f->kind == FILTER_ONE_OF) { /* a comma-separated list */
        json_put_raw(t, "explode", "false");
        json_open(t, "schema", '{');
        json_put(t, "type", "array");
        openapi_field(t, "items", &as_field);
        json_close(t, '}');
    } else {
        openapi_field(t, "schema", &as_field);
    }
    json_close(t, '}');
}

bool openapi_has_detail(const struct resource *r)
{
    for (size_t i = 0; i < r->field_count; i++)
        if (r->fields[i].flags & F_DETAIL)
            return true;
    return false;
}

bool openapi_is_written(const struct resource *r, unsigned mode)
{
    return r->can & (mode == F_CREATE ? CAN_CREATE : CAN_UPDATE);
}

static bool is_in(const struct field *f, unsigned mode, bool is_detail)
{
    if (mode == F_READ)
        return (f->flags & F_READ) && (is_detail || !(f->flags & F_DETAIL));
    return f->flags & mode;
}

static bool must_be_there(const struct field *f, unsigned mode)
{
    return mode == F_READ || (mode == F_CREATE && (f->flags & F_REQUIRED));
}

static void put_object(struct text *t, const char *name, const struct field *fields, size_t count,
                       unsigned mode, bool is_detail)
{
    json_open(t, name, '{');
    json_put(t, "type", "object");
    json_open(t, "properties", '{');
    for (size_t i = 0; i < count; i++)
        if (is_in(&fields[i], mode, is_detail))
            openapi_field(t, fields[i].name.ptr, &fields[i]);
    json_close(t, '}');
    json_open(t, "required", '[');
    for (size_t i = 0; i < count; i++)
        if (is_in(&fields[i], mode, is_detail) && must_be_there(&fields[i], mode))
            json_put_str(t, NULL, fields[i].name);
    json_close(t, ']');
    if (mode == F_UPDATE)
        json_put_int(t, "minProperties", 1);
    json_put_raw(t, "additionalProperties", "false");
    json_close(t, '}');
}

static void put_list(struct text *t, const struct resource *r)
{
    json_open(t, str_printf(t->arena, "%s_list", r->singular).ptr, '{');
    json_put(t, "type", "object");
    json_open(t, "properties", '{');
    json_open(t, "items", '{');
    json_put(t, "type", "array");
    json_put_ref(t, "items", "schemas", r->singular);
    json_close(t, '}');
    json_put_raw(t, "next",
                 "{\"type\":[\"string\",\"null\"],\"description\":\"Address of the next page\"}");
    json_put_raw(t, "total",
                 "{\"type\":[\"integer\",\"null\"],\"description\":\"Only with Prefer: count\"}");
    json_close(t, '}');
    json_put_raw(t, "required", "[\"items\",\"next\",\"total\"]");
    json_put_raw(t, "additionalProperties", "false");
    json_close(t, '}');
}

/* An update's fields, and which record and version they are for. */
static void put_bulk_update(struct text *t, const struct resource *r)
{
    json_open(t, str_printf(t->arena, "%s_bulk_update", r->singular).ptr, '{');
    json_put(t, "type", "object");
    json_open(t, "properties", '{');
    json_put_raw(t, "id",
                 r->id_kind == ID_UUID ? "{\"type\":\"string\",\"format\":\"uuid\"}"
                                       : "{\"type\":\"integer\"}");
    json_put_raw(t, "version", "{\"type\":\"integer\"}");
    for (size_t i = 0; i < r->field_count; i++)
        if (r->fields[i].flags & F_UPDATE)
            openapi_field(t, r->fields[i].name.ptr, &r->fields[i]);
    json_close(t, '}');
    json_put_raw(t, "required", resource_has_version(r) ? "[\"id\",\"version\"]" : "[\"id\"]");
    json_put_raw(t, "additionalProperties", "false");
    json_close(t, '}');
}

static void put_resource(struct text *t, const struct resource *r)
{
    struct arena *a = t->arena;
    put_object(t, r->singular, r->fields, r->field_count, F_READ, false);
    if (openapi_has_detail(r))
        put_object(t, str_printf(a, "%s_detail", r->singular).ptr, r->fields, r->field_count,
                   F_READ, true);
    put_list(t, r);
    if (openapi_is_written(r, F_CREATE))
        put_object(t, str_printf(a, "%s_create", r->singular).ptr, r->fields, r->field_count,
                   F_CREATE, false);
    if (openapi_is_written(r, F_UPDATE))
        put_object(t, str_printf(a, "%s_update", r->singular).ptr, r->fields, r->field_count,
                   F_UPDATE, false);
    if (openapi_is_written(r, F_UPDATE) && (r->can & CAN_BULK))
        put_bulk_update(t, r);
    for (size_t i = 0; i < r->command_count; i++) {
        const struct command *c = &r->commands[i];
        const char *name = str_printf(a, "%s_%.*s", r->singular, STR_ARG(c->name)).ptr;
        put_object(t, name, c->fields, c->field_count, F_CREATE, false);
    }
}

/* The catalogue's words, so that a client can know them all. */
static void put_words(struct text *t)
{
    size_t count = 0;
    const struct message *messages = message_list(&count);
    json_open(t, "x-words", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(t, NULL, '{');
        json_put_str(t, "word", messages[i].word);
        json_put(t, "vi", messages[i].vietnamese);
        json_put(t, "en", messages[i].english);
        json_close(t, '}');
    }
    json_close(t, ']');
}

static const char problem_properties[] =
    "{\"type\":{\"type\":\"string\",\"description\":\"Stable address of the kind of error\"},"
    "\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":"
    "\"string\"},"
    "\"instance\":{\"type\":\"string\",\"description\":\"Id of the request\"},"
    "\"reason\":{\"type\":\"string\",\"description\":\"A word that says more than the type\"},"
    "\"current_version\":{\"type\":\"integer\",\"description\":\"With 412: the version now\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/field_error\"}},"
    "\"results\":{\"type\":\"array\",\"description\":\"Bulk: one per row\","
    "\"items\":{\"$ref\":\"#/components/schemas/bulk_row\"}}}";

static const char field_error[] =
    "{\"type\":\"object\",\"properties\":{"
    "\"pointer\":{\"type\":\"string\",\"description\":\"JSON pointer into the body, or ?name of a "
    "query parameter\"},"
    "\"code\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}},"
    "\"required\":[\"pointer\",\"code\"],\"additionalProperties\":false}";

static const char bulk_row[] =
    "{\"type\":\"object\",\"properties\":{\"status\":{\"type\":\"integer\"},\"id\":{\"type\":"
    "\"string\"},"
    "\"version\":{\"type\":\"integer\"},"
    "\"type\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"current_version\":{\"type\":"
    "\"integer\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/field_error\"}}},"
    "\"required\":[\"status\"],\"additionalProperties\":false}";

static const char bulk_result[] =
    "{\"type\":\"object\",\"properties\":{\"results\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/bulk_row\"}}},"
    "\"required\":[\"results\"],\"additionalProperties\":false}";

void openapi_schemas(struct text *t)
{
    size_t count = 0;
    const struct resource *const *all = resource_all(&count);
    json_open(t, "schemas", '{');
    json_open(t, "problem", '{');
    json_put(t, "type", "object");
    json_put_raw(t, "properties", problem_properties);
    json_put_raw(t, "required", "[\"type\",\"title\",\"status\"]");
    json_put_raw(t, "additionalProperties", "false");
    put_words(t);
    json_close(t, '}');
    json_put_raw(t, "field_error", field_error);
    json_put_raw(t, "bulk_row", bulk_row);
    json_put_raw(t, "bulk_result", bulk_result);
    for (size_t i = 0; i < count; i++)
        put_resource(t, all[i]);
    json_close(t, '}');
}
