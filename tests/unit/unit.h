/* What every unit test program shares: a main around one suite, and comparisons of strings that
 * carry their length. */
#ifndef DANVAN_UNIT_H
#define DANVAN_UNIT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define UNIT_CAP ((size_t)16 * 1024 * 1024)

#define ck_assert_text_eq(actual, expected)                                         \
    do {                                                                            \
        struct str unit_got = (actual);                                             \
        struct str unit_want = str_from(expected);                                  \
        ck_assert_msg(str_equal(unit_got, unit_want), "got \"%.*s\", not \"%.*s\"", \
                      STR_ARG(unit_got), STR_ARG(unit_want));                       \
    } while (0)

#define ck_assert_contains(haystack, needle)                                                  \
    do {                                                                                      \
        struct str unit_hay = (haystack);                                                     \
        const char *unit_needle = (needle);                                                   \
        ck_assert_msg(memmem(unit_hay.ptr, unit_hay.len, unit_needle, strlen(unit_needle)) != \
                          NULL,                                                               \
                      "\"%s\" is not in \"%.*s\"", unit_needle, STR_ARG(unit_hay));           \
    } while (0)

#define ck_assert_lacks(haystack, needle)                                                     \
    do {                                                                                      \
        struct str unit_hay = (haystack);                                                     \
        const char *unit_needle = (needle);                                                   \
        ck_assert_msg(memmem(unit_hay.ptr, unit_hay.len, unit_needle, strlen(unit_needle)) == \
                          NULL,                                                               \
                      "\"%s\" is in \"%.*s\"", unit_needle, STR_ARG(unit_hay));               \
    } while (0)

/* Opens `arena` before each test and closes it after, so that a leak shows. */
#define UNIT_ARENA                    \
    static struct arena *arena;       \
    static void unit_open(void)       \
    {                                 \
        arena = arena_open(UNIT_CAP); \
        ck_assert_ptr_nonnull(arena); \
    }                                 \
    static void unit_close(void)      \
    {                                 \
        arena_close(arena);           \
    }

static inline int unit_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
