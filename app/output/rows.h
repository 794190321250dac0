/* The one row source of all writers: typed columns and values as PostgreSQL prints them.
 *
 * The source is reached through a function, so that output/ knows no database. Values are borrowed
 * and stay as long as the source. */
#ifndef DANVAN_OUTPUT_ROWS_H
#define DANVAN_OUTPUT_ROWS_H

#include "base/arena.h"
#include "base/str.h"

enum output_type {
    OUTPUT_TEXT,
    OUTPUT_NUMBER, /* goes bare into JSON */
    OUTPUT_BOOL,   /* t or f */
    OUTPUT_DATE,
    OUTPUT_TIMESTAMP,  /* "2026-03-31 08:00:00.5+07" becomes RFC 3339 */
    OUTPUT_JSON,       /* already JSON */
    OUTPUT_TEXT_ARRAY, /* {a,"b c"} */
    OUTPUT_TYPE__MAX
};

struct output_column {
    struct str name; /* an identifier: needs no escaping anywhere */
    enum output_type type;
    bool is_in_csv;
};

struct output_rows {
    const struct output_column *columns;
    size_t column_count;
    size_t row_count;
    struct str (*value)(const void *source, size_t row, size_t column); /* ptr NULL: null */
    const void *source;
};

/* At least `more` free bytes at t->ptr + t->len. */
char *output_room(struct text *t, size_t more);
/* PostgreSQL's timestamptz text as RFC 3339; other text (infinity) as it is. */
void output_timestamp(struct text *t, struct str value);
/* Cuts the next element off a PostgreSQL text array's inside; *rest begins as the whole "{…}".
 * False at the end. The element is unescaped into the arena when it needs to be; ptr NULL for NULL.
 */
bool output_array_next(struct arena *a, struct str *rest, struct str *element);

#endif
