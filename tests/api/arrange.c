#include "arrange.h"

#include <stdlib.h>
#include <string.h>

const char *user_id_of(const char *login)
{
    return db_text("select id from app.user_account where login = $1", login);
}

const char *make_membership(const char *login, int unit, const char *role)
{
    return db_text(form("insert into app.membership (user_id, unit_id, role, valid_from)"
                        " select id, %d, '%s', date '2021-01-01' from app.user_account"
                        " where login = $1 returning id",
                        unit, role),
                   login);
}

const char *make_account(const char *like, int unit, const char *role)
{
    const char *login = fresh("thu.");
    db_do(
        form(
            "insert into app.user_account (login, display_name, home_unit_id, must_change_password)"
            " values ($1, 'Tài khoản thử', %d, false)",
            unit),
        login);
    db_do(form("insert into private.credential (user_id, password_hash)"
               " select (select id from app.user_account where login = '%s'), c.password_hash"
               " from private.credential as c join app.user_account as u on u.id = c.user_id"
               " where u.login = $1",
               login),
          like);
    make_membership(login, unit, role);
    return login;
}

struct caller *make_caller(const char *like, const char *role)
{
    return sign_in(make_account(like, unit_of(like), role), password_of(like));
}

void forget_failures(void)
{
    db_do("delete from private.login_throttle", NULL);
}

int unit_by(const char *area_code, const char *line_code)
{
    return (int)db_int(
        form("select u.id from app.unit as u join app.area_version as v using (area_id)"
             " join app.line as l on l.id = u.line_id"
             " where v.code = $1 and l.code = '%s' and u.parent_id is null order by u.id",
             line_code),
        area_code);
}

const char *document_body(const char *status)
{
    return form("{\"symbol\":\"%s\",\"kind\":\"%s\",\"issuer\":\"Ban Dân vận\","
                "\"issued_on\":\"2021-11-01\",\"subject\":\"%s\",\"status\":\"%s\"}",
                fresh("KH-"), db_text("select code from app.document_kind order by code", NULL),
                fresh("Văn bản thử "), status);
}

const char *make_document(const struct caller *c, const char *status, int64_t *version)
{
    const struct reply *r = post(c, "/api/v1/documents", "%s", document_body(status));
    ck_status(r, 201);
    if (version != NULL)
        *version = int_at(r, "/version");
    return text_at(r, "/id");
}

const char *plan_36(void)
{
    return db_text("select id from app.plan where number = '36-KH/BDVTU'", NULL);
}

const char *make_period(const char *plan, const char *kind, const char *opens_on,
                        const char *due_on, const char *locks_on)
{
    const char *id = db_text("select private.new_id()", NULL);
    const char *starts_on =
        strcmp(kind, "phase") != 0
            ? "2021-01-01"
            : db_text("select least(min(starts_on), '2020-01-01') - 1 from app.period", NULL);
    /* one transaction: as a row comes in it is planned, whatever its days */
    db_do(form("insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on,"
               " opens_on, expires_on, locks_on) values ('%s', '%s', '%s', '%s', 2021, '%s',"
               " '2021-12-31', '%s', '%s', '%s');"
               "update app.period set recorded_state = private.period_state(null, null, opens_on,"
               " expires_on, locks_on, private.today()) where id = '%s';"
               "insert into app.period_due (period_id, level_id, due_on, original_due_on)"
               " select '%s', l.id, '%s', '%s' from app.level as l"
               " on conflict (period_id, level_id) do update set due_on = excluded.due_on,"
               " original_due_on = excluded.original_due_on",
               id, plan, kind, fresh("Kỳ "), starts_on, opens_on, due_on, locks_on, id, id, due_on,
               due_on),
          NULL);
    return id;
}

const char *make_report(const char *period, int unit, int superior)
{
    return db_text(form("insert into app.report (period_id, plan_id, unit_id, superior_unit_id,"
                        " due_on, original_due_on) select p.id, p.plan_id, %d, nullif(%d, 0),"
                        " p.expires_on, p.expires_on from app.period as p where p.id = $1::uuid"
                        " returning id",
                        unit, superior),
                   period);
}

const char *in_thirty_days(void)
{
    return db_text("select to_char((now() + interval '30 days') at time zone 'UTC', "
                   "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
                   NULL);
}
