/* Inside the engine only: a parsed request, the statements it comes to, and what running them gave.
 */
#ifndef DANVAN_RESOURCE_OPERATION_H
#define DANVAN_RESOURCE_OPERATION_H

#include "output/rows.h"
#include "output/xlsx.h"
#include "resource/descriptor.h"

struct json_object;

#define LIST_LIMIT_DEFAULT 20
#define LIST_LIMIT_MAX     200
#define LIST_TABLE_MAX     10000 /* as CSV or XLSX: who takes a list out, wants it whole */
#define BULK_ROWS_MAX      500
#define FILTERS_MAX        32

/* A filter that the request uses. */
struct filter_use {
    const struct filter *filter;
    struct str value; /* as given: for the next link and the cursor's check */
    struct str param; /* as sent; ptr NULL when the filter takes none */
    size_t choice;    /* FILTER_RELATION: which; FILTER_SWITCH: 1 true, 0 false */
    bool is_many;     /* FILTER_ONE_OF with more than one value: param is an array literal */
};

enum list_count { COUNT_NONE, COUNT_EXACT, COUNT_ESTIMATED };

struct list_query {
    struct filter_use uses[FILTERS_MAX];
    size_t use_count;
    const struct sort *sort;
    struct str sort_value; /* as given; empty: the default */
    bool is_down;
    size_t limit;
    bool has_limit; /* given: repeated in the next link */
    bool has_cursor;
    struct str keys[SORT_KEYS_MAX]; /* of the row after which the page begins */
    enum list_count count;
    /* subtree=true: which column the unit's scope comes to; found by a statement of its own */
    struct str subtree_unit; /* empty: not asked */
    const char *subtree_column;
    struct str subtree_key;
};

struct field_value {
    const struct field *field;
    struct str text; /* ptr NULL: null */
};

/* One row to write, of a bulk or the only one. */
struct row_write {
    struct str id;
    int64_t version; /* 0: none */
    struct field_value *values;
    size_t value_count;
    struct err err; /* bulk: what is wrong with it already; code 0 with no fields: nothing */
    bool is_wrong;
};

/* In the order that Accept is matched against. */
enum list_format { FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX };

struct operation {
    const struct resource *resource;
    const struct command *command;
    enum resource_verb verb;
    struct str id;
    struct str as_of; /* VERB_GET: the day; ptr NULL: today */
    struct list_query list;
    enum list_format format;
    struct row_write *rows;
    size_t row_count;
    int64_t version; /* If-Match; 0: none */
    struct str body; /* VERB_COMMAND: checked JSON object */
    bool is_dry_run;
    struct str idempotency_key; /* empty: none */
    struct str request_hash;
};

struct row_result {
    int status;
    struct str id;
    struct str version; /* of an updated row, now; ptr NULL: not known */
    struct err err;
};

struct outcome {
    int status;
    struct str body; /* made by render.c, at the latest by resource_write */
    struct str content_type;
    struct str etag;
    struct str location;
    struct str link_next; /* CSV, XLSX: the next page */
    bool is_replay;
    struct db_rows *rows;
    struct db_rows *count_rows;
    struct db_rows *estimate_rows;
    struct str json; /* a command's own answer */
    struct row_result *results;
    size_t result_count;
    bool is_refused; /* bulk: a row failed, nothing was done */
};

/* Statements of one write, to be run in order in one transaction. */
#define WRITE_STMTS_MAX 2
#define WRITE_NONE      WRITE_STMTS_MAX
struct write_plan {
    struct db_stmt stmts[WRITE_STMTS_MAX];
    size_t count;
    size_t item_at; /* the statement that reads the item back, or WRITE_NONE */
    size_t json_at; /* the statement whose value is the answer, or WRITE_NONE */
    /* The first statement answers the row it changed; none is 404, 412 or 403. It is asked
     * afterwards: a change of no row may as well be committed, so COMMIT goes in the same round
     * trip. */
    bool must_change;
    struct str id;
};

/* query string and list statements: listing_parse.c, listing.c, cursor.c */
/* most: rows that may be asked for. */
NODISCARD bool listing_parse(struct arena *a, const struct resource *res,
                             const struct http_request *r, size_t most, struct list_query *out,
                             struct err *e);
/* Which list a cursor belongs to: resource, sort and filters as one text. */
struct str listing_binding(struct arena *a, const struct resource *res, const struct list_query *q);
void listing_plan(struct arena *a, const struct resource *res, const struct list_query *q,
                  struct str scope, struct db_stmt *out);
void listing_plan_count(struct arena *a, const struct resource *res, const struct list_query *q,
                        struct str scope, bool is_estimate, struct db_stmt *out);
/* The next page's address, "/api/v1/…?…&cursor=…"; `keys` are the last row's. */
struct str listing_next(struct arena *a, const struct resource *res, const struct list_query *q,
                        const struct str *keys);
/* The values of the sort keys in a result row. */
void listing_keys(const struct resource *res, const struct list_query *q,
                  const struct db_rows *rows, size_t row, struct str *keys);
NODISCARD bool listing_run(struct arena *a, struct db_conn *c, const struct operation *op,
                           const struct db_claim *claim, struct str scope, struct outcome *out,
                           struct db_identity *who, struct err *e);

/* `binding` tells which list a cursor belongs to: resource, sort and filters. */
struct str cursor_make(struct arena *a, struct str binding, const struct str *keys, size_t count);
NODISCARD bool cursor_read(struct arena *a, struct str cursor, struct str binding, struct str *keys,
                           size_t count);

/* validate.c. mode: F_CREATE or F_UPDATE; `prefix` stands before each pointer ("/3" in a bulk,
 * whose update rows also have id and version). */
NODISCARD bool validate_object(struct arena *a, const struct field *fields, size_t count,
                               unsigned mode, struct json_object *root, struct str prefix,
                               struct row_write *out, struct err *e);

/* sql.c */
/* "select r.a, r.b" of what a list or (detail) a single item shows, then " from view as r". */
void sql_select(struct text *t, const struct resource *res, bool is_detail);
void sql_from(struct text *t, const struct resource *res, bool is_detail);
/* The same as of the day that the parameter of this number is; only where there is one. */
void sql_from_day(struct text *t, const struct resource *res, bool is_detail, size_t param);
/* What XLSX tells of each of these columns. */
const struct output_note *sql_notes(struct arena *a, const struct resource *res, size_t count);
/* reference.c: what the values of a field are called, where they are codes: its choices, or the
 * names of reference data. */
const struct choice *field_words(const struct field *f, size_t *count);
/* The columns that sql_select reads, for the writers. */
const struct output_column *sql_columns(struct arena *a, const struct resource *res, bool is_detail,
                                        size_t *count);

/* record.c, command.c */
/* as_of: ptr NULL for today. */
void record_plan_get(struct arena *a, const struct resource *res, struct str id, struct str as_of,
                     struct db_stmt *out);
void record_plan_insert(struct arena *a, const struct resource *res, const struct row_write *row,
                        struct db_stmt *out);
void record_plan_update(struct arena *a, const struct resource *res, const struct row_write *row,
                        struct db_stmt *out);
void record_plan_version(struct arena *a, const struct resource *res, struct str id,
                         struct db_stmt *out);
/* Create, update, delete or command of one record, and its reading back. */
void record_plan_write(struct arena *a, const struct operation *op, struct write_plan *out);
void command_plan(struct arena *a, const struct operation *op, struct db_stmt *out);
/* New ids for the rows of a bulk create. */
void record_plan_ids(struct arena *a, const struct operation *op);
/* Nothing was changed: is the record hidden (404), of another version (412), or out of the caller's
 * reach (403)? version_rows come from record_plan_version. Always false. */
bool record_explain(const struct db_rows *version_rows, int64_t version, struct err *e);

/* PostgreSQL refused a CHECK over several columns: names the field after the descriptor's rules. */
void record_explain_rule(struct arena *a, const struct resource *res, struct err *e);

/* bulk.c: every row inside the open transaction. False only when the transaction is lost; refused
 * rows are told in the outcome. */
NODISCARD bool bulk_run(struct arena *a, struct db_conn *c, const struct operation *op,
                        struct outcome *out, struct err *e);

/* idempotency.c, inside the open transaction. begin: *out is filled and is_replay set when the key
 * has an answer already. */
NODISCARD bool idempotency_begin(struct arena *a, struct db_conn *c, const struct operation *op,
                                 struct outcome *out, struct err *e);
NODISCARD bool idempotency_store(struct arena *a, struct db_conn *c, const struct operation *op,
                                 const struct outcome *o, struct err *e);

/* render.c: the body of an outcome, made once. False when there is no room for a workbook. */
NODISCARD bool outcome_render(struct arena *a, const struct operation *op, struct outcome *o,
                              struct err *e);
/* The results of a bulk as a JSON array. */
struct str outcome_results(struct arena *a, const struct outcome *o);

#endif
