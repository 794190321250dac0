/* Paths of the hand-written operations. */
#include "unit.h"

#include "service/handlers.h"
#include "service/router.h"

static const struct {
    const char *pattern;
    const char *path;
    const char *id; /* NULL: no match */
} cases[] = {
    {"/health", "/health", ""},
    {"/health", "/healthy", NULL},
    {"/health", "/health/", NULL},
    {"/health", "/", NULL},
    {"/session", "/session/switch", NULL},
    {"/session/switch", "/session", NULL},
    {"/sessions/{id}", "/sessions/12", "12"},
    {"/sessions/{id}", "/sessions/", NULL},
    {"/sessions/{id}", "/sessions", NULL},
    {"/sessions/{id}", "/sessions/12/x", NULL},
    {"/users/{id}/reset-password", "/users/a-b/reset-password", "a-b"},
    {"/users/{id}/reset-password", "/users//reset-password", NULL},
    {"/users/{id}/reset-password", "/users/a/b/reset-password", NULL},
};

START_TEST(patterns_match_whole_paths)
{
    struct str id;
    bool matches = router_matches(cases[_i].pattern, str_from(cases[_i].path), &id);
    ck_assert_msg(matches == (cases[_i].id != NULL), "%s %s", cases[_i].pattern, cases[_i].path);
    if (matches)
        ck_assert_text_eq(id, cases[_i].id);
}
END_TEST

START_TEST(no_two_operations_share_method_and_path_or_name)
{
    size_t count = 0;
    const struct handler *all = handler_list(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(all[i].run);
        ck_assert_ptr_nonnull(all[i].doc.name);
        for (size_t k = 0; k < i; k++) {
            ck_assert(all[i].method != all[k].method || strcmp(all[i].path, all[k].path) != 0);
            ck_assert_str_ne(all[i].doc.name, all[k].doc.name);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("router");
    TCase *tc = tcase_create("paths");
    tcase_add_loop_test(tc, patterns_match_whole_paths, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tc, no_two_operations_share_method_and_path_or_name);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
