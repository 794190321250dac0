/* Accounts and memberships: what an administrator may do, and where that ends. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define USERS       "/api/v1/users"
#define MEMBERSHIPS "/api/v1/memberships"

static struct reply *create_user(const struct caller *c, const char *login, int unit)
{
    return post(c, USERS,
                "{\"login\":\"%s\",\"display_name\":\"Nguyễn Văn Thử\",\"home_unit_id\":%d}", login,
                unit);
}

static struct reply *create_membership(const struct caller *c, const char *user, int unit,
                                       const char *role)
{
    return post(c, MEMBERSHIPS,
                "{\"user_id\":\"%s\",\"unit_id\":%d,\"role\":\"%s\",\"valid_from\":\"2021-01-01\"}",
                user, unit, role);
}

/* An administrator of a district board: the demonstration has none below the province. */
static struct caller *district_admin(void)
{
    return make_caller("dongxoai.chuyenvien", "admin");
}

START_TEST(admin_makes_an_account_that_can_sign_in)
{
    const struct caller *admin = as("tinh.admin");
    int unit = unit_of("tanphu.chuyenvien");
    const char *login = fresh("moi.");
    const struct reply *made = create_user(admin, login, unit);
    ck_status(made, 201);
    const char *id = text_at(made, "/id");
    ck_status(create_membership(admin, id, unit, "officer"), 201);
    /* the account has no password yet: the administrator makes one that serves once */
    const struct reply *reset =
        ask(admin, "POST", form(USERS "/%s/reset-password", id), NULL,
            form("If-Match: \"%lld\"", (long long)int_at(made, "/version")), NULL);
    ck_assert_msg(reset->status < 300, "%ld %s", reset->status, reset->body);
    const char *password = text_at(reset, "/password");
    ck_assert_uint_ge(strlen(password), 15);

    const struct caller *c = sign_in(login, password);
    ck_assert_str_eq(c->scope, "grassroots");
    const struct reply *me = get(c, "/api/v1/me");
    ck_assert_int_eq(json_object_get_boolean(at(me, "/must_change_password")), 1);
    /* until it is changed, nothing may be written with it */
    ck_status(post(c, "/api/v1/documents", "%s", document_body("draft")), 403);
    const char *own = form("mật khẩu riêng %s", fresh(""));
    ck_assert_int_lt(
        (int)post(c, "/api/v1/me/password", "{\"current\":\"%s\",\"new\":\"%s\"}", password, own)
            ->status,
        300);
    ck_status(post(sign_in(login, own), "/api/v1/documents", "%s", document_body("draft")), 201);
}
END_TEST

START_TEST(accounts_are_listed_for_admins_of_the_subtree)
{
    const struct caller *admin = district_admin();
    struct json_object *seen = walk(admin, USERS "?limit=200");
    bool sees_tanphu = false;
    for (size_t i = 0; i < json_object_array_length(seen); i++) {
        const char *login = text_in(json_object_array_get_idx(seen, i), "login");
        sees_tanphu = sees_tanphu || strcmp(login, "tanphu.chuyenvien") == 0;
        ck_assert_msg(strncmp(login, "tinh.", 5) != 0 && strncmp(login, "locninh.", 8) != 0,
                      "sees %s", login);
    }
    ck_assert(sees_tanphu);
}
END_TEST

START_TEST(those_who_are_no_admin_change_no_account)
{
    const char *who[] = {"tinh.xem", "tinh.chuyenvien", "tinh.lanhdao", "dongxoai.lanhdao"};
    for (size_t i = 0; i < 4; i++) {
        const struct reply *r =
            create_user(as(who[i]), fresh("moi."), unit_of("tanphu.chuyenvien"));
        ck_assert_msg(r->status == 403, "%s: %ld %s", who[i], r->status, r->body);
    }
}
END_TEST

START_TEST(admin_stays_inside_the_own_subtree)
{
    const struct caller *admin = district_admin();
    const char *outside[] = {"tinh.chuyenvien", "locninh.chuyenvien"};
    for (size_t i = 0; i < 2; i++) {
        int unit = unit_of(outside[i]);
        const struct reply *r = create_user(admin, fresh("moi."), unit);
        ck_assert_msg(r->status == 403 || r->status == 422, "%s: %ld %s", outside[i], r->status,
                      r->body);
        const char *id = user_id_of(outside[i]);
        ck_problem(get(admin, USERS "/%s", id), 404, "not-found");
        r = ask(admin, "POST", form(USERS "/%s/disable", id), NULL, "If-Match: \"1\"", NULL);
        ck_assert_msg(r->status == 404, "%s: %ld %s", outside[i], r->status, r->body);
        r = ask(admin, "POST", form(USERS "/%s/reset-password", id), NULL, "If-Match: \"1\"", NULL);
        ck_assert_msg(r->status == 404, "%s: %ld %s", outside[i], r->status, r->body);
    }
}
END_TEST

START_TEST(membership_cannot_lift_anyone_above_the_admin)
{
    const struct caller *admin = district_admin();
    const char *own = user_id_of(admin->login);
    const char *below = user_id_of("tanphu.chuyenvien");
    int above[] = {unit_of("tinh.chuyenvien"), unit_of("locninh.chuyenvien"),
                   unit_of("phunu.tinh.chuyenvien")};
    for (size_t i = 0; i < 3; i++) {
        const struct reply *r = create_membership(admin, own, above[i], "viewer");
        ck_assert_msg(r->status == 403 || r->status == 422, "own: %ld %s", r->status, r->body);
        r = create_membership(admin, below, above[i], "admin");
        ck_assert_msg(r->status == 403 || r->status == 422, "below: %ld %s", r->status, r->body);
    }
    ck_assert_int_eq(db_int("select count(*) from app.membership where user_id = $1::uuid", own),
                     1);
}
END_TEST

START_TEST(membership_cannot_be_moved_out_of_the_subtree)
{
    const struct caller *admin = district_admin();
    const char *login = make_account("dongxoai.chuyenvien", unit_of("tanphu.chuyenvien"), "viewer");
    const char *id = db_text("select m.id from app.membership as m join app.user_account as u"
                             " on u.id = m.user_id where u.login = $1",
                             login);
    const struct reply *r = patch(admin, form(MEMBERSHIPS "/%s", id), 1, "{\"unit_id\":%d}",
                                  unit_of("tinh.chuyenvien"));
    ck_assert_msg(r->status == 403 || r->status == 422, "%ld %s", r->status, r->body);
}
END_TEST

START_TEST(account_cannot_be_moved_out_of_the_subtree)
{
    const struct caller *admin = district_admin();
    const char *login = make_account("dongxoai.chuyenvien", unit_of("tanphu.chuyenvien"), "viewer");
    const struct reply *r = patch(admin, form(USERS "/%s", user_id_of(login)), 1,
                                  "{\"home_unit_id\":%d}", unit_of("tinh.chuyenvien"));
    ck_assert_msg(r->status == 403 || r->status == 422, "%ld %s", r->status, r->body);
}
END_TEST

/* Whoever sets a password can sign in with it: an account that also acts above is not for below. */
START_TEST(account_that_reaches_further_is_not_taken_over)
{
    const struct caller *admin = district_admin();
    const char *login = make_account("dongxoai.chuyenvien", unit_of("tanphu.chuyenvien"), "viewer");
    make_membership(login, unit_of("tinh.chuyenvien"), "leader");
    const char *path = form(USERS "/%s", user_id_of(login));
    const char *commands[] = {"reset-password", "disable"};
    for (size_t i = 0; i < 2; i++) {
        const struct reply *r =
            ask(admin, "POST", form("%s/%s", path, commands[i]), NULL, "If-Match: \"1\"", NULL);
        ck_assert_msg(r->status == 403, "%s: %ld %s", commands[i], r->status, r->body);
    }
    ck_status(get(sign_in(login, password_of("dongxoai.chuyenvien")), "/api/v1/me"), 200);
}
END_TEST

START_TEST(nobody_makes_oneself_more)
{
    const struct caller *officer = make_caller("dongxoai.chuyenvien", "officer");
    const char *user = user_id_of(officer->login);
    const char *membership =
        db_text("select id from app.membership where user_id = $1::uuid", user);
    const struct reply *r =
        patch(officer, form(MEMBERSHIPS "/%s", membership), 1, "{\"role\":\"leader\"}");
    ck_assert_msg(r->status == 403, "%ld %s", r->status, r->body);
    r = create_membership(officer, user, unit_of("dongxoai.chuyenvien"), "admin");
    ck_assert_msg(r->status == 403, "%ld %s", r->status, r->body);
}
END_TEST

START_TEST(admin_changes_role_and_it_acts_at_once)
{
    struct caller *officer = make_caller("dongxoai.chuyenvien", "officer");
    const char *membership =
        db_text("select m.id from app.membership as m join app.user_account as u"
                " on u.id = m.user_id where u.login = $1",
                officer->login);
    const struct reply *r = get(as("tinh.admin"), MEMBERSHIPS "/%s", membership);
    ck_status(r, 200);
    r = patch(as("tinh.admin"), form(MEMBERSHIPS "/%s", membership), int_at(r, "/version"),
              "{\"role\":\"viewer\"}");
    ck_status(r, 200);
    ck_problem(post(officer, "/api/v1/documents", "%s", document_body("draft")), 403, "forbidden");
}
END_TEST

START_TEST(disable_and_enable_act_at_once)
{
    struct caller *officer = make_caller("dongxoai.chuyenvien", "officer");
    const struct caller *admin = as("tinh.admin");
    const char *path = form(USERS "/%s", user_id_of(officer->login));
    const struct reply *r = get(admin, "%s", path);
    ck_status(r, 200);
    r = ask(admin, "POST", form("%s/disable", path), NULL,
            form("If-Match: %s", header_of(r, "ETag")), NULL);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_problem(get(officer, "/api/v1/me"), 401, "unauthenticated");
    r = get(admin, "%s", path);
    r = ask(admin, "POST", form("%s/enable", path), NULL,
            form("If-Match: %s", header_of(r, "ETag")), NULL);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_status(get(sign_in(officer->login, password_of("dongxoai.chuyenvien")), "/api/v1/me"), 200);
}
END_TEST

START_TEST(reset_password_ends_the_sessions)
{
    struct caller *officer = make_caller("dongxoai.chuyenvien", "officer");
    const struct caller *admin = as("tinh.admin");
    const char *path = form(USERS "/%s", user_id_of(officer->login));
    const char *tag = header_of(get(admin, "%s", path), "ETag");
    const struct reply *r =
        ask(admin, "POST", form("%s/reset-password", path), NULL, form("If-Match: %s", tag), NULL);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_problem(get(officer, "/api/v1/me"), 401, "unauthenticated");
}
END_TEST

START_TEST(admin_writes_no_content)
{
    const struct caller *admin = as("tinh.admin");
    ck_status(post(admin, "/api/v1/documents", "%s", document_body("draft")), 403);
    const struct reply *plan = get(admin, "/api/v1/plans/%s", plan_36());
    ck_status(plan, 200);
    const char *commands[] = {"issue", "close", "submit", "return"};
    for (size_t i = 0; i < 4; i++) {
        const struct reply *r =
            ask(admin, "POST", form("/api/v1/plans/%s/%s", plan_36(), commands[i]), "{}",
                form("If-Match: %s", header_of(plan, "ETag")), NULL);
        ck_assert_msg(r->status == 403, "%s: %ld %s", commands[i], r->status, r->body);
    }
}
END_TEST

START_TEST(login_names_are_checked_and_unique)
{
    const struct caller *admin = as("tinh.admin");
    int unit = unit_of("tanphu.chuyenvien");
    const char *bad[] = {"A", "Chữ.có.dấu", "co khoang trang", "-gach", ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = create_user(admin, bad[i], unit);
        ck_problem(r, 422, "invalid-input");
        ck_field(r, "/login", NULL);
    }
    const struct reply *twice = create_user(admin, "tanphu.chuyenvien", unit);
    ck_problem(twice, 409, "duplicate");
    ck_assert_ptr_null(strstr(twice->body, "tanphu"));
}
END_TEST

START_TEST(no_answer_carries_a_secret)
{
    const struct caller *admin = as("tinh.admin");
    const char *paths[] = {USERS "?limit=200", MEMBERSHIPS "?limit=200", "/api/v1/api-tokens",
                           "/api/v1/sessions", "/api/v1/me"};
    const char *secrets[] = {"password_hash", "argon2", "token_hash", "totp_secret", "\"search\""};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const struct reply *r = get(admin, "%s", paths[i]);
        ck_status(r, 200);
        for (size_t k = 0; k < sizeof secrets / sizeof secrets[0]; k++)
            ck_assert_msg(strstr(r->body, secrets[k]) == NULL, "%s shows %s", paths[i], secrets[k]);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("users");
    TCase *c = new_case(s, "accounts and memberships");
    tcase_add_test(c, admin_makes_an_account_that_can_sign_in);
    tcase_add_test(c, accounts_are_listed_for_admins_of_the_subtree);
    tcase_add_test(c, those_who_are_no_admin_change_no_account);
    tcase_add_test(c, admin_stays_inside_the_own_subtree);
    tcase_add_test(c, membership_cannot_lift_anyone_above_the_admin);
    tcase_add_test(c, membership_cannot_be_moved_out_of_the_subtree);
    tcase_add_test(c, account_cannot_be_moved_out_of_the_subtree);
    tcase_add_test(c, account_that_reaches_further_is_not_taken_over);
    tcase_add_test(c, nobody_makes_oneself_more);
    tcase_add_test(c, admin_changes_role_and_it_acts_at_once);
    tcase_add_test(c, disable_and_enable_act_at_once);
    tcase_add_test(c, reset_password_ends_the_sessions);
    tcase_add_test(c, admin_writes_no_content);
    tcase_add_test(c, login_names_are_checked_and_unique);
    tcase_add_test(c, no_answer_carries_a_secret);
    return run_suite(s);
}
