#include "http/json.h"
#include "http/messages.h"
#include "unit.h"

UNIT_ARENA

START_TEST(every_word_is_single_and_plain)
{
    size_t count;
    const struct message *all = message_list(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_gt(all[i].word.len, 0);
        for (size_t j = 0; j < all[i].word.len; j++)
            ck_assert((all[i].word.ptr[j] >= 'a' && all[i].word.ptr[j] <= 'z') ||
                      all[i].word.ptr[j] == '_');
        ck_assert_ptr_eq(message_find(all[i].word),
                         &all[i]); /* not hidden by an equal one before it */
    }
}
END_TEST

START_TEST(every_sentence_is_there_and_composed)
{
    size_t count;
    const struct message *all = message_list(&count);
    for (size_t i = 0; i < count; i++) {
        struct str vietnamese = str_from(all[i].vietnamese);
        ck_assert_uint_gt(strlen(all[i].english), 0);
        ck_assert_uint_gt(vietnamese.len, 0);
        ck_assert(str_is_utf8(vietnamese));
        ck_assert_ptr_eq(json_nfc(arena, vietnamese).ptr, vietnamese.ptr);
    }
    for (int code = 0; code < ERR__MAX; code++) {
        struct str title = str_from(err_kind((enum err_code)code)->title_vi);
        ck_assert_ptr_eq(json_nfc(arena, title).ptr, title.ptr);
    }
}
END_TEST

static const char *const promised[] = {
    "required",      "unknown_field",  "wrong_type",        "too_short",         "too_long",
    "out_of_range",  "not_a_choice",   "bad_date",          "bad_uuid",          "bad_format",
    "not_visible",   "read_only",      "unknown_parameter", "doubled_parameter", "wrong_state",
    "weak_password", "already_issued", "no_lead",           "not_open",          "not_yours",
    "in_the_future", "bad_time",       "wrong_level",       "common_password",   "bad_code",
};

START_TEST(the_promised_words_are_there)
{
    ck_assert_ptr_nonnull(message_find(str_from(promised[_i])));
}
END_TEST

START_TEST(an_unknown_word_falls_back_to_the_title)
{
    ck_assert_ptr_null(message_find(STR("no_such_word")));
    ck_assert_ptr_null(message_find(STR("")));
    ck_assert_text_eq(message_text(STR("no_such_word"), HTTP_EN, ERR_NOT_FOUND), "Not found");
    ck_assert_text_eq(message_text(STR("no_such_word"), HTTP_VI, ERR_NOT_FOUND), "Không tìm thấy");
    ck_assert_text_eq(message_text(STR("required"), HTTP_EN, ERR_NOT_FOUND),
                      "This field is required");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("messages");
    TCase *tests = tcase_create("messages");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, every_word_is_single_and_plain);
    tcase_add_test(tests, every_sentence_is_there_and_composed);
    tcase_add_loop_test(tests, the_promised_words_are_there, 0,
                        (int)(sizeof promised / sizeof *promised));
    tcase_add_test(tests, an_unknown_word_falls_back_to_the_title);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
