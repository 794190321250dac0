/* A file to be imported: what it is, who sent it for what, its pieces. Read it is by the job
 * runner. */
#include <sodium.h>

#include "http/json.h"
#include "input/sheet.h"
#include "resource/value.h"
#include "resources/import_kinds.h"
#include "service/handlers.h"
#include "service/job.h"
#include "service/spool.h"

#define MIB             ((uint64_t)1 << 20)
#define SHEET_NAME_MAX  31 /* Excel's */
#define IDEMPOTENCY_MAX 200

static char piece[JOB_PIECE_SIZE];

static const char add_sql[] = "select api.import_add($1, $2, $3, $4, $5, $6, $7, $8)";
static const char put_sql[] = "select api.import_put($1, $2, $3)";
static const char item_sql[] =
    "select row_to_json(v)::text from (select * from api.imports as i where i.id = $1) as v";
static const char again_sql[] =
    "select status, reply, reply_headers from private.idempotency_begin($1, $2)";
static const char keep_sql[] = "select private.idempotency_store($1, '202', $2, $3)";

struct import_upload {
    struct spool spool;
    const struct import_kind *kind;
    struct str name;
    struct str is_dry_run;
    struct str converts_legacy;
    struct str options; /* JSON */
    enum sheet_format format;
    struct str sha256;
    struct str id;
    struct str json;
    bool is_replay;
};

static bool refuse_query(struct exchange *x, struct err *e, struct str name, const char *word)
{
    return err_field(x->arena, e, ERR_BAD_QUERY, str_printf(x->arena, "?%.*s", STR_ARG(name)),
                     str_from(word));
}

/* ---- the query ---- */

static bool read_switch(struct exchange *x, struct err *e, const struct http_pair *q,
                        struct str *out)
{
    if (!str_equal(q->value, STR("true")) && !str_equal(q->value, STR("false")))
        return refuse_query(x, e, q->name, "wrong_type");
    *out = q->value;
    return true;
}

static bool read_kind(struct exchange *x, struct err *e, const struct http_pair *q,
                      const struct import_kind **out)
{
    *out = import_kind_find(q->value);
    return *out != NULL || refuse_query(x, e, q->name, "not_a_choice");
}

static void add_option(struct text *options, const char *key, struct str value)
{
    text_append(options, options->len == 0 ? STR("{") : STR(","));
    json_write_key(options, str_from(key));
    json_write_string(options, value);
}

/* What the rows belong to where the file does not say. */
static bool read_option(struct exchange *x, struct err *e, const struct http_pair *q,
                        struct text *options)
{
    static const struct {
        struct str name;
        const char *key;
    } ids[] = {{STR_INIT("course"), "course_id"},
               {STR_INIT("plan"), "plan_id"},
               {STR_INIT("period"), "period_id"}};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (!str_equal(q->name, ids[i].name))
            continue;
        if (!value_is_uuid(q->value))
            return refuse_query(x, e, q->name, "bad_uuid");
        add_option(options, ids[i].key, q->value);
        return true;
    }
    if (!str_equal(q->name, STR("sheet")))
        return refuse_query(x, e, q->name, "unknown_parameter");
    if (q->value.len == 0 || value_characters(q->value) > SHEET_NAME_MAX ||
        !value_is_printable(q->value))
        return refuse_query(x, e, q->name, "bad_name");
    add_option(options, "sheet", json_nfc(x->arena, q->value));
    return true;
}

static bool read_parameter(struct exchange *x, struct err *e, const struct http_pair *q,
                           struct import_upload *u, struct text *options)
{
    if (str_equal(q->name, STR("kind")))
        return read_kind(x, e, q, &u->kind);
    if (str_equal(q->name, STR("dry_run")))
        return read_switch(x, e, q, &u->is_dry_run);
    if (str_equal(q->name, STR("converts_legacy")))
        return read_switch(x, e, q, &u->converts_legacy);
    if (str_equal(q->name, STR("name"))) {
        u->name = json_nfc(x->arena, q->value);
        const char *word = file_name_fault(u->name);
        return word == NULL || refuse_query(x, e, q->name, word);
    }
    return read_option(x, e, q, options);
}

static bool read_query(struct exchange *x, struct import_upload *u, struct err *e)
{
    struct text options = {.arena = x->arena};
    bool is_good = true;
    u->is_dry_run = STR("true");
    u->converts_legacy = STR("false");
    for (size_t i = 0; i < x->request.query_count; i++)
        is_good = read_parameter(x, e, &x->request.query[i], u, &options) && is_good;
    if (is_good && u->kind == NULL)
        is_good = refuse_query(x, e, STR("kind"), "required");
    if (is_good && u->name.len == 0)
        is_good = refuse_query(x, e, STR("name"), "required");
    text_append(&options, options.len == 0 ? STR("{}") : STR("}"));
    u->options = text_str(&options);
    return is_good;
}

/* ---- the file ---- */

static bool hash(struct exchange *x, struct import_upload *u, struct err *e)
{
    crypto_hash_sha256_state state;
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof digest + 1];
    crypto_hash_sha256_init(&state);
    for (uint64_t at = 0; at < u->spool.size;) {
        size_t len =
            u->spool.size - at < sizeof piece ? (size_t)(u->spool.size - at) : sizeof piece;
        if (!spool_read(&u->spool, at, piece, len))
            return err_set(e, ERR_INTERNAL, STR("the spooled body cannot be read"));
        crypto_hash_sha256_update(&state, (const unsigned char *)piece, len);
        at += len;
    }
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    u->sha256 = str_copy(x->arena, str_from(hex));
    return true;
}

static bool sniff(struct exchange *x, struct import_upload *u, struct err *e)
{
    const struct byte_source source = {spool_read, &u->spool, u->spool.size};
    const char *word = NULL;
    if (sheet_sniff(&source, &u->format, &word))
        return true;
    return err_field(x->arena, e, ERR_INVALID, STR(""), str_from(word));
}

static bool ask(struct exchange *x, const char *sql, const struct str *params, size_t count,
                struct db_rows **rows, struct err *e)
{
    struct db_stmt stmt = {
        .sql = str_from(sql), .params = params, .param_count = count, .expects_row = true};
    return tx_statement(x->worker->db, x->arena, &stmt, false, rows, e);
}

static bool add(struct exchange *x, struct import_upload *u, struct err *e)
{
    struct db_rows *rows = NULL;
    const struct str params[] = {u->kind->name,
                                 u->name,
                                 u->format == SHEET_XLSX ? STR("xlsx") : STR("csv"),
                                 str_printf(x->arena, "%llu", (unsigned long long)u->spool.size),
                                 u->sha256,
                                 u->is_dry_run,
                                 u->converts_legacy,
                                 u->options};
    if (!ask(x, add_sql, params, 8, &rows, e))
        return false;
    u->id = db_value(rows, 0, 0);
    return true;
}

static bool put_pieces(struct exchange *x, struct import_upload *u, struct err *e)
{
    for (uint64_t at = 0; at < u->spool.size; at += sizeof piece) {
        size_t len =
            u->spool.size - at < sizeof piece ? (size_t)(u->spool.size - at) : sizeof piece;
        const struct str params[] = {
            u->id, str_printf(x->arena, "%llu", (unsigned long long)(at / sizeof piece))};
        struct db_stmt stmt = {.sql = str_from(put_sql), .params = params, .param_count = 2};
        if (!spool_read(&u->spool, at, piece, len))
            return err_set(e, ERR_INTERNAL, STR("the spooled body cannot be read"));
        if (!tx_put_bytes(x->worker->db, x->arena, &stmt, (struct str){piece, len}, e))
            return false;
    }
    return true;
}

/* ---- once, however often it is sent ---- */

static bool check_key(struct exchange *x, struct err *e)
{
    struct str key = x->request.idempotency_key;
    if (key.len > IDEMPOTENCY_MAX)
        return err_set(e, ERR_BAD_REQUEST, STR("long Idempotency-Key"));
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] < 0x20 || key.ptr[i] > 0x7e)
            return err_set(e, ERR_BAD_REQUEST, STR("unprintable Idempotency-Key"));
    return true;
}

static bool look_back(struct exchange *x, struct import_upload *u, struct err *e)
{
    struct str key = x->request.idempotency_key;
    struct db_rows *rows = NULL;
    if (key.len == 0)
        return true;
    const struct str params[] = {
        key, str_printf(x->arena, "import:%.*s:%.*s:%.*s:%.*s:%.*s:%.*s", STR_ARG(u->kind->name),
                        STR_ARG(u->name), STR_ARG(u->is_dry_run), STR_ARG(u->converts_legacy),
                        STR_ARG(u->sha256), STR_ARG(u->options))};
    if (!ask(x, again_sql, params, 2, &rows, e)) {
        if (str_equal(e->reason, STR("in_flight")))
            e->code = ERR_IN_FLIGHT;
        if (str_equal(e->reason, STR("key_reused")))
            e->code = ERR_KEY_REUSED;
        return false;
    }
    if (db_value(rows, 0, 0).ptr == NULL)
        return true;
    u->is_replay = true;
    u->json = db_value(rows, 0, 1);
    u->id = db_value(rows, 0, 2);
    return true;
}

static bool keep(struct exchange *x, const struct import_upload *u, struct err *e)
{
    struct db_rows *rows = NULL;
    const struct str params[] = {x->request.idempotency_key, u->json, u->id};
    return params[0].len == 0 || ask(x, keep_sql, params, 3, &rows, e);
}

static bool make(struct exchange *x, struct import_upload *u, struct err *e)
{
    struct db_rows *rows = NULL;
    if (!add(x, u, e) || !put_pieces(x, u, e) || !ask(x, item_sql, &u->id, 1, &rows, e))
        return false;
    u->json = db_value(rows, 0, 0);
    return keep(x, u, e);
}

static bool take_file(struct exchange *x, struct import_upload *u, struct err *e)
{
    /* Who may not sign in, makes us read no file. */
    bool is_good = tx_begin(x->worker->db, x->arena, &x->claim, &x->who, e) && hash(x, u, e) &&
                   sniff(x, u, e) && look_back(x, u, e) &&
                   (u->is_replay || (make(x, u, e) && tx_commit(x->worker->db, x->arena, e)));
    if (!is_good || u->is_replay)
        tx_rollback(x->worker->db);
    return is_good;
}

bool handle_import_upload(struct exchange *x, struct err *e)
{
    struct import_upload u = {.name = STR_INIT("")};
    const struct config *c = x->worker->config;
    if (!read_query(x, &u, e) || !check_key(x, e) || !spool_open(x, &u.spool, e))
        return false;
    if (u.spool.size > (uint64_t)c->file_mib * MIB)
        return err_set(e, ERR_TOO_LARGE, STR("the file is larger than file_mib"));
    db_set_deadline(x->worker->db, x->started_us + (int64_t)c->file_deadline_ms * 1000);
    if (!take_file(x, &u, e))
        return false;
    x->response.status = 202;
    x->response.content_type = STR("application/json");
    x->response.body = u.json;
    http_response_header(x->arena, &x->response, "Location",
                         str_printf(x->arena, "/api/v1/imports/%.*s", STR_ARG(u.id)));
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
    if (u.is_replay)
        http_response_header(x->arena, &x->response, "Idempotency-Replayed", STR("true"));
    return true;
}

/* ---- the header to fill in under ---- */

bool handle_import_template(struct exchange *x, struct err *e)
{
    const struct import_kind *kind = NULL;
    struct text t = {.arena = x->arena};
    for (size_t i = 0; i < x->request.query_count; i++) {
        const struct http_pair *q = &x->request.query[i];
        if (!str_equal(q->name, STR("kind")))
            return refuse_query(x, e, q->name, "unknown_parameter");
        if (!read_kind(x, e, q, &kind))
            return false;
    }
    if (kind == NULL)
        return refuse_query(x, e, STR("kind"), "required");
    text_append(&t, STR("\xef\xbb\xbf"));
    for (size_t i = 0; i < kind->column_count; i++)
        text_printf(&t, "%s%.*s", i == 0 ? "" : ",", STR_ARG(kind->columns[i].name));
    text_append(&t, STR("\r\n"));
    x->response.status = 200;
    x->response.content_type = STR("text/csv; charset=utf-8");
    x->response.body = text_str(&t);
    http_response_header(
        x->arena, &x->response, "Content-Disposition",
        file_name_disposition(x->arena, str_printf(x->arena, "%.*s.csv", STR_ARG(kind->name))));
    return true;
}
