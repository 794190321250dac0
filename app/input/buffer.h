/* Inside input/: bytes that grow to a limit. Not an arena's: a reader lives longer than its rows.
 */
#ifndef DANVAN_INPUT_BUFFER_H
#define DANVAN_INPUT_BUFFER_H

#include "base/str.h"

struct buffer {
    char *ptr;
    size_t len;
    size_t cap;
    size_t most;
};

/* False: it would be longer than `most`, or memory is short. */
NODISCARD bool buffer_add(struct buffer *b, const char *bytes, size_t len);
/* A code point as UTF-8; what is no character becomes U+FFFD. */
NODISCARD bool buffer_add_point(struct buffer *b, uint32_t point);
void buffer_free(struct buffer *b);

#endif
