/* Imports, from a file to rows: what is taken, what is told of it, and who may. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "imports.h"
#include "schema.h"

/* ---- from file to rows ---- */

START_TEST(a_dry_run_tells_what_would_be_and_applying_does_it)
{
    const struct caller *c = as(PROVINCE);
    forget(2003);
    struct reply *r =
        send_text(c, "",
                  HEAD "phunu-689,2003,five_grades,good,31/12/2003,\"Tốt, \"\"vững\"\"\"\r\n"
                       "phunu-692,2003,five_grades,fair,,\r\n");
    ck_status(r, 202);
    ck_described("POST", import_path("x.csv", ""), r);
    ck_assert_str_eq(header_of(r, "Location"), form("/api/v1/imports/%s", text_at(r, "/id")));
    const char *id = text_at(r, "/id");
    r = wait_for(c, id);
    ck_described("GET", form("/api/v1/imports/%s", id), r);
    ck_assert_str_eq(text_at(r, "/status"), "checked");
    ck_assert_int_eq(int_at(r, "/row_count"), 2);
    ck_assert_int_eq(int_at(r, "/created_count"), 2);
    ck_assert(array_has(r, "/actions", "apply"));
    ck_assert_int_eq(rated(2003), 0);

    r = ask(c, "POST", form("/api/v1/imports/%s/apply", id), "{}", NULL);
    ck_problem(r, 428, "version-required");
    r = get(c, "/api/v1/imports/%s", id);
    r = ask(c, "POST", form("/api/v1/imports/%s/apply", id), "{}",
            form("If-Match: \"%lld\"", (long long)int_at(r, "/version")), NULL);
    ck_status(r, 200);
    r = wait_for(c, id);
    ck_assert_str_eq(text_at(r, "/status"), "applied");
    ck_assert_int_eq(rated(2003), 2);
    ck_assert_str_eq(
        db_text("select r.note from app.rating as r join app.unit as u on u.id = r.unit_id"
                " where r.year = 2003 and u.code = $1 and r.rated_on = '2003-12-31'",
                "phunu-689"),
        "Tốt, \"vững\"");
    /* no longer to be applied, nor cancelled */
    r = ask(c, "POST", form("/api/v1/imports/%s/apply", id), "{}",
            form("If-Match: \"%lld\"", (long long)int_at(r, "/version")), NULL);
    ck_problem(r, 409, "conflict");
    ck_problem(post(c, form("/api/v1/imports/%s/cancel", id), "{}"), 409, "conflict");
    ck_assert_int_eq(db_int("select count(*) from private.import_row where job_id = $1::uuid", id),
                     0);
    forget(2003);
}
END_TEST

START_TEST(every_fault_is_told_at_once_by_its_cell)
{
    const struct caller *c = as(PROVINCE);
    forget(2003);
    const struct reply *r = run(c, "&dry_run=false",
                                HEAD "phunu-689,2.003,five_grades,good,31/02/2003,\r\n"
                                     "\r\n"
                                     ",2003,five_grades,,2003-01-01,\r\n"
                                     "khong-co,2003,five_grades,good,,\r\n"
                                     "phunu-692,2003,five_grades,good,,Nguyeãn Vaên Taùm\r\n"
                                     "phunu-690,2003,five_grades,good,,,thừa\r\n",
                                "refused");
    const char *id = text_at(r, "/id");
    ck_error(c, id, "B2", "bad_integer", "2.003");
    ck_error(c, id, "E2", "bad_date", "31/02/2003");
    ck_error(c, id, "A4", "required", NULL);
    ck_error(c, id, "D4", "required", NULL);
    ck_error(c, id, "A5", "not_visible", "khong-co");
    ck_error(c, id, "F6", "legacy_encoding", "VNI: Nguyễn Văn Tám");
    ck_error(c, id, "G7", "column_without_header", "thừa");
    ck_assert_int_eq(int_at(r, "/error_count"), 7);
    ck_assert_int_eq(rated(2003), 0);
    const struct reply *csv =
        ask(c, "GET", form("/api/v1/import-errors?import=%s&sort=-word&limit=1", id), NULL,
            "Accept: text/csv", NULL);
    ck_status(csv, 200);
    ck_assert_ptr_nonnull(strstr(csv->body, ",required,"));
    ck_described("GET", form("/api/v1/import-errors?import=%s", id),
                 get(c, "/api/v1/import-errors?import=%s", id));
}
END_TEST

START_TEST(a_header_that_says_other_things_is_refused)
{
    const struct caller *c = as(PROVINCE);
    const struct reply *r =
        run(c, "", "unit_code,year,scale,grade,Lạ,year\r\n1,2,3,4,5,6\r\n", "refused");
    ck_assert_str_eq(text_at(r, "/problem"), "bad_header");
    ck_error(c, text_at(r, "/id"), "E1", "unknown_header", "Lạ");
    ck_error(c, text_at(r, "/id"), "F1", "doubled_header", "year");
    r = run(c, "", "unit_code,year\r\nx,2003\r\n", "refused");
    const struct reply *errors =
        get(c, "/api/v1/import-errors?import=%s&word=missing_column", text_at(r, "/id"));
    ck_assert_uint_eq(count_at(errors, "/items"), 2);
    r = run(c, "", "something,else\r\n1,2\r\n", "refused");
    ck_assert_str_eq(text_at(r, "/problem"), "no_header");
    r = run(c, "", HEAD, "refused");
    ck_assert_str_eq(text_at(r, "/problem"), "no_rows");
    r = run(c, "", HEAD "x,\"2003\r\n", "refused");
    ck_assert_str_eq(text_at(r, "/problem"), "bad_quotes");
}
END_TEST

static struct bytes sample_book(const char *name)
{
    char *bytes = malloc(1 << 20);
    FILE *f = fopen(form("%s/unit/xlsx/%s", TESTS_DIR, name), "rb");
    ck_assert_ptr_nonnull(f);
    size_t len = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    return bytes_of(bytes, len);
}

START_TEST(a_workbook_is_read_as_people_make_it)
{
    const struct caller *c = as(PROVINCE);
    forget(2004);
    struct reply *r =
        send_file(c, import_path("a.xlsx", "&dry_run=false"), sample_book("ratings.xlsx"));
    ck_status(r, 202);
    ck_assert_str_eq(text_at(r, "/format"), "xlsx");
    r = wait_for(c, text_at(r, "/id"));
    ck_assert_msg(strcmp(text_at(r, "/status"), "applied") == 0, "%s", r->body);
    ck_assert_int_eq(rated(2004), 2);
    ck_assert_str_eq(db_text("select string_agg(r.rated_on || ' ' || r.note, '; ' order by u.code) "
                             "from app.rating as r"
                             " join app.unit as u on u.id = r.unit_id where r.year = 2004",
                             NULL),
                     "2004-12-31 =SUM; 2004-12-15 Lộc Ninh");
    forget(2004);

    r = send_file(c, import_path("b.xlsx", ""), sample_book("ratings_faults.xlsx"));
    r = wait_for(c, text_at(r, "/id"));
    ck_assert_str_eq(text_at(r, "/status"), "refused");
    ck_error(c, text_at(r, "/id"), "B4", "bad_integer", "2.004");
    ck_error(c, text_at(r, "/id"), "E5", "bad_date", "2004-12-15 07:30:00");
    ck_error(c, text_at(r, "/id"), "F5", "legacy_encoding", "TCVN3 (ABC): Đặt yêu cầu");

    r = send_file(c, import_path("b.xlsx", "&sheet=Kh%C3%B4ng"), sample_book("ratings.xlsx"));
    r = wait_for(c, text_at(r, "/id"));
    ck_assert_str_eq(text_at(r, "/problem"), "no_sheet");
}
END_TEST

START_TEST(old_text_is_converted_where_asked)
{
    const struct caller *c = as(PROVINCE);
    forget(2005);
    (void)run(c, "&dry_run=false&converts_legacy=true",
              HEAD "phunu-689,2005,five_grades,good,,C\xe9ng h\xdf"
                   "a x\xb7 h\xe9i ch\xf1 ngh\xdc"
                   "a\r\n"
                   "phunu-692,2005,five_grades,good,,Ph\xf3\r\n",
              "applied");
    ck_assert_str_eq(db_text("select string_agg(r.note, '; ' order by u.code) from app.rating as r"
                             " join app.unit as u on u.id = r.unit_id where r.year = 2005",
                             NULL),
                     "Cộng hòa xã hội chủ nghĩa; Phú");
    forget(2005);
    /* in no encoding that is known */
    const struct reply *r =
        run(c, "", HEAD "phunu-689,2005,five_grades,good,,caf\xe9\r\n", "refused");
    ck_error(c, text_at(r, "/id"), "F2", "bad_encoding", NULL);
}
END_TEST

/* ---- what is not taken ---- */

START_TEST(a_request_that_is_wrong_makes_no_job)
{
    const struct caller *c = as(PROVINCE);
    static const char *const queries[][2] = {
        {"?name=a.csv", "?kind"},
        {"?kind=ratings", "?name"},
        {"?kind=people&name=a.csv", "?kind"},
        {"?kind=ratings&name=a%2Fb.csv", "?name"},
        {"?kind=ratings&name=a.csv&dry_run=yes", "?dry_run"},
        {"?kind=ratings&name=a.csv&converts_legacy=1", "?converts_legacy"},
        {"?kind=ratings&name=a.csv&course=12", "?course"},
        {"?kind=ratings&name=a.csv&sheet=", "?sheet"},
        {"?kind=ratings&name=a.csv&more=1", "?more"},
    };
    int64_t before = db_int("select count(*) from app.import_job", NULL);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        const struct reply *r = send_file(c, form("/api/v1/imports%s", queries[i][0]), BYTES(HEAD));
        ck_problem(r, 400, "bad-query");
        if (strcmp(queries[i][1], "?sheet") != 0) /* an empty value may be refused sooner */
            ck_field(r, queries[i][1], NULL);
    }
    const struct {
        struct bytes content;
        const char *word;
    } files[] = {
        {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing"), "old_excel_file"},
        {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
         "encrypted_file"},
        {pdf_of(300), "not_a_table"},
        {docx_of(), "not_a_table"},
        {BYTES("<html><table></table></html>"), "not_a_table"},
        {BYTES("\xff\xfe"
               "a\0,\0"),
         "wide_encoding"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct reply *r = send_file(c, import_path("a.xlsx", ""), files[i].content);
        ck_problem(r, 422, "invalid-input");
        ck_field(r, "", files[i].word);
    }
    ck_field(send_file(c, import_path("a.csv", ""), BYTES("")), "", "empty_file");
    ck_assert_int_eq(db_int("select count(*) from app.import_job", NULL), before);
}
END_TEST

START_TEST(who_may_not_import_does_not_and_sees_nothing)
{
    ck_problem(send_text(&nobody, "", HEAD), 401, "unauthenticated");
    ck_problem(send_text(as("tinh.xem"), "", HEAD), 403, "forbidden");
    struct reply *r = send_text(as(PROVINCE), "", HEAD "x,2003,five_grades,good,,\r\n");
    ck_status(r, 202);
    const char *id = text_at(r, "/id");
    /* a viewer of the same unit, and an officer of a unit below */
    ck_problem(get(as("tinh.xem"), "/api/v1/imports/%s", id), 404, "not-found");
    ck_problem(get(as("dongxoai.chuyenvien"), "/api/v1/imports/%s", id), 404, "not-found");
    ck_assert_uint_eq(
        count_at(get(as("dongxoai.chuyenvien"), "/api/v1/import-errors?import=%s", id), "/items"),
        0);
    ck_problem(post(as("dongxoai.chuyenvien"), form("/api/v1/imports/%s/cancel", id), "{}"), 404,
               "not-found");
    (void)wait_for(as(PROVINCE), id);
    /* the leader of the unit sees it, and does not apply what another has checked */
    ck_status(get(as("tinh.lanhdao"), "/api/v1/imports/%s", id), 200);
    r = run(as(PROVINCE), "", HEAD "phunu-689,2002,five_grades,good,,\r\n", "checked");
    id = text_at(r, "/id");
    r = ask(as("tinh.lanhdao"), "POST", form("/api/v1/imports/%s/apply", id), "{}",
            form("If-Match: \"%lld\"", (long long)int_at(r, "/version")), NULL);
    ck_problem(r, 403, "forbidden");
    r = post(as("tinh.lanhdao"), form("/api/v1/imports/%s/cancel", id), "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "cancelled");
}
END_TEST

START_TEST(the_same_key_makes_one_job)
{
    const struct caller *c = as(PROVINCE);
    const char *key = form("Idempotency-Key: %s", fresh("import"));
    const char *path = import_path("a.csv", "");
    const struct reply *one =
        ask(c, "POST", path, HEAD "x,1,y,z,,\r\n", "Content-Type: text/csv", key, NULL);
    const struct reply *two =
        ask(c, "POST", path, HEAD "x,1,y,z,,\r\n", "Content-Type: text/csv", key, NULL);
    ck_status(one, 202);
    ck_status(two, 202);
    ck_assert_str_eq(text_at(one, "/id"), text_at(two, "/id"));
    ck_assert_str_eq(header_of(one, "Location"), header_of(two, "Location"));
    two = ask(c, "POST", path, HEAD "x,2,y,z,,\r\n", "Content-Type: text/csv", key, NULL);
    ck_problem(two, 422, "idempotency-key-reused");
    (void)wait_for(c, text_at(one, "/id"));
}
END_TEST

START_TEST(a_template_is_the_header_of_its_kind)
{
    const struct reply *r = get(as(PROVINCE), "/api/v1/imports/template?kind=ratings");
    ck_status(r, 200);
    ck_assert_ptr_nonnull(strstr(r->body, "unit_code,"));
    ck_assert_ptr_nonnull(strstr(header_of(r, "Content-Disposition"), "ratings.csv"));
    ck_problem(get(as(PROVINCE), "/api/v1/imports/template?kind=x"), 400, "bad-query");
    ck_problem(get(as(PROVINCE), "/api/v1/imports/template"), 400, "bad-query");
    ck_problem(get(&nobody, "/api/v1/imports/template?kind=ratings"), 401, "unauthenticated");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("imports");
    TCase *t = new_case(s, "rows");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_dry_run_tells_what_would_be_and_applying_does_it);
    tcase_add_test(t, every_fault_is_told_at_once_by_its_cell);
    tcase_add_test(t, a_header_that_says_other_things_is_refused);
    tcase_add_test(t, a_workbook_is_read_as_people_make_it);
    tcase_add_test(t, old_text_is_converted_where_asked);
    t = new_case(s, "refused");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_request_that_is_wrong_makes_no_job);
    tcase_add_test(t, who_may_not_import_does_not_and_sees_nothing);
    tcase_add_test(t, the_same_key_makes_one_job);
    tcase_add_test(t, a_template_is_the_header_of_its_kind);
    return run_suite(s);
}
