/* A task from the meeting that gave it to its end, through the service: the packet before, the
 * refused closing with its list, the lead's report, and both sides ending at once. */
#include <string.h>

#include "arrange.h"

#define MEETINGS "/api/v1/meetings"
#define OUTCOMES "/api/v1/outcomes"

static const char *today(void)
{
    return db_text("select private.installation_today()::text where $1 = 'x'", "x");
}

/* Sends a command with the version of the moment. */
static const struct reply *tell(const struct caller *c, const char *path, const char *table,
                                const char *id, const char *name, const char *body)
{
    int64_t version = db_int(form("select version from app.%s where id = $1", table), id);
    return ask(c, "POST", form("%s/%s/%s", path, id, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

static const struct reply *on_meeting(const struct caller *c, const char *id, const char *name,
                                      const char *body)
{
    return tell(c, MEETINGS, "meeting", id, name, body);
}

static const struct reply *on_outcome(const struct caller *c, const char *id, const char *name,
                                      const char *body)
{
    return tell(c, OUTCOMES, "outcome", id, name, body);
}

/* A meeting of the province, convened, that invites the board of Đồng Xoài. */
static const char *convene(const struct caller *officer)
{
    const struct reply *r =
        post(officer, MEETINGS,
             "{\"plan_id\":\"%s\",\"kind\":\"thematic\",\"title\":\"%s\",\"held_on\":\"%s\"}",
             plan_36(), fresh("Chuyên đề "), today());
    ck_status(r, 201);
    const char *meeting = text_at(r, "/id");
    ck_status(post(officer, "/api/v1/meeting-invitations", "{\"meeting_id\":\"%s\",\"unit_id\":%d}",
                   meeting, unit_of("dongxoai.lanhdao")),
              201);
    ck_status(post(officer, "/api/v1/meeting-agenda-items",
                   "{\"meeting_id\":\"%s\",\"position\":1,\"title\":\"Khai mạc\"}", meeting),
              201);
    ck_status(on_meeting(officer, meeting, "convene", "{}"), 200);
    return meeting;
}

static const char *decide(const struct caller *c, const char *meeting, const char *rest)
{
    const struct reply *r = post(c, OUTCOMES, "{\"meeting_id\":\"%s\",\"title\":\"%s\",%s}",
                                 meeting, fresh("Việc "), rest);
    ck_status(r, 201);
    return text_at(r, "/id");
}

static void close_meeting(const struct caller *leader, const char *meeting)
{
    ck_status(on_meeting(leader, meeting, "attendance",
                         form("{\"rows\":[{\"unit_code\":\"%s\",\"is_present\":true}]}",
                              db_text("select u.code from app.meeting_invitation as i join app.unit"
                                      " as u on u.id = i.unit_id where i.meeting_id = $1",
                                      meeting))),
              200);
    ck_status(post(leader, "/api/v1/meeting-minutes",
                   "{\"meeting_id\":\"%s\",\"text\":\"Biên bản\"}", meeting),
              201);
    ck_status(on_meeting(leader, meeting, "close", "{}"), 200);
}

/* Every filter finds it, alone and as of today; every order takes it. */
static void ck_found(const char *task, const char *meeting)
{
    const struct caller *leader = as("tinh.lanhdao");
    const char *filters[] = {
        "status=completed,open",
        "kind=task",
        "open=false",
        "overdue=false",
        "carried=false",
        form("meeting=%s", meeting),
        form("plan=%s", plan_36()),
        form("year=%.4s", today()),
        form("unit=%d", unit_of("tinh.lanhdao")),
        form("unit=%d&subtree=true", unit_of("tinh.lanhdao")),
        form("lead_unit=%d", unit_of("dongxoai.lanhdao")),
        form("named_unit=%s", db_text("select id::text from app.unit where code = $1", "mttq-70")),
        "owner=me",
        "q=viec",
        "updated_since=2020-01-01T00:00:00Z",
        "sort=due_on",
        "sort=-position",
        "sort=-carry_over_count",
        "sort=-updated_at",
    };
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        const char *path = form(OUTCOMES "?limit=200&meeting=%s&%s", meeting, filters[i]);
        if (strncmp(filters[i], "meeting=", 8) == 0)
            path = form(OUTCOMES "?limit=200&%s", filters[i]);
        ck_assert_msg(find_item(get(leader, "%s", path), "id", task) >= 0, "%s", path);
        path = form("%s&as_of=%s", path, today());
        ck_assert_msg(find_item(get(leader, "%s", path), "id", task) >= 0, "%s", path);
    }
    ck_assert_uint_eq(
        count_at(get(leader, OUTCOMES "?meeting=%s&as_of=2020-01-01", meeting), "/items"), 0);
    ck_assert_uint_eq(count_at(get(leader, OUTCOMES "?meeting=%s&overdue=true", meeting), "/items"),
                      0);
    const struct reply *r =
        ask(leader, "GET", form(OUTCOMES "?meeting=%s", meeting), NULL, "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "carry_over_count"));
    r = get(leader, "/api/v1/outcome-units?meeting=%s&role=coordinating&as_of=%s", meeting,
            today());
    ck_assert_uint_eq(count_at(r, "/items"), 1);
}

START_TEST(a_task_from_the_meeting_to_its_end)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *leader = as("tinh.lanhdao");
    const struct caller *lead = as("dongxoai.lanhdao");
    const char *meeting = convene(officer);
    const char *packet = form("/api/v1/meeting-packets/%s", meeting);
    const struct reply *r = get(officer, "%s", packet);
    ck_status(r, 200);
    ck_assert(is_null_at(r, "/frozen_on"));
    ck_assert_int_ge(int_at(r, "/content/overdue/total"), 0);
    ck_problem(get(lead, "%s", packet), 404, "not-found");
    ck_problem(post(officer, OUTCOMES, "{\"meeting_id\":\"%s\",\"title\":\"x\",\"kind\":\"task\"}",
                    meeting),
               409, "conflict");

    ck_status(on_meeting(officer, meeting, "open", "{}"), 200);
    ck_assert_str_eq(text_at(get(officer, "%s", packet), "/frozen_on"), today());
    const char *task =
        decide(officer, meeting,
               form("\"kind\":\"task\",\"lead_unit_id\":%d", unit_of("dongxoai.lanhdao")));
    const char *bare = decide(officer, meeting, "\"kind\":\"task\"");
    const char *decision = decide(officer, meeting, "\"kind\":\"decision\"");
    ck_field(post(officer, OUTCOMES,
                  "{\"meeting_id\":\"%s\",\"title\":\"x\",\"kind\":\"decision\",\"due_on\":"
                  "\"2030-01-01\"}",
                  meeting),
             "/due_on", "not_a_task");
    /* a unit that no other program asks about: what is named together is seen together */
    r = post(officer, "/api/v1/outcome-units", "{\"outcome_id\":\"%s\",\"unit_id\":%s}", task,
             db_text("select id::text from app.unit where code = $1", "mttq-70"));
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/role"), "coordinating");
    ck_problem(get(lead, OUTCOMES "/%s", task), 404, "not-found");

    r = on_meeting(leader, meeting, "close", "{}");
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "outcomes_unready");
    ck_field(r, form("/outcomes/%s/due_on", task), "required");
    ck_field(r, form("/outcomes/%s/lead_unit_id", bare), "required");
    ck_field(r, form("/outcomes/%s/due_on", bare), "required");
    ck_assert_uint_eq(count_at(r, "/errors"), 3);
    ck_status(patch(officer, form(OUTCOMES "/%s", task), 1, "{\"due_on\":\"2030-01-01\"}"), 200);
    ck_status(del(officer, form(OUTCOMES "/%s", bare), 1), 204);
    close_meeting(leader, meeting);

    r = get(lead, OUTCOMES "/%s", task);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "open");
    ck_assert_uint_eq(count_at(r, "/units"), 1);
    const char *assignment = text_at(r, "/assignment_id");
    ck_assert_str_eq(text_at(get(lead, OUTCOMES "/%s", decision), "/status"), "in_force");
    ck_assert_int_ge(find_item(get(lead, OUTCOMES "?lead=me&open=true&limit=200"), "id", task), 0);
    ck_assert_int_ge(find_item(get(lead, OUTCOMES "?meeting=%s&limit=200", meeting), "id", task),
                     0);
    /* the list is of the scope, and the meeting was the province's */
    ck_assert_int_lt(find_item(get(lead, OUTCOMES "?sort=-updated_at&limit=200"), "id", task), 0);
    ck_status(tell(lead, "/api/v1/assignments", "assignment", assignment, "progress",
                   "{\"status\":\"reported\"}"),
              200);
    ck_status(tell(lead, "/api/v1/assignments", "assignment", assignment, "confirm", "{}"), 200);
    r = get(officer, OUTCOMES "/%s", task);
    ck_assert_str_eq(text_at(r, "/status"), "completed");
    ck_assert_str_eq(text_at(r, "/completed_on"), today());

    ck_field(on_outcome(leader, task, "reopen", "{}"), "/reason", "required");
    r = on_outcome(leader, task, "reopen", "{\"reason\":\"Thiếu phụ lục\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "open");
    ck_assert_str_eq(text_at(r, "/assignment_status"), "in_progress");
    ck_problem(on_outcome(lead, task, "complete", "{\"note\":\"x\"}"), 403, "forbidden");
    ck_status(on_outcome(leader, task, "complete", "{\"note\":\"Đã kiểm tra\"}"), 200);
    ck_assert_str_eq(text_at(get(lead, "/api/v1/assignments/%s", assignment), "/status"),
                     "completed");
    static const char *const told[] = {"work_reopened", "work_completed"};
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_ge(find_item(get(lead, "/api/v1/notices?topic=%s&limit=200", told[i]),
                                   "resource_id", assignment),
                         0);
    ck_found(task, meeting);
}
END_TEST

START_TEST(what_is_open_arrives_at_the_next_meeting)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *leader = as("tinh.lanhdao");
    const char *first = convene(officer);
    ck_status(on_meeting(officer, first, "open", "{}"), 200);
    const char *task = decide(officer, first,
                              form("\"kind\":\"task\",\"lead_unit_id\":%d,\"due_on\":\"%s\"",
                                   unit_of("dongxoai.lanhdao"), today()));
    close_meeting(leader, first);
    const char *second = convene(officer);
    const struct reply *r =
        get(officer, "/api/v1/meeting-agenda-items?meeting=%s&limit=200", second);
    ck_status(r, 200);
    ck_assert_int_ge(find_item(r, "outcome_id", task), 0);
    ck_assert_int_gt(find_item(r, "title", "Khai mạc"), find_item(r, "outcome_id", task));
    ck_assert_int_eq(int_at(get(officer, OUTCOMES "/%s", task), "/carry_over_count"), 1);
    ck_status(on_outcome(leader, task, "withdraw", "{\"reason\":\"Trùng\"}"), 200);
    ck_assert_str_eq(text_at(get(officer, OUTCOMES "/%s", task), "/assignment_status"),
                     "cancelled");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("outcomes");
    TCase *c = new_case(s, "outcomes");
    tcase_add_test(c, a_task_from_the_meeting_to_its_end);
    tcase_add_test(c, what_is_open_arrives_at_the_next_meeting);
    return run_suite(s);
}
