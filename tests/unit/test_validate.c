#include "http/json.h"
#include "resource/value.h"
#include "sample.h"
#include "unit.h"

UNIT_ARENA

static struct row_write row;
static struct err fault;

static bool validate(unsigned mode, const char *text)
{
    struct json_object *root = NULL;
    fault = (struct err){0};
    row = (struct row_write){0};
    ck_assert(json_parse(arena, str_from(text), &root, &fault));
    return validate_object(arena, sample.fields, sample.field_count, mode, root, STR(""), &row,
                           &fault);
}

static struct str value_of(const char *name)
{
    for (size_t i = 0; i < row.value_count; i++)
        if (str_equal(row.values[i].field->name, str_from(name)))
            return row.values[i].text;
    ck_abort_msg("no value of %s", name);
}

START_TEST(every_type_becomes_a_statement_parameter)
{
    ck_assert(validate(
        F_CREATE,
        "{\"title\":\"Đại hội\",\"code\":\"abc\",\"status\":\"open\",\"due_on\":\"2024-02-29\","
        "\"seen_at\":\"2024-02-29T08:00:00.5+07:00\",\"progress\":100,\"unit_id\":7,"
        "\"parent_id\":\"" SAMPLE_ID
        "\",\"is_odd\":true,\"labels\":[\"a\",\"b \\\"c\\\\\"],\"extra\":{\"k\":[1]}}"));
    ck_assert_uint_eq(row.value_count, 11);
    ck_assert_text_eq(value_of("progress"), "100");
    ck_assert_text_eq(value_of("is_odd"), "true");
    ck_assert_text_eq(value_of("labels"), "{\"a\",\"b \\\"c\\\\\"}");
    ck_assert_text_eq(value_of("extra"), "{\"k\":[1]}");
    ck_assert_text_eq(value_of("due_on"), "2024-02-29");
}
END_TEST

START_TEST(null_is_taken_where_the_field_may_be_null)
{
    ck_assert(validate(F_UPDATE, "{\"due_on\":null,\"parent_id\":null}"));
    ck_assert_ptr_null(value_of("due_on").ptr);
}
END_TEST

START_TEST(lengths_are_counted_in_characters)
{
    ck_assert(validate(F_UPDATE, "{\"title\":\"Đẩyđẩyđẩyđ\"}"));
    ck_assert(!validate(F_UPDATE, "{\"title\":\"Đẩyđẩyđẩyđẩ\"}"));
}
END_TEST

START_TEST(an_update_need_not_name_what_a_create_must)
{
    ck_assert(validate(F_UPDATE, "{\"progress\":0}"));
    ck_assert(!validate(F_CREATE, "{\"progress\":0}"));
    ck_assert_text_eq(fault.fields->pointer, "/title");
    ck_assert_text_eq(fault.fields->code, "required");
}
END_TEST

static const struct {
    const char *json;
    const char *pointer;
    const char *code;
} refused[] = {
    {"{\"colour\":1}", "/colour", "unknown_field"},
    {"{\"a/b~c\":1}", "/a~1b~0c", "unknown_field"},
    {"{\"Title\":\"xx\"}", "/Title", "unknown_field"},
    {"{\"\":1}", "/", "unknown_field"},
    {"{\"id\":\"" SAMPLE_ID "\"}", "/id", "read_only"},
    {"{\"version\":3}", "/version", "read_only"},
    {"{\"created_at\":null}", "/created_at", "read_only"},
    {"{\"code\":\"abc\"}", "/code", "read_only"},
    {"{\"title\":\"x\"}", "/title", "too_short"},
    {"{\"title\":\"elevenchars\"}", "/title", "too_long"},
    {"{\"title\":\"   \"}", "/title", "required"},
    {"{\"title\":\"\"}", "/title", "required"},
    {"{\"title\":\"\\u00a0\"}", "/title", "too_short"},
    {"{\"title\":null}", "/title", "required"},
    {"{\"title\":7}", "/title", "wrong_type"},
    {"{\"title\":[\"xx\"]}", "/title", "wrong_type"},
    {"{\"title\":\"a\\u0007b\"}", "/title", "bad_format"},
    {"{\"status\":\"Open\"}", "/status", "not_a_choice"},
    {"{\"status\":\"\"}", "/status", "not_a_choice"},
    {"{\"status\":true}", "/status", "wrong_type"},
    {"{\"due_on\":\"2023-02-29\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"2024-13-01\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"2024-04-31\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"2024-00-10\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"24-01-01\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"2024-1-1\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"2024-01-01T00:00:00Z\"}", "/due_on", "bad_date"},
    {"{\"due_on\":\"now\"}", "/due_on", "bad_date"},
    {"{\"due_on\":20240101}", "/due_on", "wrong_type"},
    {"{\"due_on\":\"1899-12-31\"}", "/due_on", "bad_date"},
    {"{\"seen_at\":\"2024-01-01\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T08:00:00\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T24:00:00Z\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T08:00:60Z\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T08:00:00.Z\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T08:00:00.\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T08:00:00+0700\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01T08:00:00+99:00\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":\"2024-01-01 08:00:00Z\"}", "/seen_at", "bad_time"},
    {"{\"seen_at\":null}", "/seen_at", "required"},
    {"{\"progress\":101}", "/progress", "out_of_range"},
    {"{\"progress\":-1}", "/progress", "out_of_range"},
    {"{\"progress\":\"5\"}", "/progress", "wrong_type"},
    {"{\"progress\":true}", "/progress", "wrong_type"},
    {"{\"unit_id\":2147483648}", "/unit_id", "out_of_range"},
    {"{\"unit_id\":\"7\"}", "/unit_id", "wrong_type"},
    {"{\"parent_id\":\"7\"}", "/parent_id", "bad_uuid"},
    {"{\"parent_id\":\"0190a1b2c3d47e5f8a9b0c1d2e3f4a5b\"}", "/parent_id", "bad_uuid"},
    {"{\"parent_id\":\"{0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b}\"}", "/parent_id", "bad_uuid"},
    {"{\"parent_id\":\"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5g\"}", "/parent_id", "bad_uuid"},
    {"{\"is_odd\":1}", "/is_odd", "wrong_type"},
    {"{\"is_odd\":\"true\"}", "/is_odd", "wrong_type"},
    {"{\"is_odd\":null}", "/is_odd", "required"},
    {"{\"labels\":\"a\"}", "/labels", "wrong_type"},
    {"{\"labels\":[1]}", "/labels", "wrong_type"},
    {"{\"labels\":[\"a\",\"b\",\"c\"]}", "/labels", "too_many"},
    {"{\"labels\":[null]}", "/labels", "wrong_type"},
    {"{\"extra\":\"{}\"}", "/extra", "wrong_type"},
    {"{}", "", "too_few"},
    {"[]", "", "wrong_type"},
    {"\"title\"", "", "wrong_type"},
    {"null", "", "wrong_type"},
};

START_TEST(a_wrong_value_is_refused_with_its_pointer)
{
    ck_assert_msg(!validate(F_UPDATE, refused[_i].json), "%s was taken", refused[_i].json);
    ck_assert_int_eq(fault.code, ERR_INVALID);
    ck_assert_text_eq(fault.fields->pointer, refused[_i].pointer);
    ck_assert_text_eq(fault.fields->code, refused[_i].code);
}
END_TEST

static const char *const bad_codes[] = {"a", "abcdef", "ABC", "ab1", "ab\\n", " ab"};

START_TEST(a_pattern_covers_the_whole_value)
{
    const char *json = str_printf(arena, "{\"title\":\"xx\",\"code\":\"%s\"}", bad_codes[_i]).ptr;
    ck_assert(!validate(F_CREATE, json));
    ck_assert_text_eq(fault.fields->code, "bad_format");
}
END_TEST

START_TEST(all_faults_are_told_at_once)
{
    size_t count = 0;
    ck_assert(!validate(F_CREATE, "{\"x\":1,\"id\":2,\"status\":3,\"progress\":400}"));
    for (const struct field_err *f = fault.fields; f != NULL; f = f->next)
        count++;
    ck_assert_uint_eq(count, 5); /* and title is missing */
}
END_TEST

START_TEST(a_row_of_a_bulk_is_named_in_the_pointer)
{
    struct json_object *root = NULL;
    fault = (struct err){0};
    ck_assert(json_parse(arena, STR("{\"id\":1,\"version\":2,\"progress\":-1}"), &root, &fault));
    ck_assert(!validate_object(arena, sample.fields, sample.field_count, F_UPDATE, root, STR("/3"),
                               &row, &fault));
    ck_assert_text_eq(fault.fields->pointer, "/3/progress");
    ck_assert_ptr_null(fault.fields->next);
}
END_TEST

START_TEST(days_are_days_of_the_calendar)
{
    ck_assert(value_is_date(STR("2024-02-29")) && value_is_date(STR("2000-02-29")) &&
              value_is_date(STR("2025-12-31")));
    ck_assert(!value_is_date(STR("2100-02-29")) && !value_is_date(STR("2025-02-29")) &&
              !value_is_date(STR("2025-06-31")));
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("validate");
    TCase *t = tcase_create("bodies");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, every_type_becomes_a_statement_parameter);
    tcase_add_test(t, null_is_taken_where_the_field_may_be_null);
    tcase_add_test(t, lengths_are_counted_in_characters);
    tcase_add_test(t, an_update_need_not_name_what_a_create_must);
    tcase_add_loop_test(t, a_wrong_value_is_refused_with_its_pointer, 0, COUNT(refused));
    tcase_add_loop_test(t, a_pattern_covers_the_whole_value, 0, COUNT(bad_codes));
    tcase_add_test(t, all_faults_are_told_at_once);
    tcase_add_test(t, a_row_of_a_bulk_is_named_in_the_pointer);
    tcase_add_test(t, days_are_days_of_the_calendar);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
