/* An inspection from programme to the recommendation's end, and a model to its counts. */
#include <string.h>

#include "arrange.h"

#define API "/api/v1/"

static const struct reply *command(const struct caller *c, const char *resource, const char *table,
                                   const char *id, const char *name, const char *body)
{
    int64_t version = db_int(form("select version from app.%s where id = $1", table), id);
    return ask(c, "POST", form(API "%s/%s/%s", resource, id, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

static const struct reply *inspect(const struct caller *c, const char *id, const char *name,
                                   const char *body)
{
    return command(c, "inspections", "inspection", id, name, body);
}

static void ck_conflict(const struct reply *r, const char *reason)
{
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), reason);
}

/* Planned by the caller, for a day that has come, with Đồng Xoài's board as its subject. */
static const char *plan_inspection(const struct caller *c, const char *title)
{
    const struct reply *r = post(c, API "inspections",
                                 "{\"plan_id\":\"%s\",\"kind\":\"supervision\",\"title\":\"%s\","
                                 "\"starts_on\":\"2021-11-01\",\"ends_on\":\"2021-11-05\"}",
                                 plan_36(), title);
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/status"), "planned");
    ck_assert(array_has(r, "/actions", "announce"));
    const char *id = text_at(r, "/id");
    ck_conflict(inspect(c, id, "announce", "{}"), "no_subject");
    ck_status(post(c, API "inspection-units",
                   "{\"inspection_id\":\"%s\",\"unit_id\":%d,\"role\":\"subject\"}", id,
                   unit_of("dongxoai.lanhdao")),
              201);
    return id;
}

START_TEST(an_inspection_to_its_end)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *leader = as("tinh.lanhdao");
    const struct caller *below = as("dongxoai.lanhdao");
    const char *id = plan_inspection(officer, fresh("Kiểm tra thử "));
    ck_problem(get(below, API "inspections/%s", id), 404, "not-found");
    ck_problem(post(officer, form(API "inspections/%s/announce", id), "{}"), 428,
               "version-required");
    ck_status(inspect(officer, id, "announce", "{}"), 200);
    ck_status(get(below, API "inspections/%s", id), 200);
    ck_assert_int_ge(find_item(get(below, API "inspections?subject=me&limit=200"), "id", id), 0);
    ck_status(inspect(officer, id, "start", "{}"), 200);

    ck_conflict(inspect(leader, id, "conclude", "{}"), "nothing_said");
    /* what is found is told when it is concluded, also that nothing is */
    const char *unit =
        db_text("select id from app.inspection_unit where inspection_id = $1::uuid", id);
    const char *said = form(API "inspection-units/%s", unit);
    ck_status(patch(officer, said, 1, "{\"nothing_found\":true}"), 200);
    ck_assert(json_object_get_boolean(at(get(leader, "%s", said), "/nothing_found")));
    ck_assert(!json_object_get_boolean(at(get(below, "%s", said), "/nothing_found")));
    ck_status(patch(officer, said, 2, "{\"nothing_found\":false}"), 200);
    ck_field(post(officer, API "inspection-findings",
                  "{\"inspection_id\":\"%s\",\"subject_unit_id\":%d,\"kind\":\"strength\",\"text\":"
                  "\"x\"}",
                  id, unit_of("locninh.chuyenvien")),
             "/subject_unit_id", "not_a_subject");
    const struct reply *r = post(officer, API "recommendations",
                                 "{\"inspection_id\":\"%s\",\"lead_unit_id\":%d,\"title\":\"Chấn "
                                 "chỉnh báo cáo\",\"due_on\":\"2021-11-10\"}",
                                 id, unit_of("dongxoai.lanhdao"));
    ck_status(r, 201);
    const char *recommendation = text_at(r, "/id");
    ck_problem(get(below, API "recommendations/%s", recommendation), 404, "not-found");
    ck_problem(inspect(officer, id, "conclude", "{}"), 403, "forbidden");
    ck_status(inspect(leader, id, "conclude", "{}"), 200);
    ck_conflict(patch(officer, form(API "inspections/%s", id),
                      db_int("select version from app.inspection where id = $1", id),
                      "{\"focus\":\"x\"}"),
                "wrong_state");

    r = get(below, API "recommendations/%s", recommendation);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "open");
    ck_status(get(below, API "assignments/%s", text_at(r, "/assignment_id")), 200);
    ck_assert_int_ge(find_item(get(below, API "recommendations?lead=me&overdue=true&limit=200"),
                               "id", recommendation),
                     0);
    r = get(leader, API "inspection-overview?unit=%d&subtree=false", unit_of("dongxoai.lanhdao"));
    ck_status(r, 200);
    ck_assert_int_ge(int_at(r, "/items/0/inspection_count"), 1);
    ck_assert_int_ge(int_at(r, "/items/0/overdue_recommendations"), 1);
    int64_t open = int_at(r, "/items/0/open_recommendations");
    ck_problem(
        command(below, "recommendations", "recommendation", recommendation, "complete", "{}"), 403,
        "forbidden");
    r = command(leader, "recommendations", "recommendation", recommendation, "complete", "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/assignment_status"), "completed");
    r = get(leader, API "inspection-overview?unit=%d&subtree=false", unit_of("dongxoai.lanhdao"));
    ck_assert_int_eq(int_at(r, "/items/0/open_recommendations"), open - 1);
}
END_TEST

START_TEST(programmes_and_their_faults)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *leader = as("tinh.lanhdao");
    ck_field(post(officer, API "inspection-programmes",
                  "{\"plan_id\":\"%s\",\"year\":2031,\"title\":\"x\"}", plan_36()),
             "/year", "out_of_range");
    const struct reply *r =
        post(officer, API "inspection-programmes",
             "{\"plan_id\":\"%s\",\"year\":2022,\"title\":\"%s\"}", plan_36(), fresh("CT "));
    ck_status(r, 201);
    const char *programme = text_at(r, "/id");
    const char *id = plan_inspection(officer, fresh("Kiểm tra thử "));
    const char *path = form(API "inspections/%s", id);
    ck_status(patch(officer, path, db_int("select version from app.inspection where id = $1", id),
                    "{\"programme_id\":\"%s\"}", programme),
              200);
    ck_conflict(inspect(officer, id, "announce", "{}"), "programme_not_issued");
    ck_status(
        command(leader, "inspection-programmes", "inspection_programme", programme, "issue", "{}"),
        200);
    ck_conflict(
        command(leader, "inspection-programmes", "inspection_programme", programme, "close", "{}"),
        "inspections_open");
    ck_field(inspect(leader, id, "cancel", "{}"), "/reason", "required");
    ck_status(inspect(leader, id, "cancel", "{\"reason\":\"Thử\"}"), 200);
    ck_status(
        command(leader, "inspection-programmes", "inspection_programme", programme, "close", "{}"),
        200);
    ck_field(post(officer, API "inspections",
                  "{\"plan_id\":\"%s\",\"kind\":\"inspection\",\"title\":\"x\",\"starts_on\":"
                  "\"2021-11-05\",\"ends_on\":\"2021-11-01\"}",
                  plan_36()),
             "/ends_on", "wrong_order");
    ck_field(get(leader, API "recommendation-ages?by=person"), "?by", "not_a_choice");
    ck_field(get(leader, API "inspection-overview?year=2021&since_year=2022"), "/since_year",
             "wrong_order");
    ck_status(get(leader, API "inspections?as_of=2021-11-15&limit=5"), 200);
}
END_TEST

START_TEST(a_model_and_its_counts)
{
    const struct caller *bloc = as("tanphu.lanhdao");
    const struct caller *district = as("dongxoai.lanhdao");
    const char *counts = form(API "emulation-counts?year=2021&by=unit&unit=%d&subtree=false&field="
                                  "defence_security",
                              unit_of("tanphu.lanhdao"));
    const struct reply *r = get(district, "%s", counts);
    ck_status(r, 200);
    int64_t registered = count_at(r, "/items") ? int_at(r, "/items/0/registered") : 0;
    int64_t recognised = count_at(r, "/items") ? int_at(r, "/items/0/recognised") : 0;
    r = post(bloc, API "emulation-models",
             "{\"field\":\"defence_security\",\"name\":\"%s\",\"registered_on\":\"2021-10-01\"}",
             fresh("Tổ tự quản "));
    ck_status(r, 201);
    ck_assert_int_eq(int_at(r, "/year"), 2021);
    const char *id = text_at(r, "/id");
    const char *decision = make_document(district, "published", NULL);
    const char *body = form("{\"document_id\":\"%s\"}", decision);
    ck_conflict(command(district, "emulation-models", "emulation_model", id, "recognise", body),
                "wrong_state");
    ck_status(command(bloc, "emulation-models", "emulation_model", id, "confirm-effective", "{}"),
              200);
    ck_field(command(district, "emulation-models", "emulation_model", id, "recognise", "{}"),
             "/document_id", "required");
    r = command(district, "emulation-models", "emulation_model", id, "recognise", body);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/recognition_level"), "district");
    ck_field(post(district, API "emulation-replications",
                  "{\"model_id\":\"%s\",\"replicated_on\":\"2021-11-01\"}", id),
             "/unit_id", "one_subject");
    ck_status(post(district, API "emulation-replications",
                   "{\"model_id\":\"%s\",\"unit_id\":%d,\"replicated_on\":\"2021-11-01\"}", id,
                   unit_of("dongxoai.lanhdao")),
              201);
    r = get(district, "%s", counts);
    ck_assert_int_eq(int_at(r, "/items/0/registered"), registered + 1);
    ck_assert_int_eq(int_at(r, "/items/0/recognised"), recognised + 1);
    ck_problem(get(as("locninh.chuyenvien"), API "emulation-models/%s", id), 404, "not-found");

    ck_field(post(bloc, API "award-counts",
                  "{\"year\":2021,\"form\":\"%s\",\"awarding_level_id\":2}", fresh("GK ")),
             "/group_count", "too_few");
    r = get(bloc, API "emulation-models?owner=me&as_of=2021-10-15&q=t%%E1%%BB%%95+t%%E1%%BB%%B1");
    ck_status(r, 200);
    int i = find_item(r, "id", id);
    ck_assert_int_ge(i, 0);
    ck_assert_str_eq(text_at(r, form("/items/%d/status", i)), "registered");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("inspections");
    TCase *c = new_case(s, "inspections");
    tcase_add_test(c, an_inspection_to_its_end);
    tcase_add_test(c, programmes_and_their_faults);
    tcase_add_test(c, a_model_and_its_counts);
    return run_suite(s);
}
