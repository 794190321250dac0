/* The inbox, seen from outside. */
#include <stdlib.h>

#include "arrange.h"

#define NOTICES "/api/v1/notices"

/* A notice for the unit of `login`, told under a fresh key; its id. */
static const char *tell(const char *login, const char *topic)
{
    const char *key = fresh("api ");
    db_do(form("select private.notify_unit(%d, '%s', $1, 'escalated', p_due_on => '2021-10-31',"
               " p_count => 2)",
               unit_of(login), topic),
          key);
    return db_text("select id::text from app.notice where once_key = $1", key);
}

START_TEST(newest_first_with_words_and_link)
{
    const char *older = tell("dongxoai.chuyenvien", "report_returned");
    const char *id = tell("dongxoai.chuyenvien", "assignments_due");
    const struct reply *r = get(as("dongxoai.chuyenvien"), NOTICES "?limit=2");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/items/0/id"), id);
    ck_assert_str_eq(text_at(r, "/items/1/id"), older);
    ck_assert_str_eq(text_at(r, "/items/0/title"),
                     "Đơn vị cấp dưới: 2 nhiệm vụ đã quá hạn (hạn 31/10/2021)");
    ck_assert_str_eq(text_at(r, "/items/1/title"), "Báo cáo được trả lại để bổ sung");
    ck_assert_int_eq(int_at(r, "/items/0/count"), 2);
    r = get(as("dongxoai.chuyenvien"), NOTICES "?topic=report_returned&limit=1");
    ck_assert_str_eq(text_at(r, "/items/0/id"), older);
}
END_TEST

START_TEST(read_is_the_readers_own)
{
    struct caller *me = make_caller("dongxoai.chuyenvien", "officer");
    struct caller *colleague = make_caller("dongxoai.chuyenvien", "viewer");
    const char *id = tell("dongxoai.chuyenvien", "plan_issued");
    int64_t unread = int_at(get(me, "/api/v1/me"), "/unread_notices");
    const struct reply *r = post(me, form(NOTICES "/%s/read", id), "{}");
    ck_status(r, 200);
    ck_assert(json_object_get_boolean(at(r, "/is_read")));
    ck_assert_uint_eq(count_at(r, "/actions"), 0);
    ck_status(post(me, form(NOTICES "/%s/read", id), "{}"), 200);
    ck_assert_int_eq(int_at(get(me, "/api/v1/me"), "/unread_notices"), unread - 1);
    r = get(colleague, NOTICES "/%s", id);
    ck_assert(!json_object_get_boolean(at(r, "/is_read")));
    ck_assert(array_has(r, "/actions", "read"));
    ck_status(ask(colleague, "POST", NOTICES "/read-all", NULL, NULL), 204);
    ck_assert_int_eq(int_at(get(colleague, "/api/v1/me"), "/unread_notices"), 0);
    ck_assert_uint_eq(count_at(get(colleague, NOTICES "?unread=true"), "/items"), 0);
    ck_assert_int_eq(int_at(get(me, "/api/v1/me"), "/unread_notices"), unread - 1);
}
END_TEST

START_TEST(other_units_see_nothing_of_it)
{
    const char *id = tell("dongxoai.chuyenvien", "plan_issued");
    ck_problem(get(as("tinh.lanhdao"), NOTICES "/%s", id), 404, "not-found");
    ck_problem(get(as("tanphu.chuyenvien"), NOTICES "/%s", id), 404, "not-found");
    ck_problem(post(as("tanphu.chuyenvien"), form(NOTICES "/%s/read", id), "{}"), 404, "not-found");
}
END_TEST

START_TEST(bad_requests_are_refused)
{
    ck_problem(get(as("tanphu.chuyenvien"), NOTICES "?topic=nothing"), 400, "bad-query");
    ck_problem(get(as("tanphu.chuyenvien"), NOTICES "?unread=maybe"), 400, "bad-query");
    ck_problem(get(as("tanphu.chuyenvien"), NOTICES "?updated_since=soon"), 400, "bad-query");
    ck_problem(post(as("tanphu.chuyenvien"), NOTICES, "{}"), 405, "method-not-allowed");
    ck_problem(post(&nobody, NOTICES "/read-all", "{}"), 401, "unauthenticated");
}
END_TEST

START_TEST(mail_is_off_until_the_administrator_sets_it)
{
    const char *login =
        make_account("dongxoai.chuyenvien", unit_of("dongxoai.chuyenvien"), "officer");
    const char *path = form("/api/v1/users/%s", user_id_of(login));
    const struct reply *r = get(as("tinh.admin"), "%s", path);
    ck_status(r, 200);
    ck_assert(!json_object_get_boolean(at(r, "/wants_mail")));
    r = patch(as("tinh.admin"), path, int_at(r, "/version"),
              "{\"wants_mail\":true,\"email\":\"a@example.vn\"}");
    ck_status(r, 200);
    ck_assert(json_object_get_boolean(at(r, "/wants_mail")));
    tell("dongxoai.chuyenvien", "plan_issued");
    ck_assert_int_eq(
        db_int("select count(*) from private.mail where user_id = $1::uuid", user_id_of(login)), 1);
    db_do("update app.user_account set wants_mail = false where login = $1", login);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("notices");
    TCase *c = new_case(s, "inbox");
    tcase_add_test(c, newest_first_with_words_and_link);
    tcase_add_test(c, read_is_the_readers_own);
    tcase_add_test(c, other_units_see_nothing_of_it);
    tcase_add_test(c, bad_requests_are_refused);
    tcase_add_test(c, mail_is_off_until_the_administrator_sets_it);
    return run_suite(s);
}
