#include <signal.h>
#include <stdint.h>

#include "unit.h"

UNIT_ARENA

static char released[16];
static size_t released_count;

static void note_release(void *handle)
{
    released[released_count++] = *(char *)handle;
}

static bool is_zero(const unsigned char *p, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (p[i] != 0)
            return false;
    return true;
}

START_TEST(an_allocation_is_zeroed_and_aligned)
{
    for (size_t size = 0; size < 200; size++) {
        unsigned char *p = arena_alloc(arena, size);
        ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
        ck_assert(is_zero(p, size));
        memset(p, 0xff, size);
    }
}
END_TEST

START_TEST(memory_used_again_after_reset_is_zeroed)
{
    unsigned char *before = arena_alloc(arena, 1000);
    memset(before, 0xff, 1000);
    arena_reset(arena);
    ck_assert_uint_eq(arena_used(arena), 0);
    unsigned char *after = arena_alloc(arena, 1000);
    ck_assert_ptr_eq(before, after);
    ck_assert(is_zero(after, 1000));
}
END_TEST

START_TEST(small_and_large_allocations_do_not_overlap)
{
    enum { COUNT = 400 };
    unsigned char *parts[COUNT];
    size_t sizes[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        sizes[i] = i % 50 == 0 ? 40000 : 1 + i * 13 % 3000;
        parts[i] = arena_alloc(arena, sizes[i]);
        memset(parts[i], (int)(i & 0xff), sizes[i]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        size_t same = 0;
        while (same < sizes[i] && parts[i][same] == (i & 0xff))
            same++;
        ck_assert_uint_eq(same, sizes[i]);
    }
}
END_TEST

START_TEST(taking_more_than_the_cap_jumps_to_the_recovery_point)
{
    jmp_buf recovery;
    volatile size_t taken = 0;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(arena, &recovery);
        for (;;) {
            arena_alloc(arena, 1024);
            taken += 1024;
        }
    }
    ck_assert_int_eq(why, ARENA_OVER_CAP);
    ck_assert_uint_eq(taken, UNIT_CAP);
    arena_reset(arena);
    arena_alloc(arena, 1024); /* and it goes on */
}
END_TEST

START_TEST(an_array_whose_size_overflows_is_over_the_cap)
{
    jmp_buf recovery;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(arena, &recovery);
        arena_alloc_array(arena, SIZE_MAX / 2, 3);
    }
    ck_assert_int_eq(why, ARENA_OVER_CAP);
}
END_TEST

START_TEST(a_size_near_the_end_of_size_t_is_over_the_cap)
{
    jmp_buf recovery;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(arena, &recovery);
        arena_alloc(arena, SIZE_MAX - (size_t)_i);
    }
    ck_assert_int_eq(why, ARENA_OVER_CAP);
}
END_TEST

START_TEST(without_a_recovery_point_an_exhausted_arena_aborts)
{
    arena_alloc(arena, UNIT_CAP + 1);
}
END_TEST

START_TEST(a_disarmed_recovery_point_is_not_jumped_to)
{
    jmp_buf recovery;
    if (setjmp(recovery) == 0) {
        arena_set_recovery(arena, &recovery);
        arena_set_recovery(arena, NULL);
        arena_alloc(arena, UNIT_CAP + 1);
    }
}
END_TEST

START_TEST(adopted_handles_are_released_last_first)
{
    released_count = 0;
    static char a = 'a';
    static char b = 'b';
    static char c = 'c';
    ck_assert_ptr_eq(arena_adopt(arena, &a, note_release), &a);
    arena_adopt(arena, &b, note_release);
    arena_adopt(arena, &c, note_release);
    arena_reset(arena);
    ck_assert_uint_eq(released_count, 3);
    ck_assert_mem_eq(released, "cba", 3);
    arena_reset(arena);
    ck_assert_uint_eq(released_count, 3); /* once only */
}
END_TEST

START_TEST(a_null_handle_is_not_adopted)
{
    released_count = 0;
    ck_assert_ptr_null(arena_adopt(arena, NULL, note_release));
    arena_reset(arena);
    ck_assert_uint_eq(released_count, 0);
}
END_TEST

START_TEST(a_handle_that_cannot_be_registered_is_released_at_once)
{
    released_count = 0;
    static char a = 'a';
    jmp_buf recovery;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(arena, &recovery);
        arena_fail_at(arena, 1);
        arena_adopt(arena, &a, note_release);
    }
    ck_assert_int_eq(why, ARENA_NO_MEMORY);
    ck_assert_uint_eq(released_count, 1);
    arena_reset(arena);
    ck_assert_uint_eq(released_count, 1);
}
END_TEST

START_TEST(the_nth_allocation_fails_when_asked_and_only_that_one)
{
    jmp_buf recovery;
    volatile int done = 0;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(arena, &recovery);
        arena_fail_at(arena, 3);
        for (done = 0; done < 10; done++)
            arena_alloc(arena, 8);
    }
    ck_assert_int_eq(why, ARENA_NO_MEMORY);
    ck_assert_int_eq(done, 2);
    arena_alloc(arena, 8);
}
END_TEST

START_TEST(growing_keeps_the_bytes_in_place_or_moved)
{
    char *p = arena_alloc(arena, 4);
    memcpy(p, "abcd", 4);
    char *q = arena_grow(arena, p, 4, 400);
    ck_assert_ptr_eq(p, q); /* it was the last allocation */
    arena_alloc(arena, 1);
    q = arena_grow(arena, q, 400, 900);
    ck_assert_ptr_ne(p, q);
    ck_assert_mem_eq(q, "abcd", 4);
    ck_assert_ptr_eq(arena_grow(arena, q, 900, 10), q); /* never shrinks */
    q = arena_grow(arena, q, 900, 300000);
    ck_assert_mem_eq(q, "abcd", 4);
}
END_TEST

/* A megabyte grown by doubling, with other things taken in between: what is used in the end is what
 * is held, not the sum of all that was. */
START_TEST(what_grows_large_is_paid_for_once)
{
    size_t size = 128 * 1024;
    size_t before = arena_used(arena);
    unsigned char *p = arena_alloc(arena, size);
    memset(p, 'x', size);
    while (size < 1024 * 1024) {
        p = arena_grow(arena, p, size, 2 * size);
        memset(p + size, 'x', size);
        size *= 2;
        arena_alloc(arena, 20 * 1024);
    }
    ck_assert_uint_le(arena_used(arena) - before, size + 3 * 20 * 1024);
    size_t kept = 0;
    while (kept < size && p[kept] == 'x')
        kept++;
    ck_assert_uint_eq(kept, size);
}
END_TEST

START_TEST(growing_counts_against_the_cap)
{
    jmp_buf recovery;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(arena, &recovery);
        char *p = arena_alloc(arena, 16);
        arena_grow(arena, p, 16, UNIT_CAP);
        arena_alloc(arena, 16);
    }
    ck_assert_int_eq(why, ARENA_OVER_CAP);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, an_allocation_is_zeroed_and_aligned);
    tcase_add_test(tests, memory_used_again_after_reset_is_zeroed);
    tcase_add_test(tests, small_and_large_allocations_do_not_overlap);
    tcase_add_test(tests, taking_more_than_the_cap_jumps_to_the_recovery_point);
    tcase_add_test(tests, an_array_whose_size_overflows_is_over_the_cap);
    tcase_add_loop_test(tests, a_size_near_the_end_of_size_t_is_over_the_cap, 0, 40);
    tcase_add_test_raise_signal(tests, without_a_recovery_point_an_exhausted_arena_aborts, SIGABRT);
    tcase_add_test_raise_signal(tests, a_disarmed_recovery_point_is_not_jumped_to, SIGABRT);
    tcase_add_test(tests, adopted_handles_are_released_last_first);
    tcase_add_test(tests, a_null_handle_is_not_adopted);
    tcase_add_test(tests, a_handle_that_cannot_be_registered_is_released_at_once);
    tcase_add_test(tests, the_nth_allocation_fails_when_asked_and_only_that_one);
    tcase_add_test(tests, growing_keeps_the_bytes_in_place_or_moved);
    tcase_add_test(tests, what_grows_large_is_paid_for_once);
    tcase_add_test(tests, growing_counts_against_the_cap);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
