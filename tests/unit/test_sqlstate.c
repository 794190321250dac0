/* PostgreSQL's reports → danvan's errors: nothing of PostgreSQL's own words may reach the client.
 */
#include "unit.h"

#include "db/sqlstate.h"

UNIT_ARENA

static struct err map(struct sqlstate_report r, enum sqlstate_action wanted)
{
    struct err e = {.code = ERR_INTERNAL};
    ck_assert_int_eq(sqlstate_map(arena, &r, &e), wanted);
    return e;
}

static struct sqlstate_report report(const char *code)
{
    return (struct sqlstate_report){.sqlstate = str_from(code),
                                    .message = STR("secret message"),
                                    .detail = STR("Key (name)=(secret) exists"),
                                    .hint = STR("secret hint")};
}

static const struct {
    const char *sqlstate;
    enum err_code code;
    enum sqlstate_action action;
} codes[] = {
    {"DV401", ERR_UNAUTHENTICATED, SQLSTATE_GIVE_UP},
    {"DV403", ERR_FORBIDDEN, SQLSTATE_GIVE_UP},
    {"DV404", ERR_NOT_FOUND, SQLSTATE_GIVE_UP},
    {"DV409", ERR_CONFLICT, SQLSTATE_GIVE_UP},
    {"DV412", ERR_STALE, SQLSTATE_GIVE_UP},
    {"DV422", ERR_INVALID, SQLSTATE_GIVE_UP},
    {"DV428", ERR_NO_VERSION, SQLSTATE_GIVE_UP},
    {"DV429", ERR_THROTTLED, SQLSTATE_GIVE_UP},
    {"DV499", ERR_INTERNAL, SQLSTATE_GIVE_UP},
    {"23502", ERR_INVALID, SQLSTATE_GIVE_UP},
    {"23505", ERR_DUPLICATE, SQLSTATE_GIVE_UP},
    {"23P01", ERR_DUPLICATE, SQLSTATE_GIVE_UP},
    {"23514", ERR_INVALID, SQLSTATE_GIVE_UP},
    {"22001", ERR_INVALID, SQLSTATE_GIVE_UP},
    {"22P02", ERR_INVALID, SQLSTATE_GIVE_UP},
    {"22021", ERR_INVALID, SQLSTATE_GIVE_UP},
    {"42501", ERR_FORBIDDEN, SQLSTATE_GIVE_UP},
    {"44000", ERR_FORBIDDEN, SQLSTATE_GIVE_UP},
    {"40001", ERR_UNAVAILABLE, SQLSTATE_RETRY},
    {"40P01", ERR_UNAVAILABLE, SQLSTATE_RETRY},
    {"26000", ERR_UNAVAILABLE, SQLSTATE_RECONNECT},
    {"0A000", ERR_INTERNAL, SQLSTATE_RECONNECT},
    {"57014", ERR_TIMEOUT, SQLSTATE_GIVE_UP},
    {"57P01", ERR_UNAVAILABLE, SQLSTATE_RECONNECT},
    {"53300", ERR_UNAVAILABLE, SQLSTATE_GIVE_UP},
    {"08006", ERR_UNAVAILABLE, SQLSTATE_RECONNECT},
    {"55P03", ERR_UNAVAILABLE, SQLSTATE_GIVE_UP},
    {"25006", ERR_UNAVAILABLE, SQLSTATE_RECONNECT},
    {"25P02", ERR_INTERNAL, SQLSTATE_GIVE_UP},
    {"42P01", ERR_INTERNAL, SQLSTATE_GIVE_UP},
    {"P0001", ERR_INTERNAL, SQLSTATE_GIVE_UP},
    {"XX000", ERR_INTERNAL, SQLSTATE_GIVE_UP},
    {"", ERR_UNAVAILABLE, SQLSTATE_RECONNECT},
};

START_TEST(every_code_maps_as_the_table_says)
{
    struct err e = map(report(codes[_i].sqlstate), codes[_i].action);
    ck_assert_msg(e.code == codes[_i].code, "%s", codes[_i].sqlstate);
}
END_TEST

START_TEST(nothing_of_postgresql_is_for_the_client)
{
    struct err e = map(report(codes[_i].sqlstate), codes[_i].action);
    ck_assert_uint_eq(e.detail.len, 0);
    ck_assert_uint_eq(e.reason.len, 0);
    for (const struct field_err *f = e.fields; f != NULL; f = f->next)
        ck_assert_uint_eq(f->detail.len, 0);
    ck_assert_contains(e.cause, "secret message");
    ck_assert_contains(e.cause, "Key (name)=(secret)");
}
END_TEST

START_TEST(a_function_names_word_and_field)
{
    struct sqlstate_report r = report("DV422");
    r.column = STR("due_on");
    r.constraint = STR("in_the_past");
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_text_eq(e.reason, "in_the_past");
    ck_assert_ptr_nonnull(e.fields);
    ck_assert_text_eq(e.fields->pointer, "/due_on");
    ck_assert_text_eq(e.fields->code, "in_the_past");
}
END_TEST

START_TEST(a_conflict_keeps_its_code_when_it_names_a_field)
{
    struct sqlstate_report r = report("DV409");
    r.column = STR("status");
    r.constraint = STR("wrong_state");
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_int_eq(e.code, ERR_CONFLICT);
}
END_TEST

START_TEST(a_conflict_names_every_field_at_once)
{
    struct sqlstate_report r = report("DV409");
    r.constraint = STR("outcomes_unready");
    r.detail = STR("outcomes/7/lead_unit_id required\noutcomes/9/due_on required");
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_int_eq(e.code, ERR_CONFLICT);
    ck_assert_text_eq(e.reason, "outcomes_unready");
    ck_assert_text_eq(e.fields->pointer, "/outcomes/7/lead_unit_id");
    ck_assert_text_eq(e.fields->next->pointer, "/outcomes/9/due_on");
    ck_assert_text_eq(e.fields->next->code, "required");
    ck_assert_ptr_null(e.fields->next->next);
}
END_TEST

START_TEST(a_stale_version_tells_the_present_one)
{
    struct sqlstate_report r = report("DV412");
    r.detail = STR("12");
    ck_assert_int_eq(map(r, SQLSTATE_GIVE_UP).current_version, 12);
    r.detail = STR("12; drop table");
    ck_assert_int_eq(map(r, SQLSTATE_GIVE_UP).current_version, 0);
}
END_TEST

START_TEST(throttling_tells_how_long)
{
    struct sqlstate_report r = report("DV429");
    r.detail = STR("30");
    ck_assert_int_eq(map(r, SQLSTATE_GIVE_UP).retry_after, 30);
    r.detail = STR("");
    ck_assert_int_gt(map(r, SQLSTATE_GIVE_UP).retry_after, 0);
}
END_TEST

static const struct {
    const char *table;
    const char *constraint;
    const char *pointer; /* NULL: no field */
    const char *word;
} names[] = {
    {"plan_item", "plan_item_title_len", "/title", "too_long"},
    {"user_account", "user_account_display_name_len", "/display_name", "too_long"},
    {"membership", "membership_role_choice", "/role", "not_a_choice"},
    {"assignment", "assignment_progress_range", "/progress", "out_of_range"},
    {"user_account", "user_account_email_format", "/email", "bad_format"},
    {"membership", "membership_dates", NULL, NULL},
    {"plan", "plan_item_title_len", "/item_title", "too_long"}, /* the table decides where to cut */
    {"", "plan_item_title_len", NULL, NULL},
    {"plan", "plan_", NULL, NULL},
    {"plan", "plan__len", NULL, NULL},
};

START_TEST(a_check_names_its_field)
{
    struct sqlstate_report r = report("23514");
    r.table = str_from(names[_i].table);
    r.constraint = str_from(names[_i].constraint);
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_int_eq(e.code, ERR_INVALID);
    if (names[_i].pointer == NULL) {
        ck_assert_ptr_null(e.fields);
        return;
    }
    ck_assert_ptr_nonnull(e.fields);
    ck_assert_text_eq(e.fields->pointer, names[_i].pointer);
    ck_assert_text_eq(e.fields->code, names[_i].word);
}
END_TEST

START_TEST(a_null_names_its_column)
{
    struct sqlstate_report r = report("23502");
    r.column = STR("title");
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_text_eq(e.fields->pointer, "/title");
    ck_assert_text_eq(e.fields->code, "required");
}
END_TEST

START_TEST(a_foreign_key_has_two_faces)
{
    struct sqlstate_report r = report("23503");
    r.table = STR("membership");
    r.constraint = STR("membership_unit_id_fkey");
    r.message = STR("insert or update on table \"membership\" violates foreign key constraint");
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_int_eq(e.code, ERR_INVALID);
    ck_assert_text_eq(e.fields->pointer, "/unit_id");
    ck_assert_text_eq(e.fields->code, "not_visible");
    r.message = STR("update or delete on table \"unit\" violates foreign key constraint");
    e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_int_eq(e.code, ERR_CONFLICT);
    ck_assert_ptr_null(e.fields);
}
END_TEST

START_TEST(a_duplicate_tells_nothing_more)
{
    struct sqlstate_report r = report("23505");
    r.table = STR("user_account");
    r.constraint = STR("user_account_login_key");
    struct err e = map(r, SQLSTATE_GIVE_UP);
    ck_assert_ptr_null(e.fields);
    ck_assert_uint_eq(e.reason.len, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sqlstate");
    TCase *tc = tcase_create("map");
    tcase_add_checked_fixture(tc, unit_open, unit_close);
    tcase_add_loop_test(tc, every_code_maps_as_the_table_says, 0, sizeof codes / sizeof *codes);
    tcase_add_loop_test(tc, nothing_of_postgresql_is_for_the_client, 0,
                        sizeof codes / sizeof *codes);
    tcase_add_test(tc, a_function_names_word_and_field);
    tcase_add_test(tc, a_conflict_keeps_its_code_when_it_names_a_field);
    tcase_add_test(tc, a_conflict_names_every_field_at_once);
    tcase_add_test(tc, a_stale_version_tells_the_present_one);
    tcase_add_test(tc, throttling_tells_how_long);
    tcase_add_loop_test(tc, a_check_names_its_field, 0, sizeof names / sizeof *names);
    tcase_add_test(tc, a_null_names_its_column);
    tcase_add_test(tc, a_foreign_key_has_two_faces);
    tcase_add_test(tc, a_duplicate_tells_nothing_more);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
