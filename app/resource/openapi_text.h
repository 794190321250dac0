/* Inside the OpenAPI generator only: JSON put together member by member, and its pieces.
 *
 * The comma before a member is put by looking at the last byte, so callers need not count. key
 * NULL: an item of an array. */
#ifndef DANVAN_RESOURCE_OPENAPI_TEXT_H
#define DANVAN_RESOURCE_OPENAPI_TEXT_H

#include "resource/descriptor.h"

void json_open(struct text *t, const char *key, char bracket); /* '{' or '[' */
void json_close(struct text *t, char bracket);
void json_put(struct text *t, const char *key, const char *value); /* nothing when value is NULL */
void json_put_str(struct text *t, const char *key, struct str value);
void json_put_raw(struct text *t, const char *key, const char *json);
void json_put_int(struct text *t, const char *key, int64_t value);
void json_put_ref(struct text *t, const char *key, const char *group, const char *name);
/* "content":{"<type>":{ ; to be closed twice. */
void json_open_content(struct text *t, const char *type);
/* Compact JSON with line ends and two spaces of indent. */
struct str json_pretty(struct arena *a, struct str json);

/* The statuses of problems; ends in 0. */
extern const int openapi_statuses[];
/* All components, with openapi_schemas among them. */
void openapi_components(struct text *t);
/* openapi_schema.c: all of components.schemas, then one field alone. */
void openapi_schemas(struct text *t);
void openapi_field(struct text *t, const char *key, const struct field *f);
void openapi_filter(struct text *t, const struct filter *f);
bool openapi_has_detail(const struct resource *r);
bool openapi_is_written(const struct resource *r, unsigned mode);

#endif
