/* Posts: given by hand, how many there may be, and how they are filled. */
#include "arrange.h"

#define APPOINTMENTS   "/api/v1/appointments"
#define ESTABLISHMENTS "/api/v1/establishments"
#define FIGURES        "/api/v1/establishment-figures"

/* Made by the tests, and nobody else's. */
static void forget(void)
{
    db_do("delete from app.staff where code like 'chuc-%'", NULL);
    db_do("delete from app.establishment where legal_basis = 'thử'", NULL);
}

static const char *hire(const struct caller *c, const char *name)
{
    const struct reply *r =
        post(c, "/api/v1/staff", "{\"code\":\"%s\",\"full_name\":\"%s\"}", fresh("chuc-"), name);
    ck_status(r, 201);
    return text_at(r, "/id");
}

START_TEST(posts_given_by_hand_are_checked)
{
    forget();
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *id = hire(officer, "Tạ Văn Chức");
    const char *body = "{\"staff_id\":\"%s\",\"position_code\":\"%s\",\"valid_from\":\"%s\"%s}";
    ck_field(post(officer, APPOINTMENTS, "{\"staff_id\":\"%s\",\"position_code\":\"officer\"}", id),
             "/valid_from", "required");
    ck_field(post(officer, APPOINTMENTS, "%s", form(body, id, "king", "2021-01-01", "")),
             "/position_code", "not_visible");
    ck_field(post(officer, APPOINTMENTS, "%s", form(body, id, "bloc_head", "2021-01-01", "")),
             "/position_code", "wrong_level");
    ck_field(post(officer, APPOINTMENTS, "%s", form(body, id, "officer", "2021-11-16", "")),
             "/valid_from", "in_future");
    ck_field(post(officer, APPOINTMENTS, "%s",
                  form(body, id, "officer", "2021-01-01", ",\"kind\":\"secondment\"")),
             "/kind", "by_command");
    ck_field(post(officer, APPOINTMENTS, "%s",
                  form(body, id, "officer", "2021-01-01", ",\"valid_to\":\"2020-01-01\"")),
             "/valid_to", "wrong_order");
    ck_field(post(officer, APPOINTMENTS, "%s",
                  form(body, id, "officer", "2021-01-01", ",\"end_cause\":\"left\"")),
             "/valid_to", "required");
    ck_field(post(as("locninh.chuyenvien"), APPOINTMENTS, "%s",
                  form(body, id, "officer", "2021-01-01", "")),
             "/staff_id", "not_visible");
    const struct reply *r =
        post(officer, APPOINTMENTS, "%s", form(body, id, "officer", "2021-01-01", ""));
    ck_status(r, 201);
    const char *post_id = text_at(r, "/id");
    ck_problem(post(officer, APPOINTMENTS, "%s", form(body, id, "employee", "2021-02-01", "")), 409,
               "duplicate");
    const char *path = form(APPOINTMENTS "/%s", post_id);
    r = patch(officer, path, 1, "{\"legal_basis\":\"QĐ 12\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/staff_name"), "Tạ Văn Chức");
    ck_assert_str_eq(text_at(r, "/position"), "officer");
    ck_field(patch(officer, path, 2, "{\"kind\":\"concurrent\"}"), "/kind", "read_only");
    ck_problem(patch(as("tinh.lanhdao"), path, 2, "{\"legal_basis\":\"x\"}"), 403, "forbidden");
    ck_problem(del(officer, path, 2), 403, "forbidden");
    /* a leader ends it by hand as by command, and corrects what has ended */
    const struct caller *leader = as("dongxoai.lanhdao");
    ck_problem(patch(officer, path, 2, "{\"valid_to\":\"2021-06-01\"}"), 403, "forbidden");
    ck_status(patch(leader, path, 2, "{\"valid_to\":\"2021-06-01\"}"), 200);
    ck_problem(patch(officer, path, 3, "{\"valid_to\":null}"), 403, "forbidden");
    ck_problem(patch(officer, path, 3, "{\"legal_basis\":\"QĐ 13\"}"), 403, "forbidden");
    ck_assert(!array_has(get(officer, "%s", path), "/actions", "update"));
    ck_status(patch(leader, path, 3, "{\"valid_to\":\"2021-06-02\"}"), 200);
    ck_status(del(leader, path, 4), 204);
    forget();
}
END_TEST

START_TEST(quotas_are_decided_above)
{
    forget();
    const struct caller *province = as("tinh.chuyenvien");
    int unit = (int)db_int("select id from app.unit where code = 'vp-689'", NULL);
    const struct reply *r = post(province, ESTABLISHMENTS,
                                 "{\"unit_id\":%d,\"position_code\":\"employee\",\"quota\":3,"
                                 "\"valid_from\":\"2021-07-01\",\"legal_basis\":\"thử\"}",
                                 unit);
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/unit_code"), "vp-689");
    ck_assert_str_eq(text_at(r, "/position_name"), "Nhân viên");
    const char *path = form(ESTABLISHMENTS "/%s", text_at(r, "/id"));
    ck_field(post(province, ESTABLISHMENTS,
                  "{\"unit_id\":%d,\"position_code\":\"officer\",\"quota\":-1,\"valid_from\":"
                  "\"2021-07-01\"}",
                  unit),
             "/quota", "out_of_range");
    ck_problem(post(province, ESTABLISHMENTS,
                    "{\"unit_id\":%d,\"position_code\":\"employee\",\"quota\":1,\"valid_from\":"
                    "\"2022-07-01\"}",
                    unit),
               409, "duplicate");
    ck_field(patch(province, path, 1, "{\"valid_to\":\"2020-01-01\"}"), "/valid_to", "wrong_order");
    ck_status(patch(province, path, 1, "{\"quota\":2}"), 200);
    const char *others[] = {"tinh.xem", "tinh.admin", "phunu.tinh.chuyenvien"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_status(patch(as(others[i]), path, 2, "{\"quota\":9}"), i == 2 ? 404 : 403);
    ck_problem(patch(as("locninh.chuyenvien"), path, 2, "{\"quota\":9}"), 404, "not-found");
    ck_assert_uint_eq(
        count_at(get(province, ESTABLISHMENTS "?unit=%d&as_of=2021-06-30", unit), "/items"), 0);
    ck_assert_uint_eq(
        count_at(get(province, ESTABLISHMENTS "?unit=%d&as_of=2021-07-01", unit), "/items"), 1);
    r = get(province, FIGURES "?by=position&unit=%d&subtree=false", unit);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/items/0/group_code"), "employee");
    ck_assert_int_eq(int_at(r, "/items/0/vacancies"), 2);
    ck_field(get(province, FIGURES "?by=gender"), "?by", "not_a_choice");
    ck_field(get(as("locninh.chuyenvien"), FIGURES "?unit=%d", unit), "/unit", "not_visible");
    ck_status(del(province, path, 2), 204);
    ck_assert_int_ge(find_item(get(province, "/api/v1/positions?limit=100"), "code", "bloc_head"),
                     0);
    forget();
}
END_TEST

START_TEST(figures_of_the_demonstration_tell_of_nobody)
{
    const struct reply *r = get(as("tinh.xem"), FIGURES "?by=unit&limit=200");
    ck_status(r, 200);
    for (size_t i = 0; i < count_at(r, "/items"); i++) {
        const char *women = form("/items/%zu/women_count", i);
        int64_t filled = int_at(r, form("/items/%zu/filled", i));
        ck_assert_msg(filled == 0 || filled >= 10 || is_null_at(r, women), "%s of %d", women,
                      (int)filled);
        ck_assert_int_eq(is_null_at(r, women),
                         array_has(r, form("/items/%zu/suppressed", i), "women_count"));
    }
    r = get(as("tinh.xem"), FIGURES "?by=level");
    ck_assert(!is_null_at(r, "/items/0/women_count"));
    ck_assert_str_eq(text_at(r, "/items/0/shares_on"), "2021-10-01");
    r = get(as("tinh.xem"), FIGURES "?by=level&as_of=2022-03-31");
    ck_assert_str_eq(text_at(r, "/items/0/shares_on"), "2022-01-01");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("staff posts");
    TCase *c = new_case(s, "posts");
    tcase_add_test(c, posts_given_by_hand_are_checked);
    tcase_add_test(c, quotas_are_decided_above);
    tcase_add_test(c, figures_of_the_demonstration_tell_of_nobody);
    return run_suite(s);
}
