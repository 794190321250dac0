#include "http/request.h"

#include <string.h>

#include "http/negotiate.h"
#include "http/query.h"

/* What the audit trail keeps of a user agent. */
#define USER_AGENT_MAX 400

static const struct {
    struct str name;
    bool is_safe;
} methods[HTTP_METHOD__MAX] = {
#define X(m, text, safe) [m] = {STR_INIT(text), (safe)},
    HTTP_METHOD_LIST(X)
#undef X
};

const char *http_method_name(enum http_method m)
{
    return (unsigned)m < HTTP_METHOD__MAX ? methods[m].name.ptr : "";
}

bool http_method_is_safe(enum http_method m)
{
    return (unsigned)m < HTTP_METHOD__MAX && methods[m].is_safe;
}

/* Parameters copied as they are, and where they go. */
static const struct {
    struct str param;
    size_t offset;
} copied[] = {
#define FIELD(param, member)                                   \
    {                                                          \
        STR_INIT(param), offsetof(struct http_request, member) \
    }
    FIELD("HTTP_COOKIE", cookie),
    FIELD("HTTP_AUTHORIZATION", authorization),
    FIELD("HTTP_X_CSRF_TOKEN", csrf_token),
    FIELD("HTTP_ORIGIN", origin),
    FIELD("HTTP_SEC_FETCH_SITE", fetch_site),
    FIELD("HTTP_HOST", host),
    FIELD("HTTP_IF_MATCH", if_match),
    FIELD("HTTP_IF_NONE_MATCH", if_none_match),
    FIELD("HTTP_IDEMPOTENCY_KEY", idempotency_key),
    FIELD("HTTP_PREFER", prefer),
    FIELD("HTTP_ACCEPT", accept),
    FIELD("REMOTE_ADDR", remote_addr),
#undef FIELD
};

static bool param_get(const struct http_pair *params, size_t count, struct str name,
                      struct str *out)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(params[i].name, name)) {
            *out = params[i].value;
            return true;
        }
    }
    *out = STR("");
    return false;
}

/* The gate refuses doubles too; here it protects whoever builds a request another way. */
static bool has_double(const struct http_pair *params, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (str_equal(params[i].name, params[j].name))
                return true;
    return false;
}

/* A header value may go into the database or the log: text only, no control but tab. */
static bool is_header_text(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return str_is_utf8(s);
}

static bool read_copied(struct arena *a, const struct http_pair *params, size_t count,
                        struct http_request *out, struct err *e)
{
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
        struct str value;
        param_get(params, count, copied[i].param, &value);
        if (!is_header_text(value))
            return err_set(e, ERR_BAD_REQUEST, copied[i].param);
        value = str_copy(a, value);
        memcpy((char *)out + copied[i].offset, &value, sizeof value);
    }
    return true;
}

/* Browsers may send anything here, and it decides nothing: repaired, never refused. */
static struct str read_user_agent(struct arena *a, struct str raw)
{
    bool is_text = is_header_text(raw);
    size_t len = raw.len < USER_AGENT_MAX ? raw.len : USER_AGENT_MAX;
    while (is_text && len < raw.len && len > 0 && ((unsigned char)raw.ptr[len] & 0xc0) == 0x80)
        len--; /* not in the middle of a character */
    char *copy = str_cstr(a, str_slice(raw, 0, len));
    for (size_t i = 0; !is_text && i < len; i++)
        if (copy[i] < 0x20 || copy[i] > 0x7e)
            copy[i] = '?';
    return (struct str){copy, len};
}

static struct str read_request_id(struct arena *a, struct str raw)
{
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return STR("");
    }
    return raw.len == 32 ? str_copy(a, raw) : STR("");
}

static bool read_method(struct str text, struct http_request *out, struct err *e)
{
    for (size_t i = 0; i < HTTP_METHOD__MAX; i++) {
        if (str_equal(text, methods[i].name)) {
            out->method = (enum http_method)i;
            return true;
        }
    }
    return err_set(e, ERR_METHOD, STR("unknown method"));
}

/* "/a//b", "/a/./b" and "/a/../b" name other things to other readers (nginx's location match among
 * them), so they name nothing here. One slash at the end is the router's business. */
static const char *path_fault(struct str path)
{
    if (path.len == 0 || path.ptr[0] != '/')
        return "the path does not begin with a slash";
    struct str rest = str_slice(path, 1, path.len);
    bool has_more = rest.len > 0;
    while (has_more) {
        struct str segment;
        has_more = str_cut(rest, '/', &segment, &rest);
        if (segment.len == 0 && has_more)
            return "an empty segment in the path";
        if (str_equal(segment, STR(".")) || str_equal(segment, STR("..")))
            return "a dot segment in the path";
    }
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7f)
            return "a control character in the path";
    return NULL;
}

/* %2F would be a slash that no router meant. */
static bool has_encoded_slash(struct str raw)
{
    for (size_t at = str_find(raw, '%', 0); at < raw.len; at = str_find(raw, '%', at + 1))
        if (str_equal_nocase(str_slice(raw, at, at + 3), STR("%2f")))
            return true;
    return false;
}

/* REQUEST_URI is what the client sent; DOCUMENT_URI was already normalised by nginx and would hide
 * how. Its query part must be the QUERY_STRING: two readings of one request are no reading. */
static bool read_target(struct arena *a, const struct http_pair *params, size_t count,
                        struct http_request *out, struct err *e)
{
    struct str uri;
    struct str raw_path;
    struct str raw_query;
    struct str query_string;
    param_get(params, count, STR("REQUEST_URI"), &uri);
    str_cut(uri, '?', &raw_path, &raw_query);
    const char *why = NULL;
    if (has_encoded_slash(raw_path))
        why = "an encoded slash in the path";
    if (why == NULL)
        why = http_percent_decode(a, raw_path, false, &out->path);
    if (why == NULL)
        why = path_fault(out->path);
    if (why == NULL && param_get(params, count, STR("QUERY_STRING"), &query_string) &&
        !str_equal(query_string, raw_query))
        why = "QUERY_STRING is not the query of REQUEST_URI";
    if (why != NULL) {
        out->path = STR("");
        return err_set(e, ERR_BAD_REQUEST, str_from(why));
    }
    return http_query_parse(a, raw_query, &out->query, &out->query_count, e);
}

static bool read_content_type(struct arena *a, struct str raw, struct http_request *out,
                              struct err *e)
{
    struct str type;
    struct str parameters;
    str_cut(raw, ';', &type, &parameters);
    type = str_trim(type);
    if (!is_header_text(raw))
        return err_set(e, ERR_BAD_REQUEST, STR("CONTENT_TYPE"));
    char *lower = str_cstr(a, type);
    for (size_t i = 0; i < type.len; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] - 'A' + 'a');
    out->content_type = (struct str){lower, type.len};
    while (parameters.len > 0) {
        struct str item;
        struct str name;
        struct str value;
        str_cut(parameters, ';', &item, &parameters);
        str_cut(str_trim(item), '=', &name, &value);
        if (str_equal_nocase(name, STR("charset")) && !str_equal_nocase(value, STR("utf-8")) &&
            !str_equal_nocase(value, STR("\"utf-8\"")))
            return err_set(e, ERR_MEDIA_TYPE, STR("charset is not utf-8"));
    }
    return true;
}

static bool read_body(struct arena *a, const struct http_pair *params, size_t count,
                      struct str body, struct http_request *out, struct err *e)
{
    struct str length;
    struct str type;
    int64_t announced = 0;
    param_get(params, count, STR("CONTENT_LENGTH"), &length);
    param_get(params, count, STR("CONTENT_TYPE"), &type);
    if (length.len > 0 && (!str_to_int(length, &announced) || announced < 0))
        return err_set(e, ERR_BAD_REQUEST, STR("CONTENT_LENGTH is no number"));
    if (length.len > 0 && (uint64_t)announced != body.len)
        return err_set(e, ERR_BAD_REQUEST, STR("the body is not CONTENT_LENGTH long"));
    out->body = body;
    return body.len == 0 || read_content_type(a, type, out, e);
}

bool http_request_read(struct arena *a, const struct http_pair *params, size_t count,
                       struct str body, struct http_request *out, struct err *e)
{
    struct str value;
    *out = (struct http_request){.method = HTTP_GET};
    if (count > HTTP_PARAMS_MAX)
        return err_set(e, ERR_BAD_REQUEST, STR("too many parameters"));
    /* First what an error answer needs. */
    param_get(params, count, STR("REQUEST_ID"), &value);
    out->request_id = read_request_id(a, value);
    param_get(params, count, STR("HTTP_ACCEPT_LANGUAGE"), &value);
    out->language = http_language_pick(value);
    param_get(params, count, STR("HTTP_USER_AGENT"), &value);
    out->user_agent = read_user_agent(a, value);
    param_get(params, count, STR("HTTPS"), &value);
    out->is_https = str_equal(value, STR("on"));

    if (has_double(params, count))
        return err_set(e, ERR_BAD_REQUEST, STR("a doubled parameter"));
    param_get(params, count, STR("REQUEST_METHOD"), &value);
    return read_method(value, out, e) && read_copied(a, params, count, out, e) &&
           read_target(a, params, count, out, e) && read_body(a, params, count, body, out, e);
}

bool http_query_get(const struct http_request *r, struct str name, struct str *out)
{
    for (size_t i = 0; i < r->query_count; i++) {
        if (str_equal(r->query[i].name, name)) {
            *out = r->query[i].value;
            return true;
        }
    }
    return false;
}
