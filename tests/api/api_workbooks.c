/* Workbooks as officers open them, read by openpyxl: Vietnamese titles for the keys, and words for
 * the codes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"

#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct reply *workbook(const struct caller *c, const char *path)
{
    const struct reply *r = ask(c, "GET", path, NULL, "Accept: " XLSX, NULL);
    ck_status(r, 200);
    ck_assert_str_eq(header_of(r, "Content-Type"), XLSX);
    return r;
}

/* What openpyxl finds in the answer, to be asked by JSON pointer. */
static const struct reply *opened(const struct reply *book)
{
    static struct reply found;
    static char json[16 << 20];
    char name[] = "/tmp/danvan-workbook-XXXXXX";
    int fd = mkstemp(name);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, book->body, book->length), (ssize_t)book->length);
    close(fd);
    FILE *said = popen(form("/usr/bin/python3 '%s/api/workbook.py' <%s", TESTS_DIR, name), "r");
    ck_assert_ptr_nonnull(said);
    json[fread(json, 1, sizeof json - 1, said)] = '\0';
    ck_assert_int_eq(pclose(said), 0);
    unlink(name);
    found = (struct reply){.status = 200, .body = json, .json = json_tokener_parse(json)};
    ck_assert_ptr_nonnull(found.json);
    return &found;
}

/* The column under this title; fails the test without one. */
static int column_of(const struct reply *book, const char *title)
{
    for (size_t i = 0; i < count_at(book, "/sheets/0/rows/0"); i++)
        if (strcmp(text_at(book, form("/sheets/0/rows/0/%zu", i)), title) == 0)
            return (int)i;
    ck_abort_msg("no column %s", title);
    return -1;
}

/* The cell of the `row`th item. */
static const char *cell(int row, int column)
{
    return form("/sheets/0/rows/%d/%d", row + 1, column);
}

static const char *const statuses[][2] = {
    {"not_started", "Chưa thực hiện"},
    {"in_progress", "Đang thực hiện"},
    {"reported", "Đã báo cáo hoàn thành"},
    {"completed", "Đã xác nhận hoàn thành"},
};

static const char *title_of(const char *status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(statuses[i][0], status) == 0)
            return statuses[i][1];
    ck_abort_msg("%s is not expected here", status);
    return NULL;
}

START_TEST(a_row_says_in_words_what_its_item_says_in_codes)
{
    static const char *const path =
        "/api/v1/"
        "assignments?status=not_started,in_progress,reported,completed&sort=due_on&limit=50";
    const struct caller *c = as("dongxoai.chuyenvien");
    const struct reply *list = get(c, "%s", path);
    const struct reply *book = opened(workbook(c, path));
    size_t rows = count_at(list, "/items");
    ck_assert_uint_gt(rows, 10);
    ck_assert_uint_eq(count_at(book, "/sheets/0/rows"), rows + 1);
    int title = column_of(book, "Nhiệm vụ");
    int due = column_of(book, "Hạn");
    int status = column_of(book, "Trạng thái");
    int late = column_of(book, "Quá hạn");
    for (int i = 0; i < (int)rows; i++) {
        ck_assert_str_eq(text_at(book, cell(i, title)), text_at(list, form("/items/%d/title", i)));
        ck_assert_str_eq(text_at(book, cell(i, due)), text_at(list, form("/items/%d/due_on", i)));
        ck_assert_str_eq(text_at(book, cell(i, status)),
                         title_of(text_at(list, form("/items/%d/status", i))));
        bool is_late = json_object_get_boolean(at(list, form("/items/%d/is_overdue", i)));
        ck_assert_str_eq(text_at(book, cell(i, late)), is_late ? "Có" : "Không");
    }
    const struct reply *csv = ask(c, "GET", path, NULL, "Accept: text/csv", NULL);
    ck_assert_ptr_nonnull(strstr(csv->body, ",due_on,"));
    ck_assert_ptr_nonnull(strstr(csv->body, text_at(list, "/items/0/status")));
    ck_assert_ptr_null(strstr(csv->body, text_at(book, cell(0, status))));
}
END_TEST

/* Levels and lines are reference data: here all units, which are of each of them, stand beside the
 * names that the database has. */
START_TEST(levels_and_lines_have_the_names_of_their_lists)
{
    const struct caller *c = as("tinh.xem");
    const struct reply *book = opened(workbook(c, "/api/v1/units"));
    int level = column_of(book, "Cấp");
    int level_name = column_of(book, "Tên cấp");
    int line = column_of(book, "Ngành");
    int line_name = column_of(book, "Tên ngành");
    size_t rows = count_at(book, "/sheets/0/rows") - 1;
    ck_assert_uint_gt(rows, 1000);
    for (int i = 0; i < (int)rows; i++) {
        ck_assert_str_eq(text_at(book, cell(i, level)), text_at(book, cell(i, level_name)));
        ck_assert_str_eq(text_at(book, cell(i, line)), text_at(book, cell(i, line_name)));
    }
}
END_TEST

/* No unit need be of a line, so each is looked for among the values that the second sheet tells. */
START_TEST(every_level_line_and_kind_of_period_is_told)
{
    static const char *const tables[][3] = {{"app.level", "assignments", "level"},
                                            {"app.line", "assignments", "line"},
                                            {"app.period_kind", "reports", "period_kind"}};
    const struct reply *book =
        opened(workbook(as("tinh.xem"), form("/api/v1/%s?limit=1", tables[_i][1])));
    size_t columns = count_at(book, "/sheets/0/rows/0");
    const char *meaning = NULL;
    for (size_t i = 1; i <= columns; i++)
        if (strcmp(text_at(book, form("/sheets/1/rows/%zu/0", i)), tables[_i][2]) == 0)
            meaning = text_at(book, form("/sheets/1/rows/%zu/2", i));
    ck_assert_ptr_nonnull(meaning);
    const char *told = db_text(form("select string_agg(code || ' = ' || name, '; ' order by %s)"
                                    " from %s",
                                    _i == 2 ? "position" : "id", tables[_i][0]),
                               NULL);
    ck_assert_msg(strstr(meaning, form(": %s. (", told)) != NULL, "%s\n%s", meaning, told);
}
END_TEST

static const char *const lists[] = {"assignments", "outcomes", "staff",  "units",
                                    "reports",     "meetings", "ratings"};

/* The keys on the second sheet are the header of the CSV, and stand beside the titles. */
START_TEST(the_second_sheet_leads_from_titles_to_keys)
{
    const struct caller *c = as("tinh.chuyenvien");
    const char *path = form("/api/v1/%s?limit=3", lists[_i]);
    const struct reply *book = opened(workbook(c, path));
    const struct reply *csv = ask(c, "GET", path, NULL, "Accept: text/csv", NULL);
    ck_status(csv, 200);
    const char *keys = "";
    ck_assert_str_eq(text_at(book, "/sheets/1/name"), "Chú thích");
    size_t columns = count_at(book, "/sheets/0/rows/0");
    ck_assert_uint_eq(count_at(book, "/sheets/1/rows"), columns + 1);
    for (size_t i = 0; i < columns; i++) {
        const char *key = text_at(book, form("/sheets/1/rows/%zu/0", i + 1));
        keys = form("%s%s%s", keys, i == 0 ? "" : ",", key);
        ck_assert_str_eq(text_at(book, form("/sheets/1/rows/%zu/1", i + 1)),
                         text_at(book, form("/sheets/0/rows/0/%zu", i)));
    }
    const char *header = form("\xef\xbb\xbf%s\r\n", keys);
    ck_assert_int_eq(strncmp(csv->body, header, strlen(header)), 0);
}
END_TEST

START_TEST(the_header_stays_in_sight_and_filters)
{
    const struct reply *book = opened(workbook(as("tinh.chuyenvien"), "/api/v1/levels"));
    ck_assert_str_eq(text_at(book, "/sheets/0/name"), "Cấp");
    ck_assert_str_eq(text_at(book, "/sheets/0/frozen"), "A2");
    ck_assert_str_eq(text_at(book, "/sheets/0/filter"), "A1:C4");
    ck_assert_str_eq(text_at(book, "/sheets/0/rows/0/1"), "Mã cấp");
    ck_assert_str_eq(text_at(book, "/sheets/0/rows/0/2"), "Tên cấp");
    ck_assert_str_eq(text_at(book, "/sheets/0/rows/1/2"), "Cấp tỉnh");
    ck_assert(json_object_get_boolean(at(book, "/sheets/0/header/bold")));
    ck_assert(json_object_get_boolean(at(book, "/sheets/0/header/wrapped")));
}
END_TEST

START_TEST(identifiers_are_there_and_out_of_sight)
{
    const struct reply *book = opened(workbook(as("tinh.chuyenvien"), "/api/v1/documents?limit=1"));
    ck_assert_str_eq(text_at(book, "/sheets/0/rows/0/0"), "Mã định danh");
    ck_assert_uint_eq(strlen(text_at(book, "/sheets/0/rows/1/0")), 36);
    ck_assert(array_has(book, "/sheets/0/hidden", "A"));
    ck_assert(!array_has(book, "/sheets/0/hidden", "B"));
    /* those of units are numbers; their codes are what people know them by */
    const struct reply *units = opened(workbook(as("tinh.chuyenvien"), "/api/v1/units?limit=1"));
    ck_assert_str_eq(text_at(units, "/sheets/0/rows/0/0"), "Mã số");
    ck_assert(array_has(units, "/sheets/0/hidden", "A"));
    ck_assert_str_eq(text_at(units, "/sheets/0/rows/0/1"), "Mã đơn vị");
    ck_assert(!array_has(units, "/sheets/0/hidden", "B"));
}
END_TEST

START_TEST(equal_rows_are_equal_bytes_and_one_tag)
{
    const char *path = "/api/v1/areas?limit=50";
    const struct caller *c = as("tinh.chuyenvien");
    const struct reply *one = workbook(c, path);
    const struct reply *two = workbook(c, path);
    ck_assert_uint_eq(one->length, two->length);
    ck_assert_int_eq(memcmp(one->body, two->body, one->length), 0);
    ck_assert_str_eq(header_of(one, "ETag"), header_of(two, "ETag"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("workbooks");
    TCase *t = new_case(s, "workbooks");
    tcase_add_test(t, a_row_says_in_words_what_its_item_says_in_codes);
    tcase_add_loop_test(t, the_second_sheet_leads_from_titles_to_keys, 0,
                        (int)(sizeof lists / sizeof *lists));
    tcase_add_test(t, levels_and_lines_have_the_names_of_their_lists);
    tcase_add_loop_test(t, every_level_line_and_kind_of_period_is_told, 0, 3);
    tcase_add_test(t, the_header_stays_in_sight_and_filters);
    tcase_add_test(t, identifiers_are_there_and_out_of_sight);
    tcase_add_test(t, equal_rows_are_equal_bytes_and_one_tag);
    return run_suite(s);
}
