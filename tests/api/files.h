/* Small files made on the spot, right and wrong, and a client that sends and fetches bytes. */
#ifndef DANVAN_TESTS_API_FILES_H
#define DANVAN_TESTS_API_FILES_H

#include "client.h"

#define MIB ((size_t)1 << 20)

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

/* Who attaches, and a draft of theirs to attach to. */
#define OFFICER "dongxoai.chuyenvien"
const char *draft(void);

const char *upload_path(const char *kind, const char *id, const char *name);
struct reply *attach(const struct caller *c, const char *document, const char *name,
                     struct bytes content);
struct fetched content_of(const struct caller *c, const char *id);
/* How many files the caller sees on a record. */
size_t count_on(const struct caller *c, const char *record);

/* What PostgreSQL makes of the same bytes. */
const char *sha256_of(struct bytes content);

#endif
