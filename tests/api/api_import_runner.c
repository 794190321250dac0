/* The job runner: what it does when something breaks off, takes too long, or has no end of faults.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "imports.h"

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 200000000L}, NULL);
}

START_TEST(a_job_left_by_a_dead_runner_is_begun_anew_three_times_at_most)
{
    const struct reply *r =
        wait_for(as(PROVINCE), left_job("running", 2, HEAD "phunu-689,2001,five_grades,good,,\n"));
    ck_assert_str_eq(text_at(r, "/status"), "checked");
    const char *id = left_job("running", 3, HEAD "phunu-689,2001,five_grades,good,,\n");
    r = wait_for(as(PROVINCE), id);
    ck_assert_str_eq(text_at(r, "/status"), "failed");
    ck_assert_str_eq(text_at(r, "/problem"), "runner_died");
}
END_TEST

START_TEST(rights_are_looked_up_when_it_runs)
{
    db_do("update app.membership as m set valid_to = private.today() from app.user_account as u"
          " where u.id = m.user_id and u.login = $1",
          PROVINCE);
    const char *id = left_job("queued", 0, HEAD "phunu-689,2001,five_grades,good,,\n");
    for (int i = 0; i < TRIES; i++) {
        if (db_int("select count(*) from app.import_job where id = $1::uuid and status = 'failed'",
                   id) == 1)
            break;
        nap();
    }
    char *problem = db_text("select problem from app.import_job where id = $1::uuid", id);
    db_do("update app.membership as m set valid_to = null from app.user_account as u"
          " where u.id = m.user_id and u.login = $1",
          PROVINCE);
    ck_assert_ptr_nonnull(problem);
    ck_assert_str_eq(problem, "rights_ended");
}
END_TEST

START_TEST(what_waits_can_be_cancelled_and_old_files_go)
{
    const struct caller *c = as(PROVINCE);
    const char *id =
        text_at(run(c, "", HEAD "phunu-689,2001,five_grades,good,,\r\n", "checked"), "/id");
    db_do("update app.import_job set finished_at = now() - interval '31 days' where id = $1::uuid",
          id);
    db_do("select private.import_purge()", NULL);
    struct reply *r = get(c, "/api/v1/imports/%s", id);
    r = ask(c, "POST", form("/api/v1/imports/%s/apply", id), "{}",
            form("If-Match: \"%lld\"", (long long)int_at(r, "/version")), NULL);
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "file_gone");
    r = post(c, form("/api/v1/imports/%s/cancel", id), "{}");
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/actions"), 0);
    ck_assert(find_item(get(c, "/api/v1/imports?status=cancelled&kind=ratings&limit=200"), "id",
                        id) >= 0);
}
END_TEST

/* `count` times the line, behind the header. */
static const char *lines_of(const char *line, size_t count)
{
    size_t head = strlen(HEAD);
    size_t len = strlen(line);
    char *text = malloc(head + count * len + 1);
    memcpy(text, HEAD, head);
    for (size_t i = 0; i < count; i++)
        memcpy(text + head + i * len, line, len);
    text[head + count * len] = '\0';
    return text;
}

START_TEST(reading_stops_where_faults_have_no_end)
{
    const struct caller *c = as(PROVINCE);
    const struct reply *r =
        run(c, "", lines_of("phunu-689,2.003,five_grades,good,,\r\n", 30000), "refused");
    ck_assert_str_eq(text_at(r, "/problem"), "too_many_faults");
    ck_assert_int_eq(int_at(r, "/error_count"), 20000);
    ck_assert_int_eq(int_at(r, "/row_count"), 20000);
    ck_error(c, text_at(r, "/id"), "B2", "bad_integer", "2.003");
}
END_TEST

/* 19 rows of 1 MiB above the table, which is of two rows. */
START_TEST(long_rows_above_a_table_are_passed_over)
{
    size_t width = 512;
    size_t cell = 2000;
    size_t row = width * (cell + 1) + 1;
    char *text = malloc(19 * row + 200);
    for (size_t i = 0; i < 19; i++) {
        for (size_t k = 0; k < width; k++) {
            memset(text + i * row + k * (cell + 1), 'a' + (int)(k % 26), cell);
            text[i * row + k * (cell + 1) + cell] = ',';
        }
        text[i * row + row - 2] = '\r';
        text[i * row + row - 1] = '\n';
    }
    strcpy(text + 19 * row, HEAD "phunu-689,2003,five_grades,good,,\r\n");
    const struct reply *r = run(as(PROVINCE), "", text, "checked");
    ck_assert_int_eq(int_at(r, "/row_count"), 1);
}
END_TEST

/* What PostgreSQL says when its disk is full, at one stage of the import. */
static void fail_at(const char *stage)
{
    db_do("create function public.no_room() returns trigger language plpgsql as"
          " 'begin raise exception ''no room'' using errcode = ''53100''; end'",
          NULL);
    db_do(form("create trigger no_room before update on app.import_job for each row"
               " when (new.stage = '%s') execute function public.no_room()",
               stage),
          NULL);
}

/* It is tried anew, and its end tells of the database: nobody has cancelled, no runner has died. */
START_TEST(a_failure_of_the_database_is_told_from_a_cancel)
{
    static const char *const stages[] = {"checking", "applying"};
    fail_at(stages[_i]);
    struct reply *r = send_text(as(PROVINCE), "", HEAD "phunu-689,2001,five_grades,good,,\r\n");
    if (r->status == 202)
        r = wait_for(as(PROVINCE), text_at(r, "/id"));
    db_do("drop function public.no_room() cascade", NULL);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "failed");
    ck_assert_str_eq(text_at(r, "/problem"), "unavailable");
}
END_TEST

/* A file that takes long to look through for old text is given up at once when it is cancelled: the
 * next one is done with before the first could be. */
START_TEST(a_cancel_is_seen_while_the_file_is_looked_through)
{
    const struct caller *c = as(PROVINCE);
    struct reply *r = send_text(c, "&converts_legacy=true",
                                lines_of("phunu-689,2001,five_grades,good,,C\xe9ng h\xdf"
                                         "a x\xb7 h\xe9i ch\xf1 ngh\xdc"
                                         "a vi\xd6t nam \xae\xe9c l\xcbp t\xf9 do h\xb9nh ph\xf3"
                                         "c\r\n",
                                         190000));
    ck_status(r, 202);
    const char *id = text_at(r, "/id");
    for (int i = 0; i < TRIES && db_int("select count(*) from app.import_job where id = $1::uuid"
                                        " and status = 'running'",
                                        id) == 0;
         i++)
        nap();
    ck_status(post(c, form("/api/v1/imports/%s/cancel", id), "{}"), 200);
    r = run(c, "", HEAD "phunu-689,2001,five_grades,good,,\r\n", "checked");
    ck_assert_int_eq(db_int("select count(*) from app.import_job as n join app.import_job as o"
                            " on o.id = $1::uuid where n.created_at > o.created_at"
                            " and n.started_at < o.finished_at + interval '2 seconds'",
                            id),
                     1);
    ck_assert_str_eq(text_at(get(c, "/api/v1/imports/%s", id), "/status"), "cancelled");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("import_runner");
    TCase *t = new_case(s, "runner");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_job_left_by_a_dead_runner_is_begun_anew_three_times_at_most);
    tcase_add_test(t, rights_are_looked_up_when_it_runs);
    tcase_add_test(t, what_waits_can_be_cancelled_and_old_files_go);
    tcase_add_loop_test(t, a_failure_of_the_database_is_told_from_a_cancel, 0, 2);
    tcase_add_test(t, a_cancel_is_seen_while_the_file_is_looked_through);
    t = new_case(s, "rows");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, reading_stops_where_faults_have_no_end);
    tcase_add_test(t, long_rows_above_a_table_are_passed_over);
    return run_suite(s);
}
