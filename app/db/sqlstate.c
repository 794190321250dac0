#include "db/sqlstate.h"

#include <string.h>

/* Waiting this long is enough after a lost race or a full server. */
#define RETRY_AFTER_S   2
#define THROTTLED_FOR_S 60

enum about {
    ABOUT_NOTHING,
    ABOUT_COLUMN,     /* COLUMN names the field */
    ABOUT_CONSTRAINT, /* the constraint's name holds the field: <table>_<column>_<rule> */
    ABOUT_OURS        /* raised by a function of ours */
};

struct row {
    const char *sqlstate; /* five characters, or a class of two */
    enum err_code code;
    enum sqlstate_action action;
    enum about about;
    const char *word;
};

/* The first match counts, so single codes stand before their class. */
static const struct row rows[] = {
    {"DV401", ERR_UNAUTHENTICATED, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV403", ERR_FORBIDDEN, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV404", ERR_NOT_FOUND, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV409", ERR_CONFLICT, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV412", ERR_STALE, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV422", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV428", ERR_NO_VERSION, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"DV429", ERR_THROTTLED, SQLSTATE_GIVE_UP, ABOUT_OURS, ""},
    {"23502", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_COLUMN, "required"},
    {"23503", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_CONSTRAINT, "not_visible"},
    {"23505", ERR_DUPLICATE, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"23P01", ERR_DUPLICATE, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"23514", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_CONSTRAINT, "bad_format"},
    {"23", ERR_CONFLICT, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"22001", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_COLUMN, "too_long"},
    {"22003", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_COLUMN, "out_of_range"},
    {"22007", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_COLUMN, "bad_date"},
    {"22008", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_COLUMN, "bad_date"},
    {"22", ERR_INVALID, SQLSTATE_GIVE_UP, ABOUT_COLUMN, "bad_format"},
    {"42501", ERR_FORBIDDEN, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"44000", ERR_FORBIDDEN, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"40001", ERR_UNAVAILABLE, SQLSTATE_RETRY, ABOUT_NOTHING, ""},
    {"40P01", ERR_UNAVAILABLE, SQLSTATE_RETRY, ABOUT_NOTHING, ""},
    {"40", ERR_UNAVAILABLE, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"26000", ERR_UNAVAILABLE, SQLSTATE_RECONNECT, ABOUT_NOTHING, ""}, /* prepared name is gone */
    {"0A000", ERR_INTERNAL, SQLSTATE_RECONNECT, ABOUT_NOTHING, ""}, /* cached plan changed type */
    {"25006", ERR_UNAVAILABLE, SQLSTATE_RECONNECT, ABOUT_NOTHING, ""}, /* we are on a standby */
    {"25P03", ERR_UNAVAILABLE, SQLSTATE_RECONNECT, ABOUT_NOTHING, ""}, /* idle in transaction */
    {"55P03", ERR_UNAVAILABLE, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},   /* lock_timeout */
    {"57014", ERR_TIMEOUT, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},       /* statement_timeout */
    {"57", ERR_UNAVAILABLE, SQLSTATE_RECONNECT, ABOUT_NOTHING, ""},
    {"53", ERR_UNAVAILABLE, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""},
    {"08", ERR_UNAVAILABLE, SQLSTATE_RECONNECT, ABOUT_NOTHING, ""},
    {"58", ERR_UNAVAILABLE, SQLSTATE_GIVE_UP, ABOUT_NOTHING, ""}, /* disk errors */
};

/* The last part of a constraint's name, and what it says of the value. */
static const struct {
    struct str rule;
    const char *word;
} rules[] = {
    {STR_INIT("_choice"), "not_a_choice"}, {STR_INIT("_range"), "out_of_range"},
    {STR_INIT("_format"), "bad_format"},   {STR_INIT("_len"), "too_long"},
    {STR_INIT("_fkey"), "not_visible"},
};

static const struct row *find_row(struct str sqlstate)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_starts(sqlstate, str_from(rows[i].sqlstate)))
            return &rows[i];
    return NULL;
}

/* "plan_item_title_len" on plan_item → "title", *word by its rule. False when the name tells no
 * field, as with a rule over several columns. */
static bool field_of_constraint(const struct sqlstate_report *r, struct str *field,
                                struct str *word)
{
    struct str name = r->constraint;
    if (r->table.len == 0 || !str_starts(name, r->table) || name.len <= r->table.len + 1 ||
        name.ptr[r->table.len] != '_')
        return false;
    name = str_slice(name, r->table.len + 1, name.len);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (str_ends(name, rules[i].rule) && name.len > rules[i].rule.len) {
            *field = str_slice(name, 0, name.len - rules[i].rule.len);
            *word = str_from(rules[i].word);
            return true;
        }
    }
    return false;
}

static void add_field(struct arena *a, struct err *e, enum err_code code, struct str field,
                      struct str word)
{
    (void)!err_field(a, e, code, str_printf(a, "/%.*s", STR_ARG(field)), str_copy(a, word));
}

static struct str join_cause(struct arena *a, const struct sqlstate_report *r)
{
    struct text t = {.arena = a};
    const struct {
        const char *label;
        struct str value;
    } parts[] = {
        {"", r->sqlstate},
        {" ", r->message},
        {" | detail: ", r->detail},
        {" | hint: ", r->hint},
        {" | table: ", r->table},
        {" | column: ", r->column},
        {" | constraint: ", r->constraint},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].value.len > 0) {
            text_append(&t, str_from(parts[i].label));
            text_append(&t, parts[i].value);
        }
    }
    return text_str(&t);
}

/* DV422 and DV409 may name many fields: a line of DETAIL for each, "pointer word". */
static void add_fields(struct arena *a, struct err *e, struct str lines)
{
    struct str line, pointer, word;
    while (lines.len > 0) {
        str_cut(lines, '\n', &line, &lines);
        if (str_cut(line, ' ', &pointer, &word))
            add_field(a, e, e->code, pointer, word);
    }
}

/* Raised by a function of ours: the word and the field are its message; DETAIL is a number for
 * DV412 (the version now) and DV429 (seconds to wait), and the fields for DV422 and DV409 without
 * one. */
static void fill_ours(struct arena *a, const struct sqlstate_report *r, struct err *e)
{
    int64_t number = 0;
    bool has_number = str_to_int(r->detail, &number) && number > 0;
    e->reason = str_copy(a, r->constraint);
    if (e->code == ERR_STALE && has_number)
        e->current_version = number;
    if (e->code == ERR_THROTTLED)
        e->retry_after = has_number && number <= 86400 ? (int)number : THROTTLED_FOR_S;
    if (r->column.len > 0)
        add_field(a, e, e->code, r->column,
                  r->constraint.len > 0 ? r->constraint : STR("bad_format"));
    else if (e->code == ERR_INVALID || e->code == ERR_CONFLICT)
        add_fields(a, e, r->detail);
}

/* 23503 has two faces: a row that points at nothing, and a row that others still point at. The
 * second begins "update or delete on table", which is a fault of the state, not of a field. */
static bool is_still_referenced(const struct sqlstate_report *r)
{
    return str_equal(r->sqlstate, STR("23503")) && !str_starts(r->message, STR("insert or update"));
}

enum sqlstate_action sqlstate_map(struct arena *a, const struct sqlstate_report *r, struct err *e)
{
    const struct row *row = find_row(r->sqlstate);
    struct str field = r->column;
    struct str word;
    *e = (struct err){.code = r->sqlstate.len == 0 ? ERR_UNAVAILABLE : ERR_INTERNAL};
    e->cause = join_cause(a, r);
    if (r->sqlstate.len == 0) /* libpq's own report: the connection broke */
        return SQLSTATE_RECONNECT;
    if (row == NULL)
        return SQLSTATE_GIVE_UP;
    e->code = row->code;
    word = str_from(row->word);
    if (row->code == ERR_UNAVAILABLE)
        e->retry_after = RETRY_AFTER_S;
    if (row->about == ABOUT_OURS)
        fill_ours(a, r, e);
    else if (is_still_referenced(r))
        e->code = ERR_CONFLICT;
    else if ((row->about == ABOUT_COLUMN && field.len > 0) ||
             (row->about == ABOUT_CONSTRAINT && field_of_constraint(r, &field, &word)))
        add_field(a, e, row->code, field, word);
    return row->action;
}
