/* Work given beside the plan: listed, reported and confirmed as any other; what gave it is closed
 * with it. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define ASSIGNMENTS "/api/v1/assignments"

/* What a meeting of the province gave the board of Đồng Xoài; arranged, for meetings are told
 * elsewhere. `title` is fresh. */
struct given {
    const char *title;
    const char *outcome;
    const char *meeting;
    const char *assignment;
};

static struct given give_under(const char *plan)
{
    struct given g = {.title = fresh("Rà soát hộp thư góp ý ")};
    int giver = unit_of("tinh.lanhdao");
    int lead = unit_of("dongxoai.lanhdao");
    g.meeting = db_text(
        form("insert into app.meeting (plan_id, kind, title, held_on, status, opened_on, closed_on,"
             " owner_unit_id) values ($1::uuid, 'thematic', 'Giao ban thử', '2021-11-10', 'closed',"
             " '2021-11-10', '2021-11-10', %d) returning id",
             giver),
        plan);
    g.outcome = db_text(form("insert into app.outcome (meeting_id, plan_id, position, kind, title,"
                             " lead_unit_id, due_on, status, given_on, owner_unit_id)"
                             " values ($1::uuid, '%s', 1, 'task', '%s', %d, '2021-12-20', 'open',"
                             " '2021-11-10', %d) returning id",
                             plan, g.title, lead, giver),
                        g.meeting);
    g.assignment =
        db_text(form("select private.give_work('meeting', $1::uuid, %d, '%s', null, '%s',"
                     " 'Giao ban 10/11/2021', %d, '2021-12-20', array[]::integer[])",
                     giver, plan, g.title, lead),
                g.outcome);
    return g;
}

static struct given give(void)
{
    return give_under(plan_36());
}

static void take_away(const struct given *g)
{
    db_do("delete from app.notice where resource_id = $1::uuid", g->assignment);
    db_do("delete from app.assignment where source_id = $1::uuid", g->outcome);
    db_do("delete from app.meeting where id = $1::uuid", g->meeting);
}

static struct reply *command(const struct caller *c, const char *id, const char *name,
                             const char *body)
{
    const struct reply *now = get(c, ASSIGNMENTS "/%s", id);
    ck_status(now, 200);
    return ask(c, "POST", form(ASSIGNMENTS "/%s/%s", id, name), body,
               form("If-Match: %s", header_of(now, "ETag")), NULL);
}

static size_t listed(const char *login, const char *query, const char *id)
{
    struct json_object *list = walk(as(login), form(ASSIGNMENTS "?limit=200&%s", query));
    size_t found = 0;
    for (size_t i = 0; i < json_object_array_length(list); i++)
        found += strcmp(text_in(json_object_array_get_idx(list, i), "id"), id) == 0;
    return found;
}

START_TEST(it_is_listed_as_any_other)
{
    struct given g = give();
    const struct reply *r = get(as("dongxoai.chuyenvien"), ASSIGNMENTS "/%s", g.assignment);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/title"), g.title);
    ck_assert_str_eq(text_at(r, "/source"), "meeting");
    ck_assert_str_eq(text_at(r, "/source_id"), g.outcome);
    ck_assert_int_eq(int_at(r, "/given_by_unit_id"), unit_of("tinh.lanhdao"));
    ck_assert_str_eq(text_at(r, "/given_by_unit_name"), "Ban Dân vận Tỉnh ủy Bình Phước");
    ck_assert(is_null_at(r, "/plan_item_id") && is_null_at(r, "/item_code"));
    ck_assert_uint_eq(count_at(r, "/responsibilities"), 0);

    const char *record = form("given_by=%s", g.outcome);
    const char *word = strrchr(g.title, ' ') + 1;
    struct {
        const char *login;
        const char *query;
        size_t found;
    } lists[] = {
        {"dongxoai.chuyenvien", "source=meeting", 1},
        {"dongxoai.chuyenvien", "source=meeting,inspection&relation=lead", 1},
        {"dongxoai.chuyenvien", "source=plan", 0},
        {"dongxoai.chuyenvien", "given=me", 0},
        {"tinh.xem", "given=me", 1},
        {"tinh.xem", record, 1},
        {"locninh.chuyenvien", record, 0},
        {"dongxoai.chuyenvien", form("q=%s", word), 1},
        {"dongxoai.chuyenvien", form("q=%s&as_of=2021-11-15", word), 1},
        {"dongxoai.chuyenvien", form("q=%s&as_of=2021-11-14", word), 0},
        {"dongxoai.chuyenvien", "q=hop%20thu%20GOP", 1},
        {"dongxoai.chuyenvien", "sort=outline", 1},
    };
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        ck_assert_msg(listed(lists[i].login, lists[i].query, g.assignment) == lists[i].found,
                      "%s %s", lists[i].login, lists[i].query);
    take_away(&g);
}
END_TEST

START_TEST(a_wrong_filter_is_named)
{
    const struct caller *c = as("tinh.xem");
    ck_field(get(c, ASSIGNMENTS "?source=party"), "?source", "not_a_choice");
    ck_field(get(c, ASSIGNMENTS "?given=you"), "?given", "not_a_choice");
    ck_field(get(c, ASSIGNMENTS "?given_by=1"), "?given_by", NULL);
}
END_TEST

START_TEST(both_sides_are_closed_at_once)
{
    struct given g = give();
    static const char outcome[] =
        "select concat_ws(' ', status, completed_on) from app.outcome where id = $1::uuid";
    const struct caller *officer = as("dongxoai.chuyenvien");
    const struct caller *leader = as("dongxoai.lanhdao");
    ck_status(command(officer, g.assignment, "progress", "{\"status\":\"reported\"}"), 200);
    ck_assert_str_eq(db_text(outcome, g.outcome), "open");
    ck_problem(command(as("tinh.lanhdao"), g.assignment, "confirm", "{}"), 403, "forbidden");
    const struct reply *r = command(leader, g.assignment, "confirm", "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "completed");
    ck_assert_str_eq(db_text(outcome, g.outcome), "completed 2021-11-15");
    ck_status(command(leader, g.assignment, "reopen", "{\"note\":\"Thiếu hai xã\"}"), 200);
    ck_assert_str_eq(db_text(outcome, g.outcome), "open");
    take_away(&g);
}
END_TEST

/* What was given ends, nothing new begins. */
START_TEST(it_is_followed_to_its_end_when_the_plan_is_closed)
{
    const char *plan =
        db_text(form("insert into app.plan (number, title, issuer_unit_id, period_from, period_to,"
                     " status) values ($1, 'Kế hoạch thử', %d, '2021-01-01', '2021-12-31',"
                     " 'in_force') returning id",
                     unit_of("tinh.lanhdao")),
                fresh("T-"));
    struct given g = give_under(plan);
    const struct caller *leader = as("dongxoai.lanhdao");
    db_do("update app.plan set status = 'closed' where id = $1::uuid", plan);
    ck_assert(array_has(get(leader, ASSIGNMENTS "/%s", g.assignment), "/actions", "progress"));
    ck_status(command(leader, g.assignment, "progress", "{\"status\":\"reported\"}"), 200);
    ck_status(command(leader, g.assignment, "confirm", "{}"), 200);
    const struct reply *r = command(leader, g.assignment, "reopen", "{\"note\":\"Còn thiếu\"}");
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "plan_closed");
    take_away(&g);
    db_do("delete from app.assignment_count where plan_id = $1::uuid", plan);
    db_do("delete from app.plan where id = $1::uuid", plan);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("given");
    TCase *t = new_case(s, "given");
    tcase_add_test(t, it_is_listed_as_any_other);
    tcase_add_test(t, a_wrong_filter_is_named);
    tcase_add_test(t, both_sides_are_closed_at_once);
    tcase_add_test(t, it_is_followed_to_its_end_when_the_plan_is_closed);
    suite_add_tcase(s, t);
    return run_suite(s);
}
