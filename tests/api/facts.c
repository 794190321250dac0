/* Arranging facts through the database, and running the suite. */
#include <stdlib.h>
#include <unistd.h>

#include <curl/curl.h>
#include <libpq-fe.h>

#include "client.h"
#include "client_private.h"

static PGresult *db_run(PGconn *conn, const char *sql, const char *param)
{
    /* Times travel as text: sizes of the parameters are the server's business. */
    PGresult *res =
        param == NULL ? PQexec(conn, sql) : PQexecParams(conn, sql, 1, NULL, &param, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(res);
    ck_assert_msg(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, "%s: %s", sql,
                  PQerrorMessage(conn));
    return res;
}

/* One for the process: a connection costs more than most of what is asked over it. A forked child
 * must not speak over its parent's. */
static PGconn *db(void)
{
    static PGconn *conn;
    static pid_t opened_by;
    if (conn == NULL || opened_by != getpid()) {
        conn = PQconnectdb(setting("DANVAN_TEST_DSN"));
        opened_by = getpid();
    }
    ck_assert_msg(PQstatus(conn) == CONNECTION_OK, "test database: %s", PQerrorMessage(conn));
    return conn;
}

void db_do(const char *sql, const char *param)
{
    PQclear(db_run(db(), sql, param));
}

char *db_text(const char *sql, const char *param)
{
    PGresult *res = db_run(db(), sql, param);
    char *text = NULL;
    if (PQntuples(res) > 0 && !PQgetisnull(res, 0, 0))
        text = keep_copy(PQgetvalue(res, 0, 0), (size_t)PQgetlength(res, 0, 0));
    PQclear(res);
    return text;
}

int64_t db_int(const char *sql, const char *param)
{
    const char *text = db_text(sql, param);
    ck_assert_msg(text != NULL, "no value from %s (%s)", sql, param);
    return strtoll(text, NULL, 10);
}

/* ---- running ---- */

/* Runs once before the tests of a case are forked, so that all of them share these sessions: a
 * password check costs far more than a request. */
static void sign_everybody_in(void)
{
    static const char *const logins[] = {"tinh.admin",
                                         "tinh.lanhdao",
                                         "tinh.chuyenvien",
                                         "tinh.xem",
                                         "phunu.tinh.chuyenvien",
                                         "dongxoai.lanhdao",
                                         "dongxoai.chuyenvien",
                                         "locninh.chuyenvien",
                                         "phunu.dongxoai.chuyenvien",
                                         "tanphu.lanhdao",
                                         "tanphu.chuyenvien"};
    db_do("delete from private.login_throttle", NULL);
    for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++)
        as(logins[i]);
}

TCase *new_case(Suite *s, const char *name)
{
    TCase *c = tcase_create(name);
    tcase_add_unchecked_fixture(c, sign_everybody_in, NULL);
    tcase_set_timeout(c, 60);
    suite_add_tcase(s, c);
    return c;
}

int run_suite(Suite *s)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    curl_global_cleanup();
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
