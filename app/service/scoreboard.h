/* What the workers count, in memory they share: written by each without locks, read by /metrics and
 * by the supervisor. A slot outlives its worker, so counters never go back while the service runs.
 */
#ifndef DANVAN_SERVICE_SCOREBOARD_H
#define DANVAN_SERVICE_SCOREBOARD_H

#include <stdatomic.h>
#include <sys/types.h>

#include "base/str.h"
#include "db/conn.h"

/* X(enum, word in the metrics): why the gate let a connection go no further */
#define REFUSAL_LIST(X)                                          \
    X(REFUSED_PEER, "peer")     /* another user than nginx's */  \
    X(REFUSED_SILENT, "silent") /* not a byte in time */         \
    X(REFUSED_SLOW, "slow")     /* not whole in time */          \
    X(REFUSED_GONE, "gone")     /* closed before it was whole */ \
    X(REFUSED_MALFORMED, "malformed")

enum refusal {
#define X(refusal, word) refusal,
    REFUSAL_LIST(X)
#undef X
        REFUSAL__MAX
};

/* Upper bounds in microseconds; one bucket more for what is longer. */
#define LATENCY_BOUNDS                                                                             \
    {                                                                                              \
        250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, \
            5000000, 10000000                                                                      \
    }
#define LATENCY_COUNT 16

/* Routes are known by the address of their static name, the same in every process of one start. */
#define ROUTES_MAX 256
struct route_count {
    _Atomic(const char *) name;
    _Atomic uint64_t by_class[6]; /* [2]: 2xx … */
};

struct slot {
    _Atomic pid_t pid;
    _Atomic unsigned generation; /* the one that should be at work; an older worker ends */
    _Atomic uint64_t starts;
    _Atomic uint64_t refusals[REFUSAL__MAX];
    _Atomic uint64_t accept_errors;
    _Atomic uint64_t recoveries; /* requests that exhausted the arena */
    _Atomic uint64_t latency[LATENCY_COUNT];
    _Atomic uint64_t latency_sum_us;
    _Atomic uint64_t db_connects;
    _Atomic uint64_t db_connect_failures;
    _Atomic uint64_t db_lost;
    _Atomic uint64_t db_retries;
    _Atomic int is_db_connected;
    struct route_count routes[ROUTES_MAX];
};

struct scoreboard {
    size_t slot_count;
    _Atomic int is_draining;
    _Atomic uint64_t deaths; /* workers that ended unasked */
    _Atomic int64_t next_maintenance_us;
    _Atomic uint64_t maintenance_runs;
    _Atomic uint64_t maintenance_failures;
    struct slot slots[];
};

/* Shared with every process forked later. NULL: no memory. */
struct scoreboard *scoreboard_open(size_t slot_count);
void scoreboard_close(struct scoreboard *board);
void slot_count_request(struct slot *s, const char *route, int status, int64_t us);
/* What the connection counted since the last call with the same `seen`. */
void slot_count_db(struct slot *s, const struct db_conn *c, struct db_stats *seen);
/* Prometheus text format 0.0.4. */
void scoreboard_print(const struct scoreboard *board, struct text *out);

#endif
