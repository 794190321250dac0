#include <inttypes.h>
#include <sodium.h>
#include <stdint.h>

#include "http/response.h"

/* 96 bits: two bodies of one item will not meet by chance, and the header stays short. libsodium's
 * least is 16 bytes, so the hash is cut. */
#define HASH_BYTES 12

struct str http_etag_make(struct arena *a, int64_t version, struct str body)
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    char hex[2 * HASH_BYTES + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)body.ptr, body.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, HASH_BYTES);
    if (version > 0)
        return str_printf(a, "\"v%" PRId64 "-%s\"", version, hex);
    return str_printf(a, "\"%s\"", hex);
}

/* Cuts the next entity tag off *rest: *tag gets what is between its quotes. False at the end or at
 * something that is no tag. A tag may hold commas, so the list is not cut at them. */
static bool next_tag(struct str *rest, struct str *tag)
{
    struct str s = str_trim(*rest);
    while (s.len > 0 && s.ptr[0] == ',')
        s = str_trim(str_slice(s, 1, s.len));
    if (str_starts(s, STR("W/")))
        s = str_slice(s, 2, s.len);
    if (s.len < 2 || s.ptr[0] != '"')
        return false;
    size_t end = str_find(s, '"', 1);
    if (end == s.len)
        return false;
    *tag = str_slice(s, 1, end);
    *rest = str_trim(str_slice(s, end + 1, s.len));
    return rest->len == 0 || rest->ptr[0] == ',';
}

bool http_etag_matches(struct str if_none_match, struct str etag)
{
    struct str ours;
    struct str theirs;
    struct str rest = if_none_match;
    if (str_equal(str_trim(if_none_match), STR("*")))
        return true;
    if (!next_tag(&etag, &ours))
        return false;
    while (next_tag(&rest, &theirs))
        if (str_equal(ours, theirs))
            return true;
    return false;
}

/* A weak tag is accepted too: nginx weakens ours when it compresses, and the version in it stays
 * true. The hash is not looked at: it tells what was seen, not what would be overwritten. */
bool http_if_match_version(struct str if_match, int64_t *version)
{
    struct str tag;
    struct str number;
    struct str hash;
    struct str rest = if_match;
    if (!next_tag(&rest, &tag) || rest.len > 0)
        return false;
    if (str_starts(tag, STR("v")))
        tag = str_slice(tag, 1, tag.len);
    str_cut(tag, '-', &number, &hash);
    return str_to_int(number, version) && *version > 0;
}
