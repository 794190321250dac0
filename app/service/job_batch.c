/* Rows and faults on their way to PostgreSQL: array literals that grow, sent as one transaction. */
#include "service/job_batch.h"

#define VALUE_MAX 200 /* characters of a value that a fault shows */

/* ---- array literals ---- */

static void list_null(struct list *l)
{
    text_append(&l->text, l->count++ == 0 ? STR("NULL") : STR(",NULL"));
}

static void list_add(struct list *l, struct str s)
{
    if (l->count++ > 0)
        text_byte(&l->text, ',');
    text_byte(&l->text, '"');
    size_t run = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '"' && s.ptr[i] != '\\')
            continue;
        text_append(&l->text, str_slice(s, run, i));
        text_byte(&l->text, '\\');
        run = i;
    }
    text_append(&l->text, str_slice(s, run, s.len));
    text_byte(&l->text, '"');
}

static struct str list_end(struct arena *a, const struct list *l)
{
    return str_printf(a, "{%.*s}", STR_ARG(text_str(&l->text)));
}

void batch_reset(struct batch_of *b, struct arena *a)
{
    struct list *all[] = {&b->numbers,       &b->cells,       &b->fault_rows,
                          &b->fault_columns, &b->fault_words, &b->fault_values};
    arena_reset(a);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = (struct list){.text = {.arena = a}};
    b->rows = 0;
}

void batch_cell(struct batch_of *b, struct str value)
{
    if (value.len > 0)
        list_add(&b->cells, value);
    else
        list_null(&b->cells);
}

void batch_row(struct batch_of *b, uint32_t number)
{
    list_add(&b->numbers, str_printf(b->numbers.text.arena, "%u", number));
    b->rows++;
}

/* ---- faults ---- */

static struct str shorten(struct str s)
{
    size_t at = 0;
    for (size_t count = 0; at < s.len && count < VALUE_MAX; count++) {
        size_t len = str_utf8_char(s, at);
        at += len == 0 ? 1 : len;
    }
    s = str_slice(s, 0, at);
    return str_is_utf8(s) && str_find(s, '\0', 0) == s.len ? s : STR("");
}

void batch_fault(struct batch_of *b, uint32_t row, struct str column, struct str word,
                 struct str value)
{
    list_add(&b->fault_rows, str_printf(b->fault_rows.text.arena, "%u", row));
    if (column.len > 0)
        list_add(&b->fault_columns, column);
    else
        list_null(&b->fault_columns);
    list_add(&b->fault_words, word);
    if (value.len > 0)
        list_add(&b->fault_values, shorten(value));
    else
        list_null(&b->fault_values);
}

/* ---- a batch to PostgreSQL ---- */

bool batch_send(struct batch_of *b, struct job *j, uint32_t done, struct job_outcome *outcome)
{
    struct arena *a = j->arena;
    struct err e = {.code = ERR_INTERNAL};
    struct db_rows *rows[3] = {NULL, NULL, NULL};
    struct str put[4];
    struct str faults[6];
    struct str progress[] = {j->id, j->try_number, str_printf(a, "%u", done)};
    struct db_stmt stmts[3];
    struct db_tx tx = {.stmts = stmts, .stmt_count = 1};
    stmts[0] = (struct db_stmt){
        .sql = STR_INIT("select private.import_progress($1, $2, 'reading', $3, $3)"),
        .params = progress,
        .param_count = 3};
    if (b->rows > 0) {
        put[0] = j->id;
        put[1] = j->try_number;
        put[2] = list_end(a, &b->numbers);
        put[3] = list_end(a, &b->cells);
        stmts[tx.stmt_count++] =
            (struct db_stmt){.sql = STR_INIT("select private.import_put_rows($1, $2, $3, $4)"),
                             .params = put,
                             .param_count = 4};
    }
    if (b->fault_rows.count > 0) {
        faults[0] = j->id;
        faults[1] = j->try_number;
        faults[2] = list_end(a, &b->fault_rows);
        faults[3] = list_end(a, &b->fault_columns);
        faults[4] = list_end(a, &b->fault_words);
        faults[5] = list_end(a, &b->fault_values);
        stmts[tx.stmt_count++] = (struct db_stmt){
            .sql = STR_INIT("select private.import_put_faults($1, $2, $3, $4, $5, $6)"),
            .params = faults,
            .param_count = 6};
    }
    bool is_good = tx_run(j->guard, a, &tx, rows, NULL, &e);
    if (!is_good)
        *outcome = job_outcome_of(j->keep, &e, JOB_FAILED);
    else if (!str_equal(db_value(rows[0], 0, 0), STR("t")))
        outcome->end = JOB_LOST;
    else if (job_is_told_to_end(j->start))
        outcome->end = JOB_PUT_BACK;
    batch_reset(b, a);
    return is_good && outcome->end == JOB_DONE;
}
