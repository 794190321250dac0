/* The rules that every descriptor keeps; what is in PostgreSQL is held against them elsewhere. */
#include <regex.h>

#include "http/messages.h"
#include "input/cell_type.h"
#include "resource/operation.h"
#include "resources/registry.h"
#include "unit.h"

UNIT_ARENA

static const struct resource *const *all;
static size_t count;

static void open_all(void)
{
    unit_open();
    resources_install();
    all = resource_all(&count);
}

#define EACH_RESOURCE(r)                     \
    for (size_t at_ = 0; at_ < count; at_++) \
        for (const struct resource *r = all[at_]; r != NULL; r = NULL)

static bool is_shaped(struct str s, const char *pattern)
{
    regex_t re;
    ck_assert_int_eq(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool ok = regexec(&re, str_cstr(arena, s), 0, NULL, 0) == 0;
    regfree(&re);
    return ok;
}

START_TEST(names_are_plural_kebab_and_fields_snake)
{
    EACH_RESOURCE(r)
    {
        /* mass nouns have no plural */
        ck_assert(is_shaped(r->name,
                            "^[a-z]+(-[a-z]+)*s$|^(evidence|meeting-errata|(inspection-)?overview|"
                            "staff|task-matrix|"
                            "(coordination|plan|training)-coverage|training-(attendance|due)|"
                            "(area|unit)-tree)$"));
        ck_assert(is_shaped(str_from(r->singular), "^[a-z]+(_[a-z]+)*$"));
        ck_assert(is_shaped(str_from(r->view), "^api\\.[a-z_]+$"));
        for (size_t i = 0; i < r->field_count; i++)
            ck_assert(is_shaped(r->fields[i].name, "^[a-z][a-z0-9]*(_[a-z0-9]+)*$"));
    }
}
END_TEST

START_TEST(no_name_is_given_twice)
{
    EACH_RESOURCE(r)
    {
        for (size_t i = 0; i < r->field_count; i++)
            ck_assert_ptr_eq(field_find(r->fields, r->field_count, r->fields[i].name),
                             &r->fields[i]);
        for (size_t i = 0; i < r->filter_count; i++)
            ck_assert_ptr_eq(filter_find(r, r->filters[i].name), &r->filters[i]);
        for (size_t i = 0; i < r->sort_count; i++)
            ck_assert_ptr_eq(sort_find(r, r->sorts[i].name), &r->sorts[i]);
        for (size_t k = 0; k < at_; k++)
            ck_assert(!str_equal(all[k]->name, r->name));
    }
}
END_TEST

START_TEST(no_filter_takes_a_word_of_the_engine)
{
    EACH_RESOURCE(r)
    {
        ck_assert_ptr_null(filter_find(r, STR("sort")));
        ck_assert_ptr_null(filter_find(r, STR("limit")));
        ck_assert_ptr_null(filter_find(r, STR("cursor")));
        ck_assert_uint_le(r->filter_count, FILTERS_MAX);
    }
}
END_TEST

static void check_fields(const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        ck_assert_msg(f->title_vi && *f->title_vi && f->title_en && *f->title_en, "%s has no title",
                      f->name.ptr);
        ck_assert_msg((f->type == FIELD_CHOICE) == (f->choice_count > 0), "%s: choices",
                      f->name.ptr);
        ck_assert_msg(!(f->flags & F_REQUIRED) || (f->flags & F_CREATE), "%s is required of nobody",
                      f->name.ptr);
        ck_assert_msg(f->flags & (F_READ | F_WRITE), "%s is for nothing", f->name.ptr);
        ck_assert_int_le(f->min, f->max > 0 ? f->max : f->min);
    }
}

START_TEST(fields_have_titles_and_only_choices_have_choices)
{
    EACH_RESOURCE(r)
    {
        check_fields(r->fields, r->field_count);
        for (size_t i = 0; i < r->command_count; i++)
            check_fields(r->commands[i].fields, r->commands[i].field_count);
        ck_assert(r->title_vi && r->title_en);
    }
}
END_TEST

static bool is_in_a_table(const struct field *f)
{
    return (f->flags & F_READ) && !(f->flags & (F_HIDDEN_IN_CSV | F_DETAIL));
}

static struct str key_of(const char *text)
{
    return cell_text_key(arena, str_from(text));
}

/* A workbook's header cell is the title, and is found again by it when the workbook comes in: other
 * fields of the list are known by key and both titles there. */
START_TEST(a_title_in_a_table_names_one_field)
{
    EACH_RESOURCE(r)
    {
        struct str(*keys)[3] = arena_alloc_array(arena, r->field_count, sizeof *keys);
        for (size_t i = 0; i < r->field_count; i++) {
            keys[i][0] = key_of(r->fields[i].title_vi);
            keys[i][1] = key_of(r->fields[i].title_en);
            keys[i][2] = r->fields[i].name;
        }
        for (size_t i = 0; i < r->field_count * r->field_count; i++) {
            size_t one = i / r->field_count;
            size_t other = i % r->field_count;
            if (one == other || !is_in_a_table(&r->fields[one]) ||
                !is_in_a_table(&r->fields[other]))
                continue;
            for (size_t k = 0; k < 3; k++)
                ck_assert_msg(!str_equal(keys[one][0], keys[other][k]), "%s: \"%s\" is %s and %s",
                              r->view, r->fields[one].title_vi, r->fields[one].name.ptr,
                              r->fields[other].name.ptr);
        }
    }
}
END_TEST

/* So that a cell of a workbook, where the title stands for the code, has one meaning. */
START_TEST(a_title_of_a_choice_names_one_choice)
{
    EACH_RESOURCE(r)
    {
        for (size_t i = 0; i < r->field_count; i++) {
            size_t words = 0;
            const struct choice *choices = field_words(&r->fields[i], &words);
            struct str *keys = arena_alloc_array(arena, words, sizeof *keys);
            for (size_t k = 0; k < words; k++)
                keys[k] = key_of(choices[k].title_vi);
            for (size_t k = 0; k < words * words; k++) {
                size_t one = k / words;
                size_t other = k % words;
                ck_assert_msg(one == other || (!str_equal(keys[one], keys[other]) &&
                                               !str_equal(keys[one], choices[other].value)),
                              "%s %s: \"%s\"", r->view, r->fields[i].name.ptr,
                              choices[one].title_vi);
            }
        }
    }
}
END_TEST

START_TEST(what_is_written_has_a_table_and_what_is_read_a_sort)
{
    EACH_RESOURCE(r)
    {
        bool is_written = r->can & (CAN_CREATE | CAN_UPDATE | CAN_DELETE);
        ck_assert_int_eq(is_written, r->table != NULL);
        ck_assert(!(r->can & CAN_DELETE) || r->table != NULL);
        ck_assert(!(r->can & CAN_CREATE) || r->id_kind == ID_UUID);
        ck_assert(!(r->can & CAN_GET) || field_find(r->fields, r->field_count, STR("id")) != NULL);
        ck_assert(r->sort_count > 0);
        unsigned flags = 0;
        for (size_t i = 0; i < r->field_count; i++)
            flags |= r->fields[i].flags;
        ck_assert_int_eq((flags & F_CREATE) != 0, (r->can & CAN_CREATE) != 0);
        ck_assert_int_eq((flags & F_UPDATE) != 0, (r->can & CAN_UPDATE) != 0);
        ck_assert_int_eq((flags & F_DETAIL) != 0, r->detail_view != NULL);
    }
}
END_TEST

START_TEST(sorts_end_in_what_is_unique_and_name_shown_fields)
{
    EACH_RESOURCE(r)
    {
        bool has_id = field_find(r->fields, r->field_count, STR("id")) != NULL;
        for (size_t i = 0; i < r->sort_count; i++) {
            const struct sort *s = &r->sorts[i];
            ck_assert(s->key_count > 0 && s->key_count <= SORT_KEYS_MAX);
            if (has_id)
                ck_assert_text_eq(s->keys[s->key_count - 1].field, "id");
            for (size_t k = 0; k < s->key_count; k++) {
                const struct field *f = field_find(r->fields, r->field_count, s->keys[k].field);
                ck_assert_msg((f != NULL) == (s->keys[k].sql == NULL), "%s sort %s", r->view,
                              s->name.ptr);
                ck_assert(f == NULL ||
                          ((f->flags & F_READ) && !(f->flags & (F_DETAIL | F_NULLABLE))));
            }
        }
    }
}
END_TEST

START_TEST(filters_have_the_sql_that_their_kind_needs)
{
    EACH_RESOURCE(r)
    {
        for (size_t i = 0; i < r->filter_count; i++) {
            const struct filter *f = &r->filters[i];
            bool has_sql = f->sql != NULL;
            bool needs_sql =
                f->kind != FILTER_RELATION && f->kind != FILTER_SUBTREE && f->kind != FILTER_AS_OF;
            ck_assert_msg(has_sql == needs_sql, "%s %s", r->view, f->name.ptr);
            ck_assert_msg(f->kind != FILTER_VALUE || strchr(f->sql, '?') != NULL, "%s %s", r->view,
                          f->name.ptr);
            ck_assert((f->kind == FILTER_AS_OF) <= (r->is_dated || r->day_view != NULL));
            ck_assert((f->day_sql != NULL) <= (f->kind == FILTER_SWITCH && r->day_view != NULL));
            ck_assert((f->day_sql != NULL) == (f->day_sql_false != NULL));
            ck_assert((f->kind == FILTER_ARGUMENT) <= r->is_call);
            ck_assert((f->kind == FILTER_RELATION) == (f->relations != NULL));
            ck_assert((f->type == FIELD_CHOICE) == (f->choice_count > 0));
            ck_assert_ptr_nonnull(f->doc);
        }
    }
}
END_TEST

START_TEST(rules_point_at_fields_that_are_written_with_words_of_the_catalogue)
{
    EACH_RESOURCE(r)
    {
        for (size_t i = 0; i < r->rule_count; i++) {
            const struct field *f = field_find(r->fields, r->field_count, r->rules[i].field);
            ck_assert(f != NULL && (f->flags & F_WRITE));
            ck_assert_ptr_nonnull(message_find(r->rules[i].word));
        }
    }
}
END_TEST

START_TEST(the_dump_has_a_line_of_eleven_columns_for_each_field)
{
    struct text t = {.arena = arena};
    size_t lines = 0;
    size_t tabs = 0;
    size_t fields = 0;
    descriptor_dump(&t);
    for (size_t i = 0; i < t.len; i++) {
        lines += t.ptr[i] == '\n';
        tabs += t.ptr[i] == '\t';
    }
    /* and once more where a function stands in for the view */
    EACH_RESOURCE(r) fields += r->field_count * (r->day_view != NULL ? 2 : 1);
    ck_assert_uint_eq(lines, fields);
    ck_assert_uint_eq(tabs, fields * 10);
    ck_assert_contains(text_str(&t),
                       "plan-items\tapi.plan_items\tapi.plan_item_details\tapp.plan_item\ttitle\t"
                       "text\tRCUQ\t1\t500\t\t\n");
    ck_assert_contains(text_str(&t), "\tapp.emulation_drive\tkind\tchoice\tRCUQ\t0\t0\t"
                                     "drive,congress\t\n");
    ck_assert_contains(text_str(&t), "\tends_on\tdate\tRCUQ\t0\t0\t\temulation_drive_dates\n");
}
END_TEST

START_TEST(every_list_statement_can_be_put_together)
{
    EACH_RESOURCE(r)
    {
        struct list_query q = {.limit = 20};
        struct db_stmt s;
        for (size_t i = 0; i < r->sort_count; i++) {
            q.sort = &r->sorts[i];
            listing_plan(arena, r, &q, STR("province"), &s);
            ck_assert_contains(s.sql, " order by ");
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("descriptor");
    TCase *t = tcase_create("rules");
    tcase_add_checked_fixture(t, open_all, unit_close);
    tcase_add_test(t, names_are_plural_kebab_and_fields_snake);
    tcase_add_test(t, no_name_is_given_twice);
    tcase_add_test(t, no_filter_takes_a_word_of_the_engine);
    tcase_add_test(t, fields_have_titles_and_only_choices_have_choices);
    tcase_add_test(t, a_title_in_a_table_names_one_field);
    tcase_add_test(t, a_title_of_a_choice_names_one_choice);
    tcase_add_test(t, what_is_written_has_a_table_and_what_is_read_a_sort);
    tcase_add_test(t, sorts_end_in_what_is_unique_and_name_shown_fields);
    tcase_add_test(t, filters_have_the_sql_that_their_kind_needs);
    tcase_add_test(t, rules_point_at_fields_that_are_written_with_words_of_the_catalogue);
    tcase_add_test(t, the_dump_has_a_line_of_eleven_columns_for_each_field);
    tcase_add_test(t, every_list_statement_can_be_put_together);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
