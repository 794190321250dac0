/* The overview for leaders and the task matrix, against counts of the database made another way. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define OVERVIEW "/api/v1/overview"
#define MATRIX   "/api/v1/task-matrix"

static int64_t led_under(const char *key, const char *unit_code, const char *condition)
{
    return db_int(form("select count(*) from app.assignment as a, app.unit as u where u.code = $1"
                       " and a.%s = u.%s and a.plan_id = '%s' and %s",
                       key, key, plan_36(), condition),
                  unit_code);
}

START_TEST(each_level_sees_its_own_numbers_in_one_row)
{
    static const struct {
        const char *login, *key, *unit;
    } cases[] = {{"tinh.lanhdao", "province_key", "bdv-70"},
                 {"dongxoai.lanhdao", "district_key", "bdv-689"},
                 {"tanphu.lanhdao", "grassroots_key", "kdv-25195"},
                 {"phunu.tinh.chuyenvien", "province_line_key", "phunu-70"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct reply *r = get(as(cases[i].login), OVERVIEW "?plan=%s", plan_36());
        ck_status(r, 200);
        ck_assert_uint_eq(count_at(r, "/items"), 1);
        ck_assert_int_eq(int_at(r, "/items/0/unit_id"), unit_of(cases[i].login));
        ck_assert_int_eq(int_at(r, "/items/0/assignments/total"),
                         led_under(cases[i].key, cases[i].unit, "true"));
        ck_assert_int_eq(int_at(r, "/items/0/assignments/completed"),
                         led_under(cases[i].key, cases[i].unit, "a.status = 'completed'"));
        ck_assert_int_eq(int_at(r, "/items/0/assignments/overdue"),
                         led_under(cases[i].key, cases[i].unit,
                                   "a.status in ('not_started', 'in_progress') and a.due_on < "
                                   "private.installation_today()"));
        ck_assert(has(r, "/items/0/overdue_by_unit"));
        ck_assert(has(r, "/items/0/reports/outstanding"));
        ck_assert(has(r, "/items/0/targets"));
        ck_assert(has(r, "/items/0/to_decide/reports/count"));
    }
}
END_TEST

START_TEST(the_province_asks_for_one_district)
{
    const struct reply *r = get(as("tinh.lanhdao"), OVERVIEW "?plan=%s&unit=%d", plan_36(),
                                unit_of("dongxoai.lanhdao"));
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/assignments/total"),
                     led_under("district_key", "bdv-689", "true"));
}
END_TEST

START_TEST(what_waits_is_the_callers_own)
{
    const struct reply *r = get(as("dongxoai.lanhdao"), OVERVIEW);
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/to_decide/assignments/count"),
                     db_int("select count(*) from app.assignment as a join app.unit as u on u.id ="
                            " a.lead_unit_id where u.code = $1 and a.status = 'reported'",
                            "bdv-689"));
}
END_TEST

START_TEST(wrong_questions_are_named)
{
    const struct caller *c = as("dongxoai.lanhdao");
    const char *nothing = "00000000-0000-4000-8000-000000000000";
    ck_problem(get(c, OVERVIEW "?plan=%s", nothing), 422, "invalid-input");
    ck_problem(get(c, OVERVIEW "?period=%s", nothing), 422, "invalid-input");
    ck_problem(get(c, OVERVIEW "?unit=99999999"), 422, "invalid-input");
    ck_problem(get(c, OVERVIEW "?plan=x"), 400, "bad-query");
    ck_problem(get(c, OVERVIEW "?month=1"), 400, "bad-query");
    ck_problem(get(c, MATRIX "?year=2021"), 400, "bad-query");
    ck_problem(get(c, MATRIX "?plan=%s", plan_36()), 400, "bad-query");
    ck_problem(get(c, MATRIX "?plan=%s&year=2021&unit=99999999&subtree=true", plan_36()), 400,
               "bad-query");
    ck_status(get(&nobody, OVERVIEW), 401);
}
END_TEST

/* Cells of all pages, added up, are the assignments of the year; each caller within the own scope.
 */
START_TEST(the_matrix_holds_every_assignment_of_the_year)
{
    static const struct {
        const char *login, *key, *unit;
    } cases[] = {{"tinh.lanhdao", "province_key", "bdv-70"},
                 {"dongxoai.chuyenvien", "district_key", "bdv-689"},
                 {"tanphu.chuyenvien", "grassroots_key", "kdv-25195"},
                 {"phunu.dongxoai.chuyenvien", "district_line_key", "phunu-689"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct json_object *rows =
            walk(as(cases[i].login), form(MATRIX "?plan=%s&year=2021&limit=100", plan_36()));
        int64_t total = 0;
        int64_t done = 0;
        for (size_t k = 0; k < json_object_array_length(rows); k++) {
            struct json_object *cells =
                json_object_object_get(json_object_array_get_idx(rows, k), "cells");
            for (size_t n = 0; n < json_object_array_length(cells); n++) {
                total += int_in(json_object_array_get_idx(cells, n), "total");
                done += int_in(json_object_array_get_idx(cells, n), "done");
            }
        }
        ck_assert_int_eq(total, led_under(cases[i].key, cases[i].unit,
                                          "a.due_year = 2021 and a.status <> 'cancelled'"));
        ck_assert_int_eq(done, led_under(cases[i].key, cases[i].unit,
                                         "a.due_year = 2021 and a.status = 'completed'"));
    }
}
END_TEST

START_TEST(the_matrix_narrows_to_a_level_and_a_line)
{
    struct json_object *rows =
        walk(as("tinh.xem"),
             form(MATRIX "?plan=%s&year=2021&level=district&line=mobilization", plan_36()));
    ck_assert_uint_eq(json_object_array_length(rows), 11);
    const struct reply *r = get(as("tinh.xem"),
                                MATRIX "?plan=%s&year=2021&unit=%d&subtree=true&level=grassroots"
                                       "&kind=mobilization_bloc&sort=name",
                                plan_36(), unit_of("dongxoai.lanhdao"));
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 8);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("overview");
    TCase *t = new_case(s, "overview");
    tcase_add_test(t, each_level_sees_its_own_numbers_in_one_row);
    tcase_add_test(t, the_province_asks_for_one_district);
    tcase_add_test(t, what_waits_is_the_callers_own);
    tcase_add_test(t, wrong_questions_are_named);
    TCase *m = new_case(s, "task matrix");
    tcase_add_test(m, the_matrix_holds_every_assignment_of_the_year);
    tcase_add_test(m, the_matrix_narrows_to_a_level_and_a_line);
    return run_suite(s);
}
