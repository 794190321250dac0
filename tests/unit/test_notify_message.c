/* A notice as a mail: what a header may hold, and what is refused. */
#include "notify/message.h"
#include "unit.h"

UNIT_ARENA

static struct mail sample(void)
{
    return (struct mail){.id = STR("1"),
                         .notice_id = STR("n"),
                         .user_id = STR("u"),
                         .address = STR("can.bo@example.vn"),
                         .name = STR("An"),
                         .title = STR("Hi"),
                         .text = STR("abc"),
                         .link = STR("/reports/1")};
}

static const char *made(const struct mail *m)
{
    struct str out;
    struct str why;
    ck_assert(
        message_make(arena, m, STR("d@example.vn"), STR("https://x"), 1637000000, &out, &why));
    return str_cstr(arena, out);
}

/* 1637000000 is 15 November 2021, 18:13:20 UTC; base64 of "An" and "Hi" by hand: QW4=, SGk=. */
START_TEST(headers_are_as_written)
{
    struct mail m = sample();
    const char *head = "Date: Tue, 16 Nov 2021 01:13:20 +0700\r\n"
                       "From: danvan <d@example.vn>\r\n"
                       "To: =?UTF-8?B?QW4=?=\r\n <can.bo@example.vn>\r\n"
                       "Subject: =?UTF-8?B?SGk=?=\r\n"
                       "Message-ID: <n.u@example.vn>\r\n"
                       "Auto-Submitted: auto-generated\r\n";
    ck_assert_int_eq(strncmp(made(&m), head, strlen(head)), 0);
}
END_TEST

/* 30 times "ữ" (3 bytes) is 90 bytes: words of 39, 45 and 6, no character cut. */
START_TEST(long_titles_fold_between_characters)
{
    struct mail m = sample();
    struct text title = {.arena = arena};
    for (int i = 0; i < 30; i++)
        text_append(&title, STR("ữ"));
    m.title = text_str(&title);
    const char *subject = strstr(made(&m), "Subject: ");
    size_t words = 0;
    for (const char *p = subject; (p = strstr(p, "=?UTF-8?B?")) != NULL; p++)
        words++;
    ck_assert_uint_eq(words, 3);
    ck_assert_ptr_nonnull(strstr(subject, "\r\n =?UTF-8?B?4buv4buv?=\r\nMessage-ID"));
    for (const char *line = subject; strncmp(line, "Message-ID", 10) != 0;
         line = strstr(line, "\r\n") + 2)
        ck_assert_int_le(strstr(line, "\r\n") - line, 78);
}
END_TEST

/* A line break in a title is a space: base64 of "a b" is YSBi. */
START_TEST(control_characters_become_spaces)
{
    struct mail m = sample();
    m.title = STR("a\nb");
    ck_assert_ptr_nonnull(strstr(made(&m), "Subject: =?UTF-8?B?YSBi?=\r\nMessage-ID"));
}
END_TEST

static const char *const refused[] = {
    "",       "a",     "@b",    "a@",      "a@b@c", "a b@c",   "a@b\r\nBcc: x@y", "a@b\n",
    "a@b\tc", "<a@b>", "a,b@c", "\"a\"@b", "a@b;c", "không@b", "-oQ@b",           "a\x7f@b",
};

START_TEST(addresses_that_are_refused)
{
    struct mail m = sample();
    struct str out;
    struct str why = STR("");
    m.address = str_from(refused[_i]);
    ck_assert(!message_make(arena, &m, STR("d@example.vn"), STR(""), 0, &out, &why));
    ck_assert_uint_gt(why.len, 0);
}
END_TEST

START_TEST(a_nul_is_refused)
{
    ck_assert(!message_address_is_plain((struct str){"a@b\0c", 5}));
}
END_TEST

/* RFC 2047: a line that holds an encoded-word has at most 76 characters, the header's name too. */
START_TEST(no_header_line_with_a_word_is_over_76_characters)
{
    struct mail m = sample();
    char title[201];
    for (size_t len = 1; len < sizeof title; len++) {
        memset(title, 'x', len);
        m.title = (struct str){title, len};
        struct str out = str_from(made(&m));
        struct str line;
        while (str_cut(out, '\n', &line, &out))
            ck_assert_msg(line.len <= 77, "%zu bytes: %.*s", len, STR_ARG(line)); /* with its CR */
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("notify_message");
    TCase *c = tcase_create("message");
    tcase_add_checked_fixture(c, unit_open, unit_close);
    tcase_add_test(c, headers_are_as_written);
    tcase_add_test(c, long_titles_fold_between_characters);
    tcase_add_test(c, no_header_line_with_a_word_is_over_76_characters);
    tcase_add_test(c, control_characters_become_spaces);
    tcase_add_loop_test(c, addresses_that_are_refused, 0, sizeof refused / sizeof *refused);
    tcase_add_test(c, a_nul_is_refused);
    suite_add_tcase(s, c);
    return unit_run(s);
}
