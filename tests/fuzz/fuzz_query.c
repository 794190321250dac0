#include <string.h>

#include "fuzz.h"
#include "http/query.h"

static bool has_nul(struct str s)
{
    return str_find(s, '\0', 0) < s.len;
}

static void try_query(struct arena *a, struct str raw)
{
    struct http_pair *pairs;
    size_t count;
    struct err e = {0};
    if (!http_query_parse(a, raw, &pairs, &count, &e)) {
        MUST(e.code == ERR_BAD_QUERY && count == 0);
        return;
    }
    MUST(count <= HTTP_QUERY_MAX);
    for (size_t i = 0; i < count; i++) {
        MUST(pairs[i].name.len > 0 && !has_nul(pairs[i].name) && !has_nul(pairs[i].value));
        MUST(str_is_utf8(pairs[i].name) && str_is_utf8(pairs[i].value));
        for (size_t j = 0; j < i; j++)
            MUST(!str_equal(pairs[i].name, pairs[j].name));
    }
}

/* The bytes as the REQUEST_URI of a whole request. */
static void try_uri(struct arena *a, struct str raw)
{
    struct str path;
    struct str query;
    str_cut(raw, '?', &path, &query);
    const struct http_pair params[] = {
        {STR_INIT("REQUEST_METHOD"), STR_INIT("GET")},
        {STR_INIT("REQUEST_URI"), raw},
        {STR_INIT("QUERY_STRING"), query},
    };
    struct http_request r;
    struct err e = {0};
    if (!http_request_read(a, params, 3, STR(""), &r, &e))
        return;
    MUST(r.path.len > 0 && r.path.ptr[0] == '/' && str_is_utf8(r.path) && !has_nul(r.path));
    MUST(memmem(r.path.ptr, r.path.len, "//", 2) == NULL);
    MUST(memmem(r.path.ptr, r.path.len, "/../", 4) == NULL && !str_ends(r.path, STR("/..")));
    MUST(memmem(r.path.ptr, r.path.len, "/./", 3) == NULL && !str_ends(r.path, STR("/.")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct str raw = {(const char *)data, size};
    try_query(a, raw);
    try_uri(a, raw);
    return 0;
}
