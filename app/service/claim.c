#include "service/claim.h"

#include <stdlib.h>
#include <string.h>

#include "auth/csrf.h"
#include "base/clock.h"
#include "base/log.h"
#include "service/handlers.h"

#define SCOPES_MAX          64
#define RELOAD_NO_SOONER_US ((int64_t)10000000)

/* The scopes are rows of app.scope: read anew with every connection, and when a token names one
 * that is not among them. */
struct scope_list {
    unsigned generation; /* of the connection they were read by */
    int64_t read_at_us;
    size_t count;
    char names[SCOPES_MAX][TOKEN_SCOPE_MAX + 1];
};

struct scope_list *scope_list_open(void)
{
    return calloc(1, sizeof(struct scope_list));
}

void scope_list_close(struct scope_list *s)
{
    free(s);
}

static bool load_scopes(struct exchange *x, struct err *e)
{
    struct scope_list *list = x->worker->scopes;
    struct db_rows *rows = NULL;
    struct db_stmt stmt = {.sql = STR("select s.code from private.scope_list() as s")};
    struct db_tx tx = {.read_only = true, .stmts = &stmt, .stmt_count = 1};
    if (!tx_run(x->worker->db, x->arena, &tx, &rows, NULL, e))
        return false;
    list->count = 0;
    for (size_t i = 0; i < db_row_count(rows) && list->count < SCOPES_MAX; i++) {
        struct str name = db_value(rows, i, 0);
        if (name.len == 0 || name.len > TOKEN_SCOPE_MAX)
            continue;
        memcpy(list->names[list->count], name.ptr, name.len);
        list->names[list->count++][name.len] = '\0';
    }
    list->generation = db_generation(x->worker->db);
    list->read_at_us = clock_us();
    return true;
}

static bool has_scope(const struct scope_list *list, struct str scope)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(str_from(list->names[i]), scope))
            return true;
    return false;
}

static bool check_scope(struct exchange *x, struct err *e)
{
    const struct scope_list *list = x->worker->scopes;
    struct db_conn *db = x->worker->db;
    bool is_stale = list->read_at_us == 0 || list->generation != db_generation(db);
    if (is_stale && !load_scopes(x, e))
        return false;
    if (!has_scope(list, x->token.scope) && clock_us() - list->read_at_us > RELOAD_NO_SOONER_US &&
        !load_scopes(x, e))
        return false;
    if (!has_scope(list, x->token.scope))
        return err_set(e, ERR_UNAUTHENTICATED, STR("the token names an unknown scope"));
    return true;
}

bool claim_is_secure(const struct exchange *x)
{
    enum cookie_secure setting = x->worker->config->secure_cookie;
    return setting == COOKIE_ALWAYS || (setting == COOKIE_AUTO && x->request.is_https);
}

struct str claim_cookie(const struct exchange *x, struct str token)
{
    bool is_secure = claim_is_secure(x);
    return str_printf(x->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Strict%s%s",
                      is_secure ? TOKEN_COOKIE_SECURE : TOKEN_COOKIE, STR_ARG(token),
                      is_secure ? "; Secure" : "", token.len == 0 ? "; Max-Age=0" : "");
}

static struct str own_origin(const struct exchange *x)
{
    struct str set = str_from(x->worker->config->public_origin);
    if (set.len > 0)
        return set;
    return str_printf(x->arena, "%s://%.*s", x->request.is_https ? "https" : "http",
                      STR_ARG(x->request.host));
}

bool claim_check_origin(const struct exchange *x, struct err *e)
{
    const struct http_request *r = &x->request;
    if (r->origin.len == 0 && r->fetch_site.len == 0)
        return true;
    if (!csrf_is_same_origin(r->origin, r->fetch_site, own_origin(x)))
        return err_set(e, ERR_CSRF, STR("Origin or Sec-Fetch-Site is another site's"));
    return true;
}

/* A bearer token goes before a cookie: who sends both means the token. */
static bool read_token(struct exchange *x, struct err *e)
{
    const struct http_request *r = &x->request;
    struct str cookie = STR("");
    if (r->authorization.len > 0) {
        if (token_from_bearer(r->authorization, &x->token))
            return true;
        return err_set(e, ERR_UNAUTHENTICATED, STR("Authorization is no bearer token of ours"));
    }
    const char *name = claim_is_secure(x) ? TOKEN_COOKIE_SECURE : TOKEN_COOKIE;
    if (!http_cookie_get(r->cookie, str_from(name), &cookie))
        return err_set(e, ERR_UNAUTHENTICATED, STR("no token"));
    if (!token_parse(cookie, &x->token))
        return err_set(e, ERR_UNAUTHENTICATED, STR("the cookie is no token of ours"));
    x->is_by_cookie = true;
    return true;
}

static bool check_csrf(const struct exchange *x, struct err *e)
{
    if (!x->is_by_cookie || http_method_is_safe(x->request.method))
        return true;
    if (!claim_check_origin(x, e))
        return false;
    if (!csrf_matches(x->token.secret, x->request.csrf_token))
        return err_set(e, ERR_CSRF, STR("X-CSRF-Token is missing or wrong"));
    return true;
}

bool claim_make(struct exchange *x, struct err *e)
{
    const struct http_request *r = &x->request;
    const struct handler *h = x->route.handler;
    if (h != NULL && h->access != NEEDS_SIGN_IN)
        return true;
    if (!read_token(x, e) || !check_csrf(x, e) || !check_scope(x, e))
        return false;
    x->claim = (struct db_claim){
        .role = token_role(x->arena, x->token.scope, !http_method_is_safe(r->method)),
        .token_hash = token_hash(x->arena, x->token.secret),
        .token_kind = x->is_by_cookie ? STR("session") : STR("api_token"),
        .request_id = r->request_id,
        .remote_addr = r->remote_addr,
    };
    return true;
}

void claim_touch(struct exchange *x)
{
    struct err e = {.code = ERR_INTERNAL};
    struct db_rows *rows = NULL;
    struct db_stmt stmt = {.sql = STR("select private.touch_session($1)"),
                           .params = &x->claim.token_hash,
                           .param_count = 1};
    struct db_tx tx = {.stmts = &stmt, .stmt_count = 1};
    db_set_deadline(x->worker->db, 0);
    if (!tx_run(x->worker->db, x->arena, &tx, &rows, NULL, &e))
        log_say(LOG_WARNING, "touch_failed", "%.*s", STR_ARG(e.cause));
}
