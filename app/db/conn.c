#include "db/conn.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/pipe.h"

#define BACKOFF_FIRST_MS     50
#define BACKOFF_LAST_MS      2000
#define SERVER_VERSION_LEAST 150000
/* Where the last hole known in row security and statistics was closed (CVE-2025-8713). */
#define SERVER_VERSION_SOUND 150014

static const struct {
    const char *name;
    const char *text;
} fixed_statements[FIXED__MAX] = {
#define X(fixed, name, text) [fixed] = {(name), (text)},
    FIXED_LIST(X)
#undef X
};

bool db_check_dsn(const char *dsn, char *why, size_t size)
{
    PQconninfoOption *options = PQconninfoParse(dsn, NULL);
    if (options == NULL)
        snprintf(why, size, "not a connection string or URI that libpq can read");
    PQconninfoFree(options);
    return options != NULL;
}

struct db_conn *db_open(const struct db_settings *s)
{
    struct db_conn *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->settings = *s;
    c->dsn = strdup(s->dsn);
    if (c->dsn == NULL) {
        free(c);
        return NULL;
    }
    c->settings.dsn = c->dsn;
    return c;
}

void db_close(struct db_conn *c)
{
    if (c == NULL)
        return;
    conn_drop(c);
    free(c->dsn);
    free(c);
}

void conn_drop(struct db_conn *c)
{
    PQfinish(c->pg);
    c->pg = NULL;
    c->has_pending = false;
    c->needs_sync = false;
    stmt_clear(&c->cache);
}

void conn_note_error(struct db_conn *c, const char *where)
{
    int len = snprintf(c->last_error, sizeof c->last_error, "%s: %s", where,
                       c->pg == NULL ? "no connection" : PQerrorMessage(c->pg));
    if (len < 0)
        c->last_error[0] = '\0';
}

bool conn_wait(struct db_conn *c, short events)
{
    struct pollfd fd = {.fd = PQsocket(c->pg), .events = events};
    for (;;) {
        int64_t now = clock_us();
        int64_t left = c->wait_until_us - now;
        if (left <= 0)
            return false;
        int n = poll(&fd, 1, (int)((left + 999) / 1000));
        c->wait_us += clock_us() - now;
        if (n > 0)
            return true;
        /* EINTR: the worker blocks its signals, but a debugger may stop it. */
    }
}

void conn_start_clock(struct db_conn *c)
{
    c->wait_until_us = c->deadline_us > 0
                           ? c->deadline_us
                           : clock_us() + (int64_t)c->settings.request_deadline_ms * 1000;
}

/* Warnings of our own functions are for the operator; nobody else would ever see them. */
static void take_notice(void *unused, const char *message)
{
    (void)unused;
    struct str text = str_trim(str_from(message));
    struct log_line line;
    log_begin(&line, LOG_WARNING, "db_notice");
    log_str(&line, "message", text);
    log_end(&line);
}

/* "a,b,c" turned by n places; *count gets the number of items. NULL when memory is short. */
static char *turn_list(const char *list, unsigned n, unsigned *count)
{
    size_t len = strlen(list);
    char *out = malloc(len + 2);
    *count = 1;
    for (const char *p = list; *p != '\0'; p++)
        *count += *p == ',';
    if (out == NULL)
        return NULL;
    const char *cut = list;
    for (unsigned i = n % *count; i > 0; i--)
        cut = strchr(cut, ',') + 1;
    size_t head = (size_t)(cut - list); /* with its comma, if any */
    memcpy(out, cut, len - head);
    if (head > 0) {
        out[len - head] = ',';
        memcpy(out + len - head + 1, list, head - 1);
    }
    out[len] = '\0';
    return out;
}

/* libpq tries the hosts of a list in turn, but in a non-blocking connect it knows no time-out: a
 * host that swallows packets would keep the next from ever being tried. So each attempt that ran
 * out of time turns the list by one. */
struct turned {
    char *host;
    char *hostaddr;
    char *port;
    unsigned count;
};

static const char *option_value(const PQconninfoOption *options, const char *keyword)
{
    for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++)
        if (strcmp(o->keyword, keyword) == 0)
            return o->val;
    return NULL;
}

static void turn_hosts(const char *dsn, unsigned n, struct turned *out)
{
    PQconninfoOption *options = PQconninfoParse(dsn, NULL);
    const char *host = option_value(options, "host");
    const char *hostaddr = option_value(options, "hostaddr");
    const char *port = option_value(options, "port");
    unsigned ports = 1;
    *out = (struct turned){.count = 1};
    if (host != NULL)
        out->host = turn_list(host, n, &out->count);
    if (hostaddr != NULL)
        out->hostaddr = turn_list(hostaddr, n, &out->count);
    if (port != NULL)
        out->port = turn_list(port, n, &ports);
    PQconninfoFree(options);
}

static PGconn *start_connect(struct db_conn *c, unsigned *hosts)
{
    struct turned t = {.count = 1};
    turn_hosts(c->dsn, c->first_host, &t);
    *hosts = t.count;
    /* What stands before dbname is a default the DSN may override; what stands behind it wins. A
     * null value is passed over. */
    const char *keys[] = {"application_name", "target_session_attrs",
                          "keepalives_idle",  "keepalives_interval",
                          "keepalives_count", "tcp_user_timeout",
                          "dbname",           "host",
                          "hostaddr",         "port",
                          "client_encoding",  NULL};
    const char *values[] = {"danvan", "read-write", "30",       "5",    "3",    "15000",
                            c->dsn,   t.host,       t.hostaddr, t.port, "UTF8", NULL};
    PGconn *pg = PQconnectStartParams(keys, values, 1);
    free(t.host);
    free(t.hostaddr);
    free(t.port);
    return pg;
}

/* Drives the handshake to its end. False: refused or too late. */
static bool finish_connect(struct db_conn *c, bool *is_late)
{
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    *is_late = false;
    while (PQstatus(c->pg) != CONNECTION_BAD && next != PGRES_POLLING_OK) {
        if (!conn_wait(c, next == PGRES_POLLING_READING ? POLLIN : POLLOUT)) {
            *is_late = true;
            return false;
        }
        next = PQconnectPoll(c->pg);
        if (next == PGRES_POLLING_FAILED)
            return false;
    }
    return PQstatus(c->pg) == CONNECTION_OK;
}

/* Settings as statements, not as start-up options: a pooler between us may refuse those. */
static bool send_settings(struct db_conn *c)
{
    char statement_timeout[16];
    char lock_timeout[16];
    char idle_timeout[16];
    snprintf(statement_timeout, sizeof statement_timeout, "%d", c->settings.statement_timeout_ms);
    snprintf(lock_timeout, sizeof lock_timeout, "%d", c->settings.lock_timeout_ms);
    snprintf(idle_timeout, sizeof idle_timeout, "%d", c->settings.request_deadline_ms);
    const char *values[] = {statement_timeout, lock_timeout, idle_timeout};
    return PQsendQueryParams(c->pg,
                             "select set_config('statement_timeout', $1, false),"
                             " set_config('lock_timeout', $2, false),"
                             " set_config('idle_in_transaction_session_timeout', $3, false),"
                             " set_config('TimeZone', 'Asia/Ho_Chi_Minh', false),"
                             " set_config('DateStyle', 'ISO, YMD', false),"
                             " set_config('client_min_messages', 'warning', false),"
                             /* compiling a plan takes longer than any request may */
                             " set_config('jit', 'off', false)",
                             3, NULL, values, NULL, NULL, 0) == 1;
}

/* One round trip: the settings, and every fixed statement prepared. */
static bool prepare_session(struct db_conn *c)
{
    if (PQsetnonblocking(c->pg, 1) != 0 || PQenterPipelineMode(c->pg) != 1 || !send_settings(c))
        return false;
    for (size_t i = 0; i < FIXED__MAX; i++)
        if (PQsendPrepare(c->pg, fixed_statements[i].name, fixed_statements[i].text, 0, NULL) != 1)
            return false;
    if (PQpipelineSync(c->pg) != 1)
        return false;
    bool is_good = true;
    for (size_t i = 0; i < FIXED__MAX + 2; i++) { /* settings, statements, sync */
        while (PQisBusy(c->pg))
            if (!conn_wait(c, POLLIN) || PQconsumeInput(c->pg) != 1)
                return false;
        PGresult *res = PQgetResult(c->pg);
        ExecStatusType status = PQresultStatus(res);
        if (status == PGRES_FATAL_ERROR && is_good)
            conn_note_error(c, "session cannot be prepared");
        is_good = is_good && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
                              status == PGRES_PIPELINE_SYNC);
        PQclear(res);
        if (status != PGRES_PIPELINE_SYNC)
            PQclear(PQgetResult(c->pg)); /* the NULL that ends each step */
    }
    return is_good;
}

static bool check_server(struct db_conn *c)
{
    int version = PQserverVersion(c->pg);
    if (version < SERVER_VERSION_LEAST) {
        snprintf(c->last_error, sizeof c->last_error, "server version %d is too old", version);
        return false;
    }
    if (version < SERVER_VERSION_SOUND && c->generation == 0)
        log_say(LOG_WARNING, "db_version",
                "server %d lacks security fixes; update to 15.14 or later", version);
    return true;
}

/* A dead database must not be hammered, and not all workers should come back at the same moment. */
static void back_off(struct db_conn *c)
{
    c->backoff_ms = c->backoff_ms == 0 ? BACKOFF_FIRST_MS : c->backoff_ms * 2;
    if (c->backoff_ms > BACKOFF_LAST_MS)
        c->backoff_ms = BACKOFF_LAST_MS;
    int jitter = (int)((unsigned)getpid() % 16) * c->backoff_ms / 64;
    c->retry_at_us = clock_us() + (int64_t)(c->backoff_ms - jitter) * 1000;
}

static bool connect_now(struct db_conn *c)
{
    bool is_late = false;
    unsigned hosts = 1;
    c->wait_until_us = clock_us() + (int64_t)c->settings.connect_timeout_ms * 1000;
    c->last_error[0] = '\0';
    c->pg = start_connect(c, &hosts);
    if (c->pg == NULL) {
        snprintf(c->last_error, sizeof c->last_error, "no memory for a connection");
        return false;
    }
    PQsetNoticeProcessor(c->pg, take_notice, NULL);
    if (finish_connect(c, &is_late) && check_server(c) && prepare_session(c))
        return true;
    if (c->last_error[0] == '\0')
        conn_note_error(c, is_late ? "no answer in time" : "connect");
    if (is_late)
        c->first_host = (c->first_host + 1) % hosts;
    return false;
}

bool db_connect(struct db_conn *c, struct err *e)
{
    conn_rest(c); /* no claim of the request before may reach into this one */
    if (c->pg != NULL)
        return true;
    conn_drop(c);
    e->retry_after = 2;
    if (clock_us() < c->retry_at_us)
        return err_set(e, ERR_UNAVAILABLE, str_from(c->last_error));
    if (!connect_now(c)) {
        c->stats.connect_failures++;
        conn_drop(c);
        back_off(c);
        log_say(LOG_WARNING, "db_connect_failed", "%s", c->last_error);
        return err_set(e, ERR_UNAVAILABLE, str_from(c->last_error));
    }
    c->backoff_ms = 0;
    c->retry_at_us = 0;
    c->generation++;
    c->stats.connects++;
    e->retry_after = 0;
    return true;
}

bool db_is_connected(const struct db_conn *c)
{
    return c->pg != NULL && PQstatus(c->pg) == CONNECTION_OK;
}

void db_set_deadline(struct db_conn *c, int64_t at_us)
{
    c->deadline_us = at_us;
}

unsigned db_generation(const struct db_conn *c)
{
    return c->generation;
}

int64_t db_wait_take(struct db_conn *c)
{
    int64_t wait = c->wait_us;
    c->wait_us = 0;
    return wait;
}

const struct db_stats *db_stats(const struct db_conn *c)
{
    return &c->stats;
}
