/* Territory and organisations: the real ones of Bình Phước in 2021, seen along both hierarchies. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define UNITS "/api/v1/units"
#define AREAS "/api/v1/areas"

static int count_where(struct json_object *items, const char *key, const char *value)
{
    int count = 0;
    for (size_t i = 0; i < json_object_array_length(items); i++) {
        const char *text = text_in(json_object_array_get_idx(items, i), key);
        count += text != NULL && strcmp(text, value) == 0;
    }
    return count;
}

static int64_t area_id(const char *code)
{
    const struct reply *r = get(as("tinh.xem"), AREAS "?code=%s", code);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    return int_at(r, "/items/0/id");
}

START_TEST(territory_is_that_of_2021)
{
    struct json_object *areas = walk(as("tinh.xem"), AREAS "?limit=200");
    ck_assert_uint_eq(json_object_array_length(areas), 123);
    ck_assert_int_eq(count_where(areas, "level", "province"), 1);
    ck_assert_int_eq(count_where(areas, "level", "district"), 11);
    ck_assert_int_eq(count_where(areas, "level", "grassroots"), 111);
    ck_assert_int_eq(count_where(areas, "code", "25195"), 1);
    /* neither a bare name nor a name with its type is a key */
    ck_assert_int_eq(count_where(areas, "name", "Phường Tân Phú"), 1);
    ck_assert_int_eq(count_where(areas, "name", "Thị trấn Tân Phú"), 1);
    ck_assert_int_eq(count_where(areas, "name", "Xã Tân Thành"), 2);
    ck_assert_int_eq(count_where(areas, "name", "Xã Minh Hưng"), 2);
    ck_assert_int_eq(count_where(areas, "name", "Xã Đường 10"), 1);
    ck_assert_int_eq(count_where(areas, "kind", "Xã"), 90);
    ck_assert_int_eq(count_where(areas, "kind", "Phường"), 15);
    ck_assert_int_eq(count_where(areas, "kind", "Thị trấn"), 6);
}
END_TEST

START_TEST(every_district_has_its_communes)
{
    const struct {
        const char *code;
        size_t communes;
    } districts[] = {{"688", 7},  {"689", 8},  {"690", 6},  {"691", 8}, {"692", 16}, {"693", 7},
                     {"694", 13}, {"695", 11}, {"696", 16}, {"697", 9}, {"698", 10}};
    for (size_t i = 0; i < 11; i++) {
        const struct reply *r = get(as("tinh.xem"), AREAS "?parent=%lld&limit=50",
                                    (long long)area_id(districts[i].code));
        ck_status(r, 200);
        ck_assert_msg(count_at(r, "/items") == districts[i].communes, "%s: %zu", districts[i].code,
                      count_at(r, "/items"));
    }
}
END_TEST

START_TEST(province_sees_about_a_thousand_units)
{
    struct json_object *units = walk(as("tinh.xem"), UNITS "?limit=200");
    size_t count = json_object_array_length(units);
    ck_assert_uint_ge(count, 900);
    ck_assert_uint_le(count, 1300);
    ck_assert_int_ge(count_where(units, "level", "province"), 20);
    /* per district: committee, office, board, People's Committee, Front, five bodies, military,
     * police */
    ck_assert_int_ge(count_where(units, "level", "district"), 11 * 11);
    /* per commune: bloc, People's Committee, Front, five grassroots organisations */
    ck_assert_int_ge(count_where(units, "level", "grassroots"), 111 * 8);
}
END_TEST

START_TEST(the_two_offices_are_inside_the_board)
{
    int board = unit_of("tinh.chuyenvien");
    const struct reply *r = get(as("tinh.xem"), UNITS "?parent=%d", board);
    ck_status(r, 200);
    ck_assert_uint_eq(count_at(r, "/items"), 2);
    ck_assert_int_ge(find_item(r, "name", "Phòng Đoàn thể và các hội"), 0);
    ck_assert_int_ge(find_item(r, "name", "Phòng Dân vận các cơ quan Nhà nước"), 0);
}
END_TEST

START_TEST(subtree_of_a_district_board_is_its_district)
{
    int board = unit_of("dongxoai.chuyenvien");
    struct json_object *under =
        walk(as("tinh.xem"), form(UNITS "?unit=%d&subtree=true&limit=200", board));
    /* 8 communes with at least 8 units each, and the district's own 11 */
    ck_assert_uint_ge(json_object_array_length(under), 8 * 8 + 11);
    ck_assert_uint_le(json_object_array_length(under), 8 * 12 + 25);
    ck_assert_int_eq(count_where(under, "level", "province"), 0);
    const struct reply *alone = get(as("tinh.xem"), UNITS "?unit=%d", board);
    ck_assert_uint_eq(count_at(alone, "/items"), 1);
}
END_TEST

START_TEST(subtree_of_a_body_is_its_own_line)
{
    int women = unit_of("phunu.dongxoai.chuyenvien");
    struct json_object *under =
        walk(as("tinh.xem"), form(UNITS "?unit=%d&subtree=true&limit=200", women));
    ck_assert_uint_eq(json_object_array_length(under), 1 + 8);
    const char *line = text_in(json_object_array_get_idx(under, 0), "line");
    ck_assert_int_eq(count_where(under, "line", line), 9);
}
END_TEST

START_TEST(units_are_filtered_by_line_and_level)
{
    const char *line =
        text_at(get(as("tinh.xem"), UNITS "/%d", unit_of("phunu.tinh.chuyenvien")), "/line");
    struct json_object *women = walk(as("tinh.xem"), form(UNITS "?line=%s&limit=200", line));
    ck_assert_uint_eq(json_object_array_length(women), 1 + 11 + 111);
    struct json_object *districts =
        walk(as("tinh.xem"), form(UNITS "?line=%s&level=district&limit=200", line));
    ck_assert_uint_eq(json_object_array_length(districts), 11);
}
END_TEST

START_TEST(search_needs_neither_accents_nor_case)
{
    /* plain, upper case with accents, and letters with combining marks */
    const char *spellings[] = {"dong%20xoai", "%C4%90%E1%BB%92NG%20XO%C3%80I",
                               "%C4%90o%CC%82%CC%80ng%20xoa%CC%80i"};
    size_t found = 0;
    for (size_t i = 0; i < 3; i++) {
        struct json_object *hits =
            walk(as("tinh.xem"), form(UNITS "?q=%s&limit=200", spellings[i]));
        if (i == 0)
            found = json_object_array_length(hits);
        ck_assert_uint_ge(found, 5);
        ck_assert_msg(json_object_array_length(hits) == found, "%s finds %zu, not %zu",
                      spellings[i], json_object_array_length(hits), found);
    }
    const struct reply *board =
        get(as("tinh.xem"), UNITS "?q=ban%%20dan%%20van&level=district&limit=50");
    ck_status(board, 200);
    ck_assert_uint_eq(count_at(board, "/items"), 11);
}
END_TEST

START_TEST(search_takes_wildcards_as_letters)
{
    ck_assert_uint_eq(count_at(get(as("tinh.xem"), UNITS "?q=%%25%%25%%25"), "/items"), 0);
    ck_assert_uint_eq(count_at(get(as("tinh.xem"), UNITS "?q=d_ng%%20xoai"), "/items"), 0);
    ck_status(get(as("tinh.xem"), UNITS "?q=%%5C"), 200);
}
END_TEST

/* A unit renamed on 1 October 2022: each day shows the name of that day. */
START_TEST(as_of_shows_the_name_of_the_day)
{
    const char *code = fresh("thu-");
    db_do(form("with made as (insert into app.unit (area_id, level_id, line_id, kind, code)"
               " select area_id, level_id, line_id, kind, $1 from app.unit where id = %d returning "
               "id, area_id)"
               " insert into app.unit_version (unit_id, name, area_id, valid_from, valid_to)"
               " select id, 'Tên cũ', area_id, date '2020-01-01', date '2022-10-01' from made"
               " union all select id, 'Tên mới', area_id, date '2022-10-01', null from made",
               unit_by("689", "women")),
          code);
    const char *id = db_text("select id from app.unit where code = $1", code);
    const struct reply *before = get(as("tinh.xem"), UNITS "?as_of=2022-09-30&code=%s", code);
    const struct reply *after = get(as("tinh.xem"), UNITS "?as_of=2022-10-01&code=%s", code);
    const struct reply *never = get(as("tinh.xem"), UNITS "?as_of=2019-12-31&code=%s", code);
    const struct reply *today = get(as("tinh.xem"), UNITS "/%s", id);
    db_do("delete from app.unit_version where unit_id = (select id from app.unit where code = $1)",
          code);
    db_do("delete from app.unit where code = $1", code);
    ck_assert_str_eq(text_at(before, "/items/0/name"), "Tên cũ");
    ck_assert_str_eq(text_at(after, "/items/0/name"), "Tên mới");
    ck_assert_uint_eq(count_at(never, "/items"), 0);
    ck_assert_str_eq(text_at(today, "/name"),
                     "Tên cũ"); /* the demonstration stands on 2021-11-15 */
}
END_TEST

START_TEST(levels_and_lines_are_listed)
{
    const struct reply *levels = get(as("tanphu.chuyenvien"), "/api/v1/levels");
    ck_status(levels, 200);
    ck_assert_uint_eq(count_at(levels, "/items"), 3);
    ck_assert_str_eq(text_at(levels, "/items/0/code"), "province");
    ck_assert_str_eq(text_at(levels, "/items/2/code"), "grassroots");
    const struct reply *lines = get(as("tanphu.chuyenvien"), "/api/v1/lines?limit=100");
    ck_status(lines, 200);
    ck_assert_int_ge(find_item(lines, "code", "mobilization"), 0);
    ck_assert_int_ge(find_item(lines, "code", "party"), 0);
}
END_TEST

START_TEST(reference_data_is_not_written_over_http)
{
    const char *paths[] = {AREAS, UNITS, "/api/v1/levels", "/api/v1/lines"};
    for (size_t i = 0; i < 4; i++) {
        const struct reply *r = post(as("tinh.chuyenvien"), paths[i], "{\"name\":\"x\"}");
        ck_assert_msg(r->status == 405 || r->status == 403 || r->status == 422, "%s: %ld", paths[i],
                      r->status);
    }
}
END_TEST

START_TEST(a_missing_unit_is_404_and_a_bad_number_too)
{
    ck_problem(get(as("tinh.xem"), UNITS "/999999999"), 404, "not-found");
    ck_problem(get(as("tinh.xem"), UNITS "/abc"), 404, "not-found");
    ck_problem(get(as("tinh.xem"), UNITS "/99999999999999999999"), 404, "not-found");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("units");
    TCase *c = new_case(s, "territory and organisations");
    tcase_add_test(c, territory_is_that_of_2021);
    tcase_add_test(c, every_district_has_its_communes);
    tcase_add_test(c, province_sees_about_a_thousand_units);
    tcase_add_test(c, the_two_offices_are_inside_the_board);
    tcase_add_test(c, subtree_of_a_district_board_is_its_district);
    tcase_add_test(c, subtree_of_a_body_is_its_own_line);
    tcase_add_test(c, units_are_filtered_by_line_and_level);
    tcase_add_test(c, search_needs_neither_accents_nor_case);
    tcase_add_test(c, search_takes_wildcards_as_letters);
    tcase_add_test(c, as_of_shows_the_name_of_the_day);
    tcase_add_test(c, levels_and_lines_are_listed);
    tcase_add_test(c, reference_data_is_not_written_over_http);
    tcase_add_test(c, a_missing_unit_is_404_and_a_bad_number_too);
    return run_suite(s);
}
