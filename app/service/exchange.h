/* One request and its answer on their way through the stages of dispatch.c. */
#ifndef DANVAN_SERVICE_EXCHANGE_H
#define DANVAN_SERVICE_EXCHANGE_H

#include "auth/token.h"
#include "config.h"
#include "db/conn.h"
#include "db/tx.h"
#include "http/request.h"
#include "http/response.h"
#include "resource/resource.h"
#include "service/scoreboard.h"

struct handler; /* service/handlers.h */

/* What a worker has for its whole life. */
struct worker {
    const struct config *config;
    struct scoreboard *board;
    struct slot *slot;
    struct arena *arena;
    struct db_conn *db;
    struct db_stats db_seen;
    struct scope_list *scopes; /* service/claim.c */
};

/* X(enum, key in the log line) */
#define STAGE_LIST(X)          \
    X(STAGE_READ, "read_us")   \
    X(STAGE_ROUTE, "route_us") \
    X(STAGE_CLAIM, "claim_us") \
    X(STAGE_PARSE, "parse_us") \
    X(STAGE_RUN, "run_us")     \
    X(STAGE_WRITE, "write_us") \
    X(STAGE_SEND, "send_us")

enum stage {
#define X(stage, key) stage,
    STAGE_LIST(X)
#undef X
        STAGE__MAX
};

struct route {
    const struct handler *handler; /* NULL: the resource engine's */
    struct resource_route resource;
    struct str id;    /* {id} in a handler's path */
    const char *name; /* static */
};

struct exchange;

/* A body too large to be whole in memory: it follows the answer's head piece by piece, out of a
 * transaction that the worker ends. Once the head is out, a fault can only cut the answer short:
 * the head must tell a Content-Length. */
struct body_stream {
    /* NULL: none. Gives the next bytes, none at the end; false: the answer must not look whole. */
    bool (*next)(struct exchange *x, struct str *bytes, struct err *e);
    void *state;
    uint64_t sent;
};

struct exchange {
    struct worker *worker;
    struct arena *arena;
    /* as nginx sent it */
    const struct http_pair *params;
    size_t param_count;
    struct str raw_body;
    struct str body_file; /* where nginx spooled the body of an upload; empty: none */
    uint64_t body_file_size;
    /* made by the stages, one each */
    struct http_request request;
    struct route route;
    struct str allow;   /* with ERR_METHOD */
    struct token token; /* empty when the request shows none */
    bool is_by_cookie;
    struct db_claim claim;
    struct operation *operation;
    struct outcome *outcome;
    struct db_identity who;
    struct http_response response;
    struct str head; /* the answer's, as text for nginx; response.body follows */
    struct body_stream stream;
    /* for the log */
    bool has_failed;
    enum err_code failure;
    struct str cause;
    int64_t started_us;
    int64_t stage_us[STAGE__MAX];
};

#endif
