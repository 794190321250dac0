#include "sample.h"
#include "unit.h"

UNIT_ARENA

static struct list_query query;
static struct err fault;

static struct http_request request_of(const char *text)
{
    struct http_request r = {.method = HTTP_GET, .path = STR("/api/v1/samples")};
    struct str rest = str_from(text);
    struct str pair;
    r.query = arena_alloc_array(arena, 16, sizeof *r.query);
    while (rest.len > 0) {
        str_cut(rest, '&', &pair, &rest);
        str_cut(pair, '=', &r.query[r.query_count].name, &r.query[r.query_count].value);
        r.query_count++;
    }
    return r;
}

static size_t most = LIST_LIMIT_MAX;

static bool parse(const char *text)
{
    struct http_request r = request_of(text);
    fault = (struct err){0};
    return listing_parse(arena, &sample, &r, most, &query, &fault);
}

static struct db_stmt plan(const char *text, struct str scope)
{
    struct db_stmt stmt;
    ck_assert(parse(text));
    listing_plan(arena, &sample, &query, scope, &stmt);
    return stmt;
}

START_TEST(a_plain_list_repeats_the_scope_and_walks_the_default_sort)
{
    struct db_stmt s = plan("", STR("district"));
    ck_assert_contains(s.sql, "select r.id, r.title, ");
    ck_assert_contains(s.sql,
                       " from api.samples as r where r.district_key = (select private.my_scope())"
                       " order by r.due_on, r.id limit 21");
    ck_assert_uint_eq(s.param_count, 0);
}
END_TEST

START_TEST(detail_fields_are_not_read_in_lists)
{
    ck_assert_lacks(plan("", STR("district")).sql, "r.extra");
}
END_TEST

START_TEST(a_scope_that_no_column_carries_gives_no_hint)
{
    ck_assert_lacks(plan("", STR("ward")).sql, "my_scope");
    ck_assert_lacks(plan("", STR("province_key = 1 --")).sql, "--");
    ck_assert_contains(plan("", STR("province_line")).sql, "r.province_line_key = ");
}
END_TEST

START_TEST(a_relation_or_a_unit_takes_the_place_of_the_scope)
{
    ck_assert_lacks(plan("relation=lead", STR("district")).sql, "my_scope");
    ck_assert_contains(plan("relation=lead", STR("x")).sql,
                       "where r.unit_id = (select private.my_unit()) order by");
    ck_assert_uint_eq(query.uses[0].choice, 0);
    struct db_stmt s = plan("unit=7", STR("district"));
    ck_assert_contains(s.sql, "where r.unit_id = $1 order by");
    ck_assert_text_eq(s.params[0], "7");
}
END_TEST

START_TEST(one_value_is_compared_and_many_are_an_array)
{
    struct db_stmt s = plan("status=open", STR("x"));
    ck_assert_contains(s.sql, "r.status = $1");
    ck_assert_text_eq(s.params[0], "open");
    s = plan("status=open,done", STR("x"));
    ck_assert_contains(s.sql, "r.status = any($1)");
    ck_assert_text_eq(s.params[0], "{\"open\",\"done\"}");
}
END_TEST

START_TEST(filters_make_the_same_statement_in_any_order)
{
    struct str first = plan("due_before=2024-01-01&status=open&odd=false", STR("district")).sql;
    struct str second = plan("odd=false&status=open&due_before=2024-01-01", STR("district")).sql;
    ck_assert(str_equal(first, second));
    ck_assert_contains(first,
                       "r.status = $1 and r.due_on < $2 and not r.is_odd and r.district_key");
}
END_TEST

START_TEST(like_characters_in_a_search_stand_for_themselves)
{
    struct db_stmt s = plan("q=50%_\\", STR("x"));
    ck_assert_contains(s.sql, "r.search like '%' || private.search_text($1) || '%'");
    ck_assert_text_eq(s.params[0], "50\\%\\_\\\\");
}
END_TEST

START_TEST(a_search_of_several_columns_says_how)
{
    struct db_stmt s = plan("either=5%", STR("x"));
    ck_assert_contains(s.sql, "(r.a like $1 or r.b like $1)");
    ck_assert_lacks(s.sql, "search_text");
    ck_assert_text_eq(s.params[0], "5\\%");
}
END_TEST

START_TEST(no_byte_of_the_request_gets_into_the_statement)
{
    struct db_stmt s =
        plan("q=';drop table x--&updated_since=2024-01-01T00:00:00Z", STR("district"));
    ck_assert_lacks(s.sql, "drop");
    ck_assert_lacks(s.sql, "2024");
    ck_assert_contains(s.sql, "r.updated_at >= $2");
}
END_TEST

START_TEST(a_value_may_stand_in_a_filter_more_than_once)
{
    struct db_stmt s = plan("within=9&unit=3", STR("x"));
    ck_assert_contains(s.sql,
                       "where r.unit_id = $1 and $2 in (r.province_key, r.district_key, $2) order");
    ck_assert_text_eq(s.params[1], "9");
}
END_TEST

START_TEST(dated_rows_are_those_of_one_day)
{
    struct http_request r = request_of("as_of=2023-06-30");
    struct db_stmt s;
    ck_assert(listing_parse(arena, &tiny, &r, most, &query, &fault));
    listing_plan(arena, &tiny, &query, STR("district"), &s);
    ck_assert_contains(
        s.sql, "where r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1) order by");
    ck_assert_text_eq(s.params[0], "2023-06-30");
    r = request_of("");
    ck_assert(listing_parse(arena, &tiny, &r, most, &query, &fault));
    listing_plan(arena, &tiny, &query, STR("district"), &s);
    ck_assert_contains(s.sql, "r.valid_from <= (select private.today())");
    ck_assert_uint_eq(s.param_count, 0);
}
END_TEST

START_TEST(rows_of_another_day_are_read_from_the_function_of_the_day)
{
    struct resource daily = tiny;
    struct http_request r = request_of("as_of=2023-06-30");
    struct db_stmt s;
    daily.is_dated = false;
    daily.day_view = "api.tinies_on";
    ck_assert(listing_parse(arena, &daily, &r, most, &query, &fault));
    listing_plan(arena, &daily, &query, STR("district"), &s);
    ck_assert_contains(s.sql, "select r.id, r.name from api.tinies_on($1::date) as r order by");
    ck_assert_text_eq(s.params[0], "2023-06-30");
    ck_assert_uint_eq(s.param_count, 1);
    listing_plan_count(arena, &daily, &query, STR("district"), false, &s);
    ck_assert_contains(s.sql, "from api.tinies_on($1::date) as r");
    r = request_of("");
    ck_assert(listing_parse(arena, &daily, &r, most, &query, &fault));
    listing_plan(arena, &daily, &query, STR("district"), &s);
    ck_assert_contains(s.sql, " from api.tinies as r order by");
    ck_assert_uint_eq(s.param_count, 0);
}
END_TEST

START_TEST(a_function_of_the_day_stands_in_for_the_view)
{
    static const struct filter filters[] = {
        {.name = STR_INIT("odd"),
         .kind = FILTER_SWITCH,
         .type = FIELD_BOOL,
         .sql = "r.is_odd",
         .day_sql = "r.was_odd",
         .day_sql_false = "not r.was_odd"},
        FILTER_AS_OF_DAY,
    };
    struct resource daily = sample;
    struct db_stmt s;
    daily.day_view = "api.samples_on";
    daily.filters = filters;
    daily.filter_count = 2;
    struct http_request r = request_of("odd=true&as_of=2023-06-30");
    ck_assert(listing_parse(arena, &daily, &r, most, &query, &fault));
    listing_plan(arena, &daily, &query, STR("district"), &s);
    ck_assert_contains(s.sql, " from api.samples_on($1::date) as r where r.was_odd"
                              " and r.district_key = (select private.my_scope())");
    ck_assert_text_eq(s.params[0], "2023-06-30");
    r = request_of("odd=true"); /* of today: the view as ever */
    ck_assert(listing_parse(arena, &daily, &r, most, &query, &fault));
    listing_plan(arena, &daily, &query, STR("district"), &s);
    ck_assert_contains(s.sql, " from api.samples as r where r.is_odd and r.district_key");
    ck_assert_uint_eq(s.param_count, 0);
}
END_TEST

START_TEST(one_row_of_another_day_is_read_from_the_function_of_the_day)
{
    struct resource daily = tiny;
    struct db_stmt s;
    daily.is_dated = false;
    daily.day_view = "api.tinies_on";
    ck_assert(!resource_has_days(&daily));
    daily.day_detail_view = "api.tiny_details_on";
    ck_assert(resource_has_days(&daily));
    record_plan_get(arena, &daily, STR("7"), STR("2023-06-30"), &s);
    ck_assert_contains(s.sql, "from api.tiny_details_on($2::date) as r where r.id = $1");
    ck_assert_text_eq(s.params[1], "2023-06-30");
    record_plan_get(arena, &daily, STR("7"), (struct str){NULL, 0}, &s);
    ck_assert_contains(s.sql, "from api.tinies as r where r.id = $1");
    ck_assert_uint_eq(s.param_count, 1);
}
END_TEST

START_TEST(a_subtree_is_the_key_column_that_the_unit_comes_to)
{
    struct db_stmt s;
    ck_assert(parse("unit=3&subtree=true"));
    ck_assert_text_eq(query.subtree_unit, "3");
    query.subtree_column = "district_line_key";
    query.subtree_key = STR("68902");
    listing_plan(arena, &sample, &query, STR("province"), &s);
    ck_assert_contains(s.sql, "where r.district_line_key = $1 order by");
    ck_assert_text_eq(s.params[0], "68902");
}
END_TEST

START_TEST(an_expression_to_sort_by_is_read_as_an_extra_column)
{
    struct db_stmt s = plan("sort=-title&limit=60", STR("x"));
    ck_assert_contains(s.sql, ", r.updated_at, r.title collate app.vietnamese from");
    ck_assert_contains(s.sql, "order by r.title collate app.vietnamese desc, r.id desc limit 101");
}
END_TEST

START_TEST(limits_are_few_so_that_statements_are_few)
{
    ck_assert_contains(plan("limit=1", STR("x")).sql, "limit 21");
    ck_assert_contains(plan("limit=21", STR("x")).sql, "limit 51");
    ck_assert_contains(plan("limit=200", STR("x")).sql, "limit 201");
    ck_assert_contains(plan("limit=99999", STR("x")).sql, "limit 201");
    ck_assert_uint_eq(query.limit, LIST_LIMIT_MAX);
}
END_TEST

START_TEST(a_table_is_whole_unless_a_part_is_asked_for)
{
    most = LIST_TABLE_MAX;
    ck_assert_contains(plan("", STR("x")).sql, "limit 10001");
    ck_assert_contains(plan("limit=20", STR("x")).sql, "limit 21");
    ck_assert_contains(plan("limit=201", STR("x")).sql, "limit 1001");
    ck_assert_contains(plan("limit=10000", STR("x")).sql, "limit 10001");
    ck_assert_contains(plan("limit=99999", STR("x")).sql, "limit 10001");
    ck_assert_uint_eq(query.limit, 10000);
    most = LIST_LIMIT_MAX;
}
END_TEST

START_TEST(counts_leave_out_page_and_order)
{
    struct db_stmt s;
    ck_assert(parse("status=open"));
    query.count = COUNT_EXACT;
    listing_plan_count(arena, &sample, &query, STR("district"), false, &s);
    ck_assert_text_eq(s.sql, "select count(*) from api.samples as r where r.status = $1"
                             " and r.district_key = (select private.my_scope())");
    query.count = COUNT_ESTIMATED;
    listing_plan_count(arena, &sample, &query, STR("x"), false, &s);
    ck_assert_contains(
        s.sql,
        "select count(*) from (select 1 from api.samples as r where r.status = $1 limit 1001)");
    listing_plan_count(arena, &sample, &query, STR("x"), true, &s);
    ck_assert_contains(s.sql, "explain (format json) select 1 from");
}
END_TEST

static const struct {
    const char *query;
    const char *pointer;
    const char *code;
} refused[] = {
    {"colour=red", "?colour", "unknown_parameter"},
    {"Status=open", "?Status", "unknown_parameter"},
    {"dry_run=true", "?dry_run", "unknown_parameter"},
    {"r.status=open", "?r.status", "unknown_parameter"},
    {"status=closed", "?status", "not_a_choice"},
    {"status=", "?status", "not_a_choice"},
    {"status=open,", "?status", "not_a_choice"},
    {"status=open,x", "?status", "not_a_choice"},
    {"due_before=2023-02-29", "?due_before", "bad_date"},
    {"due_before=1.1.2023", "?due_before", "bad_date"},
    {"due_before=", "?due_before", "bad_date"},
    {"odd=1", "?odd", "wrong_type"},
    {"odd=", "?odd", "wrong_type"},
    {"unit=abc", "?unit", "wrong_type"},
    {"unit=99999999999", "?unit", "out_of_range"},
    {"unit=", "?unit", "wrong_type"},
    {"subtree=true", "?unit", "required"},
    {"subtree=yes", "?subtree", "wrong_type"},
    {"relation=owner", "?relation", "not_a_choice"},
    {"q=", "?q", "too_short"},
    {"limit=0", "?limit", "out_of_range"},
    {"limit=-1", "?limit", "out_of_range"},
    {"limit=ten", "?limit", "wrong_type"},
    {"limit=1e3", "?limit", "wrong_type"},
    {"sort=colour", "?sort", "not_a_choice"},
    {"sort=--title", "?sort", "not_a_choice"},
    {"sort=", "?sort", "not_a_choice"},
    {"sort=due_on,id", "?sort", "not_a_choice"},
    {"as_of=2024-01-01", "?as_of", "unknown_parameter"},
    {"updated_since=2024-01-01", "?updated_since", "bad_time"},
};

START_TEST(a_wrong_parameter_is_refused_and_named)
{
    ck_assert(!parse(refused[_i].query));
    ck_assert_int_eq(fault.code, ERR_BAD_QUERY);
    ck_assert_text_eq(fault.fields->pointer, refused[_i].pointer);
    ck_assert_text_eq(fault.fields->code, refused[_i].code);
}
END_TEST

START_TEST(all_wrong_parameters_are_told_at_once)
{
    size_t count = 0;
    ck_assert(!parse("x=1&odd=2&limit=0&sort=y"));
    for (const struct field_err *f = fault.fields; f != NULL; f = f->next)
        count++;
    ck_assert_uint_eq(count, 4);
}
END_TEST

static struct str first_cursor(const char *text)
{
    const struct str keys[] = {STR_INIT("2024-05-06"), STR_INIT(SAMPLE_ID)};
    ck_assert(parse(text));
    return cursor_make(arena, listing_binding(arena, &sample, &query), keys, 2);
}

static bool parse_with(const char *text, struct str cursor)
{
    return parse(
        str_printf(arena, "%s%scursor=%.*s", text, text[0] ? "&" : "", STR_ARG(cursor)).ptr);
}

START_TEST(a_cursor_goes_on_after_its_row)
{
    struct str cursor = first_cursor("status=open");
    struct db_stmt s;
    ck_assert(parse_with("status=open", cursor));
    listing_plan(arena, &sample, &query, STR("x"), &s);
    ck_assert_contains(s.sql, "r.status = $1 and (r.due_on, r.id) > ($2, $3) order by");
    ck_assert_text_eq(s.params[1], "2024-05-06");
    ck_assert_text_eq(s.params[2], SAMPLE_ID);
}
END_TEST

START_TEST(a_cursor_of_a_falling_sort_looks_the_other_way)
{
    struct str cursor = first_cursor("sort=-due_on");
    struct db_stmt s;
    ck_assert(parse_with("sort=-due_on", cursor));
    listing_plan(arena, &sample, &query, STR("x"), &s);
    ck_assert_contains(s.sql, "(r.due_on, r.id) < ($1, $2) order by r.due_on desc, r.id desc");
}
END_TEST

static const char *const others[] = {"",
                                     "status=done",
                                     "status=open&odd=true",
                                     "status=open&sort=-due_on",
                                     "status=open&sort=title",
                                     "status=open,done",
                                     "unit=1"};

START_TEST(a_cursor_of_another_list_is_refused)
{
    struct str cursor = first_cursor("status=open");
    ck_assert(!parse_with(others[_i], cursor));
    ck_assert_int_eq(fault.code, ERR_BAD_CURSOR);
}
END_TEST

START_TEST(a_changed_cursor_is_refused_wherever_it_is_changed)
{
    struct str cursor = first_cursor("");
    for (size_t i = 0; i < cursor.len; i++) {
        char *copy = str_cstr(arena, cursor);
        copy[i] = copy[i] == 'A' ? 'B' : 'A';
        ck_assert(!parse_with("", (struct str){copy, cursor.len}));
        ck_assert_int_eq(fault.code, ERR_BAD_CURSOR);
    }
}
END_TEST

START_TEST(a_cut_or_foreign_cursor_is_refused)
{
    struct str cursor = first_cursor("");
    for (size_t len = 0; len < cursor.len; len++)
        ck_assert(!parse_with("", str_slice(cursor, 0, len)));
    ck_assert(!parse_with("", STR("page2")));
    ck_assert(!parse_with("", STR("====")));
    ck_assert(!parse_with("", str_printf(arena, "%.*sAAAA", STR_ARG(cursor))));
}
END_TEST

START_TEST(a_cursor_whose_values_are_of_the_wrong_type_is_refused)
{
    const struct str keys[] = {STR_INIT("tomorrow"), STR_INIT(SAMPLE_ID)};
    ck_assert(parse(""));
    struct str forged = cursor_make(arena, listing_binding(arena, &sample, &query), keys, 2);
    ck_assert(!parse_with("", forged));
    ck_assert_int_eq(fault.code, ERR_BAD_CURSOR);
}
END_TEST

START_TEST(the_next_link_keeps_filters_sort_and_limit)
{
    const struct str keys[] = {STR_INIT("Đoàn, kết"), STR_INIT(SAMPLE_ID)};
    ck_assert(parse("sort=title&limit=5&q=đại đoàn&status=open,done"));
    struct str next = listing_next(arena, &sample, &query, keys);
    ck_assert_contains(
        next,
        "/api/v1/"
        "samples?status=open,done&q=%C4%91%E1%BA%A1i%20%C4%91o%C3%A0n&sort=title&limit=5&cursor=");
    struct str cursor = str_slice(next, str_find(next, 'r', 70), next.len);
    ck_assert_lacks(cursor, "%");
}
END_TEST

START_TEST(a_text_key_survives_the_cursor)
{
    const struct str keys[] = {STR_INIT("12:Đoàn, \"kết\""), STR_INIT(SAMPLE_ID)};
    struct str back[2];
    struct str cursor = cursor_make(arena, STR("list"), keys, 2);
    ck_assert(cursor_read(arena, cursor, STR("list"), back, 2));
    ck_assert(str_equal(back[0], keys[0]) && str_equal(back[1], keys[1]));
    ck_assert(!cursor_read(arena, cursor, STR("lists"), back, 2));
    ck_assert(!cursor_read(arena, cursor, STR("list"), back, 1));
    ck_assert(!cursor_read(arena, cursor, STR("list"), back, 3));
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("listing");
    TCase *plans = tcase_create("plans");
    tcase_add_checked_fixture(plans, unit_open, unit_close);
    tcase_add_test(plans, a_plain_list_repeats_the_scope_and_walks_the_default_sort);
    tcase_add_test(plans, detail_fields_are_not_read_in_lists);
    tcase_add_test(plans, a_scope_that_no_column_carries_gives_no_hint);
    tcase_add_test(plans, a_relation_or_a_unit_takes_the_place_of_the_scope);
    tcase_add_test(plans, one_value_is_compared_and_many_are_an_array);
    tcase_add_test(plans, filters_make_the_same_statement_in_any_order);
    tcase_add_test(plans, like_characters_in_a_search_stand_for_themselves);
    tcase_add_test(plans, a_search_of_several_columns_says_how);
    tcase_add_test(plans, no_byte_of_the_request_gets_into_the_statement);
    tcase_add_test(plans, a_value_may_stand_in_a_filter_more_than_once);
    tcase_add_test(plans, dated_rows_are_those_of_one_day);
    tcase_add_test(plans, rows_of_another_day_are_read_from_the_function_of_the_day);
    tcase_add_test(plans, one_row_of_another_day_is_read_from_the_function_of_the_day);
    tcase_add_test(plans, a_function_of_the_day_stands_in_for_the_view);
    tcase_add_test(plans, a_subtree_is_the_key_column_that_the_unit_comes_to);
    tcase_add_test(plans, an_expression_to_sort_by_is_read_as_an_extra_column);
    tcase_add_test(plans, limits_are_few_so_that_statements_are_few);
    tcase_add_test(plans, a_table_is_whole_unless_a_part_is_asked_for);
    tcase_add_test(plans, counts_leave_out_page_and_order);
    tcase_add_loop_test(plans, a_wrong_parameter_is_refused_and_named, 0, COUNT(refused));
    tcase_add_test(plans, all_wrong_parameters_are_told_at_once);
    suite_add_tcase(suite, plans);
    TCase *cursors = tcase_create("cursors");
    tcase_add_checked_fixture(cursors, unit_open, unit_close);
    tcase_add_test(cursors, a_cursor_goes_on_after_its_row);
    tcase_add_test(cursors, a_cursor_of_a_falling_sort_looks_the_other_way);
    tcase_add_loop_test(cursors, a_cursor_of_another_list_is_refused, 0, COUNT(others));
    tcase_add_test(cursors, a_changed_cursor_is_refused_wherever_it_is_changed);
    tcase_add_test(cursors, a_cut_or_foreign_cursor_is_refused);
    tcase_add_test(cursors, a_cursor_whose_values_are_of_the_wrong_type_is_refused);
    tcase_add_test(cursors, the_next_link_keeps_filters_sort_and_limit);
    tcase_add_test(cursors, a_text_key_survives_the_cursor);
    suite_add_tcase(suite, cursors);
    return unit_run(suite);
}
