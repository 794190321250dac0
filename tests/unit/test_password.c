/* Hashing passwords, and refusing the weak ones. */
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "auth/password.h"
#include "base/clock.h"

UNIT_ARENA

static bool verify(struct str stored, struct str password)
{
    struct err e = {.code = ERR_INTERNAL};
    bool matches = false;
    ck_assert(password_verify(arena, stored, password, &matches, &e));
    return matches;
}

START_TEST(a_password_matches_its_own_hash_only)
{
    struct err e = {.code = ERR_INTERNAL};
    struct str hash;
    struct str again;
    ck_assert(password_hash(arena, STR("một câu dài dễ nhớ"), &hash, &e));
    ck_assert(password_hash(arena, STR("một câu dài dễ nhớ"), &again, &e));
    ck_assert(str_starts(hash, STR("$argon2id$v=19$m=65536,t=2,p=1$")));
    ck_assert(!str_equal(hash, again)); /* salted */
    ck_assert(verify(hash, STR("một câu dài dễ nhớ")));
    ck_assert(!verify(hash, STR("một câu dài dễ nhớ ")));
    ck_assert(!verify(hash, STR("")));
    ck_assert(!password_needs_rehash(arena, hash));
}
END_TEST

START_TEST(a_weaker_hash_is_to_be_renewed)
{
    ck_assert(
        password_needs_rehash(arena, STR("$argon2id$v=19$m=8192,t=1,p=1$BK6b+Fnn59Nxw84Q8ShIeA$"
                                         "kOgKuF2EZfYj8mD3sUcog7TvFwhrh6r9zNaGQdNF/1o")));
}
END_TEST

/* Nobody has this name: no match, but as long a wait (within a factor that noise allows). */
START_TEST(an_unknown_account_takes_as_long_and_never_matches)
{
    struct err e = {.code = ERR_INTERNAL};
    struct str hash;
    ck_assert(password_hash(arena, STR("một câu dài dễ nhớ"), &hash, &e));
    int64_t known = INT64_MAX;
    int64_t unknown = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        int64_t start = clock_us();
        ck_assert(!verify(hash, STR("sai mật khẩu")));
        int64_t middle = clock_us();
        ck_assert(!verify((struct str){NULL, 0}, STR("sai mật khẩu")));
        int64_t end = clock_us();
        known = middle - start < known ? middle - start : known;
        unknown = end - middle < unknown ? end - middle : unknown;
    }
    ck_assert_msg(unknown * 3 > known && known * 3 > unknown, "%lld and %lld us", (long long)known,
                  (long long)unknown);
}
END_TEST

START_TEST(a_broken_hash_matches_nothing)
{
    ck_assert(!verify(STR("$argon2id$"), STR("x")));
    ck_assert(!verify(STR("plain"), STR("plain")));
}
END_TEST

/* A killed worker must not keep its turn. */
START_TEST(a_turn_comes_back_from_the_dead)
{
    struct err e = {.code = ERR_INTERNAL};
    struct str hash;
    ck_assert(password_init(1));
    for (int i = 0; i < 3; i++) {
        pid_t child = fork();
        if (child == 0)
            for (;;)
                (void)!password_hash(arena, STR("x"), &hash, &e);
        nanosleep(&(struct timespec){.tv_nsec = 30000000L}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    ck_assert(password_hash(arena, STR("một câu dài dễ nhớ"), &hash, &e));
}
END_TEST

static const struct {
    const char *password;
    bool has_totp;
    const char *word; /* NULL: good */
} policy[] = {
    {"một câu dài dễ nhớ", false, NULL},
    {"correct horse battery staple", false, NULL},
    {"ngựa chạy qua cầu tre lúc 5 giờ", false, NULL},
    {"u8edg-vrkm3-qiknp-nst4w", false, NULL},
    {"14 ký tự ạ, ạ.", false, "weak_password"},
    {"ngan", false, "weak_password"},
    {"", false, "weak_password"},
    {"8 ký tự!", true, NULL},
    {"7 ký tự", true, "weak_password"},
    {"aaaaaaaaaaaaaaaaaaaa", false, "weak_password"},
    {"abababababababababab", false, "weak_password"},
    {"123456789012345", false, "weak_password"},
    {"abcdefghijklmnopqrstuvwxyz", false, "weak_password"},
    {"987654321987654321", false, "weak_password"},
    {"031119900903123456", false, "weak_password"},
    {"passwordpassword", false, "common_password"},
    {"P@ssw0rdP@ssw0rd1", false, "common_password"},
    {"Matkhau123456789!", false, "common_password"},
    {"matkhaucuatoi2024", false, "common_password"},
    {"BinhPhuoc@2024!!", false, "common_password"},
    {"DanVanKheo2021.2025", false, "common_password"},
    {"qwertyuiopasdfghjkl", false, "common_password"},
    {"tanphu.chuyenvien2024", false, "common_password"}, /* the login itself */
};

START_TEST(weak_passwords_are_refused)
{
    const char *word = password_fault(arena, str_from(policy[_i].password),
                                      STR("tanphu.chuyenvien"), policy[_i].has_totp);
    if (policy[_i].word == NULL)
        ck_assert_msg(word == NULL, "%s: %s", policy[_i].password, word);
    else
        ck_assert_msg(word != NULL && strcmp(word, policy[_i].word) == 0, "%s: %s",
                      policy[_i].password, word == NULL ? "good" : word);
}
END_TEST

START_TEST(length_has_an_end)
{
    char *text = arena_alloc(arena, 1000);
    for (int i = 0; i < 999; i++)
        text[i] = "qazxswedcvfrtgb"[i * 7 % 15];
    ck_assert_ptr_null(password_fault(arena, (struct str){text, PASSWORD_MOST}, STR("a.b"), false));
    ck_assert_str_eq(
        password_fault(arena, (struct str){text, PASSWORD_MOST + 1}, STR("a.b"), false),
        "too_long");
}
END_TEST

START_TEST(made_passwords_are_good_and_differ)
{
    struct str first = password_make(arena);
    ck_assert_uint_eq(first.len, 23);
    ck_assert(!str_equal(first, password_make(arena)));
    ck_assert_ptr_null(password_fault(arena, first, STR("tinh.admin"), false));
}
END_TEST

int main(void)
{
    if (!password_init(2))
        return EXIT_FAILURE;
    Suite *suite = suite_create("password");
    TCase *tc = tcase_create("hash");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, unit_open, unit_close);
    tcase_add_test(tc, a_password_matches_its_own_hash_only);
    tcase_add_test(tc, a_weaker_hash_is_to_be_renewed);
    tcase_add_test(tc, an_unknown_account_takes_as_long_and_never_matches);
    tcase_add_test(tc, a_broken_hash_matches_nothing);
    tcase_add_test(tc, a_turn_comes_back_from_the_dead);
    tcase_add_loop_test(tc, weak_passwords_are_refused, 0, sizeof policy / sizeof *policy);
    tcase_add_test(tc, length_has_an_end);
    tcase_add_test(tc, made_passwords_are_good_and_differ);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
