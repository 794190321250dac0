/* What units owe under plan 36 on 15 November 2021, and how an officer at each level reports it. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define ASSIGNMENTS "/api/v1/assignments"
#define TODAY       "2021-11-15"

static const char *const officers[] = {"tinh.chuyenvien", "dongxoai.chuyenvien",
                                       "tanphu.chuyenvien"};

static struct json_object *owed_by(const char *login, const char *more)
{
    return walk(as(login), form(ASSIGNMENTS "?unit=%d&limit=200%s", unit_of(login), more));
}

static const char *item_id(const char *code)
{
    return db_text(
        form("select id from app.plan_item where code = '%s' and plan_id = $1::uuid", code),
        plan_36());
}

/* Assignments of one plan item led by one unit. */
static struct json_object *owed_for(const char *login, const char *code)
{
    return owed_by(login, form("&plan_item=%s", item_id(code)));
}

static size_t size(struct json_object *list)
{
    return json_object_array_length(list);
}

static struct json_object *nth(struct json_object *list, size_t i)
{
    return json_object_array_get_idx(list, i);
}

/* ---- what issuing made ---- */

START_TEST(part_ii_1_is_owed_by_level)
{
    struct json_object *province = owed_for("tinh.chuyenvien", "T1.1");
    ck_assert_uint_eq(size(province), 1);
    ck_assert_str_eq(text_in(nth(province, 0), "due_on"), "2021-09-30");
    const char *districts[] = {"dongxoai.chuyenvien", "locninh.chuyenvien"};
    for (size_t i = 0; i < 2; i++) {
        struct json_object *district = owed_for(districts[i], "T1.1");
        ck_assert_uint_eq(size(district), 1);
        ck_assert_str_eq(text_in(nth(district, 0), "due_on"), "2021-12-31");
        ck_assert_str_eq(text_in(nth(district, 0), "original_due_on"), "2021-12-31");
    }
    struct json_object *all =
        walk(as("tinh.xem"),
             form(ASSIGNMENTS "?plan_item=%s&level=district&limit=200", item_id("T1.1")));
    ck_assert_uint_eq(size(all), 11); /* one board per district */
}
END_TEST

START_TEST(yearly_tasks_are_owed_five_times)
{
    const char *who[] = {"tinh.chuyenvien", "dongxoai.chuyenvien"};
    for (size_t i = 0; i < 2; i++) {
        struct json_object *owed = owed_for(who[i], "T2.1.4");
        ck_assert_uint_eq(size(owed), 5);
        for (size_t year = 0; year < 5; year++)
            ck_assert_str_eq(text_in(nth(owed, year), "due_on"), form("%zu-12-31", 2021 + year));
    }
}
END_TEST

START_TEST(three_review_meetings_a_year)
{
    struct json_object *owed = owed_for("tinh.chuyenvien", "T4");
    int per_year[5] = {0};
    for (size_t i = 0; i < size(owed); i++)
        per_year[atoi(text_in(nth(owed, i), "due_on")) - 2021]++;
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(per_year[i], 3);
}
END_TEST

START_TEST(scheme_1217_is_owed_in_four_phases)
{
    struct json_object *owed = owed_for("dongxoai.chuyenvien", "T2.2.7");
    const char *due[] = {"2021-12-31", "2022-12-31", "2023-12-31", "2025-12-31"};
    ck_assert_uint_eq(size(owed), 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(text_in(nth(owed, i), "due_on"), due[i]);
}
END_TEST

START_TEST(an_assignment_tells_where_it_comes_from)
{
    const struct caller *c = as("dongxoai.chuyenvien");
    const char *id = text_in(nth(owed_for("dongxoai.chuyenvien", "T2.1.4"), 0), "id");
    const struct reply *r = get(c, ASSIGNMENTS "/%s", id);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/plan_item_id"), item_id("T2.1.4"));
    ck_assert_str_eq(text_at(r, "/plan_id"), plan_36());
    ck_assert_int_eq(int_at(r, "/lead_unit_id"), unit_of("dongxoai.chuyenvien"));
    /* opened: the item, who answers for it, and the document with its clause */
    ck_assert_str_eq(text_at(r, "/item_code"), "T2.1.4");
    ck_assert_uint_ge(count_at(r, "/responsibilities"), 2);
    ck_assert_str_eq(text_at(r, "/source_symbol"), "36-KH/BDVTU");
    ck_assert_uint_gt(strlen(text_at(r, "/source_clause")), 0);
    /* the People's Committee of the same level takes part */
    int committee = (int)db_int("select id from app.unit where code = 'ubnd-689'", NULL);
    int found = 0;
    for (size_t i = 0; i < count_at(r, "/parts"); i++)
        found += int_at(r, form("/parts/%zu/unit_id", i)) == committee;
    ck_assert_int_eq(found, 1);
}
END_TEST

/* ---- lists ---- */

START_TEST(each_level_lists_what_it_owes)
{
    struct json_object *owed = owed_by(officers[_i], "");
    ck_assert_uint_gt(size(owed), 5);
    const char *last = "";
    for (size_t i = 0; i < size(owed); i++) {
        ck_assert_int_eq((int)int_in(nth(owed, i), "lead_unit_id"), unit_of(officers[_i]));
        ck_assert_int_ge(strcmp(text_in(nth(owed, i), "due_on"), last), 0); /* next due first */
        last = text_in(nth(owed, i), "due_on");
    }
}
END_TEST

static bool is_status(struct json_object *a, const char *status)
{
    return strcmp(text_in(a, "status"), status) == 0;
}

static bool is_pending(struct json_object *a)
{
    return is_status(a, "not_started") || is_status(a, "in_progress");
}

static bool is_overdue(struct json_object *a)
{
    return is_pending(a) && strcmp(text_in(a, "due_on"), TODAY) < 0;
}

static bool is_not_overdue(struct json_object *a)
{
    return !is_overdue(a);
}

static bool is_due_early(struct json_object *a)
{
    return strcmp(text_in(a, "due_on"), "2021-12-31") < 0;
}

static bool is_due_late(struct json_object *a)
{
    return strcmp(text_in(a, "due_on"), "2023-01-01") > 0;
}

static bool is_not_started(struct json_object *a)
{
    return is_status(a, "not_started");
}

static bool is_one_of_two(struct json_object *a)
{
    return is_status(a, "in_progress") || is_status(a, "reported");
}

static bool is_district(struct json_object *a)
{
    return strcmp(text_in(a, "level"), "district") == 0;
}

static bool is_mobilization(struct json_object *a)
{
    return strcmp(text_in(a, "line"), "mobilization") == 0;
}

static const struct {
    const char *query;
    bool (*fits)(struct json_object *);
} filters[] = {
    {"status=not_started", is_not_started},
    {"status=in_progress,reported", is_one_of_two},
    {"overdue=true", is_overdue},
    {"overdue=false", is_not_overdue},
    {"due_before=2021-12-31", is_due_early},
    {"due_after=2023-01-01", is_due_late},
    {"level=district", is_district},
    {"line=mobilization", is_mobilization},
};

/* The service's own filter against the same filter over the whole list, done here. */
START_TEST(filters_pick_exactly_what_they_say)
{
    const char *who[] = {"tinh.chuyenvien", "dongxoai.chuyenvien", "phunu.tinh.chuyenvien"};
    struct json_object *all = walk(as(who[_i]), ASSIGNMENTS "?limit=200");
    for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++) {
        const char *query = filters[f].query;
        struct json_object *some = walk(as(who[_i]), form(ASSIGNMENTS "?limit=200&%s", query));
        size_t expected = 0;
        for (size_t i = 0; i < size(all); i++)
            expected += filters[f].fits(nth(all, i));
        ck_assert_msg(size(some) == expected, "%s, %s: %zu rows, not %zu", who[_i], query,
                      size(some), expected);
        for (size_t i = 0; i < size(some); i++)
            ck_assert_msg(filters[f].fits(nth(some, i)), "%s: %s", query,
                          json_object_to_json_string(nth(some, i)));
    }
}
END_TEST

START_TEST(each_item_says_whether_it_is_overdue)
{
    struct json_object *all = walk(as("tinh.chuyenvien"), ASSIGNMENTS "?limit=200");
    for (size_t i = 0; i < size(all); i++)
        ck_assert_int_eq(strcmp(text_in(nth(all, i), "is_overdue"), "true") == 0,
                         is_overdue(nth(all, i)));
}
END_TEST

START_TEST(unit_with_subtree_is_what_the_district_leads)
{
    int board = unit_of("dongxoai.chuyenvien");
    size_t alone = size(walk(as("tinh.xem"), form(ASSIGNMENTS "?unit=%d&limit=200", board)));
    struct json_object *under =
        walk(as("tinh.xem"), form(ASSIGNMENTS "?unit=%d&subtree=true&limit=200", board));
    ck_assert_uint_gt(size(under), alone);
    for (size_t i = 0; i < size(under); i++)
        ck_assert_str_ne(text_in(nth(under, i), "level"), "province");
}
END_TEST

START_TEST(search_finds_without_accents)
{
    struct json_object *plain =
        walk(as("dongxoai.chuyenvien"), ASSIGNMENTS "?q=phoi%20hop&limit=200");
    struct json_object *accented =
        walk(as("dongxoai.chuyenvien"), ASSIGNMENTS "?q=ph%E1%BB%91i%20h%E1%BB%A3p&limit=200");
    ck_assert_uint_ge(size(plain), 5); /* the yearly coordination plans at least */
    ck_assert_uint_eq(size(plain), size(accented));
    ck_assert_uint_eq(size(walk(as("dongxoai.chuyenvien"), ASSIGNMENTS "?q=khongcogidau")), 0);
}
END_TEST

START_TEST(filters_refuse_what_they_cannot_read)
{
    const char *bad[] = {"status=done",     "overdue=maybe", "due_before=31/12/2021",
                         "unit=abc",        "plan_item=abc", "due_after=2021-02-30",
                         "relation=friend", "subtree=2"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = get(as("tinh.xem"), ASSIGNMENTS "?%s", bad[i]);
        ck_assert_msg(r->status == 400, "%s: %ld %.300s", bad[i], r->status, r->body);
        ck_problem(r, 400, "bad-query");
    }
}
END_TEST

/* ---- who sees what ---- */

START_TEST(other_districts_and_upper_levels_are_hidden)
{
    struct json_object *seen = walk(as("dongxoai.chuyenvien"), ASSIGNMENTS "?limit=200");
    int own = 0, unit = unit_of("dongxoai.chuyenvien");
    for (size_t i = 0; i < size(seen); i++)
        own += int_in(nth(seen, i), "lead_unit_id") == unit;
    ck_assert_int_gt(own, 0);
    const char *theirs = text_in(nth(owed_for("locninh.chuyenvien", "T1.1"), 0), "id");
    const char *above = text_in(nth(owed_for("tinh.chuyenvien", "T4"), 0), "id");
    ck_problem(get(as("dongxoai.chuyenvien"), ASSIGNMENTS "/%s", theirs), 404, "not-found");
    ck_problem(get(as("dongxoai.chuyenvien"), ASSIGNMENTS "/%s", above), 404, "not-found");
    ck_problem(get(as("tanphu.chuyenvien"), ASSIGNMENTS "/%s", theirs), 404, "not-found");
    ck_status(get(as("tinh.xem"), ASSIGNMENTS "/%s", theirs), 200);
    /* naming a hidden unit in a filter opens nothing, and tells no more than a number never given
     */
    int units[] = {unit_of("locninh.chuyenvien"), 999999999};
    for (size_t i = 0; i < 2; i++) {
        const struct reply *r =
            get(as("dongxoai.chuyenvien"), ASSIGNMENTS "?unit=%d&subtree=true", units[i]);
        ck_problem(r, 400, "bad-query");
        ck_field(r, "?unit", "not_visible");
        ck_assert_uint_eq(
            size(walk(as("dongxoai.chuyenvien"), form(ASSIGNMENTS "?unit=%d", units[i]))), 0);
    }
}
END_TEST

START_TEST(a_body_sees_its_line_and_what_names_it)
{
    struct json_object *own = walk(as("phunu.tinh.chuyenvien"), ASSIGNMENTS "?limit=200");
    ck_assert_uint_gt(size(own), 0);
    const char *line =
        db_text("select l.code from app.line as l join app.unit as u on u.line_id = l.id"
                " where u.id = $1::int",
                form("%d", unit_of("phunu.tinh.chuyenvien")));
    for (size_t i = 0; i < size(own); i++) {
        const char *id = text_in(nth(own, i), "id");
        if (strcmp(text_in(nth(own, i), "line"), line) != 0)
            ck_assert_int_ge(
                db_int(form("select count(*) from app.assignment_part where unit_id = %d"
                            " and assignment_id = $1::uuid",
                            unit_of("phunu.tinh.chuyenvien")),
                       id),
                1);
    }
}
END_TEST

START_TEST(counts_agree_with_the_list)
{
    const char *who[] = {"tinh.xem", "dongxoai.chuyenvien", "tanphu.chuyenvien"};
    for (size_t i = 0; i < 3; i++) {
        struct json_object *all = walk(as(who[i]), ASSIGNMENTS "?limit=200");
        struct json_object *counts = walk(as(who[i]), "/api/v1/assignment-counts?limit=200");
        int64_t sum = 0;
        for (size_t k = 0; k < size(counts); k++)
            sum += int_in(nth(counts, k), "total");
        ck_assert_msg(sum == (int64_t)size(all), "%s: counted %lld, listed %zu", who[i],
                      (long long)sum, size(all));
    }
}
END_TEST

START_TEST(totals_agree_with_the_list)
{
    const char *who[] = {"tinh.xem", "dongxoai.chuyenvien", "tanphu.chuyenvien"};
    for (size_t i = 0; i < 3; i++) {
        const struct reply *r = get(as(who[i]), "/api/v1/assignment-totals");
        ck_status(r, 200);
        ck_assert_uint_eq(count_at(r, "/items"), 1);
        ck_assert_int_eq(int_at(r, "/items/0/total"),
                         (int)size(walk(as(who[i]), ASSIGNMENTS "?limit=200")));
        ck_assert_int_eq(int_at(r, "/items/0/overdue"),
                         (int)size(walk(as(who[i]), ASSIGNMENTS "?overdue=true&limit=200")));
        ck_assert_int_eq(int_at(r, "/items/0/completed"),
                         (int)size(walk(as(who[i]), ASSIGNMENTS "?status=completed&limit=200")));
    }
}
END_TEST

START_TEST(the_day_comes_from_one_place)
{
    char *mode = db_text("select mode from private.installation", NULL);
    char *day = db_text("select fixed_today from private.installation", NULL);
    size_t before = size(walk(as("tinh.xem"), ASSIGNMENTS "?overdue=true&limit=200"));
    db_do("update private.installation set mode = 'test', fixed_today = date '2025-12-31'", NULL);
    size_t later = size(walk(as("tinh.xem"), ASSIGNMENTS "?overdue=true&limit=200"));
    struct json_object *late_list = walk(as("tinh.xem"), ASSIGNMENTS "?overdue=true&limit=200");
    db_do(form("update private.installation set mode = '%s', fixed_today = date '%s'", mode, day),
          NULL);
    ck_assert_uint_gt(later, before);
    for (size_t i = 0; i < size(late_list); i++)
        ck_assert_int_lt(strcmp(text_in(nth(late_list, i), "due_on"), "2025-12-31"), 0);
    ck_assert_uint_eq(size(walk(as("tinh.xem"), ASSIGNMENTS "?overdue=true&limit=200")), before);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("assignments");
    TCase *made = new_case(s, "what issuing made");
    tcase_add_test(made, part_ii_1_is_owed_by_level);
    tcase_add_test(made, yearly_tasks_are_owed_five_times);
    tcase_add_test(made, three_review_meetings_a_year);
    tcase_add_test(made, scheme_1217_is_owed_in_four_phases);
    tcase_add_test(made, an_assignment_tells_where_it_comes_from);
    TCase *lists = new_case(s, "lists");
    tcase_set_timeout(lists, 180);
    tcase_add_loop_test(lists, each_level_lists_what_it_owes, 0, 3);
    tcase_add_loop_test(lists, filters_pick_exactly_what_they_say, 0, 3);
    tcase_add_test(lists, each_item_says_whether_it_is_overdue);
    tcase_add_test(lists, unit_with_subtree_is_what_the_district_leads);
    tcase_add_test(lists, search_finds_without_accents);
    tcase_add_test(lists, filters_refuse_what_they_cannot_read);
    tcase_add_test(lists, counts_agree_with_the_list);
    tcase_add_test(lists, totals_agree_with_the_list);
    tcase_add_test(lists, the_day_comes_from_one_place);
    TCase *seen = new_case(s, "who sees what");
    tcase_add_test(seen, other_districts_and_upper_levels_are_hidden);
    tcase_add_test(seen, a_body_sees_its_line_and_what_names_it);
    return run_suite(s);
}
