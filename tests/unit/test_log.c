#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"
#include "unit.h"

static char seen[8192];
static int pipe_ends[2];
static int real_stderr;

static void catch_stderr(void)
{
    ck_assert_int_eq(pipe(pipe_ends), 0);
    real_stderr = dup(STDERR_FILENO);
    ck_assert_int_ge(dup2(pipe_ends[1], STDERR_FILENO), 0);
    ck_assert_int_eq(fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK), 0);
    log_set_level(LOG_INFO);
}

static void give_stderr_back(void)
{
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

static struct str logged(void)
{
    ssize_t n = read(pipe_ends[0], seen, sizeof seen);
    return (struct str){seen, n > 0 ? (size_t)n : 0};
}

static struct str log_value(struct str value)
{
    struct log_line l;
    log_begin(&l, LOG_INFO, "request");
    log_str(&l, "path", value);
    log_int(&l, "status", 200);
    log_end(&l);
    struct str line = logged();
    size_t at = str_find(line, '\n', 0);
    ck_assert_uint_eq(at + 1, line.len); /* one line, and it ends */
    return str_slice(line, 0, at);
}

START_TEST(a_line_is_logfmt)
{
    struct str line = log_value(STR("/api/v1/plans"));
    ck_assert(str_starts(line, STR("ts=20")));
    ck_assert_contains(line, "Z level=info event=request path=/api/v1/plans status=200");
}
END_TEST

static const struct {
    struct str value;
    const char *shown;
} values[] = {
    {STR_INIT(""), "path=\"\" status"},
    {STR_INIT("a b"), "path=\"a b\" status"},
    {STR_INIT("a=b"), "path=\"a=b\" status"},
    {STR_INIT("kế hoạch"), "path=\"kế hoạch\" status"},
    {STR_INIT("x\nlevel=error event=forged"), "path=\"x\\nlevel=error event=forged\" status"},
    {STR_INIT("x\r\t"), "path=\"x\\r\\t\" status"},
    {STR_INIT("say \"x\\\""), "path=\"say \\\"x\\\\\\\"\" status"},
    {STR_INIT("\x1b[31m"), "path=\"\\x1b[31m\" status"},
    {STR_INIT("a\0b"), "path=\"a\\x00b\" status"},
    {STR_INIT("\x7f"), "path=\"\\x7f\" status"},
    {STR_INIT("\xff\xfe"), "path=\"\\xff\\xfe\" status"},
    {STR_INIT("\xc2\x85"), "path=\"\\xc2\\x85\" status"},          /* next line (C1) */
    {STR_INIT("\xe2\x80\xa8"), "path=\"\\xe2\\x80\\xa8\" status"}, /* line separator */
    {STR_INIT("\xe2\x80\xae"), "path=\"\\xe2\\x80\\xae\" status"}, /* right-to-left override */
    {STR_INIT("\xe2\x81\xa6"), "path=\"\\xe2\\x81\\xa6\" status"}, /* isolate */
};

START_TEST(a_value_cannot_forge_or_break_a_line)
{
    ck_assert_contains(log_value(values[_i].value), values[_i].shown);
}
END_TEST

START_TEST(a_long_value_is_cut_and_the_rest_of_the_line_stays)
{
    static char long_value[5000];
    memset(long_value, _i == 0 ? 'a' : '\n', sizeof long_value);
    struct str line = log_value((struct str){long_value, sizeof long_value});
    ck_assert_contains(line, "~\" status=200");
}
END_TEST

START_TEST(many_values_fill_a_line_without_overrunning_it)
{
    static char value[1000];
    memset(value, _i == 0 ? 'a' : _i == 1 ? '\n' : ' ', sizeof value);
    struct log_line l;
    log_begin(&l, LOG_ERROR, "many");
    for (int i = 0; i < 2000; i++)
        log_str(&l, "k", (struct str){value, (size_t)(i * 7 % 1000)});
    ck_assert_uint_lt(l.len, sizeof l.buf);
    log_end(&l);
    struct str line = logged();
    ck_assert_uint_le(line.len, sizeof l.buf);
    ck_assert_uint_eq(str_find(line, '\n', 0) + 1, line.len);
}
END_TEST

START_TEST(lines_below_the_level_are_not_written)
{
    struct log_line l;
    log_set_level(LOG_WARNING);
    log_begin(&l, LOG_INFO, "quiet");
    log_str(&l, "a", STR("b"));
    log_end(&l);
    ck_assert_uint_eq(logged().len, 0);
    log_say(LOG_WARNING, "loud", "%d of %s", 3, "five");
    ck_assert_contains(logged(), "level=warning event=loud message=\"3 of five\"\n");
}
END_TEST

START_TEST(a_level_has_a_name)
{
    enum log_level level = LOG_ERROR;
    ck_assert(log_level_from(STR("debug"), &level));
    ck_assert_int_eq(level, LOG_DEBUG);
    ck_assert(!log_level_from(STR("loud"), &level));
    ck_assert(!log_level_from(STR(""), &level));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log");
    TCase *tests = tcase_create("log");
    tcase_add_checked_fixture(tests, catch_stderr, give_stderr_back);
    tcase_add_test(tests, a_line_is_logfmt);
    tcase_add_loop_test(tests, a_value_cannot_forge_or_break_a_line, 0,
                        (int)(sizeof values / sizeof *values));
    tcase_add_loop_test(tests, a_long_value_is_cut_and_the_rest_of_the_line_stays, 0, 2);
    tcase_add_loop_test(tests, many_values_fill_a_line_without_overrunning_it, 0, 3);
    tcase_add_test(tests, lines_below_the_level_are_not_written);
    tcase_add_test(tests, a_level_has_a_name);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
