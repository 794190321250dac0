/* What every resource keeps to: query strings, pages, conditional requests, languages, errors. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define DOCUMENTS "/api/v1/documents"

/* Every list. The tests below hold for each of them. */
static const char *const lists[] = {"/api/v1/users",
                                    "/api/v1/memberships",
                                    "/api/v1/api-tokens",
                                    "/api/v1/sessions",
                                    "/api/v1/areas",
                                    "/api/v1/units",
                                    "/api/v1/lines",
                                    "/api/v1/levels",
                                    DOCUMENTS,
                                    "/api/v1/document-relations",
                                    "/api/v1/plans",
                                    "/api/v1/plan-items",
                                    "/api/v1/responsibilities",
                                    "/api/v1/schedules",
                                    "/api/v1/assignments",
                                    "/api/v1/assignment-parts",
                                    "/api/v1/progress-entries",
                                    "/api/v1/assignment-counts",
                                    "/api/v1/audit-events"};
#define LIST_COUNT ((int)(sizeof lists / sizeof lists[0]))

/* A page of the list. Two of them are asked for one assignment at a time. */
static const char *page_of(const char *path, const char *limit)
{
    if (strstr(path, "-parts") == NULL && strstr(path, "-entries") == NULL)
        return form("%s?limit=%s", path, limit);
    return form("%s?assignment=%s&limit=%s", path,
                db_text("select assignment_id from app.assignment_part order by id limit 1", NULL),
                limit);
}

static const char *askable(const char *path)
{
    return page_of(path, "20");
}

static const struct caller *reader_of(const char *path)
{
    return as(strstr(path, "audit") != NULL || strstr(path, "users") != NULL ? "tinh.admin"
                                                                             : "tinh.xem");
}

/* ---- query strings, on every list ---- */

START_TEST(unknown_parameter_is_named)
{
    const char *path = lists[_i];
    const struct reply *r = get(reader_of(path), "%s&khong_co=1", askable(path));
    ck_problem(r, 400, "bad-query");
    ck_field(r, "?khong_co", "unknown_parameter");
}
END_TEST

START_TEST(doubled_parameter_is_refused)
{
    const char *path = lists[_i];
    const struct reply *r = get(reader_of(path), "%s&limit=5&limit=6", askable(path));
    ck_problem(r, 400, "bad-query");
}
END_TEST

START_TEST(list_has_items_next_and_total)
{
    const char *path = lists[_i];
    const struct reply *r = get(reader_of(path), "%s", askable(path));
    ck_status(r, 200);
    ck_assert_int_eq(strncmp(header_of(r, "Content-Type"), "application/json", 16), 0);
    ck_assert_uint_le(count_at(r, "/items"), 20);
    ck_assert(has(r, "/next"));
    ck_assert(is_null_at(r, "/total"));
    ck_assert_ptr_nonnull(strstr(header_of(r, "Cache-Control"), "private"));
    ck_assert_ptr_nonnull(header_of(r, "Vary"));
    ck_assert_ptr_nonnull(header_of(r, "ETag"));
    ck_assert_str_eq(header_of(r, "X-Content-Type-Options"), "nosniff");
}
END_TEST

START_TEST(limit_is_checked_and_capped)
{
    const char *path = lists[_i];
    const char *bad[] = {"0", "-1", "abc", "1.5", "", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = get(reader_of(path), "%s", page_of(path, bad[i]));
        ck_problem(r, 400, "bad-query");
        ck_field(r, "?limit", NULL);
    }
    const struct reply *r = get(reader_of(path), "%s", page_of(path, "200"));
    ck_status(r, 200);
    r = get(reader_of(path), "%s", page_of(path, "5000")); /* capped or refused, never obeyed */
    ck_assert(r->status == 400 || (r->status == 200 && count_at(r, "/items") <= 200));
}
END_TEST

START_TEST(total_comes_only_when_asked_for)
{
    const char *path = lists[_i];
    const struct reply *r =
        ask(reader_of(path), "GET", askable(path), NULL, "Prefer: count=exact", NULL);
    ck_status(r, 200);
    if (strstr(path, "audit") == NULL) /* which grows by other tests' doing */
        ck_assert_int_eq(int_at(r, "/total"), (int)json_object_array_length(
                                                  walk(reader_of(path), page_of(path, "200"))));
    r = ask(reader_of(path), "GET", askable(path), NULL, "Prefer: count=estimated", NULL);
    ck_status(r, 200);
    ck_assert_int_ge(int_at(r, "/total"), 0);
}
END_TEST

START_TEST(tampered_cursor_is_refused)
{
    const char *path = lists[_i];
    const char *bad[] = {"abc", "AAAA", "%00", "eyJ4IjoxfQ", "..", "%27%3B--"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = get(reader_of(path), "%s&cursor=%s", askable(path), bad[i]);
        ck_assert_msg(r->status == 400, "%s: %ld %s", bad[i], r->status, r->body);
    }
}
END_TEST

START_TEST(head_answers_as_get_without_body)
{
    const char *path = lists[_i];
    const struct reply *g = get(reader_of(path), "%s", askable(path));
    const struct reply *h = ask(reader_of(path), "HEAD", askable(path), NULL, NULL);
    ck_status(h, 200);
    ck_assert_uint_eq(h->length, 0);
    ck_assert_str_eq(header_of(h, "Content-Type"), header_of(g, "Content-Type"));
    ck_assert_ptr_nonnull(header_of(h, "ETag"));
}
END_TEST

START_TEST(wrong_method_is_405_with_the_right_ones)
{
    const char *path = lists[_i];
    const struct reply *r = ask(reader_of(path), "PUT", path, "{}", NULL);
    ck_problem(r, 405, "method-not-allowed");
    ck_assert_ptr_nonnull(header_of(r, "Allow"));
    ck_assert_ptr_nonnull(strstr(header_of(r, "Allow"), "GET"));
    ck_assert_ptr_nonnull(strstr(header_of(r, "Allow"), "HEAD"));
    ck_assert_ptr_null(strstr(header_of(r, "Allow"), "PUT"));
}
END_TEST

START_TEST(csv_has_the_same_rows)
{
    const char *path = lists[_i];
    const struct reply *j = get(reader_of(path), "%s", askable(path));
    const struct reply *r =
        ask(reader_of(path), "GET", askable(path), NULL, "Accept: text/csv", NULL);
    ck_status(r, 200);
    ck_assert_int_eq(strncmp(header_of(r, "Content-Type"), "text/csv", 8), 0);
    size_t lines = 0; /* records: line ends outside quotes */
    bool is_quoted = false;
    for (size_t i = 0; i < r->length; i++) {
        is_quoted = is_quoted != (r->body[i] == '"');
        lines += r->body[i] == '\n' && !is_quoted;
    }
    ck_assert_msg(lines == count_at(j, "/items") + 1, "%zu lines for %zu items", lines,
                  count_at(j, "/items"));
}
END_TEST

START_TEST(unknown_media_type_is_406)
{
    const char *path = lists[_i];
    ck_problem(ask(reader_of(path), "GET", askable(path), NULL, "Accept: image/png", NULL), 406,
               "not-acceptable");
    ck_status(ask(reader_of(path), "GET", askable(path), NULL, "Accept: */*", NULL), 200);
}
END_TEST

/* ---- pages ---- */

static void ck_walk(const char *path, int limit)
{
    const struct caller *c = as("tinh.xem");
    const char *joint = strchr(path, '?') == NULL ? "?" : "&";
    struct json_object *small = walk(c, form("%s%slimit=%d", path, joint, limit));
    struct json_object *large = walk(c, form("%s%slimit=200", path, joint));
    size_t count = json_object_array_length(large);
    ck_assert_uint_gt(count, (size_t)limit);
    ck_assert_uint_eq(json_object_array_length(small), count);
    struct json_object *seen = json_object_new_object();
    for (size_t i = 0; i < count; i++) {
        const char *id = text_in(json_object_array_get_idx(small, i), "id");
        ck_assert_str_eq(id, text_in(json_object_array_get_idx(large, i), "id"));
        ck_assert_msg(!json_object_object_get_ex(seen, id, NULL), "%s twice in %s", id, path);
        json_object_object_add(seen, id, json_object_new_boolean(1));
    }
}

START_TEST(cursor_walks_every_row_once)
{
    ck_walk("/api/v1/units", 67);
    ck_walk("/api/v1/areas", 10);
    ck_walk(form("/api/v1/plan-items?plan=%s", plan_36()), 7);
    ck_walk("/api/v1/assignments?level=district", 61);
    ck_walk("/api/v1/assignments?sort=-due_on&level=district", 53);
}
END_TEST

START_TEST(cursor_walks_past_rows_that_come_and_go)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    for (int i = 0; i < 5; i++)
        make_document(c, "draft", NULL);
    const struct reply *first = get(c, DOCUMENTS "?limit=3");
    ck_status(first, 200);
    const char *next = text_at(first, "/next");
    const char *last = text_at(first, "/items/2/id");
    make_document(c, "draft", NULL);
    const struct reply *second = get(c, "%s", next);
    ck_status(second, 200);
    ck_assert_int_eq(find_item(second, "id", last), -1);
    ck_assert_uint_ge(count_at(second, "/items"), 1);
}
END_TEST

START_TEST(cursor_belongs_to_its_list)
{
    const struct caller *c = as("tinh.xem");
    const char *next = text_at(get(c, "/api/v1/units?limit=3"), "/next");
    const char *cursor = strstr(next, "cursor=");
    ck_assert_ptr_nonnull(cursor);
    ck_assert_int_eq(strncmp(next, "/api/v1/units?", 14), 0);
    ck_problem(get(c, "/api/v1/areas?%s", cursor), 400, "bad-cursor");
    char *bent = strdup(cursor);
    bent[10] = bent[10] == 'A' ? 'B' : 'A';
    const struct reply *r = get(c, "/api/v1/units?limit=3&%s", bent);
    ck_problem(r, 400, "bad-cursor");
}
END_TEST

START_TEST(unknown_sort_is_refused)
{
    const struct reply *r = get(as("tinh.xem"), "/api/v1/assignments?sort=password");
    ck_problem(r, 400, "bad-query");
    ck_field(r, "?sort", NULL);
}
END_TEST

/* ---- conditional requests ---- */

START_TEST(unchanged_list_and_item_are_304)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = make_document(c, "draft", NULL);
    const char *paths[] = {"/api/v1/units?limit=5", form(DOCUMENTS "/%s", id)};
    for (size_t i = 0; i < 2; i++) {
        const char *tag = header_of(get(c, "%s", paths[i]), "ETag");
        const struct reply *r = ask(c, "GET", paths[i], NULL, form("If-None-Match: %s", tag), NULL);
        ck_status(r, 304);
        ck_assert_uint_eq(r->length, 0);
        ck_assert_str_eq(header_of(r, "ETag"), tag);
        ck_status(ask(c, "GET", paths[i], NULL, form("If-None-Match: \"x\", W/%s", tag), NULL),
                  304);
        ck_status(ask(c, "GET", paths[i], NULL, "If-None-Match: \"x\"", NULL), 200);
    }
    const char *tag = header_of(get(c, DOCUMENTS "/%s", id), "ETag");
    ck_status(patch(c, paths[1], 1, "{\"subject\":\"Khác\"}"), 200);
    ck_status(ask(c, "GET", paths[1], NULL, form("If-None-Match: %s", tag), NULL), 200);
}
END_TEST

START_TEST(tag_of_one_reader_does_not_serve_another)
{
    const char *path = "/api/v1/assignments?limit=20";
    const char *tag = header_of(get(as("dongxoai.chuyenvien"), "%s", path), "ETag");
    ck_status(
        ask(as("locninh.chuyenvien"), "GET", path, NULL, form("If-None-Match: %s", tag), NULL),
        200);
    ck_problem(ask(&nobody, "GET", path, NULL, form("If-None-Match: %s", tag), NULL), 401,
               "unauthenticated");
}
END_TEST

/* ---- errors ---- */

START_TEST(problems_speak_vietnamese_or_english)
{
    const char *path = DOCUMENTS "/01890000-0000-7000-8000-000000000000";
    const struct caller *c = as("dongxoai.chuyenvien");
    const struct reply *vi = get(c, "%s", path);
    ck_assert_str_eq(text_at(vi, "/title"), "Không tìm thấy");
    ck_assert_str_eq(header_of(vi, "Content-Language"), "vi");
    const struct reply *en =
        ask(c, "GET", path, NULL, "Accept-Language: en-GB,en;q=0.9,vi;q=0.1", NULL);
    ck_assert_str_eq(text_at(en, "/title"), "Not found");
    ck_assert_str_eq(header_of(en, "Content-Language"), "en");
    ck_assert_str_eq(text_at(en, "/type"), text_at(vi, "/type"));
    const struct reply *fr = ask(c, "GET", path, NULL, "Accept-Language: fr", NULL);
    ck_assert_str_eq(text_at(fr, "/title"), "Không tìm thấy");
}
END_TEST

START_TEST(a_broken_body_is_told_in_the_language_asked)
{
    const char *body = "{\n  \"subject\": \"Đồng Xoài\"\n  \"symbol\": 1}";
    const struct caller *c = as("dongxoai.chuyenvien");
    const struct reply *vi = ask(c, "POST", DOCUMENTS, body, NULL);
    ck_problem(vi, 400, "bad-json");
    ck_assert_str_eq(text_at(vi, "/reason"), "not_json");
    ck_assert_str_eq(text_at(vi, "/detail"),
                     "Dòng 3, cột 3 (byte 33): thiếu dấu phẩy hoặc dấu đóng ngoặc");
    const struct reply *en = ask(c, "POST", DOCUMENTS, body, "Accept-Language: en", NULL);
    ck_assert_str_eq(text_at(en, "/detail"),
                     "Line 3, column 3 (byte 33): a comma or a closing bracket is missing");
}
END_TEST

START_TEST(every_answer_bears_its_request_id)
{
    const struct reply *ok = get(as("tinh.xem"), "/api/v1/levels");
    ck_assert_uint_ge(strlen(header_of(ok, "X-Request-Id")), 16);
    const struct reply *bad = get(as("tinh.xem"), "/api/v1/nothing-here");
    ck_problem(bad, 404, "not-found");
    ck_assert_str_eq(text_at(bad, "/instance"), header_of(bad, "X-Request-Id"));
    /* a client's own id is not taken over */
    const struct reply *mine =
        ask(as("tinh.xem"), "GET", "/api/v1/levels", NULL, "X-Request-Id: abc", NULL);
    ck_assert_str_ne(header_of(mine, "X-Request-Id"), "abc");
}
END_TEST

START_TEST(paths_that_are_none_answer_404)
{
    const char *paths[] = {"/api/v1/",
                           "/api/v1/documentss",
                           "/api/v1/documents/",
                           "/api/v2/documents",
                           "/api/v1/documents/x/y",
                           "/api/v1/Documents",
                           "/api/v1/plans/x/explode"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        ck_problem(get(as("tinh.xem"), "%s", paths[i]), 404, "not-found");
}
END_TEST

START_TEST(wrong_method_on_an_item_is_405)
{
    const struct reply *r =
        ask(as("tinh.xem"), "POST", form(DOCUMENTS "/%s", "01890000-0000-7000-8000-000000000000"),
            "{}", NULL);
    ck_problem(r, 405, "method-not-allowed");
    ck_assert_ptr_nonnull(strstr(header_of(r, "Allow"), "PATCH"));
    r = ask(as("tinh.xem"), "GET", form("/api/v1/plans/%s/issue", plan_36()), NULL, NULL);
    ck_problem(r, 405, "method-not-allowed");
    ck_assert_str_eq(header_of(r, "Allow"), "POST");
}
END_TEST

START_TEST(other_methods_are_405)
{
    const char *methods[] = {"OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW"};
    for (size_t i = 0; i < 5; i++) {
        const struct reply *r = ask(as("tinh.xem"), methods[i], "/api/v1/levels", NULL, NULL);
        ck_assert_msg(r->status == 405 || r->status == 400 || r->status == 501, "%s: %ld",
                      methods[i], r->status);
        ck_assert_int_eq(strncmp(header_of(r, "Content-Type"), "application/problem+json", 24), 0);
    }
}
END_TEST

/* PostgreSQL reads these as dates and numbers; the API does not. */
START_TEST(values_are_read_strictly)
{
    const char *bad[] = {"due_before=infinity",
                         "due_before=today",
                         "due_before=epoch",
                         "due_before=2021-1-1",
                         "due_before=20211231",
                         "unit=%2B5",
                         "unit=%205",
                         "unit=1e3",
                         "unit=0x10",
                         "unit=5.0",
                         "overdue=t",
                         "overdue=1",
                         "updated_since=now",
                         "updated_since=2021-01-01",
                         "plan=%7B017b4fe7-da80-7000-8000-000000000a36%7D"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = get(as("tinh.xem"), "/api/v1/assignments?%s", bad[i]);
        ck_assert_msg(r->status == 400, "%s: %ld %.200s", bad[i], r->status, r->body);
    }
}
END_TEST

static const char *const lists_by_year[] = {"award-counts",
                                            "budget-entries",
                                            "budget-lines",
                                            "committee-work-items",
                                            "coordination-plans",
                                            "courses",
                                            "emulation-drives",
                                            "emulation-models",
                                            "inspection-programmes",
                                            "inspections",
                                            "meetings",
                                            "outcomes",
                                            "ratings",
                                            "recommendations"};

START_TEST(a_year_that_no_date_has_is_an_empty_list)
{
    static const char *const years[] = {"-1", "0", "99999", "2147483647"};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        const struct reply *r =
            get(as("tinh.xem"), "/api/v1/%s?year=%s", lists_by_year[_i], years[i]);
        ck_status(r, 200);
        ck_assert_uint_eq(count_at(r, "/items"), 0);
    }
}
END_TEST

/* A cell that begins like a formula would be run by a spreadsheet. */
START_TEST(csv_cells_are_no_formulas)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    char *body = strdup(document_body("draft"));
    body[strlen(body) - 1] = ',';
    const char *mark = fresh("");
    ck_status(post(c, DOCUMENTS, "%s\"as_written\":\"=HYPERLINK(%s)\"}", body, mark), 201);
    const struct reply *r = ask(c, "GET", DOCUMENTS "?status=draft&limit=200&sort=-updated_at",
                                NULL, "Accept: text/csv", NULL);
    const char *at = strstr(r->body, form("=HYPERLINK(%s)", mark));
    ck_assert_ptr_nonnull(at);
    ck_assert_msg(at[-1] == '\'', "%.40s", at - 2);
}
END_TEST

START_TEST(updated_since_narrows_a_list)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = make_document(c, "draft", NULL);
    const char *stamp = text_at(get(c, DOCUMENTS "/%s", id), "/updated_at");
    ck_assert_uint_ge(strlen(stamp), 20); /* RFC 3339 with a zone */
    ck_assert(strchr(stamp, 'T') != NULL);
    const struct reply *r = get(c, DOCUMENTS "?updated_since=2999-01-01T00:00:00Z");
    ck_assert_uint_eq(count_at(r, "/items"), 0);
    ck_problem(get(c, DOCUMENTS "?updated_since=yesterday"), 400, "bad-query");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("conventions");
    TCase *every = new_case(s, "every list");
    tcase_add_loop_test(every, unknown_parameter_is_named, 0, LIST_COUNT);
    tcase_add_loop_test(every, doubled_parameter_is_refused, 0, LIST_COUNT);
    tcase_add_loop_test(every, list_has_items_next_and_total, 0, LIST_COUNT);
    tcase_add_loop_test(every, limit_is_checked_and_capped, 0, LIST_COUNT);
    tcase_add_loop_test(every, total_comes_only_when_asked_for, 0, LIST_COUNT);
    tcase_add_loop_test(every, tampered_cursor_is_refused, 0, LIST_COUNT);
    tcase_add_loop_test(every, head_answers_as_get_without_body, 0, LIST_COUNT);
    tcase_add_loop_test(every, wrong_method_is_405_with_the_right_ones, 0, LIST_COUNT);
    tcase_add_loop_test(every, csv_has_the_same_rows, 0, LIST_COUNT);
    tcase_add_loop_test(every, unknown_media_type_is_406, 0, LIST_COUNT);
    TCase *pages = new_case(s, "pages");
    tcase_add_test(pages, cursor_walks_every_row_once);
    tcase_add_test(pages, cursor_walks_past_rows_that_come_and_go);
    tcase_add_test(pages, cursor_belongs_to_its_list);
    tcase_add_test(pages, unknown_sort_is_refused);
    tcase_add_test(pages, updated_since_narrows_a_list);
    tcase_add_test(pages, values_are_read_strictly);
    tcase_add_loop_test(pages, a_year_that_no_date_has_is_an_empty_list, 0,
                        sizeof lists_by_year / sizeof *lists_by_year);
    tcase_add_test(pages, csv_cells_are_no_formulas);
    TCase *conditions = new_case(s, "conditional requests");
    tcase_add_test(conditions, unchanged_list_and_item_are_304);
    tcase_add_test(conditions, tag_of_one_reader_does_not_serve_another);
    TCase *errors = new_case(s, "errors");
    tcase_add_test(errors, problems_speak_vietnamese_or_english);
    tcase_add_test(errors, a_broken_body_is_told_in_the_language_asked);
    tcase_add_test(errors, every_answer_bears_its_request_id);
    tcase_add_test(errors, paths_that_are_none_answer_404);
    tcase_add_test(errors, wrong_method_on_an_item_is_405);
    tcase_add_test(errors, other_methods_are_405);
    return run_suite(s);
}
