/* What every list gives out comes in again unchanged: each kind of import, as CSV and as XLSX,
 * through the real upload and job runner. A list that the demonstration leaves empty gets its rows
 * here: an empty file would prove nothing. The order of the cases does not matter. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "imports.h"
#include "schema.h"

#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct {
    const char *kind;
    const char *list;
    const char *login;
} kinds[] = {
    {"units", "units", "dongxoai.chuyenvien"},
    {"staff", "staff", "tinh.chuyenvien"},
    {"appointments", "appointments", "tinh.chuyenvien"},
    {"courses", "courses", "tinh.chuyenvien"},
    {"training_records", "training-records", "tinh.chuyenvien"},
    {"attendance", "training-attendance", "tinh.chuyenvien"},
    {"ratings", "ratings", "tinh.chuyenvien"},
    {"indicator_values", "indicator-values", "dongxoai.chuyenvien"},
};
#define KIND_COUNT (int)(sizeof kinds / sizeof *kinds)

static struct reply *imported(const struct caller *c, const char *path, const struct reply *list)
{
    struct reply *r = send_file(c, path, bytes_of(list->body, list->length));
    ck_status(r, 202);
    return wait_for(c, text_at(r, "/id"));
}

/* A rating of a year that nothing else is about. */
static void rate(const struct caller *c)
{
    db_do("delete from app.rating where year = 2013", NULL);
    ck_status(post(c, "/api/v1/ratings",
                   "{\"unit_id\":%lld,\"year\":2013,\"scale\":\"five_grades\",\"grade\":\"good\","
                   "\"note\":\"Ghi chú; có dấu \\\"ngoặc\\\"\"}",
                   (long long)db_int("select id from app.unit where code = 'phunu-25195'", NULL)),
              201);
}

/* A report of the district's board that is asked a value and a ratio, in a small plan of its own;
 * the caller fills both. Returns the report. */
static const char *fill_values(const struct caller *c)
{
    const char *plan = db_text(
        "insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status)"
        " select $1, 'Thử', id, '2021-01-01', '2025-12-31', 'in_force' from app.unit"
        " where code = 'bdv-70' returning id",
        fresh("T-"));
    const char *period = make_period(plan, "year", "2021-11-01", "2021-12-15", "2022-01-30");
    db_do("with made as (insert into app.indicator (plan_id, code, name, measure_unit, kind,"
          " direction, roll_up, frequency, position) values"
          " ($1::uuid, 'V', 'Giá trị', 'việc', 'value', 'up', 'sum', 'year', 10),"
          " ($1::uuid, 'R', 'Tỷ lệ', '%', 'ratio', 'up', 'ratio', 'year', 20) returning id)"
          " insert into app.indicator_ask (indicator_id, level_id, line_id)"
          " select m.id, u.level_id, u.line_id from made as m, app.unit as u"
          " where u.code = 'bdv-689'",
          plan);
    const char *report =
        make_report(period, unit_of("dongxoai.chuyenvien"), unit_of("tinh.chuyenvien"));
    db_do("update app.report set status = 'draft' where id = $1::uuid", report);
    db_do("select private.report_prefill_values($1::uuid)", report);
    const struct reply *r = get(c, "/api/v1/indicator-values?report=%s", report);
    ck_assert_uint_eq(count_at(r, "/items"), 2);
    for (int i = 0; i < 2; i++) {
        bool is_ratio = strcmp(text_at(r, form("/items/%d/indicator_code", i)), "R") == 0;
        const char *path = form("/api/v1/indicator-values/%s", text_at(r, form("/items/%d/id", i)));
        ck_status(patch(c, path, int_at(r, form("/items/%d/version", i)), "%s",
                        is_ratio ? "{\"own_numerator\":3,\"own_denominator\":4}"
                                 : "{\"own_value\":12,\"note\":\"Ước tính\"}"),
                  200);
    }
    return report;
}

/* The list of a kind; a sheet of attendance is that of one course. */
static const char *list_of(const struct caller *c, int which)
{
    const char *list = form("/api/v1/%s?limit=100", kinds[which].list);
    if (strcmp(kinds[which].kind, "ratings") == 0)
        rate(c);
    if (strcmp(kinds[which].kind, "indicator_values") == 0)
        return form("%s&report=%s", list, fill_values(c));
    if (strcmp(kinds[which].kind, "attendance") != 0)
        return list;
    const struct reply *over = get(c, "/api/v1/courses?status=closed&limit=1");
    ck_status(over, 200);
    return form("%s&course=%s", list, text_at(over, "/items/0/id"));
}

static void comes_in_unchanged(int which, const char *type, const char *ending)
{
    const struct caller *c = as(kinds[which].login);
    const char *path = list_of(c, which);
    const struct reply *counted = get(c, "%s", path); /* the same page, to count its rows */
    ck_status(counted, 200);
    size_t rows = count_at(counted, "/items");
    ck_assert_msg(rows > 0, "%s: an empty list proves nothing", kinds[which].kind);
    const struct reply *list = ask(c, "GET", path, NULL, form("Accept: %s", type), NULL);
    ck_status(list, 200);
    const struct reply *r = imported(c,
                                     form("/api/v1/imports?kind=%s&name=%s.%s&dry_run=false",
                                          kinds[which].kind, kinds[which].list, ending),
                                     list);
    if (strcmp(text_at(r, "/status"), "applied") != 0)
        ck_abort_msg("%s: %s\n%s", kinds[which].kind, r->body,
                     get(c, "/api/v1/import-errors?import=%s", text_at(r, "/id"))->body);
    ck_assert_int_eq(int_at(r, "/created_count"), 0);
    ck_assert_int_eq(int_at(r, "/updated_count"), 0);
    ck_assert_int_eq(int_at(r, "/unchanged_count"), (int64_t)rows);
}

START_TEST(csv_comes_in_again_unchanged)
{
    comes_in_unchanged(_i, "text/csv", "csv");
}
END_TEST

START_TEST(a_workbook_comes_in_again_unchanged)
{
    comes_in_unchanged(_i, XLSX, "xlsx");
}
END_TEST

START_TEST(a_workbook_has_its_type_its_name_and_its_tag)
{
    const struct caller *c = as("tinh.chuyenvien");
    const struct reply *r = ask(c, "GET", "/api/v1/levels", NULL, "Accept: " XLSX, NULL);
    ck_status(r, 200);
    ck_assert_str_eq(header_of(r, "Content-Type"), XLSX);
    ck_assert_str_eq(header_of(r, "Content-Disposition"), "attachment; filename=\"levels.xlsx\"");
    ck_assert_int_eq(memcmp(r->body, "PK\x03\x04", 4), 0);
    const char *tag = form("If-None-Match: %s", header_of(r, "ETag"));
    ck_status(ask(c, "GET", "/api/v1/levels", NULL, "Accept: " XLSX, tag, NULL), 304);
}
END_TEST

/* The job of a file that was sent and looked through. */
static struct reply *looked_through(const struct caller *c, const char *path, const char *file)
{
    struct reply *r = send_file(c, path, bytes_of(file, strlen(file)));
    ck_status(r, 202);
    return wait_for(c, text_at(r, "/id"));
}

static void ck_checked(const struct caller *c, const struct reply *r)
{
    ck_assert_msg(strcmp(text_at(r, "/status"), "checked") == 0, "%s\n%s", r->body,
                  get(c, "/api/v1/import-errors?import=%s", text_at(r, "/id"))->body);
}

/* "85%" is what a spreadsheet saves of 0.85 shown so. */
START_TEST(a_percentage_is_taken_where_one_is_asked)
{
    const struct caller *c = as("tinh.chuyenvien");
    const char *topic = db_text("select code from app.training_topic order by code limit 1", NULL);
    const char *path = "/api/v1/imports?kind=courses&name=lop.csv";
    const char *head = "code,name,topic,starts_on,ends_on,capacity,pass_percent\r\n";
    const char *file = form("%sphan-tram,Lớp,%s,2021-03-01,2021-03-02,30,85%%\r\n", head, topic);
    const struct reply *r = looked_through(c, path, file);
    ck_checked(c, r);
    ck_assert_int_eq(int_at(r, "/created_count"), 1);
    file = form("%sphan-tram,Lớp,%s,2021-03-01,2021-03-02,30%%,85%%\r\n", head, topic);
    r = looked_through(c, path, file);
    ck_assert_int_eq(int_at(r, "/error_count"), 1);
    ck_error(c, text_at(r, "/id"), "F2", "bad_integer", "30%");
}
END_TEST

/* A person's result, said in words and in capitals; and what is no word for one. */
START_TEST(a_choice_may_be_said_in_words)
{
    const struct caller *c = as("tinh.chuyenvien");
    const char *path = "/api/v1/imports?kind=training_records&name=ket-qua.csv";
    const struct reply *list = get(c, "/api/v1/training-records?result=passed&limit=1");
    ck_assert_uint_eq(count_at(list, "/items"), 1);
    const char *line =
        form("%s,%s,%s", text_at(list, "/items/0/organiser_unit_code"),
             text_at(list, "/items/0/course_code"), text_at(list, "/items/0/staff_code"));
    const char *head = "Ký hiệu đơn vị tổ chức,Mã lớp,MÃ CÁN BỘ,kết quả\r\n";
    const char *file = form("%s%s, ĐẠT \r\n", head, line);
    const struct reply *r = looked_through(c, path, file);
    ck_checked(c, r);
    ck_assert_int_eq(int_at(r, "/unchanged_count"), 1);
    file = form("%s%s,Giỏi\r\n", head, line);
    r = looked_through(c, path, file);
    ck_error(c, text_at(r, "/id"), "D2", "not_a_choice", "Giỏi");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("import kinds");
    TCase *t = new_case(s, "round trip");
    tcase_set_timeout(t, 180);
    tcase_add_loop_test(t, csv_comes_in_again_unchanged, 0, KIND_COUNT);
    tcase_add_loop_test(t, a_workbook_comes_in_again_unchanged, 0, KIND_COUNT);
    tcase_add_test(t, a_choice_may_be_said_in_words);
    tcase_add_test(t, a_percentage_is_taken_where_one_is_asked);
    tcase_add_test(t, a_workbook_has_its_type_its_name_and_its_tag);
    return run_suite(s);
}
