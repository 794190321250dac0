#include <json-c/json.h>

#include "resource/openapi.h"
#include "resources/registry.h"
#include "unit.h"

/* Two whole documents stand in the arena at once; the service gives one as much (DOCUMENT_CAP). */
#undef UNIT_CAP
#define UNIT_CAP ((size_t)64 * 1024 * 1024)
UNIT_ARENA

static const enum err_code login_errors[] = {ERR_BAD_LOGIN, ERR_THROTTLED, ERR_STALE};
static const struct openapi_operation handlers[] = {
    {.method = "POST",
     .path = "/session",
     .name = "session.open",
     .tag = "session",
     .summary = "Sign in",
     .request_schema = "{\"type\":\"object\",\"properties\":{\"login\":{\"type\":\"string\"}}}",
     .status = 201,
     .response_schema = "{\"type\":\"object\"}",
     .is_public = true,
     .errors = login_errors,
     .error_count = 3},
    {.method = "POST",
     .path = "/api-tokens",
     .name = "api-tokens.create",
     .tag = "api-tokens",
     .summary = "Make a token",
     .request_schema = "{\"type\":\"object\"}",
     .status = 201,
     .response_schema = "{\"type\":\"object\"}"},
    {.method = "DELETE",
     .path = "/plans/{id}",
     .name = "plans.tear_up",
     .tag = "plans",
     .summary = "Tear up",
     .status = 204},
    {.method = "GET",
     .path = "/health",
     .name = "health",
     .tag = "service",
     .summary = "Alive?",
     .status = 200,
     .response_schema = "{\"type\":\"object\"}",
     .is_public = true},
};

static struct json_object *root;
static struct str text;

static void open_document(void)
{
    unit_open();
    resources_install();
    text = openapi_make(arena, handlers, sizeof handlers / sizeof *handlers);
    root = json_tokener_parse(str_cstr(arena, text));
    ck_assert_ptr_nonnull(root);
}

static void close_document(void)
{
    json_object_put(root);
    unit_close();
}

/* Walks down "a|b|c"; NULL when a step is missing. */
static struct json_object *at(const char *path)
{
    struct json_object *v = root;
    struct str rest = str_from(path);
    struct str step;
    while (rest.len > 0) {
        str_cut(rest, '|', &step, &rest);
        if (!json_object_object_get_ex(v, str_cstr(arena, step), &v))
            return NULL;
    }
    return v;
}

START_TEST(the_document_is_the_same_every_time)
{
    struct str again = openapi_make(arena, handlers, sizeof handlers / sizeof *handlers);
    ck_assert(str_equal(text, again));
    ck_assert(text.ptr[text.len - 1] == '\n');
    ck_assert_contains(text, "{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\n");
}
END_TEST

START_TEST(every_resource_has_its_paths_and_schemas)
{
    size_t count = 0;
    const struct resource *const *all = resource_all(&count);
    for (size_t i = 0; i < count; i++) {
        const char *list = str_printf(arena, "paths|/%s|get|responses|200", all[i]->name.ptr).ptr;
        const char *item = str_printf(arena, "paths|/%s/{id}|get", all[i]->name.ptr).ptr;
        ck_assert((at(list) != NULL) == ((all[i]->can & CAN_LIST) != 0));
        ck_assert((at(item) != NULL) == ((all[i]->can & CAN_GET) != 0));
        ck_assert_ptr_nonnull(
            at(str_printf(arena, "components|schemas|%s|properties", all[i]->singular).ptr));
    }
}
END_TEST

static void check_refs(struct json_object *v)
{
    if (json_object_is_type(v, json_type_array))
        for (size_t i = 0; i < json_object_array_length(v); i++)
            check_refs(json_object_array_get_idx(v, i));
    if (!json_object_is_type(v, json_type_object))
        return;
    json_object_object_foreach(v, key, child)
    {
        if (strcmp(key, "$ref") != 0) {
            check_refs(child);
            continue;
        }
        char *path = str_cstr(arena, str_from(json_object_get_string(child) + 2));
        for (char *p = path; *p != '\0'; p++)
            if (*p == '/')
                *p = '|';
        ck_assert_msg(at(path) != NULL, "nothing at %s", path);
    }
}

START_TEST(every_reference_leads_somewhere)
{
    check_refs(root);
}
END_TEST

START_TEST(every_operation_tells_its_problems)
{
    json_object_object_foreach(at("paths"), path, methods)
    {
        json_object_object_foreach(methods, method, operation)
        {
            struct json_object *answers = json_object_object_get(operation, "responses");
            ck_assert_ptr_nonnull(json_object_object_get(operation, "operationId"));
            ck_assert_msg(json_object_object_get(answers, "401") &&
                              json_object_object_get(answers, "503"),
                          "%s %s", method, path);
        }
    }
}
END_TEST

START_TEST(operation_ids_are_unique)
{
    struct json_object *seen = json_object_new_object();
    json_object_object_foreach(at("paths"), path, methods)
    {
        (void)path;
        json_object_object_foreach(methods, method, operation)
        {
            (void)method;
            const char *id =
                json_object_get_string(json_object_object_get(operation, "operationId"));
            ck_assert_msg(json_object_object_get(seen, id) == NULL, "%s twice", id);
            json_object_object_add(seen, id, json_object_new_boolean(1));
        }
    }
    json_object_put(seen);
}
END_TEST

START_TEST(handlers_and_resources_share_a_path)
{
    ck_assert_ptr_nonnull(at("paths|/api-tokens|get"));
    ck_assert_ptr_nonnull(at("paths|/api-tokens|post"));
    ck_assert_ptr_nonnull(at("paths|/session|post|responses|412"));
    ck_assert_uint_eq(json_object_array_length(at("paths|/health|get|security")), 0);
}
END_TEST

START_TEST(a_handler_comes_before_the_resource)
{
    struct json_object *id = at("paths|/plans/{id}|delete|operationId");
    ck_assert_str_eq(json_object_get_string(id), "plans.tear_up");
    ck_assert_lacks(text, "\"plans.delete\"");
}
END_TEST

START_TEST(versions_and_keys_are_asked_where_they_are_needed)
{
    struct json_object *parameters = at("paths|/plans/{id}|patch|parameters");
    const char *json = json_object_to_json_string_ext(
        parameters, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
    ck_assert_ptr_nonnull(strstr(json, "if_match"));
    ck_assert_ptr_nonnull(at("paths|/plans/{id}|patch|responses|428"));
    ck_assert_ptr_nonnull(at("paths|/plans/{id}/issue|post|responses|412"));
    ck_assert_ptr_null(at("paths|/plans|get|responses|428"));
}
END_TEST

START_TEST(a_create_schema_has_only_what_may_be_given)
{
    ck_assert_ptr_nonnull(at("components|schemas|plan_create|properties|number"));
    ck_assert_ptr_null(at("components|schemas|plan_create|properties|status"));
    ck_assert_ptr_null(at("components|schemas|plan_create|properties|id"));
    ck_assert_int_eq(
        json_object_get_boolean(at("components|schemas|plan_create|additionalProperties")), 0);
    ck_assert_str_eq(
        json_object_get_string(at("components|schemas|plan_create|properties|number|x-title-vi")),
        "Số, ký hiệu");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("openapi");
    TCase *t = tcase_create("document");
    tcase_add_checked_fixture(t, open_document, close_document);
    tcase_add_test(t, the_document_is_the_same_every_time);
    tcase_add_test(t, every_resource_has_its_paths_and_schemas);
    tcase_add_test(t, every_reference_leads_somewhere);
    tcase_add_test(t, every_operation_tells_its_problems);
    tcase_add_test(t, operation_ids_are_unique);
    tcase_add_test(t, handlers_and_resources_share_a_path);
    tcase_add_test(t, a_handler_comes_before_the_resource);
    tcase_add_test(t, versions_and_keys_are_asked_where_they_are_needed);
    tcase_add_test(t, a_create_schema_has_only_what_may_be_given);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
