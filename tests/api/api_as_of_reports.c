/* Reports asked for days gone by, over HTTP: the days are set apart by moving what was kept so far
 * back, before the next step is taken on the installation's day (15/11/2021). */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define REPORTS "/api/v1/reports"

static const char *make_owed(void)
{
    return make_report(make_period(plan_36(), "phase", "2021-10-01", "2021-11-20", "2021-12-31"),
                       unit_of("tanphu.chuyenvien"), unit_of("dongxoai.lanhdao"));
}

static void step(const char *login, const char *id, const char *command, const char *body)
{
    const char *version = db_text("select version from app.report where id = $1::uuid", id);
    ck_status(ask(as(login), "POST", form(REPORTS "/%s/%s", id, command), body,
                  form("If-Match: \"%s\"", version), NULL),
              200);
}

/* What was done so far was done so many days earlier. */
static void days_go_by(const char *id, int days)
{
    db_do(form("update app.report_state set day = day - %d where report_id = $1::uuid", days), id);
}

static const char *status_on(const char *login, const char *id, const char *day)
{
    const struct reply *r = get(as(login), REPORTS "/%s?as_of=%s", id, day);
    ck_status(r, 200);
    return text_at(r, "/status");
}

/* Made on 01/11, sent in on 05/11, returned on 08/11, sent in again on 12/11, approved on 15/11. */
static const char *make_history(void)
{
    const char *officer = "tanphu.chuyenvien", *city = "dongxoai.lanhdao";
    const char *id = make_owed();
    days_go_by(id, 4);
    step(officer, id, "prefill", "{}");
    step(officer, id, "submit", "{}");
    days_go_by(id, 3);
    step(city, id, "return", "{\"note\":\"Bổ sung\"}");
    days_go_by(id, 4);
    struct json_object *lines =
        walk(as(officer), form("/api/v1/report-lines?report=%s&limit=200", id));
    struct json_object *first = json_object_array_get_idx(lines, 0);
    ck_status(patch(as(officer), form("/api/v1/report-lines/%s", text_in(first, "id")),
                    int_in(first, "version"), "%s", "{\"figures\":\"Lần hai\"}"),
              200);
    step(officer, id, "submit", "{}");
    days_go_by(id, 3);
    step(city, id, "approve", "{}");
    return id;
}

START_TEST(a_report_is_told_as_of_each_day_of_its_life)
{
    const char *id = make_history();
    const char *city = "dongxoai.lanhdao";
    ck_problem(get(as(city), REPORTS "/%s?as_of=2021-10-31", id), 404, "not-found");
    ck_assert_str_eq(status_on(city, id, "2021-11-01"), "not_started");
    ck_assert_str_eq(status_on(city, id, "2021-11-04"), "not_started");
    ck_assert_str_eq(status_on(city, id, "2021-11-05"), "submitted");
    ck_assert_str_eq(status_on(city, id, "2021-11-08"), "returned");
    ck_assert_str_eq(status_on(city, id, "2021-11-12"), "submitted");
    ck_assert_str_eq(status_on(city, id, "2021-11-15"), "approved");
    ck_assert_str_eq(status_on(city, id, "2031-01-01"), "approved");

    const struct reply *r = get(as(city), REPORTS "/%s?as_of=2021-11-10", id);
    ck_assert_uint_eq(count_at(r, "/versions"), 2);
    ck_assert_uint_eq(count_at(r, "/actions"), 0);
    ck_assert_str_eq(text_at(r, "/decision_note"), "Bổ sung");
    ck_assert_ptr_null(strstr(r->body, "Lần hai"));
    r = get(as(city), REPORTS "/%s?as_of=2021-11-12", id);
    ck_assert_str_eq(text_at(r, "/lines/0/figures"), "Lần hai");
    ck_described("GET", form(REPORTS "/%s?as_of=2021-11-12", id), r);
}
END_TEST

START_TEST(lists_of_a_day_agree_with_the_report_of_the_day)
{
    const char *id = make_history();
    const struct caller *city = as("dongxoai.lanhdao");
    static const char *const names[] = {"report-lines", "report-sections", "report-versions",
                                        "report-gathered-lines", "indicator-values"};
    static const int with_something[] = {1, 1, 1, 0, 0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = form("/api/v1/%s?report=%s&as_of=2021-11-12", names[i], id);
        const struct reply *r = get(city, "%s", path);
        ck_status(r, 200);
        ck_described("GET", path, r);
        ck_assert_int_ge((int)count_at(r, "/items"), with_something[i]);
        r = get(city, "/api/v1/%s?report=%s&as_of=2021-11-04", names[i], id);
        ck_status(r, 200);
        ck_assert_uint_eq(count_at(r, "/items"), 0);
    }
    const struct reply *r = get(city, REPORTS "/%s?as_of=2021-11-12", id);
    struct json_object *lines =
        walk(city, form("/api/v1/report-lines?report=%s&as_of=2021-11-12&limit=2", id));
    ck_assert_uint_eq(json_object_array_length(lines), count_at(r, "/lines"));
    for (size_t i = 0; i < count_at(r, "/lines"); i++)
        ck_assert_str_eq(text_in(json_object_array_get_idx(lines, i), "id"),
                         text_at(r, form("/lines/%zu/id", i)));
    r = get(city, REPORTS "?as_of=2021-11-09&unit=%d&status=returned&limit=200",
            unit_of("tanphu.chuyenvien"));
    ck_status(r, 200);
    ck_described("GET", REPORTS "?as_of=2021-11-09", r);
    ck_assert_int_ge(find_item(r, "id", id), 0);
    /* due on 20/11: not late on the 9th; due on the 7th it was, though it is approved today */
    r = get(city, REPORTS "?as_of=2021-11-09&unit=%d&overdue=true&limit=200",
            unit_of("tanphu.chuyenvien"));
    ck_assert_int_eq(find_item(r, "id", id), -1);
    db_do("update app.report_state set due_on = '2021-11-07' where report_id = $1::uuid", id);
    r = get(city, REPORTS "?as_of=2021-11-09&unit=%d&overdue=true&limit=200",
            unit_of("tanphu.chuyenvien"));
    ck_assert_int_ge(find_item(r, "id", id), 0);
    r = get(city, REPORTS "?as_of=2021-11-12&unit=%d&status=returned&limit=200",
            unit_of("tanphu.chuyenvien"));
    ck_assert_int_eq(find_item(r, "id", id), -1);
}
END_TEST

START_TEST(a_day_comes_as_csv_too)
{
    const char *id = make_history();
    const struct reply *r =
        ask(as("dongxoai.lanhdao"), "GET",
            form("/api/v1/report-lines?report=%s&as_of=2021-11-12&limit=200", id), NULL,
            "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "Lần hai"));
    r = ask(as("dongxoai.lanhdao"), "GET",
            form("/api/v1/report-lines?report=%s&as_of=2021-11-05&limit=200", id), NULL,
            "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_null(strstr(r->body, "Lần hai"));
}
END_TEST

START_TEST(another_day_shows_nothing_more_to_anybody)
{
    const char *id = make_history();
    static const char *const days[] = {"2021-11-01", "2021-11-05", "2021-11-10", "2021-11-15"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct caller *c = as("locninh.lanhdao"); /* another district */
        ck_problem(get(c, REPORTS "/%s?as_of=%s", id, days[i]), 404, "not-found");
        ck_assert_uint_eq(
            count_at(get(c, "/api/v1/report-lines?report=%s&as_of=%s", id, days[i]), "/items"), 0);
        ck_assert_uint_eq(
            count_at(get(c, "/api/v1/report-versions?report=%s&as_of=%s", id, days[i]), "/items"),
            0);
    }
}
END_TEST

/* Lists that need no more than a day; the wide answer is the spreadsheet's. */
static const char *const lists[] = {
    "reports",
    "indicator-values",
    "staff",
    "appointments",
    "establishments",
    "courses",
    "training-records",
    "plans",
    "plan-items",
    "responsibilities",
    "periods",
    "documents",
    "ratings",
    "extension-requests",
    "reorganisations",
    "schedules",
    "period-exceptions",
    "inspections",
    "inspection-units",
    "recommendations",
    "emulation-models",
    "emulation-drives",
    "award-counts",
};
#define LISTS (sizeof lists / sizeof *lists)

START_TEST(lists_of_a_day_come_in_every_format_and_hide_what_today_hides)
{
    static const char *const accepts[] = {
        "Accept: text/csv",
        "Accept: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    const char *path = form("/api/v1/%s?as_of=2021-11-15", lists[_i]);
    const struct reply *r = get(as("dongxoai.lanhdao"), "%s&limit=5", path);
    ck_status(r, 200);
    ck_described("GET", path, r);
    for (size_t i = 0; i < sizeof accepts / sizeof *accepts; i++)
        ck_status(ask(as("dongxoai.lanhdao"), "GET", path, NULL, accepts[i], NULL), 200);
    ck_problem(get(as("dongxoai.lanhdao"), "/api/v1/%s?as_of=x", lists[_i]), 400, "bad-query");

    /* every row of the day with an identity of its own is one that today's list shows */
    if (strcmp(lists[_i], "indicator-values") == 0)
        return;
    struct json_object *of_day =
        walk(as("locninh.chuyenvien"), form("/api/v1/%s?as_of=2021-11-15&limit=200", lists[_i]));
    struct json_object *of_today =
        walk(as("locninh.chuyenvien"), form("/api/v1/%s?limit=200", lists[_i]));
    struct json_object *shown = json_object_new_object();
    for (size_t i = 0; i < json_object_array_length(of_today); i++)
        json_object_object_add(shown, text_in(json_object_array_get_idx(of_today, i), "id"), NULL);
    for (size_t i = 0; i < json_object_array_length(of_day); i++) {
        const char *id = text_in(json_object_array_get_idx(of_day, i), "id");
        ck_assert_msg(json_object_object_get_ex(shown, id, NULL), "%s %s", lists[_i], id);
    }
    json_object_put(shown);
}
END_TEST

START_TEST(one_of_a_list_is_told_as_of_a_day)
{
    static const char *const names[] = {"staff",           "plans",       "documents",
                                        "courses",         "inspections", "recommendations",
                                        "emulation-models"};
    const struct caller *c = as("tinh.lanhdao");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct reply *r = get(c, "/api/v1/%s?as_of=2021-11-15&limit=1", names[i]);
        ck_status(r, 200);
        if (count_at(r, "/items") == 0)
            continue;
        const char *id = text_at(r, "/items/0/id");
        r = get(c, "/api/v1/%s/%s?as_of=2021-11-15", names[i], id);
        ck_status(r, 200);
        ck_described("GET", form("/api/v1/%s/%s?as_of=2021-11-15", names[i], id), r);
        ck_problem(get(c, "/api/v1/%s/%s?as_of=1990-01-01", names[i], id), 404, "not-found");
    }
    /* where only the list can be told, the item says so */
    const struct reply *r = get(c, "/api/v1/plan-items?plan=%s&limit=1", plan_36());
    ck_problem(get(c, "/api/v1/plan-items/%s?as_of=2021-11-15", text_at(r, "/items/0/id")), 400,
               "bad-query");
}
END_TEST

START_TEST(lines_are_counted_as_of_a_day)
{
    const char *id = make_history();
    const char *period = db_text("select period_id from app.report where id = $1::uuid", id);
    const struct caller *c = as("tinh.lanhdao");
    const struct reply *r = get(c, "/api/v1/report-line-counts?period=%s&as_of=2021-11-14", period);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 0); /* approved on the 15th */
    const char *path =
        form("/api/v1/report-line-counts?period=%s&as_of=2021-11-15&by=unit&restated=true", period);
    r = get(c, "%s&limit=200", path);
    ck_status(r, 200);
    ck_described("GET", path, r);
    int64_t lines = 0;
    for (size_t i = 0; i < count_at(r, "/items"); i++)
        lines += int_at(r, form("/items/%zu/line_count", i));
    ck_assert_int_eq(lines,
                     db_int("select count(*) from app.report_line where report_id = $1::uuid", id));
    ck_assert_uint_eq(count_at(get(as("locninh.lanhdao"), "%s", path), "/items"), 0);
    ck_problem(get(c, "/api/v1/report-line-counts?period=%s", plan_36()), 422, "invalid-input");
}
END_TEST

START_TEST(wrong_days_are_named)
{
    const char *id = make_owed();
    const struct caller *c = as("dongxoai.lanhdao");
    ck_problem(get(c, REPORTS "?as_of=5/11/2021"), 400, "bad-query");
    ck_problem(get(c, REPORTS "/%s?as_of=5/11/2021", id), 400, "bad-query");
    ck_problem(get(c, REPORTS "/%s?day=2021-11-05", id), 400, "bad-query");
    ck_problem(get(c, "/api/v1/report-lines?report=%s&as_of=x", id), 400, "bad-query");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("reports as of");
    TCase *t = new_case(s, "reports");
    tcase_add_test(t, a_report_is_told_as_of_each_day_of_its_life);
    tcase_add_test(t, lists_of_a_day_agree_with_the_report_of_the_day);
    tcase_add_test(t, a_day_comes_as_csv_too);
    tcase_add_test(t, another_day_shows_nothing_more_to_anybody);
    tcase_add_test(t, lines_are_counted_as_of_a_day);
    tcase_add_test(t, wrong_days_are_named);
    TCase *l = new_case(s, "lists");
    tcase_add_loop_test(l, lists_of_a_day_come_in_every_format_and_hide_what_today_hides, 0, LISTS);
    tcase_add_test(l, one_of_a_list_is_told_as_of_a_day);
    return run_suite(s);
}
