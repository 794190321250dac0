/* Indicators, targets and their answers, and the own part of a unit's values. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define API        "/api/v1"
#define INDICATORS API "/indicators"
#define TARGETS    API "/targets"
#define VALUES     API "/indicator-values"
#define ANSWERS    API "/target-answers"

/* ---- a small plan of the provincial board with one period, as facts ---- */

struct plan {
    const char *id;
    const char *value; /* an indicator of kind value, asked of the boards of the districts */
    const char *ratio;
    const char *report; /* the draft of Đồng Xoài, with both values asked */
};

static struct plan make_plan(void)
{
    struct plan p;
    p.id = db_text(
        "insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status)"
        " select $1, 'Thử', id, '2021-01-01', '2025-12-31', 'in_force' from app.unit"
        " where code = 'bdv-70' returning id",
        fresh("T-"));
    const char *period = make_period(p.id, "year", "2021-11-01", "2021-12-15", "2022-01-30");
    const char *add =
        "insert into app.indicator (plan_id, code, name, measure_unit, kind, direction,"
        " roll_up, frequency, position) values ($1::uuid, '%s', '%s', 'việc', '%s',"
        " 'up', '%s', 'year', 10) returning id";
    p.value = db_text(form(add, "V", "Giá trị", "value", "sum"), p.id);
    p.ratio = db_text(form(add, "R", "Tỷ lệ", "ratio", "ratio"), p.id);
    db_do("insert into app.indicator_ask (indicator_id, level_id, line_id)"
          " select id, 2, 1 from app.indicator where plan_id = $1::uuid",
          p.id);
    p.report = make_report(period, unit_of("dongxoai.chuyenvien"), unit_of("tinh.chuyenvien"));
    db_do("update app.report set status = 'draft' where id = $1::uuid", p.report);
    db_do("select private.report_prefill_values($1::uuid)", p.report);
    return p;
}

static const char *value_id(const struct plan *p, const char *code)
{
    const struct reply *r = get(as("dongxoai.chuyenvien"), VALUES "?report=%s", p->report);
    ck_status(r, 200);
    int at_item = find_item(r, "indicator_code", code);
    ck_assert_int_ge(at_item, 0);
    return text_at(r, form("/items/%d/id", at_item));
}

/* ---- K1 to K6 ---- */

START_TEST(plan_36_has_its_indicators_in_order)
{
    static const char *const codes[] = {"K1", "K2", "K3", "K4a", "K4b", "K5", "K6"};
    const struct reply *r =
        get(as("tanphu.chuyenvien"), INDICATORS "?plan=%s&limit=200", plan_36());
    ck_status(r, 200);
    size_t seen = 0;
    for (size_t i = 0; i < count_at(r, "/items") && seen < 7; i++)
        if (strcmp(text_at(r, form("/items/%zu/code", i)), codes[seen]) == 0)
            seen++;
    ck_assert_uint_eq(seen, 7);
    ck_assert_uint_eq(count_at(r, "/items/0/actions"), 0);
}
END_TEST

START_TEST(k1_is_told_by_ratings_of_five_bodies)
{
    const struct reply *r = get(as("tinh.xem"), INDICATORS "?plan=%s&code=K1", plan_36());
    ck_status(r, 200);
    const struct reply *k1 = get(as("tinh.xem"), INDICATORS "/%s", text_at(r, "/items/0/id"));
    ck_status(k1, 200);
    ck_assert_str_eq(text_at(k1, "/source"), "rating");
    ck_assert_uint_eq(count_at(k1, "/asks"), 5);
    ck_assert_uint_eq(count_at(k1, "/targets"), 5);
    ck_assert_int_eq(int_at(k1, "/targets/0/threshold"), 90);
    ck_assert_str_eq(text_at(k1, "/item_code"), "K1");
    r = get(as("tinh.xem"), INDICATORS "?plan=%s&code=K3", plan_36());
    const struct reply *k3 = get(as("tinh.xem"), INDICATORS "/%s", text_at(r, "/items/0/id"));
    ck_assert_str_eq(text_at(k3, "/items/0/item_code"), "T4");
}
END_TEST

START_TEST(answers_of_plan_36_name_each_body)
{
    const struct reply *r = get(as("tinh.xem"), ANSWERS "?plan=%s&year=2021&limit=200", plan_36());
    ck_status(r, 200);
    int k1 = 0;
    for (size_t i = 0; i < count_at(r, "/items"); i++) {
        if (strcmp(text_at(r, form("/items/%zu/indicator_code", i)), "K1") != 0)
            continue;
        k1++;
        ck_assert_int_eq(int_at(r, form("/items/%zu/asked_count", i)), 111);
    }
    ck_assert_int_eq(k1, 5);
    /* a page of it, and the next */
    ck_assert_uint_eq(json_object_array_length(walk(
                          as("tinh.xem"), form(ANSWERS "?plan=%s&year=2021&limit=2", plan_36()))),
                      count_at(r, "/items"));
}
END_TEST

/* ---- writing indicators and targets ---- */

START_TEST(an_indicator_is_written_by_the_issuer)
{
    struct plan p = make_plan();
    const struct caller *officer = as("tinh.chuyenvien");
    const char *body = form("{\"plan_id\":\"%s\",\"code\":\"M1\",\"name\":\"Số mô hình\","
                            "\"measure_unit\":\"mô hình\",\"kind\":\"value\",\"direction\":\"up\","
                            "\"roll_up\":\"sum\",\"frequency\":\"year\",\"position\":30}",
                            p.id);
    ck_problem(post(as("tinh.xem"), INDICATORS, "%s", body), 403, "forbidden");
    ck_problem(post(as("dongxoai.chuyenvien"), INDICATORS, "%s", body), 403, "forbidden");
    const struct reply *made = post(officer, INDICATORS, "%s", body);
    ck_status(made, 201);
    ck_assert(array_has(made, "/actions", "update"));
    ck_problem(post(officer, INDICATORS, "%s", body), 409, "duplicate");
    const char *id = text_at(made, "/id");

    const struct reply *ask_row =
        post(officer, API "/indicator-asks",
             "{\"indicator_id\":\"%s\",\"level_id\":2,\"line_id\":1}", id);
    ck_status(ask_row, 201);
    ck_field(post(officer, API "/indicator-asks",
                  "{\"indicator_id\":\"%s\",\"level_id\":2,\"line_id\":99}", id),
             "/line_id", "not_visible");
    const struct reply *now = get(officer, INDICATORS "/%s", id);
    ck_assert_str_eq(text_at(now, "/asks/0/level"), "district");
    ck_assert_str_eq(text_at(now, "/asks/0/line"), "mobilization");
    ck_status(
        ask(officer, "DELETE", form(API "/indicator-asks/%s", text_at(ask_row, "/id")), NULL, NULL),
        204);

    const char *path = form(INDICATORS "/%s", id);
    ck_field(patch(officer, path, int_at(now, "/version"), "{\"roll_up\":\"ratio\"}"), "/roll_up",
             "wrong_measure");
    ck_field(
        patch(officer, path, int_at(now, "/version"), "{\"until_year\":2020,\"from_year\":2021}"),
        "/until_year", "wrong_order");
    ck_field(patch(officer, path, int_at(now, "/version"), "{\"frequency\":\"decade\"}"),
             "/frequency", "not_visible");
    ck_problem(patch(as("dongxoai.chuyenvien"), path, int_at(now, "/version"), "{\"name\":\"x\"}"),
               403, "forbidden");
    const struct reply *better =
        patch(officer, path, int_at(now, "/version"), "{\"name\":\"Mô hình\"}");
    ck_status(better, 200);
    ck_problem(patch(officer, path, int_at(now, "/version"), "{\"name\":\"Cũ\"}"), 412,
               "stale-version");
    ck_status(del(officer, path, int_at(better, "/version")), 204);
}
END_TEST

START_TEST(what_an_indicator_means_stays_once_answered)
{
    struct plan p = make_plan();
    const struct caller *officer = as("tinh.chuyenvien");
    const char *path = form(INDICATORS "/%s", p.value);
    const struct reply *now = get(officer, "%s", path);
    ck_field(patch(officer, path, int_at(now, "/version"), "{\"roll_up\":\"last\"}"), "/roll_up",
             "already_answered");
    ck_problem(del(officer, path, int_at(now, "/version")), 409, "conflict");
}
END_TEST

START_TEST(a_target_is_set_in_the_indicators_own_measure)
{
    struct plan p = make_plan();
    const struct caller *officer = as("tinh.chuyenvien");
    const char *body =
        "{\"indicator_id\":\"%s\",\"year\":%d,\"comparator\":\"%s\",\"threshold\":%d}";
    const struct reply *made = post(officer, TARGETS, body, p.ratio, 2021, ">=", 90);
    ck_status(made, 201);
    ck_assert(is_null_at(made, "/line_id"));
    ck_problem(post(officer, TARGETS, body, p.ratio, 2021, ">=", 80), 409, "duplicate");
    ck_field(post(officer, TARGETS, body, p.ratio, 2022, ">=", 101), "/threshold", "out_of_range");
    ck_field(post(officer, TARGETS, body, p.ratio, 2031, ">=", 90), "/year", "out_of_range");
    ck_field(post(officer, TARGETS, body, p.ratio, 2022, "!=", 90), "/comparator", "not_a_choice");
    ck_problem(post(as("dongxoai.chuyenvien"), TARGETS, body, p.ratio, 2022, ">=", 90), 403,
               "forbidden");
    const struct reply *list = get(as("tinh.xem"), TARGETS "?indicator=%s&year=2021", p.ratio);
    ck_status(list, 200);
    ck_assert_uint_eq(count_at(list, "/items"), 1);
    const char *path = form(TARGETS "/%s", text_at(made, "/id"));
    ck_status(patch(officer, path, 1, "{\"threshold\":80}"), 200);
    ck_status(del(officer, path, 2), 204);
}
END_TEST

/* ---- values ---- */

START_TEST(a_unit_writes_its_own_part)
{
    struct plan p = make_plan();
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *path = form(VALUES "/%s", value_id(&p, "V"));
    const struct reply *now = get(officer, "%s", path);
    ck_status(now, 200);
    ck_assert(is_null_at(now, "/own_value"));
    ck_assert(array_has(now, "/actions", "update"));
    const struct reply *zero = patch(officer, path, int_at(now, "/version"), "{\"own_value\":0}");
    ck_status(zero, 200);
    ck_assert_int_eq(int_at(zero, "/own_value"), 0);
    ck_problem(patch(officer, path, int_at(now, "/version"), "{\"own_value\":5}"), 412,
               "stale-version");
    int64_t version = int_at(zero, "/version");
    ck_field(patch(officer, path, version, "{\"own_numerator\":1,\"own_denominator\":2}"),
             "/own_numerator", "wrong_measure");
    ck_field(patch(officer, path, version, "{\"own_value\":\"1\"}"), "/own_value", "wrong_type");
    ck_field(patch(officer, path, version, "{\"gathered_value\":1}"), "/gathered_value",
             "read_only");
    ck_field(patch(officer, path, version, "{\"is_approved\":true}"), "/is_approved", "read_only");

    path = form(VALUES "/%s", value_id(&p, "R"));
    version = int_at(get(officer, "%s", path), "/version");
    ck_field(patch(officer, path, version, "{\"own_numerator\":1}"), "/own_denominator",
             "required");
    ck_field(patch(officer, path, version, "{\"own_numerator\":3,\"own_denominator\":2}"),
             "/own_numerator", "out_of_range");
    ck_field(patch(officer, path, version, "{\"own_numerator\":-1,\"own_denominator\":2}"),
             "/own_numerator", "out_of_range");
    ck_status(patch(officer, path, version, "{\"own_numerator\":1,\"own_denominator\":2}"), 200);
}
END_TEST

START_TEST(nobody_else_writes_it_and_nobody_while_it_is_frozen)
{
    struct plan p = make_plan();
    const char *path = form(VALUES "/%s", value_id(&p, "V"));
    ck_problem(get(as("tinh.lanhdao"), "%s", path), 404, "not-found"); /* a draft */
    ck_problem(patch(as("locninh.chuyenvien"), path, 1, "{\"own_value\":1}"), 404, "not-found");
    db_do("update app.report set status = 'submitted', submission_count = 1, submitted_on ="
          " '2021-11-14' where id = $1::uuid",
          p.report);
    ck_status(get(as("tinh.lanhdao"), "%s", path), 200);
    ck_problem(patch(as("tinh.lanhdao"), path, 1, "{\"own_value\":1}"), 403, "forbidden");
    ck_problem(patch(as("dongxoai.chuyenvien"), path, 1, "{\"own_value\":1}"), 409, "conflict");
    const struct reply *r = get(as("dongxoai.chuyenvien"), "%s", path);
    ck_assert_uint_eq(count_at(r, "/actions"), 0);
    ck_assert(is_null_at(r, "/own_value"));
}
END_TEST

START_TEST(answers_tell_no_data_from_zero)
{
    struct plan p = make_plan();
    db_do("insert into app.target (indicator_id, year, comparator, threshold)"
          " values ($1::uuid, 2021, '<=', 5)",
          p.value);
    const struct caller *viewer = as("tinh.xem");
    const struct reply *r = get(viewer, ANSWERS "?plan=%s&year=2021", p.id);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_str_eq(text_at(r, "/items/0/answer"), "no_data");
    ck_assert(is_null_at(r, "/items/0/value"));
    ck_assert_int_eq(int_at(r, "/items/0/asked_count"), 11);
    ck_assert_int_eq(int_at(r, "/items/0/said_count"), 0);

    db_do("update app.indicator_value set own_value = 0 where report_id = $1::uuid and "
          "own_denominator"
          " is null and indicator_id in (select id from app.indicator where kind = 'value')",
          p.report);
    db_do("update app.report set status = 'approved', submission_count = 1, submitted_on ="
          " '2021-11-14' where id = $1::uuid",
          p.report);
    db_do("select private.report_freeze_values($1::uuid, true)", p.report);
    r = get(viewer, ANSWERS "?plan=%s&year=2021&by=district&answer=met", p.id);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_int_eq(int_at(r, "/items/0/value"), 0);
    ck_assert_str_eq(text_at(r, "/items/0/area_name"), "Thành phố Đồng Xoài");
    ck_assert_uint_eq(
        count_at(get(viewer, ANSWERS "?plan=%s&year=2021&by=district&answer=no_data", p.id),
                 "/items"),
        10);
    r = get(viewer, ANSWERS "?plan=%s&year=2021&by=total", p.id);
    ck_assert_str_eq(text_at(r, "/items/0/answer"), "met");
    ck_assert(is_null_at(r, "/items/0/line"));
    ck_assert_msg(strstr(r->body, "\"said_share\":9.09") != NULL, "%s", r->body);
}
END_TEST

START_TEST(answers_refuse_what_they_cannot_answer)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *plan = plan_36();
    ck_problem(get(officer, ANSWERS "?year=2021"), 400, "bad-query");
    ck_problem(get(officer, ANSWERS "?plan=%s&by=hamlet", plan), 400, "bad-query");
    ck_problem(get(officer, ANSWERS "?plan=%s&unit=%d", plan, unit_of("locninh.chuyenvien")), 422,
               "invalid-input");
    ck_problem(get(officer, ANSWERS "?plan=00000000-0000-7000-8000-000000000000"), 422,
               "invalid-input");
    ck_status(get(officer, ANSWERS "?plan=%s&unit=%d", plan, unit_of("tanphu.chuyenvien")), 200);
}
END_TEST

START_TEST(gathered_lines_are_listed_by_report)
{
    struct plan p = make_plan();
    db_do("with item as (insert into app.plan_item (plan_id, kind, code, outline, position, title)"
          " select plan_id, 'task', 'X1', 'X1', 10, 'Việc' from app.report where id = $1::uuid"
          " returning id) insert into app.report_gathered_line (report_id, plan_item_id, position,"
          " line_count, done_count, in_progress_count, not_started_count)"
          " select $1::uuid, id, 10, 6, 3, 2, 1 from item",
          p.report);
    const struct caller *officer = as("dongxoai.chuyenvien");
    const struct reply *r = get(officer, API "/report-gathered-lines?report=%s", p.report);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_str_eq(text_at(r, "/items/0/item_code"), "X1");
    ck_assert_int_eq(int_at(r, "/items/0/line_count"), 6);
    ck_assert_int_eq(int_at(r, "/items/0/done_count"), 3);
    ck_problem(get(officer, API "/report-gathered-lines"), 400, "bad-query");
    r = get(as("tinh.lanhdao"), API "/report-gathered-lines?report=%s", p.report);
    ck_assert_uint_eq(count_at(r, "/items"), 0); /* a draft is its unit's own */
}
END_TEST

int main(void)
{
    Suite *s = suite_create("indicators");
    TCase *c = new_case(s, "plan 36");
    tcase_add_test(c, plan_36_has_its_indicators_in_order);
    tcase_add_test(c, k1_is_told_by_ratings_of_five_bodies);
    tcase_add_test(c, answers_of_plan_36_name_each_body);
    c = new_case(s, "writing");
    tcase_add_test(c, an_indicator_is_written_by_the_issuer);
    tcase_add_test(c, what_an_indicator_means_stays_once_answered);
    tcase_add_test(c, a_target_is_set_in_the_indicators_own_measure);
    c = new_case(s, "values");
    tcase_add_test(c, a_unit_writes_its_own_part);
    tcase_add_test(c, nobody_else_writes_it_and_nobody_while_it_is_frozen);
    tcase_add_test(c, gathered_lines_are_listed_by_report);
    c = new_case(s, "answers");
    tcase_add_test(c, answers_tell_no_data_from_zero);
    tcase_add_test(c, answers_refuse_what_they_cannot_answer);
    return run_suite(s);
}
