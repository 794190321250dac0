/* Tokens and the proof against other sites. */
#include "unit.h"

#include "auth/password.h"

#include "auth/csrf.h"
#include "auth/token.h"

UNIT_ARENA

#define SECRET "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcde"

static const char *const malformed[] = {
    "",
    ".",
    "province",
    "province.",
    "." SECRET,
    "province." SECRET "x",
    "province.x" SECRET,
    "Province." SECRET,
    "pro vince." SECRET,
    "province;x." SECRET,
    "province1." SECRET,
    "province.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcd=",
    "province." SECRET ".",
    "province.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcd",
    "danvan\"province." SECRET,
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa." SECRET,
};

START_TEST(a_token_has_scope_and_secret)
{
    struct token t;
    ck_assert(token_parse(STR("province_line." SECRET), &t));
    ck_assert_text_eq(t.scope, "province_line");
    ck_assert_text_eq(t.secret, SECRET);
}
END_TEST

START_TEST(anything_else_is_no_token)
{
    struct token t;
    ck_assert_msg(!token_parse(str_from(malformed[_i]), &t), "%s", malformed[_i]);
}
END_TEST

START_TEST(a_bearer_header_holds_a_token)
{
    struct token t;
    ck_assert(token_from_bearer(STR("Bearer district." SECRET), &t));
    ck_assert(token_from_bearer(STR("bearer   district." SECRET " "), &t));
    ck_assert_text_eq(t.scope, "district");
    ck_assert(!token_from_bearer(STR("Basic district." SECRET), &t));
    ck_assert(!token_from_bearer(STR("district." SECRET), &t));
    ck_assert(!token_from_bearer(STR("Bearer"), &t));
    ck_assert(!token_from_bearer(STR(""), &t));
}
END_TEST

START_TEST(made_secrets_parse_and_differ)
{
    struct token t;
    struct str first = token_make_secret(arena);
    struct str second = token_make_secret(arena);
    ck_assert_uint_eq(first.len, TOKEN_SECRET_LEN);
    ck_assert(!str_equal(first, second));
    ck_assert(token_parse(token_join(arena, STR("grassroots"), first), &t));
}
END_TEST

START_TEST(only_the_hash_is_stored)
{
    /* FIPS 180-2, appendix B.1 */
    struct str hash = token_hash(arena, STR("abc"));
    ck_assert_text_eq(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(the_role_follows_scope_and_method)
{
    ck_assert_text_eq(token_role(arena, STR("province"), false), "danvan_province");
    ck_assert_text_eq(token_role(arena, STR("district_line"), true), "danvan_district_line_write");
}
END_TEST

START_TEST(the_csrf_token_belongs_to_one_session)
{
    struct str mine = csrf_make(arena, STR(SECRET));
    ck_assert_uint_eq(mine.len, 43);
    ck_assert(csrf_matches(STR(SECRET), mine));
    ck_assert(!csrf_matches(token_make_secret(arena), mine));
    ck_assert(!csrf_matches(STR(SECRET), STR("")));
    ck_assert(!csrf_matches(STR(SECRET), str_slice(mine, 0, 42)));
    ck_assert(!csrf_matches(STR(SECRET), str_printf(arena, "%.*sx", STR_ARG(mine))));
}
END_TEST

/* python3: base64.urlsafe_b64encode(hmac.new(b"key", b"csrf", "sha256").digest()) */
START_TEST(the_csrf_token_is_an_hmac)
{
    ck_assert_text_eq(csrf_make(arena, STR("key")), "sWuREk0YevM5tRX19gRqVamF8yBltj4-qePwsy8F4zY");
}
END_TEST

static const struct {
    const char *origin;
    const char *fetch_site;
    bool is_own;
} sites[] = {
    {"", "", true},
    {"https://danvan.example", "", true},
    {"https://danvan.example", "same-origin", true},
    {"", "same-origin", true},
    {"https://evil.example", "", false},
    {"https://danvan.example.evil.example", "", false},
    {"http://danvan.example", "", false},
    {"https://danvan.example:8443", "", false},
    {"null", "", false},
    {"https://danvan.example", "cross-site", false},
    {"https://danvan.example", "same-site", false},
    {"", "none", false},
    {"", "cross-site", false},
};

START_TEST(other_sites_are_told_apart)
{
    bool is_own = csrf_is_same_origin(str_from(sites[_i].origin), str_from(sites[_i].fetch_site),
                                      STR("https://danvan.example"));
    ck_assert_msg(is_own == sites[_i].is_own, "%s %s", sites[_i].origin, sites[_i].fetch_site);
}
END_TEST

int main(void)
{
    if (!password_init(1)) /* libsodium's start */
        return EXIT_FAILURE;
    Suite *suite = suite_create("auth");
    TCase *tc = tcase_create("tokens");
    tcase_add_checked_fixture(tc, unit_open, unit_close);
    tcase_add_test(tc, a_token_has_scope_and_secret);
    tcase_add_loop_test(tc, anything_else_is_no_token, 0, sizeof malformed / sizeof *malformed);
    tcase_add_test(tc, a_bearer_header_holds_a_token);
    tcase_add_test(tc, made_secrets_parse_and_differ);
    tcase_add_test(tc, only_the_hash_is_stored);
    tcase_add_test(tc, the_role_follows_scope_and_method);
    tcase_add_test(tc, the_csrf_token_belongs_to_one_session);
    tcase_add_test(tc, the_csrf_token_is_an_hmac);
    tcase_add_loop_test(tc, other_sites_are_told_apart, 0, sizeof sites / sizeof *sites);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
