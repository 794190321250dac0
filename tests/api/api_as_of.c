/* The trees of a day, and what is listed as of one, against counts of the database made another
 * way. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define AREAS "/api/v1/area-tree"
#define UNITS "/api/v1/unit-tree"
#define STOOD "v.valid_from <= $1::date and (v.valid_to is null or v.valid_to > $1::date)"
#define DAY   "2022-06-30"

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
    static const char *const logins[] = {"tinh.lanhdao", "dongxoai.chuyenvien",
                                         "tanphu.chuyenvien"};
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
    ck_status(ask(c, "GET", AREAS "?as_of=2030-01-01", NULL, form("If-None-Match: %s", tag), NULL),
              200);
}
END_TEST

START_TEST(memberships_of_a_day_are_those_in_force)
{
    const struct reply *r = get(as("tinh.admin"), "/api/v1/memberships?as_of=1990-01-01&limit=200");
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0);
}
END_TEST

START_TEST(plans_below_are_told_as_of_a_day)
{
    const struct caller *c = as("tinh.lanhdao");
    const struct reply *r =
        get(c, "/api/v1/plan-carriers?plan=%s&as_of=2021-08-17&state=on_time,late&limit=200",
            plan_36());
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0); /* plan 36 was signed that month: none below yet */
    r = get(c, "/api/v1/plan-coverage?plan=%s&as_of=2021-08-17&uncovered=false", plan_36());
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0);
}
END_TEST

/* The demonstration tells of the ward of Tân Phú: T1.4 begun on 14/11/2021, T1.5 done on the 12th
 * and confirmed; it stands on the 15th. Plan 36 bears 17/8/2021. */
static const char *item_title(const char *code)
{
    return db_text("select i.title from app.plan_item as i join app.plan as p on p.id = i.plan_id"
                   " where p.number = '36-KH/BDVTU' and i.code = $1",
                   code);
}

static const char *status_of_day(const char *code, const char *occurrence, const char *day)
{
    struct json_object *rows = walk(
        as("tanphu.chuyenvien"), form("/api/v1/assignments?as_of=%s&relation=lead&limit=200", day));
    const char *title = item_title(code);
    for (size_t i = 0; i < json_object_array_length(rows); i++) {
        struct json_object *row = json_object_array_get_idx(rows, i);
        if (strcmp(text_in(row, "title"), title) == 0 &&
            strcmp(text_in(row, "occurrence"), occurrence) == 0)
            return text_in(row, "status");
    }
    return "none";
}

START_TEST(an_assignment_is_in_the_state_of_the_day)
{
    ck_assert_str_eq(status_of_day("T1.4", "Năm 2021", "2021-08-16"), "none");
    ck_assert_str_eq(status_of_day("T1.4", "Năm 2021", "2021-08-17"), "not_started");
    ck_assert_str_eq(status_of_day("T1.4", "Năm 2021", "2021-11-13"), "not_started");
    ck_assert_str_eq(status_of_day("T1.4", "Năm 2021", "2021-11-14"), "in_progress");
    ck_assert_str_eq(status_of_day("T1.5", "Quý IV/2021", "2021-11-11"), "not_started");
    ck_assert_str_eq(status_of_day("T1.5", "Quý IV/2021", "2021-11-12"), "reported");
}
END_TEST

START_TEST(filters_and_pages_are_of_the_day)
{
    const struct caller *c = as("tinh.lanhdao");
    /* on 1/1/2026 all is over that is still to be done; on 17/8/2021 nothing is */
    struct json_object *late =
        walk(c, form("/api/v1/assignments?as_of=2021-08-17&overdue=true&limit=50"));
    ck_assert_uint_eq(json_object_array_length(late), 0);
    const struct reply *r = get(c, "/api/v1/assignment-totals?as_of=2026-01-01&plan=%s", plan_36());
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/overdue"),
                     int_at(r, "/items/0/not_started") + int_at(r, "/items/0/in_progress"));
    r = ask(c, "GET", form("/api/v1/assignments?as_of=2026-01-01&overdue=true&plan=%s", plan_36()),
            NULL, "Prefer: count=exact", NULL);
    ck_status(r, 200);
    const struct reply *totals =
        get(c, "/api/v1/assignment-totals?as_of=2026-01-01&plan=%s", plan_36());
    ck_assert_int_eq(int_at(r, "/total"), int_at(totals, "/items/0/overdue"));
}
END_TEST

START_TEST(totals_of_today_are_those_without_a_day)
{
    static const char *const logins[] = {"tinh.lanhdao", "dongxoai.chuyenvien", "tanphu.chuyenvien",
                                         "phunu.tinh.chuyenvien"};
    static const char *const counts[] = {"not_started", "in_progress", "reported", "completed",
                                         "cancelled",   "total",       "overdue"};
    const char *today = db_text("select private.installation_today()", NULL);
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        const struct reply *now = get(as(logins[i]), "/api/v1/assignment-totals");
        const struct reply *then = get(as(logins[i]), "/api/v1/assignment-totals?as_of=%s", today);
        ck_status(now, 200);
        ck_status(then, 200);
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
            ck_assert_int_eq(int_at(then, form("/items/0/%s", counts[k])),
                             int_at(now, form("/items/0/%s", counts[k])));
        const struct reply *before =
            get(as(logins[i]), "/api/v1/assignment-totals?as_of=2021-08-16");
        ck_assert_int_eq(int_at(before, "/items/0/total"), 0);
    }
}
END_TEST

START_TEST(counts_and_entries_are_of_the_day)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    struct json_object *rows = walk(c, "/api/v1/assignment-counts?as_of=2021-11-08&limit=200");
    int64_t total = 0;
    for (size_t i = 0; i < json_object_array_length(rows); i++)
        total += int_in(json_object_array_get_idx(rows, i), "total");
    ck_assert_int_eq(
        total, int_at(get(c, "/api/v1/assignment-totals?as_of=2021-11-08"), "/items/0/total"));
    /* the ward said it on the 12th; its leader confirmed on the 15th */
    const char *id =
        db_text("select a.id from app.assignment as a join app.plan_item as i on i.id ="
                " a.plan_item_id join app.unit as u on u.id = a.lead_unit_id where i.code ="
                " 'T1.5' and u.code = $1 and a.occurrence = 'Quý IV/2021'",
                "kdv-25195");
    static const struct {
        const char *day;
        size_t said;
    } days[] = {{"2021-11-11", 0}, {"2021-11-12", 1}, {"2021-11-15", 2}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct reply *r =
            get(c, "/api/v1/progress-entries?assignment=%s&as_of=%s", id, days[i].day);
        ck_status(r, 200);
        ck_assert_uint_eq(count_at(r, "/items"), days[i].said);
    }
}
END_TEST

START_TEST(the_overview_and_the_matrix_are_of_the_day)
{
    const struct caller *c = as("tinh.lanhdao");
    const struct reply *r = get(c, "/api/v1/overview?as_of=2021-11-08&plan=%s", plan_36());
    const struct reply *totals =
        get(c, "/api/v1/assignment-totals?as_of=2021-11-08&plan=%s", plan_36());
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/items/0/day"), "2021-11-08");
    ck_assert_int_eq(int_at(r, "/items/0/assignments/in_progress"),
                     int_at(totals, "/items/0/in_progress"));
    ck_assert_int_eq(int_at(r, "/items/0/assignments/overdue"), int_at(totals, "/items/0/overdue"));
    ck_assert(is_null_at(r, "/items/0/to_decide"));
    r = get(c, "/api/v1/overview?as_of=2021-08-16&plan=%s", plan_36());
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/items/0/assignments/total"), 0);
    /* nothing is done on the day the plan bears, and each row has its cells */
    const char *matrix = form("/api/v1/task-matrix?plan=%s&year=2021&as_of=", plan_36());
    r = get(c, "%s2021-08-17&limit=20", matrix);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 20);
    for (int i = 0; i < 20; i++) {
        ck_assert_str_eq(text_at(r, form("/items/%d/cells/0/status", i)), "not_started");
        ck_assert_int_eq(int_at(r, form("/items/%d/cells/0/done", i)), 0);
    }
    ck_assert_uint_eq(count_at(get(c, "%s2021-08-16", matrix), "/items"), 0);
    /* as many rows on a later page as without a day */
    ck_assert_uint_eq(json_object_array_length(walk(c, form("%s2021-11-15&limit=200", matrix))),
                      json_object_array_length(walk(
                          c, form("/api/v1/task-matrix?plan=%s&year=2021&limit=200", plan_36()))));
}
END_TEST

START_TEST(files_are_of_the_day_too)
{
    const struct caller *c = as("tanphu.chuyenvien");
    const char *path = "/api/v1/assignments?as_of=2021-11-12&status=reported&relation=lead";
    const struct reply *r = ask(c, "GET", path, NULL, "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, item_title("T1.5")));
    r = ask(c, "GET", "/api/v1/assignments?as_of=2021-11-11&status=reported&relation=lead", NULL,
            "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_null(strstr(r->body, item_title("T1.5")));
    r = ask(c, "GET", path, NULL,
            "Accept: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", NULL);
    ck_status(r, 200);
    ck_assert_int_eq(strncmp(r->body, "PK", 2), 0);
}
END_TEST

START_TEST(a_past_day_shows_nobody_more)
{
    const struct caller *c = as("locninh.chuyenvien");
    const struct reply *r =
        get(c, "/api/v1/assignments?as_of=2021-11-14&unit=%d", unit_of("tanphu.chuyenvien"));
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0);
    ck_problem(get(c, "/api/v1/assignment-totals?as_of=2021-11-14&unit=%d",
                   unit_of("dongxoai.chuyenvien")),
               422, "invalid-input");
    ck_status(get(&nobody, "/api/v1/assignments?as_of=2021-11-14"), 401);
    ck_problem(get(c, "/api/v1/assignments?as_of=14/11/2021"), 400, "bad-query");
    ck_problem(get(c, "/api/v1/assignment-totals?as_of=x"), 400, "bad-query");
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
    TCase *w = new_case(s, "work");
    tcase_add_test(w, an_assignment_is_in_the_state_of_the_day);
    tcase_add_test(w, filters_and_pages_are_of_the_day);
    tcase_add_test(w, totals_of_today_are_those_without_a_day);
    tcase_add_test(w, counts_and_entries_are_of_the_day);
    tcase_add_test(w, the_overview_and_the_matrix_are_of_the_day);
    tcase_add_test(w, files_are_of_the_day_too);
    tcase_add_test(w, a_past_day_shows_nobody_more);
    return run_suite(s);
}
