/* One-time codes: RFC 6238, appendix B (the last six of its eight digits, SHA-1). */
#include "unit.h"

#include "auth/totp.h"

UNIT_ARENA

#define KEY STR("12345678901234567890")

static const struct {
    int64_t time;
    const char *code;
} vectors[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

START_TEST(codes_of_rfc_6238_are_known)
{
    int64_t step = -1;
    ck_assert(totp_check(KEY, str_from(vectors[_i].code), vectors[_i].time, 0, &step));
    ck_assert_int_eq(step, vectors[_i].time / 30);
}
END_TEST

START_TEST(one_step_either_side_is_taken_and_no_more)
{
    int64_t step = 0;
    struct str code = STR("005924"); /* step 41152263 */
    int64_t begin = 41152263 * (int64_t)30;
    ck_assert(totp_check(KEY, code, begin - 1, 0, &step));
    ck_assert_int_eq(step, 41152263);
    ck_assert(totp_check(KEY, code, begin + 59, 0, &step));
    ck_assert_int_eq(step, 41152263);
    ck_assert(!totp_check(KEY, code, begin - 31, 0, &step));
    ck_assert(!totp_check(KEY, code, begin + 60, 0, &step));
}
END_TEST

START_TEST(a_code_serves_once)
{
    int64_t step = 0;
    ck_assert(totp_check(KEY, STR("005924"), 1234567890, 41152262, &step));
    ck_assert(!totp_check(KEY, STR("005924"), 1234567890, 41152263, &step));
    ck_assert(!totp_check(KEY, STR("005924"), 1234567890, 41152264, &step));
}
END_TEST

static const char *const no_codes[] = {"",       "5924",   "00592",   "0059244",      "00592a",
                                       " 05924", "-05924", "005924 ", "００５９２４", "000000"};

START_TEST(anything_else_is_no_code)
{
    int64_t step = 0;
    ck_assert_msg(!totp_check(KEY, str_from(no_codes[_i]), 1234567890, 0, &step), "%s",
                  no_codes[_i]);
}
END_TEST

START_TEST(without_a_secret_nothing_matches)
{
    int64_t step = 0;
    ck_assert(!totp_check(STR(""), STR("005924"), 1234567890, 0, &step));
    ck_assert(!totp_check(KEY, STR("005924"), -5, 0, &step));
}
END_TEST

START_TEST(the_uri_is_what_authenticator_apps_read)
{
    ck_assert_text_eq(totp_base32(arena, KEY), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    ck_assert_text_eq(totp_uri(arena, KEY, STR("tinh.admin")),
                      "otpauth://totp/danvan:tinh.admin?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                      "&issuer=danvan&algorithm=SHA1&digits=6&period=30");
}
END_TEST

START_TEST(secrets_are_random)
{
    struct str first = totp_make_secret(arena);
    ck_assert_uint_eq(first.len, TOTP_SECRET_SIZE);
    ck_assert(!str_equal(first, totp_make_secret(arena)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("totp");
    TCase *tc = tcase_create("codes");
    tcase_add_checked_fixture(tc, unit_open, unit_close);
    tcase_add_loop_test(tc, codes_of_rfc_6238_are_known, 0, sizeof vectors / sizeof *vectors);
    tcase_add_test(tc, one_step_either_side_is_taken_and_no_more);
    tcase_add_test(tc, a_code_serves_once);
    tcase_add_loop_test(tc, anything_else_is_no_code, 0, sizeof no_codes / sizeof *no_codes);
    tcase_add_test(tc, without_a_secret_nothing_matches);
    tcase_add_test(tc, the_uri_is_what_authenticator_apps_read);
    tcase_add_test(tc, secrets_are_random);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
