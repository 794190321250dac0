/* Committees and coordination plans through the service: a renewal with faults, work given and
 * done, a plan signed, and who has one. */
#include <string.h>

#include "arrange.h"

#define API "/api/v1/"

static int unit_id(const char *code)
{
    return (int)db_int("select id from app.unit where code = $1", code);
}

/* Sends a command with the version of the moment. */
static const struct reply *tell(const struct caller *c, const char *resource, const char *table,
                                const char *id, const char *name, const char *body)
{
    int64_t version = db_int(form("select version from app.%s where id = $1", table), id);
    return ask(c, "POST", form(API "%s/%s/%s", resource, id, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

static const char *make_committee(const struct caller *officer)
{
    const struct reply *r = post(officer, API "committees",
                                 "{\"code\":\"%s\",\"name\":\"Ban Chỉ đạo thử\",\"plan_id\":\"%s\","
                                 "\"established_on\":\"2021-09-01\"}",
                                 fresh("B-"), plan_36());
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/status"), "open");
    ck_assert_str_eq(text_at(r, "/unit_code"), "bdv-70");
    return text_at(r, "/id");
}

static void renewal_names_every_fault(const struct caller *officer, const char *committee,
                                      const char *decision)
{
    const struct reply *r = tell(
        officer, "committees", "committee", committee, "renew",
        form("{\"document_id\":\"%s\",\"valid_from\":\"2021-11-01\",\"members\":[{\"unit_id\":%d,"
             "\"role\":\"boss\",\"post\":\"Trưởng ban\"},{\"unit_id\":\"x\",\"role\":\"member\"}]}",
             decision, unit_id("bdv-70")));
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "/members/0/role", "not_a_choice");
    ck_field(r, "/members/1/unit_id", "not_visible");
    ck_field(r, "/members/1/post", "required");
    ck_assert_uint_eq(count_at(r, "/errors"), 3);
    r = tell(officer, "committees", "committee", committee, "renew", "{}");
    ck_field(r, "/members", "required");
}

START_TEST(a_committee_and_its_work)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *women = as("phunu.tinh.chuyenvien");
    const char *committee = make_committee(officer);
    const char *decision = make_document(officer, "published", NULL);
    const char *path = form(API "committees/%s", committee);
    ck_problem(get(women, "%s", path), 404, "not-found");
    renewal_names_every_fault(officer, committee, decision);
    const struct reply *r = tell(
        officer, "committees", "committee", committee, "renew",
        form("{\"document_id\":\"%s\",\"valid_from\":\"2021-11-01\",\"members\":[{\"unit_id\":%d,"
             "\"role\":\"chair\",\"post\":\"Trưởng ban\"},{\"unit_id\":%d,\"role\":\"member\","
             "\"post\":\"Chủ tịch Hội\"}]}",
             decision, unit_id("bdv-70"), unit_id("phunu-70")));
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/member_count"), 2);
    ck_status(get(women, "%s", path), 200);
    r = get(women, API "committee-members?committee=%s&current=true", committee);
    ck_assert_uint_eq(count_at(r, "/items"), 2);
    ck_assert_str_eq(text_at(r, "/items/0/role"), "chair");
    ck_assert_uint_eq(
        count_at(get(women, API "committee-members?committee=%s&as_of=2021-10-31", committee),
                 "/items"),
        0);
    ck_assert_int_ge(find_item(get(women, API "committees?member=me"), "id", committee), 0);

    r = post(officer, API "committee-work-items",
             "{\"committee_id\":\"%s\",\"year\":2021,\"title\":\"Kiểm tra\",\"lead_unit_id\":%d}",
             committee, unit_id("bdv-689"));
    ck_field(r, "/lead_unit_id", "not_a_member");
    r = post(officer, API "committee-work-items",
             "{\"committee_id\":\"%s\",\"year\":2021,\"title\":\"Kiểm tra\",\"lead_unit_id\":%d,"
             "\"due_on\":\"2021-12-20\"}",
             committee, unit_id("phunu-70"));
    ck_status(r, 201);
    const char *item = text_at(r, "/id");
    ck_problem(post(officer, form(API "committee-work-items/%s/give", item), "{}"), 428,
               "version-required");
    r = tell(officer, "committee-work-items", "committee_work_item", item, "give", "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "open");
    const char *assignment = text_at(r, "/assignment_id");
    ck_assert_int_ge(
        find_item(get(women, API "committee-work-items?lead=me&year=2021"), "id", item), 0);
    ck_status(tell(women, "assignments", "assignment", assignment, "progress",
                   "{\"status\":\"reported\",\"progress\":100}"),
              200);
    ck_status(tell(make_caller("phunu.tinh.chuyenvien", "leader"), "assignments", "assignment",
                   assignment, "confirm", "{}"),
              200);
    r = get(officer, API "committee-work-items/%s", item);
    ck_assert_str_eq(text_at(r, "/status"), "completed");

    r = tell(officer, "committees", "committee", committee, "end", "{\"ended_on\":\"2021-11-14\"}");
    ck_field(r, "/reason", "required");
    ck_status(tell(officer, "committees", "committee", committee, "end",
                   "{\"ended_on\":\"2021-11-14\",\"reason\":\"Hết nhiệm vụ\"}"),
              200);
    ck_problem(get(women, "%s", path), 404, "not-found");
    r = get(officer, "%s?as_of=2021-11-13", path);
    ck_assert_str_eq(text_at(r, "/status"), "open");
    ck_assert_int_eq(int_at(r, "/member_count"), 2);
}
END_TEST

START_TEST(a_review_of_a_committee)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const char *committee = make_committee(officer);
    const char *body = "{\"committee_id\":\"%s\",\"title\":\"Sơ kết 5 năm\",\"period_from\":"
                       "\"2016-01-07\",\"period_to\":\"%s\",\"due_on\":\"2021-10-31\"}";
    ck_field(post(officer, API "committee-reviews", body, committee, "2015-01-07"), "/period_to",
             "wrong_order");
    const struct reply *r = post(officer, API "committee-reviews", body, committee, "2021-01-07");
    ck_status(r, 201);
    ck_assert(array_has(r, "/actions", "conclude"));
    const char *review = text_at(r, "/id");
    ck_assert_int_ge(
        find_item(get(officer, API "committee-reviews?overdue=true&committee=%s", committee), "id",
                  review),
        0);
    ck_field(tell(officer, "committee-reviews", "committee_review", review, "conclude", "{}"),
             "/summary", "required");
    r = tell(officer, "committee-reviews", "committee_review", review, "conclude",
             "{\"summary\":\"Đạt yêu cầu\",\"done_on\":\"2021-11-10\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/done_on"), "2021-11-10");
    r = patch(officer, form(API "committee-reviews/%s", review), int_at(r, "/version"),
              "{\"title\":\"x\"}");
    ck_problem(r, 409, "conflict");
    ck_problem(del(officer, form(API "committees/%s", committee), 1), 409, "conflict");
}
END_TEST

START_TEST(a_coordination_plan)
{
    const struct caller *officer = as("locninh.chuyenvien");
    int partner = unit_id("ubnd-692");
    struct caller *party = make_caller("phunu.dongxoai.chuyenvien", "officer");
    /* a year of its own, so that other runs do not count */
    const char *year = form(
        "%lld", 2030 + (long long)db_int(
                           "select count(*) % 60 from app.coordination_plan where $1 = ''", ""));
    ck_field(post(officer, API "coordination-plans",
                  "{\"title\":\"x\",\"partner_kind\":\"people_committee\",\"term\":\"stage\","
                  "\"year\":2019}"),
             "/until_year", "by_kind");
    const struct reply *r =
        post(officer, API "coordination-plans",
             "{\"title\":\"Kế hoạch phối hợp\",\"partner_kind\":\"people_committee\",\"term\":"
             "\"yearly\",\"year\":%s,\"plan_id\":\"%s\"}",
             year, plan_36());
    ck_status(r, 201);
    const char *plan = text_at(r, "/id");
    r = tell(officer, "coordination-plans", "coordination_plan", plan, "sign",
             "{\"signed_on\":\"2021-11-01\"}");
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "no_parties");
    ck_status(post(officer, API "coordination-parties",
                   "{\"coordination_plan_id\":\"%s\",\"unit_id\":%d,\"signatory\":\"Chủ tịch\"}",
                   plan, partner),
              201);
    r = post(officer, API "coordination-items",
             "{\"coordination_plan_id\":\"%s\",\"position\":1,\"title\":\"Tiếp công dân\","
             "\"lead_unit_id\":%d}",
             plan, partner);
    ck_status(r, 201);
    const char *item = text_at(r, "/id");
    ck_problem(get(as("tinh.chuyenvien"), API "coordination-plans/%s", plan), 404, "not-found");
    ck_status(tell(officer, "coordination-plans", "coordination_plan", plan, "sign",
                   "{\"signed_on\":\"2021-11-01\"}"),
              200);
    ck_status(get(as("tinh.chuyenvien"), API "coordination-plans/%s", plan), 200);
    ck_problem(get(party, API "coordination-plans/%s", plan), 404, "not-found");
    r = patch(officer, form(API "coordination-plans/%s", plan),
              db_int("select version from app.coordination_plan where id = $1", plan),
              "{\"title\":\"x\"}");
    ck_problem(r, 409, "conflict");
    ck_field(tell(officer, "coordination-items", "coordination_item", item, "give", "{}"),
             "/due_on", "required");
    ck_status(patch(officer, form(API "coordination-items/%s", item),
                    db_int("select version from app.coordination_item where id = $1", item),
                    "{\"due_on\":\"2021-12-20\"}"),
              200);
    r = tell(officer, "coordination-items", "coordination_item", item, "give", "{}");
    ck_status(r, 200);
    ck_assert(strcmp(text_at(r, "/assignment_id"), "") != 0);
    r = tell(officer, "coordination-items", "coordination_item", item, "withdraw",
             "{\"reason\":\"Không còn phù hợp\"}");
    ck_assert_str_eq(text_at(r, "/status"), "withdrawn");

    r = get(officer, API "coordination-coverage?year=%s&partner_kind=people_committee", year);
    int i = find_item(r, "unit_code", "bdv-692");
    ck_assert_int_ge(i, 0);
    ck_assert_str_eq(text_at(r, form("/items/%d/coordination_plan_id", i)), plan);
    ck_assert_int_eq(int_at(r, form("/items/%d/yearly_count", i)), 1);
    ck_assert_int_lt(find_item(get(officer,
                                   API "coordination-coverage?year=%s&covered=false"
                                       "&partner_kind=people_committee",
                                   year),
                               "unit_code", "bdv-692"),
                     0);
    r = get(as("tinh.chuyenvien"), API "coordination-rates?year=%s", year);
    i = find_item(r, "group_code", "district");
    ck_assert_int_ge(i, 0);
    ck_assert_int_eq(int_at(r, form("/items/%d/boards", i)), 11);
    ck_field(get(officer, API "coordination-coverage?partner_kind=x"), "?partner_kind",
             "not_a_choice");
    r = ask(officer, "GET", form(API "coordination-plans?year=%s", year), NULL, "Accept: text/csv",
            NULL);
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "Kế hoạch phối hợp"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("bodies");
    TCase *c = new_case(s, "bodies");
    tcase_add_test(c, a_committee_and_its_work);
    tcase_add_test(c, a_review_of_a_committee);
    tcase_add_test(c, a_coordination_plan);
    return run_suite(s);
}
