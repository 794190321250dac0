/* A resource as a const table: what the engine knows of it, and nothing it decides.
 *
 * A descriptor names the view, the fields, the filters, the sorts and the commands. It holds no
 * role and no right: PostgreSQL decides those. Every piece of SQL in it is a constant; request
 * bytes only ever travel as statement parameters. One name from table to screen: field name =
 * column of view (and, where writable, of the table) = JSON key = CSV header. */
#ifndef DANVAN_RESOURCE_DESCRIPTOR_H
#define DANVAN_RESOURCE_DESCRIPTOR_H

#include "base/str.h"
#include "resource/resource.h"

/* X(enum, word in descriptor dumps, PostgreSQL type for casts) */
#define FIELD_TYPE_LIST(X)                                                                 \
    X(FIELD_TEXT, "text", "text")                                                          \
    X(FIELD_INT, "int", "bigint")                                                          \
    X(FIELD_INT_REF, "int_ref", "integer") /* id of a row whose key is an integer */       \
    X(FIELD_NUMBER, "number", "numeric")   /* with decimals; read only: a rate, a share */ \
    X(FIELD_BOOL, "bool", "boolean")                                                       \
    X(FIELD_DATE, "date", "date")                                                          \
    X(FIELD_TIMESTAMP, "timestamp", "timestamptz")                                         \
    X(FIELD_UUID, "uuid", "uuid")                                                          \
    X(FIELD_CHOICE, "choice", "text")                                                      \
    X(FIELD_JSON, "json", "jsonb")                                                         \
    X(FIELD_TEXT_ARRAY, "text_array", "text[]")

enum field_type {
#define X(type, word, sql) type,
    FIELD_TYPE_LIST(X)
#undef X
        FIELD_TYPE__MAX
};
const char *field_type_word(enum field_type t);
const char *field_type_sql(enum field_type t);

enum field_flag {
    F_READ = 1,      /* in the view, so in representations */
    F_CREATE = 2,    /* may be given on create, or in a command's body */
    F_UPDATE = 4,    /* may be given on update */
    F_REQUIRED = 8,  /* must be given on create, or in a command's body */
    F_NULLABLE = 16, /* may be null */
    F_HIDDEN_IN_CSV = 32,
    F_DETAIL = 64, /* only in the single item, from the detail view */
    F_WRITE = F_CREATE | F_UPDATE
};

struct choice {
    struct str value;
    const char *title_vi;
    const char *title_en;
};
#define CHOICE(value, vi, en)   \
    {                           \
        STR_INIT(value), vi, en \
    }
#define CHOICES(list) .choices = (list), .choice_count = sizeof(list) / sizeof(*(list))

struct field {
    struct str name;
    enum field_type type;
    unsigned flags;
    /* text: least and most characters; numbers: range; arrays: count of items. Both 0: the widest
     */
    int64_t min;
    int64_t max;
    const struct choice *choices;
    size_t choice_count;
    const char *pattern; /* POSIX extended = the CHECK's regular expression = OpenAPI pattern */
    const char *title_vi;
    const char *title_en;
    const char *doc;    /* English, for OpenAPI; may be NULL */
    const char *schema; /* OpenAPI schema (JSON) of a json field; NULL: any object or array */
};
#define FIELD(n, t, f, vi, en, ...)                                                         \
    {                                                                                       \
        .name = STR_INIT(n), .type = (t), .flags = (f), .title_vi = (vi), .title_en = (en), \
        __VA_ARGS__                                                                         \
    }
/* The fields that every record has. */
#define FIELD_ID         FIELD("id", FIELD_UUID, F_READ, "Mã định danh", "Identifier")
#define FIELD_ID_INT     FIELD("id", FIELD_INT_REF, F_READ, "Mã số", "Identifier")
#define FIELD_CREATED_AT FIELD("created_at", FIELD_TIMESTAMP, F_READ, "Tạo lúc", "Created at")
#define FIELD_STAMPS                                                     \
    FIELD("version", FIELD_INT, F_READ, "Phiên bản", "Version",          \
          .doc = "Grows by one with every change; send it in If-Match"), \
        FIELD_CREATED_AT, FIELD("updated_at", FIELD_TIMESTAMP, F_READ, "Sửa lúc", "Updated at")
#define FIELD_ACTIONS                                                                  \
    FIELD("actions", FIELD_TEXT_ARRAY, F_READ | F_HIDDEN_IN_CSV, "Thao tác được phép", \
          "Allowed actions", .doc = "What the caller may do with this record now")

enum filter_kind {
    FILTER_VALUE,    /* sql with ? for the value */
    FILTER_ONE_OF,   /* sql is the column; the value a comma-separated list */
    FILTER_SWITCH,   /* true: sql; false: sql_false (NULL: false filters nothing); no parameter */
    FILTER_SEARCH,   /* free text, case and accents ignored; sql: the folded column, or with ? */
    FILTER_RELATION, /* the value picks relations[i] for choices[i]; no parameter */
    FILTER_UNIT,     /* one unit: sql is its column; with subtree=true the unit's whole scope */
    FILTER_SUBTREE,  /* the switch that widens FILTER_UNIT */
    FILTER_AS_OF,    /* a day: the rows as they were on it, by is_dated or from day_view */
    FILTER_ARGUMENT  /* sql names an argument of the function that is_call reads from */
};

struct filter {
    struct str name;
    enum filter_kind kind;
    enum field_type type; /* of the value, or of each item of the list */
    const char *sql;      /* the row is `r`; each ? is the value */
    const char *sql_false;
    /* of a switch, in place of sql and sql_false where day_view is read; NULL: the same */
    const char *day_sql;
    const char *day_sql_false;
    const char *const *relations;
    const struct choice *choices;
    size_t choice_count;
    bool is_required;
    bool replaces_scope; /* narrower than the scope: the scope column is not repeated */
    const char *doc;
};
#define FILTER_EQUALS(n, t, column, text)                                                  \
    {                                                                                      \
        .name = STR_INIT(n), .kind = FILTER_VALUE, .type = (t), .sql = "r." column " = ?", \
        .doc = (text)                                                                      \
    }
/* A year that no date has is one in which nothing happened, and no fault. */
#define YEAR_ASKED    "least(greatest(?::integer, 1), 9999)"
#define FIRST_OF_YEAR "make_date(" YEAR_ASKED ", 1, 1)"
#define LAST_OF_YEAR  "make_date(" YEAR_ASKED ", 12, 31)"
#define FILTER_IN_YEAR(column, text)                                                     \
    {                                                                                    \
        .name = STR_INIT("year"), .kind = FILTER_VALUE, .type = FIELD_INT_REF,           \
        .sql = "r." column " between " FIRST_OF_YEAR " and " LAST_OF_YEAR, .doc = (text) \
    }
#define FILTER_YEAR(text)                                                      \
    {                                                                          \
        .name = STR_INIT("year"), .kind = FILTER_VALUE, .type = FIELD_INT_REF, \
        .sql = "r.year = ?::integer", .doc = (text)                            \
    }
#define FILTER_TEXT_SEARCH                                                                   \
    {                                                                                        \
        .name = STR_INIT("q"), .kind = FILTER_SEARCH, .type = FIELD_TEXT, .sql = "r.search", \
        .doc = "Free text; case and accents do not matter"                                   \
    }
#define FILTER_UPDATED_SINCE                                                              \
    {                                                                                     \
        .name = STR_INIT("updated_since"), .kind = FILTER_VALUE, .type = FIELD_TIMESTAMP, \
        .sql = "r.updated_at >= ?", .doc = "Changed at this moment or later"              \
    }
#define FILTER_AS_OF_DAY                                                     \
    {                                                                        \
        .name = STR_INIT("as_of"), .kind = FILTER_AS_OF, .type = FIELD_DATE, \
        .doc = "As it was on this day; without: today"                       \
    }
#define FILTER_AS_OF_ROWS(text)                                                            \
    {                                                                                      \
        .name = STR_INIT("as_of"), .kind = FILTER_AS_OF, .type = FIELD_DATE, .doc = (text) \
    }
#define FILTER_SUBTREE_SWITCH                                                                      \
    {                                                                                              \
        .name = STR_INIT("subtree"), .kind = FILTER_SUBTREE, .type = FIELD_BOOL,                   \
        .doc = "With unit: everything under it, all lines or its own, as a member of it would see" \
    }
/* The bounds of computed lists (private.scope_of_unit): a unit, and whether it stands alone. */
#define FILTER_ARGUMENT_UNIT                                                             \
    {                                                                                    \
        .name = STR_INIT("unit"), .kind = FILTER_ARGUMENT, .type = FIELD_INT_REF,        \
        .sql = "p_unit_id", .doc = "Under this unit, itself included; without: my scope" \
    }
#define FILTER_ARGUMENT_SUBTREE                                                   \
    {                                                                             \
        .name = STR_INIT("subtree"), .kind = FILTER_ARGUMENT, .type = FIELD_BOOL, \
        .sql = "p_subtree", .doc = "With unit, false: the unit alone"             \
    }

#define SORT_KEYS_MAX 4
/* A sort is a list of keys in one direction, none ever null, the last unique: so a page can begin
 * right after the last row of the page before. */
struct sort_key {
    struct str field; /* the field that has the value; empty: an extra column is read */
    const char *sql;  /* the expression; NULL: r.<field> */
    enum field_type type;
};
struct sort {
    struct str name;
    struct sort_key keys[SORT_KEYS_MAX];
    size_t key_count;
};
#define SORT_KEY(f, t)                    \
    {                                     \
        .field = STR_INIT(f), .type = (t) \
    }
#define SORT_SQL(expression, t)          \
    {                                    \
        .sql = (expression), .type = (t) \
    }

struct command {
    struct str name;        /* the path's last part */
    const char *route_name; /* "plans.issue" */
    const char *function;   /* "api.plan_issue": (id, version, body jsonb) */
    const struct field *fields;
    size_t field_count;
    bool needs_version; /* If-Match must be sent */
    bool answers_json;  /* answers the function's jsonb in place of the fresh item */
    /* Gives out what must be on record each time: never rehearsed (the record would be undone and
     * the answer not), and no reply of it is kept under an Idempotency-Key. */
    bool is_disclosure;
    const char *title_vi;
    const char *title_en;
    const char *doc;
};
#define COMMAND(resource, n, fn, vi, en, ...)                                                  \
    {                                                                                          \
        .name = STR_INIT(n), .route_name = resource "." n, .function = (fn), .title_vi = (vi), \
        .title_en = (en), __VA_ARGS__                                                          \
    }
#define COMMAND_FIELDS(list) .fields = (list), .field_count = sizeof(list) / sizeof(*(list))

/* A CHECK over several columns, whose name cannot tell the field: which field to point at, and why.
 */
struct rule {
    struct str constraint;
    struct str field;
    struct str word;
};
#define RULE(name, field, word)                         \
    {                                                   \
        STR_INIT(name), STR_INIT(field), STR_INIT(word) \
    }
#define RULES(list) .rules = (list), .rule_count = sizeof(list) / sizeof(*(list))

enum resource_can {
    CAN_LIST = 1,
    CAN_GET = 2,
    CAN_CREATE = 4,
    CAN_UPDATE = 8,
    CAN_DELETE = 16,
    CAN_BULK = 32
};

enum id_kind { ID_UUID, ID_INT };

struct resource {
    struct str name;         /* plural, as in the URL: plan-items */
    const char *singular;    /* schema name in OpenAPI: plan_item */
    const char *view;        /* api.plan_items */
    const char *detail_view; /* where single items are read; NULL: view */
    bool is_call;            /* view is a set-returning function; its arguments are filters */
    /* Set-returning functions of a day, and after it of the arguments that view has, that answer
     * with the rows of view and detail_view as they stood at its end: read in their place where
     * as_of is given. NULL: lists (single items) cannot be asked for a day in this way. */
    const char *day_view;
    const char *day_detail_view;
    const char *table; /* app.plan_item; NULL: nothing is written by statement */
    /* The view has a row per dated version (valid_from, valid_to): lists show one day, as_of or
     * today; a single item is the version of that day or, when it has ended, its last. */
    bool is_dated;
    enum id_kind id_kind;
    unsigned can; /* enum resource_can */
    const struct field *fields;
    size_t field_count;
    const struct filter *filters;
    size_t filter_count;
    const struct sort *sorts; /* the first is the default */
    size_t sort_count;
    bool sorts_down; /* the default sort goes from last to first */
    const struct command *commands;
    size_t command_count;
    const struct rule *rules;
    size_t rule_count;
    /* Lists repeat "<scope>_key = (select private.my_scope())", so that the index that begins with
     * this key is walked. A hint: the row policies decide in any case. */
    bool has_scope_column;
    const char *title_vi;
    const char *title_en;
    const char *doc;
    const char *route_names[VERB__MAX];
};
#define RESOURCE_NAME(n)                                                      \
    .name = STR_INIT(n),                                                      \
    .route_names = {n ".list",   n ".get",     n ".create",      n ".update", \
                    n ".delete", n ".command", n ".bulk_create", n ".bulk_update"}
#define FIELDS(list)   .fields = (list), .field_count = sizeof(list) / sizeof(*(list))
#define FILTERS(list)  .filters = (list), .filter_count = sizeof(list) / sizeof(*(list))
#define SORTS(list)    .sorts = (list), .sort_count = sizeof(list) / sizeof(*(list))
#define COMMANDS(list) .commands = (list), .command_count = sizeof(list) / sizeof(*(list))

/* The list of resources that resource_find and openapi_make know; set once, before the workers
 * start (resources_install of resources/registry.h does it). Borrowed for the life of the process.
 */
void resource_use(const struct resource *const *list, size_t count);
const struct resource *const *resource_all(size_t *count);

/* NULL when there is none of that name. */
const struct field *field_find(const struct field *fields, size_t count, struct str name);
const struct filter *filter_find(const struct resource *r, struct str name);
const struct sort *sort_find(const struct resource *r, struct str name);
bool resource_has_version(const struct resource *r);
/* Whether a single item may be asked for as of a day. */
bool resource_has_days(const struct resource *r);

/* One line per field, tab-separated: resource, view, detail view, table, field, type, flags
 * (letters RCUQNHD), min, max, choices, constraints whose rule points at it. A drift test holds it
 * against pg_catalog (danvan --descriptors). */
void descriptor_dump(struct text *out);

#endif
