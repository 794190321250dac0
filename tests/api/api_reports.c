/* The life of a report through three logins: a ward writes, its city decides, the province reads.
 */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define REPORTS  "/api/v1/reports"
#define LINES    "/api/v1/report-lines"
#define SECTIONS "/api/v1/report-sections"
#define VERSIONS "/api/v1/report-versions"

/* A phase of plan 36, whose reports are owed on one day by all. */
static const char *make_phase(const char *opens, const char *due, const char *locks)
{
    return make_period(plan_36(), "phase", opens, due, locks);
}

/* The report that Tân Phú's bloc owes its city's board in such a phase. */
static const char *make_owed(const char *phase)
{
    return make_report(phase, unit_of("tanphu.chuyenvien"), unit_of("dongxoai.lanhdao"));
}

static const char *open_report(void)
{
    return make_owed(make_phase("2021-11-01", "2021-11-20", "2021-12-31"));
}

/* A command with the version as it now is; where the report is hidden, with any. */
static struct reply *run(const char *login, const char *id, const char *command, const char *body)
{
    const char *version = db_text("select version from app.report where id = $1::uuid", id);
    return ask(as(login), "POST", form(REPORTS "/%s/%s", id, command), body,
               form("If-Match: \"%s\"", version), NULL);
}

static void must(const char *login, const char *id, const char *command, const char *body)
{
    ck_status(run(login, id, command, body), 200);
}

static void refused(const struct reply *r, int status, const char *slug, const char *reason)
{
    ck_problem(r, status, slug);
    ck_assert_str_eq(text_at(r, "/reason"), reason);
}

/* The nth line of the report, as its unit reads it. */
static struct json_object *line(const char *id, size_t nth)
{
    struct json_object *all = walk(as("tanphu.chuyenvien"), form(LINES "?report=%s&limit=200", id));
    ck_assert_uint_gt(json_object_array_length(all), nth);
    return json_object_array_get_idx(all, nth);
}

static struct reply *write_line(const char *login, struct json_object *of, const char *body)
{
    return patch(as(login), form(LINES "/%s", text_in(of, "id")), int_in(of, "version"), "%s",
                 body);
}

START_TEST(a_report_goes_from_ward_to_city_and_back)
{
    const char *officer = "tanphu.chuyenvien", *city = "dongxoai.lanhdao";
    const char *id = open_report();
    const struct reply *r = get(as(officer), REPORTS "/%s", id);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "not_started");
    ck_assert_uint_eq(count_at(r, "/actions"), 1);
    ck_assert(array_has(r, "/actions", "prefill"));

    /* drafted: T1.5 was reported done on 12 November, T1.3 is under way */
    r = run(officer, id, "prefill", "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "draft");
    ck_assert_uint_eq(count_at(r, "/sections"), 12);
    size_t found = 0;
    for (size_t i = 0; i < count_at(r, "/lines"); i++) {
        const char *code = text_at(r, form("/lines/%zu/item_code", i));
        if (strcmp(code, "T1.5") == 0) {
            ck_assert_str_eq(text_at(r, form("/lines/%zu/status", i)), "done");
            ck_assert_str_eq(text_at(r, form("/lines/%zu/done", i)),
                             "12/11/2021: Đã triển khai tới các tổ dân vận khu phố.");
            found++;
        } else if (strcmp(code, "T1.3") == 0) {
            ck_assert_str_eq(text_at(r, form("/lines/%zu/doing", i)),
                             "10/11/2021: Đã trình dự thảo kế hoạch.");
            ck_assert_int_eq(int_at(r, form("/lines/%zu/progress", i)), 50);
            found++;
        }
    }
    ck_assert_uint_eq(found, 2);
    r = get(as(city), REPORTS "/%s", id);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/lines"), 0);

    ck_status(write_line(officer, line(id, 0), "{\"figures\":\"Một hội nghị\"}"), 200);
    must(officer, id, "submit", "{}");
    r = get(as(city), REPORTS "?to_decide=true&unit=%d&limit=200", unit_of(officer));
    ck_assert_int_ge(find_item(r, "id", id), 0);
    r = get(as("tinh.lanhdao"), REPORTS "?to_decide=true&limit=200");
    ck_assert_int_eq(find_item(r, "id", id), -1);

    /* the city returns it with a note on a line */
    must(city, id, "accept", "{}");
    refused(run(officer, id, "withdraw", "{}"), 409, "conflict", "wrong_state");
    struct json_object *first = line(id, 0);
    must(city, id, "return",
         form("{\"note\":\"Bổ sung\",\"lines\":[{\"id\":\"%s\",\"note\":\"Ngày nào?\"}]}",
              text_in(first, "id")));
    first = line(id, 0);
    ck_assert_str_eq(text_in(first, "return_note"), "Ngày nào?");
    ck_status(write_line(officer, first, "{\"figures\":\"Một hội nghị, ngày 5/10\"}"), 200);
    must(officer, id, "submit", "{}");

    /* what changed between the first and the second time */
    r = get(as(city), "/api/v1/report-differences?report=%s&from=1&to=3", id);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_str_eq(text_at(r, "/items/0/kind"), "changed");
    ck_assert_str_eq(text_at(r, "/items/0/before"), "Một hội nghị");
    ck_assert_str_eq(text_at(r, "/items/0/after"), "Một hội nghị, ngày 5/10");
    ck_assert_ptr_nonnull(strstr(text_at(r, "/items/0/label"), " – Số liệu"));

    must(city, id, "approve", "{\"note\":\"Đạt\"}");
    r = get(as("tinh.lanhdao"), REPORTS "/%s", id);
    ck_assert_str_eq(text_at(r, "/status"), "approved");
    ck_assert_str_eq(text_at(r, "/last_decision/event"), "approved");
    ck_assert_uint_eq(count_at(r, "/versions"), 4);
    ck_assert_uint_eq(count_at(r, "/actions"), 0);
    const struct reply *v = get(as("tinh.lanhdao"), VERSIONS "/%s", text_at(r, "/versions/3/id"));
    ck_status(v, 200);
    ck_assert_str_eq(text_at(v, "/content/lines/0/figures"), "Một hội nghị, ngày 5/10");
    refused(write_line(officer, line(id, 0), "{\"done\":\"x\"}"), 409, "conflict", "frozen");
}
END_TEST

START_TEST(two_officers_lose_nothing)
{
    const char *id = open_report();
    must("tanphu.chuyenvien", id, "prefill", "{}");
    struct json_object *seen = line(id, 1);
    struct json_object *other = line(id, 2);
    const char *second = make_account("tanphu.chuyenvien", unit_of("tanphu.chuyenvien"), "officer");
    const struct caller *colleague = sign_in(second, password_of("tanphu.chuyenvien"));
    ck_status(patch(colleague, form(LINES "/%s", text_in(seen, "id")), int_in(seen, "version"),
                    "{\"done\":\"của người thứ hai\"}"),
              200);
    const struct reply *r = write_line("tanphu.chuyenvien", seen, "{\"done\":\"của tôi\"}");
    ck_problem(r, 412, "stale-version");
    ck_assert_int_eq(int_at(r, "/current_version"), int_in(seen, "version") + 1);
    ck_assert_str_eq(text_in(line(id, 1), "done"), "của người thứ hai");

    /* many at once: one stale row refuses all, and tells which */
    r = ask(as("tanphu.chuyenvien"), "PATCH", LINES,
            form("[{\"id\":\"%s\",\"version\":%d,\"done\":\"a\"},"
                 "{\"id\":\"%s\",\"version\":%d,\"done\":\"b\"}]",
                 text_in(other, "id"), (int)int_in(other, "version"), text_in(seen, "id"),
                 (int)int_in(seen, "version")),
            NULL);
    ck_status(r, 412);
    ck_assert_int_eq(int_at(r, "/results/0/status"), 424);
    ck_assert_int_eq(int_at(r, "/results/1/status"), 412);
    ck_assert_int_eq(int_in(line(id, 2), "version"), int_in(other, "version"));
    seen = line(id, 1);
    r = ask(as("tanphu.chuyenvien"), "PATCH", LINES,
            form("[{\"id\":\"%s\",\"version\":%d,\"done\":\"a\"},"
                 "{\"id\":\"%s\",\"version\":%d,\"done\":\"b\"}]",
                 text_in(other, "id"), (int)int_in(other, "version"), text_in(seen, "id"),
                 (int)int_in(seen, "version")),
            NULL);
    ck_status(r, 200);
    ck_assert_str_eq(text_in(line(id, 1), "done"), "b");
}
END_TEST

START_TEST(commands_need_the_version_and_a_right_body)
{
    const char *id = open_report();
    const struct caller *officer = as("tanphu.chuyenvien");
    ck_problem(post(officer, form(REPORTS "/%s/prefill", id), "{}"), 428, "version-required");
    must("tanphu.chuyenvien", id, "prefill", "{}");
    const struct reply *r =
        ask(officer, "POST", form(REPORTS "/%s/submit", id), "{}", "If-Match: \"1\"", NULL);
    ck_problem(r, 412, "stale-version");
    ck_assert_int_eq(int_at(r, "/current_version"), 2);
    ck_field(run("tanphu.chuyenvien", id, "prefill", "{\"overwrite\":1}"), "/overwrite",
             "wrong_type");
    must("tanphu.chuyenvien", id, "submit", "{}");
    ck_field(run("dongxoai.lanhdao", id, "return", "{}"), "/note", "required");
    ck_field(run("dongxoai.lanhdao", id, "return", "{\"note\":\"x\",\"lines\":\"y\"}"), "/lines",
             "wrong_type");
    ck_field(run("dongxoai.lanhdao", id, "return",
                 form("{\"note\":\"x\",\"lines\":[{\"id\":\"%s\",\"note\":\"y\"}]}", id)),
             "/lines", "not_visible");
    must("dongxoai.lanhdao", id, "approve", "{}");
    ck_field(run("dongxoai.lanhdao", id, "reopen", "{\"until_on\":\"2021-11-20\"}"), "/reason",
             "required");
    ck_field(
        run("dongxoai.lanhdao", id, "reopen", "{\"reason\":\"x\",\"until_on\":\"2021-11-14\"}"),
        "/until_on", "in_the_past");
    ck_problem(get(officer, LINES), 400, "bad-query");
    ck_problem(get(officer, "/api/v1/report-differences?report=%s&from=1", id), 400, "bad-query");
    ck_problem(get(officer, "/api/v1/report-differences?report=%s&from=1&to=9", id), 404,
               "not-found");
}
END_TEST

START_TEST(others_do_not_see_or_may_not)
{
    const char *id = open_report();
    const char *body = "{}";
    ck_problem(get(as("locninh.chuyenvien"), REPORTS "/%s", id), 404, "not-found");
    ck_problem(run("locninh.chuyenvien", id, "prefill", body), 404, "not-found");
    ck_problem(run("phunu.dongxoai.chuyenvien", id, "prefill", body), 404, "not-found");
    ck_problem(run("dongxoai.lanhdao", id, "prefill", body), 403, "forbidden");
    ck_problem(run("tinh.lanhdao", id, "prefill", body), 403, "forbidden");
    must("tanphu.chuyenvien", id, "prefill", body);
    struct json_object *first = line(id, 0);
    ck_problem(write_line("dongxoai.lanhdao", first, "{\"done\":\"x\"}"), 404, "not-found");
    must("tanphu.chuyenvien", id, "submit", body);
    ck_problem(write_line("dongxoai.lanhdao", first, "{\"done\":\"x\"}"), 403, "forbidden");
    ck_problem(run("dongxoai.chuyenvien", id, "approve", body), 403, "forbidden");
    ck_problem(run("tanphu.lanhdao", id, "approve", body), 403, "forbidden");
    ck_problem(run("tinh.lanhdao", id, "approve", body), 403, "forbidden");
    ck_status(run("dongxoai.lanhdao", id, "approve", body), 200);
}
END_TEST

START_TEST(late_is_taken_and_locked_is_not)
{
    const char *late = make_owed(make_phase("2021-10-01", "2021-11-01", "2021-11-15"));
    const struct reply *r = get(as("tinh.xem"), REPORTS "/%s", late);
    ck_assert_str_eq(text_at(r, "/period_state"), "expired");
    ck_assert_int_eq(int_at(r, "/days_overdue"), 14);
    r = get(as("tinh.xem"), REPORTS "?overdue=true&period=%s", text_at(r, "/period_id"));
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    must("tanphu.chuyenvien", late, "prefill", "{}");
    must("tanphu.chuyenvien", late, "submit", "{}");

    const char *period = make_phase("2021-10-01", "2021-11-01", "2021-11-14");
    const char *locked = make_owed(period);
    refused(run("tanphu.chuyenvien", locked, "prefill", "{}"), 409, "conflict", "locked");
    r = post(as("tanphu.lanhdao"), REPORTS, "{\"period_id\":\"%s\"}", period);
    refused(r, 409, "conflict", "locked");
    db_do(form("insert into app.period_exception (period_id, unit_id, until_on, reason, granted_by,"
               " granted_unit_id) select $1::uuid, %d, '2021-11-15', 'Thiên tai', u.id,"
               " u.home_unit_id from app.user_account as u where u.login = 'dongxoai.lanhdao'",
               unit_of("tanphu.chuyenvien")),
          period);
    must("tanphu.chuyenvien", locked, "prefill", "{}");
    must("tanphu.chuyenvien", locked, "submit", "{}");

    const char *planned = make_owed(make_phase("2021-11-16", "2021-12-01", "2021-12-10"));
    refused(run("tanphu.chuyenvien", planned, "prefill", "{}"), 409, "conflict", "not_open");
}
END_TEST

START_TEST(a_unit_not_asked_makes_its_own)
{
    const char *period = make_phase("2021-11-01", "2021-11-20", "2021-12-31");
    const struct reply *r =
        post(as("phunu.dongxoai.chuyenvien"), REPORTS, "{\"period_id\":\"%s\"}", period);
    ck_status(r, 201);
    ck_assert_int_eq(int_at(r, "/unit_id"), unit_of("phunu.dongxoai.chuyenvien"));
    ck_assert_int_eq(int_at(r, "/superior_unit_id"), unit_of("phunu.tinh.chuyenvien"));
    ck_assert_str_eq(text_at(r, "/due_on"), "2021-11-20");
    ck_problem(post(as("phunu.dongxoai.chuyenvien"), REPORTS, "{\"period_id\":\"%s\"}", period),
               409, "duplicate");
    ck_problem(post(as("tinh.xem"), REPORTS, "{\"period_id\":\"%s\"}", period), 403, "forbidden");
    ck_field(post(as("tinh.chuyenvien"), REPORTS, "{\"period_id\":\"%s\"}", plan_36()),
             "/period_id", "not_visible");
    ck_field(post(as("tinh.chuyenvien"), REPORTS, "{}"), "/period_id", "required");
}
END_TEST

START_TEST(the_issuer_decides_on_its_own)
{
    const char *period = make_phase("2021-11-01", "2021-11-20", "2021-12-31");
    const char *id = make_report(period, unit_of("tinh.chuyenvien"), 0);
    must("tinh.chuyenvien", id, "prefill", "{}");
    must("tinh.chuyenvien", id, "submit", "{}");
    ck_problem(run("tinh.chuyenvien", id, "approve", "{}"), 403, "forbidden");
    const struct reply *r = get(as("tinh.lanhdao"), REPORTS "?to_decide=true&period=%s", period);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    must("tinh.lanhdao", id, "approve", "{}");
}
END_TEST

START_TEST(a_reopening_ends_by_itself)
{
    const char *id = open_report();
    must("tanphu.chuyenvien", id, "prefill", "{}");
    ck_status(write_line("tanphu.chuyenvien", line(id, 0), "{\"done\":\"đã duyệt\"}"), 200);
    must("tanphu.chuyenvien", id, "submit", "{}");
    must("dongxoai.lanhdao", id, "approve", "{}");
    must("dongxoai.lanhdao", id, "reopen", "{\"reason\":\"Sai số\",\"until_on\":\"2021-11-15\"}");
    ck_status(write_line("tanphu.chuyenvien", line(id, 0), "{\"done\":\"đang sửa\"}"), 200);
    ck_assert_uint_eq(count_at(get(as("dongxoai.lanhdao"), REPORTS "/%s", id), "/lines"), 0);
    db_do("update app.report set reopened_until = '2021-11-14' where id = $1::uuid", id);
    refused(write_line("tanphu.chuyenvien", line(id, 0), "{\"done\":\"muộn\"}"), 409, "conflict",
            "reopening_over");
    db_do("select private.report_expire_reopened()", NULL);
    const struct reply *r = get(as("dongxoai.lanhdao"), REPORTS "/%s", id);
    ck_assert_str_eq(text_at(r, "/status"), "approved");
    ck_assert_str_eq(text_at(r, "/lines/0/done"), "đã duyệt");
}
END_TEST

START_TEST(sections_and_filters)
{
    const char *id = open_report();
    const struct caller *officer = as("tanphu.chuyenvien");
    must("tanphu.chuyenvien", id, "prefill", "{}");
    const struct reply *r = get(officer, SECTIONS "?report=%s", id);
    ck_assert_uint_eq(count_at(r, "/items"), 12); /* outline plan_36 */
    ck_assert_str_eq(text_at(r, "/items/4/code"), "ethnic_minorities");
    ck_assert(json_object_get_boolean(at(r, "/items/4/counts_only")));
    const char *path = form(SECTIONS "/%s", text_at(r, "/items/0/id"));
    ck_status(patch(officer, path, 1, "{\"text\":\"Ổn định\"}"), 200);
    ck_problem(patch(officer, path, 1, "{\"text\":\"Khác\"}"), 412, "stale-version");
    ck_field(patch(officer, path, 2, "{\"title\":\"Khác\"}"), "/title", "read_only");
    ck_field(patch(officer, path, 2, "{\"return_note\":\"Khác\"}"), "/return_note", "read_only");
    r = get(as("tinh.lanhdao"), REPORTS "?q=tan+phu&line=mobilization&level=grassroots&limit=200");
    ck_assert_int_ge(find_item(r, "id", id), 0);
    r = get(as("tinh.lanhdao"), REPORTS "?superior=%d&status=draft,returned&limit=200",
            unit_of("dongxoai.lanhdao"));
    ck_assert_int_ge(find_item(r, "id", id), 0);
    r = get(as("tinh.lanhdao"), REPORTS "?q=loc+ninh&limit=200");
    ck_assert_int_eq(find_item(r, "id", id), -1);
    ck_problem(get(as("tinh.lanhdao"), REPORTS "?status=lost"), 400, "bad-query");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("api_reports");
    TCase *t = new_case(s, "reports");
    tcase_add_test(t, a_report_goes_from_ward_to_city_and_back);
    tcase_add_test(t, two_officers_lose_nothing);
    tcase_add_test(t, commands_need_the_version_and_a_right_body);
    tcase_add_test(t, others_do_not_see_or_may_not);
    tcase_add_test(t, late_is_taken_and_locked_is_not);
    tcase_add_test(t, a_unit_not_asked_makes_its_own);
    tcase_add_test(t, the_issuer_decides_on_its_own);
    tcase_add_test(t, a_reopening_ends_by_itself);
    tcase_add_test(t, sections_and_filters);
    return run_suite(s);
}
