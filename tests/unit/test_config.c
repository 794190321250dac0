/* The table of settings: default, file, environment, and every fault said at once. */
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "config.h"

static struct config config;
static char *faults;
static size_t faults_size;
static char path[] = "/tmp/danvan-test-config-XXXXXX";

static void open_config(void)
{
    clearenv();
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void close_config(void)
{
    config_free(&config);
    free(faults);
    faults = NULL;
    unlink(path);
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
}

static bool load(const char *file)
{
    FILE *out = open_memstream(&faults, &faults_size);
    if (file != NULL) {
        FILE *f = fopen(path, "w");
        fputs(file, f);
        fclose(f);
    }
    bool is_good = config_load(&config, file == NULL ? NULL : path, out);
    fclose(out);
    return is_good;
}

START_TEST(defaults_are_good)
{
    ck_assert_msg(load(NULL), "%s", faults);
    ck_assert_str_eq(faults, "");
    ck_assert_int_eq(config.workers, 4);
    ck_assert_int_eq(config.socket_mode, 0660);
    ck_assert_int_eq(config.log_level, LOG_INFO);
    ck_assert_int_eq(config.secure_cookie, COOKIE_AUTO);
    ck_assert_int_lt(config.statement_timeout_ms, config.request_deadline_ms);
}
END_TEST

START_TEST(a_file_sets_and_the_environment_has_the_last_word)
{
    setenv("DANVAN_WORKERS", "7", 1);
    ck_assert_msg(load("# a comment\n\n  workers = 5 \nlisten=/tmp/x.sock\nsecure_cookie = always\n"
                       "dsn = host=a dbname=b # no comment\n"),
                  "%s", faults);
    ck_assert_int_eq(config.workers, 7);
    ck_assert_str_eq(config.listen, "/tmp/x.sock");
    ck_assert_int_eq(config.secure_cookie, COOKIE_ALWAYS);
    ck_assert_str_eq(config.dsn, "host=a dbname=b # no comment");
}
END_TEST

START_TEST(every_fault_is_told_at_once)
{
    setenv("DANVAN_BACKLOG", "12x", 1);
    ck_assert(!load("workers = 0\nworker = 3\nnonsense\nlog_level = loud\nsocket_mode = 999\n"));
    struct str told = str_from(faults);
    ck_assert_contains(told, ":1: workers: not allowed; must be 1 to 256");
    ck_assert_contains(told, ":2: there is no setting \"worker\"");
    ck_assert_contains(told, ":3: a line must read name = value");
    ck_assert_contains(told, ":4: log_level");
    ck_assert_contains(told, ":5: socket_mode");
    ck_assert_contains(told, "DANVAN_BACKLOG: backlog");
}
END_TEST

START_TEST(a_refused_value_is_not_repeated)
{
    char dsn[3000];
    memset(dsn, 'p', sizeof dsn - 1);
    dsn[sizeof dsn - 1] = '\0';
    setenv("DANVAN_DSN", dsn, 1);
    ck_assert(!load(NULL));
    ck_assert_lacks(str_from(faults), "pppp");
}
END_TEST

START_TEST(deadlines_must_stand_in_order)
{
    ck_assert(!load("statement_timeout_ms = 10000\nlock_timeout_ms = 10000\n"));
    ck_assert_contains(str_from(faults), "lock_timeout_ms must be shorter");
    ck_assert_contains(str_from(faults), "statement_timeout_ms must be shorter");
}
END_TEST

START_TEST(an_origin_has_a_scheme)
{
    ck_assert(!load("public_origin = danvan.example\n"));
    ck_assert_contains(str_from(faults), "public_origin");
}
END_TEST

START_TEST(a_missing_file_is_a_fault)
{
    FILE *out = open_memstream(&faults, &faults_size);
    ck_assert(!config_load(&config, "/nonexistent/danvan.conf", out));
    fclose(out);
    ck_assert_contains(str_from(faults), "/nonexistent/danvan.conf");
}
END_TEST

START_TEST(the_document_names_every_setting)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    config_print_markdown(out);
    fclose(out);
#define X(type, name, fallback, least, most, doc)                   \
    ck_assert_contains(str_from(text), "| `" #name "` | `DANVAN_"); \
    ck_assert_contains(str_from(text), doc);
    SETTING_LIST(X)
#undef X
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config");
    TCase *tc = tcase_create("settings");
    tcase_add_checked_fixture(tc, open_config, close_config);
    tcase_add_test(tc, defaults_are_good);
    tcase_add_test(tc, a_file_sets_and_the_environment_has_the_last_word);
    tcase_add_test(tc, every_fault_is_told_at_once);
    tcase_add_test(tc, a_refused_value_is_not_repeated);
    tcase_add_test(tc, deadlines_must_stand_in_order);
    tcase_add_test(tc, an_origin_has_a_scheme);
    tcase_add_test(tc, a_missing_file_is_a_fault);
    tcase_add_test(tc, the_document_names_every_setting);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
