/* Proof that an unsafe request with a cookie comes from the site's own page: the browser says so
 * (Origin, Sec-Fetch-Site), and the page shows a token that only it could read. Pure functions. */
#ifndef DANVAN_AUTH_CSRF_H
#define DANVAN_AUTH_CSRF_H

#include "base/arena.h"
#include "base/str.h"

/* base64url(HMAC-SHA256(key = secret text, "csrf")): bound to the session, nothing to store. */
struct str csrf_make(struct arena *a, struct str secret);
/* In constant time. */
NODISCARD bool csrf_matches(struct str secret, struct str shown);
/* own_origin: "https://host[:port]". Headers that are absent (empty) prove nothing and break
 * nothing: systems other than browsers do not send them. */
NODISCARD bool csrf_is_same_origin(struct str origin, struct str fetch_site, struct str own_origin);

#endif
