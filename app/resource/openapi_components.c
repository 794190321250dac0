/* What operations refer to: parameters, headers, problems. */
#include "resource/openapi_text.h"

const int openapi_statuses[] = {400, 401, 403, 404, 405, 406, 409, 412,
                                413, 415, 422, 428, 429, 500, 503, 0};

struct part {
    const char *key;
    const char *json;
};

static void put_parts(struct text *t, const char *key, const struct part *parts, size_t count)
{
    json_open(t, key, '{');
    for (size_t i = 0; i < count; i++)
        json_put_raw(t, parts[i].key, parts[i].json);
    json_close(t, '}');
}
#define PUT_PARTS(t, key, parts) put_parts(t, key, parts, sizeof(parts) / sizeof(*(parts)))

static const struct part security[] = {
    {"session",
     "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-danvan_session\",\"description\":"
     "\"Set by POST /session; over plain http on this machine the name is danvan_session\"}"},
    {"token", "{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":\"An API token, for other "
              "systems\"}"},
};

#define STRING "\"schema\":{\"type\":\"string\"}}"
static const struct part parameters[] = {
    {"limit", "{\"name\":\"limit\",\"in\":\"query\",\"description\":\"Rows of a page: without, "
              "20, and never more than 200; as CSV or XLSX all of them, up to 10000\","
              "\"schema\":{\"type\":\"integer\",\"minimum\":1}}"},
    {"cursor", "{\"name\":\"cursor\",\"in\":\"query\",\"description\":\"From the next address of "
               "the page before\"," STRING},
    {"as_of", "{\"name\":\"as_of\",\"in\":\"query\",\"description\":\"As it was on this day; "
              "without: today\","
              "\"schema\":{\"type\":\"string\",\"format\":\"date\"}}"},
    {"dry_run", "{\"name\":\"dry_run\",\"in\":\"query\",\"description\":\"true: everything is "
                "checked and run, then undone\","
                "\"schema\":{\"type\":\"boolean\",\"default\":false}}"},
    {"accept_language", "{\"name\":\"Accept-Language\",\"in\":\"header\",\"description\":\"vi "
                        "(default) or en\"," STRING},
    {"prefer", "{\"name\":\"Prefer\",\"in\":\"header\",\"description\":\"count=exact or "
               "count=estimated fills total\"," STRING},
    {"if_match", "{\"name\":\"If-Match\",\"in\":\"header\",\"required\":true,"
                 "\"description\":\"The ETag seen, or the version in quotes\"," STRING},
    {"if_none_match", "{\"name\":\"If-None-Match\",\"in\":\"header\",\"description\":\"The ETag "
                      "had: 304 when it is still so\"," STRING},
    {"idempotency_key", "{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"description\":"
                        "\"The same key with the same request is answered again, not done again\","
                        "\"schema\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}}"},
    {"csrf_token", "{\"name\":\"X-CSRF-Token\",\"in\":\"header\",\"description\":"
                   "\"csrf_token of the session; not with a bearer token\"," STRING},
};

static const struct part headers[] = {
    {"etag",
     "{\"description\":\"Tag of this representation; an item's begins with its version\"," STRING},
    {"location", "{\"description\":\"Address of what was made\"," STRING},
    {"link", "{\"description\":\"CSV, XLSX: the next page, rel=next\"," STRING},
    {"preference_applied", "{\"description\":\"The preference that was followed\"," STRING},
    {"idempotency_replayed",
     "{\"description\":\"true: the kept answer of the first request\"," STRING},
    {"content_language", "{\"description\":\"Language of messages\"," STRING},
    {"retry_after", "{\"description\":\"Seconds\",\"schema\":{\"type\":\"integer\"}}"},
};

/* "slug: title; slug: title" of the errors with this status. */
static struct str describe_status(struct arena *a, int status)
{
    struct text t = {.arena = a};
    for (int code = 0; code < ERR__MAX; code++) {
        const struct err_kind *kind = err_kind((enum err_code)code);
        if (kind->status != status)
            continue;
        text_printf(&t, "%s%s: %s", t.len > 0 ? "; " : "", kind->slug, kind->title_en);
    }
    return text_str(&t);
}

void openapi_components(struct text *t)
{
    json_open(t, "components", '{');
    PUT_PARTS(t, "securitySchemes", security);
    PUT_PARTS(t, "parameters", parameters);
    PUT_PARTS(t, "headers", headers);
    json_open(t, "responses", '{');
    json_put_raw(t, "not_modified", "{\"description\":\"Unchanged since the ETag given\"}");
    for (size_t i = 0; openapi_statuses[i] != 0; i++) {
        int status = openapi_statuses[i];
        json_open(t, str_printf(t->arena, "problem_%d", status).ptr, '{');
        json_put_str(t, "description", describe_status(t->arena, status));
        json_open(t, "headers", '{');
        json_put_ref(t, "Content-Language", "headers", "content_language");
        if (status == 429 || status == 503)
            json_put_ref(t, "Retry-After", "headers", "retry_after");
        json_close(t, '}');
        json_open_content(t, "application/problem+json");
        json_put_ref(t, "schema", "schemas", "problem");
        json_close(t, '}');
        json_close(t, '}');
        json_close(t, '}');
    }
    json_close(t, '}');
    openapi_schemas(t);
    json_close(t, '}');
}
