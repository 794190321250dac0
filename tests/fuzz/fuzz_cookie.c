#include "fuzz.h"
#include "http/negotiate.h"

static bool is_inside(struct str part, struct str whole)
{
    return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

/* The header values a client writes freely: Cookie, Accept-Language, Accept, Prefer. What is found
 * must lie inside of what was given. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str offers[] = {STR_INIT("application/json"), STR_INIT("text/csv")};
    struct str header = {(const char *)data, size};
    struct str value = {0};
    if (http_cookie_get(header, STR("danvan_session"), &value))
        MUST(is_inside(value, header));
    else
        MUST(value.len == 0);

    enum http_language language = http_language_pick(header);
    MUST(language == HTTP_VI || language == HTTP_EN);
    int picked = http_accept_pick(header, offers, 2);
    MUST(picked >= -1 && picked < 2);

    struct http_request r = {.prefer = header};
    value = STR("");
    if (http_prefer_get(&r, STR("count"), &value))
        MUST(is_inside(value, header));
    return 0;
}
