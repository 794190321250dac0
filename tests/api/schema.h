/* Answers held against the OpenAPI document: is this status described for the operation, with this
 * content type, and does the body fit the schema? The part of JSON Schema 2020-12 that the document
 * uses; an unknown keyword fails the test, so that nothing is passed over in silence. */
#ifndef DANVAN_TESTS_API_SCHEMA_H
#define DANVAN_TESTS_API_SCHEMA_H

#include "client.h"

/* Fetches /api/v1/openapi.json once. */
struct json_object *openapi(void);
/* Template of a path below /api/v1 ("/plans/0189…/issue" → "/plans/{id}/issue"); NULL when the
 * document has none that fits. */
const char *openapi_template(const char *path);
struct json_object *openapi_operation(const char *template, const char *method);
/* Fails the test unless the document describes this answer to this request ("/api/v1/…", with or
 * without a query). */
void ck_described(const char *method, const char *path, const struct reply *r);
/* NULL when `value` fits `schema`; else what is wrong and where. */
const char *schema_fault(struct json_object *schema, struct json_object *value, const char *where);

#endif
