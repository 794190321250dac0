/* Checks of single values, alike for bodies and query parameters. Pure. */
#ifndef DANVAN_RESOURCE_VALUE_H
#define DANVAN_RESOURCE_VALUE_H

#include "base/arena.h"
#include "resource/descriptor.h"

bool value_is_date(struct str s);      /* a real day YYYY-MM-DD, years 1900 to 2999 */
bool value_is_timestamp(struct str s); /* RFC 3339, offset told */
bool value_is_uuid(struct str s);      /* 8-4-4-4-12 hex digits */
size_t value_characters(struct str s); /* UTF-8 characters */
/* Every value that may reach PostgreSQL as text: no control characters but tab and line ends. */
bool value_is_printable(struct str s);
/* A catalogue word saying why `text` is no value of the type; empty when it is one. */
struct str value_check(enum field_type type, const struct choice *choices, size_t choice_count,
                       struct str text);

#endif
