#include <dirent.h>
#include <json-c/json.h>
#include <stdio.h>

#include "http/json.h"
#include "unit.h"

UNIT_ARENA

/* json/y_*.json must be accepted, json/n_*.json refused, each for what its name says. */
#define CASES_MAX 1000
static char *cases[CASES_MAX];
static int accepted_count; /* the first ones */
static int case_count;

static int is_accepted(const struct dirent *entry)
{
    return strncmp(entry->d_name, "y_", 2) == 0;
}

static int is_refused(const struct dirent *entry)
{
    return strncmp(entry->d_name, "n_", 2) == 0;
}

static void find_cases(int (*wanted)(const struct dirent *))
{
    struct dirent **entries;
    int n = scandir(UNIT_DATA_DIR "/json", &entries, wanted, alphasort);
    for (int i = 0; i < n; i++) {
        if (case_count < CASES_MAX &&
            asprintf(&cases[case_count], UNIT_DATA_DIR "/json/%s", entries[i]->d_name) > 0)
            case_count++;
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

static struct str read_case(const char *path)
{
    static char bytes[100000];
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    ck_assert_uint_lt(len, sizeof bytes);
    /* A copy of exactly this length, so that AddressSanitizer sees a step too far. */
    char *exact = arena_adopt(arena, malloc(len + (len == 0)), free);
    memcpy(exact, bytes, len);
    return (struct str){exact, len};
}

static bool scan(struct str text, size_t *at, const char **why)
{
    *why = NULL;
    bool ok = json_scan(arena, text, at, why);
    ck_assert(ok == (*why == NULL));
    ck_assert_uint_le(*at, text.len);
    return ok;
}

START_TEST(json_by_rfc_8259_is_accepted)
{
    size_t at;
    const char *why;
    struct err e = {0};
    struct json_object *root;
    struct str text = read_case(cases[_i]);
    ck_assert_msg(scan(text, &at, &why), "%s refused at %zu: %s", cases[_i], at, why);
    ck_assert_msg(json_parse(arena, text, &root, &e), "%s: json-c: %.*s", cases[_i],
                  STR_ARG(e.cause));
}
END_TEST

START_TEST(what_is_not_strict_json_is_refused)
{
    size_t at;
    const char *why;
    struct err e = {0};
    struct json_object *root;
    struct str text = read_case(cases[_i]);
    ck_assert_msg(!scan(text, &at, &why), "%s accepted", cases[_i]);
    ck_assert(!json_parse(arena, text, &root, &e));
    ck_assert_int_eq(e.code, ERR_BAD_JSON);
    ck_assert_ptr_null(root);
    ck_assert_contains(e.detail, why);
    ck_assert_lacks(e.detail_vi, why); /* said in Vietnamese, whatever is wrong */
}
END_TEST

START_TEST(a_document_cut_at_any_byte_is_refused)
{
    struct str whole =
        STR("{\"tên\":[1,-2,true,false,null,\"\\u0111\\ud83c\\udf3e\\n\"],\"b\":{\"c\":\"ệ\"}}");
    size_t at;
    const char *why;
    ck_assert(scan(whole, &at, &why));
    for (size_t len = 0; len < whole.len; len++) {
        char *exact = malloc(len + (len == 0));
        ck_assert_ptr_nonnull(exact);
        memcpy(exact, whole.ptr, len);
        ck_assert(!scan((struct str){exact, len}, &at, &why));
        free(exact);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t at;
    const char *why;
} places[] = {
    {"[1,]", 3, "not a JSON value"},
    {"{\"a\":1,\"a\":2}", 7, "a doubled member name"},
    {"{\"b\":0,\"a\":1,\"c\":3,\"a\":2}", 19, "a doubled member name"},
    {"[1.5]", 2, "a number that is not an integer"},
    {"[1, 9223372036854775808]", 4, "an integer beyond 64 bits"},
    {"{\"a\" 1}", 5, "a colon is missing"},
    {"{} x", 3, "something after the value"},
    {"\"a\tb\"", 2, "a control character in a string"},
    {"", 0, "not a JSON value"},
    {"{a:1}", 1, "a member name in double quotes is missing"},
};

START_TEST(the_place_and_the_cause_of_a_fault_are_told)
{
    size_t at;
    const char *why;
    ck_assert(!scan(str_from(places[_i].text), &at, &why));
    ck_assert_uint_eq(at, places[_i].at);
    ck_assert_str_eq(why, places[_i].why);
}
END_TEST

START_TEST(a_fault_is_told_in_both_languages_by_line_column_and_byte)
{
    struct err e = {0};
    struct json_object *root;
    ck_assert(!json_parse(arena, STR("{\n  \"tên\": \"Đồng Xoài\"\n  \"x\": 1}"), &root, &e));
    ck_assert_text_eq(e.reason, "not_json");
    ck_assert_text_eq(e.detail,
                      "Line 3, column 3 (byte 30): a comma or a closing bracket is missing");
    ck_assert_text_eq(e.detail_vi, "Dòng 3, cột 3 (byte 30): thiếu dấu phẩy hoặc dấu đóng ngoặc");
    e = (struct err){0};
    ck_assert(!json_parse(arena, STR("{\"tên\": Đ}"), &root, &e));
    ck_assert_text_eq(e.detail_vi, "Dòng 1, cột 9 (byte 9): không phải giá trị JSON");
    e = (struct err){0};
    ck_assert(!json_parse(arena, STR(""), &root, &e));
    ck_assert_text_eq(e.detail_vi, "Dòng 1, cột 1 (byte 0): không phải giá trị JSON");
}
END_TEST

START_TEST(an_object_of_many_keys_is_scanned_quickly)
{
    struct text t = {.arena = arena};
    text_byte(&t, '{');
    for (int i = 0; i < 12000; i++)
        text_printf(&t, "%s\"%d\":0", i == 0 ? "" : ",", i); /* about 128 KiB */
    text_byte(&t, '}');
    size_t at;
    const char *why;
    ck_assert(scan(text_str(&t), &at, &why)); /* check's own time-out is the bar */
}
END_TEST

START_TEST(parsed_values_are_those_of_the_text)
{
    struct err e = {0};
    struct json_object *root;
    struct json_object *value;
    ck_assert(json_parse(
        arena,
        STR("{\"min\":-9223372036854775808,\"zero\":-0,\"list\":[true,null],\"t\":\"\\u0111\\/\"}"),
        &root, &e));
    ck_assert(json_object_object_get_ex(root, "min", &value));
    ck_assert_int_eq(json_object_get_int64(value), INT64_MIN);
    ck_assert(json_object_object_get_ex(root, "zero", &value));
    ck_assert(json_object_is_type(value, json_type_int));
    ck_assert_int_eq(json_object_get_int64(value), 0);
    ck_assert(json_object_object_get_ex(root, "list", &value));
    ck_assert_uint_eq(json_object_array_length(value), 2);
    ck_assert_ptr_null(json_object_array_get_idx(value, 1));
    ck_assert(json_object_object_get_ex(root, "t", &value));
    ck_assert_str_eq(json_object_get_string(value), "đ/");
}
END_TEST

START_TEST(a_null_document_is_a_success_without_an_object)
{
    struct err e = {0};
    struct json_object *root = (struct json_object *)1;
    ck_assert(json_parse(arena, STR(" null "), &root, &e));
    ck_assert_ptr_null(root);
}
END_TEST

START_TEST(string_values_are_composed_at_every_depth)
{
    struct err e = {0};
    struct json_object *root;
    ck_assert(json_parse(
        arena,
        STR("{\"a\":[\"Vie\\u0323\\u0302t\",{\"b\":\"Tie\xcc\x82\xcc\x81ng\"}],\"c\":\"Đảng\"}"),
        &root, &e));
    ck_assert_str_eq(json_object_to_json_string_ext(root, JSON_C_TO_STRING_PLAIN),
                     "{\"a\":[\"Việt\",{\"b\":\"Tiếng\"}],\"c\":\"Đảng\"}");
}
END_TEST

static const struct {
    struct str from;
    const char *to;
} forms[] = {
    {STR_INIT(""), ""},
    {STR_INIT("plain"), "plain"},
    {STR_INIT("Việt"), "Việt"},
    {STR_INIT("Vie\xcc\xa3\xcc\x82t"), "Việt"},
    {STR_INIT("Vie\xcc\x82\xcc\xa3t"), "Việt"},
    {STR_INIT("\xc3\xaa\xcc\xa3"), "ệ"},
    {STR_INIT("u\xcc\x9b\xcc\x81"), "ứ"},
    {STR_INIT("\xc4\x90"), "Đ"},
    {STR_INIT("\xe2\x84\xab"), "Å"} /* Angstrom sign */,
    {STR_INIT("\xef\xac\x81"), "ﬁ"} /* not NFKC */,
    {STR_INIT("🌾"), "🌾"},
    {STR_INIT("\xef\xbf\xbf"), "\xef\xbf\xbf"},
};

START_TEST(text_is_brought_into_nfc)
{
    ck_assert_text_eq(json_nfc(arena, forms[_i].from), forms[_i].to);
}
END_TEST

START_TEST(text_in_nfc_is_not_copied)
{
    struct str s = STR("Ban Dân vận Tỉnh ủy");
    ck_assert_ptr_eq(json_nfc(arena, s).ptr, s.ptr);
}
END_TEST

START_TEST(written_strings_are_escaped_and_read_back_the_same)
{
    char all[0x80];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)i;
    struct text t = {.arena = arena};
    json_write_string(&t, (struct str){all + 1, sizeof all - 1});
    size_t at;
    const char *why;
    ck_assert(scan(text_str(&t), &at, &why));
    struct err e = {0};
    struct json_object *root;
    ck_assert(json_parse(arena, text_str(&t), &root, &e));
    ck_assert_uint_eq((size_t)json_object_get_string_len(root), sizeof all - 1);
    ck_assert_mem_eq(json_object_get_string(root), all + 1, sizeof all - 1);
}
END_TEST

START_TEST(the_writer_makes_plain_json)
{
    struct text t = {.arena = arena};
    text_byte(&t, '{');
    json_write_key(&t, STR("tên \"x\""));
    json_write_string(&t, STR("a\\b\n\x01\0đ"));
    text_byte(&t, ',');
    json_write_key(&t, STR("n"));
    json_write_int(&t, INT64_MIN);
    text_byte(&t, '}');
    ck_assert_text_eq(
        text_str(&t),
        "{\"tên \\\"x\\\"\":\"a\\\\b\\n\\u0001\\u0000đ\",\"n\":-9223372036854775808}");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    find_cases(is_accepted);
    accepted_count = case_count;
    find_cases(is_refused);

    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_loop_test(tests, json_by_rfc_8259_is_accepted, 0, accepted_count);
    tcase_add_loop_test(tests, what_is_not_strict_json_is_refused, accepted_count, case_count);
    tcase_add_test(tests, a_document_cut_at_any_byte_is_refused);
    tcase_add_loop_test(tests, the_place_and_the_cause_of_a_fault_are_told, 0, COUNT(places));
    tcase_add_test(tests, a_fault_is_told_in_both_languages_by_line_column_and_byte);
    tcase_add_test(tests, an_object_of_many_keys_is_scanned_quickly);
    tcase_add_test(tests, parsed_values_are_those_of_the_text);
    tcase_add_test(tests, a_null_document_is_a_success_without_an_object);
    tcase_add_test(tests, string_values_are_composed_at_every_depth);
    tcase_add_loop_test(tests, text_is_brought_into_nfc, 0, COUNT(forms));
    tcase_add_test(tests, text_in_nfc_is_not_copied);
    tcase_add_test(tests, written_strings_are_escaped_and_read_back_the_same);
    tcase_add_test(tests, the_writer_makes_plain_json);
    suite_add_tcase(suite, tests);
    int result =
        accepted_count >= 30 && case_count - accepted_count >= 100 ? unit_run(suite) : EXIT_FAILURE;
    for (int i = 0; i < case_count; i++)
        free(cases[i]);
    return result;
}
