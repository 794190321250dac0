/* Parts of things, and what goes with people and plans, asked for a day over HTTP: every such list
 * takes as_of, in each format, and shows nobody more than today's does. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

/* Where a list asks for something to be of, the id of one; NULL: it needs nothing. */
static const struct {
    const char *name;
    const char *parent;
    const char *parent_sql;
    const char *key; /* what a row is known by */
} lists[] = {
    {"assignment-parts", "assignment",
     "select x.assignment_id from app.assignment_part as x"
     " join app.assignment as a on a.id = x.assignment_id order by a.due_on, x.id limit 1",
     "id"},
    {"qualifications", NULL, NULL, "id"},
    {"staff-deletions", NULL, NULL, "id"},
    {"users", NULL, NULL, "id"},
    {"memberships", NULL, NULL, "id"},
    {"course-days", NULL, NULL, "id"},
    {"course-invitations", NULL, NULL, "id"},
    {"training-attendance", "course",
     "select r.course_id from app.training_attendance as a"
     " join app.training_record as r on r.id = a.record_id order by a.day, r.id limit 1",
     "record_id"},
    {"audit-events", NULL, NULL, NULL},
    {"notices", NULL, NULL, "id"},
    {"indicators", NULL, NULL, "id"},
    {"targets", NULL, NULL, "id"},
    {"indicator-asks", NULL, NULL, "id"},
    {"indicator-items", NULL, NULL, "id"},
    {"training-requirements", NULL, NULL, "id"},
    {"period-dues", "period", "select d.period_id from app.period_due as d order by d.id limit 1",
     "id"},
    {"period-events", "period",
     "select e.period_id from app.period_event as e order by e.id limit 1", "id"},
    {"document-relations", NULL, NULL, "id"},
    {"reorganisation-steps", NULL, NULL, "id"},
    {"reorganisation-parts", NULL, NULL, "id"},
    {"reorganisation-function-items", NULL, NULL, "id"},
    {"area-links", NULL, NULL, NULL},
    {"unit-links", NULL, NULL, NULL},
};
#define LISTS (sizeof lists / sizeof *lists)

/* "/api/v1/NAME?" with what the list asks for, ready for another parameter. */
static const char *path_of(size_t i)
{
    if (lists[i].parent == NULL)
        return form("/api/v1/%s?", lists[i].name);
    return form("/api/v1/%s?%s=%s&", lists[i].name, lists[i].parent,
                db_text(lists[i].parent_sql, NULL));
}

START_TEST(a_day_comes_in_every_format)
{
    static const char *const accepts[] = {
        "Accept: text/csv",
        "Accept: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    const struct caller *c = as("tinh.admin");
    const char *path = form("%sas_of=2021-11-14&limit=5", path_of((size_t)_i));
    const struct reply *r = get(c, "%s", path);
    ck_status(r, 200);
    ck_described("GET", path, r);
    for (size_t i = 0; i < sizeof accepts / sizeof *accepts; i++)
        ck_status(ask(c, "GET", path, NULL, accepts[i], NULL), 200);
    ck_status(get(c, "%sas_of=1900-01-01", path_of((size_t)_i)), 200);
    ck_problem(get(c, "%sas_of=x", path_of((size_t)_i)), 400, "bad-query");
    ck_problem(get(c, "%sas_of=2021-02-30", path_of((size_t)_i)), 400, "bad-query");
}
END_TEST

START_TEST(nobody_sees_more_of_today_by_naming_it)
{
    const char *key = lists[_i].key;
    if (key == NULL)
        return;
    const struct caller *c = as("locninh.chuyenvien");
    struct json_object *of_day = walk(c, form("%sas_of=2021-11-15&limit=200", path_of((size_t)_i)));
    struct json_object *of_today = walk(c, form("%slimit=200", path_of((size_t)_i)));
    for (size_t i = 0; i < json_object_array_length(of_day); i++) {
        const char *id = text_in(json_object_array_get_idx(of_day, i), key);
        bool is_shown = false;
        for (size_t k = 0; k < json_object_array_length(of_today) && !is_shown; k++)
            is_shown = strcmp(id, text_in(json_object_array_get_idx(of_today, k), key)) == 0;
        ck_assert_msg(is_shown, "%s %s", lists[_i].name, id);
    }
}
END_TEST

START_TEST(what_has_rows_today_has_them_as_of_today)
{
    static const char *const names[] = {
        "assignment-parts",
        "qualifications",
        "users",
        "memberships",
        "course-days",
        "indicators",
        "targets",
        "indicator-asks",
        "indicator-items",
        "period-dues",
        "training-requirements",
        "audit-events",
        "document-relations",
        "training-attendance",
    };
    const struct caller *c = as("tinh.admin");
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        for (size_t i = 0; i < LISTS; i++)
            if (strcmp(lists[i].name, names[n]) == 0) {
                const struct reply *r = get(c, "%sas_of=2021-11-15&limit=1", path_of(i));
                ck_status(r, 200);
                ck_assert_msg(count_at(r, "/items") == 1, "%s", names[n]);
            }
}
END_TEST

/* Reference lists, and one's own working things: they have no days, and say so. */
START_TEST(lists_without_days_refuse_one)
{
    static const char *const names[] = {
        "levels",          "lines",   "positions", "rating-scales", "rating-grades",
        "training-topics", "imports", "sessions",  "api-tokens",    "evidence"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_problem(get(as("tinh.admin"), "/api/v1/%s?as_of=2021-11-14", names[i]), 400,
                   "bad-query");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("parts as of");
    TCase *t = new_case(s, "lists");
    tcase_add_loop_test(t, a_day_comes_in_every_format, 0, LISTS);
    tcase_add_loop_test(t, nobody_sees_more_of_today_by_naming_it, 0, LISTS);
    tcase_add_test(t, what_has_rows_today_has_them_as_of_today);
    tcase_add_test(t, lists_without_days_refuse_one);
    return run_suite(s);
}
