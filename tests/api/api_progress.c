/* Reporting: officers record, leaders confirm, coordinating units tell their own part. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define ASSIGNMENTS "/api/v1/assignments"
#define TODAY       "2021-11-15"

static const char *const officers[] = {"tinh.chuyenvien", "dongxoai.chuyenvien",
                                       "tanphu.chuyenvien"};

static struct json_object *owed_by(const char *login, const char *more)
{
    return walk(as(login), form(ASSIGNMENTS "?unit=%d&limit=200%s", unit_of(login), more));
}

static const char *item_id(const char *code)
{
    return db_text(
        form("select id from app.plan_item where code = '%s' and plan_id = $1::uuid", code),
        plan_36());
}

/* Assignments of one plan item led by one unit. */
static struct json_object *owed_for(const char *login, const char *code)
{
    return owed_by(login, form("&plan_item=%s", item_id(code)));
}

static size_t size(struct json_object *list)
{
    return json_object_array_length(list);
}

static struct json_object *nth(struct json_object *list, size_t i)
{
    return json_object_array_get_idx(list, i);
}

/* ---- reporting ---- */

/* Reports with the version just read; where the caller may not read it, with any. */
static struct reply *progress(const struct caller *c, const char *id, const char *body)
{
    const struct reply *now = get(c, ASSIGNMENTS "/%s", id);
    const char *tag = now->status == 200 ? header_of(now, "ETag") : "\"1\"";
    return ask(c, "POST", form(ASSIGNMENTS "/%s/progress", id), body, form("If-Match: %s", tag),
               NULL);
}

static struct reply *with_tag(const struct caller *c, const char *id, const char *command)
{
    const struct reply *now = get(c, ASSIGNMENTS "/%s", id);
    ck_status(now, 200);
    return ask(c, "POST", form(ASSIGNMENTS "/%s/%s", id, command), "{}",
               form("If-Match: %s", header_of(now, "ETag")), NULL);
}

/* Puts the assignment back as issuing made it. */
static void restore(const char *id)
{
    db_do("delete from app.progress_entry where assignment_id = $1::uuid", id);
    db_do("update app.assignment_part set status = 'not_started', progress = 0 where assignment_id "
          "= $1::uuid",
          id);
    db_do("update app.assignment set status = 'not_started', progress = 0, reported_on = null,"
          " completed_on = null, confirmed_by = null where id = $1::uuid",
          id);
}

/* An assignment led by the account's unit that nobody has touched, far in the future. */
static const char *untouched(const char *login)
{
    struct json_object *owed = owed_by(login, "&status=not_started&due_after=2024-12-01");
    ck_assert_uint_gt(size(owed), 0);
    return text_in(nth(owed, 0), "id");
}

START_TEST(officer_reports_and_leader_confirms_at_each_level)
{
    const char *leaders[] = {"tinh.lanhdao", "dongxoai.lanhdao", "tanphu.lanhdao"};
    const struct caller *officer = as(officers[_i]);
    const struct caller *leader = as(leaders[_i]);
    const char *id = untouched(officers[_i]);
    ck_assert(array_has(get(officer, ASSIGNMENTS "/%s", id), "/actions", "progress"));

    const struct reply *r = progress(officer, id,
                                     "{\"status\":\"in_progress\",\"progress\":40,"
                                     "\"note\":\"Đã họp với các bên liên quan\"}");
    ck_assert_msg(r->status == 200 || r->status == 201, "%ld %s", r->status, r->body);
    const struct reply *now = get(officer, ASSIGNMENTS "/%s", id);
    ck_assert_str_eq(text_at(now, "/status"), "in_progress");
    ck_assert_int_eq(int_at(now, "/progress"), 40);

    ck_problem(with_tag(officer, id, "confirm"), 403, "forbidden");
    r = progress(officer, id, "{\"status\":\"reported\",\"progress\":100,\"note\":\"Xong\"}");
    ck_assert_msg(r->status == 200 || r->status == 201, "%ld %s", r->status, r->body);
    ck_problem(with_tag(officer, id, "confirm"), 403, "forbidden");
    ck_assert(array_has(get(leader, ASSIGNMENTS "/%s", id), "/actions", "confirm"));
    ck_assert(!array_has(get(officer, ASSIGNMENTS "/%s", id), "/actions", "confirm"));

    r = with_tag(leader, id, "confirm");
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    now = get(officer, ASSIGNMENTS "/%s", id);
    ck_assert_str_eq(text_at(now, "/status"), "completed");
    ck_assert_str_eq(text_at(now, "/completed_on"), TODAY);
    ck_status(progress(officer, id, "{\"status\":\"in_progress\",\"progress\":50}"), 409);

    struct json_object *told = walk(officer, form("/api/v1/progress-entries?assignment=%s", id));
    ck_assert_uint_ge(size(told), 2);
    r = ask(leader, "POST", form(ASSIGNMENTS "/%s/reopen", id), "{\"note\":\"Bổ sung minh chứng\"}",
            form("If-Match: %s", header_of(now, "ETag")), NULL);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_assert_str_eq(text_at(get(officer, ASSIGNMENTS "/%s", id), "/status"), "in_progress");
    restore(id);
}
END_TEST

START_TEST(progress_is_checked)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = untouched("dongxoai.chuyenvien");
    const char *bad[] = {"{\"status\":\"in_progress\",\"progress\":101}",
                         "{\"status\":\"in_progress\",\"progress\":-1}",
                         "{\"status\":\"completed\",\"progress\":100}",
                         "{\"status\":\"finished\",\"progress\":10}",
                         "{\"progress\":\"ten\",\"status\":\"in_progress\"}",
                         "{\"status\":\"in_progress\",\"progress\":10,\"colour\":1}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = progress(c, id, bad[i]);
        ck_assert_msg(r->status == 422, "%s: %ld %s", bad[i], r->status, r->body);
        ck_problem(r, 422, "invalid-input");
    }
    ck_assert_int_eq(int_at(get(c, ASSIGNMENTS "/%s", id), "/progress"), 0);
}
END_TEST

START_TEST(viewers_other_units_and_superiors_report_nothing)
{
    const char *id = untouched("dongxoai.chuyenvien");
    const char *body = "{\"status\":\"in_progress\",\"progress\":10}";
    ck_problem(progress(as("tinh.xem"), id, body), 403, "forbidden");
    ck_problem(progress(as("tinh.admin"), id, body), 403, "forbidden");
    ck_problem(progress(as("tinh.chuyenvien"), id, body), 403, "forbidden");
    ck_problem(progress(as("tinh.lanhdao"), id, body), 403, "forbidden");
    ck_problem(progress(as("locninh.chuyenvien"), id, body), 404, "not-found");
    ck_problem(progress(as("phunu.dongxoai.chuyenvien"), id, body), 404, "not-found");
    ck_assert_int_eq(int_at(get(as("dongxoai.chuyenvien"), ASSIGNMENTS "/%s", id), "/progress"), 0);
}
END_TEST

START_TEST(coordinating_unit_records_its_own_part_alone)
{
    /* the provincial bodies coordinate in the board's share of Đề án 1217 */
    struct json_object *owed = owed_for("tinh.chuyenvien", "T2.2.7");
    const char *id = text_in(nth(owed, size(owed) - 1), "id");
    const struct caller *women = as("phunu.tinh.chuyenvien");
    const struct reply *before = get(women, ASSIGNMENTS "/%s", id);
    ck_status(before, 200);
    struct json_object *coordinated = walk(women, ASSIGNMENTS "?relation=coordinating&limit=200");
    bool is_listed = false;
    for (size_t i = 0; i < size(coordinated); i++)
        is_listed = is_listed || strcmp(text_in(nth(coordinated, i), "id"), id) == 0;
    ck_assert(is_listed);

    const struct reply *r = progress(
        women, id, "{\"status\":\"in_progress\",\"progress\":30,\"note\":\"Phần của Hội\"}");
    ck_assert_msg(r->status == 200 || r->status == 201, "%ld %s", r->status, r->body);
    const struct reply *after = get(as("tinh.chuyenvien"), ASSIGNMENTS "/%s", id);
    ck_assert_int_eq(int_at(after, "/version"), int_at(before, "/version"));
    ck_assert_str_eq(text_at(after, "/status"), text_at(before, "/status"));
    ck_assert_int_eq(int_at(after, "/progress"), int_at(before, "/progress"));
    const struct reply *part = get(women, "/api/v1/assignment-parts?assignment=%s&unit=%d", id,
                                   unit_of("phunu.tinh.chuyenvien"));
    ck_status(part, 200);
    ck_assert_uint_eq(count_at(part, "/items"), 1);
    ck_assert_int_eq(int_at(part, "/items/0/progress"), 30);
    ck_assert_str_eq(text_at(part, "/items/0/status"), "in_progress");
    /* and the part gives no say over the lead's */
    r = with_tag(women, id, "confirm");
    ck_problem(r, 403, "forbidden");
    restore(id);
}
END_TEST

START_TEST(overdue_is_charged_to_the_lead_alone)
{
    /* due on 30 September 2021 and still open on 15 November; the Women's Union is made a partner
     */
    const char *id = text_in(nth(owed_for("tinh.chuyenvien", "T1.2c"), 0), "id");
    int women = unit_of("phunu.tinh.chuyenvien");
    size_t before = size(owed_by("phunu.tinh.chuyenvien", "&overdue=true"));
    db_do(form("insert into app.assignment_part (assignment_id, unit_id, role)"
               " values ($1::uuid, %d, 'coordinating')",
               women),
          id);
    struct json_object *lead = owed_by("tinh.chuyenvien", "&overdue=true");
    size_t after = size(owed_by("phunu.tinh.chuyenvien", "&overdue=true"));
    const struct reply *seen = get(as("phunu.tinh.chuyenvien"), ASSIGNMENTS "/%s", id);
    db_do(form("delete from app.assignment_part where unit_id = %d and assignment_id = $1::uuid",
               women),
          id);
    bool is_charged = false;
    for (size_t i = 0; i < size(lead); i++)
        is_charged = is_charged || strcmp(text_in(nth(lead, i), "id"), id) == 0;
    ck_assert(is_charged);
    ck_assert_uint_eq(after, before);
    ck_status(seen, 200); /* it sees the task, and owes nothing for it */
    ck_assert_str_eq(text_at(seen, "/my_part"), "coordinating");
}
END_TEST

START_TEST(two_reports_from_one_version_do_not_lose_each_other)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = untouched("dongxoai.chuyenvien");
    const char *tag = header_of(get(c, ASSIGNMENTS "/%s", id), "ETag");
    const char *path = form(ASSIGNMENTS "/%s/progress", id);
    const char *match = form("If-Match: %s", tag);
    const struct reply *one =
        ask(c, "POST", path, "{\"status\":\"in_progress\",\"progress\":10}", match, NULL);
    ck_assert_msg(one->status == 200 || one->status == 201, "%ld %s", one->status, one->body);
    const struct reply *two =
        ask(c, "POST", path, "{\"status\":\"in_progress\",\"progress\":20}", match, NULL);
    ck_problem(two, 412, "stale-version");
    ck_assert_int_eq(int_at(get(c, ASSIGNMENTS "/%s", id), "/progress"), 10);
    restore(id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("progress");
    TCase *told = new_case(s, "reporting");
    tcase_add_loop_test(told, officer_reports_and_leader_confirms_at_each_level, 0, 3);
    tcase_add_test(told, progress_is_checked);
    tcase_add_test(told, viewers_other_units_and_superiors_report_nothing);
    tcase_add_test(told, coordinating_unit_records_its_own_part_alone);
    tcase_add_test(told, overdue_is_charged_to_the_lead_alone);
    tcase_add_test(told, two_reports_from_one_version_do_not_lose_each_other);
    return run_suite(s);
}
