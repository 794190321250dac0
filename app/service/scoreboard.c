#include "service/scoreboard.h"

#include <sys/mman.h>

static const int64_t bounds[LATENCY_COUNT - 1] = LATENCY_BOUNDS;

static const char *const refusal_words[REFUSAL__MAX] = {
#define X(refusal, word) [refusal] = (word),
    REFUSAL_LIST(X)
#undef X
};

static size_t board_size(size_t slot_count)
{
    return sizeof(struct scoreboard) + slot_count * sizeof(struct slot);
}

struct scoreboard *scoreboard_open(size_t slot_count)
{
    void *memory = mmap(NULL, board_size(slot_count), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    struct scoreboard *board = memory; /* zeroed by the kernel */
    board->slot_count = slot_count;
    return board;
}

void scoreboard_close(struct scoreboard *board)
{
    if (board != NULL)
        munmap(board, board_size(board->slot_count));
}

/* Two workers write one slot only while the old one of a replaced pair finishes: relaxed adds do.
 */
static void add(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t get(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static struct route_count *find_route(struct slot *s, const char *name)
{
    size_t at = ((uintptr_t)name >> 3) % ROUTES_MAX;
    for (size_t i = 0; i < ROUTES_MAX; i++, at = (at + 1) % ROUTES_MAX) {
        const char *there = atomic_load_explicit(&s->routes[at].name, memory_order_relaxed);
        if (there == NULL) {
            const char *nobody = NULL;
            if (atomic_compare_exchange_strong(&s->routes[at].name, &nobody, name))
                return &s->routes[at];
            there = nobody;
        }
        if (there == name)
            return &s->routes[at];
    }
    return NULL;
}

void slot_count_request(struct slot *s, const char *route, int status, int64_t us)
{
    struct route_count *r = find_route(s, route);
    size_t bucket = 0;
    while (bucket < LATENCY_COUNT - 1 && us > bounds[bucket])
        bucket++;
    if (r != NULL && status >= 100 && status < 600)
        add(&r->by_class[status / 100], 1);
    add(&s->latency[bucket], 1);
    add(&s->latency_sum_us, us > 0 ? (uint64_t)us : 0);
}

void slot_count_db(struct slot *s, const struct db_conn *c, struct db_stats *seen)
{
    const struct db_stats *now = db_stats(c);
    add(&s->db_connects, now->connects - seen->connects);
    add(&s->db_connect_failures, now->connect_failures - seen->connect_failures);
    add(&s->db_lost, now->connections_lost - seen->connections_lost);
    add(&s->db_retries, now->retries - seen->retries);
    *seen = *now;
    atomic_store_explicit(&s->is_db_connected, db_is_connected(c), memory_order_relaxed);
}

static void print_head(struct text *out, const char *name, const char *type, const char *help)
{
    text_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* The same name may stand at different places in different slots, so one list is made first. */
struct tally {
    const char *name;
    uint64_t by_class[6];
};

static size_t add_routes(const struct slot *s, struct tally *all, size_t count)
{
    for (size_t i = 0; i < ROUTES_MAX; i++) {
        const char *name = atomic_load_explicit(&s->routes[i].name, memory_order_relaxed);
        size_t at = 0;
        if (name == NULL)
            continue;
        while (at < count && all[at].name != name)
            at++;
        if (at == ROUTES_MAX)
            continue;
        if (at == count)
            all[count++] = (struct tally){.name = name};
        for (size_t class = 0; class < 6; class ++)
            all[at].by_class[class] += get(&s->routes[i].by_class[class]);
    }
    return count;
}

static void print_routes(const struct scoreboard *board, struct text *out)
{
    size_t count = 0;
    struct tally *all = arena_alloc_array(out->arena, ROUTES_MAX, sizeof *all);
    for (size_t i = 0; i < board->slot_count; i++)
        count = add_routes(&board->slots[i], all, count);
    print_head(out, "danvan_requests_total", "counter",
               "Requests answered, by route and status class.");
    for (size_t i = 0; i < count; i++)
        for (int class = 1; class < 6; class ++)
            if (all[i].by_class[class] > 0)
                text_printf(out, "danvan_requests_total{route=\"%s\",status=\"%dxx\"} %lu\n",
                            all[i].name, class, all[i].by_class[class]);
}

static void print_latency(const struct scoreboard *board, struct text *out)
{
    uint64_t sum_us = 0;
    uint64_t count = 0;
    print_head(out, "danvan_request_seconds", "histogram",
               "Time from accepting to having answered.");
    for (size_t b = 0; b < LATENCY_COUNT; b++) {
        for (size_t i = 0; i < board->slot_count; i++)
            count += get(&board->slots[i].latency[b]);
        if (b < LATENCY_COUNT - 1)
            text_printf(out, "danvan_request_seconds_bucket{le=\"%g\"} %lu\n",
                        (double)bounds[b] / 1e6, count);
    }
    for (size_t i = 0; i < board->slot_count; i++)
        sum_us += get(&board->slots[i].latency_sum_us);
    text_printf(out,
                "danvan_request_seconds_bucket{le=\"+Inf\"} %lu\ndanvan_request_seconds_sum %.6f\n"
                "danvan_request_seconds_count %lu\n",
                count, (double)sum_us / 1e6, count);
}

static void print_refusals(const struct scoreboard *board, struct text *out)
{
    print_head(out, "danvan_gate_refusals_total", "counter", "Connections the gate refused.");
    for (size_t r = 0; r < REFUSAL__MAX; r++) {
        uint64_t count = 0;
        for (size_t i = 0; i < board->slot_count; i++)
            count += get(&board->slots[i].refusals[r]);
        text_printf(out, "danvan_gate_refusals_total{reason=\"%s\"} %lu\n", refusal_words[r],
                    count);
    }
}

static void print_one(struct text *out, const char *name, const char *type, const char *help,
                      uint64_t value)
{
    print_head(out, name, type, help);
    text_printf(out, "%s %lu\n", name, value);
}

void scoreboard_print(const struct scoreboard *board, struct text *out)
{
    struct slot sum = {0};
    uint64_t alive = 0;
    uint64_t connected = 0;
    for (size_t i = 0; i < board->slot_count; i++) {
        const struct slot *s = &board->slots[i];
        alive += s->pid != 0;
        connected += s->pid != 0 && s->is_db_connected;
        add(&sum.starts, get(&s->starts));
        add(&sum.accept_errors, get(&s->accept_errors));
        add(&sum.recoveries, get(&s->recoveries));
        add(&sum.db_connects, get(&s->db_connects));
        add(&sum.db_connect_failures, get(&s->db_connect_failures));
        add(&sum.db_lost, get(&s->db_lost));
        add(&sum.db_retries, get(&s->db_retries));
    }
    print_routes(board, out);
    print_latency(board, out);
    print_refusals(board, out);
    print_one(out, "danvan_workers", "gauge", "Workers alive.", alive);
    print_one(out, "danvan_worker_starts_total", "counter", "Workers started.", get(&sum.starts));
    print_one(out, "danvan_worker_deaths_total", "counter", "Workers that ended unasked.",
              get(&board->deaths));
    print_one(out, "danvan_accept_errors_total", "counter", "Errors of accept().",
              get(&sum.accept_errors));
    print_one(out, "danvan_recoveries_total", "counter", "Requests that exhausted their memory.",
              get(&sum.recoveries));
    print_one(out, "danvan_db_connected", "gauge", "Workers with a PostgreSQL connection.",
              connected);
    print_one(out, "danvan_db_connects_total", "counter", "Connections made to PostgreSQL.",
              get(&sum.db_connects));
    print_one(out, "danvan_db_connect_failures_total", "counter",
              "Attempts to connect that failed.", get(&sum.db_connect_failures));
    print_one(out, "danvan_db_connections_lost_total", "counter", "Connections that broke in use.",
              get(&sum.db_lost));
    print_one(out, "danvan_db_retries_total", "counter", "Transactions asked a second time.",
              get(&sum.db_retries));
    print_one(out, "danvan_maintenance_runs_total", "counter", "Runs of private.maintain().",
              get(&board->maintenance_runs));
    print_one(out, "danvan_maintenance_failures_total", "counter",
              "Runs of private.maintain() that failed.", get(&board->maintenance_failures));
}
