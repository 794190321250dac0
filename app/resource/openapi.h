/* OpenAPI 3.1 from the descriptors, plus the operations that service/ answers by hand.
 *
 * The text is the same for the same tables: keys in a fixed order, two spaces of indent, a newline
 * at the end; it is served at /api/v1/openapi.json and committed as docs/openapi.json. */
#ifndef DANVAN_RESOURCE_OPENAPI_H
#define DANVAN_RESOURCE_OPENAPI_H

#include "resource/resource.h"

/* An operation of service/. Schemas are JSON literals (may use $ref to "#/components/schemas/…");
 * all strings are static. */
struct openapi_operation {
    const char *method; /* "POST" */
    const char *path;   /* below /api/v1: "/session", "/me/totp/confirm", "/sessions/{id}" */
    const char *name;   /* operationId: "session.open" */
    const char *tag;    /* "session" */
    const char *summary;
    const char *description;      /* may be NULL */
    const char *request_schema;   /* NULL: no body */
    const char *request_type;     /* NULL: application/json */
    const char *parameters;       /* parameter objects of its own, JSON in an array; NULL: none */
    int status;                   /* of success */
    const char *response_schema;  /* NULL: no body */
    const char *response_type;    /* NULL: application/json */
    const char *response_content; /* in their place: JSON members, media type by media type */
    const char *more_responses;   /* JSON members, answers by status; NULL: none */
    bool is_public;               /* needs no sign-in */
    bool needs_version;           /* If-Match */
    const enum err_code *errors;  /* beyond those that every operation may answer */
    size_t error_count;
};

/* Declared in resource.h too:
 * struct str openapi_make(struct arena *a, const struct openapi_operation *handlers, size_t count);
 */

#endif
