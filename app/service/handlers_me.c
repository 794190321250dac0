/* One's own account: who I am, my password, my second factor. */
#include "auth/password.h"
#include "auth/totp.h"
#include "base/clock.h"
#include "http/json.h"
#include "service/account.h"
#include "service/body.h"
#include "service/handlers.h"

bool handle_me_get(struct exchange *x, struct err *e)
{
    struct db_rows *facts = NULL;
    struct str me = STR("");
    int64_t version = 0;
    if (!account_me(x, &x->claim, &me, &facts, e))
        return false;
    if (!str_to_int(db_value(facts, 0, ME_VERSION), &version))
        version = 0;
    struct str etag = http_etag_make(x->arena, version, me);
    http_response_header(x->arena, &x->response, "ETag", etag);
    x->response.status = 200;
    if (http_etag_matches(x->request.if_none_match, etag)) {
        x->response.status = 304;
        return true;
    }
    x->response.content_type = STR("application/json");
    x->response.body = me;
    return true;
}

static void answer_nothing(struct exchange *x)
{
    x->response.status = 204;
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
}

bool handle_me_password(struct exchange *x, struct err *e)
{
    struct body_field fields[] = {{.name = STR_INIT("current"), .is_required = true, .most = 1024},
                                  {.name = STR_INIT("new"), .is_required = true, .most = 1024}};
    struct db_rows *facts = NULL;
    struct str hash;
    if (!body_read(x, fields, 2, e) || !account_check_password(x, fields[0].value, &facts, e))
        return false;
    const char *word = password_fault(x->arena, fields[1].value, db_value(facts, 0, ME_LOGIN),
                                      str_equal(db_value(facts, 0, ME_HAS_TOTP), STR("t")));
    if (word == NULL && str_equal(fields[0].value, fields[1].value))
        word = "weak_password"; /* a one-time password must not become the lasting one */
    if (word != NULL)
        return body_fault(x, e, "/new", word);
    if (!password_hash(x->arena, fields[1].value, &hash, e))
        return false;
    const struct str params[] = {x->claim.token_hash, hash, x->request.request_id};
    if (!account_ask(x, NULL, false, "select private.password_set($1, $2, $3)", params, 3, NULL, e))
        return false;
    answer_nothing(x);
    return true;
}

bool handle_totp_set(struct exchange *x, struct err *e)
{
    struct body_field fields[] = {{.name = STR_INIT("current"), .is_required = true, .most = 1024}};
    struct db_rows *facts = NULL;
    struct text t = {.arena = x->arena};
    if (!body_read(x, fields, 1, e) || !account_check_password(x, fields[0].value, &facts, e))
        return false;
    struct str secret = totp_make_secret(x->arena);
    const struct str params[] = {x->claim.token_hash, account_hex_from_bytes(x->arena, secret)};
    if (!account_ask(x, NULL, false, "select private.totp_set($1, $2)", params, 2, NULL, e))
        return false;
    text_append(&t, STR("{\"secret\":"));
    json_write_string(&t, totp_base32(x->arena, secret));
    text_append(&t, STR(",\"otpauth_uri\":"));
    json_write_string(&t, totp_uri(x->arena, secret, db_value(facts, 0, ME_LOGIN)));
    text_byte(&t, '}');
    body_answer(x, 201, text_str(&t));
    return true;
}

bool handle_totp_confirm(struct exchange *x, struct err *e)
{
    struct body_field fields[] = {{.name = STR_INIT("code"), .is_required = true, .most = 20}};
    struct db_rows *rows = NULL;
    int64_t step = 0;
    if (!body_read(x, fields, 1, e) ||
        !account_ask(x, NULL, false,
                     "select c.totp_secret, c.totp_confirmed from private.credential_of($1) as c",
                     &x->claim.token_hash, 1, &rows, e))
        return false;
    struct str secret = account_bytes_from_hex(x->arena, db_value(rows, 0, 0));
    bool is_waiting = secret.len > 0 && !str_equal(db_value(rows, 0, 1), STR("t"));
    if (is_waiting && !totp_check(secret, fields[0].value, clock_unix(), 0, &step))
        return body_fault(x, e, "/code", "bad_code");
    /* When none waits, the function says so. */
    const struct str params[] = {x->claim.token_hash,
                                 str_printf(x->arena, "%lld", (long long)step)};
    if (!account_ask(x, NULL, false, "select private.totp_confirm($1, $2)", params, 2, NULL, e))
        return false;
    answer_nothing(x);
    return true;
}

bool handle_totp_clear(struct exchange *x, struct err *e)
{
    struct body_field fields[] = {{.name = STR_INIT("current"), .is_required = true, .most = 1024}};
    struct db_rows *facts = NULL;
    if (!body_read(x, fields, 1, e) || !account_check_password(x, fields[0].value, &facts, e) ||
        !account_ask(x, NULL, false, "select private.totp_clear($1)", &x->claim.token_hash, 1, NULL,
                     e))
        return false;
    answer_nothing(x);
    return true;
}

bool handle_notices_read_all(struct exchange *x, struct err *e)
{
    if (x->request.body.len > 0 && !body_read(x, NULL, 0, e))
        return false;
    if (!account_ask(x, &x->claim, false, "select api.notices_read_all()", NULL, 0, NULL, e))
        return false;
    answer_nothing(x);
    return true;
}
