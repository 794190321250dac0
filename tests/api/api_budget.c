/* A budget line from draft to spending through the service, its refusals, and what lists and files
 * tell. */
#include <string.h>

#include "arrange.h"

#define LINES "/api/v1/budget-lines"

static const char *item_id(const char *code)
{
    return db_text("select id from app.plan_item where code = $1 and plan_id ="
                   " '017b4fe7-da80-7000-8000-000000000a36'",
                   code);
}

/* So that the program can run again on one database: what it made before is gone. Entries are never
 * deleted otherwise, so their triggers are silenced. */
static void forget_lines(void)
{
    db_do("do $$ begin set local session_replication_role = replica;"
          " delete from app.budget_entry where budget_line_id in (select id from app.budget_line"
          " where note = 'Thử API');"
          " delete from app.budget_line where note = 'Thử API'; end $$",
          NULL);
}

static const struct reply *estimate(const struct caller *c, const char *item, const char *amount)
{
    return post(c, LINES,
                "{\"plan_item_id\":\"%s\",\"year\":2024,\"estimate_amount\":%s,\"note\":\"Thử "
                "API\"}",
                item_id(item), amount);
}

/* Sends a command with the version of the moment. */
static const struct reply *tell(const struct caller *c, const char *line, const char *name,
                                const char *body)
{
    int64_t version = db_int("select version from app.budget_line where id = $1", line);
    return ask(c, "POST", form(LINES "/%s/%s", line, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

/* The caller's unit was told of the line under this topic, with the way to it. */
static void ck_told(const struct caller *c, const char *topic, const char *line)
{
    const struct reply *r = get(c, "/api/v1/notices?topic=%s&limit=200", topic);
    int i = find_item(r, "resource_id", line);
    ck_assert_int_ge(i, 0);
    ck_assert_str_eq(text_at(r, form("/items/%d/link", i)), form("/budget-lines/%s", line));
}

START_TEST(a_line_from_draft_to_spending)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    const struct caller *above = as("tinh.lanhdao");
    forget_lines();
    const struct reply *r = estimate(officer, "T1.2d", "40000000");
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/status"), "draft");
    ck_assert_int_eq(int_at(r, "/estimate_amount"), 40000000);
    ck_assert_str_eq(text_at(r, "/owner_unit_code"), "bdv-689");
    ck_assert(array_has(r, "/actions", "submit"));
    const char *line = text_at(r, "/id");
    ck_problem(estimate(officer, "T1.2d", "1"), 409, "duplicate");
    ck_problem(get(above, LINES "/%s", line), 404, "not-found");
    ck_problem(post(officer, form(LINES "/%s/submit", line), "{}"), 428, "version-required");
    ck_status(tell(officer, line, "submit", "{}"), 200);
    r = get(above, LINES "/%s", line);
    ck_status(r, 200);
    ck_assert(array_has(r, "/actions", "approve"));
    ck_told(above, "budget_submitted", line);
    r = patch(officer, form(LINES "/%s", line), int_at(r, "/version"), "{\"note\":\"x\"}");
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "frozen");

    ck_problem(tell(officer, line, "approve", "{\"amount\":1}"), 403, "forbidden");
    ck_field(tell(above, line, "approve", "{\"amount\":-1}"), "/amount", "out_of_range");
    r = tell(above, line, "approve", "{\"amount\":36000000}");
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/approved_amount"), 36000000);
    ck_field(tell(officer, line, "spend", "{\"amount\":1,\"spent_on\":\"2021-11-01\"}"),
             "/spent_on", "outside_year");
    ck_field(tell(above, line, "adjust", "{\"amount\":-36000001,\"reason\":\"x\"}"), "/amount",
             "out_of_range");
    ck_status(tell(above, line, "adjust", "{\"amount\":-1000000,\"reason\":\"Tiết kiệm\"}"), 200);
    ck_told(officer, "budget_approved", line);
    ck_told(officer, "budget_adjusted", line);
    r = get(above, "/api/v1/budget-entries?budget_line=%s", line);
    ck_assert_uint_eq(count_at(r, "/items"), 3);
    ck_assert_str_eq(text_at(r, "/items/0/kind"), "estimate");
    ck_problem(get(as("locninh.chuyenvien"), LINES "/%s", line), 404, "not-found");
}
END_TEST

START_TEST(a_line_is_checked)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    forget_lines();
    ck_field(estimate(officer, "T4", "1"), "/plan_item_id", "not_led");
    ck_field(estimate(officer, "T1.4", "-1"), "/estimate_amount", "out_of_range");
    ck_field(estimate(officer, "T1.4", "1000000000001"), "/estimate_amount", "out_of_range");
    ck_field(estimate(officer, "T1.4", "\"1\""), "/estimate_amount", "wrong_type");
    ck_problem(estimate(as("tinh.xem"), "T4", "1"), 403, "forbidden");
    ck_field(post(officer, LINES, "{\"year\":2024,\"estimate_amount\":1}"), "/plan_item_id",
             "required");
}
END_TEST

START_TEST(totals_and_files)
{
    const struct caller *officer = as("tinh.chuyenvien");
    forget_lines();
    const char *line = text_at(estimate(officer, "T4", "999999999999"), "/id");
    ck_status(tell(officer, line, "submit", "{}"), 200);
    const struct reply *r = get(officer, "/api/v1/budget-totals?year=2024&by=item&limit=200");
    int i = find_item(r, "group_code", "T4");
    ck_assert_int_ge(i, 0);
    ck_assert_int_eq(int_at(r, form("/items/%d/estimate_amount", i)), 999999999999);
    r = ask(officer, "GET", LINES "?year=2024", NULL, "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "remaining_amount"));
    ck_assert_ptr_nonnull(strstr(r->body, "999999999999"));
    ck_field(get(officer, "/api/v1/budget-totals?by=moon"), "?by", "not_a_choice");
}
END_TEST

START_TEST(a_plan_over_its_years)
{
    const struct caller *viewer = as("tinh.xem");
    const struct reply *r = get(viewer, "/api/v1/plan-years?plan=%s&limit=200", plan_36());
    ck_status(r, 200);
    int i = find_item(r, "phase", "Kiểm tra, tổng kết 5 năm");
    ck_assert_int_ge(i, 0);
    ck_assert_int_eq(int_at(r, form("/items/%d/year", i)), 2025);
    ck_field(get(viewer, "/api/v1/plan-years"), "?plan", "required");
    r = get(viewer, "/api/v1/plan-year-details?item=%s", item_id("T1.1"));
    ck_status(r, 200);
    /* the province and eleven districts */
    ck_assert_uint_eq(count_at(r, "/items"), 12);
    r = get(viewer, "/api/v1/plan-phases?plan=%s", plan_36());
    ck_assert_uint_eq(count_at(r, "/items"), 3);
    r = ask(viewer, "GET", form("/api/v1/plan-years?plan=%s&by=level", plan_36()), NULL,
            "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "never_reported"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("budget");
    TCase *c = new_case(s, "budget");
    tcase_add_test(c, a_line_from_draft_to_spending);
    tcase_add_test(c, a_line_is_checked);
    tcase_add_test(c, totals_and_files);
    tcase_add_test(c, a_plan_over_its_years);
    return run_suite(s);
}
