/* Lists as tables: whole, where a page of JSON is 200 rows. */
#include <string.h>

#include "client.h"

#define XLSX  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define UNITS "/api/v1/units"

static size_t lines_in(const struct reply *r)
{
    size_t count = 0;
    for (const char *at = r->body; (at = strstr(at, "\r\n")) != NULL; at += 2)
        count++;
    return count;
}

START_TEST(a_table_holds_the_whole_list)
{
    const struct caller *c = as("tinh.xem");
    const struct reply *json =
        ask(c, "GET", UNITS "?limit=10000", NULL, "Prefer: count=exact", NULL);
    ck_status(json, 200);
    ck_assert_uint_eq(count_at(json, "/items"), 200);
    int64_t total = int_at(json, "/total");
    ck_assert_int_gt(total, 1000);
    const struct reply *csv = ask(c, "GET", UNITS, NULL, "Accept: text/csv", NULL);
    ck_status(csv, 200);
    ck_assert_uint_eq(lines_in(csv), (size_t)total + 1); /* names have no line breaks */
    ck_assert_ptr_null(header_of(csv, "Link"));
    const struct reply *book = ask(c, "GET", UNITS, NULL, "Accept: " XLSX, NULL);
    ck_status(book, 200);
    ck_assert_int_eq(memcmp(book->body, "PK\x03\x04", 4), 0);
}
END_TEST

START_TEST(a_part_of_a_table_says_where_the_next_is)
{
    const struct caller *c = as("tinh.xem");
    const struct reply *csv = ask(c, "GET", UNITS "?limit=300", NULL, "Accept: text/csv", NULL);
    ck_status(csv, 200);
    ck_assert_uint_eq(lines_in(csv), 301);
    ck_assert_ptr_nonnull(strstr(header_of(csv, "Link"), "limit=300"));
    ck_assert_uint_eq(count_at(get(c, UNITS), "/items"), 20);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("tables");
    TCase *t = new_case(s, "tables");
    tcase_add_test(t, a_table_holds_the_whole_list);
    tcase_add_test(t, a_part_of_a_table_says_where_the_next_is);
    return run_suite(s);
}
