/* One PostgreSQL connection of one worker: connect with back-off, deadline on every wait, and
 * thrown away whole after any doubt. Only db/ includes libpq. */
#ifndef DANVAN_DB_CONN_H
#define DANVAN_DB_CONN_H

#include "base/arena.h"
#include "base/err.h"

struct db_conn;

struct db_settings {
    const char *dsn;          /* libpq connection string or URI; multi-host allowed */
    int connect_timeout_ms;   /* for one host; the next attempt begins with the next host */
    int statement_timeout_ms; /* sent with the connection: PostgreSQL's own deadline */
    int lock_timeout_ms;      /* likewise, for a lock held by somebody else */
    int request_deadline_ms;  /* ours, longer than the former */
};

/* Counted since db_open, for the metrics. */
struct db_stats {
    uint64_t connects;
    uint64_t connect_failures;
    uint64_t connections_lost;
    uint64_t retries;
};

/* Can libpq read it? False: *why, without the string itself, which may hold a password. */
NODISCARD bool db_check_dsn(const char *dsn, char *why, size_t size);

/* Connects on first use; `s` is copied. NULL only when memory is short. Lives as long as the
 * worker. */
struct db_conn *db_open(const struct db_settings *s);
void db_close(struct db_conn *c);
bool db_is_connected(const struct db_conn *c);
/* Connects if need be. During back-off it fails at once, so that a dead database is not hammered.
 */
NODISCARD bool db_connect(struct db_conn *c, struct err *e);
/* A light round trip for /ready. */
NODISCARD bool db_ping(struct db_conn *c, struct err *e);
/* Nothing waits past this moment of clock_us(), be it sooner or later than request_deadline_ms; 0:
 * request_deadline_ms from each call on. */
void db_set_deadline(struct db_conn *c, int64_t at_us);
/* Grows with every new connection: whoever keeps what it read from PostgreSQL looks here. */
unsigned db_generation(const struct db_conn *c);
/* Microseconds spent waiting since the last call. */
int64_t db_wait_take(struct db_conn *c);
const struct db_stats *db_stats(const struct db_conn *c);

#endif
