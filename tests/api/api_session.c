/* Signing in and out, and what a session may do until it ends. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define OFFICER "dongxoai.chuyenvien"

static const char *login_body(const char *login, const char *password)
{
    return form("{\"login\":\"%s\",\"password\":\"%s\"}", login, password);
}

static struct reply *try_login(const char *login, const char *password)
{
    return post(&nobody, "/api/v1/session", "%s", login_body(login, password));
}

static const char *fresh_login(void)
{
    return make_account(OFFICER, unit_of(OFFICER), "officer");
}

static struct reply *write_something(const struct caller *c)
{
    return post(c, "/api/v1/documents?dry_run=true", "%s", document_body("draft"));
}

/* ---- signing in ---- */

START_TEST(sign_in_answers_201_with_cookie_and_csrf_token)
{
    const struct reply *r = try_login(OFFICER, password_of(OFFICER));
    ck_status(r, 201);
    const char *cookie = header_of(r, "Set-Cookie");
    ck_assert_ptr_nonnull(cookie);
    ck_assert_int_eq(strncmp(cookie, "danvan_session=district.", 24), 0);
    ck_assert_ptr_nonnull(strstr(cookie, "HttpOnly"));
    ck_assert_ptr_nonnull(strstr(cookie, "SameSite=Strict"));
    ck_assert_ptr_nonnull(strstr(cookie, "Path=/"));
    ck_assert_ptr_null(strstr(cookie, "Domain="));
    /* 32 random bytes in base64url */
    ck_assert_uint_eq(strcspn(cookie + 24, ";"), 43);
    ck_assert_uint_ge(strlen(text_at(r, "/csrf_token")), 43);
    ck_assert_str_eq(text_at(r, "/scope"), "district");
    ck_assert_ptr_null(strstr(r->body, strndup(cookie + 24, 43)));
    ck_assert_ptr_nonnull(strstr(header_of(r, "Cache-Control"), "no-store"));
}
END_TEST

START_TEST(every_level_and_line_gets_its_scope)
{
    const char *cases[][2] = {{"tinh.chuyenvien", "province"},
                              {"phunu.tinh.chuyenvien", "province_line"},
                              {"locninh.chuyenvien", "district"},
                              {"phunu.dongxoai.chuyenvien", "district_line"},
                              {"tanphu.chuyenvien", "grassroots"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(as(cases[i][0])->scope, cases[i][1]);
}
END_TEST

START_TEST(two_sign_ins_share_no_token)
{
    const struct caller *first = sign_in(OFFICER, password_of(OFFICER));
    const struct caller *second = sign_in(OFFICER, password_of(OFFICER));
    ck_assert_str_ne(first->cookie, second->cookie);
    ck_assert_str_ne(first->csrf, second->csrf);
}
END_TEST

/* The answers but for the request id, which differs by nature. */
static const char *without_instance(const struct reply *r)
{
    json_object_object_del(r->json, "instance");
    return json_object_to_json_string_ext(r->json, JSON_C_TO_STRING_PLAIN);
}

START_TEST(wrong_password_and_unknown_name_answer_alike)
{
    const struct reply *known = try_login(OFFICER, "sai-mat-khau-hoan-toan");
    const struct reply *unknown = try_login(fresh("khong.co."), "sai-mat-khau-hoan-toan");
    ck_problem(known, 401, "bad-login");
    ck_problem(unknown, 401, "bad-login");
    ck_assert_str_eq(without_instance(known), without_instance(unknown));
    ck_assert_ptr_null(header_of(known, "Set-Cookie"));
}
END_TEST

START_TEST(disabled_account_signs_in_no_more_and_looks_unknown)
{
    const char *login = fresh_login();
    db_do("update app.user_account set disabled_at = now() where login = $1", login);
    const struct reply *r = try_login(login, password_of(OFFICER));
    ck_problem(r, 401, "bad-login");
}
END_TEST

START_TEST(sign_in_body_is_checked)
{
    ck_problem(post(&nobody, "/api/v1/session", "{\"login\":\"%s\"}", OFFICER), 422,
               "invalid-input");
    ck_field(post(&nobody, "/api/v1/session", "{\"login\":\"%s\"}", OFFICER), "/password",
             "required");
    ck_field(post(&nobody, "/api/v1/session", "{\"login\":1,\"password\":\"x\"}"), "/login",
             "wrong_type");
    ck_field(
        post(&nobody, "/api/v1/session", "{\"login\":\"a\",\"password\":\"b\",\"admin\":\"c\"}"),
        "/admin", "unknown_field");
    ck_problem(post(&nobody, "/api/v1/session", "[]"), 422, "invalid-input");
    ck_problem(post(&nobody, "/api/v1/session", "{"), 400, "bad-json");
    ck_problem(ask(&nobody, "POST", "/api/v1/session", login_body(OFFICER, "x"),
                   "Content-Type: text/plain", NULL),
               415, "unsupported-media-type");
}
END_TEST

START_TEST(repeated_failures_are_throttled_and_the_block_ends)
{
    const char *login = fresh_login();
    const struct reply *r = NULL;
    for (int i = 0; i < 30; i++) {
        r = try_login(login, "sai-mat-khau-hoan-toan");
        if (r->status == 429)
            break;
        ck_problem(r, 401, "bad-login");
    }
    ck_problem(r, 429, "throttled");
    ck_assert_ptr_nonnull(header_of(r, "Retry-After"));
    ck_assert_int_gt(atoi(header_of(r, "Retry-After")), 0);
    /* the right password tells nothing while the block lasts */
    db_do("update private.login_throttle set blocked_until = now() + interval '1 minute'", NULL);
    ck_problem(try_login(login, password_of(OFFICER)), 429, "throttled");
    db_do("update private.login_throttle set blocked_until = now() - interval '1 second'", NULL);
    ck_status(try_login(login, password_of(OFFICER)), 201);
}
END_TEST

START_TEST(unknown_names_are_throttled_too)
{
    const char *login = fresh("khong.co.");
    const struct reply *r = NULL;
    for (int i = 0; i < 30 && (r == NULL || r->status == 401); i++)
        r = try_login(login, "sai-mat-khau-hoan-toan");
    ck_problem(r, 429, "throttled");
}
END_TEST

START_TEST(account_without_unit_is_told_so)
{
    const char *login = fresh_login();
    db_do("delete from app.membership where user_id = (select id from app.user_account where login "
          "= $1)",
          login);
    const struct reply *r = try_login(login, password_of(OFFICER));
    ck_problem(r, 403, "forbidden");
    ck_assert_str_eq(text_at(r, "/reason"), "no_membership");
}
END_TEST

/* ---- while it lasts ---- */

START_TEST(current_session_and_me_tell_who_acts)
{
    const struct caller *c = as(OFFICER);
    const struct reply *session = get(c, "/api/v1/session");
    ck_status(session, 200);
    ck_assert_str_eq(text_at(session, "/csrf_token"), c->csrf);
    ck_assert_str_eq(text_at(session, "/scope"), "district");
    const struct reply *me = get(c, "/api/v1/me");
    ck_status(me, 200);
    ck_assert_str_eq(text_at(me, "/login"), OFFICER);
    ck_assert_str_eq(text_at(me, "/role"), "officer");
    ck_assert_int_eq(int_at(me, "/unit_id"), unit_of(OFFICER));
    ck_assert_uint_eq(count_at(me, "/memberships"), 1);
    ck_assert_str_eq(text_at(me, "/memberships/0/role"), "officer");
    ck_assert(has(me, "/abilities"));
    ck_assert_ptr_null(strstr(me->body, "argon2"));
}
END_TEST

START_TEST(nobody_reads_nothing)
{
    const char *paths[] = {"/api/v1/session",
                           "/api/v1/me",
                           "/api/v1/sessions",
                           "/api/v1/users",
                           "/api/v1/memberships",
                           "/api/v1/api-tokens",
                           "/api/v1/areas",
                           "/api/v1/units",
                           "/api/v1/lines",
                           "/api/v1/levels",
                           "/api/v1/documents",
                           "/api/v1/document-relations",
                           "/api/v1/plans",
                           "/api/v1/plan-items",
                           "/api/v1/responsibilities",
                           "/api/v1/schedules",
                           "/api/v1/assignments",
                           "/api/v1/assignment-parts",
                           "/api/v1/progress-entries",
                           "/api/v1/assignment-counts",
                           "/api/v1/audit-events"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        ck_problem(get(&nobody, "%s", paths[i]), 401, "unauthenticated");
}
END_TEST

START_TEST(made_up_tokens_are_refused)
{
    const struct caller *real = as(OFFICER);
    const char *secret = strchr(strchr(real->cookie, '='), '.') + 1;
    const char *cookies[] = {"danvan_session=",
                             "danvan_session=district",
                             "danvan_session=.",
                             "danvan_session=district.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                             form("danvan_session=province.%s", secret),
                             form("danvan_session=district_write.%s", secret),
                             form("danvan_session=nowhere.%s", secret),
                             form("danvan_session=district;drop.%s", secret),
                             form("danvan_session=%s", secret),
                             form("%s; %s", real->cookie, real->cookie)};
    for (size_t i = 0; i < sizeof cookies / sizeof cookies[0]; i++) {
        struct caller c = {.login = "made up", .cookie = cookies[i]};
        const struct reply *r = get(&c, "/api/v1/me");
        ck_assert_msg(r->status == 401, "%s: %ld", cookies[i], r->status);
        ck_problem(r, 401, "unauthenticated");
    }
    /* a session's token is no bearer token */
    struct caller crossed = {.login = "crossed", .bearer = strchr(real->cookie, '=') + 1};
    ck_problem(get(&crossed, "/api/v1/me"), 401, "unauthenticated");
}
END_TEST

START_TEST(other_cookies_do_no_harm)
{
    struct caller c = {.cookie = form("theme=dark; %s; __utma=1.2.3", as(OFFICER)->cookie)};
    ck_status(get(&c, "/api/v1/me"), 200);
}
END_TEST

START_TEST(expired_and_revoked_sessions_end_at_once)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    ck_status(get(c, "/api/v1/me"), 200);
    const char *ours = "user_id = (select id from app.user_account where login = $1)";
    db_do(form("update app.session set expires_at = now() - interval '1 second' where %s", ours),
          c->login);
    ck_problem(get(c, "/api/v1/me"), 401, "unauthenticated");
    c = sign_in(c->login, password_of(OFFICER));
    db_do(form("update app.session set revoked_at = now() where %s", ours), c->login);
    ck_problem(get(c, "/api/v1/me"), 401, "unauthenticated");
    c = sign_in(c->login, password_of(OFFICER));
    db_do(form("update app.session set last_seen_at = now() - interval '30 days',"
               " created_at = now() - interval '30 days' where %s and revoked_at is null",
               ours),
          c->login);
    ck_problem(get(c, "/api/v1/me"), 401, "unauthenticated");
}
END_TEST

START_TEST(sign_out_ends_the_session)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    const struct reply *r = ask(c, "DELETE", "/api/v1/session", NULL, NULL);
    ck_status(r, 204);
    ck_assert_uint_eq(r->length, 0);
    ck_assert_ptr_nonnull(strstr(header_of(r, "Set-Cookie"), "Max-Age=0"));
    ck_problem(get(c, "/api/v1/me"), 401, "unauthenticated");
}
END_TEST

START_TEST(own_sessions_are_listed_and_revoked)
{
    struct caller *here = sign_in(fresh_login(), password_of(OFFICER));
    struct caller *there = sign_in(here->login, password_of(OFFICER));
    const struct reply *list = get(here, "/api/v1/sessions");
    ck_status(list, 200);
    ck_assert_uint_eq(count_at(list, "/items"), 2);
    ck_assert_ptr_null(strstr(list->body, "token"));
    for (size_t i = 0; i < 2; i++) {
        struct json_object *item = json_object_array_get_idx(at(list, "/items"), i);
        if (strcmp(text_in(item, "is_current"), "true") == 0)
            continue;
        ck_status(ask(here, "DELETE", form("/api/v1/sessions/%s", text_in(item, "id")), NULL, NULL),
                  204);
    }
    ck_problem(get(there, "/api/v1/me"), 401, "unauthenticated");
    ck_status(get(here, "/api/v1/me"), 200);
}
END_TEST

START_TEST(sessions_of_others_are_hidden)
{
    sign_in(OFFICER, password_of(OFFICER));
    const char *other =
        db_text("select s.id from app.session as s join app.user_account as u on u.id = s.user_id"
                " where u.login = $1 and s.revoked_at is null limit 1",
                OFFICER);
    const struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    ck_problem(ask(c, "DELETE", form("/api/v1/sessions/%s", other), NULL, NULL), 404, "not-found");
    ck_assert_uint_eq(count_at(get(c, "/api/v1/sessions"), "/items"), 1);
}
END_TEST

START_TEST(acting_membership_can_be_switched)
{
    const char *login = fresh_login();
    int locninh = unit_of("locninh.chuyenvien");
    const char *membership = make_membership(login, locninh, "viewer");
    struct caller *before = sign_in(login, password_of(OFFICER));
    const struct reply *me = get(before, "/api/v1/me");
    ck_assert_uint_eq(count_at(me, "/memberships"), 2);
    if (strcmp(text_at(me, "/role"), "viewer") ==
        0) /* the first of the two is the service's choice */
        membership = db_text("select m.id from app.membership as m join app.user_account as u"
                             " on u.id = m.user_id where u.login = $1 and m.role = 'officer'",
                             login);

    const struct reply *r =
        post(before, "/api/v1/session/switch", "{\"membership_id\":\"%s\"}", membership);
    ck_status(r, 200);
    const char *cookie = header_of(r, "Set-Cookie");
    struct caller after = {.cookie = strndup(cookie, strcspn(cookie, ";")),
                           .csrf = text_at(r, "/csrf_token")};
    ck_assert_str_ne(after.cookie, before->cookie);
    const struct reply *now = get(&after, "/api/v1/me");
    ck_assert_str_ne(text_at(now, "/role"), text_at(me, "/role"));
    ck_assert_int_ne(int_at(now, "/unit_id"), int_at(me, "/unit_id"));
    ck_problem(get(before, "/api/v1/me"), 401, "unauthenticated"); /* the old token is dead */
}
END_TEST

START_TEST(nobody_switches_to_a_membership_of_another)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    const char *theirs = db_text("select m.id from app.membership as m join app.user_account as u"
                                 " on u.id = m.user_id where u.login = $1",
                                 "tinh.lanhdao");
    const struct reply *r = post(c, "/api/v1/session/switch", "{\"membership_id\":\"%s\"}", theirs);
    ck_assert_msg(r->status == 404 || r->status == 403 || r->status == 422, "%ld", r->status);
    ck_assert_ptr_null(header_of(r, "Set-Cookie"));
    ck_status(get(c, "/api/v1/me"), 200);
}
END_TEST

/* ---- a change of rights acts on the very next request ---- */

START_TEST(disabling_acts_on_the_next_request)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    ck_assert_int_lt((int)write_something(c)->status, 300);
    db_do("update app.user_account set disabled_at = now() where login = $1", c->login);
    ck_problem(get(c, "/api/v1/me"), 401, "unauthenticated");
    ck_problem(write_something(c), 401, "unauthenticated");
}
END_TEST

START_TEST(role_change_acts_on_the_next_request)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    ck_assert_int_lt((int)write_something(c)->status, 300);
    db_do("update app.membership set role = 'viewer'"
          " where user_id = (select id from app.user_account where login = $1)",
          c->login);
    ck_assert_str_eq(text_at(get(c, "/api/v1/me"), "/role"), "viewer");
    ck_problem(write_something(c), 403, "forbidden");
}
END_TEST

START_TEST(ended_membership_acts_on_the_next_request)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    ck_status(get(c, "/api/v1/me"), 200);
    db_do("update app.membership set valid_to = date '2021-01-02'"
          " where user_id = (select id from app.user_account where login = $1)",
          c->login);
    ck_problem(get(c, "/api/v1/me"), 401, "unauthenticated");
}
END_TEST

/* ---- requests from other sites ---- */

START_TEST(unsafe_requests_need_the_csrf_token)
{
    const struct caller *c = as(OFFICER);
    const char *path = "/api/v1/documents?dry_run=true";
    const char *body = document_body("draft");
    ck_problem(ask(c, "POST", path, body, "X-CSRF-Token:", NULL), 403, "csrf");
    ck_problem(ask(c, "POST", path, body, "X-CSRF-Token: wrong", NULL), 403, "csrf");
    ck_problem(
        ask(c, "POST", path, body, form("X-CSRF-Token: %s", as("tinh.chuyenvien")->csrf), NULL),
        403, "csrf");
    ck_problem(ask(c, "DELETE", "/api/v1/session", NULL, "X-CSRF-Token:", NULL), 403, "csrf");
    ck_assert_int_lt((int)write_something(c)->status, 300);
}
END_TEST

START_TEST(requests_from_foreign_pages_are_refused)
{
    const struct caller *c = as(OFFICER);
    const char *path = "/api/v1/documents?dry_run=true";
    const char *body = document_body("draft");
    ck_problem(ask(c, "POST", path, body, "Origin: https://ke-xau.example", NULL), 403, "csrf");
    ck_problem(ask(c, "POST", path, body, "Origin: null", NULL), 403, "csrf");
    ck_problem(ask(c, "POST", path, body, "Sec-Fetch-Site: cross-site", NULL), 403, "csrf");
    ck_problem(ask(c, "POST", path, body, "Sec-Fetch-Site: same-site", NULL), 403, "csrf");
    const struct reply *own =
        ask(c, "POST", path, body, form("Origin: %s", setting("DANVAN_TEST_URL")),
            "Sec-Fetch-Site: same-origin", NULL);
    ck_assert_msg(own->status < 300, "%ld %s", own->status, own->body);
    /* nor may a foreign page sign its victim in under another name */
    ck_problem(ask(&nobody, "POST", "/api/v1/session", login_body(OFFICER, password_of(OFFICER)),
                   "Origin: https://ke-xau.example", NULL),
               403, "csrf");
}
END_TEST

/* Bearer requests need no CSRF token; a header alone must not turn a cookie's request into one. */
START_TEST(authorization_header_does_not_excuse_a_cookie)
{
    const struct caller *c = as(OFFICER);
    const char *headers[] = {
        "Authorization: Bearer x", "Authorization: Bearer", "Authorization: Basic eDp5",
        "Authorization: x",
        "Authorization: Bearer district.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        const struct reply *r = ask(c, "POST", "/api/v1/documents?dry_run=true",
                                    document_body("draft"), headers[i], "X-CSRF-Token:", NULL);
        ck_assert_msg(r->status == 401 || r->status == 403, "%s: %ld %s", headers[i], r->status,
                      r->body);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("session");
    TCase *in = new_case(s, "signing in");
    tcase_add_checked_fixture(in, forget_failures, forget_failures);
    tcase_add_test(in, sign_in_answers_201_with_cookie_and_csrf_token);
    tcase_add_test(in, every_level_and_line_gets_its_scope);
    tcase_add_test(in, two_sign_ins_share_no_token);
    tcase_add_test(in, wrong_password_and_unknown_name_answer_alike);
    tcase_add_test(in, disabled_account_signs_in_no_more_and_looks_unknown);
    tcase_add_test(in, sign_in_body_is_checked);
    tcase_add_test(in, repeated_failures_are_throttled_and_the_block_ends);
    tcase_add_test(in, unknown_names_are_throttled_too);
    tcase_add_test(in, account_without_unit_is_told_so);
    TCase *during = new_case(s, "while it lasts");
    tcase_add_test(during, current_session_and_me_tell_who_acts);
    tcase_add_test(during, nobody_reads_nothing);
    tcase_add_test(during, made_up_tokens_are_refused);
    tcase_add_test(during, other_cookies_do_no_harm);
    tcase_add_test(during, expired_and_revoked_sessions_end_at_once);
    tcase_add_test(during, sign_out_ends_the_session);
    tcase_add_test(during, own_sessions_are_listed_and_revoked);
    tcase_add_test(during, sessions_of_others_are_hidden);
    tcase_add_test(during, acting_membership_can_be_switched);
    tcase_add_test(during, nobody_switches_to_a_membership_of_another);
    tcase_add_test(during, disabling_acts_on_the_next_request);
    tcase_add_test(during, role_change_acts_on_the_next_request);
    tcase_add_test(during, ended_membership_acts_on_the_next_request);
    TCase *sites = new_case(s, "other sites");
    tcase_add_test(sites, unsafe_requests_need_the_csrf_token);
    tcase_add_test(sites, requests_from_foreign_pages_are_refused);
    tcase_add_test(sites, authorization_header_does_not_excuse_a_cookie);
    return run_suite(s);
}
