/* Ratings of organisations, one by one and in bulk, and the scales they are given on. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define RATINGS "/api/v1/ratings"
/* A year that no demonstration rating is of. */
#define YEAR 2012

static int commune_women(const char *area_code)
{
    return (int)db_int("select id from app.unit where code = $1", form("phunu-%s", area_code));
}

static void forget(void)
{
    db_do("delete from app.rating where year < 2020", NULL);
}

static const char *body_of(int unit, int year, const char *scale, const char *grade)
{
    return form("{\"unit_id\":%d,\"year\":%d,\"scale\":\"%s\",\"grade\":\"%s\"}", unit, year, scale,
                grade);
}

START_TEST(a_superior_rates_corrects_and_takes_back)
{
    forget();
    const struct caller *union_officer = as("phunu.dongxoai.chuyenvien");
    int unit = commune_women("25198");
    const struct reply *made =
        post(union_officer, RATINGS, "%s", body_of(unit, YEAR, "five_grades", "good"));
    ck_status(made, 201);
    ck_assert_str_eq(text_at(made, "/line"), "women");
    ck_assert_str_eq(text_at(made, "/grade_name"), "Tốt");
    ck_assert(json_object_get_boolean(at(made, "/counts_as_fair_or_better")));
    ck_assert_str_eq(text_at(made, "/rated_on"), "2021-11-15");
    ck_assert_int_eq(int_at(made, "/rated_by_unit_id"), unit_of("phunu.dongxoai.chuyenvien"));
    ck_assert(array_has(made, "/actions", "update"));
    const char *path = form(RATINGS "/%s", text_at(made, "/id"));

    const struct reply *r = patch(as("dongxoai.chuyenvien"), path, 1, "{\"grade\":\"average\"}");
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/rated_by_unit_id"), unit_of("dongxoai.chuyenvien"));
    ck_problem(patch(union_officer, path, 1, "{\"grade\":\"weak\"}"), 412, "stale-version");
    ck_field(patch(union_officer, path, 2, "{\"grade\":\"superb\"}"), "/grade", "not_a_choice");
    ck_field(patch(union_officer, path, 2, "{\"year\":2013}"), "/year", "read_only");
    ck_status(del(union_officer, path, 2), 204);
    ck_problem(get(union_officer, "%s", path), 404, "not-found");
}
END_TEST

START_TEST(nobody_else_rates)
{
    forget();
    const char *body = body_of(commune_women("25195"), YEAR, "five_grades", "good");
    const char *others[] = {"tanphu.lanhdao", "tinh.xem", "tinh.admin", "phunu.tinh.chuyenvien"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_problem(post(as(others[i]), RATINGS, "%s", body), 403, "forbidden");
    ck_field(post(as("locninh.chuyenvien"), RATINGS, "%s", body), "/unit_id", "not_visible");
    const struct reply *made = post(as("tinh.chuyenvien"), RATINGS, "%s", body);
    ck_status(made, 201);
    const char *path = form(RATINGS "/%s", text_at(made, "/id"));
    const struct reply *seen = get(as("tanphu.lanhdao"), "%s", path);
    ck_status(seen, 200);
    ck_assert_uint_eq(count_at(seen, "/actions"), 0);
    ck_problem(patch(as("tanphu.lanhdao"), path, 1, "{\"grade\":\"excellent\"}"), 403, "forbidden");
    ck_problem(del(as("tanphu.lanhdao"), path, 1), 403, "forbidden");
    ck_problem(get(as("locninh.chuyenvien"), "%s", path), 404, "not-found");
    forget();
}
END_TEST

START_TEST(a_rating_is_checked)
{
    forget();
    const struct caller *officer = as("dongxoai.chuyenvien");
    int unit = commune_women("25201");
    ck_field(post(officer, RATINGS, "%s", body_of(unit, 2022, "five_grades", "good")), "/year",
             "in_future");
    ck_field(post(officer, RATINGS, "%s", body_of(unit, 1999, "five_grades", "good")), "/year",
             "out_of_range");
    ck_field(post(officer, RATINGS, "%s", body_of(unit, YEAR, "five_grades", "completed")),
             "/grade", "not_a_choice");
    ck_field(post(officer, RATINGS, "%s", body_of(unit, YEAR, "ten_points", "good")), "/scale",
             "not_a_choice");
    ck_field(post(officer, RATINGS, "{\"unit_id\":%d,\"year\":%d,\"scale\":\"five_grades\"}", unit,
                  YEAR),
             "/grade", "required");
    ck_field(post(officer, RATINGS,
                  "{\"unit_id\":%d,\"year\":%d,\"scale\":\"five_grades\",\"grade\":\"good\","
                  "\"rated_on\":\"2021-11-16\"}",
                  unit, YEAR),
             "/rated_on", "in_future");
    ck_status(post(officer, RATINGS, "%s", body_of(unit, YEAR, "task_completion", "completed")),
              201);
    ck_problem(post(officer, RATINGS, "%s", body_of(unit, YEAR, "five_grades", "good")), 409,
               "duplicate");
    forget();
}
END_TEST

START_TEST(many_at_once_or_none)
{
    forget();
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *areas[] = {"25195", "25198", "25201", "25204", "25205", "25207", "25210", "25213"};
    char *good = form("[");
    for (size_t i = 0; i < 8; i++)
        good = form("%s%s%s", good, i > 0 ? "," : "",
                    body_of(commune_women(areas[i]), YEAR, "five_grades", i < 6 ? "fair" : "weak"));
    ck_status(post(officer, RATINGS, "%s,%s]", good,
                   body_of(commune_women("25195"), YEAR - 1, "five_grades", "superb")),
              422);
    ck_assert_int_eq(db_int("select count(*) from app.rating where year < 2020", NULL), 0);
    ck_status(post(officer, RATINGS, "%s]", good), 201);

    const char *of_year = form(RATINGS "?year=%d&limit=50", YEAR);
    ck_assert_uint_eq(count_at(get(officer, "%s", of_year), "/items"), 8);
    ck_assert_uint_eq(count_at(get(officer, "%s&fair_or_better=true", of_year), "/items"), 6);
    ck_assert_uint_eq(count_at(get(officer, "%s&grade=weak,average", of_year), "/items"), 2);
    ck_assert_uint_eq(count_at(get(officer, "%s&line=youth", of_year), "/items"), 0);
    ck_assert_uint_eq(count_at(get(as("tinh.xem"), "%s&unit=%d&subtree=true", of_year,
                                   unit_of("phunu.dongxoai.chuyenvien")),
                               "/items"),
                      8);
    ck_assert_uint_eq(count_at(get(as("tinh.xem"), "%s&unit=%d&subtree=true", of_year,
                                   unit_of("locninh.chuyenvien")),
                               "/items"),
                      0);
    ck_assert_uint_eq(count_at(get(as("tanphu.chuyenvien"), "%s", of_year), "/items"), 1);
    ck_assert_uint_eq(count_at(get(as("locninh.chuyenvien"), "%s", of_year), "/items"), 0);
    ck_assert_uint_eq(
        json_object_array_length(walk(officer, form(RATINGS "?year=%d&limit=3", YEAR))), 8);
    forget();
}
END_TEST

START_TEST(scales_are_there_to_choose_from)
{
    const struct caller *c = as("tanphu.chuyenvien");
    const struct reply *r = get(c, "/api/v1/rating-scales");
    ck_status(r, 200);
    ck_assert_int_ge(find_item(r, "code", "five_grades"), 0);
    r = get(c, "/api/v1/rating-grades?scale=five_grades");
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 5);
    ck_assert_str_eq(text_at(r, "/items/0/name"), "Xuất sắc");
    ck_assert(!json_object_get_boolean(at(r, "/items/3/counts_as_fair_or_better")));
    ck_problem(post(c, "/api/v1/rating-scales", "{}"), 405, "method-not-allowed");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ratings");
    TCase *c = new_case(s, "ratings");
    tcase_add_test(c, a_superior_rates_corrects_and_takes_back);
    tcase_add_test(c, nobody_else_rates);
    tcase_add_test(c, a_rating_is_checked);
    tcase_add_test(c, many_at_once_or_none);
    tcase_add_test(c, scales_are_there_to_choose_from);
    return run_suite(s);
}
