/* Periods: generated, opened by decision, moved and locked; exceptions; what each caller may. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "schema.h"

#define PLANS      "/api/v1/plans"
#define PERIODS    "/api/v1/periods"
#define DUES       "/api/v1/period-dues"
#define EVENTS     "/api/v1/period-events"
#define EXCEPTIONS "/api/v1/period-exceptions"

static struct reply *command(const struct caller *c, const char *path, const char *name,
                             const char *body)
{
    const struct reply *now = get(as("tinh.lanhdao"), "%s", path);
    ck_status(now, 200);
    const char *url = form("%s/%s", path, name);
    struct reply *r = ask(c, "POST", url, body,
                          form("If-Match: \"%lld\"", (long long)int_at(now, "/version")), NULL);
    ck_described("POST", url, r);
    return r;
}

/* A phase of the plan made for one test, open from today's opening until far away. */
static const char *make_phase(const char *opens_on)
{
    const struct reply *r =
        post(as("tinh.lanhdao"), PERIODS,
             "{\"plan_id\":\"%s\",\"kind\":\"phase\",\"label\":\"%s\",\"starts_on\":\"2021-08-17\","
             "\"ends_on\":\"2021-12-20\",\"opens_on\":\"%s\",\"locks_on\":\"2022-03-31\"}",
             plan_36(), fresh("Giai đoạn "), opens_on);
    ck_status(r, 201);
    return text_at(r, "/id");
}

static void remove_period(const char *id)
{
    db_do("delete from app.notice where resource_id = $1::uuid", id);
    db_do("delete from app.period_exception where period_id = $1::uuid", id);
    db_do("delete from app.report where period_id = $1::uuid", id);
    db_do("delete from app.period where id = $1::uuid", id);
}

static const char *due_of(const char *period, const char *level)
{
    const struct reply *r = get(as("tinh.lanhdao"), DUES "?period=%s", period);
    ck_status(r, 200);
    int i = find_item(r, "level", level);
    ck_assert_int_ge(i, 0);
    return text_at(r, form("/items/%d/id", i));
}

START_TEST(plan_36_has_its_fourteen_periods)
{
    struct json_object *all =
        walk(as("tanphu.chuyenvien"), form(PERIODS "?plan=%s&limit=5&kind=year", plan_36()));
    ck_assert_uint_eq(json_object_array_length(all), 5);
    const char *labels[] = {"Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"};
    for (size_t i = 0; i < 5; i++)
        ck_assert_str_eq(text_in(json_object_array_get_idx(all, i), "label"), labels[i]);
    const char *open = form(PERIODS "?plan=%s&state=open&kind=year", plan_36());
    const struct reply *r = get(as("tinh.xem"), "%s", open);
    ck_described("GET", open, r);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_str_eq(text_at(r, "/items/0/label"), "Năm 2021");
    ck_assert_str_eq(text_at(r, "/items/0/expires_on"), "2021-12-05");
    r = get(as("tinh.xem"), PERIODS "/%s", text_at(r, "/items/0/id"));
    ck_assert_uint_eq(count_at(r, "/dues"), 3);
    ck_assert_uint_eq(count_at(r, "/actions"), 0);
    /* districts: boards, fronts, five bodies, army and police in eleven districts; communes: bloc,
     * front and five bodies in 111 */
    const struct reply *rates =
        get(as("tinh.xem"), "/api/v1/report-rates?period=%s&by=level", text_at(r, "/id"));
    ck_described("GET", "/api/v1/report-rates?period=x", rates);
    ck_assert_int_eq(
        int_at(rates, form("/items/%d/owed", find_item(rates, "group_code", "district"))), 99);
    ck_assert_int_eq(
        int_at(rates, form("/items/%d/owed", find_item(rates, "group_code", "grassroots"))), 777);
}
END_TEST

START_TEST(generating_again_makes_none)
{
    const char *path = form(PLANS "/%s/generate-periods", plan_36());
    const struct reply *r = post(as("tinh.lanhdao"), path, "{}");
    ck_status(r, 200);
    ck_described("POST", path, r);
    ck_assert_int_eq(int_at(r, "/made"), 0);
    ck_assert_int_eq(int_at(r, "/already_there"), 14);
    r = post(as("tinh.lanhdao"), form("%s?dry_run=true", path),
             "{\"kinds\":[\"quarter\"],\"from_year\":2022,\"to_year\":2022}");
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/made"), 4);
    ck_assert_str_eq(text_at(r, "/labels/0"), "Quý I/2022");
    ck_assert_int_eq(db_int("select count(*) from app.period where kind = 'quarter'", NULL), 0);
}
END_TEST

START_TEST(generating_is_the_issuers_leaders_and_checked)
{
    const char *path = form(PLANS "/%s/generate-periods", plan_36());
    const char *who[] = {"tinh.chuyenvien", "tinh.xem", "tinh.admin", "dongxoai.lanhdao",
                         "tanphu.lanhdao"};
    for (size_t i = 0; i < 5; i++)
        ck_problem(post(as(who[i]), path, "{}"), 403, "forbidden");
    const char *bad[][2] = {{"{\"kinds\":[]}", "/kinds"},
                            {"{\"kinds\":[\"phase\"]}", "/kinds"},
                            {"{\"kinds\":\"year\"}", "/kinds"},
                            {"{\"from_year\":1999}", "/from_year"},
                            {"{\"from_year\":2023,\"to_year\":2022}", "/to_year"},
                            {"{\"colour\":1}", "/colour"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = post(as("tinh.lanhdao"), path, "%s", bad[i][0]);
        ck_problem(r, 422, "invalid-input");
        ck_field(r, bad[i][1], NULL);
    }
}
END_TEST

START_TEST(a_phase_is_opened_locked_and_unlocked_with_reasons)
{
    const char *id = make_phase("2021-11-20");
    const char *path = form(PERIODS "/%s", id);
    const struct caller *leader = as("tinh.lanhdao");
    ck_assert_str_eq(text_at(get(leader, "%s", path), "/state"), "planned");
    ck_assert(array_has(get(leader, "%s", path), "/actions", "open"));
    const struct reply *r = command(leader, path, "open", "{}");
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "/reason", "required");
    ck_problem(command(as("tinh.chuyenvien"), path, "open", "{\"reason\":\"x\"}"), 403,
               "forbidden");
    r = ask(leader, "POST", form("%s/open", path), "{\"reason\":\"x\"}", NULL);
    ck_problem(r, 428, "version-required");
    r = command(leader, path, "open", "{\"reason\":\"Sơ kết sớm\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/state"), "open");
    ck_assert_int_gt(db_int("select count(*) from app.report where period_id = $1::uuid", id), 800);
    ck_problem(command(leader, path, "open", "{\"reason\":\"x\"}"), 409, "conflict");
    r = command(leader, path, "lock", "{\"reason\":\"Nhầm\"}");
    ck_assert_str_eq(text_at(r, "/state"), "locked");
    r = command(leader, path, "unlock", "{\"reason\":\"x\",\"locks_on\":\"2021-11-14\"}");
    ck_field(r, "/locks_on", "in_the_past");
    r = command(leader, path, "unlock", "{\"reason\":\"Đúng kỳ\",\"locks_on\":\"2022-02-28\"}");
    ck_assert_str_eq(text_at(r, "/state"), "open");
    ck_assert_str_eq(text_at(r, "/locks_on"), "2022-02-28");

    r = get(as("tanphu.chuyenvien"), EVENTS "?period=%s", id);
    ck_described("GET", EVENTS "?period=x", r);
    const char *events[] = {"opened", "locked", "unlocked"};
    const char *reasons[] = {"Sơ kết sớm", "Nhầm", "Đúng kỳ"};
    ck_assert_uint_eq(count_at(r, "/items"), 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_str_eq(text_at(r, form("/items/%zu/event", i)), events[i]);
        ck_assert_str_eq(text_at(r, form("/items/%zu/cause", i)), "decision");
        ck_assert_str_eq(text_at(r, form("/items/%zu/reason", i)), reasons[i]);
    }
    ck_problem(get(leader, EVENTS), 400, "bad-query");
    remove_period(id);
}
END_TEST

START_TEST(a_due_day_moves_and_the_first_is_kept)
{
    const char *id = make_phase("2021-11-01");
    db_do("select private.period_tick()", NULL);
    const char *path = form(DUES "/%s", due_of(id, "district"));
    const struct reply *before = get(as("tinh.lanhdao"), "%s", path);
    const char *first = text_at(before, "/due_on");
    ck_problem(command(as("dongxoai.lanhdao"), path, "move",
                       "{\"reason\":\"x\",\"due_on\":\"2022-01-20\"}"),
               403, "forbidden");
    const struct reply *r =
        command(as("tinh.lanhdao"), path, "move", "{\"reason\":\"x\",\"due_on\":\"2022-04-01\"}");
    ck_field(r, "/due_on", "after_lock");
    r = command(as("tinh.lanhdao"), path, "move", "{\"reason\":\"Bão\",\"due_on\":\"2022-01-20\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/due_on"), "2022-01-20");
    ck_assert_str_eq(text_at(r, "/original_due_on"), first);
    ck_assert_str_eq(text_at(get(as("tinh.lanhdao"), PERIODS "/%s", id), "/expires_on"),
                     "2022-01-20");
    ck_assert_int_eq(
        db_int("select count(*) from app.report where period_id = $1::uuid"
               " and level_id = 2 and due_on = '2022-01-20' and original_due_on < due_on",
               id),
        99);
    remove_period(id);
}
END_TEST

START_TEST(an_exception_has_an_end_a_person_and_is_taken_back)
{
    const char *id = make_phase("2021-11-01");
    db_do("select private.period_tick()", NULL);
    int bloc = unit_of("tanphu.chuyenvien");
    const char *body = form("{\"period_id\":\"%s\",\"unit_id\":%d,\"until_on\":\"2022-03-01\","
                            "\"reason\":\"Cán bộ cách ly\"}",
                            id, bloc);
    ck_problem(post(as("dongxoai.chuyenvien"), EXCEPTIONS, "%s", body), 403, "forbidden");
    ck_problem(post(as("tanphu.lanhdao"), EXCEPTIONS, "%s", body), 403, "forbidden");
    const struct reply *r = post(as("locninh.chuyenvien"), EXCEPTIONS, "%s", body);
    ck_field(r, "/unit_id", "not_visible");
    r = post(as("dongxoai.lanhdao"), EXCEPTIONS,
             "{\"period_id\":\"%s\",\"unit_id\":%d,\"until_on\":\"2021-12-01\",\"reason\":\"x\"}",
             id, bloc);
    ck_field(r, "/until_on", "not_later");
    r = post(as("dongxoai.lanhdao"), EXCEPTIONS, "%s", body);
    ck_status(r, 201);
    ck_described("POST", EXCEPTIONS, r);
    ck_assert_int_eq(int_at(r, "/granted_unit_id"), unit_of("dongxoai.lanhdao"));
    ck_problem(post(as("tinh.lanhdao"), EXCEPTIONS, "%s", body), 409, "duplicate");
    const char *exception = text_at(r, "/id");
    ck_assert_uint_eq(
        count_at(get(as("tanphu.chuyenvien"), EXCEPTIONS "?period=%s&in_force=true", id), "/items"),
        1);
    ck_problem(get(as("locninh.chuyenvien"), EXCEPTIONS "/%s", exception), 404, "not-found");
    r = command(as("dongxoai.lanhdao"), form(EXCEPTIONS "/%s", exception), "revoke", "{}");
    ck_status(r, 200);
    ck_assert(!is_null_at(r, "/revoked_by"));
    ck_problem(command(as("dongxoai.lanhdao"), form(EXCEPTIONS "/%s", exception), "revoke", "{}"),
               409, "conflict");
    remove_period(id);
}
END_TEST

START_TEST(days_by_hand_open_and_lock_nothing)
{
    const char *id = make_phase("2021-11-20");
    const char *path = form(PERIODS "/%s", id);
    const struct reply *r =
        patch(as("tinh.lanhdao"), path, 1, "{\"label\":\"%s\",\"opens_on\":\"2021-11-25\"}",
              fresh("Sơ kết "));
    ck_status(r, 200);
    ck_field(patch(as("tinh.lanhdao"), path, 2, "{\"opens_on\":\"2021-11-15\"}"), "/opens_on",
             "decision_needed");
    ck_field(patch(as("tinh.lanhdao"), path, 2, "{\"locks_on\":\"2021-11-30\"}"), "/locks_on",
             "wrong_order");
    ck_problem(patch(as("tinh.chuyenvien"), path, 2, "{\"label\":\"x\"}"), 403, "forbidden");
    ck_problem(patch(as("tinh.lanhdao"), path, 1, "{\"label\":\"x\"}"), 412, "stale-version");
    ck_field(post(as("tinh.lanhdao"), PERIODS,
                  "{\"plan_id\":\"%s\",\"kind\":\"quarter\",\"label\":\"Q\",\"starts_on\":"
                  "\"2022-02-01\",\"ends_on\":\"2022-04-30\"}",
                  plan_36()),
             "/starts_on", "not_of_kind");
    ck_assert_int_eq(del(as("tinh.lanhdao"), path, 2)->status, 204);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("periods");
    TCase *c = new_case(s, "periods");
    tcase_add_test(c, plan_36_has_its_fourteen_periods);
    tcase_add_test(c, generating_again_makes_none);
    tcase_add_test(c, generating_is_the_issuers_leaders_and_checked);
    tcase_add_test(c, a_phase_is_opened_locked_and_unlocked_with_reasons);
    tcase_add_test(c, a_due_day_moves_and_the_first_is_kept);
    tcase_add_test(c, an_exception_has_an_end_a_person_and_is_taken_back);
    tcase_add_test(c, days_by_hand_open_and_lock_nothing);
    return run_suite(s);
}
