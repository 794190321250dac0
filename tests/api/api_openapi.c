/* The OpenAPI document against the service: every answer described, every described path there. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "schema.h"

#define NO_ID "01890000-0000-7000-8000-000000000000"

static const char *const methods[] = {"GET", "POST", "PATCH", "DELETE"};
#define METHOD_COUNT (sizeof methods / sizeof methods[0])

/* Calls `visit` for every described operation, with a real path. */
static void each_operation(void (*visit)(const char *method, const char *template,
                                         const char *path))
{
    struct json_object *paths;
    ck_assert(json_object_object_get_ex(openapi(), "paths", &paths));
    json_object_object_foreach(paths, template, unused)
    {
        (void)unused;
        const char *brace = strchr(template, '{');
        const char *path = form("/api/v1%s", template);
        if (brace != NULL) {
            const char *first =
                strstr(template, "areas") != NULL || strstr(template, "/units") != NULL ||
                        strstr(template, "/lines") != NULL || strstr(template, "levels") != NULL
                    ? "999999"
                    : NO_ID;
            path = form("/api/v1%.*s%s%s", (int)(brace - template), template, first,
                        strchr(brace, '}') + 1);
        }
        for (size_t i = 0; i < METHOD_COUNT; i++)
            if (openapi_operation(template, methods[i]) != NULL)
                visit(methods[i], template, path);
    }
}

static bool is_public(const char *template)
{
    return strstr(template, "health") != NULL || strstr(template, "ready") != NULL ||
           strstr(template, "openapi") != NULL || strcmp(template, "/session") == 0;
}

static void visit_as_nobody(const char *method, const char *template, const char *path)
{
    if (is_public(template))
        return;
    const struct reply *r =
        ask(&nobody, method, path, strcmp(method, "GET") == 0 ? NULL : "{}", NULL);
    ck_assert_msg(r->status == 401, "%s %s to nobody: %ld", method, template, r->status);
    ck_described(method, path, r);
}

START_TEST(every_operation_needs_a_sign_in)
{
    each_operation(visit_as_nobody);
}
END_TEST

static void visit_unsigned_write(const char *method, const char *template, const char *path)
{
    if (strcmp(method, "GET") == 0 || is_public(template))
        return;
    const struct reply *r = ask(as("tinh.xem"), method, path, "{}", "X-CSRF-Token:", NULL);
    ck_assert_msg(r->status == 403, "%s %s without CSRF token: %ld", method, template, r->status);
    ck_described(method, path, r);
}

START_TEST(every_unsafe_operation_needs_the_csrf_token)
{
    each_operation(visit_unsigned_write);
}
END_TEST

static void visit_read(const char *method, const char *template, const char *path)
{
    if (strcmp(method, "GET") != 0)
        return;
    const char *readers[] = {"tinh.admin", "tinh.xem", "tanphu.chuyenvien"};
    for (size_t i = 0; i < 3; i++) {
        const struct reply *r = get(as(readers[i]), "%s", path);
        ck_described(method, path, r);
        if (strchr(template, '{') == NULL)
            ck_assert_msg(r->status != 404 && r->status != 405, "%s: %ld", template, r->status);
        const char *wrong = form("%s?no_such_parameter=1", path);
        const struct reply *refused = get(as(readers[i]), "%s", wrong);
        ck_described(method, wrong, refused);
    }
}

START_TEST(every_read_is_described)
{
    each_operation(visit_read);
}
END_TEST

static void visit_missing_item(const char *method, const char *template, const char *path)
{
    if (strchr(template, '{') == NULL)
        return;
    const struct reply *r =
        ask(as("tinh.lanhdao"), method, path, strcmp(method, "GET") == 0 ? NULL : "{}",
            strcmp(method, "GET") == 0 ? "Accept: application/json" : "If-Match: \"1\"", NULL);
    ck_assert_msg(r->status >= 400 && r->status < 500 && r->status != 405, "%s %s: %ld %s", method,
                  template, r->status, r->body);
    ck_described(method, path, r);
}

START_TEST(every_operation_on_a_missing_item_is_described)
{
    each_operation(visit_missing_item);
}
END_TEST

static void visit_bad_body(const char *method, const char *template, const char *path)
{
    if (strcmp(method, "GET") == 0 || strcmp(template, "/session") == 0)
        return;
    const char *bodies[] = {"{", "[]", "{\"khong_co\":1}", "17"};
    for (size_t i = 0; i < 4; i++) {
        const struct reply *r =
            ask(as("dongxoai.lanhdao"), method, path, bodies[i], "If-Match: \"1\"", NULL);
        ck_assert_msg(r->status >= 400 && r->status < 500, "%s %s %s: %ld", method, template,
                      bodies[i], r->status);
        ck_described(method, path, r);
    }
}

START_TEST(every_refusal_of_a_body_is_described)
{
    each_operation(visit_bad_body);
}
END_TEST

START_TEST(items_of_every_list_fit_their_schema)
{
    static const char *const names[] = {"users",
                                        "memberships",
                                        "sessions",
                                        "areas",
                                        "units",
                                        "lines",
                                        "levels",
                                        "documents",
                                        "plans",
                                        "document-relations",
                                        "schedules",
                                        "assignments",
                                        "responsibilities",
                                        "assignment-parts",
                                        "progress-entries"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *path = form("/api/v1/%s?limit=200", names[i]);
        if (strcmp(names[i], "assignment-parts") == 0 || strcmp(names[i], "progress-entries") == 0)
            path = form(
                "%s&assignment=%s", path,
                db_text("select assignment_id from app.progress_entry order by id limit 1", NULL));
        const struct reply *r = get(as("tinh.admin"), "%s", path);
        ck_status(r, 200);
        ck_described("GET", path, r);
        if (count_at(r, "/items") == 0 || !has(r, "/items/0/id"))
            continue;
        const char *item = form("/api/v1/%s/%s", names[i], text_at(r, "/items/0/id"));
        if (openapi_operation(form("/%s/{id}", names[i]), "GET") != NULL)
            ck_described("GET", item, get(as("tinh.admin"), "%s", item));
    }
}
END_TEST

START_TEST(a_life_of_a_document_is_described)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *list = "/api/v1/documents";
    const struct reply *r = post(c, list, "%s", document_body("draft"));
    ck_described("POST", list, r);
    const char *item = form("%s/%s", list, text_at(r, "/id"));
    const char *rehearsal = form("%s?dry_run=true", list);
    ck_described("POST", rehearsal, post(c, rehearsal, "%s", document_body("draft")));
    r = get(c, "%s", item);
    ck_described("GET", item, r);
    ck_described("GET", item,
                 ask(c, "GET", item, NULL, form("If-None-Match: %s", header_of(r, "ETag")), NULL));
    ck_described("PATCH", item, patch(c, item, 1, "{\"subject\":\"Khác\"}"));
    ck_described("PATCH", item, patch(c, item, 1, "{\"subject\":\"Khác nữa\"}"));
    ck_described("PATCH", item, ask(c, "PATCH", item, "{\"subject\":\"x\"}", NULL));
    ck_described("POST", list,
                 post(c, list, "[%s,%s]", document_body("draft"), document_body("draft")));
    ck_described("POST", list, post(c, list, "[%s,{}]", document_body("draft")));
    ck_described("GET", list, ask(c, "GET", list, NULL, "Accept: text/csv", NULL));
    ck_described("GET", list, ask(c, "GET", list, NULL, "Accept: image/png", NULL));
    ck_described("POST", list, ask(c, "POST", list, "x", "Content-Type: text/plain", NULL));
    ck_described("DELETE", item, del(c, item, 2));
}
END_TEST

START_TEST(signing_in_and_out_is_described)
{
    const char *path = "/api/v1/session";
    ck_described("POST", path, post(&nobody, path, "{\"login\":\"khong.co\",\"password\":\"x\"}"));
    ck_described("POST", path, post(&nobody, path, "{}"));
    const struct reply *r = post(&nobody, path, "{\"login\":\"tinh.xem\",\"password\":\"%s\"}",
                                 password_of("tinh.xem"));
    ck_described("POST", path, r);
    struct caller *c = sign_in("tinh.xem", password_of("tinh.xem"));
    ck_described("GET", path, get(c, "%s", path));
    ck_described("DELETE", path, ask(c, "DELETE", path, NULL, NULL));
    ck_described("GET", path, get(c, "%s", path));
    ck_described("GET", "/api/v1/health", get(&nobody, "/api/v1/health"));
    ck_described("GET", "/api/v1/ready", get(&nobody, "/api/v1/ready"));
    forget_failures();
}
END_TEST

START_TEST(described_parameters_are_taken)
{
    /* each described filter is at least known: a wrong value may be refused, never its name */
    struct json_object *paths;
    ck_assert(json_object_object_get_ex(openapi(), "paths", &paths));
    json_object_object_foreach(paths, template, unused)
    {
        (void)unused;
        struct json_object *operation = openapi_operation(template, "GET");
        struct json_object *parameters;
        if (operation == NULL || strchr(template, '{') != NULL ||
            !json_object_object_get_ex(operation, "parameters", &parameters))
            continue;
        for (size_t i = 0; i < json_object_array_length(parameters); i++) {
            struct json_object *p = json_object_array_get_idx(parameters, i);
            struct json_object *in;
            if (!json_object_object_get_ex(p, "in", &in) ||
                strcmp(json_object_get_string(in), "query") != 0)
                continue;
            const struct reply *r =
                get(as("tinh.admin"), "/api/v1%s?%s=1", template, text_in(p, "name"));
            ck_assert_msg(strstr(r->body, "unknown_parameter") == NULL, "%s does not know %s",
                          template, text_in(p, "name"));
        }
    }
}
END_TEST

START_TEST(the_document_covers_every_resource)
{
    static const char *const wanted[] = {"/session",
                                         "/session/switch",
                                         "/sessions",
                                         "/sessions/{id}",
                                         "/me",
                                         "/me/password",
                                         "/me/totp",
                                         "/me/totp/confirm",
                                         "/users",
                                         "/users/{id}",
                                         "/users/{id}/disable",
                                         "/users/{id}/enable",
                                         "/users/{id}/reset-password",
                                         "/memberships",
                                         "/memberships/{id}",
                                         "/api-tokens",
                                         "/api-tokens/{id}/revoke",
                                         "/areas",
                                         "/areas/{id}",
                                         "/units",
                                         "/units/{id}",
                                         "/lines",
                                         "/levels",
                                         "/documents",
                                         "/documents/{id}",
                                         "/document-relations",
                                         "/plans",
                                         "/plans/{id}",
                                         "/plans/{id}/submit",
                                         "/plans/{id}/return",
                                         "/plans/{id}/issue",
                                         "/plans/{id}/close",
                                         "/plan-items",
                                         "/plan-items/{id}",
                                         "/responsibilities",
                                         "/schedules",
                                         "/assignments",
                                         "/assignments/{id}",
                                         "/assignments/{id}/progress",
                                         "/assignments/{id}/confirm",
                                         "/assignments/{id}/reopen",
                                         "/assignment-parts",
                                         "/progress-entries",
                                         "/assignment-counts",
                                         "/assignment-totals",
                                         "/audit-events",
                                         "/health",
                                         "/ready",
                                         "/openapi.json"};
    struct json_object *paths;
    ck_assert(json_object_object_get_ex(openapi(), "paths", &paths));
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        ck_assert_msg(json_object_object_get_ex(paths, wanted[i], NULL), "%s is not described",
                      wanted[i]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("openapi");
    TCase *c = new_case(s, "the document and the service");
    tcase_set_timeout(c, 180);
    tcase_add_test(c, the_document_covers_every_resource);
    tcase_add_test(c, every_operation_needs_a_sign_in);
    tcase_add_test(c, every_unsafe_operation_needs_the_csrf_token);
    tcase_add_test(c, every_read_is_described);
    tcase_add_test(c, every_operation_on_a_missing_item_is_described);
    tcase_add_test(c, every_refusal_of_a_body_is_described);
    tcase_add_test(c, items_of_every_list_fit_their_schema);
    tcase_add_test(c, a_life_of_a_document_is_described);
    tcase_add_test(c, signing_in_and_out_is_described);
    tcase_add_test(c, described_parameters_are_taken);
    return run_suite(s);
}
