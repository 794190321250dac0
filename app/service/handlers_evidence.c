/* Files in and out of PostgreSQL, piece by piece: a file is many times what a request may take in
 * memory, and neither direction ever has more of it than one piece. */
#include <sodium.h>

#include "base/log.h"
#include "http/json.h"
#include "service/handlers.h"
#include "service/spool.h"

#define PIECE_SIZE (256 * 1024) /* evidence_piece_size */
#define MIB        ((uint64_t)1 << 20)

/* One worker serves one request at a time. */
static char piece[PIECE_SIZE];

static const char add_sql[] =
    "select a.id, a.is_new from api.evidence_add($1, $2, $3, $4, $5, $6) as a";
static const char put_sql[] = "select api.evidence_put($1, $2, $3)";
static const char item_sql[] =
    "select row_to_json(v)::text from (select e.id, e.record_kind, e.record_id, e.unit_id,"
    " e.unit_name, e.name, e.media_type, e.size, e.sha256, e.added_by, e.created_at, e.actions"
    " from api.evidence as e where e.id = $1) as v";
static const char facts_sql[] =
    "select e.name, e.media_type, e.size, e.sha256 from api.evidence as e where e.id = $1";
static const char piece_sql[] = "select p from api.evidence_piece($1, $2) as p";

static struct str number_text(struct arena *a, uint64_t number)
{
    return str_printf(a, "%llu", (unsigned long long)number);
}

static bool refuse_query(struct exchange *x, struct err *e, struct str name, const char *word)
{
    return err_field(x->arena, e, ERR_BAD_QUERY, str_printf(x->arena, "?%.*s", STR_ARG(name)),
                     str_from(word));
}

/* ---- in ---- */

struct upload {
    struct spool spool;
    struct str name;
    enum file_type type;
    struct str sha256;
    struct str id;
    bool is_new;
};

static bool read_name(struct exchange *x, struct str *out, struct err *e)
{
    const struct http_request *r = &x->request;
    *out = STR("");
    for (size_t i = 0; i < r->query_count; i++) {
        if (!str_equal(r->query[i].name, STR("name")))
            return refuse_query(x, e, r->query[i].name, "unknown_parameter");
        *out = json_nfc(x->arena, r->query[i].value);
    }
    const char *word = file_name_fault(*out);
    return word == NULL ? true : refuse_query(x, e, STR("name"), word);
}

static bool hash(struct exchange *x, struct upload *u, struct err *e)
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

static bool sniff(struct exchange *x, struct upload *u, struct err *e)
{
    const struct byte_source source = {spool_read, &u->spool, u->spool.size};
    const char *word = NULL;
    if (file_type_sniff(&source, &u->type, &word) && !file_type_fits(u->type, u->name))
        word = "extension_mismatch";
    if (word == NULL)
        return true;
    return err_field(x->arena, e, ERR_INVALID, STR(""), str_from(word));
}

static bool add(struct exchange *x, struct upload *u, const char *kind, struct err *e)
{
    struct db_rows *rows = NULL;
    const struct str params[] = {str_from(kind),
                                 x->route.id,
                                 u->name,
                                 str_from(file_type_media(u->type)),
                                 number_text(x->arena, u->spool.size),
                                 u->sha256};
    struct db_stmt stmt = {
        .sql = str_from(add_sql), .params = params, .param_count = 6, .expects_row = true};
    if (!tx_statement(x->worker->db, x->arena, &stmt, false, &rows, e))
        return false;
    u->id = db_value(rows, 0, 0);
    u->is_new = str_equal(db_value(rows, 0, 1), STR("t"));
    return true;
}

static bool put_pieces(struct exchange *x, const struct upload *u, struct err *e)
{
    struct spool spool = u->spool;
    for (uint64_t at = 0; at < spool.size; at += sizeof piece) {
        size_t len = spool.size - at < sizeof piece ? (size_t)(spool.size - at) : sizeof piece;
        const struct str params[] = {u->id, number_text(x->arena, at / sizeof piece)};
        struct db_stmt stmt = {.sql = str_from(put_sql), .params = params, .param_count = 2};
        if (!spool_read(&spool, at, piece, len))
            return err_set(e, ERR_INTERNAL, STR("the spooled body cannot be read"));
        if (!tx_put_bytes(x->worker->db, x->arena, &stmt, (struct str){piece, len}, e))
            return false;
    }
    return true;
}

static bool read_item(struct exchange *x, const struct upload *u, struct str *json, struct err *e)
{
    struct db_rows *rows = NULL;
    struct db_stmt stmt = {
        .sql = str_from(item_sql), .params = &u->id, .param_count = 1, .expects_row = true};
    if (!tx_statement(x->worker->db, x->arena, &stmt, false, &rows, e))
        return false;
    *json = db_value(rows, 0, 0);
    return true;
}

static bool attach(struct exchange *x, struct upload *u, const char *kind, struct str *json,
                   struct err *e)
{
    /* Who may not sign in, makes us read no file. */
    bool is_good = tx_begin(x->worker->db, x->arena, &x->claim, &x->who, e) && hash(x, u, e) &&
                   sniff(x, u, e) && add(x, u, kind, e) && (!u->is_new || put_pieces(x, u, e)) &&
                   read_item(x, u, json, e) && tx_commit(x->worker->db, x->arena, e);
    if (!is_good)
        tx_rollback(x->worker->db);
    return is_good;
}

static void allow_time(struct exchange *x)
{
    db_set_deadline(x->worker->db,
                    x->started_us + (int64_t)x->worker->config->file_deadline_ms * 1000);
}

static bool upload(struct exchange *x, const char *kind, struct err *e)
{
    struct upload u = {.is_new = false};
    struct str json = STR("");
    if (!handler_check_id(x, e) || !read_name(x, &u.name, e) || !spool_open(x, &u.spool, e))
        return false;
    if (u.spool.size > (uint64_t)x->worker->config->file_mib * MIB)
        return err_set(e, ERR_TOO_LARGE, STR("the file is larger than file_mib"));
    allow_time(x);
    if (!attach(x, &u, kind, &json, e))
        return false;
    x->response.status = u.is_new ? 201 : 200;
    x->response.content_type = STR("application/json");
    x->response.body = json;
    http_response_header(x->arena, &x->response, "Location",
                         str_printf(x->arena, "/api/v1/evidence/%.*s", STR_ARG(u.id)));
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
    return true;
}

bool handle_evidence_of_progress_entry(struct exchange *x, struct err *e)
{
    return upload(x, "progress_entry", e);
}

bool handle_evidence_of_report(struct exchange *x, struct err *e)
{
    return upload(x, "report", e);
}

bool handle_evidence_of_document(struct exchange *x, struct err *e)
{
    return upload(x, "document", e);
}

bool handle_evidence_of_meeting(struct exchange *x, struct err *e)
{
    return upload(x, "meeting", e);
}

/* ---- out ---- */

struct download {
    struct str id;
    struct str name;
    struct str media_type;
    struct str etag;
    uint64_t size;
    uint64_t left; /* not yet handed to the worker */
    uint64_t next; /* number of the piece that is read next */
    size_t have;   /* bytes of a piece that waits in `piece` */
};

static bool read_facts(struct exchange *x, struct download *d, struct err *e)
{
    struct db_rows *rows = NULL;
    int64_t size = 0;
    struct db_stmt stmt = {
        .sql = str_from(facts_sql), .params = &d->id, .param_count = 1, .expects_row = true};
    if (!tx_statement(x->worker->db, x->arena, &stmt, false, &rows, e))
        return false;
    d->name = db_value(rows, 0, 0);
    d->media_type = db_value(rows, 0, 1);
    d->etag = str_printf(x->arena, "\"%.*s\"", STR_ARG(db_value(rows, 0, 3)));
    if (!str_to_int(db_value(rows, 0, 2), &size) || size < 1)
        return err_set(e, ERR_INTERNAL, STR("a file without a size"));
    d->size = (uint64_t)size;
    return true;
}

static bool fetch(struct exchange *x, struct download *d, struct err *e)
{
    const struct str params[] = {d->id, number_text(x->arena, d->next)};
    struct db_stmt stmt = {.sql = str_from(piece_sql), .params = params, .param_count = 2};
    if (!tx_get_bytes(x->worker->db, x->arena, &stmt, piece, sizeof piece, &d->have, e))
        return false;
    if (d->have == 0 || d->have > d->left)
        return err_set(e, ERR_INTERNAL, STR("the pieces are not as long as the file"));
    d->next++;
    return true;
}

static bool next_bytes(struct exchange *x, struct str *bytes, struct err *e)
{
    struct download *d = x->stream.state;
    *bytes = STR("");
    if (d->left == 0)
        return true;
    if (d->have == 0 && !fetch(x, d, e))
        return false;
    *bytes = (struct str){piece, d->have};
    d->left -= d->have;
    d->have = 0;
    return true;
}

static void write_head(struct exchange *x, const struct download *d)
{
    struct http_response *r = &x->response;
    bool is_known = http_etag_matches(x->request.if_none_match, d->etag);
    r->status = is_known ? 304 : 200;
    r->content_type = d->media_type;
    r->is_streamed = true;
    r->streamed_length = d->size;
    http_response_header(x->arena, r, "ETag", d->etag);
    http_response_header(x->arena, r, "Content-Disposition",
                         file_name_disposition(x->arena, d->name));
    /* Should a browser show it all the same: no script, no origin. */
    http_response_header(x->arena, r, "Content-Security-Policy",
                         STR("default-src 'none'; frame-ancestors 'none'; sandbox"));
}

bool handle_evidence_content(struct exchange *x, struct err *e)
{
    struct download *d = arena_alloc(x->arena, sizeof *d);
    *d = (struct download){.id = x->route.id};
    if (x->request.query_count > 0)
        return refuse_query(x, e, x->request.query[0].name, "unknown_parameter");
    if (!handler_check_id(x, e))
        return false;
    allow_time(x);
    /* The first piece too is read before the answer begins: what fails until then is told. */
    bool is_good =
        tx_begin_read(x->worker->db, x->arena, &x->claim, &x->who, e) && read_facts(x, d, e);
    d->left = d->size;
    if (is_good)
        write_head(x, d);
    bool has_body = is_good && x->response.status == 200 && x->request.method != HTTP_HEAD;
    if (has_body && !fetch(x, d, e)) {
        e->code = e->code == ERR_NOT_FOUND ? ERR_INTERNAL : e->code;
        is_good = has_body = false;
    }
    if (has_body)
        x->stream = (struct body_stream){.next = next_bytes, .state = d};
    else
        tx_rollback(x->worker->db);
    return is_good;
}
