/* The plan in force, its outline, and the making of a small plan from draft to issue. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define PLANS "/api/v1/plans"
#define ITEMS "/api/v1/plan-items"

/* Tasks and targets of plan 36 in the order of its text (reading of the source, sections 5 and 7).
 */
static const char *const tasks[] = {
    "T1.1",   "T1.2a",  "T1.2b",  "T1.2c",  "T1.2d",  "T1.2e",  "T1.2f",  "T1.3",    "T1.4",
    "T1.5",   "T2.1.1", "T2.1.2", "T2.1.3", "T2.1.4", "T2.2.0", "T2.2.1", "T2.2.1x", "T2.2.2",
    "T2.2.3", "T2.2.4", "T2.2.5", "T2.2.6", "T2.2.7", "T2.3.1", "T2.3.2", "T2.3.3",  "T2.4.1",
    "T2.4.2", "T2.4.3", "T2.5.1", "T2.5.2", "T2.5.3", "T3.1.1", "T3.1.2", "T3.1.3",  "T3.1.4",
    "T3.2.1", "T3.2.2", "T3.2.3", "T4",     "T5.1",   "T5.2",   "T5.3",   "T6.1",    "T6.2",
    "T6.3",   "T6.4",   "T6.5a",  "T6.5b",  "T6.5c"};
#define TASK_COUNT (sizeof tasks / sizeof tasks[0])

static struct json_object *items_of_kind(const char *kind)
{
    return walk(as("tinh.xem"), form(ITEMS "?plan=%s&kind=%s&limit=200", plan_36(), kind));
}

/* ---- plan 36 ---- */

START_TEST(plan_36_is_in_force_as_signed)
{
    const struct reply *r = get(as("tanphu.chuyenvien"), PLANS "/%s", plan_36());
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/number"), "36-KH/BDVTU");
    ck_assert_str_eq(text_at(r, "/status"), "in_force");
    ck_assert_str_eq(text_at(r, "/signed_on"), "2021-08-17");
    ck_assert_str_eq(text_at(r, "/signer"), "Lê Thị Xuân Trang");
    ck_assert_int_eq(strncmp(text_at(r, "/period_from"), "2021", 4), 0);
    ck_assert_int_eq(strncmp(text_at(r, "/period_to"), "2025", 4), 0);
    ck_assert_int_eq(int_at(r, "/issuer_unit_id"), unit_of("tinh.lanhdao"));
}
END_TEST

START_TEST(the_outline_holds_all_parts_in_order)
{
    struct json_object *all = walk(as("tinh.xem"), form(ITEMS "?plan=%s&limit=50", plan_36()));
    size_t seen = 0;
    int64_t last = 0;
    for (size_t i = 0; i < json_object_array_length(all); i++) {
        struct json_object *item = json_object_array_get_idx(all, i);
        ck_assert_int_gt(int_in(item, "position"), last);
        last = int_in(item, "position");
        if (strcmp(text_in(item, "kind"), "task") != 0)
            continue;
        ck_assert_uint_lt(seen, TASK_COUNT);
        ck_assert_str_eq(text_in(item, "code"), tasks[seen++]);
    }
    ck_assert_uint_eq(seen, TASK_COUNT);
    ck_assert_uint_eq(json_object_array_length(items_of_kind("block")), 12);
    ck_assert_uint_eq(json_object_array_length(items_of_kind("target")), 6);
    ck_assert_uint_eq(json_object_array_length(items_of_kind("part")), 3);
}
END_TEST

START_TEST(items_hang_under_their_section)
{
    const struct reply *r = get(as("tinh.xem"), ITEMS "?plan=%s&code=T2.1.4", plan_36());
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    const struct reply *parent = get(as("tinh.xem"), ITEMS "/%s", text_at(r, "/items/0/parent_id"));
    ck_assert_str_eq(text_at(parent, "/outline"), "II.2.1");
    const struct reply *block = get(as("tinh.xem"), ITEMS "/%s", text_at(r, "/items/0/block_id"));
    ck_assert_str_eq(text_at(block, "/code"), "A2");
}
END_TEST

static struct reply *schedules_of(const char *code)
{
    const struct reply *item = get(as("tinh.xem"), ITEMS "?plan=%s&code=%s", plan_36(), code);
    return get(as("tinh.xem"), "/api/v1/schedules?plan_item=%s&limit=50",
               text_at(item, "/items/0/id"));
}

START_TEST(part_ii_1_is_due_by_level)
{
    const struct reply *r = schedules_of("T1.1");
    ck_status(r, 200);
    int province = find_item(r, "level", "province");
    int district = find_item(r, "level", "district");
    ck_assert_int_ge(province, 0);
    ck_assert_int_ge(district, 0);
    ck_assert_str_eq(text_at(r, form("/items/%d/due_on", province)), "2021-09-30");
    ck_assert_str_eq(text_at(r, form("/items/%d/due_on", district)), "2021-12-31");
}
END_TEST

START_TEST(scheme_1217_has_four_phases_and_none_in_2024)
{
    const struct reply *r = schedules_of("T2.2.7");
    ck_status(r, 200);
    int at_province = 0;
    for (size_t i = 0; i < count_at(r, "/items"); i++) {
        ck_assert_int_ne(strncmp(text_at(r, form("/items/%zu/due_on", i)), "2024", 4), 0);
        at_province += strcmp(text_at(r, form("/items/%zu/level", i)), "province") == 0;
    }
    ck_assert_int_eq(at_province, 4);
}
END_TEST

START_TEST(block_a7_names_lead_office_and_partners)
{
    const struct reply *block = get(as("tinh.xem"), ITEMS "?plan=%s&code=A7", plan_36());
    const struct reply *r = get(as("tinh.xem"), "/api/v1/responsibilities?plan_item=%s&limit=50",
                                text_at(block, "/items/0/id"));
    ck_status(r, 200);
    int lead = find_item(r, "role", "lead");
    int office = find_item(r, "role", "advising_office");
    ck_assert_int_ge(lead, 0);
    ck_assert_int_ge(office, 0);
    ck_assert_int_eq(int_at(r, form("/items/%d/unit_id", office)),
                     db_int("select id from app.unit where code = 'bdv-70-nhanuoc'", NULL));
    int home_affairs = 0;
    for (size_t i = 0; i < count_at(r, "/items"); i++)
        home_affairs += !is_null_at(r, form("/items/%zu/unit_id", i)) &&
                        int_at(r, form("/items/%zu/unit_id", i)) ==
                            db_int("select id from app.unit where code = 'sonoivu-70'", NULL);
    ck_assert_int_eq(home_affairs, 1);
}
END_TEST

START_TEST(issuing_twice_is_refused)
{
    const struct caller *leader = as("tinh.lanhdao");
    const char *path = form(PLANS "/%s", plan_36());
    int64_t count = db_int("select count(*) from app.assignment", NULL);
    const struct reply *plan = get(leader, "%s", path);
    const struct reply *r = ask(leader, "POST", form("%s/issue", path), "{}",
                                form("If-Match: %s", header_of(plan, "ETag")), NULL);
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "already_issued");
    ck_assert_int_eq(db_int("select count(*) from app.assignment", NULL), count);
    ck_assert(!array_has(plan, "/actions", "issue"));
}
END_TEST

START_TEST(only_the_issuers_leader_commands_the_plan)
{
    const char *who[] = {"tinh.xem", "tinh.chuyenvien", "tinh.admin", "dongxoai.lanhdao",
                         "tanphu.lanhdao"};
    const char *commands[] = {"issue", "close", "return"};
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 3; k++) {
            const struct reply *r =
                ask(as(who[i]), "POST", form(PLANS "/%s/%s", plan_36(), commands[k]),
                    strcmp(commands[k], "return") == 0 ? "{\"note\":\"x\"}" : "{}",
                    "If-Match: \"1\"", NULL);
            ck_assert_msg(r->status == 403 || r->status == 404 || r->status == 409, "%s %s: %ld %s",
                          who[i], commands[k], r->status, r->body);
        }
    ck_assert_str_eq(text_at(get(as("tinh.xem"), PLANS "/%s", plan_36()), "/status"), "in_force");
}
END_TEST

/* ---- a plan of one's own ---- */

struct made {
    const char *plan;
    const char *item;
};

/* A district's draft with one task led by its board, due once. */
static struct made make_plan(const struct caller *c)
{
    struct made m;
    int unit = unit_of("dongxoai.chuyenvien");
    const struct reply *r = post(c, PLANS,
                                 "{\"number\":\"%s\",\"title\":\"Kế hoạch thử\","
                                 "\"period_from\":\"2021-01-01\",\"period_to\":\"2025-12-31\"}",
                                 fresh("KH-"));
    ck_status(r, 201);
    m.plan = text_at(r, "/id");
    ck_assert_str_eq(text_at(r, "/status"), "draft");
    r = post(
        c, ITEMS,
        "{\"plan_id\":\"%s\",\"kind\":\"task\",\"code\":\"T1\",\"outline\":\"1\",\"position\":1,"
        "\"title\":\"Nhiệm vụ thử\"}",
        m.plan);
    ck_status(r, 201);
    m.item = text_at(r, "/id");
    r = post(c, "/api/v1/responsibilities",
             "{\"plan_item_id\":\"%s\",\"role\":\"lead\",\"unit_id\":%d}", m.item, unit);
    ck_status(r, 201);
    r = post(c, "/api/v1/schedules",
             "{\"plan_item_id\":\"%s\",\"level_id\":2,\"recurrence\":\"yearly\","
             "\"label\":\"Hằng năm\",\"starts_on\":\"2021-01-01\","
             "\"due_on\":\"2021-12-31\",\"until_year\":2025}",
             m.item);
    ck_status(r, 201);
    return m;
}

static struct reply *command(const struct caller *c, const char *plan, const char *name)
{
    const struct reply *now = get(c, PLANS "/%s", plan);
    ck_status(now, 200);
    return ask(c, "POST", form(PLANS "/%s/%s", plan, name), "{}",
               form("If-Match: %s", header_of(now, "ETag")), NULL);
}

static void remove_plan(const char *plan)
{
    db_do("delete from app.assignment where plan_id = $1::uuid", plan);
    db_do("delete from app.assignment_count where plan_id = $1::uuid", plan);
    db_do("delete from app.plan where id = $1::uuid", plan);
}

START_TEST(draft_is_hidden_and_becomes_visible_when_issued)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    const struct caller *leader = as("dongxoai.lanhdao");
    struct made m = make_plan(officer);
    const char *others[] = {"tinh.lanhdao", "locninh.chuyenvien", "tanphu.chuyenvien"};
    for (size_t i = 0; i < 3; i++) {
        ck_problem(get(as(others[i]), PLANS "/%s", m.plan), 404, "not-found");
        ck_problem(get(as(others[i]), ITEMS "/%s", m.item), 404, "not-found");
    }
    const struct reply *r = command(officer, m.plan, "issue");
    ck_problem(r, 403, "forbidden"); /* an officer does not issue */
    r = command(officer, m.plan, "submit");
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    r = command(leader, m.plan, "issue");
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_assert_str_eq(text_at(get(leader, PLANS "/%s", m.plan), "/status"), "in_force");
    ck_status(get(as("tinh.xem"), PLANS "/%s", m.plan), 200);
    ck_status(get(as("tanphu.chuyenvien"), PLANS "/%s", m.plan), 200);

    struct json_object *owed = walk(officer, form("/api/v1/assignments?plan=%s&limit=50", m.plan));
    ck_assert_uint_eq(json_object_array_length(owed), 5); /* 2021 to 2025 */
    struct json_object *first = json_object_array_get_idx(owed, 0);
    ck_assert_str_eq(text_in(first, "due_on"), "2021-12-31");
    ck_assert_str_eq(text_in(first, "original_due_on"), "2021-12-31");
    ck_problem(command(leader, m.plan, "issue"), 409, "conflict");
    ck_assert_uint_eq(
        json_object_array_length(walk(officer, form("/api/v1/assignments?plan=%s", m.plan))), 5);
    /* what is in force is not edited */
    r = patch(officer, form(ITEMS "/%s", m.item), 1, "{\"title\":\"Khác\"}");
    ck_assert_msg(r->status == 403 || r->status == 409, "%ld %s", r->status, r->body);
    remove_plan(m.plan);
}
END_TEST

START_TEST(rehearsed_issue_counts_and_makes_nothing)
{
    const struct caller *leader = as("dongxoai.lanhdao");
    struct made m = make_plan(as("dongxoai.chuyenvien"));
    ck_assert_int_lt((int)command(as("dongxoai.chuyenvien"), m.plan, "submit")->status, 300);
    const struct reply *now = get(leader, PLANS "/%s", m.plan);
    const struct reply *r = ask(leader, "POST", form(PLANS "/%s/issue?dry_run=true", m.plan), "{}",
                                form("If-Match: %s", header_of(now, "ETag")), NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "\"T1\""));
    ck_assert_ptr_nonnull(strstr(r->body, "5"));
    ck_assert_str_eq(text_at(get(leader, PLANS "/%s", m.plan), "/status"), "submitted");
    ck_assert_int_eq(db_int("select count(*) from app.assignment where plan_id = $1::uuid", m.plan),
                     0);
    remove_plan(m.plan);
}
END_TEST

START_TEST(a_task_without_lead_stops_the_issue)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    struct made m = make_plan(officer);
    ck_status(post(officer, ITEMS,
                   "{\"plan_id\":\"%s\",\"kind\":\"task\",\"code\":\"T2\",\"outline\":\"2\","
                   "\"position\":2,\"title\":\"Thiếu chủ trì\"}",
                   m.plan),
              201);
    const char *bare =
        db_text("select id from app.plan_item where plan_id = $1::uuid and code = 'T2'", m.plan);
    ck_status(post(officer, "/api/v1/schedules",
                   "{\"plan_item_id\":\"%s\",\"level_id\":2,\"recurrence\":\"once\","
                   "\"label\":\"Một lần\",\"starts_on\":\"2021-01-01\","
                   "\"due_on\":\"2021-12-31\"}",
                   bare),
              201);
    command(officer, m.plan, "submit");
    const struct reply *r = command(as("dongxoai.lanhdao"), m.plan, "issue");
    ck_assert_msg(r->status == 409 || r->status == 422, "%ld %s", r->status, r->body);
    ck_assert_ptr_nonnull(strstr(r->body, "no_lead"));
    ck_assert_int_eq(db_int("select count(*) from app.assignment where plan_id = $1::uuid", m.plan),
                     0);
    remove_plan(m.plan);
}
END_TEST

START_TEST(returned_plan_is_a_draft_again)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    struct made m = make_plan(officer);
    ck_assert_int_lt((int)command(officer, m.plan, "submit")->status, 300);
    const struct reply *now = get(as("dongxoai.lanhdao"), PLANS "/%s", m.plan);
    const struct reply *r =
        ask(as("dongxoai.lanhdao"), "POST", form(PLANS "/%s/return", m.plan),
            "{\"note\":\"Cần bổ sung\"}", form("If-Match: %s", header_of(now, "ETag")), NULL);
    ck_assert_msg(r->status < 300, "%ld %s", r->status, r->body);
    ck_assert_str_eq(text_at(get(officer, PLANS "/%s", m.plan), "/status"), "draft");
    remove_plan(m.plan);
}
END_TEST

START_TEST(nobody_drafts_for_another_unit)
{
    const struct reply *r =
        post(as("dongxoai.chuyenvien"), PLANS,
             "{\"number\":\"%s\",\"title\":\"x\",\"period_from\":\"2021-01-01\","
             "\"period_to\":\"2025-12-31\",\"issuer_unit_id\":%d}",
             fresh("KH-"), unit_of("tinh.lanhdao"));
    ck_assert_msg(r->status == 403 || r->status == 422, "%ld %s", r->status, r->body);
    /* nor hangs an item into a plan that is not one's own */
    r = post(as("dongxoai.chuyenvien"), ITEMS,
             "{\"plan_id\":\"%s\",\"kind\":\"task\",\"code\":\"%s\","
             "\"outline\":\"9\",\"position\":9999,\"title\":\"x\"}",
             plan_36(), fresh("X"));
    ck_assert_msg(r->status == 403 || r->status == 422 || r->status == 409, "%ld %s", r->status,
                  r->body);
}
END_TEST

START_TEST(wrong_order_of_days_is_named)
{
    const struct reply *r =
        post(as("dongxoai.chuyenvien"), PLANS,
             "{\"number\":\"%s\",\"title\":\"x\",\"period_from\":\"2025-01-01\","
             "\"period_to\":\"2021-12-31\"}",
             fresh("KH-"));
    ck_problem(r, 422, "invalid-input");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("plans");
    TCase *real = new_case(s, "plan 36");
    tcase_add_test(real, plan_36_is_in_force_as_signed);
    tcase_add_test(real, the_outline_holds_all_parts_in_order);
    tcase_add_test(real, items_hang_under_their_section);
    tcase_add_test(real, part_ii_1_is_due_by_level);
    tcase_add_test(real, scheme_1217_has_four_phases_and_none_in_2024);
    tcase_add_test(real, block_a7_names_lead_office_and_partners);
    tcase_add_test(real, issuing_twice_is_refused);
    tcase_add_test(real, only_the_issuers_leader_commands_the_plan);
    TCase *own = new_case(s, "a plan of one's own");
    tcase_add_test(own, draft_is_hidden_and_becomes_visible_when_issued);
    tcase_add_test(own, rehearsed_issue_counts_and_makes_nothing);
    tcase_add_test(own, a_task_without_lead_stops_the_issue);
    tcase_add_test(own, returned_plan_is_a_draft_again);
    tcase_add_test(own, nobody_drafts_for_another_unit);
    tcase_add_test(own, wrong_order_of_days_is_named);
    return run_suite(s);
}
