/* The table of prepared statements of one connection. */
#include "unit.h"

#include <stdio.h>

#include "db/stmt.h"

static struct stmt_cache cache;
static char evicted[STMT_NAME_SIZE];

static void close_cache(void)
{
    stmt_clear(&cache);
}

START_TEST(same_text_and_role_is_one_entry)
{
    struct stmt_entry *first = stmt_get(&cache, STR("r"), STR("select 1"), evicted);
    ck_assert_ptr_eq(stmt_get(&cache, STR("r"), STR("select 1"), evicted), first);
    ck_assert_str_eq(stmt_sql(first), "select 1");
    ck_assert_int_eq(first->state, STMT_UNKNOWN);
}
END_TEST

START_TEST(another_role_is_another_entry)
{
    struct stmt_entry *first = stmt_get(&cache, STR("a"), STR("bc"), evicted);
    struct stmt_entry *second = stmt_get(&cache, STR("ab"), STR("c"), evicted);
    struct stmt_entry *third = stmt_get(&cache, STR(""), STR("abc"), evicted);
    ck_assert_ptr_ne(first, second);
    ck_assert_ptr_ne(first, third);
    ck_assert_ptr_eq(stmt_get(&cache, (struct str){NULL, 0}, STR("abc"), evicted), third);
    ck_assert_str_ne(first->name, second->name);
}
END_TEST

START_TEST(the_longest_unused_goes_first)
{
    char sql[32];
    for (int i = 0; i < STMT_CAP; i++) {
        snprintf(sql, sizeof sql, "select %d", i);
        struct stmt_entry *entry = stmt_get(&cache, STR("r"), str_from(sql), evicted);
        entry->state = STMT_READY;
        ck_assert_str_eq(evicted, "");
    }
    struct stmt_entry *kept = stmt_get(&cache, STR("r"), STR("select 0"), evicted);
    struct stmt_entry *victim = stmt_get(&cache, STR("r"), STR("select 1"), evicted);
    stmt_get(&cache, STR("r"), STR("select 0"), evicted);
    for (int i = 2; i < STMT_CAP; i++) {
        snprintf(sql, sizeof sql, "select %d", i);
        stmt_get(&cache, STR("r"), str_from(sql), evicted);
    }
    char wanted[STMT_NAME_SIZE];
    memcpy(wanted, victim->name, sizeof wanted);
    struct stmt_entry *fresh = stmt_get(&cache, STR("r"), STR("another"), evicted);
    ck_assert_str_eq(evicted, wanted);
    ck_assert_str_ne(fresh->name, wanted);
    ck_assert_int_eq(fresh->state, STMT_UNKNOWN);
    ck_assert_ptr_eq(stmt_get(&cache, STR("r"), STR("select 0"), evicted), kept);
}
END_TEST

START_TEST(what_was_never_prepared_need_not_be_forgotten)
{
    char sql[32];
    for (int i = 0; i <= STMT_CAP; i++) {
        snprintf(sql, sizeof sql, "select %d", i);
        stmt_get(&cache, STR("r"), str_from(sql), evicted);
        ck_assert_str_eq(evicted, "");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stmt");
    TCase *tc = tcase_create("cache");
    tcase_add_checked_fixture(tc, NULL, close_cache);
    tcase_add_test(tc, same_text_and_role_is_one_entry);
    tcase_add_test(tc, another_role_is_another_entry);
    tcase_add_test(tc, the_longest_unused_goes_first);
    tcase_add_test(tc, what_was_never_prepared_need_not_be_forgotten);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
