/* Small files made on the spot, right and wrong, and a client that sends and fetches bytes. */
#ifndef DANVAN_TESTS_API_FILES_H
#define DANVAN_TESTS_API_FILES_H

#include "client.h"

struct bytes {
    char *ptr;
    size_t length;
};

struct bytes bytes_of(const void *ptr, size_t length);
#define BYTES(literal) bytes_of(literal, sizeof(literal) - 1)
struct bytes joined(struct bytes a, struct bytes b);
/* A PDF of about this size, unlike any other. */
struct bytes pdf_of(size_t size);

/* A ZIP archive of stored entries; `names` end with NULL. `flags` go into every directory entry and
 * `claimed` is the unpacked size that the first one claims (0: its own). */
struct bytes zip_of(const char *const *names, unsigned flags, uint32_t claimed);
struct bytes docx_of(void);
struct bytes xlsx_of(void);

/* Sends the bytes as the body of a POST. */
struct reply *send_file(const struct caller *c, const char *path, struct bytes content);

struct fetched {
    int curl; /* CURLcode: 0 is a whole answer */
    long status;
    struct bytes body;
};
struct fetched fetch_file(const struct caller *c, const char *path);

/* What PostgreSQL makes of the same bytes. */
const char *sha256_of(struct bytes content);

#endif
