/* Secrets that the service makes and shows once: one-time passwords, API tokens; and sessions
 * ended. */
#include <json-c/json.h>

#include "auth/password.h"
#include "http/json.h"
#include "service/account.h"
#include "service/body.h"
#include "service/handlers.h"

bool handler_check_id(const struct exchange *x, struct err *e)
{
    struct str id = x->route.id;
    bool is_good = id.len == 36;
    for (size_t i = 0; i < id.len && is_good; i++) {
        char c = id.ptr[i];
        bool is_dash_place = i == 8 || i == 13 || i == 18 || i == 23;
        bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        is_good = is_dash_place ? c == '-' : is_hex;
    }
    return is_good ? true : err_set(e, ERR_NOT_FOUND, STR("the id is no uuid"));
}

/* A body is not needed; an empty object is as good as none. */
static bool check_empty_body(const struct exchange *x, struct err *e)
{
    return x->request.body.len == 0 || body_read(x, NULL, 0, e);
}

bool handle_user_reset_password(struct exchange *x, struct err *e)
{
    struct str hash;
    struct str password = password_make(x->arena);
    struct text t = {.arena = x->arena};
    if (!handler_check_id(x, e) || !check_empty_body(x, e))
        return false;
    /* Who may not, must not cost a hash: the actions of the account say it first. */
    struct db_rows *rows = NULL;
    if (!account_ask(
            x, &x->claim, false,
            "select 'reset-password' = any (u.actions) from api.users as u where u.id = $1",
            &x->route.id, 1, &rows, e))
        return false;
    if (db_row_count(rows) == 0)
        return err_set(e, ERR_NOT_FOUND, STR("no such account is visible"));
    if (!str_equal(db_value(rows, 0, 0), STR("t")))
        return err_set(e, ERR_FORBIDDEN, STR("reset-password is not among the actions"));
    if (!password_hash(x->arena, password, &hash, e))
        return false;
    const struct str params[] = {x->route.id, hash};
    if (!account_ask(x, &x->claim, false, "select private.user_reset_password($1, $2)", params, 2,
                     NULL, e))
        return false;
    text_append(&t, STR("{\"password\":"));
    json_write_string(&t, password);
    text_byte(&t, '}');
    body_answer(x, 200, text_str(&t));
    return true;
}

bool handle_session_revoke(struct exchange *x, struct err *e)
{
    if (!handler_check_id(x, e) ||
        !account_ask(x, &x->claim, false, "select api.session_revoke($1)", &x->route.id, 1, NULL,
                     e))
        return false;
    x->response.status = 204;
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
    return true;
}

/* The token acts as its maker does now, under the same membership. */
static const char token_sql[] =
    "with made as (insert into app.api_token (token_hash, name, user_id, membership_id, expires_at)"
    " values ($1, $2, private.my_user(), private.my_membership(),"
    " coalesce($3::timestamptz, now() + interval '90 days'))"
    " returning id, version, name, user_id, membership_id, created_at, expires_at)"
    " select row_to_json(m)::text from made as m";

bool handle_api_token_create(struct exchange *x, struct err *e)
{
    struct body_field fields[] = {{.name = STR_INIT("name"), .is_required = true, .most = 480},
                                  {.name = STR_INIT("expires_at"), .most = 40}};
    struct db_rows *rows = NULL;
    struct text t = {.arena = x->arena};
    if (!body_read(x, fields, 2, e))
        return false;
    struct str secret = token_make_secret(x->arena);
    const struct str params[] = {token_hash(x->arena, secret), fields[0].value, fields[1].value};
    if (!x->is_by_cookie) { /* a stolen token must not breed */
        e->reason = STR("session_needed");
        return err_set(e, ERR_FORBIDDEN, STR("only a session may make API tokens"));
    }
    if (!account_ask(x, &x->claim, false, token_sql, params, 3, &rows, e)) {
        if (e->code == ERR_INVALID && e->fields == NULL)
            return body_fault(x, e, "/expires_at", "bad_time");
        return false;
    }
    struct str made = db_value(rows, 0, 0);
    if (made.len < 2)
        return err_set(e, ERR_INTERNAL, STR("the new token gave no row"));
    text_append(&t, str_slice(made, 0, made.len - 1));
    text_append(&t, STR(",\"token\":"));
    json_write_string(&t, token_join(x->arena, x->token.scope, secret));
    text_byte(&t, '}');
    body_answer(x, 201, text_str(&t));
    return true;
}
