#include "notify/queue.h"

#include "db/tx.h"

static bool call(struct db_conn *c, struct arena *a, struct str sql, const struct str *params,
                 size_t count, struct db_rows **rows, struct err *e)
{
    struct db_rows *unused = NULL;
    struct db_stmt stmt = {.sql = sql, .params = params, .param_count = count};
    struct db_tx tx = {.stmts = &stmt, .stmt_count = 1};
    return tx_run(c, a, &tx, rows == NULL ? &unused : rows, NULL, e);
}

bool queue_take(struct db_conn *c, struct arena *a, int most, struct batch_of_mail *out,
                struct err *e)
{
    struct db_rows *rows = NULL;
    struct str count = str_printf(a, "%d", most);
    if (!call(c, a,
              STR("select q.id, q.notice_id, q.user_id, q.email, q.name, q.title, q.text, q.link"
                  " from private.mail_take($1) as q"),
              &count, 1, &rows, e))
        return false;
    out->count = db_row_count(rows);
    out->mails = arena_alloc_array(a, out->count + 1, sizeof *out->mails);
    for (size_t i = 0; i < out->count; i++)
        out->mails[i] = (struct mail){.id = db_value(rows, i, 0),
                                      .notice_id = db_value(rows, i, 1),
                                      .user_id = db_value(rows, i, 2),
                                      .address = db_value(rows, i, 3),
                                      .name = db_value(rows, i, 4),
                                      .title = db_value(rows, i, 5),
                                      .text = db_value(rows, i, 6),
                                      .link = db_value(rows, i, 7)};
    return true;
}

bool queue_sent(struct db_conn *c, struct arena *a, struct str id, struct err *e)
{
    return call(c, a, STR("select private.mail_sent($1)"), &id, 1, NULL, e);
}

bool queue_failed(struct db_conn *c, struct arena *a, struct str id, struct str why, struct err *e)
{
    const struct str params[] = {id, why};
    return call(c, a, STR("select private.mail_failed($1, $2)"), params, 2, NULL, e);
}

bool queue_put_back(struct db_conn *c, struct arena *a, struct str id, struct err *e)
{
    return call(c, a, STR("select private.mail_put_back($1)"), &id, 1, NULL, e);
}
