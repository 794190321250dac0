/* Strings as (pointer, length): never NUL-terminated by promise, never owning.
 *
 * A `struct str` borrows its bytes from somewhere that outlives it: a literal, the request's arena,
 * or the process. `struct text` is the one growable buffer; it lives in an arena and needs no free.
 */
#ifndef DANVAN_BASE_STR_H
#define DANVAN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define NODISCARD              __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

struct str {
    const char *ptr; /* may be NULL only when len is 0 */
    size_t len;
};

/* A str over a string literal; usable in static initialisers as STR_INIT. */
#define STR_INIT(lit)          \
    {                          \
        (lit), sizeof(lit) - 1 \
    }
#define STR(lit) ((struct str)STR_INIT(lit))
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

struct str str_from(const char *cstr); /* NULL gives the empty str */
bool str_equal(struct str a, struct str b);
bool str_equal_nocase(struct str a, struct str b); /* ASCII case only */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Index of byte `c` at or after `from`; s.len when absent. */
size_t str_find(struct str s, char c, size_t from);
/* Bytes [from, to) of s, both clipped to its length. */
struct str str_slice(struct str s, size_t from, size_t to);
/* s without leading and trailing spaces and tabs. */
struct str str_trim(struct str s);
/* Cuts s at the first `c`: *head gets what is before, *rest what is after; false (head = s, rest
 * empty) when `c` is absent. */
bool str_cut(struct str s, char c, struct str *head, struct str *rest);
/* Whole of s as a decimal int64 (optional '-'; no '+', no leading zeros, no spaces). */
NODISCARD bool str_to_int(struct str s, int64_t *out);
/* A NUL-terminated copy in the arena. A NUL inside s ends the copy early. */
char *str_cstr(struct arena *a, struct str s);
struct str str_copy(struct arena *a, struct str s);
struct str str_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Valid UTF-8 (no surrogates, no overlongs, at most U+10FFFF)? */
bool str_is_utf8(struct str s);
/* Length (1 to 4) of the valid UTF-8 character that begins at byte `at`; 0 when there is none. */
size_t str_utf8_char(struct str s, size_t at);

/* Growable text in an arena. Zero-initialise, set `arena`; append never fails (arena rules). */
struct text {
    struct arena *arena;
    char *ptr;
    size_t len;
    size_t cap;
};

void text_append(struct text *t, struct str s);
void text_byte(struct text *t, char c);
void text_printf(struct text *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str text_str(const struct text *t); /* borrowed from t until its next append */

#endif
