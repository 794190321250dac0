/* The trees of a day, and what is listed as of one, against counts of the database made another way. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define AREAS  "/api/v1/area-tree"
#define UNITS  "/api/v1/unit-tree"
#define STOOD  "v.valid_from <= $1::date and (v.valid_to is null or v.valid_to > $1::date)"
#define DAY    "2022-06-30"

START_TEST(the_whole_territory_of_a_day_comes_in_one_row)
{
    const struct reply *r = get(as("tanphu.chuyenvien"), AREAS "?as_of=" DAY);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_int_eq(int_at(r, "/items/0/node_count"),
                     db_int("select count(*) from app.area_version as v where " STOOD, DAY));
    ck_assert_uint_eq(count_at(r, "/items/0/nodes"), int_at(r, "/items/0/node_count"));
    ck_assert(has(r, "/items/0/nodes/0/name"));
}
END_TEST

START_TEST(a_tree_is_cut_at_a_root_and_a_depth)
{
    const struct caller *c = as("tinh.lanhdao");
    int64_t root = db_int("select v.area_id from app.area_version as v where v.code = '70' and"
                          " v.parent_id is null and " STOOD,
                          DAY);
    const struct reply *r = get(c, AREAS "?as_of=" DAY "&area=%lld&depth=0", (long long)root);
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/node_count"), 1);
    /* the province and its eleven districts */
    r = get(c, AREAS "?as_of=" DAY "&area=%lld&depth=1", (long long)root);
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/node_count"), 12);
    /* and its 111 communes */
    r = get(c, AREAS "?as_of=" DAY "&area=%lld&depth=2", (long long)root);
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/node_count"), 123);
}
END_TEST

START_TEST(units_in_the_tree_are_those_the_caller_may_know_of)
{
    static const char *const logins[] = {"tinh.lanhdao", "dongxoai.chuyenvien", "tanphu.chuyenvien"};
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        const struct reply *r = get(as(logins[i]), UNITS "?as_of=" DAY);
        ck_status(r, 200);
        int64_t in_tree = int_at(r, "/items/0/node_count");
        struct json_object *rows =
            walk(as(logins[i]), form("/api/v1/units?as_of=" DAY "&limit=200"));
        ck_assert_int_eq(in_tree, (int64_t)json_object_array_length(rows));
    }
}
END_TEST

START_TEST(nothing_changed_answers_304)
{
    const struct caller *c = as("tanphu.chuyenvien");
    const char *path = AREAS "?as_of=" DAY;
    const char *tag = header_of(get(c, "%s", path), "ETag");
    const struct reply *r = ask(c, "GET", path, NULL, form("If-None-Match: %s", tag), NULL);
    ck_status(r, 304);
    ck_assert_uint_eq(r->length, 0);
    ck_status(ask(c, "GET", AREAS "?as_of=2030-01-01", NULL, form("If-None-Match: %s", tag), NULL), 200);
}
END_TEST

START_TEST(memberships_of_a_day_are_those_in_force)
{
    const struct reply *r =
        get(as("tinh.admin"), "/api/v1/memberships?as_of=1990-01-01&limit=200");
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0);
}
END_TEST

START_TEST(plans_below_are_told_as_of_a_day)
{
    const struct caller *c = as("tinh.lanhdao");
    const struct reply *r =
        get(c, "/api/v1/plan-carriers?plan=%s&as_of=2021-08-17&state=on_time,late&limit=200", plan_36());
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0); /* plan 36 was signed that month: none below yet */
    r = get(c, "/api/v1/plan-coverage?plan=%s&as_of=2021-08-17&uncovered=false", plan_36());
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0);
}
END_TEST

START_TEST(wrong_questions_are_named)
{
    const struct caller *c = as("tinh.lanhdao");
    ck_problem(get(c, AREAS "?as_of=30/06/2022"), 400, "bad-query");
    ck_problem(get(c, AREAS "?day=2022-06-30"), 400, "bad-query");
    ck_problem(get(c, AREAS "?area=99999999"), 422, "invalid-input");
    ck_problem(get(c, UNITS "?area=99999999"), 422, "invalid-input");
    ck_problem(get(c, AREAS "?depth=x"), 400, "bad-query");
    ck_problem(get(c, "/api/v1/memberships?as_of=x"), 400, "bad-query");
    ck_problem(get(c, "/api/v1/plan-carriers?plan=%s&as_of=x", plan_36()), 400, "bad-query");
    ck_status(get(&nobody, AREAS), 401);
    ck_status(get(&nobody, UNITS), 401);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("as of");
    TCase *t = new_case(s, "trees");
    tcase_add_test(t, the_whole_territory_of_a_day_comes_in_one_row);
    tcase_add_test(t, a_tree_is_cut_at_a_root_and_a_depth);
    tcase_add_test(t, units_in_the_tree_are_those_the_caller_may_know_of);
    tcase_add_test(t, nothing_changed_answers_304);
    tcase_add_test(t, wrong_questions_are_named);
    TCase *l = new_case(s, "lists and own plans");
    tcase_add_test(l, memberships_of_a_day_are_those_in_force);
    tcase_add_test(l, plans_below_are_told_as_of_a_day);
    return run_suite(s);
}
