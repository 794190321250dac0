/* A notice as a mail: what a server's line limits and a reader's eye ask of the headers. */
#include "notify/message.h"
#include "unit.h"

UNIT_ARENA

/* RFC 2047: a line that holds an encoded-word has at most 76 characters, the header's name too. */
START_TEST(no_header_line_with_a_word_is_over_76_characters)
{
    struct mail m = {.notice_id = STR("n"),
                     .user_id = STR("u"),
                     .address = STR("a@b.vn"),
                     .name = STR("người"),
                     .text = STR("x")};
    char title[201];
    for (size_t len = 1; len < sizeof title; len++) {
        memset(title, 'x', len);
        m.title = (struct str){title, len};
        struct str out = STR("");
        struct str why = STR("");
        ck_assert(message_make(arena, &m, STR("c@d.vn"), STR(""), 0, &out, &why));
        struct str line;
        while (str_cut(out, '\n', &line, &out))
            ck_assert_msg(line.len <= 77, "%zu bytes: %.*s", len, STR_ARG(line)); /* with its CR */
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("message");
    TCase *t = tcase_create("headers");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, no_header_line_with_a_word_is_over_76_characters);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
