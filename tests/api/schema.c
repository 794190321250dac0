#include "schema.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json_pointer.h>

struct json_object *openapi(void)
{
    static struct json_object *document;
    if (document == NULL) {
        const struct reply *r = get(&nobody, "/api/v1/openapi.json");
        ck_status(r, 200);
        document = r->json;
    }
    return document;
}

static struct json_object *member(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;
    if (object != NULL && json_object_is_type(object, json_type_object))
        json_object_object_get_ex(object, key, &value);
    return value;
}

/* Follows "$ref": "#/…" to its end. */
static struct json_object *resolve(struct json_object *thing)
{
    for (int steps = 0; steps < 10; steps++) {
        struct json_object *ref = member(thing, "$ref");
        if (ref == NULL)
            return thing;
        struct json_object *target = NULL;
        const char *to = json_object_get_string(ref);
        ck_assert_msg(to[0] == '#' && json_pointer_get(openapi(), to + 1, &target) == 0,
                      "dangling %s", to);
        thing = target;
    }
    ck_abort_msg("$ref without end");
}

/* ---- schemas ---- */

static bool is_of_type(struct json_object *value, const char *type)
{
    enum json_type t = json_object_get_type(value);
    if (strcmp(type, "null") == 0)
        return t == json_type_null;
    if (strcmp(type, "number") == 0)
        return t == json_type_int || t == json_type_double;
    const char *name = t == json_type_int       ? "integer"
                       : t == json_type_boolean ? "boolean"
                       : t == json_type_string  ? "string"
                       : t == json_type_array   ? "array"
                       : t == json_type_object  ? "object"
                                                : "";
    return strcmp(type, name) == 0;
}

static const char *type_fault(struct json_object *type, struct json_object *value,
                              const char *where)
{
    if (type == NULL)
        return NULL;
    if (json_object_is_type(type, json_type_string))
        return is_of_type(value, json_object_get_string(type))
                   ? NULL
                   : form("%s is no %s", where, json_object_get_string(type));
    for (size_t i = 0; i < json_object_array_length(type); i++)
        if (is_of_type(value, json_object_get_string(json_object_array_get_idx(type, i))))
            return NULL;
    return form("%s is none of %s", where, json_object_to_json_string(type));
}

static const char *enum_fault(struct json_object *choices, struct json_object *value,
                              const char *where)
{
    if (choices == NULL)
        return NULL;
    for (size_t i = 0; i < json_object_array_length(choices); i++)
        if (json_object_equal(json_object_array_get_idx(choices, i), value))
            return NULL;
    return form("%s is %s, none of %s", where, json_object_to_json_string(value),
                json_object_to_json_string(choices));
}

static const char *object_fault(struct json_object *schema, struct json_object *value,
                                const char *where)
{
    struct json_object *required = member(schema, "required");
    struct json_object *properties = member(schema, "properties");
    struct json_object *others = member(schema, "additionalProperties");
    for (size_t i = 0; required != NULL && i < json_object_array_length(required); i++) {
        const char *key = json_object_get_string(json_object_array_get_idx(required, i));
        if (!json_object_object_get_ex(value, key, NULL))
            return form("%s lacks %s", where, key);
    }
    json_object_object_foreach(value, key, inside)
    {
        struct json_object *of = member(properties, key);
        if (of == NULL && others != NULL && json_object_is_type(others, json_type_boolean) &&
            !json_object_get_boolean(others))
            return form("%s has an undescribed %s", where, key);
        /* every key of an answer is described, or the document is behind the service */
        if (of == NULL && properties != NULL && others == NULL)
            return form("%s has an undescribed %s", where, key);
        const char *fault = of == NULL ? NULL : schema_fault(of, inside, form("%s/%s", where, key));
        if (fault != NULL)
            return fault;
    }
    return NULL;
}

static const char *one_of_fault(struct json_object *list, struct json_object *value,
                                const char *where)
{
    const char *fault = NULL;
    for (size_t i = 0; list != NULL && i < json_object_array_length(list); i++) {
        fault = schema_fault(json_object_array_get_idx(list, i), value, where);
        if (fault == NULL)
            return NULL;
    }
    return fault;
}

static const char *format_fault(struct json_object *schema, const char *text, const char *where)
{
    static const struct {
        const char *name;
        const char *pattern;
    } formats[] = {
        {"date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        {"date-time", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(Z|[+-][0-9]{2}:[0-9]{2})$"},
        {"uuid", "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"}};
    struct json_object *format = member(schema, "format");
    for (size_t i = 0; format != NULL && i < 3; i++) {
        regex_t compiled;
        if (strcmp(json_object_get_string(format), formats[i].name) != 0)
            continue;
        ck_assert_int_eq(regcomp(&compiled, formats[i].pattern, REG_EXTENDED | REG_NOSUB), 0);
        int misfit = regexec(&compiled, text, 0, NULL, 0);
        regfree(&compiled);
        return misfit == 0 ? NULL : form("%s is no %s: %s", where, formats[i].name, text);
    }
    return NULL;
}

static void ck_known_keywords(struct json_object *schema)
{
    static const char *const known[] = {
        "$ref",      "type",     "properties", "required", "additionalProperties",
        "items",     "enum",     "const",      "oneOf",    "anyOf",
        "allOf",     "format",   "minimum",    "maximum",  "minLength",
        "maxLength", "minItems", "maxItems",   "pattern",  "description",
        "title",     "default",  "examples",   "example",  "readOnly",
        "writeOnly"};
    json_object_object_foreach(schema, key, unused)
    {
        bool is_known = strncmp(key, "x-", 2) == 0;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            is_known = is_known || strcmp(key, known[i]) == 0;
        ck_assert_msg(is_known, "schema keyword %s is not looked at by the tests", key);
        (void)unused;
    }
}

const char *schema_fault(struct json_object *schema, struct json_object *value, const char *where)
{
    schema = resolve(schema);
    ck_known_keywords(schema);
    const char *fault = type_fault(member(schema, "type"), value, where);
    if (fault == NULL)
        fault = enum_fault(member(schema, "enum"), value, where);
    if (fault == NULL)
        fault = one_of_fault(member(schema, "oneOf"), value, where);
    if (fault == NULL)
        fault = one_of_fault(member(schema, "anyOf"), value, where);
    struct json_object *all = member(schema, "allOf");
    for (size_t i = 0; fault == NULL && all != NULL && i < json_object_array_length(all); i++)
        fault = schema_fault(json_object_array_get_idx(all, i), value, where);
    if (fault == NULL && json_object_is_type(value, json_type_object))
        fault = object_fault(schema, value, where);
    if (fault == NULL && json_object_is_type(value, json_type_string))
        fault = format_fault(schema, json_object_get_string(value), where);
    struct json_object *items = member(schema, "items");
    for (size_t i = 0;
         fault == NULL && items != NULL && json_object_is_type(value, json_type_array) &&
         i < json_object_array_length(value);
         i++)
        fault = schema_fault(items, json_object_array_get_idx(value, i), form("%s/%zu", where, i));
    return fault;
}

/* ---- operations ---- */

static bool segment_fits(const char **template, const char **path)
{
    size_t t = strcspn(*template, "/");
    size_t p = strcspn(*path, "/?");
    bool fits = (*template)[0] == '{' ? p > 0 : t == p && memcmp(*template, *path, t) == 0;
    *template += t;
    *path += p;
    return fits;
}

static bool template_fits(const char *template, const char *path)
{
    while (*template == '/' && *path == '/') {
        template ++;
        path++;
        if (!segment_fits(&template, &path))
            return false;
    }
    return *template == '\0' && (*path == '\0' || *path == '?');
}

const char *openapi_template(const char *path)
{
    const char *found = NULL;
    json_object_object_foreach(member(openapi(), "paths"), template, unused)
    {
        (void)unused;
        /* a literal path wins over one with a variable */
        if (template_fits(template, path) && (found == NULL || strchr(template, '{') == NULL))
            found = template;
    }
    return found;
}

struct json_object *openapi_operation(const char *template, const char *method)
{
    char lower[16] = {0};
    for (size_t i = 0; method[i] != '\0' && i < sizeof lower - 1; i++)
        lower[i] = (char)(method[i] | 0x20);
    return member(member(member(openapi(), "paths"), template), lower);
}

void ck_described(const char *method, const char *path, const struct reply *r)
{
    ck_assert_msg(strncmp(path, "/api/v1/", 8) == 0, "%s", path);
    const char *template = openapi_template(path + 7);
    ck_assert_msg(template != NULL, "no path for %s", path);
    struct json_object *operation = openapi_operation(template, method);
    ck_assert_msg(operation != NULL, "no %s for %s", method, template);
    struct json_object *answer = member(member(operation, "responses"), form("%ld", r->status));
    ck_assert_msg(answer != NULL, "%s %s: %ld is not described (%.300s)", method, template,
                  r->status, r->body);
    struct json_object *content = member(resolve(answer), "content");
    if (r->length == 0) {
        ck_assert_msg(content == NULL || r->status == 304, "%s %s: %ld came without body", method,
                      template, r->status);
        return;
    }
    const char *type = header_of(r, "Content-Type");
    ck_assert_msg(type != NULL, "%s %s: no content type", method, path);
    char *bare = strndup(type, strcspn(type, "; "));
    struct json_object *media = member(content, type);
    if (media == NULL) /* parameters such as a charset need not be told */
        media = member(content, bare);
    ck_assert_msg(media != NULL, "%s %s: %ld %s is not described", method, template, r->status,
                  bare);
    free(bare);
    struct json_object *schema = member(media, "schema");
    if (schema == NULL || r->json == NULL)
        return;
    const char *fault = schema_fault(schema, r->json, "");
    ck_assert_msg(fault == NULL, "%s %s %ld: %s\n%.600s", method, template, r->status, fault,
                  r->body);
}
