/* JSON at the edge.
 *
 * json_scan is the strict RFC 8259 gate that stands before json-c, which accepts much that is not
 * JSON: it refuses depth over 16, doubled keys (after unescaping), numbers that are not integers
 * within int64, NUL (raw or \u0000), lone surrogates, bad UTF-8, anything after the value.
 * Pure and fuzzed. The writer makes output text; strings are escaped and assumed valid UTF-8. */
#ifndef DANVAN_HTTP_JSON_H
#define DANVAN_HTTP_JSON_H

#include "base/arena.h"
#include "base/err.h"

struct json_object;

#define JSON_DEPTH_MAX 16

/* On failure *at is the byte offset and *why a static English phrase. Needs scratch from `a` for
 * doubled-key detection. */
NODISCARD bool json_scan(struct arena *a, struct str text, size_t *at, const char **why);
/* *why in Vietnamese; also static. */
const char *json_fault_vi(const char *why);
/* Scan, NFC-normalise string values, parse with json-c; the root is adopted by the arena. */
NODISCARD bool json_parse(struct arena *a, struct str text, struct json_object **out,
                          struct err *e);

void json_write_string(struct text *t, struct str s); /* with quotes */
void json_write_key(struct text *t, struct str key);  /* "key": */
void json_write_int(struct text *t, int64_t v);
/* s in NFC (utf8proc), in the arena; s itself when it is already so. s must be valid UTF-8. */
struct str json_nfc(struct arena *a, struct str s);

#endif
