/* Every row of tests/access_matrix.csv over HTTP; tests/sql runs the same rows as statements.
 *
 * What the matrix's words mean (which row stands in a relation, how a verb is done) is told by
 * tests/access_relations.sql, on one connection of the superuser. Writes are rehearsed (dry_run)
 * wherever the operation knows how; the few others use up a row that is then arranged anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "arrange.h"

#define ROWS_MOST 12000

struct row {
    char *who;
    char *resource;
    char *verb;
    char *relation;
    char *verdict;
};

static struct row rows[ROWS_MOST];
static size_t row_count;
static const char *resources[128];
static size_t resource_count;

static const struct {
    const char *verdict;
    int least;
    int most;
} verdicts[] = {{"allow", 200, 299},   {"deny", 404, 404},     {"forbid", 403, 403},
                {"invalid", 422, 422}, {"conflict", 409, 409}, {"unauthenticated", 401, 401}};

static void note_resource(const char *name)
{
    for (size_t i = 0; i < resource_count; i++)
        if (strcmp(resources[i], name) == 0)
            return;
    resources[resource_count++] = name;
}

static void read_matrix(void)
{
    char line[512];
    FILE *file = fopen(TESTS_DIR "/access_matrix.csv", "r");
    if (file == NULL || fgets(line, sizeof line, file) == NULL) {
        perror(TESTS_DIR "/access_matrix.csv");
        exit(2);
    }
    while (row_count < ROWS_MOST && fgets(line, sizeof line, file) != NULL) {
        char *rest = strdup(line);
        struct row *r = &rows[row_count++];
        r->who = strsep(&rest, ",\n");
        r->resource = strsep(&rest, ",\n");
        r->verb = strsep(&rest, ",\n");
        r->relation = strsep(&rest, ",\n");
        r->verdict = strsep(&rest, ",\n");
        note_resource(r->resource);
    }
    fclose(file);
}

/* ---- the words, through the database ---- */

static PGconn *conn;

static char *value_of(const char *sql, int count, const char *const *params)
{
    PGresult *res = PQexecParams(conn, sql, count, NULL, params, NULL, NULL, 0);
    ck_assert_msg(PQresultStatus(res) == PGRES_TUPLES_OK, "%s: %s", sql, PQerrorMessage(conn));
    char *text = NULL;
    if (PQntuples(res) > 0 && !PQgetisnull(res, 0, 0))
        text = strdup(PQgetvalue(res, 0, 0));
    PQclear(res);
    return text;
}

static void run_sql(const char *sql)
{
    PGresult *res = PQexec(conn, sql);
    ck_assert_msg(PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK,
                  "%.60s…: %s", sql, PQerrorMessage(conn));
    PQclear(res);
}

static void run_file(const char *path)
{
    static char sql[256 * 1024];
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(sql, 1, sizeof sql - 1, file);
    ck_assert_uint_lt(length, sizeof sql - 1);
    sql[length] = '\0';
    fclose(file);
    run_sql(sql);
}

/* The files after access_relations_staff.sql, in order. */
static const char *const parts[] = {"meetings", "outcomes", "bodies", "inspections", "budget"};

static void open_words(void)
{
    conn = PQconnectdb(setting("DANVAN_TEST_DSN"));
    ck_assert_msg(PQstatus(conn) == CONNECTION_OK, "%s", PQerrorMessage(conn));
    run_sql("set client_min_messages = warning");
    run_file(TESTS_DIR "/access_relations.sql");
    run_file(TESTS_DIR "/access_relations_reporting.sql");
    run_file(TESTS_DIR "/access_relations_staff.sql");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char path[256];
        snprintf(path, sizeof path, TESTS_DIR "/access_relations_%s.sql", parts[i]);
        run_file(path);
    }
    run_sql("select pg_temp.access_arrange()");
}

/* What was arranged would stand in the way of other programs' counts. */
static void close_words(void)
{
    for (size_t i = sizeof parts / sizeof *parts; i-- > 0;) {
        char sql[128];
        snprintf(sql, sizeof sql, "select pg_temp.access_clear_%s()", parts[i]);
        run_sql(sql);
    }
    run_sql("select pg_temp.access_clear_staff()");
    run_sql("select pg_temp.access_clear_reporting()");
    run_sql("delete from app.document_relation where to_id in"
            " (select id from app.document where symbol like 'MT%')");
    run_sql("delete from app.document where symbol like 'MT%'");
    run_sql("delete from app.assignment where occurrence like 'MT%'");
    run_sql("delete from app.assignment_count where plan_id in"
            " (select id from app.plan where number like 'MT%')");
    run_sql("delete from app.plan where number like 'MT%'");
    run_sql("delete from app.api_token where name like 'MT%'");
    run_sql("delete from app.session where token_hash like 'mt %'");
    run_sql("delete from app.user_account where login like 'mt.%'"
            " and not exists (select from app.membership as m where m.user_id = user_account.id)");
    PQfinish(conn);
}

/* `text` with every {name} put in. */
static char *filled(const char *text, const char *name, const char *value)
{
    char *all = strdup(text);
    for (char *at; (at = strstr(all, name)) != NULL;) {
        char *next = form("%.*s%s%s", (int)(at - all), all, value, at + strlen(name));
        all = next;
    }
    return all;
}

struct request {
    const char *method;
    const char *path;
    const char *body;
    const char *version;
    bool is_rehearsed;
};

/* Commands that answer and leave nothing but a record of it: they are never rehearsed. */
static bool is_only_read(const char *resource, const char *verb)
{
    return strcmp(resource, "staff") == 0 &&
           (strncmp(verb, "read-detail", 11) == 0 || strcmp(verb, "export") == 0);
}

static bool knows_dry_run(const char *method, const char *resource, const char *verb)
{
    bool by_hand = (strcmp(resource, "users") == 0 && strcmp(verb, "reset-password") == 0) ||
                   (strcmp(resource, "api-tokens") == 0 && strcmp(verb, "create") == 0) ||
                   strcmp(resource, "sessions") == 0 || is_only_read(resource, verb);
    return strcmp(method, "GET") != 0 && !by_hand;
}

/* Lists that are asked for one record at a time: of any. */
static const struct {
    const char *resource;
    const char *parameter;
    const char *table;
} parts_of[] = {{"assignment-parts", "assignment", "assignment"},
                {"progress-entries", "assignment", "assignment"},
                {"period-dues", "period", "period"},
                {"period-events", "period", "period"},
                {"report-lines", "report", "report"},
                {"report-sections", "report", "report"},
                {"report-versions", "report", "report"},
                {"report-gathered-lines", "report", "report"},
                {"evidence", "record", "report"},
                {"import-errors", "import", "import_job"}};

static char *list_path(const char *resource, char *path)
{
    for (size_t i = 0; i < sizeof parts_of / sizeof *parts_of; i++)
        if (strcmp(resource, parts_of[i].resource) == 0)
            return form(
                "%s&%s=%s", path, parts_of[i].parameter,
                value_of(form("select id from app.%s order by id limit 1", parts_of[i].table), 0,
                         NULL));
    return path;
}

static bool make_request(const struct row *r, struct request *out)
{
    const char *target_params[] = {r->who, r->resource, r->verb, r->relation};
    const char *verb_params[] = {r->resource, r->verb};
    const char *who_params[] = {r->who};
    char *target = value_of("select pg_temp.access_target($1, $2, $3, $4)", 4, target_params);
    const char *from = " from access_action where resource = $1 and verb = $2";
    char *method = value_of(form("select method%s", from), 2, verb_params);
    if (target == NULL || method == NULL)
        return false;
    char *path = value_of(form("select path%s", from), 2, verb_params);
    char *body = value_of(form("select body%s", from), 2, verb_params);
    char *view = value_of(form("select view_name%s", from), 2, verb_params);
    char *unit =
        value_of("select u.id from access_who as w join app.unit as u on u.code = w.unit_code"
                 " where w.who = $1",
                 1, who_params);
    const char *target_param[] = {target};
    const char *unit_param[] = {unit};
    if (body != NULL) {
        body = filled(body, "{id}", target);
        body = filled(body, "{unit}", unit);
        body = filled(body, "{serial}", fresh(""));
        body = filled(body, "{document_kind}",
                      value_of("select min(code) from app.document_kind", 0, NULL));
        if (strstr(body, "{home_unit}") != NULL)
            body = filled(body, "{home_unit}",
                          value_of("select home_unit_id from app.user_account where id = $1::uuid",
                                   1, target_param));
        if (strstr(body, "{own_document}") != NULL)
            body = filled(body, "{own_document}",
                          value_of("select id from app.document where owner_unit_id = $1::integer"
                                   " and symbol = 'MT-published' limit 1",
                                   1, unit_param));
    }
    *out = (struct request){.method = method, .body = body};
    out->is_rehearsed = knows_dry_run(method, r->resource, r->verb);
    path = filled(path, "{id}", target);
    out->path = form("/api/v1%s%s", path, out->is_rehearsed ? "?dry_run=true" : "");
    if (strcmp(r->verb, "list") == 0)
        out->path = list_path(r->resource, out->path);
    if (strcmp(method, "GET") != 0 && strcmp(r->verb, "create") != 0 &&
        strcmp(r->resource, "notices") != 0)
        out->version =
            value_of(form("select version from api.%s where id = $1::uuid", view), 1, target_param);
    return true;
}

/* NULL when the service agrees with the matrix. */
static const char *fault_of(const struct row *r)
{
    struct request q;
    if (!make_request(r, &q))
        return form("%s %s %s: nothing stands in relation %s", r->who, r->verb, r->resource,
                    r->relation);
    const struct caller *c = strcmp(r->who, "anonymous") == 0 ? &nobody : as(r->who);
    const char *match =
        q.version != NULL ? form("If-Match: \"%s\"", q.version) : "Accept: application/json";
    const struct reply *a = ask(c, q.method, q.path, q.body, match, NULL);
    if (strcmp(q.method, "GET") != 0 && !q.is_rehearsed && !is_only_read(r->resource, r->verb))
        run_sql("select pg_temp.access_arrange()");
    for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++)
        if (strcmp(r->verdict, verdicts[i].verdict) == 0 && a->status >= verdicts[i].least &&
            a->status <= verdicts[i].most)
            return NULL;
    return form("%s,%s,%s,%s,%s: %ld from %s %s %.200s", r->who, r->resource, r->verb, r->relation,
                r->verdict, a->status, q.method, q.path, a->body);
}

START_TEST(the_service_keeps_to_the_matrix)
{
    const char *faults = "";
    size_t fault_count = 0;
    size_t tried = 0;
    for (size_t i = 0; i < row_count; i++) {
        if (strcmp(rows[i].resource, resources[_i]) != 0 ||
            strncmp(rows[i].who, "reporting", 9) == 0)
            continue;
        const char *fault = fault_of(&rows[i]);
        tried++;
        if (fault != NULL && fault_count++ < 40)
            faults = form("%s\n  %s", faults, fault);
    }
    ck_assert_uint_gt(tried, 0);
    ck_assert_msg(fault_count == 0, "%s: %zu of %zu rows differ:%s", resources[_i], fault_count,
                  tried, faults);
}
END_TEST

START_TEST(the_matrix_covers_every_role_and_resource)
{
    ck_assert_uint_ge(row_count, 1000);
    ck_assert_uint_ge(resource_count, 19);
}
END_TEST

int main(void)
{
    read_matrix();
    Suite *s = suite_create("access matrix");
    TCase *c = new_case(s, "rows over HTTP");
    tcase_set_timeout(c, 300);
    /* once: what a row uses up is arranged anew behind it */
    tcase_add_unchecked_fixture(c, open_words, close_words);
    tcase_add_test(c, the_matrix_covers_every_role_and_resource);
    tcase_add_loop_test(c, the_service_keeps_to_the_matrix, 0, (int)resource_count);
    return run_suite(s);
}
