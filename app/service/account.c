#include "service/account.h"

#include "auth/password.h"
#include "service/body.h"

bool account_ask(struct exchange *x, const struct db_claim *claim, bool read_only, const char *sql,
                 const struct str *params, size_t param_count, struct db_rows **rows, struct err *e)
{
    struct db_rows *unused = NULL;
    struct db_stmt stmt = {.sql = str_from(sql), .params = params, .param_count = param_count};
    struct db_tx tx = {.read_only = read_only, .stmts = &stmt, .stmt_count = 1};
    if (claim != NULL)
        tx.claim = *claim;
    return tx_run(x->worker->db, x->arena, &tx, rows == NULL ? &unused : rows,
                  claim == NULL ? NULL : &x->who, e);
}

/* The view's columns are the answer's fields, in the view's order. */
static const char me_sql[] = "select row_to_json(m)::text, m.version, m.must_change_password, "
                             "m.has_totp, m.login, m.membership_id"
                             " from api.me as m";

bool account_me(struct exchange *x, const struct db_claim *claim, struct str *json,
                struct db_rows **facts, struct err *e)
{
    struct db_rows *rows = NULL;
    if (!account_ask(x, claim, true, me_sql, NULL, 0, &rows, e))
        return false;
    if (db_row_count(rows) != 1)
        return err_set(e, ERR_INTERNAL, STR("api.me gave no row"));
    *json = db_value(rows, 0, 0);
    if (facts != NULL)
        *facts = rows;
    return true;
}

bool account_look_up(struct exchange *x, struct str login, struct account *out, struct err *e)
{
    struct db_rows *rows = NULL;
    int64_t retry_after = 0;
    const struct str params[] = {login, x->request.remote_addr};
    if (!account_ask(
            x, NULL, true,
            "select a.user_id, a.password_hash, a.totp_secret, a.totp_last_step, a.retry_after,"
            " a.is_disabled from private.login_lookup($1, $2) as a",
            params, 2, &rows, e))
        return false;
    if (db_row_count(rows) != 1)
        return err_set(e, ERR_INTERNAL, STR("login_lookup gave no row"));
    if (str_to_int(db_value(rows, 0, 4), &retry_after) && retry_after > 0) {
        e->retry_after = retry_after < 86400 ? (int)retry_after : 86400;
        return err_set(e, ERR_THROTTLED, STR("too many failures"));
    }
    *out = (struct account){.user_id = db_value(rows, 0, 0),
                            .password_hash = db_value(rows, 0, 1),
                            .totp_secret = account_bytes_from_hex(x->arena, db_value(rows, 0, 2)),
                            .is_disabled = str_equal(db_value(rows, 0, 5), STR("t"))};
    if (!str_to_int(db_value(rows, 0, 3), &out->totp_last_step))
        out->totp_last_step = 0;
    return true;
}

bool account_count_failure(struct exchange *x, struct str login, struct err *e)
{
    const struct str params[] = {login, x->request.remote_addr, x->request.request_id};
    return account_ask(x, NULL, false, "select private.login_failed($1, $2, $3)", params, 3, NULL,
                       e);
}

/* Asked under the reading role: an account whose one-time password must be changed may not write.
 */
static bool ask_me(struct exchange *x, struct db_rows **facts, struct err *e)
{
    struct db_claim claim = x->claim;
    struct str me = STR("");
    claim.role = token_role(x->arena, x->token.scope, false);
    return account_me(x, &claim, &me, facts, e);
}

bool account_check_password(struct exchange *x, struct str password, struct db_rows **facts,
                            struct err *e)
{
    struct account account = {.is_disabled = false};
    bool matches = false;
    if (!x->is_by_cookie) {
        e->reason = STR("session_needed");
        return err_set(e, ERR_FORBIDDEN, STR("only a session may do this, not an API token"));
    }
    if (!ask_me(x, facts, e))
        return false;
    struct str login = db_value(*facts, 0, ME_LOGIN);
    if (!account_look_up(x, login, &account, e) ||
        !password_verify(x->arena, account.password_hash, password, &matches, e))
        return false;
    if (matches)
        return true;
    return account_count_failure(x, login, e) && body_fault(x, e, "/current", "wrong_password");
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str account_bytes_from_hex(struct arena *a, struct str hex)
{
    if (!str_starts(hex, STR("\\x")) || hex.len % 2 != 0)
        return STR("");
    size_t len = (hex.len - 2) / 2;
    char *out = arena_alloc(a, len + 1);
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(hex.ptr[2 + 2 * i]);
        int low = hex_digit(hex.ptr[3 + 2 * i]);
        if (high < 0 || low < 0)
            return STR("");
        out[i] = (char)(high << 4 | low);
    }
    return (struct str){out, len};
}

struct str account_hex_from_bytes(struct arena *a, struct str bytes)
{
    static const char digits[] = "0123456789abcdef";
    struct text t = {.arena = a};
    text_append(&t, STR("\\x"));
    for (size_t i = 0; i < bytes.len; i++) {
        text_byte(&t, digits[(unsigned char)bytes.ptr[i] >> 4]);
        text_byte(&t, digits[(unsigned char)bytes.ptr[i] & 15]);
    }
    return text_str(&t);
}
