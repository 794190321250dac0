/* What people look after themselves: API tokens, the password, one-time codes. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <liboath/oath.h>

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

/* ---- API tokens ---- */

static struct reply *make_token(const struct caller *c, const char *name)
{
    return post(c, "/api/v1/api-tokens", "{\"name\":\"%s\",\"expires_at\":\"%s\"}", name,
                in_thirty_days());
}

START_TEST(bearer_token_reads_and_writes_without_csrf)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    const struct reply *made = make_token(c, "Phần mềm nối vào");
    ck_status(made, 201);
    struct caller system = {.login = c->login, .bearer = text_at(made, "/token")};
    ck_assert_int_eq(strncmp(system.bearer, "district.", 9), 0);
    ck_assert_str_eq(text_at(get(&system, "/api/v1/me"), "/login"), c->login);
    ck_assert_int_lt((int)write_something(&system)->status, 300);
    ck_assert_ptr_null(strstr(get(c, "/api/v1/api-tokens")->body, strchr(system.bearer, '.') + 1));

    const char *id = text_at(made, "/id");
    ck_assert_int_lt(
        (int)ask(c, "POST", form("/api/v1/api-tokens/%s/revoke", id), NULL, "If-Match: \"1\"", NULL)
            ->status,
        300);
    const struct reply *after = get(&system, "/api/v1/me");
    ck_problem(after, 401, "unauthenticated");
    ck_assert_ptr_nonnull(strstr(header_of(after, "WWW-Authenticate"), "Bearer"));
}
END_TEST

START_TEST(token_dies_with_its_account_and_its_day)
{
    struct caller *c = sign_in(fresh_login(), password_of(OFFICER));
    struct caller system = {.bearer = text_at(make_token(c, "Hết hạn"), "/token")};
    ck_status(get(&system, "/api/v1/me"), 200);
    db_do("update app.api_token set expires_at = now() - interval '1 second'"
          " where user_id = (select id from app.user_account where login = $1)",
          c->login);
    ck_problem(get(&system, "/api/v1/me"), 401, "unauthenticated");
    struct caller next = {.bearer = text_at(make_token(c, "Khóa"), "/token")};
    db_do("update app.user_account set disabled_at = now() where login = $1", c->login);
    ck_problem(get(&next, "/api/v1/me"), 401, "unauthenticated");
}
END_TEST

/* ---- password and one-time codes ---- */

START_TEST(password_change_ends_the_other_sessions)
{
    const char *login = fresh_login();
    const char *old = password_of(OFFICER);
    const char *fine = form("một câu dài dễ nhớ %s", fresh("x"));
    struct caller *here = sign_in(login, old);
    struct caller *there = sign_in(login, old);
    ck_problem(
        post(here, "/api/v1/me/password", "{\"current\":\"%s\",\"new\":\"%s\"}", "sai", fine), 422,
        "invalid-input");
    ck_problem(
        post(here, "/api/v1/me/password", "{\"current\":\"%s\",\"new\":\"%s\"}", old, "ngan"), 422,
        "invalid-input");
    ck_field(post(here, "/api/v1/me/password", "{\"current\":\"%s\",\"new\":\"ngan\"}", old),
             "/new", "weak_password");
    const struct reply *r =
        post(here, "/api/v1/me/password", "{\"current\":\"%s\",\"new\":\"%s\"}", old, fine);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_problem(get(there, "/api/v1/me"), 401, "unauthenticated");
    ck_status(get(here, "/api/v1/me"), 200);
    ck_problem(try_login(login, old), 401, "bad-login");
    ck_status(try_login(login, fine), 201);
}
END_TEST

/* The code of the 30-second step that lies `steps` from now. */
static const char *code_of(const char *base32, int steps)
{
    char *secret;
    size_t length;
    char *otp = form("%06d", 0);
    ck_assert_int_eq(oath_base32_decode(base32, strlen(base32), &secret, &length), OATH_OK);
    ck_assert_int_eq(oath_totp_generate(secret, length, time(NULL) + 30 * steps, 30, 0, 6, otp),
                     OATH_OK);
    free(secret);
    return otp;
}

START_TEST(one_time_code_is_enrolled_asked_and_used_once)
{
    const char *login = fresh_login();
    const char *password = password_of(OFFICER);
    struct caller *c = sign_in(login, password);
    const struct reply *enrol = post(c, "/api/v1/me/totp", "{\"current\":\"%s\"}", password);
    ck_assert_msg(enrol->status < 300, "%ld %s", enrol->status, enrol->body);
    const char *secret = text_at(enrol, "/secret");
    ck_assert_int_eq(strncmp(text_at(enrol, "/otpauth_uri"), "otpauth://totp/", 15), 0);
    ck_status(try_login(login, password), 201); /* not asked for before it is confirmed */

    ck_problem(post(c, "/api/v1/me/totp/confirm", "{\"code\":\"000000\"}"), 422, "invalid-input");
    const struct reply *ok =
        post(c, "/api/v1/me/totp/confirm", "{\"code\":\"%s\"}", code_of(secret, 0));
    ck_assert_msg(ok->status < 300, "%ld %s", ok->status, ok->body);

    ck_problem(try_login(login, password), 401, "totp-required");
    ck_problem(post(&nobody, "/api/v1/session",
                    "{\"login\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}", login, password,
                    code_of(secret, 100)),
               401, "bad-login");
    const char *body = form("{\"login\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}", login,
                            password, code_of(secret, 1));
    ck_status(post(&nobody, "/api/v1/session", "%s", body), 201);
    ck_problem(post(&nobody, "/api/v1/session", "%s", body), 401,
               "bad-login"); /* a code serves once */
}
END_TEST

START_TEST(wrong_password_never_asks_for_a_code)
{
    const char *login = fresh_login();
    struct caller *c = sign_in(login, password_of(OFFICER));
    const struct reply *enrol =
        post(c, "/api/v1/me/totp", "{\"current\":\"%s\"}", password_of(OFFICER));
    post(c, "/api/v1/me/totp/confirm", "{\"code\":\"%s\"}", code_of(text_at(enrol, "/secret"), 0));
    ck_problem(try_login(login, "sai-mat-khau-hoan-toan"), 401, "bad-login");
}
END_TEST

START_TEST(wrong_codes_are_throttled)
{
    const char *login = fresh_login();
    const char *password = password_of(OFFICER);
    struct caller *c = sign_in(login, password);
    const struct reply *r = post(c, "/api/v1/me/totp", "{\"current\":\"%s\"}", password);
    post(c, "/api/v1/me/totp/confirm", "{\"code\":\"%s\"}", code_of(text_at(r, "/secret"), 0));
    for (int i = 0; i < 20; i++) {
        r = post(&nobody, "/api/v1/session",
                 "{\"login\":\"%s\",\"password\":\"%s\",\"code\":\"000000\"}", login, password);
        if (r->status == 429)
            break;
    }
    ck_problem(r, 429, "throttled");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("me");
    TCase *proofs = new_case(s, "tokens, passwords, codes");
    tcase_add_checked_fixture(proofs, forget_failures, forget_failures);
    tcase_add_test(proofs, bearer_token_reads_and_writes_without_csrf);
    tcase_add_test(proofs, token_dies_with_its_account_and_its_day);
    tcase_add_test(proofs, password_change_ends_the_other_sessions);
    tcase_add_test(proofs, one_time_code_is_enrolled_asked_and_used_once);
    tcase_add_test(proofs, wrong_password_never_asks_for_a_code);
    tcase_add_test(proofs, wrong_codes_are_throttled);
    return run_suite(s);
}
