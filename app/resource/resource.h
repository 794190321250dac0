/* The resource engine: from a descriptor (a const table per resource) to routes, validation,
 * statements, representations and OpenAPI. It holds no roles and filters nothing by scope: row
 * security in PostgreSQL decides, and the scope column that a list statement repeats is a hint for
 * the index, not a right.
 *
 * The stages, each making one value and never looking back:
 *   resource_find → resource_parse (no I/O) → resource_run (plans and runs) → resource_write. */
#ifndef DANVAN_RESOURCE_RESOURCE_H
#define DANVAN_RESOURCE_RESOURCE_H

#include "base/arena.h"
#include "base/err.h"
#include "db/conn.h"
#include "db/tx.h"
#include "http/request.h"
#include "http/response.h"

struct resource; /* resource/descriptor.h */
struct command;
struct operation; /* a parsed, validated request; in the arena */
struct outcome;   /* what running it gave; in the arena */

enum resource_verb {
    VERB_LIST,
    VERB_GET,
    VERB_CREATE,
    VERB_UPDATE,
    VERB_DELETE,
    VERB_COMMAND,
    VERB_BULK_CREATE,
    VERB_BULK_UPDATE,
    VERB__MAX
};

struct resource_route {
    const struct resource *resource;
    const struct command *command; /* VERB_COMMAND only */
    enum resource_verb verb;
    struct str id;    /* checked for the resource's id form */
    const char *name; /* "assignments.list": for log and metrics; static */
};

/* Path under /api/v1 and method → route. ERR_NOT_FOUND, or ERR_METHOD with *allow listing the
 * methods for the Allow header. Whether POST/PATCH is bulk is seen by resource_parse. */
NODISCARD bool resource_find(const struct http_request *r, struct resource_route *out,
                             struct str *allow, struct arena *a, struct err *e);
NODISCARD bool resource_parse(struct arena *a, const struct resource_route *route,
                              const struct http_request *r, struct operation **out, struct err *e);
/* A list of more rows than a page has, which takes much memory for a moment? */
bool resource_is_long_table(const struct operation *op);
/* claim->role is the scope role already chosen for safe or unsafe methods; `scope` its code
 * ("province_line"). Handles Idempotency-Key, dry run, bulk and commands. */
NODISCARD bool resource_run(struct arena *a, struct db_conn *c, const struct operation *op,
                            const struct db_claim *claim, struct str scope, struct outcome **out,
                            struct db_identity *who, struct err *e);
/* Representation (JSON; CSV or XLSX for lists), ETag, 304, Location, next link. */
NODISCARD bool resource_write(struct arena *a, const struct operation *op, const struct outcome *o,
                              const struct http_request *r, struct http_response *out,
                              struct err *e);

/* The OpenAPI 3.1 document over all resources and the handlers of service/ (see openapi.h). */
struct openapi_operation; /* resource/openapi.h */
struct str openapi_make(struct arena *a, const struct openapi_operation *handlers, size_t count);

#endif
