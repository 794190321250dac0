/* Signing in, signing out, and acting for another of one's units. */
#include "auth/csrf.h"
#include "auth/password.h"
#include "auth/totp.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/json.h"
#include "service/account.h"
#include "service/body.h"
#include "service/claim.h"
#include "service/handlers.h"

struct credentials {
    struct str login;
    struct str password;
    struct str code; /* ptr NULL: none given */
};

/* Counts the failure and answers the one thing that every failure is told. */
static bool fail_login(struct exchange *x, struct str login, const char *why, struct err *e)
{
    return account_count_failure(x, login, e) && err_set(e, ERR_BAD_LOGIN, str_from(why));
}

/* The order keeps two secrets: whether the name exists (every path verifies one hash and writes one
 * failure), and whether a wrong password met an account with a second factor. */
static bool check_credentials(struct exchange *x, const struct credentials *c,
                              struct account *account, int64_t *totp_step, struct err *e)
{
    bool matches = false;
    *totp_step = 0;
    if (!account_look_up(x, c->login, account, e) ||
        !password_verify(x->arena, account->password_hash, c->password, &matches, e))
        return false;
    if (!matches || account->user_id.ptr == NULL)
        return fail_login(x, c->login, "wrong name or password", e);
    if (account->is_disabled)
        return fail_login(x, c->login, "account is disabled", e);
    if (account->totp_secret.len == 0)
        return true;
    if (c->code.ptr == NULL)
        return err_set(e, ERR_TOTP_REQUIRED, STR("no code given"));
    if (!totp_check(account->totp_secret, c->code, clock_unix(), account->totp_last_step,
                    totp_step))
        return fail_login(x, c->login, "wrong code", e);
    return true;
}

static void rehash_if_old(struct exchange *x, const struct account *account, struct str password)
{
    struct err e = {.code = ERR_INTERNAL};
    struct str fresh;
    if (!password_needs_rehash(x->arena, account->password_hash))
        return;
    if (password_hash(x->arena, password, &fresh, &e)) {
        const struct str params[] = {account->user_id, account->password_hash, fresh};
        if (account_ask(x, NULL, false, "select private.password_rehash($1, $2, $3)", params, 3,
                        NULL, &e))
            return;
    }
    log_say(LOG_WARNING, "rehash_failed", "%.*s", STR_ARG(e.cause)); /* next time, then */
}

/* Becomes the session just opened, so that the answer is what the new token may see. */
static void take_on(struct exchange *x, struct str scope, struct str secret)
{
    x->token = (struct token){.scope = scope, .secret = secret};
    x->is_by_cookie = true;
    x->claim = (struct db_claim){.role = token_role(x->arena, scope, false),
                                 .token_hash = token_hash(x->arena, secret),
                                 .token_kind = STR("session"),
                                 .request_id = x->request.request_id,
                                 .remote_addr = x->request.remote_addr};
}

static bool answer_session(struct exchange *x, int status, struct err *e)
{
    struct text t = {.arena = x->arena};
    struct db_rows *facts = NULL;
    struct str me = STR("");
    if (!account_me(x, &x->claim, &me, &facts, e))
        return false;
    text_byte(&t, '{');
    if (x->is_by_cookie) { /* a bearer token needs no proof against other sites */
        json_write_key(&t, STR("csrf_token"));
        json_write_string(&t, csrf_make(x->arena, x->token.secret));
        text_byte(&t, ',');
    }
    json_write_key(&t, STR("scope"));
    json_write_string(&t, x->token.scope);
    text_append(&t, STR(",\"membership_id\":"));
    json_write_string(&t, db_value(facts, 0, ME_MEMBERSHIP));
    text_append(&t, STR(",\"must_change_password\":"));
    text_append(&t, str_equal(db_value(facts, 0, ME_MUST_CHANGE), STR("t")) ? STR("true")
                                                                            : STR("false"));
    text_append(&t, STR(",\"user\":"));
    text_append(&t, me);
    text_byte(&t, '}');
    body_answer(x, status, text_str(&t));
    return true;
}

static bool set_cookie_and_answer(struct exchange *x, int status, struct err *e)
{
    if (!answer_session(x, status, e))
        return false;
    struct str token = token_join(x->arena, x->token.scope, x->token.secret);
    http_response_header(x->arena, &x->response, "Set-Cookie", claim_cookie(x, token));
    return true;
}

static bool read_credentials(struct exchange *x, struct credentials *out, struct err *e)
{
    struct body_field fields[] = {{.name = STR_INIT("login"), .is_required = true, .most = 200},
                                  {.name = STR_INIT("password"), .is_required = true, .most = 1024},
                                  {.name = STR_INIT("code"), .most = 20}};
    if (!body_read(x, fields, 3, e))
        return false;
    *out = (struct credentials){fields[0].value, fields[1].value, fields[2].value};
    return true;
}

bool handle_session_open(struct exchange *x, struct err *e)
{
    struct credentials given;
    struct account account;
    struct db_rows *rows = NULL;
    int64_t step = 0;
    if (!claim_check_origin(x, e) || !read_credentials(x, &given, e) ||
        !check_credentials(x, &given, &account, &step, e))
        return false;
    struct str secret = token_make_secret(x->arena);
    const struct str params[] = {
        account.user_id,
        token_hash(x->arena, secret),
        x->request.remote_addr,
        x->request.user_agent,
        x->request.request_id,
        step > 0 ? str_printf(x->arena, "%lld", (long long)step) : (struct str){NULL, 0},
    };
    if (!account_ask(x, NULL, false,
                     "select o.scope from private.login_open($1, $2, $3, $4, $5, $6) as o", params,
                     6, &rows, e)) {
        if (e->code == ERR_UNAUTHENTICATED) /* disabled meanwhile, or the code was used meanwhile */
            e->code = ERR_BAD_LOGIN;
        return false;
    }
    rehash_if_old(x, &account, given.password);
    take_on(x, db_value(rows, 0, 0), secret);
    return set_cookie_and_answer(x, 201, e);
}

bool handle_session_get(struct exchange *x, struct err *e)
{
    return answer_session(x, 200, e);
}

bool handle_session_close(struct exchange *x, struct err *e)
{
    const struct str params[] = {x->claim.token_hash, x->request.request_id};
    if (!x->is_by_cookie)
        return err_set(e, ERR_FORBIDDEN, STR("an API token is revoked, not signed out"));
    if (!account_ask(x, NULL, false, "select private.session_close($1, $2)", params, 2, NULL, e))
        return false;
    x->response.status = 204;
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
    http_response_header(x->arena, &x->response, "Set-Cookie", claim_cookie(x, STR("")));
    return true;
}

bool handle_session_switch(struct exchange *x, struct err *e)
{
    struct body_field fields[] = {
        {.name = STR_INIT("membership_id"), .is_required = true, .most = 64}};
    struct db_rows *rows = NULL;
    if (!x->is_by_cookie)
        return err_set(e, ERR_FORBIDDEN, STR("an API token acts for one membership"));
    if (!body_read(x, fields, 1, e))
        return false;
    struct str secret = token_make_secret(x->arena);
    const struct str params[] = {x->claim.token_hash, token_hash(x->arena, secret), fields[0].value,
                                 x->request.request_id};
    if (!account_ask(x, NULL, false, "select private.session_switch($1, $2, $3, $4)", params, 4,
                     &rows, e)) {
        if (e->code == ERR_INVALID && e->fields == NULL) /* no uuid at all */
            return body_fault(x, e, "/membership_id", "bad_uuid");
        return false;
    }
    take_on(x, db_value(rows, 0, 0), secret);
    return set_cookie_and_answer(x, 200, e);
}
