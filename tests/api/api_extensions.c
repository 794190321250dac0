/* More time for an assignment: asked below, decided above. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "schema.h"

#define REQUESTS    "/api/v1/extension-requests"
#define ASSIGNMENTS "/api/v1/assignments"

/* An assignment of the district's board that nobody has touched, due at the end of 2024. */
static const char *owed(void)
{
    struct json_object *all =
        walk(as("dongxoai.chuyenvien"),
             form(ASSIGNMENTS "?unit=%d&status=not_started&due_after=2024-12-01&limit=50",
                  unit_of("dongxoai.chuyenvien")));
    ck_assert_uint_gt(json_object_array_length(all), 0);
    return text_in(json_object_array_get_idx(all, 0), "id");
}

static void restore(const char *assignment)
{
    db_do("delete from app.notice where resource = 'extension-requests' and resource_id in"
          " (select id from app.extension_request where assignment_id = $1::uuid)",
          assignment);
    db_do("delete from app.extension_request where assignment_id = $1::uuid", assignment);
    db_do("update app.assignment set due_on = original_due_on where id = $1::uuid", assignment);
}

static struct reply *ask_for(const struct caller *c, const char *assignment, const char *day)
{
    struct reply *r = post(
        c, REQUESTS, "{\"assignment_id\":\"%s\",\"asked_due_on\":\"%s\",\"reason\":\"Bão lũ\"}",
        assignment, day);
    ck_described("POST", REQUESTS, r);
    return r;
}

static struct reply *command(const struct caller *c, const char *id, const char *name,
                             const char *body)
{
    const struct reply *now = get(as("tinh.lanhdao"), REQUESTS "/%s", id);
    ck_status(now, 200);
    const char *url = form(REQUESTS "/%s/%s", id, name);
    struct reply *r = ask(c, "POST", url, body,
                          form("If-Match: \"%lld\"", (long long)int_at(now, "/version")), NULL);
    ck_described("POST", url, r);
    return r;
}

START_TEST(asked_below_and_granted_above)
{
    const char *id = owed();
    const struct reply *before = get(as("dongxoai.chuyenvien"), ASSIGNMENTS "/%s", id);
    const struct reply *r = ask_for(as("dongxoai.chuyenvien"), id, "2026-02-28");
    ck_status(r, 201);
    const char *request = text_at(r, "/id");
    ck_assert_int_eq(int_at(r, "/superior_unit_id"), unit_of("tinh.lanhdao"));
    ck_assert_str_eq(text_at(r, "/status"), "pending");
    ck_assert(array_has(r, "/actions", "withdraw"));
    ck_problem(ask_for(as("dongxoai.chuyenvien"), id, "2026-03-31"), 409, "duplicate");
    const struct reply *waiting = get(as("tinh.lanhdao"), REQUESTS "?superior=me&status=pending");
    ck_described("GET", REQUESTS "?superior=me", waiting);
    ck_assert_int_ge(find_item(waiting, "id", request), 0);
    ck_assert(array_has(get(as("tinh.lanhdao"), REQUESTS "/%s", request), "/actions", "grant"));

    ck_problem(command(as("tinh.chuyenvien"), request, "grant", "{}"), 403, "forbidden");
    ck_problem(command(as("dongxoai.lanhdao"), request, "grant", "{}"), 403, "forbidden");
    r = command(as("tinh.lanhdao"), request, "grant", "{\"granted_due_on\":\"2021-11-14\"}");
    ck_field(r, "/granted_due_on", "in_the_past");
    r = command(as("tinh.lanhdao"), request, "grant",
                "{\"granted_due_on\":\"2026-01-31\",\"note\":\"Một tháng\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "granted");
    const struct reply *after = get(as("dongxoai.chuyenvien"), ASSIGNMENTS "/%s", id);
    ck_assert_str_eq(text_at(after, "/due_on"), "2026-01-31");
    ck_assert_str_eq(text_at(after, "/original_due_on"), text_at(before, "/original_due_on"));
    ck_assert_int_eq(int_at(after, "/version"), int_at(before, "/version") + 1);
    ck_problem(command(as("tinh.lanhdao"), request, "grant", "{}"), 409, "conflict");
    restore(id);
}
END_TEST

START_TEST(refused_with_a_reason_or_withdrawn)
{
    const char *id = owed();
    const char *request = text_at(ask_for(as("dongxoai.lanhdao"), id, "2026-02-28"), "/id");
    ck_field(command(as("tinh.lanhdao"), request, "refuse", "{}"), "/note", "required");
    const struct reply *r =
        command(as("tinh.lanhdao"), request, "refuse", "{\"note\":\"Phải xong đúng hạn\"}");
    ck_assert_str_eq(text_at(r, "/status"), "refused");
    ck_assert_str_eq(text_at(r, "/decision_note"), "Phải xong đúng hạn");
    request = text_at(ask_for(as("dongxoai.lanhdao"), id, "2026-02-28"), "/id");
    ck_problem(command(as("tinh.lanhdao"), request, "withdraw", "{}"), 403, "forbidden");
    r = command(as("dongxoai.chuyenvien"), request, "withdraw", "{}");
    ck_assert_str_eq(text_at(r, "/status"), "withdrawn");
    struct json_object *told =
        walk(as("dongxoai.chuyenvien"), form(REQUESTS "?assignment=%s&limit=1", id));
    ck_assert_uint_eq(json_object_array_length(told), 2);
    restore(id);
}
END_TEST

START_TEST(only_the_lead_asks_and_what_it_asks_is_checked)
{
    const char *id = owed();
    const char *refused[] = {"tinh.lanhdao", "tinh.chuyenvien", "tinh.xem"};
    for (size_t i = 0; i < 3; i++)
        ck_problem(ask_for(as(refused[i]), id, "2026-02-28"), 403, "forbidden");
    const char *blind[] = {"locninh.chuyenvien", "phunu.dongxoai.chuyenvien", "tanphu.lanhdao"};
    for (size_t i = 0; i < 3; i++)
        ck_field(ask_for(as(blind[i]), id, "2026-02-28"), "/assignment_id", "not_visible");
    const struct caller *c = as("dongxoai.chuyenvien");
    ck_field(ask_for(c, id, "2021-11-14"), "/asked_due_on", "in_the_past");
    ck_field(ask_for(c, id, "2021-11-16"), "/asked_due_on", "not_later");
    ck_field(ask_for(c, id, "2026-02-30"), "/asked_due_on", "bad_date");
    ck_field(post(c, REQUESTS, "{\"assignment_id\":\"%s\",\"asked_due_on\":\"2026-02-28\"}", id),
             "/reason", "required");
    ck_field(post(c, REQUESTS,
                  "{\"assignment_id\":\"%s\",\"asked_due_on\":\"2026-02-28\",\"reason\":\"x\","
                  "\"status\":\"granted\"}",
                  id),
             "/status", "read_only");
    ck_assert_int_eq(
        db_int("select count(*) from app.extension_request where assignment_id = $1::uuid", id), 0);
}
END_TEST

START_TEST(requests_are_seen_in_scope_alone)
{
    const char *id = owed();
    const char *request = text_at(ask_for(as("dongxoai.chuyenvien"), id, "2026-02-28"), "/id");
    const char *blind[] = {"locninh.chuyenvien", "phunu.tinh.chuyenvien", "tanphu.lanhdao"};
    for (size_t i = 0; i < 3; i++) {
        ck_problem(get(as(blind[i]), REQUESTS "/%s", request), 404, "not-found");
        ck_assert_int_lt(find_item(get(as(blind[i]), REQUESTS), "id", request), 0);
    }
    ck_status(get(as("tinh.xem"), REQUESTS "/%s", request), 200);
    const struct reply *r =
        get(as("tinh.xem"), REQUESTS "?unit=%d&subtree=true", unit_of("dongxoai.chuyenvien"));
    ck_assert_int_ge(find_item(r, "id", request), 0);
    restore(id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("extensions");
    TCase *c = new_case(s, "extensions");
    tcase_add_test(c, asked_below_and_granted_above);
    tcase_add_test(c, refused_with_a_reason_or_withdrawn);
    tcase_add_test(c, only_the_lead_asks_and_what_it_asks_is_checked);
    tcase_add_test(c, requests_are_seen_in_scope_alone);
    return run_suite(s);
}
