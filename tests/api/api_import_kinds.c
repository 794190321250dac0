/* What every list gives out comes in again unchanged: each kind of import, as CSV and as XLSX,
 * through the real upload and job runner. The order of the cases does not matter: nothing is
 * written. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "files.h"
#include "schema.h"

#define XLSX  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define TRIES 300

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
    {"indicator_values", "indicator-values", "tinh.chuyenvien"},
};
#define KIND_COUNT (int)(sizeof kinds / sizeof *kinds)

static struct reply *imported(const struct caller *c, const char *path, const struct reply *list)
{
    struct reply *r = send_file(c, path, bytes_of(list->body, list->length));
    ck_status(r, 202);
    const char *id = text_at(r, "/id");
    for (int i = 0; i < TRIES; i++) {
        r = get(c, "/api/v1/imports/%s", id);
        ck_status(r, 200);
        if (strcmp(text_at(r, "/status"), "queued") != 0 &&
            strcmp(text_at(r, "/status"), "running") != 0)
            return r;
        nanosleep(&(struct timespec){.tv_nsec = 200000000L}, NULL);
    }
    ck_abort_msg("the import does not end: %s", r->body);
    return r;
}

/* The list of a kind; a sheet of attendance is that of one course. */
static const char *list_of(const struct caller *c, int which)
{
    if (strcmp(kinds[which].kind, "attendance") != 0)
        return form("/api/v1/%s?limit=100", kinds[which].list);
    const struct reply *over = get(c, "/api/v1/courses?status=closed&limit=1");
    ck_status(over, 200);
    return form("/api/v1/%s?limit=100&course=%s", kinds[which].list, text_at(over, "/items/0/id"));
}

static void comes_in_unchanged(int which, const char *type, const char *ending)
{
    const struct caller *c = as(kinds[which].login);
    const char *path = list_of(c, which);
    const struct reply *counted = get(c, "%s", path); /* the same page, to count its rows */
    ck_status(counted, 200);
    size_t rows = count_at(counted, "/items");
    if (rows == 0)
        return; /* a file without rows is refused, and has nothing to change */
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

int main(void)
{
    Suite *s = suite_create("import kinds");
    TCase *t = new_case(s, "round trip");
    tcase_set_timeout(t, 180);
    tcase_add_loop_test(t, csv_comes_in_again_unchanged, 0, KIND_COUNT);
    tcase_add_loop_test(t, a_workbook_comes_in_again_unchanged, 0, KIND_COUNT);
    tcase_add_test(t, a_workbook_has_its_type_its_name_and_its_tag);
    return run_suite(s);
}
