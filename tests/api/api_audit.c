/* The record of who did what: complete, for administrators of the scope, and without secrets. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define AUDIT     "/api/v1/audit-events"
#define DOCUMENTS "/api/v1/documents"

/* Events about one record, as the administrator of the province reads them. */
static struct json_object *events_of(const char *id)
{
    return walk(as("tinh.admin"), form(AUDIT "?resource_id=%s&limit=50", id));
}

static struct json_object *event_by_request(struct json_object *events, const char *request_id)
{
    for (size_t i = 0; i < json_object_array_length(events); i++) {
        struct json_object *e = json_object_array_get_idx(events, i);
        const char *id = text_in(e, "request_id");
        if (id != NULL && strcmp(id, request_id) == 0)
            return e;
    }
    return NULL;
}

static void ck_event(const struct reply *write, const char *id, const char *login,
                     const char *resource)
{
    struct json_object *events = events_of(id);
    struct json_object *e = event_by_request(events, header_of(write, "X-Request-Id"));
    ck_assert_msg(e != NULL, "no event of %s in %s", resource, json_object_to_json_string(events));
    ck_assert_str_eq(text_in(e, "user_id"), user_id_of(login));
    ck_assert_int_eq(int_in(e, "unit_id"), unit_of(login));
    ck_assert_str_eq(text_in(e, "resource"), resource);
    ck_assert(strlen(text_in(e, "action")) > 0);
    ck_assert(strlen(text_in(e, "at")) > 0);
    ck_assert_str_eq(text_in(e, "remote_addr"), "127.0.0.1");
}

START_TEST(every_write_of_a_record_leaves_an_event)
{
    const char *login = "dongxoai.chuyenvien";
    const struct caller *c = as(login);
    const struct reply *made = post(c, DOCUMENTS, "%s", document_body("draft"));
    const char *id = text_at(made, "/id");
    ck_event(made, id, login, "document");
    const struct reply *changed =
        patch(c, form(DOCUMENTS "/%s", id), 1, "{\"subject\":\"Nội dung mới %s\"}", id);
    ck_status(changed, 200);
    ck_event(changed, id, login, "document");
    struct json_object *e = event_by_request(events_of(id), header_of(changed, "X-Request-Id"));
    ck_assert_ptr_nonnull(strstr(text_in(e, "change"), "subject"));
    const struct reply *gone = del(c, form(DOCUMENTS "/%s", id), 2);
    ck_event(gone, id, login, "document");
}
END_TEST

START_TEST(refused_and_rehearsed_writes_leave_none)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = make_document(c, "draft", NULL);
    size_t before = json_object_array_length(events_of(id));
    ck_status(patch(c, form(DOCUMENTS "/%s", id), 9, "{\"subject\":\"x\"}"), 412);
    ck_status(patch(c, form(DOCUMENTS "/%s?dry_run=true", id), 1, "{\"subject\":\"x\"}"), 200);
    ck_assert_uint_eq(json_object_array_length(events_of(id)), before);
}
END_TEST

START_TEST(progress_leaves_an_event)
{
    const char *login = "dongxoai.chuyenvien";
    const struct reply *list =
        get(as(login), "/api/v1/assignments?unit=%d&limit=1&status=not_started", unit_of(login));
    ck_status(list, 200);
    ck_assert_uint_ge(count_at(list, "/items"), 1);
    const char *id = text_at(list, "/items/0/id");
    const struct reply *r =
        ask(as(login), "POST", form("/api/v1/assignments/%s/progress", id),
            "{\"status\":\"in_progress\",\"progress\":5,\"note\":\"Thử nhật ký\"}",
            form("If-Match: \"%lld\"", (long long)int_at(list, "/items/0/version")), NULL);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    struct json_object *all =
        walk(as("tinh.admin"), form(AUDIT "?request_id=%s", header_of(r, "X-Request-Id")));
    ck_assert_uint_ge(json_object_array_length(all), 1);
    db_do("delete from app.progress_entry where assignment_id = $1::uuid and note = 'Thử nhật ký'",
          id);
    db_do("update app.assignment set status = 'not_started', progress = 0 where id = $1::uuid", id);
}
END_TEST

START_TEST(signing_in_failing_and_leaving_are_recorded)
{
    const char *login =
        make_account("dongxoai.chuyenvien", unit_of("dongxoai.chuyenvien"), "officer");
    post(&nobody, "/api/v1/session", "{\"login\":\"%s\",\"password\":\"sai-mat-khau-hoan-toan\"}",
         login);
    struct caller *c = sign_in(login, password_of("dongxoai.chuyenvien"));
    ck_status(ask(c, "DELETE", "/api/v1/session", NULL, NULL), 204);
    ck_assert_int_ge(db_int("select count(distinct action) from app.audit_event where user_id ="
                            " (select id from app.user_account where login = $1)",
                            login),
                     3);
    db_do("delete from private.login_throttle", NULL);
}
END_TEST

START_TEST(only_administrators_of_the_scope_read_the_record)
{
    const char *id = make_document(as("dongxoai.chuyenvien"), "draft", NULL);
    const char *others[] = {"tinh.lanhdao",     "tinh.chuyenvien", "tinh.xem",
                            "dongxoai.lanhdao", "tanphu.lanhdao",  "phunu.tinh.chuyenvien"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const struct reply *r = get(as(others[i]), AUDIT "?resource_id=%s", id);
        ck_assert_msg(r->status == 403 || (r->status == 200 && count_at(r, "/items") == 0),
                      "%s reads %ld %s", others[i], r->status, r->body);
    }
    const struct caller *here = make_caller("dongxoai.chuyenvien", "admin");
    ck_assert_uint_ge(count_at(get(here, AUDIT "?resource_id=%s", id), "/items"), 1);
    const struct caller *elsewhere = make_caller("locninh.chuyenvien", "admin");
    ck_assert_uint_eq(count_at(get(elsewhere, AUDIT "?resource_id=%s", id), "/items"), 0);
}
END_TEST

START_TEST(the_record_is_not_written_over_http)
{
    const struct caller *admin = as("tinh.admin");
    struct json_object *events = json_tokener_parse(get(admin, AUDIT "?limit=1")->body);
    struct json_object *items;
    ck_assert_int_eq(json_object_object_get_ex(events, "items", &items), 1);
    const char *id = text_in(json_object_array_get_idx(items, 0), "id");
    const char *methods[] = {"PATCH", "DELETE", "PUT"};
    for (size_t i = 0; i < 3; i++)
        ck_status(ask(admin, methods[i], form(AUDIT "/%s", id), "{}", "If-Match: \"1\"", NULL),
                  405);
    ck_status(post(admin, AUDIT, "{}"), 405);
}
END_TEST

START_TEST(no_event_holds_a_secret)
{
    const char *login =
        make_account("dongxoai.chuyenvien", unit_of("dongxoai.chuyenvien"), "officer");
    struct caller *c = sign_in(login, password_of("dongxoai.chuyenvien"));
    const char *password = form("bí mật dài %s", fresh(""));
    post(c, "/api/v1/me/password", "{\"current\":\"%s\",\"new\":\"%s\"}",
         password_of("dongxoai.chuyenvien"), password);
    const struct reply *token =
        post(c, "/api/v1/api-tokens", "{\"name\":\"x\",\"expires_at\":\"%s\"}", in_thirty_days());
    ck_assert_int_eq(
        db_int("select count(*) from app.audit_event as e where e::text like '%' || $1 || '%'",
               password),
        0);
    ck_assert_int_eq(
        db_int("select count(*) from app.audit_event as e where e::text like '%argon2%'"
               " or e.change ? 'token_hash' or e.change ? 'password_hash'",
               NULL),
        0);
    if (token->status == 201)
        ck_assert_int_eq(
            db_int("select count(*) from app.audit_event as e where e::text like '%' || $1 || '%'",
                   strchr(text_at(token, "/token"), '.') + 1),
            0);
}
END_TEST

START_TEST(a_client_cannot_forge_address_or_request_id)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const struct reply *r =
        ask(c, "POST", DOCUMENTS, document_body("draft"), "X-Forwarded-For: 10.9.8.7",
            "X-Real-IP: 10.9.8.7", "Forwarded: for=10.9.8.7", "X-Request-Id: gia-mao", NULL);
    ck_status(r, 201);
    struct json_object *e = json_object_array_get_idx(events_of(text_at(r, "/id")), 0);
    ck_assert_str_eq(text_in(e, "remote_addr"), "127.0.0.1");
    ck_assert_str_ne(text_in(e, "request_id"), "gia-mao");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("audit");
    TCase *c = new_case(s, "the record");
    tcase_add_test(c, every_write_of_a_record_leaves_an_event);
    tcase_add_test(c, refused_and_rehearsed_writes_leave_none);
    tcase_add_test(c, progress_leaves_an_event);
    tcase_add_test(c, signing_in_failing_and_leaving_are_recorded);
    tcase_add_test(c, only_administrators_of_the_scope_read_the_record);
    tcase_add_test(c, the_record_is_not_written_over_http);
    tcase_add_test(c, no_event_holds_a_secret);
    tcase_add_test(c, a_client_cannot_forge_address_or_request_id);
    return run_suite(s);
}
