/* Documents: the real ones of plan 36, and writing one's own. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define DOCUMENTS "/api/v1/documents"

static const char *path_of(const char *id)
{
    return form(DOCUMENTS "/%s", id);
}

/* The published documents of the demonstration data that have this symbol. */
static struct reply *by_symbol(const char *symbol)
{
    return get(as("tinh.xem"), DOCUMENTS "?symbol=%s&status=published", symbol);
}

START_TEST(documents_cited_by_plan_36_are_there)
{
    /* symbol, date as the plan writes it (reading of the source, section 2) */
    const char *cited[][2] = {
        {"01-CTr/BDVTW", "2021-06-17"},   {"04-CTr/TU", "2020-12-09"},
        {"23-Q%C4%90/TW", "2021-07-30"},  {"31-KH/TU", "2013-09-06"},
        {"05-NQ/TU", "2021-08-05"},       {"217-Q%C4%90/TW", "2013-12-13"},
        {"218-Q%C4%90/TW", "2013-12-13"}, {"124-Q%C4%90/TW", "2018-02-02"},
        {"49-CT/TW", "2015-10-20"},       {"65-KL/TW", "2019-10-30"},
        {"120-KL/TW", "2016-01-07"},      {"1238-Q%C4%90/TU", "2010-05-05"},
    };
    for (size_t i = 0; i < sizeof cited / sizeof cited[0]; i++) {
        const struct reply *r = by_symbol(cited[i][0]);
        ck_status(r, 200);
        ck_assert_msg(count_at(r, "/items") == 1, "%s: %s", cited[i][0], r->body);
        ck_assert_str_eq(text_at(r, "/items/0/issued_on"), cited[i][1]);
    }
}
END_TEST

START_TEST(one_symbol_may_name_two_documents)
{
    const struct reply *r = by_symbol("25-NQ/TW");
    ck_assert_uint_eq(count_at(r, "/items"), 2);
    ck_assert_str_ne(text_at(r, "/items/0/subject"), text_at(r, "/items/1/subject"));
    int dated = !is_null_at(r, "/items/0/issued_on") + !is_null_at(r, "/items/1/issued_on");
    ck_assert_int_eq(dated, 1); /* the one on religious work bears no date in the plan */
}
END_TEST

START_TEST(doubtful_points_are_flagged)
{
    const char *doubtful[] = {"217-Q%C4%90/TW", "218-Q%C4%90/TW", "31-KH/TU"};
    for (size_t i = 0; i < 3; i++) {
        const struct reply *r = by_symbol(doubtful[i]);
        ck_assert_int_eq(json_object_get_boolean(at(r, "/items/0/is_doubtful")), 1);
        ck_assert(strlen(text_at(r, "/items/0/doubt")) > 0);
    }
    ck_assert_int_eq(json_object_get_boolean(at(by_symbol("49-CT/TW"), "/items/0/is_doubtful")), 0);
}
END_TEST

static void ck_related(const char *from, const char *kind, const char *to)
{
    const char *from_id = text_at(by_symbol(from), "/items/0/id");
    const struct reply *r =
        get(as("tinh.xem"), "/api/v1/document-relations?from=%s&kind=%s", from_id, kind);
    ck_status(r, 200);
    ck_assert_msg(count_at(r, "/items") >= 1, "%s %s nothing", from, kind);
    const struct reply *target = get(as("tinh.xem"), "%s", path_of(text_at(r, "/items/0/to_id")));
    ck_status(target, 200);
    ck_assert_str_eq(text_at(target, "/symbol"), to);
}

START_TEST(relations_between_documents_are_kept)
{
    ck_related("23-Q%C4%90/TW", "replaces", "290-QĐ/TW");
    ck_related("65-KL/TW", "continues", "24-NQ/TW");
    ck_related("31-KH/TU", "carries_out", "25-NQ/TW");
}
END_TEST

START_TEST(published_documents_flow_down)
{
    const char *id = text_at(by_symbol("49-CT/TW"), "/items/0/id");
    const char *readers[] = {"dongxoai.chuyenvien", "tanphu.chuyenvien",
                             "phunu.dongxoai.chuyenvien"};
    for (size_t i = 0; i < 3; i++)
        ck_status(get(as(readers[i]), "%s", path_of(id)), 200);
}
END_TEST

START_TEST(officer_creates_reads_changes_and_deletes)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const struct reply *made = post(c, DOCUMENTS, "%s", document_body("draft"));
    ck_status(made, 201);
    const char *id = text_at(made, "/id");
    ck_assert_str_eq(header_of(made, "Location"), path_of(id));
    ck_assert_int_eq(int_at(made, "/version"), 1);
    ck_assert_int_eq(strncmp(header_of(made, "ETag"), "\"v1-", 4), 0);
    ck_assert_int_eq(int_at(made, "/owner_unit_id"), unit_of("dongxoai.chuyenvien"));
    ck_assert_int_eq(id[14], '7'); /* uuid version 7 */

    const struct reply *read = get(c, "%s", path_of(id));
    ck_status(read, 200);
    ck_assert_str_eq(header_of(read, "ETag"), header_of(made, "ETag"));
    ck_assert(array_has(read, "/actions", "update"));

    const struct reply *changed = ask(c, "PATCH", path_of(id), "{\"subject\":\"Đã sửa\"}",
                                      form("If-Match: %s", header_of(read, "ETag")), NULL);
    ck_status(changed, 200);
    ck_assert_int_eq(int_at(changed, "/version"), 2);
    ck_assert_str_eq(text_at(changed, "/subject"), "Đã sửa");
    ck_assert_str_eq(text_at(changed, "/issuer"), text_at(read, "/issuer"));

    const struct reply *gone = del(c, path_of(id), 2);
    ck_status(gone, 204);
    ck_problem(get(c, "%s", path_of(id)), 404, "not-found");
}
END_TEST

START_TEST(change_without_version_is_refused)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = make_document(c, "draft", NULL);
    ck_problem(ask(c, "PATCH", path_of(id), "{\"subject\":\"x\"}", NULL), 428, "version-required");
    ck_problem(ask(c, "DELETE", path_of(id), NULL, NULL), 428, "version-required");
    const struct reply *r =
        ask(c, "PATCH", path_of(id), "{\"subject\":\"x\"}", "If-Match: \"abc\"", NULL);
    ck_problem(r, 400, "bad-request");
    ck_assert_str_eq(text_at(r, "/errors/0/pointer"), "If-Match");
    ck_assert_str_eq(text_at(r, "/errors/0/code"), "bad_format");
}
END_TEST

START_TEST(change_with_old_version_is_refused_with_the_present_one)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = make_document(c, "draft", NULL);
    ck_status(patch(c, path_of(id), 1, "{\"subject\":\"Lần một\"}"), 200);
    const struct reply *r = patch(c, path_of(id), 1, "{\"subject\":\"Lần hai\"}");
    ck_problem(r, 412, "stale-version");
    ck_assert_int_eq(int_at(r, "/current_version"), 2);
    ck_problem(del(c, path_of(id), 1), 412, "stale-version");
    ck_problem(patch(c, path_of(id), 99, "{\"subject\":\"Lần ba\"}"), 412, "stale-version");
    ck_assert_str_eq(text_at(get(c, "%s", path_of(id)), "/subject"), "Lần một");
}
END_TEST

START_TEST(drafts_are_seen_by_their_unit_alone)
{
    const struct caller *owner = as("dongxoai.chuyenvien");
    const char *id = make_document(owner, "draft", NULL);
    ck_status(get(as("dongxoai.lanhdao"), "%s", path_of(id)), 200);
    /* the level above, beside, below, and another line at the same place */
    const char *others[] = {"tinh.lanhdao", "tinh.admin", "locninh.chuyenvien", "tanphu.lanhdao",
                            "phunu.dongxoai.chuyenvien"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const struct caller *c = as(others[i]);
        const struct reply *r = get(c, "%s", path_of(id));
        ck_assert_msg(r->status == 404, "%s sees the draft: %ld", others[i], r->status);
        ck_problem(r, 404, "not-found");
        ck_problem(patch(c, path_of(id), 1, "{\"subject\":\"x\"}"), 404, "not-found");
        ck_problem(del(c, path_of(id), 1), 404, "not-found");
    }
}
END_TEST

/* A hidden id and an id that never was answer alike, but for the request id. */
START_TEST(hidden_and_missing_answer_alike)
{
    const char *hidden = make_document(as("dongxoai.chuyenvien"), "draft", NULL);
    const struct caller *c = as("locninh.chuyenvien");
    const struct reply *a = get(c, "%s", path_of(hidden));
    const struct reply *b = get(c, "%s", path_of("01890000-0000-7000-8000-000000000000"));
    json_object_object_del(a->json, "instance");
    json_object_object_del(b->json, "instance");
    ck_assert_int_eq((int)a->status, (int)b->status);
    ck_assert_int_eq(json_object_equal(a->json, b->json), 1);
}
END_TEST

START_TEST(published_document_of_another_unit_is_read_not_written)
{
    const char *id = make_document(as("tinh.chuyenvien"), "published", NULL);
    const struct caller *c = as("dongxoai.lanhdao");
    const struct reply *r = get(c, "%s", path_of(id));
    ck_status(r, 200);
    ck_assert(!array_has(r, "/actions", "update"));
    ck_problem(patch(c, path_of(id), 1, "{\"subject\":\"x\"}"), 403, "forbidden");
    ck_problem(del(c, path_of(id), 1), 403, "forbidden");
}
END_TEST

START_TEST(viewer_and_admin_write_nothing)
{
    const char *who[] = {"tinh.xem", "tinh.admin"};
    for (size_t i = 0; i < 2; i++) {
        const struct reply *r = post(as(who[i]), DOCUMENTS, "%s", document_body("draft"));
        ck_assert_msg(r->status == 403, "%s: %ld", who[i], r->status);
        ck_problem(r, 403, "forbidden");
    }
}
END_TEST

START_TEST(unique_conflict_tells_nothing_of_the_other_row)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *body = document_body("draft");
    ck_status(post(c, DOCUMENTS, "%s", body), 201);
    const struct reply *r = post(c, DOCUMENTS, "%s", body);
    ck_problem(r, 409, "duplicate");
    const char *betrayals[] = {"Key (", "already exists", "document_identity", "constraint",
                               "owner_unit_id"};
    for (size_t i = 0; i < sizeof betrayals / sizeof betrayals[0]; i++)
        ck_assert_ptr_null(strstr(r->body, betrayals[i]));
    /* the same words in another unit's draft are no conflict: they would betray the draft */
    ck_status(post(as("locninh.chuyenvien"), DOCUMENTS, "%s", body), 201);
}
END_TEST

START_TEST(every_wrong_field_is_named_at_once)
{
    const struct reply *r = post(as("dongxoai.chuyenvien"), DOCUMENTS,
                                 "{\"kind\":7,\"issued_on\":\"2021-02-30\",\"subject\":\"\","
                                 "\"status\":\"printed\",\"colour\":\"red\"}");
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "/kind", "wrong_type");
    ck_field(r, "/issuer", "required");
    ck_field(r, "/issued_on", "bad_date");
    ck_field(r, "/subject", "required"); /* empty is as good as missing */
    ck_field(r, "/status", "not_a_choice");
    ck_field(r, "/colour", "unknown_field");
}
END_TEST

START_TEST(fields_of_the_service_cannot_be_set)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *fields[] = {"\"id\":\"01890000-0000-7000-8000-000000000000\"", "\"version\":9",
                            "\"created_at\":\"2021-01-01T00:00:00Z\"", "\"province_key\":1",
                            "\"actions\":[]"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        char *body = strdup(document_body("draft"));
        body[strlen(body) - 1] = ',';
        const struct reply *r = post(c, DOCUMENTS, "%s%s}", body, fields[i]);
        ck_problem(r, 422, "invalid-input");
    }
    const char *id = make_document(c, "draft", NULL);
    ck_problem(patch(c, path_of(id), 1, "{\"owner_unit_id\":%d}", unit_of("locninh.chuyenvien")),
               422, "invalid-input");
}
END_TEST

START_TEST(reference_to_a_hidden_or_missing_row_is_refused_alike)
{
    const struct caller *c = as("locninh.chuyenvien");
    const char *mine = make_document(c, "draft", NULL);
    const char *hidden = make_document(as("dongxoai.chuyenvien"), "draft", NULL);
    const char *ids[] = {hidden, "01890000-0000-7000-8000-000000000000"};
    const struct reply *r[2];
    for (size_t i = 0; i < 2; i++) {
        r[i] = post(c, "/api/v1/document-relations",
                    "{\"from_id\":\"%s\",\"to_id\":\"%s\",\"kind\":\"cites\"}", mine, ids[i]);
        ck_problem(r[i], 422, "invalid-input");
        ck_field(r[i], "/to_id", "not_visible");
        json_object_object_del(r[i]->json, "instance");
    }
    ck_assert_int_eq(json_object_equal(r[0]->json, r[1]->json), 1);
}
END_TEST

START_TEST(text_is_stored_composed)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    char *body = strdup(document_body("draft"));
    body[strlen(body) - 1] = ',';
    /* "Dân" with a combining circumflex: a, U+0302 */
    const struct reply *r = post(c, DOCUMENTS, "%s\"as_written\":\"Da\xcc\x82n\"}", body);
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/as_written"), "D\xc3\xa2n");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("documents");
    TCase *plan = new_case(s, "documents of plan 36");
    tcase_add_test(plan, documents_cited_by_plan_36_are_there);
    tcase_add_test(plan, one_symbol_may_name_two_documents);
    tcase_add_test(plan, doubtful_points_are_flagged);
    tcase_add_test(plan, relations_between_documents_are_kept);
    tcase_add_test(plan, published_documents_flow_down);
    TCase *own = new_case(s, "one's own");
    tcase_add_test(own, officer_creates_reads_changes_and_deletes);
    tcase_add_test(own, change_without_version_is_refused);
    tcase_add_test(own, change_with_old_version_is_refused_with_the_present_one);
    tcase_add_test(own, every_wrong_field_is_named_at_once);
    tcase_add_test(own, fields_of_the_service_cannot_be_set);
    tcase_add_test(own, text_is_stored_composed);
    TCase *others = new_case(s, "others");
    tcase_add_test(others, drafts_are_seen_by_their_unit_alone);
    tcase_add_test(others, hidden_and_missing_answer_alike);
    tcase_add_test(others, published_document_of_another_unit_is_read_not_written);
    tcase_add_test(others, viewer_and_admin_write_nothing);
    tcase_add_test(others, unique_conflict_tells_nothing_of_the_other_row);
    tcase_add_test(others, reference_to_a_hidden_or_missing_row_is_refused_alike);
    return run_suite(s);
}
