#include "http/request.h"

/* RFC 6265 sends pairs "name=value; name=value" without telling which host or path set them, so a
 * neighbour host may plant a second one of our name. Which of two is ours cannot be known. */
bool http_cookie_get(struct str header, struct str name, struct str *out)
{
    size_t hits = 0;
    struct str rest = header;
    while (rest.len > 0) {
        struct str piece;
        struct str key;
        struct str value;
        str_cut(rest, ';', &piece, &rest);
        if (!str_cut(piece, '=', &key, &value))
            continue;
        if (str_equal(str_trim(key), name)) {
            *out = str_trim(value);
            hits++;
        }
    }
    if (hits != 1)
        *out = STR("");
    return hits == 1;
}
