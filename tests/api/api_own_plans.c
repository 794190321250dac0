/* A ward writes the plan that carries out plan 36, from draft to issue; the levels above see it. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define PLANS "/api/v1/plans"
#define ITEMS "/api/v1/plan-items"

static struct reply *command(const struct caller *c, const char *plan, const char *name,
                             const char *body)
{
    const struct reply *now = get(c, PLANS "/%s", plan);
    ck_status(now, 200);
    return ask(c, "POST", form(PLANS "/%s/%s", plan, name), body,
               form("If-Match: %s", header_of(now, "ETag")), NULL);
}

static const char *draft(const struct caller *c)
{
    const struct reply *r = post(c, PLANS,
                                 "{\"number\":\"%s\",\"title\":\"Kế hoạch thực hiện Kế hoạch 36\","
                                 "\"parent_plan_id\":\"%s\",\"report_outline\":\"plan_36\","
                                 "\"signed_on\":\"2021-11-12\","
                                 "\"period_from\":\"2021-11-01\",\"period_to\":\"2022-12-31\"}",
                                 fresh("KH-"), plan_36());
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/report_outline"), "plan_36");
    ck_assert(array_has(r, "/actions", "take-items"));
    return text_at(r, "/id");
}

static const char *item_of(const struct caller *c, const char *plan, const char *code)
{
    const struct reply *r = get(c, ITEMS "?plan=%s&code=%s", plan, code);
    ck_status(r, 200);
    return text_at(r, "/items/0/id");
}

static void remove_plan(const char *plan)
{
    db_do("delete from app.assignment where plan_id = $1::uuid", plan);
    db_do("delete from app.assignment_count where plan_id = $1::uuid", plan);
    db_do("delete from app.plan where id = $1::uuid", plan);
}

static int64_t covered(const struct caller *c, const char *code)
{
    const struct reply *r = get(c, "/api/v1/plan-coverage?plan=%s&limit=100", plan_36());
    ck_status(r, 200);
    return int_at(r, form("/items/%d/plan_count", find_item(r, "code", code)));
}

START_TEST(a_ward_carries_out_plan_36)
{
    const struct caller *officer = as("tanphu.chuyenvien");
    const struct caller *leader = as("tanphu.lanhdao");
    const struct caller *province = as("tinh.lanhdao");
    int64_t before = covered(province, "T1.2d");
    const char *plan = draft(officer);
    const struct reply *r =
        command(officer, plan, "take-items", "{\"codes\":[\"T1.2d\",\"T1.3\"]}");
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/taken"), 5); /* and II, II.1, II.1.2 */
    r = get(officer, ITEMS "?plan=%s&code=T1.3", plan);
    ck_assert_str_eq(text_at(r, "/items/0/carries_out_code"), "T1.3");
    ck_assert_str_eq(text_at(r, "/items/0/carries_out_id"), item_of(officer, plan_36(), "T1.3"));
    static const char *const codes[] = {"T1.2d", "T1.3"};
    for (size_t i = 0; i < 2; i++) {
        const char *item = item_of(officer, plan, codes[i]);
        ck_status(post(officer, "/api/v1/responsibilities",
                       "{\"plan_item_id\":\"%s\",\"role\":\"lead\",\"unit_id\":%d}", item,
                       unit_of("tanphu.chuyenvien")),
                  201);
        ck_status(post(officer, "/api/v1/schedules",
                       "{\"plan_item_id\":\"%s\",\"level_id\":3,\"recurrence\":\"once\",\"label\":"
                       "\"Một lần\",\"starts_on\":\"2021-11-01\",\"due_on\":\"2021-12-20\"}",
                       item),
                  201);
    }
    ck_problem(get(province, PLANS "/%s", plan), 404, "not-found");
    ck_assert_int_eq(covered(province, "T1.2d"), before); /* a draft counts for nobody */
    ck_status(command(officer, plan, "submit", "{}"), 200);
    ck_problem(command(officer, plan, "issue", "{}"), 403, "forbidden");
    r = command(leader, plan, "issue", "{}");
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/assignments"), 2);
    ck_assert_str_eq(text_at(r, "/suggests/0/item_code"), "T1.3");
    ck_assert_int_eq(covered(province, "T1.2d"), before + 1);
    ck_assert_int_eq(db_int("select count(*) from app.assignment as a join app.unit as u on u.id ="
                            " a.lead_unit_id where a.plan_id = $1::uuid and u.code <> 'kdv-25195'",
                            plan),
                     0);
    r = get(province, "/api/v1/plan-carriers?plan=%s&state=on_time&limit=200", plan_36());
    ck_status(r, 200);
    int at = find_item(r, "own_plan_id", plan);
    ck_assert_int_ge(at, 0);
    ck_assert_int_eq(int_at(r, form("/items/%d/unit_id", at)), unit_of("tanphu.chuyenvien"));
    ck_assert_int_eq(int_at(r, form("/items/%d/item_count", at)), 2);
    remove_plan(plan);
}
END_TEST

START_TEST(what_cannot_be_taken_is_named)
{
    const struct caller *officer = as("tanphu.chuyenvien");
    const char *plan = draft(officer);
    ck_field(command(officer, plan, "take-items", "{\"codes\":[\"T9.9\"]}"), "/codes",
             "not_visible");
    ck_field(command(officer, plan, "take-items", "{}"), "/codes", "required");
    ck_field(command(officer, plan, "take-items", "{\"codes\":[]}"), "/codes", NULL);
    ck_status(
        ask(officer, "POST", form(PLANS "/%s/take-items", plan), "{\"codes\":[\"T1.3\"]}", NULL),
        428);
    ck_problem(ask(officer, "POST", form(PLANS "/%s/take-items", plan), "{\"codes\":[\"T1.3\"]}",
                   "If-Match: \"9\"", NULL),
               412, "stale-version");
    ck_problem(ask(as("dongxoai.chuyenvien"), "POST", form(PLANS "/%s/take-items", plan),
                   "{\"codes\":[\"T1.3\"]}", "If-Match: \"1\"", NULL),
               404, "not-found");
    const struct reply *r = post(
        officer, ITEMS,
        "{\"plan_id\":\"%s\",\"kind\":\"task\",\"code\":\"R1\",\"outline\":\"1\",\"position\":1,"
        "\"title\":\"x\",\"carries_out_id\":\"00000000-0000-4000-8000-000000000000\"}",
        plan);
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "/carries_out_id", "not_of_parent");
    r = post(officer, ITEMS,
             "{\"plan_id\":\"%s\",\"kind\":\"task\",\"code\":\"R1\",\"outline\":\"1\","
             "\"position\":1,\"title\":\"x\",\"asks_own_plan\":true}",
             plan);
    ck_status(r, 201);
    r = post(officer, "/api/v1/responsibilities",
             "{\"plan_item_id\":\"%s\",\"role\":\"lead\",\"unit_id\":%d}", text_at(r, "/id"),
             unit_of("dongxoai.chuyenvien"));
    ck_field(r, "/unit_id", "outside_issuer");
    r = post(officer, PLANS,
             "{\"number\":\"%s\",\"title\":\"x\",\"report_outline\":\"khac\","
             "\"period_from\":\"2021-11-01\",\"period_to\":\"2022-12-31\"}",
             fresh("KH-"));
    ck_field(r, "/report_outline", "not_a_choice");
    remove_plan(plan);
}
END_TEST

START_TEST(coverage_is_each_ones_own)
{
    struct json_object *all =
        walk(as("tinh.xem"), form("/api/v1/plan-carriers?plan=%s&limit=50", plan_36()));
    ck_assert_uint_eq(json_object_array_length(all), 123); /* 1 + 11 + 111 */
    all = walk(as("dongxoai.chuyenvien"), form("/api/v1/plan-carriers?plan=%s&limit=5", plan_36()));
    ck_assert_uint_eq(json_object_array_length(all), 9);
    ck_problem(get(as("tinh.xem"), "/api/v1/plan-coverage"), 400, "bad-query");
    ck_problem(get(as("tinh.xem"), "/api/v1/plan-carriers?plan=%s&state=done", plan_36()), 400,
               "bad-query");
    struct json_object *bare = walk(
        as("tinh.xem"), form("/api/v1/plan-coverage?plan=%s&uncovered=true&limit=100", plan_36()));
    struct json_object *done = walk(
        as("tinh.xem"), form("/api/v1/plan-coverage?plan=%s&uncovered=false&limit=100", plan_36()));
    ck_assert_uint_eq(json_object_array_length(bare) + json_object_array_length(done), 50);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("own plans");
    TCase *t = new_case(s, "own plans");
    tcase_add_test(t, a_ward_carries_out_plan_36);
    tcase_add_test(t, what_cannot_be_taken_is_named);
    tcase_add_test(t, coverage_is_each_ones_own);
    return run_suite(s);
}
